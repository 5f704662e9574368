#!/bin/sh
# action.sh - ACTION of SDMX-CSV: rows that take single keys back, what remains of
# them on each evening, and what is refused.
. "$(dirname "$0")/lib.sh"

# --- a small bureau: three districts, due on the 15th ---
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
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals,department
retail,社零总额,Retail sales,万元,stock,higher,M,computed,1,com
people,常住人口,People,万人,stock,higher,M,computed,1,com
heads,户数,Heads,户,stock,higher,M,computed,1,com
END
cat >"$config/forms.csv" <<'END'
form,files,layout,period_from
long,long_*.csv,long,
across,across_{period}*.csv,indicators-across,file
END

data=$root/datasets/p
inbox=$data/inbox
send() { # send NAME MOMENT: the file on stdin
    mkdir -p "$inbox/com"
    cat >"$inbox/com/$1"
    touch -d "$2 +0800" "$inbox/com/$1"
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
may() { # may INDICATOR: its values of May: S D B
    t export measures
    awk -F, -v of="$1" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["INDICATOR"] == of && $at["TIME_PERIOD"] == "2023-05" && $at["MEASURE"] == "value" {
            value[$at["REF_AREA"]] = $at["OBS_VALUE"] }
        END { printf "%s|%s|%s\n", value["S"], value["D"], value["B"] }' "$root/out"
}
balanced() { # balanced NAME: sources.csv tells of every observation
    col process/sources.csv n_rows new corrected repeated deleted not_there |
        awk '$1 != $2 + $3 + $4 + $5 + $6 { wrong = 1 } { all += $1 } END { exit wrong || !all }'
    ok "$1: every observation is new, corrected, repeated, deleted or not there" $?
    col process/cells.csv arrived repeated replaced deleted | awk '$1 < $2 + $3 + $4 { wrong = 1 } { all += $1 } END { exit wrong || !all }'
    ok "$1: no cell gives back more than arrived" $?
}

head='STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE'
flow='dataflow,TB:P(1.0.0)'
send long_2023-04.csv '2023-05-10 09:00' <<END
$head
$flow,I,S,retail,2023-04,10
$flow,I,D,retail,2023-04,20
$flow,I,B,retail,2023-04,30
END
send long_2023-05.csv '2023-06-12 09:00' <<END
$head
$flow,M,S,retail,2023-05,11
$flow,A,D,retail,2023-05,21
$flow,R,B,retail,2023-05,31
END
send long_2023-05_b.csv '2023-06-13 09:00' <<END
$head
$flow,R,D,retail,2023-05,22
END
run
is 'M, A, I and R are values' "$rc $(may retail)" '0 11.0|22.0|31.0'

# --- one key is taken back ---
send long_2023-05_c.csv '2023-06-14 09:00' <<END
$head
$flow,D,D,retail,2023-05,
END
run
is 'a row with D is taken' "$rc $(col collect/submissions.csv state rows_in rows_accepted rows_ignored cells_in cells_accepted cells_empty observations | tail -n 1)" \
    '0 accepted 2 1 1 1 1 0 1'
is 'its value is gone, and the earlier one does not come back' "$(may retail)" '11.0||31.0'
is 'what each brought' "$(col process/sources.csv name new corrected repeated deleted not_there)" \
    'long_2023-04.csv 3 0 0 0 0
long_2023-05.csv 3 0 0 0 0
long_2023-05_b.csv 0 1 0 0 0
long_2023-05_c.csv 0 0 0 1 0
edits.csv 0 0 0 0 0'
balanced 'taken back'
is 'the list of revisions has it' "$(col process/revisions.csv unit old_value new_value new_status new_name new_line | tail -n 1)" \
    'D 22   long_2023-05_c.csv 2'
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $2 == "all" { all = $at["expected"] " " $at["received"] " " $at["on_time"] }
    $3 == "D" { d = $at["expected"] " " $at["received"] }
    END { print all "|" d }' "$run/analyse/completeness.csv" >"$root/out"
is 'completeness: expected and missing again' "$(cat "$root/out")" '3 2 2|1 0'
t explain D retail 2023-05 --lang en
says 'explain says by which line' 'retail  value  2023-05  no data: withdrawn by long_2023-05_c.csv:2 on 2023-06-14T09:00:00\+08:00'
says 'explain: the vintages' 'value  22 \(A\) .*long_2023-05_b.csv:2  ->  withdrawn 2023-06-14T09:00:00\+08:00 long_2023-05_c.csv:2'
t explain D retail 2023-05 --lang zh
says 'explain in Chinese' '无数据：已由 long_2023-05_c.csv:2 于 2023-06-14T09:00:00\+08:00 撤回'
t export observations
says 'export: values are M' '^D,retail,value,M,2023-05,22,A,.*,M$'
says 'export: the row that takes back' '^D,retail,value,M,2023-05,,,.*long_2023-05_c.csv:2,,D$'
run --as-of 2023-06-13
is 'the evening before still has it' "$(may retail)" '11.0|22.0|31.0'
run
is 'and today has not' "$(may retail)" '11.0||31.0'

# --- a later submission of the key counts again, late or not ---
send long_2023-05_d.csv '2023-06-16 09:00' <<END
$head
$flow,,D,retail,2023-05,23
END
run
is 'sent again' "$(may retail)" '11.0|23.0|31.0'
is 'it is new, and known as a revision' "$(col process/sources.csv new corrected deleted | tail -n 2 | head -n 1)|$(col process/revisions.csv unit old_value old_name new_value new_name | tail -n 1)" \
    '1 0 0|D  long_2023-05_c.csv 23 long_2023-05_d.csv'
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $3 == "D" { print $at["received"], $at["on_time"], $at["late"] }' "$run/analyse/completeness.csv" >"$root/out"
is 'it is late: what was taken back was never in time' "$(cat "$root/out")" '1 0 1'
t explain D retail 2023-05 --lang en
! grep -q 'no data: withdrawn' "$root/out"
ok 'explain: there is data again' $?

# --- whatever value stands beside D; words; keys that are not there ---
send long_2023-05_e.csv '2023-06-17 09:00' <<'END'
操作,单位,指标,月份,数值,状态
撤回,S,retail,2023-05,999,
删除,D,retail,2023-05,约 5 吨,P
delete,B,retail,2023-05,NaN,L
d,B,people,2023-05,,
D,B,retail,2031-05,,
更正,S,people,2023-05,1,
新增,D,people,2023-05,2,
END
run
cp "$root/err" "$root/warnings"
is 'all of it is taken' "$rc $(col collect/submissions.csv state rows_accepted observations | tail -n 1)" '0 accepted 7 7'
is 'the values are gone, whatever stood beside D' "$(may retail) $(may people)" '|| 1.0|2.0|'
is 'what was not there is counted' "$(col process/sources.csv new deleted not_there | tail -n 2 | head -n 1)" '2 3 2'
balanced 'not there'
says 'process names it with its line' "com/long_2023-05_e.csv' takes back what is not there: rows 2, the first in line 5" "$root/warnings"
[ -s "$run/process/revisions.csv" ] && ! grep -q '^B,people' "$run/process/revisions.csv"
ok 'nothing is revised by it' $?
printf '单位,指标,月份,数值\nS,people,2023-04,1\n' | send long_2023-04_b.csv '2023-06-17 10:00'
run
silent 'the next night does not say it again' 'takes back what is not there' "$root/err"
is 'it stays in the list' "$(col process/sources.csv name not_there not_there_line | grep _e.csv)" 'long_2023-05_e.csv 2 5'
printf '撤回\n' | send long_2023-04_b.csv.withdraw '2023-06-17 11:00'

# --- the file with D is itself withdrawn: what it took back is in force again ---
send long_2023-05_f.csv '2023-06-17 10:00' <<END
$head
$flow,D,S,people,2023-05,
END
run
is 'taken back once more' "$(may people)" '|2.0|'
send long_2023-05_f.csv.withdraw '2023-06-17 11:00' </dev/null
run
is 'and the withdrawal of that file' "$(may people)" '1.0|2.0|'

# --- refused ---
send long_2023-06.csv '2023-06-18 09:00' <<END
$head
$flow,X,S,heads,2023-05,1
$flow,M,D,heads,2023-05,2
$flow,D,D,heads,2023-05,
$flow,D,B,heads,2023-05,
$flow,D,B,heads,2023-05,7
$flow,D,,heads,2023-05,
$flow,D,S,heads,2023-13,
$flow,D,S,nothing,2023-05,
$flow,D,S,heads,2023-04
END
run
is 'exit 3' "$rc" 3
is 'what is refused, and why' "$(awk -F, '/long_2023-06/' "$run/collect/rejects.csv" | grep -Eo '(action|key|unit|period|indicator|row)\.[a-z_]+' | tr '\n' ' ')" \
    'action.unknown key.conflict unit.missing period.malformed indicator.unknown row.too_short '
says 'value and D of one key conflict' 'key.conflict.*2, :3' "$run/collect/rejects.csv"
is 'the account' "$(col collect/submissions.csv rows_in rows_accepted rows_rejected rows_ignored cells_in cells_accepted cells_rejected cells_empty observations | tail -n 1)" \
    '10 2 6 2 8 2 2 4 2'
is 'the second D of a key is a copy' "$(grep -c '^[0-9]*,long_2023-06.csv,6,duplicate' "$run/collect/ignored.csv")" 1
send long_2023-07.csv '2023-06-18 10:00' <<END
$head
$flow,D,D,heads,2023-05,
$flow,M,D,heads,2023-05,2
END
run
says 'also the other way round' 'key.conflict.*ACTION D, :2' "$run/collect/rejects.csv"

# --- several columns of values: those that are filled, else all ---
send across_2023-05.csv '2023-06-19 09:00' <<'END'
单位,社零总额,常住人口,户数
S,1,2,3
D,4,5,6
B,7,8,9
END
run
is 'a table across' "$(may retail) $(may people) $(may heads)" '1.0|4.0|7.0 2.0|5.0|8.0 3.0|6.0|9.0'
send across_2023-05.csv '2023-06-19 10:00' <<'END'
单位,社零总额,常住人口,户数,操作
S,,x,,D
D,,,,D
B,7,,10,
END
run
is 'the cells that are filled, else all' "$(may retail) $(may people) $(may heads)" '1.0||7.0 ||8.0 3.0||10.0'
is 'cells of rows with D' "$(col collect/submissions.csv cells_in cells_accepted cells_rejected cells_empty observations | tail -n 1)" '9 6 0 3 6'
balanced 'across'

# --- the same on any number of threads, again from the archive, and from what is exported ---
find "$run" -type f ! -name '*.log' | sort | (cd "$run" && sed "s|^$run/||" | xargs sha256sum) >"$root/before"
t -q --threads 1 replay 2023-05
is 'replay' "$rc" 0
run=$data/runs/$(cat "$root/reports/p/2023-05/run.txt")
find "$run" -type f ! -name '*.log' | sort | (cd "$run" && sed "s|^$run/||" | xargs sha256sum) >"$root/after"
[ -s "$root/before" ] && cmp -s "$root/before" "$root/after"
ok 'on one thread and from the archive the same bytes' $?
t verify
is 'all that is kept is whole' "$rc" 0

t export observations
{ head -n 1 "$root/out"; grep 'across_2023-05.csv' "$root/out" | grep '2023-06-19T10'; } >"$root/exported.csv"
before=$(may retail)$(may people)$(may heads)
send long_back.csv '2023-06-20 09:00' <"$root/exported.csv"
run
is 'what is exported can be sent: nothing is new' "$(col process/sources.csv n_rows new corrected repeated deleted not_there | tail -n 2 | head -n 1)" '6 0 0 2 0 4'
is 'nor rejected' "$(col collect/submissions.csv state rows_rejected rows_ignored | tail -n 1)" 'accepted 0 1'
is 'and it says the same' "$(may retail)$(may people)$(may heads)" "$before"

done_testing
