/* past.h - what a unit's figure of today is compared with: its level of an earlier
 * period, on the scope and the base that it has today.
 *
 * A merged unit has the sum of its parts for a past, a unit with a new code that of
 * the old one; a split unit has none, nor one whose boundary moved (methods note,
 * section 13).  A status B that somebody submitted, and a change of base year
 * without a link, cut a series too.  Nothing is bridged in silence: what was bridged
 * and what was not is told.
 */
#ifndef TONGBAO_ANALYSE_PAST_H
#define TONGBAO_ANALYSE_PAST_H

#include "analyse/measure/measures.h"

struct tb_buf;
struct tb_change;
struct tb_rebase;

enum tb_past_break {
    TB_PAST_WHOLE,        /* nothing lies between */
    TB_PAST_CHANGED,      /* a split, a shifted boundary, or a change within one of the periods */
    TB_PAST_OPENED,       /* the unit was not there, or only for a part of that year so far */
    TB_PAST_FLAGGED,      /* somebody submitted a break (status B) */
    TB_PAST_REBASED,      /* another base year, and no link */
    TB_PAST_NOT_ADDITIVE, /* parts of a merger that cannot be added: rates, indices, grades */
};

struct tb_past {
    struct tb_measured level;       /* unknown when there is a break */
    enum tb_past_break broken;
    const struct tb_change *change; /* the one that breaks, or the latest that is bridged; or NULL */
    const struct tb_rebase *rebase; /* likewise of the base */
    struct tb_period flagged;       /* of TB_PAST_FLAGGED */
    tb_day opened;                  /* of TB_PAST_OPENED */
    bool bridged;                   /* the level is of other units, or linked to another base */
};

/* The level (TB_MEASURE_VALUE or TB_MEASURE_YTD) of period `then` for the scope of `now`.
 * A cumulated level of a year in which the scope changed is put together from the
 * single periods, each in the scope that it needs. */
struct tb_past tb_past_level(const struct tb_measures *ms, enum tb_measure level, size_t indicator,
                             size_t unit, struct tb_period now, struct tb_period then);

/* "changed", "opened", ...: as in breaks.csv; then the sentence for people, such as
 * "split on 2019-01-02: A -> B, C". */
const char *tb_past_word(const struct tb_past *past);
void tb_past_describe(const struct tb_profile *profile, const struct tb_past *past,
                      const char *lang, struct tb_buf *out);
/* The day since which it is so; TB_DAY_NONE when nothing lies between. */
tb_day tb_past_day(const struct tb_past *past);

#endif
