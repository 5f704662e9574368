#!/bin/sh
# New-home prices in 70 cities: growth as published, places with many ties.
# Facts of 2025-12 from the README beside the data; all places of all months
# against a count by hand (awk) from the published file.
. "$(dirname "$0")/lib.sh"
data="$TB_DATA/cn-70-city-new-home"
skip_without "$data/wide.csv" "cities-70: places of 2025-12" "cities-70: every place of every month" \
    "cities-70: account of rows" "cities-70: every observation is in long.csv"
run_profile cities-70 2025-12 "$data/wide.csv"
ok "$([ "$rc" -eq 0 ] && echo yes || echo no)" "cities-70: the run ends with 0"
ok "$(balanced "$run")" "cities-70: rows in = accepted + rejected + ignored"
"$TB_BIN/tongbao" -C "$root" -p cities-70 export measures >"$root/measures.csv"
cut -d, -f1,2 "$TB_TOP/config/cities-70/units.csv" >"$root/names"
ranks() { # month,city,place of the month-on-month ranking among all 70
    sed 's/"rank(\([a-z_]*\), \([a-z0-9]*\))"/rank(\1;\2)/' "$root/measures.csv" |
        awk -F, 'NR == FNR { name[$1] = $2; next }
            FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            $at["MEASURE"] == "rank(mom;all)" { print $at["TIME_PERIOD"] "," name[$at["REF_AREA"]] "," $at["OBS_VALUE"] }' \
            "$root/names" - | sort
}
ranks >"$root/ours"
december() { grep '^2025-12,' "$root/ours" | awk -F, -v r="$1" '$3 == r { print $2 }' | sort; }
ok "$(december 1 | tr '\n' ' ' | grep -qx '上海 长春 ' && echo yes || echo no)" "cities-70: 长春 and 上海 share place 1 in 2025-12"
ok "$([ "$(december 3 | wc -l)" -eq 4 ] && echo yes || echo no)" "cities-70: four cities share place 3"
ok "$(december 2 | grep -q . && echo no || echo yes)" "cities-70: there is no place 2"
at_par=$(grep '^2025-12,' "$data/wide.csv" | awk -F, '$3 == "100.0"' | wc -l)
ok "$([ "$(december 7 | wc -l)" -eq "$at_par" ] && echo yes || echo no)" "cities-70: the next place is 7, shared by the $at_par cities at 100.0"
ok "$([ "$(grep '^2025-12,' "$root/ours" | cut -d, -f3 | sort -u | wc -l)" -eq 13 ] && echo yes || echo no)" "cities-70: 13 distinct places in 2025-12"
# 1 + number of cities with a higher index in that month, counted from the file.
awk -F, 'NR > 1 { v[$1, $2] = $3 * 10; month[$1] = 1; city[$2] = 1; seen[$1] = seen[$1] " " $2 }
    END { for (m in month) { n = split(seen[m], c, " ")
            for (i = 1; i <= n; i++) { r = 1; for (j = 1; j <= n; j++) r += v[m, c[j]] > v[m, c[i]]
                print m "," c[i] "," r } } }' "$data/wide.csv" | sort >"$root/counted"
both=$(comm -12 "$root/ours" "$root/counted" | wc -l)
ok "$([ "$both" -eq 6720 ] && echo yes || echo no)" "cities-70: $both of 6,720 places of all months equal"
# Observations against long.csv: published growth is index - 100.
"$TB_BIN/tongbao" -C "$root" -p cities-70 export observations |
    awk -F, 'NR == FNR { name[$1] = $2; next }
        FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { i = $at["INDICATOR"]; m = $at["MEASURE"]; v = $at["OBS_VALUE"]
          key = i == "new_home" ? (m == "mom" ? "环比" : m == "growth" ? "同比" : "年内累计") : "定基" substr(i, 6)
          printf "%s,%s,%s,%.1f\n", name[$at["REF_AREA"]], key, $at["TIME_PERIOD"], v + (i == "new_home" ? 100 : 0) }' \
        "$root/names" - | sort >"$root/observations"
awk -F, 'NR > 1 && $4 != "" { k = $2
    if (k ~ /环比/) key = "环比"; else if (k ~ /同比/) key = "同比"
    else if (k ~ /2015/) key = "定基_2015"; else if (k ~ /2020/) key = "定基_2020"; else key = "年内累计"
    printf "%s,%s,%s,%.1f\n", $1, key, $3, $4 }' "$data/long.csv" | sort >"$root/long"
common=$(comm -12 "$root/observations" "$root/long" | wc -l)
ok "$([ "$common" -eq "$(wc -l <"$root/long")" ] && [ "$common" -eq "$(wc -l <"$root/observations")" ] && echo yes || echo no)" \
    "cities-70: $common observations, the same as in long.csv"
echo "1..$n"
