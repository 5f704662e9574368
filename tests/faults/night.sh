# night.sh - a small bureau for the tests of failure; sourced, not run.
#
# The profile is the one that `tongbao init` writes.  The first night publishes
# 2023-05 from six submissions; then a correction, one more return, and one that
# is wrong in part lie in the inbox, so that a second night publishes the same
# month anew: there is an old state and a new one.
. "$(dirname "$0")/../cli/lib.sh"

send() { # send ROOT SENDER/NAME MOMENT: standard input to the inbox
    mkdir -p "$(dirname "$1/datasets/p/inbox/$2")"
    cat >"$1/datasets/p/inbox/$2"
    touch -d "$3" "$1/datasets/p/inbox/$2"
}
retail() { # retail ROOT NAME MOMENT A00 A01 A02 A03
    send "$1" "$2" "$3" <<CSV
单位,指标,数值
全市,社零总额,$4
东区,社零总额,$5
西区,社零总额,$6
南区,社零总额,$7
CSV
}
night() { # night ROOT [OPTION ...]: one run; its exit code in rc
    root=$1
    shift
    rc=0
    "${bin:-$TB_BIN}/tongbao" -C "$root" -p p run -q -j 1 "$@" >"$tmp/out" 2>"$tmp/err" || rc=$?
}

# All that is under a folder, names and bytes, as one hash.
tree() {
    (cd "$1" 2>/dev/null && find . -type f | sort | xargs -r sha256sum) | sha256sum
}

# The bureau after its first night, with the inbox full for the second: in $tmp/old.
make_bureau() {
    mkdir "$tmp/old"
    "$TB_BIN/tongbao" -C "$tmp/old" init p >"$tmp/out" 2>"$tmp/err" || return 1
    mkdir -p "$tmp/old/reports"
    [ -d "$tmp/old/reports/templates" ] || # init brings them where it finds them
        cp -r "$TB_TOP/reports/templates" "$tmp/old/reports/templates"
    retail "$tmp/old" com/retail_2022-04.csv '2022-05-10 09:00 +0800' 2400 800 800 800
    retail "$tmp/old" com/retail_2022-05.csv '2022-06-10 09:00 +0800' 3000 1000 1000 1000
    retail "$tmp/old" com/retail_2023-04.csv '2023-05-10 09:00 +0800' 2503 850 826 827
    retail "$tmp/old" com/retail_2023-05.csv '2023-06-10 09:00 +0800' 3200 1100 1049 1050
    night "$tmp/old"
    [ "$rc" -eq 0 ] || return 1
    send "$tmp/old" com/retail_fix_2023-05.csv '2023-06-12 09:00 +0800' <<CSV
单位,指标,数值
西区,社零总额,1050
CSV
    send "$tmp/old" fin/budget_2023-05.csv '2023-06-20 09:00 +0800' <<CSV
单位,指标,数值
A01,预算收入,6600
A02,预算收入,48O0
CSV
}

# The same after an undisturbed second night: in $tmp/new.
make_new() {
    cp -a "$tmp/old" "$tmp/new"
    night "$tmp/new"
    [ "$rc" -eq 3 ] # a letter O in a number
}
