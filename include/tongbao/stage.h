/* stage.h - what the main of every stage does first and last: profile, folders,
 * log.  A stage reads files, writes files, and knows nothing of the next one.
 */
#ifndef TONGBAO_STAGE_H
#define TONGBAO_STAGE_H

#include <stdbool.h>
#include <stdint.h>
#include "tongbao/log.h"
#include "tongbao/options.h"
#include "tongbao/period.h"

struct tb_error;
struct tb_profile;

struct tb_stage {
    const struct tb_common *common;
    struct tb_profile *profile;
    struct tb_log log;
    char *data;    /* root/datasets/<profile> */
    char *run;     /* the run's folder */
    char *out;     /* run/<stage>, made anew and empty */
    bool has_as_of;/* only arrivals up to as_of count */
    int64_t as_of; /* end of the --as-of day in the profile's offset, seconds since the epoch */
};

/* Loads the profile (printing every mistake to stderr), opens the log, makes
 * `out` anew.  Returns -1 to go on, else an exit code. */
int tb_stage_open(struct tb_stage *stage, const char *name, const struct tb_common *common);
/* Closes and frees all of it. */
void tb_stage_close(struct tb_stage *stage);
/* "run/collect/submissions.csv" of an earlier stage: a new string the caller frees. */
char *tb_stage_path(const struct tb_stage *stage, const char *relative);
/* Parses a PERIOD operand in the profile's frequency; prints misuse to stderr. */
bool tb_stage_period(const struct tb_stage *stage, const char *text, struct tb_period *out);

#endif
