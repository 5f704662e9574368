#!/bin/sh
# replaced.sh - a file of another name, or of another sender, that changes what a unit sent:
# the receipt and `tongbao status` say so.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
mkdir -p "$config" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/templates"
cat >"$config/profile.ini" <<'INI'
[profile]
name_zh = 试验
name_en = Trial
languages = zh;en
frequency = M
utc_offset = +08:00
subject_group = city
INI
cat >"$config/groups.csv" <<'CSV'
group,name_zh,name_en,area
city,全市,City,
CSV
cat >"$config/units.csv" <<'CSV'
unit,name_zh,name_en,parent,level,groups
S,双清区,Shuangqing,,county,city
D,大祥区,Daxiang,,county,city
CSV
cat >"$config/departments.csv" <<'CSV'
department,name_zh,name_en
com,商务局,Commerce
fin,财政局,Finance
CSV
cat >"$config/indicators.csv" <<'CSV'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals,department
retail,社零总额,Retail sales,万元,flow,higher,M,computed,1,com
CSV
cat >"$config/forms.csv" <<'CSV'
form,files,layout,period_from,lang
retail,retail_{period}*.csv,long,file,zh
trade,trade_{period}*.csv,long,file,en
CSV
send() { # send SENDER/NAME MOMENT S D
    mkdir -p "$root/datasets/p/inbox/$(dirname "$1")"
    printf '单位,指标,数值\nS,retail,%s\nD,retail,%s\n' "$3" "$4" >"$root/datasets/p/inbox/$1"
    touch -d "$2 +0800" "$root/datasets/p/inbox/$1"
}
t() { # t ARGUMENTS: exit code in rc
    "$TB_BIN/tongbao" -C "$root" -p p "$@" >"$root/out" 2>"$root/err"
    rc=$?
}
run() {
    t -q "$@" run 2023-05
    run=$root/datasets/p/runs/$(cat "$root/reports/p/2023-05/run.txt")
}
report=$root/reports/p/2023-05

# --- under its own name a file is a correction, under another it is told ---
send com/retail_2023-05.csv '2023-06-10 09:00' 10 20
run
send com/retail_2023-05.csv '2023-06-11 09:00' 11 20
run
is 'a correction under the same name replaces nobody' "$(tail -n +2 "$run/process/replaced.csv")" ''
silent 'and its receipt says nothing of it' '其他文件' "$report/receipts/00002.md"
t status 2023-05
silent 'nor does status' '名称或报送单位不同'

send com/retail_2023-05_final.csv '2023-06-12 09:00' 11 21
run
is 'another name: the file whose value stood there' "$(tail -n +2 "$run/process/replaced.csv")" \
    '3,2023-06-12T09:00:00+08:00,com,retail_2023-05_final.csv,1,2023-06-10T09:00:00+08:00,com,retail_2023-05.csv,1,D,retail,2023-05'
has 'the receipt tells which file, from whom, and how many values' "$report/receipts/00003.md" \
    '- 1 retail\_2023-05.csv（com，2023-06-10 09:00 收到）：1 个数据，首个为 D retail 2023-05'
has 'behind what collect says' "$report/receipts/00003.md" '全部采用，无问题。'
t status 2023-05 --lang zh
says 'status has a row' '^ +3 retail_2023-05_final.csv +商务局 +1 retail_2023-05.csv +商务局 +1 +D retail 2023-05'

# --- another sender: of two files, in the language of the form ---
send fin/trade_2023-05.csv '2023-06-13 09:00' 12 22
run
has 'the first of the two' "$report/receipts/00004.md" \
    '- 2 retail\_2023-05.csv (com, 2023-06-11 09:00): 1 values, the first of S retail 2023-05'
has 'and the second' "$report/receipts/00004.md" \
    '- 3 retail\_2023-05\_final.csv (com, 2023-06-12 09:00): 1 values, the first of D retail 2023-05'
t status 2023-05 --lang en
says 'status: how many' '^values replaced by a file of another name or sender: 3$'
says 'status: by whom, and whose' '^ +4 trade_2023-05.csv +Finance +3 retail_2023-05_final.csv +Commerce +1 '

# --- the same name from another sender; one key taken back ---
mkdir -p "$root/datasets/p/inbox/fin"
printf 'ACTION,单位,指标,数值\nD,S,retail,\n' >"$root/datasets/p/inbox/fin/retail_2023-05.csv"
touch -d '2023-06-14 09:00 +0800' "$root/datasets/p/inbox/fin/retail_2023-05.csv"
run
is 'a value that is taken back counts as well' "$(tail -n 1 "$run/process/replaced.csv" | cut -d, -f1,4,5,8,9-)" \
    '5,retail_2023-05.csv,4,trade_2023-05.csv,1,S,retail,2023-05'

# --- what is withdrawn replaces nothing, nor does the same value; another month is not told of ---
: >"$root/datasets/p/inbox/fin/trade_2023-05.csv.withdraw"
touch -d '2023-06-15 09:00 +0800' "$root/datasets/p/inbox/fin/trade_2023-05.csv.withdraw"
run
silent 'withdrawn: it replaces nothing any more' '^4,' "$run/process/replaced.csv"
silent 'nor does its receipt say so' 'replaced' "$report/receipts/00004.md"
run --as-of 2023-06-11
is 'an evening before knows nothing of it' "$(tail -n +2 "$run/process/replaced.csv")" ''
done_testing
