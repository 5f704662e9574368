# lib.sh - what the truth tests share: a root of their own, one run, one compared figure a line.
# Source it; needs TB_BIN, TB_TOP, TB_DATA. Not a test by itself.
n=0
root=$(mktemp -d "${TMPDIR:-/tmp}/tongbao-truth.XXXXXX")
trap 'rm -rf "$root"' EXIT
ok() {
    n=$((n + 1))
    if [ "$1" = yes ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}
# skip_without FILE NAME...: each name is reported as skipped, then the test ends.
skip_without() {
    [ -e "$1" ] && return 0
    file=$1
    shift
    for name in "$@"; do
        n=$((n + 1))
        echo "ok $n - $name # SKIP no $(basename "$(dirname "$file")")/$(basename "$file") in the folder of real data"
    done
    exit 0
}
# run_profile PROFILE PERIOD FILE...: copies the files to the inbox and runs the four programs.
run_profile() {
    profile=$1 period=$2
    shift 2
    mkdir -p "$root/config" "$root/datasets/$profile/inbox" "$root/reports"
    cp -r "$TB_TOP/config/$profile" "$root/config/"
    cp -r "$TB_TOP/reports/templates" "$root/reports/"
    for file in "$@"; do
        cp "$file" "$root/datasets/$profile/inbox/"
    done
    rc=0
    "$TB_BIN/tongbao" -C "$root" -p "$profile" -q run "$period" >"$root/out" 2>"$root/err" || rc=$?
    sed 's/^/# /' "$root/err"
    run=$(ls -d "$root/datasets/$profile/runs/$period-"* 2>/dev/null | head -n 1)
}
# balanced RUN: rows in = accepted + rejected + ignored for each submission and in all.
balanced() {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
             { if ($at["rows_in"] != $at["rows_accepted"] + $at["rows_rejected"] + $at["rows_ignored"]) bad = 1
               if ($at["cells_in"] != $at["cells_accepted"] + $at["cells_rejected"] + $at["cells_empty"]) bad = 1
               rows += $at["rows_in"] }
             END { exit bad || rows == 0 }' "$1/collect/submissions.csv" && echo yes || echo no
}
