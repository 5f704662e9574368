#!/bin/sh
# memory.sh - each stage with one allocation that fails: it ends with 1 or 2 and a
# word, or does its work all the same, byte for byte; it never crashes and never
# succeeds with less.  Prints TAP.  MEMORY_TRIES=0 tries every allocation,
# MEMORY_STAGES=collect only those of one stage (or of several, between blanks).
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

# --- a number that is refused: the same message, or no reading at all ---
one=$tmp/one
"$TB_BIN/tongbao" -C "$one" init p >"$tmp/out" 2>"$tmp/err"
send "$one" com/budget_2023-05.csv '2023-06-20 09:00 +0800' <<CSV
单位,指标,数值
A01,预算收入,6600
A02,预算收入,48O0
A03,预算收入,4l00
CSV
refuse() { # refuse K: read anew with the K-th allocation failing
    rm -rf "$one/datasets/p/segments" "$one/run"
    LD_PRELOAD=$preload TB_FAIL_AT=$1 TB_FAIL_COUNT=$tmp/count \
        "$TB_BIN/tongbao-collect" -C "$one" -p p --run "$one/run" -q -j 1 >"$tmp/out" 2>"$tmp/err"
    rc=$?
}
refuse 0
refuse 0 # the file is in the archive by now
total=$(cat "$tmp/count") bad=0 at=0
cp "$one/run/collect/rejects.csv" "$tmp/rejects"
is 'two numbers are refused' "$rc $(grep -c 'write digits' "$tmp/rejects")" '3 2'
while [ $((at += 1)) -le "$total" ]; do
    refuse "$at"
    case $rc in
    1 | 2) [ -s "$tmp/err" ] && continue ;;
    3) cmp -s "$tmp/rejects" "$one/run/collect/rejects.csv" && continue ;;
    esac
    bad=$((bad + 1))
    echo "# allocation $at of $total: ended with $rc, or other rejects"
done
is "the messages of refused numbers: $total allocations" "$bad" 0

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
    case " ${MEMORY_STAGES:-$name} " in *" $name "*) ;; *) continue ;; esac
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
