#!/bin/sh
# check_mistakes.sh - a profile with a mistake of each kind in every table: one `tongbao check` tells
# them all, each once, with file, line, column and what was expected.
#
# tests/data/mistakes/config/p holds the profile, expected.txt what is said of it; REGEN=1 rewrites
# that file, and each difference is read like code.
. "$(dirname "$0")/lib.sh"
data=$TB_TOP/tests/data/mistakes

"$TB_BIN/tongbao" -C "$data" -p p check >"$tmp/out" 2>"$tmp/err"
is 'the profile is refused' $? 2
sed "s|$data/config/p/||" "$tmp/err" >"$tmp/said"
if [ -n "${REGEN:-}" ]; then
    cp "$tmp/said" "$data/expected.txt"
fi
holds 'all mistakes are told in one go, each at its place' diff "$data/expected.txt" "$tmp/said"
diff "$data/expected.txt" "$tmp/said" | sed 's/^/# /' | head -n 20

grep -v '^tongbao check: ' "$tmp/said" >"$tmp/mistakes"
is 'none is told twice' "$(sort "$tmp/mistakes" | uniq -d | wc -l)" 0
is 'each says where' "$(grep -c -v -E '^[a-z_]+\.(csv|ini)(:[0-9]+(:[0-9]+)?)?: (error|warning|note): ' "$tmp/mistakes")" 0
is 'and nearly each to the column' "$(grep -E '^[a-z_]+\.(csv|ini)(:[0-9]+)?: ' "$tmp/mistakes" | grep -c -v -E ' no [a-z_ ]+, expected|only one side|expected the number of the approval|a deadline of no period|but no milestones|borne by more|no name_zh')" 0

# Every table of the reference has a mistake here, so that a new table brings its own.
sed -n 's/^## \([a-z_]*\.csv\).*/\1/p' "$TB_TOP/config/README.md" >"$tmp/tables"
echo profile.ini >>"$tmp/tables"
while read -r table; do
    has "$table has a mistake" "$tmp/said" "$table:"
done <"$tmp/tables"
has 'the last line counts them' "$tmp/said" "tongbao check: profile 'p' has $(grep -c ': error: ' "$tmp/said") mistakes and is not run"
done_testing
