/* cells.h - what checks see of the cube in the making: a source of operands for
 * the rule language, with submitted and derived measures only (growth as
 * submitted; nothing is computed here that analyse answers for). */
#ifndef TONGBAO_PROCESS_CELLS_H
#define TONGBAO_PROCESS_CELLS_H

#include "tongbao/rule.h"

struct tb_work;

/* The returned struct borrows `work`. */
struct tb_rule_source tb_cells_source(struct tb_work *work);

#endif
