#!/bin/sh
# polluted.sh - 189 malformed and unusual CSV files, made by others to break readers, through
# collect in one go: none stops it, every account of rows balances, sound rows come through with
# the right values, and damaged ones are told with their line.
#
# pollock: one table (83 rows of products), each copy polluted in one way, with the clean table
# beside it.  The product is the unit here, Qty the indicator.
. "$(dirname "$0")/../truth/lib.sh"
. "$(dirname "$0")/../truth/published.sh"
data="$TB_DATA/csv-polluted"
skip_without "$data/facts.csv" "polluted: accounts balance" "polluted: no value is wrong" \
    "polluted: no row is lost without a word" "polluted: sound rows come through" "polluted: damaged rows are told"
pollock="$data/pollock"
house M
awk -F'","' 'BEGIN { print "unit,name_zh" } NR > 1 { print $4 "," $4 }' "$pollock/clean/source.csv" >"$root/config/p/units.csv"
printf 'indicator,name_zh,unit_measure,kind,direction\nQty,Qty,件,flow,none\n' >"$root/config/p/indicators.csv"
cat >"$root/config/p/forms.csv" <<'END'
form,files,layout,unit_from,period_from,columns
shop,*,indicators-across,column:PRODUCTID,fixed:2018-01,DATE=-;TIME=-;Price=-;ProductType=-;ProductDescription=-;URL=-;Comments=-
END
inbox="$root/datasets/p/inbox"
mkdir -p "$inbox/pollock" "$inbox/clean" "$inbox/csvkit" "$inbox/spectrum"
cp "$pollock"/csv/* "$inbox/pollock"
cp "$pollock"/clean/* "$inbox/clean"
find "$data/csvkit" -type f -exec cp {} "$inbox/csvkit" \;
cp "$data"/csv-spectrum/csvs/* "$inbox/spectrum"
files=$(find "$inbox" -type f | wc -l)
collected
is "polluted: $files files, each has its line" "$rc $(tail -n +2 "$root/submissions" | wc -l)" "3 $files"
ok "$(balanced "$run")" "polluted: accounts balance"

# One line for each row of each clean table: file, product, Qty, its line in the polluted file, whether that
# line is as in the file without pollution.
# source.csv is, byte for byte, file_record_delimiter_0xA.csv: a duplicate.
for file in "$pollock"/csv/[!s]*; do
    name=${file##*/}
    tr '\r' '\n' <"$file" | awk -v name="$name" '
        FILENAME == ARGV[1] { if (match($0, /[A-Z][A-Z]-[0-9][0-9][0-9][0-9]/)) sound[substr($0, RSTART, RLENGTH)] = $0; next }
        FILENAME == "-" { if (match($0, /[A-Z][A-Z]-[0-9][0-9][0-9][0-9]/)) { p = substr($0, RSTART, RLENGTH)
            if (!(p in line)) { line[p] = FNR; same[p] = $0 == sound[p] } } ; next }
        { n = split($0, cell, "\",\""); if (cell[4] ~ /^[A-Z][A-Z]-[0-9]+$/) print name "|" cell[4] "|" cell[3] "|" line[cell[4]] "|" same[cell[4]] }' \
        "$pollock/csv/source.csv" - "$pollock/clean/$name"
done >"$root/truth"
# What was taken: sender/file, product, Qty, line.  What was told: sender/file, line (0: the file as a whole).
awk -F, 'NR > 1 { split($12, at, ":"); print at[1] "|" $1 "|" $6 "|" at[2] }' "$root/export" >"$root/taken"
awk -F, 'NR == FNR { if (FNR > 1) sender[$1] = $4; next } FNR > 1 { print sender[$1] "/" $2 "|" $3 }' \
    "$root/submissions" "$root/rejects" | sort -u >"$root/told"
# Rows that end early are told in the receipt: how many, and the line of the first.
for receipt in "$run"/collect/receipts/*.md; do
    sed -n 's/\\//g; s/^- 文件 *//p; s/^- 报送单位 *//p; s/^- 第 \([0-9]*\) 行: 有 1 行末尾的单元格比其他行少.*/\1/p' "$receipt" |
        awk 'NR == 1 { name = $0 } NR == 2 { sender = $0 } NR == 3 { print sender "/" name "|" $0 }'
done >>"$root/told"
# One line for each polluted file: rows of the clean table, taken, not taken but told, wrong, lost without a word,
# sound lines not taken, changed lines taken that are not told.
awk -F'|' 'FILENAME == ARGV[1] { told[$1, $2] = 1; next }
    FILENAME == ARGV[2] { if ($1 ~ /^pollock/) { sub(/.*\//, "", $1); got[$1, $2] = $3; line[$1, $2] = $4; n_got[$1]++ } next }
    { names[$1] = 1; rows[$1]++; key = "pollock/" $1
      is_told = (key, $4) in told || (key, 0) in told
      if (($1, $2) in got) { right = got[$1, $2] == $3; taken[$1] += right; wrong[$1] += !right; n_got[$1]--
          quiet[$1] += !$5 && !((key, $4) in told) }
      else { refused[$1] += is_told; lost[$1] += !is_told; sound[$1] += $5 } }
    END { for (f in names) print f, rows[f], taken[f] + 0, refused[f] + 0, wrong[f] + n_got[f], lost[f] + 0, sound[f] + 0, quiet[f] + 0 }' \
    "$root/told" "$root/taken" "$root/truth" | sort >"$root/files"
sum() { awk -v c="$1" '{ s += $c } END { print s + 0 }' "$root/files"; }
is 'polluted: no value is wrong' "$(sum 5)" 0
is 'polluted: no row is lost without a word' "$(sum 6)" 0
# Without a header, or with a damaged one, nothing says what a column holds: the file is refused as a whole.
is 'polluted: sound rows come through, unless the header is damaged' "$(awk '$7 { print $1 }' "$root/files" | paste -s -d ' ')" \
    'file_no_header.csv row_extra_quote0_col0.csv row_field_delimiter_0_0x20.csv row_less_sep_row0_col1.csv row_more_sep_row0_col0.csv'
# In these files every line is changed, and the values are the same.
is 'polluted: damaged rows are told' "$(awk '$8 { print $1 }' "$root/files" | paste -s -d ' ')" \
    'file_field_delimiter_0x2C_0x20.csv file_field_delimiter_0x3B.csv file_field_delimiter_0x9.csv file_quotation_char_0x27.csv'
# By kind: files, rows of the clean tables, taken, told.  Six rows of the source hold quotes inside quotes: without
# doubling they are stray; in 49 a comma stands between single quotes, which are no quotes here, or a double quote.
# A blank is no delimiter that is looked for.  Two of less_sep end early with all that is read: taken, and told.
awk '{ k = $1; head = k ~ /row0_|quote0_|delimiter_0_/; sub(/\.csv$/, "", k); sub(/_(row)?[0-9]+_(col[0-9]+|0x20)$/, "", k); sub(/[0-9]+_col[0-9]+$/, "", k)
    if (head) k = k "_in_header"; f[k]++; r[k] += $2; t[k] += $3; d[k] += $4 } END { for (k in f) print k, f[k], r[k], t[k], d[k] }' \
    "$root/files" | sort >"$root/kinds"
cat >"$root/expected" <<'END'
file_double_trailing_newline 1 83 83 0
file_escape_char_0x00 1 83 77 6
file_escape_char_0x5C 1 83 77 6
file_field_delimiter_0x20 1 83 0 83
file_field_delimiter_0x2C_0x20 1 83 83 0
file_field_delimiter_0x3B 1 83 83 0
file_field_delimiter_0x9 1 83 83 0
file_header_multirow_2 1 83 83 0
file_header_multirow_3 1 83 83 0
file_multitable_less 1 83 83 0
file_multitable_more 1 83 83 0
file_multitable_same 1 83 83 0
file_no_header 1 83 0 83
file_no_trailing_newline 1 83 83 0
file_one_data_row 1 1 1 0
file_preamble 1 83 83 0
file_quotation_char_0x27 1 83 34 49
file_record_delimiter_0xA 1 83 83 0
file_record_delimiter_0xD 1 83 83 0
row_extra_quote 7 580 574 6
row_extra_quote_in_header 1 83 0 83
row_field_delimiter 7 581 574 7
row_field_delimiter_in_header 1 83 0 83
row_less_sep 7 581 576 5
row_less_sep_in_header 1 83 0 83
row_more_sep 7 581 574 7
row_more_sep_in_header 1 83 0 83
END
same 'polluted: what came of each kind' "$root/kinds" "$root/expected"
echo "1..$n"
