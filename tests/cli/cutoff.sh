#!/bin/sh
# cutoff.sh - what comes after a round has closed (late = next of deadlines.csv) is left
# to the next one, and said so: dates on both sides, over holidays, resubmissions between
# rounds, files of several periods, rows that take back, corrections by the bureau.
# Prints TAP.
. "$(dirname "$0")/lib.sh"

t() { # t ARGUMENTS: exit code in rc
    "$TB_BIN/tongbao" -C "$root" -p p "$@" >"$tmp/out" 2>"$tmp/err"
    rc=$?
}

config=$root/config/p
data=$root/datasets/p
mkdir -p "$config" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验
name_en = Trial
languages = en
frequency = M
utc_offset = +08:00
subject_group = city
END
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,groups
S,双清区,Shuangqing,city
D,大祥区,Daxiang,city
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals
retail,社零总额,Retail,万元,flow,higher,M,computed,0
budget,预算收入,Budget,万元,flow,higher,M,computed,0
gdp,生产总值,GDP,亿元,flow,higher,Q,computed,0
END
cat >"$config/forms.csv" <<'END'
form,files,layout,period_from
dated,dated*.csv,long,
month,*_{period}*.csv,long,file
END
cat >"$config/calendar.csv" <<'END'
date,kind,applies_to,note
2023-06-22,holiday,,端午节
2023-06-23,holiday,,端午节
2023-06-24,holiday,,端午节
2023-06-25,workday,,调休上班
END
deadlines() { # deadlines ROW ...
    echo 'deadline,step,applies_to,due,shift,late' >"$config/deadlines.csv"
    printf '%s\n' "$@" >>"$config/deadlines.csv"
}
send() { # send NAME MOMENT: the file on stdin; what lies there is collected first
    [ ! -e "$data/inbox/$1" ] || t -q collect
    mkdir -p "$data/inbox/$(dirname "$1")"
    cat >"$data/inbox/$1"
    touch -d "$2 +0800" "$data/inbox/$1"
}
table() { # table NAME MOMENT INDICATOR S D
    printf '单位,指标,数值\nS,%s,%s\nD,%s,%s\n' "$3" "$4" "$3" "$5" | send "$1" "$2"
}
run() { # run PERIOD [OPTION ...]: the night; its folder in `run`
    period=$1
    shift
    t -q "$@" run "$period"
    run=$data/runs/$(cat "$root/reports/p/$period/run.txt")
}
value() { # value INDICATOR PERIOD: S and D in the last run
    t --run "$run" export measures
    awk -F, -v i="$1" -v p="$2" 'NR == 1 { for (k = 1; k <= NF; k++) at[$k] = k; next }
        $at["INDICATOR"] == i && $at["TIME_PERIOD"] == p && $at["MEASURE"] == "value" {
            value[$at["REF_AREA"]] = $at["OBS_VALUE"] }
        END { print (value["S"] == "" ? "-" : value["S"]), (value["D"] == "" ? "-" : value["D"]) }' "$tmp/out"
}
left() { # left TABLE COLUMN ...: of a table of process, a row a line
    file=$run/process/$1
    shift
    awk -F, -v want="$*" 'NR == 1 { n = split(want, w, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
        { line = ""; for (k = 1; k <= n; k++) line = line (k > 1 ? " " : "") (w[k] in at ? ($at[w[k]] == "" ? "-" : $at[w[k]]) : "?"); print line }' "$file"
}
left_out() { left left_out.csv unit indicator period value status name line closed next_run used_value used_name; }
again() {
    rm -rf "$data" "$root/reports/p" "$config/edits.csv"
}

# --- mistakes in the column ---

deadlines 'a,submit,*,21,,sometimes' 'b,submit,Q,21,,next' 'c,cutoff,*,20,,next' 'd,case,,3 workdays,,next'
t check
is 'mistakes are refused' "$rc" 2
while IFS= read -r line; do
    has "$line" "$tmp/err" "$line"
done <<'END'
deadlines.csv:2:16: error: unknown late 'sometimes', expected one of: use, next
deadlines.csv:4:16: error: a round closes once, by step submit already on line 3
deadlines.csv:5:21: error: a case belongs to no round, expected none here
END

# --- without the column everything is as it was: the latest counts ---

deadlines 'monthly,submit,*,22,next workday,'
table com/retail_2023-05.csv '2023-05-20 09:00' retail 10 20
table com/retail_2023-05.csv '2023-05-23 00:10' retail 12 20
run 2023-05
is 'without late = next the latest is used' "$rc $(value retail 2023-05)" '0 12 20'
is 'and nothing is left out' "$(left_out)" ''
t process
is 'and process needs no period' "$rc" 0

# --- both sides of the day, resubmissions between rounds ---

again
deadlines 'monthly,submit,*,22,next workday,next' 'loose,submit,budget,22,,use' 'quarter,submit,Q,+1 month 10,,next'
t check
is 'the profile is sound' "$rc $(cat "$tmp/err")" '0 '
table com/retail_2023-04.csv '2023-04-20 09:00' retail 1 2
table com/retail_2023-05.csv '2023-05-20 09:00' retail 10 20
table com/retail_2023-05.csv '2023-05-22 23:59' retail 11 20
table com/retail_2023-05.csv '2023-05-23 00:10' retail 12 20
table com/budget_2023-05.csv '2023-05-20 09:00' budget 5 6
table com/budget_2023-05.csv '2023-05-25 09:00' budget 7 6
run 2023-05
is 'the night' "$rc $(cat "$tmp/err")" '0 '
is 'the last before the round closed is used' "$(value retail 2023-05)" '11 20'
is 'a row without late = next takes what comes later' "$(value budget 2023-05)" '7 6'
is 'what is left out is told with its file, day and next round' "$(left_out)" \
    'S retail 2023-05 12 A retail_2023-05.csv 2 2023-05-22 2023-06 11 retail_2023-05.csv'
is 'per file' "$(left sources.csv name left_out | sort | uniq -c | awk '{ print $2, $3 }')" \
    'budget_2023-05.csv 0
edits.csv 0
retail_2023-04.csv 0
retail_2023-05.csv 0
retail_2023-05.csv 2'
is 'and per unit and indicator' "$(left cells.csv unit indicator left_out | grep retail)" 'S retail 1
D retail 1'
t --as-of 2023-05-24 status 2023-05
has 'status counts them' "$tmp/out" 'values that came after the round had closed, left to the next: 1'
has 'names the value, the file and the one in force' "$tmp/out" \
    '2023-05-23T00:10:00+08:00  com     retail_2023-05.csv  2023-05-22    2023-06         1  S retail value 2023-05 12 (used: 11)'
t --lang zh status 2023-05
has 'in Chinese too' "$tmp/out" '本轮截止后收到、留待下一轮的数据：1'
t explain S retail 2023-05
has 'explain names it' "$tmp/out" \
    'retail  value  2023-05  12 (A)  came after the round closed on 2023-05-22: not used here, used from 2023-06'
has 'with file and line' "$tmp/out" 'com/retail_2023-05.csv:2  received 2023-05-23T00:10:00+08:00'
has 'the report on data quality lists it' "$root/reports/p/2023-05/data-quality.md" '## After the round had closed'
has 'with what is used' "$root/reports/p/2023-05/data-quality.md" '1 values came too late for this round'
receipt=$(grep -l '2023-05-23 00:10' "$run"/collect/receipts/*.md)
has 'the sender is told' "$receipt" 'closed on 2023-05-22; the figures count in the next, but for indicators with a day of their own'
is 'and nobody who was in time' "$(grep -l 'closed on' "$run"/collect/receipts/*.md | wc -l)" 2
t --run "$root/draft" collect
t --run "$root/draft" process
is 'process by hand asks for the period' "$rc $(grep -c 'give the PERIOD of the run' "$tmp/err")" '2 1'
t --run "$root/draft" process 2023-05
is 'and takes it' "$rc" 0
t --run "$root/draft" process 2023-5x
is 'if it is one' "$rc" 2

# --- over the holidays: the 22nd is none, nor are the two days after; Sunday is worked ---

table com/retail_2023-06.csv '2023-06-25 23:59' retail 30 40
table com/retail_2023-06b.csv '2023-06-26 00:01' retail 31 41
run 2023-06
is 'a closing day moves over the holidays' "$(value retail 2023-06)" '30 40'
is 'no further than that' "$(left_out | cut -d' ' -f1-4,8-10)" 'S retail 2023-06 31 2023-06-25 2023-07 30
D retail 2023-06 41 2023-06-25 2023-07 40'
is 'what the round before left out is in this one' "$(value retail 2023-05)" '12 20'
is 'as a revision' "$(left revisions.csv indicator unit period old_value new_value new_received | grep retail | tail -n 1)" \
    'retail S 2023-05 11 12 2023-05-23T00:10:00+08:00'
run 2023-05
is 'the round before stays as it was' "$(value retail 2023-05)" '11 20'
run 2023-06 --as-of 2023-06-25
is '--as-of the evening before knows of nothing later' "$(left_out)" ''

# --- files of several periods ---

send com/dated.csv '2023-06-27 09:00' <<'END'
单位,指标,报告期,数值
S,retail,2023-04,3
S,retail,2023-05,12
S,retail,2023-06,32
S,retail,2023-07,50
D,retail,2023-03,9
END
run 2023-06
is 'of a late file each value of this round and before waits' \
    "$(left_out | grep dated | cut -d' ' -f1-4,7,9-10)" 'S retail 2023-04 3 2 2023-07 1
S retail 2023-06 32 4 2023-07 30
D retail 2023-03 9 6 2023-07 -'
is 'the next period too, but it is not asked for yet' \
    "$(left sources.csv name left_out | grep dated) $(value retail 2023-07)" 'dated.csv 5 - -'
run 2023-07
is 'the next round has all of them' "$(value retail 2023-04) $(value retail 2023-06) $(value retail 2023-07)" \
    '3 2 32 41 50 -'
is 'and leaves nothing' "$(left_out)" ''

# --- the bureau's own corrections are not bound by it ---

cat >"$config/edits.csv" <<'END'
when,who,unit,indicator,measure,period,value,reason
2023-07-05,zhang,D,retail,value,2023-06,44,verified
END
run 2023-06
is 'a correction by the bureau counts whenever it is made' "$(value retail 2023-06)" '30 44'
rm "$config/edits.csv"

# --- a row that takes back waits too; a withdrawal of the file does not ---

printf '单位,指标,数值,ACTION\nD,retail,,D\n' | send com/retail_2023-06c.csv '2023-06-28 09:00'
run 2023-06
is 'a row that takes back comes too late like any other' "$(value retail 2023-06)" '30 40'
is 'and is told' "$(left_out | grep 06c)" 'D retail 2023-06 - - retail_2023-06c.csv 2 2023-06-25 2023-07 40 retail_2023-06.csv'
run 2023-07
is 'in the next round there is nothing' "$(value retail 2023-06)" '32 -'
echo 'wrong table' | send com/retail_2023-06.csv.withdraw '2023-06-29 09:00'
run 2023-06
is 'what a sender withdraws as a whole is not printed, whenever that came' "$(value retail 2023-06)" '- -'

# --- what came late only is late, not missing ---

again
table com/retail_2023-04.csv '2023-04-20 09:00' retail 1 2
printf '单位,指标,数值\nS,retail,10\n' | send com/retail_2023-05.csv '2023-05-20 09:00'
printf '单位,指标,数值\nD,retail,20\n' | send com/retail_2023-05d.csv '2023-05-24 09:00'
run 2023-05
is 'nothing is in its place' "$(value retail 2023-05)" '10 -'
is 'it counts as come, and late' "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["level"] == "all" { print $at["expected"], $at["received"], $at["on_time"], $at["late"] }' "$run/analyse/completeness.csv")" '2 2 1 1'
is 'and is told' "$(left_out)" 'D retail 2023-05 20 A retail_2023-05d.csv 2 2023-05-22 2023-06 - -'

# --- quarterly figures by a row of their own ---

again
table com/retail_2023-05.csv '2023-05-20 09:00' retail 10 20
send com/dated_q.csv '2023-04-10 09:00' <<'END'
单位,指标,报告期,数值
S,gdp,2023-Q1,100
D,gdp,2023-Q1,200
END
send com/dated_q.csv '2023-04-11 09:00' <<'END'
单位,指标,报告期,数值
S,gdp,2023-Q1,101
D,gdp,2023-Q1,200
END
send com/dated_q2.csv '2023-05-23 09:00' <<'END'
单位,指标,报告期,数值
D,gdp,2023-Q1,222
END
run 2023-03
is 'the run of the month that ends the quarter goes by the row of the quarter' \
    "$(value gdp 2023-Q1) $(left_out | cut -d' ' -f1,4,8-9)" '100 200 S 101 2023-04-10 2023-04
D 222 2023-04-10 2023-06'
run 2023-05
is 'a month that ends none takes what came by its own closing day' \
    "$(value gdp 2023-Q1) $(left_out | cut -d' ' -f1,4,8-9)" '101 200 D 222 2023-05-22 2023-06'
done_testing
