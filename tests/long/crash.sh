#!/bin/sh
# crash.sh - a night that is killed, or finds the disk full, at any system call
# that changes something: what is published is wholly the old or wholly the new,
# and the next night gives the bytes of an undisturbed one.  Prints TAP.
#
# Each program of the night is disturbed on its own: an undisturbed trace lists its
# calls, and every STEP-th of them is the one that goes wrong.  CRASH_STEP=1 tries all.
set -u
. "$(dirname "$0")/../faults/night.sh"

if ! command -v strace >/dev/null || ! strace -qq -o /dev/null true 2>/dev/null; then
    skip "killed at every system call" "strace is not here or may not trace"
    done_testing
fi

changing=write,pwrite64,rename,renameat2,fsync,msync,unlink,unlinkat,link,linkat,ftruncate,truncate,mkdir,fallocate

make_bureau
ok "the first night" $?
make_new
ok "the undisturbed second night" $?
published=reports/p/2023-05
old=$(tree "$tmp/old/$published")
new=$(tree "$tmp/new/$published")
[ "$old" != "$new" ]
ok "the two states differ" $?

# A folder of programs in which one is run under strace with the option $FAULT.
disturb() { # disturb PROGRAM
    rm -rf "$tmp/bin"
    mkdir "$tmp/bin"
    cp "$TB_BIN"/tongbao "$TB_BIN"/tongbao-* "$tmp/bin"
    real=$TB_BIN/$1
    if [ "$1" = tongbao ]; then # it finds the others beside it
        real=$tmp/bin/front
        mv "$tmp/bin/tongbao" "$real"
    fi
    cat >"$tmp/bin/$1" <<SH
#!/bin/sh
exec strace -qq -o "$tmp/trace" -e trace=$changing -e signal=none -e "\$FAULT" "$real" "\$@"
SH
    chmod +x "$tmp/bin/$1"
}

disturbed_night() { # disturbed_night ROOT FAULT
    FAULT=$2
    export FAULT
    rm -rf "$1"
    cp -a "$tmp/old" "$1"
    bin=$tmp/bin night "$1"
}

# Whether the published folder is whole, and the house is in order but for what
# a dead night cannot have tidied: its temporary files, and an original that is
# archived but not yet entered (its copy is still in the inbox).
check_after_fault() { # check_after_fault ROOT
    now=$(tree "$1/$published")
    [ "$now" = "$old" ] || [ "$now" = "$new" ] || { echo "# published: neither old nor new"; return 1; }
    "$TB_BIN/tongbao" -C "$1" -p p verify >"$tmp/verify" 2>&1 && return 0
    grep -v -e 'tmp: is no original' -e 'has no row in arrivals.csv' -e ' faults\{0,1\}' "$tmp/verify" >"$tmp/faults"
    [ -s "$tmp/faults" ] || return 0
    sed 's/^/# verify: /' "$tmp/faults"
    return 1
}

check_next_night() { # check_next_night ROOT
    expected=3 # a letter O in a number
    [ "$now" = "$new" ] && expected=0
    night "$1"
    [ "$rc" -eq "$expected" ] || { echo "# the next night ends with $rc"; return 1; }
    [ "$(tree "$1/$published")" = "$new" ] || { echo "# the next night's reports differ"; return 1; }
    cmp "$1/datasets/p/archive/arrivals.csv" "$tmp/new/datasets/p/archive/arrivals.csv" || return 1
    "$TB_BIN/tongbao" -C "$1" -p p verify >"$tmp/verify" 2>&1 || { sed 's/^/# then: /' "$tmp/verify"; return 1; }
    left=$(find "$1/datasets" "$1/reports" -name '*.tmp' -o -name '*.part' -o -name '.building' -o -name '.*.new' \
        -o -name '*.replaced')
    [ -z "$left" ] || { echo "# left: $left"; return 1; }
    find "$1/datasets/p/inbox" -type f | grep . && return 1
    return 0
}

# The calls of a program, one a line: name and count of that name.  What only
# finds a folder there already changes nothing and is left out.
list_calls() { # list_calls KINDS
    disturbed_night "$tmp/x" trace=$changing
    awk -v kinds=",$1," '{ name = $1; sub(/\(.*/, "", name); count[name]++ }
        index(kinds, "," name ",") && !/EEXIST|ENOENT|EISDIR/ { print name, count[name] }' "$tmp/trace"
}

# One line of TAP for a program: KINDS of calls, what happens to them, and every which.
sweep() { # sweep PROGRAM KINDS FAULT STEP NAME
    disturb "$1"
    list_calls "$2" | awk -v step="$4" 'NR % step == 1 || step == 1' >"$tmp/calls"
    bad=0
    while read -r call k; do
        disturbed_night "$tmp/x" "inject=$call:$3:when=$k"
        cp "$tmp/err" "$tmp/err1"
        if ! { check_exit "$1" "$3" && check_after_fault "$tmp/x" && check_next_night "$tmp/x"; } >"$tmp/why" 2>&1; then
            bad=$((bad + 1))
            echo "# $1, $5 at $call $k:"
            cat "$tmp/why"
            grep -e INJECTED "$tmp/trace" | head -n 1 | sed 's/^/# at: /'
            head -n 3 "$tmp/err1" | sed 's/^/# it said: /'
        fi
    done <"$tmp/calls"
    [ "$bad" -eq 0 ] && [ -s "$tmp/calls" ]
    ok "$1: $5 at $(wc -l <"$tmp/calls") of its calls" $?
}

# A failing call must end the night with 1 and a word.
check_exit() { # check_exit PROGRAM FAULT
    case $2 in signal*) return 0 ;; esac
    [ "$rc" -eq 1 ] && [ -s "$tmp/err" ] && return 0
    echo "# it ended with $rc"
    return 1
}

for line in tongbao-collect:4 tongbao-process:6 tongbao-analyse:6 tongbao-disseminate:17 tongbao:11; do
    step=${CRASH_STEP:-${line#*:}}
    sweep "${line%:*}" $changing signal=KILL "$step" killed
    sweep "${line%:*}" write,pwrite64,fallocate,mkdir,link,linkat,rename,renameat2 error=ENOSPC "$step" "no room"
done
done_testing
