/* run.h - a run in the making: the night's work from inbox to publication. */
#ifndef TONGBAO_COMMAND_RUN_H
#define TONGBAO_COMMAND_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include "command/command.h"
#include "tongbao/buf.h"
#include "tongbao/digest.h"
#include "tongbao/period.h"

struct tb_error;

enum { N_STAGES = 4, STAGE_COLLECT = 0, STAGE_PROCESS = 1 };

/* What one stage did. */
struct tb_stage_result {
    const char *name;
    struct tb_buf account; /* the lines it printed */
    int rc;                /* its exit code */
    double seconds;
};

struct tb_run {
    const struct tb_command *command;
    const struct tb_profile *profile;
    struct tb_log log;
    char *data;          /* root/datasets/<profile> */
    char *building;      /* data/runs/.building */
    char *folder;        /* data/runs/<id> */
    char *published;     /* root/reports/<profile>/<period> */
    struct tb_period period;
    char period_text[TB_PERIOD_TEXT];
    char id[64];         /* <period>-<12 hex digits of the inputs> */
    char inputs[TB_DIGEST_TEXT]; /* digest over all that the run depends on */
    struct tb_buf earlier; /* "period id" of each earlier bulletin that errata are looked for in */
    struct tb_stage_result stage[N_STAGES];
};

/* Digest of the inputs: profile, templates, version, language, period, what collect
 * listed, and the earlier bulletins that it is held against.  Fills id, inputs, folder, published. */
int tb_run_identify(struct tb_run *run, struct tb_error *err);
/* The latest period that was submitted (tb_command_latest_period), into run->period. */
int tb_run_latest_period(struct tb_run *run, struct tb_error *err);
/* Writes manifest.json into run->building. */
int tb_run_write_manifest(const struct tb_run *run, struct tb_error *err);
/* True when run->folder is whole and published as it is. */
bool tb_run_is_published(const struct tb_run *run);
/* Switches building -> folder by one rename, then the reports in. */
int tb_run_publish(struct tb_run *run, struct tb_error *err);
/* Puts the reports of run->folder in place (also after a run that died between
 * the two renames). */
int tb_run_publish_reports(const struct tb_run *run, struct tb_error *err);
/* Removes what was begun and is not wanted: the run in the making, and reports
 * of a night that died while it tidied. */
int tb_run_tidy(const struct tb_run *run, struct tb_error *err);

#endif
