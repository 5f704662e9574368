#!/bin/sh
# valgrind.sh - both nights of the small bureau under valgrind: no error in any
# program, no block definitely lost, and the same reports as without.  Prints TAP.
set -u
. "$(dirname "$0")/../faults/night.sh"

if ! command -v valgrind >/dev/null; then
    skip "the night under valgrind" "valgrind is not installed"
    done_testing
fi
if nm "$TB_BIN/tongbao" 2>/dev/null | grep -q __asan_init; then
    skip "the night under valgrind" "the programs are built with a sanitizer"
    done_testing
fi

make_bureau && make_new
ok "two nights without valgrind" $?

# Wrappers that find the programs by the names the front door uses.
mkdir "$tmp/bin"
for program in tongbao tongbao-collect tongbao-process tongbao-analyse tongbao-disseminate; do
    cp "$TB_BIN/$program" "$tmp/bin/$program.real"
    cat >"$tmp/bin/$program" <<SH
#!/bin/sh
exec valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite \
    --log-file="$tmp/valgrind.$program.%p" "$tmp/bin/$program.real" "\$@"
SH
    chmod +x "$tmp/bin/$program"
done

bin=$tmp/bin
night "$tmp/old" -j 2
[ "$rc" -eq 3 ]
ok "the second night ends as it should" $?
[ "$(tree "$tmp/old/reports/p/2023-05")" = "$(tree "$tmp/new/reports/p/2023-05")" ]
ok "its reports are the same" $?
for command in verify status "explain A02 retail" "export verdicts" "rehearse 2023-05 --set tie_rule=dense" "replay 2023-05"; do
    # shellcheck disable=SC2086
    "$bin/tongbao" -C "$tmp/old" -p p $command >"$tmp/out" 2>"$tmp/err"
    ok "$command" $?
done
for program in tongbao tongbao-collect tongbao-process tongbao-analyse tongbao-disseminate; do
    cat "$tmp/valgrind.$program".* >"$tmp/err" 2>/dev/null
    [ ! -s "$tmp/err" ]
    ok "$program: no error, nothing lost" $?
done
done_testing
