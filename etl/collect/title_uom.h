/* title_uom.h - the unit of measure that the lines above a table state. */
#ifndef TONGBAO_COLLECT_TITLE_UOM_H
#define TONGBAO_COLLECT_TITLE_UOM_H

#include <stdbool.h>
#include <stdint.h>

struct tb_plan;
struct tb_profile;

/* Adds to the plan what `text`, a cell above the header (normalised), says behind
 * `单位:`.  False when memory is out. */
bool tb_title_uom_read(struct tb_plan *plan, const struct tb_profile *profile, const char *text);
/* Of those stated, the one for this indicator: of its dimension, else the first (which
 * then cannot be converted); NULL: none. */
const char *tb_title_uom_for(const struct tb_plan *plan, const struct tb_profile *profile,
                             int32_t indicator);

#endif
