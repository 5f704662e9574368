/* beside.h - tables side by side: a plan for each, over the same rows. */
#ifndef TONGBAO_COLLECT_BESIDE_H
#define TONGBAO_COLLECT_BESIDE_H

#include <stdbool.h>
#include <stdint.h>
#include "collect/rows/sections.h"

struct tb_csv_record;
struct tb_error;
struct tb_plan;
struct tb_planner;
struct tb_reading;

enum { TB_BESIDE_MAX = 16 }; /* tables in one row */

/* While the rows of such tables are read. */
struct tb_beside {
    const struct tb_plan *plan;                 /* of the first table: whose sections these are */
    struct tb_section section[TB_BESIDE_MAX];   /* what holds for each */
    bool open;   /* a part of a row is being taken: what is ignored is only noted */
    bool inner;  /* and it is not the first: no other table begins there */
    int ignored; /* enum tb_ignored_kind of the parts so far, or -1 */
};

/* Where the heads of the plan are those of several tables, makes a plan of each: *plan the
 * first, the others in its chain.  Where they cannot be, plan->unclear is set.  -1: memory. */
int tb_beside_split(struct tb_planner *planner, struct tb_plan *plan, struct tb_error *err);

/* How rows.c takes a row by one plan. */
typedef int tb_take_row(struct tb_reading *reading, const struct tb_csv_record *record,
                        struct tb_error *err);
/* Takes a row of tables side by side: each part by its own plan, and the row counted once:
 * rejected when a part is, accepted when one is and none is rejected. */
int tb_beside_take(struct tb_reading *reading, const struct tb_csv_record *record,
                   tb_take_row *take, struct tb_error *err);

#endif
