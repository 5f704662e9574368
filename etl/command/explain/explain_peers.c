/* explain_peers.c - the groups that the unit is compared in: their figures, and the ranks
 * around the unit. */
#include "command/explain/explain.h"

#include <stdio.h>
#include <stdlib.h>

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/cube.h"
#include "tongbao/profile.h"

enum { AROUND = 3 }; /* places shown on either side of the unit */

static const struct tb_indicator *indicator_of(const struct tb_question *question)
{
    return &question->view->profile->indicators[question->indicator];
}

/* "mean 5.1 %; median 5.0 %; ..." of the group, those that there are. */
static void add_group_figures(const struct tb_question *question, enum tb_measure of, size_t group,
                              struct tb_node *item)
{
    static const struct {
        enum tb_measure measure;
        const char *zh, *en;
    } figures[] = {
        { TB_MEASURE_AREA, "总体", "area" }, { TB_MEASURE_POOLED, "合并", "pooled" },
        { TB_MEASURE_MEAN, "平均", "mean" }, { TB_MEASURE_MEDIAN, "中位数", "median" },
        { TB_MEASURE_Q1, "下四分位", "q1" }, { TB_MEASURE_Q3, "上四分位", "q3" },
        { TB_MEASURE_BEST, "最好", "best" }, { TB_MEASURE_WORST, "最差", "worst" },
    };
    struct tb_node *object = tb_node_object(item, "figures");
    struct tb_buf line = TB_BUF_INIT;

    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        struct tb_plane_key key = { (uint16_t)question->indicator, (uint8_t)figures[i].measure,
                                    (uint8_t)of, TB_NO_GROUP };
        struct tb_decimal value;
        char text[TB_DECIMAL_TEXT] = "";
        uint8_t status =
            tb_plane_get(tb_cube_find(question->findings, key), question->period, group, &value);
        if (tb_status_has_value(status)) {
            tb_decimal_format(value, text);
            tb_buf_printf(&line, "%s%s ", line.len ? "; " : "",
                          tb_view_say(question->view, figures[i].zh, figures[i].en));
            tb_explain_number(question, indicator_of(question), of, value, status, &line);
        }
        tb_node_value(object, figures[i].en, text);
    }
    tb_node_said(object, "", tb_buf_text(&line));
    tb_buf_release(&line);
}

/* One unit that is ranked. */
struct place {
    size_t unit;
    int64_t rank;
    bool tied;
};

static int by_rank(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

/* The ranked units in order, and where ours stands among them (SIZE_MAX: nowhere). */
static size_t gather_places(const struct tb_question *question, const struct tb_plane *rank,
                            struct place *place, size_t *ours)
{
    size_t n = 0;

    *ours = SIZE_MAX;
    for (size_t unit = 0; unit < question->view->profile->n_units; unit++) {
        struct tb_decimal value;
        uint8_t status = tb_plane_get(rank, question->period, unit, &value);
        if (tb_status_has_value(status) && value.units > 0)
            place[n++] = (struct place){ unit, value.units, (status & TB_FLAG_TIED) != 0 };
    }
    if (n)
        qsort(place, n, sizeof *place, by_rank);
    for (size_t i = 0; i < n; i++)
        if (place[i].unit == question->unit)
            *ours = i;
    return n;
}

static void add_place(const struct tb_question *question, struct tb_node *table,
                      enum tb_measure of, const struct place *place)
{
    const struct tb_view *view = question->view;
    const struct tb_unit *unit = &view->profile->units[place->unit];
    const struct tb_plane *plane = tb_cube_measure(question->findings, question->indicator, of);
    struct tb_decimal value = { 0, 0 };
    uint8_t status = tb_plane_get(plane, question->period, place->unit, &value);
    struct tb_node *row = tb_node_item(table, NULL);
    struct tb_buf number = TB_BUF_INIT;
    char rank[32];

    snprintf(rank, sizeof rank, "%s%lld", place->tied ? "=" : "", (long long)place->rank);
    if ((status & TB_STATUS_MASK) != TB_STATUS_NONE)
        tb_explain_number(question, indicator_of(question), of, value, status, &number);
    tb_node_said(row, "", place->unit == question->unit ? ">" : "");
    tb_node_said(row, tb_view_say(view, "位次", "place"), rank);
    tb_node_said(row, tb_view_say(view, "单位", "unit"), tb_unit_name(unit, view->lang));
    tb_node_said(row, tb_view_say(view, "数值", "number"), tb_buf_text(&number));
    tb_node_value(row, "unit", unit->code);
    tb_node_value(row, "name_zh", unit->name_zh);
    tb_node_value(row, "name_en", unit->name_en);
    tb_node_flag(row, "is_subject", place->unit == question->unit);
    tb_node_number(row, "rank", place->rank);
    tb_node_flag(row, "tied", place->tied);
    tb_explain_cell(question, indicator_of(question), of, value, status, row);
    tb_buf_release(&number);
}

/* "; moved +2 places", from the movement plane. */
static bool find_movement(const struct tb_question *question, enum tb_measure of, size_t group,
                          int64_t *out)
{
    struct tb_plane_key key = { (uint16_t)question->indicator, TB_MEASURE_MOVEMENT, (uint8_t)of,
                                (uint8_t)group };
    struct tb_decimal value = { 0, 0 };
    uint8_t status = tb_plane_get(tb_cube_find(question->findings, key), question->period,
                                  question->unit, &value);

    *out = value.units;
    return tb_status_has_value(status);
}

/* Where the unit stands, of `n` that are ranked. */
static struct tb_node *add_standing(const struct tb_question *question, struct tb_node *list,
                                    enum tb_measure of, size_t group, const struct place *ours,
                                    size_t n)
{
    const struct tb_view *view = question->view;
    const struct tb_group *peers = &view->profile->groups[group];
    struct tb_buf text = TB_BUF_INIT;
    int64_t moved;
    bool has_moved = find_movement(question, of, group, &moved);

    tb_buf_printf(&text, "%s, %s", tb_group_name(peers, view->lang), tb_measure_name(of));
    if (!ours)
        tb_view_printf(view, &text, "：未参加排名（共 %zu）", ": not ranked (%zu are)", n);
    else
        tb_view_printf(view, &text, "：第 %lld 位（共 %zu）%s", ": %lld of %zu%s",
                       (long long)ours->rank, n,
                       !ours->tied ? "" : tb_view_say(view, "，并列", ", tied"));
    if (has_moved)
        tb_view_printf(view, &text, "；较上期变动 %+lld 位", "; moved %+lld places",
                       (long long)moved);
    struct tb_node *item = tb_node_item(list, tb_buf_text(&text));
    tb_node_value(item, "group", peers->code);
    tb_node_value(item, "measure", tb_measure_name(of));
    tb_node_number(item, "members", (int64_t)peers->n_members);
    tb_node_number(item, "ranked", (int64_t)n);
    if (ours) {
        tb_node_number(item, "rank", ours->rank);
        tb_node_flag(item, "tied", ours->tied);
    }
    if (has_moved)
        tb_node_number(item, "movement", moved);
    tb_buf_release(&text);
    return item;
}

static void add_group(const struct tb_question *question, enum tb_measure of, size_t group,
                      struct place *place, struct tb_node *list)
{
    struct tb_plane_key key = { (uint16_t)question->indicator, TB_MEASURE_RANK, (uint8_t)of,
                                (uint8_t)group };
    const struct tb_plane *rank = tb_cube_find(question->findings, key);
    size_t ours, n = rank ? gather_places(question, rank, place, &ours) : 0;

    if (n == 0)
        return;
    struct tb_node *item = add_standing(question, list, of, group,
                                        ours == SIZE_MAX ? NULL : &place[ours], n);
    add_group_figures(question, of, group, item);
    struct tb_node *around = tb_node_table(item, "around", NULL, "lrlr");
    for (size_t i = 0; ours != SIZE_MAX && i < n; i++)
        if (i + AROUND >= ours && i <= ours + AROUND)
            add_place(question, around, of, &place[i]);
}

void tb_explain_peers(const struct tb_question *question, struct tb_node *root)
{
    const struct tb_profile *profile = question->view->profile;
    const struct tb_indicator *indicator = indicator_of(question);
    struct place *place = calloc(profile->n_units + 1, sizeof *place);
    struct tb_node *list =
        tb_node_list(root, "peers", tb_view_say(question->view, "同类比较", "peers"));

    for (size_t h = 0; place && h < indicator->n_headlines; h++)
        for (size_t g = 0; g < profile->n_groups; g++)
            if (profile->units[question->unit].groups >> g & 1)
                add_group(question, indicator->headline[h], g, place, list);
    if (!place)
        tb_node_fail(root);
    free(place);
}
