#!/bin/sh
# units_over_time.sh - units that open, close, merge, split, get another code or other
# boundaries: which growth there is then, on which base, and what is said where there is
# none (methods note, section 13). Every month of a unit has one figure, so that each rate
# can be worked by hand. Prints TAP.
. "$(dirname "$0")/lib.sh"
config=$root/config/county
mkdir -p "$config" "$root/datasets/county/inbox" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验县
name_en = Trial County
languages = en
frequency = M
subject_group = towns
END
echo 'group,name_zh
towns,各镇' >"$config/groups.csv"
# A and B become C. E goes into D in the middle of a year. F becomes F1 and F2, G keeps its
# code and loses G2. H has another code, by its successor. K is closed for half a year. L and
# M shift their boundary. N reports a break itself. P only changes its name. Q opens.
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,groups,valid_from,valid_to,successor
A,甲镇,A,towns,,,
B,乙镇,B,towns,,2018-12-31,
C,丙镇,C,towns,,,
D,丁镇,D,towns,,,
E,戊镇,E,towns,,,
F,己镇,F,towns,,,
F1,己东,F1,towns,,,
F2,己西,F2,towns,2018-10-01,,
G,庚镇,G,towns,,,
G2,庚新,G2,towns,,,
H,辛镇,H,towns,,2018-06-30,H9
H9,辛镇新码,H9,towns,2018-07-01,,
K,壬镇,K,towns,,,
L,癸镇,L,towns,,,
M,子镇,M,towns,,,
N,丑镇,N,towns,,,
P,寅镇,P,towns,,,
Q,卯镇,Q,towns,2018-03-01,,
END
cat >"$config/unit_changes.csv" <<'END'
date,kind,from,to,note
2019-01-01,merged,A;B,C,by decision 7
2018-07-01,merged,D;E,D,
2018-10-01,split,F,F1;F2,
2019-01-02,split,G,G;G2,
2018-04-01,closed,K,,rebuilt
2018-10-01,opened,,K,
2019-03-01,boundary,L;M,,a village moves
2019-02-01,renamed,P,,formerly the old name
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals,headline,formula
sales,销售额,Sales,万元,flow,higher,M,computed,1,growth;ytd_growth,
people,人口,People,人,stock,none,M,computed,0,growth,
head,人均,Per head,元/人,rate,higher,M,computed,1,growth,sales / people
price,价格,Price,元,rate,higher,M,computed,1,growth,
END
cat >"$config/forms.csv" <<'END'
form,files,layout,unit_from,period_from,indicator_from
long,*.csv,long,column:unit,column:period,column:indicator
END
cat >"$config/checks.csv" <<'END'
check,indicator,units,severity,rule,message_zh,message_en
step,sales,*,warning,value <= 1.2 * prev(value) and value >= 80% * prev(value),变动过大,a step
year,sales,*,warning,value >= last_year(value),下降,less than a year before
END
awk 'function put(u, y, m, i, x, meas, st) { printf "%s,%d-%02d,%s,%s,%s,%s\n", u, y, m, i, meas ? meas : "value", x, st }
    BEGIN { print "unit,period,indicator,measure,OBS_VALUE,OBS_STATUS"
    for (y = 2017; y <= 2019; y++) for (m = 1; m <= 12; m++) {
        t = y * 12 + m
        if (y < 2019) { put("A", y, m, "sales", 10); put("B", y, m, "sales", 20) } else put("C", y, m, "sales", 33)
        if (y < 2019) { put("A", y, m, "people", 1000); put("B", y, m, "people", 3000) } else put("C", y, m, "people", 4000)
        if (y < 2019) { put("A", y, m, "price", 5); put("B", y, m, "price", 6) } else put("C", y, m, "price", 6)
        if (t < 2018 * 12 + 7) { put("D", y, m, "sales", 100); put("E", y, m, "sales", 50) } else put("D", y, m, "sales", 165)
        if (t < 2018 * 12 + 10) put("F", y, m, "sales", 60)
        else { put("F1", y, m, "sales", 22); put("F2", y, m, "sales", 44) }
        if (t == 2018 * 12 + 11) put("F1", y, m, "sales", 20, "base")
        if (y < 2019) put("G", y, m, "sales", 40)
        else { put("G", y, m, "sales", 30); if (m > 1) put("G2", y, m, "sales", 15) }
        if (t < 2018 * 12 + 7) put("H", y, m, "sales", 70); else put("H9", y, m, "sales", 77)
        if (t < 2018 * 12 + 4 || t >= 2018 * 12 + 10) put("K", y, m, "sales", 80 + 8 * (y > 2018))
        put("L", y, m, "sales", 90 + 9 * (y > 2018)); put("M", y, m, "sales", 95)
        put("N", y, m, "sales", 50 + 5 * (y > 2017), "", y == 2018 && m == 5 ? "B" : "")
        put("P", y, m, "sales", 10 + (y > 2018))
        if (t >= 2018 * 12 + 3) put("Q", y, m, "sales", 12)
    } }' >"$tmp/all.csv"
cp "$tmp/all.csv" "$root/datasets/county/inbox/all.csv"

"$TB_BIN/tongbao" -C "$root" -p county check >"$tmp/out" 2>"$tmp/err"
is "the profile is right" $? 0
"$TB_BIN/tongbao" -C "$root" -p county -q run 2019-06 >"$tmp/out" 2>"$tmp/err"
is "the run is done, nothing rejected" $? 0
run=$(ls -d "$root"/datasets/county/runs/2019-06-* | head -n 1)
"$TB_BIN/tongbao" -C "$root" -p county export measures >"$tmp/measures.csv"
# of UNIT INDICATOR MEASURE PERIOD: value and status, of the measures that were computed
of() {
    awk -F, -v u="$1" -v i="$2" -v m="$3" -v p="$4" \
        '$1 == u && $2 == i && $3 == m && $5 == p { print $6 "|" $7 }' "$tmp/measures.csv"
}
why() { # why UNIT INDICATOR MEASURE PERIOD: effect, reason, day
    awk -F, -v k="$1,$2,$3,$4" '$1 "," $2 "," $3 "," $4 == k { print $5 "," $6 "," $7 }' "$run/analyse/breaks.csv"
}

is "merged: the base is the sum of the parts, and says so" "$(of C sales growth 2019-06)" "10.0|B"
is "its reason is written down" "$(why C sales growth 2019-06)" "bridged,merged,2019-01-01"
is "cumulated as well" "$(of C sales ytd_growth 2019-06)" "10.0|B"
is "on the month before" "$(of C sales mom 2019-01)" "10.0|B"
is "a month later nothing is bridged any more" "$(of C sales mom 2019-02)" "0.0|A"
is "a stock is the sum of the parts" "$(of C people growth 2019-06)" "0.0|B"
is "a quotient is that of the sums: 33/4000 on 30/4000" "$(of C head growth 2019-06)" "10.0|B"
is "rates of parts do not add up" "$(of C price growth 2019-06)" "|M"
is "and that is the reason" "$(why C price growth 2019-06)" "none,not_additive,2019-01-01"
is "absorbed in the middle of a year: 165 on 100 + 50" "$(of D sales growth 2018-08)" "10.0|B"
is "cumulated: 6 x 100 + 2 x 165 on 6 x 100 + 2 x 150" "$(of D sales ytd_growth 2018-08)" "3.3|B"
is "in the year after: 3 x 165 on 3 x (100 + 50)" "$(of D sales ytd_growth 2019-03)" "10.0|B"
is "and on: 8 x 165 on 6 x 150 + 2 x 165" "$(of D sales ytd_growth 2019-08)" "7.3|B"
is "its first figure after is flagged B, those behind it are not" \
    "$(of D sales value 2018-07) $(of D sales value 2018-08)" "165.0|B 165.0|A"
is "split: no base" "$(of F2 sales growth 2018-12)" "|M"
is "and the reason" "$(why F2 sales growth 2018-12)" "none,split,2018-10-01"
is "unless a comparable one was supplied: 22 on 20" "$(of F1 sales growth 2018-11)" "10.0|B"
is "the next month, without one, has none" "$(of F1 sales growth 2018-12)" "|M"
is "the part that keeps the code has none either" "$(of G sales growth 2019-06)" "|M"
is "a day within a month leaves that month without a base on either side" \
    "$(why G sales mom 2019-01) $(why G sales mom 2019-02)" "none,split,2019-01-02 none,split,2019-01-02"
is "after that it compares with itself" "$(of G sales mom 2019-03)" "0.0|A"
is "another code: the same unit; 8 x 77 on 6 x 70 + 2 x 77" \
    "$(of H9 sales growth 2018-12) $(of H9 sales ytd_growth 2019-08)" "10.0|B 7.3|B"
is "closed and opened again: the same unit, where it was there" \
    "$(of K sales growth 2019-02) $(of K sales growth 2019-06)" "10.0|A |L"
is "boundaries: no base" "$(of L sales growth 2019-03) $(of L sales growth 2019-02)" "|M 10.0|A"
is "a break that was submitted breaks all comparisons across it" \
    "$(of N sales growth 2018-04) $(of N sales growth 2018-05) $(of N sales growth 2019-04) $(of N sales growth 2019-05)" \
    "10.0|A |M |M 0.0|A"
is "only another name: nothing" "$(of P sales growth 2019-06)$(grep -c '^P,' "$run/analyse/breaks.csv")" "10.0|A0"
is "opened: no growth, and since when" \
    "$(of Q sales growth 2019-02) $(why Q sales growth 2019-02)" "|L none,opened,2018-03-01"
is "what it cumulated in a part of a year is no base" "$(why Q sales ytd_growth 2019-05)" "none,opened,2018-03-01"

is "rules see the same past: a merger is no step, a split is not judged" \
    "$(grep '^step,[a-z]*,\(C\|D\|F1\|F2\|G\|H9\|L\|M\),' "$run/process/checks.csv")" ""
is "last_year(value) of a merged unit is that of its parts" \
    "$(grep -c '^year,[a-z]*,\(C\|D\|G\|F1\),' "$run/process/checks.csv")" 0
is "changes are listed by day" "$(tail -n +2 "$run/process/changes.csv" | cut -d, -f1-3 | tr '\n' ' ')" \
    'opened,2018-03-01, closed,2018-04-01,K merged,2018-07-01,"D;E" renamed,2018-07-01,H split,2018-10-01,F opened,2018-10-01, merged,2019-01-01,"A;B" split,2019-01-02,G renamed,2019-02-01,P boundary,2019-03-01,"L;M" '
"$TB_BIN/tongbao" -C "$root" -p county explain G sales 2019-06 >"$tmp/out" 2>"$tmp/err"
has "explain says why there is no growth" "$tmp/out" "growth  no growth: split on 2019-01-02: G -> G, G2"
"$TB_BIN/tongbao" -C "$root" -p county --lang zh explain C sales 2019-06 >"$tmp/out" 2>"$tmp/err"
has "in Chinese too" "$tmp/out" "增速跨越口径变化：2019-01-01 合并：甲镇、乙镇 -> 丙镇（by decision 7）"
"$TB_BIN/tongbao" -C "$root" -p county explain C sales 2019-06 >"$tmp/out" 2>"$tmp/err"
is "and leads to the parts that the base is the sum of" \
    "$(grep -c '^  [AB]  sales  value  2018-06  [12]0 万元 (A)' "$tmp/out") $(grep -c '| [AB],2018-06,sales,value,[12]0,' "$tmp/out")" "2 2"
"$TB_BIN/tongbao" -C "$root" -p county explain D sales 2019-06 >"$tmp/out" 2>"$tmp/err"
is "of a cumulated base to each month of it" "$(grep -c '^  E  sales  value  2018-0[1-6]' "$tmp/out")" 6
report=$(find "$root/reports/county/2019-06" -name 'data-quality*.md')
says "the data-quality report lists the changes of the year" '^\| 2019-01-02 +\| split +\| G +\| G, G2' "$report"
says "and growth that there is none of" 'no growth: split on 2019-01-02' "$report"

# What only the data show, and mistakes of the table.
sed -i 's/^Q,.*/Q,卯镇,Q,towns,,,/' "$config/units.csv"
sed -i '/^2018-07-01,merged/d; /^2018-04-01,closed/d; /^2018-10-01,opened/d' "$config/unit_changes.csv"
rm -rf "$root/datasets"
mkdir -p "$root/datasets/county/inbox"
cp "$tmp/all.csv" "$root/datasets/county/inbox/"
"$TB_BIN/tongbao" -C "$root" -p county -q collect >"$tmp/out" 2>"$tmp/err"
"$TB_BIN/tongbao" -C "$root" -p county -q process >"$tmp/out" 2>"$tmp/err"
changes=$(find "$root/datasets/county/runs" -name changes.csv)
says "an opening that only the data show" '^opened,2018-03-01,,Q,data,2018-03,' "$changes"
says "a closing that only the data show" '^closed,2018-07-01,E,,data,,2018-06,' "$changes"
says "a silence" '^silent,2018-04-01,K,,data,2018-10,2018-03,' "$changes"
silent "65 more where 50 ended is no merger" '^merged\?' "$changes"
sed -i 's/^\(D,2018-0[7-9],sales,value,\)165/\1152/' "$tmp/all.csv"
rm -rf "$root/datasets"
mkdir -p "$root/datasets/county/inbox"
cp "$tmp/all.csv" "$root/datasets/county/inbox/"
"$TB_BIN/tongbao" -C "$root" -p county -q collect >"$tmp/out" 2>"$tmp/err"
"$TB_BIN/tongbao" -C "$root" -p county -q process >"$tmp/out" 2>"$tmp/err"
changes=$(find "$root/datasets/county/runs" -name changes.csv)
says "52 more where 50 ended is asked about" '^merged\?,2018-07-01,E,D,data,,2018-06,' "$changes"
cat >"$config/unit_changes.csv" <<'END'
date,kind,from,to,note
2019-01-01,merged,A,C,
2018-10-01,split,F,F1;F3,
2019-13-02,split,G,G;G2,
2018-04-01,gone,K,,
2018-06-01,merged,B;L,L,
END
"$TB_BIN/tongbao" -C "$root" -p county check >"$tmp/out" 2>"$tmp/err"
is "mistakes are refused" $? 2
cat "$tmp/out" "$tmp/err" >"$tmp/both"
for text in "unit_changes.csv:2:19: error: 1 units under 'from' and 1 under 'to', expected at least two units under 'from'" \
    "unit_changes.csv:3:23: error: unknown unit 'F3'" "unit_changes.csv:4:1: error: '2019-13-02'" \
    "unit_changes.csv:5:12: error: unknown kind 'gone', expected one of: opened, closed, merged, split, renamed, boundary" \
    "unit_changes.csv:6:19: error: unit 'B' has another valid_to in units.csv, expected the day before"; do
    has "told: $text" "$tmp/both" "$text"
done
done_testing
