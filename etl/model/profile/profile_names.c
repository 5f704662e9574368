/* profile_names.c - what a code, name or alias stands for: folded maps, look-up,
 * and the nearest known name for "did you mean".
 *
 * A code always wins.  Two units may bear one name (many counties have a town
 * called 城关镇): such a name is noted and finds nothing, and submissions must
 * use the code.  An alias was given on purpose: a clash there is a mistake.
 */
#include "model/profile/profile_load.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/map.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

bool tb_profile_starved(const struct tb_profile *profile)
{
    return profile->starved && atomic_load(profile->starved);
}

void tb_profile_starve(const struct tb_profile *profile)
{
    if (profile->starved)
        atomic_store(profile->starved, true);
}

int64_t tb_names_get(const struct tb_profile *profile, const struct tb_map *map, const char *text,
                     size_t len)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(text, len, &folded);
    if (folded.failed)
        tb_profile_starve(profile);
    int64_t value = folded.len && !folded.failed ? tb_map_get(map, folded.data, folded.len) : TB_NONE;
    tb_buf_release(&folded);
    return value;
}

int64_t tb_names_add(struct tb_load *load, struct tb_map *map, const char *text, int64_t value)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(text, strlen(text), &folded);
    int64_t held = tb_map_add(map, tb_buf_text(&folded), folded.len, value);
    /* -2 is the map's word for no memory; no row and no mark has that number. */
    if (held == -2 || folded.failed)
        load->out_of_memory = true;
    tb_buf_release(&folded);
    return held;
}

int32_t tb_profile_unit(const struct tb_profile *profile, const char *text, size_t len)
{
    return (int32_t)tb_names_get(profile, profile->unit_names, text, len);
}

int32_t tb_profile_indicator(const struct tb_profile *profile, const char *text, size_t len)
{
    return (int32_t)tb_names_get(profile, profile->indicator_names, text, len);
}

int32_t tb_profile_group(const struct tb_profile *profile, const char *text, size_t len)
{
    return (int32_t)tb_names_get(profile, profile->group_codes, text, len);
}

/* --- the nearest name --- */

struct nearest {
    struct tb_buf text, word; /* folded: what was written, and a candidate */
    size_t distance;          /* of the best so far; one more than is allowed at first */
    const char *best;
};

/* One slip in two to five characters, one more for each three beyond. */
size_t tb_near_allowed(size_t chars)
{
    return chars < 2 ? 0 : chars < 6 ? 1 : chars / 3;
}

static void nearest_init(struct nearest *nearest, const char *text, size_t len)
{
    *nearest = (struct nearest){ 0 };
    tb_text_fold(text, len, &nearest->text);
    size_t chars = tb_text_chars(tb_buf_text(&nearest->text), nearest->text.len);
    nearest->distance = tb_near_allowed(chars) + 1;
}

static void nearest_try(struct nearest *nearest, const char *candidate)
{
    tb_buf_clear(&nearest->word);
    tb_text_fold(candidate, strlen(candidate), &nearest->word);
    if (nearest->word.len == 0)
        return;
    size_t distance = tb_text_distance(tb_buf_text(&nearest->text), tb_buf_text(&nearest->word),
                                       nearest->distance);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->best = candidate;
    }
}

static void nearest_try_all(struct nearest *nearest, struct tb_strings words)
{
    for (size_t i = 0; i < words.n; i++)
        nearest_try(nearest, words.item[i]);
}

static const char *nearest_finish(struct nearest *nearest)
{
    tb_buf_release(&nearest->text);
    tb_buf_release(&nearest->word);
    return nearest->best;
}

const char *tb_near_word(const char *text, size_t len, const char *const words[], size_t n_words)
{
    struct nearest nearest;

    nearest_init(&nearest, text, len);
    for (size_t i = 0; i < n_words; i++)
        nearest_try(&nearest, words[i]);
    return nearest_finish(&nearest);
}

const char *tb_profile_near_unit(const struct tb_profile *profile, const char *text, size_t len)
{
    struct nearest nearest;

    nearest_init(&nearest, text, len);
    for (size_t i = 0; i < profile->n_units; i++) {
        const struct tb_unit *unit = &profile->units[i];

        nearest_try(&nearest, unit->code);
        nearest_try(&nearest, unit->name_zh);
        nearest_try(&nearest, unit->name_en);
        nearest_try_all(&nearest, unit->aliases);
    }
    return nearest_finish(&nearest);
}

const char *tb_profile_near_indicator(const struct tb_profile *profile, const char *text,
                                      size_t len)
{
    struct nearest nearest;

    nearest_init(&nearest, text, len);
    for (size_t i = 0; i < profile->n_indicators; i++) {
        const struct tb_indicator *indicator = &profile->indicators[i];

        nearest_try(&nearest, indicator->code);
        nearest_try(&nearest, indicator->name_zh);
        nearest_try(&nearest, indicator->name_en);
        nearest_try_all(&nearest, indicator->aliases);
    }
    return nearest_finish(&nearest);
}

static const char *near_code(const struct tb_profile *profile, enum tb_ref ref, const char *text,
                             size_t len)
{
    struct nearest nearest;

    nearest_init(&nearest, text, len);
    for (size_t i = 0; ref == TB_REF_GROUP && i < profile->n_groups; i++)
        nearest_try(&nearest, profile->groups[i].code);
    for (size_t i = 0; ref == TB_REF_DEPARTMENT && i < profile->n_departments; i++)
        nearest_try(&nearest, profile->departments[i].code);
    for (size_t i = 0; ref == TB_REF_TASK && i < profile->n_tasks; i++)
        nearest_try(&nearest, profile->tasks[i].code);
    for (size_t i = 0; ref == TB_REF_TARGET && i < profile->n_targets; i++)
        nearest_try(&nearest, profile->targets[i].code);
    return nearest_finish(&nearest);
}

/* --- references --- */

static const char *const ref_names[] = {
    [TB_REF_UNIT] = "unit",           [TB_REF_GROUP] = "group",
    [TB_REF_INDICATOR] = "indicator", [TB_REF_DEPARTMENT] = "department",
    [TB_REF_TASK] = "task",           [TB_REF_TARGET] = "target",
};

static const struct tb_map *ref_map(const struct tb_profile *profile, enum tb_ref ref)
{
    switch (ref) {
    case TB_REF_UNIT:
        return profile->unit_names;
    case TB_REF_GROUP:
        return profile->group_codes;
    case TB_REF_INDICATOR:
        return profile->indicator_names;
    case TB_REF_DEPARTMENT:
        return profile->department_codes;
    case TB_REF_TASK:
        return profile->task_codes;
    case TB_REF_TARGET:
        break;
    }
    return profile->target_codes;
}

int32_t tb_load_find(struct tb_load *load, enum tb_ref ref, const char *text, size_t len,
                     const struct tb_place *place)
{
    const struct tb_profile *profile = load->profile;
    int64_t row = tb_names_get(profile, ref_map(profile, ref), text, len);
    const char *near;

    if (row >= 0)
        return (int32_t)row;
    if (row == TB_AMBIGUOUS) {
        tb_diag_at(load->diag, TB_ERROR, place, "%s '%.*s' is the name of several, expected a code",
                   ref_names[ref], (int)len, text);
        return TB_NONE;
    }
    near = ref == TB_REF_UNIT        ? tb_profile_near_unit(profile, text, len)
           : ref == TB_REF_INDICATOR ? tb_profile_near_indicator(profile, text, len)
                                     : near_code(profile, ref, text, len);
    if (near)
        tb_diag_at(load->diag, TB_ERROR, place, "unknown %s '%.*s', did you mean '%s'?",
                   ref_names[ref], (int)len, text, near);
    else
        tb_diag_at(load->diag, TB_ERROR, place, "unknown %s '%.*s'", ref_names[ref], (int)len,
                   text);
    return TB_NONE;
}

int32_t tb_sheet_ref(const struct tb_sheet *sheet, size_t c, enum tb_ref ref)
{
    const char *text = tb_sheet_text(sheet, c);
    struct tb_place place = tb_sheet_place(sheet, c);

    return *text ? tb_load_find(sheet->load, ref, text, strlen(text), &place) : TB_NONE;
}

uint8_t *tb_sheet_units(const struct tb_sheet *sheet, size_t c)
{
    const struct tb_profile *profile = sheet->load->profile;
    uint8_t *applies = tb_load_alloc(sheet->load, profile->n_units, 1);
    struct tb_item item;
    size_t at = 0;
    bool any = false;

    while (applies && tb_sheet_next_item(sheet, c, &at, &item)) {
        struct tb_place place = tb_sheet_item_place(sheet, c, &item);
        int32_t group = tb_profile_group(profile, item.text, item.len);

        any = true;
        if (item.len == 1 && *item.text == '*') {
            memset(applies, 1, profile->n_units);
        } else if (group >= 0) {
            for (size_t i = 0; i < profile->groups[group].n_members; i++)
                applies[profile->groups[group].member[i]] = 1;
        } else {
            int32_t unit = tb_load_find(sheet->load, TB_REF_UNIT, item.text, item.len, &place);
            if (unit >= 0)
                applies[unit] = 1;
        }
    }
    if (applies && !any && profile->n_units > 0)
        memset(applies, 1, profile->n_units);
    return applies;
}

/* `kind:milestone`: all indicators of that kind.  False for an item that is none such. */
static bool take_kind(const struct tb_sheet *sheet, const struct tb_item *item,
                      const struct tb_place *place, uint8_t named[])
{
    static const char prefix[] = "kind:";
    const struct tb_profile *profile = sheet->load->profile;
    size_t skip = sizeof prefix - 1;

    if (item->len <= skip || memcmp(item->text, prefix, skip) != 0)
        return false;
    int kind = tb_kind_find(item->text + skip, item->len - skip);
    if (kind < 0)
        tb_diag_at(sheet->load->diag, TB_ERROR, place,
                   "no kind '%.*s', expected one of: flow, stock, rate, index, count, milestone, "
                   "grade",
                   (int)(item->len - skip), item->text + skip);
    for (size_t i = 0; kind >= 0 && i < profile->n_indicators; i++)
        if ((int)profile->indicators[i].kind == kind)
            named[i] = 1;
    return true;
}

uint8_t *tb_sheet_indicators(const struct tb_sheet *sheet, size_t c)
{
    size_t n = sheet->load->profile->n_indicators, at = 0;
    uint8_t *named = tb_load_alloc(sheet->load, n, 1);
    struct tb_item item;

    while (named && tb_sheet_next_item(sheet, c, &at, &item)) {
        struct tb_place place = tb_sheet_item_place(sheet, c, &item);
        if (item.len == 1 && *item.text == '*') {
            memset(named, 1, n);
            continue;
        }
        if (take_kind(sheet, &item, &place, named))
            continue;
        int32_t row = tb_load_find(sheet->load, TB_REF_INDICATOR, item.text, item.len, &place);
        if (row >= 0)
            named[row] = 1;
    }
    return named;
}
