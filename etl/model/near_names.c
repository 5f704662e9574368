/* near_names.c - folded names as code points, one behind the other. */
#include "tongbao/near_names.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "model/profile/profile_load.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

struct candidate {
    const char *name;
    size_t at, n; /* its code points */
};

typedef const char *find_slowly(const struct tb_profile *profile, const char *text, size_t len);

struct tb_near_names {
    const struct tb_profile *profile;
    find_slowly *slowly; /* for texts longer than any name */
    struct candidate *candidate;
    size_t n, capacity;
    int32_t *point;
    size_t n_points, points_capacity;
    struct tb_buf folded;
    bool failed;
};

static bool add_points(struct tb_near_names *names, const int32_t *point, size_t n)
{
    while (names->points_capacity - names->n_points < n) {
        int32_t *grown = tb_grow(names->point, names->points_capacity, &names->points_capacity,
                                 sizeof *grown);
        if (!grown)
            return false;
        names->point = grown;
    }
    memcpy(names->point + names->n_points, point, n * sizeof *point);
    names->n_points += n;
    return true;
}

/* A name of more characters than any name has is near to nothing. */
static void add(struct tb_near_names *names, const char *name)
{
    int32_t point[TB_NAME_CHARS_MAX];
    size_t n;

    tb_buf_clear(&names->folded);
    tb_text_fold(name, strlen(name), &names->folded);
    names->failed |= names->folded.failed;
    if (names->failed || names->folded.len == 0 || !tb_text_points(names->folded.data, point, &n))
        return;
    struct candidate *grown =
        tb_grow(names->candidate, names->n, &names->capacity, sizeof *grown);
    if (grown)
        names->candidate = grown;
    size_t at = names->n_points;
    if (!grown || !add_points(names, point, n)) {
        names->failed = true;
        return;
    }
    names->candidate[names->n++] = (struct candidate){ name, at, n };
}

static void add_all(struct tb_near_names *names, struct tb_strings words)
{
    for (size_t i = 0; i < words.n; i++)
        add(names, words.item[i]);
}

static struct tb_near_names *start(const struct tb_profile *profile, find_slowly *slowly)
{
    struct tb_near_names *names = calloc(1, sizeof *names);

    if (names) {
        names->profile = profile;
        names->slowly = slowly;
    }
    return names;
}

static struct tb_near_names *finish(struct tb_near_names *names)
{
    tb_buf_release(&names->folded);
    if (!names->failed)
        return names;
    tb_near_names_free(names);
    return NULL;
}

struct tb_near_names *tb_near_names_of_units(const struct tb_profile *profile)
{
    struct tb_near_names *names = start(profile, tb_profile_near_unit);

    if (!names)
        return NULL;
    for (size_t i = 0; i < profile->n_units; i++) {
        const struct tb_unit *unit = &profile->units[i];

        add(names, unit->code);
        add(names, unit->name_zh);
        add(names, unit->name_en);
        add_all(names, unit->aliases);
    }
    return finish(names);
}

struct tb_near_names *tb_near_names_of_indicators(const struct tb_profile *profile)
{
    struct tb_near_names *names = start(profile, tb_profile_near_indicator);

    if (!names)
        return NULL;
    for (size_t i = 0; i < profile->n_indicators; i++) {
        const struct tb_indicator *indicator = &profile->indicators[i];

        add(names, indicator->code);
        add(names, indicator->name_zh);
        add(names, indicator->name_en);
        add_all(names, indicator->aliases);
    }
    return finish(names);
}

void tb_near_names_free(struct tb_near_names *names)
{
    if (!names)
        return;
    tb_buf_release(&names->folded);
    free(names->candidate);
    free(names->point);
    free(names);
}

const char *tb_near_names_find(const struct tb_near_names *names, const char *text, size_t len)
{
    int32_t point[TB_NAME_CHARS_MAX];
    struct tb_buf folded = TB_BUF_INIT;
    const char *best = NULL;
    size_t n;

    tb_text_fold(text, len, &folded);
    size_t limit = tb_near_allowed(tb_text_chars(tb_buf_text(&folded), folded.len)) + 1;
    bool is_short = tb_text_points(tb_buf_text(&folded), point, &n);
    tb_buf_release(&folded);
    if (!is_short)
        return names->slowly(names->profile, text, len);
    for (size_t i = 0; i < names->n; i++) {
        const struct candidate *c = &names->candidate[i];
        size_t distance = tb_points_distance(point, n, names->point + c->at, c->n, limit);
        if (distance < limit) {
            limit = distance;
            best = c->name;
        }
    }
    return best;
}
