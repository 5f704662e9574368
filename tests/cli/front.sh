#!/bin/sh
# front.sh - the front door: usage errors, help, every command on a small run that
# is made here, exit codes, a full disk, installation.  Expected numbers are worked
# out beside the submissions.
. "$(dirname "$0")/lib.sh"
root=$tmp/root
bin=$TB_BIN

t() { # t ARGUMENTS: runs tongbao on the profile p; exit code in rc
    "$bin/tongbao" -C "$root" -p p "$@" >"$tmp/out" 2>"$tmp/err"
    rc=$?
}
ends() { # ends CODE NAME ARGUMENTS
    code=$1 name=$2
    shift 2
    t "$@"
    [ "$rc" -eq "$code" ]
    ok "$name (exit $code)" $?
}
misuse() { # misuse NAME TEXT ARGUMENTS: exit 2, one line, nothing on stdout
    name=$1 text=$2
    shift 2
    "$bin/tongbao" "$@" >"$tmp/out" 2>"$tmp/err"
    rc=$?
    [ $rc -eq 2 ] && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" -eq 1 ] && grep -qF -- "$text" "$tmp/err"
    ok "misuse: $name" $?
}

# --- usage and help ---
misuse "no command" "no command given"
misuse "unknown command" "did you mean 'status'?" statsu
misuse "unknown option" "did you mean '--lang'?" status --lnag en
misuse "operand missing" "expected UNIT INDICATOR" -p p explain
misuse "operand too many" "unexpected '2023-06'" -p p status 2023-05 2023-06
misuse "rule of nothing" "expected --unit UNIT and --indicator" -p p rule 'ytd >= 1'
misuse "no profile" "no profile named" status
misuse "no profile for verify" "no profile named" verify
misuse "bad language" "expected zh or en" -p p status --lang fr
misuse "export of what" "did you mean 'verdicts'?" -p p export verdict
misuse "rehearse without --set" "expected --set" -p p rehearse 2023-05
misuse "a name that is a path" "is not a name" -C "$root" init a/b
misuse "a hidden name" "is not a name" -C "$root" init .hidden

"$bin/tongbao" help >"$tmp/help" 2>"$tmp/err"
ok "help" $?
sed -n 's/^  \([a-z]*\) .*/\1/p' "$tmp/help" >"$tmp/commands"
sed -n 's/^\.B \([a-z]*\)\( .*\)*$/\1/p' "$TB_TOP/etl/command/tongbao.1" | grep -vx tongbao >"$tmp/in-man"
cmp "$tmp/commands" "$tmp/in-man" >"$tmp/out" 2>&1
ok "the man page has the commands of the table, in its order" $?
for command in $(cat "$tmp/commands"); do
    "$bin/tongbao" "$command" --help >"$tmp/out" 2>"$tmp/err" && [ ! -s "$tmp/err" ] &&
        head -n 1 "$tmp/out" | grep -q "^usage: tongbao $command"
    ok "$command --help" $?
    grep -q "[|] .*\`$command" "$TB_TOP/README.md"
    ok "README names $command" $?
done
[ "$("$bin/tongbao" --version)" = "$("$bin/tongbao" version)" ]
ok "version" $?

# --- install, into a folder of its own; the rest runs from there ---
make -C "$TB_TOP" --no-print-directory -o all install BUILD="$TB_BUILD" PREFIX=/usr DESTDIR="$tmp/image" >"$tmp/out" 2>"$tmp/err"
ok "make install DESTDIR=" $?
for file in bin/tongbao bin/tongbao-collect bin/tongbao-process bin/tongbao-analyse bin/tongbao-disseminate \
    share/man/man1/tongbao.1 share/tongbao/templates/bulletin.zh.md share/tongbao/config/sample-city/units.csv \
    lib/systemd/system/tongbao@.timer lib/systemd/system/tongbao@.service; do
    [ -s "$tmp/image/usr/$file" ]
    ok "installed: $file" $?
done
grep -q '^ExecStart=/usr/bin/tongbao ' "$tmp/image/usr/lib/systemd/system/tongbao@.service"
ok "the service names the program where it will be" $?
bin=$tmp/image/usr/bin

# --- init ---
mkdir "$root"
"$bin/tongbao" -C "$root" init p >"$tmp/out" 2>"$tmp/err"
ok "init" $?
ends 0 "the new profile passes the check" check
misuse "init refuses to overwrite" "exists already" -C "$root" init p
[ -s "$root/reports/templates/bulletin.zh.md" ]
ok "init provides the installed templates" $?
ends 0 "status before the first run" status --lang en
has "which says so" "$tmp/out" "nothing is published yet"
ends 1 "explain before the first run" explain A01 retail
ends 1 "export before the first run" export
ends 1 "run of an empty inbox" run
grep -q "put submissions into .*/inbox" "$tmp/err"
ok "which says where submissions go" $?

# --- a small run: two months of two years, cumulative, in 10,000 yuan ---
# Growth of retail, January to May: A01 1100/1000 = 10.0, A02 1050/1000 = 5.0,
# A03 1050/1000 = 5.0 (tied), the city 3200/3000 = 6.7.
inbox=$root/datasets/p/inbox
send() { # send SENDER/NAME MOMENT: standard input
    mkdir -p "$inbox/$(dirname "$1")"
    cat >"$inbox/$1"
    touch -d "$2" "$inbox/$1"
}
month() { # month PERIOD MOMENT A00 A01 A02 A03
    send "com/retail_$1.csv" "$2" <<END
单位,指标,数值
全市,社零总额,$3
东区,社零总额,$4
西区,社零总额,$5
南区,社零总额,$6
END
}
month 2022-04 '2022-05-10 09:00 +0800' 2400 800 800 800
month 2022-05 '2022-06-10 09:00 +0800' 3000 1000 1000 1000
month 2023-04 '2023-05-10 09:00 +0800' 2503 850 826 827
month 2023-05 '2023-06-10 09:00 +0800' 3200 1100 1049 1050
send tax/budget_2023-03.csv '2023-04-12 09:00 +0800' <<END
单位,指标,数值
A01,预算收入,3500
END
send fin/budget_2023-04.csv '2023-05-12 09:00 +0800' <<END
单位,指标,数值
A01,预算收入,5000
A02,预算收入,4000
END
# Late (due on 15 June), in part (a letter O), and a correction of A02's retail.
send fin/budget_2023-05.csv '2023-06-20 09:00 +0800' <<END
单位,指标,数值
A01,预算收入,6600
A02,预算收入,48O0
END
send com/retail_fix_2023-05.csv '2023-06-12 09:00 +0800' <<END
单位,指标,数值
西区,社零总额,1050
END
ends 3 "a night with a rejected cell" -q run 2023-05
has "which is published" "$tmp/out" "published "
# The same file twice: a night of its own, but the correction since then stands.
month 2023-05 '2023-06-13 09:00 +0800' 3200 1100 1049 1050
ends 0 "a night with the same file twice, whose rejects were told before" -q run 2023-05
run=$root/datasets/p/runs/$(cat "$root/reports/p/2023-05/run.txt")
ends 0 "the same night again" -q run 2023-05
has "changes nothing" "$tmp/out" "unchanged "
ends 0 "replay" -j 1 replay 2023-05
has "gives the same bytes" "$tmp/out" " 0 differ"
# A run named without a slash was a crash; one named at all was compared with itself.
cp -a "$run" "$tmp/${run##*/}"
echo "# changed" >>"$tmp/${run##*/}/reports/bulletin.zh.md"
(cd "$tmp" && "$bin/tongbao" -C "$root" -p p --run "${run##*/}" -j 1 replay 2023-05 >out 2>err)
[ $? -eq 1 ] && grep -q "differs: ${run##*/}/reports/bulletin.zh.md" "$tmp/out"
ok "replay of a run that --run names" $?
rm -rf "$tmp/${run##*/}"

# --- status ---
echo x >"$inbox/later.csv"
ends 0 "status" status --lang en
has "status names what was not collected" "$tmp/out" "later.csv"
rm "$inbox/later.csv"
grep -Eq '^ +Bureau of Commerce +2 +0 +0 +0 +1 ' "$tmp/out"
ok "status: com has two in and one duplicate" $?
grep -Eq '^ +Bureau of Finance +1 +1 +1 +0 +0 ' "$tmp/out"
ok "status: fin has one in, late and in part" $?
grep -Eq '^ +missing in part +Bureau of Finance +long +2023-06-15 .* General public budget revenue \(West District\)' "$tmp/out"
ok "status: the west's budget is missing, by name and by who owes it" $?
grep -Eq '^ +late +Bureau of Finance +long +2023-06-15 +3 +1 +General public budget revenue \(East District\)' "$tmp/out"
ok "status: the east's came three working days late" $?
grep -Eq '^ +West District +2 +1 +0 +0 +1 +0 +0 +50\.0% +50\.0%' "$tmp/out"
ok "status: the west is not complete" $?
has "status: the total in words" "$tmp/out" "6 items expected: in 5 (on time 4, late 1), missing 1. complete 83.3%, on time 66.7%"
has "status: who sent before and has not now" "$tmp/out" "nothing yet from: tax"
awk -F, '$2 == "unit" { print $3, $8, $6 }' "$run/analyse/completeness.csv" | sort >"$tmp/by-table"
awk -F '[|]' 'NF == 9 && $2 ~ / District / { split($2, unit, " ")
        print (unit[1] == "East" ? "A01" : unit[1] == "West" ? "A02" : "A03"), $3 + 0, $4 + 0 }' \
    "$root/reports/p/2023-05/data-quality.en.md" | sort >"$tmp/by-report"
grep -v '^A00 ' "$tmp/by-table" | cmp - "$tmp/by-report" >>"$tmp/out" 2>&1 && [ -s "$tmp/by-report" ]
ok "the report expects of each unit what the table of the run does" $?
ends 0 "status in Chinese" status 2023-05 --lang zh
has "status speaks Chinese" "$tmp/out" "应报"
ends 2 "status of no period" status 2023-13
ends 0 "status of a period without a run" status 2023-04 --lang en
has "says so" "$tmp/out" "this period is not published"

# --- explain ---
ends 0 "explain by names" explain 西区 社零总额 2023-05 --lang en
has "explain: the rule" "$tmp/out" "ytd_growth > area(city)"
has "explain: the verdict" "$tmp/out" "g01  missed"
has "explain: the city's figure" "$tmp/out" "area(city) = 6."
has "explain: how growth was had" "$tmp/out" "from last year's figure"
has "explain: the tied place" "$tmp/out" "2 of 3, tied"
has "explain: the peer before it" "$tmp/out" "East District"
has "explain: the revision" "$tmp/out" "com/retail_fix_2023-05.csv:2:"
has "explain: the line as sent" "$tmp/out" "| 西区,社零总额,1050"
has "explain: last year's line" "$tmp/out" "com/retail_2022-05.csv:4:"
sum=$(printf '单位,指标,数值\n西区,社零总额,1050\n' | sha256sum | cut -c1-64)
has "explain: the hash of the file" "$tmp/out" "$sum"
ends 0 "explain by alias and code" explain 东 budget_rev 2023-05 --lang en
has "explain: 55% of the annual task" "$tmp/out" "55% * annual"
has "explain: what the task was met by" "$tmp/out" "g02  met"
ends 0 "explain of a figure that is missing" explain A03 budget_rev --lang en
has "says that nothing was submitted" "$tmp/out" "nothing was submitted"
ends 2 "explain of an unknown unit" explain 西区区 retail
grep -q "did you mean" "$tmp/err"
ok "explain: did you mean" $?
ends 2 "explain of an unknown indicator" explain A01 retial
grep -q "did you mean 'retail'" "$tmp/err"
ok "explain: did you mean, of indicators" $?

# --- rule ---
ends 0 "rule" rule 'rank(city) <= 2' 2023-05 --unit A02 --indicator retail

# --- export ---
for what in observations measures verdicts scores; do
    ends 0 "export $what" export $what
    action= commas=12
    [ $what != observations ] || { action=,ACTION commas=13; }
    [ "$(head -n 1 "$tmp/out")" = "REF_AREA,INDICATOR,MEASURE,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT,DECIMALS,VINTAGE,SOURCE,COMMENT$action" ]
    ok "export $what: its columns" $?
    awk -F'"' -v n=$commas '{ line = ""; for (i = 1; i <= NF; i += 2) line = line $i; if (gsub(/,/, ",", line) != n) exit 1 }' "$tmp/out"
    ok "export $what: $((commas + 1)) fields in each row" $?
done
ends 0 "export targets" export targets
[ "$(wc -l <"$tmp/out")" -eq "$(wc -l <"$root/config/p/targets.csv")" ]
ok "export targets: one row for each of targets.csv" $?
grep -q '^g02,重点工作,t_budget,budget_rev,一般公共预算收入,General public budget revenue,A01,2023-01,2023-06,ytd >= 55% \* annual,万元,12000,,2023-06-30,binding,财政局,' "$tmp/out"
ok "export targets: its rule and whom it binds" $?
t export
lines=$(wc -l <"$tmp/out")
taken=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { s += $at["observations"] } END { print s + 1 }' "$run/collect/submissions.csv")
[ "$lines" -eq "$taken" ]
ok "export: as many observations as collect counted" $?
has "export: a row" "$tmp/out" "A02,retail,ytd,M,2023-05,1050,A,元,4,0,2023-06-12T09:00:00+08:00,com/retail_fix_2023-05.csv:2,"
t export measures
has "export: a growth" "$tmp/out" "A02,retail,ytd_growth,M,2023-05,5.0,A,%,0,1,"
has "export: a rank" "$tmp/out" 'A02,retail,"rank(ytd_growth, city)",M,2023-05,2,A,place,0,0,'
t export verdicts
has "export: a verdict" "$tmp/out" "A02,retail,verdict(g01),M,2023-05,missed,A,"
t export --output "$tmp/a.csv.gz" && t export --output "$tmp/b.csv.gz" && t export --output "$tmp/c.csv"
cmp -s "$tmp/a.csv.gz" "$tmp/b.csv.gz" && gzip -dc "$tmp/a.csv.gz" | cmp -s - "$tmp/c.csv"
ok "export: to a file, compressed, the same bytes each time" $?
[ ! -s "$tmp/out" ]
ok "export: to a file leaves standard output empty" $?
ends 1 "export: to a folder that is not there" export --output "$tmp/none/x.csv"

# --- rehearse ---
find "$root/datasets" "$root/reports" -type f ! -name '*.lock' | sort | xargs sha256sum >"$tmp/before"
ends 0 "rehearse" rehearse 2023-05 --set limit_basis=published --lang en
has "rehearse: nothing moves under the other basis" "$tmp/out" "Places: 10, of which 0 move"
# In April A02 grew by 3.25, printed 3.3, and A03 by 3.375, printed 3.4; without decimals both are 3.
ends 0 "rehearse: growth without decimals" rehearse 2023-04 --set growth_decimals=0 --lang en
grep -Eq 'West District +Retail.* ytd_growth +city +3 +-> +=2$' "$tmp/out" && grep -Eq 'South District +.* +2 +-> +=2$' "$tmp/out"
ok "rehearse: the two that become equal" $?
[ "$(grep -c -- '->' "$tmp/out")" -eq 4 ]
ok "rehearse: in growth and in the composite score" $?
ends 0 "rehearse: dense ranks" rehearse 2023-05 --set tie_rule=dense,bottom_k=1 --lang zh
has "rehearse: in Chinese" "$tmp/out" "判定"
ends 2 "rehearse: no such setting" rehearse 2023-05 --set tie_rules=dense
ends 2 "rehearse: no such value" rehearse 2023-05 --set tie_rule=tense
find "$root/datasets" "$root/reports" -type f ! -name '*.lock' | sort | xargs sha256sum >"$tmp/after"
cmp -s "$tmp/before" "$tmp/after" && [ ! -e "$root/datasets/p/runs/.rehearse" ]
ok "rehearse: leaves nothing and changes nothing" $?

# --- verify: each kind of damage is found, and told with its path ---
ends 0 "verify" verify
has "verify: no fault" "$tmp/out" " 0 faults"
damage() { # damage NAME FILE TEXT: appends a byte, verifies, restores
    cp "$2" "$tmp/kept"
    chmod u+w "$2"
    printf 'x' >>"$2"
    ends 1 "verify: $1" verify
    has "verify: $1 is named" "$tmp/out" "$3"
    cat "$tmp/kept" >"$2"
}
original=$(find "$root/datasets/p/archive" -name '*.gz' | sort | head -n 1)
segment=$(find "$root/datasets/p/segments" -name '*.seg' | sort | head -n 1)
damage "an original" "$original" "$original"
damage "a segment" "$segment" "$segment"
damage "the cube" "$run/process/cube.tbc" "cube.tbc"
damage "the verdicts" "$run/analyse/verdicts.csv" "verdicts.csv: has changed"
damage "a published page" "$root/reports/p/2023-05/bulletin.md" "reports/p/2023-05/bulletin.md"
mv "$original" "$tmp/original"
ends 1 "verify: an original that is gone" verify
has "verify: and which" "$tmp/out" "$original"
mv "$tmp/original" "$original"
gzip -c </dev/null >"$(dirname "$original")/$(basename "$(dirname "$original")")$(printf '%062d' 0).gz"
ends 1 "verify: an original without a row" verify
has "verify: the ledger does not know it" "$tmp/out" "has no row in arrivals.csv"
rm "$(dirname "$original")/$(basename "$(dirname "$original")")$(printf '%062d' 0).gz"
echo x >"$root/reports/p/2023-05/more.html"
ends 1 "verify: a file more among the published" verify
has "verify: names it" "$tmp/out" "more.html"
rm "$root/reports/p/2023-05/more.html"
ends 0 "verify: all is well again" verify

# --- a profile that has changed since the run ---
cp "$root/config/p/units.csv" "$tmp/units"
echo 'A04,北区,North District,A00,district,北,city,,,' >>"$root/config/p/units.csv"
ends 1 "export under a changed profile" export
grep -q "profile has changed" "$tmp/err"
ok "says that the profile has changed" $?
ends 0 "status under a changed profile" status --lang en
has "status says so" "$tmp/out" "the profile has changed"
cp "$tmp/units" "$root/config/p/units.csv"

# --- periods and profiles that do not fit ---
# A slip in the year named the bulletin of the night: 2032 had not begun.
send com/retail_2032-05.csv '2023-06-14 09:00 +0800' <<END
单位,指标,数值
西区,社零总额,1049
END
ends 0 "a night with a period far ahead" -q run
has "is still that of May" "$tmp/out" "reports/p/2023-05"
# The folder of ten days has no slash in its name, and was given to the stages so.
"$bin/tongbao" -C "$root" init ten >"$tmp/out" 2>"$tmp/err"
ten=$root/config/ten
sed -i 's/^frequency = M/frequency = M_3/' "$ten/profile.ini"
sed -i 's/higher,M,/higher,M_3,/; s/,joint,/,,/' "$ten/indicators.csv"
sed -i '2,$d' "$ten/edits.csv"
mkdir -p "$root/datasets/ten/inbox/com"
printf '单位,指标,数值\n东区,社零总额,100\n' >"$root/datasets/ten/inbox/com/retail_2023年5月上旬.csv"
touch -d '2023-05-20 09:00 +0800' "$root/datasets/ten/inbox/com/retail_2023年5月上旬.csv"
"$bin/tongbao" -C "$root" -p ten -q run >"$tmp/out" 2>"$tmp/err"
has "a bulletin of ten days" "$tmp/out" "reports/ten/2023-05-01_P10D"
# Segments hold numbers of the profile's rows: fewer rows, and they lead nowhere.
cp "$root/config/p/indicators.csv" "$tmp/indicators"
t collect
head -n 2 "$tmp/indicators" >"$root/config/p/indicators.csv"
t process
[ "$rc" -ne 0 ] && ! grep -q 'signal' "$tmp/err"
ok "process under another profile is no crash" $?
cp "$tmp/indicators" "$root/config/p/indicators.csv"

# --- a full disk ---
if [ -c /dev/full ]; then
    for command in "status" "explain A01 retail" "export" "export measures" "verify" "check" "help" "version" \
        "rehearse 2023-05 --set tie_rule=dense"; do
        # shellcheck disable=SC2086
        "$bin/tongbao" -C "$root" -p p $command >/dev/full 2>"$tmp/err"
        [ $? -eq 1 ] && [ -s "$tmp/err" ]
        ok "$command on a full disk (exit 1)" $?
    done
fi

# --- uninstall ---
make -C "$TB_TOP" --no-print-directory uninstall PREFIX=/usr DESTDIR="$tmp/image" >"$tmp/out" 2>"$tmp/err"
[ -z "$(find "$tmp/image" -type f)" ]
ok "make uninstall leaves no file" $?

done_testing
