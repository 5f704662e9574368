/* outputs.c - the tables of a run side by side: none needs another. */
#include "analyse/outputs.h"

#include <stdlib.h>

#include "analyse/measure/breaks.h"
#include "analyse/measure/completeness.h"
#include "analyse/rank/contribution.h"
#include "analyse/verdict/early_warning.h"
#include "analyse/verdict/events.h"
#include "analyse/rank/goalposts.h"
#include "analyse/errata/issued.h"
#include "analyse/rank/rank_confidence.h"
#include "analyse/rank/score_parts.h"
#include "analyse/outlook/seasonal.h"
#include "analyse/verdict/tasks.h"
#include "analyse/verdict/target_changes.h"
#include "analyse/rank/what_if.h"
#include "tongbao/error.h"
#include "tongbao/parallel.h"
#include "tongbao/stage.h"

/* What scores are made of. */
static int write_scores(const struct tb_stage *stage, const struct tb_measures *ms,
                        struct tb_period period, struct tb_error *err)
{
    return tb_goalposts_write(ms, stage->out, period, err) < 0
               ? -1
               : tb_score_parts_write(ms, stage->out, period, err);
}

/* How sure places are. */
static int write_confidence(const struct tb_stage *stage, const struct tb_measures *ms,
                            struct tb_period period, struct tb_error *err)
{
    char *revisions = tb_stage_path(stage, "process/revisions.csv");
    int rc = revisions ? tb_rank_confidence_write(ms, revisions, stage->out, period,
                                                  stage->common->threads, err)
                       : tb_error_set(err, "out of memory");

    free(revisions);
    return rc;
}

/* What the tables of a run are made of, and what their makers count. */
struct writing {
    const struct tb_stage *stage;
    const struct tb_cube *cube;
    const struct tb_measures *ms; /* with findings */
    struct tb_period period;
    struct tb_tables_account account;
    size_t n_broken; /* rates that a change left none of; breaks.csv has them */
};

/* The tables that need only the findings, each a file or a few of its own. */
enum table {
    VERDICTS,
    WHAT_IF,
    CONTRIBUTIONS,
    BREAKS,
    SEASONAL,
    SCORES,
    CONFIDENCE,
    COMPLETENESS,
    ISSUED,
    TASKS,
    CHANGES,
    EVENTS,
    EARLY_WARNING,
    N_TABLES
};

static int write_table(void *user, size_t table, struct tb_error *err)
{
    struct writing *w = user;
    const char *folder = w->stage->out;
    size_t threads = w->stage->common->threads;
    struct tb_targets_job job = { .ms = w->ms, .period = w->period };

    switch ((enum table)table) {
    case VERDICTS:
        return tb_tables_write(&job, folder, threads, &w->account, err);
    case WHAT_IF:
        return tb_what_if_write(w->ms, w->period, folder, threads, err);
    case CONTRIBUTIONS:
        return tb_contributions_write(w->ms, w->period, folder, err);
    case BREAKS:
        return tb_breaks_write(w->ms, folder, &w->n_broken, err);
    case SEASONAL:
        return tb_seasonal_write(w->ms, folder, threads, err);
    case SCORES:
        return write_scores(w->stage, w->ms, w->period, err);
    case CONFIDENCE:
        return write_confidence(w->stage, w->ms, w->period, err);
    case COMPLETENESS:
        return tb_completeness_write(w->stage, w->cube, w->period, err);
    case ISSUED:
        return tb_issued_write(w->stage, w->ms, w->period, err);
    case CHANGES:
        return tb_target_changes_write(w->ms, folder, w->period, err);
    case EVENTS:
        return tb_events_write(w->ms, w->period, folder, threads, err);
    case EARLY_WARNING:
        return tb_early_warning_write(w->ms, w->period, folder, threads, err);
    case TASKS:
        return tb_tasks_write(w->stage, w->ms, w->period, err);
    case N_TABLES:
        break;
    }
    return 0;
}

int tb_outputs_write(const struct tb_stage *stage, const struct tb_cube *cube,
                     const struct tb_measures *ms, struct tb_period period,
                     struct tb_tables_account *account, struct tb_error *err)
{
    struct writing writing = { .stage = stage, .cube = cube, .ms = ms, .period = period };
    int rc = tb_parallel(stage->common->threads, N_TABLES, write_table, &writing, err);

    *account = writing.account;
    return rc;
}
