# lib.sh - what the tests of this folder share: a folder of their own, one TAP line for
# each thing that is checked, and an end.  Sourced first, needs TB_BIN; not a test by itself.
#
#   . "$(dirname "$0")/lib.sh"
#   "$TB_BIN/tongbao" ... >"$tmp/out" 2>"$tmp/err"
#   is 'the exit code' $? 0
#   done_testing
#
# A check behind a pipe is not counted, nor is its failure: give it a file.
# TB_TOP is the tree, TB_BUILD the build.  tmp is a folder that goes when the test ends
# (KEEP=1 keeps it and says where); root is the same until the test sets it.  A test that
# ends before done_testing has failed, whatever its exit code.
set -u
: "${TB_BIN:?TB_BIN is the folder of the programs}"
TB_TOP=${TB_TOP:-$(cd "$(dirname "$0")/../.." && pwd)}
TB_BUILD=${TB_BUILD:-${TB_BIN%/bin}}
LC_ALL=C TZ=UTC
export LC_ALL TZ
suite=$(basename "$0" .sh)
tmp=$(mktemp -d "${TMPDIR:-/tmp}/tongbao-$suite.XXXXXX") || exit 1
root=$tmp
n=0
n_failed=0
at_end=no
trap 'leave' EXIT

leave() {
    [ "$at_end" = yes ] || echo "not ok - $suite: it did not come to its end"
    if [ -n "${KEEP:-}" ]; then
        echo "# kept: $tmp"
    else
        chmod -R u+rwX "$tmp" 2>/dev/null
        rm -rf "$tmp"
    fi
}
done_testing() {
    at_end=yes
    echo "1..$n"
    [ "$n_failed" -eq 0 ]
    exit
}

ok() { # ok NAME STATUS: a failure shows what was said last on standard error
    n=$((n + 1))
    if [ "$2" -eq 0 ]; then
        echo "ok $n - $suite: $1"
        return
    fi
    echo "not ok $n - $suite: $1"
    n_failed=$((n_failed + 1))
    [ ! -s "$tmp/err" ] || tail -n 12 "$tmp/err" | sed 's/^/# err: /'
}
skip() { # skip NAME WHY
    n=$((n + 1))
    echo "ok $n - $suite: $1 # SKIP $2"
}
holds() { # holds NAME COMMAND...: it ends with 0; what it prints is not looked at
    said_of=$1
    shift
    "$@" >/dev/null 2>&1
    ok "$said_of" $?
}
is() { # is NAME GOT EXPECTED
    if [ "$2" = "$3" ]; then
        ok "$1" 0
    else
        ok "$1" 1
        printf '%s\n' "$2" | sed '1s/^/# got:      /; 1!s/^/#           /'
        printf '%s\n' "$3" | sed '1s/^/# expected: /; 1!s/^/#           /'
    fi
}
# The cells of a CSV file whose quoted cells hold no line ends, split by the byte 037: awk -F'\037'.
cells() { # cells FILE
    awk '{ out = ""; inside = 0; n = length($0)
        for (i = 1; i <= n; i++) {
            c = substr($0, i, 1)
            if (c == "\"" && inside && substr($0, i + 1, 1) == "\"") { out = out c; i++ }
            else if (c == "\"") inside = !inside
            else out = out (c == "," && !inside ? "\037" : c)
        }
        print out }' "$1"
}
# What a file should have said and did not, with its first lines.
shown() { # shown FILE TEXT
    printf '# not found: %s\n# in %s:\n' "$2" "$1"
    head -n 20 "$1" | sed 's/^/#   /'
}
has() { # has NAME FILE TEXT: a line contains it, to the letter
    if grep -qF -- "$3" "$2"; then
        ok "$1" 0
    else
        ok "$1" 1
        shown "$2" "$3"
    fi
}
says() { # says NAME PATTERN [FILE]: a line of FILE ($tmp/out) matches
    if grep -Eq -- "$2" "${3:-$tmp/out}"; then
        ok "$1" 0
    else
        ok "$1" 1
        shown "${3:-$tmp/out}" "$2"
    fi
}
silent() { # silent NAME PATTERN [FILE]: FILE ($tmp/out) is there and no line of it matches
    [ -e "${3:-$tmp/out}" ] && ! grep -E -- "$2" "${3:-$tmp/out}" >"$tmp/matched"
    ok "$1" $?
    [ ! -s "$tmp/matched" ] || sed 's/^/# matched: /' "$tmp/matched"
    rm -f "$tmp/matched"
}
