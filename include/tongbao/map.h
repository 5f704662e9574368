/* map.h - a dictionary from byte strings to small numbers (codes, names).
 *
 * Keys are copied.  Open addressing; no order of its own: whoever needs order
 * keeps an array beside it, so results never depend on hashing.
 */
#ifndef TONGBAO_MAP_H
#define TONGBAO_MAP_H

#include <stddef.h>
#include <stdint.h>

struct tb_map; /* opaque */

enum { TB_MAP_NONE = -1 };

struct tb_map *tb_map_new(void); /* NULL when memory is out */
void tb_map_free(struct tb_map *map);
/* Adds key -> value unless the key is there.  Returns the value that the map
 * now holds for the key (the old one if it was there), or -2 out of memory. */
int64_t tb_map_add(struct tb_map *map, const char *key, size_t len, int64_t value);
/* The value, or TB_MAP_NONE. */
int64_t tb_map_get(const struct tb_map *map, const char *key, size_t len);
size_t tb_map_count(const struct tb_map *map);

#endif
