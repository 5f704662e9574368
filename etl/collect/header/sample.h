/* sample.h - the first rows of a submission, kept while its header is looked for. */
#ifndef TONGBAO_COLLECT_SAMPLE_H
#define TONGBAO_COLLECT_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"

struct tb_error;
struct tb_form;
struct tb_profile;

struct tb_sample_row {
    const char **cell; /* trimmed */
    size_t n;
    uint32_t line, end; /* first and last line */
};

struct tb_sample {
    struct tb_arena arena;
    struct tb_sample_row *row;
    size_t n;
    uint32_t base; /* lines above the first sheet that is read: the form counts from there */
};

/* Reads at most `n_max` records of the sheets that the form reads, with its quotes; a
 * converter has its own. */
int tb_sample_take(struct tb_sample *sample, const struct tb_profile *profile,
                   const char *bytes, size_t len, const struct tb_form *form, bool converted, char delimiter, size_t n_max,
                   struct tb_error *err);
/* Puts the heads of a form without a header before the rows, as line 0. */
int tb_sample_put_heads(struct tb_sample *sample, const struct tb_form *form, struct tb_error *err);
void tb_sample_release(struct tb_sample *sample);
/* The cell, or "" outside. */
const char *tb_sample_cell(const struct tb_sample *sample, size_t row, size_t column);
/* How many cells the rows from `first` on usually have: the most frequent number,
 * of several the largest; 0 without rows. */
size_t tb_sample_width(const struct tb_sample *sample, size_t first);
/* Delimiters that occur in the first lines outside of quotes (NUL: "), the most frequent
 * first; returns how many. */
size_t tb_sample_delimiters(const char *bytes, size_t len, char quote, char out[4]);

#endif
