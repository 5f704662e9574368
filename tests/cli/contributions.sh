#!/bin/sh
# contributions.sh - contributions of units to a group's growth and of indicators to that
# of their sum: worked out by hand, and adding up.
. "$(dirname "$0")/lib.sh"
config=$root/config/county
run=$root/datasets/county/runs/draft
mkdir -p "$config" "$root/datasets/county/inbox"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验县
languages = en
frequency = M
subject_group = towns
END
printf 'group,name_zh,area\ntowns,各镇,\nwhole,全县,Z\n' >"$config/groups.csv"
printf 'unit,name_zh,groups\nA,甲,towns;whole\nB,乙,towns;whole\nC,丙,towns;whole\nZ,县,\n' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,headline,formula,prices,price_base
goods,货物,万元,flow,higher,M,computed,1,ytd_growth,,,
services,服务,万元,flow,higher,M,computed,1,ytd_growth,,,
trade,贸易,万元,flow,higher,M,computed,1,ytd_growth,goods + services,,
volume,物量,万元,flow,higher,M,computed,1,ytd_growth,,L,2020
END
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
{
    echo REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE
    while read -r unit then_goods now_goods then_services now_services; do
        echo "$unit,goods,ytd,2022-06,$then_goods"
        echo "$unit,goods,ytd,2023-06,$now_goods"
        echo "$unit,services,ytd,2022-06,$then_services"
        echo "$unit,services,ytd,2023-06,$now_services"
        echo "$unit,volume,ytd,2022-06,$then_goods"
        echo "$unit,volume,ytd,2023-06,$now_goods"
    done <<'END'
A 100 120 50 40
B 200 210 50 60
C 100 90 100 100
Z 500 530 200 200
END
} >"$root/datasets/county/inbox/a.csv"
"$TB_BIN/tongbao-collect" -q -C "$root" -p county --run "$run" >"$tmp/out" 2>"$tmp/err" &&
    "$TB_BIN/tongbao-process" -q -C "$root" -p county --run "$run" >"$tmp/out" 2>"$tmp/err" &&
    "$TB_BIN/tongbao-analyse" -q -C "$root" -p county --run "$run" 2023-06 >"$tmp/out" 2>"$tmp/err"
is 'the stages run' $? 0
rows() { grep "^$1" "$run/analyse/contributions.csv" | cut -d, -f"$2"; }
# Towns: 420 on 400: 5 percent, of which 20, 10 and -10 on 400.
is 'units to their sum' "$(rows group,towns,.,goods 3,9-11)" 'A,5.00,100.0,5.00
B,2.50,50.0,5.00
C,-2.50,-50.0,5.00'
# The county itself: 530 on 500; the towns leave 10 of it.
is 'units to the figure of their area, and the rest' "$(rows 'group,whole,.*,goods' 3,9-11)" 'A,4.00,66.7,6.00
B,2.00,33.3,6.00
C,-2.00,-33.3,6.00
,2.00,33.3,6.00'
is 'without a change of the total there is no share' "$(rows 'group,towns,.,services' 3,9-11)" 'A,-5.00,,0.00
B,5.00,,0.00
C,0.00,,0.00'
is 'parts to a sum' "$(rows parts,A 3,7-11)" 'goods,120.0,100.0,13.33,200.0,6.67
services,40.0,50.0,-6.67,-100.0,6.67'
is 'volumes that do not add up have none' "$(grep -c ,volume, "$run/analyse/contributions.csv")" 0
done_testing
