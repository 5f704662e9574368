#!/bin/sh
# numbers.sh - cells, encodings, names and receipts of tongbao-collect, on a small
# profile that is made here.  Prints TAP; TB_BIN is the folder of the programs.
set -u
: "${TB_BIN:?TB_BIN is the folder of the programs}"
LC_ALL=C TZ=UTC
export LC_ALL TZ
root=$(mktemp -d) || exit 1
[ -n "${KEEP:-}" ] || trap 'rm -rf "$root"' EXIT
n=0
failed=0

ok() { # ok NAME STATUS
    n=$((n + 1))
    if [ "$2" -eq 0 ]; then
        echo "ok $n - numbers: $1"
    else
        echo "not ok $n - numbers: $1"
        failed=1
    fi
}
is() { # is NAME GOT EXPECTED
    if [ "$2" = "$3" ]; then
        ok "$1" 0
    else
        ok "$1" 1
        echo "# got:      $2"
        echo "# expected: $3"
    fi
}
has() { # has NAME FILE TEXT
    grep -qF -- "$3" "$2"
    ok "$1" $?
}

config=$root/config/p
mkdir -p "$config"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验
name_en = Trial
languages = zh;en
subject_group = city
END
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,aliases,groups
S,双清区,Shuangqing,,city
D,大祥区,Daxiang,大祥;大祥區,city
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,aliases,unit_measure,kind,direction
inv,固定资产投资,Investment,固定資產投資,万元,flow,higher
cpi,居民消费价格,Prices,,%,rate,lower
END
cat >"$config/forms.csv" <<'END'
form,files,layout,header,delimiter,encoding,unit_from,period_from,indicator_from,qualifier,unit_measure,measure,columns
wide16,le*,indicators-across,,,UTF-16LE,,,,,,,
wide,wide*,indicators-across,,,,fixed:S,,,,,,
alone,alone*,indicators-across,,,,fixed:S,fixed:2023-05,,,,,
periods,periods*,periods-across,,,,,,fixed:inv,,,,
big5,big5*,long,,,Big5,,,,,,,
latin,latin*,long,,,ISO-8859-1,,,,,,,
long,long*,long,,,,,,,,,,
END

data=$root/datasets/p
in=$root/in
out=$root/run/collect
one() { # one NAME: the file on stdin alone in the inbox, collected
    rm -rf "$data" "$root/run"
    mkdir -p "$data/inbox"
    cat >"$data/inbox/$1"
    touch -d 2023-06-20T00:00:00Z "$data/inbox/$1"
    "$TB_BIN/tongbao-collect" -C "$root" -p p --run "$root/run" -q >"$root/account" 2>"$root/err"
    rc=$?
}
account() { # the nine counts of the submission
    sed -n 2p "$out/submissions.csv" | cut -d, -f12-20
}
values() { # what process makes of it: UNIT INDICATOR MEASURE PERIOD VALUE STATUS, sorted
    "$TB_BIN/tongbao" -C "$root" -p p export observations 2>/dev/null
}

# --- rows of heads once more ---
one periods.csv <<'END'
地区,202305,202306
S,1,2
地区,202305,202306
D,3,4
END
is 'heads that are numbers, once more' "$(account)" '4,2,0,2,4,4,0,0,4'
one alone.csv <<'END'
inv,cpi
1,2
inv,cpi
END
is 'heads once more where rows name nothing' "$(account)" '3,1,0,2,2,2,0,0,2'
one wide.csv <<'END'
月份,inv_value,inv_base
2023-05,(430.23),(.02)
END
is 'numbers in brackets are no second row of heads' "$(account)" '2,1,0,1,2,2,0,0,2'

# --- encodings ---
printf '地区,月份,inv\n双清区,2023-05,1\n' | iconv -f UTF-8 -t UTF-16LE >"$in"
one le.csv <"$in"
is 'UTF-16 without a mark, as the form says' "$(account)" '2,1,0,1,1,1,0,0,1'
printf 'unit,indicator,period,value\n大祥區,固定資產投資,2023-05,5\n' | iconv -f UTF-8 -t BIG5 >"$in"
one big5.csv <"$in"
is 'Big5, as the form says' "$(account)" '2,1,0,1,1,1,0,0,1'

echo "1..$n"
exit "$failed"
