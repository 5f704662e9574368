/* stated.h - periods that titles and file names state beside what the rows say.
 *
 * A table whose rows or heads have periods of their own is read by these.  Where the title states another one
 * that none of them lies in, or the name of the file does, a remark tells both.
 */
#ifndef TONGBAO_COLLECT_STATED_H
#define TONGBAO_COLLECT_STATED_H

#include <stdbool.h>

#include "tongbao/period.h"

struct tb_error;
struct tb_reading;

/* What the rows of a table, and of all, have met so far. */
struct tb_stated {
    bool any, title_met;      /* of this table */
    bool name_met;            /* of the file */
    bool any_of_file;
    struct tb_period first;   /* period of this table */
    struct tb_period of_file; /* the first of all */
};

/* True when the two have a day in common; a span counts from January. */
bool tb_stated_agree(const struct tb_period_read *a, const struct tb_period_read *b);
/* An observation of that period was accepted; asked when it is another than before. */
void tb_stated_met(struct tb_reading *reading, struct tb_period period);
/* A table ends, and the file: what nothing agreed with becomes a remark. */
int tb_stated_end_table(struct tb_reading *reading, struct tb_error *err);
int tb_stated_end(struct tb_reading *reading, struct tb_error *err);

#endif
