#!/bin/sh
# completion.sh - scores by completion of the annual task, and classes by class_cuts: worked by
# hand, through the whole run.
. "$(dirname "$0")/lib.sh"
config=$root/config/c inbox=$root/datasets/c/inbox
mkdir -p "$config" "$inbox" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
profile() { # profile LINE...: of [methods]
    printf '[profile]\nname_zh = 某市\nname_en = A City\nlanguages = zh;en\nsubject_group = all\n' >"$config/profile.ini"
    printf '[inbox]\ngrace = 0\n[methods]\nnormalise = completion\n' >>"$config/profile.ini"
    for line in "$@"; do echo "$line" >>"$config/profile.ini"; done
}
profile
printf 'group,name_zh,name_en\nall,全部,all\n' >"$config/groups.csv"
printf 'unit,name_zh,name_en,groups\nA,甲,Aton,all\nB,乙,Beton,all\nC,丙,Ceton,all\nD,丁,Deton,all\n' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,headline,decimals,weight
road,公路,roads,公里,flow,higher,ytd,2,3
jobs,就业,jobs,人,flow,higher,ytd,0,1
dust,粉尘,dust,吨,flow,lower,ytd,0,5
END
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule,annual,due
road,road,*,2023-01,2023-12,progress >= elapsed,100,2023-12-31
jobs,jobs,*,2023-01,2023-12,ytd >= quota,,2023-12-31
dust,dust,*,2023-01,2023-12,ytd <= annual,50,2023-12-31
END
printf 'target,unit,value\njobs,A,200\njobs,B,200\njobs,C,200\njobs,D,200\n' >"$config/quotas.csv"
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
cat >"$inbox/1.csv" <<'END'
REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE
A,road,ytd,2023-06,50.00
B,road,ytd,2023-06,130.00
C,road,ytd,2023-06,99.96
A,jobs,ytd,2023-06,100
B,jobs,ytd,2023-06,50
C,jobs,ytd,2023-06,200
D,jobs,ytd,2023-06,100
A,dust,ytd,2023-06,10
B,dust,ytd,2023-06,20
C,dust,ytd,2023-06,30
D,dust,ytd,2023-06,40
END
tongbao() { "$TB_BIN/tongbao" -C "$root" -p c -q "$@" >"$tmp/out" 2>"$tmp/err"; }
run() { run=$root/datasets/c/runs/$(cat "$root/reports/c/2023-06/run.txt"); }
scores() { awk -F, '$3 == "total" { printf "%s %s ", $2, $10 }' "$run/analyse/score_parts.csv"; }
points() { awk -F, -v u="$1" -v i="$2" '$2 == u && $3 == i { print $6 $8 }' "$run/analyse/score_parts.csv"; }
tongbao run 2023-06
is 'the run' $? 0
run
# Roads of 100, jobs of 200, weights 3 and 1.  A 50 and 50; B 130, capped at 100, and 25; C 99.96,
# which as progress is cut to 99.9, and 100; D sent no roads: jobs alone.  Dust is better low: no
# completion of it, and its weight goes to the others.
is 'completion by weight' "$(scores)" 'A 50.00 B 81.25 C 99.93 D 50.00 '
is 'what is over the cap says so' "$(points B road)" 100.00capped
is 'progress is cut, not rounded' "$(points C road)" 99.90
is 'what should be less has no completion' "$(points A dust)" ''
is 'what is missing is left out' "$(points D road)" missing
profile 'completion_cap = 120'
tongbao run 2023-06
run
is 'a cap of 120: B has 96.25' "$(scores)" 'A 50.00 B 96.25 C 99.93 D 50.00 '
profile 'completion_cap = 150'
tongbao run 2023-06
run
is 'beyond what anybody has' "$(points B road)" 130.00
profile 'missing_indicator = zero'
tongbao run 2023-06
run
is 'missing as zero' "$(scores)" 'A 50.00 B 81.25 C 99.93 D 12.50 '

# classes CUTS: those of the bulletin
classes() {
    profile "class_cuts = $1"
    tongbao run 2023-06 && sed -n 's/^- \*\*\(.*类\)\*\*：\(.*\)$/\1\2/p' "$root/reports/c/2023-06/bulletin.md" | tr '\n' ' '
}
# Scores: C 99.93, B 81.25, A and D 50.00.
is 'classes by scores' "$(classes '90;60')" '一类丙 二类乙 三类甲、丁 '
is 'a score that is just the limit is above it' "$(classes '81.25;50')" '一类丙、乙 二类甲、丁 '
has 'the bulletin says by which limits' "$root/reports/c/2023-06/bulletin.md" '81.25;50'
has 'and not that they are the front places' "$root/reports/c/2023-06/bulletin.md" '按规定的界限（class\_cuts）划分'
# A quarter of four is one; 30 % of four is more than one, and counts two; A and D share place 3.
is 'classes by shares of the units' "$(classes '25%;50%')" '一类丙 二类乙 三类甲、丁 '
is 'a part of a unit counts whole' "$(classes '30%;80%')" '一类丙、乙 二类甲、丁 '
for bad in '60;90' '80%;30%' '30%;80' '30%' '-1%;50%' '30%;120%' 'a;b'; do
    profile "class_cuts = $bad"
    tongbao check
    is "check refuses '$bad'" $? 2
    has 'and says where' "$tmp/err" 'profile.ini:'
done

done_testing
