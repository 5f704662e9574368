/* outlook.c - rows of outlook.csv: the projection, the chance, and what is needed. */
#include "analyse/outlook/outlook.h"

#include <math.h>
#include <string.h>

#include "analyse/verdict/catchup.h"
#include "analyse/outlook/pace.h"
#include "analyse/measure/past.h"
#include "analyse/verdict/schedule.h"
#include "analyse/outlook/trend.h"
#include "tongbao/csv.h"
#include "tongbao/profile.h"

const char TB_OUTLOOK_HEAD[] =
    "unit,indicator,target,period,end,direction,goal,base,ytd,done_pct,gone_pct,gap_pp,lag,"
    "required,"
    "pace_multiple,rest_growth,method,years,projection,low,high,probability,words,status,reason\n";

/* All that a row tells. */
struct outlook {
    const struct tb_evaluation *ev;
    size_t unit;
    const struct tb_indicator *indicator;
    struct tb_goal goal;
    struct tb_measured ytd;  /* now; of a stock or a rate its value */
    struct tb_measured base; /* of a stock or a rate: before the target began */
    struct tb_past_years past;
    struct tb_projection made;
    double chance;
};

double tb_outlook_chance(const struct tb_evaluation *ev, size_t unit, const struct tb_goal *goal,
                         struct tb_past_years *past, struct tb_projection *made)
{
    struct tb_past_years own_past;
    struct tb_projection own_made;

    past = past ? past : &own_past;
    made = made ? made : &own_made;
    if (!tb_schedule_past_years(ev->job->ms, (size_t)ev->target->indicator, unit, ev->period,
                                goal->end, past))
        return NAN;
    tb_projection_make(past, made);
    if (goal->kind != TB_GOAL_AMOUNT)
        return NAN;
    double amount = tb_rational_double(goal->amount);
    if (goal->within ? past->now > amount : past->now >= amount)
        return goal->within ? 0 : 1;
    return tb_projection_chance(past, made, amount, goal->within);
}

/* Grades and steps of a project are no numbers that move along a line. */
static bool has_trend(const struct tb_indicator *indicator)
{
    return indicator->kind != TB_KIND_GRADE && indicator->kind != TB_KIND_MILESTONE;
}

/* The values of the last years on today's scope and base, and the line through them. */
static void follow_trend(struct outlook *o)
{
    enum { MOST = TB_TREND_YEARS * 53 };
    const struct tb_measures *ms = o->ev->job->ms;
    size_t indicator = (size_t)o->ev->target->indicator, n = 0;
    struct tb_period at = o->ev->period;
    int32_t back = TB_TREND_YEARS * tb_periods_per_year(at.freq);
    double x[MOST], t[MOST];

    for (int32_t i = back < MOST ? back : MOST; i-- > 0;) {
        struct tb_period then = { at.freq, at.index - i };
        struct tb_past past =
            tb_past_level(ms, TB_MEASURE_VALUE, indicator, o->unit, at, then);
        if (past.level.known != TB_KNOWN)
            continue;
        x[n] = tb_rational_double(past.level.number);
        t[n++] = then.index;
    }
    if (!tb_trend_make(x, t, n, o->goal.end.index, pow(10, -o->indicator->decimals), &o->made))
        o->made.method = TB_PROJECTION_NONE;
    o->chance = tb_trend_chance(&o->made, tb_rational_double(o->goal.amount), o->goal.within);
}

static void put_rational(struct tb_buf *out, const struct outlook *o, bool known,
                         struct tb_rational number, int32_t decimals)
{
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal printed;

    if (known &&
        tb_rational_round(number, decimals, o->ev->job->ms->profile->set.round_mode, &printed))
        tb_decimal_format(printed, text);
    tb_csv_put(out, text);
}

/* The printed number that is enough, or within a limit not too much. */
static void put_step(struct tb_buf *out, bool known, struct tb_rational number, int32_t decimals,
                     bool up)
{
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal printed;

    if (known && tb_catchup_step(number, decimals, up, false, &printed))
        tb_decimal_format(printed, text);
    tb_csv_put(out, text);
}

static void put_double(struct tb_buf *out, double number, int32_t decimals)
{
    char text[352] = "";

    if (isfinite(number))
        snprintf(text, sizeof text, "%.*f", (int)(decimals < 0 ? 0 : decimals), number);
    if (text[0] == '-' && text[strspn(text, "-0.")] == '\0') /* no zero below zero */
        memmove(text, text + 1, strlen(text));
    tb_csv_put(out, text);
}

/* A stock or a rate that is to be brought from where it was to the goal. */
static bool moves(const struct outlook *o)
{
    int order = o->base.known == TB_KNOWN && o->goal.has_level
                    ? tb_rational_cmp(o->goal.amount, o->base.number)
                    : 0;

    return o->goal.within ? order < 0 : order > 0;
}

/* How much of the goal is done: of an amount its share, of a move the part of the way. */
static bool completion(const struct outlook *o, struct tb_rational *out)
{
    struct tb_rational base = o->base.number, now = o->ytd.number, goal = o->goal.amount;

    if (o->ytd.known != TB_KNOWN)
        return false;
    if (o->goal.kind == TB_GOAL_AMOUNT)
        return tb_pace_completion(now, goal, out);
    if (!moves(o))
        return false;
    if (o->goal.within)
        return tb_pace_reduced(base, now, goal, out);
    base.num = -base.num;
    now.num = -now.num;
    goal.num = -goal.num;
    return tb_pace_reduced(base, now, goal, out);
}

/* direction, goal, base, ytd */
static void put_goal(struct tb_buf *out, const struct outlook *o)
{
    bool known = o->goal.kind == TB_GOAL_AMOUNT || o->goal.has_level;

    tb_csv_put(out, moves(o)         ? (o->goal.within ? "reduce" : "raise")
                    : o->goal.within ? "within"
                                     : "reach");
    put_rational(out, o, known, o->goal.amount, o->indicator->decimals);
    put_rational(out, o, o->base.known == TB_KNOWN, o->base.number, o->indicator->decimals);
    put_rational(out, o, o->ytd.known == TB_KNOWN, o->ytd.number, o->indicator->decimals);
}

/* done_pct, gone_pct, gap_pp, lag: of an amount that is to be reached. */
static void put_progress(struct tb_buf *out, const struct outlook *o)
{
    const struct tb_profile *profile = o->ev->job->ms->profile;
    struct tb_period start = tb_period_year_start(o->ev->period, profile->set.year_start);
    struct tb_rational done = { 0, 1 }, gone, points = done, lag = done;
    struct tb_rational hundred = tb_rational_int(100);
    bool known = completion(o, &done);
    struct tb_target span = *o->ev->target;

    span.to = o->goal.end;
    span.due = TB_DAY_NONE;
    gone = tb_schedule_gone(o->ev->job->ms, &span, o->unit, true, o->ev->period);
    bool has_gap = known && tb_pace_gap(done, gone, &points);
    bool has_lag = known && tb_pace_lag(done, gone, o->goal.end.index - start.index + 1, &lag);
    known = known && tb_rational_mul(done, hundred, &done);
    bool has_gone = tb_rational_mul(gone, hundred, &gone);
    put_rational(out, o, known, done, 1);
    put_rational(out, o, has_gone, gone, 1);
    put_rational(out, o, has_gap, points, 1);
    put_rational(out, o, has_lag, lag, 1);
}

/* required, pace_multiple, rest_growth: what the periods that are left must bring,
 * or of a limit may bring at the most. */
static void put_pace(struct tb_buf *out, const struct outlook *o)
{
    const struct tb_measures *ms = o->ev->job->ms;
    size_t indicator = (size_t)o->ev->target->indicator;
    struct tb_period at = o->ev->period;
    struct tb_period start = tb_period_year_start(at, ms->profile->set.year_start);
    struct tb_past base = tb_past_level(ms, TB_MEASURE_YTD, indicator, o->unit, o->goal.end,
                                        tb_measures_last_year(o->goal.end));
    struct tb_past before =
        tb_past_level(ms, TB_MEASURE_YTD, indicator, o->unit, at, tb_measures_last_year(at));
    struct tb_rational rate = { 0, 1 }, multiple = rate, growth = rate;
    struct tb_rational hundred = tb_rational_int(100);
    bool known =
        o->goal.kind == TB_GOAL_AMOUNT && o->ytd.known == TB_KNOWN &&
        tb_pace_required(o->goal.amount, o->ytd.number, o->goal.end.index - at.index, &rate);
    bool has_multiple =
        known && tb_pace_multiple(rate, o->ytd.number, at.index - start.index + 1, &multiple);
    bool has_growth =
        known && base.level.known == TB_KNOWN && before.level.known == TB_KNOWN &&
        base.level.number.num > 0 && tb_rational_div(o->goal.amount, base.level.number, &growth) &&
        tb_rational_mul(growth, hundred, &growth) && tb_rational_sub(growth, hundred, &growth) &&
        tb_pace_rest_growth(base.level.number, before.level.number, o->ytd.number, growth, &growth);
    put_step(out, known, rate, o->indicator->decimals, !o->goal.within);
    put_rational(out, o, has_multiple, multiple, 2);
    put_rational(out, o, has_growth, growth, ms->profile->set.growth_decimals);
}

static const char *reason(const struct outlook *o)
{
    switch (o->goal.kind) {
    case TB_GOAL_NOT_CUMULATIVE:
        return !o->goal.has_level || !has_trend(o->indicator) ? "not_cumulative"
               : o->ytd.known != TB_KNOWN                    ? "no_figure"
               : o->made.method == TB_PROJECTION_TREND       ? ""
               : o->made.method == TB_PROJECTION_ALIKE       ? "on_a_line"
               : o->goal.end.index <= o->ev->period.index    ? "no_time_left"
               : o->made.n < TB_TREND_LEAST_VALUES           ? "under_eight_values"
                                                             : "off_the_line";
    case TB_GOAL_PUBLISHED_GROWTH:
        return "published_growth";
    case TB_GOAL_UNKNOWN:
        return "no_goal";
    default:
        break;
    }
    if (o->ytd.known != TB_KNOWN || o->ytd.number.num <= 0)
        return "no_figure";
    if (o->made.method == TB_PROJECTION_NONE)
        return "no_past_year";
    if (o->made.method == TB_PROJECTION_RANGE)
        return "under_four_years";
    return o->made.method == TB_PROJECTION_ALIKE ? "past_years_alike" : "";
}

static const char *chance_words(const struct outlook *o)
{
    double amount = tb_rational_double(o->goal.amount);

    if (o->goal.kind == TB_GOAL_AMOUNT && o->past.now > 0) {
        if (!o->goal.within && o->past.now >= amount)
            return "reached";
        if (o->goal.within && o->past.now > amount)
            return "exceeded";
    }
    return tb_projection_words(o->chance);
}

/* method .. reason */
static void put_projection(struct tb_buf *out, const struct outlook *o)
{
    int32_t decimals = o->indicator->decimals;

    tb_csv_put(out, tb_projection_method_code(o->made.method));
    tb_csv_put_int(out, (int64_t)o->made.n);
    put_double(out, o->made.value, decimals);
    put_double(out, o->made.low, decimals);
    put_double(out, o->made.high, decimals);
    put_double(out, o->chance, 3);
    tb_csv_put(out, chance_words(o));
    tb_csv_put(out, o->made.method == TB_PROJECTION_NONE ? "" : "F"); /* an estimate */
    tb_csv_put(out, reason(o));
}

void tb_outlook_row(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out)
{
    const struct tb_profile *profile = ev->job->ms->profile;
    struct outlook o = { .ev = ev,
                         .unit = unit,
                         .indicator = &profile->indicators[ev->target->indicator],
                         .goal = tb_goal_of(ev, unit) };
    char text[TB_PERIOD_TEXT];

    tb_projection_make(&o.past, &o.made);
    o.base = tb_measured_unknown(TB_UNKNOWN_NOT_APPLICABLE, TB_STATUS_NONE);
    o.chance = NAN;
    if (o.goal.kind == TB_GOAL_NONE || ev->period.index < ev->target->from.index ||
        (o.goal.kind != TB_GOAL_NOT_CUMULATIVE && o.goal.end.index <= ev->period.index) || ev->due)
        return;
    if (o.goal.kind != TB_GOAL_NOT_CUMULATIVE) {
        o.ytd = tb_measures_level(ev->job->ms, TB_MEASURE_YTD, (size_t)ev->target->indicator, unit,
                                  ev->period);
        o.chance = tb_outlook_chance(ev, unit, &o.goal, &o.past, &o.made);
    } else {
        o.ytd = tb_measures_level(ev->job->ms, TB_MEASURE_VALUE, (size_t)ev->target->indicator,
                                  unit, ev->period);
        o.base = tb_measures_level(ev->job->ms, TB_MEASURE_VALUE, (size_t)ev->target->indicator,
                                   unit, tb_indicator_previous(o.indicator, ev->target->from));
        if (o.goal.has_level && has_trend(o.indicator) && o.ytd.known == TB_KNOWN && o.goal.end.freq == ev->period.freq &&
            o.goal.end.index > ev->period.index)
            follow_trend(&o);
    }
    tb_csv_put(out, profile->units[unit].code);
    tb_csv_put(out, o.indicator->code);
    tb_csv_put(out, ev->target->code);
    tb_period_format(ev->asked, text);
    tb_csv_put(out, text);
    tb_period_format(o.goal.end, text);
    tb_csv_put(out, text);
    put_goal(out, &o);
    put_progress(out, &o);
    put_pace(out, &o);
    put_projection(out, &o);
    tb_csv_end_row(out);
}
