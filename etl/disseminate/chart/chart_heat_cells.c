/* chart_heat_cells.c - which units and indicators stand on a heat map, and how
 * each unit stands. */
#include "disseminate/chart/chart_heat.h"

#include <stdlib.h>

#include "disseminate/chart/charts_all.h"

enum { MOST_ROWS = 40, WORST_ROWS = 25 };

/* Against peers: among the last, behind the group's figure, or neither. */
static struct tb_heat_cell place_cell(const struct tb_heat *h, const struct tb_topic *t,
                                      size_t unit)
{
    const struct tb_settings *set = &h->report->profile->set;
    struct tb_style style = tb_style_of(h->report);
    struct tb_heat_cell cell = { .rag = TB_RAG_GREY, .shown = true };
    uint32_t few;

    cell.figure = tb_report_figure(h->report, t->row, t->of, t->period, unit);
    cell.standing = tb_report_standing(h->report, t->row, t->of, t->period, h->group, unit);
    if (cell.standing.rank == 0)
        return cell;
    few = cell.standing.ranked > 0 ? (cell.standing.ranked - 1) / 2 : 0;
    few = set->bottom_k >= 0 && (uint32_t)set->bottom_k < few ? (uint32_t)set->bottom_k : few;
    cell.rag = TB_RAG_GREEN;
    if (t->has_peer && cell.figure.known) {
        int order = tb_number_compare(&style, cell.figure.value, t->peer.value, t->decimals);
        if (t->indicator->direction == TB_LOWER ? order > 0 : order < 0)
            cell.rag = TB_RAG_AMBER;
    }
    if (cell.standing.bottom > 0 && cell.standing.bottom <= few && cell.standing.rank > 1)
        cell.rag = TB_RAG_RED;
    return cell;
}

static struct tb_heat_cell verdict_cell(const struct tb_heat *h, const struct tb_topic *t,
                                        size_t unit)
{
    struct tb_heat_cell cell = { .rag = TB_RAG_GREY };

    cell.verdict = tb_report_worst_verdict(h->report, t->row, unit);
    if (cell.verdict) {
        cell.shown = true;
        cell.rag = tb_verdict_rag(cell.verdict->kind);
    }
    return cell;
}

static struct tb_heat_cell find_cell(const struct tb_heat *h, const struct tb_topic *t, size_t unit)
{
    return h->by_verdict ? verdict_cell(h, t, unit) : place_cell(h, t, unit);
}

/* A place among one is none: two units at least must be ranked. */
static bool has_ranks(const struct tb_heat *h, const struct tb_topic *t)
{
    const struct tb_group *g = &h->report->profile->groups[h->group];
    size_t n = 0;

    if (t->indicator->direction == TB_NEUTRAL)
        return false; /* neither end of it is the better one */
    for (size_t i = 0; i < g->n_members && n < 2; i++)
        n += tb_report_standing(h->report, t->row, t->of, t->period, h->group, g->member[i]).rank >
             0;
    return n == 2;
}

static size_t n_verdicts(const struct tb_heat *h, size_t indicator)
{
    const struct tb_group *g = &h->report->profile->groups[h->group];
    size_t n = 0;

    for (size_t i = 0; i < g->n_members; i++)
        n += tb_report_worst_verdict(h->report, indicator, g->member[i]) != NULL;
    return n;
}

/* Verdicts are shown when they fill two cells of five where anything is to be shown. */
static void find_columns(struct tb_heat *h)
{
    const struct tb_profile *p = h->report->profile;
    size_t filled = 0, places = 0, judged = 0, n_members = p->groups[h->group].n_members;

    for (size_t i = 0; i < p->n_indicators; i++) {
        size_t n = n_verdicts(h, i);
        filled += n;
        judged += n > 0;
        places += tb_topic_of(h->report, i, h->group, &h->column[0]) && has_ranks(h, h->column);
    }
    h->by_verdict = judged > 0 && (places == 0 || 5 * filled >= 2 * judged * n_members);
    for (size_t i = 0; i < p->n_indicators; i++) {
        struct tb_topic t = { .report = h->report,
                              .indicator = &p->indicators[i],
                              .row = i,
                              .group = h->group,
                              .period = tb_report_period_of(h->report, i),
                              .decimals = p->indicators[i].decimals };
        bool ranked = tb_topic_of(h->report, i, h->group, &t) && has_ranks(h, &t);
        if (h->by_verdict ? n_verdicts(h, i) > 0 : ranked)
            h->column[h->n_all_columns++] = t;
    }
}

/* Equal shares, so that the last picture is not a sliver. */
static size_t choose_part(struct tb_heat *h, size_t part)
{
    size_t parts = (h->n_all_columns + TB_HEAT_COLUMNS - 1) / TB_HEAT_COLUMNS;
    size_t share = parts > 0 ? (h->n_all_columns + parts - 1) / parts : 0;

    h->first_column = part * share;
    h->n_columns = h->first_column >= h->n_all_columns ? 0 : h->n_all_columns - h->first_column;
    if (h->n_columns > share)
        h->n_columns = share;
    return parts;
}

struct trouble {
    uint32_t unit;
    size_t red, amber, order;
};

static int by_trouble(const void *a, const void *b)
{
    const struct trouble *x = a, *y = b;

    if (x->red != y->red)
        return x->red > y->red ? -1 : 1;
    if (x->amber != y->amber)
        return x->amber > y->amber ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* Of a large group those in most trouble. */
static bool keep_worst(struct tb_heat *h)
{
    struct trouble *all = calloc(h->n_rows, sizeof *all);
    size_t from = h->n_rows > 0 && (int32_t)h->row[0] == h->report->subject ? 1 : 0;

    if (!all)
        return false;
    for (size_t i = 0; i < h->n_rows; i++) {
        all[i] = (struct trouble){ .unit = h->row[i], .order = i };
        for (size_t c = 0; c < h->n_all_columns; c++) {
            struct tb_heat_cell cell = find_cell(h, &h->column[c], h->row[i]);
            all[i].red += cell.rag == TB_RAG_RED;
            all[i].amber += cell.rag == TB_RAG_AMBER;
        }
    }
    qsort(all + from, h->n_rows - from, sizeof *all, by_trouble);
    h->n_rows = WORST_ROWS + from;
    for (size_t i = 0; i < h->n_rows; i++)
        h->row[i] = all[i].unit;
    free(all);
    return true;
}

/* Whether the unit has anything to show in any column, of this part or another:
 * a row of nothing is no news. */
static bool shows_anything(const struct tb_heat *h, uint32_t unit)
{
    for (size_t c = 0; c < h->n_all_columns; c++)
        if (find_cell(h, &h->column[c], unit).shown)
            return true;
    return false;
}

static bool find_rows(struct tb_heat *h)
{
    const struct tb_group *g = &h->report->profile->groups[h->group];
    int32_t subject = h->report->subject;

    for (size_t i = 0; i < g->n_members; i++)
        if ((int32_t)g->member[i] == subject)
            h->row[h->n_rows++] = g->member[i];
    for (size_t i = 0; i < g->n_members; i++)
        if ((int32_t)g->member[i] != subject &&
            tb_unit_valid_in(&h->report->profile->units[g->member[i]], h->report->period) &&
            shows_anything(h, g->member[i]))
            h->row[h->n_rows++] = g->member[i];
    h->n_all_rows = h->n_rows;
    return h->n_rows <= MOST_ROWS || keep_worst(h);
}

static bool fill_cells(struct tb_heat *h)
{
    h->cell = calloc(h->n_rows * h->n_columns + 1, sizeof *h->cell);
    if (!h->cell)
        return false;
    for (size_t r = 0; r < h->n_rows; r++)
        for (size_t c = 0; c < h->n_columns; c++) {
            struct tb_heat_cell cell = find_cell(h, &h->column[h->first_column + c], h->row[r]);
            *tb_heat_cell_at(h, r, c) = cell;
            h->count[cell.rag] += cell.shown;
        }
    return true;
}

bool tb_heat_gather(struct tb_heat *h, size_t part, size_t *parts)
{
    find_columns(h);
    *parts = choose_part(h, part);
    if (h->n_columns == 0)
        return false;
    if (!find_rows(h) || !fill_cells(h)) {
        h->p->body.failed = true;
        return false;
    }
    return h->n_rows > 0;
}
