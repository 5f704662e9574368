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
cp "$run/analyse/what_if.csv" "$tmp/one"
"$TB_BIN/tongbao-analyse" -q -j4 -C "$root" -p county --run "$run" 2023-10 >"$tmp/out" 2>"$tmp/err"
holds 'the same on four threads' cmp "$run/analyse/what_if.csv" "$tmp/one"
done_testing
