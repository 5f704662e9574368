#!/bin/sh
# Checks on figures as published: the fixed-base index of new-home prices against month
# on month. The README beside the data names what the publisher changed in silence: the
# column of 2018-01, 海口 and 成都 in 2018-06, 三亚 in 2018-08.
. "$(dirname "$0")/lib.sh"
data="$TB_DATA/cn-70-city-new-home"
skip_without "$data/wide.csv" "plausibility: silent corrections of cities-70" "plausibility: and nothing else" \
    "plausibility: no unit of measure in doubt"
mkdir -p "$root/config" "$root/datasets/cities-70/inbox"
cp -r "$TB_TOP/config/cities-70" "$root/config/"
cp "$data/wide.csv" "$root/datasets/cities-70/inbox/"
echo 'scale,,*,error,scale_jump(value) = 0,x,x' >>"$root/config/cities-70/checks.csv"
"$TB_BIN/tongbao" -C "$root" -p cities-70 -q collect >/dev/null 2>"$root/err" || sed 's/^/# /' "$root/err"
"$TB_BIN/tongbao" -C "$root" -p cities-70 -q process >/dev/null 2>"$root/err" || sed 's/^/# /' "$root/err"
process=$(find "$root/datasets/cities-70/runs" -type d -name process | head -n 1)
code() { awk -F, -v name="$1" '$2 == name { print $1 }' "$TB_TOP/config/cities-70/units.csv"; }
broken=$(grep '^chain-' "$process/checks.csv" | cut -d, -f3,6 | grep -v ',2018-02$' | sort | tr '\n' ' ')
expected=$(printf '%s\n' "$(code 海口),2018-06" "$(code 成都),2018-06" "$(code 三亚),2018-08" | sort | tr '\n' ' ')
ok "$([ "$broken" = "$expected" ] && echo yes || echo no)" "plausibility: silent corrections of cities-70"
# 2018-01 does not chain with February in 34 of the 70 cities; 4,060 month pairs are judged.
ok "$([ "$(grep -c '^chain-.*,2018-02,fail' "$process/checks.csv")" -eq 34 ] &&
    [ "$(grep '^chain-' "$process/outcomes.csv" | awk -F, '{ judged += $5 + $6; bad += $6 } END { print judged, bad }')" = "4060 37" ] &&
    echo yes || echo no)" "plausibility: and nothing else"
ok "$([ "$(grep '^scale' "$process/outcomes.csv" | awk -F, '{ bad += $6; good += $5 } END { print (good > 3000), bad + 0 }')" = "1 0" ] &&
    echo yes || echo no)" "plausibility: no unit of measure in doubt"
echo "1..$n"
