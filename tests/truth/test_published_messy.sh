#!/bin/sh
# A scrape of the 70 cities' releases as another project left it: 7,386 rows of 111 columns,
# a head that changes every month, blanks inside names, titles and notes as rows, whole blocks
# in columns of their own.  One row of forms.csv says what the columns hold that are those of
# wide.csv (read anew from the release pages); what is in others is not guessed at.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/published.sh"
data="$TB_DATA/cn-70-city-new-home"
skip_without "$data/messy_scrape_new_home.csv.gz" "messy scrape: every row accounted for" \
    "messy scrape: observations agree with wide.csv" "messy scrape: the rest is rejected with true reasons"
gzip -dc "$data/messy_scrape_new_home.csv.gz" >"$root/messy.csv"
house M
awk -F, 'BEGIN { print "unit,name_zh" } NR > 1 && !seen[$2]++ { printf "C%02d,%s\n", ++n, $2 }' "$data/wide.csv" >"$root/config/p/units.csv"
cat >"$root/config/p/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction
home,新房价格,%,index,higher
base,定基,指数,index,none
END
# 年内累计 is 累计 in January and 1-N月平均 later; in 2018-01 the cities of one half of the page stand under
# the heads with their base.  Columns by size of home are empty; 城市_1 is the name of a table's right half.
{
    echo form,files,layout,header,unit_from,period_from,columns
    head -n 1 "$root/messy.csv" | tr ',' '\n' | awk '
        $0 == "table" || $0 == "城市_1" || /m2/ { print $0 "=-" }
        /^1-[0-9]+月平均$/ || $0 == "累计" { print $0 "=home:ytd_growth:指数" }
        $0 == "环比" || $0 == "环比（上月=100）" { print $0 "=home:mom:指数" }
        $0 == "同比" || $0 == "同比（上年同月=100）" { print $0 "=home:growth:指数" }
        $0 == "定基" { print $0 "=base:value:指数" }' | paste -s -d ';' |
        sed 's/^/messy,messy*,indicators-across,1,column:城市,column:month,/'
} >"$root/config/p/forms.csv"
collected "$data/messy_scrape_new_home.csv.gz"
# The header itself counts as rejected for the 42 heads that mean nothing here.
is 'messy scrape: every row accounted for' "$rc $(account)" '3 7387,6540,847,0,125562,19520,0,106042,19520'
# Names with blanks and no-break spaces inside are the cities that they are.
spaced=$(awk -F, 'NR > 1 && $4 != "" && $3 ~ /[ \302]/ && $3 ~ /( |\302\240)/' "$root/messy.csv" | wc -l)
is "messy scrape: $spaced rows with blanks inside the name are read" "$(awk -F, 'NR == FNR { blank[FNR] = $4 != "" && $3 ~ /( |\302\240)/; next }
    FNR > 1 && blank[$3]' "$root/messy.csv" "$root/rejects" | wc -l) $([ "$spaced" -gt 0 ] && echo some)" '0 some'
# 105.7 of the year before = 100 is 5.7 percent, exactly.
awk -F, "$plain"'NR == FNR { code[$2] = $1; next }
    function put(c, m, what, t, less,  n) { if (t == "") return
        n = index(t, ".") ? t : t ".0"; sub(/\./, "", n); n -= less
        print code[c] "," what "," m "," plain(sprintf("%s%d.%d", n < 0 ? "-" : "", int((n < 0 ? -n : n) / 10), (n < 0 ? -n : n) % 10)) ",A" }
    FNR > 1 { put($2, $1, "home,mom", $3, 1000); put($2, $1, "home,growth", $4, 1000)
              put($2, $1, "base,value", $5, 0); put($2, $1, "home,ytd_growth", $7, 1000) }' \
    "$root/config/p/units.csv" "$data/wide.csv" | sort >"$root/truth"
is 'messy scrape: 19,520 observations, all of them in wide.csv' \
    "$(comm -12 "$root/observations" "$root/truth" | wc -l) $(comm -23 "$root/observations" "$root/truth" | wc -l)" '19520 0'
# What wide.csv has beyond: of 2018-01 and 2018-02 the scrape holds 15 cities and no 定基, of 2024-01
# and 2025-01 the left half of the page; the months that it lacks altogether are not counted here.
comm -13 "$root/observations" "$root/truth" >"$root/beyond"
awk -F, 'NR > 1 { print $1 }' "$root/messy.csv" | sort -u >"$root/months"
is 'messy scrape: what only wide.csv has is what the scrape lacks' "$(awk -F, 'NR == FNR { held[$1] = 1; next }
    held[$4] { print $3 "," $4 }' "$root/months" "$root/beyond" | sort | uniq -c | awk '{ print $2 ":" $1 }' | paste -s -d ' ')" \
    'growth,2018-01:55 growth,2018-02:55 growth,2024-01:35 growth,2025-01:35 mom,2018-01:55 mom,2018-02:55 mom,2024-01:35 mom,2025-01:35 value,2018-01:70 value,2018-02:70'
# The rest, by what the file itself holds there.
reasons=$(awk -F, 'NR > 1 { print $7 }' "$root/rejects" | sort | uniq -c | awk '{ print $2, $1 }' | paste -s -d ';')
is 'messy scrape: the rest is rejected with true reasons' "$reasons" 'head.unknown 42;row.unread 818;unit.missing 3;unit.unknown 25'
# Unread are rows of 2016 and 2017 only, none of which has a figure in a column that the form names.
is 'messy scrape: unread rows have their figures in other columns' "$(awk -F, '
    FILENAME == ARGV[1] { if (FNR > 1 && $7 == "row.unread") unread[$3] = 1; next }
    FNR == 1 { for (i = 4; i <= NF; i++) named[i] = $i !~ /m2/ && ($i ~ /^1-[0-9]+月平均$/ || $i ~ /^(累计|环比|同比|定基)$/ || $i ~ /^(环比|同比)（上.*=100）$/) }
    unread[FNR] { filled = 0; for (i = 4; i <= NF; i++) filled += named[i] && $i != ""
        bad += filled > 0 || $1 >= "2018-01" || $3 == "城市"; n++ }
    END { print n, bad + 0 }' "$root/rejects" "$root/messy.csv")" '818 0'
echo "1..$n"
