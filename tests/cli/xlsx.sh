#!/bin/sh
# xlsx.sh - workbooks through tongbao-xlsx: what is printed of each kind of cell, workbooks as
# others write them, the published one, what collect reads of it, and hostile ones.  Workbooks are
# written here, part by part.
. "$(dirname "$0")/lib.sh"
pack=$TB_BUILD/pack
xlsx=$TB_BIN/tongbao-xlsx

# --- a workbook, part by part ---
main='xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
docs=http://schemas.openxmlformats.org/officeDocument/2006/relationships
sheets=http://schemas.openxmlformats.org/package/2006/relationships
part=$root/part
relation() { printf '<Relationship Id="%s" Type="%s/%s" Target="%s"/>' "$1" "$docs" "$2" "$3"; }
fresh() { # fresh: all parts of a workbook of two sheets; tests change what they are about
    rm -rf "$part"
    mkdir -p "$part"
    { printf '<Relationships xmlns="%s">' "$sheets"; relation rId1 officeDocument xl/workbook.xml; echo '</Relationships>'; } >"$part/rels"
    { printf '<Relationships xmlns="%s">' "$sheets"
      relation rId1 worksheet worksheets/sheet1.xml
      relation rId2 worksheet /xl/worksheets/sheet2.xml
      relation rId3 styles styles.xml
      relation rId4 sharedStrings sharedStrings.xml
      echo '</Relationships>'; } >"$part/bookrels"
    cat >"$part/book" <<XML
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook $main xmlns:r="$docs"><workbookPr/><sheets>
<sheet name="2023年5月" sheetId="1" r:id="rId1"/><sheet name="a,b" sheetId="7" state="hidden" r:id="rId2"/></sheets></workbook>
XML
    cat >"$part/styles" <<XML
<styleSheet $main><numFmts count="4"><numFmt numFmtId="164" formatCode="0.0%"/>
<numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="166" formatCode="#,##0,"/>
<numFmt numFmtId="167" formatCode="0.0&quot;%&quot;"/><numFmt numFmtId="168" formatCode="yyyy-mm-dd hh:mm"/></numFmts>
<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/><xf numFmtId="166"/>
<xf numFmtId="167"/><xf numFmtId="2"/><xf numFmtId="168"/></cellXfs></styleSheet>
XML
    cat >"$part/strings" <<XML
<sst $main><si><t>单位</t></si><si><r><rPr><b/></rPr><t>固定</t></r><r><t xml:space="preserve">资产 </t></r><rPh><t>guding</t></rPh></si>
<si><t>a, "b"_x000D_
c</t></si><si><t>=1+1</t></si><si/></sst>
XML
    sheet sheet1 '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    sheet sheet2 ''
}
sheet() { printf '<worksheet %s><sheetData>%s</sheetData></worksheet>' "$main" "$2" >"$part/$1"; } # sheet NAME ROWS
book() { # book [WORD...]: packs what is there into $root/b.xlsx
    rm -f "$root/b.xlsx"
    "$pack" "$root/b.xlsx" "$@" _rels/.rels="$part/rels" xl/workbook.xml="$part/book" \
        xl/_rels/workbook.xml.rels="$part/bookrels" xl/styles.xml="$part/styles" \
        xl/sharedStrings.xml="$part/strings" xl/worksheets/sheet1.xml="$part/sheet1" xl/worksheets/sheet2.xml="$part/sheet2"
}
print() { # print: what the workbook gives, and the exit code
    "$xlsx" "$root/b.xlsx" >"$root/out" 2>"$root/err"
    echo $? >>"$root/out"
    cat "$root/err" >>"$root/out"
}

# --- cells ---
expect_cell() { # expect_cell NAME CELLS EXPECTED: as cells, of one row
    fresh
    sheet sheet1 "<row>$2</row>"
    book
    print
    is "$1" "$(cat "$root/out")" "-------- 1 - 2023年5月
$3
\"-------- 2 - a,b\"
0"
}
expect_cell 'strings: shared, rich without how they are said, quoted' \
    '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c><c t="s"><v>4</v></c>' \
    '单位,固定资产 ,"a, ""b""
c",=1+1'
expect_cell 'strings in place, of formulas, escaped' \
    '<c t="inlineStr"><is><t>in</t></is></c><c t="inlineStr"><is><r><t>li</t></r><r><t>ne</t></r></is></c><c t="str"><f>A1</f><v>&lt;x&gt;</v></c>' \
    'in,line,<x>'
expect_cell 'numbers: the digits of a person, no exponent' \
    '<c><v>2.2999999999999998</v></c><c><v>1.2E5</v></c><c t="n"><v>-1E-3</v></c><c s="6"><v>2.25</v></c><c s="4"><v>1234567</v></c>' \
    '2.3,120000,-0.001,2.25,1234567'
expect_cell 'percentages as they are shown, with all digits' \
    '<c s="1"><v>5.2999999999999999E-2</v></c><c s="1"><v>0.05345</v></c><c s="1"><v>-1</v></c><c s="5"><v>5.3</v></c><c s="1" t="str"><v>0.5</v></c>' \
    '5.3%,5.345%,-100%,5.3%,0.5'
expect_cell 'dates, months, moments' \
    '<c s="2"><v>45047</v></c><c s="3"><v>45047</v></c><c s="3"><v>45048</v></c><c s="7"><v>45047.5</v></c><c s="2"><v>60</v></c><c s="2"><v>-5</v></c><c t="d"><v>2023-05-01T00:00:00</v></c>' \
    '2023-05-01,2023-05,2023-05-02,2023-05-01 12:00:00,1900-02-29,-5,2023-05-01'
expect_cell 'booleans, errors, what is no number' \
    '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#DIV/0!</v></c><c><v>abc</v></c>' 'TRUE,FALSE,#DIV/0!,abc'
expect_cell 'formulas: their result; without one they are no empty cells' \
    '<c><f>1+1</f><v>2</v></c><c><f>A1</f></c><c><f>A1</f><v/></c><c t="str"><f>A1</f><v></v></c><c t="s"><v>0</v></c>' \
    '2,#NOT-CALCULATED,#NOT-CALCULATED,,单位'
expect_cell 'cells that are left out, and empty ones at the end' \
    '<c r="B1"><v>1</v></c><c r="E1"><v>2</v></c><c r="F1" s="1"/><c r="XFD1"/>' ',1,,,2'
fresh
sheet sheet1 '<row><c><v>1</v></c></row><row/><row><c/><c><v>2</v></c><c><v>3</v></c><c s="1"/></row><row><c/><c s="1"/><c/></row><row><c r="B5"><v>4</v></c></row>'
book
print
is 'rows are as wide as the widest' "$(sed -n '2,6p' "$root/out" | tr '\n' '|')" '1,,||,2,3||,4,|'
expect_cell 'elements with prefixes, unknown ones, extensions' \
    '<c><v>1</v><extLst><v>7</v></extLst></c><x:y xmlns:x="u"><c><v>8</v></c></x:y><c><v>2</v></c>' '1,2'
fresh
sheet sheet1 '<row r="2"><c><v>1</v></c></row><row><c><v>2</v></c></row><row r="6"/><row r="8"><c s="1"/></row><row r="9"><c><v>3</v></c></row><row r="1048576"><c/></row>'
sheet sheet2 '<row><c><v>4</v></c></row>'
book
print
is 'rows keep their numbers; none at the end that is empty' "$(tr '\n' '|' <"$root/out")" \
    '-------- 1 - 2023年5月||1|2||||||3|"-------- 2 - a,b"|4|0|'
fresh
sed -i 's|<workbookPr/>|<workbookPr date1904="1"/>|' "$part/book"
sheet sheet1 '<row><c s="2"><v>43585</v></c></row>'
book
print
is 'a workbook that counts from 1904' "$(sed -n 2p "$root/out")" 2023-05-01
sed -i 's|date1904="1"|date1904="0"|' "$part/book"
sheet sheet1 '<row><c s="2"><v>45047</v></c></row>'
book -s
print
is 'a workbook that says that it does not, stored' "$(sed -n 2p "$root/out")" 2023-05-01
fresh
sed -i 's|<Relationship [^>]*/styles"[^>]*>||; s|<Relationship [^>]*/sharedStrings"[^>]*>||; s|relationships/worksheet" Target="/xl|relationships/chartsheet" Target="/xl|' "$part/bookrels"
sheet sheet1 '<row><c s="9"><v>0.5</v></c></row>'
book
print
is 'without styles and strings; a chart is no sheet of cells' "$(tr '\n' '|' <"$root/out")" '-------- 1 - 2023年5月|0.5|0|'

# --- hostile ---
refused() { # refused NAME MESSAGE: of the workbook that is there
    print
    is "$1" "$(cat "$root/err") $(sed -n '/^[0-9]$/p' "$root/out" | tail -n 1)" "tongbao-xlsx: $root/b.xlsx: $2 1"
}
bad() { # bad NAME ROWS MESSAGE
    fresh
    sheet sheet1 "$2"
    book
    refused "$1" "sheet '2023年5月': part 'xl/worksheets/sheet1.xml': $3"
}
bad 'a column too many' '<row r="3"><c r="XFE3"/></row>' "row 3 has a cell 'XFE3'"
bad 'a row too many' '<row r="1048577"/>' "no row '1048577'"
bad 'a row behind the last' '<row r="1048576"/><row/>' 'row 1048577 comes behind row 1048576'
bad 'rows that go back' '<row r="2"/><row r="1"/>' 'row 1 comes behind row 2'
bad 'cells that go back' '<row><c r="B1"/><c r="B1"/></row>' 'row 1: column 2 comes behind column 2'
bad 'a cell of another row' '<row r="1"><c r="A2"/></row>' "row 1 has a cell 'A2'"
bad 'a string that is not there' '<row><c t="s"><v>5</v></c></row>' "row 1, column 1: names string '5' of 5"
bad 'a string of a bad number' '<row><c t="s"><v>-1</v></c></row>' "row 1, column 1: names string '-1' of 5"
bad 'a style that is not there' '<row><c s="8"><v>1</v></c></row>' 'row 1, column 1: has style 8 of 8'
bad 'a style of a bad number' '<row><c s="x"><v>1</v></c></row>' "row 1, column 1: bad style 'x'"
bad 'an unknown type' '<row><c t="q"><v>1</v></c></row>' "row 1, column 1: unknown type 'q'"
bad 'XML that does not close' '<row><c>' 'line 1 is no XML: mismatched tag'
deep=$(awk 'BEGIN { for (i = 0; i < 100; i++) printf "<x>" }')
bad 'elements that are nested deeply' "$deep" 'elements are nested more than 64 deep'
fresh
printf '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>' >"$part/sheet1"
book
refused 'a document type' "sheet '2023年5月': part 'xl/worksheets/sheet1.xml': has a document type, which no workbook has"
fresh
{ printf '<worksheet><sheetData>'; head -c 100000000 /dev/zero | tr '\0' ' '; printf '</sheetData></worksheet>'; } >"$part/sheet1"
book
refused 'a part that unpacks a thousandfold' "sheet '2023年5月': part 'xl/worksheets/sheet1.xml': unpacks to more than 500 times its size"
{ printf '<worksheet><sheetData a="'; head -c 6000000 /dev/zero | tr '\0' 'a'; printf '"/></worksheet>'; } >"$part/sheet1"
book
refused 'a tag that does not end' "sheet '2023年5月': part 'xl/worksheets/sheet1.xml': one tag of more than 4 MiB"
{ printf '<worksheet><sheetData><row><c t="str"><v>'; head -c 2000000 /dev/zero | tr '\0' 'a'; printf '</v></c></row></sheetData></worksheet>'; } >"$part/sheet1"
book
refused 'a text that does not end' "sheet '2023年5月': part 'xl/worksheets/sheet1.xml': row 1, column 1: more than 1048576 bytes of text"
fresh
sed -i 's|sheet1.xml|sheet9.xml|' "$part/bookrels"
book
refused 'a sheet that is missing' "sheet '2023年5月': part 'xl/worksheets/sheet9.xml' is missing"
fresh
sed -i 's|Target="worksheets/sheet1.xml"|Target="http://x/a" TargetMode="External"|' "$part/bookrels"
book
refused 'a sheet elsewhere' "part 'xl/_rels/workbook.xml.rels': a relation leads out of the workbook"
fresh
sed -i 's|worksheets/sheet1.xml|../../../etc/passwd|' "$part/bookrels"
book
refused 'a sheet above the workbook' "part 'xl/_rels/workbook.xml.rels': a relation leads nowhere: '../../../etc/passwd'"
fresh
sed -i 's|Id="rId2"|Id="rId1"|' "$part/bookrels"
book
refused 'two sheets of one relation' "part 'xl/_rels/workbook.xml.rels': two relations for one thing"
fresh
sed -i 's|officeDocument"|other"|' "$part/rels"
book
refused 'no workbook in it' 'no workbook: no relation leads to one'
fresh
sed -i 's|<sheet [^>]*>||g' "$part/book"
book
refused 'a workbook without sheets' "part 'xl/workbook.xml' names no sheet"
fresh
book XL/Workbook.xml="$part/book"
refused 'a part that is there twice' "two parts 'xl/workbook.xml'"
fresh
book
size=$(wc -c <"$root/b.xlsx")
cp "$root/b.xlsx" "$root/whole.xlsx"
failed=0
for cut in 4 30 100 500 $((size / 2)) $((size - 30)) $((size - 1)); do
    head -c "$cut" "$root/whole.xlsx" >"$root/b.xlsx"
    print
    [ "$(wc -l <"$root/err")" = 1 ] && grep -q 'no workbook' "$root/err" || failed=1
done
ok 'a workbook that is cut' $failed
# One byte changed in each place: refused or read, never anything else.
failed=0 at=0
while [ "$at" -lt "$size" ]; do
    { head -c "$at" "$root/whole.xlsx"; printf '\377'; tail -c "+$((at + 2))" "$root/whole.xlsx"; } >"$root/b.xlsx"
    "$xlsx" "$root/b.xlsx" >/dev/null 2>"$root/err"
    case $? in 0 | 1) ;; *) failed=1; sed 's/^/# /' "$root/err" ;; esac
    at=$((at + 17))
done
ok 'a workbook with a byte that is wrong' $failed
printf 'a,b\n1,2\n' >"$root/b.xlsx"
refused 'a text' 'no workbook (.xlsx): no zip'
printf '\320\317\021\340\241\261\032\341%600s' '' >"$root/b.xlsx"
refused 'a workbook with a password' 'a workbook with a password, or an old one (.xls): save it as .xlsx without a password'
rm "$root/b.xlsx"
refused 'no file' 'cannot open: No such file or directory'
mkdir "$root/b.xlsx"
refused 'a folder' 'is no file'
rmdir "$root/b.xlsx"
"$xlsx" "$root/whole.xlsx" >/dev/full 2>"$root/err"
is 'a full disk' "$? $(wc -l <"$root/err")" '1 1'
for words in '' '--nothing' 'a b'; do
    "$xlsx" $words >"$root/out" 2>"$root/err"
    is "wrong usage: '$words'" "$? $(wc -c <"$root/out") $(wc -l <"$root/err")" '2 0 1'
done
"$xlsx" --help >"$root/out"
is 'help' "$? $(head -n 1 "$root/out")" '0 usage: tongbao-xlsx FILE'
is 'its version is that of tongbao' "$("$xlsx" --version)" "$("$TB_BIN/tongbao" version | sed 's/^tongbao /tongbao-xlsx /')"

# --- collect runs it, wherever PATH leads ---
config=$root/config/p
data=$root/datasets/p
mkdir -p "$config" "$data/inbox"
printf 'unit,name_zh,groups\nS,双清区,city\nD,大祥区,city\n' >"$config/units.csv"
printf 'indicator,name_zh,unit_measure,kind,direction\ninv,固定资产投资,万元,flow,higher\n' >"$config/indicators.csv"
printf 'form,files,layout\ninv,*投资*,indicators-across\n' >"$config/forms.csv"
printf '[profile]\nname_zh = 试验\n[converters]\n.xlsx = tongbao-xlsx {in}\nmemory_mib = 0\n' >"$config/profile.ini"
"$TB_BIN/tongbao" -C "$root" -p p check >/dev/null 2>"$root/err"
is 'check knows it' "$? $(cat "$root/err")" '0 '
text() { printf '<c t="inlineStr"><is><t>%s</t></is></c>' "$1"; }
fresh
rows=$(printf '<row>%s%s%s%s</row>' "$(text 单位)" "$(text 期别)" "$(text 固定资产投资（万元）)" "$(text '固定资产投资增速(%)')"
    printf '<row>%s<c s="3"><v>45047</v></c><c><v>2.2999999999999998</v></c><c s="1"><v>0.053</v></c></row>' "$(text 双清区)"
    printf '<row>%s<c s="3"><v>45047</v></c><c><f>C2</f></c><c s="1"><v>-0.001</v></c></row>' "$(text 大祥区)")
sheet sheet1 "$rows"
book
cp "$root/b.xlsx" "$data/inbox/投资.xlsx"
touch -d 2023-06-20T00:00:00Z "$data/inbox/投资.xlsx"
PATH=/usr/bin:/bin "$TB_BIN/tongbao-collect" -C "$root" -p p --run "$root/run" -q >/dev/null 2>"$root/err"
is 'collect reads it: a result that is missing is rejected' "$? $(sed -n '2,$p' "$root/run/collect/rejects.csv" | cut -d, -f3,7)" \
    '3 4,number.spreadsheet'
mkdir -p "$root/reports/templates"
"$TB_BIN/tongbao" -C "$root" -p p --run "$root/run" export 2>"$root/err" | awk -F, 'NR > 1 { print $1, $3, $5, $6 }' | sort >"$root/out"
is 'a fraction shown as percent is that percentage, a noisy number what was typed' "$(cat "$root/out" | tr '\n' ';')" \
    'D growth 2023-05 -0.1;S growth 2023-05 5.3;S value 2023-05 2.3;'

# --- as others write them ---
if command -v ssconvert >/dev/null; then
    printf 'unit,indicator,period,value\nS,inv,2023M04,1234567.891234\nD,inv,2023M04,0.3\n' >"$root/one.csv"
    printf '1\n\n2\n' >"$root/two.csv"
    rm -f "$root/b.xlsx"
    ssconvert --merge-to "$root/b.xlsx" "$root/one.csv" "$root/two.csv" >/dev/null 2>&1
    print
    is 'a workbook of Gnumeric comes back' "$(cat "$root/out")" "-------- 1 - one.csv
$(cat "$root/one.csv")
-------- 2 - two.csv
$(cat "$root/two.csv")
0"
else
    skip 'a workbook of Gnumeric comes back' 'ssconvert is not installed'
fi
real=${TB_DATA:-/nonexistent}/us-county-gdp
if [ -e "$real/lagdp1223.xlsx" ]; then
    "$xlsx" "$real/lagdp1223.xlsx" | tail -n +2 >"$root/out"
    tr -d '\r' <"$real/lagdp1223_sheet.csv" | sed 's/^,*$//' >"$root/sheet"
    is 'the published workbook of county GDP is the sheet beside it, byte for byte' \
        "$(wc -l <"$root/out") $(cmp "$root/out" "$root/sheet" 2>&1)" '3227 '
else
    skip 'the published workbook of county GDP is the sheet beside it, byte for byte' 'no us-county-gdp/lagdp1223.xlsx in the folder of real data'
fi

# --- the profile that init writes takes a workbook as it takes a text ---
text() { printf '<c t="inlineStr"><is><t>%s</t></is></c>' "$1"; }
trade() { # trade CELL: two sheets, merged heads, percent; the cell of the west
    fresh
    sheet sheet1 "<row>$(text '商务主要指标（2023年5月）')</row><row>$(text 单位：万元)</row>
<row>$(text 地区)$(text 社零总额)<c/></row><row><c/>$(text 累计)$(text 同比)</row>
<row>$(text 东区)<c><v>1100</v></c><c s=\"1\"><v>0.053</v></c></row><row>$(text 西区)$1<c s=\"1\"><v>0.048</v></c></row>"
    sheet sheet2 "<row>$(text 填表说明)</row><row>$(text 请于15日前报送)</row>"
    book
    mkdir -p "$root/new/datasets/p/inbox/com"
    cp "$root/b.xlsx" "$root/new/datasets/p/inbox/com/商务_2023年5月.xlsx"
    touch -d "$2 +0800" "$root/new/datasets/p/inbox/com/商务_2023年5月.xlsx"
    "$TB_BIN/tongbao-collect" -C "$root/new" -p p --run "$root/new/run" -q >"$root/out" 2>"$root/err"
}
"$TB_BIN/tongbao" -C "$root/new" init p >"$root/out" 2>"$root/err"
if nm "$xlsx" 2>/dev/null | grep -q __asan_init; then # it reserves terabytes
    sed -i 's/^memory_mib = .*/memory_mib = 0/' "$root/new/config/p/profile.ini"
fi
trade '<c s="2"><v>45000</v></c>' '2023-06-10 09:00'
is 'a date that was a number is refused, the rest is taken' "$? $(tail -n 1 "$root/new/run/collect/rejects.csv" | cut -d, -f3-7)" \
    '3 7,4,社零总额_累计,2023-03-15,number.date'
trade '<c><v>1049</v></c>' '2023-06-12 09:00'
is 'corrected and sent again: the ledger tells' \
    "$(cut -d, -f1,9,20,23,24 "$root/new/run/collect/submissions.csv" | tail -n 2 | tr '\n' ' ')" \
    '1,partial,3,first, 2,accepted,4,resubmitted,1 '

done_testing
