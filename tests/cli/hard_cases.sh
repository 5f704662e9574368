#!/bin/sh
# hard_cases.sh - the phrases that can be read in more than one way, as config/readings.md
# reads them: twelve units that meet a target, just meet it, just miss it, tie, or lack data,
# before and after it is due.  A verdict is a letter: m met, o on track, r at risk, b behind,
# x missed, n not due, - no data, ? not computable, 0 no target; U1 first.
. "$(dirname "$0")/lib.sh"
config=$root/config/p
inbox=$root/datasets/p/inbox
run=$root/datasets/p/runs/draft
mkdir -p "$config" "$inbox"
profile() { # profile [LINE of section methods]...
    printf '%s\n' '[profile]' 'name_zh = 试验市' 'name_en = Trial' 'languages = en' 'frequency = M' \
        'subject_group = city' '[methods]' "$@" >"$config/profile.ini"
}
profile
printf 'group,name_zh,area\ncity,全市,CITY\nprovince,全省,PROV\nd3,三区,\n' >"$config/groups.csv"
{
    printf 'unit,name_zh,groups\nCITY,市,\nPROV,省,\n'
    for u in 1 2 3; do echo "U$u,县$u,city;province;d3"; done
    for u in 4 5 6 7 8 9 10 11 12; do echo "U$u,县$u,city;province"; done
} >"$config/units.csv"
{
    echo indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,headline,formula,grades
    for i in top tie7 low last three up; do echo "$i,$i,分,rate,higher,M,published,1,value,,"; done
    for i in gdp trade imports exports; do echo "$i,$i,万元,flow,higher,M,published,1,growth,,"; done
    for i in jobs rare net bracket signed begun built person_months towns_done big mid; do
        echo "$i,$i,个,count,higher,M,computed,0,,,"
    done
    echo 'projects,projects,个,count,higher,M,computed,0,,big + mid,'
    echo 'jobless,失业率,%,rate,lower,M,published,1,value,,'
    echo 'cases,案件,件,count,lower,M,computed,0,,,'
    echo 'stock,存量,件,stock,lower,M,computed,0,,,'
    echo 'cleared,清零,%,rate,higher,M,published,1,value,,'
    echo 'done_pct,整改,%,milestone,higher,M,published,0,,,'
    echo 'lagging_n,落后指标,个,stock,lower,M,computed,0,value,,'
    echo 'risk,风险等级,,grade,lower,S,published,0,value,,绿;黄;橙;红'
    echo 'sewage,污水处理量,吨,flow,higher,M,computed,1,,,'
    echo 'people,常住人口,人,stock,higher,M,computed,0,,,'
} >"$config/indicators.csv"
printf 'form,files,layout\nlong,long*,long\n' >"$config/forms.csv"
t() { # t CODE INDICATOR RULE [FROM [TO [DUE [ANNUAL [QUOTA]]]]]: a target of the city
    printf '%s,%s,%s,%s,%s,"%s",%s,%s,%s\n' "$1" "$2" city "${4:-2023-01}" "${5:-2023-12}" "$3" "${7:-}" "${8:-}" \
        "${6:-}" >>"$config/targets.csv"
}
echo target,indicator,units,from,to,rule,annual,quota,due >"$config/targets.csv"
row() { # row INDICATOR PERIOD MEASURE VALUE...: of U1, U2 ...; . is no figure
    i=$1 p=$2 m=$3 u=0
    shift 3
    for v; do
        u=$((u + 1))
        [ "$v" = . ] || echo "U$u,$i,$p,$m,$v"
    done >>"$inbox/long.csv"
}
area() { # area UNIT INDICATOR PERIOD MEASURE VALUE
    echo "$1,$2,$3,$4,$5" >>"$inbox/long.csv"
}
echo unit,indicator,period,measure,value >"$inbox/long.csv"

# --- what is asked, and of which figures ---
row top 2023-06 value 20 19 18 18 16 15 14 13 12 11 10 .
t top7 top 'rank(city) <= 7 and not tied(city)'
row tie7 2023-06 value 20 19 18 17 16 15 14 14 12 11 10 9
t tie7 tie7 'rank(city) <= 7 and not tied(city)'
row low 2023-06 value 20 19 18 17 16 15 14 13 12 12 10 9
t low3 low 'rank(city) <= count(city) - 3'
t low3b low 'bottom(city) > 3'
row last 2023-06 value 20 19 18 17 16 15 14 13 12 11 10 10
t last last 'bottom(city) > 1'
t front low 'rank(city) <= ceil(count(city) / 3)'
row three 2023-06 value 3 2 1
t three three 'bottom(d3) > 1'
for i in trade imports exports; do
    area CITY $i 2023-06 growth 5.0
    area PROV $i 2023-06 growth 4.0
done
row trade 2023-06 growth 5.1 5.0 9 9 9
row imports 2023-06 growth 5.1 9 9 . 3
row exports 2023-06 growth 5.1 9 . 4.5 .
t six trade 'growth[trade] > area(city) and growth[trade] > area(province) and growth[imports] > area(city) and growth[imports] > area(province) and growth[exports] > area(city) and growth[exports] > area(province)'
area CITY gdp 2023-06 growth 6.0
row gdp 2023-06 growth 6.1 6.0 5.9 1 1 1 1 1 1 1 1 .
t above gdp 'growth > area(city)'
t reach gdp 'growth >= area(city)'
t mean gdp 'growth > mean(city)'
row lagging_n 2023-05 value 3 3 3 0 0 . 2
row lagging_n 2023-06 value 2 1 3 0 1 1 .
t fewer lagging_n 'value <= prev(value) - 1 or value = 0 and prev(value) = 0'
row up 2023-05 value 20 19 18 17 16 15
row up 2023-06 value 20 17 18 19 . 15
t up up 'rank(city) < prev(rank(city))'
row jobs 2023-05 ytd 500 740 743 500
row jobs 2023-06 ytd 743 742 742.5 744 .
t share55 jobs 'ytd >= 55% * annual' 2023-01 2023-06 2023-06-30 1350
row rare 2023-06 ytd 2 1 0 . 2 2 2 2 2 2 2 2
t share90 rare 'ytd >= 90% * quota' 2023-01 2023-12 2023-06-30 '' 2
t zero rare 'ytd >= quota' 2023-01 2023-12 2023-06-30 '' 0
t none rare none
t broken rare 'ytd > 0'
row net 2023-04 ytd 1000 100 . 100
row net 2023-05 ytd 2000 1500 1500 .
row net 2023-06 ytd 2600 2515 2600 2514
t span net 'total >= 2415' 2023-05 2023-06 2023-06-30
t half net 'ytd >= 2415' 2023-01 2023-06 2023-06-30
row bracket 2023-06 ytd 26 26 25 .
t bracket bracket 'ytd >= quota' 2023-01 2023-12 2023-06-30 '' 26
printf 'target,unit,value\nbracket,U2,30\n' >"$config/quotas.csv"
row signed 2023-06 ytd 2 6 3 2
row begun 2023-06 ytd 2 0 2 2
row built 2023-06 ytd 2 0 1 .
t each2 signed 'ytd[signed] >= 2 and ytd[begun] >= 2 and ytd[built] >= 2' 2023-01 2023-12 2023-06-30
t sum2 signed 'ytd[signed] + ytd[begun] + ytd[built] >= 2' 2023-01 2023-12 2023-06-30
row done_pct 2023-04 value 100 50 50 .
row done_pct 2023-05 value 100 100 99 .
row done_pct 2023-06 value 100 100 100 .
# Without a day of completion the end of the period counts.
area U1 done_pct 2023-04 done_on 2023-03-31
area U2 done_pct 2023-05 done_on 2023-05-30
t may30 done_pct done 2023-04 2023-12 2023-05-30
t past done_pct done 2023-04 2023-12 2023-03-31
t step done_pct 'value >= step(2023-05: 100, 2023-06: 101)'
t over700 net 'ytd > 2600' 2023-01 2023-12 2023-06-30
t from700 net 'ytd >= 2600' 2023-01 2023-12 2023-06-30
row risk 2022-S2 value 黄 黄 黄 . 红
row risk 2023-S1 value 黄 绿 橙 绿 .
t risk risk 'grade <= prev(grade)' 2023-S1 2023-S2
row cases 2022-06 ytd 3 3 3 . 3
row cases 2023-06 ytd 0 3 4 3 .
t no_new cases 'ytd = 0'
t no_more cases 'ytd <= last_year(ytd)'
row cleared 2023-06 value 100 99.9 . 100
t cleared cleared 'value >= 100'
row jobless 2023-06 value 4.5 4.6 5.0 5.1 3.0 .
t around jobless 'value ~ 4.5'
t within jobless 'value <= 4.5'
row big 2023-06 ytd 1 1 0 .
row mid 2023-06 ytd 4 3 5 4
t nested projects 'ytd >= 5' 2023-01 2023-12 2023-06-30
t one_each signed 'ytd[signed] >= 1 and ytd[begun] >= 1' 2023-01 2023-12 2023-06-30
row person_months 2023-06 ytd 48 47 .
t months48 person_months 'ytd >= 48' 2023-01 2023-12 2023-06-30
row sewage 2023-06 value 50.4 50.3 60 .
row people 2023-06 value 48000 48000 . 48000
t sewage sewage 'value / (value[people] * 0.07 * 30 / 1000) >= 50%'

stages() { # stages PERIOD
    "$TB_BIN/tongbao-collect" -q -C "$root" -p p --run "$run" >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao-process" -q -C "$root" -p p --run "$run" >"$tmp/out" 2>"$tmp/err" && analyse "$1"
}
analyse() {
    "$TB_BIN/tongbao-analyse" -q -C "$root" -p p --run "$run" "$1" >"$tmp/out" 2>"$tmp/err"
}
v() { # v TARGET N: letters of U1 .. UN
    awk -F, -v t="$1" -v n="$2" '
        BEGIN { l["met"] = "m"; l["on_track"] = "o"; l["at_risk"] = "r"; l["behind"] = "b"; l["missed"] = "x"
                l["not_due"] = "n"; l["no_data"] = "-"; l["not_computable"] = "?"; l["no_target"] = 0 }
        $1 == t { sub(/^U/, "", $3); s[$3 + 0] = ($6 in l ? l[$6] : "(" $6 ")") }
        END { for (u = 1; u <= n; u++) printf "%s", u in s ? s[u] : "."; print "" }' "$run/analyse/verdicts.csv"
}
stages 2023-06
ok 'June' $?

# --- places ---
is '前七名（且不得并列名次）: place 7 alone, ties anywhere fail, 8 fails' "$(v top7 12)" mmxxmmmxxxx-
is 'a shared place 7 fails for both' "$(v tie7 12)" mmmmmmxxxxxx
is '不落于后三位: two at 9 of 12 both pass' "$(v low3 12)" mmmmmmmmmmxx
is 'bottom counts a shared place from the worst' "$(v low3b 12)" mmmmmmmmxxxx
is '列前列: the best third' "$(v front 12)" mmmmxxxxxxxx
is '不落于末位: a shared last place fails' "$(v last 12)" mmmmmmmmmmxx
is 'of three only the last is at the bottom' "$(v three 3)" mmx
is '有进位: ahead of before; staying first passes, staying elsewhere does not; no figure' "$(v up 6)" mxxm-m

# --- averages ---
is '高于全市平均水平 is the city'"'"'s own figure, strictly' "$(v above 12)" mxxxxxxxxxx-
is '达到…平均水平 includes it' "$(v reach 12)" mmxxxxxxxxx-
is 'the mean of the rates is another thing' "$(v mean 4)" mmmx
is '三项指标增速均高于省市平均水平: six strict comparisons; one false is enough, one missing is no data' "$(v six 5)" mx-xx

# --- amounts ---
is '55% of the year, unrounded: 743 of 1350' "$(v share55 5)" mxmm-
is '90% of a quota of 2 is 2' "$(v share90 4)" mxx-
is 'a quota of 0 is met' "$(v zero 3)" mmm
is '暂无: no target' "$(v none 2)" 00
is '未破零: above zero' "$(v broken 4)" mmx-
is '5-6月: what is cumulated since May' "$(v span 4)" xm--
is 'or since January: the row says' "$(v half 4)" mmmm
is 'the figure in the bracket, until quotas.csv has the unit' "$(v bracket 4)" mxx-
is '两个以上 of each of three kinds' "$(v each2 4)" mxx-
is 'or of all' "$(v sum2 3)" mmm
is '超过, 突破, 过 exclude the number' "$(v over700 4)" xxxx
is '达到, 以上 include it' "$(v from700 4)" mxmx
is 'a project of 1 billion counts in the class of 500 million' "$(v nested 4)" mxm-
is '1家以上A和B: one of each' "$(v one_each 3)" mxm
is '6人，时长48个月: 48 person-months' "$(v months48 3)" mx-
is 'a rate of 50 % with 70 kg for each person and day' "$(v sewage 4)" mx--

# --- lower is better, grades, moves ---
is '4.5%左右 of unemployment: the upper side binds' "$(v around 6)" mmmxm-
is '4.5%以内' "$(v within 6)" mxxxm-
is '减少1-2个: one fewer, or none in both months' "$(v fewer 7)" mmxmx--
is '风险等级不升档: not worse than the half-year before' "$(v risk 5)" mmx--
is '零发生' "$(v no_new 5)" mxxx-
is '零增长' "$(v no_more 5)" mmx--
is '全清零' "$(v cleared 4)" mx-m

# --- days ---
is '5月30日前, a month after: what is done since is late' "$(v may30 4)" mmx-
is 'a day before the list: judged from the first night, by the day of completion' "$(v past 4)" mxx-
is 'stepped: the last step that was reached' "$(v step 4)" xxx-
stages 2023-05
ok 'May' $?
is '5月30日前: the end of May is behind it' "$(v may30 4)" mmx-
is 'the first step' "$(v step 4)" mmx-
is 'a span that is not over: behind, on the way, there already' "$(v share55 4)" bomb
stages 2023-04
ok 'April' $?
is 'before 30 May nothing is late' "$(v may30 4)" mnn-
is 'a deadline before the list is overdue from its first night' "$(v past 4)" mxx-
is 'before the first step nothing is asked' "$(v step 2)" '??'
is 'before its first period' "$(v span 3)" nnn

# --- settings ---
profile 'no_tie = boundary'
stages 2023-06
is 'no_tie = boundary: only the last place may not be shared' "$(v top7 12)" mmmmmmmxxxx-
is 'and that not' "$(v tie7 12)" mmmmmmxxxxxx
profile 'first_keeps_ok = no'
analyse 2023-06
is 'first_keeps_ok = no: who stays first did not rise' "$(v up 4)" xxxm
profile 'about = both'
analyse 2023-06
is 'about = both: far below is not about' "$(v around 6)" mmmxx-
profile 'about_tolerance = 0.1'
analyse 2023-06
is 'about_tolerance' "$(v around 6)" mmxxm-

done_testing
