/* seasonal.c - rows of seasonal.csv: season by regression or STL, a robust line. */
#include "analyse/outlook/seasonal.h"

#include <math.h>
#include <stdlib.h>

#include "analyse/outlook/stl.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"
#include "tongbao/seasonal.h"

static const char HEAD[] = "unit,indicator,period,value,adjusted,adjusted_mom_pct,seasonal_pct,festival_pct,trend,"
                           "trend_growth_pct,SEASONAL_ADJUST,method,reason\n";

enum { N_PARTS = 6 };

/* One series, packed: periods with a value only. */
struct series {
    const struct tb_measures *ms;
    size_t indicator, unit, n;
    int32_t *period;
    struct tb_rational *exact;
    double *x;                                       /* the same */
    double *season, *festival, *trend, *rest, *line; /* logarithms; line as it stands */
    double growth_pct;                               /* a period, of the line */
    bool adjusted, has_festival, has_trend, has_line;
    const char *reason;
};

static const struct tb_indicator *indicator_of(const struct series *s)
{
    return &s->ms->profile->indicators[s->indicator];
}

/* The indicator's own choice, else the profile's. */
static enum tb_seasonal_by method_of(const struct tb_profile *profile, size_t indicator)
{
    int8_t own = profile->indicators[indicator].seasonal;

    return own < 0 ? profile->set.seasonal : (enum tb_seasonal_by)own;
}

static int series_init(struct series *s, const struct tb_measures *ms, size_t indicator,
                       struct tb_error *err)
{
    size_t n = ms->planes[indicator].n_periods;
    double *parts;

    *s = (struct series){ .ms = ms, .indicator = indicator };
    s->period = calloc(n ? n : 1, sizeof *s->period);
    s->exact = calloc(n ? n : 1, sizeof *s->exact);
    parts = calloc(n ? n : 1, N_PARTS * sizeof *parts);
    s->x = parts;
    if (!s->period || !s->exact || !parts)
        return tb_error_set(err, "out of memory for a series of %zu periods", n);
    s->season = parts + n;
    s->festival = parts + 2 * n;
    s->trend = parts + 3 * n;
    s->rest = parts + 4 * n;
    s->line = parts + 5 * n;
    return 0;
}

static void series_release(struct series *s)
{
    free(s->period);
    free(s->exact);
    free(s->x);
}

static void series_take(struct series *s, size_t unit)
{
    const struct tb_indicator_planes *planes = &s->ms->planes[s->indicator];

    s->unit = unit;
    s->n = 0;
    s->adjusted = s->has_festival = s->has_trend = s->has_line = false;
    s->reason = "";
    for (uint32_t row = 0; row < planes->n_periods; row++) {
        struct tb_period period = { indicator_of(s)->frequency, planes->first + (int32_t)row };
        struct tb_measured value =
            tb_measures_level(s->ms, TB_MEASURE_VALUE, s->indicator, unit, period);
        if (value.known != TB_KNOWN)
            continue;
        s->period[s->n] = period.index;
        s->exact[s->n] = value.number;
        s->x[s->n++] = tb_rational_double(value.number);
    }
}

static bool all_above_zero(const struct series *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (!(s->x[i] > 0))
            return false;
    return true;
}

/* -1 when memory is out. */
static int by_regression(struct series *s)
{
    struct tb_season season = { .freq = indicator_of(s)->frequency,
                                .joint = indicator_of(s)->joint_jan_feb,
                                .period = s->period };
    struct tb_seasonal_parts parts = { s->trend, s->season, s->festival, s->rest, false };
    enum tb_seasonal_result result = tb_seasonal_fit(s->x, s->n, &season, &parts);

    s->adjusted = s->has_trend = result == TB_SEASONAL_DONE;
    s->has_festival = parts.has_festival;
    if (result == TB_SEASONAL_SHORT)
        s->reason = "under_five_years";
    else if (result == TB_SEASONAL_UNSOLVED)
        s->reason = "no_solution";
    return result == TB_SEASONAL_NO_MEMORY ? -1 : 0;
}

static int by_stl(struct series *s)
{
    int per_year = tb_periods_per_year(indicator_of(s)->frequency);
    bool periodic = method_of(s->ms->profile, s->indicator) == TB_SEASONAL_BY_STL_PERIODIC;
    struct tb_stl_spans spans = periodic ? tb_stl_periodic((size_t)per_year, s->n)
                                         : tb_stl_usual((size_t)per_year);

    if (s->period[s->n - 1] - s->period[0] + 1 != (int32_t)s->n)
        s->reason = "gaps";
    else if (s->n <= 2 * (size_t)per_year)
        s->reason = "under_two_years";
    if (*s->reason)
        return 0;
    /* rest[] holds the logarithms, festival[] the weights. */
    for (size_t i = 0; i < s->n; i++)
        s->rest[i] = log(s->x[i]);
    s->adjusted = s->has_trend = tb_stl(s->rest, s->n, &spans, s->season, s->trend, s->festival);
    return s->adjusted ? 0 : -1;
}

/* A robust line through what is left without the season, else through the values. */
static int by_line(struct series *s)
{
    enum tb_seasonal_result result;

    for (size_t i = 0; i < s->n; i++)
        s->rest[i] = s->adjusted
                         ? exp(log(s->x[i]) - s->season[i] - (s->has_festival ? s->festival[i] : 0))
                         : s->x[i];
    result = tb_trend_fit(s->rest, s->n, s->period, s->line, &s->growth_pct);
    s->has_line = result == TB_SEASONAL_DONE;
    if (!s->has_line && !*s->reason)
        s->reason = result == TB_SEASONAL_SHORT ? "under_eight_values" : "no_solution";
    return result == TB_SEASONAL_NO_MEMORY ? -1 : 0;
}

static int part(struct series *s, struct tb_error *err)
{
    const struct tb_settings *set = &s->ms->profile->set;
    enum tb_seasonal_by method = method_of(s->ms->profile, s->indicator);
    int rc = 0;

    if (!all_above_zero(s))
        s->reason = "not_above_zero";
    else if (method == TB_SEASONAL_BY_REGRESSION)
        rc = by_regression(s);
    else if (method != TB_SEASONAL_BY_NONE)
        rc = by_stl(s);
    if (rc == 0 && set->robust_trend && all_above_zero(s))
        rc = by_line(s);
    return rc < 0 ? tb_error_set(err, "out of memory for a series of %zu values", s->n) : 0;
}

static void put_number(struct tb_buf *out, bool known, double number, int32_t decimals)
{
    char text[352] = "";

    if (known && isfinite(number))
        snprintf(text, sizeof text, "%.*f", (int)(decimals < 0 ? 0 : decimals), number);
    tb_csv_put(out, text);
}

/* Whether the value before stands just one step earlier; over a joint January-February too. */
static bool follows(const struct series *s, size_t i)
{
    struct tb_period own = { indicator_of(s)->frequency, s->period[i] };

    return i > 0 && tb_indicator_previous(indicator_of(s), own).index == s->period[i - 1];
}

/* Growth of the adjusted figure on the period before, percent. */
static double adjusted_change(const struct series *s, size_t i)
{
    double logs[2];

    for (size_t k = 0; k < 2 && k <= i; k++)
        logs[k] = log(s->x[i - k]) - s->season[i - k] - (s->has_festival ? s->festival[i - k] : 0);
    return i > 0 ? 100 * expm1(logs[0] - logs[1]) : NAN;
}

static void put_row(const struct series *s, size_t i, struct tb_buf *out)
{
    static const char *const methods[] = { "none", "regression", "stl", "stl-periodic" };
    const struct tb_settings *set = &s->ms->profile->set;
    int32_t decimals = indicator_of(s)->decimals;
    double festival = s->has_festival ? s->festival[i] : 0;
    char text[TB_DECIMAL_TEXT + TB_PERIOD_TEXT] = "";
    struct tb_decimal printed;

    tb_csv_put(out, s->ms->profile->units[s->unit].code);
    tb_csv_put(out, indicator_of(s)->code);
    tb_period_format((struct tb_period){ indicator_of(s)->frequency, s->period[i] }, text);
    tb_csv_put(out, text);
    text[0] = '\0';
    if (tb_rational_round(s->exact[i], decimals, set->round_mode, &printed))
        tb_decimal_format(printed, text);
    tb_csv_put(out, text);
    put_number(out, s->adjusted, s->x[i] / exp(s->season[i] + festival), decimals);
    put_number(out, s->adjusted && follows(s, i), adjusted_change(s, i), 2);
    put_number(out, s->adjusted, 100 * expm1(s->season[i]), 2);
    put_number(out, s->has_festival, 100 * expm1(festival), 2);
    put_number(out, s->has_line || s->has_trend, s->has_line ? s->line[i] : exp(s->trend[i]),
               decimals);
    put_number(out, s->has_line, s->growth_pct, 3);
    tb_csv_put(out, !s->adjusted ? "N" : s->has_festival ? "Y" : "S");
    tb_csv_put(out, methods[s->adjusted ? method_of(s->ms->profile, s->indicator)
                                        : TB_SEASONAL_BY_NONE]);
    tb_csv_put(out, s->reason);
    tb_csv_end_row(out);
}

struct job {
    const struct tb_measures *ms;
    struct tb_buf *rows; /* [n_indicators] */
};

static bool has_season(const struct tb_indicator *ind)
{
    /* Years of 52 and of 53 weeks have no common season. */
    return tb_periods_per_year(ind->frequency) > 1 && ind->frequency != TB_FREQ_WEEK && ind->kind != TB_KIND_GRADE &&
           ind->kind != TB_KIND_MILESTONE;
}

static int adjust_indicator(void *user, size_t indicator, struct tb_error *err)
{
    struct job *job = user;
    const struct tb_profile *profile = job->ms->profile;
    struct series s;
    int rc;

    if (!has_season(&profile->indicators[indicator]) ||
        (method_of(profile, indicator) == TB_SEASONAL_BY_NONE && !profile->set.robust_trend))
        return 0;
    rc = series_init(&s, job->ms, indicator, err);
    for (size_t u = 0; rc == 0 && u < profile->n_units; u++) {
        series_take(&s, u);
        if (s.n == 0)
            continue;
        rc = part(&s, err);
        bool any = s.adjusted || s.has_line;
        for (size_t i = any ? 0 : s.n - 1; rc == 0 && i < s.n; i++)
            put_row(&s, i, &job->rows[indicator]);
    }
    series_release(&s);
    return rc == 0 ? (tb_buf_ok(&job->rows[indicator], err) ? 0 : -1) : rc;
}

static int write_rows(const struct job *job, const char *folder, struct tb_error *err)
{
    char *path = tb_path("%s/seasonal.csv", folder);
    struct tb_buf text = TB_BUF_INIT;
    int rc = -1;

    tb_buf_puts(&text, HEAD);
    for (size_t i = 0; i < job->ms->profile->n_indicators; i++)
        tb_buf_add(&text, tb_buf_text(&job->rows[i]), job->rows[i].len);
    if (!path)
        tb_error_set(err, "out of memory for 'seasonal.csv'");
    else if (tb_buf_ok(&text, err))
        rc = tb_newfile_write(path, tb_buf_text(&text), text.len, err);
    tb_buf_release(&text);
    free(path);
    return rc;
}

int tb_seasonal_write(const struct tb_measures *ms, const char *folder, size_t threads,
                      struct tb_error *err)
{
    size_t n = ms->profile->n_indicators;
    struct job job = { .ms = ms, .rows = calloc(n ? n : 1, sizeof *job.rows) };
    int rc = 0;

    if (!job.rows)
        return tb_error_set(err, "out of memory for %zu indicators", n);
    rc = tb_parallel(threads, n, adjust_indicator, &job, err);
    if (rc == 0)
        rc = write_rows(&job, folder, err);
    for (size_t i = 0; i < n; i++)
        tb_buf_release(&job.rows[i]);
    free(job.rows);
    return rc;
}
