/* suspect.c - of a check that failed: the field that is farthest off what its past
 * lets expect, and what would explain it. */
#include "process/suspect.h"

#include <math.h>

#include "process/cells.h"
#include "process/expect.h"
#include "process/work.h"
#include "tongbao/profile.h"
#include "tongbao/ratio.h"
#include "tongbao/rule.h"

/* A number within so many spreads fits; beyond, it does not. */
static const double FITS = 3.5;
/* Rates near zero turn their sign by themselves: only one that is farther off was
 * perhaps meant the other way. */
static const double FAR_OFF = 10;
/* Numbers of fewer digits fit another's past, or with two digits exchanged, by chance. */
enum { TELLING_DIGITS = 3 };

/* One field with what is expected of it. */
struct field {
    const struct tb_plane *plane;
    size_t cell;
    double number;
    struct tb_expected expected;
};

static struct field field_at(const struct tb_work *work, const struct tb_plane *plane, size_t cell)
{
    return (struct field){ plane, cell, tb_expect_number(plane, cell),
                           tb_expect_cell(work, plane, cell) };
}

static double off(const struct field *field)
{
    if (!field->expected.known || isnan(field->number))
        return 0;
    return tb_expect_off(&field->expected, field->number);
}

static bool fits(const struct field *field, double number)
{
    return field->expected.known && tb_expect_off(&field->expected, number) <= FITS;
}

/* --- which field --- */

/* Takes another field's place when that is off, and clearly more. */
static void consider(const struct tb_work *work, const struct tb_plane *plane, size_t cell,
                     struct field *worst)
{
    if (!plane || cell == SIZE_MAX || !tb_status_has_value(plane->status[cell]) ||
        (plane->origin && plane->origin[cell] == 0))
        return;
    struct field field = field_at(work, plane, cell);
    if (off(&field) > FITS && off(&field) > 1.5 * off(worst))
        *worst = field;
}

static void consider_parts(const struct tb_work *work, const struct tb_formula_side *side,
                           enum tb_measure measure, struct tb_period period, size_t unit,
                           struct field *worst)
{
    for (size_t p = 0; p < side->n; p++) {
        const struct tb_plane *part = tb_cells_part(work, side->indicator[p], measure);
        consider(work, part, tb_plane_cell(part, period, unit), worst);
    }
}

/* The fields that a failure rests on beside its own: the figure before of a single
 * period taken from cumulated ones, other indicators of the rule, units below, the parts of a
 * quotient. */
static struct field most_suspect(const struct tb_work *work, const struct tb_rule *rule,
                                 size_t indicator, const struct tb_plane *plane, size_t cell)
{
    const struct tb_indicator *about = &work->profile->indicators[indicator];
    struct field worst = field_at(work, plane, cell);
    size_t unit = cell % plane->n_columns, first = cell - unit;
    enum tb_measure measure = (enum tb_measure)plane->key.measure;
    struct tb_period period = { plane->freq, plane->first + (int32_t)(cell / plane->n_columns) };

    if (measure == TB_MEASURE_YTD && first > 0 && tb_rule_uses(rule, TB_MEASURE_VALUE))
        consider(work, plane, cell - plane->n_columns, &worst);
    for (size_t i = 0; i < work->profile->n_indicators; i++) {
        const struct tb_plane *other = tb_work_plane(work, i, measure, 0);
        if (i != plane->key.indicator && other && tb_rule_names(rule, i))
            consider(work, other, tb_plane_cell(other, period, unit), &worst);
    }
    for (size_t other = 0; tb_rule_asks_units(rule) && other < plane->n_columns; other++)
        if (tb_rule_asks_unit(rule, work->profile, other, unit, period))
            consider(work, plane, first + other, &worst);
    if (tb_indicator_is_ratio(about)) {
        consider_parts(work, &about->formula->numerator, measure, period, unit, &worst);
        consider_parts(work, &about->formula->denominator, measure, period, unit, &worst);
    }
    return worst;
}

/* --- what explains it --- */

static int digits_of(int64_t value)
{
    int n = 0;

    while (value != 0 && value % 10 == 0)
        value /= 10;
    for (; value != 0; value /= 10)
        n++;
    return n;
}

/* The power among those of `powers` that brings the number to within `width` of
 * what is expected; 0 if none does. */
static int power_of_ten(const struct field *field, const int powers[], size_t n, double width)
{
    if (field->expected.additive || !field->expected.known || !(field->number > 0))
        return 0;
    double log_off = log10(field->number / field->expected.value);
    int found = 0;
    for (size_t p = 0; p < n; p++)
        if (fabs(log_off - powers[p]) <= width) {
            width = fabs(log_off - powers[p]);
            found = powers[p];
        }
    return found;
}

static bool is_copied(const struct field *field, int64_t value)
{
    size_t columns = field->plane->n_columns;

    return digits_of(value) >= TELLING_DIGITS && field->cell >= columns &&
           tb_status_has_value(field->plane->status[field->cell - columns]) &&
           field->plane->value[field->cell - columns] == value;
}

static bool is_same(const struct tb_work *work, const struct field *field, int64_t value,
                    uint32_t *found)
{
    size_t unit = field->cell % field->plane->n_columns, first = field->cell - unit;

    for (size_t other = 0; digits_of(value) >= 4 && other < field->plane->n_columns; other++)
        if (tb_expect_neighbours(work, unit, other) &&
            tb_status_has_value(field->plane->status[first + other]) &&
            field->plane->value[first + other] == value) {
            *found = (uint32_t)other;
            return true;
        }
    return false;
}

/* A neighbour whose number fits here, as this one's fits there, though neither fits at home. */
static bool is_swapped(const struct tb_work *work, const struct field *field, uint32_t *found)
{
    size_t unit = field->cell % field->plane->n_columns, first = field->cell - unit;

    for (size_t other = 0; other < field->plane->n_columns; other++) {
        if (!tb_expect_neighbours(work, unit, other) ||
            !fits(field, tb_expect_number(field->plane, first + other)))
            continue;
        struct field there = field_at(work, field->plane, first + other);
        if (fits(&there, field->number) && !fits(&there, there.number)) {
            *found = (uint32_t)other;
            return true;
        }
    }
    return false;
}

/* The number with two neighbouring digits exchanged that is nearest to what is
 * expected, when it explains four fifths of the difference at least. */
static bool is_transposed(const struct field *field, int64_t value, int64_t *instead)
{
    double one = pow(10, field->plane->scale), best = off(field) / 5;
    bool found = false;

    for (int64_t place = 1; value / place >= 10 || value / place <= -10; place *= 10) {
        int64_t low = value / place % 10, high = value / place / 10 % 10;
        int64_t turned = value + (low - high) * 9 * place;
        double distance = tb_expect_off(&field->expected, (double)turned / one);
        if (low != high && distance < best && distance <= FITS) {
            best = distance;
            *instead = turned;
            found = true;
        }
        if (place > INT64_MAX / 100)
            break;
    }
    return found;
}

static enum tb_cause explain(const struct tb_work *work, const struct field *field,
                             struct tb_suspect *out)
{
    static const int units[] = { 3, 4, 8, -3, -4, -8 }, points[] = { 1, 2, -1, -2 };
    bool strange = field->expected.known && !fits(field, field->number);

    if ((out->power = power_of_ten(field, units, 6, 0.4)) != 0)
        return TB_CAUSE_UNIT;
    if (is_copied(field, out->value))
        return TB_CAUSE_COPIED;
    if (is_same(work, field, out->value, &out->other))
        return TB_CAUSE_SAME;
    if (!strange)
        return TB_CAUSE_NONE;
    if (out->value == 0)
        return TB_CAUSE_ZERO;
    out->instead = out->value == INT64_MIN ? 0 : -out->value;
    if (fits(field, -field->number) && (!field->expected.additive || off(field) > FAR_OFF))
        return TB_CAUSE_SIGN;
    if ((out->power = power_of_ten(field, points, 4, 0.15)) != 0)
        return TB_CAUSE_POINT;
    if (digits_of(out->value) < TELLING_DIGITS)
        return TB_CAUSE_NONE;
    if (is_swapped(work, field, &out->other))
        return TB_CAUSE_SWAPPED;
    return is_transposed(field, out->value, &out->instead) ? TB_CAUSE_TRANSPOSED : TB_CAUSE_NONE;
}

/* |value - expected| in percent of what the unit and its neighbours have, with what
 * is expected in the place of the value. */
static double influence(const struct tb_work *work, const struct field *field)
{
    size_t unit = field->cell % field->plane->n_columns, first = field->cell - unit;
    double total = fabs(field->expected.value);

    for (size_t other = 0; other < field->plane->n_columns; other++) {
        double number = tb_expect_number(field->plane, first + other);
        if (tb_expect_neighbours(work, unit, other) && isfinite(number))
            total += fabs(number);
    }
    return total > 0 ? 100 * fabs(field->number - field->expected.value) / total : 0;
}

struct tb_suspect tb_suspect_plain(const struct tb_plane *plane, size_t cell)
{
    return (struct tb_suspect){ .plane = plane, .cell = cell, .value = plane->value[cell] };
}

struct tb_suspect tb_suspect_find(const struct tb_work *work, const struct tb_rule *rule,
                                  size_t indicator, const struct tb_plane *plane, size_t cell)
{
    struct field field = most_suspect(work, rule, indicator, plane, cell);
    struct tb_suspect out = { .plane = field.plane,
                              .cell = field.cell,
                              .value = field.plane->value[field.cell],
                              .has_expected = field.expected.known,
                              .expected = field.expected.value };

    out.cause = explain(work, &field, &out);
    if (out.has_expected)
        out.influence_pct = influence(work, &field);
    return out;
}
