/* ranking.c - rows of rank_confidence.csv. */
#include "analyse/rank/ranking.h"

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/profile.h"

static void put_int(struct tb_buf *out, uint64_t number)
{
    tb_csv_put_int(out, (int64_t)number);
}

/* A share of the draws in percent, with one digit. */
static void put_share(struct tb_buf *out, size_t n, size_t runs)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format(
        (struct tb_decimal){ (int64_t)((2000 * (uint64_t)n + runs) / (2 * (uint64_t)runs)), 1 },
        text);
    tb_csv_put(out, text);
}

static void put_first(const struct tb_ranking *r, const char *unit, const char *basis, size_t runs,
                      struct tb_buf *out)
{
    char period[TB_PERIOD_TEXT];

    tb_period_format(r->period, period);
    tb_csv_put(out, r->ms->profile->groups[r->group].code);
    tb_csv_put(out, unit);
    tb_csv_put(out, r->code);
    tb_csv_put(out, r->measure);
    tb_csv_put(out, period);
    tb_csv_put(out, basis);
    put_int(out, runs);
    put_int(out, r->seed);
}

void tb_ranking_put_none(const struct tb_ranking *r, const char *why, struct tb_buf *out)
{
    put_first(r, "", why, 0, out);
    for (int empty = 0; empty < 11; empty++)
        tb_csv_put(out, "");
    tb_csv_end_row(out);
}

static void put_place(const struct tb_ranking *r, enum tb_measure which, size_t unit,
                      struct tb_buf *out)
{
    struct tb_plane_key key = r->rank;
    struct tb_decimal place = { 0, 0 };

    key.measure = (uint8_t)which;
    if (tb_status_has_value(tb_plane_get(tb_cube_find(r->ms->findings, key), r->period, unit,
                                         &place)))
        tb_csv_put_int(out, place.units);
    else
        tb_csv_put(out, "");
}

/* The units that the one at place `at` of the published order cannot be told from. */
static void put_tied(const struct tb_ranking *r, const struct tb_rank_draws *draws, size_t at,
                     struct tb_buf *out)
{
    const struct tb_profile *profile = r->ms->profile;
    const struct tb_group *g = &profile->groups[r->group];
    struct tb_buf text = TB_BUF_INIT;

    for (size_t b = at > TB_NEIGHBOURS ? at - TB_NEIGHBOURS : 0;
         b <= at + TB_NEIGHBOURS && b < draws->n; b++)
        if (tb_rank_draws_tied(draws, b < at ? b : at, b < at ? at : b))
            tb_buf_printf(&text, "%s%s", text.len ? ";" : "",
                          profile->units[g->member[r->member[draws->order[b]]]].code);
    tb_csv_put(out, tb_buf_text(&text));
    out->failed |= text.failed;
    tb_buf_release(&text);
}

void tb_ranking_put_units(const struct tb_ranking *r, const struct tb_rank_draws *draws,
                      const char *basis, struct tb_buf *out)
{
    const struct tb_profile *profile = r->ms->profile;
    uint32_t k = (uint32_t)profile->set.bottom_k;

    k = k > r->n / 2 ? (uint32_t)(r->n / 2) : k;
    for (size_t at = 0; at < r->n; at++) {
        size_t u = draws->order[at];
        size_t unit = profile->groups[r->group].member[r->member[u]];
        put_first(r, profile->units[unit].code, basis, draws->runs, out);
        put_int(out, k);
        put_place(r, TB_MEASURE_RANK, unit, out);
        put_int(out, tb_rank_draws_percentile(draws, draws->by_rank, u, 5));
        put_int(out, tb_rank_draws_percentile(draws, draws->by_rank, u, 50));
        put_int(out, tb_rank_draws_percentile(draws, draws->by_rank, u, 95));
        put_place(r, TB_MEASURE_BOTTOM, unit, out);
        put_int(out, tb_rank_draws_percentile(draws, draws->by_bottom, u, 5));
        put_int(out, tb_rank_draws_percentile(draws, draws->by_bottom, u, 95));
        put_share(out, tb_rank_draws_within(draws, draws->by_rank, u, k), draws->runs);
        put_share(out, tb_rank_draws_within(draws, draws->by_bottom, u, k), draws->runs);
        put_tied(r, draws, at, out);
        tb_csv_end_row(out);
    }
}
