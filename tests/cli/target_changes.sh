#!/bin/sh
# target_changes.sh - targets that are changed after they were set, and exemptions (readings R50
# to R52): what is admissible, from when it holds, what is refused and why.  Prints TAP.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
data=$root/datasets/p
mkdir -p "$config" "$data/inbox" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
profile() { # profile LINE...: of [target_changes]
    printf '%s\n' '[profile]' 'name_zh = 试验县' 'name_en = Trial County' 'languages = en;zh' \
        'subject_group = towns' '[inbox]' 'grace = 0' '[target_changes]' "$@" >"$config/profile.ini"
}
profile 'until = 09-15' 'reasons = 不可抗力' 'total_unchanged = yes' 'written = yes'
printf 'group,name_zh,name_en\ntowns,各镇,the towns\n' >"$config/groups.csv"
printf 'unit,name_zh,name_en,groups\nA,甲镇,Alpha,towns\nB,乙镇,Beta,towns\nC,丙镇,Gamma,towns\n' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,decimals
road,修路,Roads,公里,flow,higher,0
jobs,就业,Jobs,人,count,higher,0
rate,合格率,Pass rate,%,rate,higher,1
gate,拆除,Removal,%,milestone,higher,0
END
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule,annual,quota,due
roads,road,*,2023-01,2023-12,ytd >= annual,100,,
jobs,jobs,*,2023-01,2023-12,ytd >= quota,,awaited,
rate,rate,*,2023-01,2023-12,value >= 95,,,
gate,gate,*,2023-01,2023-12,done,,,2023-09-30
END
printf '%s\n' target,unit,value jobs,A,50 jobs,B,50 jobs,C,50 >"$config/quotas.csv"
{
    echo REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE
    for m in 09 10; do
        printf '%s\n' "A,road,ytd,2023-$m,85" "B,road,ytd,2023-$m,115" "C,road,ytd,2023-$m,99" \
            "A,jobs,ytd,2023-$m,45" "B,jobs,ytd,2023-$m,52" "C,jobs,ytd,2023-$m,50" \
            "A,rate,value,2023-$m,94.5" "B,rate,value,2023-$m,93.9" "C,rate,value,2023-$m,95.0" \
            "A,gate,value,2023-$m,100" "B,gate,value,2023-$m,60" "C,gate,value,2023-$m,70"
    done
} >"$data/inbox/a.csv"
touch -d '2023-09-10 09:00 +0800' "$data/inbox/a.csv"
heads='change,target,unit,what,old,new,received,written,reason,approved_on,approval,from'
t() {
    "$TB_BIN/tongbao" -C "$root" -p p "$@" >"$root/out" 2>"$root/err"
    rc=$?
}
run() { # run ARGUMENTS...: the night, and its folder
    t "$@"
    cp "$root/err" "$root/log"
    for last; do :; done
    run=$data/runs/$(cat "$root/reports/p/$last/run.txt")
}
col() { # col TABLE WHERE COLUMN ...: of the rows in which WHERE is found, a row after the other
    file=$run/analyse/$1.csv
    where=$2
    shift 2
    awk -F, -v want="$*" -v where="$where" '
        NR == 1 { n = split(want, w, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
        index($0, where) { for (k = 1; k <= n; k++) printf "%s%s", (k > 1 ? " " : ""), (w[k] in at ? $at[w[k]] : "?"); printf ";" }
    ' "$file"
}
verdicts() { col verdicts "$1," unit verdict; }

# --- without a record the old value stands ---
run run 2023-10
is 'the night' "$rc" 0
is 'as it was set' "$(verdicts roads)" 'A missed;B met;C missed;'
is 'the table is there and empty' "$(wc -l <"$run/analyse/target_changes.csv")" 1
silent 'the bulletin has no such annex' 'Targets changed' "$root/reports/p/2023-10/bulletin.md"

# --- R50: admissible: in time, in writing, for the reason, the total unchanged ---
cat >"$config/target_changes.csv" <<END
$heads
q1,roads,A,annual,100,85,2023-09-15,yes,不可抗力,2023-10-08,府批12号,
q1,roads,B,annual,100,115,2023-09-15,yes,不可抗力,2023-10-08,府批12号,
END
run run 2023-10
is 'R51: the approved value is in force' "$(verdicts roads)" 'A met;B met;C missed;'
is 'both values, the day and the number' "$(col target_changes roads, unit old new in_force state approved_on approval)" \
    'A 100 85 85 in_force 2023-10-08 府批12号;B 100 115 115 in_force 2023-10-08 府批12号;'
has 'beside the verdict' "$run/analyse/verdicts.csv" '"annual 100 -> 85 (2023-10-08, 府批12号)"'
says 'the bulletin: the sentence' 'Roads.*|target changed: annual task 100 -> 85 \(2023-10-08, 府批12号\)' "$root/reports/p/2023-10/units/A.md"
says 'the bulletin: the annex' '^\| q1 +\| roads +\| Alpha +\| annual task \| +100 \| +85 \| +85 \| in force +\| 2023-09-15 \| 2023-10-08 府批12号 \| 不可抗力 \|' \
    "$root/reports/p/2023-10/bulletin.md"
has 'in Chinese' "$root/reports/p/2023-10/bulletin.zh.md" '　目标调整与豁免'
t explain A road 2023-10
says 'explain: both versions' 'changed +annual 100 -> 85 \(2023-10-08, 府批12号\)'
run run 2023-09
is 'a period that ended before the approval is judged by the old value' "$(verdicts roads)" 'A missed;B met;C missed;'
is 'and says so' "$(col target_changes roads, unit in_force state)" 'A 100 later;B 100 later;'

# --- with --as-of an earlier day ---
run --as-of 2023-10-07 run 2023-10
is 'R51: before the approval the old value is in force' "$(verdicts roads)" 'A missed;B met;C missed;'
is 'the request is there, its approval is not' "$(col target_changes roads, unit in_force state approved_on approval)" \
    'A 100 pending  ;B 100 pending  ;'
run --as-of 2023-09-14 run 2023-10
is 'before it was received nobody knew of it' "$(wc -l <"$run/analyse/target_changes.csv")" 1

# --- R50: what is refused, whoever approves it ---
refused() { # refused NAME REFUSAL PATTERN ROW...
    name=$1 code=$2 pattern=$3
    shift 3
    printf '%s\n' "$heads" "$@" >"$config/target_changes.csv"
    run run 2023-10
    is "$name: the run goes on" "$rc" 0
    is "$name: refused with the reason" "$(col target_changes q1, state refusal | tr ';' '\n' | sort -u | paste -s -d ';')" "$code"
    is "$name: the old value stands" "$(verdicts roads)" 'A missed;B met;C missed;'
    says "$name: the log" "target_changes.csv:2: change 'q1' of target 'roads' for unit A refused: $pattern" "$root/log"
}
b='q1,roads,B,annual,100,115,2023-09-15,yes,不可抗力,2023-10-08,府批12号,'
refused 'a day late' 'refused late;refused request_refused' 'it came after the last day' \
    'q1,roads,A,annual,100,85,2023-09-16,yes,不可抗力,2023-10-08,府批12号,' "$b"
says 'the annex names the last day' 'refused: received too late \(until 2023-09-15\)' "$root/reports/p/2023-10/bulletin.md"
says 'in Chinese' '不予调整：逾期提出（截至2023-09-15）' "$root/reports/p/2023-10/bulletin.zh.md"
refused 'by telephone' 'refused not_written;refused request_refused' 'it was not made in writing' \
    'q1,roads,A,annual,100,85,2023-09-15,no,不可抗力,2023-10-08,府批12号,' "$b"
refused 'another reason' 'refused reason;refused request_refused' 'its reason is not one' \
    'q1,roads,A,annual,100,85,2023-09-15,yes,人手不足,2023-10-08,府批12号,' "$b"
refused 'the total falls' 'refused total_changes' 'the sum over the units would change' \
    'q1,roads,A,annual,100,85,2023-09-15,yes,不可抗力,2023-10-08,府批12号,' \
    'q1,roads,B,annual,100,114,2023-09-15,yes,不可抗力,2023-10-08,府批12号,'
refused 'a wrong old value' 'refused old_differs;refused request_refused' 'its old value is not the one in force' \
    'q1,roads,A,annual,90,75,2023-09-15,yes,不可抗力,2023-10-08,府批12号,' "$b"

# --- a profile that states nothing admits what is approved ---
profile
printf '%s\n' "$heads" 'q1,roads,A,annual,100,85,2023-11-01,,人手不足,2023-11-02,府批13号,2023-10' >"$config/target_changes.csv"
run run 2023-10
is 'nothing is asked for where the profile says nothing; from is taken' "$(verdicts roads)" 'A met;B met;C missed;'

# --- quotas, one after the other; rules ---
cat >"$config/target_changes.csv" <<END
$heads
q1,jobs,A,quota,50,47,2023-08-01,yes,洪水,2023-08-10,府批7号,
q2,jobs,A,quota,47,45,2023-09-01,yes,洪水,2023-09-10,府批9号,
q3,rate,,rule,value>=95,value >= 94,2023-09-01,yes,新标准,2023-10-10,府批10号,
END
run run 2023-10
is 'a quota changed twice' "$(verdicts jobs)" 'A met;B met;C met;'
is 'the history keeps both' "$(col target_changes jobs, change old new in_force state)" 'q1 50 47 45 superseded;q2 47 45 45 in_force;'
is 'another rule' "$(verdicts rate)" 'A met;B missed;C met;'
has 'the rule that is in force is printed' "$run/analyse/verdicts.csv" 'value >= 94,'
says 'with the old one beside it' 'rule value>=95 -> value >= 94 \(2023-10-10, 府批10号\)' "$run/analyse/verdicts.csv"
run run 2023-09
is 'the rule before it was changed' "$(verdicts rate)" 'A missed;B missed;C met;'
run --as-of 2023-09-05 run 2023-09
is 'of two changes the one that was approved by then' "$(col target_changes jobs, change in_force state)" 'q1 47 in_force;q2 47 pending;'

# --- R52: exemptions ---
rm "$config/target_changes.csv"
run run 2023-10
is '原则上, 除外 without a record: the deadline binds' "$(verdicts gate)" 'A met;B missed;C missed;'
cat >"$config/exemptions.csv" <<'END'
target,units,from,to,document,reason,approved_on
gate,A;B,2023-10,2023-12,府豁3号,文物保护，暂缓拆除,2023-10-12
END
run run 2023-10
is 'R52: a failure is not applicable, what is met stays met' "$(verdicts gate)" 'A met;B exempt;C missed;'
is 'the document is shown' "$(col verdicts gate, unit exemption)" 'A 府豁3号;B 府豁3号;C ;'
says 'in the bulletin' '^\| gate +\| Beta +\| Removal +\| exempt +\| 府豁3号 +\| 文物保护，暂缓拆除 +\|' "$root/reports/p/2023-10/bulletin.md"
silent 'not among the behind' 'Removal.*Beta.*missed' "$root/reports/p/2023-10/bulletin.md"
says 'on the sheet of the unit' 'exempt, .*exempt by 府豁3号|exempt.*exempt by 府豁3号' "$root/reports/p/2023-10/units/B.md"
t explain B gate 2023-10
says 'explain names it' 'exempt by +府豁3号'
t explain --lang zh B gate 2023-10
says 'in Chinese' '豁免依据 +府豁3号'
run run 2023-09
is 'not before it begins' "$(verdicts gate)" 'A met;B missed;C missed;'
run --as-of 2023-10-11 run 2023-10
is 'nor before it was approved' "$(verdicts gate)" 'A met;B missed;C missed;'

# --- mistakes of the tables, all in one go ---
cat >"$config/target_changes.csv" <<END
$heads
q1,roads,A,annual,100,8x,2023-09-15,yes,r,,,
q2,rate,A,rule,value >= 95,value >= 94,2023-09-15,yes,r,,,
q3,rate,,rule,value >= 95,valeu >= 94,2023-09-15,yes,r,,,
q4,rate,A,annual,1,2,2023-09-15,yes,r,,,
q5,roads,A,annual,100,85,2023-09-15,yes,r,2023-09-01,府批1号,
q6,roads,A,annual,100,85,2023-09-15,yes,r,,府批1号,
q6,roads,A,annual,100,85,2023-09-15,maybe,r,,,
q7,nope,A,annual,100,85,15.9.,yes,r,2023-10-01,,
END
printf 'target,units,from,to,document,reason\ngate,,2023-10,2023-09,,x\n' >"$config/exemptions.csv"
printf '%s\n' 'until = 31-12' >>"$config/profile.ini"
t check
is 'mistakes: exit code' "$rc" 2
for place in "profile.ini:9:9: error: until: bad value '31-12', expected a month and a day" \
    "target_changes.csv:2:23: error: '8x' is not a number" \
    "target_changes.csv:3:9: error: a rule is that of all units of the target" \
    "target_changes.csv:4:27: error: unknown name 'valeu'" \
    "target_changes.csv:5:11: error: target 'rate' has no annual to change" \
    "target_changes.csv:6:43: error: approved before it was received" \
    "target_changes.csv:7:43: error: approval '府批1号' without its day" \
    "target_changes.csv:8:1: error: duplicate change of this target and unit in request 'q6'" \
    "target_changes.csv:8:37: error: unknown written 'maybe', expected one of: no, yes" \
    "target_changes.csv:9:4: error: unknown target 'nope'" \
    "target_changes.csv:9:25: error: '15.9.' is not a date" \
    "target_changes.csv:9: error: approved, expected the number of the approval" \
    'exemptions.csv:2:6: error: no units' "exemptions.csv:2:15: error: the last period '2023-09' lies before the first" \
    'exemptions.csv:2:23: error: no document'; do
    has "mistake: $place" "$root/err" "$place"
done
done_testing
