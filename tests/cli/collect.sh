#!/bin/sh
# collect.sh - tongbao-collect from the inbox to the receipts, on a small profile
# that is made here.
. "$(dirname "$0")/lib.sh"

config=$root/config/p
mkdir -p "$config"
cat >"$config/profile.ini" <<'END'
[profile]
name_zh = 试验
name_en = Trial
languages = zh;en
frequency = M
utc_offset = +08:00
subject_group = city
[calendar]
deadline_day = 21
deadline_months = 1
[missing]
待定 = O
END
cat >"$config/groups.csv" <<'END'
group,name_zh,name_en,area,class,exclude_self
city,全市,City,,,
END
cat >"$config/units.csv" <<'END'
unit,name_zh,name_en,parent,level,aliases,groups,valid_from,valid_to,successor
S,双清区,Shuangqing,,county,双清,city,,,
D,大祥区,Daxiang,,county,,city,,,
B,北塔区,Beita,,county,,city,,,
X,旧县,Old County,,county,,city,,2020-12-31,S
T1,同名镇,East Town,S,township,,,,,
T2,同名镇,West Town,D,township,,,,,
END
cat >"$config/indicators.csv" <<'END'
indicator,name_zh,name_en,aliases,unit_measure,unit_mult,kind,direction,frequency,growth,decimals,grades
inv,固定资产投资,Investment,投资,万元,,flow,higher,M,computed,1,
gdp,地区生产总值,GDP,,亿元,,flow,higher,Q,computed,2,
cpi,居民消费价格,CPI,,%,,rate,lower,M,published,1,
farm,造林面积,Forest,,公顷,,flow,higher,M,computed,1,
road,道路,Road,,,,milestone,higher,M,computed,0,
t1,同名指标,Same One,,万元,,flow,higher,M,computed,1,
t2,同名指标,Same Two,,万元,,flow,higher,M,computed,1,
air,空气等级,Air,,,,grade,higher,M,computed,0,优;良;差
END
cat >"$config/forms.csv" <<'END'
form,files,layout,header,delimiter,encoding,unit_from,period_from,indicator_from,qualifier,unit_measure,measure,columns
long,long*,long,,,,,,,,,,
nil,nil_{period}*,long,,,,,file,,,,,
wide,{unit}_{period}_wide*,indicators-across,,,,,,,,,,内部=-
across,across*,indicators-across,,,,,,,,,,内部=-
periods,periods*,periods-across,,,,,,fixed:inv,,,,
nhs,nhs*,indicators-across,,,,,,,kind,,,n:1=inv:value:万元;n:2=farm:value:公顷;x=-
END

data=$root/datasets/p
in=$root/in
inbox=$data/inbox
out=$root/run/collect
collect() { # collect [OPTION ...]: stdout to account, exit code in rc
    "$TB_BIN/tongbao-collect" -C "$root" -p p --run "$root/run" -q "$@" >"$root/account" 2>"$root/err"
    rc=$?
}
fresh() { # an empty house
    rm -rf "$data" "$root/run"
    mkdir -p "$inbox"
}
one() { # one NAME: the file on stdin alone in the inbox, collected
    fresh
    cat >"$inbox/$1"
    touch -d 2023-06-20T00:00:00Z "$inbox/$1"
    collect
}
field() { # field COLUMN-NAME: of the first row of submissions.csv
    awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i }
                          NR == 2 { print $c }' "$out/submissions.csv"
}
account() { # the nine counts of the first submission
    sed -n 2p "$out/submissions.csv" | cut -d, -f12-20
}
reason() { # reason NAME FILE REASON LINE,COLUMN: the file on stdin
    one "$2"
    got=$(sed -n 2p "$out/rejects.csv")
    case $got in
    *,"$3",*) ok "$1 gives $3" 0 ;;
    *)
        ok "$1 gives $3" 1
        echo "# got: $got $(cat "$root/err")"
        ;;
    esac
    is "$1 is placed" "$(echo "$got" | cut -d, -f3,4)" "$4"
    [ "$rc" -eq 3 ] || { ok "$1 exits 3" 1; echo "# rc $rc $(cat "$root/err")"; }
}

# --- encodings ---
long='unit,indicator,period,value
S,inv,2023-05,1234.5
D,inv,2023-05,100
'
one long.csv <<END
$long
END
is 'a plain long table' "$(account)" '4,2,0,2,2,2,0,0,2'
is 'it exits 0' "$rc" 0
is 'it is on time' "$(field timeliness) $(field deadline)" 'on_time 2023-06-21'
is 'its period' "$(field period)" 2023-05
is 'the line of account' "$(head -n 1 "$root/account")" \
    'collect: files 1 (duplicate 0), rows in 4 = accepted 2 + rejected 0 + ignored 2; cells in 2 = accepted 2 + rejected 0 + empty 0; observations 2'
[ -s "$data/$(field segment)" ]
ok 'its segment is there' $?
[ ! -e "$inbox/long.csv" ] && ls "$data"/archive/*/*.gz >/dev/null
ok 'the original is archived and gone from the inbox' $?
gzip -dc "$data"/archive/*/*.gz | cmp -s - - <<END
$long
END
gzip -dc "$data"/archive/*/*.gz | sha256sum | cut -c1-64 >"$root/sha"
is 'it is archived under its hash' "$(cat "$root/sha")" "$(field sha256)"
before=$(cat "$out"/*.csv "$out"/receipts/* | sha256sum)
collect
is 'a second run gives the same bytes' "$(cat "$out"/*.csv "$out"/receipts/* | sha256sum)" "$before"
rm -rf "$data/segments"
collect -j 1
is 'so does a run without the store' "$(cat "$out"/*.csv "$out"/receipts/* | sha256sum)" "$before"

printf '\357\273\277单位,指标,月份,数值\r\n双清区,固定资产投资,2023年5月,"1,234.5"\r\n' >"$in"
one long_bom.csv <"$in"
is 'BOM, CRLF, Chinese heads' "$(account)" '2,1,0,1,1,1,0,0,1'
printf '\265\245\316\273,\326\270\261\352,\324\302\267\335,\312\375\326\265\n\313\253\307\345\307\370,\271\314\266\250\327\312\262\372\315\266\327\312,2023\304\3525\324\302,12\n' >"$in"
one long_gbk.csv <"$in"
is 'GB18030' "$(account)" '2,1,0,1,1,1,0,0,1'
printf '%s' "$long" | gzip >"$in"
one long.dat <"$in"
is 'gzip by content' "$(account)" '3,2,0,1,2,2,0,0,2'
printf 'unit;indicator;period;value\nS;inv;2023-05;7\n' >"$in"
one long_semicolon.csv <"$in"
is 'another delimiter' "$(account)" '2,1,0,1,1,1,0,0,1'
printf 'unit,indicator,period,value\nS,inv,2023-05,7\n' >"$in"
one other.csv <"$in"
is 'a name of no form, heads of a long table' "$(field form) $(account)" 'long 2,1,0,1,1,1,0,0,1'
has 'the receipt says so' "$out/receipts/00001.md" '已按表头识别为长表'

# --- layouts ---
one across.csv <<'END'
邵阳市2023年5月主要指标,,,,,,
,,,,,,单位：万元
地区,固定资产投资（万元）,固定资产投资_累计增速(%),投资排名,道路,内部,备注
双清区,"1,234.5",5.3%,并列第一,80%,x,试报
大祥区,１２．３亿元,-2.1,3,完成,,
北塔区,未报,…,第三,未完成,,

地区,固定资产投资（万元）,固定资产投资_累计增速(%),投资排名,道路,内部,备注
合计,5000,4.0,,,,
注：初步数,,,,,,
审核：张三,,制表：李四,,,,
END
is 'a wide table with titles, total and notes' "$(account)" '11,3,0,8,12,12,0,0,12'
is 'what was ignored, and why' "$(cut -d, -f3,4 "$out/ignored.csv" | tr '\n' ' ')" \
    'line,reason 1,title 2,title 3,header 7,blank 8,header 9,total 10,footnote 11,footnote '
is 'its period is that of the title' "$(field period)" 2023-05
one 双清区_2023-05_wide.csv <<'END'
指标说明,,
固定资产投资,固定资产投资,造林面积(亩)
累计(万元),累计同比,
12,5.1,30
END
is 'unit and period of the file name, two header rows' "$(account)" '4,1,0,3,3,3,0,0,3'
one periods.csv <<'END'
2023年,,,
地区,1-2月,3月,4月(亿元)
双清区,10,20,
大祥区,11,--,0.3
END
is 'periods across, the year from the title' "$(account)" '4,2,0,2,6,5,0,1,5'
one nhs.csv <<'END'
period,unit,kind,n,x
2023-05,S,1,10,1
2023-05,S,2,20,1
END
is 'a qualifier column' "$(account)" '3,2,0,1,2,2,0,0,2'
mkdir -p "$root/x" && fresh && mkdir "$inbox/大祥区"
printf 'indicator,period,value\ninv,2023-05,1\n' >"$inbox/大祥区/long.csv"
collect
is 'the unit is that of the folder' "$(field sender) $(account)" '大祥区 2,1,0,1,1,1,0,0,1'

# --- duplicates and corrections ---
fresh
printf '%s' "$long" >"$inbox/long.csv"
touch -d 2023-06-01T00:00:00Z "$inbox/long.csv"
collect
printf '%s' "$long" >"$inbox/long.csv"
touch -d 2023-06-02T00:00:00Z "$inbox/long.csv"
collect
is 'the same file twice' "$(cut -d, -f9,12-20 "$out/submissions.csv" | tail -n 1)" \
    'duplicate,3,0,0,3,0,0,0,0,0'
printf '%s' "$long" | sed s/1234.5/1200/ >"$inbox/long.csv"
touch -d 2023-06-03T00:00:00Z "$inbox/long.csv"
collect
is 'a correction' "$(cut -d, -f9 "$out/submissions.csv" | tr '\n' ' ')" 'state accepted duplicate accepted '
printf '%s' "$long" >"$inbox/long.csv"
touch -d 2023-06-04T00:00:00Z "$inbox/long.csv"
collect
is 'a correction taken back is no duplicate' \
    "$(cut -d, -f9 "$out/submissions.csv" | tr '\n' ' ')" 'state accepted duplicate accepted accepted '
collect --as-of 2023-06-02
is 'as of an earlier day' "$(cut -d, -f1 "$out/submissions.csv" | tr '\n' ' ')" 'arrival 1 2 '
printf '%s' "$long" >"$inbox/long.csv"
touch -d 2023-06-04T00:00:00Z "$inbox/long.csv"
collect
is 'a file entered but not yet removed' "$(wc -l <"$out/submissions.csv"; ls "$inbox")" 5
one long.csv <<'END'
unit,indicator,period,value
S,inv,2023-05,7
S,inv,2023-05,7.0
END
is 'one row twice in a file' "$(account) $(tail -n 1 "$out/ignored.csv")" \
    '3,1,0,2,1,1,0,0,1 1,long.csv,3,duplicate'
one long.csv <<'END'
unit,indicator,period,value
END
is 'a header without rows is a nil report' "$(field state) $rc" 'nil 0'
echo 'unit,indicator,value' | one nil_2023-05.csv
is 'of the period that its name says' "$(field state) $(field period) $(field deadline)" 'nil 2023-05 2023-06-21'
fresh
printf '%s' "$long" >"$inbox/long.csv"
touch -d 2023-06-21T16:00:00Z "$inbox/long.csv"
collect
is 'late by the offset of the profile' "$(field timeliness)" late
fresh
printf '%sS,inv,2022-05,1000\n' "$long" >"$inbox/long.csv"
touch -d 2023-06-21T16:00:00Z "$inbox/long.csv"
collect
is 'last year beside it takes no deadline away' "$(field timeliness) $(field period)" 'late 2023-05'
fresh
mkfifo "$inbox/pipe"
ln -s /etc/passwd "$inbox/link.csv"
printf x >"$inbox/a.part"
printf x >"$inbox/.b"
printf x >"$inbox/c~"
collect
is 'pipes, links and unfinished files stay' "$(ls -A "$inbox" | tr '\n' ' ')$(wc -l <"$out/submissions.csv")" \
    '.b a.part c~ link.csv pipe 1'

# --- every reason ---
head='unit,indicator,period,value'
row() { # row NAME REASON PLACE: the row on stdin under the usual heads
    { echo "$head"; cat; } >"$root/row"
    reason "$1" long.csv "$2" "$3" <"$root/row"
}
printf '%s' "$long" | gzip | head -c 40 >"$in"
reason 'a cut gzip' long.csv file.damaged 0,0 <"$in"
reason 'an empty file' long.csv file.empty 0,0 </dev/null
printf 'PK\003\004xxxx' >"$in"
reason 'a workbook' long.csv file.not_text 0,0 <"$in"
printf '\377\377\377\377\377\377' >"$in"
reason 'no text' long.csv file.encoding 0,0 <"$in"
printf 'a,b\n1,2\n' >"$in"
reason 'an unknown form' what.csv form.unknown 0,0 <"$in"
is 'its lines are rejected rows' "$(account)" '2,0,2,0,0,0,0,0,0'
printf 'a,b\n1,2\n' >"$in"
reason 'no header' long.csv header.missing 0,0 <"$in"
printf 'indicator,period,value\ninv,2023-05,1\n' >"$in"
reason 'no unit' long.csv unit.unstated 0,0 <"$in"
printf 'unit,indicator,value\nS,inv,1\n' >"$in"
reason 'no period' long.csv period.unstated 0,0 <"$in"
for usual in 时期 期间 所属期 报告时间 统计时间 报告年月; do
    printf '单位,指标,%s,数值\nS,inv,2023-05,1\n' "$usual" >"$in"
    one long.csv <"$in"
    is "a period headed $usual" "$(account)" '2,1,0,1,1,1,0,0,1'
done
printf 'unit,period,value\nS,2023-05,1\n' >"$in"
reason 'no indicator' long.csv header.missing 0,0 <"$in"
printf 'unit,2023-05\nS,1\n' >"$root/x/p"
sed -i 's/^periods,.*/periods,periods*,periods-across,,,,,,title,,,,/' "$config/forms.csv"
reason 'no indicator in the title' periods.csv indicator.unstated 0,0 <"$root/x/p"
printf '地区代码,地区,指标,时间,数值\nS,大祥区,inv,2023-05,1\n' >"$in"
reason 'a code of another unit' long.csv unit.differs 2,3 <"$in"
printf '地区,指标代码,指标名称,时间,数值\nS,inv,造林面积,2023-05,1\n' >"$in"
reason 'a code of another indicator' long.csv indicator.differs 2,7 <"$in"
printf '固定资产投资、造林面积,\nunit,2023-05\nS,1\n' >"$in"
reason 'two indicators in the title' periods.csv indicator.unclear 0,0 <"$in"
printf '固定资产投资完成额及增速,\nunit,2023-05\nS,1\n' >"$in"
reason 'levels or growth' periods.csv measure.unclear 0,0 <"$in"
printf '双清区、大祥区,\nperiod,inv,farm\n2023-05,1,2\n' >"$in"
reason 'two units in the title' across.csv unit.unclear 0,0 <"$in"
printf '2023年4月、2023年5月,\nunit,inv,farm\nS,1,2\n' >"$in"
reason 'two periods in the title' across.csv period.unclear 0,0 <"$in"
printf 'unit,period,inv,invv\nS,2023-05,1,2\n' >"$in"
reason 'an unknown head' across.csv head.unknown 1,17 <"$in"
is 'the header row counts as rejected' "$(account)" '2,1,1,0,1,1,0,0,1'
printf 'unit,period,inv,投资\nS,2023-05,1,2\n' >"$in"
reason 'a head twice' across.csv head.twice 1,17 <"$in"
printf 'unit,period,inv_本月,inv_累计,inv_增长%%\nS,2023-05,1,2,3\n' >"$in"
reason 'growth behind two figures' across.csv head.ambiguous 1,27 <"$in"
printf 'unit,period,inv,,造林面积\nS,2023-05,1,2,3\n' >"$in"
reason 'numbers without a head' across.csv head.missing 1,17 <"$in"
echo 'S,inv,"2023-05,1' >"$in"
row 'an unclosed quote' row.quote_unclosed 2,0 <"$in"
# The whole of what is left is one cell then: it looked like a footnote and was ignored.
echo '"S,inv,2023-05,1' >"$in"
row 'an unclosed quote in the first cell of the last row' row.quote_unclosed 2,0 <"$in"
echo 'S,inv,2023-0"5,1' >"$in"
row 'a stray quote' row.quote_stray 2,0 <"$in"
printf 'S,inv,2023-05,1\0002\n' >"$in"
row 'a NUL' row.nul 2,0 <"$in"
echo 'S,inv,2023-05,1,234.5' >"$in"
row 'a mark that is not quoted' row.too_long 2,0 <"$in"
echo 'S,inv' >"$in"
row 'a short row' row.too_short 2,0 <"$in"
echo ',inv,2023-05,1' >"$in"
row 'no unit in a row' unit.missing 2,1 <"$in"
echo '双青区,inv,2023-05,1' >"$in"
row 'an unknown unit' unit.unknown 2,1 <"$in"
has 'a name that is near' "$out/rejects.csv" '双清区'
echo '同名镇,inv,2023-05,1' >"$in"
row 'a name of two units' unit.ambiguous 2,1 <"$in"
echo 'X,inv,2023-05,1' >"$in"
row 'a unit that is no more' unit.not_valid 2,15 <"$in"
echo 'S,,2023-05,1' >"$in"
row 'no indicator in a row' indicator.missing 2,3 <"$in"
echo 'S,固定资产投次,2023-05,1' >"$in"
row 'an unknown indicator' indicator.unknown 2,3 <"$in"
echo 'S,同名指标,2023-05,1' >"$in"
row 'a name of two indicators' indicator.ambiguous 2,3 <"$in"
echo 'S,inv,,1' >"$in"
row 'no period in a row' period.missing 2,7 <"$in"
echo 'S,inv,2023-13,1' >"$in"
row 'a month that is none' period.malformed 2,7 <"$in"
echo 'S,gdp,2023-05,1' >"$in"
row 'a month of a quarterly indicator' period.frequency 2,15 <"$in"
echo 'S,inv,2023-05,12 吨' >"$in"
row 'tons of money' uom.mismatch 2,15 <"$in"
echo 'S,inv,2023-05,$12' >"$in"
row 'dollars of yuan' uom.currency 2,15 <"$in"
echo 'S,farm,2023-05,1亩' >"$in"
row 'an inexact conversion' uom.inexact 2,16 <"$in"
echo 'S,inv,2023-05,1O4.2' >"$in"
row 'a letter in a number' number.malformed 2,15 <"$in"
echo 'S,inv,2023-05,"1.234,5"' >"$in"
row 'a decimal comma' number.marks 2,15 <"$in"
echo 'S,inv,2023-05,#DIV/0!' >"$in"
row 'an error of a spreadsheet' number.spreadsheet 2,15 <"$in"
echo 'S,inv,2023-05,1.2E+05' >"$in"
row 'an exponent' number.exponent 2,15 <"$in"
echo 'S,inv,2023-05,5月1日' >"$in"
row 'a date' number.date 2,15 <"$in"
echo 'S,inv,2023-05,1234567890123456789012' >"$in"
row 'too many digits' number.too_long 2,15 <"$in"
echo 'S,air,2023-05,甲' >"$in"
row 'an unknown grade' grade.unknown 2,15 <"$in"
echo 'S,road,2023-05,明天' >"$in"
row 'no state of completion' milestone.malformed 2,16 <"$in"
head='unit,indicator,period,value,measure,unit_mult,obs_status'
echo 'S,inv,2023-05,1,猜,,' >"$in"
row 'an unknown measure' measure.unknown 2,17 <"$in"
echo 'S,inv,2023-05,1,,3,' >"$in"
row 'a multiplier that contradicts' uom.multiplier 2,15 <"$in"
echo 'S,inv,2023-05,1,,,ZZ' >"$in"
row 'an unknown status' status.unknown 2,19 <"$in"
echo 'S,inv,2023-05,1,,,L' >"$in"
row 'a number that is said to be missing' status.conflict 2,15 <"$in"
printf 'unit,period,投资排名\nS,2023-05,最后\n' >"$in"
reason 'no place' across.csv rank.malformed 2,11 <"$in"
printf 'unit,indicator,period,value\nS,inv,2023-05,1\nS,inv,2023-05,2\n' >"$in"
reason 'two values of one key' long.csv key.conflict 3,15 <"$in"
printf 'unit,indicator,period,value,ACTION\nS,inv,2023-05,1,X\n' >"$in"
reason 'an unknown action' long.csv action.unknown 2,17 <"$in"
printf 'unit,period,投资\nS,2023-05,1\nunit,period,粮食\nS,2023-05,1\n' >"$in"
reason 'a table of no form' across.csv table.unknown 3,0 <"$in"
reason 'nothing to take back' long.csv.withdraw withdrawal.nothing 0,0 </dev/null
for code in $(sed -n 's/^ *\[TB_REASON_[A-Z_]*\] = { "\([a-z_.]*\)".*/\1/p' \
    "$(dirname "$0")/../../etl/collect/receipt/reject.c"); do
    [ "$code" = file.too_large ] || # a gigabyte is no fast test
        grep -q "[ ,]$code" "$(dirname "$0")"/*.sh || { ok "reason $code has a case" 1; }
done

# --- one bad file does not stop the others; the account of the run ---
fresh
printf '%s' "$long" >"$inbox/long1.csv"
printf 'PK\003\004xxxx' >"$inbox/long2.csv"
printf 'unit,indicator,period,value\nS,farm,2023-05,x1\nD,farm,2023-05,\nB,farm,2023-05,3\n' >"$inbox/long3.csv"
touch -d 2023-06-20T00:00:00Z "$inbox"/*
collect
is 'three files, one damaged' "$(cut -d, -f9 "$out/submissions.csv" | sort | tr '\n' ' ')" \
    'accepted partial rejected state '
is 'the account of the run' "$(head -n 1 "$root/account")" \
    'collect: files 3 (duplicate 0), rows in 8 = accepted 4 + rejected 2 + ignored 2; cells in 5 = accepted 3 + rejected 1 + empty 1; observations 3'
awk -F, 'NR > 1 && ($12 != $13 + $14 + $15 || $16 != $17 + $18 + $19) { bad = 1 } END { exit bad }' \
    "$out/submissions.csv"
ok 'each file balances' $?
# --- a file from the year 33658: the ledger could not have been read again ---
fresh
far=$(mktemp -d /dev/shm/tongbao-collect.XXXXXX 2>/dev/null)
if [ -n "$far" ] && printf '%s' "$long" >"$far/long1.csv" && touch -d @999999999999 "$far/long1.csv" 2>/dev/null &&
    [ "$(stat -c %Y "$far/long1.csv")" = 999999999999 ]; then
    printf '%s' "$long" >"$far/long2.csv"
    rmdir "$inbox" && ln -s "$far" "$inbox"
    collect
    is 'a time that is no date stays in the inbox' "$(ls "$far")" 'long1.csv'
    is 'and the others are taken' "$(sed 1d "$out/submissions.csv" | cut -d, -f3)" 'long2.csv'
    rm "$inbox"
else
    skip 'a time that is no date' 'no file system for such a time'
fi
[ -z "$far" ] || rm -rf "$far"
"$TB_BIN/tongbao-collect" --help >"$root/help" && has 'help' "$root/help" 'tongbao-collect'

done_testing
