/* conflict.h - targets that say the same thing twice, or two things of it.
 *
 * Two rows of targets.csv are rivals when they are about the same indicator, some unit in
 * common, the same due day, overlapping periods and the same strength, and hold the same
 * figure against something: `growth >= 8` and `growth >= 7.1`.  Which of them binds is
 * the issuer's to say (`yields_to` of the row), else the setting `conflicts`.  Both stay
 * rows with a verdict each; the one that yields is never counted as behind.
 */
#ifndef TONGBAO_CONFLICT_H
#define TONGBAO_CONFLICT_H

#include <stddef.h>
#include <stdint.h>
#include "tongbao/period.h"

struct tb_diag;
struct tb_error;
struct tb_profile;

enum tb_conflict {
    TB_CONFLICT_NONE,
    TB_CONFLICT_DUPLICATE, /* the other, earlier row asks the same */
    TB_CONFLICT_YIELDS,    /* the other binds */
    TB_CONFLICT_BINDS,     /* the other yields */
    TB_CONFLICT_BOTH,      /* both stated: none is the stricter, or conflicts = both */
    TB_N_CONFLICTS,
};

/* What a target is to one other. */
struct tb_rival {
    uint32_t target; /* row of the other */
    enum tb_conflict conflict;
};

/* Fills `rivals` of every target of the profile, whose rules are compiled. */
int tb_conflicts_find(struct tb_profile *profile, struct tb_error *err);
/* What the target is for that unit in that period (of the indicator's frequency), and to
 * which row (*other).  Yielding goes before the rest. */
enum tb_conflict tb_conflict_of(const struct tb_profile *profile, size_t target, size_t unit,
                                struct tb_period period, uint32_t *other);
/* True when a verdict on the target in that relation is not to be counted. */
static inline int tb_conflict_is_idle(enum tb_conflict conflict)
{
    return conflict == TB_CONFLICT_DUPLICATE || conflict == TB_CONFLICT_YIELDS;
}
/* "duplicate", "yields", "binds", "both"; "" of none. */
const char *tb_conflict_code(enum tb_conflict conflict);
enum tb_conflict tb_conflict_find(const char *code); /* an unknown code is none */
/* Warns of each pair once, naming both rows; `targets` is the file's name as it is to be
 * shown.  Pairs that `yields_to` settles are known and not told. */
void tb_conflicts_check(const struct tb_profile *profile, const char *targets,
                        struct tb_diag *diag);

#endif
