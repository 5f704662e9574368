/* map.c - open addressing with linear probing; keys live in an arena.
 *
 * The table is at most three quarters full.  Nothing is ever removed, so there
 * are no tombstones.  The hash is kept per slot: it saves most comparisons and
 * makes growing cheap.
 */
#include "tongbao/map.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/arena.h"

enum { FIRST_SLOTS = 64 };

struct slot {
    const char *key; /* NULL: free */
    size_t len;
    uint64_t hash;
    int64_t value;
};

struct tb_map {
    struct slot *slot;
    size_t n_slots; /* a power of two */
    size_t n;
    struct tb_arena keys;
};

struct tb_map *tb_map_new(void)
{
    struct tb_map *map = calloc(1, sizeof *map);

    if (!map)
        return NULL;
    map->slot = calloc(FIRST_SLOTS, sizeof *map->slot);
    map->n_slots = FIRST_SLOTS;
    if (!map->slot) {
        free(map);
        return NULL;
    }
    return map;
}

void tb_map_free(struct tb_map *map)
{
    if (!map)
        return;
    tb_arena_release(&map->keys);
    free(map->slot);
    free(map);
}

/* FNV-1a over the bytes, then the finalising mix of MurmurHash3, since the low
 * bits choose the slot. */
static uint64_t hash_bytes(const char *key, size_t len)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)key[i]) * 0x100000001b3u;
    h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdu;
    h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53u;
    return h ^ (h >> 33);
}

/* The slot of the key, or the free slot where it would go. */
static struct slot *find(const struct tb_map *map, const char *key, size_t len, uint64_t hash)
{
    for (size_t i = hash;; i++) {
        struct slot *slot = &map->slot[i & (map->n_slots - 1)];

        if (!slot->key || (slot->hash == hash && slot->len == len &&
                           (len == 0 || memcmp(slot->key, key, len) == 0)))
            return slot;
    }
}

static bool grow(struct tb_map *map)
{
    size_t n_slots = map->n_slots * 2;
    struct slot *old = map->slot, *fresh = calloc(n_slots, sizeof *fresh);

    if (!fresh)
        return false;
    for (size_t i = 0; i < map->n_slots; i++) {
        size_t to = old[i].hash;

        if (!old[i].key)
            continue;
        while (fresh[to & (n_slots - 1)].key)
            to++;
        fresh[to & (n_slots - 1)] = old[i];
    }
    free(old);
    map->slot = fresh;
    map->n_slots = n_slots;
    return true;
}

int64_t tb_map_add(struct tb_map *map, const char *key, size_t len, int64_t value)
{
    uint64_t hash = hash_bytes(key, len);
    struct slot *slot = find(map, key, len, hash);

    if (slot->key)
        return slot->value;
    if (map->n >= map->n_slots / 4 * 3) {
        if (!grow(map))
            return -2;
        slot = find(map, key, len, hash);
    }
    const char *copy = tb_arena_memdup(&map->keys, key, len);
    if (!copy)
        return -2;
    *slot = (struct slot){ .key = copy, .len = len, .hash = hash, .value = value };
    map->n++;
    return value;
}

int64_t tb_map_get(const struct tb_map *map, const char *key, size_t len)
{
    const struct slot *slot = find(map, key, len, hash_bytes(key, len));

    return slot->key ? slot->value : TB_MAP_NONE;
}

size_t tb_map_count(const struct tb_map *map)
{
    return map->n;
}
