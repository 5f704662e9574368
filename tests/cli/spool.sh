#!/bin/sh
# spool.sh - a file of which (nearly) every row is rejected or ignored: each row stands in
# rejects.csv or ignored.csv, the receipt shows the first of each kind, memory does not
# grow with the file, and what is written on the way is whole or gone.
. "$(dirname "$0")/lib.sh"

# A bureau in $tmp/$1 with an empty inbox; receipts show two of a kind.
bureau() {
    mkdir -p "$tmp/$1/config/p" "$tmp/$1/datasets/p/inbox"
    printf '[profile]\nname_zh = 试\nname_en = trial\nlanguages = en\nsubject_group = g\n[receipts]\nof_a_kind = 2\n' >"$tmp/$1/config/p/profile.ini"
    printf 'group,name_zh,name_en\ng,组,group\n' >"$tmp/$1/config/p/groups.csv"
    printf 'unit,name_zh,groups\nS,双清区,g\nD,大祥区,g\n' >"$tmp/$1/config/p/units.csv"
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

# --- 30,000 rejected rows between blank ones ---
bureau one
in=$tmp/one/datasets/p/inbox
awk -v head=$head 'BEGIN {
    print head
    for (i = 1; i <= 30000; i++) {
        if (i % 3 == 0) print "S,inv,2023-05,\"1" i ",x\""
        else if (i % 3 == 1) print "S,inv,2023-05,=" i "O"
        else { print ""; print "S,inv,20x" i ",1" }
    }
}' >"$in/a.csv"
printf '%s\nS,inv,2023-05,5\nX9,inv,2023-05,1\n' $head >"$in/b.csv"
touch -d '2023-06-01 00:00:00' "$in"/*
cp -a "$tmp/one" "$tmp/four"
collect one -j 1
is 'every row is in the account' "$rc $(grep -o 'rows in.*ignored [0-9]*' "$root/out")" \
    '3 rows in 40004 = accepted 1 + rejected 30001 + ignored 10002'
awk 'BEGIN {
    line = 1
    for (i = 1; i <= 30000; i++) {
        line += i % 3 == 2 ? 2 : 1
        if (i % 3 == 0) print line ",15,OBS_VALUE,\"1" i ",x\",number.marks"
        else if (i % 3 == 1) print line ",15,OBS_VALUE,\x27=" i "O,number.spreadsheet"
        else print line ",7,TIME_PERIOD,20x" i ",period.malformed"
    }
}' >"$tmp/expected"
sed -n 's/^1,a.csv,\([0-9]*,[0-9]*,[A-Z_]*,\)\(".*"\|[^,]*\),\([a-z]*\.[a-z_]*\),.*/\1\2,\3/p' "$root/run/collect/rejects.csv" >"$tmp/got"
cmp "$tmp/got" "$tmp/expected"
ok 'rejects.csv has each of them, in the order of the file' $?
awk 'BEGIN {
    print "arrival,file,line,reason"; print "1,a.csv,1,header"
    line = 1
    for (i = 1; i <= 30000; i++) {
        if (i % 3 == 2) print "1,a.csv," line + 1 ",blank"
        line += i % 3 == 2 ? 2 : 1
    }
    print "2,b.csv,1,header"
}' | cmp - "$root/run/collect/ignored.csv"
ok 'ignored.csv likewise' $?
is 'the receipt shows two of a kind, and how many more' \
    "$(grep -c '| number.marks |$' "$root/run/collect/receipts/00001.md") $(grep -o '9998 more of this kind' "$root/run/collect/receipts/00001.md" | wc -l)" '3 3'
collect four -j 4
diff -r "$tmp/one/run" "$tmp/four/run" >/dev/null && cmp "$tmp/one/out" "$tmp/four/out"
ok 'the same by four threads' $?
cp -a "$tmp/one/run" "$tmp/first"
collect one
diff -r "$tmp/first" "$tmp/one/run" >/dev/null
ok 'a kept reading gives the same tables and receipts' $?

# --- what was kept is checked to the last byte ---
kept=$(find "$tmp/one/datasets/p/segments" -name '*.csv' -size +500k)
good=$(sha256sum <"$kept")
for at in 70000 1000000; do
    printf '~' | dd of="$kept" bs=1 seek=$at conv=notrunc 2>"$tmp/dd"
    collect one
    [ "$(sha256sum <"$kept")" = "$good" ] && diff -r "$tmp/first" "$tmp/one/run" >/dev/null
    ok "one byte of the store turned, at $at: read again" $?
done
head -n 20000 "$kept" >"$tmp/short"
cp "$tmp/short" "$kept"
collect one
[ "$(sha256sum <"$kept")" = "$good" ] && diff -r "$tmp/first" "$tmp/one/run" >/dev/null
ok 'the store cut short: read again' $?

# --- a second reading begins the list anew: keys that come twice, an encoding known late ---
bureau twice
in=$tmp/twice/datasets/p/inbox
awk -v head=$head 'BEGIN {
    print head
    for (i = 1; i <= 3000; i++) print "S,inv,2023-05," i "O"
    print "S,inv,2023-05,5"; print "S,inv,2023-05,5"; print "S,inv,2023-05,6"
}' >"$in/a.csv"
{
    echo $head
    awk 'BEGIN { for (i = 1; i <= 60000; i++) print "S,inv,2023-05," i "O" }'
    printf '双清区,inv,2023-05,5\n大祥区,inv,2023-05,6\n' | iconv -f UTF-8 -t GB18030
} >"$in/b.csv"
collect twice
is 'each row once, after a second reading' "$rc $(grep -o 'rows in.*ignored [0-9]*' "$root/out") $(wc -l <"$root/run/collect/rejects.csv")" \
    '3 rows in 63007 = accepted 3 + rejected 63001 + ignored 3 63002'
is 'no remark of the first reading' "$(cat "$root/run/collect/receipts/"*.md | grep -c 'not valid')" 0

# --- titles of a second table, told late ---
bureau titles
in=$tmp/titles/datasets/p/inbox
{
    printf '2023年5月\n%s\nS,inv,2023-05,5\n第二张表\n' $head
    awk 'BEGIN { for (i = 0; i < 5000; i++) print "" }'
    printf '地区,指标,时间,数值\nS,inv,2023-06,7\n'
} >"$in/a.csv"
collect titles
is 'they are titles' "$rc $(grep -v blank "$root/run/collect/ignored.csv" | tr '\n' ' ')" \
    '0 arrival,file,line,reason 1,a.csv,1,title 1,a.csv,2,header 1,a.csv,4,title 1,a.csv,5005,header '

# --- no room: a clean end, nothing left lying; the next run does it ---
bureau full
in=$tmp/full/datasets/p/inbox
cp "$tmp/one/datasets/p/archive"/*/*.gz "$in" 2>"$tmp/dd"
(
    ulimit -f 200
    trap '' XFSZ
    "$TB_BIN/tongbao-collect" -q -C "$tmp/full" -p p --run "$tmp/full/run" >"$tmp/full/out" 2>"$tmp/full/err"
)
is 'a full disk: the exit code' $? 1
grep -q 'segments/.*: File too large' "$tmp/full/err" && [ -z "$(find "$tmp/full/datasets/p/segments" -name '*.tmp')" ]
ok 'it is said, and what was begun is gone' $?
: >"$tmp/full/datasets/p/segments/0123.csv.99.tmp"
collect full
[ $rc -eq 3 ] && [ "$(wc -l <"$tmp/full/run/collect/rejects.csv")" -eq 30002 ] && [ -z "$(find "$tmp/full/datasets/p" -name '*.tmp')" ]
ok 'with room again all of it is there, and leftovers are gone' $?

# --- memory ---
if nm "$TB_BIN/tongbao-collect" 2>/dev/null | grep -q __asan_init; then
    echo "ok $((n += 1)) - memory does not grow with the file # SKIP built with a sanitizer"
else
    bureau large
    in=$tmp/large/datasets/p/inbox
    awk -v head=$head 'BEGIN { print head; for (i = 1; i <= 400000; i++) print "S,inv,2023-05," i (i % 2 ? "O" : ",") }' >"$in/a.csv"
    (
        ulimit -v 80000 # KiB; lists of the rows would need 100 MiB more
        "$TB_BIN/tongbao-collect" -q -j 1 -C "$tmp/large" -p p --run "$tmp/large/run" >"$tmp/large/out" 2>"$tmp/large/err"
    )
    is 'memory does not grow with the file' "$? $(wc -l <"$tmp/large/run/collect/rejects.csv")" '3 400001'
fi

done_testing
