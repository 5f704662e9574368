#!/bin/sh
# numbers.sh - cells, encodings, names and receipts of tongbao-collect, on a small
# profile that is made here.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
mkdir -p "$config"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验
name_en = Trial
languages = zh;en
subject_group = city
[missing]
待核 = O
[flags]
核 = V
END
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,aliases,groups,valid_to,successor
S,双清区,Shuangqing,,city,,
D,大祥区,Daxiang,大祥;大祥區,city,,
Old,旧县,Old County,,city,2020-12-31,S
A,古桥镇,Old Bridge,新桥镇@..2019-12-31;石桥乡@2001-01-01..2009-12-31,city,,
B,石岭镇,Stone Ridge,新桥镇@2020-01-01..;石桥乡@2010-01-01..2015-12-31,city,,
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,aliases,unit_measure,kind,direction
inv,固定资产投资,Investment,固定資產投資,万元,flow,higher
cpi,居民消费价格,Prices,,%,rate,lower
END
cat >"$config/forms.csv" <<'END'
form,files,layout,header,delimiter,encoding,unit_from,period_from,indicator_from,qualifier,unit_measure,measure,columns,decimal,lang
comma,comma*,long,,,,,,,,,,,comma
wide16,le*,indicators-across,,,UTF-16LE,,,,,,,
wide,wide*,indicators-across,,,,fixed:S,,,,,,
alone,alone*,indicators-across,,,,fixed:S,fixed:2023-05,,,,,
periods,periods*,periods-across,,,,,,fixed:inv,,,,
big5,big5*,long,,,Big5,,,,,,,
latin,latin*,long,,,ISO-8859-1,,,,,,,
long,long*,long,,,,,,,,,,
english,english*,long,,,,,,,,,,,,en
row,row*,indicators-across,,,,,,,,,,
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
row() { # row NAME CELL REASON [MEASURE]: the cell of a long table, refused
    printf 'unit,indicator,period,value,measure,obs_status\nS,inv,2023-05,"%s",%s\n' "$2" "${4:-,}" >"$in"
    one long.csv <"$in"
    is "$1" "$(sed -n 2p "$out/rejects.csv" | awk -F, '{ print $3 }') $(grep -o -F "$3" "$out/rejects.csv" | head -n 1) $rc" \
        "2 $3 3"
}
takes() { # takes NAME CELL [MEASURE,STATUS]: the cell of a long table, taken
    printf 'unit,indicator,period,value,measure,obs_status\nS,inv,2023-05,"%s",%s\n' "$2" "${3:-,}" >"$in"
    one long.csv <"$in"
    is "$1" "$(account) $rc" '2,1,0,1,1,1,0,0,1 0'
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
one comma.csv <<'END'
unit;indicator;value;note;period
S;inv;0,00;x;2023-05
unit;indicator;value;note;period
D;inv;1,5;;2023-05
END
is 'decimal commas are no second row of heads' "$(account)" '4,2,0,2,2,2,0,0,2'

printf '单位,指标,报告期,计量单位,数值\n单位,指标,报告期,计?单位,数值\nS,inv,2023-05,吨,1\n' >"$in"
one long.csv <"$in"
is 'heads once more, one of them spoilt, are no second row of heads' \
    "$(account) $(grep -o uom.mismatch "$out/rejects.csv")" '3,0,1,2,1,0,1,0,0 uom.mismatch'

# A head that is nearly one that says what the numbers mean, or words for measures under
# a head that nobody knows: numbers would be taken for something else.
printf '单位,指标,报告期,计量单立,数值\nS,inv,2023-05,吨,1\n' >"$in"
one long.csv <"$in"
is 'a head that is nearly a usual one' "$(account) $(grep -o head.unclear "$out/rejects.csv")" \
    '2,0,2,0,0,0,0,0,0 head.unclear'
printf '单位,指标,报告期,类别,数值\nS,inv,2023-05,累计,1\n' >"$in"
one long.csv <"$in"
is 'words for measures under a head that nobody knows' \
    "$(account) $(grep -o head.unclear "$out/rejects.csv")" '2,0,2,0,0,0,0,0,0 head.unclear'
printf '单位,指标,报告期,类别,数值\nS,inv,2023-05,甲,1\n' >"$in"
one long.csv <"$in"
is 'a head that nobody knows and that says nothing' "$(account)" '2,1,0,1,1,1,0,0,1'

# --- numbers and what stands around them ---
row 'a number that is not exact' 约5 number.inexact
row 'more than a number' '>5' number.inexact
row 'a triangle' ▲5.3 number.direction growth,
row 'a word of direction with a level' 增长5.3 number.direction value,
row 'a growth on the month is none on the year' 环比增长5.3% number.direction growth,
row 'a change in points is no rate' 增长5.3个百分点 number.direction growth,
row 'an error of a spreadsheet in Chinese' '#值!' number.spreadsheet
row 'a formula' '=A1' number.spreadsheet
row 'a time' 00:30 number.date
row 'a decimal comma where the form says point' 0,123 number.marks
row 'a flag against the status' 5.3p status.conflict ,A
row 'a number that is said to be suppressed' '5.3 (D)' status.conflict
takes 'a word of direction with a rate' 同比下降5.3% growth,
takes 'a flag' 5.3p
takes 'a flag that the status says, too' '5.3 (p)' ,P
takes 'a flag of the profile' '5.3 核'
takes 'a footnote mark' 5.3①
has 'the receipt says that it was left off' "$out/receipts/00001.md" '有 1 个数后面的注释标记'
one comma.csv <<'END'
unit;indicator;period;value
S;inv;2023-05;1.234,5
S;cpi;2023-05;5,3%
D;inv;2023-05;1234.5
END
is 'decimal commas, as the form says' "$(account) $(grep -c number.marks "$out/rejects.csv")" '4,2,1,1,3,2,1,0,2 1'

# --- names ---
printf 'unit,2019-12,2020-01\n新桥镇,1,2\n新　桥 镇,1,2\n' >"$in"
one periods.csv <"$in"
is 'a name that means another unit later; blanks in it mean nothing' "$(account)" '3,1,0,2,2,2,0,0,2'
printf 'unit,indicator,period,value\n新桥镇,inv,2019-12,1\nA,inv,2019-12,1\nB,inv,2020-01,2\n新桥镇,inv,2020-01,3\n' >"$in"
one long.csv <"$in"
is 'each of them by the days' "$(account) $(sed -n 2p "$out/rejects.csv" | cut -d, -f3,7-8)" \
    '5,2,1,2,3,2,1,0,2 5,key.conflict,"2'
one long.csv <<'END'
unit,indicator,period,value
石桥乡,inv,2016-01,1
END
is 'a name that holds no more' "$(sed -n 2p "$out/rejects.csv" | cut -d, -f3,6-8)" \
    '2,石桥乡,unit.former_name,2001-01-01..2009-12-31 → 古桥镇 A'
printf '\357\273\277unit,indicator,period,value\n双\342\200\213清\302\240区\357\273\277,i\357\275\216v,2023-05,1\n大　祥,inv,2023-05,1\n' >"$in"
one long.csv <"$in"
is 'no-break and zero width blanks, full width letters' "$(account)" '3,2,0,1,2,2,0,0,2'

# --- encodings ---
printf '地区,月份,inv\n双清区,2023-05,1\n' | iconv -f UTF-8 -t UTF-16LE >"$in"
one le.csv <"$in"
is 'UTF-16 without a mark, as the form says' "$(account)" '2,1,0,1,1,1,0,0,1'
printf 'unit,indicator,period,value\n大祥區,固定資產投資,2023-05,5\n' | iconv -f UTF-8 -t BIG5 >"$in"
one big5.csv <"$in"
is 'Big5, as the form says' "$(account)" '2,1,0,1,1,1,0,0,1'

# --- receipts ---
{
    echo 'unit,indicator,period,value'
    i=0
    while [ "$i" -lt 30 ]; do
        i=$((i + 1))
        echo "S|$i,inv,2023-05,1"
    done
    echo 'S,inv,2023-05,a<b>*1*</b>'
} >"$in"
one long.csv <"$in"
receipt=$out/receipts/00001.md
is 'of one kind so many, then how many more' \
    "$(grep -c 'unit.unknown |' "$receipt") $(grep -c ',unit.unknown,' "$out/rejects.csv")" '21 30'
has 'and where all of them are' "$receipt" '|  |  |  | 同类问题另有 10 处，全部列在 rejects.csv | unit.unknown |'
has 'what was sent is no markup' "$receipt" '“a\<b\>\*1\*\</b\>”不是数字'
has 'nor a border of the table' "$receipt" '| 2 | 1 | unit | 未知单位“S\|1”'
printf '[receipts]\nof_a_kind = 2\n' >>"$config/profile.ini"
one long.csv <"$in"
is 'as many as the profile says' "$(grep -c 'unit.unknown |' "$receipt")" 3
one english.csv <"$in"
has 'in the language of the form' "$receipt" '| 2 | 1 | unit | unit '"'S\|1'"' is not known'
echo 'nothing' | one english.csv
has 'also of a file that was not read' "$receipt" 'no header row was found'
printf 'unit,period,inv,cpi\nS,2023-13,1,2\nX,2023-05,1,2\n' | one row.csv
printf 'unit,period,inv,cpi\nOld,2023-05,1,2\n' | one row.csv
has 'cells of one row share a line' "$receipt" '| 2 | 13 | inv 等 2 格 | 单位“旧县 Old”在该期不存在（存续期 ..2020-12-31 → 双清区 S） | unit.not_valid |'

# --- what check says of the tables ---
cp "$config/units.csv" "$root/units.csv"
cp "$config/profile.ini" "$root/profile.ini"
cp "$config/forms.csv" "$root/forms.csv"
check() { # check NAME PLACE: what the profile's check says
    "$TB_BIN/tongbao" -C "$root" -p p check >"$root/checked" 2>&1
    has "$1" "$root/checked" "$2"
    cp "$root/profile.ini" "$root/forms.csv" "$root/units.csv" "$config"
}
printf '[missing]\n欠报 = A\n' >>"$config/profile.ini"
check 'a word for missing with the status of a number' "profile.ini:13:6: error: 欠报: bad value 'A'"
printf '[flags]\nx = L\n' >>"$config/profile.ini"
check 'a flag with the status of a missing value' "profile.ini:13:5: error: x: bad value 'L'"
printf '[flags]\nx = P\nＸ = E\n' >>"$config/profile.ini"
check 'a flag twice' "profile.ini:14:1: error: duplicate key 'Ｘ'"
echo 'f,f*,long,,,UTF-9,,,,,,,,,' >>"$config/forms.csv"
check 'an encoding that nobody knows' "forms.csv:12:13: error: unknown encoding 'UTF-9'"
echo 'f,f*,long,,,,,,,,,,,dot' >>"$config/forms.csv"
check 'a decimal sign that is none' "forms.csv:12:21: error: "

echo 'C,丙,C,新桥镇@2019-06-01..,,,' >>"$config/units.csv"
check 'a former name of two units on one day' "units.csv:7:7: error: ambiguous alias '新桥镇', on the same days"
echo 'C,丙,C,新桥镇@2019,,,' >>"$config/units.csv"
check 'a former name without days' "units.csv:7:7: error: '新桥镇@2019' has no days behind '@'"

done_testing
