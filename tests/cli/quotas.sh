#!/bin/sh
# quotas.sh - 市定任务数: a value assigned elsewhere, often late.  Until it is there is no verdict,
# never a failure (R53); it is a floor, a ceiling or a strict floor, by the rule.
. "$(dirname "$0")/lib.sh"
config=$root/config/county
run=$root/datasets/county/runs/draft
mkdir -p "$config" "$root/datasets/county/inbox"
printf 'group,name_zh\ntowns,各镇\n' >"$config/groups.csv"
printf 'unit,name_zh,groups\nA,甲,towns\nB,乙,towns\nC,丙,towns\n' >"$config/units.csv"
printf '%s\n' indicator,name_zh,unit_measure,kind,direction,decimals sites,开通站点,个,flow,higher,0 >"$config/indicators.csv"
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
printf 'task,sequence,name_zh\nt,1,任务\n' >"$config/tasks.csv"
printf '%s\n' '[profile]' 'name_zh = 试验县' 'languages = en' 'frequency = M' 'subject_group = towns' >"$config/profile.ini"
targets() { # targets QUOTA: what the column says
    printf '%s\n' target,task,indicator,units,from,to,rule,quota,due \
        "floor,t,sites,*,2023,2023,ytd >= quota,$1,2023-12-31" "ceiling,t,sites,*,2023,2023,ytd <= quota,$1,2023-12-31" \
        "strict,t,sites,*,2023,2023,ytd > quota,$1,2023-12-31" >"$config/targets.csv"
}
run_it() {
    for stage in collect process 'analyse 2023-12'; do
        # shellcheck disable=SC2086 # the period is a word of its own
        "$TB_BIN/tongbao" -q -C "$root" -p county --run "$run" $stage >"$tmp/out" 2>"$tmp/err"
        is "$1: ${stage%% *} runs" $? 0
    done
}
verdicts() { # verdicts TARGET
    awk -F, -v target="$1" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["target"] == target { print $at["unit"] "=" $at["verdict"] }' "$run/analyse/verdicts.csv" | sort | paste -s -d ' '
}
printf '%s\n' REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE A,sites,ytd,2023-12,11 B,sites,ytd,2023-12,10 C,sites,ytd,2023-12,9 \
    >"$root/datasets/county/inbox/a.csv"

targets ''
"$TB_BIN/tongbao" -C "$root" -p county check >"$tmp/out" 2>"$tmp/err"
is 'a quota that nobody speaks of is a mistake' $? 2
has 'and the message says what is expected' "$tmp/err" "targets.csv:2:34: error: there is no quota, expected the column quota (a number, or 'awaited') or a row of quotas.csv"
targets awaited
run_it awaited
for target in floor ceiling strict; do
    is "$target: no verdict while the quota is awaited" "$(verdicts $target)" 'A=no_target B=no_target C=no_target'
done
printf '%s\n' target,unit,period,value floor,A,,10 floor,B,,10 ceiling,A,,10 ceiling,B,,10 strict,A,,10 strict,B,,10 >"$config/quotas.csv"
run_it assigned
is 'a floor is met at the number itself' "$(verdicts floor)" 'A=met B=met C=no_target'
is 'a ceiling too' "$(verdicts ceiling)" 'A=missed B=met C=no_target'
is 'a strict floor is not' "$(verdicts strict)" 'A=met B=missed C=no_target'
targets 待下达
run_it 待下达
is 'the word in Chinese says the same' "$(verdicts floor)" 'A=met B=met C=no_target'
done_testing
