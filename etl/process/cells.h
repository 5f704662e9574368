/* cells.h - what checks see of the cube in the making: a source of operands for
 * the rule language, with submitted and derived measures only (growth as
 * submitted; nothing is computed here that analyse answers for). */
#ifndef TONGBAO_PROCESS_CELLS_H
#define TONGBAO_PROCESS_CELLS_H

#include <stdint.h>
#include "tongbao/observation.h"
#include "tongbao/rule.h"

struct tb_plane;
struct tb_work;

/* The cube, less the cells that the check at hand has already found wrong: in the
 * periods after, `value <= 1.2 * prev(value)` must not call a right number wrong
 * because a wrong one stands before it. */
struct tb_cells {
    const struct tb_work *work;
    const struct tb_plane *plane; /* the submitted plane that `wrong` is of */
    const uint8_t *wrong;         /* [cells of the plane]; NULL: none */
};

/* The returned struct borrows `cells`. */
struct tb_rule_source tb_cells_source(struct tb_cells *cells);
/* The plane of a part of a quotient, for the quotient's value or ytd; NULL if none. */
const struct tb_plane *tb_cells_part(const struct tb_work *work, size_t part,
                                     enum tb_measure measure);

#endif
