/* goalposts.c - given goalposts, or last year's range. */
#include "analyse/rank/goalposts.h"

#include <stdlib.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"

static void widen(struct tb_goalposts *posts, struct tb_rational x)
{
    if (!posts->has || tb_rational_cmp(x, posts->post[0]) < 0)
        posts->post[0] = x;
    if (!posts->has || tb_rational_cmp(x, posts->post[1]) > 0)
        posts->post[1] = x;
    posts->has = true;
}

/* The printed numbers of one period that had a place. */
static void look_at(const struct tb_plane *value, const struct tb_plane *place,
                    const struct tb_group *group, struct tb_period period,
                    struct tb_goalposts *posts)
{
    struct tb_decimal printed;
    struct tb_rational x;

    for (size_t m = 0; m < group->n_members; m++)
        if (tb_status_has_value(tb_plane_get(place, period, group->member[m], NULL)) &&
            tb_status_has_value(tb_plane_get(value, period, group->member[m], &printed)) &&
            tb_rational_from_decimal(printed, &x))
            widen(posts, x);
}

struct tb_goalposts tb_goalposts_of(const struct tb_measures *ms, const struct tb_cube *findings,
                                    size_t indicator, size_t group, struct tb_period period)
{
    const struct tb_indicator *in = &ms->profile->indicators[indicator];
    struct tb_goalposts posts = { .post = { { 0, 1 }, { 0, 1 } } };

    if (in->has_low && in->has_high) {
        posts.has = tb_rational_from_decimal(in->low, &posts.post[0]) &&
                    tb_rational_from_decimal(in->high, &posts.post[1]);
        return posts;
    }
    struct tb_plane_key key = { (uint16_t)indicator, TB_MEASURE_RANK, in->headline[0],
                                (uint8_t)group };
    const struct tb_plane *place = tb_cube_find(findings, key);
    const struct tb_plane *value =
        tb_cube_measure(findings, indicator, (enum tb_measure)in->headline[0]);
    /* The year of `period` as a whole: its last period is within it in any frequency. */
    struct tb_period at = tb_period_year_end(period, ms->profile->set.year_start);
    at = tb_period_year_start(tb_period_within(at, in->frequency), ms->profile->set.year_start);
    posts.derived = true;
    for (int back = tb_periods_per_year(in->frequency); back > 0; back--)
        look_at(value, place, &ms->profile->groups[group],
                (struct tb_period){ at.freq, at.index - back }, &posts);
    return posts;
}

static void put_post(struct tb_buf *out, const struct tb_goalposts *posts, int which)
{
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal number;

    /* Both sources are decimals, so twelve digits hold them whole. */
    if (posts->has && tb_rational_round(posts->post[which], TB_DECIMAL_SCALE_MAX,
                                        TB_ROUND_HALF_EVEN, &number))
        tb_decimal_format(tb_decimal_trim(number), text);
    tb_csv_put(out, text);
}

static void put_group(const struct tb_measures *ms, size_t group, struct tb_period period,
                      struct tb_buf *out)
{
    const struct tb_profile *profile = ms->profile;
    char year[TB_PERIOD_TEXT];

    tb_period_format(tb_period_year_start(period, profile->set.year_start), year);
    for (size_t i = 0; i < profile->n_indicators; i++) {
        const struct tb_indicator *in = &profile->indicators[i];
        if (in->weight.units <= 0 || in->direction == TB_NEUTRAL || in->n_headlines == 0)
            continue;
        struct tb_goalposts posts = tb_goalposts_of(ms, ms->findings, i, group, period);
        tb_csv_put(out, profile->groups[group].code);
        tb_csv_put(out, in->code);
        tb_csv_put(out, tb_measure_name((enum tb_measure)in->headline[0]));
        tb_csv_put(out, year);
        put_post(out, &posts, 0);
        put_post(out, &posts, 1);
        tb_csv_put(out, !posts.has ? "none" : posts.derived ? "last_year" : "given");
        tb_csv_end_row(out);
    }
}

int tb_goalposts_write(const struct tb_measures *ms, const char *folder, struct tb_period period,
                       struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    char *path = tb_path("%s/goalposts.csv", folder);
    int rc = -1;

    tb_buf_puts(&text, "group,indicator,measure,from,low,high,source\n");
    for (size_t g = 0; g < ms->profile->n_groups; g++)
        if (ms->profile->set.normalise == TB_NORMALISE_GOALPOSTS)
            put_group(ms, g, period, &text);
    if (!path)
        tb_error_set(err, "out of memory for 'goalposts.csv'");
    else if (tb_buf_ok(&text, err))
        rc = tb_newfile_write(path, tb_buf_text(&text), text.len, err);
    free(path);
    tb_buf_release(&text);
    return rc;
}
