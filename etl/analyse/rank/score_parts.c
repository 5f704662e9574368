/* score_parts.c - score_parts.csv: a row for each unit and indicator, one for what rounding
 * leaves and one for the total. */
#include "analyse/rank/score_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/rank/score_points.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"

enum { DIGITS = 2 }; /* of scores and their parts, as the plane has them */

static const char head[] = "group,unit,indicator,period,before,points,weight_pct,note,points_before,"
                           "now,was,change,places\n";

/* One indicator of one member in one period; numbers in hundredths. */
struct part {
    struct tb_point point;
    double weight; /* of the whole, 0..1 */
    int64_t given; /* to an arithmetic score */
};

/* One member: [0] the period, [1] the one before. */
struct member {
    bool has[2];
    enum tb_composite_fault fault; /* why there is no score of the period */
    int64_t score[2];
    int64_t change, remainder;
};

struct decomposition {
    const struct tb_measures *ms;
    struct tb_score_points points;
    struct tb_period period[2];
    bool has_before;
    size_t n, n_parts;
    struct member *member; /* [n] */
    struct part *part[2];  /* [n * n_parts] */
    int64_t *change;       /* [n * n_parts] in hundredths of a point */
    double *places;        /* [n_parts] of one member, and one for the remainder */
};

static const struct tb_plane *score_plane(const struct decomposition *d)
{
    return tb_cube_find(d->points.findings,
                        (struct tb_plane_key){ TB_ALL_INDICATORS, TB_MEASURE_SCORE, TB_N_MEASURES,
                                               (uint8_t)d->points.group });
}

/* The last period before in which anybody of the group has a score. */
static bool find_before(struct decomposition *d)
{
    const struct tb_plane *plane = score_plane(d);
    const struct tb_group *g = &d->ms->profile->groups[d->points.group];

    for (d->period[1] = d->period[0]; plane && d->period[1].index > plane->first;) {
        d->period[1].index--;
        for (size_t m = 0; m < d->n; m++)
            if (tb_status_has_value(tb_plane_get(plane, d->period[1], g->member[m], NULL)))
                return true;
    }
    return false;
}

/* The points of a period into d->part[at], and the printed scores. */
static void take(struct decomposition *d, int at)
{
    const struct tb_settings *set = &d->ms->profile->set;

    tb_score_points_at(&d->points, d->period[at]);
    for (size_t m = 0; m < d->n; m++) {
        struct part *part = d->part[at] + m * d->n_parts;
        struct tb_wide exact;
        enum tb_composite_fault fault = tb_score_points_join(&d->points, m, &exact);
        const struct tb_point *point = tb_score_points_of(&d->points, m);
        d->member[m].has[at] =
            fault == TB_COMPOSITE_FINE &&
            tb_wide_round(exact, DIGITS, set->round_mode, &d->member[m].score[at]);
        if (at == 0)
            d->member[m].fault = fault;
        for (size_t i = 0; i < d->n_parts; i++) {
            const struct tb_share *share = &d->points.share[i];
            part[i] = (struct part){ .point = point[i] };
            if (d->points.whole <= 0 || share->num == 0)
                continue;
            part[i].weight =
                (double)share->num / ((double)share->den * (double)d->points.whole);
            if (set->aggregate == TB_AGGREGATE_ARITHMETIC &&
                tb_composite_part(point[i], *share, d->points.whole, &exact))
                (void)tb_wide_round(exact, DIGITS, set->round_mode, &part[i].given);
        }
    }
}

/* (a - b) / (ln a - ln b), the mean that divides a change of a product without a residual. */
static double logarithmic_mean(double a, double b)
{
    return fabs(a - b) < 1e-12 * a ? a : (a - b) / (log(a) - log(b));
}

static double log_part(const struct part *part)
{
    double points = tb_rational_double(part->point.points);

    return part->weight > 0 && points > 0 ? part->weight * log(points) : 0;
}

static void divide_change(struct decomposition *d, size_t m)
{
    struct member *member = &d->member[m];
    bool geometric = d->ms->profile->set.aggregate == TB_AGGREGATE_GEOMETRIC;
    const struct part *now = d->part[0] + m * d->n_parts, *was = d->part[1] + m * d->n_parts;
    int64_t *change = d->change + m * d->n_parts;
    double mean = geometric
                      ? logarithmic_mean((double)member->score[0], (double)member->score[1])
                      : 0;

    member->change = member->remainder = member->score[0] - member->score[1];
    for (size_t i = 0; i < d->n_parts; i++) {
        change[i] = geometric ? llround(mean * (log_part(&now[i]) - log_part(&was[i])))
                              : now[i].given - was[i].given;
        member->remainder -= change[i];
    }
}

static int order(int64_t own, int64_t other)
{
    return (other > own) - (other < own); /* 1: the other is ahead */
}

/* Places that member m gained on each rival, divided among indicators in d->places; the last
 * is the remainder of rounding.  Returns the whole gain: 1 for each who was ahead (or level)
 * and no longer is. */
static int64_t divide_places(struct decomposition *d, size_t m)
{
    const struct member *own = &d->member[m];
    const int64_t *change = d->change + m * d->n_parts;
    int64_t gained = 0;

    memset(d->places, 0, (d->n_parts + 1) * sizeof *d->places);
    for (size_t r = 0; r < d->n; r++) {
        const struct member *rival = &d->member[r];
        const int64_t *other = d->change + r * d->n_parts;
        if (r == m || !rival->has[0] || !rival->has[1])
            continue;
        int gain = (order(own->score[1], rival->score[1]) > 0) -
                   (order(own->score[0], rival->score[0]) > 0);
        double distance = (double)(own->change - rival->change);
        if (gain == 0)
            continue; /* then the distance may be 0; else it is not */
        gained += gain;
        for (size_t i = 0; i < d->n_parts; i++)
            d->places[i] += gain * (double)(change[i] - other[i]) / distance;
        d->places[d->n_parts] += gain * (double)(own->remainder - rival->remainder) / distance;
    }
    return gained;
}

static void put_hundredths(struct tb_buf *out, int64_t number, bool has)
{
    char text[TB_DECIMAL_TEXT] = "";

    if (has)
        tb_decimal_format((struct tb_decimal){ number, DIGITS }, text);
    tb_csv_put(out, text);
}

static void put_points(struct tb_buf *out, const struct tb_point *point,
                       enum tb_round_mode mode)
{
    struct tb_decimal printed = { 0, 0 };
    bool has = point->has && tb_rational_round(point->points, DIGITS, mode, &printed);

    put_hundredths(out, printed.units, has);
}

static void put_first(const struct decomposition *d, size_t m, const char *what,
                      struct tb_buf *out)
{
    const struct tb_profile *profile = d->ms->profile;
    const struct tb_group *g = &profile->groups[d->points.group];
    char period[TB_PERIOD_TEXT], before[TB_PERIOD_TEXT] = "";

    tb_period_format(d->period[0], period);
    if (d->has_before)
        tb_period_format(d->period[1], before);
    tb_csv_put(out, g->code);
    tb_csv_put(out, profile->units[g->member[m]].code);
    tb_csv_put(out, what);
    tb_csv_put(out, period);
    tb_csv_put(out, before);
}

/* Rows of one member.  `places` are printed with what is left over in the remainder. */
static void put_member(struct decomposition *d, size_t m, struct tb_buf *out)
{
    const struct tb_profile *profile = d->ms->profile;
    const struct member *member = &d->member[m];
    bool arithmetic = profile->set.aggregate == TB_AGGREGATE_ARITHMETIC;
    bool both = member->has[0] && member->has[1];
    int64_t gained = both ? divide_places(d, m) : 0, left = 100 * gained;
    int64_t rest[2] = { member->score[0], member->score[1] };

    for (size_t i = 0; i < d->n_parts; i++) {
        const struct part *now = &d->part[0][m * d->n_parts + i];
        const struct part *was = &d->part[1][m * d->n_parts + i];
        int64_t places = both ? llround(100 * d->places[i]) : 0;
        put_first(d, m, profile->indicators[d->points.weights.indicator[i]].code, out);
        put_points(out, &now->point, profile->set.round_mode);
        put_hundredths(out, llround(1e4 * now->weight), now->weight > 0);
        tb_csv_put(out, tb_point_note_name((enum tb_point_note)now->point.note));
        put_points(out, &was->point, profile->set.round_mode);
        put_hundredths(out, now->given, arithmetic && member->has[0] && now->weight > 0);
        put_hundredths(out, was->given, arithmetic && member->has[1] && was->weight > 0);
        put_hundredths(out, d->change[m * d->n_parts + i], both);
        put_hundredths(out, places, both);
        tb_csv_end_row(out);
        left -= places;
        rest[0] -= now->given;
        rest[1] -= was->given;
    }
    put_first(d, m, "remainder", out);
    for (int empty = 0; empty < 4; empty++)
        tb_csv_put(out, "");
    put_hundredths(out, rest[0], arithmetic && member->has[0]);
    put_hundredths(out, rest[1], arithmetic && member->has[1]);
    put_hundredths(out, member->remainder, both);
    put_hundredths(out, left, both);
    tb_csv_end_row(out);
    put_first(d, m, "total", out);
    tb_csv_put(out, "");
    tb_csv_put(out, "");
    tb_csv_put(out, member->fault == TB_COMPOSITE_NOT_POSITIVE ? "not_positive"
                    : member->fault == TB_COMPOSITE_TOO_LARGE  ? "too_large"
                                                               : "");
    tb_csv_put(out, "");
    put_hundredths(out, member->score[0], member->has[0]);
    put_hundredths(out, member->score[1], member->has[1]);
    put_hundredths(out, member->change, both);
    put_hundredths(out, 100 * gained, both);
    tb_csv_end_row(out);
}

static void decompose(struct decomposition *d, struct tb_buf *out)
{
    d->has_before = find_before(d);
    take(d, 0);
    if (d->has_before)
        take(d, 1);
    for (size_t m = 0; m < d->n; m++)
        if (d->member[m].has[0] && d->member[m].has[1])
            divide_change(d, m);
    for (size_t m = 0; m < d->n; m++)
        if (d->member[m].has[0] || d->member[m].fault > TB_COMPOSITE_NOTHING)
            put_member(d, m, out);
}

static int put_group(const struct tb_measures *ms, size_t group, struct tb_period period,
                     struct tb_buf *out, struct tb_error *err)
{
    struct decomposition d = { .ms = ms };
    size_t cells;
    int rc = -1;

    if (tb_score_points_init(&d.points, ms, ms->findings, group, err) < 0)
        return -1;
    d.period[0] = period;
    d.n = d.points.n;
    d.n_parts = d.points.weights.n;
    if (tb_size_mul(d.n, d.n_parts, &cells)) {
        d.member = calloc(d.n + 1, sizeof *d.member);
        d.part[0] = calloc(cells + 1, sizeof *d.part[0]);
        d.part[1] = calloc(cells + 1, sizeof *d.part[1]);
        d.change = calloc(cells + 1, sizeof *d.change);
        d.places = calloc(d.n_parts + 1, sizeof *d.places);
    }
    if (!d.member || !d.part[0] || !d.part[1] || !d.change || !d.places) {
        tb_error_set(err, "out of memory for the parts of %zu scores", d.n);
    } else {
        decompose(&d, out);
        rc = 0;
    }
    tb_score_points_release(&d.points);
    free(d.member);
    free(d.part[0]);
    free(d.part[1]);
    free(d.change);
    free(d.places);
    return rc;
}

int tb_score_parts_write(const struct tb_measures *ms, const char *folder,
                         struct tb_period period, struct tb_error *err)
{
    const struct tb_settings *set = &ms->profile->set;
    const char *const groups[2] = { set->subject_group, set->children_group };
    struct tb_buf text = TB_BUF_INIT;
    char *path = tb_path("%s/score_parts.csv", folder);
    int rc = path ? 0 : tb_error_set(err, "out of memory for 'score_parts.csv'");

    tb_buf_puts(&text, head);
    for (int k = 0; rc == 0 && k < 2; k++) {
        int32_t g = groups[k] ? tb_profile_group(ms->profile, groups[k], strlen(groups[k])) : -1;
        if (g >= 0 && (k == 0 || !groups[0] || strcmp(groups[0], groups[1]) != 0))
            rc = put_group(ms, (size_t)g, tb_period_within(period, set->frequency), &text, err);
    }
    if (rc == 0)
        rc = tb_buf_ok(&text, err) ? tb_newfile_write(path, tb_buf_text(&text), text.len, err)
                                   : -1;
    free(path);
    tb_buf_release(&text);
    return rc;
}
