/* errata_cause.h - why a printed place or verdict is another one now: the submission or
 * the correction that came after the bulletin.
 *
 * Looked for in the cells that the figure rests on: of the unit itself first (the period,
 * the months of the year before it, the year before; the parts of a formula), then of the
 * other units.
 */
#ifndef TONGBAO_ANALYSE_ERRATA_CAUSE_H
#define TONGBAO_ANALYSE_ERRATA_CAUSE_H

#include <stdint.h>
#include "analyse/measure/measures.h"
#include "tongbao/buf.h"

struct tb_stage;
struct tb_table;

enum tb_cause_kind {
    TB_CAUSE_REVISION, /* a figure of the unit itself came, or came again */
    TB_CAUSE_EDIT,     /* one of it was corrected by edits.csv */
    TB_CAUSE_PEER,     /* a figure of another unit came, came again or was corrected */
    TB_CAUSE_PROFILE,  /* the profile has changed since: targets, settings, units */
    TB_CAUSE_VERIFICATION, /* a state of verification was reached, or its day went by */
    TB_CAUSE_OTHER,    /* another figure, or one that was taken back */
};

struct tb_cause {
    enum tb_cause_kind kind;
    int32_t unit, indicator; /* of the figure that came, rows, or TB_NONE */
    char period[TB_PERIOD_TEXT];
    const char *file;        /* sender/name or edits.csv; "" unknown; lives with the causes */
    uint32_t line;           /* in it; 0 unknown */
};

/* What a bulletin knew when it was made (vintage.csv). */
struct tb_knew {
    int64_t since;     /* when the last submission came; INT64_MIN: none had */
    uint32_t arrival;  /* the last one in the ledger; 0: none had come */
    size_t n_edits;    /* rows of edits.csv */
    bool same_profile; /* it was made with the profile as it is */
};

struct tb_causes; /* opaque */

/* Reads what process says of its sources.  NULL with *err filled.  All is borrowed and must
 * outlive it. */
struct tb_causes *tb_causes_open(const struct tb_stage *stage, const struct tb_cube *cube,
                                 const struct tb_measures *ms, struct tb_error *err);
void tb_causes_close(struct tb_causes *causes);
/* What came after the bulletin and bears on the figure.  -1 with *err filled when a segment
 * cannot be read. */
int tb_causes_find(struct tb_causes *causes, size_t unit, size_t indicator,
                   struct tb_period period, const struct tb_knew *knew, struct tb_cause *out,
                   struct tb_error *err);
const char *tb_cause_code(enum tb_cause_kind kind); /* of errata.csv: "revision" ... */

#endif
