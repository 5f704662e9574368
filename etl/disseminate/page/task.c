/* task.c - reads tasks.csv and says how far a task is. */
#include "disseminate/page/task.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/words/numbers.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

static const char *const words_of_status[][3] = {
    { "not reported", "未报", "not reported" },
    { "held", "待核实", "held for review" },
    { "not begun", "未启动", "not begun" },
    { "not done", "未完成", "not done" },
    { "under way", "推进中", "under way" },
    { "evidence missing", "已报完成，缺佐证材料", "reported done, evidence missing" },
    { "day missing", "已报完成，缺完成日期", "reported done, day of completion missing" },
    { "done late", "逾期完成", "done late" },
    { "done", "已完成", "done" },
};

static const char *const words_of_doubt[][3] = {
    { "stage_and_percentage_differ", "完成状态与百分比不一致", "stage and percentage differ" },
    { "day_after_the_period", "完成日期晚于报告期", "the day of completion lies after the period" },
    { "day_of_what_is_not_done", "未完成却填报了完成日期",
      "a day of completion of what is not done" },
};

static const char *word(const struct tb_writer *w, const char *const words[][3], size_t n,
                        const char *code)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i][0], code) == 0)
            return tb_say(w, words[i][1], words[i][2]);
    return code;
}

/* The row of a code, or TB_NONE. */
static int32_t row_of(const struct tb_map *codes, const char *code)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(code, strlen(code), &folded);
    int64_t row = folded.failed || !*code ? TB_MAP_NONE
                                          : tb_map_get(codes, tb_buf_text(&folded), folded.len);
    tb_buf_release(&folded);
    return row < 0 ? TB_NONE : (int32_t)row;
}

static int read_row(const struct tb_report *report, size_t i, struct tb_task_row *out,
                    struct tb_error *err)
{
    const struct tb_profile *p = report->profile;
    const struct tb_table *t = report->table.tasks;
    const char *unit = tb_table_get(t, i, "unit"), *indicator = tb_table_get(t, i, "indicator");
    const char *status = tb_table_get(t, i, "status");

    *out = (struct tb_task_row){
        .target = row_of(p->target_codes, tb_table_get(t, i, "target")),
        .task = row_of(p->task_codes, tb_table_get(t, i, "task")),
        .department = row_of(p->department_codes, tb_table_get(t, i, "department")),
        .unit = tb_profile_unit(p, unit, strlen(unit)),
        .indicator = tb_profile_indicator(p, indicator, strlen(indicator)),
        .done = *tb_table_get(t, i, "completed") != '\0',
        .overdue = strcmp(status, "overdue") == 0,
        .dated = strcmp(tb_table_get(t, i, "dated"), "1") == 0,
        .status = status,
        .stage = tb_table_get(t, i, "stage"),
        .percent = tb_table_get(t, i, "percent"),
        .completed = tb_table_get(t, i, "completed"),
        .due = tb_table_get(t, i, "due"),
        .days = tb_table_get(t, i, "days"),
        .workdays = tb_table_get(t, i, "workdays"),
        .evidence = tb_table_get(t, i, "evidence"),
        .explanation = tb_table_get(t, i, "explanation"),
        .doubt = tb_table_get(t, i, "doubt"),
        .file = tb_table_get(t, i, "name"),
        .line = tb_table_get(t, i, "line"),
    };
    return out->unit < 0 || out->indicator < 0
               ? tb_error_set(err, "tasks.csv: row %zu names '%s' of '%s', which the profile "
                                   "has not: run analyse again", i + 1, indicator, unit)
               : 0;
}

/* The first row of an indicator and a unit, or -1. */
static int64_t first_row(const struct tb_report *report, int32_t indicator, int32_t unit)
{
    const int32_t key[] = { indicator, unit };

    return report->task_rows ? tb_map_get(report->task_rows, (const char *)key, sizeof key) : -1;
}

/* Each row knows the next one of its indicator and unit. */
static int index_rows(struct tb_report *report, struct tb_error *err)
{
    int64_t *last = calloc(report->n_tasks, sizeof *last);

    report->task_rows = tb_map_new();
    bool fits = last && report->task_rows;
    for (size_t i = 0; fits && i < report->n_tasks; i++) {
        struct tb_task_row *row = &report->tasks[i];
        const int32_t key[] = { row->indicator, row->unit };
        int64_t first = first_row(report, row->indicator, row->unit);
        row->next = -1;
        if (first < 0) {
            fits = tb_map_add(report->task_rows, (const char *)key, sizeof key, (int64_t)i) != -2;
            first = (int64_t)i;
        } else {
            report->tasks[last[first]].next = (int64_t)i;
        }
        last[first] = (int64_t)i;
    }
    free(last);
    return fits ? 0 : tb_error_set(err, "no memory for %zu tasks", report->n_tasks);
}

int tb_tasks_load(struct tb_report *report, struct tb_error *err)
{
    size_t n = report->table.tasks ? tb_table_rows(report->table.tasks) : 0;

    if (n == 0)
        return 0;
    report->tasks = tb_arena_alloc(&report->arena, n, sizeof *report->tasks);
    if (!report->tasks)
        return tb_error_set(err, "no memory for %zu tasks", n);
    for (size_t i = 0; i < n; i++)
        if (read_row(report, i, &report->tasks[i], err) < 0)
            return -1;
    report->n_tasks = n;
    return index_rows(report, err);
}

const struct tb_task_row *tb_task_find(const struct tb_report *report, int32_t target,
                                       int32_t indicator, int32_t unit)
{
    for (int64_t i = first_row(report, indicator, unit); i >= 0; i = report->tasks[i].next)
        if (target == TB_NONE || report->tasks[i].target == target)
            return &report->tasks[i];
    return NULL;
}

static void put_count(const struct tb_writer *w, const char *number, const char *zh,
                      const char *one, const char *many, struct tb_buf *out)
{
    tb_number_count(out, &w->style, strtoul(number, NULL, 10));
    tb_buf_puts(out, tb_say(w, zh, strcmp(number, "1") == 0 ? one : many));
}

/* How far it is: by its number, where there is one between the ends. */
static void put_stage(const struct tb_writer *w, const struct tb_task_row *row, struct tb_buf *out)
{
    bool between = strcmp(row->stage, "under way") == 0 && *row->percent;
    const char *code = *row->stage ? row->stage : "not reported";

    if (!between) {
        tb_buf_puts(out, word(w, words_of_status,
                              sizeof words_of_status / sizeof *words_of_status, code));
        return;
    }
    tb_buf_puts(out, tb_say(w, "完成", ""));
    tb_number_printed(out, &w->style, row->percent);
    tb_buf_puts(out, tb_say(w, "%", "% complete"));
}

static void put_late(const struct tb_writer *w, const struct tb_task_row *row, struct tb_buf *out)
{
    tb_buf_puts(out, tb_say(w, "，逾期", ", "));
    put_count(w, row->days, "天（", " day (", " days (", out);
    put_count(w, row->workdays, "个工作日）", " working day) after the due day",
              " working days) after the due day", out);
}

static void put_done(const struct tb_writer *w, const struct tb_task_row *row, const char *status,
                     struct tb_buf *out)
{
    tb_buf_puts(out, word(w, words_of_status, sizeof words_of_status / sizeof *words_of_status,
                          status));
    if (!row->dated && !*row->days)
        return; /* the end of a period says less than its name */
    tb_buf_puts(out, tb_say(w, "（", " ("));
    tb_buf_puts(out, tb_number_quote(&w->style, row->completed));
    if (!row->dated)
        tb_buf_puts(out, tb_say(w, "，未填日期，按报告期末计", ", no day stated: end of the period"));
    tb_buf_puts(out, tb_say(w, "）", ")"));
}

void tb_task_progress(const struct tb_writer *w, const struct tb_task_row *row, struct tb_buf *out)
{
    if (row->done)
        put_done(w, row, "done", out);
    else
        put_stage(w, row, out);
}

void tb_task_words(const struct tb_writer *w, const struct tb_task_row *row, struct tb_buf *out)
{
    bool over = row->overdue && *row->workdays && strcmp(row->days, "0") != 0;

    if (row->done) {
        put_done(w, row, row->status, out);
        if (*row->days)
            put_late(w, row, out);
    } else if (over) {
        tb_buf_puts(out, tb_say(w, "逾期", "overdue by "));
        put_count(w, row->workdays, "个工作日（", " working day (", " working days (", out);
        put_stage(w, row, out);
        tb_buf_puts(out, tb_say(w, "）", ")"));
    } else {
        put_stage(w, row, out);
        if (row->overdue)
            tb_buf_puts(out, tb_say(w, "，已到期", ", due"));
    }
    if (*row->doubt)
        tb_buf_printf(out, "%s%s", tb_say(w, "；", "; "),
                      word(w, words_of_doubt, sizeof words_of_doubt / sizeof *words_of_doubt,
                           row->doubt));
}
