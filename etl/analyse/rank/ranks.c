/* ranks.c - places with ties over the members of a group. */
#include "analyse/rank/ranks.h"

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
    row->order = calloc(n ? n : 1, sizeof *row->order);
    row->kept = calloc(n ? n : 1, sizeof *row->kept);
    row->rank = calloc(n ? n : 1, sizeof *row->rank);
    if (row->value && row->has && row->open && row->order && row->kept && row->rank)
        return 0;
    tb_ranks_row_release(row);
    return tb_error_set(err, "out of memory for a row of %zu units", n);
}

void tb_ranks_row_release(struct tb_ranks_row *row)
{
    free(row->value);
    free(row->has);
    free(row->open);
    free(row->order);
    free(row->kept);
    free(row->rank);
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

/* Sorts a row that was filled anew. */
static int put_in_order(struct tb_ranks_row *row, struct tb_error *err)
{
    if (row->ordered)
        return 0;
    int64_t n_ranked = tb_rank_order(row->value, row->has, row->n, row->order);
    if (n_ranked < 0)
        return tb_error_set(err, "out of memory for ranking %zu units", row->n);
    row->n_ranked = (size_t)n_ranked;
    row->ordered = true;
    return 0;
}

int tb_ranks_places(const struct tb_settings *set, bool lower_is_better, struct tb_ranks_row *row,
                    struct tb_standing out[], size_t *n_ranked, struct tb_error *err)
{
    if (put_in_order(row, err) < 0)
        return -1;
    memset(row->rank, 0, row->n * sizeof *row->rank);
    tb_rank_places(row->value, row->order, row->n_ranked, lower_is_better, set->dense_ranks,
                   row->rank);
    for (size_t m = 0; m < row->n; m++)
        out[m] = (struct tb_standing){ .rank = row->rank[m].rank,
                                       .bottom = row->rank[m].bottom,
                                       .tied = row->rank[m].tied };
    *n_ranked = row->n_ranked;
    if (set->missing_ranks_last && *n_ranked > 0)
        place_missing_last(row, set->dense_ranks, out, *n_ranked);
    return 0;
}

/* Places in row->rank over the members that `with` ranks too; the order is that of the
 * whole row without the others. */
static void rank_shared(const struct tb_settings *set, bool lower_is_better,
                        struct tb_ranks_row *row, const struct tb_ranks_row *with)
{
    size_t n = 0;

    for (size_t i = 0; i < row->n_ranked; i++)
        if (with->has[row->order[i]])
            row->kept[n++] = row->order[i];
    tb_rank_places(row->value, row->kept, n, lower_is_better, set->dense_ranks, row->rank);
}

int tb_ranks_movement(const struct tb_settings *set, bool lower_is_better,
                      struct tb_ranks_row *before, struct tb_ranks_row *now,
                      struct tb_standing out[], struct tb_error *err)
{
    if (put_in_order(before, err) < 0 || put_in_order(now, err) < 0)
        return -1;
    rank_shared(set, lower_is_better, before, now);
    rank_shared(set, lower_is_better, now, before);
    for (size_t m = 0; m < now->n; m++) {
        out[m].has_movement = before->has[m] && now->has[m];
        out[m].movement = out[m].has_movement
                              ? (int32_t)before->rank[m].rank - (int32_t)now->rank[m].rank
                              : 0;
    }
    return 0;
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
