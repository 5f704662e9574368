#!/bin/sh
# periods.sh - single and cumulated figures in years that start in any month, with and
# without a January; what is left over between them; figures on another base year; and
# prices that do not mix (methods note, sections 1 and 2). Prints TAP.
. "$(dirname "$0")/lib.sh"
# house NAME YEAR_START: an empty profile of one unit
house() {
    root=$tmp/$1
    config=$root/config/p
    mkdir -p "$config" "$root/datasets/p/inbox"
    printf '[profile]\nname_zh = 试\nlanguages = en\nfrequency = M\nyear_start = %s\n[inbox]\ngrace = 0\n' "$2" >"$config/profile.ini"
    printf 'unit,name_zh\nA,甲\nB,乙\n' >"$config/units.csv"
    echo 'form,files,layout,unit_from,period_from,indicator_from
long,*.csv,long,column:unit,column:period,column:indicator' >"$config/forms.csv"
}
night() { # night PERIOD: collect, process and analyse; the run's folder in $run, $tmp/measures.csv
    "$TB_BIN/tongbao" -C "$root" -p p -q collect >"$tmp/out" 2>"$tmp/err"
    "$TB_BIN/tongbao" -C "$root" -p p -q process >"$tmp/out" 2>"$tmp/err"
    run=$(ls -d "$root"/datasets/p/runs/*/ | head -n 1)
    "$TB_BIN/tongbao" -C "$root" -p p -q analyse --run "$run" "$1" >"$tmp/out" 2>"$tmp/err"
    "$TB_BIN/tongbao" -C "$root" -p p --run "$run" export measures >"$tmp/measures.csv" 2>"$tmp/err"
}
of() { # of INDICATOR MEASURE PERIOD...: values of unit A
    indicator=$1 measure=$2
    shift 2
    for period in "$@"; do
        awk -F, -v i="$indicator" -v m="$measure" -v p="$period" \
            '$1 == "A" && $2 == i && $3 == m && $5 == p { print $6 "|" $7; found = 1 } END { if (!found) print "-" }' "$tmp/measures.csv"
    done | tr '\n' ' ' | sed 's/ $//'
}
mistakes() { # mistakes: what check says
    "$TB_BIN/tongbao" -C "$root" -p p check >"$tmp/out" 2>"$tmp/err"
    rc=$?
    cat "$tmp/out" "$tmp/err" >"$tmp/both"
}

# --- the calendar year, January joint with February ---
house calendar 1
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,jan_feb
m,月,万元,flow,higher,M,computed,1,joint
q,季,万元,flow,higher,Q,computed,1,
h,半年,万元,flow,higher,S,computed,1,
d,旬,吨,flow,higher,M_3,computed,1,
END
cat >"$root/datasets/p/inbox/a.csv" <<'END'
unit,period,indicator,measure,value
A,2022-11,m,ytd,80
A,2022-12,m,ytd,100
A,2023年1-2月,m,value,30
A,2023-03,m,ytd,46
A,2023-04,m,value,10
A,2023-05,m,value,11
A,2023-05,m,ytd,69.5
A,2023-06,m,value,12
A,2023-06,m,ytd,81.5
A,2023年1-3月,q,value,20
A,2023年上半年,q,value,50
A,2023年1-9月,q,value,90
A,2023年四季度,q,value,45
A,2023年上半年,h,value,60
A,2023年1-12月,h,value,130
A,2023年5月上旬,d,value,3
A,2023-05-11/P10D,d,value,5
A,2023-05-21/P11D,d,value,4
END
night 2023-06
is "single from cumulated, and back" "$(of m value 2022-12 2023-02 2023-03 2023-04)" "20.0|A 30.0|A 16.0|A 10.0|A"
is "cumulated from single periods" "$(of m ytd 2023-02 2023-04)" "30.0|A 56.0|A"
is "what is left over is kept: 69.5 - 56 - 11" "$(tail -n +2 "$run/process/residuals.csv" | cut -d, -f1-7)" "A,m,2023-05,69.5,56.0,11.0,2.5"
is "neither figure is changed by it" "$(of m ytd 2023-05 2023-06) $(of m value 2023-05 2023-06)" "69.5|A 81.5|A 11.0|A 12.0|A"
is "January is not collected: neither missing nor zero" "$(of m value 2023-01) $(of m ytd 2023-01)" "|L |L"
is "1-3月, 上半年, 1-9月 of quarters are cumulated" "$(of q ytd 2023-Q1 2023-Q2 2023-Q3 2023-Q4)" "20.0|A 50.0|A 90.0|A 135.0|A"
is "and each quarter is what it added" "$(of q value 2023-Q1 2023-Q2 2023-Q3 2023-Q4)" "20.0|A 30.0|A 40.0|A 45.0|A"
is "halves" "$(of h value 2023-S1 2023-S2)" "60.0|A 70.0|A"
is "ten days" "$(of d value 2023-05-01/P10D 2023-05-11/P10D 2023-05-21/P11D)" "3.0|A 5.0|A 4.0|A"
is "and their cumulation has nothing to begin with" "$(of d ytd 2023-05-21/P11D)" "-"

# --- weeks and two months ---
house weeks 1
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,jan_feb
w,周调度,次,count,higher,W,computed,0,
t,双月调度,次,count,higher,M2,computed,0,
m,月,次,count,higher,M,computed,0,
q,季,次,count,higher,Q,computed,0,
END
{
    echo 'unit,period,indicator,measure,value'
    n=1
    for week in 2021-W52 2022-W01 2022-W05; do echo "A,$week,w,value,$n" && n=$((n + 1)); done
    for week in 2022-W52 2023年第1周 2023年第二周 "week 3 of 2023" 2023W4 2023-W05; do echo "A,$week,w,value,$n" && n=$((n + 1)); done
    printf 'A,2023年1-2月,t,value,3\nA,2023年3-4月,t,value,4\nA,2023-05-01/P2M,t,value,5\nA,2023年1-8月,t,value,18\n'
    printf 'B,2023-02,t,value,7\nB,2023年3-4月,t,value,\n'
    printf 'A,2023-W17,m,value,1\nA,2023年5-6月,m,value,1\nA,2023年5-6月,q,value,1\nA,2023-04,w,value,1\nA,2023-04,t,value,2\nA,2023-W53,w,value,1\nA,2023-03,t,value,1\n'
} >"$root/datasets/p/inbox/a.csv"
night 2023-08
is "weeks as people write them" "$(of w value 2023-W01 2023-W02 2023-W03 2023-W04 2023-W05)" "5|A 6|A 7|A 8|A 9|A"
is "a week is cumulated in the year in which it ends" "$(of w ytd 2022-W52 2023-W01 2023-W05)" "4|A 9|A 39|A"
is "the same week of the year before: 9 on 3" "$(of w growth 2023-W05)" "200.0|A"
is "1-2月, 3-4月 and 5-6月 are periods, 1-8月 is cumulated" \
    "$(of t value 2023-01-01/P2M 2023-03-01/P2M 2023-05-01/P2M 2023-07-01/P2M) $(of t ytd 2023-07-01/P2M)" "3|A 4|A 5|A 6|A 18|A"
is "a week is no month, two months are no month and no quarter, a month is no week" \
    "$(cut -d, -f7 "$run/collect/rejects.csv" | tail -n +2 | sort | uniq -c | awk '{ print $1, $2 }' | tr '\n' ' ')" \
    "1 key.conflict 5 period.frequency 1 period.malformed "

# --- a year that starts in April ---
house fiscal 4
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,jan_feb
m,月,万元,flow,higher,M,computed,1,joint
n,月二,万元,flow,higher,M,computed,1,
q,季,万元,flow,higher,Q,computed,1,
END
cat >"$root/datasets/p/inbox/a.csv" <<'END'
unit,period,indicator,measure,value
A,2022-04,m,ytd,10
A,2022-05,m,ytd,25
A,2022-12,m,ytd,100
A,2023-02,m,ytd,130
A,2023-03,m,ytd,145
A,2023-04,m,ytd,12
A,2023-12,m,ytd,104
A,2024年1-2月,m,value,28
A,2024-03,m,value,11
A,2022-12,n,ytd,90
A,2023-01,n,ytd,95
A,2023-02,n,ytd,99
A,2024年1-2月,n,value,7
A,2024年1-5月,n,value,7
A,2023-Q2,q,ytd,20
A,2023-Q3,q,ytd,45
A,2023-Q4,q,ytd,75
A,2024年1-3月,q,value,31
END
night 2024-03
is "the year begins in April" "$(of m value 2022-04 2022-05 2023-04)" "10.0|A 15.0|A 12.0|A"
is "February of a joint figure is single from December: 130 - 100" "$(of m value 2023-01 2023-02 2023-03)" "|L 30.0|A 15.0|A"
is "and cumulated on December: 104 + 28 + 11" "$(of m ytd 2024-02 2024-03)" "132.0|A 143.0|A"
is "without a joint figure January is a month like others" "$(of n value 2023-01 2023-02)" "5.0|A 4.0|A"
is "quarters of that year; 1-3月 is its last one" "$(of q value 2023-Q2 2023-Q3 2023-Q4 2024-Q1) $(of q ytd 2024-Q1)" \
    "20.0|A 25.0|A 30.0|A 31.0|A 106.0|A"
is "what is cumulated from January is of no such year" "$(cut -d, -f3,7 "$run/collect/rejects.csv" | tail -n +2 | tr '\n' ' ')" \
    "14,period.span 15,period.span "
"$TB_BIN/tongbao" -C "$root" -p p -q analyse --run "$run" 2023-01 >"$tmp/out" 2>"$tmp/err"
is "January of a joint figure is not collected in this year either" \
    "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } $2 == "indicator" && $3 == "m" { print $at["expected"], $at["missing"], $at["not_collected"] }' \
        "$run/analyse/completeness.csv")" "0 0 1"
sed -i 's/^year_start = .*/year_start = 2/' "$config/profile.ini"
mistakes
has "a joint figure across the start of a year is a mistake" "$tmp/both" "indicators.csv:2:33: error: jan_feb joint in a year that starts in February"

# --- another base year ---
house bases 1
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,prices,price_base
cpi,价格指数,2015=100,index,none,M,computed,1,,
linked,衔接指数,2015=100,index,none,M,computed,1,,
gdp,不变价产值,万元,flow,higher,M,computed,1,Q,2015
END
cat >"$config/bases.csv" <<'END'
indicator,from,base,old,new,note
cpi,2023-01,2020=100,,,no overlap was published
linked,2023-01,2020=100,120,100,December 2022 on both
gdp,2023-01,2020,,,
END
{
    echo 'unit,period,indicator,measure,value'
    for m in 01 02 11 12; do printf 'A,2022-%s,cpi,value,120\nA,2022-%s,linked,value,120\nA,2022-%s,gdp,value,50\n' $m $m $m; done
    for m in 01 02; do printf 'A,2023-%s,cpi,value,105\nA,2023-%s,linked,value,105\nA,2023-%s,gdp,value,60\n' $m $m $m; done
    printf 'A,2023-01,gdp,base,48\n'
} >"$root/datasets/p/inbox/a.csv"
night 2023-02
is "no growth across a change of base" "$(of cpi growth 2023-02) $(of cpi mom 2023-01) $(of gdp growth 2023-02) $(of gdp ytd_growth 2023-02)" "|M |M |M |M"
is "the reason" "$(grep '^A,cpi,growth,2023-02' "$run/analyse/breaks.csv" | cut -d, -f5-7,9)" "none,rebased,2023-01-01,no growth: from 2023-01 on the base is 2020=100"
is "within one base there is" "$(of cpi mom 2023-02) $(of cpi mom 2022-12)" "0.0|A 0.0|A"
is "linked by the overlap: 105 on 120 x 100 / 120" "$(of linked growth 2023-02) $(of linked mom 2023-01)" "5.0|B 5.0|B"
is "a base that was supplied stands: 60 on 48" "$(of gdp growth 2023-01)" "25.0|B"
is "the first figure on the new base is flagged" "$(of cpi value 2023-01 2023-02)" "105.0|B 105.0|A"
cat >"$config/bases.csv" <<'END'
indicator,from,base,old,new,note
cpi,2023-Q1,2020=100,,,
linked,2023-01,2020=100,120,,
linked,2023-01,2025=100,120,0,
nothing,2023-01,2020,,,
END
mistakes
is "mistakes of bases.csv are refused" $rc 2
for text in "bases.csv:2:5: error: period '2023-Q1' is not of the indicator's frequency M" \
    "bases.csv:3: error: only one side of the overlap" "bases.csv:4:29: error: '0' is not above 0" \
    "bases.csv:4:8: error: duplicate base of 'linked', already on line 3" "bases.csv:5:1: error: unknown indicator 'nothing'"; do
    has "told: $text" "$tmp/both" "$text"
done

# --- nominal and real ---
house prices 1
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,headline,formula,prices,price_base,growth_prices
nominal,现价,万元,flow,higher,M,computed,1,growth,,V,,
real,不变价,万元,flow,higher,M,computed,1,growth,,Q,2020,
older,旧不变价,万元,flow,higher,M,computed,1,growth,,Q,2015,
mixed,产值,万元,flow,higher,M,published,1,growth,,V,,Q
people,人口,人,stock,none,M,computed,0,growth,,,,
deflator,缩减指数,,index,none,M,computed,1,value,nominal / real,,,
head,人均,元/人,rate,higher,M,computed,1,value,real / people,,,
END
cat >"$config/checks.csv" <<'END'
check,indicator,units,severity,rule,message_zh,message_en
fine,nominal,*,warning,value >= 0 and growth >= -50 and growth[mixed] >= growth[real],x,x
END
mistakes
is "a deflator, a rate per head and rates of different base years are no mixture" "$rc $(cat "$tmp/err")" "0 "
{
    echo 'unit,period,indicator,measure,value'
    for y in 2022 2023; do printf 'A,%s-01,nominal,value,110\nA,%s-01,mixed,value,11%s\n' $y $y $((y % 10)); done
    echo 'B,2023-01,mixed,growth,4.5'
    echo 'B,2023-01,mixed,value,10'
} >"$root/datasets/p/inbox/a.csv"
night 2023-01
is "no real rate is computed from nominal levels" "$(of mixed growth 2023-01) $(of nominal growth 2023-01)" "|M 0.0|A"
is "a published one stands" "$(grep '^B,mixed,growth,' "$tmp/measures.csv" | cut -d, -f6,7)" "4.5,A"
cat >>"$config/indicators.csv" <<'END'
sum,合计,万元,flow,higher,M,computed,1,growth,nominal + real,V,,
ratio,比重,%,rate,higher,M,computed,1,value,real / nominal,,,
nobase,无基期,万元,flow,higher,M,computed,1,growth,,Q,,
wrong,混用,万元,flow,higher,M,computed,1,growth,,V,,Q
END
cat >"$config/checks.csv" <<'END'
check,indicator,units,severity,rule,message_zh,message_en
levels,nominal,*,warning,value >= value[real],x,x
years,real,*,warning,value >= value[older],x,x
rates,nominal,*,warning,growth >= growth[real],x,x
added,nominal,*,warning,value + value[real] > 0,x,x
END
echo 'target,indicator,units,from,to,rule
t,nominal,*,2023-01,2023-12,ytd >= 5 * ytd[real]' >"$config/targets.csv"
mistakes
is "mixtures are refused" $rc 2
for text in "formula: 'sum' is at prices V and 'real' at prices Q 2020, expected the same prices" \
    "formula: 'real' is at prices Q 2020 and 'nominal' at prices V" "prices Q without price_base" \
    "growth from levels at prices V would not be at prices Q, expected published" \
    "checks.csv:2:26: error: 'nominal' is at prices V and 'real' at prices Q 2020, expected the same: nominal and real are not mixed" \
    "checks.csv:3:22: error: 'real' is at prices Q 2020 and 'older' at prices Q 2015" \
    "checks.csv:4:25: error: 'nominal' is at prices V and 'real' at prices Q 2020" "checks.csv:5:31: error: 'nominal'" \
    "targets.csv:2:29: error: 'nominal' is at prices V and 'real' at prices Q 2020"; do
    has "told: $text" "$tmp/both" "$text"
done
done_testing
