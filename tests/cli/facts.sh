#!/bin/sh
# facts.sh - what is shown and not chased: published facts that the data must show, targets that
# a document declares not to exist (暂无), quotas of 0, and results that are still to be published.
. "$(dirname "$0")/lib.sh"
config=$root/config/county
run=$root/datasets/county/runs/draft
mkdir -p "$config" "$root/datasets/county/inbox" "$root/reports"
cp -R "$TB_TOP/reports/templates" "$root/reports/"
printf 'group,name_zh\ntowns,各镇\n' >"$config/groups.csv"
printf 'unit,name_zh,groups\nA,甲,towns\nB,乙,towns\nC,丙,towns\nD,丁,towns\n' >"$config/units.csv"
printf '%s\n' indicator,name_zh,unit_measure,kind,direction,decimals,headline,grades \
    sites,开通站点,个,flow,higher,0,ytd, title,创建等级,,grade,higher,0,value,国家级\;省级先进\;市级先进\;达标 >"$config/indicators.csv"
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
printf 'task,sequence,name_zh\nt,1,任务\n' >"$config/tasks.csv"
printf '%s\n' '[profile]' 'name_zh = 试验县' 'name_en = Trial' 'languages = zh;en' 'frequency = M' 'subject_group = towns' >"$config/profile.ini"
printf '%s\n' target,task,indicator,units,from,to,rule,due,strength,quota \
    'amount,t,sites,A;B;D,2023-06,2023-06,ytd = 10,,fact,' \
    'place,t,sites,A;B,2023-06,2023-06,"rank(ytd, towns) = 1",,fact,' \
    'class,t,title,A,2023-06,2023-06,"grade = ""省级先进""",,fact,' \
    'nothing,t,sites,A;D,2023,2023,暂无,2023-12-31,,' \
    'zero,t,sites,A;D,2023,2023,ytd >= quota,2023-12-31,,0' \
    'rate,t,sites,A;D,2023,2023,progress >= elapsed,2023-12-31,,0' \
    'title,t,title,*,2023,2023,"known(grade) and grade <= ""市级先进""",2023-09-30,,' \
    'plain,t,title,*,2023,2023,"grade <= ""市级先进""",2023-09-30,,' \
    'each,t,sites,A,2023,2023,"all(towns, ytd >= 8)",2023-09-30,,' >"$config/targets.csv"
printf '%s\n' REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE A,sites,ytd,2023-06,10 B,sites,ytd,2023-06,9 C,sites,ytd,2023-06,7 \
    A,sites,ytd,2023-09,20 B,sites,ytd,2023-09,19 C,sites,ytd,2023-09,7 \
    A,title,value,2023-06,省级先进 A,title,value,2023-09,省级先进 B,title,value,2023-09,达标 \
    >"$root/datasets/county/inbox/a.csv"
run_it() { # run_it PERIOD
    for stage in collect process "analyse $1" "disseminate $1"; do
        # shellcheck disable=SC2086 # the period is a word of its own
        "$TB_BIN/tongbao" -q -C "$root" -p county --run "$run" $stage >"$tmp/out" 2>"$tmp/err"
        is "$1: ${stage%% *} runs" $? 0
    done
}
column() { # column TARGET COLUMN
    cells "$run/analyse/verdicts.csv" | awk -F'\037' -v target="$1" -v column="$2" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["target"] == target { printf "%s%s=%s", (n++ ? " " : ""), $at["unit"], $at[column] }'
}

"$TB_BIN/tongbao" -C "$root" -p county check >"$tmp/out" 2>"$tmp/err"
is 'the profile is sound' $? 0

run_it 2023-05
is 'before its period a fact is not compared' "$(column amount verdict)" 'A=not_due B=not_due D=not_due'
run_it 2023-06
is 'an amount agrees, differs, or is not there' "$(column amount verdict)" 'A=agrees B=differs D=no_data'
is 'a place' "$(column place verdict)" 'A=agrees B=differs'
is 'a grade, by its word' "$(column class verdict)" 'A=agrees'
is 'it says that it is a fact' "$(column class strength)" 'A=fact'
is 'no streak follows' "$(column amount streak)" 'A=0 B=0 D=0'
is 'and nothing is needed' "$(column amount catch_up)" 'A= B= D='
is 'there is no target' "$(column nothing verdict)" 'A=no_target D=no_target'
is 'a quota of 0 is met, also without a number' "$(column zero verdict)" 'A=met D=met'
is 'and its schedule' "$(column rate verdict)" 'A=met D=met'
is 'the row says why' "$(column zero reason)" 'A=quota 0 D=quota 0'
is 'what is still to be published is not late before its day' "$(column title verdict)" 'A=met B=not_due C=not_due D=not_due'
is 'where the rule does not ask whether it is there, it is not reported' "$(column plain verdict)" 'A=on_track B=no_data C=no_data D=no_data'
is 'each unit by itself, those that fail named' "$(column each verdict) $(column each culprits)" 'A=behind A=C'

zh=$run/reports/bulletin.md en=$run/reports/bulletin.en.md
has 'the bulletin counts facts apart' "$zh" '核对公布数据6项：未报1项、相符3项、不符2项'
has 'and in English' "$en" 'published figures compared: 6 ('
has 'a quota of 0 is shown as such' "$zh" '达标（任务数为0）'
has 'so is a target that does not exist' "$zh" '文件载明无任务数'
has 'the report on data quality lists what differs' "$run/reports/data-quality.md" '相符3项，不符2项，无法核对1项'
awk '/^## /{behind = /滞后|问题/} behind' "$zh" >"$tmp/behind.md"
is 'none of them is among the behind' "$(grep -c 'amount\|place\|zero\|nothing\|公布数据“' "$tmp/behind.md")" 0

run_it 2023-09
is 'after its day it is missed' "$(column title verdict)" 'A=met B=missed C=missed D=missed'
is 'only then its streak begins' "$(column title streak)" 'A=0 B=1 C=1 D=1'
has 'a grade is short by grades' "$zh" '未达标，差1级'
is 'a fact is still that of its period' "$(column amount verdict)" 'A=agrees B=differs D=no_data'
"$TB_BIN/tongbao" -C "$root" -p county --run "$run" explain B sites 2023-09 >"$tmp/out" 2>"$tmp/err"
has 'explain says it too' "$tmp/out" '不符'
done_testing
