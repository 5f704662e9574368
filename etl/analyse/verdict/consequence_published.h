/* consequence_published.h - what earlier bulletins proposed, as published. */
#ifndef TONGBAO_ANALYSE_CONSEQUENCE_PUBLISHED_H
#define TONGBAO_ANALYSE_CONSEQUENCE_PUBLISHED_H

#include <stddef.h>
#include "tongbao/arena.h"
#include "tongbao/consequence.h"
#include "tongbao/profile.h"

struct tb_buf;
struct tb_error;
struct tb_map;

/* One proposal, however many bulletins made it. */
struct tb_published_proposal {
    size_t consequence;
    struct tb_consequence_subject subject;
    struct tb_period last;   /* bulletin that made it last */
    const char *first;       /* the first one, as text */
    bool in_last;            /* the latest bulletin has it, and as undecided */
};

struct tb_published {
    struct tb_arena arena;
    struct tb_published_proposal *item;
    size_t n, capacity;
    struct tb_map *map;      /* key of consequence_row.h -> item */
};

/* Reads RUN/published/PERIOD/consequences.csv of all earlier bulletins that the front door put
 * there.  Rows of what the profile no longer has are passed over.  -1 with *err filled. */
int tb_published_read(struct tb_published *published, const struct tb_profile *profile,
                      const char *run, struct tb_error *err);
void tb_published_release(struct tb_published *published);
/* The period, as text, of the first bulletin that made it; "" where none did. */
const char *tb_published_first(const struct tb_published *published, const struct tb_buf *key);

#endif
