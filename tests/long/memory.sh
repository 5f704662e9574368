#!/bin/sh
# memory.sh - each stage with one allocation that fails: it ends with 1 or 2 and a
# word, or does its work all the same, byte for byte; it never crashes and never
# succeeds with less.  Prints TAP.  MEMORY_TRIES=0 tries every allocation.
set -u
. "$(dirname "$0")/../faults/night.sh"

: "${TB_BUILD:=${TB_BIN%/bin}}"
preload=$TB_BUILD/failing_malloc.so
if [ ! -e "$preload" ]; then
    skip "an allocation that fails" "$preload is not built"
    done_testing
fi
if nm "$TB_BIN/tongbao" 2>/dev/null | grep -q __asan_init; then
    skip "an allocation that fails" "the programs are built with a sanitizer"
    done_testing
fi

make_bureau && make_new
ok "two nights" $?
[ "$n_failed" -eq 0 ] || done_testing
cp -a "$tmp/new/datasets/p/runs/$(cat "$tmp/new/reports/p/2023-05/run.txt")" "$tmp/run"

# Before each try: the store of the first night and an inbox, or the run so far.
prepare() { # prepare NAME
    rm -rf "$tmp/x"
    if [ "$1" = collect ]; then
        cp -a "$tmp/old" "$tmp/x"
        mkdir "$tmp/x/run"
    else
        cp -a "$tmp/new" "$tmp/x"
        cp -a "$tmp/run" "$tmp/x/run"
    fi
}
stage() { # stage K NAME [ARGUMENT]: with its K-th allocation failing
    k=$1 name=$2
    shift 2
    rm -f "$tmp/count"
    LD_PRELOAD=$preload TB_FAIL_AT=$k TB_FAIL_COUNT=$tmp/count \
        "$TB_BIN/tongbao-$name" -C "$tmp/x" -p p --run "$tmp/x/run" -q -j 1 "$@" >"$tmp/out" 2>"$tmp/err"
    rc=$?
}

for call in "collect collect" "process process" "analyse analyse 2023-05" "disseminate reports 2023-05"; do
    # shellcheck disable=SC2086
    set -- $call
    name=$1 folder=$2
    shift 2
    prepare "$name"
    stage 0 "$name" "$@"
    good_rc=$rc total=$(cat "$tmp/count")
    good=$(tree "$tmp/x/run/$folder")
    tries=${MEMORY_TRIES:-60}
    step=$((tries > 0 ? total / tries + 1 : 1))
    at=1 n_tried=0 bad=0
    while [ "$at" -le "$total" ]; do
        prepare "$name"
        stage "$at" "$name" "$@"
        case $rc in
        1 | 2) [ -s "$tmp/err" ] && why='' || why="no word" ;;
        "$good_rc") [ "$(tree "$tmp/x/run/$folder")" = "$good" ] && why='' || why="another output with success" ;;
        134) # cmark-gfm has no way to fail: it says so and aborts; the night ends with 1
            grep -q '^\[cmark\]' "$tmp/err" && why='' || why="aborted" ;;
        *) why="ended with $rc" ;;
        esac
        if [ -n "$why" ]; then
            bad=$((bad + 1))
            echo "# tongbao-$name, allocation $at of $total: $why"
            head -n 2 "$tmp/err" | sed 's/^/# it said: /'
        fi
        n_tried=$((n_tried + 1))
        # The first ones one by one: options, profile; then in steps.
        [ "$n_tried" -lt 20 ] && at=$((at + 1)) || at=$((at + step))
    done
    [ "$bad" -eq 0 ] && [ "$n_tried" -gt 20 ]
    ok "tongbao-$name: $n_tried of $total allocations" $?
done
done_testing
