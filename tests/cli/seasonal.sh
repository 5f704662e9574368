#!/bin/sh
# seasonal.sh - analyse/seasonal.csv: series without season and Spring Festival, and
# robust trends, where the profile asks for them; what is published stays as it is.
. "$(dirname "$0")/lib.sh"
config=$root/config/town
inbox=$root/datasets/town/inbox
run=$root/datasets/town/runs/draft
mkdir -p "$config" "$inbox"
profile() {
    printf '%s\n' '[profile]' 'name_zh = 试验县' 'languages = en' 'frequency = M' 'subject_group = towns' \
        '[methods]' "$@" >"$config/profile.ini"
}
printf 'group,name_zh\ntowns,各镇\n' >"$config/groups.csv"
printf 'unit,name_zh,groups\nA,甲,towns\nB,乙,towns\nC,丙,towns\nD,丁,towns\n' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals
sales,销售额,Sales,万元,flow,higher,M,computed,3
END
printf 'form,files,layout,measure,unit_from,period_from,indicator_from\none,one*.csv,long,value,column:unit,column:period,column:indicator\n' >"$config/forms.csv"
# Of 2018-01 .. 2025-12: 1 % a month, a season, and a fifth less in the share of the twenty days
# from the Spring Festival that falls in the month.  The days are those of the calendar.
series() { # series UNIT
    awk -v u="$1" 'BEGIN {
        n = split("2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29", day)
        split("100 -200 50 0 20 80 -60 -40 30 10 40 -30", season)
        for (y = 2018; y <= 2025; y++) for (m = 1; m <= 12; m++) {
            first = (substr(day[y - 2017], 6, 2) - 1) * 31 + substr(day[y - 2017], 9, 2)
            feb = y % 4 == 0 ? 29 : 28
            a = m == 1 ? 1 : m == 2 ? 32 : m == 3 ? 32 + feb : 1000
            b = m == 1 ? 31 : m == 2 ? 31 + feb : m == 3 ? 62 + feb : 0
            from = first > a ? first : a; to = first + 19 < b ? first + 19 : b
            share = to < from ? 0 : (to - from + 1) / 20
            i = (y - 2018) * 12 + m - 1
            printf "%s,sales,%d-%02d,%.3f\n", u, y, m, exp(8 + 0.01 * i + season[m] / 1000 - 0.2 * share)
        } }'
}
{
    echo unit,indicator,period,value
    series A
    series B | grep -v '2020-07'
    series C | head -n 40
    series D | sed 's/\(2023-05,\).*/\10/'
} >"$tmp/one1.csv"
cp "$tmp/one1.csv" "$inbox"
stages() {
    "$TB_BIN/tongbao-collect" -q -C "$root" -p town --run "$run" >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao-process" -q -C "$root" -p town --run "$run" >"$tmp/out" 2>"$tmp/err"
}
analyse() {
    "$TB_BIN/tongbao-analyse" -q -C "$root" -p town --run "$run" "$@" 2025-12 >"$tmp/out" 2>"$tmp/err"
}
# COLUMN of a unit and period
cell() {
    awk -F, -v u="$1" -v p="$2" -v c="$3" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        $1 == u && $3 == p { print $at[c] }' "$run/analyse/seasonal.csv"
}
# Whether a column of a unit grows by 1 % each month, to 0.1 %.
steady() {
    awk -F, -v u="$1" -v c="$2" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $1 == u { x = $at[c]; if (n++ && (x / last / exp(0.01) > 1.001 || x / last / exp(0.01) < 0.999)) bad++
            last = x }
        END { print n && !bad ? "steady" : "not steady" }' "$run/analyse/seasonal.csv"
}

profile
stages
is 'the stages run' $? 0
analyse
is 'without being asked for there is nothing but the head' "$(wc -l <"$run/analyse/seasonal.csv")" 1
cp "$run/analyse/findings.tbc" "$tmp/findings.tbc"

profile 'seasonal = regression'
analyse
is 'regression: what is left of the made series is its growth' "$(steady A adjusted)" steady
is 'so is the trend' "$(steady A trend)" steady
is 'labelled: season and calendar' "$(cell A 2025-01 SEASONAL_ADJUST),$(cell A 2025-01 method)" Y,regression
is 'the value stands beside it, as published' "$(cell A 2018-01 value)" \
    "$(awk -F, '$1 == "A" && $3 == "2018-01" { print $4 }' "$tmp/one1.csv")"
is 'February of 2025 has 0.85 of the festival, of 2024 all: it is put up by less' \
    "$(awk -v a="$(cell A 2025-02 festival_pct)" -v b="$(cell A 2024-02 festival_pct)" \
        'BEGIN { print (log((1 + a / 100) / (1 + b / 100)) - 0.03) ^ 2 < 1e-7 }')" 1
is 'a missing month does no harm: 95 steps of 1 %' \
    "$(awk -v a="$(cell B 2025-12 trend)" -v b="$(cell B 2018-01 trend)" \
        'BEGIN { print (log(a / b) - 0.95) ^ 2 < 1e-8 }')" 1
is 'under five years' "$(cell C 2021-04 reason),$(cell C 2021-04 SEASONAL_ADJUST),$(cell C 2021-04 adjusted)" \
    under_five_years,N,
is 'a zero has no logarithm' "$(cell D 2025-12 reason)" not_above_zero
cmp -s "$run/analyse/findings.tbc" "$tmp/findings.tbc"
is 'the published growth is the same, byte for byte' $? 0
analyse -j 1
cp "$run/analyse/seasonal.csv" "$tmp/one"
analyse -j 3
cmp -s "$run/analyse/seasonal.csv" "$tmp/one"
is 'on any number of threads' $? 0

profile 'seasonal = stl'
analyse
is 'STL: a season, no calendar' "$(cell A 2025-01 SEASONAL_ADJUST),$(cell A 2025-01 method)" S,stl
is 'its trend' "$(awk -v a="$(cell A 2024-12 trend)" -v b="$(cell A 2020-12 trend)" \
    'BEGIN { print (log(a / b) - 0.48) ^ 2 < 1e-4 }')" 1
is 'it needs a series without gaps' "$(cell B 2025-12 reason)" gaps
is 'three years are enough for it' "$(cell C 2021-04 method)" stl

profile 'trend = robust'
analyse
is 'a robust line alone: nothing is adjusted' "$(cell A 2025-01 SEASONAL_ADJUST),$(cell A 2025-01 adjusted)" N,
is 'it grows by about 1 % a period' \
    "$(awk -v g="$(cell A 2025-01 trend_growth_pct)" 'BEGIN { print (g > 0.9 && g < 1.1) }')" 1
profile 'trend = robust' 'seasonal = regression'
analyse
is 'through the adjusted series it is that of the made one' "$(cell A 2025-01 trend_growth_pct)" 1.005

# An indicator's own choice goes before the profile's, either way.
profile 'seasonal = regression'
cp "$config/indicators.csv" "$tmp/indicators.csv"
sed -i '1s/$/,seasonal/;2s/$/,stl-periodic/' "$config/indicators.csv"
analyse
is 'STL with one season for all years' "$(cell A 2025-01 method),$(cell A 2025-01 SEASONAL_ADJUST)" stl-periodic,S
is 'each January has the same' "$(cell A 2019-01 seasonal_pct)" "$(cell A 2025-01 seasonal_pct)"
is 'growth on the month before of what is adjusted' \
    "$(awk -v a="$(cell A 2025-06 adjusted)" -v b="$(cell A 2025-05 adjusted)" -v g="$(cell A 2025-06 adjusted_mom_pct)" \
        'BEGIN { d = 100 * (a / b - 1) - g; print (d < 0.006 && d > -0.006) }')" 1
is 'the first has nothing before it' "$(cell A 2018-01 adjusted_mom_pct)" ''
sed -i '2s/stl-periodic/none/' "$config/indicators.csv"
analyse
is 'none, where the profile adjusts' "$(wc -l <"$run/analyse/seasonal.csv" | tr -d ' ')" 1
profile
sed -i '2s/none/regression/' "$config/indicators.csv"
analyse
is 'regression, where the profile does not' "$(cell A 2025-01 method)" regression
sed -i '2s/regression/x12/' "$config/indicators.csv"
"$TB_BIN/tongbao" -C "$root" -p town check >"$tmp/out" 2>&1
is 'another word is refused' $? 2
says 'with what there is' 'indicators.csv:2:.*stl-periodic' "$tmp/out"
sed -i '2s/x12/regression/' "$config/indicators.csv"
mkdir -p "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
"$TB_BIN/tongbao" -q -C "$root" -p town run 2025-12 >"$tmp/out" 2>"$tmp/err"
is 'a whole run' $? 0
sheet=$root/reports/town/2025-12/units
has 'the sheet says what it is' "$sheet/A.md" '## Seasonally adjusted, for analysis only'
says 'the published figure stands first' \
    "^\| Sales +\| December 2025 \| +$(cell A 2025-12 value | sed 's/^\(.*\)\(...\)\./\1,\2./') ten thousand yuan \|" "$sheet/A.md"
sed -i '1s/,seasonal//;2s/,regression//' "$config/indicators.csv"
"$TB_BIN/tongbao" -q -C "$root" -p town run 2025-12 >"$tmp/out" 2>"$tmp/err"
silent 'and nothing of it where nobody asks' 'Seasonally adjusted' "$sheet/A.md"

done_testing
