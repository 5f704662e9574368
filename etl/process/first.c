/* first.c - what each revised cell held at first: the first published vintage. */
#include "process/first.h"

#include <stdlib.h>

#include "tongbao/cube.h"
#include "tongbao/error.h"
#include "tongbao/size.h"

void tb_firsts_note(struct tb_firsts *firsts, const struct tb_plane *plane, size_t cell)
{
    uint8_t status = plane->status[cell];

    if ((status & TB_STATUS_MASK) == TB_STATUS_NONE || status & TB_FLAG_REVISED)
        return; /* not the first, or nothing was there */
    if (firsts->n == firsts->capacity) {
        size_t more = firsts->capacity ? firsts->capacity * 2 : 256;
        struct tb_first *grown =
            more <= SIZE_MAX / sizeof *grown ? realloc(firsts->item, more * sizeof *grown) : NULL;
        if (!grown) {
            firsts->failed = true;
            return;
        }
        firsts->item = grown;
        firsts->capacity = more;
    }
    firsts->item[firsts->n++] = (struct tb_first){ plane, cell, plane->value[cell], status };
}

static int by_place(const void *a, const void *b)
{
    const struct tb_first *x = a, *y = b;

    if (x->plane->key.indicator != y->plane->key.indicator)
        return x->plane->key.indicator < y->plane->key.indicator ? -1 : 1;
    if (x->plane->key.measure != y->plane->key.measure)
        return x->plane->key.measure < y->plane->key.measure ? -1 : 1;
    if (x->plane->key.group != y->plane->key.group)
        return x->plane->key.group < y->plane->key.group ? -1 : 1;
    return x->cell < y->cell ? -1 : x->cell > y->cell;
}

int tb_firsts_sort(struct tb_firsts *firsts, struct tb_error *err)
{
    if (firsts->failed)
        return tb_error_set(err, "out of memory for first vintages");
    if (firsts->n)
        qsort(firsts->item, firsts->n, sizeof *firsts->item, by_place);
    return 0;
}

const struct tb_first *tb_firsts_find(const struct tb_firsts *firsts, const struct tb_plane *plane,
                                      size_t cell)
{
    struct tb_first wanted = { .plane = plane, .cell = cell };

    return firsts->n ? bsearch(&wanted, firsts->item, firsts->n, sizeof wanted, by_place) : NULL;
}

void tb_firsts_release(struct tb_firsts *firsts)
{
    free(firsts->item);
    *firsts = (struct tb_firsts){ 0 };
}
