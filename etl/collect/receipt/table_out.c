/* table_out.c - a table that is written as its rows come. */
#include "collect/receipt/table_out.h"

#include <stdlib.h>

#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"

enum { BLOCK = 256 * 1024 };

int tb_table_out_open(struct tb_table_out *table, const char *out, const char *name, const char *head,
                  struct tb_error *err)
{
    char *path = tb_path("%s/%s", out, name);

    *table = (struct tb_table_out){ .name = name };
    if (path)
        table->file = tb_newfile_open(path, TB_NEWFILE_PLAIN, err);
    else
        tb_error_set(err, "out of memory");
    free(path);
    tb_buf_puts(&table->text, head);
    return table->file ? 0 : -1;
}

static int write_out(struct tb_table_out *table, struct tb_error *err)
{
    if (!tb_buf_ok(&table->text, err) ||
        tb_newfile_add(table->file, tb_buf_text(&table->text), table->text.len, err) < 0)
        return -1;
    tb_buf_clear(&table->text);
    return 0;
}

int tb_table_out_flush(struct tb_table_out *table, struct tb_error *err)
{
    return table->text.len < BLOCK && !table->text.failed ? 0 : write_out(table, err);
}

int tb_table_out_close(struct tb_table_out *table, int rc, struct tb_error *err)
{
    if (rc == 0 && (write_out(table, err) < 0 || tb_newfile_commit(table->file, err) < 0))
        rc = tb_error_prefix(err, "%s", table->name);
    tb_newfile_free(table->file);
    tb_buf_release(&table->text);
    return rc;
}
