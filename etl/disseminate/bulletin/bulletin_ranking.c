/* bulletin_ranking.c - part four: composite ranking and classes.
 *
 * Classes that were published (an indicator of grades that several units have)
 * are listed as they are; without them classes are read off the composite places. */
#include "disseminate/bulletin/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/words/fact.h"
#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"

struct scored {
    uint32_t unit;
    struct tb_standing place;
    struct tb_figure score;
};

static int by_place(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;

    if (x->place.rank != y->place.rank)
        return x->place.rank < y->place.rank ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Units of the group that have a composite place, best first; the caller frees. */
static struct scored *scored_units(const struct tb_report *report, int32_t group, size_t *n)
{
    const struct tb_group *g = &report->profile->groups[group];
    struct scored *all = calloc(g->n_members + 1, sizeof *all);

    *n = 0;
    for (size_t i = 0; all && i < g->n_members; i++) {
        struct scored one = { .unit = g->member[i] };
        one.place = tb_report_score_standing(report, (size_t)group, one.unit);
        one.score = tb_report_score(report, (size_t)group, one.unit);
        if (one.place.rank > 0)
            all[(*n)++] = one;
    }
    if (all)
        qsort(all, *n, sizeof *all, by_place);
    return all;
}

/* True when the place is among the first `percent` of n units, a part of one counted whole. */
static bool among_first(struct tb_decimal percent, uint32_t place, size_t n)
{
    struct tb_rational share, units;
    tb_int128 limit;

    if (n > INT32_MAX || !tb_rational_from_decimal(percent, &share) ||
        !tb_rational_mul(share, tb_rational_int((int64_t)n), &units))
        return false;
    limit = (tb_int128)units.den * 100;
    return (tb_int128)place * limit < (tb_int128)units.num + limit;
}

/* class_cuts of profile.ini: by score, or by place. */
static int class_by_cuts(const struct tb_class_cuts *cuts, const struct scored *unit, size_t n)
{
    if (cuts->of_units)
        return among_first(cuts->first, unit->place.rank, n)    ? 1
               : among_first(cuts->second, unit->place.rank, n) ? 2
                                                                : 3;
    if (!unit->score.known)
        return 0;
    return tb_decimal_cmp(unit->score.value, cuts->first) >= 0    ? 1
           : tb_decimal_cmp(unit->score.value, cuts->second) >= 0 ? 2
                                                                  : 3;
}

/* One: among the front share of the profile; three: among the last k; two: the rest. */
static int class_of(const struct tb_settings *set, const struct scored *unit, size_t n)
{
    struct tb_decimal percent = { 0, 0 };
    uint32_t k = (uint32_t)set->bottom_k;

    if (set->class_cuts.given)
        return class_by_cuts(&set->class_cuts, unit, n);
    if (k > n / 2)
        k = (uint32_t)(n / 2);
    if (unit->place.bottom > 0 && unit->place.bottom <= k)
        return 3;
    bool first = tb_decimal_shift(set->front_share, 2, &percent) &&
                 among_first(percent, unit->place.rank, n);
    return first ? 1 : 2;
}

static void put_classes(const struct tb_writer *w, const struct scored *all, size_t n,
                        struct tb_view *item)
{
    static const char *const zh[] = { "", "一类", "二类", "三类" };
    static const char *const en[] = { "", "Class one", "Class two", "Class three" };
    struct tb_buf text = TB_BUF_INIT;

    tb_view_list(item, "classes");
    for (int class = 1; class <= 3; class ++) {
        for (size_t i = 0; i < n; i++)
            if (class_of(&w->report->profile->set, &all[i], n) == class)
                tb_buf_printf(&text, "%s%s", text.len ? tb_prose_comma(w->style.lang) : "",
                              tb_name_of_unit(w, (int32_t)all[i].unit));
        if (text.len > 0) {
            struct tb_view *line = tb_view_item(item, "classes");
            tb_view_text(line, "class", tb_say(w, zh[class], en[class]));
            tb_view_buf(line, "units", &text);
        }
    }
    tb_buf_release(&text);
}

static void put_composite(const struct tb_writer *w, int32_t group, bool classes,
                          struct tb_view *view)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    struct tb_view *item;
    size_t n = 0;
    struct scored *all = group >= 0 ? scored_units(w->report, group, &n) : NULL;

    if (n > 0) {
        tb_mdtable_column(&table, tb_say(w, "位次", "Place"), true);
        tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
        tb_mdtable_column(&table, tb_say(w, "得分", "Score"), true);
        tb_mdtable_column(&table, tb_say(w, "变动", "Move"), true);
        for (size_t i = 0; i < n; i++) {
            tb_buf_printf(&text, "%u%s", all[i].place.rank, all[i].place.tied ? "=" : "");
            tb_mdtable_buf(&table, &text);
            tb_mdtable_cell(&table, tb_name_of_unit(w, (int32_t)all[i].unit));
            if (all[i].score.known)
                tb_number_put(&text, &w->style, all[i].score.value, all[i].score.value.scale);
            tb_mdtable_buf(&table, &text);
            tb_put_movement(&all[i].place, &text);
            tb_mdtable_buf(&table, &text);
        }
        item = tb_view_item(view, "composites");
        tb_view_text(item, "group", tb_name_of_group(w, group));
        tb_mdtable_finish(&table, &text);
        tb_view_markup_buf(item, "ranking_table", &text);
        tb_view_list(item, "classes");
        if (classes)
            put_classes(w, all, n, item);
    }
    free(all);
    tb_buf_release(&text);
}

/* Units other than the subject that were given the grade; returns how many. */
static size_t put_graded(const struct tb_writer *w, size_t indicator, int64_t grade,
                         struct tb_buf *out)
{
    const struct tb_report *report = w->report;
    struct tb_period period = tb_report_period_of(report, indicator);
    size_t n = 0;

    for (size_t u = 0; u < report->profile->n_units; u++) {
        struct tb_figure f = tb_report_figure(report, indicator, TB_MEASURE_VALUE, period, u);
        if ((int32_t)u == report->subject || !f.known || f.value.scale != 0 ||
            f.value.units != grade)
            continue;
        if (out)
            tb_buf_printf(out, "%s%s", n ? tb_prose_comma(w->style.lang) : "",
                          tb_name_of_unit(w, (int32_t)u));
        n++;
    }
    return n;
}

static size_t count_graded(const struct tb_writer *w, size_t indicator)
{
    size_t n = 0;

    for (size_t g = 1; g <= w->report->profile->indicators[indicator].grades.n; g++)
        n += put_graded(w, indicator, (int64_t)g, NULL);
    return n;
}

/* One list of classes for each indicator of grades that two units or more have. */
static bool put_published_classes(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_profile *p = w->report->profile;
    struct tb_buf text = TB_BUF_INIT;
    bool any = false;

    for (size_t i = 0; i < p->n_indicators; i++) {
        struct tb_view *item;
        if (p->indicators[i].kind != TB_KIND_GRADE || count_graded(w, i) < 2)
            continue;
        any = true;
        if (!view)
            continue;
        item = tb_view_item(view, "composites");
        tb_view_text(item, "group", tb_name_of_indicator(w, (int32_t)i));
        tb_view_markup(item, "ranking_table", "");
        tb_view_list(item, "classes");
        for (size_t g = 1; g <= p->indicators[i].grades.n; g++) {
            struct tb_view *line;
            if (put_graded(w, i, (int64_t)g, &text) == 0)
                continue;
            line = tb_view_item(item, "classes");
            tb_view_text(line, "class", p->indicators[i].grades.item[g - 1]);
            tb_view_buf(line, "units", &text);
        }
    }
    tb_buf_release(&text);
    return any;
}

static bool has_scores(const struct tb_report *report, int32_t group)
{
    size_t n = 0;

    if (group >= 0)
        free(scored_units(report, group, &n));
    return n > 0;
}

void tb_bulletin_composite(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_report *report = w->report;
    bool published = put_published_classes(w, NULL);
    bool scored =
        has_scores(report, report->subject_group) || has_scores(report, report->children_group);

    tb_view_list(view, "composites");
    put_composite(w, report->subject_group, !published, view);
    if (report->children_group != report->subject_group)
        put_composite(w, report->children_group, !published, view);
    (void)put_published_classes(w, view);
    tb_view_flag(view, "has_composites", scored || published);
    tb_view_flag(view, "classes_computed", scored && !published);
    tb_view_flag(view, "class_cuts", w->report->profile->set.class_cuts.given);
}
