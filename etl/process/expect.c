/* expect.c - what the past of a field lets expect of it. */
#include "process/expect.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "process/work.h"
#include "tongbao/profile.h"

enum { PAST = 12, LEAST_OWN = 3, LEAST_NEIGHBOURS = 5, MOST_NEIGHBOURS = 512 };
/* The least spread of logarithms: figures of the field are no nearer than 2 %. */
static const double LEAST_SPREAD = 0.02;

double tb_expect_number(const struct tb_plane *plane, size_t cell)
{
    static const double tens[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                   1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18 };
    const int32_t most = (int32_t)(sizeof tens / sizeof *tens) - 1;

    if (!tb_status_has_value(plane->status[cell]))
        return NAN;
    return (double)plane->value[cell] /
           (plane->scale >= 0 && plane->scale <= most ? tens[plane->scale] : pow(10, plane->scale));
}

static double number_back(const struct tb_plane *plane, size_t cell, size_t rows)
{
    size_t gone = rows * plane->n_columns;

    return cell < gone ? NAN : tb_expect_number(plane, cell - gone);
}

/* Median and robust spread of n numbers, which are reordered. */
static double middle(double x[], size_t n, double least, double *spread)
{
    double work[MOST_NEIGHBOURS];

    *spread = fmax(gsl_stats_mad(x, 1, n, work), least);
    return gsl_stats_median(x, 1, n);
}

static bool is_amount(const struct tb_work *work, const struct tb_plane *plane)
{
    enum tb_kind kind = work->profile->indicators[plane->key.indicator].kind;
    enum tb_measure measure = (enum tb_measure)plane->key.measure;

    return (kind == TB_KIND_FLOW || kind == TB_KIND_STOCK || kind == TB_KIND_COUNT) &&
           (measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD ||
            measure == TB_MEASURE_BASE || measure == TB_MEASURE_YTD_BASE);
}

bool tb_expect_neighbours(const struct tb_work *work, size_t a, size_t b)
{
    return a != b && work->profile->units[a].parent == work->profile->units[b].parent;
}

/* ln(x / last year's) of the unit's past periods; how many. */
static size_t own_growth(const struct tb_plane *plane, size_t cell, double out[PAST])
{
    size_t year = (size_t)tb_periods_per_year(plane->freq), n = 0;

    for (size_t back = 1; back <= PAST; back++) {
        double ratio = number_back(plane, cell, back) / number_back(plane, cell, back + year);
        if (ratio > 0 && isfinite(ratio))
            out[n++] = log(ratio);
    }
    return n;
}

/* The same of the neighbours in this period. */
static size_t neighbours_growth(const struct tb_work *work, const struct tb_plane *plane,
                                size_t cell, double out[MOST_NEIGHBOURS])
{
    size_t year = (size_t)tb_periods_per_year(plane->freq), n = 0;
    size_t unit = cell % plane->n_columns, first = cell - unit;

    for (size_t other = 0; other < plane->n_columns && n < MOST_NEIGHBOURS; other++) {
        if (!tb_expect_neighbours(work, unit, other))
            continue;
        double ratio =
            tb_expect_number(plane, first + other) / number_back(plane, first + other, year);
        if (ratio > 0 && isfinite(ratio))
            out[n++] = log(ratio);
    }
    return n;
}

static struct tb_expected by_year(const struct tb_work *work, const struct tb_plane *plane,
                                  size_t cell)
{
    double last_year = number_back(plane, cell, (size_t)tb_periods_per_year(plane->freq));
    struct tb_expected out = { .known = false };
    double logs[MOST_NEIGHBOURS];

    if (!(last_year > 0))
        return out;
    size_t n = own_growth(plane, cell, logs);
    out.known = n >= LEAST_OWN;
    if (!out.known) {
        n = neighbours_growth(work, plane, cell, logs);
        out.known = n >= LEAST_NEIGHBOURS;
    }
    if (out.known)
        out.value = last_year * exp(middle(logs, n, LEAST_SPREAD, &out.spread));
    return out;
}

static struct tb_expected by_last(const struct tb_plane *plane, size_t cell, bool additive)
{
    struct tb_expected out = { .additive = additive };
    double past[PAST];
    size_t n = 0;

    for (size_t back = 1; back <= PAST; back++) {
        double x = number_back(plane, cell, back);
        if (isfinite(x) && (additive || x > 0))
            past[n++] = additive ? x : log(x);
    }
    out.known = n >= LEAST_OWN;
    if (!out.known)
        return out;
    out.value = middle(past, n, LEAST_SPREAD, &out.spread);
    if (!additive)
        out.value = exp(out.value);
    else /* nearer than a hundredth of itself is no difference */
        out.spread = fmax(out.spread, 0.01 * fabs(out.value));
    return out;
}

/* Cumulated: what there was a period before, in proportion to the time gone. */
static struct tb_expected by_proportion(const struct tb_work *work, const struct tb_plane *plane,
                                        size_t cell)
{
    struct tb_period period = { plane->freq, plane->first + (int32_t)(cell / plane->n_columns) };
    int place = tb_period_in_year(period, work->profile->set.year_start);
    double before = number_back(plane, cell, 1);
    struct tb_expected out = { .known = place > 1 && before > 0, .spread = 0.1 };

    if (out.known)
        out.value = before * place / (place - 1);
    return out;
}

struct tb_expected tb_expect_cell(const struct tb_work *work, const struct tb_plane *plane,
                                  size_t cell)
{
    bool cumulated =
        plane->key.measure == TB_MEASURE_YTD || plane->key.measure == TB_MEASURE_YTD_BASE;

    if (!is_amount(work, plane))
        return by_last(plane, cell, true);
    struct tb_expected out = by_year(work, plane, cell);
    if (out.known)
        return out;
    return cumulated ? by_proportion(work, plane, cell) : by_last(plane, cell, false);
}

double tb_expect_off(const struct tb_expected *expected, double number)
{
    if (expected->additive)
        return fabs(number - expected->value) / expected->spread;
    return number > 0 ? fabs(log(number / expected->value)) / expected->spread : INFINITY;
}
