/* run.c - `tongbao run`: collect, process, analyse, disseminate, publish.
 *
 * Everything is built in runs/.building; nothing that a reader sees changes
 * until all four stages are done.  The lock keeps two nights apart. */
#include "command/run/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/check.h"
#include "command/run/earlier.h"
#include "command/run/night.h"
#include "command/run/told.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

static const char *const STAGES[N_STAGES] = { "collect", "process", "analyse", "disseminate" };

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void log_account(struct tb_run *run, const struct tb_stage_result *stage)
{
    const char *text = tb_buf_text(&stage->account);
    struct tb_buf line = TB_BUF_INIT;

    for (size_t i = 0; text[i]; i++) /* one log line, however many the stage printed */
        if (text[i] != '\n')
            tb_buf_putc(&line, text[i]);
        else if (text[i + 1])
            tb_buf_puts(&line, "; ");
    if (line.len)
        tb_log_write(&run->log, TB_LOG_INFO, "%s (%.2f s)", line.data, stage->seconds);
    tb_buf_release(&line);
}

/* Runs one stage on the run in the making.  0, or -1 with *err filled. */
static int run_stage(struct tb_run *run, int number, struct tb_error *err)
{
    const struct tb_common *common = &run->command->common;
    struct tb_stage_result *stage = &run->stage[number];
    char name[32], threads[24], as_of[TB_DATE_TEXT], period[TB_PERIOD_TEXT];
    const char *argv[24];
    size_t n = 0;

    stage->name = STAGES[number];
    snprintf(name, sizeof name, "tongbao-%s", stage->name);
    snprintf(threads, sizeof threads, "%zu", common->threads);
    argv[n++] = name;
    argv[n++] = "-C";
    argv[n++] = common->root;
    argv[n++] = "-p";
    argv[n++] = common->profile;
    argv[n++] = "--run";
    argv[n++] = run->building;
    argv[n++] = "-j";
    argv[n++] = threads;
    argv[n++] = common->verbose ? "-v" : "-q"; /* the front door writes the one line */
    if (common->lang) {
        argv[n++] = "--lang";
        argv[n++] = common->lang;
    }
    if (common->log_path) {
        argv[n++] = "--log";
        argv[n++] = common->log_path;
        argv[n++] = "--log-format";
        argv[n++] = common->log_json ? "json" : "text";
    }
    if (common->has_as_of) {
        tb_day_format((tb_day)(common->as_of / 86400), as_of);
        argv[n++] = "--as-of";
        argv[n++] = as_of;
    }
    if (number > STAGE_COLLECT) {
        /* As people write it: period_text is a folder's name, without the slash. */
        tb_period_format(run->period, period);
        argv[n++] = period;
    }
    argv[n] = NULL;

    double begun = seconds_now();
    stage->rc = tb_command_spawn(run->command, (char *const *)argv, &stage->account, err);
    stage->seconds = seconds_now() - begun;
    log_account(run, stage);
    if (stage->rc < 0)
        return -1;
    if (stage->rc != TB_EXIT_DONE && stage->rc != TB_EXIT_REJECTED)
        return tb_error_set(err, "%s failed (exit %d); nothing was published", stage->name,
                            stage->rc);
    return 0;
}

/* Why there is no latest period. */
static int no_period(const struct tb_run *run, size_t n_submissions, struct tb_error *err)
{
    if (n_submissions > 0)
        return tb_error_set(err, "no submission names a period; give one: tongbao run 2023-06");
    if (run->command->common.has_as_of)
        return tb_error_set(err, "nothing had arrived by the day of --as-of");
    return tb_error_set(err, "nothing has arrived: put submissions into %s/inbox", run->data);
}

int tb_run_latest_period(struct tb_run *run, struct tb_error *err)
{
    char *path = tb_path("%s/collect/submissions.csv", run->building);
    struct tb_diag diag = { 0 };
    struct tb_table *table = path ? tb_table_read(path, NULL, &diag, err) : NULL;

    if (!path)
        tb_error_set(err, "out of memory");
    free(path);
    if (!table)
        return -1;
    bool found = tb_command_latest_period(run->profile, table, &run->period);
    size_t n_rows = tb_table_rows(table);
    tb_table_free(table);
    return found ? 0 : no_period(run, n_rows, err);
}

static int prepare(struct tb_run *run, struct tb_error *err)
{
    char *lock = NULL;
    int rc = -1;

    run->data = tb_command_data(run->command);
    run->building = run->data ? tb_path("%s/runs/.building", run->data) : NULL;
    char *runs = run->data ? tb_path("%s/runs", run->data) : NULL;
    lock = run->data ? tb_path("%s/.lock", run->data) : NULL;
    if (!run->building || !runs || !lock)
        tb_error_set(err, "out of memory");
    else if (tb_fs_make_dirs(runs, err) == 0 && tb_fs_lock(lock, err) >= 0 &&
             tb_fs_remove_tree(run->building, err) == 0 && tb_fs_make_dirs(run->building, err) == 0)
        rc = 0;
    free(runs);
    free(lock);
    return rc;
}

/* The three stages after collect, the manifest and the publication. */
static int build_and_publish(struct tb_run *run, uint32_t told, struct tb_error *err)
{
    for (int s = 1; s < N_STAGES; s++)
        if (run_stage(run, s, err) < 0 ||
            (s == STAGE_PROCESS && tb_told_warn(run, told, err) < 0))
            return -1;
    if (tb_run_write_manifest(run, err) < 0)
        return -1;
    return tb_run_publish(run, err);
}

/* All of it; *rc is the exit code when it ends well. */
static int do_run(struct tb_run *run, int *rc, struct tb_error *err)
{
    const struct tb_command *command = run->command;
    struct tb_error none = TB_ERROR_INIT;
    char *before = tb_command_last_run(command, NULL, &none);
    uint32_t told = tb_told_last(before);

    free(before);
    *rc = TB_EXIT_DONE;
    if (prepare(run, err) < 0 || run_stage(run, STAGE_COLLECT, err) < 0)
        return -1;
    if (command->n_operands == 0 && tb_run_latest_period(run, err) < 0)
        return -1;
    if (tb_earlier_gather(run, err) < 0 || tb_run_identify(run, err) < 0)
        return -1;
    if (!command->own.force && tb_run_is_published(run)) {
        tb_log_write(&run->log, TB_LOG_INFO, "nothing changed since run %s", run->id);
        printf("unchanged %s\n", run->published);
        return tb_run_tidy(run, err);
    }
    *rc = tb_told_exit_code(run, told, err);
    if (*rc < 0 || build_and_publish(run, told, err) < 0)
        return -1;
    tb_log_write(&run->log, TB_LOG_INFO, "published %s", run->id);
    printf("published %s\n", run->published);
    return 0;
}

static void release(struct tb_run *run)
{
    for (int s = 0; s < N_STAGES; s++)
        tb_buf_release(&run->stage[s].account);
    tb_buf_release(&run->earlier);
    free(run->data);
    free(run->building);
    free(run->folder);
    free(run->published);
    tb_log_close(&run->log);
}

static void log_finding(void *user, enum tb_severity severity, const struct tb_place *place,
                        const char *text)
{
    if (severity == TB_ERROR)
        tb_log_write(user, TB_LOG_ERROR, "%s: %s", place->file, text);
}

/* A year without holidays is told every night, and ends none: what came in is
 * collected and published, and `tongbao check` fails until the table is there. */
static int warn_of_calendar(struct tb_run *run, struct tb_error *err)
{
    struct tb_diag diag = { .sink = log_finding, .user = &run->log };

    if (tb_command_edit_dates(run->command, run->profile, &diag, err) < 0)
        return -1;
    return tb_command_calendar(run->command, run->profile, &diag, err);
}

/* The operand PERIOD in the profile's frequency. */
static bool read_period(struct tb_run *run)
{
    const char *text = run->command->operand[0];

    if (tb_profile_period(run->profile, text, &run->period))
        return true;
    fprintf(stderr, "tongbao run: '%s' is not a period of frequency %s\n", text,
            tb_freq_code(run->profile->set.frequency));
    return false;
}

int tb_command_run_all(struct tb_command *command)
{
    int rc;
    struct tb_error err = TB_ERROR_INIT;
    struct tb_profile *profile = tb_command_profile(command, &rc);

    if (!profile)
        return rc;
    struct tb_run run = { .command = command, .profile = profile };
    run.log = (struct tb_log){ .json = command->common.log_json,
                               .stream = stderr,
                               .level = command->common.quiet ? TB_LOG_WARNING : TB_LOG_INFO };
    if (command->n_operands && !read_period(&run)) {
        rc = TB_EXIT_USAGE;
    } else if (tb_log_open(&run.log, "run", command->common.log_path, &err) < 0) {
        fprintf(stderr, "tongbao run: %s\n", err.text);
        rc = TB_EXIT_USAGE;
    } else if (warn_of_calendar(&run, &err) < 0 || do_run(&run, &rc, &err) < 0) {
        tb_log_write(&run.log, TB_LOG_ERROR, "%s", err.text);
        rc = TB_EXIT_FAILED;
    }
    if (rc != TB_EXIT_USAGE)
        tb_night_record(&run, rc, rc == TB_EXIT_FAILED ? err.text : "");
    release(&run);
    tb_profile_free(profile);
    int out = tb_close_stdout();
    return rc == TB_EXIT_USAGE || out == TB_EXIT_DONE ? rc : out;
}
