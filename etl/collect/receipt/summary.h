/* summary.h - what became of one submission, apart from its observations. */
#ifndef TONGBAO_COLLECT_SUMMARY_H
#define TONGBAO_COLLECT_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "collect/receipt/account.h"
#include "collect/rows/periods.h"
#include "collect/receipt/reject.h"
#include "collect/receipt/shown.h"
#include "tongbao/period.h"

struct tb_error;
struct tb_spool;

enum tb_ignored_kind {
    TB_IGNORED_BLANK,
    TB_IGNORED_TITLE,
    TB_IGNORED_HEADER,
    TB_IGNORED_TOTAL,
    TB_IGNORED_FOOTNOTE,
    TB_IGNORED_DUPLICATE,
    TB_IGNORED_SECTION,
    TB_IGNORED_WITHDRAWN, /* the file as a whole: its sender took it back */
    TB_IGNORED_SHEET,     /* no form reads its sheet */
    TB_N_IGNORED,
};

const char *tb_ignored_name(enum tb_ignored_kind kind); /* "blank" */

/* Rejects and ignored rows may be as many as the rows of the file: they go into the
 * spool one by one while the file is read, and are read back from there row by row
 * (tb_kept_open) when tables are written.  Held is what does not grow with the file. */
struct tb_summary {
    struct tb_arena arena;
    struct tb_account account;
    struct tb_spool *spool;    /* while it is read: where rows go; borrowed.  NULL: nowhere */
    size_t of_a_kind;          /* how many rejects of a kind are shown; 0 counts as 1 */
    bool is_kept;              /* all rejects and ignored rows stand in the store */
    struct tb_shown shown;     /* not kept: that is all of them */
    struct tb_rejects remarks;
    bool ignored_whole;        /* the file as a whole is ignored, because: */
    enum tb_ignored_kind whole;
    uint64_t n_ignored;        /* ignored rows told */
    /* Lines that were ignored as something else before it showed that they are titles
     * of another table; ascending.  They grow with the number of tables. */
    uint32_t *title;
    size_t n_titles, titles_capacity;
    const char *form;          /* code, or "" */
    bool has_period;
    struct tb_period period;   /* the latest: last year's figures may stand beside it */
    struct tb_periods periods; /* all of which there are figures */
    bool has_segment;
    const char *note;          /* of a withdrawal: its reason; or NULL */
};

void tb_summary_release(struct tb_summary *summary);
/* Tells of one reject or remark. */
int tb_summary_reject(struct tb_summary *summary, const struct tb_reject *reject,
                      struct tb_error *err);
/* Tells of an ignored row. */
int tb_summary_ignore(struct tb_summary *summary, uint32_t line, enum tb_ignored_kind kind,
                      struct tb_error *err);
/* The ignored row of that line, behind those named before, was a title. */
int tb_summary_title(struct tb_summary *summary, uint32_t line, struct tb_error *err);
/* Forgets all that was told of the rows: the file as a whole is ignored. */
void tb_summary_ignore_whole(struct tb_summary *summary, enum tb_ignored_kind kind);
/* Empties the account and all that was told: for a second reading. */
void tb_summary_restart(struct tb_summary *summary);

#endif
