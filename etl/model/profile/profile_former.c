/* profile_former.c - former names of units: aliases with the days on which they
 * held, `旧名@..2019-12-31`, so that one name may mean another unit later.
 */
#include "model/profile/profile_load.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/map.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

/* `2015-01-01..2019-12-31`, one side may be open. */
static bool read_span(const char *text, size_t len, tb_day *from, tb_day *to)
{
    const char *dots = memmem(text, len, "..", 2);

    *from = *to = TB_DAY_NONE;
    if (!dots || len == 2)
        return false;
    size_t left = (size_t)(dots - text), right = len - left - 2;
    return (left == 0 || tb_day_parse(text, left, from)) &&
           (right == 0 || tb_day_parse(dots + 2, right, to)) &&
           (left == 0 || right == 0 || *from <= *to);
}

static bool overlap(const struct tb_former_name *a, const struct tb_former_name *b)
{
    return (a->from == TB_DAY_NONE || b->to == TB_DAY_NONE || a->from <= b->to) &&
           (b->from == TB_DAY_NONE || a->to == TB_DAY_NONE || b->from <= a->to);
}

/* Behind those of the same name; says where two mean different units on one day. */
static void chain(struct tb_sheet *sheet, size_t c, const struct tb_item *item, int32_t place)
{
    struct tb_profile *profile = sheet->load->profile;
    struct tb_former_name *new = &profile->former[place];
    int64_t first = tb_names_add(sheet->load, profile->former_names, new->name, place);

    for (int32_t at = (int32_t)first; first >= 0 && at != place; at = profile->former[at].next) {
        struct tb_former_name *held = &profile->former[at];
        if (held->unit != new->unit && overlap(held, new)) {
            struct tb_place where = tb_sheet_item_place(sheet, c, item);
            tb_diag_at(sheet->load->diag, TB_ERROR, &where,
                       "ambiguous alias '%s', on the same days it also stands for '%s'", new->name,
                       profile->units[held->unit].code);
        }
        if (held->next == TB_NONE)
            held->next = place;
        if (held->next == place)
            break;
    }
}

static void add_former(struct tb_sheet *sheet, size_t c, const struct tb_item *item,
                       const char *at, const char **alias)
{
    struct tb_profile *profile = sheet->load->profile;
    struct tb_former_name new = { .unit = (int32_t)sheet->row, .next = TB_NONE };
    size_t len = (size_t)(at - item->text);

    if (len == 0 || !read_span(at + 1, item->len - len - 1, &new.from, &new.to)) {
        struct tb_place where = tb_sheet_item_place(sheet, c, item);
        tb_diag_at(sheet->load->diag, TB_ERROR, &where,
                   "'%.*s' has no days behind '@', expected such as %.*s@..2019-12-31",
                   (int)item->len, item->text, (int)len, item->text);
        return;
    }
    new.name = *alias = tb_load_text(sheet->load, item->text, len);
    profile->former[profile->n_former] = new;
    chain(sheet, c, item, (int32_t)profile->n_former++);
}

void tb_load_former_names(struct tb_sheet *sheet, size_t c)
{
    struct tb_profile *profile = sheet->load->profile;
    struct tb_item item;
    size_t n = 0;

    for (int pass = 0; pass < 2; pass++) {
        for (sheet->row = 0; sheet->row < sheet->n_rows; sheet->row++) {
            size_t at = 0;
            for (size_t i = 0; tb_sheet_next_item(sheet, c, &at, &item); i++) {
                const char *days = memchr(item.text, '@', item.len);
                if (days && pass == 0)
                    n++;
                else if (days && i < profile->units[sheet->row].aliases.n)
                    add_former(sheet, c, &item, days, &profile->units[sheet->row].aliases.item[i]);
            }
        }
        if (pass == 0 && n > 0)
            profile->former = tb_load_alloc(sheet->load, n, sizeof *profile->former);
        if (!profile->former)
            return;
    }
}

void tb_former_names_enter(struct tb_load *load)
{
    struct tb_profile *profile = load->profile;

    for (size_t i = 0; i < profile->n_former; i++) {
        const struct tb_former_name *former = &profile->former[i];
        int64_t first = tb_names_get(profile, profile->former_names, former->name, strlen(former->name));
        int64_t row = former->unit;
        for (int32_t at = (int32_t)first; at >= 0; at = profile->former[at].next)
            row = profile->former[at].unit == former->unit ? row : TB_AMBIGUOUS;
        tb_names_add(load, profile->unit_names, former->name, row); /* unless it is a name of today */
    }
}

int32_t tb_profile_former(const struct tb_profile *profile, const char *text, size_t len)
{
    return profile->n_former ? (int32_t)tb_names_get(profile, profile->former_names, text, len) : TB_NONE;
}

int32_t tb_former_unit(const struct tb_profile *profile, int32_t former, struct tb_period period)
{
    tb_day first = tb_period_first_day(period), last = tb_period_last_day(period);

    for (int32_t at = former; at != TB_NONE; at = profile->former[at].next) {
        const struct tb_former_name *f = &profile->former[at];
        if ((f->from == TB_DAY_NONE || f->from <= first) && (f->to == TB_DAY_NONE || last <= f->to))
            return f->unit;
    }
    /* The same text may be a name of today. */
    const char *name = profile->former[former].name;
    int32_t today = tb_profile_unit(profile, name, strlen(name));
    for (int32_t at = former; at != TB_NONE && today >= 0; at = profile->former[at].next)
        today = profile->former[at].unit == today ? TB_NONE : today;
    return today >= 0 ? today : TB_NONE;
}
