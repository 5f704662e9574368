#!/bin/sh
# forms.sh - one target for each form that the documents use, judged for units that meet it, just
# meet it, just miss it, tie, or lack data; before it begins nothing is due.  Where judging by
# printed values would end otherwise, both are said.
#
# A row of the table: form | kind,unit of measure,direction,decimals | rule | columns of the target |
# figures | verdicts | verdicts on printed values, where they differ.  Figures are measure@period=value
# of a unit; without a measure and period they are of `ytd` (flow) or `value`, in 2023-12.
. "$(dirname "$0")/lib.sh"
config=$root/config/county
mkdir -p "$config" "$root/datasets/county/inbox"
cat >"$tmp/table" <<'END'
level_at_least|flow,个,higher,0|ytd >= annual|annual=100|A 120;B 100;C 99|A met B met C missed D no_data
level_above|flow,亿元,higher,0|ytd > annual|annual=150|A 151;B 150;C 149|A met B missed C missed D no_data
first_of_kind|flow,家,higher,0|ytd >= 1||A 3;B 1;C 0|A met B met C missed D no_data
raised_from_to|stock,元,higher,0|value >= 80||A 90;B 80;C 79|A met B met C missed D no_data
range|flow,家,higher,0|ytd >= 1||A 5;B 1;C 0|A met B met C missed D no_data
share_at_least|rate,%,higher,1|value >= 55||A 60;B 55;C 54.96|A met B met C missed D no_data|A met B met C met D no_data
level_at_most|stock,工作日,lower,0|value <= 55||A 50;B 55;C 56|A met B met C missed D no_data
rate_100_by_date|rate,%,higher,1|value = 100||A 100;B 100.0;C 99.96|A met B met C missed D no_data|A met B met C met D no_data
zero_tolerance_count|flow,起,lower,0|ytd = 0||A 0;B 0;C 1|A met B met C missed D no_data
nonzero_required|flow,个,higher,0|ytd > 0||A 5;B 1;C 0|A met B met C missed D no_data
quota_external|flow,个,higher,0|ytd >= quota|quota=10|A 12;B 10;C 9|A met B met C missed D no_data
no_target_declared|flow,个,higher,0|none||A 12|A no_target B no_target C no_target D no_target
growth_at_least|flow,万元,higher,1|ytd_growth >= 8||A ytd_growth@2023-12=9;B ytd_growth@2023-12=8;C ytd_growth@2023-12=7.96|A met B met C missed D no_data|A met B met C met D no_data
growth_about|flow,万元,higher,1|ytd_growth ~ 8.5||A ytd_growth@2023-12=12;B ytd_growth@2023-12=8;C ytd_growth@2023-12=7.96|A met B met C missed D no_data|A met B met C met D no_data
growth_decrease_at_least|flow,起,lower,0|ytd_growth <= -30||A ytd_growth@2023-12=-40;B ytd_growth@2023-12=-30;C ytd_growth@2023-12=-29.96;E 4,ytd_base@2023-12=0|A met B met C missed D no_data E not_computable|A met B met C met D no_data E not_computable
level_about|flow,万立方米,higher,2|ytd ~ 73 +- 3.65||A 80;B 69.35;C 69.34|A met B met C missed D no_data
level_about_lower|rate,%,lower,1|value ~ 4.5||A 3;B 5;C 5.04|A met B met C missed D no_data|A met B met C met D no_data
time_proportional_progress|milestone,%,higher,0|value >= elapsed||A 100;B 100;C 99|A met B met C missed D no_data
progress_share_of_annual|flow,人,higher,0|ytd >= 55% * annual|annual=1350|A 800;B 743;C 742|A met B met C missed D no_data
each_unit_at_least|stock,个,higher,0|all(towns, value >= 5)|units=P|A 9;B 5;C 5;D 5;E 5|P met
each_unit_one_below|stock,个,higher,0|all(towns, value >= 5)|units=P|A 9;B 5;C 5;D 5;E 4|P missed
each_unit_one_silent|stock,个,higher,0|all(towns, value >= 5)|units=P|A 9;B 5;C 5;D 5|P no_data
recurring_frequency|flow,次,higher,0|value >= 1|from=2023-12 due=|A value@2023-12=2;B value@2023-12=1;C value@2023-12=0|A met B met C missed D no_data
grade_at_least|grade,级,lower,0,国家级;省级;市级;未评|known(grade) and grade <= "省级"||A 国家级;B 省级;C 市级|A met B met C missed D missed
grade_not_worse|grade,级,lower,0,绿;黄;橙;红|grade <= prev(grade)||A value@2023-11=黄,绿;B value@2023-11=黄,黄;C value@2023-11=黄,橙;D value@2023-11=黄|A met B met C missed D no_data
grade_reported|grade,级,lower,0,一类;二类;三类|grade = "二类"|strength=fact|B 二类;C 一类|A no_data B agrees C differs D no_data
improves_on_last_year|stock,个,higher,0|value > last_year(value)||A value@2022-12=10,20;B value@2022-12=10,11;C value@2022-12=10,10;D value@2022-12=10;E 5|A met B met C missed D no_data E no_data
improves_on_last_month|rate,%,higher,2|value > prev(value)||A value@2023-11=70,75;B value@2023-11=70,70.01;C value@2023-11=70,70|A met B met C missed D no_data
not_below_last_year|stock,人,higher,0|value >= last_year(value)||A value@2022-12=10,20;B value@2022-12=10,10;C value@2022-12=10,9|A met B met C missed D no_data
declines|flow,起,lower,0|ytd < last_year(ytd) or (ytd = 0 and last_year(ytd) = 0)||A ytd@2022-12=5,1;B ytd@2022-12=5,4;C ytd@2022-12=5,5;E ytd@2022-12=0,0|A met B met C missed D no_data E met
lagging_count_decreases|stock,个,lower,0|value <= prev(value) - 1 or (value = 0 and prev(value) = 0)||A value@2023-11=3,0;B value@2023-11=3,2;C value@2023-11=3,3;E value@2023-11=0,0|A met B met C missed D no_data E met
change_points_at_least|rate,分,higher,1|value - at(2022) >= 2||A value@2022-12=80,90;B value@2022-12=80,82;C value@2022-12=80,81.96|A met B met C missed D no_data|A met B met C met D no_data
rank_at_most|rate,分,higher,1|rank(towns) <= 2||A 50;B 40.04;C 40;D 30|A met B met C met D missed E no_data
rank_at_most_no_tie|rate,分,higher,1|rank(towns) <= 2 and not tied(towns)||A 50;B 40.04;C 40;D 30|A met B missed C missed D missed E no_data
rank_not_bottom_k|rate,分,higher,1|rank(towns) <= count(towns) - 2||A 50;B 40;C 40;D 30;E 20|A met B met C met D missed E missed
rank_not_last|rate,分,higher,1|bottom(towns) > 1||A 50;B 40;C 30;D 20;E 20|A met B met C met D missed E missed
rank_improves|rate,分,higher,1|rank(towns) < prev(rank(towns))||A value@2023-11=50,50;B value@2023-11=30,40;C value@2023-11=20,20;D value@2023-11=40,30|A met B met C missed D missed E no_data
rank_front_vague|rate,分,higher,1|rank(towns) <= ceil(count(towns) / 3)||A 50;B 40;C 30;D 20;E 10|A met B met C missed D missed E missed
rank_reported|rate,分,higher,1|rank(towns) = 2|strength=fact|A 50;B 40;C 30|A differs B agrees C differs D no_data
value_reported|flow,万元,higher,2|ytd = 132864.27|strength=fact|A 132864.27;B 132864.28|A agrees B differs C no_data D no_data
score_ranked|rate,分,higher,1|known(value) and known(rank(towns))||A 50;B 40;C 30|A met B met C met D missed
growth_above_peer_mean|flow,万元,higher,1|ytd_growth > area(towns)||P ytd_growth@2023-12=5;A ytd_growth@2023-12=6;B ytd_growth@2023-12=5.04;C ytd_growth@2023-12=5|A met B met C missed D no_data|A met B missed C missed D no_data
share_above_peer_mean|rate,%,higher,1|value >= area(towns)||P 50;A 60;B 50;C 49.96|A met B met C missed D no_data|A met B met C met D no_data
versus_other_indicator|flow,元,higher,1|ytd_growth ~ ytd_growth[growth_at_least] +- 1||A ytd_growth@2023-12=9;B ytd_growth@2023-12=7;C ytd_growth@2023-12=6.9|A met B met C missed D no_data
stepped_by_dates|rate,%,higher,1|value >= step(2023-05: 30, 2023-12: 50)||A 60;B 50;C 49.9|A met B met C missed D no_data
per_case_time_limit|flow,件,higher,0|late_cases("limited") = 0||A 1;B 1;C 1|A met B met C missed D not_computable
milestone_by_date|milestone,%,higher,0|done||A 100;B 100;C 99|A met B met C missed D no_data
compound|flow,个,higher,0|ytd[level_at_least] >= 100 and ytd[first_of_kind] >= 1||A 1|A met B met C missed D no_data
END
printf '%s\n' '[profile]' 'name_zh = 试验县' 'languages = en' 'frequency = M' 'subject_group = towns' >"$tmp/profile"
printf 'group,name_zh,area\ntowns,各镇,P\n' >"$config/groups.csv"
printf 'unit,name_zh,groups\nP,试验县,\nA,甲,towns\nB,乙,towns\nC,丙,towns\nD,丁,towns\nE,戊,towns\n' >"$config/units.csv"
printf 'form,files,layout\nlong,*.csv,long\n' >"$config/forms.csv"
printf 'task,sequence,name_zh\nt,1,任务\n' >"$config/tasks.csv"
# The day of opening counts: of Monday 5 June the 8th working day is Wednesday 14 June.
printf 'deadline,step,applies_to,due,class\nlimited,case,*,8 workdays,limited\n' >"$config/deadlines.csv"
printf '%s\n' case,class,unit,opened,closed 1,limited,A,2023-06-05,2023-06-05 2,limited,B,2023-06-05,2023-06-14 \
    3,limited,C,2023-06-05,2023-06-15 >"$config/cases.csv"
awk -F'|' -v config="$config" -v inbox="$root/datasets/county/inbox" '
    function quoted(text) { gsub(/"/, "\"\"", text); return "\"" text "\"" }
    BEGIN {
        indicators = config "/indicators.csv"; targets = config "/targets.csv"; figures = inbox "/figures.csv"
        print "indicator,name_zh,unit_measure,kind,direction,decimals,grades" >indicators
        print "target,task,indicator,units,from,to,rule,annual,quota,due,strength" >targets
        print "REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE" >figures
    }
    {
        split($2, of, ","); kind = of[1]
        print $1 "," $1 "," of[2] "," kind "," of[3] "," of[4] "," of[5] >indicators
        from = "2023-01"; due = "2023-12-31"; units = "towns"; annual = quota = ""; strength = "binding"
        n = split($4, column, " ")
        for (i = 1; i <= n; i++) {
            split(column[i], pair, "=")
            if (pair[1] == "annual") annual = pair[2]; else if (pair[1] == "quota") quota = pair[2]
            else if (pair[1] == "units") units = pair[2]; else if (pair[1] == "due") due = pair[2]
            else if (pair[1] == "from") from = pair[2]; else if (pair[1] == "strength") strength = pair[2]
        }
        print $1 ",t," $1 "," units "," from ",2023-12," quoted($3) "," annual "," quota "," due "," strength >targets
        n = split($5, unit, ";")
        for (i = 1; i <= n; i++) {
            who = substr(unit[i], 1, 1); m = split(substr(unit[i], 3), figure, ",")
            for (k = 1; k <= m; k++) {
                if (figure[k] !~ /@/) figure[k] = (kind == "flow" ? "ytd" : "value") "@2023-12=" figure[k]
                split(figure[k], part, /[@=]/)
                print who "," $1 "," part[1] "," part[2] "," part[3] >figures
            }
        }
    }' "$tmp/table"

judge() { # judge BASIS PERIOD: verdicts.csv of that run as "target unit verdict" in $tmp/BASIS-PERIOD
    cp "$tmp/profile" "$config/profile.ini"
    printf '[methods]\nlimit_basis = %s\n' "$1" >>"$config/profile.ini"
    run=$root/datasets/county/runs/draft
    for stage in collect process "analyse $2"; do
        # shellcheck disable=SC2086 # the period is a word of its own
        "$TB_BIN/tongbao" -q -C "$root" -p county --run "$run" $stage >"$tmp/out" 2>"$tmp/err"
        is "$1 values, $2: ${stage%% *} runs" $? 0
    done
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["target"], $at["unit"], $at["verdict"] }' \
        "$run/analyse/verdicts.csv" >"$tmp/$1-$2"
}
of() { # of FILE FORM EXPECTED: the verdicts of the units that are named in EXPECTED, in its order
    awk -v form="$2" -v expected="$3" '$1 == form { got[$2] = $3 }
        END { n = split(expected, word, " "); for (i = 1; i < n; i += 2) printf("%s%s %s", (i > 1 ? " " : ""), word[i], got[word[i]]) }' "$1"
}
judge full 2023-12
judge published 2023-12
judge full 2022-12
while IFS='|' read -r form _ _ _ _ full printed; do
    is "$form" "$(of "$tmp/full-2023-12" "$form" "$full")" "$full"
    is "$form, on printed values" "$(of "$tmp/published-2023-12" "$form" "${printed:-$full}")" "${printed:-$full}"
    is "$form, before it begins" "$(awk -v form="$form" '$1 == form { print $3 }' "$tmp/full-2022-12" | sort -u | paste -s -d ' ')" \
        "$([ "$form" = no_target_declared ] && echo no_target || echo not_due)"
done <"$tmp/table"
done_testing
