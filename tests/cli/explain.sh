#!/bin/sh
# explain.sh - `tongbao explain` in its three formats: what the JSON holds, by its names; that
# it stays JSON and Markdown whatever names, notes and submitted lines hold; what is cut.
. "$(dirname "$0")/lib.sh"
config=$root/config/p
inbox=$root/datasets/p/inbox
mkdir -p "$config" "$inbox/com" "$root/reports"
cp -R "$TB_TOP/reports/templates" "$root/reports/"
printf '%s\n' '[profile]' 'name_zh = 试验' 'name_en = Trial' 'languages = en;zh' 'frequency = M' \
    'subject_group = city' >"$config/profile.ini"
printf 'group,name_zh,name_en\ncity,全市,the city\n' >"$config/groups.csv"
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,groups,parent
A,"甲""<b>|*",Aton|<b>,city,
B,乙,Beton,city,
C,丙,Ceton,city,
END
i=1
while [ $i -le 40 ]; do # towns of A, none of which makes its number
    echo "T$i,镇$i,Town $i,,A"
    i=$((i + 1))
done >>"$config/units.csv"
printf 'department,name_zh,name_en\ncom,商务局,Commerce\n' >"$config/departments.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals,department,weight,headline
sales,销售,Sales,万元,flow,higher,M,computed,1,com,1,growth
END
printf 'form,files,layout,measure\nlong,*long*,long,value\n' >"$config/forms.csv"
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule,annual,due,note
top,sales,A;B;C,2023-01,2023-12,rank(city) <= 1 and not tied(city),,,"say ""top""|*<b> \u0041"
grow,sales,A;B;C,2023-01,2023-12,growth > mean(city),,,
year,sales,A;B;C,2023-01,2023-12,ytd >= annual,2000,2023-12-31,
low,sales,A;B;C,2023-01,2023-12,value >= 10,,,
lower,sales,A;B;C,2023-01,2023-12,value >= 5,,,
each,sales,A,2023-01,2023-12,"all(children, value >= 5)",,,
END
printf 'check,indicator,severity,rule,message_zh,message_en\nmost,sales,warning,value <= 100,过大,too much\n' >"$config/checks.csv"
printf 'consequence,indicators,when,what,text_zh\nfirst,sales,rank(city) = 1,reward,奖励\n' >"$config/consequences.csv"
{
    printf 'unit,indicator,period,value\n'
    for m in 2022-01 2022-02 2022-03 2022-04 2022-05 2023-01 2023-02 2023-03 2023-04; do
        printf 'A,sales,%s,100\nB,sales,%s,100\nC,sales,%s,100\n' $m $m $m
    done
    i=1
    while [ $i -le 40 ]; do
        echo "T$i,sales,2023-05,1"
        i=$((i + 1))
    done
} >"$inbox/com/long1.csv"
# A line with a control character, a byte that is no UTF-8, quotes, and 2000 characters more.
{
    printf 'unit,indicator,period,value,备注\n'
    printf 'A,sales,2023-05,120,"\001 \\ ""q"" <b> | %s"\n' "$(printf '%02000d' 0)"
    printf 'B,sales,2023-05,90,\nC,sales,2023-05,105,\n'
} >"$inbox/com/a\"<b>_long2.csv"
touch -d '2023-06-10T00:00:00Z' "$inbox"/com/*
explain() {
    "$TB_BIN/tongbao" -C "$root" -p p explain "$@" >"$tmp/out" 2>"$tmp/err"
}
"$TB_BIN/tongbao" -q -C "$root" -p p run 2023-05 >"$tmp/out" 2>"$tmp/err"
ok 'a run' $?

# --- JSON ---
explain A sales 2023-05 --format json --lang en
is 'json' $? 0
if command -v python3 >/dev/null; then
    cp "$tmp/out" "$tmp/json"
    holds 'a reader takes it' python3 -c 'import json, sys; json.load(open(sys.argv[1], encoding="utf-8"))' "$tmp/json"
    q() { # q NAME EXPRESSION EXPECTED: of the answer d
        is "$1" "$(python3 -c 'import json, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
v = {x["target"]: x for x in d["verdicts"]}
p = {(x["group"], x["measure"]): x for x in d["peers"]}
f = {(x["measure"], x["period"]): x for x in d["figures"]}
print(eval(sys.argv[2]))' "$tmp/json" "$2" 2>&1)" "$3"
    }
    q 'whose it is' 'd["format"], d["unit"]["code"], d["indicator"]["unit_measure"], d["period"], d["run_is_of_period"]' \
        "('tongbao-explain-1', 'A', '万元', '2023-05', True)"
    q 'names as they are' 'd["unit"]["name_zh"] + d["unit"]["name_en"]' '甲"<b>|*Aton|<b>'
    q 'verdicts' '{k: x["verdict"] for k, x in v.items()}' \
        "{'top': 'met', 'grow': 'met', 'year': 'behind', 'low': 'met', 'lower': 'met', 'each': 'missed'}"
    q 'operands, each with its number' '[(o["name"], o["value"]) for o in v["grow"]["operand_list"]]' \
        "[('growth', '20.0'), ('mean(city)', '5.0')]"
    q 'the words of the document' 'v["top"]["note"]' 'say "top"|*<b> \u0041'
    q 'who answers' 'v["top"]["department_en"]' Commerce
    q 'a conflict' 'v["lower"]["conflict"], v["lower"]["conflict_with"]' "('yields', 'low')"
    q 'what would have met it' 'v["year"]["would_take"]["need"]' 2000.0
    q 'the outlook' 'v["year"]["outlook"]["goal"], v["year"]["outlook"]["reason"]' "('2000.0', 'no_past_year')"
    q 'the next period' 'v["grow"]["next_period"]["then"], v["year"]["next_period"]["method"]' "('not_computable', 'pace')"
    q 'all culprits' 'len(v["each"]["culprits"].split(";"))' 40
    q 'a figure, with how it was had' 'f["growth", "2023-05"]["value"], f["growth", "2023-05"]["method"]' "('20.0', 'computed')"
    q 'last year, too' 'f["value", "2022-05"]["value"]' 100.0
    q 'peers' 'p["city", "growth"]["rank"], p["city", "growth"]["ranked"], p["city", "growth"]["figures"]["mean"]' "(1, 3, '5.0')"
    q 'the ranks around it' '[(x["unit"], x["rank"], x["is_subject"]) for x in p["city", "growth"]["around"]]' \
        "[('A', 1, True), ('C', 2, False), ('B', 3, False)]"
    q 'checks' '[(x["check"], x["observed"]) for x in d["checks"]]' "[('most', '120.0')]"
    q 'its part of the score' '[x["points"] for x in d["score_parts"] if x["group"] == "city"]' "['100.00']"
    q 'its part of the growth of the group' \
        '[x["contribution"] for x in d["contributions"] if x["total"] == "city" and x["measure"] == "growth"]' "['6.67']"
    q 'what is proposed upon it' '[(x["consequence"], x["what"], x["state"]) for x in d["proposals"]]' "[('first', 'reward', 'proposed')]"
    q 'down to file and line' \
        '[(s["sender"], s["file"], s["line"]) for s in d["sources"] if (s["measure"], s["period"]) == ("value", "2023-05")]' \
        "[('com', 'a\"<b>_long2.csv', 2)]"
    q 'and the whole line' '[len(s["line_text"]) > 2000 and "\\x01" in s["line_text"] for s in d["sources"] if s["period"] == "2023-05"]' '[True]'
    q 'lists are there though empty' '[d[k] for k in ("edits", "revisions", "verified", "estimates", "errata", "withdrawn", "left_out")]' \
        '[[], [], [], [], [], [], []]'
    explain B sales 2023-05 --format json --lang zh
    cp "$tmp/out" "$tmp/json"
    q 'in Chinese names stay' 'd["lang"], v["grow"]["verdict"], v["grow"]["text"][:9]' "('zh', 'missed', 'grow  未达标')"
    q 'what it would take to move' '[(x["aim"], x["need"]) for x in d["reach"] if x["measure"] == "growth" and x["aim"] == "next"]' "[('next', '5.0')]"
    explain B sales 2023-04 --format json
    cp "$tmp/out" "$tmp/json"
    q 'of another period verdicts alone' 'd["run_is_of_period"], v["grow"]["verdict"], "rule" in v["grow"]' "(False, 'missed', False)"
else
    skip 'the names of the JSON' 'no python3'
fi

# --- Markdown ---
explain A sales 2023-05 --format md --lang en
is 'md' $? 0
says 'a title' '^# Aton\\\|.* \(A\) Sales \(sales\) 2023-05$'
says 'headings' '^## peers$'
says 'a table' '^\| measure \| period \| number \| status \| how \|$'
says 'a verdict' '^- top met$'
says 'an operand' '^  - \*\*where\*\* growth = 20.0$'
silent 'no markup of others' '<b>'

# --- text ---
explain A sales 2023-05 --lang en
is 'text' $? 0
says 'the conflict is told' '^  lower  met \(conflicts with target low, which binds: not counted\)$'
says 'many culprits are counted' '^      through       T1;T2;T3;T4;T5;T6;T7;T8;T9;T10;\.\.\. and 30 more$'
says 'a long line is cut' ' \.\.\. \([0-9]+ more characters\)$'
is 'no line is long' "$(awk '{ n = length($0) } n > 1000' "$tmp/out" | wc -l)" 0
says 'a control character is shown, not sent' '\\x01'
says 'what it gave' '^  to the city, growth: 6.67 points of 5.00 %, share 133.3 %'

explain B sales 2023-05 --lang en
says 'what it would take' '^  the city, growth  place 2: a figure of 5.0 \(15.0 more\)'

# --- misuse ---
explain A sales --format xml
is 'another format' $? 2
says 'is told' "unknown format 'xml', expected text, md or json" "$tmp/err"

done_testing
