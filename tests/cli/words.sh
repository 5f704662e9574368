#!/bin/sh
# words.sh - what is said to who has to mend something: receipts (letters among digits, units of
# measure that nobody knows, spans of days, the periods of a file), check (figures that no form
# can give), and who is named where files come without a sender's folder.
. "$(dirname "$0")/lib.sh"
config=$root/config/p
inbox=$root/datasets/p/inbox
mkdir -p "$config"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验
name_en = Trial
languages = zh;en
frequency = M
END
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en
S,双清区,Shuangqing
D,大祥区,Daxiang
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency
inv,固定资产投资,万元,flow,higher,M
firms,企业数,个,count,higher,M
loans,贷款余额,亿元,stock,none,M
sales,旬销售额,万元,flow,higher,M_3
gdp,生产总值,万元,flow,higher,Q
END
cat >"$config/forms.csv" <<'END'
form,files,layout,unit_measure,lang
zh,zh*,long,,zh
en,en*,long,,en
wide,wide*,indicators-across,,zh
money,money*,long,万元,zh
END
head=unit,indicator,period,value
collected() { # collected: what lies in the inbox is collected; exit code in rc
    touch -d 2023-06-20T00:00:00Z "$inbox"/*
    "$TB_BIN/tongbao-collect" -q -C "$root" -p p --run "$root/run" >"$tmp/out" 2>"$tmp/err"
    rc=$?
}
one() { # one NAME: the file on stdin alone in the inbox, collected; its receipt in $tmp/receipt
    rm -rf "$root/datasets" "$root/run"
    mkdir -p "$inbox"
    cat >"$inbox/$1"
    collected
    cp "$root/run/collect/receipts/00001.md" "$tmp/receipt"
}
both() { # both NAME ROW ZH EN: a long table of one row, its receipt in both languages
    printf '%s\n%s\n' "$head" "$2" | one zh.csv
    has "$1, zh" "$tmp/receipt" "$3"
    printf '%s\n%s\n' "$head" "$2" | one en.csv
    has "$1, en" "$tmp/receipt" "$4"
}

# --- letters among digits, units of measure ---
both 'O behind a number' 'S,inv,2023-05,12O' \
    '“12O”不是数字：其中有形似数字的字母（O 像 0，l、I 像 1），如指 120 请改为数字 | number.malformed |' \
    "'12O' is not a number, expected digits: it has letters that look like them (O like 0, l and I like 1); if 120 is meant"
both 'l in front of it, O inside' 'S,inv,2023-05,"l,O23.5"' '如指 1,023.5 请改为数字' 'if 1,023.5 is meant'
both 'letters that look like nothing' 'S,inv,2023-05,12X' '计量单位“X”不能换算为万元 | uom.mismatch' \
    "'X' cannot be converted to 万元 | uom.mismatch"
both 'words are not taken for digits' 'S,inv,2023-05,Oll' '“Oll”不是数字 |' "'Oll' is not a number, expected digits |"
both 'a word for things that nobody declared' 'S,firms,2023-05,8家' \
    '请按个填报；两者若同义，可由收表单位在 profile.ini 的 \[units\_of\_measure\] 中写明 家 = 1 个 | uom.unknown |' \
    'if they mean the same, the bureau can say so under \[units\_of\_measure\] of profile.ini: 家 = 1 个 | uom.unknown |'
both 'money is no thing that is counted' 'S,firms,2023-05,8万元' '计量单位“万元”不能换算为个 | uom.mismatch' \
    "'万元' cannot be converted to 个 | uom.mismatch"
cp "$config/profile.ini" "$tmp/profile.ini"
printf '[units_of_measure]\n家 = 1 个\n' >>"$config/profile.ini"
printf '%s\nS,firms,2023-05,8家\n' "$head" >"$tmp/in"
one zh.csv <"$tmp/in"
is 'declared, it is taken' "$rc" 0
cp "$tmp/profile.ini" "$config/profile.ini"
printf '%s\nS,firms,2023-05,8\n' "$head" | one money.csv
has 'the unit of measure of the form is named as such' "$tmp/receipt" \
    '报表登记的计量单位“万元”（forms.csv）不能换算为该指标的个；请收表单位更正登记，不必重新报送 | uom.of_form |'
one wide.csv <<'END'
2023年5月
单位：万元、亿元、个
地区,固定资产投资,企业数,贷款余额
双清区,5,7,9
END
has 'two sizes above a table' "$tmp/receipt" '表上方写有“万元、亿元”几种计量单位，不能确定该数用哪一种（指标按亿元计）；请在表头写明，如 指标（亿元） | uom.ambiguous |'
one wide.csv <<'END'
2023年5月
单位：万元、亿元、个
地区,固定资产投资（万元）,企业数,贷款余额（亿元）
双清区,5,7,9
END
is 'and as the receipt says they are mended' "$rc" 0
printf 'a,b\n1,2\n' | one other.txt
has 'a name of no form: which names there are' "$tmp/receipt" '文件名“other.txt”不属于任何已登记的报表（文件名应如：zh\*, en\*, wide\*, money\*）'

# --- periods ---
printf '%s\nS,sales,2023年5月1-10日,1\nS,sales,2023年5月11日至20日,2\nS,sales,2023年5月21-31日,3\n' "$head" >"$tmp/in"
one zh.csv <"$tmp/in"
is 'ten days by their dates' "$rc" 0
has 'and the receipt names each' "$tmp/receipt" '报告期      2023年5月上旬、2023年5月中旬、2023年5月下旬'
both 'ten days of a monthly indicator' 'S,inv,2023年5月1-10日,1' '报告期“2023-05-01/P10D”与指标的频率不符' \
    "period '2023-05-01/P10D' is not of the indicator's frequency"
both 'days that are no third of a month' 'S,sales,2023年5月1-11日,1' '“2023年5月1-11日”不是报告期' \
    "'2023年5月1-11日' is no period"
printf '%s\nS,inv,2023-05,1\nS,inv,2023-03,1\nD,inv,2023-05,1\nS,gdp,2023-Q1,7\n' "$head" | one zh.csv
has 'a receipt names all periods of a file' "$tmp/receipt" '报告期      2023年一季度、2023年3月、2023年5月'
for month in 01 02 03 04 05 06; do echo "S,inv,2022-$month,1"; done >"$tmp/rows"
{ echo "$head"; cat "$tmp/rows"; } | one en.csv
has 'many as a span' "$tmp/receipt" 'Period      January 2022 to June 2022'
collected
cmp -s "$root/run/collect/receipts/00001.md" "$tmp/receipt"
ok 'and the same when the reading is taken from the store' $?

# --- nil returns before and after figures of the same name ---
cp "$config/forms.csv" "$tmp/forms.csv"
printf 'form,files,layout,period_from,lang\nzh,zh_{period}*,long,file,zh\nen,en_{period}*,long,file,en\n' >"$config/forms.csv"
again() { # again NAME NUMBER ROW...: one more file of that name; its receipt in $tmp/receipt
    name=$1 number=$2
    shift 2
    { echo "$head"; [ $# -eq 0 ] || printf '%s\n' "$@"; } >"$inbox/$name"
    touch -d "2023-06-1$number 00:00:00" "$inbox/$name"
    "$TB_BIN/tongbao-collect" -q -C "$root" -p p --run "$root/run" >"$tmp/out" 2>"$tmp/err"
    cp "$root/run/collect/receipts/0000$number.md" "$tmp/receipt"
}
rm -rf "$root/datasets" "$root/run"
mkdir -p "$inbox"
again zh_2023-05.csv 1 S,inv,2023-05,1
again zh_2023-05.csv 2
has 'a nil return behind figures says that they count' "$tmp/receipt" \
    '第 1 号文件已报的数据仍然有效；要收回，请报送名为 zh\_2023-05.csv.withdraw 的文件。'
again en_2023-05.csv 3
silent 'the first says nothing of others' 'still count|takes the place' "$tmp/receipt"
again en_2023-05.csv 4 S,inv,2023-05,1
has 'figures behind a nil return take its place' "$tmp/receipt" 'It takes the place of the nil return 3.'
again en_2023-05.csv 5
has 'and a nil return again does not take them back' "$tmp/receipt" 'The figures of submission 4 still count; to take them back send a file named en\_2023-05.csv.withdraw.'
again en_2023-05.csv 6 S,inv,2023-05,2
silent 'figures again' 'still count|takes the place of the nil return 3' "$tmp/receipt"
cp "$tmp/forms.csv" "$config/forms.csv"

# --- figures that no form can give ---
cp "$config/forms.csv" "$tmp/forms.csv"
printf 'target,indicator,from,to,rule\nT,loans,2023-01,2023-12,growth >= 5\n' >"$config/targets.csv"
warned() { # warned NAME EXPECTED FORM...: how the warnings of check begin, without the folder
    said_of=$1 expected=$2
    shift 2
    { echo form,files,layout,measure,columns; printf '%s\n' "$@"; } >"$config/forms.csv"
    "$TB_BIN/tongbao" -C "$root" -p p check >"$tmp/out" 2>"$tmp/err"
    is "$said_of" "$? $(grep -o '[a-z]*\.csv:[0-9:]* warning.*' "$tmp/err" | cut -c 1-60)" "0 $expected"
}
warned 'a stock in a form of ytd' "targets.csv:2:25: warning: 'loans' is no sum of months, but " \
    'a,*,indicators-across,ytd,社零=inv'
warned 'with a measure of its own' '' 'a,*,indicators-across,ytd,贷款=loans:value'
warned 'named without one' "$(printf "forms.csv:2: warning: '贷款=loans' is a stock and is taken as" | cut -c 1-60)" \
    'a,*,indicators-across,ytd,贷款=loans' 'b,*,long,,'
cp "$tmp/forms.csv" "$config/forms.csv"
rm "$config/targets.csv"
sed 's/^languages/timeout = 5\nlanguages/' "$tmp/profile.ini" >"$config/profile.ini"
"$TB_BIN/tongbao" -C "$root" -p p check 2>"$tmp/err"
says 'a key of another section' "unknown key 'timeout' in section .profile., it belongs to .converters." "$tmp/err"

# --- who is late and missing, of files that lie in the inbox itself ---
rm -rf "$root/datasets"
mkdir -p "$root/reports" "$inbox"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
{ cat "$tmp/profile.ini"; printf 'subject_group = city\n[calendar]\ndeadline_day = 15\ndeadline_months = 1\n'; } >"$config/profile.ini"
printf 'unit,name_zh,name_en,groups\nS,双清区,Shuangqing,city\nD,大祥区,Daxiang,city\nB,北塔区,Beita,city\n' >"$config/units.csv"
printf 'group,name_zh,name_en\ncity,全市,the city\n' >"$config/groups.csv"
printf 'indicator,name_zh,name_en,unit_measure,kind,direction\ninv,固定资产投资,Investment,万元,flow,higher\nfirms,企业数,Firms,个,count,higher\n' >"$config/indicators.csv"
printf 'form,files,layout,name_zh,name_en\nzh,zh*,long,投资月报,Monthly return\n' >"$config/forms.csv"
sent() { # sent NAME MOMENT ROW...: a long table without a sender's folder
    { echo "$head"; shift 2; printf '%s\n' "$@"; } >"$inbox/$1"
}
sent zh04.csv - S,inv,2023-04,1 D,inv,2023-04,1 B,inv,2023-04,1 S,firms,2023-04,1 D,firms,2023-04,1 B,firms,2023-04,1
sent zh05.csv - S,inv,2023-05,1 S,firms,2023-05,1 B,inv,2023-05,1
touch -d 2023-05-10T00:00:00Z "$inbox/zh04.csv"
touch -d 2023-06-20T00:00:00Z "$inbox/zh05.csv"
"$TB_BIN/tongbao" -C "$root" -p p -q run 2023-05 >"$tmp/out" 2>"$tmp/err"
is 'a night' $? 0
bulletin=$root/reports/p/2023-05/bulletin
has 'the units that were late are named, not the form' "$bulletin.md" '双清区（迟3个工作日，2项）、北塔区（迟3个工作日，1项）'
has 'and those that owe' "$bulletin.md" '大祥区（2项，应于2023-06-15前报送）、北塔区（1项，应于2023-06-15前报送）'
has 'in English' "$bulletin.en.md" 'Daxiang (2 items, due 2023-06-15), Beita (1 item, due 2023-06-15)'
"$TB_BIN/tongbao" -C "$root" -p p --as-of 2023-06-21 status 2023-05 >"$tmp/out" 2>"$tmp/err"
says 'status: a unit that sent nothing' '缺报 +大祥区 +投资月报 +2023-06-15 +4 +2 +固定资产投资、企业数$'
says 'status: one that sent a part' '部分缺报 +北塔区 +投资月报 +2023-06-15 +4 +1 +企业数$'
says 'status: one that was late' '迟报 +双清区 +投资月报 +2023-06-15 +3 +2 +固定资产投资、企业数$'
printf 'tax,税收收入,Tax revenue,万元,flow,higher\n' >>"$config/indicators.csv"
printf 'target,indicator,from,to,rule\nT,tax,2023-01,2023-12,value >= 1\n' >"$config/targets.csv"
"$TB_BIN/tongbao" -C "$root" -p p -q run 2023-05 >"$tmp/out" 2>"$tmp/err"
"$TB_BIN/tongbao" -C "$root" -p p --as-of 2023-06-21 status 2023-05 >"$tmp/out" 2>"$tmp/err"
says 'status: what never came is asked of the unit' '缺报 +大祥区 +投资月报 +2023-06-15 +4 +3 +固定资产投资、企业数、税收收入$'
silent 'status: and of nobody else' '未报过'
"$TB_BIN/tongbao" -C "$root" -p p --as-of 2023-06-21 --lang en status 2023-05 >"$tmp/out" 2>"$tmp/err"
says 'status: in English' 'missing +Daxiang +Monthly return +2023-06-15 +4 +3 +Investment, Firms, Tax revenue$'

# --- an evening before: which run would know it; a new root ---
"$TB_BIN/tongbao" -C "$root" -p p --as-of 2023-06-01 --lang en status 2023-05 >"$tmp/out" 2>"$tmp/err"
says 'status: how to have an evening as it was' '^  tongbao -p p --as-of 2023-06-01 run 2023-05 '
mv "$root/reports/templates" "$tmp/templates"
sent zh05b.csv - D,inv,2023-05,1
touch -d 2023-06-21T00:00:00Z "$inbox/zh05b.csv"
"$TB_BIN/tongbao" -C "$root" -p p -q run 2023-05 >"$tmp/out" 2>"$tmp/err"
[ $? -eq 1 ] && [ "$(grep -c ' error disseminate: no templates: neither .*reports/templates nor .* is there; make install' "$tmp/err")" -eq 1 ]
ok 'no templates anywhere is told once, with what to do' $?
mkdir -p "$tmp/tree/build/bin" "$tmp/tree/reports"
cp "$TB_BIN/tongbao" "$tmp/tree/build/bin/"
cp -r "$tmp/templates" "$tmp/tree/reports/templates"
"$tmp/tree/build/bin/tongbao" -C "$tmp/new" init q >"$tmp/out" 2>"$tmp/err"
says 'init: the next command, with its root' "then: tongbao -C .*/new -p q check$" "$tmp/err"
cmp -s "$tmp/new/reports/templates/bulletin.zh.md" "$TB_TOP/reports/templates/bulletin.zh.md" || [ -e /usr/local/share/tongbao/templates ]
ok 'init from a build that is not installed takes the templates of its source' $?

done_testing
