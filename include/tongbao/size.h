/* size.h - arithmetic on sizes that cannot wrap around. */
#ifndef TONGBAO_SIZE_H
#define TONGBAO_SIZE_H

#include <stdbool.h>
#include <stddef.h>

static inline bool tb_size_add(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

static inline bool tb_size_mul(size_t a, size_t b, size_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

/* Grows an array that holds n of *capacity items of `size` bytes so that one
 * more fits (doubling).  Returns the array, perhaps moved, or NULL with the old
 * array untouched when memory is out or the size would overflow. */
void *tb_grow(void *array, size_t n, size_t *capacity, size_t size);

#endif
