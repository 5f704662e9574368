#!/bin/sh
# errata.sh - which printed places and verdicts of earlier bulletins a revision changes:
# a draft, with the file and line that did it; what was published stays as it is.
. "$(dirname "$0")/lib.sh"
config=$root/config/c inbox=$root/datasets/c/inbox
mkdir -p "$config" "$inbox" "$root/reports"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 某市
name_en = A City
languages = en;zh
subject_group = all
[inbox]
grace = 0
END
echo 'group,name_zh,name_en
all,全市,the city' >"$config/groups.csv"
{
    echo 'unit,name_zh,name_en,groups'
    for u in 1 2 3 4 5; do echo "U$u,单位$u,Unit $u,all"; done
} >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,growth,decimals,headline
sales,销售额,sales,万元,flow,higher,computed,1,growth
jobs,就业,jobs,人,count,higher,computed,0,value
END
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule
T1,sales,*,2023-01,2023-12,growth >= 5
T2,jobs,*,2023-01,2023-12,value > 100
END
cat >"$config/forms.csv" <<'END'
form,files,layout
long,*.csv,long
END
head='REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE'
# Every file bears the same second: what is new is told by the ledger, not by the clock.
night() { # night PERIOD: its exit code; run is its folder
    find "$inbox" -type f -exec touch -d '2026-01-10 20:00 UTC' {} +
    "$TB_BIN/tongbao" -C "$root" -p c -q run "$1" >"$tmp/out" 2>"$tmp/err"
    rc=$?
    run=$root/datasets/c/runs/$(cat "$root/reports/c/$1/run.txt")
}
# Last year 100 everywhere; growth of unit n in March and April: n * 2 %.
{
    echo "$head"
    for u in 1 2 3 4 5; do
        for m in 03 04 05; do echo "U$u,sales,value,2022-$m,100.0"; done
        echo "U$u,sales,value,2023-03,$((100 + 2 * u)).0"
        echo "U$u,jobs,value,2023-03,$((98 + u))"
    done
} >"$inbox/march.csv"
night 2023-03
is 'the bulletin of March' $rc 0
is 'nothing before it' "$(wc -l <"$run/analyse/errata.csv")" 1
silent 'no draft' 'erratum' "$root/reports/c/2023-03/index.md"
is 'its places are kept as text' "$(grep '^U2,sales' "$run/analyse/printed.csv")" 'U2,sales,2023-03,growth,4.0,all,4,0'
has 'and what it knew' "$run/analyse/vintage.csv" '2023-03,'
cp -r "$root/reports/c/2023-03" "$tmp/march"

# April comes, and changes nothing of March.
{ echo "$head"; for u in 1 2 3 4 5; do echo "U$u,sales,value,2023-04,$((100 + 2 * u)).0"; echo "U$u,jobs,value,2023-04,$((98 + u))"; done; } >"$inbox/april.csv"
night 2023-04
is 'the bulletin of April' $rc 0
is 'an unchanged March has no errata' "$(wc -l <"$run/analyse/errata.csv")" 1
is 'the run holds what it was held against' "$(cd "$run/published" && echo *; ls 2023-03 | tr '\n' ' ')" \
    '2023-03
consequences.csv printed.csv run.txt verdicts.csv vintage.csv '

# May, with a corrected March of unit 2: growth 7.0 for 4.0, which passes unit 3 (6.0); unit 5 of
# jobs is corrected by the bureau; and last year's March of unit 4 is revised.
mkdir -p "$inbox/U2"
{ echo "$head"; for u in 1 2 3 4 5; do echo "U$u,sales,value,2023-05,$((100 + 2 * u)).0"; done; } >"$inbox/may.csv"
printf '%s\n' "$head" 'U1,sales,value,2023-03,102.0' 'U2,sales,value,2023-03,107.0' >"$inbox/U2/march again.csv"
printf '%s\n' "$head" 'U4,sales,value,2022-03,104.0' >"$inbox/last year.csv"
cat >"$config/edits.csv" <<'END'
when,who,unit,indicator,measure,period,value,reason
2023-06-02,统计局,U5,jobs,value,2023-04,99,核实
END
night 2023-05
is 'the bulletin of May' $rc 0
errata=$run/analyse/errata.csv
row() { grep "^$1" "$errata" | cut -d, -f9-; }
is 'a place that its own revision changes' "$(row '2023-03,rank,U2,')" '4.0,4,7.0,2,revision,U2,sales,2023-03,U2/march again.csv,3'
is 'a verdict, too' "$(row '2023-03,verdict,U2,')" '4.0,missed,7.0,met,revision,U2,sales,2023-03,U2/march again.csv,3' 
is 'a place that the year before changes' "$(row '2023-03,rank,U4,')" '8.0,2,3.8,4,revision,U4,sales,2022-03,last year.csv,2'
is 'a place that another unit changes: none here' "$(row '2023-03,rank,U3,')" ''
is 'a correction of the bureau: place and verdict of April' "$(row '2023-04,[a-z]*,U5,jobs')" \
    '103,1,99,4=,edit,U5,jobs,2023-04,edits.csv,2
103,met,99,missed,edit,U5,jobs,2023-04,edits.csv,2'
is 'others move up by it' "$(row '2023-04,rank,U4,jobs')" '102,2,102,1,peer,U5,jobs,2023-04,edits.csv,2'
is 'the account says how many' "$(grep -o 'errata [0-9]*' "$run/manifest.json")" "errata $(($(wc -l <"$errata") - 1))"
page=$root/reports/c/2023-05
has 'the draft: place, number, file' "$page/errata.md" \
    'Unit 2, sales, March 2023, place in the city: printed 4 (growth 4.0%), now 2 (growth 7.0%). Why: the figure came later or was sent again: Unit 2, sales, March 2023, see U2/march again.csv line 3.'
has 'the draft: a verdict' "$page/errata.md" 'verdict on target T1: printed "'
has 'the draft: an amount in its unit of measure' "$page/errata.zh.md" '第1位（当期数103人），更正为第4位（并列）（当期数99人）'
has 'the draft says that it is one' "$page/errata.md" 'Published reports stay as they are'
has 'in Chinese' "$page/errata.zh.md" '单位2，销售额，2023年3月，在全市的位次：原为第4位（同比增速4.0%），更正为第2位（同比增速7.0%）。原因：数据重报或补报'
has 'a link on the first page' "$page/index.html" 'href="errata.html"'
has 'and in the other language' "$page/index.zh.html" 'href="errata.zh.html"'
has 'the report on quality names it' "$page/data-quality.md" 'places and verdicts that earlier bulletins printed'
holds 'the table lies beside it' cmp "$errata" "$page/errata.csv"
holds 'what was published in March is as it was' diff -r "$tmp/march" "$root/reports/c/2023-03"

# explain: as published and as now known.
"$TB_BIN/tongbao" -C "$root" -p c explain U2 sales 2023-03 >"$tmp/out" 2>"$tmp/err"
has 'explain: as published and as now known' "$tmp/out" 'place in the city: in the bulletin of 2023-03 4 (4.0), now 2 (7.0)  revision U2/march again.csv:3'
"$TB_BIN/tongbao" -C "$root" -p c --lang zh explain U2 sales 2023-03 >"$tmp/out" 2>"$tmp/err"
has 'explain in Chinese' "$tmp/out" '2023-03 通报公布 4（4.0），现为 2（7.0）'

# The same bytes again, on any number of threads, and from the originals.
cp -r "$run" "$tmp/may"
for j in 1 4; do
    "$TB_BIN/tongbao" -C "$root" -p c -q -j $j run --force 2023-05 >"$tmp/out" 2>"$tmp/err"
    holds "the same bytes with $j threads" diff -r "$tmp/may" "$run"
done
"$TB_BIN/tongbao" -C "$root" -p c replay 2023-05 >"$tmp/out" 2>"$tmp/err"
is 'replay: byte for byte' "$?,$(sed 's/.*, //' "$tmp/out")" '0,0 differ'
"$TB_BIN/tongbao" -C "$root" -p c verify >"$tmp/out" 2>"$tmp/err"
is 'verify' $? 0
"$TB_BIN/tongbao" -C "$root" -p c -q run 2023-05 >"$tmp/out" 2>"$tmp/err"
says 'nothing has changed since' '^unchanged'

# A bulletin is issued anew: the draft no longer holds.
night 2023-03
night 2023-04
night 2023-05
is 'nothing is left once the bulletins are issued anew' "$(wc -l <"$run/analyse/errata.csv") $(ls "$root/reports/c/2023-05" | grep -c errata)" '1 0'

# errata = none, and a profile whose targets have changed.
sed -i 's/growth >= 5/growth >= 9/' "$config/targets.csv"
night 2023-05
is 'a changed target is named as the reason' "$(grep '^2023-04,verdict,U4,sales' "$run/analyse/errata.csv" | cut -d, -f9-14)" '8.0,met,8.0,missed,profile,'
printf '[methods]\nerrata = none\n' >>"$config/profile.ini"
night 2023-05
is 'errata = none: nothing is looked for' "$(wc -l <"$run/analyse/errata.csv")$(ls -d "$run/published" 2>/dev/null)" 1
sed -i 's/errata = none/errata = some/' "$config/profile.ini"
"$TB_BIN/tongbao" -C "$root" -p c check >"$tmp/out" 2>"$tmp/err"
is 'another word is refused' $? 2
done_testing
