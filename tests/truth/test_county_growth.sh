#!/bin/sh
# Real GDP of 3,114 counties of the USA: growth of three years and both ranks in the state,
# from the levels through all the programs, against the publisher's own.  The README beside the
# data says what can be had: the publisher computes from levels finer than those it prints, so
# eight rates at the edge of rounding and one pair of neighbours in Virginia come out otherwise.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/published.sh"
data="$TB_DATA/us-county-gdp"
skip_without "$data/published.csv" "county growth: rates as published" "county growth: ranks by level in the state" \
    "county growth: ranks by growth in the state"
house A
config="$root/config/p"
# Ranks of the publisher rest on rates that are not rounded.
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 县
frequency = A
[methods]
rank_basis = full
[inbox]
grace = 0
END
# name|the rest: names have commas and are quoted then.
piped() { sed 's/^"\([^"]*\)",/\1|/; t end; s/,/|/; :end' "$1"; }
piped "$data/groups.csv" | awk -F'|' -v groups="$config/groups.csv" -v codes="$root/codes" '
    BEGIN { print "unit,name_zh,groups"; print "group,name_zh" >groups }
    NR > 1 { split($2, f, ","); state = f[2]
        if (state != "" && !(state in code)) { code[state] = sprintf("S%02d", ++n); print code[state] "," state >groups }
        printf "U%04d,\"%s\",%s\n", NR, $1, code[state]
        printf "U%04d|%s\n", NR, $1 >codes }' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,unit_mult,kind,direction,frequency,growth,decimals,headline,prices,price_base
real_gdp_chained_2017_kusd,实际GDP,USD,3,flow,higher,A,computed,0,value;growth,L,2017
END
printf '%s\n' 'form,files,layout,unit_from,period_from,indicator_from' \
    'long,long.csv,long,column:unit,column:period,column:indicator' >"$config/forms.csv"
cp "$data/long.csv" "$root/datasets/p/inbox/"
run="$root/datasets/p/runs/draft"
for stage in collect process "analyse 2022"; do
    # shellcheck disable=SC2086 # the period is a word of its own
    "$TB_BIN/tongbao" -C "$root" -p p -q --run "$run" $stage >"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/out" "$root/err"
done
# KEY|value: growth by unit and year, ranks of 2022 by unit.
"$TB_BIN/tongbao" -C "$root" -p p --run "$run" export measures | sed 's/"rank(\([a-z]*\), [A-Z0-9]*)"/rank(\1)/' |
    awk -F, "$plain"'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { m = $at["MEASURE"]; v = $at["OBS_VALUE"]; y = $at["TIME_PERIOD"]; u = $at["REF_AREA"] }
        v == "" { next }
        m == "growth" || ((m == "rank(value)" || m == "rank(growth)") && y == 2022) { print m "|" u "|" y "|" plain(v) }' |
    sort >"$root/ours"
piped "$data/published.csv" | awk -F'|' "$plain"'NR == FNR { code[$2] = $1; next }
    FNR > 1 { split($2, f, ","); u = code[$1]
        for (i = 3; i <= 5; i++) if (f[i] ~ /[0-9]/) print "growth|" u "|" 2017 + i "|" plain(f[i])
        if (f[6] ~ /[0-9]/) print "rank(value)|" u "|2022|" f[6]
        if (f[7] ~ /[0-9]/) print "rank(growth)|" u "|2022|" f[7] }' "$root/codes" - | sort >"$root/theirs"
comm -12 "$root/ours" "$root/theirs" >"$root/both"
# told MEASURE: matched of compared; a published figure that we lack is not matched.
told() { echo "$(grep -c "^$1|" "$root/both") of $(grep -c "^$1|" "$root/theirs")"; }
# apart MEASURE: name, year, published, ours of each that differs
apart() {
    awk -F'|' -v m="$1" 'FILENAME == ARGV[1] { name[$1] = $2; next } $1 != m { next }
        FILENAME == ARGV[2] { ours[$2, $3] = $4; next }
        ours[$2, $3] != $4 { print name[$2] " " $3 " " $4 " " (($2, $3) in ours ? ours[$2, $3] : "none") }' \
        "$root/codes" "$root/ours" "$root/theirs"
}
# An exception of rounding: the exact rate of the printed levels lies that near to the edge.
near_edge() {
    piped "$data/long.csv" | awk -F'|' 'NR > 1 { split($2, f, ","); v[$1, f[2]] = f[3] }
        END { while ((getline line <list) > 0) { n = split(line, w, " "); year = w[n - 2]
                  name = line; sub(" " year " [^ ]* [^ ]*$", "", name)
                  x = v[name, year]; b = v[name, year - 1]
                  g = 1000 * (x - b) / b; edge = g - int(g); edge = edge < 0 ? -edge : edge
                  edge -= 0.5; if (edge < 0) edge = -edge
                  n_near += edge <= 0.004; all++ }
              print n_near, "of", all + 0 }' list="$root/rates"
}
apart growth >"$root/rates"
sed 's/^/# differs: /' "$root/rates" | head -n 60
is "county growth: rates as published, $(told growth)" "$(told growth)" "9485 of 9493"
is 'county growth: the eight others are these: name, year, published, ours' "$(sort "$root/rates")" \
    'Elliott, Kentucky 2022 7.2 7.3
Lanier, Georgia 2021 0.6 0.5
Lawrence, Illinois 2020 -6.9 -7
Mercer, Missouri 2021 14.4 14.3
Republic, Kansas 2021 8.5 8.6
Skagway Municipality, Alaska 2022 8.1 8.2
Swisher, Texas 2020 -10.8 -10.9
Todd, South Dakota 2020 3.2 3.1'
is "county growth: the eight others lie within 0.0004 points of an edge of rounding" "$(near_edge)" "8 of 8"
is "county growth: ranks by level in the state, $(told 'rank(value)')" "$(told 'rank(value)')" "3113 of 3113"
is "county growth: ranks by growth in the state, $(told 'rank(growth)')" "$(told 'rank(growth)')" "3111 of 3113"
apart 'rank(growth)' >"$root/ranks"
sed 's/^/# differs: /' "$root/ranks" | head -n 60
is 'county growth: the two others are neighbours in Virginia that change places' "$(sort "$root/ranks")" \
    'Greene, Virginia 2022 61 62
Roanoke + Salem, Virginia 2022 62 61'
echo "1..$n"
