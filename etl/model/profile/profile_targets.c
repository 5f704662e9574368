/* profile_targets.c - tasks.csv, targets.csv and quotas.csv: what was promised,
 * by whom, until when, and the rule that judges it.
 *
 * Rules are compiled after the quotas are known: a rule may say `quota` only
 * where there is one.
 */
#include "model/profile/profile_load.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/conflict.h"
#include "tongbao/map.h"
#include "tongbao/rule.h"
#include "tongbao/table.h"

enum {
    K_TASK,
    K_BLOCK,
    K_SEQUENCE,
    K_NAME_ZH,
    K_NAME_EN,
    K_GOAL,
    K_LEAD_DEPARTMENT,
    K_DEPARTMENTS,
    K_LEAD,
    K_BLOCK_EN,
    K_LISTS,
    K_N
};
static const char *const task_heads[K_N] = { "task*",           "block",       "sequence",
                                             "name_zh*",        "name_en",     "goal",
                                             "lead_department", "departments", "lead",
                                             "block_en",        "lists" };

enum {
    T_TARGET,
    T_TASK,
    T_INDICATOR,
    T_UNITS,
    T_FROM,
    T_TO,
    T_RULE,
    T_ANNUAL,
    T_QUOTA,
    T_DUE,
    T_STRENGTH,
    T_WEIGHT,
    T_NOTE,
    T_UOM,
    T_YIELDS_TO,
    T_N
};
static const char *const target_heads[T_N] = { "target*", "task",        "indicator*", "units",
                                               "from*",   "to*",         "rule*",      "annual",
                                               "quota",   "due",         "strength",   "weight",
                                               "note",    "unit_measure", "yields_to" };
static const char *const strengths[TB_N_STRENGTHS] = { "binding", "stretch", "fact" };

const char *tb_strength_code(enum tb_strength strength)
{
    return strengths[strength];
}

enum { Q_TARGET, Q_UNIT, Q_PERIOD, Q_VALUE, Q_APPROVED, Q_N };
static const char *const quota_heads[Q_N] = { "target*", "unit*", "period", "value*",
                                              "approved_on" };

/* --- tasks --- */

static struct tb_strings read_departments(const struct tb_sheet *sheet)
{
    struct tb_load *load = sheet->load;
    struct tb_strings list = tb_sheet_list(sheet, K_DEPARTMENTS);
    struct tb_item item;
    size_t n = 0;

    for (size_t at = 0; n < list.n && tb_sheet_next_item(sheet, K_DEPARTMENTS, &at, &item);) {
        struct tb_place place = tb_sheet_item_place(sheet, K_DEPARTMENTS, &item);
        int32_t row = tb_load_find(load, TB_REF_DEPARTMENT, item.text, item.len, &place);
        if (row >= 0)
            list.item[n++] = load->profile->departments[row].code;
    }
    list.n = n;
    return list;
}

/* Each list once, and none that is the task's own block. */
static void check_lists(const struct tb_sheet *sheet, const struct tb_task *task)
{
    for (size_t i = 0; i < task->lists.n; i++) {
        bool twice = strcmp(task->lists.item[i], task->block) == 0;
        for (size_t k = 0; k < i; k++)
            twice |= strcmp(task->lists.item[i], task->lists.item[k]) == 0;
        if (twice)
            tb_sheet_error(sheet, K_LISTS, "the task stands in '%s' already, expected other lists",
                           task->lists.item[i]);
    }
}

int tb_load_tasks(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "tasks.csv", task_heads, K_N, false, &sheet, err) < 0)
        return -1;
    profile->tasks = tb_load_alloc(load, sheet.n_rows, sizeof *profile->tasks);
    profile->n_tasks = profile->tasks ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_tasks; sheet.row++) {
        struct tb_task *task = &profile->tasks[sheet.row];

        task->code = tb_sheet_key(&sheet, K_TASK, profile->task_codes);
        task->block = tb_sheet_text(&sheet, K_BLOCK);
        task->block_en = tb_sheet_text_or(&sheet, K_BLOCK_EN, task->block);
        task->sequence = tb_sheet_text(&sheet, K_SEQUENCE);
        task->name_zh = tb_sheet_text(&sheet, K_NAME_ZH);
        task->name_en = tb_sheet_text_or(&sheet, K_NAME_EN, task->name_zh);
        task->goal = tb_sheet_text(&sheet, K_GOAL);
        task->lead = tb_sheet_text(&sheet, K_LEAD);
        task->lead_department = tb_sheet_ref(&sheet, K_LEAD_DEPARTMENT, TB_REF_DEPARTMENT);
        task->departments = read_departments(&sheet);
        task->lists = tb_sheet_list(&sheet, K_LISTS);
        check_lists(&sheet, task);
        task->line = tb_sheet_line(&sheet);
    }
    tb_sheet_close(&sheet);
    return 0;
}

/* --- targets --- */

/* `from` and `to` may be coarser than the indicator's periods (2023 for a
 * monthly one): then they are the first and the last within. */
static void read_span(const struct tb_sheet *sheet, struct tb_target *target, enum tb_freq freq)
{
    struct tb_period from, to;
    bool has_from = tb_sheet_period(sheet, T_FROM, &from);
    bool has_to = tb_sheet_period(sheet, T_TO, &to);

    target->from.freq = target->to.freq = freq;
    if (!has_from || !has_to)
        return;
    from.index--;
    target->from = tb_period_within(from, freq);
    target->from.index++;
    target->to = tb_period_within(to, freq);
    if (target->from.index > target->to.index)
        tb_sheet_error(sheet, T_TO, "no period of the indicator's frequency %s lies in %s to %s",
                       tb_freq_code(freq), tb_sheet_cell(sheet, T_FROM),
                       tb_sheet_cell(sheet, T_TO));
}

static void read_target_uom(const struct tb_sheet *sheet, struct tb_target *target,
                            const struct tb_indicator *in)
{
    const struct tb_profile *profile = sheet->load->profile;

    target->unit_measure = tb_sheet_text(sheet, T_UOM);
    if (!*target->unit_measure) {
        target->unit_measure = in ? in->unit_measure : "";
        if (in)
            target->uom = in->uom;
        else
            tb_uom_read("", NULL, 0, &target->uom);
        return;
    }
    tb_uom_read(target->unit_measure, profile->uoms, profile->n_uoms, &target->uom);
    /* Percent fits any indicator: its rule may speak of growth. */
    if (in && target->uom.kind != TB_UOM_PERCENT && !tb_uom_same_dimension(&target->uom, &in->uom))
        tb_sheet_error(sheet, T_UOM,
                       "unit of measure '%s' does not convert to '%s' of indicator "
                       "'%s'",
                       target->unit_measure, in->unit_measure, in->code);
}

/* A value, or the word that it will be assigned: until then there is no verdict. */
static void read_target_quota(const struct tb_sheet *sheet, struct tb_target *target)
{
    const char *cell = tb_sheet_cell(sheet, T_QUOTA);

    target->quota_awaited = strcmp(cell, "awaited") == 0 || strcmp(cell, "待下达") == 0;
    if (!target->quota_awaited)
        target->has_quota = tb_sheet_decimal(sheet, T_QUOTA, &target->quota);
}

static void read_target(const struct tb_sheet *sheet, struct tb_target *target)
{
    const struct tb_profile *profile = sheet->load->profile;
    const struct tb_indicator *in;

    target->code = tb_sheet_key(sheet, T_TARGET, profile->target_codes);
    target->note = tb_sheet_text(sheet, T_NOTE);
    target->rule_text = tb_sheet_text(sheet, T_RULE);
    target->indicator = tb_sheet_ref(sheet, T_INDICATOR, TB_REF_INDICATOR);
    in = target->indicator >= 0 ? &profile->indicators[target->indicator] : NULL;
    target->task = tb_sheet_ref(sheet, T_TASK, TB_REF_TASK);
    if (!*tb_sheet_cell(sheet, T_TASK) && in)
        target->task = in->task;
    else if (in && in->task < 0) /* the bulletin places indicators, and so their targets */
        profile->indicators[target->indicator].task = target->task;
    target->applies = tb_sheet_units(sheet, T_UNITS);
    read_span(sheet, target, in ? in->frequency : profile->set.frequency);
    read_target_uom(sheet, target, in);
    target->has_annual = tb_sheet_decimal(sheet, T_ANNUAL, &target->annual);
    read_target_quota(sheet, target);
    target->due = tb_sheet_day(sheet, T_DUE);
    if (target->due != TB_DAY_NONE && target->from.index != 0 &&
        target->due < tb_period_first_day(target->from))
        tb_sheet_warn(sheet, T_DUE,
                      "due day %s lies before the first period: it is overdue from the start",
                      tb_sheet_cell(sheet, T_DUE));
    target->strength = (enum tb_strength)tb_sheet_word(sheet, T_STRENGTH, strengths, TB_N_STRENGTHS, TB_BINDING);
    target->weight = (struct tb_decimal){ .units = 1 };
    if (tb_sheet_decimal(sheet, T_WEIGHT, &target->weight) && target->weight.units < 0)
        tb_sheet_error(sheet, T_WEIGHT, "weight '%s' is negative", tb_sheet_cell(sheet, T_WEIGHT));
    target->line = tb_sheet_line(sheet);
    target->rule_column = tb_sheet_place(sheet, T_RULE).column;
}

/* --- quotas --- */

static void read_quota(const struct tb_sheet *sheet, struct tb_quota *quota, struct tb_map *keys)
{
    const struct tb_profile *profile = sheet->load->profile;
    struct tb_buf key = TB_BUF_INIT;

    quota->target = tb_sheet_ref(sheet, Q_TARGET, TB_REF_TARGET);
    quota->unit = tb_sheet_ref(sheet, Q_UNIT, TB_REF_UNIT);
    quota->has_period = tb_sheet_period(sheet, Q_PERIOD, &quota->period);
    if (!tb_sheet_decimal(sheet, Q_VALUE, &quota->value))
        quota->value = (struct tb_decimal){ 0 };
    quota->approved_on = tb_sheet_day(sheet, Q_APPROVED);
    quota->line = tb_sheet_line(sheet);
    if (quota->target < 0 || quota->unit < 0)
        return;
    if (profile->targets[quota->target].applies &&
        !profile->targets[quota->target].applies[quota->unit])
        tb_sheet_warn(sheet, Q_UNIT, "target '%s' does not apply to unit '%s'",
                      profile->targets[quota->target].code, profile->units[quota->unit].code);
    tb_buf_printf(&key, "%d/%d/%d/%d", (int)quota->target, (int)quota->unit,
                  quota->has_period ? (int)quota->period.freq : -1,
                  quota->has_period ? (int)quota->period.index : 0);
    int64_t first = tb_names_add(sheet->load, keys, tb_buf_text(&key), (int64_t)sheet->row);
    if (first >= 0 && first != (int64_t)sheet->row)
        tb_sheet_error(sheet, Q_TARGET,
                       "duplicate quota of this target, unit and period, already "
                       "on line %u",
                       (unsigned)tb_table_line(sheet->table, (size_t)first));
    tb_buf_release(&key);
}

static int load_quotas(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_map *keys = tb_map_new();
    struct tb_sheet sheet;

    if (!keys)
        load->out_of_memory = true;
    if (!keys || tb_sheet_open(load, "quotas.csv", quota_heads, Q_N, false, &sheet, err) < 0) {
        tb_map_free(keys);
        return keys ? -1 : 0;
    }
    profile->quotas = tb_load_alloc(load, sheet.n_rows, sizeof *profile->quotas);
    profile->n_quotas = profile->quotas ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_quotas; sheet.row++)
        read_quota(&sheet, &profile->quotas[sheet.row], keys);
    tb_sheet_close(&sheet);
    tb_map_free(keys);
    return 0;
}

/* --- rules --- */

/* One is there, or will be: quotas.csv may get its rows late in the year. */
static bool any_quota(const struct tb_profile *profile, size_t target)
{
    for (size_t i = 0; i < profile->n_quotas; i++) {
        if (profile->quotas[i].target == (int32_t)target)
            return true;
    }
    return profile->targets[target].has_quota || profile->targets[target].quota_awaited;
}

/* Whether what the row yields to yields back to it, over the rows read before. */
static bool comes_back(const struct tb_profile *profile, size_t row)
{
    int32_t at = profile->targets[row].yields_to;

    for (size_t n = 0; n < row && at >= 0 && (size_t)at < row; n++)
        at = profile->targets[at].yields_to;
    return at == (int32_t)row;
}

/* Which row binds in place of another: it may stand further down. */
static void read_yields(struct tb_sheet *sheet)
{
    struct tb_profile *profile = sheet->load->profile;

    for (sheet->row = 0; sheet->row < profile->n_targets; sheet->row++) {
        struct tb_target *target = &profile->targets[sheet->row];
        target->yields_to = tb_sheet_ref(sheet, T_YIELDS_TO, TB_REF_TARGET);
        if (target->yields_to < 0)
            continue;
        const struct tb_target *binds = &profile->targets[target->yields_to];
        if (binds == target)
            tb_sheet_error(sheet, T_YIELDS_TO, "target '%s' yields to itself", target->code);
        else if (comes_back(profile, sheet->row))
            tb_sheet_error(sheet, T_YIELDS_TO, "'%s' on line %u yields to this row already",
                           binds->code, (unsigned)binds->line);
        else if (target->indicator >= 0 && binds->indicator != target->indicator)
            tb_sheet_error(sheet, T_YIELDS_TO, "target '%s' is on another indicator, expected '%s'",
                           binds->code, profile->indicators[target->indicator].code);
    }
}

static void compile_rules(struct tb_sheet *sheet)
{
    struct tb_profile *profile = sheet->load->profile;

    for (sheet->row = 0; sheet->row < profile->n_targets; sheet->row++) {
        struct tb_target *target = &profile->targets[sheet->row];
        struct tb_place place = tb_sheet_place(sheet, T_RULE);
        struct tb_rule_context context = {
            .indicator = target->indicator,
            .uom = &target->uom,
            .has_annual = target->has_annual,
            .has_quota = any_quota(profile, sheet->row),
            .may_be_none = true,
        };

        if (*target->rule_text && target->indicator >= 0)
            target->rule =
                tb_rule_compile(target->rule_text, profile, &context, sheet->load->diag, &place);
    }
}

int tb_load_targets(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "targets.csv", target_heads, T_N, false, &sheet, err) < 0)
        return -1;
    profile->targets = tb_load_alloc(load, sheet.n_rows, sizeof *profile->targets);
    profile->n_targets = profile->targets ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_targets; sheet.row++)
        read_target(&sheet, &profile->targets[sheet.row]);
    int rc = load_quotas(load, err);
    if (rc == 0)
        compile_rules(&sheet);
    read_yields(&sheet);
    tb_sheet_close(&sheet);
    return rc < 0 ? rc : tb_conflicts_find(profile, err);
}
