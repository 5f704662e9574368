#!/bin/sh
# estimates.sh - missing figures are estimated only where estimates.csv allows it, by
# the method that it names, are flagged, give way to what arrives, and have no place
# unless the profile gives them one.  The numbers are worked out by hand below.
. "$(dirname "$0")/lib.sh"
config=$root/config/county
inbox=$root/datasets/county/inbox
run=$root/datasets/county/runs/draft
mkdir -p "$config" "$inbox"

cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验县
name_en = Trial County
languages = en
frequency = M
subject_group = towns
[calendar]
deadline_day = 10
deadline_months = 1
holidays = no
END
printf 'group,name_zh\ntowns,各镇\n' >"$config/groups.csv"
{
    echo 'unit,name_zh,name_en,groups,valid_to'
    for t in 1 2 3 4 5; do echo "T$t,镇$t,Town $t,towns,"; done
    echo 'T6,镇6,Town 6,towns,2022-01-31'
} >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals,formula
sales,销售额,Sales,万元,flow,higher,M,computed,1,
wages,工资,Wages,万元,flow,higher,M,computed,1,
people,人口,People,人,stock,higher,M,computed,0,
all,合计,All,万元,flow,higher,M,computed,1,sales + wages
END
cat >"$config/forms.csv" <<'END'
form,files,layout,measure,unit_from,period_from,indicator_from
ytd,ytd*.csv,long,ytd,column:unit,column:period,column:indicator
one,one*.csv,long,value,column:unit,column:period,column:indicator
END
# Cumulative sales: T1..T5 100 each month of 2021, and half as much again in 2022, but that
# T4 (2022-03) and T5 (2022-02, 2022-03) sent nothing.
{
    echo unit,indicator,period,value
    for t in 1 2 3 4 5; do
        for m in 1 2 3 4; do
            echo "T$t,sales,2021-0$m,$((100 * m))"
            case "$t-$m" in 4-3 | 5-2 | 5-3) ;; *) echo "T$t,sales,2022-0$m,$((150 * m))" ;; esac
        done
    done
} >"$tmp/ytd1.csv"
# Wages of the month, without T3 in 2022-03; people, without T2 in 2022-02 and after.
{
    echo unit,indicator,period,value
    for t in 1 2 3 4 5; do
        for m in 1 2 3 4; do
            echo "T$t,wages,2021-0$m,$((10 * t))"
            [ "$t-$m" = 3-3 ] || echo "T$t,wages,2022-0$m,$((11 * t)).$t"
            echo "T$t,people,2021-0$m,$((1000 * t))"
            [ "$t" = 2 ] && [ "$m" -ge 2 ] || echo "T$t,people,2022-0$m,$((1000 * t + m))"
        done
    done
} >"$tmp/one1.csv"
echo T5,people,2022-04,未报 >>"$tmp/one1.csv"
sed -i '/^T5,people,2022-04,5004/d' "$tmp/one1.csv"
cp "$tmp/ytd1.csv" "$tmp/one1.csv" "$inbox"

head='when,who,units,indicators,method,group,from,to,most,reason'
stages() { # stages [OPTION...]
    "$TB_BIN/tongbao-collect" -q -C "$root" -p county --run "$run" "$@" >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao-process" -q -C "$root" -p county --run "$run" "$@" >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao-analyse" -q -C "$root" -p county --run "$run" "$@" 2022-03 >>"$tmp/out" 2>"$tmp/err"
}
# unit, indicator, period and measure of the cube
cell() {
    "$TB_BIN/tongbao" -q -C "$root" -p county export --run "$run" measures 2>/dev/null |
        awk -F, -v u="$1" -v i="$2" -v p="$3" -v m="$4" 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c }
            $at["REF_AREA"] == u && $at["INDICATOR"] == i && $at["TIME_PERIOD"] == p && $at["MEASURE"] == m {
                print $at["OBS_VALUE"], $at["OBS_STATUS"] }'
}
row() { # row UNIT INDICATOR PERIOD COLUMN...: of the run's estimates.csv
    awk -F, -v u="$1" -v i="$2" -v p="$3" -v want="$4" '
        NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c; n = split(want, w, " ") }
        NR > 1 && $1 == u && $2 == i && $4 == p {
            for (k = 1; k <= n; k++) printf "%s%s", $at[w[k]], k < n ? " " : "\n" }' "$run/process/estimates.csv"
}

stages
is 'the stages run' $? 0
is 'nothing is estimated without a decision' "$(wc -l <"$run/process/estimates.csv")" 1
is 'and the cell stays empty' "$(cell T4 sales 2022-03 ytd)" ''

{
    echo "$head"
    echo '2022-04-12,统计局,T4,sales,linear,,2022-03,,,线路故障'
    echo '2022-04-12,统计局,T5,sales,linear,,2022-01,2022-04,1,太长'
    echo '2022-04-12,统计局,towns,wages,group_growth,towns,2022-01,2022-12,,停报'
    echo '2022-04-12,统计局,T2,people,carry,,2022-01,2022-12,2,停报'
    echo '2022-05-12,统计局,T5;T6,people,carry,,2022-01,2022-12,2,停报'
} >"$config/estimates.csv"
stages
is 'the stages run with decisions' $? 0
# On the line from 300 (February) to 600 (April): 450; the months alone are 150 each.
is 'linear: on the line between two figures' "$(cell T4 sales 2022-03 ytd)" '450.0 I'
is 'and the month alone from it' "$(cell T4 sales 2022-03 value)" '150.0 I'
is 'and the month after' "$(cell T4 sales 2022-04 value)" '150.0 I'
is 'what it rests on is written down' \
    "$(row T4 sales 2022-03 'outcome value method base_period base_value next_period next_value who reason line')" \
    'estimated 450.0 linear 2022-02 300.0 2022-04 600.0 统计局 线路故障 2'
is 'two in a row where one is allowed: not' "$(row T5 sales 2022-03 'outcome why')" 'not too_long'
is 'and the cell stays empty' "$(cell T5 sales 2022-03 ytd)" ''
# The others: 11.1 + 22.2 + 44.4 + 55.5 = 133.2 against 120: + 11 %; 30 * 1.11 = 33.3.
is 'group growth: last year, grown as the others did' "$(cell T3 wages 2022-03 value)" '33.3 I'
is 'with the growth and the units behind it' "$(row T3 wages 2022-03 'growth peers base_period base_value')" \
    '11.0000 4 2021-03 30.0'
is 'the cumulative figures go on' "$(cell T3 wages 2022-04 ytd)" '133.2 I'
is 'carried forward' "$(cell T2 people 2022-02 value)" '2001 I'
is 'for two periods' "$(cell T2 people 2022-03 value)" '2001 I'
is 'and not for a third' "$(cell T2 people 2022-04 value)" ''
is 'which is told' "$(row T2 people 2022-04 'outcome why')" 'not too_long'
is 'in place of what was said to be missing' "$(row T5 people 2022-04 'value instead_of')" '5003 L'
is 'a unit that is closed is not carried on' "$(row T6 people 2022-03 'outcome')" ''
is 'sums take the estimate in, and say so' "$(cell T3 all 2022-03 value)" '183.3 I'
cp "$run/process/cells.csv" "$tmp/cells1.csv"
is 'one account of all cells' "$(awk -F, 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c; next }
    { bad += $at["arrived"] != $at["repeated"] + $at["replaced"] + $at["deleted"] + $at["submitted"]
      bad += $at["submitted"] != $at["unchanged"] + $at["converted"] + $at["corrected"] + $at["held"] + $at["missing"]
      bad += $at["after"] != $at["unchanged"] + $at["converted"] + $at["corrected"] + $at["derived"] + $at["imputed"]
      imputed += $at["imputed"] } END { print bad + 0, imputed }' "$run/process/cells.csv")" '0 5'

place() { # place UNIT INDICATOR
    "$TB_BIN/tongbao" -q -C "$root" -p county export --run "$run" measures 2>/dev/null |
        grep "^$1,$2,\"rank(ytd_growth, towns)\",M,2022-03,"
}
is 'an imputed figure has no place' "$(place T3 wages)" ''
holds 'its neighbours have' test -n "$(place T4 wages)"
cp "$config/profile.ini" "$tmp/profile.ini"
printf '[methods]\nrank_imputed = yes\n' >>"$config/profile.ini"
stages
holds 'unless the profile gives it one' test -n "$(place T3 wages)"
cp "$tmp/profile.ini" "$config/profile.ini"

# An earlier evening: only what had been decided then.  Files came today, so nothing of
# theirs is there; the decision alone is asked.
printf 'unit,indicator,period,value\nT4,sales,2022-03,440\n' >"$inbox/ytd2.csv"
stages
is 'a figure that arrives takes the place of its estimate' "$(cell T4 sales 2022-03 ytd)" '440.0 A'
is 'which is made no more' "$(row T4 sales 2022-03 outcome)" ''
printf 'unit,indicator,period,value\nT4,sales,2022-04,290\n' >"$inbox/ytd3.csv"
printf '%s\n2022-04-12,统计局,T5,sales,group_growth,towns,2022-02,2022-03,2,停报\n' "$head" >"$config/estimates.csv"
printf 'unit,indicator,period,value\nT5,sales,2022-04,310\n' >"$inbox/ytd4.csv"
stages
# T1 to T4 in February: 1200 against 800, so 200 becomes 300; in March 450 * 3 + 440 = 1790
# against 1200, so 300 becomes 447.5, which is more than April's 310.
is 'a cumulative figure within what comes after' "$(cell T5 sales 2022-02 ytd)" '300.0 I'
is 'and none that would fall' "$(row T5 sales 2022-03 'outcome why')" 'not falls'

# Units that merged, and a change of base: the sum of the parts is the figure of the year
# before; nothing is carried over another scope or base in silence.
cp "$config/units.csv" "$tmp/units.csv"
sed -i 's/^T4,镇4,Town 4,towns,$/T4,镇4,Town 4,towns,2021-12-31/; /^T6/d' "$config/units.csv"
printf 'T7,镇7,Town 7,towns,\n' >>"$config/units.csv"
printf '%s\n' 'date,kind,from,to,note' '2022-01-01,merged,T3;T4,T3,' '2022-03-01,boundary,T1;T2,,' \
    >"$config/unit_changes.csv"
cp "$config/indicators.csv" "$tmp/indicators.csv"
echo 'price,价格,Price,指数,index,none,M,computed,1,' >>"$config/indicators.csv"
printf 'indicator,from,base\nprice,2022-04,2020=100\n' >"$config/bases.csv"
{
    echo "$head"
    echo '2022-05-12,统计局,T3,wages,group_growth,towns,2022-03,,,停报'
    echo '2022-05-12,统计局,T7,wages,group_growth,towns,2022-03,,,没有去年数'
    echo '2022-05-12,统计局,T1,sales,group_growth,towns,2022-04,,,区划调整'
    echo '2022-05-12,统计局,T2,people,carry,,2022-02,2022-04,3,停报'
    echo '2022-05-12,统计局,T5,price,carry,,2022-03,2022-04,2,停报'
    echo '2022-05-12,统计局,T2,sales,linear,,2022-02,,,区划调整'
} >"$config/estimates.csv"
# T1 sent no April, T2 no February; T5 and what merged into T3 send theirs.
sed '/^T1,sales,2022-04/d; /^T2,sales,2022-02/d; /^T4,sales,2022/d' "$tmp/ytd1.csv" >"$tmp/ytd9.csv"
sed '/^T4,[a-z]*,2022/d' "$tmp/one1.csv" >"$tmp/one9.csv"
printf 'T5,price,2022-02,103.5\nT1,price,2022-04,101.5\n' >>"$tmp/one9.csv"
rm -rf "$root/datasets/county"
mkdir -p "$inbox"
cp "$tmp/ytd9.csv" "$tmp/one9.csv" "$inbox"
printf '[methods]\nmin_peers = 1\n' >>"$config/profile.ini"
stages
is 'the stages run with changes of units' $? 0
# T3 was 30 + 40; T5 alone has both figures in one scope: 55.5 against 50, + 11 %.
is 'a merged unit grows from the sum of its parts' \
    "$(row T3 wages 2022-03 'outcome value base_period base_value growth peers')" \
    'estimated 77.7 2021-03 70.0 11.0000 1'
is 'without a figure of the year before there is none' \
    "$(row T7 wages 2022-03 'outcome base_period base_value why')" 'not   no_base'
is 'nor from another scope' "$(row T1 sales 2022-04 'outcome base_period why')" 'not  broken'
is 'nothing is carried behind a change of boundaries' \
    "$(row T2 people 2022-02 'outcome value'); $(row T2 people 2022-03 'outcome why')" 'estimated 2001; not broken'
is 'or behind a change of base' \
    "$(row T5 price 2022-03 'outcome value'); $(row T5 price 2022-04 'outcome why')" 'estimated 103.5; not broken'
is 'and there is no line across one' "$(row T2 sales 2022-02 'outcome why')" 'not broken'
"$TB_BIN/tongbao" -q -C "$root" -p county explain --lang en T1 sales 2022-04 --run "$run" >"$tmp/out" 2>"$tmp/err"
has 'explain says why' "$tmp/out" 'another scope or base'
rm "$config/unit_changes.csv" "$config/bases.csv"
cp "$tmp/units.csv" "$config/units.csv"
cp "$tmp/indicators.csv" "$config/indicators.csv"
cp "$tmp/profile.ini" "$config/profile.ini"

cp "$config/estimates.csv" "$tmp/estimates.csv"
# What estimates.csv itself has wrong.
{
    echo "$head"
    echo '2022-04-12,统计局,T4,sales,carry,,2022-03,,,x'
    echo '2022-04-12,统计局,T4,all,linear,,2022-03,,,x'
    echo '2022-04-12,统计局,T4,wages,group_growth,,2022-03,,,x'
    echo '2022-04-12,统计局,T4,wages,linear,towns,2022-03,,,x'
    echo '2022-04-12,统计局,T4,wages,guess,,2022-03,,,x'
    echo '2022-04-12,统计局,,wages,linear,,2022-03,2022-01,0,x'
    echo ',,T9,wagess,linear,,,,,'
} >"$config/estimates.csv"
"$TB_BIN/tongbao" -C "$root" -p county check >"$tmp/out" 2>"$tmp/err"
is 'mistakes are reported' $? 2
cat "$tmp/out" "$tmp/err" | sed "s|$root/||" >"$tmp/said"
: >"$tmp/err"
f=config/county/estimates.csv
has 'a flow is not carried' "$tmp/said" "$f:2:25: error: a flow is not carried forward, expected group_growth or linear"
has 'a sum is estimated through its parts' "$tmp/said" "$f:3:23: error: an indicator with a formula is estimated through its parts"
has 'growth of which group' "$tmp/said" "$f:4:38: error: no group, expected the one whose growth is taken"
has 'no group where none is taken' "$tmp/said" "$f:5:32: error: method linear takes no group"
has 'an unknown method' "$tmp/said" "$f:6:25: error: unknown method"
has 'no units' "$tmp/said" "$f:7:"
has 'a last period before the first' "$tmp/said" "the last period '2022-01' lies before the first"
has 'an unknown unit' "$tmp/said" "unknown unit 'T9'"
has 'an unknown indicator' "$tmp/said" "unknown indicator 'wagess', did you mean 'wages'?"
cp "$tmp/estimates.csv" "$config/estimates.csv"
done_testing
