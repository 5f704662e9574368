/* summary.h - what became of one submission, apart from its observations. */
#ifndef TONGBAO_COLLECT_SUMMARY_H
#define TONGBAO_COLLECT_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "collect/account.h"
#include "collect/reject.h"
#include "tongbao/period.h"

struct tb_error;

enum tb_ignored_kind {
    TB_IGNORED_BLANK,
    TB_IGNORED_TITLE,
    TB_IGNORED_HEADER,
    TB_IGNORED_TOTAL,
    TB_IGNORED_FOOTNOTE,
    TB_IGNORED_DUPLICATE,
    TB_IGNORED_SECTION,
    TB_IGNORED_WITHDRAWN, /* the file as a whole: its sender took it back */
    TB_N_IGNORED,
};

const char *tb_ignored_name(enum tb_ignored_kind kind); /* "blank" */

struct tb_ignored {
    uint32_t line; /* 0: the file as a whole */
    enum tb_ignored_kind kind;
};

struct tb_summary {
    struct tb_arena arena;
    struct tb_account account;
    struct tb_rejects rejects; /* and remarks */
    struct tb_ignored *ignored;
    size_t n_ignored, ignored_capacity;
    const char *form;          /* code, or "" */
    bool has_period;
    struct tb_period period;   /* the latest: last year's figures may stand beside it */
    bool has_segment;
    const char *note;          /* of a withdrawal: its reason; or NULL */
};

void tb_summary_release(struct tb_summary *summary);
int tb_summary_ignore(struct tb_summary *summary, uint32_t line, enum tb_ignored_kind kind,
                      struct tb_error *err);
/* Empties the account and the lists: for a second reading. */
void tb_summary_restart(struct tb_summary *summary);

#endif
