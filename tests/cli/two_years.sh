#!/bin/sh
# two_years.sh - growth on average of two years (两年平均增速), as a headline, in rules, exports and
# reports.  Rates of 2020 and 2021 are those of the first half of 2021 as the National Bureau of
# Statistics published them: product 12.7 after -1.6, printed mean 5.3; retail sales 23.0 after
# -11.4, mean 4.4.
. "$(dirname "$0")/lib.sh"
config=$root/config/town inbox=$root/datasets/town/inbox
mkdir -p "$config" "$inbox" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
printf '%s\n' '[profile]' 'name_zh = 试验县' 'name_en = Trial County' 'languages = zh;en' 'frequency = Q' \
    'subject_group = towns' 'subject = A' '[inbox]' 'grace = 0' '[methods]' 'min_peers = 2' >"$config/profile.ini"
printf 'group,name_zh,name_en,area\ntowns,各镇,the towns,Z\n' >"$config/groups.csv"
printf 'unit,name_zh,name_en,groups\nZ,县,County,\nA,甲,Aton,towns\nB,乙,Beton,towns\nC,丙,Ceton,towns\nD,丁,Deton,towns\nE,戊,Eeton,towns\n' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,growth,decimals,headline
gdp,总值,Product,亿元,flow,higher,published,1,ytd_growth_2y;ytd_growth
invest,投资,Investment,亿元,flow,higher,computed,1,growth
END
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule
mean,gdp,towns,2021-Q1,2021-Q4,ytd_growth_2y >= 5
area,gdp,towns,2021-Q1,2021-Q4,ytd_growth_2y > area(towns)
place,gdp,towns,2021-Q1,2021-Q4,rank(towns) <= 1
years,invest,towns,2021-Q1,2021-Q4,"average(growth, 2) >= 10"
END
cat >"$inbox/1.csv" <<'END'
REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE
Z,gdp,ytd_growth,2020-Q2,-1.3
A,gdp,ytd_growth,2020-Q2,-1.6
B,gdp,ytd_growth,2020-Q2,-11.4
D,gdp,ytd_growth,2020-Q2,-120.0
Z,gdp,ytd_growth,2021-Q2,15.9
A,gdp,ytd_growth,2021-Q2,12.7
B,gdp,ytd_growth,2021-Q2,23.0
C,gdp,ytd_growth,2021-Q2,9.9
D,gdp,ytd_growth,2021-Q2,9.9
E,gdp,ytd_growth,2020-Q2,1.0
E,gdp,ytd_growth,2021-Q2,2.0
A,invest,value,2019-Q2,100.0
A,invest,value,2020-Q2,110.0
A,invest,value,2021-Q2,121.0
B,invest,value,2019-Q2,100.0
B,invest,value,2020-Q2,150.0
B,invest,value,2021-Q2,120.9
C,invest,value,2019-Q2,0.0
C,invest,value,2020-Q2,150.0
C,invest,value,2021-Q2,151.0
END
tongbao() { "$TB_BIN/tongbao" -C "$root" -p town "$@"; }
tongbao -q run 2021-Q2 >"$tmp/out" 2>"$tmp/err"
is 'the run' $? 0
made=$root/reports/town/2021-Q2
run=$root/datasets/town/runs/$(cat "$made/run.txt")
verdict() { awk -F, -v u="$1" -v t="$2" '$1 == t && $3 == u { print $6 }' "$run/analyse/verdicts.csv"; }

tongbao export measures >"$tmp/measures"
# measure UNIT MEASURE INDICATOR: value, status, how it was had
measure() {
    awk -F, -v u="$1" -v m="$2" -v i="$3" 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c }
        $at["REF_AREA"] == u && $at["MEASURE"] == m && $at["INDICATOR"] == i && $at["TIME_PERIOD"] == "2021-Q2" {
            print $at["OBS_VALUE"], $at["OBS_STATUS"], $at["UNIT_MEASURE"], $at["COMMENT"] }' "$tmp/measures"
}
is 'product of the first half of 2021: 5.3' "$(measure A ytd_growth_2y gdp)" '5.3 A % published'
is 'retail sales: 4.4' "$(measure B ytd_growth_2y gdp)" '4.4 A % published'
is 'industry, as the figure of the area: 7.0' "$(measure Z ytd_growth_2y gdp)" '7.0 A % published'
is 'without the year before there is none' "$(measure C ytd_growth_2y gdp | cut -d' ' -f1)" ''
is 'nor after less than nothing' "$(measure D ytd_growth_2y gdp | cut -d' ' -f1)" ''
is 'it is there only where it leads' "$(measure A growth_2y invest)" ''
tongbao export measures | grep -q '^A,gdp,"rank(ytd_growth_2y, towns)",Q,2021-Q2,1,'
ok 'it has places' $?
is 'a rule on it: met' "$(verdict A mean)" met
is 'behind' "$(verdict B mean)" missed
is 'no data' "$(verdict C mean)" no_data
is 'not computable' "$(verdict D mean)" not_computable
is 'against the figure of the area' "$(verdict A area)" missed
is 'a place by it' "$(verdict A place) $(verdict B place)" 'met missed'
is 'computed: 121 of 100 is just 10' "$(verdict A years)" met
is '120.9 is not' "$(verdict B years)" missed
is 'a base of zero' "$(verdict C years)" not_computable
has 'the rule shows its number' "$run/analyse/verdicts.csv" 'average(growth, 2) = 10.0'
has 'the bulletin tells it' "$made/bulletin.md" '同比增长12.7%，两年平均增长5.3%；两年平均增速排各镇第一'
has 'and in English' "$made/bulletin.en.md" 'up 12.7%, up 5.3% a year over two years; 1st of 3 in the towns by two-year average growth'
has 'the rule in words' "$made/bulletin.md" '目标“累计两年平均增速 \>= 5”'
has 'and of several years' "$made/bulletin.en.md" '2-year mean of growth at least 10'

# Every row of the measures has a value or the reason why not, a status, a run, and of growth how
# it was had.
tongbao export scores >>"$tmp/measures"
is 'every measure has its status and provenance' "$(sed 's/"[^"]*"/X/' "$tmp/measures" | awk -F, '
    $1 == "REF_AREA" { next }
    NF != 13 || $7 == "" || ($6 == "") != ($7 ~ /^[LMOQH]$/) || $12 == "" || $11 == "" { bad = bad " " $0 }
    $3 ~ /^(ytd_)?growth(_2y)?$/ && $6 != "" && $13 !~ /^(published|comparable|computed)$/ { bad = bad " " $0 }
    { n++ }
    END { print (n > 40) bad }')" 1
"$TB_BIN/tongbao-analyse" -q -C "$root" -p town --run "$run" --rule 'average(growth, 2) > area(towns)' --unit A --indicator invest 2021-Q2 >"$tmp/out" 2>"$tmp/err"
is 'an average beside a group is refused' $? 2
has 'and says what to write' "$tmp/err" 'expected growth_2y or ytd_growth_2y'

done_testing
