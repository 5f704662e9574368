#!/bin/sh
# conflicts.sh - targets that state two values of one thing, or one value twice: what check
# says of them, which binds, and that the other is judged, marked and not counted.
. "$(dirname "$0")/lib.sh"
config=$root/config/p
inbox=$root/datasets/p/inbox
run=$root/datasets/p/runs/draft
mkdir -p "$config" "$inbox" "$root/reports"
cp -R "$TB_TOP/reports/templates" "$root/reports/"

profile() { # profile [LINE of section methods]...
    printf '%s\n' '[profile]' 'name_zh = 试验' 'name_en = Trial' 'languages = en' 'frequency = M' \
        'subject_group = city' '[methods]' "$@" >"$config/profile.ini"
}
profile
printf 'group,name_zh\ncity,全市\n' >"$config/groups.csv"
printf 'unit,name_zh,groups\nA,甲,city\nB,乙,city\nC,丙,city\n' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals
service,服务业增加值,亿元,flow,higher,M,published,1
cloud,上云企业,家,count,higher,M,computed,0
jobless,失业率,%,rate,lower,M,published,1
rd,研发投入,%,rate,higher,M,published,2
firms,新增企业,家,count,higher,M,computed,0
END
printf 'form,files,layout\nlong,long*,long\n' >"$config/forms.csv"
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule,annual,due,strength,unit_measure,yields_to
plan,service,*,2023-01,2023-12,ytd_growth >= 8,,,,,
annex,service,*,2023-01,2023-12,ytd_growth >= 7.1,,,,,
hope,service,*,2023-01,2023-12,ytd_growth >= 12,,,stretch,,
cloud3,cloud,*,2023-01,2023-12,ytd >= 230,,2023-12-31,,,
cloud7,cloud,A;B,2023-01,2023-12,ytd > annual,120,2023-12-31,,,
cloudq,cloud,*,2023-01,2023-06,ytd >= 100,,2023-06-30,,,
in45,jobless,*,2023-01,2023-12,value <= 4.5,,,,,
in5,jobless,*,2023-01,2023-12,value < 5,,,,,
in45x,jobless,*,2023-01,2023-12,4.5 > value,,,,,
no,jobless,*,2023-01,2023-12,value >= 1,,,,,
rd2,rd,*,2023-01,2023-12,value >= 2,,,,,
rdc,rd,*,2023-01,2023-12,value >= mean(city),,,,,
rdm,rd,*,2023-01,2023-12,value > prev(value),,,,,
item8,firms,*,2023-05,2023-06,total >= 1,,2023-06-30,,,
item9,firms,*,2023-05,2023-06,total >= 1,,2023-06-30,,,
END
{
    echo unit,indicator,period,measure,value
    set -- A 9 150 4.4 2.1 1 B 7.5 119 4.5 1.9 0 C 5 250 5.0 2.3 2
    while [ $# -gt 0 ]; do
        echo "$1,service,2023-06,ytd_growth,$2"
        echo "$1,cloud,2023-06,ytd,$3"
        echo "$1,jobless,2023-06,value,$4"
        echo "$1,rd,2023-06,value,$5"
        echo "$1,firms,2023-05,value,0"
        echo "$1,firms,2023-06,value,$6"
        shift 6
    done
} >"$inbox/long.csv"

check() {
    "$TB_BIN/tongbao" -C "$root" -p p check >"$tmp/out" 2>"$tmp/err"
}
judge() { # judge: all stages for June
    "$TB_BIN/tongbao-collect" -q -C "$root" -p p --run "$run" >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao-process" -q -C "$root" -p p --run "$run" >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao-analyse" -q -C "$root" -p p --run "$run" 2023-06 >"$tmp/out" 2>"$tmp/err"
}
of() { # of UNIT TARGET: verdict, conflict, with whom
    awk -F, -v u="$1" -v t="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["unit"] == u && $at["target"] == t {
            print $at["verdict"], $at["conflict"], $at["conflict_with"] }' "$run/analyse/verdicts.csv"
}

# --- what check says ---
check
ok 'conflicts are no mistake' $?
says 'two values: both rows with file and line' \
    "config/p/targets.csv:3:[0-9]+: warning: target 'annex' \(ytd_growth >= 7.1\) conflicts with 'plan' on line 2 \(ytd_growth >= 8\): 'plan' binds \(conflicts = stricter\)" "$tmp/err"
says 'a duplicate is called one' "targets.csv:16:[0-9]+: warning: target 'item9' is a duplicate of 'item8' on line 15" "$tmp/err"
says 'the annual task counts as a number' "targets.csv:6:[0-9]+: .*'cloud7' \(ytd > annual\) conflicts with 'cloud3' on line 5" "$tmp/err"
says 'of two ceilings the lower binds' "targets.csv:9:[0-9]+: .*'in5'.*'in45' on line 8.*'in45' binds" "$tmp/err"
says 'the number itself excluded is stricter, and sides may be swapped' \
    "targets.csv:10:[0-9]+: .*'in45x' \(4.5 > value\) conflicts with 'in45' on line 8.*'in45x' binds" "$tmp/err"
says 'what cannot be compared is stated beside' "targets.csv:13:[0-9]+: .*'rdc'.*'rd2' on line 12.*both are judged and counted" "$tmp/err"
silent 'a stretch target is no conflict' "'hope'" "$tmp/err"
silent 'nor is another due day' "'cloudq'" "$tmp/err"
silent 'nor a floor under a ceiling' "'no'" "$tmp/err"
silent 'nor a move beside a level' "'rdm'" "$tmp/err"

# --- verdicts: the stricter binds ---
judge
ok 'a month is judged' $?
is 'the stricter binds' "$(of B plan)" 'missed binds annex'
is 'the milder yields and is judged all the same' "$(of B annex)" 'met yields plan'
is 'both met' "$(of A plan) $(of A annex)" 'met binds annex met yields plan'
is 'both missed' "$(of C plan) $(of C annex)" 'missed binds annex missed yields plan'
is 'the stretch target stands alone' "$(of C hope)" 'missed  '
is 'of three the strictest is named' "$(of A in5)" 'met yields in45x'
is 'it binds' "$(of B in45x)" 'missed binds in45'
is 'where the other does not apply there is no conflict' "$(of C cloud3)" 'met  '
is 'a duplicate is one fact in two rows' "$(of B item8) $(of B item9)" 'missed binds item9 missed duplicate item8'
is 'both stated' "$(of B rdc)" 'missed both rd2'

# --- the bulletin counts the one that binds ---
"$TB_BIN/tongbao-disseminate" -q -C "$root" -p p --run "$run" 2023-06 >"$tmp/out" 2>"$tmp/err"
ok 'a bulletin' $?
cat "$run"/reports/*.md >"$tmp/printed"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
         $at["target"] == "annex" || $at["target"] == "item9" { print $1 }' \
    "$run"/reports/ledger*.csv | sort -u >"$tmp/out"
is 'what yields is grey in the ledger' "$(cat "$tmp/out")" grey
says 'and said to' 'conflicts with target plan, which binds: not counted' "$tmp/printed"
says 'a duplicate too' 'repeats target item8, not counted again' "$tmp/printed"
says 'one fact is counted once' '^[^|]*Of 27 targets' "$tmp/printed"

# --- other ways to settle it ---
profile 'conflicts = first'
check
says 'first: as check says' "'in5' .*: 'in45' binds \(conflicts = first\)" "$tmp/err"
judge
is 'first: the earlier row binds' "$(of B in45x)" 'missed yields in45'
profile 'conflicts = both'
check
says 'both: as check says' "'annex'.*'plan' on line 2.*both are judged and counted" "$tmp/err"
judge
is 'both: neither yields' "$(of B plan) $(of B annex)" 'missed both annex met both plan'
is 'both: a duplicate stays one fact' "$(of B item9)" 'missed duplicate item8'
profile 'conflicts = sometimes'
check
is 'another word is refused' $? 2
profile
sed -i 's/^plan,.*/&annex/; s/^rd2,.*/&rdc/' "$config/targets.csv"
check
silent 'yields_to settles it' "'annex'|'rdc'" "$tmp/err"
judge
is 'yields_to: the issuer says which binds' "$(of B plan) $(of B annex)" 'missed yields annex met binds plan'
is 'yields_to: of rules that cannot be compared, too' "$(of B rd2) $(of B rdc)" 'missed yields rdc missed binds rd2'

cp "$config/targets.csv" "$tmp/targets.csv"
# A third row of the same words: two that yield to it are settled among themselves.
sed -i 's/^item9,.*/&item8/' "$config/targets.csv"
echo 'item10,firms,*,2023-05,2023-06,total >= 1,,2023-06-30,,,item8' >>"$config/targets.csv"
check
silent 'duplicates that yield to the same row are settled' "'item9'|'item10'" "$tmp/err"
judge
is 'a duplicate that yields is told as a duplicate, not as a conflict' "$(of B item8) $(of B item9) $(of B item10)" \
    'missed binds item9 missed duplicate item8 missed duplicate item8'
cp "$tmp/targets.csv" "$config/targets.csv"

# --- mistakes in yields_to ---
sed -i 's/^annex,.*/&plan/; s/^in5,.*/&in5/; s/^item9,.*/&plan/; s/^no,.*/&nobody/' "$config/targets.csv"
check
is 'mistakes end with 2' $? 2
says 'round in circles' "targets.csv:3:[0-9]+: error: 'annex' on line 3 yields to this row already|targets.csv:3:[0-9]+: error: 'plan' on line 2 yields to this row already" "$tmp/err"
says 'to itself' "targets.csv:9:[0-9]+: error: target 'in5' yields to itself" "$tmp/err"
says 'on another indicator' "targets.csv:16:[0-9]+: error: target 'plan' is on another indicator, expected 'firms'" "$tmp/err"
says 'unknown' "targets.csv:11:[0-9]+: error: .*nobody" "$tmp/err"

cp "$tmp/targets.csv" "$config/targets.csv"
sed -i 's/^item8,.*/item8,firms,*,2023-05,2023-06,total >=,,,,,/; s/^item9,.*/item9,firms,*,2023-05,2023-06,total >=,,,,,item8/' "$config/targets.csv"
check
is 'two rules that fail and yield to each other are two mistakes, and no more' $? 2
says 'both are told' "profile 'p' has 2 mistakes" "$tmp/err"
cp "$tmp/targets.csv" "$config/targets.csv"
sed -i 's/^in45,.*/&in5/; s/^in5,.*/&in45x/; s/^in45x,.*/&in45/' "$config/targets.csv"
check
is 'a circle of three is refused' $? 2
says 'where it closes' "targets.csv:10:[0-9]+: error: .* yields to this row already" "$tmp/err"

done_testing
