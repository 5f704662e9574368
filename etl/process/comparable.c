/* comparable.c - the ledger of comparable bases: growth as submitted, the base that it
 * implies, the base that was published, and why the two differ.
 *
 * Of the last months every figure is listed, of earlier ones those that rounding does
 * not explain.  Each indicator is one item of work with a buffer of its own. */
#include <stdlib.h>
#include <string.h>

#include "process/work.h"
#include "tongbao/change.h"
#include "tongbao/comparable.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"
#include "tongbao/rebase.h"
#include "tongbao/stage.h"

/* A growth and what it may rest on, each at the scale of the level. */
struct sides {
    const struct tb_plane *growth, *level, *given; /* given: submitted bases, or NULL */
};

struct ledger {
    const struct tb_work *work;
    struct tb_buf *rows; /* [n_indicators] */
    struct tb_gap_count *count;
};

struct one { /* one growth */
    const struct ledger *ledger;
    const struct tb_work *work;
    const struct sides *sides;
    size_t indicator, unit;
    int64_t growth_step, level_step; /* of the unit's last digits */
    struct tb_period period, then; /* and the same of the year before */
    uint8_t status[3];             /* of growth, level now, level then */
    struct tb_implied implied;
    struct tb_rounded first, now, given;
    bool has_first, has_now, has_given;
};

static bool can_grow(const struct tb_indicator *indicator)
{
    return indicator->uom.kind != TB_UOM_PERCENT && indicator->kind != TB_KIND_GRADE &&
           indicator->kind != TB_KIND_MILESTONE &&
           !(indicator->uom.kind == TB_UOM_INDEX &&
             (strstr(indicator->unit_measure, "上年") ||
              strstr(indicator->unit_measure, "previous year")));
}

/* A level with its last digit; a sum of months is off by as many half units. */
static struct tb_rounded level_of(const struct one *one, const struct tb_plane *plane,
                                  struct tb_period period, size_t cell)
{
    int64_t parts = 1;

    if (plane->origin && plane->origin[cell] == 0) /* derived */
        parts = plane->key.measure == TB_MEASURE_YTD
                    ? tb_period_in_year(period, one->work->profile->set.year_start)
                    : 2;
    return (struct tb_rounded){ plane->value[cell], one->level_step * parts };
}

static bool read_level(const struct one *one, struct tb_period period, struct tb_rounded *out,
                       uint8_t *status, size_t *at)
{
    const struct tb_plane *plane = one->sides->level;

    *at = tb_plane_cell(plane, period, one->unit);
    *status = *at == SIZE_MAX ? TB_STATUS_NONE : plane->status[*at];
    if (!tb_status_has_value(*status))
        return false;
    *out = level_of(one, plane, period, *at);
    return true;
}

/* The submitted comparable base, at the scale of the level. */
static void read_given(struct one *one)
{
    struct tb_decimal value;
    uint8_t status = tb_plane_get(one->sides->given, one->period, one->unit, &value);
    int32_t digits = one->work->profile->indicators[one->indicator].decimals;
    int32_t scale = one->sides->level->scale;

    if (!tb_status_has_value(status) || !tb_decimal_rescale(value, scale, &value))
        return;
    one->has_given = true;
    one->given.units = value.units;
    one->given.step = tb_pow10(scale > digits ? scale - digits : 0);
}

/* The figure of the year before as first published, and as it stands now. */
static void read_bases(struct one *one)
{
    size_t at;

    one->has_now = read_level(one, one->then, &one->now, &one->status[2], &at);
    one->first = one->now;
    one->has_first = one->has_now;
    const struct tb_first *first =
        at == SIZE_MAX ? NULL : tb_firsts_find(&one->work->firsts, one->sides->level, at);
    if (first) {
        one->has_first = tb_status_has_value(first->status);
        one->first.units = first->units;
        if (!one->has_now)
            one->first.step = 1;
    }
    read_given(one);
}

/* The unit began, or its scope changed (change.h), since the base; or a new base year holds. */
static bool scope_changed(const struct one *one)
{
    const struct tb_profile *profile = one->work->profile;
    const struct tb_indicator *indicator = &profile->indicators[one->indicator];
    tb_day from = tb_period_first_day(one->then), to = tb_period_last_day(one->period);
    const struct tb_unit *own = &profile->units[one->unit];

    if (own->valid_from != TB_DAY_NONE && own->valid_from > from && own->valid_from <= to)
        return true;
    for (size_t i = 0; i < indicator->n_rebases; i++)
        if (indicator->rebase[i].from.index > one->then.index &&
            indicator->rebase[i].from.index <= one->period.index)
            return true;
    return tb_scope_changes(profile, one->unit, from, to);
}

static enum tb_base_gap judge(const struct one *one)
{
    bool is_first = one->has_first && tb_implied_meets(&one->implied, one->first);
    bool is_now = one->has_now && tb_implied_meets(&one->implied, one->now);

    if (is_first && is_now)
        return TB_BASE_ROUNDING;
    if (!tb_indicator_level_grows(&one->work->profile->indicators[one->indicator]))
        return TB_BASE_PRICES;
    if (is_first || is_now)
        return TB_BASE_REVISION;
    if (one->has_given && tb_implied_meets(&one->implied, one->given))
        return TB_BASE_GIVEN;
    for (int i = 0; i < 3; i++) {
        unsigned letter = one->status[i] & TB_STATUS_MASK;
        if (letter == TB_STATUS_B || letter == TB_STATUS_D)
            return TB_BASE_SCOPE;
    }
    return scope_changed(one) ? TB_BASE_SCOPE : TB_BASE_UNEXPLAINED;
}

static void put_decimal(struct tb_buf *out, int64_t units, int32_t scale)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format((struct tb_decimal){ units, scale }, text);
    tb_csv_put(out, text);
}

static void put_base(struct tb_buf *out, bool has, struct tb_rounded base, int32_t scale)
{
    if (has)
        put_decimal(out, base.units, scale);
    else
        tb_csv_put(out, "");
}

/* Implied less published, in the unit of measure and in percent of what was published. */
static void put_gap(struct tb_buf *out, const struct one *one, int32_t scale)
{
    int64_t published, gap, percent;

    if (!one->has_first || __builtin_mul_overflow(one->first.units, 100, &published) ||
        __builtin_sub_overflow(one->implied.base_100, published, &gap)) {
        tb_buf_puts(out, ",,");
        return;
    }
    put_decimal(out, gap, scale + 2);
    if (tb_implied_growth(one->implied.base_100, published, 2, &percent))
        put_decimal(out, percent, 2);
    else
        tb_csv_put(out, "");
}

static void put_row(struct tb_buf *out, const struct one *one, enum tb_base_gap gap)
{
    const struct tb_profile *profile = one->work->profile;
    const struct sides *sides = one->sides;
    int32_t scale = sides->level->scale;
    char period[TB_PERIOD_TEXT];
    int64_t computed;

    tb_period_format(one->period, period);
    tb_csv_put(out, profile->units[one->unit].code);
    tb_csv_put(out, profile->indicators[one->indicator].code);
    tb_csv_put(out, tb_measure_name((enum tb_measure)sides->growth->key.measure));
    tb_csv_put(out, period);
    put_decimal(out, one->implied.x.units, scale);
    put_decimal(out, one->implied.g.units, one->implied.g_scale);
    if (one->has_now && tb_implied_growth(one->implied.x.units, one->now.units,
                                          one->implied.g_scale, &computed))
        put_decimal(out, computed, one->implied.g_scale);
    else
        tb_csv_put(out, "");
    put_decimal(out, one->implied.base_100, scale + 2);
    put_decimal(out, one->implied.low_100, scale + 2);
    put_decimal(out, one->implied.high_100, scale + 2);
    put_base(out, one->has_first, one->first, scale);
    put_base(out, one->has_now, one->now, scale);
    put_base(out, one->has_given, one->given, scale);
    put_gap(out, one, scale);
    tb_csv_put(out, tb_base_gap_code(gap));
    tb_csv_end_row(out);
}

/* One cell of a plane of growth. */
static void look_at(struct one *one, size_t cell, struct tb_buf *out, struct tb_gap_count *count)
{
    const struct tb_plane *growth = one->sides->growth;
    struct tb_rounded x, g = { growth->value[cell], one->growth_step };
    int32_t last = growth->first + (int32_t)growth->n_periods - 1;
    int32_t full = one->work->profile->set.comparable_months *
                   tb_periods_per_year(one->period.freq) / 12;
    size_t at;

    one->status[0] = growth->status[cell];
    one->has_given = false;
    if (!tb_status_has_value(one->status[0]) ||
        !read_level(one, one->period, &x, &one->status[1], &at))
        return;
    read_bases(one);
    if (!one->has_first && !one->has_now)
        return; /* nothing to compare with */
    if (!tb_implied_base(x, g, growth->scale, &one->implied)) {
        count->none++;
        return;
    }
    enum tb_base_gap gap = judge(one);
    count->n[gap]++;
    if (gap != TB_BASE_ROUNDING || one->period.index > last - full)
        put_row(out, one, gap);
}

static void look_at_plane(const struct ledger *ledger, size_t i, const struct sides *sides)
{
    const struct tb_profile *profile = ledger->work->profile;
    struct one one = { .ledger = ledger, .work = ledger->work, .sides = sides, .indicator = i };
    const struct tb_plane *growth = sides->growth;

    for (uint32_t unit = 0; unit < growth->n_columns; unit++) {
        one.unit = unit;
        one.growth_step = tb_rounded_step(growth, unit, profile->set.growth_decimals);
        one.level_step = tb_rounded_step(sides->level, unit, profile->indicators[i].decimals);
        for (uint32_t row = 0; row < growth->n_periods; row++) {
            one.period = (struct tb_period){ growth->freq, growth->first + (int32_t)row };
            one.then = tb_period_year_before(one.period);
            look_at(&one, (size_t)row * growth->n_columns + unit, &ledger->rows[i],
                    &ledger->count[i]);
        }
    }
}

static int look_at_indicator(void *user, size_t i, struct tb_error *err)
{
    static const enum tb_measure kin[2][3] = {
        { TB_MEASURE_GROWTH, TB_MEASURE_VALUE, TB_MEASURE_BASE },
        { TB_MEASURE_YTD_GROWTH, TB_MEASURE_YTD, TB_MEASURE_YTD_BASE },
    };
    const struct ledger *ledger = user;

    if (!can_grow(&ledger->work->profile->indicators[i]))
        return 0;
    for (size_t k = 0; k < 2; k++) {
        struct sides sides = { tb_work_plane(ledger->work, i, kin[k][0], TB_NO_GROUP),
                               tb_work_plane(ledger->work, i, kin[k][1], TB_NO_GROUP),
                               tb_work_plane(ledger->work, i, kin[k][2], TB_NO_GROUP) };
        if (sides.growth && sides.level && sides.level->n_columns == sides.growth->n_columns &&
            sides.level->scale + 2 <= TB_DECIMAL_SCALE_MAX)
            look_at_plane(ledger, i, &sides);
    }
    return tb_buf_ok(&ledger->rows[i], err) ? 0 : -1;
}

static void join(struct tb_work *work, const struct ledger *ledger)
{
    for (size_t i = 0; i < work->profile->n_indicators; i++) {
        tb_buf_add(&work->comparable, tb_buf_text(&ledger->rows[i]), ledger->rows[i].len);
        work->comparable.failed |= ledger->rows[i].failed;
        tb_buf_release(&ledger->rows[i]);
        for (size_t g = 0; g < TB_N_BASE_GAPS; g++)
            work->gaps.n[g] += ledger->count[i].n[g];
        work->gaps.none += ledger->count[i].none;
    }
}

int tb_work_comparable(struct tb_work *work, struct tb_error *err)
{
    size_t n = work->profile->n_indicators;
    struct ledger ledger = { .work = work };
    int rc = -1;

    ledger.rows = calloc(n + 1, sizeof *ledger.rows);
    ledger.count = calloc(n + 1, sizeof *ledger.count);
    if (!ledger.rows || !ledger.count) {
        tb_error_set(err, "out of memory for %zu indicators", n);
    } else {
        rc = tb_parallel(work->stage->common->threads, n, look_at_indicator, &ledger, err);
        join(work, &ledger);
    }
    free(ledger.rows);
    free(ledger.count);
    return rc < 0 || !tb_buf_ok(&work->comparable, err) ? -1 : 0;
}
