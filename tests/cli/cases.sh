#!/bin/sh
# cases.sh - limits of cases in rules (R28, R29): 简单事项7个工作日内办结, chosen by a case class;
# the last day counts, and a case that is still open past its limit is a failure already.
. "$(dirname "$0")/lib.sh"
config=$root/config/district
run=$root/datasets/district/runs/draft
mkdir -p "$config" "$root/datasets/district/inbox"
printf 'unit,name_zh,parent\nD,区,\nA,甲镇,D\nB,乙镇,D\nC,丙镇,D\n' >"$config/units.csv"
printf '%s\n' indicator,name_zh,unit_measure,kind,direction complaints,投诉件,件,count,higher hours,开办时间,小时,stock,lower \
    >"$config/indicators.csv"
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
printf 'task,sequence,name_zh\nt,1,任务\n' >"$config/tasks.csv"
printf '%s\n' '[profile]' 'name_zh = 试验区' 'languages = en' 'frequency = M' >"$config/profile.ini"
printf '%s\n' date,kind,note 2023-05-01,holiday,劳动节 2023-05-06,workday,调休 2023-01-01,year, >"$config/calendar.csv"
printf '%s\n' deadline,name_zh,step,due,class limit_simple,简单,case,'3 workdays',simple limit_complex,复杂,case,15个工作日内,complex \
    limit_filing,备案,case,5个工作日,事后备案 >"$config/deadlines.csv"
# Opened on Friday, 28 April: 28, 2 May, 3 May are its three working days.
printf '%s\n' case,class,unit,opened,closed last_day,simple,A,2023-04-28,2023-05-03 over,simple,B,2023-04-28,2023-05-04 \
    open,simple,B,2023-05-25, slow,complex,C,2023-05-04,2023-05-20 filed,事后备案,A,2023-05-08,2023-05-15 \
    early,simple,C,2023-03-01,2023-05-01 own,complex,D,2023-05-08,2023-06-30 >"$config/cases.csv"
printf '%s\n' target,task,indicator,units,from,to,rule,due 'simple,t,complaints,*,2023-04,2023-06,late_cases(simple) = 0,' \
    'all,t,complaints,*,2023-04,2023-06,late_cases = 0,' 'many,t,complaints,*,2023-04,2023-06,cases() >= 2,' \
    'share,t,complaints,*,2023-04,2023-06,late_cases(simple) <= 50% * cases(simple),' \
    'quoted,t,complaints,*,2023-04,2023-06,"late_cases(""事后备案"") = 0",' 'plain,t,hours,*,2023-05,2023-05,value <= 8,' >"$config/targets.csv"
printf '%s\n' unit,period,indicator,value A,2023-05,hours,8 B,2023-05,hours,8.5 >"$root/datasets/district/inbox/a.csv"
run_it() { # run_it PERIOD DAY
    for stage in collect process "analyse $1"; do
        # shellcheck disable=SC2086 # the period is a word of its own
        "$TB_BIN/tongbao" -q -C "$root" -p district --as-of "$2" --run "$run" $stage >"$tmp/out" 2>"$tmp/err" || echo "not ok - $stage"
    done
}
columns() { # columns TARGET COLUMN...: of each unit
    awk -F, -v target="$1" -v columns="$2 ${3:-}" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["target"] == target { n = split(columns, c, " "); text = $at["unit"]; for (i = 1; i <= n; i++) text = text "=" $at[c[i]]; print text }' \
        "$run/analyse/verdicts.csv" | tr -d '"' | sort | paste -s -d ' '
}
"$TB_BIN/tongbao" -C "$root" -p district check >"$tmp/out" 2>"$tmp/err"
is 'the profile is sound' "$? $(cat "$tmp/err")" '0 '
run_it 2023-05 2023-05-29
is 'in time on the last day; late on the next; the district answers for its towns' \
    "$(columns simple verdict culprits)" 'A=met= B=missed=over C=not_computable= D=missed=over'
is 'of all classes, each with its own limit' "$(columns all verdict culprits)" 'A=missed=filed B=missed=over C=met= D=missed=over;filed;own'
is 'how many there are' "$(columns many verdict)" 'A=met B=met C=missed D=met'
is 'a share of them: one late of two, one of three' "$(columns share verdict)" 'A=met B=met C=not_computable D=met'
is 'a class that is a Chinese word' "$(columns quoted verdict culprits)" 'A=missed=filed B=not_computable= C=not_computable= D=missed=filed'
run_it 2023-05 2023-05-30
is 'open past the limit on the day of the run is late' "$(columns simple verdict culprits)" \
    'A=met= B=missed=over;open C=not_computable= D=missed=over;open'
run_it 2023-04 2023-05-30
is 'of April only what was opened by its end' "$(columns simple verdict culprits)" 'A=met= B=missed=over C=not_computable= D=missed=over'
run_it 2023-06 2023-06-29
is 'what was closed late stays so, what was closed in time too' "$(columns all culprits)" 'A=filed B=over;open C= D=over;open;filed;own'
is 'the numbers are told' "$(columns simple operands reason)" 'A=late_cases(simple) = 0= B=late_cases(simple) = 2= C=late_cases(simple) = not applicable=late_cases(simple) = not applicable D=late_cases(simple) = 2='
is 'what rests on cases alone need not be submitted' "$(grep -c ',complaints,' "$run/analyse/completeness.csv")" 0
run_it 2023-05 2030-01-01
is 'a limit in hours is a plain value' "$(columns plain verdict)" 'A=met B=missed C=no_data D=no_data'
"$TB_BIN/tongbao" -C "$root" -p district --run "$run" rule 'late_cases = 0' --unit B --indicator complaints 2023-05 >"$tmp/out" 2>"$tmp/err"
has 'tongbao rule knows them' "$tmp/out" 'late_cases'
sed -i 's/late_cases(simple) = 0/late_cases(simpel) = 0/; s/cases() >= 2/cases(3) >= 2/' "$config/targets.csv"
"$TB_BIN/tongbao" -C "$root" -p district check >"$tmp/out" 2>"$tmp/err"
is 'what is no class is a mistake' $? 2
has 'a class without a limit' "$tmp/err" "targets.csv:2:50: error: no limit of class 'simpel', expected a row of step case in deadlines.csv"
has 'a number' "$tmp/err" 'targets.csv:4:43: error: this is no class of cases'
done_testing
