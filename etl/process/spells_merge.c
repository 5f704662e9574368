/* spells_merge.c - units that end while another begins, or grows by as much: perhaps a
 * merger that the profile does not know.  A question to people, never a base.
 *
 * A unit's size is its mean over the quarter before its end; that of the other is its
 * mean over the quarter after, or the step between both.  They fit within a tenth.
 * What several could explain equally is not told, nor what is small beside the others. */
#include "process/spells.h"

#include <stdlib.h>

#include "process/work.h"
#include "tongbao/change.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/rational.h"

enum {
    MOST_ENDING = 64,  /* at one period; more are a change of the form and not of units */
    FITS_PERCENT = 10, /* how far two sizes may lie apart */
    STEP_PERCENT = 30, /* of its size before: a step less than that is noise */
    SMALL_PART = 10,   /* less than this part of the mean of all units is small */
};

struct search {
    const struct tb_spells *spells;
    const struct tb_work *work;
    int32_t at; /* first period after the end */
    uint32_t ending[MOST_ENDING];
    int64_t size[MOST_ENDING];
    bool used[MOST_ENDING];
    size_t n;
};

/* Mean over [from, to) of what is there, in whole units of the plane; -1: nothing. */
static int64_t mean(const struct tb_plane *plane, uint32_t unit, int32_t from, int32_t to)
{
    tb_int128 sum = 0;
    int n = 0;

    for (int32_t at = from; at < to; at++) {
        struct tb_decimal value;
        struct tb_period period = { plane->freq, at };
        if (tb_status_has_value(tb_plane_get(plane, period, unit, &value)) && value.units >= 0) {
            sum += value.units;
            n++;
        }
    }
    return n ? (int64_t)(sum / n) : -1;
}

static int64_t before(const struct search *s, uint32_t unit)
{
    return mean(s->spells->size, unit, s->at - s->spells->long_silence, s->at);
}

static int64_t after(const struct search *s, uint32_t unit)
{
    return mean(s->spells->size, unit, s->at, s->at + s->spells->long_silence);
}

static bool fits(int64_t part, int64_t whole)
{
    int64_t gap = part > whole ? part - whole : whole - part;

    return whole > 0 && gap <= whole / 100 * FITS_PERCENT + whole % 100 * FITS_PERCENT / 100;
}

/* Whether the profile says where the unit went. */
static bool is_known(const struct search *s, uint32_t unit)
{
    const struct tb_profile *profile = s->work->profile;
    tb_day day = tb_period_first_day((struct tb_period){ s->spells->freq, s->at });

    for (size_t i = 0; i < profile->n_changes; i++)
        for (size_t f = 0; f < profile->changes[i].n_from; f++)
            if (profile->changes[i].from[f] == unit && profile->changes[i].day == day)
                return true;
    return false;
}

/* The mean size of the units that were there before. */
static int64_t usual_size(const struct search *s)
{
    tb_int128 sum = 0;
    int64_t n = 0;

    for (uint32_t u = 0; u < s->work->profile->n_units; u++) {
        int64_t size = before(s, u);
        sum += size > 0 ? size : 0;
        n += size > 0;
    }
    return n ? (int64_t)(sum / n) : 0;
}

static bool any_ends(const struct search *s)
{
    for (uint32_t u = 0; u < s->work->profile->n_units; u++)
        if (s->spells->unit[u].first <= s->spells->unit[u].last &&
            s->spells->unit[u].last == s->at - 1)
            return true;
    return false;
}

static void gather(struct search *s)
{
    s->n = 0;
    if (!any_ends(s))
        return;
    int64_t least = usual_size(s) / SMALL_PART;
    for (uint32_t u = 0; u < s->work->profile->n_units; u++) {
        const struct tb_spell *spell = &s->spells->unit[u];
        if (spell->first > spell->last || spell->last != s->at - 1 || is_known(s, u))
            continue;
        if (s->n == MOST_ENDING) {
            s->n = 0;
            return;
        }
        s->size[s->n] = before(s, u);
        s->used[s->n] = false;
        if (s->size[s->n] > 0 && s->size[s->n] >= least)
            s->ending[s->n++] = u;
    }
}

/* The fewest endings, at most three, that make up a size; 0 when none or several do. */
static size_t find_parts(const struct search *s, int64_t whole, size_t part[3])
{
    size_t n_found = 0;

    for (size_t k = 1; k <= 3 && n_found == 0; k++)
        for (size_t a = 0; a < s->n; a++)
            for (size_t b = k > 1 ? a + 1 : a; b < (k > 1 ? s->n : a + 1); b++)
                for (size_t c = k > 2 ? b + 1 : b; c < (k > 2 ? s->n : b + 1); c++) {
                    int64_t sum = s->size[a] + (k > 1 ? s->size[b] : 0) + (k > 2 ? s->size[c] : 0);
                    if (s->used[a] || s->used[b] || s->used[c] || !fits(sum, whole))
                        continue;
                    part[0] = a;
                    part[1] = b;
                    part[2] = c;
                    n_found++;
                    if (n_found > 1)
                        return 0;
                }
    if (n_found == 0)
        return 0;
    return part[0] == part[1] ? 1 : part[1] == part[2] ? 2 : 3;
}

static void tell(struct search *s, const size_t place[], size_t n, uint32_t into,
                 tb_merger_found *found, void *user)
{
    uint32_t part[3];

    for (size_t i = 0; i < n; i++) {
        part[i] = s->ending[place[i]];
        s->used[place[i]] = true;
    }
    found(user, s->at, part, n, into);
}

static bool same_parent(const struct search *s, uint32_t a, uint32_t b)
{
    return s->work->profile->units[a].parent == s->work->profile->units[b].parent;
}

/* Units that begin in this period and are as large as some that end. */
static void search_beginning(struct search *s, tb_merger_found *found, void *user)
{
    for (uint32_t u = 0; u < s->work->profile->n_units; u++) {
        const struct tb_spell *spell = &s->spells->unit[u];
        size_t part[3];
        if (spell->first > spell->last || spell->first != s->at)
            continue;
        size_t n = find_parts(s, after(s, u), part);
        if (n > 0 && same_parent(s, s->ending[part[0]], u))
            tell(s, part, n, u, found, user);
    }
}

/* The one unit that goes on and grew by as much as one that ends; UINT32_MAX: none or several. */
static uint32_t grown(const struct search *s, size_t i)
{
    uint32_t into = UINT32_MAX;

    for (uint32_t u = 0; u < s->work->profile->n_units; u++) {
        const struct tb_spell *spell = &s->spells->unit[u];
        if (spell->first > spell->last || spell->first >= s->at || spell->last < s->at ||
            !same_parent(s, s->ending[i], u))
            continue;
        int64_t was = before(s, u), is = after(s, u);
        if (was <= 0 || is <= was || s->size[i] / STEP_PERCENT < was / 100 ||
            !fits(is - was, s->size[i]))
            continue;
        if (into != UINT32_MAX)
            return UINT32_MAX;
        into = u;
    }
    return into;
}

/* One step is explained by one ending. */
static void search_growing(struct search *s, tb_merger_found *found, void *user)
{
    uint32_t into[MOST_ENDING];

    for (size_t i = 0; i < s->n; i++)
        into[i] = s->used[i] ? UINT32_MAX : grown(s, i);
    for (size_t i = 0; i < s->n; i++) {
        bool alone = into[i] != UINT32_MAX;
        for (size_t k = 0; k < s->n; k++)
            alone = alone && (k == i || into[k] != into[i]);
        if (alone)
            tell(s, &i, 1, into[i], found, user);
    }
}

int tb_spells_mergers(const struct tb_spells *spells, const struct tb_work *work,
                      tb_merger_found *found, void *user, struct tb_error *err)
{
    if (!spells->size || spells->first >= spells->last)
        return 0; /* no figures, or of one period only */
    struct search *s = calloc(1, sizeof *s);
    if (!s)
        return tb_error_set(err, "out of memory");
    *s = (struct search){ .spells = spells, .work = work };
    for (s->at = spells->first + 1; s->at <= spells->last; s->at++) {
        gather(s);
        if (s->n == 0)
            continue;
        search_beginning(s, found, user);
        search_growing(s, found, user);
    }
    free(s);
    return 0;
}
