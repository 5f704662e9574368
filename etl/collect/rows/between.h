/* between.h - lines between rows of data that state a unit of measure: `单位：亿元` alone, or
 * `表2,,单位：亿元`.  Below a header of their own they are titles of another table
 * (tables.h); without one they hold for the rows below them.  Lines of which nobody knows
 * what they say are told where only the title says of which indicator the rows are.
 */
#ifndef TONGBAO_COLLECT_BETWEEN_H
#define TONGBAO_COLLECT_BETWEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "collect/header/plan.h"
#include "tongbao/arena.h"

struct tb_csv_record;
struct tb_error;
struct tb_reading;

struct tb_between {
    struct tb_arena arena;        /* of the texts */
    struct tb_title_uoms waiting; /* stated since the last row of data */
    struct tb_title_uoms in_force;
    bool holds;                   /* in_force counts, and not what stands above the table */
    uint32_t line;                /* of what waits; 0: nothing does */
    uint32_t unknown_line;        /* of a line that is not understood; 0: there is none */
    const char *unknown;          /* its text */
    size_t n_unknown;             /* told so far */
};

/* Nothing was stated yet: before a file is read, and where another table begins. */
void tb_between_release(struct tb_between *between);
/* True for a row of text that is no data though it has several cells, or its one cell stands
 * below a head of values: it states a unit of measure (`2023年10月,,单位：万元`) or is the name
 * of a table (`表2,,`), and no row of heads. */
bool tb_row_is_caption(struct tb_reading *reading, const struct tb_csv_record *record);
/* The same, asked of a row that is of the right shape and may be data: cheap where its columns
 * of values hold numbers. */
bool tb_row_may_be_caption(struct tb_reading *reading, const struct tb_csv_record *record);
bool tb_row_holds_a_number(struct tb_reading *reading, const struct tb_csv_record *record);
/* Takes what an ignored line of text states. */
int tb_between_line(struct tb_reading *reading, const struct tb_csv_record *record,
                    struct tb_error *err);
/* A row of data follows: what waits holds from here on, and what is not known is told. */
int tb_between_rows(struct tb_reading *reading, struct tb_error *err);
/* The table ends: what waits held for no row, and a remark says so unless it is what was in
 * force anyway. */
int tb_between_end(struct tb_reading *reading, struct tb_error *err);
/* What counts for the row at hand. */
const struct tb_title_uoms *tb_between_uoms(const struct tb_reading *reading);

#endif
