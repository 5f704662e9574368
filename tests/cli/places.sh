#!/bin/sh
# places.sh - places that the upper level gives, in a table of one figure a line: the measure
# names the group they are in, as code or name.
. "$(dirname "$0")/lib.sh"
config=$root/config/p
inbox=$root/datasets/p/inbox
mkdir -p "$config" "$inbox"
printf '%s\n' '[profile]' 'name_zh = 试验' 'name_en = Trial' 'languages = en' 'frequency = M' >"$config/profile.ini"
printf '%s\n' unit,name_zh,groups 'S,双清区,city;area' 'D,大祥区,city;area' 'B,北塔区,city' >"$config/units.csv"
printf '%s\n' group,name_zh,name_en 'city,全市,the city' 'area,三区,three districts' >"$config/groups.csv"
printf '%s\n' indicator,name_zh,unit_measure,kind,direction inv,投资,万元,flow,higher >"$config/indicators.csv"
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
printf '%s\n' unit,indicator,measure,period,value 'S,inv,rank(city),2023-05,3' 'D,inv,全市排名,2023-05,1' \
    'S,inv,三区位次,2023-05,2' 'D,inv,rank in three districts,2023-05,1' 'B,inv,rank(nowhere),2023-05,1' \
    'B,inv,ytd,2023-05,7' >"$inbox/a.csv"
run=$root/datasets/p/runs/draft
"$TB_BIN/tongbao" -q -C "$root" -p p --run "$run" collect >"$tmp/out" 2>"$tmp/err"
is 'one row is refused, the others are taken' $? 3
has 'it is the one whose group is not known' "$run/collect/rejects.csv" ',measure,rank(nowhere),measure.unknown,'
is 'and it alone' "$(sed 1d "$run/collect/rejects.csv" | wc -l | tr -d ' ')" 1
"$TB_BIN/tongbao" -q -C "$root" -p p --run "$run" process >"$tmp/out" 2>"$tmp/err"
verdict() { # verdict UNIT RULE: whether it holds
    "$TB_BIN/tongbao-analyse" -q -C "$root" -p p --run "$run" --rule "$2" --unit "$1" --indicator inv 2023-05 >"$tmp/out" 2>"$tmp/err"
    is "$2 of $1" "$(grep -c '^holds *true$' "$tmp/out")" 1
}
verdict S 'rank(city) = 3'
verdict D 'rank(city) = 1'
verdict S 'rank(area) = 2'
verdict D 'rank(area) = 1'
done_testing
