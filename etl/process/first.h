/* first.h - the first vintage of every cell that a later one changed or took back.
 *
 * Noted while the cells are filled, sorted once, then read by any number of threads.
 * A cell that is not here holds what came first.
 */
#ifndef TONGBAO_PROCESS_FIRST_H
#define TONGBAO_PROCESS_FIRST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_error;
struct tb_plane;

struct tb_first {
    const struct tb_plane *plane;
    size_t cell;    /* in the plane */
    int64_t units;  /* times 10^scale of the plane; 0 where the status has no value */
    uint8_t status; /* of observation.h, without TB_FLAG_REVISED */
};

struct tb_firsts { /* zeroed: empty */
    struct tb_first *item;
    size_t n, capacity;
    bool failed; /* memory ran out: tb_firsts_sort says so */
};

/* Before a cell is changed or taken back: keeps what it holds, unless that is not the first. */
void tb_firsts_note(struct tb_firsts *firsts, const struct tb_plane *plane, size_t cell);
/* In the order of indicator, measure, group and cell; -1 with *err filled. */
int tb_firsts_sort(struct tb_firsts *firsts, struct tb_error *err);
/* After sorting: the first vintage of a cell that was changed, or NULL. */
const struct tb_first *tb_firsts_find(const struct tb_firsts *firsts, const struct tb_plane *plane,
                                      size_t cell);
void tb_firsts_release(struct tb_firsts *firsts);

#endif
