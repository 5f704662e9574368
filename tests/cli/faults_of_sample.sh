#!/bin/sh
# Every deliberate fault of the simulated city ends where datasets/sample-city/faults.csv
# says: rejected with its reason, held or flagged by its check, corrected, a duplicate,
# late, missing, ignored, or accepted after all; and nothing else was rejected.
. "$(dirname "$0")/lib.sh"
city="$root/datasets/sample-city"
# CSV to fields between bytes 1F; no field of these files has a line end in it.
plain() {
    awk '{ out = ""; quoted = 0
        for (i = 1; i <= length($0); i++) {
            c = substr($0, i, 1)
            if (c == "\"") { if (quoted && substr($0, i + 1, 1) == "\"") { out = out c; i++ } else quoted = !quoted }
            else out = out (c == "," && !quoted ? "\037" : c)
        }
        print out }' "$1"
}
# find FILE NAME=VALUE ...: the rows of $root/FILE with these values.
find_rows() {
    file=$1
    shift
    want=
    for pair in "$@"; do want="$want$pair$(printf '\036')"; done
    WANT=$want awk -F'\037' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i
            m = split(ENVIRON["WANT"], pair, "\036") - 1; next }
        { for (p = 1; p <= m; p++) {
              cut = index(pair[p], "=")
              if ($at[substr(pair[p], 1, cut - 1)] != substr(pair[p], cut + 1)) next }
          print; found = 1 }
        END { exit !found }' "$root/$file"
}
night() { # night: generates, runs June 2023 and lays the tables out
    mkdir -p "$city/inbox" "$root/reports"
    cp -r "$TB_TOP/reports/templates" "$root/reports/"
    "$TB_BIN/sample-city" "$city/inbox" >/dev/null
    "$TB_BIN/tongbao" -C "$root" -p sample-city -q run 2023-06 >"$root/out" 2>"$root/err" || sed 's/^/# /' "$root/err"
    run=$(ls -d "$city/runs/2023-06-"* | head -n 1)
    for table in collect/rejects collect/ignored collect/submissions process/revisions process/checks process/cells process/worklist; do
        plain "$run/$table.csv" >"$root/${table#*/}"
    done
    "$TB_BIN/tongbao" -C "$root" -p sample-city export observations >"$root/observations.csv"
    plain "$root/observations.csv" >"$root/observations"
    "$TB_BIN/tongbao" -C "$root" -p sample-city export measures | grep -v '"' >"$root/measures.csv"
    tr ',' '\037' <"$root/measures.csv" >"$root/measures"
}
figure() { # figure UNIT INDICATOR PERIOD MEASURE: what is published
    find_rows measures "REF_AREA=$1" "INDICATOR=$2" "TIME_PERIOD=$3" "MEASURE=$4" | cut -d"$(printf '\037')" -f6
}
rejected() { # FILE LINE REASON; what is wrong with a whole file stands at line 0
    if [ -n "$2" ] && find_rows rejects "file=$1" "line=$2" "reason=$3"; then return 0; fi
    find_rows rejects "file=$1" line=0 "reason=$3"
}
flagged() { # held by an error, kept with a warning
    severity=$(find_rows checks "check=$1" "unit=$2" "indicator=$3" "period=$4" outcome=fail |
        cut -d"$(printf '\037')" -f2,5)
    case $severity in
    error*) [ -z "$(figure "$2" "$3" "$4" "${severity#?????"$(printf '\037')"}")" ] ;;
    warning*) [ -n "$(figure "$2" "$3" "$4" "${severity#???????"$(printf '\037')"}")" ] ;;
    *) return 1 ;;
    esac
}
approved() { # the check failed, the value stays
    find_rows checks "check=$1" "unit=$2" "indicator=$3" "period=$4" outcome=fail || return 1
    [ -n "$(figure "$2" "$3" "$4" value)" ]
}
corrected() { # the revision names the file, and the new value is the published one
    new=$(find_rows revisions "unit=$2" "indicator=$3" "period=$4" | grep -F "$(printf '\037')$1$(printf '\037')" |
        cut -d"$(printf '\037')" -f11)
    [ -n "$new" ] && [ "$(figure "$2" "$3" "$4" ytd)" = "$new" ]
}
never_came() {
    ! find_rows submissions "name=$1" && [ -z "$(figure "$2" "$3" "$4" ytd)" ]
}

cp -r "$TB_TOP/config" "$root/"
night
plain "$TB_TOP/datasets/sample-city/faults.csv" | tail -n +2 | tr '\037' '|' >"$root/faults"
while IFS='|' read -r id file sender line what expected unit indicator period; do
    case $expected in
    rejected:*) rejected "$file" "$line" "${expected#*:}" ;;
    flagged:*) flagged "${expected#*:}" "$unit" "$indicator" "$period" ;;
    approved:*) approved "${expected#*:}" "$unit" "$indicator" "$period" ;;
    ignored:*) find_rows ignored "file=$file" "line=$line" "reason=${expected#*:}" ;;
    corrected) corrected "$file" "$unit" "$indicator" "$period" ;;
    missing:*)
        find_rows observations "SOURCE=$sender/$file:$line" "REF_AREA=$unit" \
            "INDICATOR=$indicator" "OBS_STATUS=${expected#*:}" OBS_VALUE= ;;
    missing) never_came "$file" "$unit" "$indicator" "$period" ;;
    late) find_rows submissions "name=$file" "sender=$sender" timeliness=late ;;
    duplicate | accepted) find_rows submissions "name=$file" "sender=$sender" "state=$expected" ;;
    *) false ;;
    esac >/dev/null 2>&1
    ok "$id $what: $expected" $?
done <"$root/faults"

# What the work list takes them for.
taken_for() { # taken_for UNIT INDICATOR PERIOD CAUSE
    holds "$1 $2 $3: $4" find_rows worklist "unit=$1" "indicator=$2" "period=$3" "cause=$4"
}
taken_for 880126 deposits 2022-10 unit_of_measure
taken_for 880124 loans 2022-10 transposed_digits
taken_for 880126 deposits 2023-04 copied_period
taken_for 880102001 town_output 2022-12 swapped_units
taken_for 880102200 town_output 2022-12 swapped_units
taken_for 880122 loans 2023-06 decimal_point
taken_for 880127 power_industry 2023-06 decimal_point
# Townships that do not add up: one of them is the field to look at.
holds "a sum that does not add up points at the township" \
    find_rows worklist unit=880102007 indicator=key_projects period=2023-06 checks=town_sum

# What was rejected beside these: nothing.
sep=$(printf '\037')
others=$(tail -n +2 "$root/rejects" | awk -F"$sep" -v faults="$root/faults" '
    BEGIN { while ((getline row < faults) > 0) { split(row, f, "|"); known[f[2]] = 1 } }
    !known[$2]' | wc -l)
is "nothing else was rejected" "$others" 0
# Observations in = cells that stand + repeated + replaced.
awk -F"$sep" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        FNR == NR { arrived += $at["arrived"]; less += $at["repeated"] + $at["replaced"]; next }
        FNR == 1 { for (i = 1; i <= NF; i++) to[$i] = i; next }
        { rows++; key = $to["REF_AREA"] SUBSEP $to["INDICATOR"] SUBSEP $to["MEASURE"] SUBSEP $to["TIME_PERIOD"]
          cells += !(key in seen); seen[key] }
        END { exit !(cells > 0 && arrived == rows && arrived - less == cells) }' \
    "$root/cells" "$root/observations"
ok "observations = cells + repeated + replaced" $?
awk -F"$sep" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { bad += $at["arrived"] != $at["repeated"] + $at["replaced"] + $at["deleted"] + $at["submitted"]
          bad += $at["submitted"] != $at["unchanged"] + $at["converted"] + $at["corrected"] + $at["held"] + $at["missing"]
          bad += $at["after"] != $at["unchanged"] + $at["converted"] + $at["corrected"] + $at["derived"] + $at["imputed"] }
        END { exit bad != 0 || NR < 100 }' "$root/cells"
ok "the account of cells adds up, for each unit and indicator" $?

# F10 took a part of the foreign trade of 880122 away: a part is no total.
[ -z "$(figure 880122 trade 2023-05 ytd)" ] && [ -n "$(figure 880122 imports 2023-05 ytd)" ]
ok "exports + imports is nothing without exports" $?

# sum(...) takes the parts that are there, but what was cumulated never falls for it:
# 32355 until April and imports of 1782 in May.
sed 's/,exports + imports,/,"sum(exports, imports)",/' "$root/config/sample-city/indicators.csv" >"$root/indicators.csv"
mv "$root/indicators.csv" "$root/config/sample-city/indicators.csv"
# A check on a sum of indicators has no submitted cell to hold: the sum itself is held.
rm -rf "$city" "$root/reports"
echo 'trade_small,trade,880103,error,ytd <= 60000,进出口过大,trade is too large' >>"$root/config/sample-city/checks.csv"
night
held=$(find_rows checks check=trade_small unit=880103 period=2023-06 | wc -l)
[ "$held" -eq 1 ] && [ -z "$(figure 880103 trade 2023-06 ytd)" ]
ok "a sum that fails a check is held" $?
[ -n "$(figure 880103 exports 2023-06 ytd)" ] && [ -n "$(figure 880103 trade 2023-02 ytd)" ]
ok "its parts and its other periods are not" $?
is "a sum without one part goes on from the month before" "$(figure 880122 trade 2023-05 ytd)" 34137

done_testing
