#!/bin/sh
# Files as their publishers issue them, one row of forms.csv each, against long.csv,
# which others made from the same file.  Nothing is edited on the way to the inbox.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/published.sh"

# --- China, floor space under construction: GBK, periods across, neither indicator nor unit ---
data="$TB_DATA/cn-floor-space"
skip_without "$data/floor_space_cumulative.gbk.csv" "floor space: as published is long.csv" "70 cities: as published is long.csv" \
    "CPI: as published is long.csv" "CPI: inflation as published" "emergency: as published is long.csv"
house M
awk -F, 'BEGIN { print "unit,name_zh" } NR > 1 && !seen[$1]++ { printf "U%02d,%s\n", ++n, $1 }' \
    "$data/long.csv" >"$root/config/p/units.csv"
printf 'indicator,name_zh,unit_measure,kind,direction\nfloor,房屋施工面积,万平方米,flow,none\n' >"$root/config/p/indicators.csv"
printf 'form,files,layout,indicator_from,measure\nfloor,floor*.csv,periods-across,fixed:floor,ytd\n' >"$root/config/p/forms.csv"
collected "$data/floor_space_cumulative.gbk.csv"
is 'floor space: 31 provinces x 244 months; 672 empty cells, every January among them' \
    "$rc $(account)" '0 32,31,0,1,7564,6892,0,672,6892'
# An empty value of long.csv is no observation.
awk -F, "$plain"'NR == FNR { code[$2] = $1; next }
    FNR > 1 && $4 != "" { print code[$1] ",floor,ytd," $3 "," plain($4) ",A" }' \
    "$root/config/p/units.csv" "$data/long.csv" | sort >"$root/truth"
same 'floor space: as published is long.csv' "$root/observations" "$root/truth"

# --- China, prices of new homes in 70 cities: four measures in columns, a base year beside one of them ---
data="$TB_DATA/cn-70-city-new-home"
house M
awk -F, 'BEGIN { print "unit,name_zh" } NR > 1 && !seen[$1]++ { printf "C%02d,%s\n", ++n, $1 }' \
    "$data/long.csv" >"$root/config/p/units.csv"
cat >"$root/config/p/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction
home,新房价格,%,index,higher
base2015,定基2015,指数,index,none
base2020,定基2020,指数,index,none
END
cat >"$root/config/p/forms.csv" <<'END'
form,files,layout,unit_from,period_from,qualifier,columns
wide,wide*,indicators-across,column:城市,column:月份,定基基期,环比=home:mom:指数;同比=home:growth:指数;年内累计=home:ytd_growth:指数;定基:2015=base2015:value:指数;定基:2020=base2020:value:指数
END
collected "$data/wide.csv"
# Months without 定基 (from 2023) or 年内累计 (before 2023, and January) have empty cells there.
is '70 cities: every row' "$rc $(account | cut -d, -f1-4)" '0 6721,6720,0,1'
# An index of the year before = 100 is kept as growth in percent: 100 less, exactly.
awk -F, "$plain"'NR == FNR { code[$2] = $1; next }
    function less_100(t,  n) { n = index(t, ".") ? t : t ".0"; sub(/\./, "", n); n -= 1000
        return plain(sprintf("%s%d.%d", n < 0 ? "-" : "", int((n < 0 ? -n : n) / 10), (n < 0 ? -n : n) % 10)) }
    FNR > 1 && $4 != "" { what = $2
        if (what ~ /2015/) print code[$1] ",base2015,value," $3 "," plain($4) ",A"
        else if (what ~ /2020/) print code[$1] ",base2020,value," $3 "," plain($4) ",A"
        else print code[$1] ",home," (what ~ /环比/ ? "mom" : what ~ /同比/ ? "growth" : "ytd_growth") "," $3 "," less_100($4) ",A" }' \
    "$root/config/p/units.csv" "$data/long.csv" | sort >"$root/truth"
same "70 cities: as published is long.csv ($(wc -l <"$root/truth") observations)" "$root/observations" "$root/truth"

# --- Malaysia, consumer prices by state and division: days for months, codes of divisions in a column ---
data="$TB_DATA/my-cpi-state"
house M
cut -d, -f1 "$data/long.csv" | tail -n +2 | sort -u | awk 'BEGIN { print "unit,name_zh,name_en" } { printf "S%02d,%s,%s\n", NR, $0, $0 }' \
    >"$root/config/p/units.csv"
cut -d, -f2 "$data/long.csv" | tail -n +2 | sort -u >"$root/divisions"
{
    echo indicator,name_zh,unit_measure,kind,direction
    sed 's/.*/&,&,指数,index,none/' "$root/divisions"
} >"$root/config/p/indicators.csv"
columns() { # columns HEAD MEASURE UNIT: `HEAD:01=cpi_01:MEASURE:UNIT;...`
    sed "s/^cpi_\(.*\)/$1:\1=cpi_\1:$2:$3/" "$root/divisions" | paste -s -d ';'
}
{
    echo form,files,layout,unit_from,qualifier,columns
    echo "index,cpi_2d_state.csv,indicators-across,column:state,division,$(columns index value 指数)"
    echo "inflation,cpi_2d_state_inflation.csv,indicators-across,column:state,division,$(columns inflation_yoy growth %);$(columns inflation_mom mom %)"
} >"$root/config/p/forms.csv"
collected "$data/cpi_2d_state.csv"
is 'CPI: every row' "$rc $(account)" '0 42113,42112,0,1,42112,42112,0,0,42112'
# Some values are printed as binary fractions, of 13 decimals: kept to the twelfth, half away
# from zero, which the receipt tells.  Digit by digit, on the text.
awk -F, "$plain"'NR == FNR { code[$2] = $1; next }
    function twelfth(t,  i, kept, point) { point = index(t, ".")
        if (!point || length(t) - point <= 12) return plain(t)
        rounded++
        kept = substr(t, 1, point + 12)
        for (i = length(kept); substr(t, point + 13, 1) >= "5" && i > 0; i--) {
            if (i == point) continue
            if (substr(kept, i, 1) != "9") { kept = substr(kept, 1, i - 1) (substr(kept, i, 1) + 1) substr(kept, i + 1); break }
            kept = substr(kept, 1, i - 1) "0" substr(kept, i + 1)
        }
        return plain(kept) }
    FNR > 1 { print code[$1] "," $2 ",value," $3 "," twelfth($4) ",A" }
    END { print rounded >rounded_file }' rounded_file="$root/rounded" "$root/config/p/units.csv" "$data/long.csv" | sort >"$root/truth"
same 'CPI: as published is long.csv' "$root/observations" "$root/truth"
is "CPI: $(cat "$root/rounded") values of more than twelve decimals, which the receipt tells" \
    "$(sed -n "s/.*有 \([0-9]*\) 个数超过 12 位小数.*/\1/p" "$run/collect/receipts/00001.md")" "$(cat "$root/rounded")"
rm -rf "$root/datasets"
mkdir -p "$root/datasets/p/inbox"
collected "$data/cpi_2d_state_inflation.csv"
# Of 2 x 41,888 cells 2,464 are empty: the year-on-year rates of the first twelve months.
is 'CPI: every row of inflation' "$rc $(account)" '0 41889,41888,0,1,83776,81312,0,2464,81312'
# There is no long.csv of the rates: the cells of the file are the truth.
awk -F, "$plain"'NR == FNR { code[$2] = $1; next }
    FNR > 1 && $4 != "" { print code[$1] ",cpi_" $3 ",growth," substr($2, 1, 7) "," plain($4) ",A" }
    FNR > 1 && $5 != "" { print code[$1] ",cpi_" $3 ",mom," substr($2, 1, 7) "," plain($5) ",A" }' \
    "$root/config/p/units.csv" "$data/cpi_2d_state_inflation.csv" | sort >"$root/truth"
same 'CPI: inflation as published' "$root/observations" "$root/truth"
# A rate has no sign of its own when it is nought: -0.0 is taken as 0.0.
is 'CPI: 74 rates are written -0.0' "$(grep -c -- ',-0\.0$' "$data/cpi_2d_state_inflation.csv")" 74
is 'CPI: none of them is left' "$(awk -F, '{ print $5 }' "$root/export" "$root/observations" | grep -c -- '^-0\.\{0,1\}0*$')" 0

# --- England, emergency departments: three types of a provider in rows, long.csv has their sums ---
data="$TB_DATA/uk-nhs-ae"
house M
cut -d, -f1 "$data/long.csv" | tail -n +2 | sort -u | sed 's/.*/&,&/; 1i unit,name_zh' >"$root/config/p/units.csv"
{
    echo indicator,name_zh,unit_measure,kind,direction
    for what in attendances breaches admissions; do
        for type in 1 2 other; do echo "${what}_$type,${what}_$type,人次,flow,none"; done
    done
} >"$root/config/p/indicators.csv"
{
    echo form,files,layout,unit_from,qualifier,columns
    tail -n +2 "$root/config/p/indicators.csv" | cut -d, -f1 | sed 's/\(.*\)_\(.*\)/\1:\2=\1_\2:value/' | paste -s -d ';' |
        sed 's/^/ae,ae*.csv,indicators-across,column:org_code,type,/'
} >"$root/config/p/forms.csv"
collected "$data/ae_attendances.csv"
is 'emergency: every row' "$rc $(account)" '0 12766,12765,0,1,38295,38295,0,0,38295'
# Whole numbers below 2^53: the sums of awk are exact.
awk -F, '{ i = $2; sub(/_.*/, "", i); sum[$1 "," i "," $4] += $5 } END { for (k in sum) print k "," sum[k] }' \
    "$root/observations" | sort >"$root/sums"
tail -n +2 "$data/long.csv" | sort >"$root/truth"
same 'emergency: as published is long.csv, types added up' "$root/sums" "$root/truth"
echo "1..$n"
