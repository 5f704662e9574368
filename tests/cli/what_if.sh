#!/bin/sh
# what_if.sh - what it would take to reach a place, to leave the last ones and to pass
# the average: each figure worked out by hand, for growth and for what is better low.
. "$(dirname "$0")/lib.sh"
config=$root/config/county
run=$root/datasets/county/runs/draft
mkdir -p "$config" "$root/datasets/county/inbox"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验县
languages = en
frequency = M
subject_group = towns
[methods]
bottom_k = 2
END
printf 'group,name_zh\ntowns,各镇\n' >"$config/groups.csv"
printf 'unit,name_zh,groups\nA,甲,towns\nB,乙,towns\nC,丙,towns\nD,丁,towns\nE,戊,towns\n' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,headline
sales,销售额,万元,flow,higher,M,computed,1,ytd_growth
cases,案件数,件,rate,lower,M,computed,1,value
staff,人员,人,stock,higher,M,computed,0,value
fires,火灾,起,count,lower,M,computed,0,value
END
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
# January to October: growth A 10, B 5, C 5, D 2, E -1 percent; in September D led E by less
# than nothing (E 3).
cat >"$root/datasets/county/inbox/a.csv" <<'END'
REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE
A,sales,ytd,2022-10,100
B,sales,ytd,2022-10,200
C,sales,ytd,2022-10,100
D,sales,ytd,2022-10,100
E,sales,ytd,2022-10,300
A,sales,ytd,2023-10,110
B,sales,ytd,2023-10,210
C,sales,ytd,2023-10,105
D,sales,ytd,2023-10,102
E,sales,ytd,2023-10,297
A,sales,ytd,2022-09,90
B,sales,ytd,2022-09,180
C,sales,ytd,2022-09,90
D,sales,ytd,2022-09,90
E,sales,ytd,2022-09,270
A,sales,ytd,2023-09,99
B,sales,ytd,2023-09,189
C,sales,ytd,2023-09,94.5
D,sales,ytd,2023-09,91.8
E,sales,ytd,2023-09,278.1
A,cases,value,2023-10,3
B,cases,value,2023-10,1
C,cases,value,2023-10,2
A,staff,value,2023-10,10
B,staff,value,2023-10,20
C,staff,value,2023-10,30
D,staff,value,2023-10,40
E,staff,value,2023-10,50
A,fires,value,2023-10,0
B,fires,value,2023-10,0
C,fires,value,2023-10,0
D,fires,value,2023-10,0
E,fires,value,2023-10,2
END
"$TB_BIN/tongbao-collect" -q -C "$root" -p county --run "$run" >"$tmp/out" 2>"$tmp/err" &&
    "$TB_BIN/tongbao-process" -q -C "$root" -p county --run "$run" >"$tmp/out" 2>"$tmp/err" &&
    "$TB_BIN/tongbao-analyse" -q -j1 -C "$root" -p county --run "$run" 2023-10 >"$tmp/out" 2>"$tmp/err"
is 'the stages run' $? 0
rows() { grep "^$1,$2," "$run/analyse/what_if.csv" | cut -d, -f6-; }
# Of 5: front is ceil(5 / 4) = 2, last 2.  The others of E: 527 on 500, 5.4 percent.
is 'the last unit' "$(rows E sales)" '-1.0,5,5,next,4,2.0,3.0,306.0,9.0,4.5,2
-1.0,5,5,regain,4,2.0,3.0,306.0,9.0,4.5,2
-1.0,5,5,front,2,5.0,6.0,315.0,18.0,9.0,2
-1.0,5,5,bottom,2,5.1,6.1,315.3,18.3,9.2,2
-1.0,5,5,average,,5.5,6.5,316.5,19.5,9.8,2'
is 'one of two that share a place' "$(rows C sales)" '5.0,2,5,next,1,10.0,5.0,110.0,5.0,2.5,2'
is 'the first has nothing to reach' "$(rows A sales)" ''
is 'lower is better' "$(rows A cases)" '3.0,3,3,next,2,2.0,-1.0,,,,
3.0,3,3,front,1,1.0,-2.0,,,,
3.0,3,3,bottom,1,1.9,-1.1,,,,'
# The others of A have 35 on average, those of B 32.5; they have 140 and 130 together.
is 'the average of amounts is a mean, not their sum' "$(rows A staff | grep average) $(rows B staff | grep average)" \
    '10,5,5,average,,36,26,,,, 20,4,5,average,,33,13,,,,'
is 'fewer fires than none are not asked for' "$(rows E fires)" '2,5,5,next,4,0,-2,,,,
2,5,5,front,2,0,-2,,,,'
is 'nor are the first asked to leave the last' "$(rows A fires)" ''
cp "$run/analyse/what_if.csv" "$tmp/one"
"$TB_BIN/tongbao-analyse" -q -j4 -C "$root" -p county --run "$run" 2023-10 >"$tmp/out" 2>"$tmp/err"
holds 'the same on four threads' cmp "$run/analyse/what_if.csv" "$tmp/one"

# The sheet of a unit shows it, and what its score is made of.
sed -i '1s/$/,weight/;2s/$/,3/;3s/$/,1/;4,$s/$/,0/' "$config/indicators.csv"
sed -i 's/^languages = en/languages = zh;en/' "$config/profile.ini"
cp -r "$TB_TOP/reports" "$root/"
rm -rf "$root/reports/sample-city" "$root/reports/shuangqing-2023"
"$TB_BIN/tongbao" -q -C "$root" -p county run 2023-10 >"$tmp/out" 2>"$tmp/err"
is 'a whole run' $? 0
zh=$root/reports/county/2023-10/units/E.md en=$root/reports/county/2023-10/units/E.en.md
says 'a line for all aims' '^\| 销售额 \| 各镇 +\| +-1\.0% \| +5/5 \| +2\.0%（第4） \| +2\.0%（第4） \| +5\.0%（前2） \| +5\.1%（后2） \| +5\.5% \| +9\.0万元 \|$' "$zh"
says 'in English' '^\| 销售额 .*2\.0% \(place 4\).*5\.0% \(first 2\).*5\.1% \(last 2\).*9\.0 ten thousand yuan' "$en"
has 'its own section' "$en" '## What it would take'
# Points of E by sales: last of 5, 0; in September, ahead of D: 25.
has 'what the score is made of' "$en" '## What the score is made of'
says 'points, change and places' '^\| 销售额 +\| +[0-9.]+ \| +25\.00 \| +0\.00 \| +0\.00 \| +-' "$en"
has 'compared with when' "$zh" '得分变化与2023年9月相比'
silent 'the first in all has nothing to reach' '销售额 .*place' "$root/reports/county/2023-10/units/A.en.md"

done_testing
