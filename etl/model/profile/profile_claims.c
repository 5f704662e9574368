/* profile_claims.c - enters names and aliases behind the codes, and finds those
 * that two rows claim.
 *
 * Two passes, since a map never forgets: the first finds out which texts are
 * claimed twice, the second enters each as its row's or as ambiguous.
 */
#include "model/profile/profile_load.h"

#include <string.h>

#include "tongbao/map.h"
#include "tongbao/table.h"

struct claims {
    struct tb_sheet *sheet;
    struct tb_map *codes;   /* the final map; holds the codes already */
    struct tb_map *claimed; /* text -> the first row that claims it */
    struct tb_map *clashes; /* texts that more than one row claims */
    size_t n_shared;        /* names among them */
};

typedef void claim_visit(struct claims *claims, size_t c, const struct tb_item *item,
                         const char *text);

static void visit_names(struct claims *claims, const size_t names[], size_t n_names,
                        claim_visit *visit)
{
    struct tb_sheet *sheet = claims->sheet;

    for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++) {
        for (size_t i = 0; i < n_names; i++) {
            const char *text = tb_sheet_cell(sheet, names[i]);
            if (*text)
                visit(claims, names[i], NULL, text);
        }
    }
}

/* Former names of units hold on some days only (profile_former.c). */
static bool is_dated(const struct claims *claims, const struct tb_item *item)
{
    return claims->codes == claims->sheet->load->profile->unit_names &&
           memchr(item->text, '@', item->len);
}

static void visit_aliases(struct claims *claims, size_t aliases, claim_visit *visit)
{
    struct tb_sheet *sheet = claims->sheet;
    struct tb_item item;

    for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++) {
        for (size_t at = 0; tb_sheet_next_item(sheet, aliases, &at, &item);)
            if (!is_dated(claims, &item))
                visit(claims, aliases, &item, tb_load_text(sheet->load, item.text, item.len));
    }
}

static void report_clash(struct claims *claims, size_t c, const struct tb_item *item,
                         const char *text, int64_t other)
{
    struct tb_sheet *sheet = claims->sheet;
    struct tb_place place = item ? tb_sheet_item_place(sheet, c, item) : tb_sheet_place(sheet, c);

    tb_diag_at(sheet->load->diag, TB_ERROR, &place,
               "ambiguous %s '%s', it also stands for '%s' on line %u", item ? "alias" : "name",
               text, tb_table_cell(sheet->table, (size_t)other, sheet->column[0]),
               (unsigned)tb_table_line(sheet->table, (size_t)other));
}

static void claim(struct claims *claims, size_t c, const struct tb_item *item, const char *text)
{
    struct tb_load *load = claims->sheet->load;
    int64_t row = (int64_t)claims->sheet->row;
    int64_t coded = tb_names_get(load->profile, claims->codes, text, strlen(text));

    if (coded >= 0) {
        if (coded != row)
            report_clash(claims, c, item, text, coded);
        return;
    }
    int64_t first = tb_names_add(load, claims->claimed, text, row);
    if (first < 0 || first == row)
        return;
    tb_names_add(load, claims->clashes, text, 1);
    if (item)
        report_clash(claims, c, item, text, first);
    else
        claims->n_shared++;
}

static void enter(struct claims *claims, size_t c, const struct tb_item *item, const char *text)
{
    const struct tb_profile *profile = claims->sheet->load->profile;
    bool clash = tb_names_get(profile, claims->clashes, text, strlen(text)) >= 0;

    (void)c;
    (void)item;
    tb_names_add(claims->sheet->load, claims->codes, text,
                 clash ? TB_AMBIGUOUS : (int64_t)claims->sheet->row);
}

void tb_names_enter(struct tb_sheet *sheet, struct tb_map *map, const size_t names[],
                    size_t n_names, size_t aliases)
{
    struct claims claims = {
        .sheet = sheet, .codes = map, .claimed = tb_map_new(), .clashes = tb_map_new()
    };

    if (claims.claimed && claims.clashes) {
        /* Names before aliases: then the alias is where a clash is reported. */
        visit_names(&claims, names, n_names, claim);
        visit_aliases(&claims, aliases, claim);
        visit_names(&claims, names, n_names, enter);
        visit_aliases(&claims, aliases, enter);
    } else {
        sheet->load->out_of_memory = true;
    }
    if (claims.n_shared > 0) {
        struct tb_place place = { .file = tb_table_file(sheet->table) };
        tb_diag_at(sheet->load->diag, TB_NOTE, &place,
                   "names borne by more than one row: %zu; submissions must use the codes there",
                   claims.n_shared);
    }
    tb_map_free(claims.claimed);
    tb_map_free(claims.clashes);
}
