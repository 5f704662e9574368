#!/bin/sh
# What the two shipped profiles gave when somebody last read it: a difference is a
# change to be read like code. REGEN=1 rewrites tests/golden/.
. "$(dirname "$0")/lib.sh"
mkdir -p "$root/reports"
cp -r "$TB_TOP/config" "$root/"
cp -r "$TB_TOP/reports/templates" "$root/reports/"
for profile in sample-city shuangqing-2023; do
    "$TB_TOP/tests/send" "$TB_BIN" "$profile" "$root/datasets/$profile/inbox" >/dev/null
done
compare() { # compare PROFILE FILE: a file of the run
    golden="$TB_TOP/tests/golden/$1/$(basename "$2")"
    made=$(ls -d "$root/datasets/$1/runs/"20* | head -n 1)/$2
    if [ -n "${REGEN:-}" ]; then
        mkdir -p "$(dirname "$golden")"
        cp "$made" "$golden"
    fi
    if diff -u "$golden" "$made" >"$root/diff" 2>&1; then
        ok "$1 $2" 0
    else
        ok "$1 $2" 1
        head -n 40 "$root/diff" | sed 's/^/# /'
        echo "# read the difference; if it is meant: REGEN=1 make check"
    fi
}
for night in 'sample-city 2023-06' 'shuangqing-2023 2023-02'; do
    set -- $night
    "$TB_BIN/tongbao" -C "$root" -p "$1" -q run "$2" >/dev/null 2>"$root/err" || sed 's/^/# /' "$root/err"
done
compare sample-city collect/rejects.csv
compare sample-city process/checks.csv
compare sample-city analyse/verdicts.csv
compare sample-city reports/bulletin.en.md
compare shuangqing-2023 analyse/verdicts.csv
compare shuangqing-2023 reports/bulletin.md

# --- the title of a heat map stands in the map; the heading above says whose it is ---
index=$root/reports/sample-city/2023-06/index.en.md
grep -B2 '^!\[.*](charts/heatmap-' "$index" | grep '^##' >"$root/heads"
is 'headings of heat maps' "$(grep -c ': heat map$' "$root/heads") of $(grep -c . "$root/heads")" \
    "$(grep -c '^!\[.*](charts/heatmap-' "$index") of $(grep -c '^!\[.*](charts/heatmap-' "$index")"
holds 'there is one at least' test -s "$root/heads"

done_testing
