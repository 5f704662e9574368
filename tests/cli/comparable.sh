#!/bin/sh
# comparable.sh - "your growth is not what my calculator says": growth as sent, the base
# that it implies, the base that was published a year before, and why they differ.
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
[methods]
comparable_months = 12
[inbox]
grace = 0
END
echo 'group,name_zh,name_en
all,全部,all' >"$config/groups.csv"
{
    echo 'unit,name_zh,name_en,groups,valid_from,valid_to,successor'
    for u in 1 2 3 4 5 6 7; do echo "U$u,单位$u,Unit $u,all,,,"; done
    echo 'OLD,旧区,Old,,,2022-12-31,U5'
} >"$config/units.csv"
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,growth,decimals
sales,销售额,sales,万元,flow,higher,published,1
share,占比,share,%,rate,higher,published,1
END
cat >"$config/forms.csv" <<'END'
form,files,layout
long,*.csv,long
END
head='REF_AREA,INDICATOR,MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS'
# Last year; and one figure that was wrong at first.
{
    echo "$head"
    for u in 1 2 3 4 5 6 7; do
        for m in 1 2 3 4 5 6 7 8; do echo "U$u,sales,ytd,2022-0$m,$m$u$((m * 3 % 7)).$((m % 9)),"; done
        echo "U$u,sales,ytd,2022-12,1000.0,"
    done
    echo 'U1,share,value,2022-05,40.0,'
} >"$inbox/1.csv"
"$TB_BIN/tongbao" -C "$root" -p c -q collect >"$tmp/out" 2>"$tmp/err"
is 'last year is taken' $? 0
# 2022-05 is 516.5 and so on: the bases below are what `$base` says.
base() { grep "^U$1,sales,ytd,2022-05," "$root/y22" | cut -d, -f5; }
"$TB_BIN/tongbao" -C "$root" -p c -q process 2>"$tmp/err" >"$tmp/out"
cp "$inbox/1.csv" "$root/y22" 2>/dev/null || gzip -dc "$root"/datasets/c/archive/*/*.gz >"$root/y22"
is 'the base of unit 1' "$(base 1)" 511.5
# A growth of 5.0 % on 511.5 .. 571.5 : U1 fits; U2 fits the base as first sent, which is revised;
# U3 says the comparable base; U4 has status D; U5 took another unit over; U6 nobody knows; U7 fell by all.
{
    echo "$head"
    echo 'U1,sales,ytd,2023-05,537.1,'
    echo 'U1,sales,ytd_growth,2023-05,5.0,'
    echo 'U2,sales,ytd,2023-05,547.6,'
    echo 'U2,sales,ytd_growth,2023-05,5.0,'
    echo 'U2,sales,ytd,2022-05,500.5,'
    echo 'U3,sales,ytd,2023-05,558.1,'
    echo 'U3,sales,ytd_growth,2023-05,11.6,'
    echo 'U3,sales,ytd_base,2023-05,500.0,'
    echo 'U4,sales,ytd,2023-05,568.6,D'
    echo 'U4,sales,ytd_growth,2023-05,9.0,'
    echo 'U5,sales,ytd,2023-05,579.1,'
    echo 'U5,sales,ytd_growth,2023-05,1.5,'
    echo 'U6,sales,ytd,2023-05,589.6,'
    echo 'U6,sales,ytd_growth,2023-05,7.7,'
    echo 'U7,sales,ytd,2023-05,0.0,'
    echo 'U7,sales,ytd_growth,2023-05,-100.0,'
    echo 'U1,share,value,2023-05,42.0,'
    echo 'U1,share,growth,2023-05,2.0,'
    echo 'U6,sales,ytd_growth,2022-08,3.0,'
} >"$inbox/2.csv"
"$TB_BIN/tongbao" -C "$root" -p c -q run 2023-05 >"$tmp/out" 2>"$tmp/err"
is 'the night' $? 0
run=$(ls -d "$root"/datasets/c/runs/2023-05-*)
ledger=$run/process/comparable.csv
why() { grep "^$1,sales,ytd_growth,2023-05" "$ledger" | cut -d, -f16; }
is 'the same base but for rounding' "$(why U1)" rounding
is 'the base as first published, revised since' "$(why U2)" revision
is 'the comparable base was sent' "$(why U3)" given
is 'status D of the value' "$(why U4)" scope
is 'another unit merged into it' "$(why U5)" scope
is 'nobody said why' "$(why U6)" unexplained
is 'all of it gone implies no base: it is not listed' "$(why U7)" ""
is 'a rate has no percentage growth' "$(grep -c ',share,' "$ledger")" 0
is 'a base of a year before that nobody sent is none' "$(grep -c ',2022-08,' "$ledger")" 0
# 589.6 / 1.077 = 547.446...; 589.55 / 1.0775 = 547.146..., 589.65 / 1.0765 = 547.747...; 561.5 last year.
is 'the row: value, growth, from the level, base, from, to, first, now, given, gap, gap %' \
    "$(grep '^U6,sales,ytd_growth,2023-05' "$ledger" | cut -d, -f5-15)" \
    '589.6,7.7,5.0,547.447,547.146,547.748,561.5,561.5,,-14.053,-2.50'
is 'the row of a revised base has both' "$(grep '^U2,sales,ytd_growth,2023-05' "$ledger" | cut -d, -f6-7,11,12)" '5.0,9.4,521.5,500.5'
is 'the log counts them' "$(grep -o 'growth against its base: [^\"]*' "$run/manifest.json")" \
    'growth against its base: rounding 1, prices 0, revision 1, given 1, scope 2, unexplained 1'

has 'the report: how many, and why' "$run/reports/data-quality.md" 'Of 6 growths of this period the implied base'
has 'the largest gaps, unexplained ones first' "$run/reports/data-quality.md" 'unexplained (comparable basis?)'
is 'in the order' "$(grep -o '| Unit [0-9] .*\(unexplained\|scope or\|comparable base was\|figure was revised\)' "$run/reports/data-quality.md" |
    sed 's/^| Unit \([0-9]\).*/\1/' | tr '\n' ' ')" '6 4 5 3 2 '
has 'in Chinese' "$run/reports/data-quality.zh.md" '未说明（可比口径？）'
"$TB_BIN/tongbao" -C "$root" -p c explain U6 sales 2023-05 >"$tmp/out" 2>"$tmp/err"
is 'explain' $? 0
has 'explain: both growths' "$tmp/out" "ytd_growth  7.7 % as sent, 5.0 % from last year's figure"
has 'explain: both bases' "$tmp/out" 'implied base 547.447 (547.146 to 547.748); last year 561.5 as first published, 561.5 now'
has 'explain: the gap and why' "$tmp/out" 'gap -14.053 (-2.50 %): unexplained (comparable basis?)'
"$TB_BIN/tongbao" -C "$root" -p c --lang zh explain U3 sales 2023-05 >"$tmp/out" 2>"$tmp/err"
has 'explain in Chinese, with the base as sent' "$tmp/out" '报送的可比基数 500.0'
for j in 1 4; do
    "$TB_BIN/tongbao-process" -C "$root" -p c -q -j $j --run "$run" >/dev/null 2>"$tmp/err" && cp "$ledger" "$tmp/ledger$j"
done
holds 'the same on any number of threads' cmp "$tmp/ledger1" "$tmp/ledger4"

# The rates are real and the amounts nominal: that is the reason, whatever else there is.
cp "$config/indicators.csv" "$tmp/indicators.csv"
sed -i '1s/$/,prices,growth_prices/; /^sales/s/$/,V,Q/; /^share/s/$/,,/' "$config/indicators.csv"
"$TB_BIN/tongbao-process" -C "$root" -p c -q --run "$run" >"$tmp/out" 2>"$tmp/err"
is 'real growth of nominal amounts' "$(why U1) $(why U2) $(why U6)" 'rounding prices prices'
cp "$tmp/indicators.csv" "$config/indicators.csv"
sed -i '1s/$/,prices,price_base/; /^sales/s/$/,Q,2020/; /^share/s/$/,,/' "$config/indicators.csv"
printf 'indicator,from,base\nsales,2023-01,new\n' >"$config/bases.csv"
"$TB_BIN/tongbao-process" -C "$root" -p c -q --run "$run" >"$tmp/out" 2>"$tmp/err"
is 'another base year since' "$(why U1) $(why U2) $(why U6)" 'rounding revision scope'
rm "$config/bases.csv"
cp "$tmp/indicators.csv" "$config/indicators.csv"

# Only what rounding does not explain is listed of months further back.
sed -i 's/comparable_months = 12/comparable_months = 0/' "$config/profile.ini"
"$TB_BIN/tongbao-process" -C "$root" -p c -q --run "$run" >"$tmp/out" 2>"$tmp/err"
is 'comparable_months = 0: rounding is not listed' "$(tail -n +2 "$ledger" | cut -d, -f16 | sort | tr '\n' ' ')" \
    'given revision scope scope unexplained '
done_testing
