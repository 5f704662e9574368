/* what_if.c - figures that would reach a place, leave the last ones, or pass the peers. */
#include "analyse/rank/what_if.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/verdict/catchup.h"
#include "analyse/findings.h"
#include "analyse/measure/groups.h"
#include "analyse/measure/growth.h"
#include "analyse/measure/layout.h"
#include "analyse/rank/ranks.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"

enum aim { AIM_NEXT, AIM_REGAIN, AIM_FRONT, AIM_BOTTOM, AIM_AVERAGE };

/* One ranked unit: its printed value, in units of the last digit. */
struct entry {
    int64_t value;
    size_t unit;
    const struct tb_standing *place;
};

/* A group ranked by one headline of one indicator. */
struct ranked {
    const struct tb_measures *ms;
    size_t indicator, group;
    enum tb_measure of;
    struct tb_period period;
    bool lower;
    int32_t decimals;
    struct entry *entry; /* from the best to the worst */
    int64_t *sorted;     /* their values */
    size_t n;
    struct tb_buf *out;
};

struct job {
    const struct tb_measures *ms;
    struct tb_period period;
    struct tb_buf *rows; /* [n_indicators] */
};

int64_t tb_what_if_place(const int64_t sorted[], size_t own, size_t k)
{
    return sorted[k - 1 < own ? k - 1 : k];
}

int64_t tb_what_if_bottom(const int64_t sorted[], size_t n, size_t own, size_t k,
                          bool lower_is_better)
{
    size_t at = n - k > own ? n - k : n - k - 1;

    return sorted[at] + (lower_is_better ? -1 : 1);
}

static int from_best(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int by_place = (a->place->rank > b->place->rank) - (a->place->rank < b->place->rank);

    return by_place ? by_place : (a->unit > b->unit) - (a->unit < b->unit);
}

static void put_units(struct tb_buf *out, int64_t units, int32_t scale)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format((struct tb_decimal){ units, scale }, text);
    tb_csv_put(out, text);
}

static void put_rational(struct tb_buf *out, struct tb_rational value, int32_t scale,
                         enum tb_round_mode mode)
{
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal rounded;

    if (tb_rational_round(value, scale, mode, &rounded))
        tb_decimal_format(rounded, text);
    tb_csv_put(out, text);
}

/* Of a cumulated growth: how many periods of the year are left. */
static int periods_left(const struct ranked *r)
{
    if (r->of != TB_MEASURE_YTD_GROWTH)
        return 0;
    return tb_periods_per_year(r->period.freq) -
           tb_period_in_year(r->period, r->ms->profile->set.year_start);
}

/* level, amount, per_period and periods_left of a growth; else four empty cells. */
static void put_amount(const struct ranked *r, size_t unit, int64_t need)
{
    const struct tb_profile *profile = r->ms->profile;
    int32_t decimals = profile->indicators[r->indicator].decimals;
    enum tb_round_mode mode = profile->set.round_mode;
    struct tb_rational rate, level, amount, each;
    struct tb_measured x, b;
    int left = periods_left(r);

    if ((r->of != TB_MEASURE_GROWTH && r->of != TB_MEASURE_YTD_GROWTH) ||
        !tb_growth_sides(r->ms, r->of, r->indicator, unit, r->period, &x, &b) ||
        !tb_rational_from_decimal((struct tb_decimal){ need, r->decimals }, &rate) ||
        !tb_rational_add(rate, tb_rational_int(100), &rate) ||
        !tb_rational_mul(b.number, rate, &level) ||
        !tb_rational_div(level, tb_rational_int(100), &level) ||
        !tb_rational_sub(level, x.number, &amount)) {
        tb_csv_put(r->out, "");
        tb_csv_put(r->out, "");
        tb_csv_put(r->out, "");
        tb_csv_put(r->out, "");
        return;
    }
    put_rational(r->out, level, decimals, mode);
    put_rational(r->out, amount, decimals, mode);
    if (left > 0 && tb_rational_div(amount, tb_rational_int(left), &each))
        put_rational(r->out, each, decimals, mode);
    else
        tb_csv_put(r->out, "");
    if (left > 0)
        tb_csv_put_int(r->out, left);
    else
        tb_csv_put(r->out, "");
}

/* Fewer than none cannot be asked for, nor what lies beyond the range of sound values. */
static bool can_be(const struct ranked *r, int64_t need)
{
    const struct tb_indicator *ind = &r->ms->profile->indicators[r->indicator];
    struct tb_decimal value = { need, r->decimals };

    if (r->of != TB_MEASURE_VALUE && r->of != TB_MEASURE_YTD)
        return true;
    return (ind->kind != TB_KIND_COUNT || need >= 0) &&
           (!ind->has_min || tb_decimal_cmp(value, ind->min) >= 0) &&
           (!ind->has_max || r->of == TB_MEASURE_YTD || tb_decimal_cmp(value, ind->max) <= 0);
}

static void put_row(const struct ranked *r, size_t own, enum aim aim, size_t k, int64_t need)
{
    static const char *const aims[] = { "next", "regain", "front", "bottom", "average" };
    const struct tb_profile *profile = r->ms->profile;
    const struct entry *entry = &r->entry[own];
    char period[TB_PERIOD_TEXT];

    if (!can_be(r, need))
        return;
    tb_period_format(r->period, period);
    tb_csv_put(r->out, profile->units[entry->unit].code);
    tb_csv_put(r->out, profile->indicators[r->indicator].code);
    tb_csv_put(r->out, tb_measure_name(r->of));
    tb_csv_put(r->out, profile->groups[r->group].code);
    tb_csv_put(r->out, period);
    put_units(r->out, entry->value, r->decimals);
    tb_csv_put_int(r->out, entry->place->rank);
    tb_csv_put_int(r->out, (int64_t)r->n);
    tb_csv_put(r->out, aims[aim]);
    if (k)
        tb_csv_put_int(r->out, (int64_t)k);
    else
        tb_csv_put(r->out, "");
    put_units(r->out, need, r->decimals);
    put_units(r->out, need - entry->value, r->decimals);
    put_amount(r, entry->unit, need);
    tb_csv_end_row(r->out);
}

/* The mean of the others' printed amounts: amounts of units are compared with what a unit has, not
 * with the sum of them.  False under min_peers. */
static bool mean_of_others(const struct ranked *r, size_t own, struct tb_rational *out)
{
    tb_int128 sum = 0;

    for (size_t i = 0; i < r->n; i++)
        sum += i == own ? 0 : r->entry[i].value;
    return r->n > 1 && (int64_t)r->n > (int64_t)r->ms->profile->set.min_peers &&
           tb_rational_make(sum, (tb_int128)(r->n - 1) * tb_pow10(r->decimals), out);
}

static bool average_of_others(const struct ranked *r, size_t own, struct tb_rational *out)
{
    const struct tb_indicator *ind = &r->ms->profile->indicators[r->indicator];
    bool level = r->of == TB_MEASURE_VALUE || r->of == TB_MEASURE_YTD;
    bool amount = ind->kind == TB_KIND_FLOW || ind->kind == TB_KIND_STOCK ||
                  ind->kind == TB_KIND_COUNT;

    if (level && amount && !tb_indicator_is_ratio(ind))
        return mean_of_others(r, own, out);
    struct tb_measured others = tb_groups_pooled_others(r->ms, r->of, r->indicator, r->group,
                                                        r->entry[own].unit, r->period);
    *out = others.number;
    return others.known == TB_KNOWN;
}

/* The printed figure with which the unit lies above the average, itself counted in: that is
 * so when it lies above that of all the others. */
static void aim_at_average(const struct ranked *r, size_t own)
{
    struct tb_rational others;
    struct tb_decimal step;

    if (!average_of_others(r, own, &others) ||
        !tb_catchup_step(others, r->decimals, !r->lower, true, &step))
        return;
    if (r->lower ? step.units < r->entry[own].value : step.units > r->entry[own].value)
        put_row(r, own, AIM_AVERAGE, 0, step.units);
}

/* The last k of a group, as lists have it: no unit is both in front and last. */
static size_t last_places(const struct ranked *r)
{
    size_t k = (size_t)r->ms->profile->set.bottom_k;

    return k < r->n / 2 ? k : r->n / 2;
}

static size_t front_places(const struct ranked *r)
{
    struct tb_rational share, places;
    struct tb_decimal up;

    if (!tb_rational_from_decimal(r->ms->profile->set.front_share, &share) ||
        !tb_rational_mul(share, tb_rational_int((int64_t)r->n), &places) ||
        !tb_catchup_step(places, 0, true, false, &up) || up.units < 1)
        return 0;
    return (size_t)up.units;
}

static void aim_at_places(const struct ranked *r, size_t own)
{
    const struct tb_standing *place = r->entry[own].place;
    size_t front = front_places(r), last = last_places(r);
    int64_t before = place->has_movement ? (int64_t)place->rank + place->movement : 0;

    if (place->rank > 1)
        put_row(r, own, AIM_NEXT, place->rank - 1,
                tb_what_if_place(r->sorted, own, place->rank - 1));
    if (before >= 1 && before < place->rank)
        put_row(r, own, AIM_REGAIN, (size_t)before,
                tb_what_if_place(r->sorted, own, (size_t)before));
    if (front && place->rank > front)
        put_row(r, own, AIM_FRONT, front, tb_what_if_place(r->sorted, own, front));
    if (last && place->bottom <= last && place->rank > 1) /* who is first is not among the last */
        put_row(r, own, AIM_BOTTOM, last,
                tb_what_if_bottom(r->sorted, r->n, own, last, r->lower));
}

/* The ranked members by their places; 0, or -1 when memory is out. */
static int gather(struct ranked *r, const struct tb_ranks_row *row, const struct tb_standing *place)
{
    const struct tb_group *g = &r->ms->profile->groups[r->group];

    r->entry = calloc(g->n_members + 1, sizeof *r->entry);
    r->sorted = calloc(g->n_members + 1, sizeof *r->sorted);
    if (!r->entry || !r->sorted)
        return -1;
    for (size_t m = 0; m < g->n_members; m++)
        if (row->has[m] && place[m].rank > 0)
            r->entry[r->n++] = (struct entry){ row->value[m].num, g->member[m], &place[m] };
    qsort(r->entry, r->n, sizeof *r->entry, from_best);
    for (size_t i = 0; i < r->n; i++)
        r->sorted[i] = r->entry[i].value;
    return 0;
}

static int put_group(struct ranked *r, struct tb_error *err)
{
    const struct tb_profile *profile = r->ms->profile;
    const struct tb_indicator *ind = &profile->indicators[r->indicator];
    size_t n = profile->groups[r->group].n_members, n_ranked;
    struct tb_standing *place = calloc(n + 1, sizeof *place);
    struct tb_ranks_row now = { 0 }, before = { 0 };
    int rc = -1;

    if (!place || tb_ranks_row_init(&now, n, err) < 0 || tb_ranks_row_init(&before, n, err) < 0)
        goto out;
    tb_findings_row(r->ms, r->of, r->indicator, r->group, r->period, true, &now);
    tb_findings_row(r->ms, r->of, r->indicator, r->group, tb_indicator_previous(ind, r->period),
                    true, &before);
    if (tb_ranks_places(&profile->set, r->lower, &now, place, &n_ranked, err) < 0 ||
        tb_ranks_movement(&profile->set, r->lower, &before, &now, place, err) < 0 ||
        gather(r, &now, place) < 0)
        goto out;
    for (size_t own = 0; own < r->n && r->n > 1; own++) {
        if (!profile->set.dense_ranks)
            aim_at_places(r, own);
        aim_at_average(r, own);
    }
    rc = 0;
out:
    if (rc < 0 && !err->text[0])
        tb_error_set(err, "out of memory for the places of %zu units", n);
    tb_ranks_row_release(&now);
    tb_ranks_row_release(&before);
    free(place);
    free(r->entry);
    free(r->sorted);
    return rc;
}

static int put_indicator(void *user, size_t i, struct tb_error *err)
{
    struct job *job = user;
    const struct tb_profile *profile = job->ms->profile;
    const struct tb_indicator *ind = &profile->indicators[i];

    if (job->ms->planes[i].n_periods == 0 || ind->direction == TB_NEUTRAL)
        return 0;
    for (size_t h = 0; h < ind->n_headlines; h++)
        for (size_t g = 0; g < profile->n_groups; g++) {
            enum tb_measure of = (enum tb_measure)ind->headline[h];
            struct ranked r = { .ms = job->ms, .indicator = i, .group = g, .of = of,
                                .period = tb_targets_period(profile, i, job->period),
                                .lower = tb_indicator_lower_is_better(ind),
                                .decimals = tb_measures_decimals(profile, i, of),
                                .out = &job->rows[i] };
            if (!memchr(ind->headline, of, h) && tb_layout_group_reports(job->ms, i, g) &&
                put_group(&r, err) < 0)
                return -1;
        }
    return 0;
}

static const char HEAD[] = "unit,indicator,measure,group,period,value,place,ranked,aim,k,need,gap,"
                           "level,amount,per_period,periods_left\n";

/* The rows of all indicators, without making one text of them first. */
static int write_rows(const struct job *job, const char *path, struct tb_error *err)
{
    struct tb_newfile *file = tb_newfile_open(path, TB_NEWFILE_PLAIN, err);
    int rc = file ? tb_newfile_add(file, HEAD, strlen(HEAD), err) : -1;

    for (size_t i = 0; rc == 0 && i < job->ms->profile->n_indicators; i++) {
        const struct tb_buf *rows = &job->rows[i];
        rc = tb_buf_ok(rows, err) ? tb_newfile_add(file, tb_buf_text(rows), rows->len, err) : -1;
    }
    if (rc == 0)
        rc = tb_newfile_commit(file, err);
    tb_newfile_free(file);
    return rc;
}

int tb_what_if_write(const struct tb_measures *ms, struct tb_period period, const char *folder,
                     size_t threads, struct tb_error *err)
{
    size_t n = ms->profile->n_indicators;
    struct job job = { ms, period, calloc(n + 1, sizeof *job.rows) };
    char *path = tb_path("%s/what_if.csv", folder);
    int rc = -1;

    if (!job.rows || !path)
        tb_error_set(err, "out of memory for %zu indicators", n);
    else if (tb_parallel(threads, n, put_indicator, &job, err) == 0)
        rc = write_rows(&job, path, err);
    for (size_t i = 0; job.rows && i < n; i++)
        tb_buf_release(&job.rows[i]);
    free(job.rows);
    free(path);
    return rc;
}
