#!/bin/sh
# Real GDP of 3,114 counties of the USA as the publisher's sheet has it: a title, a head of three
# rows with merged cells and no head over the names, states with their counties below them, names that
# occur in thirty states, a state and its county of one name, `(NA)` and `--`, footnotes; and the same
# as a workbook through a converter.  One row of forms.csv against long.csv, which others made from it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/published.sh"
data="$TB_DATA/us-county-gdp"
skip_without "$data/lagdp1223_sheet.csv" "county GDP: the sheet is long.csv" "county GDP: growth is as published" \
    "county GDP: the workbook is long.csv"
house A
# unit|the rest
piped() { sed 's/^"\([^"]*\)",/\1|/; t end; s/,/|/; :end' "$1"; }
# The code of a unit is its name in long.csv; its name that of the sheet.  A county with the name of
# a state goes by NAME, STATE, so that the state is known by itself.  Two sections of Virginia are
# units that its cities and combinations are part of: Richmond is a county and a city there.
piped "$data/groups.csv" | awk -F'|' '
    function field(t) { return t ~ /,/ ? "\"" t "\"" : t }
    NR == 1 { print "unit,name_zh,parent,aliases"; next }
    $2 == "country," { print $1 "," $1 ",,"; next }
    $2 == "state," { state[$1] = 1; print $1 "," $1 ",United States,"; next }
    { sub(/^county,/, "", $2); row[++n] = $1 "|" $2 }
    END {
        print "VA-1,Independent cities,Virginia,"
        print "VA-2,Combination areas,Virginia,Combination areas2"
        for (i = 1; i <= n; i++) { split(row[i], f, "|")
            name = substr(f[1], 1, length(f[1]) - length(f[2]) - 2); parent = f[2]; alias = ""
            if (sub(/ \(independent city\)$/, "", name)) parent = "VA-1"
            else if (index(name, " + ")) parent = "VA-2"
            if (parent == "Alaska" && name ~ /^(Chugach|Copper River|Valdez-Cordova) /) alias = name "1" # footnote 1
            print field(f[1]) "," field(name in state ? f[1] : name) "," parent "," alias } }' >"$root/config/p/units.csv"
cat >"$root/config/p/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction
gdp,实际GDP,千美元,flow,none
END
cat >"$root/config/p/forms.csv" <<'END'
form,files,layout,header,section,indicator_from,columns
gdp,lagdp*,periods-across,2-4,unit-parent,fixed:gdp,Real gross domestic product_Thousands of chained (2017) dollars=gdp:value;Percent change from preceding period_Percent change=gdp:growth:%;Real gross domestic product_Rank in state=-;Percent change from preceding period_Rank in state=-
END
# unit|indicator,measure,period,value: without a value where the sheet says (NA).
observed() {
    piped "$root/export" | awk -F'|' "$plain"'NR > 1 { split($2, f, ","); print $1 "|" f[2] "," f[4] "," (f[6] == "O" ? "" : plain(f[5])) }' |
        sort >"$root/observed"
}
piped "$data/long.csv" | awk -F'|' "$plain"'NR > 1 { n = split($2, f, ","); print $1 "|value," f[2] "," plain(f[3]) }' >"$root/levels"
# The units of long.csv have each of the four years; published.csv has the rates.
piped "$data/published.csv" | awk -F'|' "$plain"'NR > 1 { split($2, f, ",")
    for (y = 2020; y <= 2022; y++) print $1 "|growth," y "," plain(f[y - 2017]) }' >"$root/rates"
sort "$root/levels" "$root/rates" >"$root/truth"
collected "$data/lagdp1223_sheet.csv"
observed
is 'county GDP: every row; 4 levels and 3 rates each, (NA) an observation without a value' "$rc $(account)" '0 3227,3166,0,61,22162,22162,0,0,22162'
# Two of the four notes are short and look like sections, which say nothing: they are ignored as such.
is 'county GDP: title, head, blank lines, two sections of Virginia, notes' \
    "$(awk -F, 'NR > 1 { print $4 }' "$root/ignored" | sort | uniq -c | awk '{ print $2, $1 }' | paste -s -d ' ')" \
    'blank 51 footnote 2 header 3 section 4 title 1'
grep '|value,' "$root/observed" >"$root/ours"
sort "$root/levels" >"$root/theirs"
same 'county GDP: the sheet is long.csv (12,664 levels)' "$root/ours" "$root/theirs"
grep '|growth,' "$root/observed" >"$root/ours"
sort "$root/rates" >"$root/theirs"
same 'county GDP: growth is as published (9,498 rates)' "$root/ours" "$root/theirs"

# --- the workbook; the mark of the sheet above it is a row more ---
cp "$root/observed" "$root/of_sheet"
cp "$root/config/p/profile.ini" "$root/profile.ini"
workbook() { # workbook COMMAND ACCOUNT NAME
    rm -rf "$root/datasets"
    mkdir -p "$root/datasets/p/inbox"
    { cat "$root/profile.ini"; printf '[converters]\nmemory_mib = 0\n.xlsx = %s\n' "$1"; } >"$root/config/p/profile.ini"
    collected "$data/lagdp1223.xlsx"
    observed
    is "$3: every row" "$rc $(account)" "$2"
    same "$3 is long.csv" "$root/observed" "$root/of_sheet"
}
sed -i.sheet 's/,2-4,/,3-5,/' "$root/config/p/forms.csv"
workbook 'tongbao-xlsx {in}' '0 3228,3166,0,62,22162,22162,0,0,22162' 'county GDP: the workbook'
if command -v xlsx2csv >/dev/null; then
    mv "$root/config/p/forms.csv.sheet" "$root/config/p/forms.csv"
    workbook 'xlsx2csv {in}' '0 3227,3166,0,61,22162,22162,0,0,22162' 'county GDP: the workbook through xlsx2csv'
else
    n=$((n + 1))
    echo "ok $n - county GDP: the workbook through xlsx2csv # SKIP xlsx2csv is not installed"
fi
echo "1..$n"
