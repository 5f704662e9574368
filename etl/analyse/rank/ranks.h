/* ranks.h - places of the units of one group, and how they moved.
 *
 * A row is one number for each member of a group, in the order of its members.
 * Values are compared exactly; whoever fills the row decides whether they are
 * the printed ones (rank_basis).  Methods note, section 4.
 */
#ifndef TONGBAO_ANALYSE_RANKS_H
#define TONGBAO_ANALYSE_RANKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/rational.h"

struct tb_error;
struct tb_rank;
struct tb_settings;

struct tb_ranks_row {
    struct tb_rational *value; /* [n] */
    bool *has;                 /* [n] the member has a number that is ranked */
    bool *open;                /* [n] the member exists in the period and reports */
    size_t n;
    uint32_t *order;           /* [n] once it is `ordered`: ranked members from the least value up */
    size_t n_ranked;
    bool ordered;              /* who fills the row anew takes this back */
    struct tb_rank *rank;      /* [n] for work */
    uint32_t *kept;            /* [n] for work */
};

/* A member's place; rank 0: not ranked. */
struct tb_standing {
    uint32_t rank, bottom;
    bool tied;
    bool has_movement;
    int32_t movement; /* places gained on the period before; positive is up */
};

int tb_ranks_row_init(struct tb_ranks_row *row, size_t n, struct tb_error *err);
void tb_ranks_row_release(struct tb_ranks_row *row);

/* Places of a row; with missing_ranks_last, open members without a number share
 * the place after the last.  *n_ranked counts those with a number. */
int tb_ranks_places(const struct tb_settings *set, bool lower_is_better,
                    struct tb_ranks_row *row, struct tb_standing out[], size_t *n_ranked,
                    struct tb_error *err);
/* Movement since `before`, over the members ranked both then and now: who was
 * not there before is new, and has climbed over nobody. */
int tb_ranks_movement(const struct tb_settings *set, bool lower_is_better,
                      struct tb_ranks_row *before, struct tb_ranks_row *now,
                      struct tb_standing out[], struct tb_error *err);
/* True when every ranked member has the same place: such a row orders nobody. */
bool tb_ranks_all_equal(const struct tb_standing out[], size_t n);
/* The largest place of the row: what a rank score runs down to. */
uint32_t tb_ranks_last(const struct tb_standing out[], size_t n);

#endif
