/* sources.h - the submissions that a cube is made of, in the order of their
 * vintages, and the numbers by which its cells name where they came from.
 *
 * Observations are numbered from 1 through all sources: origin = first_origin +
 * row in the segment.  Corrections of edits.csv are the last source.
 */
#ifndef TONGBAO_PROCESS_SOURCES_H
#define TONGBAO_PROCESS_SOURCES_H

#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"
#include "tongbao/date.h"
#include "tongbao/observation.h"

struct tb_error;
struct tb_segment;
struct tb_stage;

struct source {
    struct tb_segment *segment; /* NULL for edits */
    uint32_t arrival;           /* number in the ledger; 0 for edits */
    uint32_t first_origin;
    size_t n_rows;
    tb_day received_day;        /* in the profile's offset */
    const char *received, *name, *sender, *path;
};

struct sources {
    struct tb_arena arena;
    struct source *item;
    size_t n;
    uint32_t n_origins; /* all observations, edits included */
};

/* Opens every segment that collect listed.  -1 with *err filled. */
int sources_open(const struct tb_stage *stage, struct sources *out, struct tb_error *err);
void sources_close(struct sources *sources);
/* The source that an origin belongs to; NULL for 0. */
const struct source *sources_find(const struct sources *sources, uint32_t origin);
/* Line of that observation in the file as sent (or in edits.csv). */
uint32_t sources_line(const struct tb_stage *stage, const struct source *source, uint32_t origin);
/* Writes sources.csv. */
int sources_write(const struct tb_stage *stage, const struct sources *sources,
                  struct tb_error *err);

#endif
