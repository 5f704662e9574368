#!/bin/sh
# inbox.sh - what is taken from the inbox, what is left there, and that it is said.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
data=$root/datasets/p
inbox=$data/inbox
run=$root/run/collect
mkdir -p "$config"
cat >"$config/units.csv" <<'END'
unit,name_zh,groups
S,双清区,city
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction
inv,固定资产投资,万元,flow,higher
END
profile() { { printf '[profile]\nname_zh = 试验\n[inbox]\n'; cat; } >"$config/profile.ini"; }
profile </dev/null
fresh() {
    rm -rf "$data" "$root/run"
    mkdir -p "$inbox"
}
collect() {
    "$TB_BIN/tongbao-collect" -C "$root" -p p --run "$root/run" "$@" >"$root/account" 2>"$root/err"
    rc=$?
}
left() { tail -n +2 "$data/left.csv" | cut -d, -f1,2 | tr '\n' ' '; }
taken() { tail -n +2 "$run/submissions.csv" | cut -d, -f3 | tr '\n' ' '; }
table='unit,indicator,period,value
S,inv,2023-05,1'

# --- what is no plain file of the inbox's own ---
fresh
mkdir "$inbox/sender" "$inbox/sender/deeper" "$root/outside"
printf '%s\n' "$table" >"$root/outside/secret.csv"
printf '%s\n' "$table" >"$inbox/good.csv"
ln -s "$root/outside/secret.csv" "$inbox/out.csv"
ln -s good.csv "$inbox/in.csv"
ln -s "$root/outside" "$inbox/linked"
ln -s nowhere "$inbox/dangling.csv"
ln "$root/outside/secret.csv" "$inbox/hard.csv"
mkfifo "$inbox/pipe.csv"
printf x >"$inbox/a.part"
printf x >"$inbox/b.tmp"
printf x >"$inbox/c~"
printf x >"$inbox/.hidden"
printf '%s\n' "$table" >"$inbox/sender/deeper/d.csv"
bad=$(printf 'e\033[31m\nvil.part')
printf x >"$inbox/$bad"
collect
is 'one file is taken' "$(taken)$rc" 'good.csv 0'
is 'the others are left, each with its reason' "$(left)" \
    'a.part,inbox.unfinished b.tmp,inbox.unfinished c~,inbox.unfinished dangling.csv,inbox.link e\x1b[31m\x0avil.part,inbox.unfinished hard.csv,inbox.hard_link in.csv,inbox.link linked,inbox.link out.csv,inbox.link pipe.csv,inbox.no_file sender/deeper,inbox.folder '
has 'the account says how many' "$root/account" 'left in the inbox: 11 (left.csv)'
has 'the log says why' "$root/err" 'hard link'
[ "$(printf '\033')" ] && ! grep -q "$(printf '\033')" "$root/err" "$data/left.csv"
ok 'no name reaches a terminal as it is' $?
"$TB_BIN/tongbao" -C "$root" -p p --lang en status >"$root/status" 2>&1
has 'status shows each with its reason' "$root/status" 'hard.csv '
has 'and says what to do' "$root/status" 'put the file itself there'
! grep -q "$(printf '\033')" "$root/status"
ok 'status shows no name as it is' $?
collect
is 'they are left again' "$(left | wc -w)$(taken)" '11good.csv '
fresh
collect
is 'an empty inbox leaves nothing' "$(wc -l <"$data/left.csv") $(grep -c left "$root/account")" '1 0'
if [ "$(id -u)" = 0 ] && mknod "$inbox/null.csv" c 1 3 2>/dev/null; then
    collect
    is 'a device is left' "$(left)" 'null.csv,inbox.no_file '
else
    skip 'a device is left' 'only root can make one'
fi

# --- whose ---
if [ "$(id -u)" = 0 ] && id nobody >/dev/null 2>&1; then
    fresh
    printf '%s\n' "$table" >"$inbox/mine.csv"
    printf '%s2\n' "$table" >"$inbox/theirs.csv"
    chown nobody "$inbox/theirs.csv"
    echo 'owners = self' | profile
    collect
    is 'the file of another owner is left' "$(taken)$(left)" 'mine.csv theirs.csv,inbox.owner '
    echo 'owners = no-such-user; nobody' | profile
    collect
    is 'until the owner is named' "$(left)$(taken)" 'mine.csv theirs.csv '
    fresh
    printf '%s\n' "$table" >"$inbox/theirs.csv"
    chown nobody "$inbox/theirs.csv"
    echo "owners = $(id -u nobody)" | profile
    collect
    is 'or given by number' "$(taken)" 'theirs.csv '
else
    skip 'the file of another owner is left' 'only root can give files away'
fi
profile </dev/null

# --- is it whole? ---
fresh
printf '%s' "$table" >"$inbox/cut.csv"
: >"$inbox/empty.csv"
: >"$inbox/gone.csv.withdraw"
printf '%s\n' "$table" | gzip | head -c 50 >"$inbox/cut.gz"
printf 'PK\003\004 and so on' >"$inbox/cut.xlsx"
printf '\320\317\021\340\241\261\032\341 and so on' >"$inbox/cut.xls"
printf '%s\n' "$table" >"$inbox/lf.csv"
printf '%s\r\n' "$table" >"$inbox/crlf.csv"
printf '%s\r' "$table" | tr '\n' '\r' >"$inbox/cr.csv"
printf '\377\376u\000\n\000' >"$inbox/le.csv"
printf '\376\377\000u\000\n' >"$inbox/be.csv"
printf '%s\n' "$table" | gzip >"$inbox/whole.gz"
{ printf '%s\n' "$table" | gzip; printf 'S,inv,2023-06,1\n' | gzip; } >"$inbox/two.gz"
collect
is 'what has no end yet is left' "$(left)" \
    'cut.csv,inbox.growing cut.gz,inbox.growing cut.xls,inbox.growing cut.xlsx,inbox.growing empty.csv,inbox.growing '
is 'what has one is taken at once' "$(taken)" 'be.csv cr.csv crlf.csv gone.csv.withdraw le.csv lf.csv two.gz whole.gz '
echo >>"$inbox/cut.csv"
collect
is 'and the rest when it has come' "$(taken | tr ' ' '\n' | grep -c '^cut.csv$')$(left | grep -c cut.csv)" 10
touch -d '2 minutes ago' "$inbox"/*
collect
is 'after the time of grace nothing waits' "$(left)$(ls "$inbox")" ''
echo 'grace = 0' | profile
fresh
printf '%s' "$table" >"$inbox/cut.csv"
collect
is 'no grace' "$(taken)$(left)" 'cut.csv '
echo 'grace = 600' | profile
fresh
printf '%s' "$table" >"$inbox/cut.csv"
touch -d '2 minutes ago' "$inbox/cut.csv"
collect
is 'a longer one' "$(left)" 'cut.csv,inbox.growing '
profile </dev/null

# --- in use ---
fresh
printf '%s\n' "$table" >"$inbox/book.csv"
printf '%s\n' "$table" >"$inbox/letter.csv"
printf '%s\n' "$table" >"$inbox/short.csv"
: >"$inbox/.~lock.book.csv#"
: >"$inbox/~\$tter.csv"
: >"$inbox/~\$short.csv"
collect
is 'what a spreadsheet has open is left' "$(left)" \
    'book.csv,inbox.open letter.csv,inbox.open short.csv,inbox.open '
rm "$inbox/.~lock.book.csv#" "$inbox"/~*
collect
is 'until it is closed' "$(left)$(ls -A "$inbox")" ''
if command -v flock >/dev/null; then
    fresh
    printf '%s\n' "$table" >"$inbox/locked.csv"
    mkfifo "$root/held" "$root/go"
    flock "$inbox/locked.csv" sh -c "echo >'$root/held'; read x <'$root/go'" &
    read -r _ <"$root/held"
    collect
    is 'a locked file is left' "$(left)" 'locked.csv,inbox.locked '
    echo >"$root/go"
    wait
    collect
    is 'until it is free' "$(left)$(taken)" 'locked.csv '
else
    skip 'a locked file is left' 'no flock'
fi
fresh
printf '%s\n' "$table" >"$inbox/grows.csv"
(i=0; while [ -e "$inbox/grows.csv" ] && [ $i -lt 2000 ]; do i=$((i + 1)); echo "S,inv,2023-05,1" >>"$inbox/grows.csv"; done) &
collect
rm -f "$inbox/grows.csv"
wait
case $(left)$(taken) in
'grows.csv,inbox.written ' | 'grows.csv,inbox.changed ' | 'grows.csv,inbox.growing ' | 'grows.csv ')
    ok 'a file that grows is left, or was taken between two lines' 0 ;;
*)
    ok 'a file that grows is left, or was taken between two lines' 1
    echo "# $(left)$(taken)" ;;
esac

done_testing
