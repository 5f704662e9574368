#!/bin/sh
# rule.sh - `tongbao rule`: the verdict on a rule that is typed, each operand with its number,
# the peers in order, amounts and dates for this once, three formats, and mistakes that are
# shown where they are.
. "$(dirname "$0")/lib.sh"
config=$root/config/p
inbox=$root/datasets/p/inbox
run=$root/datasets/p/runs/draft
mkdir -p "$config" "$inbox"
printf '%s\n' '[profile]' 'name_zh = 试验' 'name_en = Trial' 'languages = en' 'frequency = M' \
    'subject_group = city' >"$config/profile.ini"
printf 'group,name_zh\ncity,全市\npair,两区\n' >"$config/groups.csv"
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,groups
A,甲区,Aton,city;pair
B,乙区,Beton,city;pair
C,丙区,Ceton,city
D,丁区,Deton,city
E,戊区,Eton,city
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,headline
sales,销售,万元,flow,higher,M,computed,1,ytd
jobs,就业,人,count,higher,M,computed,0,
END
printf 'form,files,layout\nlong,long*,long\n' >"$config/forms.csv"
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule,annual,quota,due
jobs,jobs,A;B;C;D;E,2023-01,2023-12,ytd >= quota,,,2023-12-31
END
printf 'target,unit,value\njobs,A,120\njobs,B,100\njobs,C,80\n' >"$config/quotas.csv"
{
    echo unit,indicator,period,measure,value
    set -- A 30 60 B 50 50 C 40 30 D 40 10
    while [ $# -gt 0 ]; do
        echo "$1,sales,2023-06,ytd,$2"
        echo "$1,jobs,2023-06,ytd,$3"
        shift 3
    done
} >"$inbox/long.csv"
for stage in collect process; do
    "$TB_BIN/tongbao-$stage" -q -C "$root" -p p --run "$run" >"$tmp/out" 2>"$tmp/err"
done
"$TB_BIN/tongbao-analyse" -q -C "$root" -p p --run "$run" 2023-06 >"$tmp/out" 2>"$tmp/err"
ok 'a run' $?
# rule EXPR [OPTION]...: of unit A, sales, in June, unless it says others
rule() {
    expr=$1
    shift
    "$TB_BIN/tongbao" -C "$root" -p p rule "$expr" --unit A --indicator sales --period 2023-06 \
        --run "$run" "$@" >"$tmp/out" 2>"$tmp/err"
}
peers() { # the marks, names and verdicts of the table, in its order
    sed -n '/^peers/,$p' "$tmp/out" | sed 1d | sed 's/^ *> */>/; s/^ *//' | awk '{ printf "%s%s:%s", s, $1, $2; s = " " } END { print "" }'
}

# --- the subject and its peers ---
rule 'ytd >= 40'
is 'a rule' $? 0
says 'its verdict' '^verdict +missed$'
says 'whether it holds' '^holds +false$'
says 'each operand with its number' '^where +ytd = 30.0$'
says 'the gap' '^gap +-10.0$'
is 'peers: the widest lead first, level ones in their order, unknown last, the subject marked' "$(peers)" \
    'Beton:met Ceton:met Deton:met >Aton:missed Eton:no_data'
says 'the unknown operand is named' 'Eton +no_data +unknown \(no data\) +ytd = no data$'
rule 'rank(city) <= 2 and not tied(city)'
is 'ties' "$(peers)" 'Beton:met Ceton:missed Deton:missed >Aton:missed Eton:no_data'
says 'several operands' 'Ceton +missed +false .*rank\(city\) = 2; tied\(city\) = yes$'
rule 'rank(pair) = 1'
is 'the peers are those of the group that the rule names' "$(peers)" 'Beton:met >Aton:missed'
rule 'ytd >= 40' --lang zh
says 'in Chinese' '^同类单位$'
says 'names too' '乙区 +met'

# --- amounts and dates for this once ---
rule 'ytd >= annual'
is 'annual of a target that has none' $? 2
rule 'ytd >= annual' --annual 100
says 'a number for it' '^ +annual = 100.0$'
says 'it is due with the period' '^verdict +missed$'
rule 'ytd >= annual' --annual 100 --due 2023-12-31
says 'due later, it is behind' '^verdict +behind$'
rule 'ytd >= annual' --annual 50 --due 2023-12-31
says 'or on track' '^verdict +on_track$'
rule 'ytd >= annual' --annual 30 --due 2023-12-31
says 'or met already' '^verdict +met$'
rule 'ytd >= 40' --from 2023-07
says 'not begun' '^verdict +not_due$'
rule 'ytd = 30.0' --strength fact --to 2023-06
says 'a published figure' '^verdict +agrees$'
rule 'ytd >= quota' --indicator jobs
says 'quotas are those of the target, unit by unit' 'Ceton +missed .*quota = 80$'
says 'nobody assigned one' 'Deton +no_target '
is 'in that order' "$(peers)" 'Beton:missed Ceton:missed >Aton:missed Deton:no_target Eton:no_target'
rule 'ytd >= quota' --indicator jobs --quota 40
is 'one for all' "$(peers)" '>Aton:met Beton:met Ceton:missed Deton:missed Eton:no_data'

# --- formats ---
rule 'ytd >= 40' --format json
is 'json' $? 0
if command -v python3 >/dev/null; then
    cp "$tmp/out" "$tmp/json"
    is 'its names' "$(python3 -c 'import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
print(d["format"], d["unit"], d["verdict"], d["holds"], d["gap"], d["operands"])
print([(p["unit"], p["verdict"], p["is_subject"]) for p in d["peers"]])' "$tmp/json")" \
        "tongbao-rule-1 A missed false -10.0 [{'name': 'ytd', 'value': '30.0'}]
[('B', 'met', False), ('C', 'met', False), ('D', 'met', False), ('A', 'missed', True), ('E', 'no_data', False)]"
else
    skip 'its names' 'no python3'
fi
rule 'ytd >= 40' --format md
says 'md: a table' '^\| \\> \| Aton \| missed \| false \| 30.0 \| 40.0 \| -10.0 \| ytd = 30.0 \|$'
rule 'ytd >= 40' --format html
is 'another format' $? 2
says 'is told' "unknown format 'html', expected text, md or json" "$tmp/err"

# --- mistakes, shown where they are ---
rule 'ytd >= 40 万元x'
is 'a mistake in the rule' $? 2
is 'column, what was expected, a mark below' "$(cat "$tmp/err")" "--rule:1:11: error: unexpected '万元x', expected an operator or the end of the rule
  ytd >= 40 万元x
            ^"
rule 'ytd[销售] >= area(市)'
is 'the mark stands right behind Chinese' "$(sed 1d "$tmp/err")" '  ytd[销售] >= area(市)
                    ^'
for wrong in 'annual many' 'quota 1x' 'due tomorrow' 'from soon' 'to 2023-99' 'strength weak'; do
    rule 'ytd >= 40' "--${wrong% *}" "${wrong#* }"
    is "--$wrong" $? 2
    says 'is told' "^tongbao-analyse: --${wrong% *} '${wrong#* }': expected " "$tmp/err"
done
rule 'ytd >= 40' --unit Z
is 'an unknown unit' $? 2

done_testing
