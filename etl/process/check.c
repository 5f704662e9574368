/* check.c - the validation rules of checks.csv over the cube (GSBPM 5.3).
 *
 * In three rounds: first those that ask whether a number is a power of ten off its own
 * past, then the others, last the errors that hold a whole against the sum of its
 * parts.  A round does not see what those before it held. */
#include "process/check.h"

#include <stdlib.h>

#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"

struct checking {
    struct tb_work *work;
    struct tb_check_item *item; /* round by round */
    size_t n;
    size_t end[3];              /* of each round */
};

struct round {
    const struct checking *checking;
    size_t from;
};

static int run_item(void *user, size_t i, struct tb_error *err)
{
    const struct round *round = user;

    return tb_check_item_run(round->checking->work, &round->checking->item[round->from + i], err);
}

static void join(struct tb_work *work, const struct tb_check_item *item)
{
    tb_buf_add(&work->checks, tb_buf_text(&item->rows), item->rows.len);
    tb_check_hold(work, item);
    work->n_checked += item->n_checked;
    work->n_unjudged += item->n_unjudged;
    work->n_failed += item->n_failures;
}

static int run_round(const struct checking *checking, size_t from, size_t end, struct tb_error *err)
{
    struct round round = { checking, from };

    if (tb_parallel(checking->work->stage->common->threads, end - from, run_item, &round, err) < 0)
        return -1;
    for (size_t i = from; i < end; i++)
        join(checking->work, &checking->item[i]);
    return 0;
}

static int round_of(const struct tb_check *check)
{
    if (tb_rule_uses_scale(check->rule))
        return 0;
    return check->severity == TB_CHECK_ERROR && tb_rule_sums_units(check->rule) ? 2 : 1;
}

static void list_items(struct checking *checking, int round)
{
    const struct tb_profile *profile = checking->work->profile;

    for (size_t c = 0; c < profile->n_checks; c++) {
        const struct tb_check *check = &profile->checks[c];
        if (round_of(check) != round)
            continue;
        for (size_t i = 0; i < profile->n_indicators; i++)
            if (check->indicator == TB_NONE || (size_t)check->indicator == i)
                checking->item[checking->n++] =
                    (struct tb_check_item){ .check = c, .indicator = i, .of_parts = round == 2 };
    }
    checking->end[round] = checking->n;
}

/* One row for each check and indicator with anything to judge: what came out. */
static void put_counts(struct tb_work *work, const struct tb_check_item *item)
{
    const struct tb_check *check = &work->profile->checks[item->check];
    const size_t counts[] = { item->n_checked,
                              item->n_checked - item->n_failures - item->n_unjudged,
                              item->n_failures,
                              item->n_unknown[TB_UNKNOWN_NO_DATA] +
                                  item->n_unknown[TB_UNKNOWN_HELD],
                              item->n_unknown[TB_UNKNOWN_NOT_COMPUTABLE],
                              item->n_unknown[TB_UNKNOWN_NOT_APPLICABLE] };

    if (item->n_checked == 0)
        return;
    tb_csv_put(&work->outcomes, check->code);
    tb_csv_put(&work->outcomes, check->severity == TB_CHECK_ERROR ? "error" : "warning");
    tb_csv_put(&work->outcomes, work->profile->indicators[item->indicator].code);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        tb_csv_put_int(&work->outcomes, (int64_t)counts[i]);
    tb_csv_end_row(&work->outcomes);
}

static int run_rounds(struct checking *checking, struct tb_error *err)
{
    struct tb_work *work = checking->work;

    for (int round = 0; round < 3; round++) {
        size_t from = round ? checking->end[round - 1] : 0;
        if (from == checking->end[round])
            continue;
        if (work->n_held && tb_work_derive(work, err) < 0) /* without what is held */
            return -1;
        if (run_round(checking, from, checking->end[round], err) < 0)
            return -1;
    }
    for (size_t i = 0; i < checking->n; i++)
        put_counts(work, &checking->item[i]);
    if (tb_worklist_put(work, checking->item, checking->n, &work->worklist, err) < 0)
        return -1;
    return tb_buf_ok(&work->checks, err) && tb_buf_ok(&work->outcomes, err) ? 0 : -1;
}

int tb_work_check(struct tb_work *work, struct tb_error *err)
{
    struct checking checking = { .work = work };
    const struct tb_profile *profile = work->profile;

    checking.item = calloc(profile->n_checks * profile->n_indicators + 1, sizeof *checking.item);
    if (!checking.item)
        return tb_error_set(err, "out of memory for %zu checks", profile->n_checks);
    for (int round = 0; round < 3; round++)
        list_items(&checking, round);
    int rc = run_rounds(&checking, err);
    for (size_t i = 0; i < checking.n; i++)
        tb_check_item_release(&checking.item[i]);
    free(checking.item);
    return rc;
}
