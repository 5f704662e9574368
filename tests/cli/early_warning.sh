#!/bin/sh
# early_warning.sh - analyse/early_warning.csv: who will be behind next period if nothing changes.
# Half-years, so that the next period is the end of the year: the numbers of unit A are the
# worked example of the methods note, sections 6 and 11, as in outlook.sh.
. "$(dirname "$0")/lib.sh"
config=$root/config/p
inbox=$root/datasets/p/inbox
run=$root/datasets/p/runs/draft
mkdir -p "$config" "$inbox" "$root/reports"
cp -R "$TB_TOP/reports/templates" "$root/reports/"
profile() { # profile [LINE of section methods]...
    printf '%s\n' '[profile]' 'name_zh = 试验' 'name_en = Trial' 'languages = en;zh' 'frequency = S' \
        'subject_group = towns' '[methods]' "$@" >"$config/profile.ini"
}
profile
printf 'group,name_zh,area\ntowns,各镇,\nwhole,全市,CITY\n' >"$config/groups.csv"
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,groups
CITY,市,City,
A,甲,Aton,towns;whole
B,乙,Beton,towns;whole
C,丙,Ceton,towns;whole
D,丁,Deton,towns;whole
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals,headline
invest,投资,Investment,亿元,flow,higher,S,computed,2,ytd
gdp,总值,Product,亿元,flow,higher,S,published,1,ytd_growth
jobless,失业率,Jobless,%,rate,lower,S,published,1,value
roads,公路,Roads,%,milestone,higher,S,published,0,
jobs,就业,Jobs,人,count,higher,M,computed,0,
END
printf 'form,files,layout\nlong,long*.csv,long\n' >"$config/forms.csv"
cat >"$config/targets.csv" <<'END'
target,indicator,units,from,to,rule,annual,due,strength
amount,invest,A;B;C;D,2023-S1,2023-S2,ytd >= 118,,2023-12-31,
less,invest,A;B;C;D,2023-S1,2023-S2,ytd <= 118,,2023-12-31,
pace,invest,A;B;C;D,2023-S1,2023-S2,progress >= elapsed,118,2023-12-31,
grow,invest,A;B;C;D,2023-S1,2023-S2,ytd_growth >= 6,,2023-12-31,
mean,invest,A;B;C;D,2023-S1,2023-S2,ytd_growth >= area(whole),,2023-12-31,
place,invest,A;B;C;D,2023-S1,2023-S2,rank(towns) <= 1,,,
more,invest,A;B;C;D,2023-S1,2023-S2,value > prev(value),,,
real,gdp,A;B;C;D,2023-S1,2023-S2,ytd_growth >= 5,,,
rate,jobless,A;B;C;D,2023-S2,2023-S2,value <= 4.5,,,
road,roads,A;B;C;D,2023-S1,2023-S2,done,,2023-12-31,
past,invest,A;B;C;D,2023-S1,2023-S1,ytd >= 60,,2023-06-30,
hope,invest,A;B;C;D,2023-S1,2023-S2,ytd >= 500,,2023-12-31,stretch
mild,invest,A;B;C;D,2023-S1,2023-S2,ytd >= 90,,2023-12-31,
on,invest,A;B;C;D,2023-S1,2024-S2,ytd >= 1,,,
month,jobs,A;B;C,2023-01,2023-12,ytd >= 71,,2023-07-31,
sum,jobs,A,2023-07,2023-08,total >= 10,,2023-08-31,
END
# The first halves and whole years of 2018 to 2022, and the first half of 2023: A has five
# years, B two, C none, D no figure of this year.
{
    echo unit,indicator,period,measure,value
    set -- 47 100 49.5 101 48 100 51 102 50.6 110
    for y in 2018 2019 2020 2021 2022; do
        echo "A,invest,$y-S1,ytd,$1"
        echo "A,invest,$y-S2,ytd,$2"
        echo "D,invest,$y-S1,ytd,$1"
        echo "D,invest,$y-S2,ytd,$2"
        [ $y -lt 2021 ] || echo "B,invest,$y-S1,ytd,$1"
        [ $y -lt 2021 ] || echo "B,invest,$y-S2,ytd,$2"
        echo "CITY,invest,$y-S1,ytd,1000"
        echo "CITY,invest,$y-S2,ytd,2000"
        shift 2
    done
    for u in A B C; do
        echo "$u,invest,2023-S1,ytd,56"
    done
    echo "CITY,invest,2023-S1,ytd,1060"
    echo "A,jobs,2023-06,ytd,60"
    echo "B,jobs,2023-06,ytd,72"
    echo "C,jobs,2023-06,ytd,0"
    echo "A,gdp,2023-S1,ytd_growth,5.0"
    echo "B,gdp,2023-S1,ytd_growth,4.9"
    echo "A,jobless,2023-S1,value,4.5"
    echo "B,jobless,2023-S1,value,4.6"
    echo "A,roads,2023-S1,value,100"
    echo "B,roads,2023-S1,value,99"
} >"$inbox/long1.csv"
judge() {
    "$TB_BIN/tongbao-collect" -q -C "$root" -p p --run "$run" >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao-process" -q -C "$root" -p p --run "$run" >"$tmp/out" 2>"$tmp/err" &&
        "$TB_BIN/tongbao-analyse" -q -C "$root" -p p --run "$run" "${1:-2023-S1}" >"$tmp/out" 2>"$tmp/err"
}
w() { # w UNIT TARGET COLUMN...
    unit=$1 target=$2
    shift 2
    awk -F, -v u="$unit" -v t="$target" -v want="$*" '
        NR == 1 { n = split(want, w, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["unit"] == u && $at["target"] == t {
            for (k = 1; k <= n; k++) printf "%s%s", (k > 1 ? " " : ""), $at[w[k]]
            print ""
        }' "$run/analyse/early_warning.csv"
}
judge
ok 'a half-year' $?

# --- amounts ---
is 'five past years: the projection, and the chance' \
    "$(w A amount next now then warning value benchmark gap unit_measure method years probability)" \
    '2023-S2 behind missed 0 116.71 118.00 -1.29 亿元 shares 5 0.388'
is 'within: the other chance' "$(w A less then probability)" 'met 0.612'
is 'two years: their mean share, and no chance' "$(w B amount then value method years probability)" \
    'missed 116.67 few_shares 2 '
is 'no past year: the pace of this one' "$(w C amount then value method years probability)" \
    'missed 112.00 pace 0 '
is 'no figure: nothing is known' "$(w D amount now then warning value method reason)" \
    'no_data no_data 0  none no_figure'
is 'against the task' "$(w A pace then value benchmark probability)" 'missed 98.9 100.0 0.388'

is 'a monthly one in a half-yearly bulletin: 60 after six months is 70 after seven' \
    "$(w A month period next now then warning value method)" '2023-06 2023-07 behind missed 0 70 pace'
is 'what is there already stays met' "$(w B month now then value)" 'met met 84'
is 'nothing goes on as nothing' "$(w C month then value)" 'missed 0'
is 'total: what the next one adds to nothing' "$(w A sum now then value)" 'not_due met 10'

# --- what rests on amounts ---
is 'computed growth: 116.71 against 110' "$(w A grow then warning value method)" 'met 0 6.1 shares'
is 'without last year there is none' "$(w C grow then value)" 'not_computable '
is 'the group as its area: 2120 against 2000' "$(w A mean then value benchmark)" 'met 6.1 6.0'
is 'places among what all will have' "$(w A place then value) $(w B place then value) $(w C place then value)" \
    'met 1 missed 2 missed 3'
is 'they are level now: one warns, the others were not first alone' "$(w B place now warning)" 'met 1'
is 'a period alone is what it adds: 60.71 after 56' "$(w A more then value benchmark)" 'met 60.71 56.00'

# --- what stays ---
is 'published growth' "$(w A real then method) $(w B real now then)" 'met stays missed missed'
is 'a rate, before its target begins: a warning' "$(w A rate now then warning method) $(w B rate now then warning method)" \
    'not_due met 0 stays not_due missed 1 stays'
is 'a milestone is late on its day' "$(w A road now then) $(w B road now then warning)" 'met met not_due missed 1'
is 'no chance is told of what stays' "$(w B rate probability years)" ' 0'

# --- what is not judged again ---
is 'what was due already' "$(w A past then)" ''
is 'stretch targets' "$(w A hope then)" ''
is 'what yields to a stricter target' "$(w A mild then)" ''
judge 2022-S2
is 'before it begins it is judged for its first period' "$(w A amount now next then)" 'not_due 2023-S1 no_data'
is 'a new year: nothing is carried into it' "$(w A amount method reason)" 'none new_year'
judge 2023-S2
is 'after its last period it is not' "$(w A amount then)" ''

# --- any order, any number of threads ---
judge
cp "$run/analyse/early_warning.csv" "$tmp/before"
"$TB_BIN/tongbao-analyse" -q -C "$root" -p p --run "$run" --threads 1 2023-S1 >"$tmp/out" 2>"$tmp/err"
cmp -s "$run/analyse/early_warning.csv" "$tmp/before"
ok 'one thread: the same' $?

# --- the bulletin ---
"$TB_BIN/tongbao-disseminate" -q -C "$root" -p p --run "$run" 2023-S1 >"$tmp/out" 2>"$tmp/err"
ok 'a bulletin' $?
says 'who will be behind, by what' 'Beton .*Jobless .*at most 4.5.*2023-S2 .*4.6 .*4.5 .*stays as it is' "$run/reports/bulletin.md"
says 'in Chinese' '乙 .*失业率.*按不变' "$run/reports/bulletin.zh.md"
has 'it says what it is' "$run/reports/bulletin.md" 'Early warning: behind next period if nothing changes'
silent 'who is behind already is not warned' '^\| Aton .*past years' "$run/reports/bulletin.md"

done_testing
