#!/bin/sh
# ranges.sh - min and max of indicators.csv: what lies outside is held, by whatever
# measure it was sent; what is only derived is not judged by them.
. "$(dirname "$0")/lib.sh"
config=$root/config/county
inbox=$root/datasets/county/inbox
run=$root/datasets/county/runs/draft
mkdir -p "$config" "$inbox"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验县
languages = en
frequency = M
subject_group = towns
END
printf 'group,name_zh\ntowns,各镇\n' >"$config/groups.csv"
printf 'unit,name_zh,groups\nT1,镇1,towns\nT2,镇2,towns\n' >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction,frequency,growth,decimals,min,max,formula
sales,销售额,万元,flow,higher,M,computed,1,0,100,
rate,合格率,%,rate,higher,M,computed,1,0,100,
stock,存量,吨,stock,higher,M,computed,1,,50,
head,比重,%,rate,higher,M,computed,1,,60,sales / stock
END
cat >"$config/forms.csv" <<'END'
form,files,layout,measure,unit_from,period_from,indicator_from
ytd,ytd*.csv,long,ytd,column:unit,column:period,column:indicator
one,one*.csv,long,value,column:unit,column:period,column:indicator
END
cat >"$inbox/ytd1.csv" <<'END'
unit,indicator,period,value
T1,sales,2023-01,90
T1,sales,2023-02,180
T1,sales,2023-03,150
T2,sales,2023-01,-1
T1,rate,2023-01,99
T1,rate,2023-02,100.1
END
cat >"$inbox/one1.csv" <<'END'
unit,indicator,period,value
T2,sales,2023-05,100.1
T2,sales,2023-06,100
T1,stock,2023-01,50
T1,stock,2023-02,-3
T1,stock,2023-03,50.5
T2,rate,2023-01,-0.1
END
stages() {
    "$TB_BIN/tongbao-collect" -q -C "$root" -p county --run "$run" >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao-process" -q -C "$root" -p county --run "$run" >"$tmp/out" 2>"$tmp/err"
}
found() { grep '^min_max,error' "$run/process/checks.csv" | cut -d, -f3-6 | sort | tr '\n' ' '; }
stages
is 'the stages run' $? 0
is 'what lies outside, and nothing else' "$(found)" \
    'T1,rate,ytd,2023-02 T1,stock,value,2023-03 T2,rate,value,2023-01 T2,sales,value,2023-05 T2,sales,ytd,2023-01 '
is 'they are held' "$(awk -F, 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c } { n += $at["held"] } END { print n + 0 }' "$run/process/cells.csv")" 5
has 'observed against the limit' "$run/process/checks.csv" 'min_max,error,T1,rate,ytd,2023-02,fail,100.1,100'
cat >"$config/edits.csv" <<END
when,who,reason,unit,indicator,measure,period,value
$(date -u -d tomorrow +%FT%TZ),zhang,超额完成,T1,rate,ytd,2023-02,
END
"$TB_BIN/tongbao-process" -q -C "$root" -p county --run "$run" >"$tmp/out" 2>"$tmp/err"
is 'an approval releases one' "$(awk -F, 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c } { n += $at["held"] } END { print n + 0 }' "$run/process/cells.csv")" 4
"$TB_BIN/tongbao" -C "$root" -p county check >"$tmp/out" 2>"$tmp/err"
is 'check gives no advice on what nobody wrote: a range holds for ytd of a stock too' "$(grep -c 'stock' "$tmp/err")" 0
done_testing
