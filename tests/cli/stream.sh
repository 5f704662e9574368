#!/bin/sh
# stream.sh - how collect reads large inboxes and large files: what comes of it does not
# depend on the number of threads, on the size of blocks, or on the library that
# unpacks.  Prints TAP.
set -u
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
n=0 n_failed=0
ok() { # ok NAME STATUS
    n=$((n + 1))
    if [ "$2" -eq 0 ]; then echo "ok $n - $1"; else
        echo "not ok $n - $1"
        n_failed=$((n_failed + 1))
    fi
}

# A bureau in $tmp/$1 with an empty inbox.
bureau() {
    mkdir -p "$tmp/$1/config/p" "$tmp/$1/datasets/p/inbox"
    printf '[profile]\nname_zh = 试\nname_en = trial\nlanguages = en\nsubject_group = g\n' >"$tmp/$1/config/p/profile.ini"
    printf 'group,name_zh,name_en\ng,组,group\n' >"$tmp/$1/config/p/groups.csv"
    printf 'unit,name_zh,groups\nU1,甲区,g\nU2,乙区,g\nU3,丙区,g\n' >"$tmp/$1/config/p/units.csv"
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
    [ $((i % 7)) -ne 0 ] || printf 'U9,inv,2023-05,1\n' >>"$f"
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

echo "1..$n"
[ $n_failed -eq 0 ]
