/* main.c - tongbao-analyse: the cube's measures, places, group figures and
 * verdicts (GSBPM 6), or one rule tried on a run's numbers. */
#include <stdio.h>
#include <stdlib.h>

#include <gsl/gsl_errno.h>

#include "analyse/outlook/backtest.h"
#include "analyse/verdict/consequences.h"
#include "analyse/errata/errata.h"
#include "analyse/findings.h"
#include "analyse/outputs.h"
#include "analyse/override.h"
#include "analyse/verdict/rule_try.h"
#include "analyse/measure/tables.h"
#include "analyse/verdict/target_changes.h"
#include "tongbao/buf.h"
#include "tongbao/consequence.h"
#include "tongbao/diag.h"
#include "tongbao/table.h"
#include "tongbao/verification.h"
#include "tongbao/date.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/options.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"

/* The options of this program alone. */
struct own {
    struct tb_rule_trial trial; /* --rule, and what goes with it */
    const char *period, *set;
    const char *lang; /* of the common options; or NULL */
    bool backtest, csv;
};

static const char NOTES[] =
    "Without PERIOD: the last one in the cube. With --rule nothing is written: the verdict,\n"
    "each number that it rests on, and the truth for the unit's peers are printed.\n"
    "Memory: about 9 bytes for each cell of the findings (unit x indicator x measure x period,\n"
    "three more for each headline and group), in a mapped file.\n";

/* The last period of the profile's frequency that any indicator reaches. */
static bool last_period(const struct tb_measures *ms, struct tb_period *out)
{
    bool found = false;

    for (size_t i = 0; i < ms->profile->n_indicators; i++) {
        const struct tb_indicator_planes *planes = &ms->planes[i];
        if (planes->n_periods == 0)
            continue;
        struct tb_period last =
            tb_period_within((struct tb_period){ ms->profile->indicators[i].frequency,
                                                 planes->first + (int32_t)planes->n_periods - 1 },
                             ms->profile->set.frequency);
        if (!found || last.index > out->index)
            *out = last;
        found = true;
    }
    return found;
}

static void report(const struct tb_measures *ms, const struct tb_tables_account *account,
                   size_t n_errata, size_t n_proposals)
{
    size_t n_indicators = 0;
    uint32_t n_periods = 0;

    for (size_t i = 0; i < ms->profile->n_indicators; i++) {
        n_indicators += ms->planes[i].n_periods > 0;
        if (ms->planes[i].n_periods > n_periods)
            n_periods = ms->planes[i].n_periods;
    }
    printf(
        "analyse: indicators %zu, periods %u, verdicts %zu (met %zu, on_track %zu, at_risk %zu, "
        "behind %zu, missed %zu, not_due %zu, no_data %zu, not_computable %zu",
        n_indicators, n_periods, account->n_verdicts, account->n[TB_JUDGED_MET],
        account->n[TB_JUDGED_ON_TRACK], account->n[TB_JUDGED_AT_RISK], account->n[TB_JUDGED_BEHIND],
        account->n[TB_JUDGED_MISSED], account->n[TB_JUDGED_NOT_DUE], account->n[TB_JUDGED_NO_DATA],
        account->n[TB_JUDGED_NOT_COMPUTABLE]);
    if (account->n[TB_JUDGED_HELD])
        printf(", held %zu", account->n[TB_JUDGED_HELD]);
    if (ms->profile->n_states)
        printf(", not_verified %zu, not_completed %zu", account->n[TB_JUDGED_NOT_VERIFIED],
               account->n[TB_JUDGED_NOT_COMPLETED]);
    if (account->n[TB_JUDGED_NO_TARGET])
        printf(", no_target %zu", account->n[TB_JUDGED_NO_TARGET]);
    if (account->n[TB_JUDGED_AGREES] || account->n[TB_JUDGED_DIFFERS])
        printf(", agrees %zu, differs %zu", account->n[TB_JUDGED_AGREES],
               account->n[TB_JUDGED_DIFFERS]);
    if (account->n[TB_JUDGED_EXEMPT])
        printf(", exempt %zu", account->n[TB_JUDGED_EXEMPT]);
    printf("), knife edges %zu, errata %zu", account->n_edges, n_errata);
    if (ms->profile->n_consequences)
        printf(", proposals %zu", n_proposals);
    putchar('\n');
}

/* Findings first, then what is judged by them. */
static int write_all(struct tb_stage *stage, const struct tb_cube *cube, struct tb_measures *ms,
                     struct tb_period period, struct tb_error *err)
{
    char *path = tb_path("%s/findings.tbc", stage->out);
    struct tb_tables_account account;
    struct tb_cube *findings = NULL;
    size_t threads = stage->common->threads, n_errata = 0, n_proposals = 0;
    int rc = -1;

    if (!path)
        return tb_error_set(err, "out of memory");
    if (tb_findings_make(ms, path, threads, err) == 0)
        findings = tb_cube_open(path, err);
    ms->findings = findings;
    if (findings && tb_outputs_write(stage, cube, ms, period, &account, err) == 0 &&
        tb_errata_write(stage, cube, ms, &n_errata, err) == 0 &&
        tb_consequences_write(stage, ms, period, &n_proposals, err) == 0) {
        tb_target_changes_tell(stage, ms);
        report(ms, &account, n_errata, n_proposals);
        rc = 0;
    }
    ms->findings = NULL;
    tb_cube_close(findings);
    free(path);
    return rc;
}

/* Overdue verification, open cases and awaited events are told by the day. */
static bool needs_today(const struct tb_profile *profile)
{
    bool any = profile->n_states > 0 || profile->n_cases > 0 || profile->n_consequences > 0;

    for (size_t i = 0; i < profile->n_indicators && !any; i++)
        any = profile->indicators[i].event != TB_EVENT_NONE;
    return any;
}

static void known_on(tb_day day, tb_day *today)
{
    if (day != TB_DAY_NONE && (*today == TB_DAY_NONE || day > *today))
        *today = day;
}

/* The last day of which anything is known: no clock says when a run was made.  -1 with
 * *err filled. */
static int find_today(const struct tb_stage *stage, tb_day *today, struct tb_error *err)
{
    const struct tb_profile *profile = stage->profile;
    char *path = tb_stage_path(stage, "collect/submissions.csv");
    struct tb_diag diag = { 0 };

    *today = stage->has_as_of ? tb_moment_day(stage->as_of - 1, profile->set.utc_offset)
                              : TB_DAY_NONE;
    if (stage->has_as_of || !needs_today(profile)) {
        free(path);
        return 0;
    }
    struct tb_table *table = path ? tb_table_read(path, NULL, &diag, err) : NULL;
    free(path);
    if (!table)
        return path ? -1 : tb_error_set(err, "out of memory");
    for (size_t i = 0; i < tb_table_rows(table); i++) {
        const char *text = tb_table_get(table, i, "received");
        int64_t moment;
        if (tb_moment_parse(text, strlen(text), &moment))
            known_on(tb_moment_day(moment, profile->set.utc_offset), today);
    }
    tb_table_free(table);
    for (size_t m = 0; m < profile->n_marks; m++)
        known_on(tb_moment_day(profile->marks[m].when, profile->set.utc_offset), today);
    for (size_t r = 0; r < profile->n_consequence_records; r++)
        known_on(profile->consequence_records[r].when, today);
    for (size_t c = 0; c < profile->n_cases; c++) {
        known_on(profile->cases[c].opened, today);
        known_on(profile->cases[c].closed, today);
    }
    return 0;
}

static int run_on_cube(struct tb_stage *stage, const struct tb_cube *cube, const char *period_text)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_measures ms;
    struct tb_period period;
    int rc = TB_EXIT_FAILED;

    if (tb_measures_init(&ms, stage->profile, cube, &err) < 0) {
        tb_log_write(&stage->log, TB_LOG_ERROR, "%s", err.text);
        return rc;
    }
    if (stage->has_as_of)
        ms.as_of = tb_moment_day(stage->as_of - 1, stage->profile->set.utc_offset);
    if (find_today(stage, &ms.today, &err) < 0)
        tb_log_write(&stage->log, TB_LOG_ERROR, "%s", err.text);
    else if (period_text && !tb_stage_period(stage, period_text, &period))
        rc = TB_EXIT_USAGE;
    else if (!period_text && !last_period(&ms, &period))
        tb_log_write(&stage->log, TB_LOG_ERROR, "the cube is empty: name a PERIOD");
    else if (write_all(stage, cube, &ms, period, &err) < 0)
        tb_log_write(&stage->log, TB_LOG_ERROR, "%s", err.text);
    else
        rc = tb_close_stdout();
    tb_measures_release(&ms);
    return rc;
}

static int run_stage(const struct tb_common *common, const struct own *own, const char *period)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_stage stage = { 0 };
    int rc = tb_stage_open(&stage, "analyse", common);

    if (rc < 0 && own->set && !tb_settings_override(stage.profile, own->set))
        rc = TB_EXIT_USAGE;
    if (rc < 0) {
        char *path = tb_stage_path(&stage, "process/cube.tbc");
        bool same_rows = path && tb_profile_rows_check(stage.profile, stage.run, &err) == 0;
        struct tb_cube *cube = same_rows ? tb_cube_open_whole(path, &err) : NULL;
        if (!cube) {
            tb_log_write(&stage.log, TB_LOG_ERROR, "%s", path ? err.text : "out of memory");
            rc = TB_EXIT_FAILED;
        } else {
            rc = run_on_cube(&stage, cube, period);
        }
        tb_cube_close(cube);
        free(path);
    }
    tb_stage_close(&stage);
    return rc;
}

/* The rule in `period_text`, or in the last period of the cube. */
static int try_rule(const struct tb_measures *ms, struct tb_profile *profile,
                    const struct own *own, const char *period_text, struct tb_buf *out)
{
    struct tb_rule_trial trial = own->trial;
    const struct tb_settings *set = &profile->set;
    struct tb_period_read read;

    if (period_text) {
        if (!tb_period_parse(period_text, strlen(period_text), &read)) {
            fprintf(stderr, "tongbao-analyse: '%s' is not a period, expected one such as 2023-06\n",
                    period_text);
            return TB_EXIT_USAGE;
        }
        trial.period = read.period;
    } else if (!last_period(ms, &trial.period)) {
        fputs("tongbao-analyse: the cube is empty: name a PERIOD\n", stderr);
        return TB_EXIT_FAILED;
    }
    trial.lang = own->lang ? own->lang : set->languages.n ? set->languages.item[0] : "zh";
    return tb_rule_try(ms, profile, &trial, out);
}

static int backtest(const struct tb_measures *ms, const struct own *own, struct tb_buf *out,
                    struct tb_error *err)
{
    const struct tb_settings *set = &ms->profile->set;
    const char *lang = own->lang ? own->lang : set->languages.n ? set->languages.item[0] : "zh";
    bool any;

    if (tb_backtest(ms, lang, own->csv, &any, out, err) < 0)
        return TB_EXIT_FAILED;
    if (!any)
        fputs("tongbao-analyse: nothing to test: it takes a flow with a year that is over and "
              "four years before it\n",
              stderr);
    return TB_EXIT_DONE;
}

/* Opens what a question reads; the findings may be absent, and so then are scores. */
static int ask_run(struct tb_profile *profile, const char *run, const struct own *own,
                   const char *period_text, struct tb_error *err)
{
    struct tb_error absent = TB_ERROR_INIT;
    struct tb_measures ms;
    struct tb_buf out = TB_BUF_INIT;
    char *cube_path = tb_path("%s/process/cube.tbc", run);
    char *findings_path = tb_path("%s/analyse/findings.tbc", run);
    bool same_rows = cube_path && findings_path && tb_profile_rows_check(profile, run, err) == 0;
    struct tb_cube *cube = same_rows ? tb_cube_open_whole(cube_path, err) : NULL;
    struct tb_cube *findings = cube ? tb_cube_open(findings_path, &absent) : NULL;
    int rc = TB_EXIT_FAILED;

    if (cube && tb_measures_init(&ms, profile, cube, err) == 0) {
        ms.findings = findings;
        rc = own->backtest ? backtest(&ms, own, &out, err) : try_rule(&ms, profile, own, period_text, &out);
        tb_measures_release(&ms);
    }
    fputs(tb_buf_text(&out), stdout);
    tb_buf_release(&out);
    tb_cube_close(findings);
    tb_cube_close(cube);
    free(findings_path);
    free(cube_path);
    return rc;
}

/* --rule and --backtest: they read the run and leave it as it is. */
static int answer(const struct tb_common *common, const struct own *own, const char *period)
{
    struct tb_diag diag = { .sink = tb_diag_to_stream, .user = stderr };
    struct tb_error err = TB_ERROR_INIT;
    struct tb_profile *profile = NULL;
    int rc = TB_EXIT_USAGE;

    if (!common->profile || (!own->backtest && (!own->trial.unit || !own->trial.indicator))) {
        fputs("tongbao-analyse: --rule needs -p PROFILE, --unit and --indicator\n", stderr);
        return rc;
    }
    profile = tb_profile_load(common->root, common->profile, &diag, &err);
    if (profile && diag.n_errors == 0 &&
        (!own->set || tb_settings_override(profile, own->set))) {
        char *run = common->run
                        ? tb_path("%s", common->run)
                        : tb_path("%s/datasets/%s/runs/draft", common->root, common->profile);
        rc = run ? ask_run(profile, run, own, period, &err) : TB_EXIT_FAILED;
        free(run);
    }
    if (err.text[0])
        fprintf(stderr, "tongbao-analyse: %s\n", err.text);
    tb_profile_free(profile);
    return rc == TB_EXIT_DONE ? tb_close_stdout() : rc;
}

int main(int argc, char **argv)
{
    struct own own = { 0 };
    const struct tb_option options[] = {
        { 0, "rule", TB_OPTION_TEXT, "EXPR", "try one rule; nothing is written", &own.trial.rule },
        { 0, "unit", TB_OPTION_TEXT, "UNIT", "with --rule: the unit", &own.trial.unit },
        { 0, "indicator", TB_OPTION_TEXT, "INDICATOR", "with --rule: the indicator",
          &own.trial.indicator },
        { 0, "period", TB_OPTION_TEXT, "PERIOD", "with --rule: the period", &own.period },
        { 0, "annual", TB_OPTION_TEXT, "NUMBER", "with --rule: the year's task",
          &own.trial.annual },
        { 0, "quota", TB_OPTION_TEXT, "NUMBER", "with --rule: the quota", &own.trial.quota },
        { 0, "from", TB_OPTION_TEXT, "PERIOD", "with --rule: first period of the target",
          &own.trial.from },
        { 0, "to", TB_OPTION_TEXT, "PERIOD", "with --rule: its last one", &own.trial.to },
        { 0, "due", TB_OPTION_TEXT, "DAY", "with --rule: when it is due", &own.trial.due },
        { 0, "strength", TB_OPTION_TEXT, "WORD", "with --rule: binding, stretch or fact",
          &own.trial.strength },
        { 0, "format", TB_OPTION_TEXT, "FORMAT", "with --rule: text, md or json",
          &own.trial.format },
        { 0, "set", TB_OPTION_TEXT, "KEY=VALUE,...", "other settings of the method, for this once",
          &own.set },
        { 0, "backtest", TB_OPTION_FLAG, NULL, "how good past projections were; nothing is written",
          &own.backtest },
        { 0, "csv", TB_OPTION_FLAG, NULL, "with --backtest: rows of CSV", &own.csv },
    };
    const struct tb_program program = {
        .name = "tongbao-analyse",
        .usage = "-p PROFILE [options] [PERIOD]",
        .purpose = "Computes growth, peers, ranks, scores and the verdict on every target.\n"
                   "Reads RUN/process, writes RUN/analyse.",
        .own = options,
        .n_own = sizeof options / sizeof *options,
        .notes = NOTES,
    };
    const char **operands = calloc((size_t)argc + 1, sizeof *operands);
    struct tb_common common;
    size_t n_operands;

    if (!operands) {
        fprintf(stderr, "%s: out of memory\n", program.name);
        return TB_EXIT_FAILED;
    }
    gsl_set_error_handler_off();
    int rc = tb_options_parse(&program, argc, argv, &common, operands, &n_operands);
    own.lang = rc < 0 ? common.lang : NULL;
    if (rc < 0 && n_operands > 1) {
        fprintf(stderr, "%s: unexpected '%s'; see %s --help\n", program.name, operands[1],
                program.name);
        rc = TB_EXIT_USAGE;
    }
    if (rc < 0)
        rc = own.trial.rule || own.backtest ? answer(&common, &own, n_operands ? operands[0] : own.period)
                                      : run_stage(&common, &own, n_operands ? operands[0] : NULL);
    free(operands);
    return rc;
}
