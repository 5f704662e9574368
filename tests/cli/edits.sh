#!/bin/sh
# edits.sh - edits.csv: what is corrected, approved and withdrawn, and what of it is
# refused, unused or out of date.  Prints TAP.
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
printf 'department,name_zh,name_en\nstats,统计局,Bureau of Statistics\n' >"$config/departments.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals
sales,销售额,Sales,万元,flow,higher,M,published,1
people,人口,People,人,stock,none,M,computed,0
END
printf 'form,files,layout,period_from,measure\nf,*_{period}*.csv,long,file,\n' >"$config/forms.csv"
cat >"$config/checks.csv" <<'END'
check,indicator,units,severity,rule,message_zh,message_en
most,sales,*,error,value <= 100,过大,too large
END
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule
T1,sales,*,2023-05,2023-06,value >= 10
END
head='when,who,unit,indicator,measure,period,value,reason,action,status'

send() { # send NAME MOMENT: rows A,B,C of sales and people on stdin
    mkdir -p "$data/inbox"
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
edits() { # the rows after the head
    { echo "$head"; cat; } >"$config/edits.csv"
}
outcomes() { # line and outcome of every row that was looked at
    awk -F, 'NR > 1 { printf "%s%s %s", (NR > 2 ? "; " : ""), $1, $(NF - 2) } END { print "" }' "$run/process/edits.csv"
}
value() { # value UNIT INDICATOR MEASURE: value and status in the cube of May
    t export measures
    awk -F, -v u="$1" -v i="$2" -v m="$3" 'NR == 1 { for (k = 1; k <= NF; k++) at[$k] = k; next }
        $at["REF_AREA"] == u && $at["INDICATOR"] == i && $at["MEASURE"] == m && $at["TIME_PERIOD"] == "2023-05" {
            print $at["OBS_VALUE"] ":" $at["OBS_STATUS"] }' "$root/out"
}

printf 'A,sales,value,84\nB,sales,value,150\nC,sales,value,20\nA,people,value,1000\nC,sales,growth,5.0\n' |
    send f_2023-05.csv '2023-06-12 09:00'
printf 'A,sales,value,80\nB,sales,value,90\nC,sales,value,19\n' | send f_2023-04.csv '2023-05-12 09:00'

# --- used ---
edits <<'END'
2023-06-20,统计局,A,sales,value,2023-05,48,数字颠倒,,
2023-06-20,统计局,B,sales,value,2023-05,,已核实,,
2023-06-20,统计局,A,people,value,2023-05,,快报,,P
2023-06-20,统计局,C,sales,growth,2023-05,5.5,笔误,,E
END
run
is 'a correction, an approval, a status, another measure' "$(outcomes)" '2 used; 3 used; 4 used; 5 used'
is 'the corrected value' "$(value A sales value)" '48.0:A'
is 'the approved value' "$(value B sales value)" '150.0:A'
is 'a status alone leaves the number' "$(value A people value)" '1000:P'
is 'of that measure alone, with its status' "$(value C sales growth) $(value C sales value)" '5.5:E 20.0:A'
silent 'nothing is odd' 'edits.csv' "$root/log"
has 'the original is a revision' "$run/process/revisions.csv" 'A,sales,value,,2023-05,84,A,'
t explain A sales 2023-05
says 'explain: what was and what is' '^  value  correct  84 \(A\) f_2023-05.csv:2  ->  48 \(A\)  edits.csv:2 .*统计局: 数字颠倒  \[used\]$'
t explain B sales 2023-05
says 'explain: the check was met with an approval' 'most  failed, approved .*edits.csv:3'
report=$root/reports/p/2023-05/data-quality.en.md
ls "$root/reports/p/2023-05" | grep -q data-quality.en || report=$root/reports/p/2023-05/data-quality.md
says 'the report: was, is, why, outcome' '\| +84 \| +48 \| 数字颠倒 +\| used +\|' "$report"
has 'the report: an approval' "$report" 'approved as sent'
t -C "$root" -p p check
is 'check has nothing to say' "$rc" 0

# --- known from their day on ---
run --as-of 2023-06-15
is 'an evening before has not seen them' "$(outcomes)" ''
is 'and has the original' "$(value A sales value)" '84.0:A'
awk -F, 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c }
    $1 == "B" && $2 == "sales" { exit $at["held"] != 1 }' "$run/process/cells.csv"
ok 'what is not approved yet is held' $?

# --- not used, or not as meant ---
edits <<'END'
2023-06-20,统计局,A,sales,value,2023-03,7,误记,,
2023-06-20,统计局,C,sales,value,2023-05,20.0,核对,,
2023-06-20,统计局,A,sales,value,2023-05,,核对,,
2023-06-20,统计局,B,sales,value,2023-05,151,核对,approve,
2023-06-10,统计局,C,sales,growth,2023-05,6,笔误,,
2023-06-20,统计局,B,people,value,2023-05,900,电话,,
END
run
is 'each with its reason' "$(outcomes)" \
    '2 no_cell; 3 same_value; 4 not_held; 5 older_value; 6 used_older; 7 no_cell'
is 'what nobody submitted is not made' "$(value B people value)" ''
is 'the unseen value is held all the same' "$(value B sales value)" ':O'
is 'an older correction still counts' "$(value C sales growth)" '6.0:A'
has 'the log says which line' "$root/log" 'edits.csv:2: error: corrects what nobody submitted'
has 'and of an approval' "$root/log" 'edits.csv:5: error: approves another value than the one that is there now'
has 'and of what came later' "$root/log" 'edits.csv:6: warning: corrects a value that was submitted after it was made'
says 'the report counts them' '^[67] of them are not used as they are meant' "$report"
has 'the report says so in each row' "$report" 'not used: nothing was submitted there'

# --- an approval is of what was there ---
edits <<'END'
2023-06-20,统计局,B,sales,value,2023-05,,已核实,,
END
printf 'B,sales,value,1500\n' | send f_2023-05_again.csv '2023-06-25 09:00'
run
is 'a later value is not approved with it' "$(outcomes) $(value B sales value)" '2 older_value :O'
t explain B sales 2023-05
says 'explain: it is held' 'most  failed'
edits <<'END'
2023-06-20,统计局,B,sales,value,2023-05,150,已核实,approve,
2023-06-28,统计局,B,sales,value,2023-05,,再次核实,withdraw,
2023-06-28,统计局,B,sales,value,2023-05,1500,再次核实,approve,
END
run
is 'withdrawn, and approved anew' "$(outcomes) $(value B sales value)" '2 withdrawn; 3 withdraws; 4 used 1500.0:A'
run --as-of 2023-06-26
is 'before the withdrawal the first row holds' "$(outcomes)" '2 older_value'

# --- a correction that is held, and approved ---
edits <<'END'
2023-06-26,统计局,B,sales,value,2023-05,160,台账,,
END
run
is 'a correction goes through the checks' "$(value B sales value)" ':O'
echo '2023-06-27,统计局,B,sales,value,2023-05,,台账属实,approve,' >>"$config/edits.csv"
run
is 'its approval is of the corrected value' "$(outcomes) $(value B sales value)" '2 used; 3 used 160.0:A'

# --- threads ---
cp "$run/process/edits.csv" "$root/one"
t -q -j 2 run 2023-05
holds 'the same on two threads' cmp "$root/one" "$run/process/edits.csv"

# --- errors of the profile ---
refused() { # refused NAME TEXT: check names it
    t check
    [ "$rc" -eq 2 ] || echo "# exit $rc"
    has "$1" "$root/err" "$2"
}
edits <<'END'
2023-06-20,统计局,A,sales,value,2023-05,48,数字颠倒,,
2023-06-21,统计局,A,sales,value,2023-05,47,数字颠倒,,
END
refused 'two values for one cell' 'edits.csv:3:38: error: contradicts line 2, which gives this cell another value, expected a row of action withdraw between them'
edits <<'END'
2023-06-20,统计局,A,sales,value,2023-05,,属实,,
2023-06-21,统计局,A,sales,value,2023-05,47,数字颠倒,,
END
refused 'approved and corrected' 'contradicts line 2, which approves this cell as it was sent'
edits <<'END'
2023-06-20,统计局,A,sales,value,2023-05,48,数字颠倒,,
2023-06-21,统计局,A,sales,value,2023-05,84,属实,approve,
END
refused 'an approval of the value that was corrected' 'edits.csv:3:38: error: contradicts line 2'
edits <<'END'
2023-06-20,统计局,A,sales,,2023-05,,快报,,P
2023-06-21,统计局,A,sales,,2023-05,,终报,,A
END
refused 'two statuses' 'contradicts line 2, which gives this cell another status'
edits <<'END'
2023-06-21,统计局,A,sales,value,2023-05,,撤销,withdraw,
2023-06-22,统计局,A,sales,value,2023-05,7,改,,
END
refused 'a withdrawal of nothing' 'withdraws nothing, expected an earlier row on this cell'
edits <<'END'
2023-06-21,统计局,A,sales,value,2023-05,,改,correct,
2023-06-22,统计局,B,sales,value,2023-05,5,撤,withdraw,
2023-06-22,统计局,C,sales,value,2023-05,5,改,,Q
2023-06-22,统计局,C,sales,ytd,2023-05,5,改,,fine
2023-06-22,统计局,A,people,value,2023-05,5,改,change,
END
t check
has 'a correction to nothing' "$root/err" 'edits.csv:2:38: error: a correction without a value, expected one, or a status'
has 'a withdrawal with a value' "$root/err" 'edits.csv:3:38: error: a withdrawal has no value'
has 'a missing value with a number' "$root/err" "status 'Q' is that of a missing value, expected no value"
has 'an unknown status' "$root/err" "'fine' is no status, expected a letter of OBS_STATUS"
has 'an unknown action' "$root/err" "unknown action 'change', expected one of: correct, approve, withdraw"
edits <<'END'
2123-06-20,统计局,A,sales,value,2023-05,48,数字颠倒,,
END
t check
is 'dated in the future: check fails' "$rc" 2
has 'and says so' "$root/err" 'edits.csv:2: error: the edit is dated 2123-06-20T00:00:00+08:00, in the future'
edits <<'END'
2023-06-20,统计局审核岗,A,sales,value,2023-05,48,数字颠倒,,
2023-06-20,张三,B,sales,value,2023-05,,属实,,
END
printf '[edits]\noffices = stats\n' >>"$config/profile.ini"
refused 'an office that may not' "edits.csv:3:12: error: '张三' may not edit, expected a desk of an office that [edits] offices of profile.ini names"
silent 'a desk of the office may' 'edits.csv:2:'
done_testing
