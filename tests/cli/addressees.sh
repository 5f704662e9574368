#!/bin/sh
# addressees.sh - one submission, two addressees: on time when both have it, on
# each evening as it was.
. "$(dirname "$0")/lib.sh"

# --- a small bureau: figures go to the office by the 21st, copies to statistics ---
config=$root/config/p
mkdir -p "$config" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/templates"
profile() { # profile YES_OR_NO
    cat >"$config/profile.ini" <<END
[profile]
name_zh = 试验
name_en = Trial
languages = zh;en
frequency = M
utc_offset = +08:00
subject_group = city
[inbox]
addressees = $1
END
}
profile yes
cat >"$config/groups.csv" <<'END'
group,name_zh,name_en,area
city,全市,City,
END
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,parent,level,groups
S,双清区,Shuangqing,,county,city
D,大祥区,Daxiang,,county,city
END
cat >"$config/departments.csv" <<'END'
department,name_zh,name_en
office,专班办公室,Task force office
stats,统计局,Statistics
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
cat >"$config/deadlines.csv" <<'END'
deadline,step,applies_to,due,to
monthly,submit,*,次月21日前,office;stats
END

data=$root/datasets/p
inbox=$data/inbox
send() { # send FOLDER/NAME MOMENT: the file on stdin; what lies there is collected first
    [ ! -e "$inbox/$1" ] || t -q collect
    mkdir -p "$inbox/$(dirname "$1")"
    cat >"$inbox/$1"
    touch -d "$2 +0800" "$inbox/$1"
}
table() { # table FOLDER/NAME MOMENT INDICATOR S D
    printf '单位,指标,数值\nS,%s,%s\nD,%s,%s\n' "$3" "$4" "$3" "$5" | send "$1" "$2"
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
        { line = ""; for (k = 1; k <= n; k++) line = line (k > 1 ? " " : "") (w[k] in at ? ($at[w[k]] == "" ? "-" : $at[w[k]]) : "?"); print line }
    ' "$file"
}
copies() { col collect/submissions.csv name sender state timeliness days_late addressee copied_to lacking complete_on; }
in_time() { # received, on time and late of the whole account
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["level"] == "all" { print $at["received"], $at["on_time"], $at["late"] }' "$run/analyse/completeness.csv"
}
retail() { # the retail of May: S D
    t export measures
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["INDICATOR"] == "retail" && $at["TIME_PERIOD"] == "2023-05" && $at["MEASURE"] == "value" {
            value[$at["REF_AREA"]] = $at["OBS_VALUE"] }
        END { print value["S"], value["D"] }' "$root/out"
}
again() { # a new inbox, archive and ledger
    rm -rf "$data" "$root/reports/p"
}

t check
is 'the profile is sound' "$rc" 0

# --- the pair on time, a copy that is late, one that is missing ---
table com/retail_2023-05.csv '2023-06-20 09:00' retail 11 21
table fin/budget_2023-05.csv '2023-06-20 10:00' budget 4 5
t -q collect
table @stats/com/retail_2023-05.csv '2023-06-21 23:59' retail 11 21
table @统计局/fin/budget_2023-05.csv '2023-06-27 09:00' budget 4 5
run
is 'the night' "$rc" 0
is 'on time when both have it, late by the last' "$(copies)" \
    'retail_2023-05.csv com accepted on_time 0 office stats - 2023-06-21T23:59:00+08:00
budget_2023-05.csv fin accepted late 4 office stats - 2023-06-27T09:00:00+08:00
retail_2023-05.csv com copy - - stats - - -
budget_2023-05.csv fin copy - - stats - - -'
is 'two moments of receipt' "$(col collect/submissions.csv received refers_to | sed -n '1p;3p')" \
    '2023-06-20T09:00:00+08:00 -
2023-06-21T23:59:00+08:00 1'
is 'rows of copies are ignored' "$(col collect/submissions.csv rows_in rows_ignored observations | tail -n 1)" '3 3 0'
is 'the account of what was due goes by the last' "$(in_time)" '4 2 2'
says 'the receipt names the addressee' '收件部门 +统计局$' "$run/collect/receipts/00003.md"
says 'and what it is a copy of' '系第 1 号文件的抄送件' "$run/collect/receipts/00003.md"
says 'the ledger has the addressee with the sender' "@stats/com" "$data/archive/arrivals.csv"
is 'one reading of both' "$(find "$data/segments" -name '*.seg' | wc -l)" 2
t status 2023-05 --as-of 2023-06-30 --lang en
says 'status: late' '^ +late +Finance +budget +2023-06-21 +4 '
silent 'status: nobody lacks anything' 'not with every addressee'
silent 'status: a copy is no trouble' ' copy'

silent 'nor does the bulletin say so' '未送达' "$run/reports/bulletin.md"

# --- the evenings before ---
run --as-of 2023-06-20
is 'that evening nothing is on time yet' "$(copies)" \
    'retail_2023-05.csv com accepted incomplete - office - stats -
budget_2023-05.csv fin accepted incomplete - office - stats -'
is 'it is in, neither in time nor late' "$(in_time)" '4 0 0'
t status 2023-05 --as-of 2023-06-20 --lang en
says 'status: who lacks what' '^ +Statistics +Finance +budget_2023-05.csv +2023-06-21 +-$'
says 'status: how many' '^not with every addressee yet: 2$'
says 'so does the bulletin' '^- \*\*未送达\*\*：财政局（budget.*2023-05.csv）：统计局尚未收到，应于2023-06-21前送达$' "$run/reports/bulletin.md"
says 'in either language' '^- \*\*Not with every addressee\*\*: Finance \(budget.*2023-05.csv\): not with Statistics, due 2023-06-21$' "$run/reports/bulletin.en.md"
says 'the receipt says so' '尚未收到 +统计局$' "$run/collect/receipts/00001.md"
run --as-of 2023-06-21
is 'the next evening one is complete' "$(copies | cut -d' ' -f4)" 'on_time
incomplete
-'
t status 2023-05 --as-of 2023-06-26 --lang zh
run --as-of 2023-06-26
t status 2023-05 --as-of 2023-06-26 --lang zh
says 'status: overdue by working days' '^ +统计局 +财政局 +budget_2023-05.csv +2023-06-21 +3$'
run
is 'an evening changes nothing of the next' "$(in_time)" '4 2 2'

# --- the copy comes first, or alone ---
again
table @stats/com/retail_2023-05.csv '2023-06-19 09:00' retail 11 21
run
is 'what only statistics has counts all the same' "$(retail)" '11.0 21.0'
is 'and the lead lacks it' "$(copies)" 'retail_2023-05.csv com accepted incomplete - stats - office -'
table @office/com/retail_2023-05.csv '2023-06-20 09:00' retail 11 21
run
is 'the lead may be named' "$(copies)" \
    'retail_2023-05.csv com accepted on_time 0 stats office - 2023-06-20T09:00:00+08:00
retail_2023-05.csv com copy - - office - - -'
table com/retail_2023-05.csv '2023-06-20 10:00' retail 11 21
table @stats/com/retail_2023-05.csv '2023-06-20 11:00' retail 11 21
run
is 'sent to either once more it is a duplicate' "$(copies | tail -n 2 | cut -d' ' -f3,6)" 'duplicate office
duplicate stats'

# --- other content, and late copies of what was corrected ---
again
table com/retail_2023-05.csv '2023-06-10 09:00' retail 11 21
table com/retail_2023-05.csv '2023-06-12 09:00' retail 12 22
table @stats/com/retail_2023-05.csv '2023-06-13 09:00' retail 11 21
run
is 'a late copy of the first brings nothing back' "$(retail)" '12.0 22.0'
is 'the corrected one is not with statistics' "$(copies | cut -d' ' -f3-)" \
    'accepted on_time 0 office stats - 2023-06-13T09:00:00+08:00
accepted incomplete - office - stats -
copy - - stats - - -'
t status 2023-05 --as-of 2023-06-13 --lang en
says 'status: only the one that counts is wanted' '^not with every addressee yet: 1$'
is 'a value is in time by the first that all have' "$(in_time)" '2 2 0'
table @stats/com/retail_2023-05.csv '2023-06-14 09:00' retail 12 22
run
is 'then it is' "$(copies | cut -d' ' -f3 | tr '\n' ' ')" 'accepted accepted copy copy '
table @stats/com/retail_2023-05.csv '2023-06-15 09:00' retail 13 23
run
is 'other content to the second addressee is another vintage' "$(retail)" '13.0 23.0'
is 'which the lead lacks' "$(copies | tail -n 1)" 'retail_2023-05.csv com accepted incomplete - stats - office -'
table com/retail_2023-05.csv '2023-06-16 09:00' retail 12 22
run
is 'at the lead nothing came in between' "$(copies | tail -n 1 | cut -d' ' -f3)" duplicate
table @stats/com/retail_2023-05.csv '2023-06-17 09:00' retail 12 22
run
is 'at statistics it is a correction taken back' "$(copies | tail -n 1 | cut -d' ' -f3) $(retail)" 'accepted 12.0 22.0'

# --- withdrawals go by the sender ---
again
table com/retail_2023-05.csv '2023-06-10 09:00' retail 11 21
table @stats/com/retail_2023-05.csv '2023-06-10 10:00' retail 11 21
printf 'slip\n' | send com/retail_2023-05.csv.withdraw '2023-06-11 09:00'
printf 'slip\n' | send @stats/com/retail_2023-05.csv.withdraw '2023-06-11 10:00'
run
is 'taken back at one it is taken back at both' "$(copies | cut -d' ' -f3 | tr '\n' ' ')" 'withdrawn withdrawn withdrawal copy '
again
table com/retail_2023-05.csv '2023-06-10 09:00' retail 11 21
printf 'slip\n' | send com/retail_2023-05.csv.withdraw '2023-06-11 09:00'
table com/retail_2023-05.csv '2023-06-12 09:00' retail 12 22
table @stats/com/retail_2023-05.csv '2023-06-13 09:00' retail 11 21
printf 'slip\n' | send @stats/com/retail_2023-05.csv.withdraw '2023-06-14 09:00'
table @stats/com/retail_2023-05.csv '2023-06-15 09:00' retail 12 22
run
is 'a late copy of a withdrawal takes back what its addressee has' "$(copies | cut -d' ' -f3 | tr '\n' ' ')" \
    'withdrawn withdrawal accepted withdrawn withdrawal copy '
is 'and the new one stands' "$(retail)" '12.0 22.0'

# --- nil returns, files in no folder of a sender, names that a spreadsheet would run ---
again
table retail_2023-05.csv '2023-06-10 09:00' retail 11 21
table @stats/retail_2023-05.csv '2023-06-22 09:00' retail 11 21
printf '单位,指标,数值\n' | send fin/budget_2023-05.csv '2023-06-20 09:00'
table =x/retail_2023-04.csv '2023-05-10 09:00' retail 1 2
table @stats/=x/retail_2023-04.csv '2023-05-10 10:00' retail 1 2
run
is 'senders or none, guarded or not' "$(copies | cut -d' ' -f2-7)" \
    "'=x accepted on_time 0 office stats
'=x copy - - stats -
- accepted late 1 office stats
fin nil incomplete - office -
- copy - - stats -"

# --- folders of nobody ---
again
table @nobody/com/retail_2023-05.csv '2023-06-10 09:00' retail 11 21
table @fin/com/retail_2023-05.csv '2023-06-10 09:00' retail 11 21
table @stats/@stats/retail_2023-05.csv '2023-06-10 09:00' retail 11 21
table @stats/com/deep/retail_2023-05.csv '2023-06-10 09:00' retail 11 21
table com/retail_2023-05.csv '2023-06-10 09:00' retail 11 21
run
is 'they are left in the inbox' "$(tail -n +2 "$data/left.csv" | cut -d, -f1,2 | sed "s/^'//" | tr '\n' ' ')" \
    '@fin,inbox.addressee @nobody,inbox.addressee @stats/@stats,inbox.folder @stats/com/deep,inbox.folder '
says 'the log says why' 'names that addressee' "$root/err"
is 'and nothing of them is lost' "$(find "$inbox" -name '*.csv' | wc -l)" 4
t status 2023-05 --lang en
says 'status: what waits in the inbox' '@stats/com|@nobody/|in the inbox, not collected'

# --- without the key nothing asks for copies ---
again
profile no
table com/retail_2023-05.csv '2023-06-20 09:00' retail 11 21
table @stats/com/retail_2023-05.csv '2023-06-20 09:00' retail 11 21
run
is 'the submission is on time by itself' "$(copies)" 'retail_2023-05.csv com accepted on_time 0 - - - -'
is 'the folder is left, and said so' "$(tail -n +2 "$data/left.csv" | cut -d, -f2)" 'inbox.addressee'
profile yes
run
is 'with it the folder is taken' "$(copies | cut -d' ' -f3)" 'accepted
copy'
is 'and what was taken stays what it is without' "$(profile no; run; copies | cut -d' ' -f3,4)" 'accepted on_time
copy -'

# --- from some period on: what was asked for before then stays complete where it is ---
again
profile 'yes
addressees_from = 2023-05'
table com/retail_2023-04.csv '2023-05-20 09:00' retail 10 20
table com/retail_2023-05.csv '2023-06-20 09:00' retail 11 21
run
is 'no copy is asked for of a period before the first' "$(col collect/submissions.csv name timeliness addressee lacking)" \
    'retail_2023-04.csv on_time - -
retail_2023-05.csv incomplete office stats'
profile 'yes
addressees_from = 2023-06'
run
is 'the first may lie ahead' "$(col collect/submissions.csv name timeliness addressee lacking)" \
    'retail_2023-04.csv on_time - -
retail_2023-05.csv on_time - -'
profile 'yes
addressees_from = soon'
t check
says 'a period that is none' 'profile.ini:10:19: error: addressees_from: bad value' "$root/err"

# --- check ---
profile maybe
t check
says 'a word that is none' 'profile.ini:9:14: error: addressees: bad value' "$root/err"
profile yes
sed -i 's/,office;stats//; s/,to$//' "$config/deadlines.csv"
t check
says 'copies that nobody is named for' 'profile.ini:9:14: error: addressees: no row of step submit' "$root/err"

done_testing
