/* summary.c - the lists of one submission. */
#include "collect/summary.h"

#include <assert.h>
#include <stdlib.h>

#include "tongbao/error.h"
#include "tongbao/size.h"

const char *tb_ignored_name(enum tb_ignored_kind kind)
{
    static const char *const names[TB_N_IGNORED] = {
        [TB_IGNORED_BLANK] = "blank",   [TB_IGNORED_TITLE] = "title",
        [TB_IGNORED_HEADER] = "header", [TB_IGNORED_TOTAL] = "total",
        [TB_IGNORED_FOOTNOTE] = "footnote", [TB_IGNORED_DUPLICATE] = "duplicate",
        [TB_IGNORED_SECTION] = "section",
        [TB_IGNORED_WITHDRAWN] = "withdrawn",
    };

    assert(kind < TB_N_IGNORED);
    return names[kind];
}

void tb_summary_release(struct tb_summary *summary)
{
    tb_rejects_release(&summary->rejects);
    free(summary->ignored);
    tb_arena_release(&summary->arena);
    *summary = (struct tb_summary){ 0 };
}

int tb_summary_ignore(struct tb_summary *summary, uint32_t line, enum tb_ignored_kind kind,
                      struct tb_error *err)
{
    struct tb_ignored *grown =
        tb_grow(summary->ignored, summary->n_ignored, &summary->ignored_capacity, sizeof *grown);

    if (!grown)
        return tb_error_set(err, "out of memory for ignored rows");
    summary->ignored = grown;
    summary->ignored[summary->n_ignored++] = (struct tb_ignored){ line, kind };
    return 0;
}

void tb_summary_restart(struct tb_summary *summary)
{
    tb_rejects_release(&summary->rejects);
    summary->account = (struct tb_account){ 0 };
    summary->n_ignored = 0;
    summary->has_period = false;
}
