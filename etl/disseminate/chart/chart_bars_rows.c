/* chart_bars_rows.c - who stands in a picture of ranked bars, in which order and
 * colour. */
#include "disseminate/chart/chart_bars.h"

#include <stdlib.h>

enum { MOST_ROWS = 40 };

static int by_place(const void *a, const void *b)
{
    const struct tb_bar *x = a, *y = b;
    uint32_t i = x->standing.rank - 1, j = y->standing.rank - 1; /* not ranked: last */

    if (i != j)
        return i < j ? -1 : 1;
    if (x->figure.known != y->figure.known)
        return x->figure.known ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Worse than the group's figure, as printed. */
static bool is_behind(const struct tb_bars *b, struct tb_figure figure)
{
    struct tb_style style = tb_style_of(b->topic.report);
    int order;

    if (!b->topic.has_peer || !figure.known || b->topic.indicator->direction == TB_NEUTRAL)
        return false;
    order = tb_number_compare(&style, figure.value, b->topic.peer.value, b->topic.decimals);
    return b->topic.indicator->direction == TB_LOWER ? order > 0 : order < 0;
}

bool tb_bars_gather(struct tb_bars *b)
{
    const struct tb_topic *t = &b->topic;
    const struct tb_group *group = &t->report->profile->groups[t->group];

    b->row = calloc(group->n_members + 1, sizeof *b->row);
    b->slot = calloc(group->n_members + 2, sizeof *b->slot);
    if (!b->row || !b->slot) {
        b->p->body.failed = true;
        return false;
    }
    for (size_t i = 0; i < group->n_members; i++) {
        struct tb_bar row = { .unit = group->member[i] };
        if (!tb_unit_valid_in(&t->report->profile->units[row.unit], t->period))
            continue;
        row.figure = tb_report_figure(t->report, t->row, t->of, t->period, row.unit);
        row.standing = tb_report_standing(t->report, t->row, t->of, t->period, t->group, row.unit);
        b->n_ranked += row.standing.rank > 0;
        b->n_behind += row.standing.rank > 0 && is_behind(b, row.figure);
        b->n_missing += !row.figure.known && row.standing.rank == 0;
        b->row[b->n++] = row;
    }
    qsort(b->row, b->n, sizeof *b->row, by_place);
    return b->n_ranked > 1; /* a place among one is none */
}

/* All, or the best and the worst with the subject between them. */
void tb_bars_choose(struct tb_bars *b)
{
    size_t shown = b->n - b->n_missing, from = 0;

    if (shown <= MOST_ROWS) {
        for (size_t i = 0; i < shown; i++)
            b->slot[b->n_slots++] = (int32_t)i;
        return;
    }
    for (; from < TB_BARS_BEST; from++)
        b->slot[b->n_slots++] = (int32_t)from;
    b->slot[b->n_slots++] = TB_BARS_GAP;
    b->n_left_out = shown - TB_BARS_BEST - TB_BARS_WORST;
    for (size_t i = from; i < shown - TB_BARS_WORST; i++)
        if ((int32_t)b->row[i].unit == b->topic.report->subject) {
            b->slot[b->n_slots++] = (int32_t)i;
            b->slot[b->n_slots++] = TB_BARS_GAP;
            b->n_left_out--;
        }
    for (size_t i = shown - TB_BARS_WORST; i < shown; i++)
        b->slot[b->n_slots++] = (int32_t)i;
}

uint32_t tb_bars_last_places(const struct tb_bars *b)
{
    uint32_t few = (uint32_t)(b->n_ranked - 1) / 2;
    int k = b->topic.report->profile->set.bottom_k;

    return k < 0 ? 0 : (uint32_t)k < few ? (uint32_t)k : few;
}

int tb_bars_colour(const struct tb_bars *b, const struct tb_bar *row)
{
    if (row->standing.rank == 0)
        return TB_BAR_NONE;
    if (b->topic.indicator->direction != TB_NEUTRAL && row->standing.bottom > 0 &&
        row->standing.bottom <= tb_bars_last_places(b) && row->standing.rank > 1)
        return TB_BAR_LAST;
    return is_behind(b, row->figure) ? TB_BAR_BELOW : TB_BAR_GOOD;
}
