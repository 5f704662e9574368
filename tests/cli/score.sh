#!/bin/sh
# score.sh - composite scores under every setting, through the programs: numbers worked by
# hand, what changed between two months, and a rehearsal under other rules.
. "$(dirname "$0")/lib.sh"
config=$root/config/c inbox=$root/datasets/c/inbox
mkdir -p "$config" "$inbox" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
profile() { # profile LINE...: of [methods]
    printf '[profile]\nname_zh = 某市\nname_en = A City\nlanguages = en;zh\nsubject_group = all\n' >"$config/profile.ini"
    printf '[inbox]\ngrace = 0\n[methods]\n' >>"$config/profile.ini"
    for line in "$@"; do echo "$line" >>"$config/profile.ini"; done
}
profile
printf 'group,name_zh,name_en\nall,全部,all\n' >"$config/groups.csv"
{
    echo 'unit,name_zh,name_en,groups'
    for u in 1 2 3 4 5; do echo "U$u,单位$u,Unit $u,all"; done
} >"$config/units.csv"
cat >"$config/tasks.csv" <<'END'
task,block,name_zh,name_en
t1,经济,经济,Economy
t2,环境,环境,Environment
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,headline,decimals,weight,task,low,high
gdp,产值,output,%,rate,higher,value,1,6,t1,0,10
jobs,就业,jobs,%,rate,higher,value,1,2,t1,,
dust,粉尘,dust,%,rate,lower,value,1,2,t2,10,30
END
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
# April 2022 to give last year a range; May and June 2023.  jobs of unit 5 never comes.
cat >"$inbox/1.csv" <<'END'
REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE
U1,jobs,value,2022-04,2.0
U2,jobs,value,2022-04,6.0
U1,gdp,value,2023-05,8.0
U2,gdp,value,2023-05,6.0
U3,gdp,value,2023-05,4.0
U4,gdp,value,2023-05,2.0
U5,gdp,value,2023-05,1.0
U1,jobs,value,2023-05,3.0
U2,jobs,value,2023-05,4.0
U3,jobs,value,2023-05,5.0
U4,jobs,value,2023-05,7.0
U1,dust,value,2023-05,25.0
U2,dust,value,2023-05,20.0
U3,dust,value,2023-05,15.0
U4,dust,value,2023-05,10.0
U5,dust,value,2023-05,40.0
U1,gdp,value,2023-06,6.0
U2,gdp,value,2023-06,9.0
U3,gdp,value,2023-06,4.0
U4,gdp,value,2023-06,3.0
U5,gdp,value,2023-06,12.0
U1,jobs,value,2023-06,3.0
U2,jobs,value,2023-06,3.0
U3,jobs,value,2023-06,4.0
U4,jobs,value,2023-06,6.0
U1,dust,value,2023-06,25.0
U2,dust,value,2023-06,25.0
U3,dust,value,2023-06,15.0
U4,dust,value,2023-06,20.0
U5,dust,value,2023-06,30.0
END
tongbao() { "$TB_BIN/tongbao" -C "$root" -p c "$@"; }
analyse() { "$TB_BIN/tongbao-analyse" -C "$root" -p c -q "$@" 2023-06 >"$tmp/out" 2>"$tmp/err"; }
tongbao -q collect >"$tmp/out" 2>"$tmp/err" && tongbao -q process >"$tmp/out" 2>"$tmp/err"
ok 'collect and process' $?
run=$root/datasets/c/runs/draft
# score UNIT: now, from the parts
score() { awk -F, -v u="$1" '$2 == u && $3 == "total" { print $10 }' "$run/analyse/score_parts.csv"; }
scores() { for u in U1 U2 U3 U4 U5; do printf '%s ' "$(score $u)"; done; }

# rank: gdp 3 2 4 5 1 of 5, jobs 3= 3= 2 1 of 4, dust (lower) 3= 3= 1 2 5.
# U1: (6*50 + 2*100/3 + 2*50) / 10 = 46.67; U5: (6*100 + 0) / 8 = 75
analyse
is 'places' "$(scores)" '46.67 61.67 48.33 35.00 75.00 '
profile 'missing_indicator = zero'
analyse
is 'a missing indicator as zero' "$(scores)" '46.67 61.67 48.33 35.00 60.00 '
# gdp 6 of [3, 12]: 100/3; jobs 3 of [3, 6]: 0; dust 25 of [15, 30], lower: 100/3.
profile 'normalise = minmax'
analyse
is 'min-max' "$(scores)" '26.67 46.67 33.33 33.33 75.00 '
# gdp 60 90 40 30 100 (12 is clipped); jobs on last year's [2, 6]: 25 25 50 100; dust 25 25 75 50 0.
profile 'normalise = goalposts'
analyse
is 'goalposts, given and of last year' "$(scores)" '46.00 64.00 49.00 48.00 75.00 '
is 'the run keeps them' "$(cat "$run/analyse/goalposts.csv")" 'group,indicator,measure,from,low,high,source
all,gdp,value,2023-01,0,10,given
all,jobs,value,2023-01,2,6,last_year
all,dust,value,2023-01,10,30,given'
has 'what was clipped is said' "$run/analyse/score_parts.csv" 'clipped'
# 60^.6 25^.4 = 42.27; 90^.6 25^.4 = 53.92; 40^.6 50^.2 75^.2; 30^.6 100^.2 50^.2; U5: 0 points in dust.
profile 'normalise = goalposts' 'aggregate = geometric'
analyse
is 'geometric' "$(scores)" '42.27 53.92 47.43 42.27  '
has 'points of 0 have no geometric mean, and that is said' "$run/analyse/score_parts.csv" 'not_positive'
profile 'normalise = zscore'
analyse
# mean 6.8, sd 3.7014; (6 - 6.8) / 3.7014 = -.21613; jobs mean 4, sd sqrt 2: -.70711; dust
# mean 23, sd 5.70088: -(25 - 23) / 5.70088 = -.35082: (6*-.21613 - 2*.70711 - 2*.35082) / 10
is 'z-scores' "$(score U1)" -0.34
profile 'normalise = zscore' 'aggregate = geometric'
tongbao check >"$tmp/out" 2>"$tmp/err"
is 'z-scores have no geometric mean' $? 2
has 'and where that is written' "$tmp/err" 'profile.ini:10:13: error: aggregate geometric with normalise zscore'

# 未破零的记零分: who has counted nothing gets 0 points, be it first of those that count less.
cp "$config/indicators.csv" "$tmp/indicators.csv"
sed -i '1s/$/,zero_score/; /^gdp/s/$/,/; /^jobs/s/$/,yes/; /^dust/s/$/,/' "$config/indicators.csv"
printf 'REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE\nU1,jobs,value,2023-06,0.0\nU2,jobs,value,2023-06,-1.0\n' >"$inbox/2.csv"
profile
tongbao -q collect >"$tmp/out" 2>"$tmp/err" && tongbao -q process >"$tmp/out" 2>"$tmp/err"
analyse
# jobs: U4 100, U3 200/3, U1 third of four and 0 for it, U2 last; U1: (6*50 + 0 + 2*50) / 10
is 'zero_score: no points for nothing' "$(awk -F, '$2 == "U1" && $3 == "jobs" { print $6, $8 }' "$run/analyse/score_parts.csv") $(score U1)" \
    '0.00 zero 40.00'
profile 'normalise = zscore'
tongbao check >"$tmp/out" 2>"$tmp/err"
is 'not with z-scores' $? 2
has 'and where that is written' "$tmp/err" 'indicators.csv:3:'
cp "$tmp/indicators.csv" "$config/"
printf 'REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE\nU1,jobs,value,2023-06,3.0\nU2,jobs,value,2023-06,3.0\n' >"$inbox/3.csv"
profile
tongbao -q collect >"$tmp/out" 2>"$tmp/err" && tongbao -q process >"$tmp/out" 2>"$tmp/err"
analyse
is 'back again' "$(scores)" '46.67 61.67 48.33 35.00 75.00 '

# Two levels: economy 30 (gdp 6, jobs 2), environment 70.
profile 'normalise = goalposts'
cat >"$config/weights.csv" <<'END'
level,code,weight
block,经济,30
block,环境,70
END
analyse
# U1: .3 (6*60 + 2*25) / 8 + .7 * 25 = 15.375 + 17.5; U5: .3 * 100 + 0
is 'weights of blocks' "$(score U1) $(score U5)" '32.88 30.00'
echo 'block,无,1' >>"$config/weights.csv"
echo 'indicator,gdp,-1' >>"$config/weights.csv"
tongbao check >"$tmp/out" 2>"$tmp/err"
has 'an unknown block' "$tmp/err" "weights.csv:4:7: error: unknown block '无', expected one of tasks.csv"
has 'a negative weight' "$tmp/err" "weights.csv:5:15: error: weight '-1' is negative"
rm "$config/weights.csv"

# What changed: the parts and the remainder are the total, to the last digit, in every method;
# the places are those of the findings.
awk_sums='
$3 == "total" {
    if (n[$2] == 0 || now[$2] != hundredths($10) || was[$2] != hundredths($11) ||
        change[$2] != hundredths($12) || places[$2] != hundredths($13))
        bad = bad " " $2
    units++
    next
}
NR > 1 { n[$2]++; now[$2] += hundredths($10); was[$2] += hundredths($11)
         change[$2] += hundredths($12); places[$2] += hundredths($13) }
END { print units bad }
function hundredths(text) { sub(/[.]/, "", text); return text + 0 }'
sums() { awk -F, "$awk_sums" "$run/analyse/score_parts.csv"; }
for method in rank minmax zscore goalposts; do
    profile "normalise = $method"
    analyse
    is "$method: parts and remainder are the total" "$(sums)" 5
done
profile 'normalise = goalposts' 'aggregate = geometric' 'missing_indicator = renormalise'
sed 's/,10,30$/,10,41/' "$config/indicators.csv" >"$config/new" && mv "$config/new" "$config/indicators.csv"
analyse
is 'geometric: the changes are the total' \
    "$(awk -F, '{ sub(/[.]/, "", $12) } $3 == "total" { if ($12 != sum) print $2, $12, sum; sum = 0; next } { sum += $12 }' "$run/analyse/score_parts.csv")" ''
profile
analyse
# May: gdp first of 5, jobs last of 4, dust fourth: (600 + 0 + 50) / 10 = 65.  Units 2, 3 and 5
# went past it, from changes of 0, -10 and 75: gdp lost 30 / 18.33 of a place to the first,
# (30 - 15) / 8.33 to the second, (30 + 75) / 93.33 to the third: 1.64 + 1.80 + 1.13 = 4.56.
is 'of one unit' "$(grep '^all,U1,' "$run/analyse/score_parts.csv" | cut -d, -f3,6-)" \
    'gdp,50.00,60.00,,100.00,30.00,60.00,-30.00,-4.56
jobs,33.33,20.00,,0.00,6.67,0.00,6.67,1.24
dust,50.00,20.00,,25.00,10.00,5.00,5.00,0.33
remainder,,,,,0.00,0.00,0.00,-0.01
total,,,,,46.67,65.00,-18.33,-3.00'
for threads in 1 2 4; do
    "$TB_BIN/tongbao-analyse" -C "$root" -p c -q -j $threads 2023-06 >"$tmp/out" 2>"$tmp/err"
    sha256sum "$run/analyse/findings.tbc" "$run/analyse/score_parts.csv" >"$tmp/sum.$threads"
done
is 'sums of two files' "$(wc -l <"$tmp/sum.1" | tr -d ' ')" 2
holds 'the same bytes on 1, 2 and 4 threads' cmp "$tmp/sum.1" "$tmp/sum.2"
holds 'and 4' cmp "$tmp/sum.1" "$tmp/sum.4"

# A rehearsal: the same month under other points and other weights, and who moves.  With gdp alone
# the places are those of gdp: U5 U2 U1 U3 U4; by weight U5 U2 U3 U1 U4.
tongbao -q run 2023-06 >"$tmp/out" 2>"$tmp/err"
is 'a run' $? 0
tongbao rehearse 2023-06 --set weight.jobs=0,weight.dust=0 >"$tmp/out" 2>"$tmp/err"
is 'rehearse other weights' $? 0
has 'and who moves up' "$tmp/out" 'Unit 1  composite score'
is 'two of them' "$(grep -c 'composite score' "$tmp/out")" 2
# As rows.  Of U1's 46.67 gdp gave 30.00, jobs 6.67 and dust 10.00; now gdp gives 50.00 alone.
tongbao rehearse 2023-06 --set weight.jobs=0,weight.dust=0 --csv >"$tmp/out" 2>"$tmp/err"
is 'the same as rows' $? 0
is 'numbers, places and what moved them' "$(cat "$tmp/out")" \
    'kind,unit,indicator,measure,group,target,period,was_value,is_value,was,is,places,moved_by
place,U1,score,score,all,,2023-06,46.67,50.00,4,3,1,"gdp:+20.00;dust:-10.00;jobs:-6.67"
place,U2,score,score,all,,2023-06,61.67,75.00,2,2,0,"gdp:+30.00;dust:-10.00;jobs:-6.67"
place,U3,score,score,all,,2023-06,48.33,25.00,3,4,-1,"dust:-20.00;jobs:-13.33;gdp:+10.00"
place,U4,score,score,all,,2023-06,35.00,0.00,5,5,0,"jobs:-20.00;dust:-15.00"
place,U5,score,score,all,,2023-06,75.00,100.00,1,1,0,gdp:+25.00'
tongbao rehearse 2023-06 --set weight.jobs=0,weight.dust=0 --output "$tmp/moves.csv.gz" >"$tmp/rest" 2>"$tmp/err"
is 'into a file' $? 0
gzip -dc "$tmp/moves.csv.gz" >"$tmp/moves" && cmp -s "$tmp/moves" "$tmp/out" && [ ! -s "$tmp/rest" ]
ok 'the same rows, compressed' $?
tongbao rehearse 2023-06 --set rank_basis=published --csv >"$tmp/out" 2>"$tmp/err"
is 'nothing moves: the head alone' "$(wc -l <"$tmp/out" | tr -d ' ')" 1
tongbao rehearse 2023-06 --set weight.jobs=0 --output "$tmp/none/x.csv" >"$tmp/out" 2>"$tmp/err"
is 'a folder that is not there' $? 1
tongbao rehearse 2023-06 --set normalise=goalposts,aggregate=geometric >"$tmp/out" 2>"$tmp/err"
is 'rehearse other points' $? 0
tongbao rehearse 2023-06 --set normalise=log >"$tmp/out" 2>"$tmp/err"
is 'points of an unknown kind' $? 2
has 'are refused' "$tmp/err" "bad value in 'normalise=log'"
tongbao rehearse 2023-06 --set weight.gpd=3 >"$tmp/out" 2>"$tmp/err"
has 'as is the weight of nothing' "$tmp/err" "bad value in 'gpd=3', expected the weight of an indicator"

done_testing
