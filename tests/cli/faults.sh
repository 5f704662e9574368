#!/bin/sh
# faults.sh - what goes wrong around a night: full output, odd things in the inbox,
# damage in the store, a lock, a profile that is not there.
. "$(dirname "$0")/../faults/night.sh"

make_bureau && make_new
ok "two good nights" $?
[ "$n_failed" -eq 0 ] || done_testing
published=reports/p/2023-05
old=$(tree "$tmp/old/$published")
new=$(tree "$tmp/new/$published")
first_run=$tmp/new/datasets/p/runs/$(cat "$tmp/new/$published/run.txt")
x=$tmp/x

again() { # a fresh copy of the bureau before its second night, in $x
    rm -rf "$x"
    cp -a "$tmp/old" "$x"
}
stage() { # stage NAME ARGUMENT ...: one stage on a copy of the finished run; exit code in rc
    name=$1
    shift
    "$TB_BIN/tongbao-$name" -C "$x" -p p --run "$x/run" -q -j 1 "$@" >"${to:-$tmp/out}" 2>"$tmp/err"
    rc=$?
}
copy_run() { # the state after the second night, its run as $x/run
    rm -rf "$x"
    cp -a "$tmp/new" "$x"
    cp -a "$first_run" "$x/run"
    chmod -R u+w "$x/run"
}
flip() { # flip FILE OFFSET: turns the bits of one byte; a negative offset counts from the end
    [ "$2" -ge 0 ] && at=$2 || at=$(($(wc -c <"$1") + $2))
    byte=$(od -An -tu1 -j "$at" -N1 "$1" | tr -d ' ')
    chmod u+w "$1"
    # shellcheck disable=SC2059
    printf "\\$(printf %o $((255 - byte)))" | dd of="$1" bs=1 seek="$at" conv=notrunc 2>/dev/null
}
fails_with() { # fails_with CODE NAME [TEXT]
    [ "$rc" -eq "$1" ] && [ -s "$tmp/err" ] && grep -q -e "${3:-.}" "$tmp/err"
    ok "$2 (exit $1)" $?
    [ "$rc" -eq "$1" ] || echo "# it ended with $rc"
}

# --- standard output that takes nothing ---
if [ -c /dev/full ]; then
    copy_run
    to=/dev/full
    for call in collect process "analyse 2023-05" "disseminate 2023-05"; do
        # shellcheck disable=SC2086
        stage $call
        fails_with 1 "tongbao-${call%% *} on a full disk" "standard output"
        "$TB_BIN/tongbao-${call%% *}" --help >/dev/full 2>"$tmp/err"
        rc=$?
        fails_with 1 "tongbao-${call%% *} --help on a full disk" "standard output"
    done
    again
    "$TB_BIN/tongbao" -C "$x" -p p run -q -j 1 >/dev/full 2>"$tmp/err"
    rc=$?
    fails_with 1 "tongbao run on a full disk" "standard output"
    to=
else
    skip "standard output on a full disk" "no /dev/full"
fi

# --- odd things in the inbox: they are left or refused, and the night goes on ---
again
inbox=$x/datasets/p/inbox
head -c 4096 /dev/urandom | gzip | head -c 1000 >"$inbox/com/cut.csv.gz"
touch -d '1 hour ago' "$inbox/com/cut.csv.gz" # else it might be on its way
mkfifo "$inbox/com/pipe.csv"
echo "unit,mark-from-outside" >"$tmp/outside.csv"
ln -s "$tmp/outside.csv" "$inbox/com/out.csv"
mkdir "$inbox/loop"
ln -s .. "$inbox/loop/up"
ln -s "$inbox" "$inbox/round"
: >"$inbox/com/unreadable.csv"
chmod 0 "$inbox/com/unreadable.csv"
night "$x"
[ "$rc" -eq 3 ]
ok "a night with odd things in the inbox ends with 3" $?
[ -p "$inbox/com/pipe.csv" ] && [ -h "$inbox/com/out.csv" ] && [ -h "$inbox/round" ] && [ -h "$inbox/loop/up" ]
ok "pipe, link out and loops stay where they are" $?
for what in pipe.csv out.csv round; do
    grep -q "$what.*is left" "$tmp/err"
    ok "it says that $what is left" $?
done
submissions=$x/datasets/p/runs/$(cat "$x/$published/run.txt")/collect/submissions.csv
grep -q 'cut.csv.gz.*rejected' "$submissions"
ok "a cut gzip is rejected" $?
! grep -rq mark-from-outside "$x/datasets/p/runs" && ! grep -q out.csv "$submissions"
ok "nothing was read through the link" $?
if [ "$(id -u)" -eq 0 ]; then
    skip "a file that cannot be read stays" "root can read it"
else
    [ -e "$inbox/com/unreadable.csv" ] && grep -q 'unreadable.*is left' "$tmp/err"
    ok "a file that cannot be read stays" $?
fi

# --- profile missing or with a mistake: nothing is run ---
again
rm -rf "$x/config/p"
night "$x"
fails_with 2 "a profile that is not there" config/p
again
echo 'bad,,nowhere,A01,2023-01,2023-12,growth >' >>"$x/config/p/targets.csv"
night "$x"
fails_with 2 "a profile with a mistake" 'targets.csv:[0-9]*:'
[ -e "$x/datasets/p/inbox/com/retail_fix_2023-05.csv" ] && [ "$(tree "$x/$published")" = "$old" ]
ok "nothing was taken, nothing changed" $?
for call in collect process "analyse 2023-05" "disseminate 2023-05"; do
    # shellcheck disable=SC2086
    stage $call
    fails_with 2 "tongbao-${call%% *} on a profile with a mistake" targets.csv
done

# --- a lock that is held ---
if command -v flock >/dev/null; then
    again
    : >>"$x/datasets/p/.lock"
    rc=0
    flock "$x/datasets/p/.lock" "$TB_BIN/tongbao" -C "$x" -p p run -q >"$tmp/out" 2>"$tmp/err" || rc=$?
    fails_with 1 "a second night at the same time" 'held by another process'
    : >>"$x/datasets/p/archive/.lock"
    rc=0
    flock "$x/datasets/p/archive/.lock" "$TB_BIN/tongbao-collect" -C "$x" -p p --run "$x/run" -q \
        >"$tmp/out" 2>"$tmp/err" || rc=$?
    fails_with 1 "a second collect at the same time" 'held by another process'
    [ "$(tree "$x/$published")" = "$old" ] && [ -e "$x/datasets/p/inbox/com/retail_fix_2023-05.csv" ]
    ok "neither changed anything" $?
else
    skip "a lock that is held" "flock is not here"
fi

# --- no place for the reports ---
again
rm -rf "$x/reports/p"
echo "in the way" >"$x/reports/p"
night "$x"
fails_with 1 "a file where the reports should be" reports/p
if [ "$(id -u)" -eq 0 ]; then
    skip "a reports folder that may not be written" "root may write everywhere"
else
    again
    chmod a-w "$x/reports/p"
    night "$x"
    fails_with 1 "a reports folder that may not be written" reports/p
    chmod u+w "$x/reports/p"
    [ "$(tree "$x/$published")" = "$old" ]
    ok "the old reports are whole" $?
fi

# --- damage: one byte turned ---
for file in seg csv; do
    again
    victim=$(find "$x/datasets/p/segments" -name "*.$file" | sort | head -n 1)
    good=$(sha256sum <"$victim")
    flip "$victim" -20
    if [ "$file" = seg ]; then
        "$TB_BIN/tongbao" -C "$x" -p p verify >"$tmp/out" 2>&1
        [ $? -eq 1 ] && grep -qF "$victim" "$tmp/out"
        ok "verify names a damaged segment" $?
    fi
    night "$x"
    [ "$rc" -eq 3 ] && [ "$(tree "$x/$published")" = "$new" ]
    ok "a damaged .$file of the store does not reach the reports" $?
    [ "$(sha256sum <"$victim")" = "$good" ]
    ok "it is made again" $?
done
copy_run
segment=$(find "$x/datasets/p/segments" -name '*.seg' | sort | head -n 1)
flip "$segment" 300
stage process
fails_with 1 "process on a damaged segment" "$segment"
copy_run
flip "$x/run/process/cube.tbc" -200
stage analyse 2023-05
fails_with 1 "analyse on a damaged cube" cube.tbc
copy_run
flip "$x/run/analyse/findings.tbc" -200
stage disseminate 2023-05
fails_with 1 "disseminate on damaged findings" findings.tbc
again
original=$(find "$x/datasets/p/archive" -name '*.gz' | sort | head -n 1)
flip "$original" 30
rm -rf "$x/datasets/p/segments"
night "$x"
[ "$rc" -ne 0 ] && [ -s "$tmp/err" ]
ok "a damaged original is not read as a good one" $?
done_testing
