/* arena.h - memory that lives as long as a batch: allocate many, free once.
 *
 * Nothing taken from an arena is freed alone.  Memory is zeroed and aligned
 * for any type.  Not safe for use by two threads at once.
 */
#ifndef TONGBAO_ARENA_H
#define TONGBAO_ARENA_H

#include <stddef.h>

struct tb_arena_block;

struct tb_arena {
    struct tb_arena_block *head; /* newest block; NULL when empty */
    size_t used;                 /* bytes used of the newest block */
};

#define TB_ARENA_INIT                                                                              \
    {                                                                                              \
        0                                                                                          \
    }

void tb_arena_release(struct tb_arena *arena);
/* Forgets all that was taken and keeps one block to take from again. */
void tb_arena_clear(struct tb_arena *arena);
/* n * size zeroed bytes, or NULL when memory is out or n * size overflows. */
void *tb_arena_alloc(struct tb_arena *arena, size_t n, size_t size);
/* A NUL-terminated copy, or NULL. */
char *tb_arena_strdup(struct tb_arena *arena, const char *text);
char *tb_arena_memdup(struct tb_arena *arena, const char *bytes, size_t len);

#endif
