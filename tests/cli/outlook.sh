#!/bin/sh
# outlook.sh - analyse/outlook.csv: the projection of the year, the chance of its
# target, what the rest of the year must bring, and the verdict that rests on it.
# The numbers of unit A are the worked example of the methods note, sections 6 and 11.
. "$(dirname "$0")/lib.sh"
config=$root/config/town
inbox=$root/datasets/town/inbox
run=$root/datasets/town/runs/draft
mkdir -p "$config" "$inbox"

profile() { # profile [LINE of section methods]...
    printf '%s\n' '[profile]' 'name_zh = 试验县' 'name_en = Trial County' 'languages = en' \
        'frequency = M' 'subject_group = towns' '[methods]' "$@" >"$config/profile.ini"
}
profile
printf 'group,name_zh\ntowns,各镇\n' >"$config/groups.csv"
printf 'unit,name_zh,name_en,groups\nA,甲,Aton,towns\nB,乙,Beton,towns\nC,丙,Ceton,towns\n' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals
invest,投资,Investment,亿元,flow,higher,M,computed,2
energy,能耗,Energy,亿元,flow,lower,M,computed,2
gdp,总值,Product,亿元,flow,higher,M,published,2
people,人口,People,人,stock,higher,M,computed,0
idle,闲置,Idle,亩,stock,lower,M,computed,0
END
cat >"$config/forms.csv" <<'END'
form,files,layout,measure,unit_from,period_from,indicator_from
ytd,ytd*.csv,long,ytd,column:unit,column:period,column:indicator
one,one*.csv,long,value,column:unit,column:period,column:indicator
END
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule,annual,due
amount,invest,*,2023-01,2023-12,ytd >= 118,,2023-12-31
growth,invest,*,2023-01,2023-12,ytd_growth >= 7.5,,2023-12-31
pace,invest,*,2023-01,2023-12,progress >= elapsed,118,2023-12-31
limit,energy,*,2023-01,2023-12,ytd <= 118,,2023-12-31
real,gdp,*,2023-01,2023-12,ytd_growth >= 5,,2023-12-31
stock,people,*,2023-01,2023-12,value >= 1000,,2023-12-31
less,idle,*,2023-01,2023-12,value <= 0,,2023-12-31
place,invest,*,2023-01,2023-12,rank(towns) <= 2,,2023-12-31
END
# June and December of 2018 to 2022, and June of 2023.  B has the last two years only, C no
# spread: half of every year by June.
{
    echo unit,indicator,period,value
    set -- 47 100 49.5 101 48 100 51 102 50.6 110
    for y in 2018 2019 2020 2021 2022; do
        for i in invest energy gdp; do
            echo "A,$i,$y-06,$1"
            echo "A,$i,$y-12,$2"
            [ $y -lt 2021 ] || echo "B,$i,$y-06,$1"
            [ $y -lt 2021 ] || echo "B,$i,$y-12,$2"
            echo "C,$i,$y-06,50"
            echo "C,$i,$y-12,100"
        done
        shift 2
    done
    for i in invest energy gdp; do
        for u in A B C; do
            echo "$u,$i,2023-06,56"
        done
    done
} >"$inbox/ytd1.csv"
cp "$inbox/ytd1.csv" "$tmp/ytd1.csv" # collect moves it into the archive
printf 'unit,indicator,period,value\nA,people,2022-12,960\nA,people,2023-06,990\nA,idle,2022-12,80\nA,idle,2023-06,60\n' >"$inbox/one1.csv"

stages() {
    "$TB_BIN/tongbao-collect" -q -C "$root" -p town --run "$run" >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao-process" -q -C "$root" -p town --run "$run" >"$tmp/out" 2>"$tmp/err" &&
        analyse
}
analyse() {
    "$TB_BIN/tongbao-analyse" -q -C "$root" -p town --run "$run" "$@" 2023-06 >"$tmp/out" 2>"$tmp/err"
}
# outlook UNIT TARGET COLUMN...: of outlook.csv
outlook() {
    u=$1 t=$2
    shift 2
    awk -F, -v u="$u" -v t="$t" -v want="$*" 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c }
        $at["unit"] == u && $at["target"] == t {
            n = split(want, w, " ")
            line = ""
            for (i = 1; i <= n; i++) line = line (i > 1 ? " " : "") ($at[w[i]] == "" ? "-" : $at[w[i]])
            print line }' "$run/analyse/outlook.csv"
}
verdict() {
    awk -F, -v u="$1" -v t="$2" '$1 == t && $3 == u { print $6 }' "$run/analyse/verdicts.csv"
}
# People of B and C over ten months.
for m in 2022-09 2022-10 2022-11 2022-12 2023-01 2023-02 2023-03 2023-04 2023-05 2023-06; do
    c=$((${c:-100} + 50))
    echo "C,people,$m,$c"
    echo "B,people,$m,$((c + (c / 50 % 2) * 20))"
done >>"$inbox/one1.csv"
stages
is 'the stages run' $? 0
is 'projection, interval and chance as worked' \
    "$(outlook A amount ytd goal end method years projection low high probability words status)" \
    '56.00 118.00 2023-12 shares 5 116.71 110.42 123.36 0.388 possible F'
is 'of a growth: the year asked for, 118.25, and 4.80 % for the rest' \
    "$(outlook A growth goal required rest_growth projection)" '118.25 10.38 4.8 116.71'
is 'the pace so far is 9.33 a month; 10.34 are needed' \
    "$(outlook A amount required pace_multiple)" '10.34 1.11'
is 'progress: 47.5 % of it in 50 % of the time' \
    "$(outlook A pace done_pct gone_pct gap_pp lag)" '47.5 50.0 -2.5 0.3'
is 'a limit has the other tail, and what is left for each period' \
    "$(outlook A limit direction probability words required)" 'within 0.612 possible 10.33'
is 'two years: the range of what their shares lead to' \
    "$(outlook B amount method years projection low high probability reason)" \
    'range 2 - 112.00 121.74 - under_four_years'
is 'years all alike: a projection without a chance' \
    "$(outlook C amount method projection probability words reason)" 'alike 112.00 - - past_years_alike'
is 'a published growth has no amount' "$(outlook A real goal probability reason)" '- - published_growth'
is 'a stock of two values has no line' \
    "$(outlook A stock method projection reason)" 'none - under_eight_values'
is 'one on a line is drawn on: 50 a month' \
    "$(outlook C stock method years projection low high probability words status reason)" \
    'alike 10 900 900 900 - - F on_a_line'
# 600 and 50 more each month, 20 too much in every second one: about 905 by the end of the year.
is 'one about a line has an interval' "$(outlook B stock method years words status reason)" 'trend 10 unlikely F -'
holds 'around the line' sh -c 'set -- $1; [ $1 -ge 900 ] && [ $1 -le 915 ] && [ $2 -lt $1 ] && [ $3 -gt $1 ]' - "$(outlook B stock projection low high)"
is 'no verdict rests on it' "$(verdict B stock)" behind
is 'it is brought up from where it was: 30 of 40' \
    "$(outlook A stock direction goal base ytd done_pct gone_pct)" 'raise 1000 960 990 75.0 50.0'
is 'and down to nothing: 20 of 80' \
    "$(outlook A less direction goal base ytd done_pct gap_pp)" 'reduce 0 80 60 25.0 -25.0'
is 'without a figure before there is no way to go' "$(outlook B less direction done_pct)" 'within -'
is 'a place has no outlook' "$(outlook A place reason)" ''

is 'it holds now, but is at risk: a chance under 0.5' "$(verdict A growth)" at_risk
is 'the same of a limit that will hold more likely than not' "$(verdict A limit)" on_track
profile 'at_risk_below = 0.3'
analyse
is 'a profile that asks for a chance of 0.3 only' "$(verdict A growth)" on_track
profile 'at_risk_below = 0.7'
analyse
is 'and of 0.7' "$(verdict A limit)" at_risk

# The same tried on a run by --set, and refused where profile.ini would refuse it.
profile
analyse --set at_risk_below=0.3
is 'rehearsed with another chance' "$(verdict A growth)" on_track
for bad in at_risk_below=1.5 progress=weeks progress=milestones; do
    analyse --set "$bad"
    is "--set refuses $bad" $? 2
done

# Time progress in other ways: 181 of 365 days; milestones; what past years had done.
profile 'progress = days'
analyse
is 'days' "$(outlook A pace gone_pct gap_pp)" '49.6 -2.1'
profile 'progress = milestones' 'milestones = 3:20;9:60'
analyse
is 'milestones: halfway between 20 and 60 %' "$(outlook A pace gone_pct)" '40.0'
is 'and the rule goes by it' "$(verdict A pace)" at_risk
profile 'progress = profile'
analyse
is 'what past years had done: 0.47 0.490099 0.48 0.5 0.46' "$(outlook A pace gone_pct)" '48.0'
has 'the rule has the same number' "$run/analyse/verdicts.csv" 'elapsed = 48.0%'
has 'settings.csv says so' "$run/analyse/settings.csv" 'progress,profile'

for bad in 'progress = weeks' 'progress = milestones' 'milestones = 6:50;3:20' 'milestones = 13:50' \
    'milestones = 6:120' 'at_risk_below = 1.5' 'seasonal = x12' 'trend = yes'; do
    profile "$bad"
    "$TB_BIN/tongbao" -C "$root" -p town check >"$tmp/out" 2>&1
    is "check refuses '$bad'" $? 2
    says "and names the line" 'profile.ini:[0-9:]* *error: ' "$tmp/out"
done

# The order of units and targets changes no number.
profile
analyse
cp "$run/analyse/outlook.csv" "$tmp/before.csv"
sort "$tmp/before.csv" >"$tmp/before"
for table in units targets; do
    cp "$config/$table.csv" "$tmp/$table.csv"
    { head -n 1 "$tmp/$table.csv" && sed 1d "$tmp/$table.csv" | sort -r; } >"$config/$table.csv"
done
stages
sort "$run/analyse/outlook.csv" | cmp -s - "$tmp/before"
is 'units and targets in another order: the same rows' $? 0
# The cube of that order under units.csv as it was: C's numbers would be A's.
cp "$tmp/units.csv" "$tmp/targets.csv" "$config/"
analyse
is 'a cube of other rows is refused' $? 1
has 'and what to do is said' "$tmp/err" 'or in another order, than the profile has now: run process again'
"$TB_BIN/tongbao-disseminate" -q -C "$root" -p town --run "$run" 2023-06 >"$tmp/out" 2>"$tmp/err"
is 'its findings are not printed either' $? 1
stages
is 'made again it is good' $? 0

# A thousand times the numbers in a thousandth of the unit of measure are the same amounts:
# submitted so, every row is the same; counted so by the profile too (targets stay in 亿元),
# and with targets a thousand times as large, every share, chance and growth is.
cp "$config/indicators.csv" "$config/forms.csv" "$tmp/"
scaled() { # scaled: the same submissions times 1000, from an empty store
    rm -rf "$root/datasets/town"
    mkdir -p "$inbox"
    awk -F, 'NR == 1 { print; next } { printf "%s,%s,%s,%.10g\n", $1, $2, $3, $4 * 1000 }' "$tmp/ytd1.csv" >"$inbox/ytd1.csv"
    stages && grep -v 'stock\|less' "$run/analyse/outlook.csv" >"$tmp/scaled.csv"
}
free_of_scale() { cut -d, -f1-6,10-13,15-18,22- "$1" | grep -v 'stock\|less'; }
profile
analyse
free_of_scale "$run/analyse/outlook.csv" >"$tmp/free"
grep -v 'stock\|less' "$run/analyse/outlook.csv" >"$tmp/plain.csv"
sed '1s/$/,unit_measure/;2s/$/,十万元/;3s/$/,/' "$tmp/forms.csv" >"$config/forms.csv"
scaled
holds 'another unit of measure in the submissions changes nothing' cmp "$tmp/plain.csv" "$tmp/scaled.csv"
cp "$tmp/forms.csv" "$config/"
sed -i 's/亿元/十万元/' "$config/indicators.csv"
sed -i '1s/$/,unit_measure/;2s/$/,亿元/;4,5s/$/,亿元/;3s/$/,/;6,$s/$/,/' "$config/targets.csv"
scaled
free_of_scale "$tmp/scaled.csv" | cmp -s - "$tmp/free"
is 'nor in the profile, beside the targets in theirs' $? 0
sed 's/,118/,118000/;s/= 118,/= 118000,/' "$tmp/targets.csv" >"$config/targets.csv"
scaled
free_of_scale "$tmp/scaled.csv" | cmp -s - "$tmp/free"
is 'nor do targets a thousand times as large' $? 0
is 'the amounts are' "$(outlook A amount goal projection low high probability)" \
    '118000.00 116712.64 110421.42 123362.29 0.388'
cp "$tmp/indicators.csv" "$tmp/targets.csv" "$config/"
rm -rf "$root/datasets/town"
mkdir -p "$inbox"
cp "$tmp/ytd1.csv" "$inbox/"

profile
mkdir -p "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
"$TB_BIN/tongbao" -q -C "$root" -p town run 2023-06 >"$tmp/out" 2>"$tmp/err"
is 'the whole run' $? 0
made=$root/reports/town/2023-06
"$TB_BIN/tongbao" -C "$root" -p town explain A invest 2023-06 >"$tmp/out" 2>"$tmp/err"
says 'explain shows the projection' 'projection +116.71 \(80 %: 110.42 to 123.36\)'
says 'and the chance in words with the number' 'possible \(0.388\)'
says 'a unit sheet has the table' '116.71 .* 110.42 to 123.36 .* possible \(0.388\)' "$made/units/A.md"
says 'and the annex of the bulletin, with what has a range only' \
    'Beton .* 112.00 to 121.74' "$made/bulletin.md"
has 'it says that it is an estimate' "$made/bulletin.md" 'An estimate (F)'

done_testing
