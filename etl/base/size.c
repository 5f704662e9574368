/* size.c - growing arrays without a size that wraps around. */
#include "tongbao/size.h"

#include <stdlib.h>

enum { FIRST_ITEMS = 16 };

void *tb_grow(void *array, size_t n, size_t *capacity, size_t size)
{
    size_t items = *capacity, bytes;

    if (array && n < items)
        return array;
    if (items < FIRST_ITEMS / 2)
        items = FIRST_ITEMS;
    else if (!tb_size_mul(items, 2, &items))
        return NULL;
    if (items <= n && !tb_size_add(n, 1, &items))
        return NULL;
    if (!tb_size_mul(items, size, &bytes))
        return NULL;
    void *moved = realloc(array, bytes);
    if (moved)
        *capacity = items;
    return moved;
}
