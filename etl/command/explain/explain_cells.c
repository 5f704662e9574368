/* explain_cells.c - every submitted cell behind a figure: file, line, column and
 * the line as it was sent.
 *
 * A derived cell leads to the cells that it was made from: a single period to
 * cumulative ones, a sum to its parts, a computed growth to last year; that of a unit
 * that was merged or has another code to the units that it was. */
#include "command/explain/explain.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "command/run/origin.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/change.h"
#include "tongbao/cube.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"

enum { FORMULA_DEPTH = 8 };

/* A cell that was submitted. */
struct cell {
    const struct tb_plane *plane;
    struct tb_period period;
    size_t unit;
    uint32_t origin;
    bool held; /* by a check of severity error */
};

struct trail {
    const struct tb_question *question;
    size_t unit; /* whose cells are followed: the question's, or what it was */
    struct cell *cell;
    size_t n, capacity;
    bool failed;
};

static void append(struct trail *trail, const struct tb_plane *plane, struct tb_period period,
                   size_t at)
{
    uint32_t origin = plane->origin[at];

    for (size_t i = 0; i < trail->n; i++)
        if (trail->cell[i].origin == origin && trail->cell[i].plane == plane)
            return;
    struct cell *grown = tb_grow(trail->cell, trail->n, &trail->capacity, sizeof *grown);
    if (!grown) {
        trail->failed = true;
        return;
    }
    trail->cell = grown;
    trail->cell[trail->n++] = (struct cell){ plane, period, trail->unit, origin,
                                             (plane->status[at] & TB_STATUS_MASK) == TB_STATUS_O &&
                                                 plane->value[at] == 0 };
}

/* The cell if it was submitted.  False when there is none, or it is derived. */
static bool follow_submitted(struct trail *trail, size_t indicator, enum tb_measure measure,
                             uint8_t group, struct tb_period period)
{
    struct tb_plane_key key = { (uint16_t)indicator, (uint8_t)measure, TB_N_MEASURES, group };
    const struct tb_plane *plane = tb_cube_find(trail->question->cube, key);
    size_t at = tb_plane_cell(plane, period, trail->unit);

    if (at == SIZE_MAX || !plane->origin || plane->origin[at] == 0)
        return false;
    append(trail, plane, period, at);
    return true;
}

static void follow_level(struct trail *trail, size_t indicator, enum tb_measure measure,
                         struct tb_period period, int depth);

static void follow_side(struct trail *trail, const struct tb_formula_side *side,
                        enum tb_measure measure, struct tb_period period, int depth)
{
    for (size_t i = 0; i < side->n; i++)
        follow_level(trail, side->indicator[i], measure, period, depth + 1);
}

/* value or ytd: as submitted; else what it was made from. */
static void follow_level(struct trail *trail, size_t indicator, enum tb_measure measure,
                         struct tb_period period, int depth)
{
    const struct tb_profile *profile = trail->question->view->profile;
    const struct tb_formula *formula = profile->indicators[indicator].formula;
    struct tb_period start = tb_period_year_start(period, profile->set.year_start);

    if (depth > FORMULA_DEPTH || follow_submitted(trail, indicator, measure, TB_NO_GROUP, period))
        return;
    if (formula) {
        follow_side(trail, &formula->numerator, measure, period, depth);
        follow_side(trail, &formula->denominator, measure, period, depth);
    } else if (measure == TB_MEASURE_VALUE) {
        follow_submitted(trail, indicator, TB_MEASURE_YTD, TB_NO_GROUP, period);
        struct tb_period before = tb_indicator_previous(&profile->indicators[indicator], period);
        if (before.index >= start.index)
            follow_submitted(trail, indicator, TB_MEASURE_YTD, TB_NO_GROUP, before);
    } else {
        for (struct tb_period at = start; at.index <= period.index; at.index++)
            follow_submitted(trail, indicator, TB_MEASURE_VALUE, TB_NO_GROUP, at);
    }
}

/* A level of an earlier period, of the units that the unit then was. */
static void follow_past(struct trail *trail, enum tb_measure level, struct tb_period now,
                        struct tb_period then)
{
    const struct tb_question *question = trail->question;
    struct tb_scope scope;

    tb_scope_between(question->view->profile, question->unit, then, now, &scope);
    for (size_t i = 0; !scope.broken && i < scope.n; i++) {
        trail->unit = scope.part[i];
        follow_level(trail, question->indicator, level, then, 0);
    }
    trail->unit = question->unit;
}

/* Last year's level, where the growth was computed from it; that of a year in which the
 * unit changed was put together from its periods. */
static void follow_base(struct trail *trail, enum tb_measure growth, enum tb_measure level)
{
    const struct tb_question *question = trail->question;
    const struct tb_profile *profile = question->view->profile;
    const struct tb_plane *plane = tb_cube_measure(question->findings, question->indicator, growth);
    uint8_t status = tb_plane_get(plane, question->period, question->unit, NULL);
    struct tb_period now = question->period, before = tb_period_year_before(now);

    if (!tb_status_has_value(status) || (status & TB_GROWTH_METHOD_MASK) != TB_GROWTH_COMPUTED)
        return;
    if (level == TB_MEASURE_VALUE || !profile->units[question->unit].changed) {
        follow_past(trail, level, now, before);
        return;
    }
    struct tb_period at = tb_period_year_start(now, profile->set.year_start);
    for (; at.index <= now.index; at.index++)
        if (tb_unit_valid_in(&profile->units[question->unit], at))
            follow_past(trail, TB_MEASURE_VALUE, at, tb_period_year_before(at));
}

static void follow_all(struct trail *trail)
{
    static const enum tb_measure rest[] = { TB_MEASURE_GROWTH,   TB_MEASURE_YTD_GROWTH,
                                            TB_MEASURE_MOM,      TB_MEASURE_BASE,
                                            TB_MEASURE_YTD_BASE, TB_MEASURE_SHARE };
    const struct tb_question *question = trail->question;

    follow_level(trail, question->indicator, TB_MEASURE_VALUE, question->period, 0);
    follow_level(trail, question->indicator, TB_MEASURE_YTD, question->period, 0);
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        follow_submitted(trail, question->indicator, rest[i], TB_NO_GROUP, question->period);
    for (size_t g = 0; g < question->view->profile->n_groups; g++)
        follow_submitted(trail, question->indicator, TB_MEASURE_RANK, (uint8_t)g, question->period);
    follow_base(trail, TB_MEASURE_GROWTH, TB_MEASURE_VALUE);
    follow_base(trail, TB_MEASURE_YTD_GROWTH, TB_MEASURE_YTD);
}

/* What the place says: of an edit, what it left of the cell. */
static struct tb_decimal number_of(const struct tb_question *question, const struct cell *cell,
                                   const struct tb_origin_place *place, uint8_t *status)
{
    const struct tb_profile *profile = question->view->profile;
    const struct tb_edit *edit = place->is_edit ? &profile->edits[place->edit] : NULL;
    size_t at;

    *status = place->row.status;
    if (!edit)
        return (struct tb_decimal){ place->row.value, place->row.scale };
    *status = edit->status != TB_STATUS_NONE ? edit->status : TB_STATUS_A;
    if (edit->has_value)
        return edit->value;
    at = tb_plane_cell(cell->plane, cell->period, cell->unit); /* a status alone */
    return (struct tb_decimal){ cell->plane->value[at], cell->plane->scale };
}

/* "retail  ytd  2023-05  1234 万元 (A)" */
static void put_cell(const struct tb_question *question, const struct cell *cell,
                     const struct tb_origin_place *place, struct tb_buf *out)
{
    const struct tb_profile *profile = question->view->profile;
    const struct tb_plane_key *key = &cell->plane->key;
    const struct tb_indicator *indicator = &profile->indicators[key->indicator];
    uint8_t status;
    struct tb_decimal value = number_of(question, cell, place, &status);
    char period[TB_PERIOD_TEXT];

    tb_period_format(cell->period, period);
    if (cell->unit != question->unit)
        tb_buf_printf(out, "%s  ", tb_unit_name(&profile->units[cell->unit], question->view->lang));
    tb_buf_printf(out, "%s  %s", indicator->code, tb_measure_name(key->measure));
    if (key->group < profile->n_groups)
        tb_buf_printf(out, "(%s)", profile->groups[key->group].code);
    tb_buf_printf(out, "  %s  ", period);
    tb_explain_number(question, indicator, key->measure, value, status, out);
    tb_buf_printf(out, " (%c)", tb_status_code(status));
    if (cell->held)
        tb_buf_puts(out, tb_view_say(question->view, "（审核不通过，暂缓使用）",
                                     " (held: a check failed)"));
    if (place->is_edit)
        tb_buf_printf(out, "  %s: %s", profile->edits[place->edit].who,
                      profile->edits[place->edit].reason);
}

/* The coordinates and the number as data. */
static void add_key(const struct tb_question *question, const struct cell *cell,
                    const struct tb_origin_place *place, struct tb_node *item)
{
    const struct tb_profile *profile = question->view->profile;
    const struct tb_plane_key *key = &cell->plane->key;
    uint8_t status;
    struct tb_decimal value = number_of(question, cell, place, &status);
    char period[TB_PERIOD_TEXT];

    tb_period_format(cell->period, period);
    tb_node_value(item, "unit", profile->units[cell->unit].code);
    tb_node_value(item, "indicator", profile->indicators[key->indicator].code);
    tb_node_value(item, "measure", tb_measure_name(key->measure));
    tb_node_value(item, "group",
                  key->group < profile->n_groups ? profile->groups[key->group].code : "");
    tb_node_value(item, "period", period);
    tb_explain_cell(question, &profile->indicators[key->indicator], key->measure, value, status,
                    item);
    tb_node_flag(item, "held", cell->held);
    tb_node_flag(item, "is_edit", place->is_edit);
    tb_node_value(item, "sender", place->sender);
    tb_node_value(item, "file", place->name);
    tb_node_number(item, "line", place->line);
    tb_node_number(item, "column", place->column);
    tb_node_value(item, "received", place->received);
    tb_node_value(item, "sha256", place->sha256);
}

/* "SENDER/FILE:6:7  received MOMENT", the hash, and the line as it was sent. */
static void say_place(const struct tb_question *question, struct tb_origins *origins,
                      const struct tb_origin_place *place, struct tb_node *item)
{
    struct tb_error lost = TB_ERROR_INIT;
    struct tb_buf text = TB_BUF_INIT, line = TB_BUF_INIT;

    tb_buf_printf(&text, "%s%s%s:%u", place->sender, place->sender[0] ? "/" : "", place->name,
                  place->line);
    if (place->column)
        tb_buf_printf(&text, ":%u", place->column);
    if (place->received[0])
        tb_view_printf(question->view, &text, "  收到 %s", "  received %s", place->received);
    tb_node_said(item, "", tb_buf_text(&text));
    tb_buf_clear(&text);
    if (place->sha256[0]) {
        tb_buf_printf(&text, "sha256 %s", place->sha256);
        tb_node_said(item, "", tb_buf_text(&text));
        tb_buf_clear(&text);
    }
    /* The rest of the answer is still worth having where the line is lost. */
    bool found = tb_origins_line(origins, place, &line, &lost) == 0;
    tb_buf_printf(&text, "| %s", found ? tb_buf_text(&line) : lost.text);
    tb_node_said(item, "", tb_buf_text(&text));
    tb_node_value(item, "line_text", found ? tb_buf_text(&line) : "");
    tb_node_value(item, "lost", found ? "" : lost.text);
    tb_buf_release(&line);
    tb_buf_release(&text);
}

static int add_cell(const struct tb_question *question, struct tb_origins *origins,
                    const struct cell *cell, struct tb_node *list, struct tb_error *err)
{
    struct tb_origin_place place;
    struct tb_buf text = TB_BUF_INIT;

    if (tb_origins_find(origins, cell->origin, &place, err) < 0)
        return -1;
    put_cell(question, cell, &place, &text);
    struct tb_node *item = tb_node_item(list, tb_buf_text(&text));
    add_key(question, cell, &place, item);
    say_place(question, origins, &place, item);
    tb_buf_release(&text);
    return 0;
}

int tb_explain_cells(const struct tb_question *question, struct tb_node *root, struct tb_error *err)
{
    struct trail trail = { .question = question, .unit = question->unit };
    struct tb_node *list =
        tb_node_list(root, "sources", tb_view_say(question->view, "来源", "sources"));
    struct tb_origins origins;
    int rc = tb_origins_open(&origins, question->view, err);

    if (rc < 0)
        return -1;
    follow_all(&trail);
    tb_node_empty(list, tb_view_say(question->view, "没有在用的报送数据",
                                    "nothing was submitted that is in force"));
    for (size_t i = 0; rc == 0 && i < trail.n; i++)
        rc = add_cell(question, &origins, &trail.cell[i], list, err);
    if (rc == 0 && trail.failed)
        rc = tb_error_set(err, "out of memory for the sources");
    free(trail.cell);
    tb_origins_close(&origins);
    return rc;
}
