#!/bin/sh
# Floor space under construction in China, cumulated, by province: what process makes of
# it against what the publisher says of the nation and what plain arithmetic says of the
# file.  The README beside the data tells of 16 published months, of one growth on a
# comparable basis, and of 74 falls of a figure that should not fall.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/published.sh"
data="$TB_DATA/cn-floor-space"
skip_without "$data/long.csv" "floor space: the provinces are the nation" "floor space: published growth" \
    "floor space: falls of the cumulated figure" "floor space: no January is missing"
house M
cat >"$root/config/p/profile.ini" <<'END'
[profile]
name_zh = 试
frequency = M
subject_group = provinces
[methods]
comparable_months = 1200
[inbox]
grace = 0
END
printf 'group,name_zh\nprovinces,各省\n' >"$root/config/p/groups.csv"
awk -F, 'BEGIN { print "unit,name_zh,parent,groups\nCN,全国,,\nSUM,各省合计,," }
    NR > 1 && !seen[$1]++ { printf "U%02d,%s,CN,provinces\n", ++n, $1 }' "$data/long.csv" >"$root/config/p/units.csv"
printf '%s\n' 'indicator,name_zh,unit_measure,kind,direction,growth,decimals,jan_feb' \
    'floor,房屋施工面积,万平方米,flow,none,published,2,joint' >"$root/config/p/indicators.csv"
printf '%s\n' 'form,files,layout,indicator_from,measure' 'floor,floor*.csv,periods-across,fixed:floor,ytd' \
    'nation,nation*.csv,long,,' >"$root/config/p/forms.csv"
printf '%s\n' 'check,indicator,units,severity,rule,message_zh,message_en' \
    'no_fall,floor,provinces,warning,value >= 0,累计数下降,the cumulated figure fell' \
    'sum,floor,CN,warning,abs(ytd - sum(children)) <= 0.5,各省合计不符,the provinces do not add up' >"$root/config/p/checks.csv"
cp "$data/floor_space_cumulative.gbk.csv" "$root/datasets/p/inbox/"
# The nation's levels and rates as published, and the sum of the provinces with those rates.
{
    echo REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE
    awk -F, 'NR > 1 { print "CN,floor,ytd," $1 "," $3; print "SUM,floor,ytd_growth," $1 "," $4 }' "$data/published_national.csv"
    awk -F, 'NR > 1 && $4 != "" { sum[$3] += $4 * 100; n[$3]++ }
        END { for (p in sum) if (n[p] == 31) printf "SUM,floor,ytd,%s,%.2f\n", p, sum[p] / 100 }' "$data/long.csv" | sort
} >"$root/datasets/p/inbox/nation.csv"
for stage in collect process; do
    "$TB_BIN/tongbao" -C "$root" -p p -q $stage >"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/err"
done
process=$(find "$root/datasets/p/runs" -type d -name process | head -n 1)
is 'floor space: the provinces are the nation in the 16 published months' \
    "$(grep '^sum,' "$process/outcomes.csv" | cut -d, -f4-6)" "16,16,0"
is 'floor space: of 16 published growths one does not rest on the published base' \
    "$(awk -F, 'NR > 1 { n[$16]++ } END { print n["rounding"], n["unexplained"], NR - 1 }' "$process/comparable.csv")" "15 1 16"
is 'floor space: 2023-04, on a comparable basis: -5.8 from the levels, -5.6 as published' \
    "$(grep ',unexplained$' "$process/comparable.csv" | cut -d, -f1,4,6,7)" "SUM,2023-04,-5.6,-5.8"
is 'floor space: and its base is smaller than the one that was published, by 0.1 or 0.2 %' \
    "$(grep ',unexplained$' "$process/comparable.csv" | awk -F, '{ print ($10 < $11), ($14 < 0), ($15 < 0 && $15 > -0.3) }')" "1 1 1"
# The falls by plain arithmetic on the file: months of one year that follow each other.
awk -F, 'NR == FNR { code[$2] = $1; next }
    FNR > 1 && $4 != "" { v[$1, $3] = $4; unit[++n] = $1; when[n] = $3 }
    END { for (i = 1; i <= n; i++) { split(when[i], p, "-")
        before = sprintf("%s-%02d", p[1], p[2] - 1)
        if (p[2] > 2 && (unit[i], before) in v && v[unit[i], when[i]] + 0 < v[unit[i], before] + 0)
            print code[unit[i]] "," when[i] } }' \
    "$root/config/p/units.csv" "$data/long.csv" | sort >"$root/truth"
awk -F, '$1 == "no_fall" && $7 == "fail" { print $3 "," $6 }' "$process/checks.csv" | sort >"$root/falls"
is 'floor space: the file has 74 falls' "$(wc -l <"$root/truth")" 74
same 'floor space: all of them are found, and nothing else' "$root/falls" "$root/truth"
# January is no month of its own: each February is judged, and each later month behind a figure.
is 'floor space: no January is missing, and nothing that is there is left out' \
    "$(grep '^no_fall,' "$process/outcomes.csv" | awk -F, '{ print $5 + $6 }')" \
    "$(awk -F, 'FNR > 1 && $4 != "" { v[$1, $3] = 1; unit[++n] = $1; when[n] = $3 }
        END { for (i = 1; i <= n; i++) { split(when[i], p, "-")
            if (p[2] == 2 || (unit[i], sprintf("%s-%02d", p[1], p[2] - 1)) in v) c++ }
            print c }' "$data/long.csv")"
echo "1..$n"
