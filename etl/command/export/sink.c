/* sink.c - writes an export block by block. */
#include "command/export/sink.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/error.h"
#include "tongbao/newfile.h"

enum { BLOCK_BYTES = 256 * 1024 };

static bool ends_in_gz(const char *path)
{
    size_t len = strlen(path);

    return len >= 3 && strcmp(path + len - 3, ".gz") == 0;
}

int tb_sink_open(struct tb_sink *sink, const char *path, struct tb_error *err)
{
    *sink = (struct tb_sink){ 0 };
    if (!path || strcmp(path, "-") == 0)
        return 0;
    sink->file = tb_newfile_open(path, ends_in_gz(path) ? TB_NEWFILE_GZIP : TB_NEWFILE_PLAIN, err);
    return sink->file ? 0 : -1;
}

static int write_out(struct tb_sink *sink, struct tb_error *err)
{
    if (!tb_buf_ok(&sink->rows, err))
        return -1;
    size_t len = sink->rows.len;
    const char *bytes = tb_buf_text(&sink->rows);
    int rc = 0;
    if (sink->file)
        rc = tb_newfile_add(sink->file, bytes, len, err);
    else if (fwrite(bytes, 1, len, stdout) != len)
        rc = tb_error_errno(err, "cannot write standard output");
    tb_buf_clear(&sink->rows);
    return rc;
}

int tb_sink_flow(struct tb_sink *sink, struct tb_error *err)
{
    return sink->rows.len < BLOCK_BYTES && !sink->rows.failed ? 0 : write_out(sink, err);
}

int tb_sink_finish(struct tb_sink *sink, struct tb_error *err)
{
    if (write_out(sink, err) < 0)
        return -1;
    if (sink->file)
        return tb_newfile_commit(sink->file, err);
    return fflush(stdout) == 0 ? 0 : tb_error_errno(err, "cannot write standard output");
}

void tb_sink_release(struct tb_sink *sink)
{
    tb_newfile_free(sink->file);
    tb_buf_release(&sink->rows);
    *sink = (struct tb_sink){ 0 };
}
