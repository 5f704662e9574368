/* task_heads.c - the columns of a list of tasks. */
#include "collect/header/task_heads.h"

#include <string.h>

#include "collect/header/head.h"
#include "collect/header/header.h"
#include "tongbao/profile.h"

enum kind { NOTHING, TASK, STATE, PERCENT, DAY, EVIDENCE, EXPLANATION, NOTE };

/* Folded; of several of one kind the first in this order counts. */
static const struct {
    const char *head;
    enum kind kind;
} heads[] = {
    { "任务编号", TASK },        { "任务代码", TASK },         { "taskcode", TASK },
    { "任务", TASK },            { "任务名称", TASK },         { "工作任务", TASK },
    { "重点任务", TASK },        { "目标任务", TASK },         { "具体任务", TASK },
    { "任务事项", TASK },        { "工作事项", TASK },         { "事项", TASK },
    { "task", TASK },            { "完成情况", STATE },        { "完成状态", STATE },
    { "任务状态", STATE },       { "进展状态", STATE },        { "是否完成", STATE },
    { "completion", STATE },     { "stage", STATE },           { "完成进度", PERCENT },
    { "进度", PERCENT },         { "完成百分比", PERCENT },    { "完成比例", PERCENT },
    { "形象进度", PERCENT },     { "percentcomplete", PERCENT }, { "progress", PERCENT },
    { "完成日期", DAY },         { "完成时间", DAY },          { "办结日期", DAY },
    { "办结时间", DAY },         { "dateofcompletion", DAY },  { "completiondate", DAY },
    { "completedon", DAY },      { "done_on", DAY },           { "召开日期", DAY },
    { "召开时间", DAY },         { "举办日期", DAY },          { "开展日期", DAY },
    { "印发日期", DAY },         { "检查日期", DAY },          { "dateheld", DAY },
    { "heldon", DAY },           { "佐证", EVIDENCE },
    { "佐证材料", EVIDENCE },    { "佐证资料", EVIDENCE },     { "证明材料", EVIDENCE },
    { "印证材料", EVIDENCE },    { "evidence", EVIDENCE },     { "进展说明", EXPLANATION },
    { "进展情况", EXPLANATION }, { "情况说明", EXPLANATION },  { "explanation", EXPLANATION },
    { "说明", NOTE },
};

/* A column that is of no dimension, and of no other table. */
static bool is_open(const struct tb_planner *planner, size_t c)
{
    const struct tb_plan *plan = planner->plan;

    for (int role = 0; role < TB_N_ROLES; role++)
        if (plan->role[role] == (int)c || plan->second[role] == (int)c)
            return false;
    for (size_t i = 0; i < plan->n_values; i++)
        if (plan->value[i].column == c)
            return false;
    return c >= planner->from && c < planner->to && planner->heads[c].n > 0;
}

/* The head without what stands in brackets behind it: 进度（%）. */
static bool is_head(struct tb_planner *planner, size_t c, const char *head)
{
    const struct tb_heads *of = &planner->heads[c];
    const char *inner, *text = of->part[of->n - 1];
    size_t len = tb_head_brackets(text, &planner->plan->arena, &inner);
    const char *name = tb_arena_memdup(&planner->plan->arena, text, len);

    planner->failed |= !name;
    return name && tb_same_name(planner->facts->profile, head, name);
}

/* The first open column of that kind, or SIZE_MAX; listed heads say themselves what they are. */
static size_t find(struct tb_planner *planner, enum kind kind)
{
    const struct tb_form *form = planner->form;

    for (size_t h = 0; h < sizeof heads / sizeof *heads; h++)
        for (size_t c = 0; heads[h].kind == kind && c < planner->plan->n_heads; c++) {
            bool listed = false;
            for (size_t i = 0; i < form->n_columns && !listed; i++)
                listed = tb_same_name(planner->facts->profile, form->columns[i].head,
                                      planner->plan->head[c]);
            if (!listed && is_open(planner, c) && is_head(planner, c, heads[h].head))
                return c;
        }
    return SIZE_MAX;
}

/* Some row below names a task or an indicator. */
static bool names_tasks(const struct tb_planner *planner, size_t c)
{
    const struct tb_profile *profile = planner->facts->profile;
    const struct tb_sample *sample = planner->sample;

    for (size_t r = planner->row + 1; r < sample->n; r++) {
        const char *cell = tb_sample_cell(sample, r, c);
        if (cell[0] && (tb_profile_indicator(profile, cell, strlen(cell)) != TB_NONE ||
                        tb_profile_task_indicator(profile, cell, strlen(cell)) != TB_NONE))
            return true;
    }
    return false;
}

/* The column of indicators is one of what the tasks are of: 项目. */
static bool is_project(const struct tb_planner *planner)
{
    int column = planner->plan->role[TB_ROLE_INDICATOR];

    return column >= 0 &&
           tb_same_name(planner->facts->profile, "项目", planner->plan->head[column]) &&
           !names_tasks(planner, (size_t)column);
}

/* A milestone, or an event, which has a day, too. */
static bool is_milestone(const struct tb_profile *profile, const char *cell)
{
    int32_t row = tb_profile_indicator(profile, cell, strlen(cell));

    if (row == TB_NONE)
        row = tb_profile_task_indicator(profile, cell, strlen(cell));
    return row >= 0 && (profile->indicators[row].kind == TB_KIND_MILESTONE ||
                        profile->indicators[row].event != TB_EVENT_NONE);
}

/* Some row below is of a milestone; where the file names the indicator, only columns that
 * no other indicator has can say so. */
static bool is_of_tasks(struct tb_planner *planner)
{
    const struct tb_sample *sample = planner->sample;
    int column = planner->plan->role[TB_ROLE_INDICATOR];

    for (size_t r = planner->row + 1; column >= 0 && r < sample->n; r++)
        if (is_milestone(planner->facts->profile, tb_sample_cell(sample, r, (size_t)column)))
            return true;
    return column < 0 && (find(planner, DAY) != SIZE_MAX || find(planner, EVIDENCE) != SIZE_MAX ||
                          find(planner, EXPLANATION) != SIZE_MAX);
}

void tb_task_heads_indicator(struct tb_planner *planner)
{
    int *role = &planner->plan->role[TB_ROLE_INDICATOR];

    if (planner->form->indicator_from.kind != TB_FROM_COLUMN ||
        planner->form->indicator_from.text || (*role >= 0 && !is_project(planner)))
        return;
    size_t c = find(planner, TASK);
    if (c != SIZE_MAX && (names_tasks(planner, c) || find(planner, STATE) != SIZE_MAX))
        *role = (int)c;
}

static void add(struct tb_planner *planner, size_t c, enum tb_measure measure, bool of_task)
{
    const struct tb_value_column column = {
        .column = c,
        .head = planner->plan->head[c],
        .meaning = { .indicator = TB_NONE, .measure = (int)measure, .group = TB_NONE },
        .of_task = of_task,
    };

    tb_planner_add_value(planner, &column);
}

void tb_task_heads_values(struct tb_planner *planner)
{
    static const struct {
        enum kind kind;
        enum tb_measure measure;
    } texts[] = { { DAY, TB_MEASURE_DONE_ON },
                  { EVIDENCE, TB_MEASURE_EVIDENCE },
                  { EXPLANATION, TB_MEASURE_EXPLANATION } };
    struct tb_plan *plan = planner->plan;
    bool has_value = plan->n_values > 0, any = false, explained = false;

    if (!is_of_tasks(planner))
        return;
    size_t state = find(planner, STATE), percent = has_value ? SIZE_MAX : find(planner, PERCENT);
    if (percent != SIZE_MAX)
        add(planner, percent, TB_MEASURE_VALUE, true);
    if (state != SIZE_MAX)
        add(planner, state,
            has_value || percent != SIZE_MAX ? TB_MEASURE_STAGE : TB_MEASURE_VALUE, true);
    any = state != SIZE_MAX || percent != SIZE_MAX;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t c = find(planner, texts[i].kind);
        if (c == SIZE_MAX)
            continue;
        add(planner, c, texts[i].measure, false);
        any = true;
        explained |= texts[i].kind == EXPLANATION;
    }
    size_t note = any && !explained ? find(planner, NOTE) : SIZE_MAX;
    if (note != SIZE_MAX)
        add(planner, note, TB_MEASURE_EXPLANATION, false);
}
