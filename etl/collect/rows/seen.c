/* seen.c - a sparse set of bits over the keys of one submission. */
#include "collect/rows/seen.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/observation.h"
#include "tongbao/size.h"

enum { CHUNK_BITS = 512, WORDS = CHUNK_BITS / 64, FIRST_SLOTS = 64 };

/* Two words name a chunk; all zero in `used` means the slot is free. */
struct name {
    uint64_t plane; /* indicator, measure, group, and the unit's chunk */
    uint64_t period;
};

struct tb_seen_chunk {
    struct name name;
    bool used;
    uint32_t next; /* slot that was asked for behind this one: rows go round in turns */
    uint64_t bits[WORDS];
};

void tb_seen_release(struct tb_seen *seen)
{
    free(seen->chunk);
    *seen = (struct tb_seen)TB_SEEN_INIT;
}

static uint64_t hash_name(struct name name)
{
    uint64_t h = name.plane * 0x9e3779b97f4a7c15u ^ (name.period + 0x7f4a7c15u) * 0xff51afd7ed558ccdu;

    return (h ^ (h >> 32)) * 0xc4ceb9fe1a85ec53u >> 20;
}

static size_t find_slot(const struct tb_seen_chunk *chunk, size_t n_slots, struct name name)
{
    size_t i = hash_name(name) & (n_slots - 1);

    while (chunk[i].used &&
           (chunk[i].name.plane != name.plane || chunk[i].name.period != name.period))
        i = (i + 1) & (n_slots - 1);
    return i;
}

static bool make_room(struct tb_seen *seen)
{
    size_t n_slots = seen->n_slots ? seen->n_slots * 2 : FIRST_SLOTS;

    struct tb_seen_chunk *fresh = calloc(n_slots, sizeof *fresh);
    if (!fresh)
        return false;
    for (size_t i = 0; i < seen->n_slots; i++) {
        if (seen->chunk[i].used)
            fresh[find_slot(fresh, n_slots, seen->chunk[i].name)] = seen->chunk[i];
    }
    free(seen->chunk);
    seen->chunk = fresh;
    seen->n_slots = n_slots;
    seen->last = 0;
    return true;
}

static bool is_of(const struct tb_seen_chunk *chunk, struct name name)
{
    return chunk->used && chunk->name.plane == name.plane && chunk->name.period == name.period;
}

/* The chunk of that name: the last, the one that came behind it before, or looked up. */
static struct tb_seen_chunk *chunk_of(struct tb_seen *seen, struct name name)
{
    struct tb_seen_chunk *last = &seen->chunk[seen->last];

    if (is_of(last, name))
        return last;
    size_t slot = last->next;
    if (slot >= seen->n_slots || !is_of(&seen->chunk[slot], name)) {
        slot = find_slot(seen->chunk, seen->n_slots, name);
        last->next = slot <= UINT32_MAX ? (uint32_t)slot : 0;
    }
    seen->last = slot;
    return &seen->chunk[slot];
}

int tb_seen_mark(struct tb_seen *seen, const struct tb_observation *row)
{
    struct name name = {
        .plane = (uint64_t)row->indicator << 48 | (uint64_t)row->measure << 40 |
                 (uint64_t)row->group << 32 | row->unit / CHUNK_BITS,
        .period = (uint32_t)row->period,
    };
    uint64_t bit = UINT64_C(1) << (row->unit % 64);
    size_t word = row->unit % CHUNK_BITS / 64;

    if (seen->n >= seen->n_slots / 2 && !make_room(seen))
        return -1;
    struct tb_seen_chunk *chunk = chunk_of(seen, name);
    if (!chunk->used) {
        chunk->used = true;
        chunk->name = name;
        seen->n++;
    }
    int before = (chunk->bits[word] & bit) != 0;
    chunk->bits[word] |= bit;
    return before;
}
