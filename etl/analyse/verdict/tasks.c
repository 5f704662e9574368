/* tasks.c - writes tasks.csv. */
#include "analyse/verdict/tasks.h"

#include <stdlib.h>

#include "analyse/verdict/targets.h"
#include "analyse/verdict/task_state.h"
#include "tongbao/csv.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/map.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"
#include "tongbao/table.h"

static const char head[] =
    "target,task,block,unit,indicator,period,status,stage,percent,completed,dated,due,days,"
    "workdays,evidence,explanation,doubt,department,reported,sender,received,name,line\n";

/* task_reports.csv of process, by what a row is of. */
struct reports {
    struct tb_table *table; /* NULL: there is none */
    struct tb_map *rows;
};

/* One task of one unit. */
struct subject {
    const struct tb_measures *ms;
    const struct reports *reports;
    const struct tb_target *target; /* or NULL */
    size_t indicator, unit;
    struct tb_period at, from;
    struct tb_task_state state;
};

static void put_key(struct tb_buf *key, const char *indicator, const char *unit, const char *period,
                    const char *measure)
{
    tb_buf_clear(key);
    tb_buf_printf(key, "%s\n%s\n%s\n%s", indicator, unit, period, measure);
}

static int index_reports(struct reports *reports, struct tb_error *err)
{
    struct tb_buf key = TB_BUF_INIT;
    const struct tb_table *table = reports->table;
    bool fits = (reports->rows = tb_map_new()) != NULL;

    for (size_t r = 0; fits && table && r < tb_table_rows(table); r++) {
        put_key(&key, tb_table_get(table, r, "indicator"), tb_table_get(table, r, "unit"),
                tb_table_get(table, r, "period"), tb_table_get(table, r, "measure"));
        fits = !key.failed &&
               tb_map_add(reports->rows, tb_buf_text(&key), key.len, (int64_t)r) != -2;
    }
    tb_buf_release(&key);
    return fits ? 0 : tb_error_set(err, "out of memory for the reports on tasks");
}

static int open_reports(const struct tb_stage *stage, struct reports *out, struct tb_error *err)
{
    char *path = tb_stage_path(stage, "process/task_reports.csv");
    struct tb_diag diag = { 0 };
    int rc = -1;

    *out = (struct reports){ 0 };
    if (!path)
        tb_error_set(err, "out of memory");
    else if (tb_fs_exists(path) && (!(out->table = tb_table_read(path, NULL, &diag, err)) ||
                                    diag.n_errors > 0))
        rc = out->table ? tb_error_set(err, "%s: damaged table", path) : -1;
    else
        rc = index_reports(out, err);
    free(path);
    return rc;
}

static void close_reports(struct reports *reports)
{
    tb_table_free(reports->table);
    tb_map_free(reports->rows);
}

/* The row on a measure in a period, or -1. */
static int64_t report_of(const struct subject *s, struct tb_period period, enum tb_measure measure)
{
    const struct tb_profile *profile = s->ms->profile;
    char text[TB_PERIOD_TEXT];
    struct tb_buf key = TB_BUF_INIT;

    tb_period_format(period, text);
    put_key(&key, profile->indicators[s->indicator].code, profile->units[s->unit].code, text,
            tb_measure_name(measure));
    int64_t row = tb_map_get(s->reports->rows, tb_buf_text(&key), key.len);
    tb_buf_release(&key);
    return row;
}

/* The last text that was said of it. */
static void put_text(const struct subject *s, enum tb_measure measure, struct tb_buf *out)
{
    struct tb_period said;
    int64_t row = tb_task_last_said(s->ms, measure, s->indicator, s->unit, s->from, s->at, &said)
                      ? report_of(s, said, measure)
                      : -1;

    tb_csv_put(out, row < 0 ? "" : tb_table_get(s->reports->table, (size_t)row, "said"));
}

/* reported, sender, received, name, line: of the report that counts. */
static void put_source(const struct subject *s, struct tb_buf *out)
{
    static const enum tb_measure measures[] = { TB_MEASURE_STAGE, TB_MEASURE_VALUE,
                                                TB_MEASURE_DONE_ON };
    static const char *const names[] = { "sender", "received", "name", "line" };
    char period[TB_PERIOD_TEXT] = "";
    int64_t row = -1;

    for (size_t m = 0; s->state.reported && row < 0 && m < sizeof measures / sizeof *measures; m++)
        row = report_of(s, s->state.at, measures[m]);
    if (s->state.reported)
        tb_period_format(s->state.at, period);
    tb_csv_put(out, period);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        tb_csv_put(out, row < 0 ? "" : tb_table_get(s->reports->table, (size_t)row, names[i]));
}

/* Done, or what it is else; once the due day is over, and not before, it is overdue. */
static const char *status_code(const struct subject *s, tb_day due, bool late)
{
    enum tb_task_status status = tb_task_status_of(s->ms->profile, &s->state, due);
    bool open = s->state.completed == TB_DAY_NONE && status != TB_TASK_HELD;

    return open && late ? "overdue" : tb_task_status_code(status);
}

/* percent, completed, dated */
static void put_completion(const struct subject *s, struct tb_buf *out)
{
    const struct tb_indicator *of = &s->ms->profile->indicators[s->indicator];
    char text[TB_DECIMAL_TEXT] = "", day[TB_DATE_TEXT] = "";
    bool done = s->state.completed != TB_DAY_NONE;
    struct tb_decimal percent;

    if (s->state.reported && s->state.has_percent &&
        tb_rational_round(s->state.percent, of->decimals, TB_ROUND_DOWN, &percent))
        tb_decimal_format(percent, text);
    if (done)
        tb_day_format(s->state.completed, day);
    tb_csv_put(out, text);
    tb_csv_put(out, day);
    tb_csv_put(out, !done ? "" : s->state.dated ? "1" : "0");
}

static const char *doubt_code(enum tb_task_doubt doubt)
{
    static const char *const codes[] = { [TB_DOUBT_NONE] = "",
                                         [TB_DOUBT_STAGE] = "stage_and_percentage_differ",
                                         [TB_DOUBT_AHEAD] = "day_after_the_period",
                                         [TB_DOUBT_UNDONE] = "day_of_what_is_not_done" };

    return codes[doubt];
}

static void put_who(const struct subject *s, int32_t task, struct tb_buf *out)
{
    const struct tb_profile *profile = s->ms->profile;
    int32_t row = task != TB_NONE ? profile->tasks[task].lead_department : TB_NONE;

    if (row == TB_NONE)
        row = profile->indicators[s->indicator].department;
    tb_csv_put(out, row == TB_NONE ? "" : profile->departments[row].code);
}

static void put_row(struct subject *s, struct tb_buf *out)
{
    const struct tb_profile *profile = s->ms->profile;
    const struct tb_indicator *of = &profile->indicators[s->indicator];
    int32_t task = s->target && s->target->task != TB_NONE ? s->target->task : of->task;
    tb_day due = s->target ? s->target->due : TB_DAY_NONE;
    char period[TB_PERIOD_TEXT], day[TB_DATE_TEXT] = "";
    int days, workdays;
    bool late = tb_task_lateness(profile, &s->state, due, tb_period_last_day(s->at), &days,
                                 &workdays);

    tb_period_format(s->at, period);
    if (due != TB_DAY_NONE)
        tb_day_format(due, day);
    tb_csv_put(out, s->target ? s->target->code : "");
    tb_csv_put(out, task == TB_NONE ? "" : profile->tasks[task].code);
    tb_csv_put(out, task == TB_NONE ? "" : profile->tasks[task].block);
    tb_csv_put(out, profile->units[s->unit].code);
    tb_csv_put(out, of->code);
    tb_csv_put(out, period);
    tb_csv_put(out, status_code(s, due, late));
    tb_csv_put(out, s->state.reported && !s->state.held ? tb_task_stage_name(s->state.stage) : "");
    put_completion(s, out);
    tb_csv_put(out, day);
    if (late) {
        tb_csv_put_int(out, days);
        tb_csv_put_int(out, workdays);
    } else {
        tb_csv_put(out, "");
        tb_csv_put(out, "");
    }
    put_text(s, TB_MEASURE_EVIDENCE, out);
    put_text(s, TB_MEASURE_EXPLANATION, out);
    tb_csv_put(out, doubt_code(s->state.doubt));
    put_who(s, task, out);
    put_source(s, out);
    tb_csv_end_row(out);
}

static void put_unit(const struct tb_measures *ms, const struct reports *reports,
                     const struct tb_target *target, size_t indicator, size_t unit,
                     struct tb_period at, struct tb_buf *out)
{
    struct subject s = { .ms = ms, .reports = reports, .target = target,
                         .indicator = indicator, .unit = unit, .at = at,
                         .from = tb_task_first_report(target, at) };

    tb_task_state_get(ms, indicator, unit, s.from, at, &s.state);
    if (target || s.state.reported)
        put_row(&s, out);
}

/* Targets whose first period has begun. */
static void put_targets(const struct tb_measures *ms, const struct reports *reports,
                        struct tb_period period, bool of_target[], struct tb_buf *out)
{
    const struct tb_profile *profile = ms->profile;

    for (size_t t = 0; t < profile->n_targets; t++) {
        const struct tb_target *target = &profile->targets[t];
        size_t indicator = (size_t)target->indicator;
        if (profile->indicators[indicator].kind != TB_KIND_MILESTONE)
            continue;
        struct tb_period at = tb_targets_period(profile, indicator, period);
        of_target[indicator] = true;
        for (size_t u = 0; u < profile->n_units && at.index >= target->from.index; u++)
            if (target->applies[u] && tb_unit_valid_in(&profile->units[u], at))
                put_unit(ms, reports, target, indicator, u, at, out);
    }
}

static int write_file(const struct tb_stage *stage, const struct tb_buf *text, struct tb_error *err)
{
    char *path = tb_path("%s/tasks.csv", stage->out);
    int rc = -1;

    if (!path)
        tb_error_set(err, "out of memory");
    else if (tb_buf_ok(text, err))
        rc = tb_newfile_write(path, tb_buf_text(text), text->len, err);
    free(path);
    return rc;
}

int tb_tasks_write(const struct tb_stage *stage, const struct tb_measures *ms,
                   struct tb_period period, struct tb_error *err)
{
    const struct tb_profile *profile = ms->profile;
    bool *of_target = calloc(profile->n_indicators + 1, sizeof *of_target);
    struct tb_buf text = TB_BUF_INIT;
    struct reports reports;
    int rc = of_target ? 0 : tb_error_set(err, "out of memory for tasks");

    if (rc == 0)
        rc = open_reports(stage, &reports, err);
    else
        reports = (struct reports){ 0 };
    if (rc == 0) {
        tb_buf_puts(&text, head);
        put_targets(ms, &reports, period, of_target, &text);
        for (size_t i = 0; i < profile->n_indicators; i++)
            for (size_t u = 0; u < profile->n_units; u++)
                if (!of_target[i] && profile->indicators[i].kind == TB_KIND_MILESTONE)
                    put_unit(ms, &reports, NULL, i, u, tb_targets_period(profile, i, period),
                             &text);
        rc = write_file(stage, &text, err);
    }
    close_reports(&reports);
    tb_buf_release(&text);
    free(of_target);
    return rc;
}
