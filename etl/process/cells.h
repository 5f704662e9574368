/* cells.h - what checks see of the cube in the making: a source of operands for
 * the rule language, with submitted and derived measures only (growth as
 * submitted; nothing is computed here that analyse answers for). */
#ifndef TONGBAO_PROCESS_CELLS_H
#define TONGBAO_PROCESS_CELLS_H

#include "tongbao/observation.h"
#include "tongbao/rule.h"

struct tb_plane;
struct tb_work;

/* The returned struct borrows `work`. */
struct tb_rule_source tb_cells_source(struct tb_work *work);
/* The plane of a part of a quotient, for the quotient's value or ytd; NULL if none. */
const struct tb_plane *tb_cells_part(const struct tb_work *work, size_t part,
                                     enum tb_measure measure);

#endif
