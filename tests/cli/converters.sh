#!/bin/sh
# converters.sh - spreadsheets through the converters of profile.ini: what check says
# of them, what they make, what becomes of files where they fail.  Most converters here
# are scripts that are written here, some of them ill-natured.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
mkdir -p "$config"
cat >"$config/units.csv" <<'END'
unit,name_zh,groups
S,双清区,city
D,大祥区,city
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,unit_measure,kind,direction
inv,固定资产投资,万元,flow,higher
END
profile() { # profile: the lines on stdin behind the least profile
    { printf '[profile]\nname_zh = 试验\n'; cat; } >"$config/profile.ini"
}
check() { # the messages of check, without the folder
    "$TB_BIN/tongbao" -C "$root" -p p check >"$root/checked" 2>"$root/err"
    rc=$?
    sed "s|^.*/config/p/||" "$root/err" >"$root/said"
}

# --- what check says ---
profile <<'END'
[converters]
timeout = 5
max_mib = 1
memory_mib = 0
.a = /bin/cat {in}
.b = sh -c 'cat "$1" >"$2"' "a b" x\ y {in} --to={out}
[inbox]
grace = 0
owners = self;root
END
check
is 'commands and limits are taken' "$(cat "$root/said")$rc" 0
profile <<'END'
[converters]
.x = no-such-program {in}
END
check
is 'a program that is not there is a warning' "$(cat "$root/said") $rc" \
    "profile.ini:4:6: warning: 'no-such-program' is not on PATH: files of .x will be rejected 0"
profile <<'END'
[converters]
.xlsx = /nowhere/ssconvert {in}
END
check
has 'it names the package' "$root/said" \
    "'/nowhere/ssconvert' is not on PATH, it comes with the package gnumeric"
profile <<'END'
[converters]
.a =
.b = cat
.c = cat {in} | sort
.d = cat "{in}
.e = cat {input}{in}
.XLSX = cat {in}
.a = cat {in}
.f = ./cat {in}
timout = 5
timeout = 0
owners = x
[inbox]
owners =
grace = -1
END
check
is 'a profile with such commands is not run' "$rc" 2
while IFS= read -r line; do
    has "check says $line" "$root/said" "$line"
done <<'END'
profile.ini:4:5: error: .a: no command, expected such as tongbao-xlsx {in}
profile.ini:5:6: error: .b: the command does not name its file, expected {in}
profile.ini:6:15: error: .c: no shell runs the command, expected quotes around | < > ; & ` $
profile.ini:7:10: error: .d: the quote does not close
profile.ini:8:21: error: .e: unknown name in braces, expected {in} or {out}
profile.ini:9:1: error: '.XLSX' is no extension, expected such as .xlsx, in small letters
profile.ini:10:1: error: duplicate key '.a'
profile.ini:11:6: error: .f: expected the bare name of a program or its whole path
profile.ini:12:1: error: unknown key 'timout' in section [converters], did you mean 'timeout'?
profile.ini:13:11: error: timeout: bad value '0', expected a whole number from 1 to 3600
profile.ini:14:1: error: unknown key 'owners' in section [converters], it belongs to [inbox]
profile.ini:16:9: error: owners: bad value '', expected any, self or user names
profile.ini:17:9: error: grace: bad value '-1', expected a whole number from 0 to 86400
END

# --- what becomes of files; the converter is a script of ours ---
data=$root/datasets/p
inbox=$data/inbox
run=$root/run/collect
bin=$root/bin
spy=$root/spy
mkdir -p "$bin"
PATH=$bin:$PATH
program() { # program NAME: the script on stdin becomes a program on PATH
    { echo '#!/bin/sh'; echo "spy='$spy'"; cat; } >"$bin/$1"
    chmod +x "$bin/$1"
}
collect() {
    "$TB_BIN/tongbao-collect" -C "$root" -p p --run "$root/run" -q "$@" >"$root/account" 2>"$root/err"
    echo $? >"$root/rc"
}
rc() { cat "$root/rc"; } # also of a collect behind a pipe
one() { # one NAME: the file on stdin alone in the inbox, collected
    rm -rf "$data" "$root/run"
    mkdir -p "$inbox"
    cat >"$inbox/$1"
    touch -d 2023-06-20T00:00:00Z "$inbox/$1"
    collect
}
account() { sed -n 2p "$run/submissions.csv" | cut -d, -f7,12-20; }
reject() { sed -n 2p "$run/rejects.csv" | cut -d, -f3,6-8; }
nothing_left() { # no folder of a converter, no half of a file
    [ -z "$(find "$data" -name '*.tmp')" ]
}
kept() { ls "$data"/archive/??/*.csv* 2>/dev/null; }
verify() { "$TB_BIN/tongbao" -C "$root" -p p verify >"$root/said"; }
commands() { # commands: limits and commands on stdin
    { echo '[converters]'; cat; } | profile
}
# The first header of a zip, and the bytes of an OLE file, as far as they tell what it is.
zip() { # zip PART [CONTENT]
    printf 'PK\003\004\024\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000'
    printf "\\$(printf %03o ${#1})\\000\\000\\000%s%s" "$1" "${2:-}"
    printf '%100s' ''
}
ole() { # ole NAME-IN-UTF-16, as printf writes it
    printf '\320\317\021\340\241\261\032\341'
    printf '%600s' ''
    printf "$1"
}
xls() { ole 'W\000o\000r\000k\000b\000o\000o\000k\000'; }
head='unit,indicator,period,value'

program good <<'END'
printf '%s\n' "$*" "$PWD" "$(env | sed 's/=.*//' | sort | tr '\n' ' ')" "$(cat)" "$(ls -a)" >"$spy"
echo 'unit,indicator,period,value'
echo 'S,inv,2023-05,2.5'
END
program fails <<'END'
printf 'a=b\tbad \033[31mred\n%s/table.xls\n' "$PWD" >&2
echo 'S,inv,2023-05,1'
exit 7
END
program silent <<'END'
exit 0
END
program floods <<'END'
while :; do echo 01234567890123456789012345678901234567890123456789012345678901234567890123456789; done
END
program hangs <<'END'
trap '' TERM INT HUP
echo started
sleep 60
END
program forks <<'END'
echo 'unit,indicator,period,value'
sleep 60 &
echo $! >"$spy"
echo 'D,inv,2023-05,3'
END
program dies <<'END'
kill -9 $$
END
program writes <<'END'
echo noise
{ echo 'unit,indicator,period,value'; echo 'S,inv,2023-05,4'; } >"${1#--to=}"
END
program links <<'END'
ln -s /etc/passwd "$1"
END
program huge <<'END'
head -c 4000000 /dev/zero >"$1"
END
echo 'no program' >"$bin/empty"
chmod +x "$bin/empty"

commands <<'END'
.xls = good 'a  b' "c\"d" e\ f {in}
END
xls | one '$(id); `id` ".XLS'
is 'a workbook is read through its converter' "$(account) $(rc)" 'long,2,1,0,1,1,1,0,0,1 0'
is 'the words come as they are written, the name is ours' "$(sed -n 1p "$spy")" \
    'a  b c"d e f table.xls'
case $(sed -n 2p "$spy") in
*/segments/*.tmp) ok 'it runs in a folder of its own' 0 ;;
*) ok 'it runs in a folder of its own' 1 ;;
esac
is 'its environment is clean, its input is empty' \
    "$(sed -n 3,4p "$spy" | sed 's/ _ / /;s/ SHLVL / /;s/ OLDPWD / /' | tr '\n' '|')" \
    'HOME LC_ALL PATH PWD TMPDIR TZ ||'
is 'it sees the file and nothing else' "$(sed -n '5,$p' "$spy" | tr '\n' ' ')" '. .. table.xls '
nothing_left
ok 'its folder is removed' $?
text=$(cd "$data/archive" && ls -d ??/*.csv.gz)
original=$(cd "$data/archive" && ls -d ??/*.gz | grep -v csv)
is 'the text is kept beside the original' "${text%%.*}" "${original%%.*}"
is 'and the note of it' "$(sed -n 2p "$data/archive/${text%.gz}" | sed 's/.*,\(.*,.*\)/\1/')" \
    "$(gzip -dc "$data/archive/$text" | sha256sum | cut -c1-64),$(gzip -dc "$data/archive/$text" | wc -c)"
verify
has 'verify knows of them' "$root/said" ' 0 faults'

# --- kept for ever ---
before=$(cat "$run"/*.csv "$run"/receipts/* | sha256sum)
mv "$bin/good" "$bin/gone"
rm -rf "$data/segments"
collect
is 'without the program the kept text is read' "$(cat "$run"/*.csv "$run"/receipts/* | sha256sum)" "$before"
cp -r "$data/archive" "$root/archive"
printf 'x' | gzip >"$data/archive/$text"
verify
has 'verify sees a changed text' "$root/said" 'has changed: hash'
rm "$data/archive/$text"
verify
has 'verify sees that a text is missing' "$root/said" 'is missing'
cp "$root/archive/$text" "$data/archive/$text"
rm "$data/archive/${text%.gz}"
verify
has 'verify sees that a note is missing' "$root/said" 'has no note'
rm "$data/archive/$text"
rm -rf "$data/segments"
collect
is 'without both the file is rejected' "$(reject) $(rc)" '0,good,file.no_converter,an installed converter 3'
has 'the receipt says that it is tried again' "$run/receipts/00001.md" '安装后自动重试'
mv "$bin/gone" "$bin/good"
collect
is 'and read when the program is back' "$(account) $(rc)" 'long,2,1,0,1,1,1,0,0,1 0'
sed -i 's/^.xls = good/.xls = good --new/' "$config/profile.ini"
collect
is 'another command makes another text' "$(kept | grep -c gz)" 2
is 'and is used' "$(sed -n 1p "$spy" | cut -d' ' -f1)" --new

# --- a converter that failed is tried again: mended in its place it needs nothing more ---
cp "$bin/good" "$bin/mended"
program mended <<'END'
echo 'disk full' >&2
exit 7
END
commands <<'END'
timeout = 2
.xls = mended {in}
END
xls | one a.xls
is 'a converter that fails' "$(reject | cut -d, -f3) $(rc)" 'file.converter_failed 3'
collect
is 'fails again' "$(reject | cut -d, -f3) $(rc)" 'file.converter_failed 3'
cp "$bin/good" "$bin/mended"
collect
is 'and is tried again once it is mended' "$(account) $(rc)" 'long,2,1,0,1,1,1,0,0,1 0'
cat >"$bin/mended" <<'END'
#!/bin/sh
sleep 60
END
xls | one a.xls
is 'one that takes too long' "$(reject | cut -d, -f3)" 'file.converter_slow'
cp "$bin/good" "$bin/mended"
collect
is 'is tried again too' "$(account) $(rc)" 'long,2,1,0,1,1,1,0,0,1 0'

# --- which converter ---
commands <<'END'
.xlsx = good {in}
.pdf = good {in}
.ods = good {in} ods
.doc = good {in}
END
zip xl/workbook.xml | one a.csv
is 'a workbook under the name of a text' "$(account) $(sed -n 1p "$spy")" 'long,2,1,0,1,1,1,0,0,1 table.xlsx'
zip xl/workbook.xml | gzip | one a.xlsx.gz
is 'a workbook that the sender packed' "$(account)" 'long,2,1,0,1,1,1,0,0,1'
zip mimetype application/vnd.oasis.opendocument.spreadsheet | one a.xlsx
is 'one of another kind than its name says' "$(account) $(sed -n 1p "$spy")" 'long,2,1,0,1,1,1,0,0,1 table.ods ods'
zip xl/_rels/x | one a.xlsm
is 'one of its family' "$(account) $(sed -n 1p "$spy")" 'long,2,1,0,1,1,1,0,0,1 table.xlsx'
xls | one a.xlsx
is 'an old workbook under a new name' "$(reject) $(rc)" '0,,file.not_text,"xls; no .xls in [converters] of profile.ini" 3'
zip word/document.xml | one a.xlsx
is 'a document is no workbook' "$(reject)" '0,,file.not_text,docx'
ole 'E\000n\000c\000r\000y\000p\000t\000e\000d\000P\000a\000c\000k\000a\000g\000e\000' | one a.xlsx
is 'a workbook with a password' "$(reject)" '0,,file.not_text,a workbook or document with a password'
printf '%%PDF-1.4 x' | one a.pdf
is 'what is no workbook goes by its name' "$(account)" 'long,2,1,0,1,1,1,0,0,1'
printf '%s\nS,inv,2023-05,1\n' "$head" | one a.xlsx
is 'a text under the name of a workbook is read as text' "$(account) $(kept)" 'long,2,1,0,1,1,1,0,0,1 '
printf '\000\001\002\003' | one a.bin
is 'what has no converter' "$(reject)" '0,,file.not_text,binary'

program pointed <<'END'
printf '单位,指标,报告期,数值\nS,inv,2023-05,1.234\n'
END
commands <<'END'
.xls = pointed {in}
END
printf 'form,files,decimal\ncommas,*,comma\n' >"$config/forms.csv"
xls | one a.xls
is 'a converter writes a point, whatever the form says of texts' "$("$TB_BIN/tongbao" -C "$root" -p p \
    --run "$root/run" export observations 2>/dev/null | grep -c ',1.234,')" 1
rm "$config/forms.csv"

# --- converters that fail ---
failing() { # failing NAME COMMAND TEXT,REASON,EXPECTED
    commands <<END
timeout = 1
max_mib = 1
.xls = $2
END
    begun=$(date +%s)
    xls | one a.xls
    is "a converter that $1" "$(reject) $(rc)" "0,$3 3"
    [ $(($(date +%s) - begun)) -lt 20 ] && nothing_left && [ -z "$(kept)" ]
    ok "a converter that $1 leaves nothing" $?
}
workbook=',file.converter_failed,a workbook that opens'
failing fails 'fails {in}' "exit 7: a=b\\x09bad \\x1b[31mred / table.xls$workbook"
failing 'prints nothing' 'silent {in}' "no text$workbook"
failing floods 'floods {in}' ',file.converter_too_much,1 MiB'
failing hangs 'hangs {in}' ',file.converter_slow,1 s'
failing 'is killed' 'dies {in}' "signal 9$workbook"
failing 'makes a link for its text' 'links {out} {in}' "no text$workbook"
failing 'writes too large a file' 'huge {out} {in}' ',file.converter_too_much,1 MiB'
failing 'is none' 'empty {in}' "cannot run '$bin/empty': Exec format error$workbook"
commands <<'END'
.xls = forks {in}
.xlsx = writes --to={out} {in}
END
begun=$(date +%s)
xls | one a.xls
is 'a converter that leaves another program running' "$(account)" 'long,2,1,0,1,1,1,0,0,1'
[ $(($(date +%s) - begun)) -lt 20 ] && ! grep -q sleep "/proc/$(cat "$spy")/cmdline" 2>/dev/null
ok 'which is ended with it' $?
zip xl/x | one a.xlsx
is 'a converter that writes a file' "$(account)" 'long,2,1,0,1,1,1,0,0,1'

# --- others beside ---
commands <<'END'
.xls = good {in}
[inbox]
grace = 0
END
rm -rf "$data"
mkdir -p "$data/segments/0123456789abcdef.01234567.tmp/x" "$inbox"
xls >"$inbox/a.xls"
printf '%s\nD,inv,2023-05,1\n' "$head" >"$inbox/b.csv"
zip xl/workbook.xml >"$inbox/c.xlsx"
collect
nothing_left
ok 'a folder that a dead night left is removed' $?
is 'one bad file stops no other' "$(cut -d, -f3,9 "$run/submissions.csv" | tr '\n' ' ')$(rc)" \
    'name,state a.xls,accepted b.csv,accepted c.xlsx,rejected 3'
mkdir "$inbox/x" "$inbox/y"
for sender in x y; do
    for k in 1 2 3 4; do (xls && echo "$k") >"$inbox/$sender/$k.xls"; done
done
collect -j 8
is 'the same workbooks from two senders at once' \
    "$(grep -c '\.xls,[xy],.*,accepted' "$run/submissions.csv") $(rc)" '8 3'
verify
has 'all of it is whole' "$root/said" ' 0 faults'

# --- real programs, where they are installed ---
have() { command -v "$1" >/dev/null; }
commands <<'END'
.xlsx = xlsx2csv --ignore-formats float -f %Y-%m-%d --all {in}
.ods = ssconvert --export-type=Gnumeric_stf:stf_assistant -O format=automatic {in} fd://1
.xls = ssconvert --export-type=Gnumeric_stf:stf_assistant -O format=automatic {in} fd://1
END
cat >"$root/one.csv" <<'END'
unit,indicator,period,value
S,inv,2023M04,1234567.891234
D,inv,2023M04,0.3
END
cat >"$root/two.csv" <<'END'
unit,indicator,period,value
S,inv,2023M05,2.5
END
for kind in xlsx ods xls; do
    name="a $kind of two sheets"
    if ! have ssconvert || { [ $kind = xlsx ] && ! have xlsx2csv; }; then
        skip "$name" 'no ssconvert or xlsx2csv'
        continue
    fi
    ssconvert --merge-to "$root/book.$kind" "$root/one.csv" "$root/two.csv" >/dev/null 2>&1
    one book.$kind <"$root/book.$kind"
    titles=0
    [ $kind = xlsx ] && titles=2
    is "$name" "$(account) $(rc)" "long,$((5 + titles)),3,0,$((2 + titles)),3,3,0,0,3 0"
    if [ "$(account)" != "long,$((5 + titles)),3,0,$((2 + titles)),3,3,0,0,3" ]; then cat "$run"/*.csv | sed 's/^/# /'; fi
done
book=${TB_DATA:-/nonexistent}/us-county-gdp/lagdp1223.xlsx
if ! have xlsx2csv || [ ! -e "$book" ]; then
    skip 'the published workbook of county GDP' 'no xlsx2csv, or no us-county-gdp in the folder of real data'
else
    one lagdp1223.xlsx <"$book"
    # The published sheet has a decimal fraction where the workbook has the binary one next to it;
    # twelve decimals are what the reader keeps.
    numbers() { tr -d '\r' | awk -v OFS=, '{ n = split($0, c, ","); for (i = 1; i <= n; i++)
        if (c[i] ~ /^-?[0-9]+\.[0-9]+$/) { c[i] = sprintf("%.10f", c[i]); sub(/\.?0+$/, "", c[i]) }
        line = c[1]; for (i = 2; i <= n; i++) line = line "," c[i]; print line }'; }
    gzip -dc "$data"/archive/??/*.csv.gz | tail -n +2 | numbers >"$root/converted"
    numbers <"${book%.xlsx}_sheet.csv" >"$root/sheet"
    is 'the published workbook of county GDP is the sheet beside it, cell by cell' \
        "$(wc -l <"$root/converted") $(cmp "$root/converted" "$root/sheet" 2>&1)" '3227 '
fi

done_testing
