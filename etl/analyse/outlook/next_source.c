/* next_source.c - a source of rules that knows one period more than there is. */
#include "analyse/outlook/next_source.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/measure/growth.h"
#include "analyse/measure/past.h"
#include "analyse/verdict/schedule.h"
#include "analyse/verdict/targets.h"
#include "tongbao/profile.h"
#include "tongbao/ratio.h"

struct tb_next_indicator {
    size_t indicator;
    struct tb_period now, next;
    struct tb_next_indicator *before;
    struct tb_next_unit unit[];
};

const char *tb_next_method_code(enum tb_next_method method)
{
    static const char *const code[] = { [TB_NEXT_NONE] = "none",
                                        [TB_NEXT_STAYS] = "stays",
                                        [TB_NEXT_SHARES] = "shares",
                                        [TB_NEXT_FEW] = "few_shares",
                                        [TB_NEXT_PACE] = "pace" };

    return code[method];
}

static struct tb_operand unknown(enum tb_known why)
{
    return (struct tb_operand){ .number = { 0, 1 }, .known = (uint8_t)why };
}

static struct tb_operand estimate(struct tb_rational number)
{
    return (struct tb_operand){ .number = number, .known = TB_KNOWN, .provisional = true };
}

struct tb_period tb_next_period(const struct tb_measures *ms, size_t indicator,
                                struct tb_period period)
{
    const struct tb_indicator *in = &ms->profile->indicators[indicator];
    struct tb_period next = tb_targets_period(ms->profile, indicator, period);

    do
        next.index++;
    while (!tb_indicator_expected(in, next));
    return next;
}

static bool adds_up(const struct tb_indicator *in)
{
    return (in->kind == TB_KIND_FLOW || in->kind == TB_KIND_COUNT) && !tb_indicator_is_ratio(in);
}

/* An estimate to two digits more than the indicator is printed with. */
static bool from_double(double number, int32_t decimals, struct tb_rational *out)
{
    char text[352];
    struct tb_decimal decimal;

    if (!isfinite(number))
        return false;
    snprintf(text, sizeof text, "%.*f", (int)(decimals < 0 ? 2 : decimals + 2), number);
    return tb_decimal_parse(text, strlen(text), &decimal) &&
           tb_rational_from_decimal(decimal, out);
}

/* ytd and what the periods up to now make on the average. */
static bool by_pace(struct tb_rational ytd, int gone, int coming, struct tb_rational *out)
{
    struct tb_rational share;

    return gone > 0 && tb_rational_make(gone + coming, gone, &share) &&
           tb_rational_mul(ytd, share, out);
}

static void carry_on(const struct tb_measures *ms, const struct tb_next_indicator *of, size_t u,
                     struct tb_next_unit *out)
{
    const struct tb_indicator *in = &ms->profile->indicators[of->indicator];
    struct tb_period start = tb_period_year_start(of->now, ms->profile->set.year_start);
    struct tb_measured now = tb_measures_level(ms, TB_MEASURE_YTD, of->indicator, u, of->now);
    struct tb_rational number;

    out->ytd = unknown(TB_UNKNOWN_NO_DATA);
    out->method = adds_up(in) ? TB_NEXT_NONE : TB_NEXT_STAYS;
    if (out->method == TB_NEXT_STAYS || now.known != TB_KNOWN ||
        tb_period_year_start(of->next, ms->profile->set.year_start).index != start.index)
        return;
    (void)tb_schedule_past_years(ms, of->indicator, u, of->now, of->next, &out->past);
    tb_projection_make(&out->past, &out->made);
    out->method = out->past.n >= TB_PROJECTION_LEAST_YEARS ? TB_NEXT_SHARES
                  : out->past.n > 0                        ? TB_NEXT_FEW
                                                           : TB_NEXT_PACE;
    if (out->method == TB_NEXT_PACE
            ? by_pace(now.number, of->now.index - start.index + 1, of->next.index - of->now.index,
                      &number)
            : from_double(out->method == TB_NEXT_SHARES ? out->made.value
                                                        : tb_projection_by_mean_share(&out->past),
                          in->decimals, &number))
        out->ytd = estimate(number);
    else
        out->method = TB_NEXT_NONE;
}

/* The indicator carried on, made if need be; NULL when memory is out. */
static const struct tb_next_indicator *find(struct tb_next *next, size_t indicator)
{
    size_t n = next->ms->profile->n_units;

    for (const struct tb_next_indicator *at = next->known; at; at = at->before)
        if (at->indicator == indicator)
            return at;
    struct tb_next_indicator *made = calloc(1, sizeof *made + n * sizeof made->unit[0]);
    if (!made) {
        next->failed = true;
        return NULL;
    }
    made->indicator = indicator;
    made->now = tb_targets_period(next->ms->profile, indicator, next->period);
    made->next = tb_next_period(next->ms, indicator, next->period);
    made->before = next->known;
    next->known = made;
    for (size_t u = 0; u < n; u++)
        carry_on(next->ms, made, u, &made->unit[u]);
    return made;
}

const struct tb_next_unit *tb_next_units(struct tb_next *next, size_t indicator)
{
    const struct tb_next_indicator *of = find(next, indicator);

    return of ? of->unit : NULL;
}

/* What the next period alone adds. */
static struct tb_operand added(const struct tb_measures *ms, const struct tb_next_indicator *of,
                               size_t u)
{
    struct tb_measured now = tb_measures_level(ms, TB_MEASURE_YTD, of->indicator, u, of->now);
    struct tb_rational rest;

    return of->unit[u].ytd.known == TB_KNOWN && now.known == TB_KNOWN &&
                   tb_rational_sub(of->unit[u].ytd.number, now.number, &rest)
               ? estimate(rest)
               : unknown(TB_UNKNOWN_NO_DATA);
}

static struct tb_operand level(const struct tb_measures *ms, const struct tb_next_indicator *of,
                               enum tb_measure measure, size_t u)
{
    return measure == TB_MEASURE_YTD ? of->unit[u].ytd : added(ms, of, u);
}

/* The level of the unit a year before the next period. */
static struct tb_measured base(const struct tb_measures *ms, const struct tb_next_indicator *of,
                               enum tb_measure measure, size_t u)
{
    return tb_past_level(ms, measure, of->indicator, u, of->next, tb_measures_last_year(of->next))
        .level;
}

static enum tb_measure level_of(enum tb_measure growth)
{
    return growth == TB_MEASURE_YTD_GROWTH ? TB_MEASURE_YTD : TB_MEASURE_VALUE;
}

static struct tb_operand grown(struct tb_rational x, struct tb_rational b)
{
    struct tb_rational growth;

    return tb_growth_of(x, b, &growth) ? estimate(growth) : unknown(TB_UNKNOWN_NOT_COMPUTABLE);
}

static struct tb_operand growth(const struct tb_measures *ms, const struct tb_next_indicator *of,
                                enum tb_measure measure, size_t u)
{
    struct tb_operand x = level(ms, of, level_of(measure), u);
    struct tb_measured b = base(ms, of, level_of(measure), u);

    if (x.known != TB_KNOWN)
        return x;
    return b.known == TB_KNOWN ? grown(x.number, b.number) : unknown(TB_UNKNOWN_NOT_COMPUTABLE);
}

/* Which measures are carried on; the others stay as they are. */
static bool is_carried(const struct tb_measures *ms, size_t indicator, enum tb_measure measure)
{
    const struct tb_indicator *in = &ms->profile->indicators[indicator];

    if (!adds_up(in))
        return false;
    return measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD ||
           measure == TB_MEASURE_PROGRESS ||
           ((measure == TB_MEASURE_GROWTH || measure == TB_MEASURE_YTD_GROWTH) &&
            in->growth == TB_BASIS_COMPUTED);
}

/* Progress grows as what is cumulated does. */
static void progress(const struct tb_next *next, const struct tb_next_indicator *of, uint8_t group,
                     struct tb_operand out[])
{
    next->inner.measure(next->inner.user, TB_MEASURE_PROGRESS, of->indicator, group, of->now, out);
    for (size_t u = 0; u < next->ms->profile->n_units; u++) {
        struct tb_measured now =
            tb_measures_level(next->ms, TB_MEASURE_YTD, of->indicator, u, of->now);
        struct tb_rational ratio, number;
        if (out[u].known != TB_KNOWN)
            continue;
        if (of->unit[u].ytd.known != TB_KNOWN || now.known != TB_KNOWN)
            out[u] = unknown(TB_UNKNOWN_NO_DATA);
        else if (now.number.num != 0 && tb_rational_div(of->unit[u].ytd.number, now.number, &ratio) &&
                 tb_rational_mul(out[u].number, ratio, &number))
            out[u] = estimate(number);
        else if (now.number.num != 0)
            out[u] = unknown(TB_UNKNOWN_NOT_COMPUTABLE);
        else
            out[u].provisional = true;
    }
}

static void measure_of_units(void *user, enum tb_measure measure, size_t indicator, uint8_t group,
                             struct tb_period period, struct tb_operand out[])
{
    struct tb_next *next = user;
    const struct tb_next_indicator *of = find(next, indicator);
    size_t n = next->ms->profile->n_units;

    if (!of || period.index != of->next.index || period.freq != of->next.freq) {
        next->inner.measure(next->inner.user, measure, indicator, group, period, out);
        return;
    }
    if (!is_carried(next->ms, indicator, measure)) {
        next->inner.measure(next->inner.user, measure, indicator, group, of->now, out);
        for (size_t u = 0; u < n; u++)
            out[u].provisional = true;
    } else if (measure == TB_MEASURE_PROGRESS) {
        progress(next, of, group, out);
    } else {
        for (size_t u = 0; u < n; u++)
            out[u] = measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD
                         ? level(next->ms, of, measure, u)
                         : growth(next->ms, of, measure, u);
    }
}

/* The members of a group added up: of a level all of them, of a growth those that have both sides. */
static struct tb_operand sum_of(const struct tb_next *next, const struct tb_next_indicator *of,
                                enum tb_measure measure, const struct tb_group *group)
{
    bool is_level = measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD;
    enum tb_measure what = is_level ? measure : level_of(measure);
    struct tb_rational x = { 0, 1 }, b = { 0, 1 };
    size_t n = 0;

    for (size_t m = 0; m < group->n_members; m++) {
        if (!tb_unit_valid_in(&next->ms->profile->units[group->member[m]], of->next))
            continue;
        struct tb_operand now = level(next->ms, of, what, group->member[m]);
        struct tb_measured then = { .number = { 0, 1 }, .known = TB_KNOWN };
        if (!is_level)
            then = base(next->ms, of, what, group->member[m]);
        if (now.known != TB_KNOWN || then.known != TB_KNOWN) {
            if (is_level)
                return unknown(TB_UNKNOWN_NO_DATA);
            continue;
        }
        if (!tb_rational_add(x, now.number, &x) || !tb_rational_add(b, then.number, &b))
            return unknown(TB_UNKNOWN_NOT_COMPUTABLE);
        n++;
    }
    if (n == 0)
        return unknown(TB_UNKNOWN_NO_DATA);
    if ((int64_t)n < (int64_t)next->ms->profile->set.min_peers)
        return unknown(TB_UNKNOWN_NOT_COMPUTABLE);
    return is_level ? estimate(x) : grown(x, b);
}

static struct tb_operand pooled(void *user, enum tb_measure measure, size_t indicator,
                                uint8_t group, bool own_first, struct tb_period period)
{
    struct tb_next *next = user;
    const struct tb_profile *profile = next->ms->profile;
    const struct tb_next_indicator *of = find(next, indicator);

    if (!of || group >= profile->n_groups || period.index != of->next.index ||
        period.freq != of->next.freq)
        return next->inner.pooled(next->inner.user, measure, indicator, group, own_first, period);
    if (!is_carried(next->ms, indicator, measure) || measure == TB_MEASURE_PROGRESS) {
        struct tb_operand same = next->inner.pooled(next->inner.user, measure, indicator, group,
                                                    own_first, of->now);
        same.provisional = true;
        return same;
    }
    int32_t area = profile->groups[group].area;
    if (own_first && area >= 0) {
        struct tb_operand own = measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD
                                    ? level(next->ms, of, measure, (size_t)area)
                                    : growth(next->ms, of, measure, (size_t)area);
        if (own.known == TB_KNOWN)
            return own;
    }
    return sum_of(next, of, measure, &profile->groups[group]);
}

static void share_done(void *user, size_t indicator, struct tb_period from, struct tb_period to,
                       struct tb_period at, struct tb_operand out[])
{
    const struct tb_next *next = user;

    next->inner.share_done(next->inner.user, indicator, from, to, at, out);
}

/* A task is as it was last said to be. */
static void task_of_units(void *user, size_t indicator, struct tb_period period, bool done,
                          struct tb_operand out[])
{
    struct tb_next *next = user;

    if (!done) {
        measure_of_units(next, TB_MEASURE_VALUE, indicator, TB_NO_GROUP, period, out);
        return;
    }
    next->inner.task(next->inner.user, indicator, period, done, out);
    for (size_t u = 0; u < next->ms->profile->n_units; u++)
        out[u].provisional = true;
}

void tb_next_init(struct tb_next *next, const struct tb_measures *ms, struct tb_period period)
{
    *next = (struct tb_next){ .ms = ms, .period = period };
    next->inner_user = (struct tb_source_user){ .ms = ms, .target = TB_NONE };
    next->inner = tb_source_init(&next->inner_user);
    next->source = next->inner;
    next->source.user = next;
    next->source.measure = measure_of_units;
    next->source.task = task_of_units;
    next->source.pooled = pooled;
    next->source.pooled_others = NULL; /* of a group without the unit itself nothing is told */
    next->source.completeness = NULL;
    next->source.plane = NULL;
    next->source.share_done = share_done;
    next->source.today = NULL;
}

void tb_next_release(struct tb_next *next)
{
    while (next->known) {
        struct tb_next_indicator *before = next->known->before;
        free(next->known);
        next->known = before;
    }
}
