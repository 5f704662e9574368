/* summary.c - what is told of one submission. */
#include "collect/receipt/summary.h"

#include <assert.h>
#include <stdlib.h>

#include "collect/receipt/spool.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"

const char *tb_ignored_name(enum tb_ignored_kind kind)
{
    static const char *const names[TB_N_IGNORED] = {
        [TB_IGNORED_BLANK] = "blank",   [TB_IGNORED_TITLE] = "title",
        [TB_IGNORED_HEADER] = "header", [TB_IGNORED_TOTAL] = "total",
        [TB_IGNORED_FOOTNOTE] = "footnote", [TB_IGNORED_DUPLICATE] = "duplicate",
        [TB_IGNORED_SECTION] = "section",
        [TB_IGNORED_WITHDRAWN] = "withdrawn", [TB_IGNORED_SHEET] = "sheet",
    };

    assert(kind < TB_N_IGNORED);
    return names[kind];
}

/* All that was told of rows. */
static void forget_rows(struct tb_summary *summary)
{
    tb_shown_release(&summary->shown);
    tb_rejects_release(&summary->remarks);
    free(summary->title);
    summary->title = NULL;
    summary->n_titles = summary->titles_capacity = 0;
    summary->n_ignored = 0;
    summary->is_kept = false;
}

void tb_summary_release(struct tb_summary *summary)
{
    forget_rows(summary);
    tb_arena_release(&summary->arena);
    *summary = (struct tb_summary){ 0 };
}

int tb_summary_reject(struct tb_summary *summary, const struct tb_reject *reject,
                      struct tb_error *err)
{
    struct tb_buf field = TB_BUF_INIT, text = TB_BUF_INIT, expected = TB_BUF_INIT;
    struct tb_reject cut = *reject;
    int rc = 0;

    if (reject->reason >= TB_N_REJECT_REASONS)
        return tb_rejects_add(&summary->remarks, reject, err);
    cut.field = tb_reject_cut(reject->field, &field);
    cut.text = tb_reject_cut(reject->text, &text);
    cut.expected = tb_reject_cut(reject->expected, &expected);
    if (field.failed || text.failed || expected.failed)
        rc = tb_error_set(err, "out of memory for rejects");
    if (rc == 0 && summary->spool)
        rc = tb_spool_reject(summary->spool, &cut, err);
    if (rc == 0)
        rc = tb_shown_add(&summary->shown, &cut, summary->of_a_kind, err);
    tb_buf_release(&field);
    tb_buf_release(&text);
    tb_buf_release(&expected);
    return rc;
}

int tb_summary_ignore(struct tb_summary *summary, uint32_t line, enum tb_ignored_kind kind,
                      struct tb_error *err)
{
    summary->n_ignored++;
    return summary->spool ? tb_spool_ignored(summary->spool, line, tb_ignored_name(kind), err) : 0;
}

int tb_summary_title(struct tb_summary *summary, uint32_t line, struct tb_error *err)
{
    if (summary->n_titles > 0 && summary->title[summary->n_titles - 1] == line)
        return 0;
    uint32_t *grown =
        tb_grow(summary->title, summary->n_titles, &summary->titles_capacity, sizeof *grown);
    if (!grown)
        return tb_error_set(err, "out of memory for titles");
    summary->title = grown;
    summary->title[summary->n_titles++] = line;
    return 0;
}

void tb_summary_ignore_whole(struct tb_summary *summary, enum tb_ignored_kind kind)
{
    forget_rows(summary);
    summary->ignored_whole = true;
    summary->whole = kind;
}

void tb_summary_restart(struct tb_summary *summary)
{
    forget_rows(summary);
    if (summary->spool)
        tb_spool_restart(summary->spool);
    summary->account = (struct tb_account){ 0 };
    summary->has_period = false;
    summary->periods = (struct tb_periods){ 0 };
}
