/* sources.h - the submissions that a cube is made of, in the order of their
 * vintages, and the numbers by which its cells name where they came from.
 *
 * Observations are numbered from 1 through all sources: origin = first_origin +
 * row in the segment.  Corrections of edits.csv are the last source.
 */
#ifndef TONGBAO_PROCESS_SOURCES_H
#define TONGBAO_PROCESS_SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"
#include "tongbao/date.h"
#include "tongbao/observation.h"

struct tb_error;
struct tb_segment;
struct tb_stage;

struct tb_source {
    struct tb_segment *segment; /* NULL for edits */
    uint32_t arrival;           /* number in the ledger; 0 for edits */
    uint32_t first_origin;
    size_t n_rows;
    int64_t received_at;        /* seconds since the epoch */
    tb_day received_day;        /* in the profile's offset */
    tb_day complete_day;        /* the same of its last addressee; TB_DAY_NONE while one lacks it */
    bool is_copied;             /* it goes to several, or to one who is named */
    int32_t form;               /* row, or TB_NONE */
    const char *received, *name, *sender, *path;
    size_t n_new, n_corrected, n_repeated; /* values: not there before, in place of another,
                                              as they stood */
    size_t n_deleted, n_not_there;         /* rows that take back: a value that was in force,
                                              or what nobody has sent, or not any more */
    size_t n_left_out;                     /* rows that came after their round had closed */
    uint32_t first_not_there;              /* origin of the first of the latter, or 0 */
};

struct tb_sources {
    struct tb_arena arena;
    struct tb_source *item;
    size_t n;
    uint32_t n_origins; /* all observations, edits included */
};

/* Opens every segment that collect listed.  -1 with *err filled. */
int tb_sources_open(const struct tb_stage *stage, struct tb_sources *out, struct tb_error *err);
void tb_sources_close(struct tb_sources *sources);
/* The source that an origin belongs to; NULL for 0. */
const struct tb_source *tb_sources_find(const struct tb_sources *sources, uint32_t origin);
/* Line of that observation in the file as sent (or in edits.csv). */
uint32_t tb_sources_line(const struct tb_stage *stage, const struct tb_source *source, uint32_t origin);
/* Writes sources.csv. */
int tb_sources_write(const struct tb_stage *stage, const struct tb_sources *sources,
                  struct tb_error *err);

#endif
