/* unit_planes.h - the planes of one indicator by unit: filled, and read back as rows
 * of a group.
 *
 * Places are taken from printed values, and these stand in the planes; which of
 * them have no place (a small base, an imputed figure) is kept beside them while
 * the indicator is at hand.
 */
#ifndef TONGBAO_ANALYSE_UNIT_PLANES_H
#define TONGBAO_ANALYSE_UNIT_PLANES_H

#include "analyse/measure/layout.h"
#include "analyse/rank/ranks.h"

struct tb_unit_planes {
    const struct tb_measures *ms;
    size_t indicator;
    struct tb_plane *plane[TB_N_UNIT_MEASURES]; /* NULL: not laid out */
    bool *unranked[TB_N_UNIT_MEASURES];         /* [cells of the plane]; NULL: all have places */
    uint32_t *odd;                              /* [n_units], for work: to be printed one by one */
};

/* Fills every plane of the indicator.  -1 when memory is out; release it in either case. */
int tb_unit_planes_fill(struct tb_unit_planes *units, const struct tb_measures *ms,
                        const struct tb_indicator_layout *at, struct tb_cube *cube,
                        size_t indicator, struct tb_error *err);
void tb_unit_planes_release(struct tb_unit_planes *units);

/* The plane of a measure and the number of its first cell of the period; NULL when
 * there is none. */
const struct tb_plane *tb_unit_planes_row(const struct tb_unit_planes *units, enum tb_measure of,
                                          struct tb_period period, size_t *first);
/* A row of a group for ranking, of printed values, as tb_findings_row makes it from
 * exact ones.  False when the measure has no plane, or none for the period. */
bool tb_unit_planes_rank(const struct tb_unit_planes *units, enum tb_measure of, size_t group,
                         struct tb_period period, struct tb_ranks_row *row);

#endif
