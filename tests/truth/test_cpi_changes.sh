#!/bin/sh
# Consumer prices of 16 states of Malaysia, 14 divisions, 188 months: both changes of every
# month from the index through all the programs, against the publisher's own.  Where the exact
# change ends in a 5 at the second decimal the publisher rounds as binary floating point has it
# (the README beside the data lists how many); this project rounds away from zero.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/published.sh"
data="$TB_DATA/my-cpi-state"
skip_without "$data/cpi_2d_state_inflation.csv" "CPI changes: year on year as published" "CPI changes: month on month as published"
house M
config="$root/config/p"
awk -F, 'BEGIN { print "unit,name_zh" } NR > 1 && !seen[$1]++ { printf "M%02d,%s\n", ++n, $1 }' "$data/long.csv" >"$config/units.csv"
awk -F, 'BEGIN { print "indicator,name_zh,unit_measure,kind,direction,growth,decimals,headline" }
    NR > 1 && !seen[$2]++ { print $2 "," $2 ",指数,index,none,computed,1,growth;mom" }' "$data/long.csv" >"$config/indicators.csv"
printf '%s\n' 'form,files,layout,unit_from,period_from,indicator_from' \
    'long,long.csv,long,column:unit,column:period,column:indicator' >"$config/forms.csv"
cp "$data/long.csv" "$root/datasets/p/inbox/"
run="$root/datasets/p/runs/draft"
for stage in collect process "analyse 2025-08"; do
    # shellcheck disable=SC2086 # the period is a word of its own
    "$TB_BIN/tongbao" -C "$root" -p p -q --run "$run" $stage >"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/out" "$root/err"
done
# KEY,value: measure, state, division, month.
"$TB_BIN/tongbao" -C "$root" -p p --run "$run" export measures | awk -F, "$plain"'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { m = $at["MEASURE"] }
    (m == "growth" || m == "mom") && $at["OBS_VALUE"] != "" {
        print m "," $at["REF_AREA"] "," $at["INDICATOR"] "," $at["TIME_PERIOD"] "," plain($at["OBS_VALUE"]) }' | sort >"$root/ours"
awk -F, "$plain"'NR == FNR { code[$2] = $1; next }
    FNR > 1 { key = code[$1] ",cpi_" $3 "," substr($2, 1, 7)
        if ($4 != "") print "growth," key "," plain($4)
        if ($5 != "") print "mom," key "," plain($5) }' "$config/units.csv" "$data/cpi_2d_state_inflation.csv" | sort >"$root/theirs"
# Exact ties by whole numbers: 1000 (x - b) / b lies half way between two of them.
awk -F, 'NR == FNR { code[$2] = $1; next }
    FNR > 1 { t = sprintf("%.0f", $4 * 10); v[code[$1], $2, $3] = t + 0; key[++n] = code[$1] SUBSEP $2 SUBSEP $3 }
    function tie(m, k, then,  b, d) {
        if (!((k[1], k[2], then) in v)) return
        b = v[k[1], k[2], then]; d = 2000 * (v[k[1], k[2], k[3]] - b)
        if (d % b == 0 && (d / b) % 2 != 0) print m "," k[1] "," k[2] "," k[3] }
    END { for (i = 1; i <= n; i++) { split(key[i], k, SUBSEP); split(k[3], p, "-")
        tie("growth", k, sprintf("%d-%02d", p[1] - 1, p[2]))
        tie("mom", k, p[2] == 1 ? sprintf("%d-12", p[1] - 1) : sprintf("%d-%02d", p[1], p[2] - 1)) } }' \
    "$config/units.csv" "$data/long.csv" | sort >"$root/ties"
comm -12 "$root/ours" "$root/theirs" >"$root/both"
comm -13 "$root/ours" "$root/theirs" | cut -d, -f1-4 >"$root/apart"
sed 's/^/# differs: /' "$root/apart" | head -n 60
told() { echo "$(grep -c "^$1," "$root/both") of $(grep -c "^$1," "$root/theirs")"; }
is "CPI changes: year on year as published, $(told growth)" "$(told growth)" "39402 of 39424"
is "CPI changes: month on month as published, $(told mom)" "$(told mom)" "41871 of 41888"
is 'CPI changes: 28 exact ties year on year, 18 month on month' \
    "$(grep -c '^growth,' "$root/ties") $(grep -c '^mom,' "$root/ties")" "28 18"
is 'CPI changes: what differs is an exact tie, 22 and 17 of them' \
    "$(comm -23 "$root/apart" "$root/ties" | wc -l) $(grep -c '^growth,' "$root/apart") $(grep -c '^mom,' "$root/apart")" "0 22 17"
# There ours is the other neighbour, a tenth further from zero.
is 'CPI changes: of a tie ours lies a tenth further from zero' "$(awk -F, '
    FILENAME == ARGV[1] { apart[$0] = 1; next } { k = $1 "," $2 "," $3 "," $4 } !(k in apart) { next }
    FILENAME == ARGV[2] { theirs[k] = $5; next }
    { a = $5 < 0 ? -$5 : $5; b = theirs[k] < 0 ? -theirs[k] : theirs[k]; n += sprintf("%.1f", a - b) == "0.1" } END { print n + 0 }' \
    "$root/apart" "$root/theirs" "$root/ours")" 39
is 'CPI changes: nothing is computed that has no published figure' \
    "$(wc -l <"$root/ours")" "$(wc -l <"$root/theirs")"
echo "1..$n"
