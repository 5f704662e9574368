/* estimate.c - fills missing cells where estimates.csv allows it, with status I
 * (imputed by the receiving agency), and writes down what each rests on (GSBPM 5.4).
 *
 * It comes after the checks, of figures as submitted or derived.  An estimate has
 * origin 0 and is never what another one rests on.
 */
#include "process/estimate.h"

#include <stdlib.h>

#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/deadline.h"
#include "tongbao/estimate.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"

/* The day that is today for this run: --as-of, else that of the last arrival; a
 * clock would make another cube of the same submissions. */
static tb_day today(const struct tb_work *work)
{
    tb_day last = TB_DAY_NONE;

    if (work->stage->has_as_of)
        return tb_moment_day(work->stage->as_of - 1, work->profile->set.utc_offset);
    for (size_t s = 0; s < work->sources.n; s++) {
        const struct tb_source *source = &work->sources.item[s];
        if (source->arrival && source->received_day != TB_DAY_NONE &&
            (last == TB_DAY_NONE || source->received_day > last))
            last = source->received_day;
    }
    return last;
}

/* Whether the figure could still come in time: then it is not missing yet. */
static bool is_overdue(const struct tb_work *work, size_t indicator, struct tb_period period,
                       const struct tb_estimate *rule, tb_day day)
{
    tb_day due =
        tb_deadline_due(work->profile, TB_STEP_SUBMIT, TB_NONE, (int32_t)indicator, period);

    if (!work->stage->has_as_of && (day == TB_DAY_NONE || rule->decided > day))
        day = rule->decided;
    return day > (due == TB_DAY_NONE ? tb_period_last_day(period) : due);
}

static bool is_missing(const struct tb_plane *plane, size_t cell)
{
    unsigned letter = plane->status[cell] & TB_STATUS_MASK;

    return letter == TB_STATUS_NONE || letter == TB_STATUS_L;
}

static void put_figure(struct tb_buf *out, const struct tb_plane *plane, int32_t index,
                       int64_t units)
{
    char period[TB_PERIOD_TEXT], value[TB_DECIMAL_TEXT];

    tb_period_format((struct tb_period){ plane->freq, index }, period);
    tb_decimal_format((struct tb_decimal){ units, plane->scale }, value);
    tb_csv_put(out, period);
    tb_csv_put(out, value);
}

static void put_cell(struct tb_buf *out, const struct tb_plane *plane, size_t cell)
{
    if (cell != SIZE_MAX) {
        put_figure(out, plane, plane->first + (int32_t)(cell / plane->n_columns),
                   plane->value[cell]);
        return;
    }
    tb_csv_put(out, "");
    tb_csv_put(out, "");
}

static void put_base(struct tb_buf *out, const struct tb_gap *gap)
{
    if (gap->has_year_before)
        put_figure(out, gap->plane, tb_period_year_before(gap->period).index, gap->base_units);
    else
        put_cell(out, gap->plane, gap->base);
}

static void put_growth(struct tb_buf *out, const struct tb_gap *gap)
{
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal rounded;

    if (gap->n_peers && tb_rational_round(gap->growth, 4, TB_ROUND_HALF_UP, &rounded))
        tb_decimal_format(rounded, text);
    tb_csv_put(out, text);
    if (gap->n_peers)
        tb_csv_put_int(out, (int64_t)gap->n_peers);
    else
        tb_csv_put(out, "");
}

/* One row of estimates.csv of the run. */
static void put_row(struct tb_work *work, const struct tb_gap *gap, enum tb_estimate_why why)
{
    const struct tb_profile *profile = work->profile;
    const struct tb_estimate *rule = gap->rule;
    struct tb_buf *out = &work->estimates;
    char text[TB_DECIMAL_TEXT] = "", period[TB_PERIOD_TEXT], day[TB_DATE_TEXT];
    char letter[2] = { tb_status_code(gap->plane->status[gap->cell]), '\0' };

    if (why == TB_ESTIMATE_MADE)
        tb_decimal_format((struct tb_decimal){ gap->units, gap->plane->scale }, text);
    tb_period_format(gap->period, period);
    tb_day_format(rule->decided, day);
    tb_csv_put(out, profile->units[gap->unit].code);
    tb_csv_put(out, profile->indicators[gap->plane->key.indicator].code);
    tb_csv_put(out, tb_measure_name((enum tb_measure)gap->plane->key.measure));
    tb_csv_put(out, period);
    tb_csv_put(out, why == TB_ESTIMATE_MADE ? "estimated" : "not");
    tb_csv_put(out, text);
    tb_csv_put(out, tb_estimate_method_name(rule->method));
    tb_csv_put(out, rule->group >= 0 ? profile->groups[rule->group].code : "");
    put_base(out, gap);
    put_cell(out, gap->plane, gap->next);
    put_growth(out, gap);
    tb_csv_put(out, letter[0] == ' ' ? "" : letter);
    tb_csv_put(out, tb_estimate_why_name(why));
    tb_csv_put(out, day);
    tb_csv_put(out, rule->who);
    tb_csv_put(out, rule->reason);
    tb_csv_put_int(out, rule->line);
    tb_csv_end_row(out);
}

static void fill_gap(struct tb_work *work, struct tb_plane *plane, struct tb_gap *gap)
{
    enum tb_estimate_why why = tb_estimate_fill(gap);

    put_row(work, gap, why);
    if (why != TB_ESTIMATE_MADE)
        return;
    /* Who said that it is missing has said so all the same. */
    tb_work_account(work, gap->unit, plane->key.indicator)->missing +=
        plane->status[gap->cell] != TB_STATUS_NONE;
    plane->value[gap->cell] = gap->units;
    plane->status[gap->cell] = TB_STATUS_I | TB_FLAG_IMPUTED;
    plane->origin[gap->cell] = 0;
    tb_work_account(work, gap->unit, plane->key.indicator)->imputed++;
    work->n_imputed++;
}

/* The gaps of one indicator that the rule speaks of, by unit and period. */
static void fill_indicator(struct tb_work *work, const struct tb_estimate *rule, size_t indicator,
                           tb_day day)
{
    const struct tb_profile *profile = work->profile;
    enum tb_measure measure = (enum tb_measure)work->main_measure[indicator];
    struct tb_plane *plane = tb_work_plane(work, indicator, measure, 0);

    if (!plane || !plane->origin || (measure != TB_MEASURE_VALUE && measure != TB_MEASURE_YTD))
        return;
    for (size_t unit = 0; unit < profile->n_units; unit++)
        for (uint32_t row = 0; rule->units[unit] && row < plane->n_periods; row++) {
            struct tb_period period = { plane->freq, plane->first + (int32_t)row };
            struct tb_gap gap = { .work = work,
                                  .rule = rule,
                                  .plane = plane,
                                  .unit = unit,
                                  .period = period,
                                  .cell = tb_plane_cell(plane, period, unit) };
            if (!tb_estimate_allows(rule, unit, indicator, period) ||
                !is_missing(plane, gap.cell) ||
                !tb_indicator_expected(&profile->indicators[indicator], period) ||
                !tb_unit_valid_in(&profile->units[unit], period) ||
                !is_overdue(work, indicator, period, rule, day))
                continue;
            fill_gap(work, plane, &gap);
        }
}

int tb_work_estimate(struct tb_work *work, struct tb_error *err)
{
    const struct tb_profile *profile = work->profile;
    tb_day day = today(work);

    for (size_t r = 0; r < profile->n_estimates; r++) {
        const struct tb_estimate *rule = &profile->estimates[r];
        if (work->stage->has_as_of && rule->decided > day)
            continue; /* not decided yet on that evening */
        for (size_t i = 0; i < profile->n_indicators; i++)
            if (rule->indicators[i])
                fill_indicator(work, rule, i, day);
    }
    return tb_buf_ok(&work->estimates, err) ? 0 : -1;
}
