/* change.h - what becomes of units over time: openings, closings, mergers,
 * splits, new codes, shifted boundaries; and what a unit of today was made of
 * earlier (methods note, section 13).
 *
 * Changes come from unit_changes.csv and from units.csv (a successor that takes
 * over on the day after valid_to).  They belong to the profile, sorted by day.
 */
#ifndef TONGBAO_CHANGE_H
#define TONGBAO_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/date.h"
#include "tongbao/period.h"

struct tb_buf;
struct tb_profile;

enum tb_change_kind {
    TB_CHANGE_OPENED,   /* a closed unit is there again */
    TB_CHANGE_CLOSED,   /* a unit ends, for now or for good, and nobody takes over */
    TB_CHANGE_MERGED,   /* several become one: past base is the sum of the parts */
    TB_CHANGE_SPLIT,    /* one becomes several: no past base */
    TB_CHANGE_RENAMED,  /* the same unit, under another code or only another name */
    TB_CHANGE_BOUNDARY, /* territory or tasks moved between units that stay: no past base */
    TB_N_CHANGES,
};

struct tb_change {
    enum tb_change_kind kind;
    tb_day day;         /* first day of what is after */
    uint32_t *from, *to;/* rows of units before, and after */
    size_t n_from, n_to;
    const char *note;   /* in the profile's words, or "" */
    uint32_t line;      /* of unit_changes.csv; of units.csv when `by_successor` */
    bool by_successor;  /* said by units.csv alone */
};

/* Days on which a unit is not there though valid_from..valid_to holds them. */
struct tb_absence {
    tb_day first, last;
};

/* "merged", and for people 合并 / merged. */
const char *tb_change_word(enum tb_change_kind kind);
const char *tb_change_name(enum tb_change_kind kind, const char *lang);
/* "split on 2019-01-02: A -> B, C", in the language. */
void tb_change_describe(const struct tb_profile *profile, const struct tb_change *change,
                        const char *lang, struct tb_buf *out);

enum { TB_SCOPE_PARTS = 64 };

/* What a unit of the period `now` was in an earlier period. */
struct tb_scope {
    const struct tb_change *broken;  /* the change that leaves nothing to compare with; or NULL */
    const struct tb_change *bridged; /* the latest that was bridged: parts stand for the unit; or NULL */
    size_t n;                        /* parts, at least 1 */
    uint32_t part[TB_SCOPE_PARTS];   /* rows of units, whose sum is the unit's past; ascending */
};

/* Walks back over the changes of a unit from the end of `now` to the beginning of
 * `then`.  A merger is bridged by its parts and a new code by the old one; a split
 * or a shifted boundary breaks, and so does any change within one of the two
 * periods: one figure is then of two scopes.  Without changes the unit itself. */
void tb_scope_between(const struct tb_profile *profile, size_t unit, struct tb_period then,
                      struct tb_period now, struct tb_scope *out);
/* True when a change has the unit among those after it, on a day in (first, last]. */
bool tb_scope_changes(const struct tb_profile *profile, size_t unit, tb_day first, tb_day last);
/* The first day of the spell in which the unit is there on the last day of the
 * period: TB_DAY_NONE when it always was. */
tb_day tb_unit_opened(const struct tb_profile *profile, size_t unit, struct tb_period period);

#endif
