/* ranking.c - the best and the worst of a group in one line, by the rules of the
 * bulletin: three unless ties say otherwise, ties marked, nobody in both lists. */
#include "disseminate/words/fact.h"

#include <stdlib.h>

#include "disseminate/words/prose.h"
#include "tongbao/buf.h"

/* Lists up to so many are named, longer ones counted. */
enum { MOST_NAMED = 6 };

struct ranked {
    int32_t unit;
    unsigned rank, bottom;
};

struct list {
    struct tb_named_place *place;
    size_t n;
    bool tied;
};

/* Best first; equal places in the order of units.csv. */
static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

static struct tb_standing place_of(const struct tb_writer *w, int32_t indicator, int32_t group,
                                   size_t unit)
{
    const struct tb_indicator *ind = &w->report->profile->indicators[indicator];
    struct tb_period period = tb_report_period_of(w->report, (size_t)indicator);
    int headline = tb_report_headline(w->report, (size_t)indicator, period, group);

    /* Not ranked; or neither end is better; or a step that is done or not, in which
     * those who have done it are no best. */
    if (headline < 0 || ind->direction == TB_NEUTRAL || ind->kind == TB_KIND_MILESTONE)
        return (struct tb_standing){ 0 };
    return tb_report_standing(w->report, (size_t)indicator, (enum tb_measure)headline, period,
                              (size_t)group, unit);
}

/* A place that was given has no place from the worst when it is shared: it follows
 * from the size of the group if all who share it are listed. */
static void count_from_the_end(struct ranked unit[], size_t n, size_t takers)
{
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && unit[end].rank == unit[i].rank; end++)
            ;
        size_t last = unit[i].rank + (end - i) - 1; /* place of the last of them */
        for (size_t k = i; k < end; k++)
            if (unit[k].bottom == 0)
                unit[k].bottom = last <= takers ? (unsigned)(takers - last + 1) : 1;
    }
}

/* The units whose place is known, best first.  *takers: how many took part; more than
 * are known where only the best and the worst were published. */
static size_t gather(const struct tb_writer *w, int32_t indicator, int32_t group,
                     struct ranked out[], size_t *takers)
{
    const struct tb_group *g = &w->report->profile->groups[group];
    size_t n = 0;

    *takers = 0;
    for (size_t i = 0; i < g->n_members; i++) {
        struct tb_standing s = place_of(w, indicator, group, g->member[i]);
        if (s.rank == 0)
            continue;
        out[n++] = (struct ranked){ (int32_t)g->member[i], s.rank, s.bottom };
        if (s.ranked > *takers)
            *takers = s.ranked;
    }
    if (*takers < n)
        *takers = n;
    qsort(out, n, sizeof *out, by_rank);
    count_from_the_end(out, n, *takers);
    return n;
}

static size_t count_ranked(const struct tb_writer *w, int32_t indicator, int32_t group)
{
    const struct tb_group *g = &w->report->profile->groups[group];
    size_t n = 0;

    for (size_t i = 0; i < g->n_members; i++)
        n += place_of(w, indicator, group, g->member[i]).rank > 0;
    return n;
}

static bool is_part_of(const struct tb_profile *p, size_t part, int32_t whole)
{
    const struct tb_group *g = &p->groups[part];

    for (size_t i = 0; i < g->n_members; i++)
        if ((p->units[g->member[i]].groups >> whole & 1) == 0)
            return false;
    return g->n_members >= 2 && g->n_members < p->groups[whole].n_members;
}

int32_t tb_rank_group(const struct tb_writer *w, int32_t indicator, int32_t group)
{
    const struct tb_profile *p = w->report->profile;

    if (group < 0 || count_ranked(w, indicator, group) >= 2)
        return group;
    for (size_t g = 0; g < p->n_groups; g++)
        if (is_part_of(p, g, group) && count_ranked(w, indicator, (int32_t)g) >= 2)
            return (int32_t)g;
    return group;
}

static void add(const struct tb_writer *w, struct list *list, const struct ranked *unit)
{
    if (list->n > 0 && list->place[list->n - 1].rank == unit->rank)
        list->tied = true;
    list->place[list->n++] = (struct tb_named_place){ tb_name_of_unit(w, unit->unit), unit->rank };
}

/* "前三：..." when the whole group is ranked, three are named and none is tied, else
 * "靠前：...". */
static void put_label(const struct tb_writer *w, bool exact, bool top, struct tb_buf *out)
{
    if (w->style.lang[0] == 'z')
        tb_buf_puts(out, exact ? (top ? "前三：" : "后三：") : (top ? "靠前：" : "靠后："));
    else
        tb_buf_puts(out, exact ? (top ? "top three: " : "bottom three: ")
                               : (top ? "leading: " : "trailing: "));
}

static void put_list(const struct tb_writer *w, const struct list *list, bool whole, bool top,
                     struct tb_buf *out)
{
    bool exact = whole && list->n == 3 && w->report->profile->set.bottom_k == 3 && !list->tied;

    put_label(w, exact, top, out);
    if (list->n <= MOST_NAMED) {
        tb_prose_places(out, w->style.lang, list->place, list->n);
        return;
    }
    /* A crowd says nothing of each: it is counted. */
    tb_number_count(out, &w->style, list->n);
    tb_buf_puts(out, tb_say(w, "个单位", " units"));
    if (list->place[0].rank == list->place[list->n - 1].rank)
        tb_buf_puts(out, tb_say(w, "（并列）", " (tied)"));
}

static void put_lists(const struct tb_writer *w, const struct ranked unit[], size_t n,
                      size_t takers, bool whole, struct list *top, struct list *bottom,
                      struct tb_buf *out)
{
    size_t k = (size_t)w->report->profile->set.bottom_k;
    size_t k_top = k < (takers + 1) / 2 ? k : (takers + 1) / 2;
    size_t k_bottom = k < takers / 2 ? k : takers / 2;

    for (size_t i = 0; i < n; i++)
        if (unit[i].rank <= k_top)
            add(w, top, &unit[i]);
        else if (unit[i].bottom <= k_bottom)
            add(w, bottom, &unit[i]);
    if (!whole) {
        tb_buf_puts(out, tb_say(w, "共", ""));
        tb_number_count(out, &w->style, takers);
        tb_buf_puts(out, tb_say(w, "个单位参加排名；", " units ranked; "));
    }
    if (top->n > 0)
        put_list(w, top, whole, true, out);
    if (top->n > 0 && bottom->n > 0)
        tb_buf_puts(out, tb_say(w, "；", "; "));
    if (bottom->n > 0)
        put_list(w, bottom, whole, false, out);
    tb_buf_puts(out, tb_say(w, "。", "."));
}

void tb_rank_line(const struct tb_writer *w, int32_t indicator, int32_t group, struct tb_buf *out)
{
    int32_t where = tb_rank_group(w, indicator, group);
    size_t members = where < 0 ? 0 : w->report->profile->groups[where].n_members;
    struct ranked *unit = calloc(members + 1, sizeof *unit);
    struct tb_named_place *names = calloc(2 * members + 2, sizeof *names);
    struct list top = { .place = names }, bottom = { .place = names ? names + members + 1 : NULL };
    size_t n = 0, takers = 0;

    if (unit && names && members > 0)
        n = gather(w, indicator, where, unit, &takers);
    else if (!unit || !names)
        out->failed = true;
    /* Two are needed for a best and a worst; one place for all is no ranking. */
    if (n >= 2 && n == takers && unit[n - 1].rank == 1) {
        tb_buf_puts(out, tb_say(w, "", "all "));
        tb_number_count(out, &w->style, n);
        tb_buf_puts(out, tb_say(w, "个单位并列。", " units are level."));
    } else if (n >= 2) {
        put_lists(w, unit, n, takers, where == group && takers == members, &top, &bottom, out);
    }
    free(unit);
    free(names);
}

bool tb_in_bottom(const struct tb_writer *w, const struct tb_standing *place, int32_t group)
{
    uint32_t k = (uint32_t)w->report->profile->set.bottom_k, bottom = place->bottom, n;

    if (place->rank == 0 || group < 0)
        return false;
    n = place->ranked > 0 ? place->ranked : (uint32_t)w->report->profile->groups[group].n_members;
    if (bottom == 0) /* a given place: counted in the group as a whole */
        bottom = place->rank <= n ? n - place->rank + 1 : 1;
    k = k < n / 2 ? k : n / 2;
    return bottom <= k && place->rank > k; /* nobody is both first and last */
}
