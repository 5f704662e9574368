/* ranking.c - the best and the worst of a group in one line, by the rules of the
 * bulletin: three unless ties say otherwise, ties marked, nobody in both lists. */
#include "disseminate/fact.h"

#include <stdlib.h>

#include "disseminate/prose.h"
#include "tongbao/buf.h"

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

static size_t gather(const struct tb_writer *w, int32_t indicator, int32_t group,
                     struct ranked out[])
{
    const struct tb_report *report = w->report;
    const struct tb_group *g = &report->profile->groups[group];
    struct tb_period period = tb_report_period_of(report, (size_t)indicator);
    int headline = tb_report_headline(report, (size_t)indicator, period, group);
    size_t n = 0;

    if (report->profile->indicators[indicator].direction == TB_NEUTRAL)
        return 0; /* neither end is better */
    for (size_t i = 0; headline >= 0 && i < g->n_members; i++) {
        struct tb_standing s =
            tb_report_standing(report, (size_t)indicator, (enum tb_measure)headline, period,
                               (size_t)group, g->member[i]);
        if (s.rank > 0)
            out[n++] = (struct ranked){ (int32_t)g->member[i], s.rank, s.bottom };
    }
    qsort(out, n, sizeof *out, by_rank);
    for (size_t i = 0; i < n; i++)
        if (out[i].bottom == 0) /* given ranks: counted from the end of the list */
            out[i].bottom = (unsigned)n - out[i].rank + 1;
    return n;
}

static void add(const struct tb_writer *w, struct list *list, const struct ranked *unit)
{
    if (list->n > 0 && list->place[list->n - 1].rank == unit->rank)
        list->tied = true;
    list->place[list->n++] = (struct tb_named_place){ tb_name_of_unit(w, unit->unit), unit->rank };
}

/* "前三：..." when the whole group is ranked, k are named and none is tied, else "靠前：...". */
static void put_list(const struct tb_writer *w, const struct list *list, unsigned k, bool whole,
                     bool top, struct tb_buf *out)
{
    static const char *const numeral[] = {
        "", "一", "二", "三", "四", "五", "六", "七", "八", "九"
    };
    bool zh = w->style.lang[0] == 'z';
    bool exact = whole && list->n == k && !list->tied && k < 10;

    if (zh && exact)
        tb_buf_printf(out, "%s%s：", top ? "前" : "后", numeral[k]);
    else if (zh)
        tb_buf_puts(out, top ? "靠前：" : "靠后：");
    else if (exact)
        tb_buf_printf(out, "%s %u — ", top ? "top" : "bottom", k);
    else
        tb_buf_puts(out, top ? "leading — " : "trailing — ");
    tb_prose_places(out, w->style.lang, list->place, list->n);
}

/* More than half in one list says nothing of each: they are counted instead. */
static bool put_crowd(const struct tb_writer *w, const struct list *list, size_t n, bool top,
                      struct tb_buf *out)
{
    if (list->n * 2 <= n)
        return false;
    if (w->style.lang[0] == 'z')
        tb_buf_printf(out, "%s：%zu个单位（并列）", top ? "靠前" : "靠后", list->n);
    else
        tb_buf_printf(out, "%s — %zu units (tied)", top ? "leading" : "trailing", list->n);
    return true;
}

static void put_lists(const struct tb_writer *w, const struct ranked unit[], size_t n, bool whole,
                      struct list *top, struct list *bottom, struct tb_buf *out)
{
    unsigned k = (unsigned)w->report->profile->set.bottom_k;

    if (k > n / 2)
        k = (unsigned)(n / 2);
    for (size_t i = 0; i < n; i++)
        if (unit[i].rank <= k)
            add(w, top, &unit[i]);
        else if (unit[i].bottom <= k)
            add(w, bottom, &unit[i]);
    if (!whole)
        tb_buf_printf(out, w->style.lang[0] == 'z' ? "共%zu个单位参加排名；" : "%zu units ranked; ",
                      n);
    if (top->n > 0 && !put_crowd(w, top, n, true, out))
        put_list(w, top, k, whole, true, out);
    if (top->n > 0 && bottom->n > 0)
        tb_buf_puts(out, tb_say(w, "；", "; "));
    if (bottom->n > 0 && !put_crowd(w, bottom, n, false, out))
        put_list(w, bottom, k, whole, false, out);
    tb_buf_puts(out, tb_say(w, "。", "."));
}

void tb_rank_line(const struct tb_writer *w, int32_t indicator, int32_t group, struct tb_buf *out)
{
    size_t members = group < 0 ? 0 : w->report->profile->groups[group].n_members;
    struct ranked *unit = calloc(members + 1, sizeof *unit);
    struct tb_named_place *names = calloc(2 * members + 2, sizeof *names);
    struct list top = { .place = names }, bottom = { .place = names ? names + members + 1 : NULL };
    size_t n = 0;

    if (unit && names && members > 0)
        n = gather(w, indicator, group, unit);
    else if (!unit || !names)
        out->failed = true;
    /* Two are needed for a best and a worst; one place for all is no ranking. */
    if (n >= 2 && unit[n - 1].rank == 1)
        tb_buf_printf(out, w->style.lang[0] == 'z' ? "%zu个单位并列。" : "all %zu units are level.",
                      n);
    else if (n >= 2)
        put_lists(w, unit, n, n == members, &top, &bottom, out);
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
