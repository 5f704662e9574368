#!/bin/sh
# hostile.sh - the property of collect: any table, written in a random shape,
# encoding and number format, comes back as it was; any random damage keeps the
# account balanced and gives no wrong value from a line that was left alone.
#   SEED=n draws others (1 unless told, so that a check says the same twice), CASES and ROUNDS make it longer; KEEP=1 keeps the files.
[ -w /dev/shm ] && TMPDIR=/dev/shm # in memory: thousands of small files
. "$(dirname "$0")/lib.sh"
hostile=$TB_BUILD/hostile
cases=${CASES:-300}
rounds=${ROUNDS:-2}
seed=${SEED:-1}

if [ ! -x "$hostile" ]; then
    skip "tables come back, or balance when damaged" "$hostile is not built"
    done_testing
fi
while [ "$n" -lt "$rounds" ]; do
    root=$tmp/$seed
    mkdir -p "$root/config/p" "$root/datasets/p/inbox"
    "$hostile" make "$root" "$seed" "$cases" || exit 1
    "$TB_BIN/tongbao-collect" -C "$root" -p p --run "$root/run" -q >"$root/account" 2>"$root/err"
    rc=$?
    if [ "$rc" -ne 0 ] && [ "$rc" -ne 3 ]; then
        ok "seed $seed: collect ended with $rc" 1
        sed 's/^/# /' "$root/err" | head -n 20
    elif "$hostile" check "$root" "$seed" "$cases" >"$root/checked"; then
        ok "$cases tables come back, or balance when damaged (seed $seed)" 0
    else
        ok "SEED=$seed CASES=$cases ROUNDS=1" 1
        cat "$root/checked"
    fi
    [ -n "${KEEP:-}" ] || rm -rf "$root"
    seed=$((seed + 1))
done
done_testing
