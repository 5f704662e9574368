#!/bin/sh
# plausibility.sh - the screens of checks.csv in a small county: four years of twelve
# towns, with one error of each kind planted in the last; what is found, what it is
# taken for, and what is said of clean figures.
. "$(dirname "$0")/lib.sh"

# A profile: sales and people of twelve towns, and sales per head.
profile() { # profile FOLDER
    config=$1/config/county
    mkdir -p "$config"
    cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验县
name_en = Trial County
languages = en
frequency = M
subject_group = towns
END
    echo 'group,name_zh
towns,各镇' >"$config/groups.csv"
    {
        echo 'unit,name_zh,name_en,parent,groups'
        echo 'C,全县,County,,'
        for t in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "T$t,镇$t,Town $t,C,towns"; done
    } >"$config/units.csv"
    cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,unit_measure,kind,direction,frequency,growth,decimals,formula
sales,销售额,Sales,万元,flow,higher,M,computed,1,
people,人口,People,人,stock,none,M,computed,0,
head,人均销售额,Sales per head,元/人,rate,higher,M,computed,1,sales / people
END
    cat >"$config/forms.csv" <<'END'
form,files,layout,unit_from,period_from,indicator_from
long,*.csv,long,column:unit,column:period,column:indicator
END
    cat >"$config/checks.csv" <<'END'
check,indicator,units,severity,rule,message_zh,message_en
head_range,head,*,warning,value <= 3000,人均过高,too much per head
scale,sales,*,error,scale_jump(value) = 0,计量单位,unit of measure?
jump,sales,*,warning,abs(hampel(value)) <= 10,异常,out of line with its neighbours in time
year,sales,towns,warning,"abs(hb(value, last_year(value), towns)) <= 20 or abs(hb_gap(value, last_year(value), towns)) < 30",同比异常,out of line with the other towns
stale,sales,*,warning,stale(value) = 0,与上期相同,the same as last month
step,people,*,error,value <= 1.2 * prev(value) and value >= 80% * prev(value),变动过大,a step of more than a fifth
sum,sales,C,warning,abs(value - sum(children)) <= 1,合计不符,the towns do not add up
END
}

# One file a month.  $1: a line of awk that may change town t's x in month m (from 1).
submissions() { # submissions FOLDER ERRORS
    mkdir -p "$1"
    awk -v out="$1" 'function noise(a, b) { return (a * 7919 + b * 104729) % 1009 / 1009 - 0.5 }
        BEGIN { for (m = 1; m <= 48; m++) {
            file = out "/" sprintf("%d-%02d.csv", 2020 + int((m - 1) / 12), (m - 1) % 12 + 1)
            print "unit,period,indicator,value" > file
            when = sprintf("%d-%02d", 2020 + int((m - 1) / 12), (m - 1) % 12 + 1)
            sum = 0
            for (t = 1; t <= 12; t++) {
                x = sprintf("%.1f", (1000 + 317.3 * t) * (1 + 0.05 * t) * 1.005 ^ m \
                    * (1 + 0.1 * sin(m * 0.5236)) * (1 + 0.03 * noise(m, t)))
                sum += x
                people = 20000 + 2500 * t
                '"$2"'
                printf "T%d,%s,sales,%.1f\nT%d,%s,people,%d\n", t, when, x, t, when, people > file
                before[t] = x
            }
            printf "C,%s,sales,%.1f\n", when, sum > file
            close(file) } }'
}
night() { # night FOLDER: its process folder
    "$TB_BIN/tongbao" -C "$1" -p county -q collect >"$1/out" 2>&1 || sed 's/^/# /' "$1/out"
    "$TB_BIN/tongbao" -C "$1" -p county -q process >>"$1/out" 2>&1 || sed 's/^/# /' "$1/out"
    find "$1/datasets/county/runs" -type d -name process | head -n 1
}
failed() { # failed UNIT PERIOD: its checks, sorted
    grep ",$1,sales,[a-z]*,$2,fail" "$process/checks.csv" | cut -d, -f1 | sort | tr '\n' ' '
}
cause() { # cause UNIT PERIOD: of the work list, and how many checks point at it
    awk -F, -v u="$1" -v p="$2" '$2 == u && $3 == "sales" && $5 == p { print $9 }' "$process/worklist.csv"
}

profile "$root/clean"
submissions "$root/clean/datasets/county/inbox" ''
process=$(night "$root/clean")
is "clean figures fail nothing" "$(tail -n +2 "$process/checks.csv" | cut -d, -f1,3,6 | tr '\n' ' ')" ""
is "and nothing is on the work list" "$(wc -l <"$process/worklist.csv")" 1
is "the first eight months have no past to be measured by" \
    "$(grep '^scale,' "$process/outcomes.csv")" "scale,error,sales,624,520,0,0,104,0"
is "a year before is needed, and a member of the group" \
    "$(grep '^year,' "$process/outcomes.csv")" "year,warning,sales,576,432,0,144,0,0"
is "a quotient is judged though it has no plane" \
    "$(grep '^head_range,' "$process/outcomes.csv")" "head_range,warning,head,624,576,0,48,0,0"

profile "$root/dirty"
submissions "$root/dirty/datasets/county/inbox" '
    if (m == 40 && t == 2) x *= 10000           # 元 for 万元
    if (m == 41 && t == 3) x = before[3]        # last month copied
    if (m == 43 && t == 3) x = substr(x, 2, 1) substr(x, 1, 1) substr(x, 3)
    if (m == 44 && t == 5) x *= 10              # decimal point
    if (m == 45 && t == 6) x = -x               # sign
    if (m == 46 && t == 1) x = 9000.1           # another unit, below
    if (m == 46 && t == 9) x = 9000.1
    if (m == 47 && t == 4) x = 0
    if (m == 30 && t == 7) people *= 2
    if (m == 35 && t == 8) people = 4000'
process=$(night "$root/dirty")
is "元 for 万元: unit of measure, before any other check" "$(failed T2 2023-04)" "scale "
is "and it is held" "$(awk -F, 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c } $1 == "T2" && $2 == "sales" { print $at["held"] }' "$process/cells.csv")" 1
is "taken for what it is" "$(cause T2 2023-04)" unit_of_measure
is "last month again" "$(failed T3 2023-05)" "stale "
is "is said to be copied" "$(cause T3 2023-05)" copied_period
is "digits transposed" "$(cause T3 2023-07)" transposed_digits
is "a decimal point lost" "$(cause T5 2023-08)" decimal_point
is "the wrong sign" "$(cause T6 2023-09)" sign
is "the same number for two towns" "$(cause T1 2023-10)" same_as_unit
is "nothing where there always is something" "$(cause T4 2023-11)" zero
is "a sum that does not add up points at the town" \
    "$(grep ',C,sales,value,2023-08,fail' "$process/checks.csv" | cut -d, -f1)$(awk -F, \
        '$2 == "C" && $5 == "2023-08"' "$process/worklist.csv")" sum
is "too much per head points at the sales" \
    "$(grep '^head_range' "$process/checks.csv" | cut -d, -f3,4,6 | tr '\n' ' ')" "T8,head,2022-11 T5,head,2023-08 T1,head,2023-10 "
is "or at the people" "$(awk -F, '$3 == "people" && $5 == "2022-11" { print $9 }' "$process/worklist.csv")$(
    grep -c '^[0-9]*,T8,people,value,2022-11,.*step;head_range\|^[0-9]*,T8,people,value,2022-11,.*head_range;step' "$process/worklist.csv")" decimal_point1
is "what an error finds wrong is no measure for the month after" \
    "$(grep '^step,' "$process/checks.csv" | cut -d, -f3,6 | tr '\n' ' ')" "T7,2022-06 T8,2022-11 "
is "the list is in the order of influence" \
    "$(tail -n +2 "$process/worklist.csv" | cut -d, -f8 | sort -c -k1,1gr && echo sorted)" sorted
is "and the unit of measure leads it" "$(sed -n 2p "$process/worklist.csv" | cut -d, -f1-5)" "1,T2,sales,value,2023-04"

# Two towns' numbers under each other's name.
profile "$root/swap"
submissions "$root/swap/datasets/county/inbox" '
    if (m == 45 && t == 3) { three = x; x = 0 }
    if (m == 45 && t == 11) eleven = x'
# (awk prints as it goes: the two are exchanged in the file)
file="$root/swap/datasets/county/inbox/2023-09.csv"
a=$(grep '^T4,.*sales' "$file" | cut -d, -f4)
b=$(grep '^T11,.*sales' "$file" | cut -d, -f4)
sed -i "s/^\(T4,.*sales,\).*/\1$b/; s/^\(T11,.*sales,\).*/\1$a/; s/^\(T3,2023-09,sales,\).*/\12000.0/" "$file"
process=$(night "$root/swap")
is "two towns swapped" "$(cause T4 2023-09) $(cause T11 2023-09)" "swapped_units swapped_units"
is "an approval releases what was held" "$(
    cat >"$root/dirty/config/county/edits.csv" <<END
when,who,reason,unit,indicator,measure,period,value
$(date -u +%FT%TZ),zhang,true,T2,sales,value,2023-04,
END
    rm -rf "$root/dirty/datasets/county/runs"
    process=$(night "$root/dirty")
    awk -F, 'NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c } $1 == "T2" && $2 == "sales" { print $at["held"] }' "$process/cells.csv"
)" 0

# Every profile asks for the unit of measure first, and so does a new one.
"$TB_BIN/tongbao" -C "$root/new" init fresh >/dev/null 2>&1
for checks in "${TB_TOP:-$(dirname "$0")/../..}"/config/*/checks.csv "$root/new/config/fresh/checks.csv"; do
    is "scale_jump leads $(basename "$(dirname "$checks")")" "$(sed -n 2p "$checks" | grep -c 'error,scale_jump([a-z]*) = 0')" 1
done
done_testing
