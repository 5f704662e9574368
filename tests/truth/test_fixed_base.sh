#!/bin/sh
# Prices of new homes in 70 cities: year on year and month on month against the fixed-base
# index that is published beside them.  All three are rounded to 0.1, so what is asked is
# whether rounding explains the difference.  The README beside the data states 97.6 % of
# both (over more months than wide.csv has), names 2018-01, 海口, 成都 and 三亚 for the rest,
# and forbids a growth from one base into the other.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/published.sh"
data="$TB_DATA/cn-70-city-new-home"
skip_without "$data/wide.csv" "fixed base: year on year" "fixed base: month on month" "fixed base: bases are never mixed" \
    "fixed base: silent corrections"
mkdir -p "$root/config" "$root/datasets/cities-70/inbox"
cp -r "$TB_TOP/config/cities-70" "$root/config/"
cp "$data/wide.csv" "$root/datasets/cities-70/inbox/"
config="$root/config/cities-70"
# The rates go to the index whose base year stands beside them, not to the indicator of rates.
cat >"$config/forms.csv" <<'END'
form,files,layout,header,unit_from,period_from,qualifier,columns
wide,wide*.csv,indicators-across,1,column:城市,column:月份,定基基期,环比:2015=fixed_2015:mom:指数;环比:2020=fixed_2020:mom:指数;同比:2015=fixed_2015:growth:指数;同比:2020=fixed_2020:growth:指数;年内累计=new_home:ytd_growth:指数;定基:2015=fixed_2015:value:指数;定基:2020=fixed_2020:value:指数
END
sed -i 's/,computed,1,value,/,published,1,value,/' "$config/indicators.csv"
sed -i '/^bulletin_months/a comparable_months = 1200' "$config/profile.ini"
# Month on month: x lies within (b - 0.05)(1 + m - 0.0005) - 0.05 and (b + 0.05)(1 + m + 0.0005) + 0.05.
cat >"$config/checks.csv" <<'END'
check,indicator,units,severity,rule,message_zh,message_en
mom-2015,fixed_2015,*,warning,value + 0.05 >= (prev(value) - 0.05) * 0.9995 + (prev(value) - 0.05) * mom and value - 0.05 <= (prev(value) + 0.05) * 1.0005 + (prev(value) + 0.05) * mom,x,x
mom-2020,fixed_2020,*,warning,value + 0.05 >= (prev(value) - 0.05) * 0.9995 + (prev(value) - 0.05) * mom and value - 0.05 <= (prev(value) + 0.05) * 1.0005 + (prev(value) + 0.05) * mom,x,x
END
for stage in collect process; do
    "$TB_BIN/tongbao" -C "$root" -p cities-70 -q $stage >"$root/out" 2>"$root/err"
    [ $? -eq 0 ] || sed 's/^/# /' "$root/err"
done
process=$(find "$root/datasets/cities-70/runs" -type d -name process | head -n 1)
# The same by whole numbers, in tenths: which pairs rounding does not explain.
# x in tenths, rates in thousandths: 2x + 1 >= (2b - 1)(2000 + 2m - 1) / 2000, and the other way.
awk -F, 'NR == FNR { code[$2] = $1; next }
    function tenths(t) { t = sprintf("%.0f", t * 10); return t + 0 }
    function outside(x, b, m) { return (2 * x + 1) * 2000 < (2 * b - 1) * (2000 + 2 * m - 1) || (2 * x - 1) * 2000 > (2 * b + 1) * (2000 + 2 * m + 1) }
    FNR == 1 { next }
    $5 != "" { v[code[$2], $1, $6] = tenths($5); unit[++n] = code[$2]; when[n] = $1; base[n] = $6; mom[n] = tenths($3) - 1000; yoy[n] = tenths($4) - 1000 }
    END { for (i = 1; i <= n; i++) { split(when[i], p, "-"); x = v[unit[i], when[i], base[i]]
        then = sprintf("%d-%02d", p[1] - 1, p[2])
        if ((unit[i], then, base[i]) in v) {
            ny++; b = v[unit[i], then, base[i]]; g = int(((x - b) * 2000 / b + (x < b ? -1 : 1)) / 2); same += g == yoy[i]
            if (outside(x, b, yoy[i])) print "yoy," unit[i] "," when[i] }
        before = p[2] == 1 ? sprintf("%d-12", p[1] - 1) : sprintf("%d-%02d", p[1], p[2] - 1)
        if ((unit[i], before, base[i]) in v) {
            nm++; b = v[unit[i], before, base[i]]
            if (outside(x, b, mom[i])) print "mom," unit[i] "," when[i] } }
        print ny, same, nm >counts }' counts="$root/counts" "$config/units.csv" "$data/wide.csv" | sort >"$root/truth"
read -r n_yoy n_same n_mom <"$root/counts"
awk -F, 'NR > 1 && $16 != "rounding" { print "yoy," $1 "," $4 }' "$process/comparable.csv" >"$root/ours"
awk -F, '$7 == "fail" { print "mom," $3 "," $6 }' "$process/checks.csv" >>"$root/ours"
sort -o "$root/ours" "$root/ours"
is 'fixed base: year on year is compared wherever one base has both months' \
    "$(($(wc -l <"$process/comparable.csv") - 1)) $n_yoy" "2520 2520"
is 'fixed base: and month on month' \
    "$(awk -F, '/^mom-/ { j += $5 + $6 } END { print j }' "$process/outcomes.csv") $n_mom" "4060 4060"
same 'fixed base: what rounding does not explain is what plain arithmetic says' "$root/ours" "$root/truth"
is "fixed base: $n_same growths agree to the digit, and the ledger says the same" \
    "$(awk -F, 'NR > 1 && $6 == $7' "$process/comparable.csv" | wc -l)" "$n_same"
share() { awk -v n="$2" -v bad="$(grep -c "^$1," "$root/ours")" 'BEGIN { printf "%d %.1f\n", bad, 100 * (n - bad) / n }'; }
# The README: 68 % to the digit and 97.6 % within rounding, over 2016 to 2022; here 2018 to 2022.
is 'fixed base: year on year 68.8 % to the digit, 97.1 % within rounding; month on month 98.4 %' \
    "$(awk -v same="$n_same" 'BEGIN { printf "%.1f", same / 25.2 }'), $(share yoy "$n_yoy"), $(share mom "$n_mom")" \
    "68.8, 74 97.1, 63 98.4"
is 'fixed base: the two bases are never mixed: no growth of the first year of the second' \
    "$(cut -d, -f2,4 "$process/comparable.csv" | grep -c '^fixed_2020,2021\|^fixed_2015,202[12]')" 0
code() { awk -F, -v name="$1" '$2 == name { print $1 }' "$config/units.csv"; }
# The column of 2018-01 disturbs February month on month and the January after; the three
# cities disturb the twelve months from their jump on.
is 'fixed base: what lies outside is 2018-01 and the corrected cities, nothing else' \
    "$(awk -F, -v known="$(code 海口),$(code 成都),$(code 三亚)" 'BEGIN { split(known, k, ","); for (i in k) city[k[i]] = 1 }
        $3 == "2018-02" || $3 == "2019-01" || (city[$2] && $3 >= "2018-06" && $3 <= "2019-07") { next }
        { print }' "$root/ours" | head -n 20 | tr '\n' ' ')" ""
is 'fixed base: the jumps are flagged' "$(grep -cE "^mom,($(code 海口)|$(code 成都)),2018-06|^mom,$(code 三亚),2018-08" "$root/ours")" 3
echo "1..$n"
