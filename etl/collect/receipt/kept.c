/* kept.c - <key>.csv, read in blocks and checked to the last byte. */
#include "collect/receipt/kept.h"

#include <stdlib.h>
#include <string.h>

#include "collect/receipt/spool.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"

enum { BLOCK = 64 * 1024 };

enum { COL_KIND, COL_LINE, COL_COLUMN, COL_FIELD, COL_TEXT, COL_REASON, COL_EXPECTED, N_COLUMNS };

struct tb_kept {
    char *path;
    struct tb_infile *file;
    struct tb_csv *csv;
    uint32_t crc;            /* of all bytes before the tail */
    char tail[TB_SPOOL_END]; /* the last bytes read */
    size_t n_tail;
    bool ended;              /* the last row was met */
    enum tb_reason met[16];  /* reasons lately met, by their codes */
    struct tb_buf trimmed[3];
};

/* Takes bytes into the checksum, but for the last ones, which may be the last row. */
static void count(struct tb_kept *kept, const char *bytes, size_t len)
{
    if (len >= TB_SPOOL_END) {
        kept->crc = tb_crc32_add(kept->crc, kept->tail, kept->n_tail);
        kept->n_tail = TB_SPOOL_END;
        kept->crc = tb_crc32_add(kept->crc, bytes, len - TB_SPOOL_END);
        memcpy(kept->tail, bytes + (len - TB_SPOOL_END), TB_SPOOL_END);
        return;
    }
    size_t over = kept->n_tail + len > TB_SPOOL_END ? kept->n_tail + len - TB_SPOOL_END : 0;
    kept->crc = tb_crc32_add(kept->crc, kept->tail, over);
    memmove(kept->tail, kept->tail + over, kept->n_tail - over);
    kept->n_tail -= over;
    memcpy(kept->tail + kept->n_tail, bytes, len);
    kept->n_tail += len;
}

/* tb_csv_more */
static int more(void *user, struct tb_buf *out, struct tb_error *err)
{
    struct tb_kept *kept = user;

    if (tb_buf_reserve(out, BLOCK) < 0)
        return tb_error_set(err, "out of memory");
    int64_t n = tb_infile_read(kept->file, out->data + out->len, BLOCK, err);
    if (n <= 0)
        return (int)n;
    count(kept, out->data + out->len, (size_t)n);
    out->len += (size_t)n;
    out->data[out->len] = '\0';
    return 1;
}

struct tb_kept *tb_kept_open(const char *path, struct tb_error *err)
{
    struct tb_kept *kept = calloc(1, sizeof *kept);
    struct tb_csv_record head;

    if (!kept || !(kept->path = tb_path("%s", path))) {
        tb_error_set(err, "out of memory");
        tb_kept_close(kept);
        return NULL;
    }
    kept->file = tb_infile_open(path, err);
    kept->csv = kept->file ? tb_csv_from_stream(more, kept, 1, ',', err) : NULL;
    if (kept->csv && tb_csv_next(kept->csv, &head, err) >= 0)
        return kept;
    tb_kept_close(kept);
    return NULL;
}

void tb_kept_close(struct tb_kept *kept)
{
    if (!kept)
        return;
    tb_csv_free(kept->csv);
    tb_infile_close(kept->file);
    for (size_t i = 0; i < sizeof kept->trimmed / sizeof *kept->trimmed; i++)
        tb_buf_release(&kept->trimmed[i]);
    free(kept->path);
    free(kept);
}

/* A text without its ':' and without blanks at its end. */
static const char *text_of(const struct tb_csv_field *field, struct tb_buf *trimmed)
{
    const char *text = field->text;
    size_t len = field->len, before = len;

    while (len > 0 && strchr(" \t\r\n", text[len - 1]))
        len--;
    if (len > 0 && *text == ':') {
        text++;
        len--;
        before--;
    }
    if (len == before)
        return text;
    tb_buf_clear(trimmed);
    tb_buf_add(trimmed, text, len);
    return tb_buf_text(trimmed);
}

static int ignored_kind(const char *name)
{
    for (int kind = 0; kind < TB_N_IGNORED; kind++) {
        if (strcmp(tb_ignored_name((enum tb_ignored_kind)kind), name) == 0)
            return kind;
    }
    return -1;
}

static bool take_reject(struct tb_kept *kept, const char *code, struct tb_kept_row *row)
{
    size_t len = strlen(code), last = len ? (unsigned char)code[len - 1] : 0;
    enum tb_reason *met = &kept->met[(len * 5 + last) % (sizeof kept->met / sizeof *kept->met)];
    int found = strcmp(tb_reason_code(*met), code) == 0 ? (int)*met : tb_reason_find(code);

    if (found >= 0)
        row->reject.reason = *met = (enum tb_reason)found;
    row->kind = TB_KEPT_REJECT;
    return found >= 0;
}

static bool take_row(struct tb_kept *kept, const struct tb_csv_record *record,
                     struct tb_kept_row *row)
{
    const struct tb_csv_field *field = record->field;
    const char *reason, *kind;

    if (record->flaws != TB_CSV_FINE || record->n_fields != N_COLUMNS || kept->ended)
        return false;
    kind = field[COL_KIND].text;
    reason = field[COL_REASON].text;
    *row = (struct tb_kept_row){ 0 };
    row->reject.line = (uint32_t)strtoul(field[COL_LINE].text, NULL, 10);
    row->reject.column = (uint32_t)strtoul(field[COL_COLUMN].text, NULL, 10);
    row->reject.field = text_of(&field[COL_FIELD], &kept->trimmed[0]);
    row->reject.text = row->value = text_of(&field[COL_TEXT], &kept->trimmed[1]);
    row->reject.expected = text_of(&field[COL_EXPECTED], &kept->trimmed[2]);
    row->name = reason;
    if (strcmp(kind, "reject") == 0)
        return take_reject(kept, reason, row);
    if (strcmp(kind, "ignored") == 0) {
        int found = ignored_kind(reason);
        row->kind = TB_KEPT_IGNORED;
        row->ignored = found >= 0 ? (enum tb_ignored_kind)found : TB_IGNORED_BLANK;
        return found >= 0;
    }
    kept->ended = strcmp(kind, "end") == 0;
    row->kind = strcmp(kind, "title") == 0 ? TB_KEPT_TITLE : TB_KEPT_FACT;
    return kept->ended || row->kind == TB_KEPT_TITLE || strcmp(kind, "fact") == 0;
}

int tb_kept_next(struct tb_kept *kept, struct tb_kept_row *row, struct tb_error *err)
{
    struct tb_csv_record record;
    char end[TB_SPOOL_END + 1];

    int rc = tb_csv_next(kept->csv, &record, err);
    if (rc > 0 && !take_row(kept, &record, row))
        return tb_error_set(err, "'%s' is not as it was written", kept->path);
    for (size_t i = 0; i < sizeof kept->trimmed / sizeof *kept->trimmed; i++)
        if (!tb_buf_ok(&kept->trimmed[i], err))
            return -1;
    if (rc > 0 && !kept->ended)
        return 1;
    if (rc > 0)
        rc = tb_csv_next(kept->csv, &record, err); /* to the last byte */
    if (rc < 0)
        return -1;
    tb_spool_end(kept->crc, end);
    if (rc == 0 && kept->ended && kept->n_tail == TB_SPOOL_END &&
        memcmp(kept->tail, end, TB_SPOOL_END) == 0)
        return 0;
    return tb_error_set(err, "'%s' is not as it was written", kept->path);
}
