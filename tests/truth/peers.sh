#!/bin/sh
# peers.sh - what other readers make of the polluted files that tests/cli/polluted.sh gives to
# collect: prints the table of etl/collect/README.md.  Not a test: nobody needs these programs.
#   TB_DATA=.../shared/data tests/truth/peers.sh
# R with data.table, python3 with pandas, node with @duckdb/node-api (NODE_PATH), mlr: each
# with its defaults, as far as it is installed.  Two columns are compared, by their heads:
# PRODUCTID and Qty.  A reader that ends with an error, or has no such columns, refuses the file.
set -u
: "${TB_DATA:?TB_DATA is the folder of real data}"
pollock="$TB_DATA/csv-polluted/pollock"
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
mkdir "$out/fread" "$out/pandas" "$out/duckdb" "$out/mlr"

# Each reader writes, for each file, `product|Qty` lines to FILE.rows and one word to FILE.word:
# ok, warned or refused.
cat >"$out/fread.R" <<'END'
suppressPackageStartupMessages(library(data.table))
a <- commandArgs(TRUE)
cat("data.table", as.character(packageVersion("data.table")), "\n")
for (f in list.files(a[1], full.names = TRUE)) {
  word <- "ok"; rows <- character(0)
  tryCatch(withCallingHandlers({
    d <- fread(f, showProgress = FALSE)
    if (all(c("PRODUCTID", "Qty") %in% names(d))) rows <- paste(d$PRODUCTID, d$Qty, sep = "|") else word <- "refused"
  }, warning = function(w) { if (word == "ok") word <<- "warned"; invokeRestart("muffleWarning") }),
  error = function(e) word <<- "refused")
  writeLines(rows, file.path(a[2], paste0(basename(f), ".rows")))
  writeLines(word, file.path(a[2], paste0(basename(f), ".word")))
}
END
cat >"$out/with_pandas.py" <<'END'
import os, sys, warnings
import pandas
print("pandas", pandas.__version__)
for name in sorted(os.listdir(sys.argv[1])):
    rows, word = [], "ok"
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            d = pandas.read_csv(os.path.join(sys.argv[1], name))
            rows = ["%s|%s" % pair for pair in zip(d["PRODUCTID"], d["Qty"])]
        except Exception:
            word = "refused"
    if said and word == "ok":
        word = "warned"
    with open(os.path.join(sys.argv[2], name + ".rows"), "w") as f:
        f.writelines(r + "\n" for r in rows)
    with open(os.path.join(sys.argv[2], name + ".word"), "w") as f:
        f.write(word + "\n")
END
cat >"$out/duckdb.js" <<'END'
const fs = require('fs'), path = require('path');
(async () => {
  const { DuckDBInstance } = require('@duckdb/node-api');
  const [dir, to] = process.argv.slice(2);
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  console.log('DuckDB', (await (await db.run('select version()')).getRows())[0][0]);
  for (const name of fs.readdirSync(dir)) {
    let rows = [], word = 'ok';
    try {
      const got = await db.run(`select "PRODUCTID"::varchar, "Qty"::varchar from read_csv_auto('${path.join(dir, name)}')`);
      rows = (await got.getRows()).map(r => r.join('|'));
    } catch (e) { word = 'refused'; }
    fs.writeFileSync(path.join(to, name + '.rows'), rows.map(r => r + '\n').join(''));
    fs.writeFileSync(path.join(to, name + '.word'), word + '\n');
  }
})().catch(e => { console.error(String(e)); process.exit(1); });
END
versions="$out/versions"
Rscript "$out/fread.R" "$pollock/csv" "$out/fread" >"$versions" 2>/dev/null || echo "data.table: not installed" >>"$versions"
python=python3
python3 -c 'import pandas' 2>/dev/null || python=/usr/bin/python3
$python "$out/with_pandas.py" "$pollock/csv" "$out/pandas" >>"$versions" 2>/dev/null || echo "pandas: not installed" >>"$versions"
node "$out/duckdb.js" "$pollock/csv" "$out/duckdb" >>"$versions" 2>/dev/null || echo "DuckDB: not installed" >>"$versions"
if command -v mlr >/dev/null; then
    mlr --version >>"$versions"
    for file in "$pollock"/csv/*; do
        to="$out/mlr/${file##*/}"
        word=ok
        mlr --icsv --onidx --ofs '|' cut -o -f PRODUCTID,Qty "$file" >"$to.rows" 2>"$out/said" || word=refused
        [ "$word" = ok ] && [ -s "$out/said" ] && word=warned
        # No record has both columns, though there are rows of data.
        [ "$word" = ok ] && ! grep -q . "$to.rows" && [ "$(wc -c <"$file")" -gt 100 ] && word=refused
        echo "$word" >"$to.word"
    done
else
    echo "Miller: not installed" >>"$versions"
fi

# product|Qty of the clean tables.
mkdir "$out/clean"
for file in "$pollock"/clean/*; do
    awk -F'","' '$4 ~ /^[A-Z]+-[0-9]+$/ { print $4 "|" $3 }' "$file" >"$out/clean/${file##*/}"
done
# reader, file, rows of the table, right, wrong (no such row, another value, or once more), word
for reader in fread pandas duckdb mlr; do
    for file in "$out/clean"/*; do
        name=${file##*/}
        [ -e "$out/$reader/$name.word" ] || continue
        read -r word <"$out/$reader/$name.word"
        [ "$word" = refused ] && : >"$out/$reader/$name.rows"
        sed 's/\r$//; s/\.0$//; s/^ *//; s/| */|/; s/ *$//' "$out/$reader/$name.rows" | awk -v id="$reader $name" -v word="$word" '
            FILENAME == ARGV[1] { truth[$0] = 1; n++; next }
            truth[$0] == 1 { truth[$0] = 2; right++; next }
            { wrong++ }
            END { print id, n + 0, right + 0, wrong + 0, word }' "$file" -
    done
done >"$out/files"
[ -n "${DETAIL:-}" ] && cat "$out/files"
cat "$versions"
# By kind.  tongbao's column is what polluted.sh checks.
here=$(dirname "$0")
sed -n "/^cat.*expected.*END/,/^END/p" "$here/../cli/polluted.sh" | awk '$2 ~ /^[0-9]+$/ { print "tongbao", $0 }' >"$out/ours"
awk 'function kind(name,  k) { k = name; sub(/\.csv$/, "", k)
        head = k ~ /row0_|quote0_|delimiter_0_/
        sub(/_(row)?[0-9]+_(col[0-9]+|0x20)$/, "", k); sub(/[0-9]+_col[0-9]+$/, "", k)
        return head ? k "_in_header" : k }
    $1 == "tongbao" { k = $2; rows[k] = $4; cell["tongbao", k] = $5 ($6 ? ", " $6 " told" : ""); next }
    { k = kind($2); r[$1, k] += $4; w[$1, k] += $5; f[$1, k]++; refused[$1, k] += $6 == "refused"; warned[$1, k] += $6 == "warned"
      lost[$1, k] += $6 == "ok" && $3 > $4 ? $3 - $4 : 0; rows[k] += 0; if ($1 == "fread") all[k] += $3; seen[k] = 1 }
    END { n = split("fread pandas duckdb mlr", reader, " ")
        for (k in seen) { line = "| " k " | " all[k] " | " (("tongbao", k) in cell ? cell["tongbao", k] : "-")
            for (i = 1; i <= n; i++) { x = reader[i]
                if (!((x, k) in f)) { line = line " | not installed"; continue }
                text = r[x, k]
                if (refused[x, k]) text = refused[x, k] == f[x, k] ? "refused" : text ", " refused[x, k] " files refused"
                if (w[x, k]) text = text ", " w[x, k] " wrong"
                if (lost[x, k]) text = text ", " lost[x, k] " lost"
                if (warned[x, k]) text = text ", warns"
                line = line " | " text }
            print line " |" } }' "$out/ours" "$out/files" | sort
