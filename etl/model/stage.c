/* stage.c - opening and closing of every stage program. */
#include "tongbao/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"

/* Loads the profile; prints all that is wrong with it. */
static int load_profile(struct tb_stage *stage)
{
    struct tb_diag diag = { .sink = tb_diag_to_stream, .user = stderr };
    struct tb_error err = TB_ERROR_INIT;

    if (!stage->common->profile) {
        tb_log_write(&stage->log, TB_LOG_ERROR, "no profile named: give -p PROFILE");
        return TB_EXIT_USAGE;
    }
    stage->profile = tb_profile_load(stage->common->root, stage->common->profile, &diag, &err);
    if (!stage->profile) {
        tb_log_write(&stage->log, TB_LOG_ERROR, "%s", err.text);
        return TB_EXIT_USAGE;
    }
    if (diag.n_errors) {
        tb_log_write(&stage->log, TB_LOG_ERROR, "profile '%s' has %zu mistakes and is not run",
                     stage->common->profile, diag.n_errors);
        return TB_EXIT_USAGE;
    }
    stage->has_as_of = stage->common->has_as_of;
    stage->as_of = stage->common->as_of - (int64_t)stage->profile->set.utc_offset * 60;
    return -1;
}

static int make_folders(struct tb_stage *stage, const char *name, struct tb_error *err)
{
    const struct tb_common *common = stage->common;
    const char *folder = strcmp(name, "disseminate") == 0 ? "reports" : name;

    stage->data = tb_path("%s/datasets/%s", common->root, common->profile);
    if (stage->data)
        stage->run =
            common->run ? tb_path("%s", common->run) : tb_path("%s/runs/draft", stage->data);
    if (stage->run)
        stage->out = tb_path("%s/%s", stage->run, folder);
    if (!stage->out)
        return tb_error_set(err, "out of memory");
    if (tb_fs_remove_tree(stage->out, err) < 0 || tb_fs_make_dirs(stage->out, err) < 0)
        return -1;
    return 0;
}

int tb_stage_open(struct tb_stage *stage, const char *name, const struct tb_common *common)
{
    struct tb_error err = TB_ERROR_INIT;

    *stage = (struct tb_stage){ .common = common };
    stage->log = (struct tb_log){
        .json = common->log_json,
        .stream = stderr,
        .level = common->quiet     ? TB_LOG_WARNING
                 : common->verbose ? TB_LOG_DEBUG
                                   : TB_LOG_INFO,
    };
    if (tb_log_open(&stage->log, name, common->log_path, &err) < 0) {
        fprintf(stderr, "tongbao-%s: %s\n", name, err.text);
        return TB_EXIT_USAGE;
    }
    int rc = load_profile(stage);
    if (rc < 0 && make_folders(stage, name, &err) < 0) {
        tb_log_write(&stage->log, TB_LOG_ERROR, "%s", err.text);
        rc = TB_EXIT_FAILED;
    }
    return rc;
}

void tb_stage_close(struct tb_stage *stage)
{
    tb_profile_free(stage->profile);
    free(stage->out);
    free(stage->run);
    free(stage->data);
    tb_log_close(&stage->log);
    *stage = (struct tb_stage){ 0 };
}

char *tb_stage_path(const struct tb_stage *stage, const char *relative)
{
    return tb_path("%s/%s", stage->run, relative);
}

bool tb_stage_period(const struct tb_stage *stage, const char *text, struct tb_period *out)
{
    enum tb_freq freq = stage->profile->set.frequency;

    if (tb_profile_period(stage->profile, text, out))
        return true;
    fprintf(stderr, "tongbao: '%s' is not a period, expected one of frequency %s such as %s\n",
            text, tb_freq_code(freq),
            freq == TB_FREQ_ANNUAL       ? "2023"
            : freq == TB_FREQ_QUARTER    ? "2023-Q2"
            : freq == TB_FREQ_HALF       ? "2023-S1"
            : freq == TB_FREQ_DEKAD      ? "2023-06-11/P10D"
            : freq == TB_FREQ_WEEK       ? "2023-W23"
            : freq == TB_FREQ_TWO_MONTHS ? "2023-05-01/P2M"
                                         : "2023-06");
    return false;
}
