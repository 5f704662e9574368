/* arrivals.c - the append-only ledger of submissions beside the archive. */
#include "tongbao/arrivals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/date.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/table.h"

static const char HEAD[] = "arrival,received,name,sender,sha256,bytes\n";

static char *ledger_path(const char *data)
{
    return tb_path("%s/archive/arrivals.csv", data);
}

char *tb_archive_path(const char *data, const char *sha256)
{
    return tb_path("%s/archive/%.2s/%s.gz", data, sha256, sha256);
}

/* Vintages go by when they came, then by when they were taken. */
static int compare_arrivals(const void *left, const void *right)
{
    const struct tb_arrival *a = left, *b = right;

    if (a->received != b->received)
        return a->received < b->received ? -1 : 1;
    return a->number == b->number ? 0 : a->number < b->number ? -1 : 1;
}

static int read_row(const struct tb_table *table, size_t row, struct tb_arena *arena,
                    struct tb_arrival *out, struct tb_error *err)
{
    const char *received = tb_table_get(table, row, "received");
    char *end;

    out->number = (uint32_t)strtoul(tb_table_get(table, row, "arrival"), &end, 10);
    out->bytes = strtoull(tb_table_get(table, row, "bytes"), NULL, 10);
    out->name = tb_arena_strdup(arena, tb_table_get(table, row, "name"));
    out->sender = tb_arena_strdup(arena, tb_table_get(table, row, "sender"));
    out->sha256 = tb_arena_strdup(arena, tb_table_get(table, row, "sha256"));
    if (!out->name || !out->sender || !out->sha256)
        return tb_error_set(err, "out of memory for the ledger of arrivals");
    if (out->number == 0 || *end || strlen(out->sha256) != 64 ||
        strspn(out->sha256, "0123456789abcdef") != 64 ||
        !tb_moment_parse(received, strlen(received), &out->received))
        return tb_error_set(err,
                            "%s:%u: the ledger of arrivals is damaged, expected number,"
                            " moment, name, sender, sha256, bytes",
                            tb_table_file(table), tb_table_line(table, row));
    return 0;
}

/* The ledger's bytes up to its last whole line. */
static int read_whole_lines(const char *path, struct tb_buf *text, struct tb_error *err)
{
    if (!tb_fs_exists(path))
        return 0;
    if (tb_infile_slurp(path, 0, text, err) < 0)
        return -1;
    while (text->len && text->data[text->len - 1] != '\n')
        text->len--;
    return 0;
}

int tb_arrivals_load(const char *data, struct tb_arrivals *out, struct tb_error *err)
{
    char *path = ledger_path(data);
    struct tb_buf text = TB_BUF_INIT;
    struct tb_diag diag = { 0 };
    struct tb_table *table = NULL;
    int rc = -1;

    *out = (struct tb_arrivals){ 0 };
    if (!path) {
        tb_error_set(err, "out of memory for the ledger of arrivals");
        goto done;
    }
    if (read_whole_lines(path, &text, err) < 0)
        goto done;
    table = tb_table_parse(text.len ? text.data : HEAD, text.len ? text.len : sizeof HEAD - 1, path,
                           &diag, err);
    if (!table)
        goto done;
    if (diag.n_errors) {
        tb_error_set(err, "%s: the ledger of arrivals is damaged", path);
        goto done;
    }
    size_t n = tb_table_rows(table);
    out->item = tb_arena_alloc(&out->arena, n ? n : 1, sizeof *out->item);
    if (!out->item) {
        tb_error_set(err, "out of memory for the ledger of arrivals");
        goto done;
    }
    for (rc = 0; rc == 0 && out->n < n; out->n++)
        rc = read_row(table, out->n, &out->arena, &out->item[out->n], err);
    qsort(out->item, out->n, sizeof *out->item, compare_arrivals);
done:
    if (rc < 0)
        tb_arrivals_release(out);
    tb_table_free(table);
    tb_buf_release(&text);
    free(path);
    return rc;
}

void tb_arrivals_release(struct tb_arrivals *arrivals)
{
    tb_arena_release(&arrivals->arena);
    *arrivals = (struct tb_arrivals){ 0 };
}

/* Cuts off what a power cut left of a line, so that the next one starts clean:
 * *size is what is left of the file, 0 when not even its head is whole.  Looks
 * back from the end, because it is done for each arrival. */
static int cut_torn_line(int fd, off_t *size, struct tb_error *err)
{
    char block[512];
    off_t whole = lseek(fd, 0, SEEK_END), before = whole;

    while (whole > 0) {
        off_t at = whole > (off_t)sizeof block ? whole - (off_t)sizeof block : 0;
        ssize_t n = pread(fd, block, (size_t)(whole - at), at);
        if (n != whole - at)
            return tb_error_errno(err, "cannot read the ledger of arrivals");
        const char *lf = memrchr(block, '\n', (size_t)n);
        whole = lf ? at + (lf - block) + 1 : at;
        if (lf)
            break;
    }
    if (whole < 0 || (whole < before && ftruncate(fd, whole) < 0))
        return tb_error_errno(err, "cannot mend the ledger of arrivals");
    *size = whole;
    return 0;
}

static int write_line(int fd, const char *path, const struct tb_buf *line, struct tb_error *err)
{
    ssize_t written = write(fd, line->data, line->len);
    int failed = written != (ssize_t)line->len || fsync(fd) < 0;
    if (failed && written >= 0 && written != (ssize_t)line->len)
        errno = ENOSPC; /* a short write to a file: no room for the rest */
    return failed ? tb_error_errno(err, "cannot write '%s'", path) : 0;
}

/* The name of a file that is new is synced with its folder. */
static int sync_folder(const char *data, struct tb_error *err)
{
    char *folder = tb_path("%s/archive", data);
    int rc = folder ? tb_fs_sync_dir(folder, err) : tb_error_set(err, "out of memory");

    free(folder);
    return rc;
}

static void put_line(struct tb_buf *line, const struct tb_arrival *arrival)
{
    char moment[TB_MOMENT_TEXT];

    tb_moment_format(arrival->received, 0, moment);
    tb_csv_put_int(line, arrival->number);
    tb_csv_put(line, moment);
    tb_csv_put(line, arrival->name);
    tb_csv_put(line, arrival->sender);
    tb_csv_put(line, arrival->sha256);
    tb_csv_put_int(line, (int64_t)arrival->bytes);
    tb_csv_end_row(line);
}

int tb_arrivals_append(const char *data, const struct tb_arrival *arrival, struct tb_error *err)
{
    char *path = ledger_path(data);
    struct tb_buf line = TB_BUF_INIT;
    off_t size = 0;
    int fd = -1, rc = -1;

    if (!path) {
        tb_error_set(err, "out of memory for the ledger of arrivals");
        goto done;
    }
    fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (fd < 0)
        tb_error_errno(err, "cannot open '%s'", path);
    if (fd < 0 || cut_torn_line(fd, &size, err) < 0)
        goto done;
    /* Also when the file is there and empty: its content was lost, not its name. */
    if (size == 0)
        tb_buf_puts(&line, HEAD);
    put_line(&line, arrival);
    if (tb_buf_ok(&line, err))
        rc = write_line(fd, path, &line, err);
    if (rc == 0 && size == 0)
        rc = sync_folder(data, err);
done:
    if (fd >= 0 && close(fd) < 0 && rc == 0)
        rc = tb_error_errno(err, "cannot close '%s'", path);
    tb_buf_release(&line);
    free(path);
    return rc;
}
