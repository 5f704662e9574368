/* edges.c - compares the ranking of printed values with that of full ones. */
#include "analyse/rank/edges.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/findings.h"
#include "analyse/measure/layout.h"
#include "analyse/verdict/targets.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/observation.h"
#include "tongbao/profile.h"

struct compare {
    const struct tb_measures *ms;
    struct tb_ranks_row row;
    struct tb_standing *printed, *full;
    struct tb_buf *out;
    size_t *n;
};

static void put_edge(const struct compare *c, size_t indicator, enum tb_measure of, size_t group,
                     size_t unit, struct tb_period period, size_t member)
{
    const struct tb_profile *profile = c->ms->profile;
    struct tb_buf note = TB_BUF_INIT;
    char text[TB_PERIOD_TEXT];

    tb_period_format(period, text);
    tb_buf_printf(&note, "rank(%s, %s) of %s", tb_measure_name(of), profile->groups[group].code,
                  profile->indicators[indicator].code);
    tb_csv_put(c->out, "");
    tb_csv_put(c->out, profile->units[unit].code);
    tb_csv_put(c->out, text);
    tb_csv_put(c->out, "rank");
    tb_csv_put_int(c->out, c->printed[member].rank);
    tb_csv_put_int(c->out, c->full[member].rank);
    tb_csv_put(c->out, tb_buf_text(&note));
    tb_csv_end_row(c->out);
    c->out->failed |= note.failed;
    tb_buf_release(&note);
    (*c->n)++;
}

static int compare_group(struct compare *c, size_t indicator, enum tb_measure of, size_t group,
                         struct tb_period period, struct tb_error *err)
{
    const struct tb_profile *profile = c->ms->profile;
    const struct tb_group *g = &profile->groups[group];
    bool lower = tb_indicator_lower_is_better(&profile->indicators[indicator]);
    size_t n_ranked;

    tb_findings_row(c->ms, of, indicator, group, period, true, &c->row);
    if (tb_ranks_places(&profile->set, lower, &c->row, c->printed, &n_ranked, err) < 0)
        return -1;
    tb_findings_row(c->ms, of, indicator, group, period, false, &c->row);
    if (tb_ranks_places(&profile->set, lower, &c->row, c->full, &n_ranked, err) < 0)
        return -1;
    for (size_t m = 0; m < g->n_members; m++)
        if (c->printed[m].rank != c->full[m].rank)
            put_edge(c, indicator, of, group, g->member[m], period, m);
    return 0;
}

static int compare_indicator(struct compare *c, size_t i, struct tb_period period,
                             struct tb_error *err)
{
    const struct tb_profile *profile = c->ms->profile;
    const struct tb_indicator *ind = &profile->indicators[i];

    period = tb_targets_period(profile, i, period);
    for (size_t h = 0; h < ind->n_headlines; h++) {
        if (memchr(ind->headline, ind->headline[h], h)) /* named twice */
            continue;
        for (size_t g = 0; g < profile->n_groups; g++)
            if (tb_layout_group_reports(c->ms, i, g) &&
                compare_group(c, i, (enum tb_measure)ind->headline[h], g, period, err) < 0)
                return -1;
    }
    return 0;
}

int tb_edges_of_ranks(const struct tb_measures *ms, struct tb_period period, struct tb_buf *out,
                      size_t *n, struct tb_error *err)
{
    size_t n_units = ms->profile->n_units ? ms->profile->n_units : 1;
    struct compare c = { .ms = ms, .out = out, .n = n };
    int rc = -1;

    *n = 0;
    if (tb_ranks_row_init(&c.row, n_units, err) < 0)
        return -1;
    c.printed = calloc(n_units, sizeof *c.printed);
    c.full = calloc(n_units, sizeof *c.full);
    if (!c.printed || !c.full) {
        tb_error_set(err, "out of memory for the places of %zu units", n_units);
        goto out;
    }
    for (size_t i = 0; i < ms->profile->n_indicators; i++)
        if (ms->planes[i].n_periods > 0 && compare_indicator(&c, i, period, err) < 0)
            goto out;
    rc = tb_buf_ok(out, err) ? 0 : -1;
out:
    free(c.printed);
    free(c.full);
    tb_ranks_row_release(&c.row);
    return rc;
}
