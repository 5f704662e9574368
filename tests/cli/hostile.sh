#!/bin/sh
# hostile.sh - the property of collect: any table, written in a random shape,
# encoding and number format, comes back as it was; any random damage keeps the
# account balanced and gives no wrong value from a line that was left alone.
#   SEED=n draws others (1 unless told, so that a check says the same twice), CASES and ROUNDS make it longer; KEEP=1 keeps the files.
set -u
: "${TB_BIN:?TB_BIN is the folder of the programs}"
LC_ALL=C TZ=UTC
export LC_ALL TZ
hostile=${TB_BUILD:-$(dirname "$TB_BIN")}/hostile
cases=${CASES:-300}
rounds=${ROUNDS:-2}
seed=${SEED:-1}
n=0
failed=0

if [ ! -x "$hostile" ]; then
    echo "ok 1 - hostile: # SKIP $hostile is not built"
    exit 0
fi
while [ "$n" -lt "$rounds" ]; do
    n=$((n + 1))
    root=$(mktemp -d /dev/shm/tongbao-hostile.XXXXXX 2>/dev/null || mktemp -d) || exit 1
    mkdir -p "$root/config/p" "$root/datasets/p/inbox"
    "$hostile" make "$root" "$seed" "$cases" || exit 1
    "$TB_BIN/tongbao-collect" -C "$root" -p p --run "$root/run" -q >"$root/account" 2>"$root/err"
    rc=$?
    if [ "$rc" -ne 0 ] && [ "$rc" -ne 3 ]; then
        echo "not ok $n - hostile: seed $seed: collect ended with $rc"
        sed 's/^/# /' "$root/err" | head -n 20
        failed=1
    elif "$hostile" check "$root" "$seed" "$cases" >"$root/checked"; then
        echo "ok $n - hostile: $cases tables come back, or balance when damaged (seed $seed)"
    else
        echo "not ok $n - hostile: SEED=$seed CASES=$cases ROUNDS=1"
        cat "$root/checked"
        failed=1
    fi
    if [ -n "${KEEP:-}" ]; then echo "# kept: $root"; else rm -rf "$root"; fi
    seed=$((seed + 1))
done
echo "1..$n"
exit "$failed"
