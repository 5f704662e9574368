#!/bin/sh
# The published figures of England's emergency departments through the four
# programs: cumulative and yearly growth, shares, national totals. 10 of the 16
# are equal to what the file gives; the other six are the publisher's roundings,
# cuts and later revisions, listed in the README beside the data.
. "$(dirname "$0")/lib.sh"
data="$TB_DATA/uk-nhs-ae"
skip_without "$data/ae_attendances.csv" "nhs-ae: published national figures" "nhs-ae: account of rows" \
    "nhs-ae: every observation is in long.csv"
run_profile nhs-ae 2019-03 "$data/ae_attendances.csv"
ok "$([ "$rc" -eq 0 ] && echo yes || echo no)" "nhs-ae: the run ends with 0"
ok "$(balanced "$run")" "nhs-ae: rows in = accepted + rejected + ignored"
ok "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { exit !($at["rows_in"] == 12766 && $at["rows_accepted"] == 12765 && $at["rows_ignored"] == 1) }' \
    "$run/collect/submissions.csv" && echo yes || echo no)" "nhs-ae: 12,765 rows of data and a header"

"$TB_BIN/tongbao" -C "$root" -p nhs-ae export measures >"$root/measures.csv"
# period of 2017-04..2018-03 is its last month; measure as this project spells it.
awk -F, -v OFS='|' 'NR > 1 {
    if ($4 == "total_million") m = "pooled(ytd)"
    else if ($4 == "cumulative_yoy_pct") m = "pooled(ytd_growth)"
    else if ($4 == "yoy_pct") m = "pooled(growth)"
    else m = "pooled(value)"
    code = ($2 == "attendances" ? "att" : "within_4h") ($3 == "all" ? "" : "_" $3)
    n = split($1, span, /\.\./)
    print code, m, span[n], $4, $5 }' "$data/published_national.csv" >"$root/published"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["REF_AREA"] == "all" { print $at["INDICATOR"] "|" $at["MEASURE"] "|" $at["TIME_PERIOD"] "|" $at["OBS_VALUE"] }' \
    "$root/measures.csv" | sed 's/"//g' >"$root/ours"
awk -F'|' 'NR == FNR { ours[$1 FS $2 FS $3] = $4; next }
    { have = ours[$1 FS $2 FS $3]
      if (have == "") { print "missing " $0; next }
      if ($4 == "total_million") have = sprintf("%.1f", have / 1000000)
      if ($4 == "level") have = have + 0
      print ((have + 0 == $5 + 0) ? "equal " : "differs ") $0 " ours " have }' "$root/ours" "$root/published" >"$root/compared"
sed 's/^/# /' "$root/compared"
equal=$(grep -c '^equal' "$root/compared") missing=$(grep -c '^missing' "$root/compared")
ok "$([ "$missing" -eq 0 ] && echo yes || echo no)" "nhs-ae: every published figure was computed"
ok "$([ "$equal" -eq 10 ] && echo yes || echo no)" "nhs-ae: $equal of 16 published figures equal (10 can be had)"
# The six that cannot be had are these, and for the reasons that the README gives.
ok "$(grep '^differs' "$root/compared" | awk '{ print $NF }' | sort -n | tr '\n' ' ' |
    grep -qx '4.2 5.7 75.8 77.2 2000086 2113413 ' && echo yes || echo no)" "nhs-ae: the other six are the publisher's"

# What was collected is what long.csv, made by others from the same file, says: the
# types of a provider added up.
"$TB_BIN/tongbao" -C "$root" -p nhs-ae export observations | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { i = $at["INDICATOR"]; sub(/_.*/, "", i); sum[$at["REF_AREA"] "," i "," $at["TIME_PERIOD"]] += $at["OBS_VALUE"] }
    END { for (k in sum) print k "," sum[k] }' | sed 's/,att,/,attendances,/; s/,breach,/,breaches,/; s/,adm,/,admissions,/' | sort >"$root/sums"
tail -n +2 "$data/long.csv" | sort >"$root/long"
ok "$(cmp -s "$root/sums" "$root/long" && echo yes || echo no)" "nhs-ae: every observation agrees with long.csv"
echo "1..$n"
