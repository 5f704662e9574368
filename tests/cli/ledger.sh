#!/bin/sh
# ledger.sh - what became of every submission: first, again, copied, taken back,
# late and missing, on each evening as it was.
. "$(dirname "$0")/lib.sh"

# --- a small bureau: three districts, two departments, due on the 15th ---
config=$root/config/p
mkdir -p "$config" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/templates"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验
name_en = Trial
languages = zh;en
frequency = M
utc_offset = +08:00
subject_group = city
[calendar]
deadline_day = 15
deadline_months = 1
END
cat >"$config/groups.csv" <<'END'
group,name_zh,name_en,area
city,全市,City,
END
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,parent,level,groups
S,双清区,Shuangqing,,county,city
D,大祥区,Daxiang,,county,city
B,北塔区,Beita,,county,city
END
cat >"$config/departments.csv" <<'END'
department,name_zh,name_en
com,商务局,Commerce
fin,财政局,Finance
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals,department
retail,社零总额,Retail sales,万元,flow,higher,M,computed,1,com
budget,预算收入,Budget revenue,万元,flow,higher,M,computed,1,fin
END
cat >"$config/forms.csv" <<'END'
form,files,layout,period_from
retail,retail_{period}*.csv,long,file
budget,budget_{period}*.csv,long,file
END

data=$root/datasets/p
inbox=$data/inbox
send() { # send SENDER/NAME MOMENT: the file on stdin
    mkdir -p "$inbox/$(dirname "$1")"
    cat >"$inbox/$1"
    touch -d "$2 +0800" "$inbox/$1"
}
table() { # table SENDER/NAME MOMENT INDICATOR S D B
    printf '单位,指标,数值\nS,%s,%s\nD,%s,%s\nB,%s,%s\n' "$3" "$4" "$3" "$5" "$3" "$6" | send "$1" "$2"
}
t() { # t ARGUMENTS: exit code in rc
    "$TB_BIN/tongbao" -C "$root" -p p "$@" >"$root/out" 2>"$root/err"
    rc=$?
}
run() { # run [--as-of DAY]: the night of May; its folder in `run`
    t -q "$@" run 2023-05
    run=$data/runs/$(cat "$root/reports/p/2023-05/run.txt")
}
col() { # col TABLE COLUMN ...: these columns of a table of the run, a row a line
    file=$run/$1
    shift
    awk -F, -v want="$*" '
        NR == 1 { n = split(want, w, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
        { line = ""; for (k = 1; k <= n; k++) line = line (k > 1 ? " " : "") (w[k] in at ? $at[w[k]] : "?"); print line }
    ' "$file"
}
retail() { # the retail of May: S D B
    t export measures
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["INDICATOR"] == "retail" && $at["TIME_PERIOD"] == "2023-05" && $at["MEASURE"] == "value" {
            value[$at["REF_AREA"]] = $at["OBS_VALUE"] }
        END { print value["S"], value["D"], value["B"] }' "$root/out"
}

# --- first, on time, late ---
table com/retail_2023-04.csv '2023-05-10 09:00' retail 10 20 30
table fin/budget_2023-04.csv '2023-05-10 09:00' budget 1 2 3
table com/retail_2023-05.csv '2023-06-12 09:00' retail 11 21 31
table fin/budget_2023-05.csv '2023-06-19 09:00' budget 4 5 6
run
is 'the night' "$rc" 0
is 'first, on time and late by working days' "$(col collect/submissions.csv name state vintage timeliness days_late sent_by)" \
    'retail_2023-04.csv accepted first on_time 0 com
budget_2023-04.csv accepted first on_time 0 fin
retail_2023-05.csv accepted first on_time 0 com
budget_2023-05.csv accepted first late 2 fin'
is 'what each brought' "$(col process/sources.csv name new corrected repeated)" \
    'retail_2023-04.csv 3 0 0
budget_2023-04.csv 3 0 0
retail_2023-05.csv 3 0 0
budget_2023-05.csv 3 0 0
edits.csv 0 0 0'
is 'the account of what was due' "$(tail -n +2 "$run/analyse/completeness.csv" | cut -d, -f2- )" \
    'all,,,,6,0,6,3,3,0,0,100.0,50.0,1.0,0
unit,S,,,2,0,2,1,1,0,0,100.0,50.0,1.0,0
unit,D,,,2,0,2,1,1,0,0,100.0,50.0,1.0,0
unit,B,,,2,0,2,1,1,0,0,100.0,50.0,1.0,0
indicator,retail,,2023-06-15,3,0,3,3,0,0,0,100.0,100.0,0.0,0
indicator,budget,,2023-06-15,3,0,3,0,3,0,0,100.0,0.0,2.0,0
sender,com,retail,,3,0,3,3,0,0,0,100.0,100.0,0.0,0
sender,fin,budget,,3,0,3,0,3,0,0,100.0,0.0,2.0,0'
is 'the values of the first' "$(retail)" '11.0 21.0 31.0'

# --- the evenings before: awaited until the due day is over, then missing ---
run --as-of 2023-06-13
t status 2023-05 --as-of 2023-06-13 --lang en
says 'status: the day and the due day' '^due 2023-06-15, 2 working days left$'
says 'status: nothing is missing yet' '^6 items expected: in 3 \(on time 3, late 0\), missing 0, awaited 3\.'
says 'status: what is awaited' '^ +awaited +Finance +budget +2023-06-15 +- +3 +Budget revenue$'
t status 2023-05 --as-of 2023-06-15 --lang en
says 'status: the evening of the due day' '^due 2023-06-15, today$'
says 'status: it is awaited still' '^ +awaited +Finance '
t status 2023-05 --as-of 2023-06-16 --lang zh
says 'status: the evening after it is missing' '^ +缺报 +财政局 +budget +2023-06-15 +1 +3 +预算收入$'
t status 2023-05 --as-of 2023-06-10 --lang en
says 'status: a run that knows of later files says so' 'holds 1 files that came later'
run
t status 2023-05 --as-of 2023-06-19 --lang en
says 'status: late by so many working days' '^ +late +Finance +budget +2023-06-15 +2 +3 +Budget revenue$'
! grep -q "$(printf '\033')" "$root/out"
ok 'status is plain in a pipe' $?

# --- again, in part, and taken back ---
table com/retail_2023-05.csv '2023-06-20 09:00' retail 11 22 31
run
is 'resubmitted, though late' "$(col collect/submissions.csv name state vintage refers_to timeliness days_late | tail -n 1)" \
    'retail_2023-05.csv accepted resubmitted 2 late 3'
is 'it corrects one value' "$(col process/sources.csv new corrected repeated | tail -n 2 | head -n 1)" '0 1 2'
is 'the corrected value counts' "$(retail)" '11.0 22.0 31.0'
printf '单位,指标,数值\nS,retail,12\n' | send com/retail_2023-05_fix.csv '2023-06-21 09:00'
run
is 'a file of one key replaces that key only' "$(retail)" '12.0 22.0 31.0'
printf '口径有误，\n\t待核实后重报' | iconv -f UTF-8 -t GB18030 | send com/retail_2023-05.csv.withdraw '2023-06-22 09:00'
run
is 'a withdrawal is a good night' "$rc" 0
is 'every submission of that name is taken back' "$(col collect/submissions.csv state refers_to segment note | sed 's/segments[^ ]*/-/' | tail -n +3)" \
    'withdrawn 7  口径有误， 待核实后重报
accepted  - 
withdrawn 7  口径有误， 待核实后重报
accepted  - 
withdrawal 5  口径有误， 待核实后重报'
is 'its rows are ignored, none rejected' "$(col collect/submissions.csv rows_in rows_ignored rows_rejected cells_in observations | sed -n '3p;7p')" \
    '4 4 0 0 0
0 0 0 0 0'
says 'the list of what was ignored says why' '^5,retail_2023-05.csv,0,withdrawn$' "$run/collect/ignored.csv"
is 'only what another file says stays in force' "$(retail)" '12.0  '
t status 2023-05 --lang en
says 'status: what was taken back is missing again' '^ +missing in part +Commerce +retail .* Retail sales \(Daxiang, Beita\)$'
says 'status: and the file is named' 'Commerce +retail_2023-05.csv +withdrawn'
says 'the receipt of what was taken back' '已由第 7 号文件撤回' "$run/collect/receipts/00005.md"
says 'the receipt of the withdrawal' '第 5 号文件及此前同名文件已撤回' "$run/collect/receipts/00007.md"
says 'with its reason' '撤回理由 +口径有误， 待核实后重报' "$run/collect/receipts/00007.md"
t explain D retail 2023-05
! grep -q 'retail_2023-05.csv' "$root/out"
ok 'explain knows it no more' $?
t verify
is 'all that is kept is whole' "$rc" 0

# --- sent once more, the same content ---
table com/retail_2023-05.csv '2023-06-25 09:00' retail 11 22 31
run
is 'what was taken back and comes again is no copy' "$(col collect/submissions.csv state vintage | tail -n 1)" 'accepted first'
is 'and counts' "$(retail)" '11.0 22.0 31.0'

# --- nothing to take back; the same withdrawal twice ---
: | send com/retail_2022-05.csv.withdraw '2023-06-26 09:00'
: | send fin/retail_2023-05.csv.withdraw '2023-06-26 09:01'
run
is 'a withdrawal of what never came is told' "$rc" 3
is 'also of what another sender sent' "$(col collect/rejects.csv file text reason)" \
    'retail_2022-05.csv.withdraw retail_2022-05.csv withdrawal.nothing
retail_2023-05.csv.withdraw retail_2023-05.csv withdrawal.nothing'
: | send fin/budget_2023-04.csv.withdraw '2023-06-27 09:00'
run
: | send fin/budget_2023-04.csv.withdraw '2023-06-27 09:01'
run
is 'sent twice it is a copy' "$(col collect/submissions.csv state refers_to | tail -n 2)" \
    'withdrawal 3
duplicate 11'

# --- any evening again ---
evening() { # evening DAY: states, then retail of May as it was
    run --as-of "$1"
    col collect/submissions.csv state | tr '\n' ' '
    retail
}
is 'the evening of the first' "$(evening 2023-06-12)" 'accepted accepted accepted 11.0 21.0 31.0'
is 'the evening of the correction' "$(evening 2023-06-20)" 'accepted accepted accepted accepted accepted 11.0 22.0 31.0'
is 'the evening of the withdrawal' "$(evening 2023-06-22)" \
    'accepted accepted withdrawn accepted withdrawn accepted withdrawal 12.0  '
is 'the evening of the new submission' "$(evening 2023-06-25)" \
    'accepted accepted withdrawn accepted withdrawn accepted withdrawal accepted 11.0 22.0 31.0'

# --- the bulletin: late, missing, false and withheld apart; verified values ---
cat >"$config/edits.csv" <<'END'
when,who,unit,indicator,measure,period,value,reason,action
2023-06-28,统计局,S,retail,value,2023-05,9.5,多报,
2023-06-28,统计局,S,retail,value,2023-05,,台账另有一册,withdraw
2023-06-29,统计局,S,retail,value,2023-05,9,多报，以台账为准,
2023-06-29,统计局,B,retail,value,2023-05,31,与上报一致,
END
cat >"$config/faults.csv" <<'END'
when,who,unit,indicator,period,fault,note
2023-06-29,统计局,S,retail,2023-05,false,与发票数据不符
2023-06-29,统计局,D,,2023-05,withheld,漏项
2023-06-29,统计局,B,,2023-05,withheld,查无此事
2023-06-30,统计局,B,,2023-05,cleared,
END
table com/retail_2023-06.csv '2023-06-29 09:00' retail 1 2 3
run
report=$root/reports/p/2023-05
grep -- '- \*\*.*\*\*：' "$report/bulletin.md" >"$root/out"
is 'the bulletin: each kind by its name' "$(cat "$root/out")" \
    '- **迟报**：商务局（迟7个工作日，2项）、财政局（迟2个工作日，3项）
- **差错**：商务局（retail\_2022-05.csv.withdraw）：整份退回
- **差错**：财政局（retail\_2023-05.csv.withdraw）：整份退回
- **谎报**：双清区，2023年5月社零总额：与发票数据不符
- **瞒报**：大祥区，2023年5月：漏项
- **核定与上报不一致**：双清区，2023年5月社零总额：上报11.0，核定9.0，相差-2.0（统计局：多报，以台账为准）'
grep -- '- \*\*.*\*\*: ' "$report/bulletin.en.md" >"$root/out"
says 'in English: late' 'Late\*\*: Commerce \(7 working days, 2 items\), Finance \(2 working days, 3 items\)$'
says 'in English: verified' 'submitted 11.0, verified 9.0, difference -2.0 \('
t status 2023-05 --as-of 2023-06-29 --lang zh
says 'status: withheld is told' '^ +瞒报 +大祥区 +全部 '
t status 2023-05 --as-of 2023-06-30 --lang zh
! grep -q 查无此事 "$root/out"
ok 'status: a finding that was cleared is not' $?
run --as-of 2023-06-20
grep -q '谎报' "$report/bulletin.md"
[ $? -eq 1 ]
ok 'an evening before the finding does not know of it' $?

# --- without senders' folders the units are named ---
: | send fin/budget_2023-05.csv.withdraw '2023-07-03 09:00'
table budget_2023-05.csv '2023-07-03 10:00' budget 4 5 6
run
says 'the bulletin names the units of what came in no folder' '迟报\*\*：.*双清区（迟12个工作日，1项）、大祥区（迟12个工作日，1项）、北塔区（迟12个工作日，1项）' "$report/bulletin.md"
! grep -q '迟报.*财政局' "$report/bulletin.md"
ok 'and not who took it back' $?

# --- another measure than the main one is on time, too ---
printf '单位,指标,口径,数值\nS,budget,累计,9\nD,budget,累计,9\nB,budget,累计,9\n' |
    send fin/budget_2023-06.csv '2023-07-10 10:00'
t -q run 2023-06
run=$data/runs/$(cat "$root/reports/p/2023-06/run.txt")
is 'what came by another measure was on time' \
    "$(grep '^[^,]*,indicator,budget' "$run/analyse/completeness.csv" | cut -d, -f6-10)" '3,0,3,3,0'

# --- how the last night ended ---
t status 2023-05 --lang en
says 'status: the last night was good' '^last night: ended [0-9-]{10} [0-9:]{5}, done.* \(exit [03]\)$'
mv "$root/reports/templates" "$root/away"
t -q --force run 2023-05
is 'a night without templates fails' "$rc" 1
t status 2023-05 --lang zh
says 'status: and it says so' '失败，未发布（退出码 1）：disseminate failed'
mv "$root/away" "$root/reports/templates"

done_testing
