/* main.c - tongbao-xlsx: a workbook in, CSV of all its sheets out. */
#include <stdio.h>
#include <string.h>

#include "tongbao/error.h"
#include "tongbao/options.h"
#include "xlsx/convert.h"
#include "xlsx/package.h"

static const char help[] =
    "usage: tongbao-xlsx FILE\n"
    "Prints the sheets of a workbook (.xlsx) as CSV, one below the other, each below a line\n"
    "'-------- N - NAME'. Row N of a sheet is the Nth record below that line.\n"
    "Numbers have all their digits and no thousands marks; percentages are printed as they are\n"
    "shown (5.3%), dates as 2023-05-01. Formulas are not calculated: what the spreadsheet found\n"
    "is printed, and "
    "#NOT-CALCULATED where it left nothing.\n"
    "  -h, --help     this help\n"
    "      --version  name and version\n"
    "Exit: 0 done, 1 no workbook or damaged (what was printed is not whole), 2 wrong usage.\n";

static int misuse(const char *what)
{
    fprintf(stderr, "tongbao-xlsx: %s, see --help\n", what);
    return TB_EXIT_USAGE;
}

static int print(const char *path)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_xlsx_package *package = tb_xlsx_package_open(path, &err);
    int rc = package ? tb_xlsx_convert(package, stdout, &err) : -1;

    tb_xlsx_package_close(package);
    if (tb_close_stdout() != 0)
        return TB_EXIT_FAILED;
    if (rc < 0) {
        tb_error_prefix(&err, "%s", path);
        fprintf(stderr, "tongbao-xlsx: %s\n", err.text);
    }
    return rc < 0 ? TB_EXIT_FAILED : TB_EXIT_DONE;
}

int main(int argc, char **argv)
{
    bool ended = argc > 1 && strcmp(argv[1], "--") == 0;
    const char *word = argc > 1 + ended ? argv[1 + ended] : NULL;

    if (!word)
        return misuse("expected FILE");
    if (!ended && (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0)) {
        fputs(help, stdout);
        return tb_close_stdout();
    }
    if (!ended && strcmp(word, "--version") == 0) {
        puts("tongbao-xlsx " TB_VERSION);
        return tb_close_stdout();
    }
    if (!ended && word[0] == '-')
        return misuse("unknown option");
    if (argc > 2 + ended)
        return misuse("expected one FILE");
    return print(word);
}
