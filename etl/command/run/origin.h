/* origin.h - from the number of an observation to the submission, line and text
 * that it came from.
 *
 *     struct tb_origins origins;
 *     if (tb_origins_open(&origins, &view, err) == 0 &&
 *         tb_origins_find(&origins, plane->origin[cell], &place, err) == 0)
 *             tb_origins_line(&origins, &place, &text, err);
 *     tb_origins_close(&origins);
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
struct tb_view;

struct tb_origins {
    const struct tb_view *view;
    struct tb_table *sources, *submissions;
    struct tb_segment *segment; /* the one read last, or NULL */
    size_t segment_row;         /* its row of sources.csv */
    struct tb_buf text;         /* the original read last, as UTF-8 */
    char *text_of;              /* its hash, or NULL */
};

/* Where an observation stands.  Texts live as long as the origins. */
struct tb_origin_place {
    bool is_edit;               /* a row of edits.csv */
    size_t edit;                /* which, from 0 */
    const char *received, *name, *sender;
    const char *sha256;         /* of the original; "" for edits */
    uint32_t line, column;      /* in the file as sent; column 0: unknown */
    struct tb_observation row;  /* as it was coded; of an edit: zero */
};

/* Reads process/sources.csv and collect/submissions.csv of the run. */
int tb_origins_open(struct tb_origins *origins, const struct tb_view *view, struct tb_error *err);
void tb_origins_close(struct tb_origins *origins);
/* The place of origin number `origin` (> 0). */
int tb_origins_find(struct tb_origins *origins, uint32_t origin, struct tb_origin_place *out,
                 struct tb_error *err);
/* Appends the original line, read from the archive and decoded.  -1 when the
 * original cannot be read or has no such line. */
int tb_origins_line(struct tb_origins *origins, const struct tb_origin_place *place, struct tb_buf *out,
                 struct tb_error *err);

#endif
