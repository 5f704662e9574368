/* stl.c - STL: an inner loop that parts season and trend by loess, an outer one
 * that weighs down points that fit badly. */
#include "analyse/outlook/stl.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>

/* Numbers of one decomposition. */
struct work {
    const struct tb_stl_spans *spans;
    size_t n, padded;       /* padded: one more period at either end */
    double *cycle, *filter; /* [padded] */
    double *other;          /* [padded] */
    double *sub, *sub_out;  /* [n / period + 3] one place of the year, smoothed */
    double *sub_weight;     /* [n / period + 1] */
    double *local;          /* [padded] weights of one fit */
    double *detrended;      /* [n] */
    double *memory;
};

static size_t odd_from(double least)
{
    size_t whole = (size_t)ceil(least);

    return whole % 2 ? whole : whole + 1;
}

/* Spans that follow from that of the season. */
static struct tb_stl_spans spans_of(size_t period, size_t season)
{
    struct tb_stl_spans spans = { .period = period, .season = season, .inner = 1, .outer = 15 };

    spans.season_degree = 0;
    spans.trend = odd_from(1.5 * (double)period / (1 - 1.5 / (double)spans.season));
    spans.low = odd_from((double)period);
    return spans;
}

struct tb_stl_spans tb_stl_usual(size_t period)
{
    return spans_of(period, 7);
}

struct tb_stl_spans tb_stl_periodic(size_t period, size_t n)
{
    struct tb_stl_spans spans = spans_of(period, 10 * n + 1);

    spans.periodic = true;
    return spans;
}

/* A series to be smoothed: n values at 1, 2 .. n, `weight` NULL for 1 each. */
struct series {
    const double *y;
    const double *weight;
    size_t n, span;
    int degree;
};

/* Tricube weights of the points left .. right (from 1) about x; their sum. */
static double tricube(const struct series *s, double x, size_t left, size_t right, double local[])
{
    double reach = fmax(x - (double)left, (double)right - x), sum = 0;

    if (s->span > s->n)
        reach += (double)((s->span - s->n) / 2);
    for (size_t j = left; j <= right; j++) {
        double distance = fabs((double)j - x);
        local[j - 1] = 0;
        if (distance <= 0.999 * reach) {
            double ratio = distance / reach, rest = 1 - ratio * ratio * ratio;
            local[j - 1] = distance > 0.001 * reach ? rest * rest * rest : 1;
            if (s->weight)
                local[j - 1] *= s->weight[j - 1];
            sum += local[j - 1];
        }
    }
    return sum;
}

/* Turns weights into those of a line's value at x, where x's spread allows. */
static void tilt(const struct series *s, double x, size_t left, size_t right, double local[])
{
    double mean = 0, spread = 0;

    for (size_t j = left; j <= right; j++)
        mean += local[j - 1] * (double)j;
    for (size_t j = left; j <= right; j++)
        spread += local[j - 1] * ((double)j - mean) * ((double)j - mean);
    if (sqrt(spread) <= 0.001 * ((double)s->n - 1))
        return;
    for (size_t j = left; j <= right; j++)
        local[j - 1] *= (x - mean) / spread * ((double)j - mean) + 1;
}

/* The loess fit at x from the points left .. right; false when all weights are 0. */
static bool fit_at(const struct series *s, double x, size_t left, size_t right, double local[],
                   double *out)
{
    double sum = tricube(s, x, left, right, local), fitted = 0;

    if (sum <= 0)
        return false;
    for (size_t j = left; j <= right; j++)
        local[j - 1] /= sum;
    if (s->degree > 0 && right > left)
        tilt(s, x, left, right, local);
    for (size_t j = left; j <= right; j++)
        fitted += local[j - 1] * s->y[j - 1];
    *out = fitted;
    return true;
}

/* Loess at every point: the span's nearest points, those at an end for its first half. */
static void smooth(const struct series *s, double local[], double out[])
{
    size_t half = (s->span + 1) / 2, left = 1, right = s->span < s->n ? s->span : s->n;

    if (s->n < 2) {
        out[0] = s->y[0];
        return;
    }
    for (size_t i = 1; i <= s->n; i++) {
        if (s->span < s->n && i > half && right < s->n) {
            left++;
            right++;
        }
        if (!fit_at(s, (double)i, left, right, local, &out[i - 1]))
            out[i - 1] = s->y[i - 1];
    }
}

/* Each place of the year smoothed by itself, with a year more at either end. */
static void smooth_places(struct work *w, const double weight[], double out[])
{
    size_t period = w->spans->period;

    for (size_t place = 0; place < period; place++) {
        struct series s = { .y = w->sub,
                            .weight = weight ? w->sub_weight : NULL,
                            .n = (w->n - place - 1) / period + 1,
                            .span = w->spans->season,
                            .degree = w->spans->season_degree };
        size_t reach = s.span < s.n ? s.span : s.n;
        for (size_t i = 0; i < s.n; i++) {
            w->sub[i] = w->detrended[place + i * period];
            w->sub_weight[i] = weight ? weight[place + i * period] : 1;
        }
        smooth(&s, w->local, w->sub_out + 1);
        if (!fit_at(&s, 0, 1, reach, w->local, &w->sub_out[0]))
            w->sub_out[0] = w->sub_out[1];
        if (!fit_at(&s, (double)s.n + 1, s.n - reach + 1, s.n, w->local, &w->sub_out[s.n + 1]))
            w->sub_out[s.n + 1] = w->sub_out[s.n];
        for (size_t i = 0; i < s.n + 2; i++)
            out[place + i * period] = w->sub_out[i];
    }
}

/* Moving average of `span`: n - span + 1 numbers. */
static size_t moving_average(const double x[], size_t n, size_t span, double out[])
{
    double sum = 0;

    for (size_t i = 0; i < span; i++)
        sum += x[i];
    for (size_t i = 0;; i++) {
        out[i] = sum / (double)span;
        if (i + span >= n)
            return i + 1;
        sum += x[i + span] - x[i];
    }
}

/* One pass: season from what the trend leaves, trend from what the season leaves. */
static void pass(struct work *w, const double x[], const double weight[], double seasonal[],
                 double trend[])
{
    const struct tb_stl_spans *spans = w->spans;

    for (size_t i = 0; i < w->n; i++)
        w->detrended[i] = x[i] - trend[i];
    smooth_places(w, weight, w->cycle);
    size_t n = moving_average(w->cycle, w->padded, spans->period, w->filter);
    n = moving_average(w->filter, n, spans->period, w->other);
    n = moving_average(w->other, n, 3, w->filter);
    smooth(&(struct series){ .y = w->filter, .n = n, .span = spans->low, .degree = 1 }, w->local,
           w->other);
    for (size_t i = 0; i < w->n; i++) {
        seasonal[i] = w->cycle[spans->period + i] - w->other[i];
        w->detrended[i] = x[i] - seasonal[i];
    }
    smooth(
        &(struct series){
            .y = w->detrended, .weight = weight, .n = w->n, .span = spans->trend, .degree = 1 },
        w->local, trend);
}

/* Bisquare of the residual over six times their median. */
static void weigh(struct work *w, const double x[], const double seasonal[], const double trend[],
                  double weight[])
{
    double *sorted = w->detrended, limit;

    for (size_t i = 0; i < w->n; i++)
        sorted[i] = weight[i] = fabs(x[i] - seasonal[i] - trend[i]);
    gsl_sort(sorted, 1, w->n);
    limit = 3 * (sorted[w->n / 2] + sorted[w->n - w->n / 2 - 1]);
    for (size_t i = 0; i < w->n; i++) {
        double ratio = limit > 0 ? weight[i] / limit : 0, rest = 1 - ratio * ratio;
        weight[i] = weight[i] <= 0.001 * limit ? 1 : weight[i] <= 0.999 * limit ? rest * rest : 0;
    }
}

/* Each place of the year has its mean in all years. */
static void average_places(double seasonal[], size_t n, size_t period)
{
    for (size_t place = 0; place < period; place++) {
        double sum = 0;
        size_t count = 0;
        for (size_t i = place; i < n; i += period, count++)
            sum += seasonal[i];
        for (size_t i = place; i < n; i += period)
            seasonal[i] = sum / (double)count;
    }
}

static bool work_init(struct work *w, size_t n, const struct tb_stl_spans *spans)
{
    size_t years = n / spans->period + 1;

    *w = (struct work){ .spans = spans, .n = n, .padded = n + 2 * spans->period };
    w->memory = calloc(4 * w->padded + n + 3 * (years + 2), sizeof *w->memory);
    if (!w->memory)
        return false;
    w->cycle = w->memory;
    w->filter = w->cycle + w->padded;
    w->other = w->filter + w->padded;
    w->local = w->other + w->padded;
    w->detrended = w->local + w->padded;
    w->sub = w->detrended + n;
    w->sub_out = w->sub + years + 2;
    w->sub_weight = w->sub_out + years + 2;
    return true;
}

static bool odd_span(size_t span)
{
    return span >= 3 && span % 2;
}

static bool sound(const struct tb_stl_spans *s, size_t n)
{
    return s->period >= 2 && s->period < SIZE_MAX / 64 && n < SIZE_MAX / 64 && n > 2 * s->period &&
           odd_span(s->season) && odd_span(s->trend) && odd_span(s->low) && s->inner >= 1;
}

bool tb_stl(const double x[], size_t n, const struct tb_stl_spans *spans, double seasonal[],
            double trend[], double weight[])
{
    struct work w;

    if (!sound(spans, n) || !work_init(&w, n, spans))
        return false;
    memset(trend, 0, n * sizeof *trend);
    for (size_t i = 0; i < n; i++)
        weight[i] = 1;
    for (size_t outer = 0;; outer++) {
        for (size_t inner = 0; inner < spans->inner; inner++)
            pass(&w, x, outer > 0 ? weight : NULL, seasonal, trend);
        if (outer == spans->outer)
            break;
        weigh(&w, x, seasonal, trend, weight);
    }
    if (spans->periodic)
        average_places(seasonal, n, spans->period);
    free(w.memory);
    return true;
}
