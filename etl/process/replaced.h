/* replaced.h - values that came by one file and were changed or taken back by another
 * of a different name or sender: nobody who looks at one of the two sees it.
 *
 * A file that comes again under its own name is a correction, and is not counted.
 */
#ifndef TONGBAO_PROCESS_REPLACED_H
#define TONGBAO_PROCESS_REPLACED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_buf;
struct tb_map;
struct tb_observation;
struct tb_profile;
struct tb_source;

/* A later file and an earlier one. */
struct tb_replacement {
    const struct tb_source *by, *of; /* borrowed from the sources */
    size_t n_values;                 /* that got another value, or were taken back */
    uint32_t unit;                   /* of the first of them: rows of the profile ... */
    uint16_t indicator;
    int32_t period;                  /* ... and its index in the indicator's frequency */
};

struct tb_replaced { /* zeroed: empty */
    struct tb_replacement *item; /* in the order of vintages of the later file */
    size_t n, capacity, last;    /* last: the one that was counted last */
    struct tb_map *places;
    bool failed; /* memory ran out: tb_replaced_put says so */
};

/* A value of `of` is changed or taken back by `row` of `by`; either may be NULL or no file. */
void tb_replaced_note(struct tb_replaced *replaced, const struct tb_source *by,
                      const struct tb_source *of, const struct tb_observation *row);
/* Appends the rows of replaced.csv; a failed buffer when memory ran out. */
void tb_replaced_put(const struct tb_replaced *replaced, const struct tb_profile *profile,
                     struct tb_buf *out);
void tb_replaced_release(struct tb_replaced *replaced);

#endif
