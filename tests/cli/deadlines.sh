#!/bin/sh
# deadlines.sh - the tables of due days through the programs: every mistake in them
# with its place, years without a table, waivers, and what is due next.
. "$(dirname "$0")/lib.sh"

tongbao() {
    "$TB_BIN/tongbao" -C "$root" -p p "$@"
}

config=$root/config/p
mkdir -p "$config"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验
name_en = Trial
languages = zh;en
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
indicator,name_zh,name_en,unit_measure,kind,direction,frequency
retail,社零总额,Retail,万元,flow,higher,M
budget,预算收入,Budget,万元,flow,higher,M
gdp,生产总值,GDP,亿元,flow,higher,Q
rd,研发经费,R&D,亿元,flow,higher,A
towns,乡镇数,Towns,个,stock,higher,M
END
cat >"$config/departments.csv" <<'END'
department,name_zh,name_en
drc,发改局,Development
stats,统计局,Statistics
END
cat >"$config/forms.csv" <<'END'
form,files,layout,unit_from,period_from,indicator_from,unit_measure,measure,columns
trade,trade_{period}.csv,indicators-across,column:地区,file,,万元,value,零售=retail;预算=budget
towns,towns_*.csv,long,,,,,value,
any,*_{period}.csv,long,column:地区,file,column:指标,,value,
END

# --- every mistake, with its place ---

cat >"$config/calendar.csv" <<'END'
date,kind,applies_to,note
2023-01-02,holiday,,
2024-05-01,year,,
2024-01-01,year,,
2024-01-01,year,,
2023-07-10,deadline,2023-06,
2023-07-11,deadline,2023年6月,
2023-01-02,workday,,
END
cat >"$config/deadlines.csv" <<'END'
deadline,step,applies_to,due,shift,to,class,name_zh,name_en
m,submit,*,21,,drc;nobody,,,
m,submit,,每月32日前,,,,,
q,submitt,Q,last workday of week,,,,,
f,submit,towns,10,,,,,
g,report,frequency:Q;form:trade;gdq,"每月22日前（遇节假日往后顺延）",none,,,,
h,verify,rd;retail,3月25日前,tomorrow,,,,
i,verify,Q,03-25,,,simple,,
j,case,retail,20,,,simple,,
k,case,,20 workdays,,,simple,,
l,cutoff,,20 workdays,,,,,
o,cutoff,retail,20,,,,,
r,cutoff,gdp;社零总额,20,,,,,
END
cat >"$config/cases.csv" <<'END'
case,class,unit,opened,closed,note
c1,simpel,S,2023-06-12,2023-06-09,
c1,simple,X,yesterday,,
c2,,S,,,
END
cat >"$config/waivers.csv" <<'END'
units,indicators,forms,from,to,who,reason
,retail,,2023-05,,统计局,灾
S;Y,retial,,2023-05,2023-04,,灾
S,,,2023-05,,统计局,
S,,any;trada,soon,,统计局,灾
END
cat >"$config/faults.csv" <<'END'
when,who,unit,indicator,period,fault,note
today,zhang,S,gdp,2023-05,late,
2023-07-01,,,retail,2023-05,false,
END
tongbao check >"$root/out" 2>"$root/said"
is 'a profile with mistakes in them is refused' $? 2
while IFS= read -r line; do
    has "$line" "$root/said" "/config/p/$line"
done <<'END'
calendar.csv:3:1: error: a year is named by its first day, expected 2024-01-01
calendar.csv:5:1: error: duplicate year, already on line 4
calendar.csv:7:1: error: duplicate deadline of the period, already on line 6
calendar.csv:8:1: error: duplicate day, already on line 2
deadlines.csv:2:20: error: unknown department 'nobody'
deadlines.csv:3:1: error: duplicate deadline 'm', already on line 2
deadlines.csv:3:11: error: '每月32日前' is no due day, expected a day of the month from 1 to 31
deadlines.csv:3:10: error: a second row for step submit of everything, already on line 2
deadlines.csv:4:3: error: unknown step 'submitt', expected one of: cutoff, submit, verify, report, case
deadlines.csv:4:13: error: 'last workday of week' is no due day, expected month, quarter, half or year behind 'of'
deadlines.csv:5:10: error: 'towns' is ambiguous, expected a code behind indicator:, form: or frequency:
deadlines.csv:6:33: error: 'gdq' is no indicator, form or frequency, did you mean 'gdp'?
deadlines.csv:6:56: error: shift is none, but due says that the day moves
deadlines.csv:7:13: error: a date of the year is for annual figures, but 'retail' is of frequency M
deadlines.csv:7:27: error: unknown shift 'tomorrow', expected one of: none, next workday
deadlines.csv:8:10: error: a date of the year is for annual figures, expected A
deadlines.csv:8:20: error: a class is for step case, this one is verify
deadlines.csv:9:8: error: a limit of cases goes by class, expected none here
deadlines.csv:9:15: error: '20' is no limit of a case, expected such as 20 workdays
deadlines.csv:10:23: error: a second row for the same class of cases, already on line 9
deadlines.csv:11:11: error: '20 workdays' is counted from the opening of a case, expected step case, or +20 workdays after the period's end
deadlines.csv:13:14: error: a second row for step cutoff of the same indicator, already on line 12
cases.csv:2:4: error: no limit of class 'simpel', did you mean 'simple'?
cases.csv:2:24: error: closed before it was opened
cases.csv:3:1: error: duplicate case 'c1', already on line 2
cases.csv:3:11: error: unknown unit 'X'
cases.csv:3:13: error: 'yesterday' is not a date, expected such as 2023-06-30
cases.csv:4:4: error: no limit of class '', expected a row of step case in deadlines.csv
cases.csv:4: error: no opened, expected one in every row
waivers.csv:2:1: error: no units, expected one in every row
waivers.csv:3:3: error: unknown unit 'Y'
waivers.csv:3:5: error: unknown indicator 'retial', did you mean 'retail'?
waivers.csv:3:21: error: the last period '2023-04' lies before the first
waivers.csv:3:29: error: no who, expected one in every row
waivers.csv:4:3: error: neither indicators nor forms, expected codes or *
waivers.csv:4: error: no reason, expected one in every row
waivers.csv:5:4: error: form 'any' names no indicator in its columns, expected them in column indicators
waivers.csv:5:8: error: unknown form 'trada', expected a code of forms.csv
waivers.csv:5:14: error: 'soon' is not a period
faults.csv:2:1: error: 'today' is not a moment
faults.csv:2:19: error: period '2023-05' is not of the indicator's frequency Q
faults.csv:2:27: error: unknown fault 'late', expected one of: false, withheld, cleared
faults.csv:3:12: error: no who, expected one in every row
faults.csv:3:13: error: no unit, expected one in every row
END
printf '[calendar]\ndeadline_day = 21\n' >>"$config/profile.ini"
tongbao check 2>&1 >/dev/null | grep 'deadlines.csv:2:' >"$root/said"
has 'one day of submission for everything' "$root/said" 'deadlines.csv:2:10: error: deadline_day of profile.ini already says when everything is due, expected one of the two'
sed -i '/calendar/d;/deadline_day/d' "$config/profile.ini"

# --- a year without a table ---

rm "$config/cases.csv" "$config/waivers.csv" "$config/faults.csv"
mkdir -p "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
cat >"$config/calendar.csv" <<'END'
date,kind,applies_to,note
2022-12-31,holiday,,元旦
2023-01-02,holiday,,元旦
END
cat >"$config/deadlines.csv" <<'END'
deadline,step,applies_to,due,shift,to,class,name_zh,name_en
cut,cutoff,,20,,,,数据截止,cut-off
send,submit,*,+1 month 21,,drc;stats,,月度报送,monthly figures
up,report,,次月22日前（遇节假日往后顺延）,,stats,,上报,reported upwards
quarter,report,季报,每季度最后一个工作日,,,,专委会报告,committee report
simple,case,,3 workdays,,,simple,简易件,simple case
END
inbox=$root/datasets/p/inbox
mkdir -p "$inbox"
send() { # send NAME DAY TEXT
    printf "$3" >"$inbox/$1"
    touch -d "$2T08:00:00Z" "$inbox/$1"
}
send trade_2023-04.csv 2023-05-22 '地区,零售,预算\n双清区,10,20\n大祥区,11,21\n'
send trade_2023-05.csv 2023-06-20 '地区,零售,预算\n双清区,12,22\n大祥区,13,\n'
missing='config/p/calendar.csv: error: no table for 2024, in which submissions fall due: expected its holidays and make-up days, or a row '"'2024-01-01,year'"' if it has none'
tongbao --as-of 2023-06-25 -q run 2023-05 >"$root/out" 2>"$root/said"
is 'a night without anything to say' "$? $(cat "$root/said")" '0 '
tongbao --as-of 2023-11-30 check >"$root/out" 2>"$root/said"
is 'more than a month ahead nothing is said' "$? $(cat "$root/said")" '0 '
tongbao --as-of 2023-12-01 check >"$root/out" 2>"$root/said"
is 'a month ahead it is an error of check' $? 2
has 'which names the file and what to add' "$root/said" "$missing"
tongbao --as-of 2023-12-01 -q run 2023-05 >"$root/out" 2>"$root/said"
is 'a night goes on' $? 0
has 'and says so' "$root/said" 'config/p/calendar.csv: no table for 2024'
has 'in the log as an error' "$root/said" ' error run: '
tongbao --as-of 2024-01-15 check >"$root/out" 2>"$root/said"
is 'who reported last year reports this year' $? 2
send trade_2023-12.csv 2024-01-21 '地区,零售,预算\n双清区,12,22\n大祥区,13,\n'
tongbao --as-of 2024-01-31 -q run 2023-12 >"$root/out" 2>"$root/said"
is 'a night in the year itself goes on too' $? 0
has 'and says so as well' "$root/said" 'config/p/calendar.csv: no table for 2024'
tongbao --as-of 2024-02-01 check >"$root/out" 2>"$root/said"
is 'in the year itself it is an error' $? 2
tongbao --as-of 2026-02-01 check >"$root/out" 2>"$root/said"
is 'a past year is a warning' "$? $(grep -c 'warning: no table for 2024' "$root/said")" '0 1'
is 'and one that the tables know is not told' "$(wc -l <"$root/said")" 1
printf '2024-01-01,year,,\n' >>"$config/calendar.csv"
tongbao --as-of 2024-02-01 check >"$root/out" 2>"$root/said"
is 'a row year answers' "$? $(cat "$root/said")" '0 '
printf 'date,kind,applies_to,note\n' >"$config/calendar.csv"
tongbao --as-of 2024-02-01 check >"$root/out" 2>"$root/said"
is 'without holidays no year needs a table' "$? $(cat "$root/said")" '0 '
cp "$config/profile.ini" "$root/profile.ini"
printf '[calendar]\nholidays = yes\n' >>"$config/profile.ini"
tongbao --as-of 2024-02-01 check >"$root/out" 2>"$root/said"
is 'unless the profile says that it has some' "$? $(grep -c 'no table for 2024' "$root/said")" '2 1'
cp "$root/profile.ini" "$config/profile.ini"

# --- what is due next ---

cat >"$config/calendar.csv" <<'END'
date,kind,applies_to,note
2023-06-22,holiday,,端午节
2023-06-23,holiday,,端午节
2023-06-24,holiday,,端午节
2023-06-25,workday,,调休上班
END
cat >"$config/cases.csv" <<'END'
case,class,unit,opened,closed,note
c1,simple,S,2023-06-19,,
c2,simple,D,2023-06-25,,联合验收
c3,simple,S,2023-06-19,2023-06-21,
c4,simple,S,2023-06-19,2023-06-25,
c5,simple,S,2023-07-25,,
END
tongbao --as-of 2023-06-25 -q run 2023-05 >"$root/out" 2>"$root/said"
is 'a night with all the tables' "$? $(cat "$root/said")" '0 '
tongbao --as-of 2023-06-25 --lang en status >"$root/out"
sed -n '/^due from/,/^$/p' "$root/out" >"$root/due"
cat >"$root/want" <<'END'
due from 2023-06-25 on, within 30 days: 6
  2023-06-25  report      reported upwards  May 2023   Statistics
  2023-06-30  report      committee report  Q2 2023
  2023-07-20  cut-off                       July 2023
  2023-07-21  submission  monthly figures   Q2 2023    Development, Statistics
  2023-07-21  submission  monthly figures   June 2023  Development, Statistics
  2023-07-24  report      reported upwards  June 2023  Statistics

END
ok 'the diary, with addressees, moved over the weekend' "$(diff "$root/want" "$root/due" >&2; echo $?)"
sed -n '/^cases:/,$p' "$root/out" >"$root/due"
cat >"$root/want" <<'END'
cases: 1 overdue, 1 open, 1 closed in time, 1 closed late
  case  class   unit        opened      limit       state    note
  c1    simple  Shuangqing  2023-06-19  2023-06-21  overdue
  c2    simple  Daxiang     2023-06-25  2023-06-27  open     联合验收
END
ok 'cases: the opening day counts, a make-up Sunday too' "$(diff "$root/want" "$root/due" >&2; echo $?)"
tongbao --as-of 2023-12-28 --lang zh status >"$root/out"
has 'a day that hangs on unknown holidays is marked' "$root/out" '2024-01-22*'
has 'and explained' "$root/out" '* calendar.csv 中没有该年的节假日，日期只按周末推算'

# --- findings and waivers come in every day: no submission is read again for them ---

ls "$root/datasets/p/segments" >"$root/before"
cat >"$config/faults.csv" <<'END'
when,who,unit,indicator,period,fault,note
2023-06-25,统计局,S,retail,2023-05,false,
END
cat >"$config/waivers.csv" <<'END'
units,indicators,forms,from,to,who,reason
D,budget,,2023-05,,统计局,受灾停报
END
tongbao --as-of 2023-06-25 -q run 2023-05 >"$root/out" 2>"$root/said"
is 'a night with a finding and a waiver' "$? $(cat "$root/said")" '0 '
ls "$root/datasets/p/segments" >"$root/after"
is 'reads nothing again' "$(cat "$root/after")" "$(cat "$root/before")"
printf 'R,武冈市,Wugang,city\n' >>"$config/units.csv"
tongbao --as-of 2023-06-25 -q run 2023-05 >"$root/out" 2>"$root/said"
is 'a new unit does read again' "$(ls "$root/datasets/p/segments" | cmp -s - "$root/before"; echo $?)" 1

done_testing
