#!/bin/sh
# parts.sh - a lead unit's total against the sum of the accepted parts (reading R42), with
# rounding and a part for what is not allocated; what a check holds is "held for review"
# and not "no data".  Prints TAP.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
mkdir -p "$config" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验区
name_en = Trial District
languages = en;zh
subject_group = all
END
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,parent,groups
D,全区,District,,all
T1,甲镇,Town one,D,all
T2,乙镇,Town two,D,all
X,区直,Not allocated,D,
END
printf 'department,name_zh,name_en\ncom,商务局,Commerce\n' >"$config/departments.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals
sales,销售额,Sales,万元,flow,higher,M,published,1
END
printf 'form,files,layout,period_from\nf,f_{period}*.csv,long,file\n' >"$config/forms.csv"
cat >"$config/checks.csv" <<'END'
check,indicator,units,severity,rule,message_zh,message_en
adds_up,sales,D,error,abs(value - sum(children)) <= rounding(children),各镇合计与全区数不符,the parts do not add up to the total
most,sales,T1;T2,error,value <= 50,过大,too large
END
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule
V,sales,D;T1;T2,2023-05,2023-05,value >= 1
Y,sales,D;T1;T2,2023-05,2023-05,ytd >= 1
END

night() { # night D T1 T2 X: of May; an empty value is not sent.  Sets run and said
    rm -rf "$root/datasets" "$root/reports/p"
    mkdir -p "$root/datasets/p/inbox"
    for m in 1 2 3 4; do
        printf '单位,指标,数值\nD,sales,4\nT1,sales,1\nT2,sales,2\nX,sales,1\n' >"$root/datasets/p/inbox/f_2023-0$m.csv"
    done
    {
        echo '单位,指标,数值'
        for u in D T1 T2 X; do
            [ -z "$1" ] || echo "$u,sales,$1"
            shift
        done
    } >"$root/datasets/p/inbox/f_2023-05.csv"
    touch -d '2023-06-01 09:00' "$root"/datasets/p/inbox/*
    "$TB_BIN/tongbao" -C "$root" -p p run 2023-05 >"$root/out" 2>"$root/err"
    run=$root/datasets/p/runs/$(cat "$root/reports/p/2023-05/run.txt")
    failed=$(awk -F, '$6 == "2023-05" { printf "%s%s %s", (n++ ? "; " : ""), $1, $3 } END { print "" }' "$run/process/checks.csv")
    said=$(awk -F, 'NR > 1 { printf "%s%s %s %s", (n++ ? "; " : ""), $1, $3, $6 } END { print "" }' "$run/analyse/verdicts.csv")
}
all_met='V D met; V T1 met; V T2 met; Y D met; Y T1 met; Y T2 met'

# 0.5 * 10^-1 * (3 + 1) = 0.2 (methods, section 9).
night 100.0 33.3 33.3 33.2
is 'what rounding makes is no difference' "$failed|$said" "|$all_met"
night 100.0 33.3 33.3 33.1
is 'more than rounding is' "$failed" 'adds_up D'
is 'R42: the difference blocks acceptance' "$said" \
    'V D held; V T1 met; V T2 met; Y D held; Y T1 met; Y T2 met'
bulletin=$root/reports/p/2023-05/bulletin.md
has 'the bulletin: held for review' "$bulletin" 'held for review'
silent 'and not: no data' 'has no data' "$bulletin"
has 'in Chinese' "$root/reports/p/2023-05/bulletin.zh.md" '待核'
"$TB_BIN/tongbao" -C "$root" -p p explain D sales 2023-05 >"$root/out" 2>"$root/err"
says 'explain: held' 'V  held$'
says 'explain: by which check' 'adds_up  failed, the figure is held'

# --- the sum is that of accepted parts ---
night 126.6 60.0 33.3 33.3
is 'a part that is held holds the total, though they add up' "$failed" 'most T1; adds_up D'
is 'both are held, the others are judged' "$said" \
    'V D held; V T1 held; V T2 met; Y D held; Y T1 held; Y T2 met'
cat >"$config/edits.csv" <<'END'
when,who,unit,indicator,measure,period,value,reason
2023-06-02,统计局,T1,sales,value,2023-05,,已核实
END
night 126.6 60.0 33.3 33.3
is 'an approval of the part releases both' "$said" "$all_met"
rm "$config/edits.csv"

# --- a part that nobody sent ---
night 66.6 '' 33.3 33.3
is 'without a part there is nothing to judge' "$failed" ''
is 'no data is something else than held' "$said" \
    'V D met; V T1 no_data; V T2 met; Y D met; Y T1 no_data; Y T2 met'
is 'the outcome says why' "$(awk -F, '$1 == "adds_up" { print $7 }' "$run/process/outcomes.csv")" 1

# --- the language ---
"$TB_BIN/tongbao" -C "$root" -p p rule 'rounding(children, value) > 0.1' --unit D --indicator sales 2023-05 \
    >"$root/out" 2>"$root/err"
has 'rule prints the tolerance' "$root/out" 'rounding(children, value) = 0.20'
"$TB_BIN/tongbao" -C "$root" -p p rule 'value <= rounding(city)' --unit D --indicator sales 2023-05 \
    >"$root/out" 2>"$root/err"
has 'over what it is' "$root/err" "unknown group 'city', expected a code or name of the profile"
done_testing
