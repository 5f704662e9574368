/* output_rows.c - rejects.csv and ignored.csv, from the store, row by row. */
#include "collect/receipt/output_rows.h"

#include <stdlib.h>

#include "collect/receipt/kept.h"
#include "collect/receipt/table_out.h"
#include "collect/receipt/store.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"

/* Both at once, so that the store is read once. */
struct rows_out {
    struct tb_table_out rejects, ignored;
    struct tb_buf message;
    const struct tb_outcome *outcome;
    size_t n_titles; /* of the outcome: passed */
};

static void put_reject(struct rows_out *out, const struct tb_reject *reject)
{
    struct tb_buf *text = &out->rejects.text, *message = &out->message;

    tb_csv_put_int(text, out->outcome->arrival->number);
    tb_csv_put(text, out->outcome->arrival->name);
    tb_csv_put_int(text, reject->line);
    tb_csv_put_int(text, reject->column);
    tb_csv_put(text, reject->field);
    tb_csv_put(text, reject->text);
    tb_csv_put(text, tb_reason_code(reject->reason));
    tb_csv_put(text, reject->expected[0] ? reject->expected : tb_reason_expected(reject->reason));
    for (int english = 0; english < 2; english++) {
        tb_buf_clear(message);
        tb_reject_message(reject, english ? "en" : "zh", message);
        tb_csv_put_len(text, tb_buf_text(message), message->len);
        text->failed |= message->failed;
    }
    tb_csv_end_row(text);
}

static void put_ignored(struct rows_out *out, uint32_t line, enum tb_ignored_kind kind)
{
    struct tb_buf *text = &out->ignored.text;

    tb_csv_put_int(text, out->outcome->arrival->number);
    tb_csv_put(text, out->outcome->arrival->name);
    tb_csv_put_int(text, line);
    tb_csv_put(text, tb_ignored_name(kind));
    tb_csv_end_row(text);
}

/* What it was ignored as, now that the whole file is known.  Lines ascend. */
static enum tb_ignored_kind kind_of(struct rows_out *out, const struct tb_kept_row *row)
{
    const struct tb_summary *summary = &out->outcome->summary;
    uint32_t line = row->reject.line;

    while (out->n_titles < summary->n_titles && summary->title[out->n_titles] < line)
        out->n_titles++;
    bool is_title =
        out->n_titles < summary->n_titles && summary->title[out->n_titles] == line;
    return is_title ? TB_IGNORED_TITLE : row->ignored;
}

static int put_row(struct rows_out *out, const struct tb_kept_row *row, struct tb_error *err)
{
    if (row->kind == TB_KEPT_REJECT && row->reject.reason < TB_N_REJECT_REASONS)
        put_reject(out, &row->reject);
    else if (row->kind == TB_KEPT_IGNORED)
        put_ignored(out, row->reject.line, kind_of(out, row));
    return tb_table_out_flush(&out->rejects, err) < 0 || tb_table_out_flush(&out->ignored, err) < 0 ? -1
                                                                                            : 0;
}

static int put_kept(struct rows_out *out, const char *data, struct tb_error *err)
{
    char *path = tb_store_rows_path(data, out->outcome->key);
    struct tb_kept *kept = path ? tb_kept_open(path, err) : NULL;
    struct tb_kept_row row;
    int rc = kept ? 1 : -1;

    if (!path)
        tb_error_set(err, "out of memory");
    out->n_titles = 0;
    while (rc > 0 && (rc = tb_kept_next(kept, &row, err)) > 0)
        rc = put_row(out, &row, err) < 0 ? -1 : 1;
    tb_kept_close(kept);
    free(path);
    return rc;
}

static int put_outcome(struct rows_out *out, const char *data, struct tb_error *err)
{
    const struct tb_summary *summary = &out->outcome->summary;

    if (summary->is_kept)
        return summary->shown.n_rejects + summary->n_ignored > 0 ? put_kept(out, data, err) : 0;
    for (size_t i = 0; i < summary->shown.n; i++)
        put_reject(out, &summary->shown.item[i].first);
    if (summary->ignored_whole)
        put_ignored(out, 0, summary->whole);
    return tb_table_out_flush(&out->rejects, err) < 0 || tb_table_out_flush(&out->ignored, err) < 0 ? -1
                                                                                            : 0;
}

int tb_output_rows(const char *folder, const char *data, const struct tb_outcome outcome[],
                   size_t n, struct tb_error *err)
{
    struct rows_out out = { .message = TB_BUF_INIT };
    int rc = tb_table_out_open(&out.rejects, folder, "rejects.csv",
                           "arrival,file,line,column,field,text,reason,expected,message_zh,"
                           "message_en\n",
                           err);

    if (tb_table_out_open(&out.ignored, folder, "ignored.csv", "arrival,file,line,reason\n", err) < 0)
        rc = -1;
    for (size_t i = 0; i < n && rc == 0; i++) {
        out.outcome = &outcome[i];
        rc = put_outcome(&out, data, err);
    }
    rc = tb_table_out_close(&out.rejects, rc, err);
    rc = tb_table_out_close(&out.ignored, rc, err);
    tb_buf_release(&out.message);
    return rc;
}
