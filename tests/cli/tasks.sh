#!/bin/sh
# tasks.sh - milestones as lists of tasks report them: words, days of completion, evidence,
# explanations; done in time, late, overdue (readings D000-174, D000-176, R28, R30).  Prints TAP.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
data=$root/datasets/p
mkdir -p "$config" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
profile() { # profile LINES: profile.ini with these lines behind it
    printf '[profile]\nname_zh = 试验区\nname_en = Trial District\nlanguages = zh;en\nsubject = A\nsubject_group = city\n%s\n' \
        "${1:-}" >"$config/profile.ini"
}
profile
printf 'unit,name_zh,name_en,groups\nA,甲区,Alpha,city\nB,乙区,Beta,city\nC,丙区,Gamma,city\n' >"$config/units.csv"
printf 'department,name_zh,name_en\nwm,城管局,City management\ngov,政府办,Office\n' >"$config/departments.csv"
cat >"$config/tasks.csv" <<'EOF'
task,block,sequence,name_zh,name_en,lead_department
t1,项目,1,给排水安装,Drainage,wm
t2,项目,2,主体工程,Main works,wm
t3,任务,3,厕改后期管护,Upkeep,wm
t4,任务,4,招标挂网,Tender,wm
t5,任务,5,图书采购,Books,gov
t6,任务,6,两项合一,Two in one,gov
EOF
cat >"$config/indicators.csv" <<'EOF'
indicator,name_zh,name_en,kind,direction,task,unit_measure
m1,给排水安装完成情况,Drainage done,milestone,higher,t1,
m2,主体工程形象,Main works progress,milestone,higher,t2,
m3,厕改管护,Upkeep done,milestone,higher,t3,
m4,挂网,Tender out,milestone,higher,t4,
m5,图书采购完成,Books bought,milestone,higher,t5,
m6,其一,The one,milestone,higher,t6,
m7,其二,The other,milestone,higher,t6,
sales,销售额,Sales,flow,higher,,万元
EOF
cat >"$config/forms.csv" <<'EOF'
form,files,layout,unit_from,period_from
list,清单_*,long,fixed:A,file
wide,wide_*,indicators-across,,
f,*,long,,
EOF
cat >"$config/targets.csv" <<'EOF'
target,task,indicator,units,from,to,rule,due
g1,t1,m1,A,2023-05,2023-06,done,2023-06-30
g2,t2,m2,A,2023-05,2023-06,value >= elapsed,2023-06-30
g3,t3,m3,A,2023-05,2023-06,done,2023-05-30
g4,t4,m4,A,2023-05,2023-06,done,2023-04-28
g5,t5,m5,A,2023-05,2023-06,done,2023-06-30
g6,,m6,A,2023-05,2023-08,"value >= step(2023-05: 30, 2023-06: 50)",2023-08-31
g7,,m7,A,2023-05,2023-06,done,2023-05-30
EOF
# The days about May Day and the Dragon Boat Festival of 2023.
cat >"$config/calendar.csv" <<'EOF'
date,kind,note
2023-04-29,holiday,
2023-05-01,holiday,
2023-05-02,holiday,
2023-05-03,holiday,
2023-05-06,workday,
2023-06-22,holiday,
2023-06-23,holiday,
2023-06-25,workday,
EOF

send() { # send NAME MOMENT: the file on stdin
    mkdir -p "$data/inbox/wm"
    cat >"$data/inbox/wm/$1"
    touch -d "$2 +0800" "$data/inbox/wm/$1"
}
t() {
    "$TB_BIN/tongbao" -C "$root" -p p "$@" >"$tmp/out" 2>"$tmp/err"
    rc=$?
}
run() { # run PERIOD [--as-of DAY]
    period=$1
    shift
    t "$@" run "$period"
    run=$data/runs/$(cat "$root/reports/p/$period/run.txt")
}
said() { # said INDICATOR: measure=what of each report, a line
    awk -F, -v i="$1" -v u="${unit:-A}" -v p="$period" '$1 == i && $2 == u && $3 == p { printf "%s%s %s=%s/%s", (n++ ? "; " : ""), $3, $4, $5, $6 } END { print "" }' \
        "$run/process/task_reports.csv"
}
cells() { # cells FILE KEY NAME...: of the row whose first cell is KEY the cells of these heads
    cells_of=$1
    key=$2
    shift 2
    awk -v key="$key" -v want="$*" '
        function cut(line,    i, c, quoted, n) {
            n = 1; cell[1] = ""
            for (i = 1; i <= length(line); i++) {
                c = substr(line, i, 1)
                if (c == "\"") quoted = !quoted
                else if (c == "," && !quoted) cell[++n] = ""
                else cell[n] = cell[n] c
            }
            return n
        }
        { n = cut($0) }
        NR == 1 { for (i = 1; i <= n; i++) at[cell[i]] = i; m = split(want, name, " "); next }
        cell[1] == key { for (i = 1; i <= m; i++) printf "%s%s", cell[at[name[i]]], i < m ? ": " : "\n" }
    ' "$cells_of"
}
verdict() { # verdict TARGET: verdict and reason
    cells "$run/analyse/verdicts.csv" "$1" verdict reason
}

t check
is 'the profile has no mistake' "$rc" 0
[ "$rc" -eq 0 ] || cat "$tmp/err" "$tmp/out"

# --- the list of tasks as it is kept ---
send 清单_2023-05.csv '2023-06-05 09:00' <<'EOF'
2023年5月重点任务清单,,,,,
序号,任务,完成情况,完成日期,佐证材料,进展说明
1,给排水安装,推进中,,,管网已开挖
2,t2,推进中（60%）,,,"=cmd|'/c calc'!A1 <b>x</b> | y [a](http://b)"
3,厕改后期管护,已完成,5月28日,甲政发〔2023〕5号,
4,招标挂网,未启动,,,
5,图书采购完成,未完成,,无,"材料, 待补"
EOF
run 2023-05
is 'a list of tasks is read' "$rc" 0
is 'nothing is rejected' "$(tail -n +2 "$run/collect/rejects.csv")" ''
is 'under way is no number' "$(said m1)" '2023-05 value=/M; 2023-05 stage=under way/A; 2023-05 explanation=管网已开挖/A'
is 'a percentage beside the word is one' "$(said m2 | cut -d';' -f1)" '2023-05 value=60/A'
is 'done, the day in its year, evidence' "$(said m3)" \
    '2023-05 value=100/A; 2023-05 done_on=20230528/A; 2023-05 evidence=甲政发〔2023〕5号/A'
is 'not begun is 0' "$(said m4)" '2023-05 value=0/A; 2023-05 stage=not begun/A'
has 'not done says neither' "$run/process/task_reports.csv" 'm5,A,2023-05,stage,not done,A,'
has 'no evidence is said to be none' "$run/process/task_reports.csv" 'm5,A,2023-05,evidence,,O,'
has 'file and line' "$run/process/task_reports.csv" '清单_2023-05.csv,5'

# --- done by the due day, under way, overdue ---
is 'under way before it is due' "$(verdict g1)" 'not_due: under way'
is 'progress against the plan' "$(verdict g2)" 'on_track: '
is 'done on a day before the due day' "$(verdict g3)" 'met: '
is 'D000-174: due before the list was made: overdue from the first night, by working days' \
    "$(verdict g4)" 'missed: not begun; overdue by 21 working days'
is 'not done, and not due' "$(verdict g5)" 'not_due: not done'
is 'nothing reported of a step' "$(verdict g6)" 'no_data: value = no data'

# --- later reports ---
send 清单_2023-06.csv '2023-07-05 09:00' <<'EOF'
任务,完成情况,完成日期,佐证材料,进展说明
给排水安装,已完成,,,
主体工程,推进中,,,
招标挂网,推进中,,,
其一,40%,,,
EOF
send 清单_2023-07.csv '2023-08-05 09:00' <<'EOF'
任务,完成情况,完成日期
图书采购,已完成,2023-06-30
招标挂网,已完成,2023-07-03
其一,100%,2023/7/20
EOF
run 2023-06
is 'done without a day: the end of the period counts' "$(verdict g1)" 'met: '
is 'a percentage that is not there is not computed' "$(verdict g2)" 'not_computable: value = not computable'
is 'what is done stays done' "$(verdict g3)" 'met: '
is 'overdue by more' "$(verdict g4)" 'missed: under way; overdue by 42 working days'
is 'on the due day itself' "$(verdict g5)" 'missed: not done; the due day is over'
is 'below the step' "$(verdict g6)" 'behind: '
run 2023-07
is 'R30: reported later, done on the due day, which counts' "$(verdict g5)" 'met: '
is 'done late: by days and working days' "$(verdict g4)" \
    'missed: done late: 2023-07-03, 66 days after the due day, 43 working days'
is 'the step is reached' "$(verdict g6)" 'met: '
run 2023-08
is 'nothing more is reported of it' "$(verdict g5)" 'met: '
is 'nor of the step' "$(verdict g6)" 'met: '

# --- the due day, and the end of the period in place of a day ---
send 清单_2023-05.csv '2023-08-10 09:00' <<'EOF'
任务,完成情况,完成日期
其二,已完成,
EOF
run 2023-05
is 'D000-176: 30 May, and only the end of May is known' "$(verdict g7)" \
    'missed: done late: 2023-05-31 (no day stated: end of the period), 1 day after the due day, 1 working day'
is 'an empty cell takes no day back' "$(verdict g3)" 'met: '
send 清单_2023-05.csv '2023-08-11 09:00' <<'EOF'
任务,完成情况,完成日期
其二,已完成,5月30日
招标挂网,60%,5月20日
图书采购,已完成,2023-06-02
EOF
run 2023-05
is 'D000-176: 30 May is in time' "$(verdict g7)" 'met: '
is 'a day of completion of what is not done' "$(verdict g4)" \
    'missed: under way; overdue by 21 working days; a day of completion of what is not done'
is 'a day after the period: not done then' "$(verdict g5)" \
    'not_due: not done; the day of completion lies after the period'
has 'the percentage takes the place of the word' "$run/process/revisions.csv" 'm4,stage,,2023-05,0,A'

# --- what counts is said last: a word, a percentage, an edit ---
printf '任务,完成情况\n主体工程,80%%\n' | send 清单_2023-05_2.csv '2023-08-12 09:00'
run 2023-05
is 'a percentage after the word' "$(said m2)" \
    "2023-05 value=80/A; 2023-05 explanation='=cmd|'/c calc'!A1 <b>x</b> | y [a](http://b)/A"
printf '任务,完成情况\n主体工程,正在推进\n' | send 清单_2023-05_2.csv '2023-08-13 09:00'
run 2023-05
is 'a word after the percentage takes it back' "$(said m2 | cut -d';' -f1-2)" '2023-05 value=/M; 2023-05 stage=under way/A'
has 'and that is a revision' "$run/process/revisions.csv" 'm2,value,,2023-05,80,A'
printf '任务,完成情况\n主体工程,70%%\n' | send 清单_2023-05_2.csv '2023-08-14 09:00'
run 2023-05
is 'and a percentage ends the word' "$(said m2 | cut -d';' -f1)" '2023-05 value=70/A'
printf 'when,who,unit,indicator,period,value,reason\n2023-08-15,绩效办,A,m2,2023-05,100,现场核实\n' >"$config/edits.csv"
run 2023-05
is 'an edit goes before both' "$(said m2 | cut -d';' -f1)$(verdict g2)" '2023-05 value=100/Aon_track: '
rm "$config/edits.csv"

# --- other layouts ---
send 甲_2023-05.csv '2023-08-16 09:00' <<'EOF'
单位,指标,报告期,数值,完成日期,佐证
乙区,m1,2023-05,100%,2023-05-09,图纸
乙区,sales,2023-05,12,,
EOF
send wide_2023-05.csv '2023-08-16 09:00' <<'EOF'
单位,报告期,给排水安装完成情况,完成日期,佐证材料,主体工程形象,主体工程形象_进展说明
丙区,2023-05,推进中,,,55%,缺料
EOF
send 口径_2023-05.csv '2023-08-16 09:00' <<'EOF'
单位,指标,报告期,口径,数值
乙区,m3,2023-05,完成状态,under way
乙区,m4,2023-05,done_on,2023-05-08
乙区,m4,2023-05,evidence,函
乙区,sales,2023-05,evidence,函
EOF
send 两列_2023-05.csv '2023-08-16 09:00' <<'EOF'
单位,任务,报告期,完成情况,进度（%）,说明
丙区,t3,2023-05,推进中,35,第一段
丙区,t4,2023-05,推进中,100,不符
丙区,m6,2023-05,已完成,60,
丙区,t5,2023-05,已完成,,
EOF
run 2023-05
unit=B
is 'beside a column of numbers' "$(said m1)" '2023-05 value=100/A; 2023-05 done_on=20230509/A; 2023-05 evidence=图纸/A'
is 'as measures' "$(said m3)$(said m4)" '2023-05 value=/M; 2023-05 stage=under way/A2023-05 done_on=20230508/A; 2023-05 evidence=函/A'
unit=C
is 'indicators across' "$(said m1)$(said m2)" \
    '2023-05 value=/M; 2023-05 stage=under way/A2023-05 value=55/A; 2023-05 explanation=缺料/A'
is 'stage and percentage in two columns' "$(said m3)" \
    '2023-05 value=35/A; 2023-05 stage=under way/A; 2023-05 explanation=第一段/A'
is 'both stand where they differ' "$(said m4 | cut -d';' -f1-2)" '2023-05 value=100/A; 2023-05 stage=under way/A'
is 'a stage alone' "$(said m5)" '2023-05 value=100/A'
is 'what cannot be is refused: done and 60 %, evidence of what is no task' \
    "$(cut -d, -f2-7 "$run/collect/rejects.csv" | tail -n +2)" \
    '两列_2023-05.csv,4,15,完成情况,已完成,key.conflict
口径_2023-05.csv,5,27,数值,函,measure.unknown'

# --- what is no task, no day, no stage, no certain task ---
send 错_2023-05.csv '2023-08-17 09:00' <<'EOF'
单位,任务,报告期,完成情况,完成日期
甲区,t1,2023-05,基本完成,
甲区,t2,2023-05,已完成,5月中旬
甲区,两项合一,2023-05,已完成,
甲区,不在单上,2023-05,已完成,
甲区,sales,2023-05,3,
EOF
run 2023-05
is 'each with its reason' "$(grep '错_' "$run/collect/rejects.csv" | cut -d, -f3-7)" '2,15,完成情况,基本完成,milestone.malformed
3,19,完成日期,5月中旬,day.malformed
4,4,任务,两项合一,indicator.ambiguous
5,4,任务,不在单上,indicator.unknown
6,18,完成情况,3,measure.unknown'
unit=A

# --- what is told of it ---
run 2023-07
is 'tasks.csv' "$(cells "$run/analyse/tasks.csv" g4 status percent completed dated due days workdays department)" \
    'done late: 100: 2023-07-03: 1: 2023-04-28: 66: 43: wm'
is 'with evidence, explanation, file and line' "$(cells "$run/analyse/tasks.csv" g1 status dated evidence explanation name line)" \
    'done: 0: : 管网已开挖: 清单_2023-06.csv: 2'
text=$root/reports/p/2023-07/bulletin.md
has 'the bulletin counts the tasks of a block' "$text" '- **项目**：共2项：完成1项，逾期未完成1项。'
has 'and names the overdue' "$text" '- **逾期**：主体工程：逾期21个工作日（推进中），期限2023-06-30，责任单位：城管局。'
has 'late completion in a sentence' "$text" '未达标，逾期完成（2023-07-03），逾期66天（43个工作日）'
has 'in English' "$root/reports/p/2023-07/bulletin.en.md" '- **Overdue**: Main works: overdue by 21 working days (under way), due 2023-06-30; responsible: City management.'
has 'the task ledger is published' "$root/reports/p/2023-07/tasks.csv" '清单_2023-06.csv'
t explain A m4 2023-07
has 'explain: how far, by how much late' "$tmp/out" 'g4  逾期完成  100%  完成于 2023-07-03  期限 2023-04-28，超出 66 天（43 个工作日）'
has 'explain: who said so, in which line' "$tmp/out" 'wm/清单_2023-07.csv:3'
t export tasks 2023-07
has 'export tasks' "$tmp/out" 'g4,t4,任务,A,m4,2023-07,done late,done,100,2023-07-03,1,2023-04-28,66,43,'
t export observations 2023-07
has 'observations: a stage is a word' "$tmp/out" 'A,m1,stage,M,2023-05,under way,A,'
has 'a day is a day' "$tmp/out" 'A,m4,done_on,M,2023-07,2023-07-03,A,'
has 'a text is a text, and no formula' "$tmp/out" "A,m2,explanation,M,2023-05,'=cmd|'/c calc'!A1 <b>x</b> | y [a](http://b),A,"
t explain A m2 2023-05
cat "$root"/reports/p/2023-05/*.html "$root"/reports/p/2023-05/*.md "$root"/reports/p/2023-05/*.csv >"$tmp/all"
silent 'no formula, no markup of what was sent' '(^|,)"?=cmd|<b>x</b>.*<a |<a href="http://b"' "$tmp/all"

cp "$config/tasks.csv" "$tmp/tasks.csv"
sed '1s/$/,lists/; /^t[12],/s/$/,三重点;任务/; /^t[3-6],/s/$/,/' "$tmp/tasks.csv" >"$config/tasks.csv"
run 2023-07
has 'R85: a task of several lists counts in each' "$text" '- **三重点**：共2项：完成1项，逾期未完成1项。其中2项列入多个清单。'
has 'and once in all' "$text" '- **全部**：共7项：'
sed '/^t1,/s/三重点;任务/三重点;项目/' "$config/tasks.csv" >"$tmp/t" && cp "$tmp/t" "$config/tasks.csv"
t check
has 'a list that is the block itself' "$tmp/err" "tasks.csv:2:27: error: the task stands in '项目' already, expected other lists"
cp "$tmp/tasks.csv" "$config/tasks.csv"

# --- evidence and the day may be asked for (R81, R83) ---
profile '[tasks]
evidence = required'
run 2023-07
is 'done with evidence' "$(cells "$run/analyse/verdicts.csv" g3 verdict reason)" 'met: '
is 'done without it is not met, and says so' "$(verdict g1)$(cells "$run/analyse/tasks.csv" g1 status)" \
    'missed: evidence missingevidence missing'
has 'in the bulletin' "$root/reports/p/2023-07/bulletin.md" '未达标，已报完成，缺佐证材料'
profile '[tasks]
day = required'
run 2023-07
is 'closed only by a dated entry' "$(verdict g1)" 'missed: day missing'
is 'with its day' "$(verdict g3)" 'met: '
profile '[tasks]
evidence = yes'
t check
has 'a setting that is none' "$tmp/err" "evidence: bad value 'yes', expected one of: none, required"
profile

# --- tasks that are attested and accepted, all of one kind in one row ---
cat >"$config/verification.csv" <<'EOF'
state,name_zh,name_en,indicators,who,lacking
submitted,上报,submitted,,,
accepted,认定,accepted,kind:milestone,gov,no verdict
EOF
run 2023-07
is 'done, and nobody has accepted it' "$(verdict g1)" 'not_verified: '
run 2023-05
is 'nobody says that it is done: overdue, and no matter of acceptance' "$(verdict g4 | cut -d: -f1)" missed
cat >"$config/marks.csv" <<'EOF'
when,who,units,indicators,period,state,result,note
2023-08-20,gov,A,m1,2023-06,accepted,,验收意见1号
2023-08-20,gov,A,m3,2023-05,accepted,failed,现场不符
EOF
run 2023-07
is 'accepted: met, though the mark is of an earlier month' "$(verdict g1)" 'met: '
is 'not accepted: not completed' "$(verdict g3)" 'not_completed: '
is 'done late is late, accepted or not' "$(verdict g4 | cut -d: -f1)" missed
is 'not reported as done: overdue' "$(cells "$run/analyse/tasks.csv" g2 status)" overdue
rm "$config/marks.csv"
sed 's/kind:milestone/kind:milestones/' "$config/verification.csv" >"$tmp/v" && mv "$tmp/v" "$config/verification.csv"
t check
has 'a kind that is none' "$tmp/err" "verification.csv:3:22: error: no kind 'milestones', expected one of: flow, stock"
rm "$config/verification.csv"

# --- an edit of what a word alone reported; a text that changes is no figure that is revised ---
printf 'when,who,unit,indicator,period,value,reason\n2023-08-16,绩效办,A,m1,2023-05,100,现场核实\n' >"$config/edits.csv"
run 2023-05
is 'it reaches what was reported by a word alone' "$(said m1 | cut -d';' -f1)" '2023-05 value=100/A'
printf '任务,完成情况,进展说明\n给排水安装,推进中,管网已开挖过半\n' | send 清单_2023-05_3.csv '2023-08-17 09:00'
run 2023-05
holds 'the explanation is the new one' grep -rq 管网已开挖过半 "$run/process"
silent 'and no figure was revised by it' ',explanation,' "$run/process/revisions.csv"
rm "$config/edits.csv"

# --- words of the profile ---
profile '[stages]
谋划中 = not begun
收尾 = under way'
printf '任务,完成情况\n给排水安装,收尾\n招标挂网,谋划中\n' | send 清单_2023-05_3.csv '2023-08-18 09:00'
run 2023-05
is 'words of the profile' "$(said m1 | cut -d';' -f2)$(said m4 | cut -d';' -f1)" ' 2023-05 stage=under way/A2023-05 value=0/A'
profile '[stages]
谋划中 = planned
谋 划 中 = done
谋划中 = done'
t check
has 'a stage that is none' "$tmp/err" "profile.ini:8:7: error: 谋划中: bad value 'planned', expected one of: not begun, not done, under way, done"
has 'a word twice' "$tmp/err" "profile.ini:10:1: error: duplicate key '谋划中'"
done_testing
