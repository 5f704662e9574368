#!/bin/sh
# events.sh - the cycle as events (R01 to R15, R24): what is due, held, missing and not reported, in
# weeks, ten days, months, two months, quarters, halves and years, by plan, unit and facility.
. "$(dirname "$0")/lib.sh"
config=$root/config/city
inbox=$root/datasets/city/inbox
run=$root/datasets/city/runs/draft
mkdir -p "$config" "$inbox"
printf 'group,name_zh\ntowns,各镇\nplants,500吨以下设施\nforces,专班\n' >"$config/groups.csv"
printf '%s\n' unit,name_zh,groups,parent C,市,, F1,一专班,forces,C F2,二专班,forces,C A,甲镇,towns,C B,乙镇,towns,C P1,一厂,plants,A P2,二厂,plants,B >"$config/units.csv"
printf 'department,name_zh\nhousing,住建局\n' >"$config/departments.csv"
printf '%s\n' task,block,sequence,name_zh,lead_department main,总方案,1,调度机制, homes,地产风险,2,提速保质,housing law,安全生产,3,乡镇执法, \
    safety,安全生产,4,专委会, news,营商环境,5,宣传, water,污水,6,水质检测,housing >"$config/tasks.csv"
printf '%s\n' indicator,name_zh,unit_measure,kind,direction,frequency,task,event brief,旬简报,期,count,higher,M_3,main,brief \
    bulletin,月通报,期,count,higher,M,main,bulletin review,季总结,期,count,higher,Q,main,review weekly,周调度,次,count,higher,W,homes,meeting \
    two,两月一督查,次,count,higher,M2,law,inspection half,半年督办,次,count,higher,S,law,inspection meetings,全体会议,次,count,higher,Q,safety,meeting \
    report,季度报告,份,count,higher,Q,safety,report articles,宣传报道,篇,count,higher,M,news,activity \
    tests,水质检测,次,count,higher,M,water,inspection reports,检测报告,次,count,higher,M,water,report notes,会议纪要,份,count,higher,M,main,brief plain,项目,个,count,higher,W,homes, >"$config/indicators.csv"
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
printf '%s\n' '[profile]' 'name_zh = 市' 'languages = en;zh' 'frequency = M' 'subject_group = forces' >"$config/profile.ini"
printf '%s\n' date,kind,note 2023-01-01,year, 2024-01-01,year, >"$config/calendar.csv"
printf '%s\n' deadline,name_zh,step,due,applies_to weeks,周报,submit,'+3 days',W quarter_end,季末,submit,每季度最后一个工作日,report >"$config/deadlines.csv"
printf '%s\n' target,task,indicator,units,from,to,rule brief,,brief,forces,2023,2023,'value >= 1' bulletin,,bulletin,forces,2023,2023,'value >= 1' \
    review,,review,forces,2023,2023,'value >= 1' weekly,,weekly,C,2023,2023,'value >= 1' two,,two,C,2023,2023,'value >= 1' half,,half,C,2023,2023,'value >= 1' \
    meetings,,meetings,C,2023,2023,'ytd >= 4 * elapsed' report,,report,C,2023,2023,on_time articles,,articles,towns,2023,2023,'value >= 1' \
    tests,,tests,plants,2023,2023,'value >= 1' reports,,reports,plants,2023,2023,'value >= value[tests] and value >= 1' plain,,plain,C,2023,2023,'value >= 1' \
    pair,,review,F1,2023,2023,'value >= 1 and every(value[notes] >= 1)' each,,review,C,2023,2023,'"all(plants, every(value[tests] >= 1))"' \
    cycle,,review,forces,2023,2023,'value >= 1 and every(value[brief] >= 1) and every(value[bulletin] >= 1)' >"$config/targets.csv"
run_it() { # run_it PERIOD [DAY]
    for stage in collect process "analyse $1"; do
        # shellcheck disable=SC2086 # the period is a word of its own
        "$TB_BIN/tongbao" -q -C "$root" -p city ${2:+--as-of "$2"} --run "$run" $stage >"$tmp/out" 2>"$tmp/err" || echo "not ok - $stage"
    done
}
verdict() { # verdict TARGET UNIT COLUMN...
    awk -F, -v key="$1,$2" -v columns="$3 ${4:-} ${5:-}" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["target"] "," $at["unit"] == key { n = split(columns, c, " "); for (i = 1; i <= n; i++) printf "%s%s", (i > 1 ? "|" : ""), $at[c[i]] }' "$run/analyse/verdicts.csv"
}
events() { # events INDICATOR [UNIT]: unit period state, of the bulletin's period or still open
    awk -F, -v i="$1" -v u="${2:-}" 'NR == 1 { for (n = 1; n <= NF; n++) at[$n] = n; next }
        $at["indicator"] == i && (u == "" || $at["unit"] == u) { print $at["unit"], $at["period"], $at["state"] ($at["now"] == 1 ? "" : "(before)") }' \
        "$run/analyse/events.csv" | tr '\n' ';' | sed 's/;$//; s/;/; /g'
}
tally() { # tally INDICATOR UNIT: held of due in the year
    awk -F, -v i="$1" -v u="$2" 'NR == 1 { for (n = 1; n <= NF; n++) at[$n] = n; next }
        $at["indicator"] == i && $at["unit"] == u { print $at["held_in_year"] "/" $at["due_in_year"] }' "$run/analyse/events.csv" | sort -u
}
"$TB_BIN/tongbao" -C "$root" -p city check >"$tmp/out" 2>"$tmp/err"
is 'the profile is sound' "$? $(cat "$tmp/err")" '0 '
{
    echo 'unit,period,indicator,value'
    for p in 2023年1月上旬 2023年1月中旬 2023年1月下旬 2023年2月上旬 2023年2月中旬 2023年2月下旬 2023年3月上旬 2023年3月下旬; do printf 'F1,%s,brief,1\n' $p; done
    printf 'F1,2023-03-11/P10D,brief,0\nF2,2023年3月上旬,brief,1\nF2,2023年3月下旬,brief,2\n'
    printf 'F1,2023-01,bulletin,1\nF1,2023-02,bulletin,1\nF1,2023-03,bulletin,1\nF2,2023-01,bulletin,0\nF2,2023-03,bulletin,1\nF1,2023年一季度,review,1\nF2,2023年一季度,review,0\n'
    for w in 1 2 3 4 5 6 7 8 9 10 11; do printf 'C,2023年第%s周,weekly,1\nC,2023年第%s周,plain,1\n' $w $w; done
    printf 'C,2022-W52,weekly,1\nC,2023年1-2月,two,1\nC,2023Q1,meetings,1\nC,2023-03,articles,1\n'
    printf 'A,2023-01,articles,1\nA,2023-02,articles,3\nA,2023-03,articles,2\nB,2023-01,articles,1\nB,2023-02,articles,0\nB,2023-03,articles,0\n'
    printf 'F1,2023-01,notes,1\nF1,2023-02,notes,0\n'
    printf 'P1,2023-03,tests,2\nP1,2023-03,reports,2\nP2,2023-03,tests,1\nP2,2023-03,reports,0\n'
} >"$inbox/a.csv"
run_it 2023-03

# --- R01, R02: one in each period of its own, apart ---
is 'each ten days of March on its own, a 0 is missing' "$(verdict brief F1 verdict periods)" 'missed|failed=2023-03-11/P10D'
is 'nothing submitted is not reported, and no failure' "$(verdict brief F2 verdict periods)" 'no_data|no_data=2023-03-11/P10D'
is 'the number is that of the ten days that decide' "$(verdict brief F1 period value benchmark)" '2023-03-21/P11D|0|1'
is 'events of March, and what is still open of the months before' "$(events brief F1)" \
    'F1 2023-03-01/P10D held; F1 2023-03-11/P10D missing; F1 2023-03-21/P11D held'
is 'of the second force nothing came before March' "$(events brief F2 | tr ';' '\n' | grep -c 'not_reported(before)')" 6
is 'a month, a quarter: of its own' "$(events bulletin); $(events review)" \
    'F1 2023-03 held; F2 2023-01 missing(before); F2 2023-02 not_reported(before); F2 2023-03 held; F1 2023-Q1 held; F2 2023-Q1 missing'
is 'held of due in the year' "$(tally brief F1) $(tally brief F2) $(tally bulletin F2)" '8/9 2/9 1/3'

# --- R03, R15: weeks that end in March ---
is 'the weeks that end within March' "$(events weekly)" 'C 2023-W09 held; C 2023-W10 held; C 2023-W11 held; C 2023-W12 not_reported'
is 'and their verdict' "$(verdict weekly C verdict periods)" 'no_data|no_data=2023-W12'
is 'an indicator that is no event has the verdict alone' "$(verdict plain C verdict periods)|$(events plain)" 'no_data|no_data=2023-W12|'

# --- one row for all three: 旬简报、月通报、季总结 ---
is 'a brief in each ten days, a bulletin in each month, a review in the quarter' "$(verdict cycle F1 verdict operands)" \
    'missed|"value = 1; every(value[brief] >= 1) = no; every(value[bulletin] >= 1) = yes"'
is 'what one part breaks is broken, whatever else is unknown' "$(verdict cycle F2 verdict operands)" \
    'missed|"value = 0; every(value[brief] >= 1) = no data; every(value[bulletin] >= 1) = no"'

is 'an event that only a rule of another names is due like others' "$(events notes)" 'F1 2023-02 missing(before); F1 2023-03 not_reported'

# --- R05, R08: two months and halves have not ended in March ---
is 'in March no two months end' "$(events two)$(events half)" ''
is 'R10: four in the year, one by the end of March' "$(verdict meetings C verdict value benchmark) $(events meetings)" 'met|1|1 C 2023-Q1 held'

# --- R13, R14: by unit and by facility ---
is 'R14: each town by itself' "$(events articles)" 'A 2023-03 held; B 2023-02 missing(before); B 2023-03 missing'
is 'R13: each plant below 500 t by itself' "$(events tests)" \
    'P1 2023-01 not_reported(before); P1 2023-02 not_reported(before); P1 2023-03 held; P2 2023-01 not_reported(before); P2 2023-02 not_reported(before); P2 2023-03 held'
is 'and its report' "$(verdict reports P1 verdict) $(verdict reports P2 verdict)" 'met missed'
is 'plan, task and department stand beside' "$(awk -F, '$4 == "weekly" && $7 == "2023-W12" { print $1, $2, $3, $14 }' "$run/analyse/events.csv")" '地产风险 homes meeting housing'

# --- the bulletin lists them ---
mkdir -p "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
"$TB_BIN/tongbao" -q -C "$root" -p city --run "$run" disseminate 2023-03 >"$tmp/out" 2>"$tmp/err"
is 'the bulletin is written' "$? $(grep -v gnuplot "$tmp/err")" '0 '
zh=$run/reports/bulletin.zh.md en=$run/reports/bulletin.md
[ -e "$zh" ] || zh=$run/reports/bulletin.md en=$run/reports/bulletin.en.md
has 'missing and not reported, by unit and period' "$zh" '- **旬简报（总方案）**：本期应办6次，已办4次；未办：一专班（2023年3月中旬）；未报告是否办理：二专班（2023年3月中旬）；此前未报告：二专班（2023年1月上旬、2023年1月中旬、'
has 'in English' "$en" '- **月通报 (总方案)**: due 2, held 2; missing before: 二专班 (January 2023); not reported before: 二专班 (February 2023)'
has 'a verdict names the ten days that failed' "$zh" '未达标：2023年3月中旬'
"$TB_BIN/tongbao" -C "$root" -p city --run "$run" --lang en explain F1 brief 2023-03-21/P11D >"$tmp/out" 2>"$tmp/err"
has 'so does tongbao explain' "$tmp/out" 'failed=2023-03-11/P10D'
"$TB_BIN/tongbao" -C "$root" -p city --run "$run" --lang en explain C weekly 2023-W10 >"$tmp/out" 2>"$tmp/err"
has 'explain takes a week' "$tmp/out" '(weekly)  2023-W10'
has 'and shows its number' "$tmp/out" 'a.csv'
"$TB_BIN/tongbao" -C "$root" -p city --run "$run" --lang en explain C bulletin 2023-W10 >"$tmp/out" 2>"$tmp/err"
is 'but not of what has no weeks' "$? $(cat "$tmp/err")" "2 tongbao explain: 'bulletin' has no periods of frequency W, expected one of M"
has 'weeks' "$en" 'not reported: 市 (week 12 of 2023)'
has 'all of them stand in a file of their own' "$run/reports/events.csv" '总方案,main,brief,brief,brief,F1,2023-03-11/P10D,2023-03-20,missing,1,0,,,,9,8,,,简报,旬简报,旬简报,一专班,一专班'
is 'each row has the columns of the head' "$(awk -F, '{ print NF }' "$run/reports/events.csv" | sort -u)" 23
has 'what was held in full is counted' "$en" '- Held in full: 1.'

# --- awaited until the deadline of its submission is over ---
run_it 2023-03 2023-03-29
is 'a week is awaited for three days' "$(events weekly | tr ';' '\n' | tail -n 1)" ' C 2023-W12 awaited'
printf '%s\n' units,indicators,from,to,who,reason B,articles,2023-06,2023-06,办公室,机构改革 >"$config/waivers.csv"
printf '%s\n' unit,period,indicator,value C,2023-04,two,1 C,2023年5-6月,two,0 C,2023-S1,half,1 C,2023-Q2,meetings,0 >"$inbox/b.csv"
run_it 2023-06
is 'R08: two months from January; April stands for March to April' "$(events two)" 'C 2023-05-01/P2M missing'
is 'what need not be reported is no missing event' "$(events articles B | tr ';' '\n' | tail -n 1)" ' B 2023-06 waived'
is 'R05: a half-yearly inspection' "$(events half) $(tally half C)" 'C 2023-S1 held 1/1'
is 'R10: one of two by the end of June' "$(verdict meetings C verdict value benchmark) $(events meetings)" 'missed|1|2 C 2023-Q2 missing'

# --- R06: 一般安排在每季度最后一旬 ---
sed -i '1s/$/,window/; /^review,/s/$/,last M_3/' "$config/indicators.csv"
printf '%s\n' unit,period,indicator,value,召开日期 F1,2023-Q3,review,1,2023-09-21 F2,2023-Q3,review,1,2023年8月30日 F1,2023-Q2,review,1,2023-06-30 \
    F2,2023-Q2,review,1,2023-07-03 F1,2023-09,bulletin,1, F2,2023-09,bulletin,1,2023-09-05 >"$inbox/c.csv"
held() { # held INDICATOR PERIOD: day and note of each unit
    awk -F, -v i="$1" -v p="$2" 'NR == 1 { for (n = 1; n <= NF; n++) at[$n] = n; next }
        $at["indicator"] == i && $at["period"] == p && $at["target"] == i { print $at["unit"], $at["state"], $at["held_on"], $at["note"] }' \
        "$run/analyse/events.csv" | tr '\n' ';' | sed 's/;$//; s/;/; /g; s/ *;/;/g; s/ *$//'
}
run_it 2023-09
is 'nothing of it is rejected' "$(tail -n +2 "$run/collect/rejects.csv")" ''
is 'R06: another day is told' "$(held review 2023-Q3)" 'F1 held 2023-09-21; F2 held 2023-08-30 outside_window'
is 'and no failure' "$(verdict review F2 verdict)" 'met'
is 'without a window any day of the period will do' "$(held bulletin 2023-09)" 'F1 held; F2 held 2023-09-05'
"$TB_BIN/tongbao" -q -C "$root" -p city --run "$run" disseminate 2023-09 >"$tmp/out" 2>"$tmp/err"
has 'the bulletin tells it' "$en" 'on an unusual day (a warning, no failure): 二专班 (2023-08-30)'
run_it 2023-06
is 'a day behind the quarter is another one' "$(held review 2023-Q2)" 'F1 held 2023-06-30; F2 held 2023-07-03 outside_period'
"$TB_BIN/tongbao" -C "$root" -p city check >"$tmp/out" 2>"$tmp/err"
is 'the window is sound' "$(grep -c indicators.csv "$tmp/err")" 0
sed -i 's/last M_3/last A/; /^weekly,/s/meeting/party/; s/^articles,\(.*\),count,/articles,\1,flow,/' "$config/indicators.csv"
"$TB_BIN/tongbao" -C "$root" -p city check >"$tmp/out" 2>"$tmp/err"
has 'a window that is no part of the period' "$tmp/err" "'last A' is no part of a period of frequency Q, expected first or last and a finer frequency, such as last M_3"
has 'no such kind of event' "$tmp/err" "'party' is no kind of event, expected brief, bulletin, review, report, meeting, inspection or activity"
has 'events are counted or done' "$tmp/err" 'events are counted or done, expected kind count or milestone'
sed -i 's/last A/last M_3/; s/party/meeting/; s/^articles,\(.*\),flow,/articles,\1,count,/' "$config/indicators.csv"

# --- R24: by the last working day of the quarter; 29 December 2023 is a Friday ---
printf '%s\n' unit,period,indicator,value C,2023-Q4,report,1 >"$inbox/r.csv"
touch -d 2023-12-29T08:00:00Z "$inbox/r.csv"
run_it 2023-12 2024-01-10
is 'R24: on the last working day it is on time' "$(verdict report C verdict) $(events report C | tr ';' '\n' | tail -n 1)" 'met  C 2023-Q4 held'
is 'and the day is told' "$(awk -F, '$4 == "report" && $7 == "2023-Q4" { print $12, $13 }' "$run/analyse/events.csv")" '2023-12-29 0'
rm -r "$root/datasets/city/archive" "$root/datasets/city/segments" "$inbox"
mkdir -p "$inbox"
printf '%s\n' unit,period,indicator,value C,2023-Q4,report,1 >"$inbox/r.csv"
touch -d 2023-12-30T08:00:00Z "$inbox/r.csv"
run_it 2023-12 2024-01-10
is 'R24: on Saturday it is late' "$(verdict report C verdict) $(events report C | tr ';' '\n' | tail -n 1)" 'missed  C 2023-Q4 missing'
done_testing
