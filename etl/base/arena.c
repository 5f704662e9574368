/* arena.c - blocks of zeroed memory, handed out from the front.
 *
 * A request that would waste much of a block gets a block of its own, put
 * behind the newest one so that the space left there stays in use.
 */
#include "tongbao/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/size.h"

enum { BLOCK_BYTES = 64 * 1024, LARGE_BYTES = BLOCK_BYTES / 8 };

struct tb_arena_block {
    struct tb_arena_block *next;
    size_t size; /* bytes at data */
    alignas(max_align_t) unsigned char data[];
};

void tb_arena_release(struct tb_arena *arena)
{
    while (arena->head) {
        struct tb_arena_block *next = arena->head->next;

        free(arena->head);
        arena->head = next;
    }
    arena->used = 0;
}

void tb_arena_clear(struct tb_arena *arena)
{
    struct tb_arena_block *kept = arena->head;
    size_t used = arena->used;

    if (!kept)
        return;
    /* The newest block is the one of which it is known how much was used; the others go. */
    arena->head = kept->next;
    tb_arena_release(arena);
    memset(kept->data, 0, used < kept->size ? used : kept->size);
    kept->next = NULL;
    arena->head = kept;
}

static struct tb_arena_block *new_block(size_t size)
{
    struct tb_arena_block *block;
    size_t bytes;

    if (!tb_size_add(sizeof *block, size, &bytes))
        return NULL;
    block = calloc(1, bytes);
    if (block)
        block->size = size;
    return block;
}

static void *alloc_large(struct tb_arena *arena, size_t size)
{
    struct tb_arena_block *block = new_block(size);

    if (!block)
        return NULL;
    if (arena->head) {
        block->next = arena->head->next;
        arena->head->next = block;
    } else {
        arena->head = block;
        arena->used = size;
    }
    return block->data;
}

static void *alloc_bytes(struct tb_arena *arena, size_t size, size_t align)
{
    size_t start = (arena->used + align - 1) & ~(align - 1);

    if (!arena->head || start > arena->head->size || size > arena->head->size - start) {
        if (size > LARGE_BYTES)
            return alloc_large(arena, size);
        struct tb_arena_block *block = new_block(BLOCK_BYTES);
        if (!block)
            return NULL;
        block->next = arena->head;
        arena->head = block;
        start = 0;
    }
    arena->used = start + size;
    return arena->head->data + start;
}

void *tb_arena_alloc(struct tb_arena *arena, size_t n, size_t size)
{
    size_t bytes;

    if (!tb_size_mul(n, size, &bytes))
        return NULL;
    /* Nothing is still something: each caller gets a pointer that is not NULL. */
    return alloc_bytes(arena, bytes ? bytes : 1, alignof(max_align_t));
}

char *tb_arena_strdup(struct tb_arena *arena, const char *text)
{
    return tb_arena_memdup(arena, text, strlen(text));
}

char *tb_arena_memdup(struct tb_arena *arena, const char *bytes, size_t len)
{
    size_t size;

    /* Texts need no alignment: names of a batch lie closer together. */
    char *copy = tb_size_add(len, 1, &size) ? alloc_bytes(arena, size, 1) : NULL;
    if (copy && len)
        memcpy(copy, bytes, len);
    return copy;
}
