#!/bin/sh
# revisions.sh - every version of a figure stays: what changed, the revision triangle, how
# much figures are revised, and a bulletin as published against what is known now.
. "$(dirname "$0")/lib.sh"
config=$root/config/c inbox=$root/datasets/c/inbox
mkdir -p "$config" "$inbox" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 某市
name_en = A City
languages = en;zh
subject_group = all
[inbox]
grace = 0
END
echo 'group,name_zh,name_en
all,全市,the city' >"$config/groups.csv"
{
    echo 'unit,name_zh,name_en,groups'
    for u in 1 2 3 4; do echo "U$u,单位$u,Unit $u,all"; done
} >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,growth,decimals,headline
people,人口,people,人,stock,higher,computed,0,value
rate,比率,rate,%,rate,higher,computed,1,value
END
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule
T1,people,*,2023-01,2023-12,value > 100
END
cat >"$config/forms.csv" <<'END'
form,files,layout
long,*.csv,long
END
send() { # send DAY NAME: rows on standard input, with that day of arrival
    { echo REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,ACTION; cat; } >"$inbox/$2"
    touch -d "$1T10:00:00+08:00" "$inbox/$2"
}
night() { # night PERIOD
    "$TB_BIN/tongbao" -C "$root" -p c -q run "$1" >"$tmp/out" 2>"$tmp/err"
    rc=$?
    run=$root/datasets/c/runs/$(cat "$root/reports/c/$1/run.txt")
}
export_() { # export_ WHAT...: into $tmp/out
    "$TB_BIN/tongbao" -C "$root" -p c export "$@" >"$tmp/out" 2>"$tmp/err"
}
send 2023-02-10 jan.csv <<'END'
U1,people,2023-01,100,
U2,people,2023-01,200,
U3,people,2023-01,300,
U4,people,2023-01,400,
U1,rate,2023-01,5.0,
END
night 2023-01
is 'January' $rc 0
send 2023-03-10 feb.csv <<'END'
U1,people,2023-02,110,
U1,people,2023-01,104,
U2,people,2023-01,200,
U1,rate,2023-01,5.4,
END
send 2023-03-20 more.csv <<'END'
U1,people,2023-01,106,
U4,people,2023-01,390,
END
night 2023-02
is 'February' $rc 0
send 2023-05-10 april.csv <<'END'
U1,people,2023-04,120,
U3,people,2023-01,,D
END
cat >"$config/edits.csv" <<'END'
when,who,unit,indicator,measure,period,value,reason
2023-06-02,统计局,U1,people,value,2023-02,111,核实
END
night 2023-04
is 'April' $rc 0

# Four figures of January and one each of February and April are published; U1 +6 (latest less
# first), U4 -10, U1 of February +1; U3 is taken back.  Kept: 5; mean -3/5, mean size 17/5,
# 17 of 106+200+390+111+120 = 927.
is 'how much the count is revised' "$(grep '^people,value' "$run/process/revised.csv")" \
    'people,value,6,3,1,33.33,-0.60,3.40,1.834,-10,U4,2023-01'
is 'the rate by points' "$(grep '^rate,value' "$run/process/revised.csv")" 'rate,value,1,1,0,0.00,0.400,0.400,7.407,0.4,U1,2023-01'
has 'the report has it' "$run/reports/data-quality.md" 'First published against now, by indicator'
has 'in Chinese' "$run/reports/data-quality.zh.md" '首次公布数与现知数之比较'

export_ triangle --unit U1 --indicator people
is 'the triangle: one column for each month of vintages' "$(head -n 1 "$tmp/out")" \
    'REF_AREA,INDICATOR,MEASURE,FREQ,STATE,TIME_PERIOD,2023-02,2023-03,2023-05,2023-06'
is 'what was known of January at the end of each' "$(grep ',2023-01,' "$tmp/out")" 'U1,people,value,M,0,2023-01,100,106,106,106'
is 'a correction counts from its month on' "$(grep ',2023-02,' "$tmp/out" | tail -n 1)" 'U1,people,value,M,0,2023-02,,110,110,111'
is 'nothing is known before the first vintage' "$(tail -n 1 "$tmp/out")" 'U1,people,value,M,0,2023-04,,,120,120'
export_ triangle --unit 单位3 --indicator 人口
is 'what was taken back' "$(tail -n 1 "$tmp/out")" 'U3,people,value,M,0,2023-01,300,D'
export_ triangle --unit U2 --indicator people
is 'sent again as it was' "$(tail -n 1 "$tmp/out")" 'U2,people,value,M,0,2023-01,200,200'
export_ triangle --unit U9 --indicator people
is 'an unknown unit' "$? $(cat "$tmp/err")" "2 tongbao export: unknown unit 'U9'"
export_ triangle --unit U1
is 'one of the two is not enough' "$? $(cat "$tmp/err")" '2 tongbao export: triangle needs --unit and --indicator'

export_ revisions --unit U1 --indicator people
is 'every change, with both sources and the difference' "$(tail -n +2 "$tmp/out" | cut -d, -f5,6,9-11,14-16)" \
    '2023-01,100,jan.csv,2,104,feb.csv,3,4
2023-01,104,feb.csv,3,106,more.csv,2,2
2023-02,110,feb.csv,2,111,edits.csv,2,1'
export_ revisions
is 'of all units' "$(tail -n +2 "$tmp/out" | wc -l)" 6
is 'every version of every key is there' "$(export_ observations; grep -c '^U1,people,value,M,2023-01,' "$tmp/out")" 3

# As published, and as now known.  The profile has changed by the correction: verdicts of the
# older runs stand under codes, planes under row numbers of their own profile.
rm "$config/edits.csv"
night 2023-04
export_ verdicts 2023-01
is 'the verdict as published' "$(grep '^U1,people,verdict' "$tmp/out" | cut -d, -f5,6)" '2023-01,missed'
export_ measures 2023-01
is 'the number as published' "$(grep '^U1,people,value,M,2023-01,' "$tmp/out" | cut -d, -f6)" 100
export_ measures
is 'the number as now known' "$(grep '^U1,people,value,M,2023-01,' "$tmp/out" | cut -d, -f6)" 106
export_ measures 2023-03
is 'no bulletin of March' "$? $(cut -c1-51 "$tmp/err")" '1 tongbao export: no bulletin of 2023-03 is published'
"$TB_BIN/tongbao" -C "$root" -p c explain U1 people 2023-01 >"$tmp/out" 2>"$tmp/err"
has 'explain has both' "$tmp/out" 'verdict on T1: in the bulletin of 2023-01 missed (100), now met (106)'
"$TB_BIN/tongbao" -C "$root" -p c --as-of 2023-03-15 run 2023-02 >"$tmp/out" 2>"$tmp/err"
export_ measures 2023-02
is '--as-of: what was known that day' "$(grep '^U1,people,value,M,2023-01,' "$tmp/out" | cut -d, -f6)" 104
done_testing
