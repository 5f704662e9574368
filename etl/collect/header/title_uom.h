/* title_uom.h - the unit of measure that the lines above a table state. */
#ifndef TONGBAO_COLLECT_TITLE_UOM_H
#define TONGBAO_COLLECT_TITLE_UOM_H

#include <stdbool.h>
#include <stdint.h>

struct tb_file_facts;
struct tb_plan;
struct tb_profile;
struct tb_arena;
struct tb_sample;
struct tb_title_uoms;

/* Adds to the plan what the cells above its header say behind `单位:`, or in brackets:
 * `固定资产投资(亿元)`; where they say nothing, what those of the first table did.  False
 * when memory is out. */
bool tb_title_uoms_read(struct tb_plan *plan, const struct tb_file_facts *facts,
                        const struct tb_sample *sample);
/* Of those stated, the one for this indicator: of its dimension, else the first (which
 * then cannot be converted, no more than `亿元、万元` where both were stated); NULL: none. */
const char *tb_title_uom_for(const struct tb_title_uoms *uoms, const struct tb_profile *profile,
                             int32_t indicator);
/* True for a cell that is `单位：万元` or `（计量单位：万元）` and no head that says so in brackets. */
bool tb_title_uom_is_statement(const char *text);
/* Adds what one cell states; `next` is the cell behind it, which counts where `单位：` stands
 * alone.  Texts live in `arena`.  False when memory is out. */
bool tb_title_uoms_add(struct tb_title_uoms *uoms, struct tb_arena *arena,
                       const struct tb_profile *profile, const char *text, const char *next);
/* True when both state the same in the same words. */
bool tb_title_uoms_same(const struct tb_title_uoms *a, const struct tb_title_uoms *b);

#endif
