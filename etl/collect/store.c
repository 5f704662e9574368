/* store.c - the cache of readings.
 *
 * <key>.csv has the columns kind,line,column,field,text,reason,expected:
 *   fact      reason names it, text is it (form, period, rows_in ...)
 *   reject    one reject or remark; reason is its code
 *   ignored   reason is the kind
 *   end       last row: line is the CRC-32 of all bytes before it
 * Texts begin with ':' there, so that the guard against formulas in
 * spreadsheets (tb_csv_put) leaves them as they are.
 */
#include "collect/store.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/arrivals.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/table.h"

/* Raised whenever the same submission would be read otherwise than before. */
static const char READING_VERSION[] = "collect 20";

int tb_store_key(const struct tb_profile *profile, const struct tb_arrival *arrival,
                 char key[TB_DIGEST_TEXT], struct tb_error *err)
{
    struct tb_digest *digest = tb_digest_new();

    if (!digest)
        return tb_error_set(err, "out of memory");
    tb_digest_add_text(digest, READING_VERSION);
    tb_digest_add_text(digest, profile->reading_digest);
    tb_digest_add_text(digest, arrival->sha256);
    tb_digest_add_text(digest, arrival->name);
    tb_digest_add_text(digest, arrival->sender);
    tb_digest_finish(digest, key);
    tb_digest_free(digest);
    return 0;
}

char *tb_store_segment_path(const char *data, const char *key)
{
    return tb_path("%s/segments/%s.seg", data, key);
}

/* --- writing --- */

static void put_text(struct tb_buf *out, const char *text)
{
    struct tb_buf guarded = TB_BUF_INIT;

    tb_buf_printf(&guarded, ":%s", text);
    tb_csv_put(out, tb_buf_text(&guarded));
    out->failed |= guarded.failed;
    tb_buf_release(&guarded);
}

static void put_row(struct tb_buf *out, const char *kind, const struct tb_reject *row,
                    const char *reason)
{
    tb_csv_put(out, kind);
    tb_csv_put_int(out, row->line);
    tb_csv_put_int(out, row->column);
    put_text(out, row->field);
    put_text(out, row->text);
    tb_csv_put(out, reason);
    put_text(out, row->expected);
    tb_csv_end_row(out);
}

static void put_fact(struct tb_buf *out, const char *name, const char *value)
{
    const struct tb_reject row = { .field = "", .text = value, .expected = "" };

    put_row(out, "fact", &row, name);
}

static void put_summary(struct tb_buf *out, const struct tb_summary *summary)
{
    struct tb_account account = summary->account;
    char text[TB_PERIOD_TEXT];

    tb_buf_puts(out, "kind,line,column,field,text,reason,expected\n");
    put_fact(out, "form", summary->form ? summary->form : "");
    if (summary->has_period) {
        put_fact(out, "freq", tb_freq_code(summary->period.freq));
        snprintf(text, sizeof text, "%d", (int)summary->period.index);
        put_fact(out, "period", text);
    }
    for (size_t i = 0; i < TB_ACCOUNT_FIELDS; i++) {
        snprintf(text, sizeof text, "%llu",
                 (unsigned long long)*tb_account_entry(&account, i));
        put_fact(out, tb_account_name(i), text);
    }
    for (size_t i = 0; i < summary->rejects.n; i++)
        put_row(out, "reject", &summary->rejects.item[i],
                tb_reason_code(summary->rejects.item[i].reason));
    for (size_t i = 0; i < summary->n_ignored; i++) {
        const struct tb_reject row = { .line = summary->ignored[i].line,
                                       .field = "", .text = "", .expected = "" };
        put_row(out, "ignored", &row, tb_ignored_name(summary->ignored[i].kind));
    }
}

/* The row that closes a reading of those bytes. */
static void put_end(struct tb_buf *out, const char *bytes, size_t len)
{
    tb_buf_printf(out, "end,%lu,0,:,:,,:\n", (unsigned long)tb_crc32(bytes, len));
}

int tb_store_save(const char *data, const char *key, struct tb_segment_writer *writer,
                  const struct tb_summary *summary, struct tb_error *err)
{
    char *path = tb_path("%s/segments/%s.csv", data, key);
    struct tb_buf text = TB_BUF_INIT;
    int rc = -1;

    if (!path) {
        tb_error_set(err, "out of memory");
        goto done;
    }
    if (writer && summary->account.observations > 0 &&
        tb_segment_write(writer, err) < 0)
        goto done;
    put_summary(&text, summary);
    if (!text.failed)
        put_end(&text, text.data, text.len);
    if (tb_buf_ok(&text, err))
        rc = tb_newfile_write(path, text.data, text.len, err);
done:
    tb_buf_release(&text);
    free(path);
    return rc;
}

/* --- reading --- */

enum { COL_KIND, COL_LINE, COL_COLUMN, COL_FIELD, COL_TEXT, COL_REASON, COL_EXPECTED, N_COLUMNS };

/* A text without its ':'. */
static const char *text_at(const struct tb_table *table, size_t row, int column)
{
    const char *text = tb_table_cell(table, row, column);

    return text[0] == ':' ? text + 1 : text;
}

static bool take_fact(struct tb_summary *summary, const char *name, const char *value)
{
    if (strcmp(name, "form") == 0) {
        summary->form = tb_arena_strdup(&summary->arena, value);
        return summary->form != NULL;
    }
    if (strcmp(name, "freq") == 0)
        return tb_freq_parse(value, &summary->period.freq);
    if (strcmp(name, "period") == 0) {
        summary->has_period = true;
        summary->period.index = (int32_t)strtol(value, NULL, 10);
        return true;
    }
    for (size_t i = 0; i < TB_ACCOUNT_FIELDS; i++) {
        if (strcmp(name, tb_account_name(i)) == 0) {
            *tb_account_entry(&summary->account, i) = strtoull(value, NULL, 10);
            return true;
        }
    }
    return false;
}

static int ignored_kind(const char *name)
{
    for (int kind = 0; kind < TB_N_IGNORED; kind++) {
        if (strcmp(tb_ignored_name((enum tb_ignored_kind)kind), name) == 0)
            return kind;
    }
    return -1;
}

static bool take_row(struct tb_summary *summary, const struct tb_table *table, size_t row)
{
    const char *kind = tb_table_cell(table, row, COL_KIND);
    const char *reason = tb_table_cell(table, row, COL_REASON);
    uint32_t line = (uint32_t)strtoul(tb_table_cell(table, row, COL_LINE), NULL, 10);

    if (strcmp(kind, "fact") == 0)
        return take_fact(summary, reason, text_at(table, row, COL_TEXT));
    if (strcmp(kind, "reject") == 0) {
        int found = tb_reason_find(reason);
        const struct tb_reject reject = {
            .reason = (enum tb_reason)found,
            .line = line,
            .column = (uint32_t)strtoul(tb_table_cell(table, row, COL_COLUMN), NULL, 10),
            .field = text_at(table, row, COL_FIELD),
            .text = text_at(table, row, COL_TEXT),
            .expected = text_at(table, row, COL_EXPECTED),
        };
        return found >= 0 && tb_rejects_add(&summary->rejects, &reject, NULL) == 0;
    }
    int found = ignored_kind(reason);
    return strcmp(kind, "ignored") == 0 && found >= 0 &&
           tb_summary_ignore(summary, line, (enum tb_ignored_kind)found, NULL) == 0;
}

/* A segment with one bit turned is none: it is made again from the original. */
static bool segment_is_whole(const char *data, const char *key, uint64_t n_rows)
{
    char *path = tb_store_segment_path(data, key);
    struct tb_segment *segment = path ? tb_segment_open(path, NULL) : NULL;
    bool there = segment && tb_segment_rows(segment) == n_rows && tb_segment_verify(segment, NULL) == 0;

    tb_segment_close(segment);
    free(path);
    return there;
}

/* Cuts the last row off when it is the right end of what is before it. */
static bool cut_end(struct tb_buf *text)
{
    struct tb_buf end = TB_BUF_INIT;
    size_t len = text->len;

    while (len > 0 && (len == text->len || text->data[len - 1] != '\n'))
        len--;
    put_end(&end, text->data, len);
    bool whole = !end.failed && end.len == text->len - len &&
                 memcmp(end.data, text->data + len, end.len) == 0;
    text->len = len;
    tb_buf_release(&end);
    return whole;
}

/* Anything odd in a kept reading only means that the original is read again. */
int tb_store_load(const char *data, const char *key, struct tb_summary *summary,
                  struct tb_error *err)
{
    char *path = tb_path("%s/segments/%s.csv", data, key);
    struct tb_diag diag = { 0 };
    struct tb_buf text = TB_BUF_INIT;
    struct tb_table *table = NULL;
    int found = 0;

    *summary = (struct tb_summary){ 0 };
    if (!path)
        return tb_error_set(err, "out of memory");
    if (tb_fs_exists(path) && tb_infile_slurp(path, 0, &text, NULL) == 0 && text.len && cut_end(&text))
        table = tb_table_parse(text.data, text.len, path, &diag, NULL);
    if (table && diag.n_errors == 0 && tb_table_columns(table) == N_COLUMNS) {
        found = 1;
        for (size_t row = 0; row < tb_table_rows(table) && found; row++)
            found = take_row(summary, table, row);
        summary->has_segment = summary->account.observations > 0;
        found = found && summary->form && tb_account_balances(&summary->account) &&
                (!summary->has_segment ||
                 segment_is_whole(data, key, summary->account.observations));
    }
    if (!found)
        tb_summary_release(summary);
    tb_table_free(table);
    tb_buf_release(&text);
    free(path);
    return found;
}
