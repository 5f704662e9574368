/* seen.h - which keys a submission has already given a value for.
 *
 * A key is (indicator, measure, group, period, unit).  Keys are kept as bits, 512
 * units to a chunk, so that a dense table costs little more than a bit per
 * cell and a sparse one a chunk per cell.
 */
#ifndef TONGBAO_COLLECT_SEEN_H
#define TONGBAO_COLLECT_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_observation;

struct tb_seen {
    struct tb_seen_chunk *chunk; /* open addressing */
    size_t n_slots, n;
    size_t last; /* slot of the last key: the next is often its neighbour */
};

#define TB_SEEN_INIT                                                                               \
    {                                                                                              \
        0                                                                                          \
    }

void tb_seen_release(struct tb_seen *seen);
/* Marks the key of *row: 1 if it was marked before, 0 if not, -1 out of memory. */
int tb_seen_mark(struct tb_seen *seen, const struct tb_observation *row);

#endif
