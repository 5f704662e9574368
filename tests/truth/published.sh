# published.sh - what the tests of files as published share: a profile made at run
# time from the long.csv beside the data, the file into the inbox as it is, and the
# observations that collect made of it.  Source it after lib.sh.  Not a test by itself.
#
# Decimals are compared as text without zeros at the end: no number goes through a double.
plain='function plain(t) {
    if (index(t, ".")) { sub(/0+$/, "", t); sub(/\.$/, "", t) }
    return t == "-0" ? "0" : t
}'
# house FREQUENCY: an empty house with a profile `p` that has no tables yet.
house() {
    rm -rf "$root/config" "$root/datasets"
    mkdir -p "$root/config/p" "$root/datasets/p/inbox"
    printf '[profile]\nname_zh = 试\nfrequency = %s\n[inbox]\ngrace = 0\n' "$1" >"$root/config/p/profile.ini"
}
# collected FILE...: the files through the inbox; then $root/submissions, $root/rejects,
# $root/ignored (CSV) and $root/observations: unit,indicator,measure,period,value,status.
collected() {
    for file in "$@"; do
        cp "$file" "$root/datasets/p/inbox/"
    done
    rc=0
    "$TB_BIN/tongbao-collect" -C "$root" -p p -q --run "$root/datasets/p/runs/draft" >"$root/out" 2>"$root/err" || rc=$?
    sed 's/^/# /' "$root/out" "$root/err"
    run="$root/datasets/p/runs/draft"
    for table in submissions rejects ignored; do
        cp "$run/collect/$table.csv" "$root/$table" 2>/dev/null || : >"$root/$table"
    done
    "$TB_BIN/tongbao" -C "$root" -p p --run "$run" export observations >"$root/export" 2>>"$root/err"
    awk -F, "$plain"'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { print $at["REF_AREA"] "," $at["INDICATOR"] "," $at["MEASURE"] "," $at["TIME_PERIOD"] "," \
            plain($at["OBS_VALUE"]) "," $at["OBS_STATUS"] }' "$root/export" | sort >"$root/observations"
}
# account: rows in,accepted,rejected,ignored,cells in,accepted,rejected,empty,observations of the first file
account() {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "rows_in") c = i }
        NR == 2 { s = $c; for (i = 1; i < 9; i++) s = s "," $(c + i); print s }' "$root/submissions"
}
is() { # is NAME GOT EXPECTED
    ok "$([ "$2" = "$3" ] && echo yes || echo no)" "$1"
    [ "$2" = "$3" ] || printf '# got:      %s\n# expected: %s\n' "$2" "$3"
}
# same NAME OURS TRUTH: two sorted files are equal; the first differences are shown.
same() {
    ok "$(cmp -s "$2" "$3" && [ -s "$3" ] && echo yes || echo no)" "$1"
    diff "$2" "$3" | head -n 6 | sed 's/^/# /'
}
