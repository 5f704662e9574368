#!/bin/sh
# verification.sh - states of verification: who sets them, whose value is in force, and
# what a verdict is without them (readings R26, R40 to R46).  Prints TAP.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
data=$root/datasets/p
mkdir -p "$config" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验市
name_en = Trial City
languages = en;zh
subject_group = city
END
printf 'unit,name_zh,name_en,groups\nA,甲区,Alpha,city\nB,乙区,Beta,city\nC,丙区,Gamma,city\n' >"$config/units.csv"
cat >"$config/departments.csv" <<'END'
department,name_zh,name_en
com,商务局,Commerce
office,专班办公室,Task force office
stats,统计局,Bureau of Statistics
hr,人社局,Human Resources
insp,绩效办,Assessment office
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals,department,formula
sales,销售额,Sales,万元,flow,higher,M,published,1,com,
people,人口,People,人,stock,none,M,computed,0,com,
head,人均,Per head,万元/人,rate,higher,M,computed,1,com,sales / people
END
cat >"$config/forms.csv" <<'END'
form,files,layout,period_from,state
verified,核定_{period}*.csv,long,file,verified
f,*_{period}*.csv,long,file,
END
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule
T1,sales,*,2023-05,2023-06,value >= 50
T2,people,*,2023-05,2023-06,value >= 10
T3,head,*,2023-05,2023-06,value >= 0
END
states='state,name_zh,name_en,indicators,who,marks,after,due,lacking,overdue
submitted,上报,submitted,,,,,,,
assessed,自评,self-assessed,sales,lead,,,,no verdict,
published,公示,published,sales,office,,,,,
verified,核定,verified,sales,stats,,assessed;published,次月25日前,provisional,not completed
checked,核验,finally checked,sales,hr;insp;stats,all,verified,,,'
printf '%s\n' "$states" >"$config/verification.csv"
cat >"$config/marks.csv" <<'END'
when,who,units,indicators,period,state,result,note
2023-06-15,商务局综合科,*,*,2023-05,assessed,,自评报告
2023-06-16,office,city,sales,2023-05,published,,公示5个工作日
2023-06-24,统计局,B,sales,2023-05,verified,failed,台账不符
2023-06-27,人社局,A,sales,2023-05,checked,,
2023-06-27,绩效办,A,sales,2023-05,checked,,
2023-06-29,统计局核算科,A,sales,2023-05,checked,,
END

send() { # send SENDER/NAME MOMENT: rows on stdin
    mkdir -p "$data/inbox/$(dirname "$1")"
    { echo '单位,指标,口径,数值'; cat; } >"$data/inbox/$1"
    touch -d "$2 +0800" "$data/inbox/$1"
}
t() {
    "$TB_BIN/tongbao" -C "$root" -p p "$@" >"$root/out" 2>"$root/err"
    rc=$?
}
run() { # run [--as-of DAY]: the night of May
    t "$@" run 2023-05
    cp "$root/err" "$root/log"
    run=$data/runs/$(cat "$root/reports/p/2023-05/run.txt")
}
col() { # col TABLE WHERE COLUMN ...: of the rows in which WHERE is found, a row a line
    file=$run/$1
    where=$2
    shift 2
    awk -F, -v want="$*" -v where="$where" '
        NR == 1 { n = split(want, w, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
        index($0, where) { line = ""; for (k = 1; k <= n; k++) line = line (k > 1 ? " " : "") (w[k] in at ? $at[w[k]] : "?"); print line }
    ' "$file"
}
verdicts() { # unit, verdict, provisional of T1, then state and lacks, counted from the end
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "state") back = NF - i }
        $1 == "T1" { printf "%s%s %s %s %s/%s", (n++ ? "; " : ""), $3, $6, $8, $(NF - back), $(NF - back + 1) } END { print "" }' \
        "$run/analyse/verdicts.csv"
}

printf 'A,sales,value,84\nB,sales,value,90\nC,sales,value,20\nA,people,value,10\nB,people,value,10\nC,people,value,9\n' |
    send com/f_2023-05.csv '2023-06-12 09:00'
printf 'A,sales,value,48\nB,sales,value,90\n' | send stats/核定_2023-05.csv '2023-06-20 09:00'
printf 'A,sales,value,85\n' | send com/f_2023-05_更正.csv '2023-06-22 09:00'
printf 'C,sales,value,99\n' | send com/核定_2023-05_自.csv '2023-06-23 09:00'

# --- R40: no verdict before the lead unit's self-assessment ---
run --as-of 2023-06-13
is 'the night' "$rc" 0
is 'R40: no verdict before the self-assessment' "$(verdicts)" \
    'A not_verified 0 submitted/assessed; B not_verified 0 submitted/assessed; C not_verified 0 submitted/assessed'
is 'an indicator that is not asked for is judged as ever' \
    "$(col analyse/verdicts.csv T2, unit verdict state lacks | tr '\n' ';')" 'A met  ;B met  ;C missed  ;'
is 'a quotient is as far as its parts' "$(col analyse/verdicts.csv T3,,A verdict state lacks)" \
    'not_verified submitted assessed'
says 'the bulletin: not yet verified, and what is lacking' 'not yet verified \(submitted; self-assessed is lacking\)' \
    "$root/reports/p/2023-05/bulletin.md"
silent 'a verdict that is none has no gap' 'not yet verified.*better than required' "$root/reports/p/2023-05/bulletin.md"
says 'in Chinese' '待认定（上报，缺自评）' "$root/reports/p/2023-05/bulletin.zh.md"

# --- provisional until verified ---
run --as-of 2023-06-17
is 'provisional while it is not verified' "$(verdicts)" \
    'A met 1 published/verified; B met 1 published/verified; C missed 1 published/verified'

# --- R45, R26: the bureau's value is in force, both are visible ---
run --as-of 2023-06-21
is 'R45: the verified value decides' "$(verdicts)" \
    'A missed 0 verified/; B met 0 verified/; C missed 1 published/verified'
is 'R26: both values and the difference' \
    "$(col process/verified.csv A,sales submitted verified difference sender outcome)" '84 48 -36 stats in_force'
says 'the bulletin names it' 'Alpha, May 2023, Sales: submitted 84, verified 48, difference -36 \(Bureau of Statistics\)' \
    "$root/reports/p/2023-05/bulletin.md"
says 'the bulletin prints the state beside the verdict' '■ .*missed \(verified\)' "$root/reports/p/2023-05/bulletin.md"
has 'the unit sheet too' "$root/reports/p/2023-05/units/B.md" 'met (verified)'
says 'the report: the table' '\| Alpha +\| Sales +\|.*\| +84 \| +48 \| +-36 \| verified +\| Bureau of Statistics +\| in force +\|' \
    "$root/reports/p/2023-05/data-quality.md"
has 'the report: how many stand where' "$root/reports/p/2023-05/data-quality.md" \
    'submitted 0, self-assessed 0, published 1, verified 2, finally checked 0'
is 'the value of the verifier is no submission of the unit' \
    "$(col process/cells.csv A,sales arrived replaced aside)" '2 1 0'
t explain A sales 2023-05
says 'explain: the state' '^ +verification +verified$'
says 'explain: by whose marks' 'verified reached 2023-06-20.*\[assessed 商务局综合科 .*; published office .*; verified stats '
says 'explain: both values with file and line' 'submitted 84 f_2023-05.csv:2; verified 48 stats/核定_2023-05.csv:2, difference -36  \[in_force\]'
t explain --lang zh A sales 2023-05
says 'explain in Chinese' '认定状态 +核定$'

# --- a later submission does not take the place of a verified value ---
run --as-of 2023-06-22
is 'the verified value stays' "$(col process/verified.csv A,sales submitted verified difference outcome)" \
    '85 48 -37 in_force'

# --- only who may ---
run --as-of 2023-06-23
is 'a form of another sender sets nothing' \
    "$(col process/verified.csv C,sales verified sender outcome)" '99 com not_allowed'
has 'the log says so' "$root/log" 'com/核定_2023-05_自.csv:2: not used: the value came from one who may not set its state'
is 'it is set aside' "$(col process/cells.csv C,sales arrived aside)" '1 1'

# --- R44: failed, or not there by the deadline ---
run --as-of 2023-06-25
is 'R44: failed, whatever the value' "$(verdicts)" \
    'A missed 0 verified/; B not_completed 0 verified/verified; C missed 1 published/verified'
run --as-of 2023-06-26
is 'R44: not there the day after the deadline' "$(verdicts)" \
    'A missed 0 verified/; B not_completed 0 verified/verified; C not_completed 0 published/verified'
bulletin=$root/reports/p/2023-05/bulletin.md
says 'the bulletin: failed' 'not completed \(verified: not passed\)' "$bulletin"
says 'the bulletin: overdue' 'not completed \(published; verified is lacking\)' "$bulletin"
says 'in Chinese' '未完成（核定不合格）' "$root/reports/p/2023-05/bulletin.zh.md"
says 'it is behind' '4 not completed' "$bulletin"

# --- R43: three bodies ---
run --as-of 2023-06-28
is 'two marks of three are not enough' "$(col process/verification.csv A,sales state result)" 'verified reached'
run
is 'R43: three marks' "$(col process/verification.csv A,sales state result since)" \
    'checked reached 2023-06-29T00:00:00+08:00'
is 'R46: the highest state reached' "$(verdicts | cut -d';' -f1)" 'A missed 0 checked/'
t export verdicts
says 'export has the state' '^A,sales,verdict\(T1\),M,2023-05,missed,.*\| state checked$'
t export observations
says 'export: whose observation it is' '^A,sales,value,M,2023-05,48,A,.*state verified'
cp "$run/process/verification.csv" "$root/one"
t -q -j 2 run 2023-05
holds 'the same on two threads' cmp "$root/one" "$run/process/verification.csv"

# --- R41: publication before verification ---
grep -v published "$config/marks.csv" >"$root/marks" && cp "$root/marks" "$config/marks.csv"
run --as-of 2023-06-21
is 'R41: without publication a verification does not count' \
    "$(col process/verified.csv A,sales submitted verified outcome)" '84 48 early'
is 'the state is what it was' "$(col process/verification.csv A,sales state early)" 'assessed verified'
has 'the log counts them' "$root/log" '2 cells have marks made before the states that must come first'
says 'the report lists them' 'Marks made before the states' "$root/reports/p/2023-05/data-quality.md"
echo '2023-06-24,office,*,sales,2023-05,published,,' >>"$config/marks.csv"
run --as-of 2023-06-28
is 'nor when the publication comes after it' "$(col process/verified.csv A,sales outcome)" 'early'
printf 'A,sales,value,48\n' | send stats/核定_2023-05_2.csv '2023-06-25 09:00'
run
is 'a verification after it does' "$(col process/verified.csv A,sales outcome | tr '\n' ' ')" 'superseded in_force '

# --- asked for from a period on ---
awk -F, -v OFS=, 'NR == 1 { print $0, "from"; next } { print $0, (NR > 2 ? "2023-06" : "") }' "$config/verification.csv" >"$root/states" &&
    mv "$root/states" "$config/verification.csv"
mv "$config/marks.csv" "$root/marks"
run
is 'before it is asked for nothing is lacking' "$(verdicts)" 'A met 0 submitted/; B met 0 submitted/; C missed 0 submitted/'
mv "$root/marks" "$config/marks.csv"

# --- a profile without the tables is as it was ---
mv "$config/verification.csv" "$config/marks.csv" "$root/"
sed -i 's/,state$//; s/,verified$//; s/,file,$/,file/' "$config/forms.csv"
run
is 'without verification.csv all is judged as submitted' "$(verdicts)" 'A missed 0 /; B met 0 /; C met 0 /'
silent 'and no state is told' 'Verification' "$root/reports/p/2023-05/data-quality.md"

# --- mistakes ---
printf '%s\n' "$states" >"$config/verification.csv"
cat >"$config/marks.csv" <<'END'
when,who,units,indicators,period,state,result,note
2023-06-15,统计局,*,sales,2023-05,assessed,,
2023-06-15,商务局,*,head,2023-05,assessed,,
2023-06-15,商务局,*,people,2023-05,assessed,,
2023-06-15,商务局,*,sales,2023-05,submitted,,
2023-06-15,商务局,*,sales,2023-05,approved,maybe,
2023-06-15,人社局,*,*,2023-05,verified,,
END
t check
is 'check fails' "$rc" 2
has 'who may not' "$root/err" "marks.csv:2:12: error: '统计局' may not set this state of 'sales'"
has 'a derived one' "$root/err" "marks.csv:3:18: error: 'head' is derived, expected marks on its parts"
has 'one that is not asked for' "$root/err" "marks.csv:4:18: error: state is not asked for of 'people'"
has 'the first state' "$root/err" "'submitted' is the state of what units submit, expected one of those below it"
has 'no such state' "$root/err" "unknown state 'approved', expected a code of verification.csv"
has 'no such result' "$root/err" "unknown result 'maybe', expected one of: passed, failed"
has 'who may set none' "$root/err" "marks.csv:7:12: error: '人社局' may set this state of no indicator"
rm "$config/marks.csv"
cat >"$config/verification.csv" <<'END'
state,name_zh,who,marks,after,due,lacking,overdue
submitted,上报,stats,,,,,
published,公示,nobody,all,verified,,later,provisional
verified,核定,,all,,soon,,
verified,核定,stats,,,20个工作日内,,
END
t check
has 'the first state is that of units' "$root/err" 'verification.csv:2:1: error: the first state is that of what units submit'
has 'unknown office' "$root/err" "unknown department 'nobody'"
has 'a state below' "$root/err" "no state 'verified' above, expected the code of a row above this one"
has 'an unknown word' "$root/err" "unknown lacking 'later', expected one of: stands, provisional, no verdict, not completed"
has 'overdue without a day' "$root/err" 'overdue without a due day'
has 'all of nobody' "$root/err" 'the marks of all, but nobody is named'
has 'no due day' "$root/err" "'soon' is no due day"
has 'a limit of cases' "$root/err" "is counted from the opening of a case"

# --- who owes the figure is the unit, whatever was verified ---
root=$tmp/dues
config=$root/config/p
data=$root/datasets/p
run=$data/runs/draft
mkdir -p "$config"
printf '%s\n' '[profile]' 'name_zh = 试验市' 'languages = en' 'subject_group = city' '[calendar]' \
    'deadline_day = 10' 'deadline_months = 1' >"$config/profile.ini"
printf 'unit,name_zh,groups\nA,甲区,city\nB,乙区,city\n' >"$config/units.csv"
printf 'group,name_zh\ncity,全市\n' >"$config/groups.csv"
printf 'indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals\nsales,销售额,万元,flow,higher,M,published,1\n' >"$config/indicators.csv"
printf 'form,files,layout,period_from,state\nverified,v_{period}*.csv,long,file,verified\nf,f_{period}*.csv,long,file,\n' >"$config/forms.csv"
printf 'state,name_zh,who\nsubmitted,上报,\nverified,核定,\n' >"$config/verification.csv"
head='单位,指标,口径,数值'
printf '%s\n' "$head" A,销售额,当期,10 B,销售额,当期,10 | tail -n +2 | send A/f_2023-04.csv '2023-05-08 12:00'
printf '%s\n' A,销售额,当期,11 | send A/f_2023-05.csv '2023-06-14 12:00'
printf '%s\n' A,销售额,当期,12 B,销售额,当期,12 | send stats/v_2023-05.csv '2023-06-20 12:00'
{
    "$TB_BIN/tongbao-collect" -q -C "$root" -p p --run "$run" &&
        "$TB_BIN/tongbao-process" -q -C "$root" -p p --run "$run" &&
        "$TB_BIN/tongbao-analyse" -q -C "$root" -p p --run "$run" 2023-05
} >"$tmp/out" 2>"$tmp/err"
is 'the stages run on' $? 0
is 'a verified value is no submission: late is late, missing is missing' \
    "$(grep -E '^2023-05,(all|unit|sender),' "$run/analyse/completeness.csv" | cut -d, -f2,3,4,6,8-10,12)" 'all,,,2,1,0,1,1
unit,A,,1,1,0,1,0
unit,B,,1,0,0,0,1
sender,A,f,2,1,0,1,1'

# --- an erratum of a verdict whose figure is as it was names the verification ---
root=$tmp/overdue
config=$root/config/p data=$root/datasets/p
mkdir -p "$config" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
printf '[profile]\nname_zh = 试验市\nlanguages = en\nsubject_group = city\n' >"$config/profile.ini"
printf 'unit,name_zh,groups\nA,甲区,city\nB,乙区,city\n' >"$config/units.csv"
printf 'indicator,name_zh,unit_measure,kind,direction\nsales,销售额,万元,flow,higher\n' >"$config/indicators.csv"
printf 'form,files,layout,period_from\nf,f_{period}*.csv,long,file\n' >"$config/forms.csv"
printf 'target,indicator,units,from,to,rule\nT1,sales,*,2023-05,2023-06,value >= 50\n' >"$config/targets.csv"
printf '%s\n' 'state,name_zh,due,lacking,overdue' 'submitted,上报,,,' \
    'verified,核定,+1 month 15,provisional,not completed' >"$config/verification.csv"
printf 'A,sales,value,60\nB,sales,value,40\n' | send f_2023-05.csv '2023-06-10 09:00'
t run --as-of 2023-06-12 2023-05
printf 'B,sales,value,45\n' | send f_2023-05_2.csv '2023-07-09 09:00'
printf 'A,sales,value,70\nB,sales,value,80\n' | send f_2023-06.csv '2023-07-10 09:00'
t run --as-of 2023-07-12 2023-06
run=$data/runs/$(cat "$root/reports/p/2023-06/run.txt")
is 'overdue, and not the figure of another unit' \
    "$(grep ',verdict,A,' "$run/analyse/errata.csv" | cut -d, -f9-14)" ',met,,not_completed,verification,'
is 'a figure that changed is named' \
    "$(grep ',verdict,B,' "$run/analyse/errata.csv" | cut -d, -f10,12,13,17)" 'missed,not_completed,revision,f_2023-05_2.csv'
has 'the erratum says so' "$root/reports/p/2023-06/errata.md" 'the day for it is over'
done_testing
