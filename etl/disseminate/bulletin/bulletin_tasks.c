/* bulletin_tasks.c - the lists of tasks: of each block how many are done, under way, not begun,
 * overdue, not reported; and every one that is overdue. */
#include "disseminate/bulletin/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/words/prose.h"
#include "disseminate/page/task.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/map.h"

enum count { DONE, LATE, LACKING, UNDER_WAY, OPEN, NOT_BEGUN, SILENT, HELD, OVERDUE, N_COUNTS };

static const struct {
    const char *status, *zh, *en;
} counts[N_COUNTS] = {
    [DONE] = { "done", "完成", "done" },
    [LATE] = { "done late", "逾期完成", "done late" },
    [LACKING] = { "evidence missing", "缺佐证材料或完成日期", "without evidence or day" },
    [UNDER_WAY] = { "under way", "推进中", "under way" },
    [OPEN] = { "not done", "未完成", "not done" },
    [NOT_BEGUN] = { "not begun", "未启动", "not begun" },
    [SILENT] = { "not reported", "未报", "not reported" },
    [HELD] = { "held", "待核实", "held for review" },
    [OVERDUE] = { "overdue", "逾期未完成", "overdue" },
};

static enum count count_of(const struct tb_task_row *row)
{
    for (size_t c = 0; c < N_COUNTS; c++)
        if (strcmp(counts[c].status, row->status) == 0)
            return (enum count)c;
    return LACKING;
}

/* The k-th block that a task stands in: its own, then the lists; NULL behind the last. */
static const char *block_of(const struct tb_writer *w, const struct tb_task_row *row, size_t k)
{
    const struct tb_task *task =
        row->task == TB_NONE ? NULL : &w->report->profile->tasks[row->task];

    if (k == 0)
        return task ? task->block : "";
    return task && k <= task->lists.n ? task->lists.item[k - 1] : NULL;
}

static bool stands_in(const struct tb_writer *w, const struct tb_task_row *row, const char *block)
{
    const char *of;

    for (size_t k = 0; (of = block_of(w, row, k)) != NULL; k++)
        if (strcmp(of, block) == 0)
            return true;
    return false;
}

static const char *name_of_block(const struct tb_writer *w, const char *block)
{
    const struct tb_profile *profile = w->report->profile;

    for (size_t t = 0; t < profile->n_tasks; t++)
        if (strcmp(profile->tasks[t].block, block) == 0 && *block)
            return tb_say(w, block, profile->tasks[t].block_en);
    return *block ? block : tb_say(w, "其他", "Other");
}

/* One fact, one count: a milestone of several targets counts by the first of them. */
static bool counts_here(const struct tb_writer *w, size_t i)
{
    const struct tb_task_row *row = &w->report->tasks[i];

    return tb_is_subject(w, row->unit) &&
           tb_task_find(w->report, TB_NONE, row->indicator, row->unit) == row;
}

/* "共12项：完成5项，推进中4项" */
static void put_counts(const struct tb_writer *w, const size_t n[N_COUNTS], struct tb_buf *out)
{
    bool first = true;
    size_t all = 0;

    for (size_t c = 0; c < N_COUNTS; c++)
        all += n[c];
    tb_buf_puts(out, tb_say(w, "共", ""));
    tb_number_count(out, &w->style, all);
    tb_buf_puts(out, tb_say(w, "项：", all == 1 ? " task: " : " tasks: "));
    for (size_t c = 0; c < N_COUNTS; c++) {
        if (n[c] == 0)
            continue;
        tb_buf_puts(out, first ? "" : tb_say(w, "，", ", "));
        tb_buf_puts(out, tb_say(w, counts[c].zh, ""));
        tb_number_count(out, &w->style, n[c]);
        tb_buf_puts(out, tb_say(w, "项", " "));
        tb_buf_puts(out, tb_say(w, "", counts[c].en));
        first = false;
    }
    tb_buf_puts(out, tb_say(w, "。", "."));
}

/* The tasks of a block, or with NULL all of them, each once. */
static void put_block(const struct tb_writer *w, const char *block, struct tb_view *view)
{
    size_t n[N_COUNTS] = { 0 }, shared = 0;
    struct tb_buf text = TB_BUF_INIT;

    for (size_t i = 0; i < w->report->n_tasks; i++) {
        const struct tb_task_row *row = &w->report->tasks[i];
        if (!counts_here(w, i) || (block && !stands_in(w, row, block)))
            continue;
        n[count_of(row)]++;
        shared += block_of(w, row, 1) != NULL;
    }
    if (!block && shared == 0)
        return; /* the blocks add up */
    struct tb_view *item = tb_view_item(view, "task_blocks");
    tb_view_text(item, "block", block ? name_of_block(w, block) : tb_say(w, "全部", "All"));
    put_counts(w, n, &text);
    if (shared > 0) {
        tb_buf_puts(&text, tb_say(w, "其中", " "));
        tb_number_count(&text, &w->style, shared);
        tb_buf_puts(&text, tb_say(w, "项列入多个清单。", " of them in several lists."));
    }
    tb_view_buf(item, "text", &text);
    tb_buf_release(&text);
}

static void put_overdue(const struct tb_writer *w, const struct tb_task_row *row,
                        struct tb_view *view)
{
    const struct tb_profile *profile = w->report->profile;
    struct tb_buf text = TB_BUF_INIT;
    const char *name = row->task != TB_NONE
                           ? tb_say(w, profile->tasks[row->task].name_zh,
                                    profile->tasks[row->task].name_en)
                           : tb_name_of_indicator(w, row->indicator);

    if (w->report->subject == TB_NONE)
        tb_buf_printf(&text, "%s%s", tb_name_of_unit(w, row->unit), tb_say(w, "，", ", "));
    tb_buf_puts(&text, tb_number_quote(&w->style, name));
    tb_buf_puts(&text, tb_say(w, "：", ": "));
    if (strcmp(row->days, "0") == 0)
        tb_task_progress(w, row, &text);
    else
        tb_task_words(w, row, &text);
    tb_buf_puts(&text, tb_say(w, "，期限", ", due "));
    tb_buf_puts(&text, tb_number_quote(&w->style, row->due));
    if (row->department != TB_NONE)
        tb_buf_printf(&text, "%s%s", tb_say(w, "，责任单位：", "; responsible: "),
                      tb_name_of_department(w, row->department));
    tb_buf_puts(&text, tb_say(w, "。", "."));
    tb_view_line(view, "tasks_overdue", &text);
    tb_buf_release(&text);
}

/* The longest overdue first; then as in tasks.csv. */
static int by_days(const void *a, const void *b)
{
    const struct tb_task_row *x = *(const struct tb_task_row *const *)a,
                             *y = *(const struct tb_task_row *const *)b;
    long left = strtol(x->days, NULL, 10), right = strtol(y->days, NULL, 10);

    return left != right ? (left < right) - (left > right) : (x > y) - (x < y);
}

static void list_overdue(const struct tb_writer *w, struct tb_view *view)
{
    size_t n = 0, most = w->report->n_tasks;
    const struct tb_task_row **rows = calloc(most + 1, sizeof *rows);

    if (!rows) {
        tb_view_check(view, &(struct tb_buf){ .failed = true });
        return;
    }
    for (size_t i = 0; i < most; i++)
        if (tb_is_subject(w, w->report->tasks[i].unit) && w->report->tasks[i].overdue)
            rows[n++] = &w->report->tasks[i];
    qsort(rows, n, sizeof *rows, by_days);
    for (size_t i = 0; i < n && i < TB_TASKS_LISTED; i++)
        put_overdue(w, rows[i], view);
    tb_view_flag(view, "has_tasks_unlisted", n > TB_TASKS_LISTED);
    tb_view_int(view, "n_tasks_unlisted", n > TB_TASKS_LISTED ? (long long)(n - TB_TASKS_LISTED) : 0);
    free(rows);
}

/* Every block once, in the order in which tasks.csv comes to it; false when memory is out. */
static bool put_blocks(const struct tb_writer *w, struct tb_map *told, bool *any,
                       struct tb_view *view)
{
    for (size_t i = 0; i < w->report->n_tasks; i++) {
        const char *block;
        if (!counts_here(w, i))
            continue;
        *any = true;
        for (size_t k = 0; (block = block_of(w, &w->report->tasks[i], k)) != NULL; k++) {
            if (tb_map_get(told, block, strlen(block)) >= 0)
                continue;
            if (tb_map_add(told, block, strlen(block), 0) == -2)
                return false;
            put_block(w, block, view);
        }
    }
    if (*any)
        put_block(w, NULL, view);
    return true;
}

void tb_bulletin_tasks(const struct tb_writer *w, struct tb_view *view)
{
    struct tb_map *told = tb_map_new();
    bool any = false;

    tb_view_list(view, "task_blocks");
    tb_view_list(view, "tasks_overdue");
    if (!told || !put_blocks(w, told, &any, view))
        tb_view_check(view, &(struct tb_buf){ .failed = true });
    tb_map_free(told);
    tb_view_flag(view, "has_tasks", any);
    list_overdue(w, view);
}
