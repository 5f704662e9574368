/* check.c - `tongbao check`: every mistake in the profile, and what its calendar
 * lacks for the submissions that it is asked to judge. */
#include "command/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "command/command.h"
#include "tongbao/arrivals.h"
#include "tongbao/calendar.h"
#include "tongbao/conflict.h"
#include "tongbao/edit.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"

tb_day tb_command_today(const struct tb_command *command, const struct tb_profile *profile)
{
    if (command->common.has_as_of)
        return (tb_day)(command->common.as_of / 86400);
    return tb_moment_day((int64_t)time(NULL), profile->set.utc_offset);
}

/* The days on which submissions came; NULL with *err filled. */
static tb_day *received_days(const struct tb_command *command, const struct tb_profile *profile,
                             size_t *n, struct tb_error *err)
{
    char *data = tb_command_data(command);
    struct tb_arrivals arrivals = { 0 };
    tb_day *days = NULL;

    if (!data)
        tb_error_set(err, "out of memory");
    else if (tb_arrivals_load(data, &arrivals, err) == 0) {
        days = calloc(arrivals.n + 1, sizeof *days);
        if (!days)
            tb_error_set(err, "out of memory for %zu arrivals", arrivals.n);
        for (*n = 0; days && *n < arrivals.n; (*n)++)
            days[*n] = tb_moment_day(arrivals.item[*n].received, profile->set.utc_offset);
        tb_arrivals_release(&arrivals);
    }
    free(data);
    return days;
}

/* A table of the profile as messages name it; NULL when memory is out. */
static char *table_path(const struct tb_command *command, const struct tb_profile *profile,
                        const char *name)
{
    const char *root = command->common.root;
    bool here = root[0] == '.' && root[1] == '\0';

    return here ? tb_path("config/%s/%s", profile->code, name)
                : tb_path("%s/config/%s/%s", root, profile->code, name);
}

int tb_command_calendar(const struct tb_command *command, const struct tb_profile *profile,
                        struct tb_diag *diag, struct tb_error *err)
{
    char *file = table_path(command, profile, "calendar.csv");
    size_t n = 0;
    tb_day *days = received_days(command, profile, &n, err);
    int rc = days && file ? 0 : -1;

    if (days && !file)
        tb_error_set(err, "out of memory");
    if (rc == 0)
        tb_calendar_check(profile, days, n, tb_command_today(command, profile), file, diag);
    free(days);
    free(file);
    return rc;
}

int tb_command_edit_dates(const struct tb_command *command, const struct tb_profile *profile,
                          struct tb_diag *diag, struct tb_error *err)
{
    const char *root = command->common.root;
    bool here = root[0] == '.' && root[1] == '\0';
    char *file = here ? tb_path("config/%s/edits.csv", profile->code)
                      : tb_path("%s/config/%s/edits.csv", root, profile->code);

    if (!file)
        return tb_error_set(err, "out of memory");
    tb_edits_check_dates(profile, (int64_t)time(NULL), file, diag);
    free(file);
    return 0;
}

static int judge_calendar(const struct tb_command *command, const struct tb_profile *profile)
{
    struct tb_diag diag = { .sink = tb_diag_to_stream, .user = stderr };
    struct tb_error err = TB_ERROR_INIT;

    if (tb_command_calendar(command, profile, &diag, &err) < 0 ||
        tb_command_edit_dates(command, profile, &diag, &err) < 0) {
        fprintf(stderr, "tongbao check: %s\n", err.text);
        return TB_EXIT_FAILED;
    }
    return diag.n_errors ? TB_EXIT_USAGE : TB_EXIT_DONE;
}

static int warn_of_targets(const struct tb_command *command, const struct tb_profile *profile,
                            struct tb_diag *diag)
{
    char *targets = table_path(command, profile, "targets.csv");
    char *forms = table_path(command, profile, "forms.csv");
    bool named = targets && forms;

    if (named) {
        tb_profile_check_measures(profile, targets, forms, diag);
        tb_conflicts_check(profile, targets, diag);
    } else
        fprintf(stderr, "tongbao check: out of memory\n");
    free(targets);
    free(forms);
    return named ? TB_EXIT_DONE : TB_EXIT_FAILED;
}

int tb_command_check(struct tb_command *command)
{
    struct tb_diag diag = { .sink = tb_diag_to_stream, .user = stderr };
    int rc;
    struct tb_profile *profile = tb_command_profile(command, &rc);

    if (!profile)
        return rc;
    rc = judge_calendar(command, profile);
    if (rc == TB_EXIT_DONE)
        rc = warn_of_targets(command, profile, &diag);
    if (rc != TB_EXIT_DONE) {
        tb_profile_free(profile);
        return rc;
    }
    tb_profile_check_converters(profile, &diag);
    printf("%s: no mistake: %zu units, %zu groups, %zu departments, %zu indicators, %zu tasks, "
           "%zu targets, %zu quotas, %zu checks, %zu forms\n",
           profile->code, profile->n_units, profile->n_groups, profile->n_departments,
           profile->n_indicators, profile->n_tasks, profile->n_targets, profile->n_quotas,
           profile->n_checks, profile->n_forms);
    tb_profile_free(profile);
    return tb_close_stdout();
}
