/* main.c - tongbao-collect: the inbox and the archive -> coded observations,
 * rejects and receipts.
 *
 * Options, inbox, list of arrivals, one reading of each (in parallel), tables,
 * receipts, account.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/receipt/account.h"
#include "collect/inbox/copies.h"
#include "collect/inbox/inbox.h"
#include "collect/inbox/outcome.h"
#include "collect/receipt/output.h"
#include "collect/receipt/receipt.h"
#include "collect/receipt/store.h"
#include "collect/submission.h"
#include "collect/inbox/vintage.h"
#include "collect/inbox/withdrawal.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/options.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"

/* One run. */
struct collecting {
    struct tb_stage stage;
    struct tb_arrivals arrivals;
    struct tb_outcome *outcome;
    size_t n;
    size_t *reading;   /* outcomes that are read, each key once */
    size_t n_readings;
    struct tb_inbox_account inbox;
};

/* The arrivals up to --as-of, in the order of vintages. */
static int list_arrivals(struct collecting *c, struct tb_error *err)
{
    if (tb_arrivals_load(c->stage.data, &c->arrivals, err) < 0)
        return -1;
    while (c->n < c->arrivals.n &&
           (!c->stage.has_as_of || c->arrivals.item[c->n].received <= c->stage.as_of))
        c->n++;
    c->outcome = calloc(c->n + 1, sizeof *c->outcome);
    c->reading = calloc(c->n + 1, sizeof *c->reading);
    if (!c->outcome || !c->reading)
        return tb_error_set(err, "out of memory for %zu arrivals", c->n);
    for (size_t i = 0; i < c->n; i++)
        c->outcome[i].arrival = &c->arrivals.item[i];
    tb_copies_strip(&c->arrivals, c->outcome, c->n, c->stage.profile);
    if (tb_withdrawals_find(c->outcome, c->n, err) < 0)
        return -1;
    return tb_outcomes_find_duplicates(c->outcome, c->n, c->stage.profile, err);
}

/* Withdrawals and copies have no reading of their own. */
static bool is_read(const struct tb_outcome *outcome)
{
    return outcome->duplicate_of < 0 && !tb_is_withdrawal(outcome->arrival->name);
}

/* Two arrivals of one key (a correction taken back) are read once: two threads
 * must not write one file. */
static int list_readings(struct collecting *c, struct tb_error *err)
{
    struct tb_map *keys = tb_map_new();
    int rc = keys ? 0 : tb_error_set(err, "out of memory");

    for (size_t i = 0; i < c->n && rc == 0; i++) {
        struct tb_outcome *outcome = &c->outcome[i];
        if (!is_read(outcome))
            continue;
        rc = tb_store_key(c->stage.profile, outcome->arrival, outcome->key, err);
        if (rc < 0)
            break;
        int64_t first = tb_map_add(keys, outcome->key, strlen(outcome->key), (int64_t)i);
        if (first == -2)
            rc = tb_error_set(err, "out of memory");
        else if (first == (int64_t)i)
            c->reading[c->n_readings++] = i;
    }
    tb_map_free(keys);
    return rc;
}

static int collect_one(struct collecting *c, size_t i, struct tb_error *err)
{
    struct tb_outcome *outcome = &c->outcome[i];

    return tb_submission_collect(c->stage.data, c->stage.profile, outcome->arrival, outcome->key,
                                 &outcome->summary, err);
}

static int read_item(void *user, size_t item, struct tb_error *err)
{
    struct collecting *c = user;

    return collect_one(c, c->reading[item], err);
}

/* A duplicate's rows are those of its original, all ignored. */
static void copy_outcome(struct collecting *c, size_t i)
{
    struct tb_summary *summary = &c->outcome[i].summary;
    const struct tb_summary *original = &c->outcome[c->outcome[i].duplicate_of].summary;

    summary->account.rows_in = original->account.rows_in;
    summary->account.rows_ignored = original->account.rows_in;
    summary->form = original->form;
    summary->has_period = original->has_period;
    summary->period = original->period;
    summary->periods = original->periods;
    tb_summary_ignore_whole(summary, TB_IGNORED_DUPLICATE);
}

/* What is not among the readings, in the order of vintages. */
static int settle(struct collecting *c, size_t i, struct tb_error *err)
{
    struct tb_outcome *outcome = &c->outcome[i];

    if (is_read(outcome)) {
        if (!outcome->summary.form && collect_one(c, i, err) < 0)
            return -1;
        if (outcome->withdrawn_by >= 0)
            tb_withdrawn_empty(&outcome->summary);
        return 0;
    }
    if (outcome->duplicate_of >= 0) {
        copy_outcome(c, i);
        return 0;
    }
    return tb_withdrawal_collect(c->stage.data, c->outcome, i, err);
}

static int read_all(struct collecting *c, struct tb_error *err)
{
    if (list_readings(c, err) < 0 ||
        tb_parallel(c->stage.common->threads, c->n_readings, read_item, c, err) < 0)
        return -1;
    for (size_t i = 0; i < c->n; i++)
        if (settle(c, i, err) < 0)
            return -1;
    if (tb_copies_find(c->outcome, c->n, c->stage.profile, &c->arrivals.arena, err) < 0)
        return -1;
    return tb_vintages_find(c->outcome, c->n, err);
}

/* The lines of account on stdout; the exit code. */
static int tell(const struct collecting *c, struct tb_error *err)
{
    struct tb_account sum = { 0 };
    size_t n_duplicates = 0, n_rejects = 0;

    for (size_t i = 0; i < c->n; i++) {
        tb_account_sum(&sum, &c->outcome[i].summary.account);
        n_duplicates += c->outcome[i].duplicate_of >= 0;
        n_rejects += tb_outcome_rejects(&c->outcome[i]);
    }
    if (!tb_account_balances(&sum)) {
        tb_error_set(err, "the account of the run does not balance");
        return -1;
    }
    printf("collect: files %zu (duplicate %zu), rows in %llu = accepted %llu + rejected"
           " %llu + ignored %llu; cells in %llu = accepted %llu + rejected %llu + empty %llu;"
           " observations %llu\n",
           c->n, n_duplicates, (unsigned long long)sum.rows_in,
           (unsigned long long)sum.rows_accepted, (unsigned long long)sum.rows_rejected,
           (unsigned long long)sum.rows_ignored, (unsigned long long)sum.cells_in,
           (unsigned long long)sum.cells_accepted, (unsigned long long)sum.cells_rejected,
           (unsigned long long)sum.cells_empty, (unsigned long long)sum.observations);
    /* On a line of its own: it tells of this night, not of the data. */
    printf("new in the inbox: %zu\n", c->inbox.taken);
    if (c->inbox.left)
        printf("left in the inbox: %zu (left.csv)\n", c->inbox.left);
    return n_rejects > 0 ? TB_EXIT_REJECTED : TB_EXIT_DONE;
}

static int collect(struct collecting *c, struct tb_error *err)
{
    const struct tb_stage *stage = &c->stage;

    if (tb_inbox_take(stage->data, stage->profile, stage->common->threads, &c->stage.log, &c->inbox,
                      err) < 0 ||
        list_arrivals(c, err) < 0 || read_all(c, err) < 0 ||
        tb_collect_write_tables(stage->out, stage->data, stage->profile, c->outcome, c->n, err) <
            0 ||
        tb_receipts_write(stage->out, stage->profile, stage->common->lang, c->outcome, c->n, err) < 0)
        return -1;
    if (tb_profile_starved(stage->profile))
        return tb_error_set(err, "out of memory for names");
    return tell(c, err);
}

static void release(struct collecting *c)
{
    for (size_t i = 0; c->outcome && i < c->n; i++)
        tb_summary_release(&c->outcome[i].summary);
    free(c->outcome);
    free(c->reading);
    tb_arrivals_release(&c->arrivals);
    tb_stage_close(&c->stage);
}

int main(int argc, char **argv)
{
    static const struct tb_program program = {
        .name = "tongbao-collect",
        .usage = "-p PROFILE [options]",
        .purpose = "Takes submissions from the inbox and turns them into coded observations.",
        .notes = "Writes submissions.csv, rejects.csv, ignored.csv and receipts/ into RUN/collect.\n"
                 "A submission is read in pieces: memory does not grow with the file.\n",
    };
    const char **operands = calloc((size_t)argc + 1, sizeof *operands);
    struct collecting c = { 0 };
    struct tb_common common;
    struct tb_error err = TB_ERROR_INIT;
    size_t n_operands;

    if (!operands) {
        fprintf(stderr, "%s: out of memory\n", program.name);
        return TB_EXIT_FAILED;
    }
    int rc = tb_options_parse(&program, argc, argv, &common, operands, &n_operands);
    free(operands);
    if (rc >= 0)
        return rc;
    if (n_operands > 0) {
        fprintf(stderr, "tongbao-collect: no operand expected, see --help\n");
        return TB_EXIT_USAGE;
    }
    rc = tb_stage_open(&c.stage, "collect", &common);
    if (rc < 0) {
        rc = collect(&c, &err);
        if (rc < 0) {
            tb_log_write(&c.stage.log, TB_LOG_ERROR, "%s", err.text);
            rc = TB_EXIT_FAILED;
        }
    }
    release(&c);
    if (tb_close_stdout() != 0)
        rc = TB_EXIT_FAILED;
    return rc;
}
