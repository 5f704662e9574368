/* charts.c - which charts a period has: heat maps of the groups, then for each
 * indicator that is ranked its bars and its trend. */
#include "disseminate/chart/charts.h"

#include <stdlib.h>

#include "disseminate/chart/chart_batch.h"
#include "disseminate/chart/charts_all.h"
#include "disseminate/chart/gnuplot.h"
#include "disseminate/report.h"
#include "tongbao/buf.h"
#include "tongbao/child.h"
#include "tongbao/error.h"
#include "tongbao/size.h"

enum {
    MOST_INDICATORS = 40,
    SMALLEST_GROUP = 2,
    LARGEST_GROUP = 400,
    FEWEST_RANKED = 3, /* bars of two are a sentence */
    GREAT_LOSS = 3,    /* places lost on the period before that are worth a picture */
};

struct plan {
    const struct tb_report *report;
    struct tb_drawn *drawn;
    size_t n, capacity;
    size_t n_beyond;
    struct tb_buf notes;
};

/* A new last picture with the beginning of its name, or NULL. */
static struct tb_picture *begin(struct plan *plan, const char *kind, const char *code)
{
    struct tb_drawn *grown = tb_grow(plan->drawn, plan->n, &plan->capacity, sizeof *grown);

    if (!grown)
        return NULL;
    plan->drawn = grown;
    plan->drawn[plan->n] = (struct tb_drawn){ 0 };
    tb_buf_puts(&plan->drawn[plan->n].picture.name, kind);
    tb_report_file_name(&plan->drawn[plan->n].picture.name, code);
    return &plan->drawn[plan->n].picture;
}

static void name_group(const struct plan *plan, struct tb_picture *p, size_t group)
{
    int32_t first = plan->report->subject_group;

    if ((int32_t)group == (first >= 0 ? first : plan->report->children_group))
        return;
    tb_buf_putc(&p->name, '.');
    tb_report_file_name(&p->name, plan->report->profile->groups[group].code);
}

static void name_language(const struct plan *plan, struct tb_picture *p)
{
    if (plan->report->profile->set.languages.n > 1)
        tb_buf_printf(&p->name, ".%s", tb_report_is_zh(plan->report) ? "zh" : "en");
}

/* Keeps the picture just begun when there is something on it. */
static int end(struct plan *plan, struct tb_picture *p, int made, struct tb_error *err)
{
    if (!tb_picture_ok(p)) {
        tb_picture_release(p);
        return tb_error_set(err, "no memory for charts");
    }
    if (made > 0)
        plan->n++;
    else
        tb_picture_release(p);
    return 0;
}

static int plan_heat(struct plan *plan, size_t group, struct tb_error *err)
{
    const struct tb_group *g = &plan->report->profile->groups[group];
    size_t parts = 1;

    if (g->n_members < SMALLEST_GROUP || g->n_members > LARGEST_GROUP)
        return 0;
    for (size_t part = 0; part < parts; part++) {
        struct tb_picture *p = begin(plan, "heatmap-", g->code);
        if (!p)
            return tb_error_set(err, "no memory for charts");
        if (part > 0)
            tb_buf_printf(&p->name, ".%zu", part + 1);
        name_language(plan, p);
        if (end(plan, p, tb_chart_heat(plan->report, group, part, &parts, p), err) < 0)
            return -1;
    }
    return 0;
}

/* The subject's group and that of its children. */
static int plan_heats(struct plan *plan, struct tb_error *err)
{
    const struct tb_report *r = plan->report;
    const int32_t first[] = { r->subject_group, r->children_group };

    for (size_t i = 0; i < 2; i++)
        if (first[i] >= 0 && (i == 0 || first[1] != first[0]) &&
            plan_heat(plan, (size_t)first[i], err) < 0)
            return -1;
    return 0;
}

static struct tb_standing place_of(const struct plan *plan, size_t indicator, size_t group,
                                   size_t unit)
{
    struct tb_period period = tb_report_period_of(plan->report, indicator);
    int of = tb_report_headline(plan->report, indicator, period, (int32_t)group);

    return of < 0 ? (struct tb_standing){ 0 }
                  : tb_report_standing(plan->report, indicator, (enum tb_measure)of, period, group,
                                       unit);
}

static bool enough_ranked(const struct plan *plan, size_t indicator, size_t group)
{
    const struct tb_group *g = &plan->report->profile->groups[group];
    size_t n = 0;

    for (size_t i = 0; i < g->n_members && n < FEWEST_RANKED; i++)
        n += place_of(plan, indicator, group, g->member[i]).rank > 0;
    return n >= FEWEST_RANKED;
}

/* How it came about is asked of what is in trouble.  Without a subject that is every
 * indicator of the group: someone is last. */
static bool in_trouble(const struct plan *plan, size_t indicator, size_t group)
{
    const struct tb_report *r = plan->report;
    const struct tb_verdict *v;
    struct tb_standing s;

    if (r->subject < 0)
        return true;
    if ((int32_t)group != r->subject_group)
        return false;
    v = tb_report_worst_verdict(r, indicator, (size_t)r->subject);
    s = place_of(plan, indicator, group, (size_t)r->subject);
    return (v &&
            (tb_verdict_rag(v->kind) == TB_RAG_RED || tb_verdict_rag(v->kind) == TB_RAG_AMBER)) ||
           (s.bottom > 0 && s.bottom <= (uint32_t)r->profile->set.bottom_k) ||
           (s.has_movement && s.movement <= -GREAT_LOSS);
}

static int plan_bars(struct plan *plan, size_t indicator, size_t group, bool *made,
                     struct tb_error *err)
{
    struct tb_picture *p =
        begin(plan, "ranked-", plan->report->profile->indicators[indicator].code);
    size_t before = plan->n;
    int drawn = 0;

    if (!p)
        return tb_error_set(err, "no memory for charts");
    name_group(plan, p, group);
    name_language(plan, p);
    if (enough_ranked(plan, indicator, group))
        drawn = tb_chart_bars(plan->report, indicator, group, p);
    if (end(plan, p, drawn, err) < 0)
        return -1;
    *made = plan->n > before;
    return 0;
}

static int plan_trend(struct plan *plan, size_t indicator, size_t group, struct tb_error *err)
{
    const struct tb_report *r = plan->report;
    struct tb_picture *p = begin(plan, "trend-", r->profile->indicators[indicator].code);
    bool belongs = r->subject >= 0 && (r->profile->units[r->subject].groups >> group & 1) != 0;

    if (!p)
        return tb_error_set(err, "no memory for charts");
    name_group(plan, p, group);
    name_language(plan, p);
    return end(plan, p, tb_chart_trend(r, indicator, group, belongs ? r->subject : TB_NONE, p),
               err);
}

static int plan_group(struct plan *plan, int32_t group, struct tb_error *err)
{
    size_t n = 0;

    if (group < 0)
        return 0;
    for (size_t i = 0; i < plan->report->profile->n_indicators; i++) {
        size_t before = plan->n;
        bool made = false;
        if (plan_bars(plan, i, (size_t)group, &made, err) < 0)
            return -1;
        if (!made)
            continue;
        if (n++ >= MOST_INDICATORS) {
            tb_picture_release(&plan->drawn[before].picture);
            plan->n = before;
            plan->n_beyond++;
        } else if (in_trouble(plan, i, (size_t)group) &&
                   plan_trend(plan, i, (size_t)group, err) < 0) {
            return -1;
        }
    }
    return 0;
}

static int plan_all(struct plan *plan, struct tb_error *err)
{
    const struct tb_report *r = plan->report;

    if (plan_heats(plan, err) < 0 || plan_group(plan, r->subject_group, err) < 0)
        return -1;
    if (r->children_group != r->subject_group && plan_group(plan, r->children_group, err) < 0)
        return -1;
    if (plan->n_beyond > 0)
        tb_buf_printf(&plan->notes,
                      "%zu more indicators are ranked; charts are made of the first %d"
                      " of each group\n",
                      plan->n_beyond, (int)MOST_INDICATORS);
    return 0;
}

/* A missing font is silent in gnuplot: Chinese would come out as empty boxes. */
static void check_font(struct plan *plan)
{
    struct tb_buf instead = TB_BUF_INIT;
    int has = tb_gnuplot_has_font(TB_CHART_FONT, &instead);

    if (has == 0)
        tb_buf_printf(&plan->notes,
                      "font '%s' is not installed, charts fall back to '%s': install "
                      "the package %s\n",
                      TB_CHART_FONT, tb_buf_text(&instead), TB_CHART_FONT_PACKAGE);
    else if (has < 0)
        tb_buf_printf(&plan->notes,
                      "cannot tell whether the font '%s' is installed: fc-match "
                      "(package fontconfig) does not answer\n",
                      TB_CHART_FONT);
    tb_buf_release(&instead);
}

static int list_drawn(struct plan *plan, struct tb_charts *made, struct tb_error *err)
{
    for (size_t i = 0; i < plan->n; i++) {
        const struct tb_drawn *d = &plan->drawn[i];
        const struct tb_picture *p = &d->picture;
        struct tb_chart chart = {
            .name = tb_buf_text(&p->name),
            .kind = p->kind,
            .indicator = p->indicator,
            .unit = p->unit,
            .group = p->group,
            .title_zh = tb_buf_text(&p->title_zh),
            .title_en = tb_buf_text(&p->title_en),
            .alt_zh = tb_buf_text(&p->alt_zh),
            .alt_en = tb_buf_text(&p->alt_en),
        };
        if (d->failed) {
            made->n_failed++;
            tb_buf_printf(&plan->notes, "chart '%s': %s\n", chart.name, d->why);
        } else if (tb_charts_add(made, &chart, err) < 0) {
            return -1;
        }
    }
    return 0;
}

static void release(struct plan *plan)
{
    for (size_t i = 0; i < plan->n; i++)
        tb_picture_release(&plan->drawn[i].picture);
    free(plan->drawn);
    tb_buf_release(&plan->notes);
}

int tb_charts_draw(const struct tb_report *report, const char *folder, struct tb_charts *made,
                   struct tb_error *err)
{
    struct plan plan = { .report = report };
    char *gnuplot = tb_child_find("gnuplot");
    int rc = 0;

    if (gnuplot) {
        rc = plan_all(&plan, err);
        if (rc == 0 && plan.n > 0) {
            check_font(&plan);
            rc = tb_charts_render(gnuplot, folder, report->lang, plan.drawn, plan.n, err);
        }
        if (rc == 0)
            rc = list_drawn(&plan, made, err);
    } else {
        tb_buf_puts(&plan.notes, "gnuplot is not installed (package gnuplot-nox): no charts\n");
    }
    made->n_beyond += plan.n_beyond;
    if (plan.notes.len > 0) {
        free(made->notes);
        made->notes = tb_buf_take(&plan.notes);
    }
    release(&plan);
    free(gnuplot);
    return rc;
}
