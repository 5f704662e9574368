#!/bin/sh
# Units that changed, in figures as published: the split of Valdez-Cordova (US counties),
# the mergers of English hospitals, and the January that the building statistics of China
# do not have. What the publishers derived themselves is the measure.
. "$(dirname "$0")/lib.sh"
skip_without "$TB_DATA/us-county-gdp/long.csv" "units over time: the split of Valdez-Cordova"
skip_without "$TB_DATA/uk-nhs-ae/ae_attendances.csv" "units over time: mergers of hospitals"
skip_without "$TB_DATA/cn-floor-space/long.csv" "units over time: January is not collected"
is() { # is NAME GOT EXPECTED
    ok "$([ "$2" = "$3" ] && echo yes || echo no)" "$1"
    [ "$2" = "$3" ] || printf '# got:      %s\n# expected: %s\n' "$2" "$3"
}

# --- us-county-gdp: Alaska alone would do; all 3,166 units show that nothing else is touched ---
config=$root/config/county
mkdir -p "$config" "$root/datasets/county/inbox"
printf '[profile]\nname_zh = 县\nname_en = Counties\nlanguages = en\nfrequency = A\n[inbox]\ngrace = 0\n' >"$config/profile.ini"
awk 'NR == 1 { print "unit,name_zh"; next }
    { n = match($0, /",|^[^",]*,/); name = substr($0, 1, n > 1 ? n : RLENGTH - 1); print name "," name }' \
    "$TB_DATA/us-county-gdp/groups.csv" >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,unit_mult,kind,direction,frequency,growth,decimals,headline,prices,price_base
real_gdp_chained_2017_kusd,GDP,USD,3,flow,none,A,computed,0,growth,L,2017
END
# The publisher's table has the old unit in 2019 and the new ones from 2020 on.
cat >"$config/unit_changes.csv" <<'END'
date,kind,from,to,note
2020-01-01,split,"Valdez-Cordova Census Area, Alaska","Chugach Census Area, Alaska;Copper River Census Area, Alaska",by law on 2019-01-02
END
echo 'form,files,layout,unit_from,period_from,indicator_from
long,long.csv,long,column:unit,column:period,column:indicator' >"$config/forms.csv"
cp "$TB_DATA/us-county-gdp/long.csv" "$root/datasets/county/inbox/"
"$TB_BIN/tongbao" -C "$root" -p county -q collect >"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/err"
"$TB_BIN/tongbao" -C "$root" -p county -q process >>"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/err"
"$TB_BIN/tongbao" -C "$root" -p county -q analyse 2022 >>"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/err"
run=$(ls -d "$root/datasets/county/runs/"*/ | head -n 1)
is "units over time: the split of Valdez-Cordova is listed, and nothing else" \
    "$(tail -n +2 "$run/process/changes.csv" | cut -d, -f1,2 | tr '\n' ' ')$(awk -F'"' 'NR == 2 { print $4 }' "$run/process/changes.csv")" \
    "split,2020-01-01 Chugach Census Area, Alaska;Copper River Census Area, Alaska"
is "units over time: two rates are missing for it, with the reason" \
    "$(grep -c ',growth,2020,none,split,2020-01-01,' "$run/analyse/breaks.csv") $(
        tail -n +2 "$run/analyse/breaks.csv" | grep -vc ',2020,none,split,2020-01-01,')" "2 0"
"$TB_BIN/tongbao" -C "$root" -p county --run "$run" export measures >"$root/measures.csv"
# unit|year|rate, ours and theirs
awk '{ n = match($0, /",|^[^",]*,/); name = n > 1 ? substr($0, 1, n) : substr($0, 1, RLENGTH - 1)
       split(substr($0, length(name) + 2), f, ","); if (f[2] == "growth") print name "|" f[4] "|" f[5] }' "$root/measures.csv" | sort >"$root/ours"
grep 'Chugach\|Copper River' "$root/ours" | sed 's/ Census Area, Alaska//; s/"//g' >"$root/alaska"
is "units over time: after the split the rates are as published" "$(tr '\n' ' ' <"$root/alaska")" \
    "Chugach|2020| Chugach|2021|11.9 Chugach|2022|1.0 Copper River|2020| Copper River|2021|15.0 Copper River|2022|2.6 "

# --- uk-nhs-ae: a merged provider grows on the sum of its parts ---
run_profile nhs-ae 2019-03 "$TB_DATA/uk-nhs-ae/ae_attendances.csv"
"$TB_BIN/tongbao" -C "$root" -p nhs-ae export measures >"$root/measures.csv"
# PARTS YEAR-MONTHS: attendances of all types of those providers, from the file as published
sum() {
    awk -F, -v units=" $1 " -v months=" $2 " 'NR > 1 && index(units, " " $2 " ") && index(months, " " substr($1, 1, 7) " ") { s += $4 } END { print s + 0 }' \
        "$TB_DATA/uk-nhs-ae/ae_attendances.csv"
}
rate() { awk -v x="$1" -v b="$2" 'BEGIN { g = 1000 * (x - b) / b; printf "%.1f", (g < 0 ? -int(-g + 0.5) : int(g + 0.5)) / 10 }'; }
got() { awk -F, -v u="$1" -v m="$2" -v p="$3" '$1 == u && $2 == "att" && $3 == m && $5 == p { print $6 "|" $7 }' "$root/measures.csv"; }
is "units over time: R0A in 2018-02 grows on RW3 and RM2" "$(got R0A growth 2018-02)" \
    "$(rate "$(sum R0A 2018-02)" "$(sum "RW3 RM2" 2017-02)")|B"
is "units over time: its first year cumulates from October, and so does its base" "$(got R0A ytd_growth 2018-03)" \
    "$(rate "$(sum R0A "2017-10 2017-11 2017-12 2018-01 2018-02 2018-03")" \
        "$(sum "RW3 RM2" "2016-10 2016-11 2016-12 2017-01 2017-02 2017-03")")|B"
is "units over time: the next year compares each month with what there was" "$(got R0A ytd_growth 2018-11)" \
    "$(rate "$(sum R0A "2018-04 2018-05 2018-06 2018-07 2018-08 2018-09 2018-10 2018-11")" \
        "$(($(sum "RW3 RM2" "2017-04 2017-05 2017-06 2017-07 2017-08 2017-09") + $(sum R0A "2017-10 2017-11")))")|B"
is "units over time: RRK took RR1 over in July 2018" "$(got RRK growth 2018-12)" \
    "$(rate "$(sum RRK 2018-12)" "$(sum "RRK RR1" 2017-12)")|B"
is "units over time: month on month as well" "$(got RRK mom 2018-07)" "$(rate "$(sum RRK 2018-07)" "$(sum "RRK RR1" 2018-06)")|B"
ours=$(awk -F, 'NR > 1 && ($1 == "opened" || $1 == "closed") { n[$1]++ } $1 == "merged" { m++ } END { print n["opened"], n["closed"], m }' "$run/process/changes.csv")
# Of the file: providers whose first month is not the first, whose last is not the last.
theirs=$(awk -F, 'NR > 1 { if (!($2 in first) || $1 < first[$2]) first[$2] = $1; if ($1 > last[$2]) last[$2] = $1 }
    END { for (u in first) { o += first[u] > "2016-04-01"; c += last[u] < "2019-03-01" } print o, c }' "$TB_DATA/uk-nhs-ae/ae_attendances.csv")
# R0A opens and six providers close by a merger, which is told once.
is "units over time: openings, closings and mergers of hospitals are listed" "$ours" "$(echo "$theirs" | awk '{ print $1 - 1, $2 - 6, 5 }')"
is "units over time: none that is listed contradicts the data" \
    "$(awk -F, '($1 == "opened" || $1 == "closed") && $5 == "data"' "$run/process/changes.csv")" ""
rm "$root/config/nhs-ae/unit_changes.csv"
sed -i 's/^\([^,]*,[^,]*,[^,]*,[^,]*,[^,]*\),.*/\1,,/; 1s/,,$/,valid_from,valid_to/' "$root/config/nhs-ae/units.csv"
"$TB_BIN/tongbao" -C "$root" -p nhs-ae -q process --run "$run" >"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/err"
# Without a word from the profile: what the data show. Endings in the last quarter may be late.
is "units over time: the data alone show them, and four of the five mergers" \
    "$(awk -F, '$1 == "opened" || $1 == "closed" { n[$1 $5]++ } END { print n["openeddata"], n["closeddata"] }' "$run/process/changes.csv") $(
        grep -c '^merged?,\(2017-10-01,"RM2;RW3",R0A\|2018-07-01,RGQ,RDE\|2018-07-01,RJF,RTG\|2018-07-01,RR1,RRK\),' "$run/process/changes.csv")" \
    "$(echo "$theirs" | awk '{ print $1, $2 - 1, 4 }')"

# --- cn-floor-space: January is not collected, and that is not missing ---
config=$root/config/floor
mkdir -p "$config" "$root/datasets/floor/inbox"
printf '[profile]\nname_zh = 房屋施工面积\nname_en = Floor space\nlanguages = en\nfrequency = M\n[inbox]\ngrace = 0\n' >"$config/profile.ini"
awk -F, 'NR == 1 { print "unit,name_zh"; next } !seen[$1]++ { print $1 "," $1 }' "$TB_DATA/cn-floor-space/long.csv" >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,jan_feb,headline
房屋施工面积_累计值,房屋施工面积,万平方米,flow,none,M,computed,2,joint,ytd_growth
END
echo 'form,files,layout,unit_from,period_from,indicator_from,measure
long,long.csv,long,column:unit,column:period,column:indicator,ytd' >"$config/forms.csv"
cp "$TB_DATA/cn-floor-space/long.csv" "$root/datasets/floor/inbox/"
"$TB_BIN/tongbao" -C "$root" -p floor -q collect >"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/err"
"$TB_BIN/tongbao" -C "$root" -p floor -q process >>"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/err"
run=$(ls -d "$root/datasets/floor/runs/"*/ | head -n 1)
account() { # account PERIOD: expected, received, missing, not collected
    "$TB_BIN/tongbao" -C "$root" -p floor -q analyse --run "$run" "$1" >"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/err"
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $2 == "all" { print $at["expected"], $at["received"], $at["missing"], $at["not_collected"] }' "$run/analyse/completeness.csv"
}
is "units over time: January 2022 is not collected from 31 provinces, and nothing is missing" "$(account 2022-01)" "0 0 0 31"
is "units over time: February is, and it is in" "$(account 2022-02)" "31 31 0 0"
"$TB_BIN/tongbao" -C "$root" -p floor --run "$run" export measures >"$root/measures.csv"
is "units over time: 20 Januaries of 31 provinces have the status L, and no other month" \
    "$(awk -F, '$3 == "ytd" && $7 == "L" { print substr($5, 6) }' "$root/measures.csv" | sort | uniq -c | awk '{ print $1, $2 }')" \
    "$(awk -F, 'NR > 1 && $4 != "" { have[$1 "," $3] = 1; unit[$1] = 1 }
        END { for (u in unit) for (y = 2004; y <= 2023; y++) n += (u "," y "-02" in have) || (u "," (y - 1) "-12" in have); print n, "01" }' \
        "$TB_DATA/cn-floor-space/long.csv")"
echo "1..$n"
