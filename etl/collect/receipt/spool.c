/* spool.c - rows of <key>.csv, block by block. */
#include "collect/receipt/spool.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"

enum { BLOCK = 64 * 1024 };

static const char HEAD[] = "kind,line,column,field,text,reason,expected\n";

struct tb_spool {
    char *path;
    struct tb_newfile *file; /* NULL: nothing written */
    uint32_t crc;            /* of what is in the file */
    struct tb_buf text;      /* not yet in the file */
    struct tb_buf guarded;
};

struct tb_spool *tb_spool_new(const char *path, struct tb_error *err)
{
    struct tb_spool *spool = calloc(1, sizeof *spool);

    if (spool && (spool->path = tb_path("%s", path)))
        return spool;
    free(spool);
    tb_error_set(err, "out of memory");
    return NULL;
}

void tb_spool_restart(struct tb_spool *spool)
{
    tb_newfile_free(spool->file);
    spool->file = NULL;
    spool->crc = 0;
    tb_buf_clear(&spool->text);
}

void tb_spool_free(struct tb_spool *spool)
{
    if (!spool)
        return;
    tb_newfile_free(spool->file);
    tb_buf_release(&spool->text);
    tb_buf_release(&spool->guarded);
    free(spool->path);
    free(spool);
}

static int flush(struct tb_spool *spool, struct tb_error *err)
{
    if (!tb_buf_ok(&spool->text, err))
        return -1;
    if (!spool->file && !(spool->file = tb_newfile_open(spool->path, TB_NEWFILE_PLAIN, err)))
        return -1;
    spool->crc = tb_crc32_add(spool->crc, spool->text.data, spool->text.len);
    int rc = tb_newfile_add(spool->file, tb_buf_text(&spool->text), spool->text.len, err);
    tb_buf_clear(&spool->text);
    return rc;
}

static void put_text(struct tb_spool *spool, const char *text)
{
    if (!*text) {
        tb_buf_puts(&spool->text, ":,");
        return;
    }
    tb_buf_clear(&spool->guarded);
    tb_buf_putc(&spool->guarded, ':');
    tb_buf_puts(&spool->guarded, text);
    tb_csv_put_len(&spool->text, tb_buf_text(&spool->guarded), spool->guarded.len);
    spool->text.failed |= spool->guarded.failed;
}

static int put_row(struct tb_spool *spool, const char *kind, const struct tb_reject *row,
                   const char *reason, struct tb_error *err)
{
    struct tb_buf *out = &spool->text;

    if (!spool->file && out->len == 0)
        tb_buf_puts(out, HEAD);
    tb_csv_put(out, kind);
    tb_csv_put_int(out, row->line);
    tb_csv_put_int(out, row->column);
    put_text(spool, row->field);
    put_text(spool, row->text);
    tb_csv_put(out, reason);
    put_text(spool, row->expected);
    tb_csv_end_row(out);
    return out->len < BLOCK && !out->failed ? 0 : flush(spool, err);
}

int tb_spool_reject(struct tb_spool *spool, const struct tb_reject *reject, struct tb_error *err)
{
    return put_row(spool, "reject", reject, tb_reason_code(reject->reason), err);
}

int tb_spool_ignored(struct tb_spool *spool, uint32_t line, const char *kind,
                     struct tb_error *err)
{
    const struct tb_reject row = { .line = line, .field = "", .text = "", .expected = "" };

    return put_row(spool, "ignored", &row, kind, err);
}

int tb_spool_title(struct tb_spool *spool, uint32_t line, struct tb_error *err)
{
    const struct tb_reject row = { .line = line, .field = "", .text = "", .expected = "" };

    return put_row(spool, "title", &row, "", err);
}

int tb_spool_fact(struct tb_spool *spool, const char *name, const char *value,
                  struct tb_error *err)
{
    const struct tb_reject row = { .field = "", .text = value, .expected = "" };

    return put_row(spool, "fact", &row, name, err);
}

void tb_spool_end(uint32_t crc, char end[TB_SPOOL_END + 1])
{
    snprintf(end, TB_SPOOL_END + 1, "end,%010lu,0,:,:,end,:\n", (unsigned long)crc);
}

int tb_spool_commit(struct tb_spool *spool, struct tb_error *err)
{
    char end[TB_SPOOL_END + 1];

    if (flush(spool, err) < 0)
        return -1;
    tb_spool_end(spool->crc, end);
    if (tb_newfile_add(spool->file, end, TB_SPOOL_END, err) < 0)
        return -1;
    return tb_newfile_commit(spool->file, err);
}
