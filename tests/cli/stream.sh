#!/bin/sh
# stream.sh - how collect reads large inboxes and large files: what comes of it does not
# depend on the number of threads, on the size of blocks, or on the library that
# unpacks.
. "$(dirname "$0")/lib.sh"

# A bureau in $tmp/$1 with an empty inbox.
bureau() {
    mkdir -p "$tmp/$1/config/p" "$tmp/$1/datasets/p/inbox"
    printf '[profile]\nname_zh = 试\nname_en = trial\nlanguages = en\nsubject_group = g\n' >"$tmp/$1/config/p/profile.ini"
    printf 'group,name_zh,name_en\ng,组,group\n' >"$tmp/$1/config/p/groups.csv"
    awk 'BEGIN { print "unit,name_zh,groups"; for (i = 1; i < 120; i++) printf "U%d,第%d区,g\n", i, i }' >"$tmp/$1/config/p/units.csv"
    printf 'indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,headline\ninv,投资,万元,flow,higher,M,computed,1,growth\n' >"$tmp/$1/config/p/indicators.csv"
    printf 'target,indicator,units,from,to,rule\nT,inv,*,2020-01,2030-12,growth > 5\n' >"$tmp/$1/config/p/targets.csv"
    printf 'form,files,layout\nlong,*,long\n' >"$tmp/$1/config/p/forms.csv"
}
collect() { # collect ROOT [OPTION...]
    root=$tmp/$1
    shift
    "$TB_BIN/tongbao-collect" -q -C "$root" -p p --run "$root/run" "$@" >"$root/out" 2>"$root/err"
    rc=$?
}
head='REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE'

# --- many files, any number of threads: the same ledger, the same tables ---
bureau one
i=0
while [ $i -lt 150 ]; do
    f=$tmp/one/datasets/p/inbox/f$(printf %03d $i).csv
    printf '%s\nU%d,inv,%d-%02d,%d\n' "$head" $((i % 3 + 1)) $((2010 + i / 36)) $((i / 3 % 12 + 1)) $i >"$f"
    [ $((i % 7)) -ne 0 ] || printf 'X9,inv,2023-05,1\n' >>"$f"
    [ $((i % 10)) -ne 0 ] || gzip -n "$f"
    i=$((i + 1))
done
cp "$tmp/one/datasets/p/inbox/f001.csv" "$tmp/one/datasets/p/inbox/f140b.csv" # a copy
touch -d '2023-06-01 00:00:00' "$tmp/one/datasets/p/inbox"/*
cp -a "$tmp/one" "$tmp/four"
collect one -j 1
one=$rc
collect four -j 4
[ $one -eq 3 ] && [ $rc -eq 3 ]
ok 'many files: by one thread and by four' $?
cmp "$tmp/one/datasets/p/archive/arrivals.csv" "$tmp/four/datasets/p/archive/arrivals.csv" &&
    cmp "$tmp/one/out" "$tmp/four/out"
ok 'the same ledger and account' $?
diff -r "$tmp/one/run" "$tmp/four/run" >/dev/null
ok 'the same tables and receipts' $?
[ "$(tail -n +2 "$tmp/one/datasets/p/archive/arrivals.csv" | cut -d, -f3 | sort -c 2>&1)" = '' ] &&
    [ "$(wc -l <"$tmp/one/datasets/p/archive/arrivals.csv")" -eq 152 ]
ok 'arrivals are numbered by file name' $?
[ -z "$(ls -A "$tmp/one/datasets/p/inbox" "$tmp/four/datasets/p/inbox" | grep -v -e : -e '^$')" ] &&
    [ -z "$(find "$tmp/one" "$tmp/four" -name '*.tmp')" ]
ok 'nothing is left in the inbox, nothing half written in the archive' $?

# --- what the first megabyte says of the encoding is not the last word ---
rows() { # rows FROM TO [FORMAT]: one observation a row, its unit as FORMAT says
    awk -v from="$1" -v to="$2" -v unit="${3:-U%d}" 'BEGIN {
        for (i = from; i < to; i++) printf unit ",inv,%d-%02d,%d\n", 1 + i / 3000, 1900 + i % 3000 / 12, i % 12 + 1, i }'
}
account() { # account FILE: state, rows in, accepted, rejected, observations
    awk -F, -v f="$1" 'NR > 1 && $3 == f { print $9 "," $12 "," $13 "," $14 "," $20 }' "$tmp/$2/run/collect/submissions.csv"
}
expect() { # expect NAME FILE ROOT ACCOUNT
    got=$(account "$2" "$3")
    [ "$got" = "$4" ] || echo "# got $got, expected $4"
    [ "$got" = "$4" ]
    ok "$1" $?
}
bureau late
in=$tmp/late/datasets/p/inbox
{ echo "$head"; rows 0 60000; rows 0 2000 第%d区; } >"$in/utf8.csv" # the last 2000 repeat the first
{ echo "$head"; rows 0 60000; rows 60000 62000 第%d区 | iconv -f UTF-8 -t GB18030; } >"$in/gbk.csv"
{ echo "$head"; rows 0 60000 | sed 's/$/\r/'; } | gzip -n | gzip -n >"$in/twice.csv"
{ echo "$head"; rows 0 60000; } | gzip -n >"$in/packed.csv"
size=$(wc -c <"$in/packed.csv")
head -c $((size - 5)) "$in/packed.csv" >"$in/cut.csv"
{ echo "$head"; rows 0 60000; rows 60000 62000 第%d区; head -c 300000 /dev/zero | tr '\0' '\377'; } >"$in/bad.csv"
{ printf '\357\273\277'; echo "$head"; rows 0 30000 第%d区; printf 'U99,inv,2023-05,7\n\377'; } >"$in/onebad.csv"
[ "$(wc -c <"$in/gbk.csv")" -gt 1048576 ]
ok 'the files are longer than what is looked at first' $?
touch -d '2023-06-01 00:00:00' "$in"/* # a file without a last line end is left for a while
collect late
expect 'UTF-8 behind a megabyte of ASCII' utf8.csv late accepted,62001,60000,0,60000
expect 'GB18030 behind a megabyte of ASCII' gbk.csv late accepted,62001,62000,0,62000
grep -q ',twice.csv,0,0,,.*,file.not_text,' "$tmp/late/run/collect/rejects.csv"
ok 'a gzip in a gzip is no text' $?
expect 'gzip' packed.csv late accepted,60001,60000,0,60000
grep -q ',cut.csv,0,0,,.*,file.damaged,' "$tmp/late/run/collect/rejects.csv" && ! grep -q ',cut.csv,[1-9]' "$tmp/late/run/collect/rejects.csv"
ok 'gzip that ends early: nothing of it is taken' $?
grep -q ',bad.csv,0,0,,.*,file.encoding,' "$tmp/late/run/collect/rejects.csv"
ok 'more than one byte in fifty, at the end of a large file' $?
n_onebad=$(grep -l onebad "$tmp/late/run/collect/receipts"/* | head -n 1)
grep -q '1 bytes are not valid UTF-8' "$n_onebad"
ok 'one bad byte at the end is replaced and told' $?

# --- a small file that unpacks to a large one does not fill the disk ---
bureau bomb
yes "$head" | head -c 400000000 | gzip -n | gzip -n >"$tmp/bomb.gz"
gunzip <"$tmp/bomb.gz" >"$tmp/bomb/datasets/p/inbox/bomb.csv"
touch -d '2023-06-01 00:00:00' "$tmp/bomb/datasets/p/inbox"/*
collect bomb
grep -q ',bomb.csv,0,0,,.*,file.too_large,' "$tmp/bomb/run/collect/rejects.csv"
ok 'more than 250 times what was sent' $?
[ "$(du -sk "$tmp/bomb" | cut -f1)" -lt 5000 ]
ok 'and nothing large is written' $?

# --- memory does not grow with the file ---
bureau small
bureau large
{ echo "$head"; rows 0 60000; } >"$tmp/small/datasets/p/inbox/a.csv"
{ echo "$head"; rows 0 330000; } >"$tmp/large/datasets/p/inbox/a.csv"
if command -v python3 >/dev/null && ! nm "$TB_BIN/tongbao-collect" 2>/dev/null | grep -q __asan_init; then
    rss() { python3 -c 'import resource,subprocess,sys
subprocess.call(sys.argv[1:],stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$TB_BIN/tongbao-collect" -q -j 1 -C "$tmp/$1" -p p --run "$tmp/$1/run"; }
    a=$(rss small) b=$(rss large)
    [ "$b" -lt $((a + 4096)) ] || echo "# $a KiB, then $b KiB"
    [ "$b" -lt $((a + 4096)) ]
    ok 'five times the rows: not four MiB more' $?
else
    ok 'memory # SKIP no python3, or a sanitizer' 0
fi

done_testing
