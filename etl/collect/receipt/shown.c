/* shown.c - the first rejects of each kind. */
#include "collect/receipt/shown.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/error.h"
#include "tongbao/size.h"

struct tb_shown_kind {
    uint64_t n_items, left;
};

void tb_shown_release(struct tb_shown *shown)
{
    tb_arena_release(&shown->arena);
    free(shown->item);
    free(shown->kind);
    *shown = (struct tb_shown){ 0 };
}

static bool alike(const struct tb_reject *a, const struct tb_reject *b)
{
    return a->reason == b->reason && a->line == b->line && a->line > 0 &&
           strcmp(a->text, b->text) == 0 && strcmp(a->expected, b->expected) == 0;
}

static const char *keep(struct tb_shown *shown, const char *text)
{
    return *text ? tb_arena_strdup(&shown->arena, text) : "";
}

static int add_item(struct tb_shown *shown, const struct tb_reject *reject, struct tb_error *err)
{
    struct tb_reject kept = *reject;
    struct tb_shown_item *grown = tb_grow(shown->item, shown->n, &shown->capacity, sizeof *grown);

    shown->item = grown ? grown : shown->item;
    kept.field = keep(shown, reject->field);
    kept.text = keep(shown, reject->text);
    kept.expected = keep(shown, reject->expected);
    if (!grown || !kept.field || !kept.text || !kept.expected)
        return tb_error_set(err, "out of memory for rejects");
    grown[shown->n++] = (struct tb_shown_item){ kept, 1 };
    shown->open = shown->n;
    return 0;
}

int tb_shown_add(struct tb_shown *shown, const struct tb_reject *reject, size_t of_a_kind,
                 struct tb_error *err)
{
    if (!shown->kind)
        shown->kind = calloc(TB_N_REJECT_REASONS, sizeof *shown->kind);
    if (!shown->kind)
        return tb_error_set(err, "out of memory for rejects");
    struct tb_shown_kind *kind = &shown->kind[reject->reason];
    shown->n_rejects++;
    if (shown->open > 0 && alike(&shown->item[shown->open - 1].first, reject)) {
        shown->item[shown->open - 1].n++;
        return 0;
    }
    shown->open = 0;
    if (kind->n_items > 0 && kind->n_items >= of_a_kind) {
        kind->left++;
        return 0;
    }
    kind->n_items++;
    return add_item(shown, reject, err);
}

uint64_t tb_shown_left(const struct tb_shown *shown, enum tb_reason reason)
{
    return shown->kind ? shown->kind[reason].left : 0;
}
