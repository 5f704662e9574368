#!/bin/sh
# backtest.sh - tongbao backtest: past outlooks made again and held against what came.
# The expected errors are computed below by awk from the same figures: each year's
# projection from the years before it only.
. "$(dirname "$0")/lib.sh"
config=$root/config/town
inbox=$root/datasets/town/inbox
mkdir -p "$config" "$inbox" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
printf '%s\n' '[profile]' 'name_zh = 试验县' 'name_en = Trial County' 'languages = en' 'frequency = M' \
    'subject_group = towns' >"$config/profile.ini"
printf 'group,name_zh\ntowns,各镇\n' >"$config/groups.csv"
printf 'unit,name_zh,groups\nA,甲,towns\nB,乙,towns\n' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals
invest,投资,Investment,亿元,flow,higher,M,computed,2
people,人口,People,人,stock,higher,M,computed,0
END
printf 'form,files,layout,measure,unit_from,period_from,indicator_from\nytd,ytd*.csv,long,ytd,column:unit,column:period,column:indicator\n' >"$config/forms.csv"
# The target of 2021 and 2022; of 2019 and 2020 there is none.
printf 'target,indicator,units,from,to,rule,annual,due\na,invest,*,2021-01,2022-12,progress >= elapsed,105,\n' >"$config/targets.csv"
# figures LAST [FACTOR]: June and December of 2015 .. LAST, the last total times FACTOR.
figures() {
    awk -v last="$1" -v factor="${2:-1}" 'BEGIN {
        split("47 49.5 48 51 50.6 52 49 55", part); split("100 101 100 102 110 104 103 108", whole)
        print "unit,indicator,period,value"
        for (y = 2015; y <= last; y++) for (u = 0; u < 2; u++) {
            i = (y - 2015 + 3 * u) % 8 + 1
            printf "%s,invest,%d-06,%s\n", u ? "B" : "A", y, part[i]
            printf "%s,invest,%d-12,%s\n", u ? "B" : "A", y, whole[i] * (y == last ? factor : 1)
        } }'
}
# What is to come out: years tested, met of the targets (2021, 2022) or of last year, by its growth,
# and the mean absolute error of the projections.
expected() {
    awk -F'[-,]' 'NR > 1 { v[$1, $3, $4] = $5; if ($3 > last) last = $3 }
        function year(u, y) { return v[u, y, "12"] }
        END {
            for (k = 0; k < 2; k++) {
                u = k ? "B" : "A"
                for (y = 2019; y <= last; y++) {
                    n = sum = 0
                    for (p = 2015; p < y; p++) { sum += log(year(u, p) / v[u, p, "06"]); n++ }
                    error = 100 * (v[u, y, "06"] * exp(sum / n) / year(u, y) - 1)
                    errors += error < 0 ? -error : error
                    ask = y >= 2021 ? 105 : year(u, y - 1) * year(u, y - 1) / year(u, y - 2)
                    met += year(u, y) >= ask
                    cases++
                }
            }
            printf "%d %.2f %.2f\n", cases, 100 * met / cases, errors / cases }' "$1"
}
# column NAME of the line for an indicator
row() { # row INDICATOR ANNOUNCED COLUMN...
    i=$1 a=$2
    shift 2
    awk -F, -v i="$i" -v a="$a" -v want="$*" 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c }
        $1 == i && $2 == a { n = split(want, w, " "); line = ""
            for (k = 1; k <= n; k++) line = line (k > 1 ? " " : "") $at[w[k]]
            print line }' "$tmp/csv"
}
run() {
    "$TB_BIN/tongbao" -q -C "$root" -p town run >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao" -C "$root" -p town backtest --csv >"$tmp/csv" 2>"$tmp/err"
}

figures 2022 >"$inbox/ytd1.csv"
cp "$inbox/ytd1.csv" "$tmp/ytd1.csv"
run
is 'it runs' $? 0
is 'cases, how often the target was met, and the error, as awk has them' \
    "$(row all all cases came_true_pct mean_absolute_error_pct)" "$(expected "$tmp/ytd1.csv")"
is 'one flow: its row is that of all' "$(row invest all cases brier)" "$(row all all cases brier)"
is 'the cases of the steps add up' "$(awk -F, '$1 == "all" && $2 != "all" { n += $3 } END { print n }' "$tmp/csv")" 8
is 'a Brier score is that of what was announced and came' \
    "$(awk -F, '$1 == "all" && $2 == "all" { print ($6 > 0 && $6 < 1 && $7 > 0 && $7 <= 0.25) }' "$tmp/csv")" 1
cp "$tmp/csv" "$tmp/csv.2022"

# A year that is not over adds nothing; nor does it change what was announced before.
printf 'unit,indicator,period,value\nA,invest,2023-06,90\nB,invest,2023-06,10\n' >"$inbox/ytd2.csv"
run
cmp -s "$tmp/csv" "$tmp/csv.2022"
is 'a year that is not over changes nothing' $? 0

# No look-ahead: the last total a hundred times too large moves the errors of that year only.
figures 2022 100 >"$tmp/ytd3.csv"
cp "$tmp/ytd3.csv" "$inbox/ytd3.csv"
run
is 'a year is never used for itself or those before' \
    "$(row all all cases came_true_pct mean_absolute_error_pct)" "$(expected "$tmp/ytd3.csv")"

"$TB_BIN/tongbao" -C "$root" -p town backtest >"$tmp/out" 2>"$tmp/err"
is 'text' $? 0
says 'a line for each indicator' '^Investment +8 '
says 'and for all' '^all +8 '
says 'what was announced, and how often it came true' '^announced +cases +mean +came true %$'
silent 'a stock is not tested' 'People'
"$TB_BIN/tongbao" -C "$root" -p town --lang zh backtest >"$tmp/out" 2>"$tmp/err"
says 'in Chinese' '^合计 +8 '

rm -rf "$root/datasets" "$root/reports/town"
mkdir -p "$inbox"
figures 2018 >"$inbox/ytd1.csv"
"$TB_BIN/tongbao" -q -C "$root" -p town run >"$tmp/out" 2>"$tmp/err"
"$TB_BIN/tongbao" -C "$root" -p town backtest >"$tmp/out" 2>"$tmp/err"
is 'too few years are no failure' $? 0
has 'and it says so' "$tmp/err" 'nothing to test'
done_testing
