#!/bin/sh
# rank_properties.sh - what holds of ranks, contributions and catch-up figures whatever the data
# are: random growth with many ties (SEED=, printed), through the programs.  Places are counted
# pair by pair from the printed values; each catch-up figure is put in and everything ranked again.
. "$(dirname "$0")/lib.sh"
SEED=${SEED:-20231}
echo "# SEED=$SEED"
# Amounts of 16 units: unit,then,now,then_before,now_before,rate; bases of 100, 200 or 400 and growth in
# whole percent, so that a growth of one decimal is an amount of one decimal.
awk -v s="$SEED" 'function draw(n) { s = s * 16807 % 2147483647; return int(s / 7) % n }
    BEGIN { for (i = 0; i < 40; i++) draw(2)
        for (i = 1; i <= 16; i++) { b = 100 * 2 ^ draw(3)
            printf "U%02d,%d,%d,%d,%d,%.1f\n", i, b, b * (97 + draw(9)) / 100, b, b * (97 + draw(9)) / 100, draw(12) / 2 } }' >"$tmp/drawn"
profile() { # profile FOLDER: all units in one group, the first nine in another; indicators are the caller's
    config=$1/config/county
    mkdir -p "$config" "$1/datasets/county/inbox"
    printf '%s\n' '[profile]' 'name_zh = 试验县' 'languages = en' 'frequency = M' 'subject_group = all' \
        '[methods]' 'bottom_k = 3' >"$config/profile.ini"
    printf 'group,name_zh\nall,全部\nsome,部分\n' >"$config/groups.csv"
    printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
    awk -F, '{ print $1 "," $1 "," (NR <= 9 ? "all;some" : "all") }' "$tmp/drawn" >"$tmp/units"
    echo indicator,name_zh,unit_measure,kind,direction,growth,decimals,headline >"$config/indicators.csv"
}
amounts=',万元,flow,higher,computed,1,ytd_growth'
rates=',件,rate,lower,computed,1,value'
put() { # put SCALE: observations of the units drawn
    awk -F, -v scale="$1" '{ print $1 ",sales,ytd,2022-10," $2 * scale; print $1 ",sales,ytd,2023-10," $3 * scale
        print $1 ",sales,ytd,2022-09," $4 * scale; print $1 ",sales,ytd,2023-09," $5 * scale
        print $1 ",cases,value,2023-10," $6 }' "$tmp/drawn"
}
run() { # run FOLDER: its observations, then the three stages; measures as FOLDER/places: measure|group|unit|indicator|value
    run=$1/datasets/county/runs/draft
    { echo REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE; cat "$1/rows"; } >"$1/datasets/county/inbox/a.csv"
    for stage in collect process 'analyse 2023-10'; do
        # shellcheck disable=SC2086 # the period is a word of its own
        "$TB_BIN/tongbao" -q -C "$1" -p county --run "$run" $stage >"$tmp/out" 2>"$tmp/err" || return
    done
    "$TB_BIN/tongbao" -C "$1" -p county --run "$run" export measures 2>>"$tmp/err" |
        sed -n 's/"\([a-z]*\)(\([a-z_]*\), \([a-z]*\))"/\1|\3/; /,2023-10,/p' |
        awk -F, '$3 ~ /^(rank|bottom)\|/ { print $3 "|" $1 "|" $2 "|" $6 }
            $3 == "ytd_growth" || ($3 == "value" && $2 !~ /^(sales|[HL]g)/) { print "own||" $1 "|" $2 "|" $6 }' | sort >"$1/places"
    [ -s "$1/places" ]
}
for world in plain turned scaled; do
    profile "$tmp/$world"
    printf '%s\n' "sales,sales$amounts" "cases,cases$rates" >>"$config/indicators.csv"
    { echo unit,name_zh,groups; cat "$tmp/units"; } >"$config/units.csv"
    put 1 >"$tmp/$world/rows"
done
{ echo unit,name_zh,groups; sort -r "$tmp/units"; } >"$tmp/turned/config/county/units.csv"
put 1 | sort -t, -k4,4 -k1,1r >"$tmp/turned/rows"
put 1000 >"$tmp/scaled/rows"
for world in plain turned scaled; do
    run "$tmp/$world"
    is "the stages run, $world" $? 0
done
places=$tmp/plain/places
analyse=$tmp/plain/datasets/county/runs/draft/analyse
holds 'another order of units and rows changes no place and no rate' cmp "$places" "$tmp/turned/places"
holds 'amounts a thousand times as large change none either' cmp "$places" "$tmp/scaled/places"
# 1 + number of better ones, 1 + number of worse ones, over the units of the group.
awk -F'|' -v units="$tmp/units" 'BEGIN { while ((getline line <units) > 0) { split(line, f, ","); in_some[f[1]] = f[3] ~ /some/ } }
    $1 == "own" { n++; unit[n] = $3; ind[n] = $4; v[n] = $5 * 10 }
    END { for (g = 0; g < 2; g++) for (i = 1; i <= n; i++) { if (g && !in_some[unit[i]]) continue
        rank = bottom = 1
        for (j = 1; j <= n; j++) { if (ind[j] != ind[i] || (g && !in_some[unit[j]])) continue
            d = v[j] - v[i]; if (ind[i] == "cases") d = -d
            rank += d > 0.5; bottom += d < -0.5 }
        where = (g ? "some|" : "all|") unit[i] "|" ind[i] "|"
        print "rank|" where rank; print "bottom|" where bottom } }' "$places" | sort >"$tmp/counted"
grep -v '^own' "$places" >"$tmp/ranked"
holds "$(wc -l <"$tmp/counted") places from the top and the bottom are those counted pair by pair" cmp "$tmp/counted" "$tmp/ranked"
# n (n + 1) / 2, less what t units that share a place lose by it: t (t - 1) / 2.
is 'places add up, less what is shared' "$(awk -F'|' '{ key = $1 "|" $2 "|" $4; sum[key] += $5; n[key]++; lost[key] += shared[key "|" $5]++ }
    END { for (k in n) if (sum[k] != n[k] * (n[k] + 1) / 2 - lost[k]) print k, sum[k], n[k], lost[k]; print length(n) }' "$tmp/ranked")" 8
# Amounts add up exactly; each contribution is its difference over the base of the total,
# and the printed ones add up to the growth but for the rounding of each.
is 'contributions add up to the growth of the total' "$(awk -F, '
    FNR == NR { if (FNR > 1 && $4 == "sales") { x[$2] += $7; b[$2] += $8; c[$2] += $9; n[$2]++; g[$2] = $11 } next }
    FNR > 1 && $4 == "sales" { d = $9 - 100 * ($7 - $8) / b[$2]; if (d > 0.00501 || d < -0.00501) print }
    END { for (k in n) { d = 100 * (x[k] - b[k]) / b[k]; e = c[k] - d
            if (g[k] - d > 0.00501 || d - g[k] > 0.00501 || e > 0.00501 * n[k] || e < -0.00501 * n[k]) print k, d, g[k], c[k] }
        print n["all"], n["some"] }' "$analyse/contributions.csv" "$analyse/contributions.csv")" '16 9'
# Each catch-up figure as an indicator of its own: H with the figure put in, L one step worse.
profile "$tmp/again"
{ echo unit,name_zh,groups; cat "$tmp/units"; } >"$config/units.csv"
tail -n +2 "$analyse/what_if.csv" >"$tmp/what_if"
awk -F, -v a="$amounts" -v r="$rates" -v indicators="$config/indicators.csv" 'NR == FNR { n++; unit[n] = $1; then[n] = $2; now[n] = $3; rate[n] = $6; base[$1] = $2; next }
    { for (step = 0; step < 2; step++) { code = (step ? "L" : "H") ($2 == "sales" ? "g" : "r") FNR
        print code "," code ($2 == "sales" ? a : r) >>indicators
        for (i = 1; i <= n; i++) if ($2 == "sales") {
            print unit[i] "," code ",ytd,2022-10," then[i]
            printf "%s,%s,ytd,2023-10,%.1f\n", unit[i], code, unit[i] == $1 ? $13 - step * base[$1] / 1000 : now[i]
        } else printf "%s,%s,value,2023-10,%.1f\n", unit[i], code, unit[i] == $1 ? $11 + step / 10 : rate[i] } }' \
    "$tmp/drawn" "$tmp/what_if" >"$tmp/again/rows"
run "$tmp/again"
is 'the stages run with the figures put in' $? 0
awk -F'[,|]' -v drawn="$tmp/drawn" -v units="$tmp/units" '
    BEGIN { while ((getline line <drawn) > 0) { split(line, f, ","); base[f[1]] = f[2]; now[f[1]] = f[3] }
        while ((getline line <units) > 0) { split(line, f, ","); in_some[f[1]] = f[3] ~ /some/ } }
    NR == FNR { at[$1, $2, $3, $4] = $5; next }
    function above(own,  u, x, b) { # own growth above that of the others taken as one
        for (u in base) if (u != $1 && ($4 == "all" || in_some[u])) { x += now[u]; b += base[u] }
        return own * b > 100 * (x - b) + 0.001 }
    function reached(code) {
        if ($9 == "average") return above(at["own", "", $1, code])
        if ($9 == "bottom") return at["bottom", $4, $1, code] > $10
        return at["rank", $4, $1, code] <= $10 }
    { kind = $2 == "sales" ? "g" : "r"; tried[$9]++
      if (!reached("H" kind FNR)) print "not reached: " $0
      if (reached("L" kind FNR)) print "less would do: " $0
      if (!(("rank", $4, $1, "H" kind FNR) in at) || !(("rank", $4, $1, "L" kind FNR) in at)) print "not there: " $0 }
    END { print (tried["next"] > 20) (tried["front"] > 10) (tried["bottom"] > 5) (tried["average"] > 5) (tried["regain"] > 5) }' \
    "$tmp/again/places" "$tmp/what_if" >"$tmp/verdicts"
is "$(wc -l <"$tmp/what_if") catch-up figures do it when all are ranked again, and one step less does not" "$(head -n 8 "$tmp/verdicts")" 11111
done_testing
