/* main.c - tongbao-process: from what was submitted to one consistent cube
 * (GSBPM 5.1, 5.3 to 5.5). */
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "process/verify.h"
#include "process/work.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/options.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"

static const struct tb_program PROGRAM = {
    .name = "tongbao-process",
    .usage = "-p PROFILE [options] [PERIOD]",
    .purpose =
        "Turns collected observations into one cube: latest vintage of each value, single and\n"
        "cumulative periods, sums of indicators, checks. Reads RUN/collect, writes RUN/process.",
    .notes = "PERIOD, that of the run, must be named where rounds close (late = next in deadlines.csv):\n"
             "what came after its round had closed is left out and listed in left_out.csv.\n"
             "Memory: about 13 bytes for each cell (unit x indicator x measure x period).\n",
};

static int build(struct tb_work *work, struct tb_error *err)
{
    if (tb_sources_open(work->stage, &work->sources, err) < 0)
        return -1;
    if (tb_work_layout(work, err) < 0 || tb_work_fill(work, err) < 0 ||
        tb_work_verify(work, err) < 0 || tb_work_edit(work, err) < 0 ||
        tb_work_stages(work, err) < 0 ||
        tb_firsts_sort(&work->firsts, err) < 0 || tb_work_revised(work, err) < 0)
        return -1;
    tb_work_forget(work);
    if (tb_work_derive(work, err) < 0 || tb_work_check(work, err) < 0)
        return -1;
    if (work->n_held && tb_work_derive(work, err) < 0) /* without what is held */
        return -1;
    if (tb_work_comparable(work, err) < 0 || tb_work_estimate(work, err) < 0 ||
        (work->n_imputed && tb_work_derive_more(work, err) < 0))
        return -1;
    tb_work_mark(work);
    if (tb_work_reconcile(work, err) < 0 || tb_work_list_changes(work, err) < 0 ||
        tb_work_write(work, err) < 0)
        return -1;
    if (work->n_held)
        tb_work_spread_held(work);
    return tb_cube_commit(work->cube, err);
}

/* Rows with ACTION D that found nothing: perhaps a key mistyped, and the value that
 * was meant is still in force.  Which of them are news, the night knows that runs the
 * stages, and warns of these. */
static void tell_of_nothing_there(struct tb_stage *stage, const struct tb_work *work)
{
    for (size_t i = 0; i < work->sources.n; i++) {
        const struct tb_source *source = &work->sources.item[i];
        if (source->n_not_there)
            tb_log_write(&stage->log, TB_LOG_INFO,
                         "'%s%s%s' takes back what is not there: rows %zu, the first in line %u",
                         source->sender, source->sender[0] ? "/" : "", source->name,
                         source->n_not_there,
                         (unsigned)tb_sources_line(stage, source, source->first_not_there));
    }
}

static void report(const struct tb_work *work)
{
    const struct tb_gap_count *gaps = &work->gaps;

    printf("process: sources %zu, observations %u, planes %zu, revisions %zu, late cells %zu; "
           "checks %zu = passed %zu + failed %zu + not judged %zu; held %zu; imputed %zu",
           work->sources.n, work->sources.n_origins, tb_cube_n_planes(work->cube),
           work->n_revisions, work->n_late, work->n_checked,
           work->n_checked - work->n_failed - work->n_unjudged, work->n_failed, work->n_unjudged,
           work->n_held, work->n_imputed);
    printf("; growth against its base: rounding %zu, prices %zu, revision %zu, given %zu, scope %zu, "
           "unexplained %zu",
           gaps->n[TB_BASE_ROUNDING], gaps->n[TB_BASE_PRICES], gaps->n[TB_BASE_REVISION], gaps->n[TB_BASE_GIVEN],
           gaps->n[TB_BASE_SCOPE], gaps->n[TB_BASE_UNEXPLAINED]);
    if (work->round.closing)
        printf("; left to the next round %zu", work->n_left_out);
    putchar('\n');
}

/* The round that is run.  -1 to go on, else an exit code after a message. */
static int open_round(struct tb_stage *stage, const char *period_text, struct tb_round *round)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_period period = { .freq = stage->profile->set.frequency };

    if (period_text && !tb_stage_period(stage, period_text, &period))
        return TB_EXIT_USAGE;
    if (!period_text && tb_profile_closes_rounds(stage->profile)) {
        tb_log_write(&stage->log, TB_LOG_ERROR,
                     "deadlines.csv closes rounds (late = next): give the PERIOD of the run");
        return TB_EXIT_USAGE;
    }
    if (tb_round_open(round, stage->profile, period, &err) == 0)
        return -1;
    tb_log_write(&stage->log, TB_LOG_ERROR, "%s", err.text);
    return TB_EXIT_FAILED;
}

/* All of it: the exit code. */
static int run(struct tb_stage *stage, const char *period_text)
{
    struct tb_work work = { .stage = stage, .log = &stage->log, .profile = stage->profile };
    struct tb_error err = TB_ERROR_INIT;
    int rc = open_round(stage, period_text, &work.round);

    if (rc >= 0) {
        tb_work_release(&work);
        return rc;
    }
    if (build(&work, &err) < 0) {
        tb_log_write(&stage->log, TB_LOG_ERROR, "%s", err.text);
        rc = TB_EXIT_FAILED;
    } else {
        if (work.n_misfits)
            tb_log_write(&stage->log, TB_LOG_WARNING,
                         "%zu values have more digits than fit beside"
                         " the others and are held",
                         work.n_misfits);
        tell_of_nothing_there(stage, &work);
        report(&work);
        rc = tb_close_stdout();
    }
    tb_work_release(&work);
    return rc;
}

int main(int argc, char **argv)
{
    const char **operands = calloc((size_t)argc + 1, sizeof *operands);
    struct tb_common common;
    struct tb_stage stage = { 0 };
    size_t n_operands;

    if (!operands) {
        fprintf(stderr, "%s: out of memory\n", PROGRAM.name);
        return TB_EXIT_FAILED;
    }
    int rc = tb_options_parse(&PROGRAM, argc, argv, &common, operands, &n_operands);
    if (rc < 0 && n_operands > 1) {
        fprintf(stderr, "%s: unexpected '%s'; see %s --help\n", PROGRAM.name, operands[1],
                PROGRAM.name);
        rc = TB_EXIT_USAGE;
    }
    const char *period = rc < 0 && n_operands ? operands[0] : NULL; /* of argv */
    free(operands);
    gsl_set_error_handler_off();
    if (rc >= 0)
        return rc;
    rc = tb_stage_open(&stage, "process", &common);
    if (rc < 0)
        rc = run(&stage, period);
    tb_stage_close(&stage);
    return rc;
}
