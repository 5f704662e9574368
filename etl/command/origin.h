/* origin.h - from the number of an observation to the submission, line and text
 * that it came from.
 *
 *     struct origins origins;
 *     if (origins_open(&origins, &view, err) == 0 &&
 *         origins_find(&origins, plane->origin[cell], &place, err) == 0)
 *             origins_line(&origins, &place, &text, err);
 *     origins_close(&origins);
 */
#ifndef TONGBAO_COMMAND_ORIGIN_H
#define TONGBAO_COMMAND_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/buf.h"
#include "tongbao/observation.h"

struct tb_error;
struct tb_segment;
struct tb_table;
struct view;

struct origins {
    const struct view *view;
    struct tb_table *sources, *submissions;
    struct tb_segment *segment; /* the one read last, or NULL */
    size_t segment_row;         /* its row of sources.csv */
    struct tb_buf text;         /* the original read last, as UTF-8 */
    char *text_of;              /* its hash, or NULL */
};

/* Where an observation stands.  Texts live as long as the origins. */
struct origin_place {
    bool is_edit;               /* a row of edits.csv */
    size_t edit;                /* which, from 0 */
    const char *received, *name, *sender;
    const char *sha256;         /* of the original; "" for edits */
    uint32_t line, column;      /* in the file as sent; column 0: unknown */
    struct tb_observation row;  /* as it was coded; of an edit: zero */
};

/* Reads process/sources.csv and collect/submissions.csv of the run. */
int origins_open(struct origins *origins, const struct view *view, struct tb_error *err);
void origins_close(struct origins *origins);
/* The place of origin number `origin` (> 0). */
int origins_find(struct origins *origins, uint32_t origin, struct origin_place *out,
                 struct tb_error *err);
/* Appends the original line, read from the archive and decoded.  -1 when the
 * original cannot be read or has no such line. */
int origins_line(struct origins *origins, const struct origin_place *place, struct tb_buf *out,
                 struct tb_error *err);

#endif
