#!/bin/sh
# The promises of the architecture, on the two shipped profiles: the account of
# rows, the same bytes in two folders and on 1 and 4 threads, a second night that
# changes nothing, replay, verify.
. "$(dirname "$0")/lib.sh"

send() { # send ROOT PROFILE: the demo's submissions
    mkdir -p "$1/config" "$1/datasets/$2/inbox" "$1/reports"
    cp -r "$TB_TOP/config/$2" "$1/config/"
    [ -d "$1/reports/templates" ] || cp -r "$TB_TOP/reports/templates" "$1/reports/"
    "$TB_TOP/tests/send" "$TB_BIN" "$2" "$1/datasets/$2/inbox" >/dev/null
}
night() { # night ROOT PROFILE PERIOD [options]
    r=$1 p=$2 period=$3
    shift 3
    "$TB_BIN/tongbao" -C "$r" -p "$p" -q "$@" run "$period" >"$root/out" 2>"$root/err"
    rc=$?
    sed 's/^/# /' "$root/err" | head -n 20
    return $rc
}
check_profile() { # check_profile PROFILE PERIOD EXIT
    a="$root/a/$1" b="$root/another folder/$1"
    send "$a" "$1"
    send "$b" "$1"
    night "$a" "$1" "$2" -j 1
    is "$1: the night ends with $3" $? "$3"
    run=$(ls -d "$a/datasets/$1/runs/$2-"*)
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { if ($at["rows_in"] != $at["rows_accepted"] + $at["rows_rejected"] + $at["rows_ignored"]) bad = 1
          if ($at["cells_in"] != $at["cells_accepted"] + $at["cells_rejected"] + $at["cells_empty"]) bad = 1; rows += $at["rows_in"] }
        END { exit bad || !rows }' "$run/collect/submissions.csv"
    ok "$1: rows in = accepted + rejected + ignored" $?
    night "$b" "$1" "$2" -j 4
    holds "$1: the same run on 1 and 4 threads in two folders" diff -r "$a/datasets/$1/runs" "$b/datasets/$1/runs"
    holds "$1: the same reports" diff -r "$a/reports/$1" "$b/reports/$1"
    before=$(cd "$a" && find . -type f | xargs -d '\n' ls -l --time-style=full-iso | grep -v -e '\.lock' -e last_night.csv | md5sum)
    night "$a" "$1" "$2"
    rc=$?
    after=$(cd "$a" && find . -type f | xargs -d '\n' ls -l --time-style=full-iso | grep -v -e '\.lock' -e last_night.csv | md5sum)
    [ $rc -eq 0 ] && grep -q '^unchanged' "$root/out"
    ok "$1: a second night says that nothing changed" $?
    is "$1: and touches no file but how the night ended" "$before" "$after"
    "$TB_BIN/tongbao" -C "$a" -p "$1" replay "$2" >"$root/out" 2>&1
    [ $? -eq 0 ] && grep -q ' 0 differ' "$root/out"
    ok "$1: made again from the originals it is the same" $?
    sed 's/^/# /' "$root/out" | tail -n 3
    holds "$1: verify finds no fault" "$TB_BIN/tongbao" -C "$a" -p "$1" verify
}
check_profile sample-city 2023-06 3
check_profile shuangqing-2023 2023-02 0

done_testing
