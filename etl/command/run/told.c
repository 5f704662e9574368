/* told.c - what a night says once: of submissions that came since the last one. */
#include "command/run/told.h"

#include <stdlib.h>
#include <string.h>

#include "command/run/run.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/table.h"

/* A table of the run in `folder`, or NULL with *err filled. */
static struct tb_table *read_table(const char *folder, const char *name, struct tb_error *err)
{
    char *path = tb_path("%s/%s", folder, name);
    struct tb_diag diag = { 0 };
    struct tb_table *table = path ? tb_table_read(path, NULL, &diag, err) : NULL;

    if (!path)
        tb_error_set(err, "out of memory");
    free(path);
    return table;
}

static uint32_t arrival_of(const struct tb_table *table, size_t row)
{
    return (uint32_t)strtoul(tb_table_get(table, row, "arrival"), NULL, 10);
}

uint32_t tb_told_last(const char *folder)
{
    struct tb_error ignored = TB_ERROR_INIT;
    struct tb_table *table =
        folder ? read_table(folder, "collect/submissions.csv", &ignored) : NULL;
    uint32_t last = 0;

    for (size_t row = 0; table && row < tb_table_rows(table); row++) {
        uint32_t number = arrival_of(table, row);
        last = number > last ? number : last;
    }
    tb_table_free(table);
    return last;
}

int tb_told_exit_code(const struct tb_run *run, uint32_t told, struct tb_error *err)
{
    struct tb_table *table = read_table(run->building, "collect/rejects.csv", err);
    int rc = TB_EXIT_DONE;

    if (!table)
        return -1;
    for (size_t row = 0; row < tb_table_rows(table); row++)
        if (arrival_of(table, row) > told)
            rc = TB_EXIT_REJECTED;
    tb_table_free(table);
    return rc;
}

int tb_told_warn(struct tb_run *run, uint32_t told, struct tb_error *err)
{
    struct tb_table *table = read_table(run->building, "process/sources.csv", err);

    if (!table)
        return -1;
    for (size_t row = 0; row < tb_table_rows(table); row++) {
        const char *sender = tb_table_get(table, row, "sender");
        const char *n_rows = tb_table_get(table, row, "not_there");
        if (arrival_of(table, row) > told && strcmp(n_rows, "0") != 0)
            tb_log_write(&run->log, TB_LOG_WARNING,
                         "'%s%s%s' takes back what is not there: rows %s, the first in line %s",
                         sender, sender[0] ? "/" : "", tb_table_get(table, row, "name"), n_rows,
                         tb_table_get(table, row, "not_there_line"));
    }
    tb_table_free(table);
    return 0;
}
