/* derive.c - the periods alone from the cumulative ones and back, and sums of
 * indicators (GSBPM 5.5).  Ratios are left to analyse, which keeps fractions.
 *
 * A derived cell has origin 0, so deriving again after a cell was held starts
 * from the submitted cells only. */
#include <string.h>

#include "process/work.h"
#include "tongbao/change.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"

/* What a cell gives to one that is made from it: its letter, and whether it rests on an
 * estimate made here. */
static unsigned letter_of(const struct tb_plane *plane, size_t cell)
{
    return (plane->status[cell] & TB_STATUS_MASK) |
           (tb_plane_is_imputed(plane, cell) ? TB_FLAG_IMPUTED : 0);
}

/* Letters that make a derived value less than normal, the more telling first; an
 * estimate tells most. */
static unsigned worse(unsigned a, unsigned b)
{
    return b & TB_FLAG_IMPUTED || a == TB_STATUS_A ? b : a;
}

static bool is_held(const struct tb_plane *plane, size_t cell)
{
    return (plane->status[cell] & TB_STATUS_MASK) == TB_STATUS_O;
}

/* A sum that a check held has no submitted cell behind it: it stays held itself. */
static void clear_derived(struct tb_plane *plane)
{
    size_t n = (size_t)plane->n_periods * plane->n_columns;

    for (size_t i = 0; i < n; i++)
        if (plane->origin[i] == 0 && !is_held(plane, i)) {
            plane->value[i] = 0;
            plane->status[i] = TB_STATUS_NONE;
        }
}

int64_t tb_work_row_before(const struct tb_work *work, size_t indicator,
                           const struct tb_plane *plane, uint32_t row)
{
    int year_start = work->profile->set.year_start;
    struct tb_period period = { plane->freq, plane->first + (int32_t)row };
    struct tb_period before =
        tb_indicator_previous(&work->profile->indicators[indicator], period);

    if (before.index < tb_period_year_start(period, year_start).index)
        return -1;
    return before.index < plane->first ? INT64_MAX : before.index - plane->first;
}

bool tb_work_begins_now(const struct tb_work *work, const struct tb_plane *plane, uint32_t row,
                        size_t unit)
{
    struct tb_period period = { plane->freq, plane->first + (int32_t)row };
    struct tb_period before = { plane->freq, period.index - 1 };
    tb_day from = tb_unit_opened(work->profile, unit, period);

    return from != TB_DAY_NONE && tb_period_last_day(before) < from;
}

static void set_derived(struct tb_work *work, struct tb_plane *plane, size_t cell, int64_t units,
                        unsigned letter)
{
    bool is_new = plane->status[cell] == TB_STATUS_NONE;

    plane->value[cell] = units;
    plane->status[cell] = (uint8_t)letter;
    tb_work_account(work, cell % plane->n_columns, plane->key.indicator)->derived += is_new;
}

/* value = ytd - ytd before; ytd = ytd before + value.  In order of periods, so
 * that each finds what the one before derived. */
static void derive_single(struct tb_work *work, size_t indicator)
{
    struct tb_plane *value = tb_work_plane(work, indicator, TB_MEASURE_VALUE, 0);
    struct tb_plane *ytd = tb_work_plane(work, indicator, TB_MEASURE_YTD, 0);
    int64_t result;

    for (uint32_t row = 0; row < value->n_periods; row++) {
        int64_t before = tb_work_row_before(work, indicator, value, row);
        for (uint32_t unit = 0; unit < value->n_columns && before != INT64_MAX; unit++) {
            size_t cell = (size_t)row * value->n_columns + unit;
            size_t past = before < 0 ? 0 : (size_t)before * value->n_columns + unit;
            bool first = before < 0 || tb_work_begins_now(work, value, row, unit);
            int64_t gone = first ? 0 : ytd->value[past];
            unsigned past_letter = first ? TB_STATUS_A : letter_of(ytd, past);
            if (!first && !tb_status_has_value(ytd->status[past]))
                continue;
            if (value->status[cell] == TB_STATUS_NONE && tb_status_has_value(ytd->status[cell]) &&
                !__builtin_sub_overflow(ytd->value[cell], gone, &result))
                set_derived(work, value, cell, result, worse(letter_of(ytd, cell), past_letter));
            else if (ytd->status[cell] == TB_STATUS_NONE &&
                     tb_status_has_value(value->status[cell]) &&
                     !__builtin_add_overflow(gone, value->value[cell], &result))
                set_derived(work, ytd, cell, result, worse(letter_of(value, cell), past_letter));
        }
    }
}

/* One cell of a sum of indicators: how many parts are in it; 0 when it cannot be had. */
static size_t sum_parts(const struct tb_work *work, const struct tb_formula_side *side,
                        enum tb_measure measure, const struct tb_plane *out,
                        struct tb_period period, size_t unit, int64_t *units, unsigned *letter)
{
    size_t present = 0;

    *units = 0;
    *letter = TB_STATUS_A;
    for (size_t p = 0; p < side->n; p++) {
        const struct tb_plane *from = tb_work_plane(work, side->indicator[p], measure, 0);
        size_t cell = tb_plane_cell(from, period, unit);
        if (cell == SIZE_MAX || !tb_status_has_value(from->status[cell])) {
            if (side->of_present)
                continue;
            return 0;
        }
        struct tb_decimal part = { from->value[cell], from->scale };
        if (!tb_decimal_rescale(part, out->scale, &part) ||
            (side->sign[p] > 0 ? __builtin_add_overflow(*units, part.units, units)
                               : __builtin_sub_overflow(*units, part.units, units)))
            return 0;
        *letter = worse(*letter, letter_of(from, cell));
        present++;
    }
    return present;
}

/* sum(...) of cumulative figures of which a part is missing: what was cumulated
 * until the period before, and the period alone.  The parts that are there would
 * let the figure fall when a part ceases within the year. */
static bool carry_on(const struct tb_work *work, size_t indicator, const struct tb_plane *ytd,
                     size_t cell, int64_t *units, unsigned *letter)
{
    const struct tb_plane *value = tb_work_plane(work, indicator, TB_MEASURE_VALUE, 0);
    int64_t before = tb_work_row_before(work, indicator, ytd, (uint32_t)(cell / ytd->n_columns));
    int64_t sum;

    if (before < 0 || before == INT64_MAX || !value || value->scale != ytd->scale ||
        value->first != ytd->first)
        return false;
    size_t past = (size_t)before * ytd->n_columns + cell % ytd->n_columns;
    if (!tb_status_has_value(ytd->status[past]) || !tb_status_has_value(value->status[cell]) ||
        __builtin_add_overflow(ytd->value[past], value->value[cell], &sum))
        return false;
    *units = sum;
    *letter = worse(letter_of(value, cell), letter_of(ytd, past));
    return true;
}

static void derive_formula(struct tb_work *work, size_t indicator)
{
    const struct tb_formula *formula = work->profile->indicators[indicator].formula;
    const enum tb_measure measures[] = { TB_MEASURE_VALUE, TB_MEASURE_YTD };

    /* The single periods first: cumulative figures may be carried on from them. */
    for (int m = 0; m < 2; m++) {
        struct tb_plane *plane = tb_work_plane(work, indicator, measures[m], 0);
        size_t n = plane ? (size_t)plane->n_periods * plane->n_columns : 0;
        for (size_t cell = 0; cell < n; cell++) {
            struct tb_period period = { plane->freq,
                                        plane->first + (int32_t)(cell / plane->n_columns) };
            int64_t units;
            unsigned letter;
            if (is_held(plane, cell))
                continue;
            size_t present = sum_parts(work, &formula->numerator, measures[m], plane, period,
                                       cell % plane->n_columns, &units, &letter);
            if (present == 0)
                continue;
            if (measures[m] == TB_MEASURE_YTD && present < formula->numerator.n)
                (void)carry_on(work, indicator, plane, cell, &units, &letter);
            set_derived(work, plane, cell, units, letter);
        }
    }
}

/* A flow or count that was submitted by one of value and ytd gets the other. */
static int derive_submitted(void *user, size_t indicator, struct tb_error *err)
{
    struct tb_work *work = user;
    const struct tb_indicator *about = &work->profile->indicators[indicator];

    (void)err;
    if (!about->formula && tb_work_plane(work, indicator, TB_MEASURE_VALUE, 0) &&
        tb_work_plane(work, indicator, TB_MEASURE_YTD, 0) &&
        (about->kind == TB_KIND_FLOW || about->kind == TB_KIND_COUNT))
        derive_single(work, indicator);
    return 0;
}

static int derive_anew(void *user, size_t indicator, struct tb_error *err)
{
    struct tb_work *work = user;
    struct tb_plane *value = tb_work_plane(work, indicator, TB_MEASURE_VALUE, 0);
    struct tb_plane *ytd = tb_work_plane(work, indicator, TB_MEASURE_YTD, 0);

    for (size_t unit = 0; unit < work->profile->n_units; unit++)
        tb_work_account(work, unit, indicator)->derived = 0;
    if (value)
        clear_derived(value);
    if (ytd)
        clear_derived(ytd);
    return derive_submitted(user, indicator, err);
}

static int derive_with(struct tb_work *work, tb_work *each, struct tb_error *err)
{
    size_t n = work->profile->n_indicators;

    if (tb_parallel(work->stage->common->threads, n, each, work, err) < 0)
        return -1;
    /* In file order: a formula may rest on formulas above it. */
    for (size_t i = 0; i < n; i++) {
        const struct tb_formula *formula = work->profile->indicators[i].formula;
        if (formula && formula->denominator.n == 0)
            derive_formula(work, i);
    }
    return 0;
}

int tb_work_derive(struct tb_work *work, struct tb_error *err)
{
    return derive_with(work, derive_anew, err);
}

int tb_work_derive_more(struct tb_work *work, struct tb_error *err)
{
    return derive_with(work, derive_submitted, err);
}
