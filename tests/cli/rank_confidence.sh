#!/bin/sh
# rank_confidence.sh - how sure places are, through the programs: probabilities that follow by
# hand from a short history of revisions, no interval without one, no place changed by it.
. "$(dirname "$0")/lib.sh"
config=$root/config/c inbox=$root/datasets/c/inbox
mkdir -p "$config" "$inbox" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
profile() { # profile LINE...: of [methods]
    printf '[profile]\nname_zh = 某市\nname_en = A City\nlanguages = en;zh\nsubject_group = all\n' >"$config/profile.ini"
    printf '[inbox]\ngrace = 0\n[methods]\nbottom_k = 1\n' >>"$config/profile.ini"
    for line in "$@"; do echo "$line" >>"$config/profile.ini"; done
}
profile
printf 'group,name_zh,name_en\nall,全部,all\n' >"$config/groups.csv"
{
    echo 'unit,name_zh,name_en,groups'
    for u in 1 2 3 4; do echo "U$u,单位$u,Unit $u,all"; done
} >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,headline,decimals,weight
rate,率,rate,%,rate,higher,value,1,1
calm,静,calm,%,rate,lower,value,1,1
END
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
cat >"$config/consequences.csv" <<'END'
when,what,to,text_zh,text_en
"bottom(score, all) <= 1",interview,unit,约谈,interview
END
{ # four months, then two of U2's are sent again, 2.0 higher than at first
    echo 'REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE'
    for m in 1 2 3 4 5; do
        for u in 1 2 3 4; do
            echo "U$u,rate,value,2023-0$m,$((10 - u)).0"
            echo "U$u,calm,value,2023-0$m,$((10 - u)).0"
        done
    done
} >"$inbox/1.csv"
tongbao() { "$TB_BIN/tongbao" -C "$root" -p c "$@"; }
tongbao -q collect >"$tmp/out" 2>"$tmp/err"
ok 'collect' $?
run=$root/datasets/c/runs/draft
table=$run/analyse/rank_confidence.csv
analyse() { "$TB_BIN/tongbao-analyse" -C "$root" -p c -q "$@" 2023-05 >"$tmp/out" 2>"$tmp/err"; }
cell() { # cell UNIT INDICATOR COLUMN
    awk -F, -v u="$1" -v i="$2" -v c="$3" 'NR == 1 { for (k = 1; k <= NF; k++) if ($k == c) at = k }
        $2 == u && $3 == i { print $at }' "$table"
}
near() { awk -v x="$1" -v y="$2" -v d="$3" 'BEGIN { exit !(x > y - d && x < y + d) }'; }
# The composite: points 100 66.67 33.33 0 in one, the reverse in the other: with any weights the
# first or the last is first, each in half of the draws; now all four are level.
tongbao -q process >"$tmp/out" 2>"$tmp/err" && analyse
is 'without a history the composite rests on weights' "$(cell U1 score basis)" weights
holds 'first by weights' near "$(cell U1 score p_top_pct)" 50 4
is 'who is in the middle is never first' "$(cell U2 score rank_p05) $(cell U2 score rank_p95)" '2 3'
sleep 1
printf 'REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE\nU2,rate,value,2023-01,10.0\nU2,rate,value,2023-02,10.0\n' >"$inbox/2.csv"
tongbao -q collect >"$tmp/out" 2>"$tmp/err" && tongbao -q process >"$tmp/out" 2>"$tmp/err"
ok 'two months of one unit are revised' $?
analyse
is 'analyse' $? 0
# U2 stands at 8.0 behind 9.0.  Half of its four months were revised by 2.0: it is first in half
# of the draws.  U3 and U4 never were and nobody reaches them.
is 'the published place stays' "$(cell U2 rate rank)" 2
is 'and its interval' "$(cell U2 rate rank_p05) $(cell U2 rate rank_p95)" '1 2'
is 'of who may be passed' "$(cell U1 rate rank_p05) $(cell U1 rate rank_p95)" '1 2'
is 'of who may not' "$(cell U3 rate rank_p05) $(cell U3 rate rank_p50) $(cell U3 rate rank_p95)" '3 3 3'
is 'a sure last place' "$(cell U4 rate p_bottom_pct)" 100.0
# The standard deviation of a share of 10000 draws is half a percent.
holds 'first in half of the draws' near "$(cell U2 rate p_top_pct)" 50 2
holds 'and the other in the rest' near "$(cell U1 rate p_top_pct)" 50 2
is 'the shares of the first place are a whole' \
    "$(awk -F, '$3 == "rate" { s += $17 } END { print s }' "$table")" 100
is 'the two cannot be told apart' "$(cell U1 rate tied_with) $(cell U2 rate tied_with)" 'U2 U1'
is 'the others can' "$(cell U3 rate tied_with)$(cell U4 rate tied_with)" ''
is 'no history, no interval' "$(grep ',calm,' "$table" | cut -d, -f2,6,7,11)" ',no revisions known,0,'
is 'draws' "$(cell U1 rate runs)" 10000
holds 'a seed that is kept' test "$(cell U1 rate seed)" -gt 0
# Without that revision U1 is first in half of the draws; with it U2 passes U1, who has 66.67 then,
# whatever the weights.
is 'the composite rests on both' "$(cell U1 score basis)" 'revisions and weights'
holds 'first by weights in the half without a revision' near "$(cell U1 score p_top_pct)" 25 3
is 'who was in the middle may be first' "$(cell U2 score rank_p05) $(cell U2 score rank_p95)" '1 3'

for threads in 1 2 4; do
    analyse -j $threads
    sha256sum <"$table" >"$tmp/sum.$threads"
done
holds 'the same bytes on 1 and 2 threads' cmp "$tmp/sum.1" "$tmp/sum.2"
holds 'and on 4' cmp "$tmp/sum.1" "$tmp/sum.4"
cp "$run/analyse/findings.tbc" "$tmp/findings"
profile 'mc_runs = 0'
analyse
is 'mc_runs = 0: off' "$(wc -l <"$table" | tr -d ' ')" 1
holds 'no place depends on it' cmp "$tmp/findings" "$run/analyse/findings.tbc"
profile 'mc_weights = 0'
analyse
# Weights 1 : 1: all four have 50, or U2 66.67, U1 33.33 and the others 50.
is 'weights that stay: revisions alone' "$(cell U1 score basis)" revisions
holds 'U1 is first with all the others, or last' near "$(cell U1 score p_top_pct)" 50 2
is 'it is always among the last' "$(cell U1 score p_bottom_pct)" 100.0
is 'U2 is always first' "$(cell U2 score rank_p05) $(cell U2 score rank_p95) $(cell U2 score p_top_pct)" '1 1 100.0'
is 'the two in the middle are first or second' "$(cell U3 score rank_p05) $(cell U3 score rank_p95)" '1 2'
for how in minmax zscore goalposts; do # the range of the year before: there is none for goalposts
    profile 'mc_weights = 0' "normalise = $how"
    analyse
    cp "$table" "$tmp/$how"
done
# minmax: rate 9 8 7 6 of [6, 9], or 9 10 7 6 of [6, 10]: 75 100 25 0 beside 0 33.33 66.67 100:
# 37.5 66.67 45.83 50 against 50 for all.
table=$tmp/minmax
is 'min-max is made anew over the group' "$(for u in 1 2 3 4; do cell U$u score rank_p95; done | tr '\n' ' ')" '4 1 3 2 '
table=$tmp/zscore
is 'z-scores too' "$(cell U1 score basis) $(cell U2 score rank_p95)" 'revisions 1'
has 'without goalposts there is no score to be sure of' "$tmp/goalposts" 'all,U1,rate,value,2023-05,revisions'
silent 'and no row of it' ',score,' "$tmp/goalposts"
table=$run/analyse/rank_confidence.csv
profile 'mc_weights = 0' 'missing_indicator = zero'
sed -i 's/,value,1,1$/,value,1,0/;s/^calm\(.*\),0$/calm\1,1/' "$config/indicators.csv"
analyse
has 'nothing of a composite to draw' "$table" 'all,,score,score,2023-05,"no revisions known, weights are not drawn",0,'
sed -i 's/,value,1,0$/,value,1,1/' "$config/indicators.csv"

# The bulletin: calm is the reverse of rate, so all four scores are level and nobody is last.
profile
tongbao -q run 2023-05 >"$tmp/out" 2>"$tmp/err"
is 'the bulletin is published' $? 0
bulletin=$(ls "$root"/reports/c/2023-05/bulletin.en.md "$root"/reports/c/2023-05/bulletin.md 2>/dev/null | head -n 1)
has 'where all are level nothing follows' "$bulletin" 'call for none in this period'
# Lower rates are better now: U1 is last, but in half of the draws U2 is.
sed -i 's/^subject_group = all/subject_group = all\nsubject = U1/' "$config/profile.ini"
sed -i 's/^\(rate.*\),higher,/\1,lower,/' "$config/indicators.csv"
tongbao -q run 2023-05 >"$tmp/out" 2>"$tmp/err"
has 'nor is a place among the last' "$(ls -d "$root"/reports/c/2023-05/bulletin.en.md "$root"/reports/c/2023-05/bulletin.md 2>/dev/null | head -n 1)" 'by past revisions'
has 'a consequence that is not sure says so' "$bulletin" '(composite ranking - place not sure)'

done_testing
