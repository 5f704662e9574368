/* ranks.c - places with ties over the members of a group. */
#include "analyse/ranks.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/rank.h"

int tb_ranks_row_init(struct tb_ranks_row *row, size_t n, struct tb_error *err)
{
    *row = (struct tb_ranks_row){ .n = n };
    row->value = calloc(n ? n : 1, sizeof *row->value);
    row->has = calloc(n ? n : 1, sizeof *row->has);
    row->open = calloc(n ? n : 1, sizeof *row->open);
    if (row->value && row->has && row->open)
        return 0;
    tb_ranks_row_release(row);
    return tb_error_set(err, "out of memory for a row of %zu units", n);
}

void tb_ranks_row_release(struct tb_ranks_row *row)
{
    free(row->value);
    free(row->has);
    free(row->open);
    *row = (struct tb_ranks_row){ 0 };
}

/* Missing members of an open row take the place after the last, together. */
static void place_missing_last(const struct tb_ranks_row *row, bool dense, struct tb_standing out[],
                               size_t n_ranked)
{
    size_t n_missing = 0;
    uint32_t last = tb_ranks_last(out, row->n);

    for (size_t m = 0; m < row->n; m++)
        n_missing += row->open[m] && !row->has[m];
    if (n_missing == 0)
        return;
    for (size_t m = 0; m < row->n; m++) {
        if (row->has[m])
            out[m].bottom += dense ? 1 : (uint32_t)n_missing;
        else if (row->open[m])
            out[m] = (struct tb_standing){
                .rank = dense ? last + 1 : (uint32_t)n_ranked + 1,
                .bottom = 1,
                .tied = n_missing > 1,
            };
    }
}

/* Ranks row->has[m] && (with == NULL || with->has[m]). */
static int rank_row(const struct tb_settings *set, bool lower_is_better,
                    const struct tb_ranks_row *row, const struct tb_ranks_row *with,
                    struct tb_standing out[], size_t *n_ranked, struct tb_error *err)
{
    struct tb_rank *rank = calloc(row->n ? row->n : 1, sizeof *rank);
    bool *has = calloc(row->n ? row->n : 1, sizeof *has);
    int64_t ranked = -1;

    if (rank && has) {
        for (size_t m = 0; m < row->n; m++)
            has[m] = row->has[m] && (!with || with->has[m]);
        ranked = tb_rank_values(row->value, has, row->n, lower_is_better, set->dense_ranks, rank);
    }
    for (size_t m = 0; ranked >= 0 && m < row->n; m++)
        out[m] = (struct tb_standing){ .rank = rank[m].rank,
                                       .bottom = rank[m].bottom,
                                       .tied = rank[m].tied };
    free(has);
    free(rank);
    if (ranked < 0)
        return tb_error_set(err, "out of memory for ranking %zu units", row->n);
    *n_ranked = (size_t)ranked;
    return 0;
}

int tb_ranks_places(const struct tb_settings *set, bool lower_is_better,
                    const struct tb_ranks_row *row, struct tb_standing out[], size_t *n_ranked,
                    struct tb_error *err)
{
    if (rank_row(set, lower_is_better, row, NULL, out, n_ranked, err) < 0)
        return -1;
    if (set->missing_ranks_last && *n_ranked > 0)
        place_missing_last(row, set->dense_ranks, out, *n_ranked);
    return 0;
}

int tb_ranks_movement(const struct tb_settings *set, bool lower_is_better,
                      const struct tb_ranks_row *before, const struct tb_ranks_row *now,
                      struct tb_standing out[], struct tb_error *err)
{
    size_t n = now->n, n_ranked;
    struct tb_standing *then = calloc(n ? n : 1, sizeof *then);
    struct tb_standing *here = calloc(n ? n : 1, sizeof *here);
    int rc = -1;

    if (!then || !here) {
        tb_error_set(err, "out of memory for the movement of %zu units", n);
        goto out;
    }
    if (rank_row(set, lower_is_better, before, now, then, &n_ranked, err) < 0 ||
        rank_row(set, lower_is_better, now, before, here, &n_ranked, err) < 0)
        goto out;
    for (size_t m = 0; m < n; m++) {
        out[m].has_movement = then[m].rank > 0 && here[m].rank > 0;
        out[m].movement = out[m].has_movement ? (int32_t)then[m].rank - (int32_t)here[m].rank : 0;
    }
    rc = 0;
out:
    free(here);
    free(then);
    return rc;
}

bool tb_ranks_all_equal(const struct tb_standing out[], size_t n)
{
    return tb_ranks_last(out, n) <= 1;
}

uint32_t tb_ranks_last(const struct tb_standing out[], size_t n)
{
    uint32_t last = 0;

    for (size_t m = 0; m < n; m++)
        if (out[m].rank > last)
            last = out[m].rank;
    return last;
}
