/* roles.c - the usual heads of columns, in both languages. */
#include "collect/header/roles.h"

#include <string.h>

#include "collect/header/head.h"
#include "collect/header/header.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

enum { ROLE_NOTHING = TB_N_ROLES }; /* known to carry nothing that is collected */

/* Folded; earlier ones go first where a table has several of one role. */
static const struct {
    int role;
    const char *head;
} usual[] = {
    { TB_ROLE_UNIT, "ref_area" },       { TB_ROLE_UNIT, "unit" },
    { TB_ROLE_UNIT, "填报单位" },       { TB_ROLE_UNIT, "单位名称" },
    { TB_ROLE_UNIT, "地区" },           { TB_ROLE_UNIT, "地区名称" },
    { TB_ROLE_UNIT, "城市" },           { TB_ROLE_UNIT, "县市区" },
    { TB_ROLE_UNIT, "区县" },           { TB_ROLE_UNIT, "县区" },
    { TB_ROLE_UNIT, "乡镇" },           { TB_ROLE_UNIT, "乡镇街道" },
    { TB_ROLE_UNIT, "单位代码" },       { TB_ROLE_UNIT, "地区代码" },
    { TB_ROLE_UNIT, "region" },         { TB_ROLE_UNIT, "area" },
    { TB_ROLE_UNIT, "单位" },           { TB_ROLE_PERIOD, "time_period" },
    { TB_ROLE_PERIOD, "period" },       { TB_ROLE_PERIOD, "月份" },
    { TB_ROLE_PERIOD, "时间" },         { TB_ROLE_PERIOD, "期别" },
    { TB_ROLE_PERIOD, "报告期" },       { TB_ROLE_PERIOD, "统计期" },
    { TB_ROLE_PERIOD, "日期" },         { TB_ROLE_PERIOD, "年月" },
    { TB_ROLE_PERIOD, "年份" },         { TB_ROLE_PERIOD, "date" },
    { TB_ROLE_PERIOD, "month" },        { TB_ROLE_PERIOD, "quarter" },
    { TB_ROLE_PERIOD, "year" },         { TB_ROLE_PERIOD, "时期" },
    { TB_ROLE_PERIOD, "期间" },         { TB_ROLE_PERIOD, "所属期" },
    { TB_ROLE_PERIOD, "报告时间" },     { TB_ROLE_PERIOD, "统计时间" },
    { TB_ROLE_PERIOD, "报告年月" },     { TB_ROLE_INDICATOR, "indicator" },
    { TB_ROLE_INDICATOR, "指标" },      { TB_ROLE_INDICATOR, "指标名称" },
    { TB_ROLE_INDICATOR, "指标代码" },  { TB_ROLE_INDICATOR, "项目" },
    { TB_ROLE_MEASURE, "measure" },     { TB_ROLE_MEASURE, "口径" },
    { TB_ROLE_MEASURE, "统计口径" },    { TB_ROLE_MEASURE, "数据口径" },
    { TB_ROLE_UNIT_MEASURE, "unit_measure" }, { TB_ROLE_UNIT_MEASURE, "计量单位" },
    { TB_ROLE_UNIT_MULT, "unit_mult" }, { TB_ROLE_STATUS, "obs_status" },
    { TB_ROLE_STATUS, "状态" },         { TB_ROLE_STATUS, "数据状态" },
    { TB_ROLE_COMMENT, "comment" },     { TB_ROLE_COMMENT, "备注" },
    { ROLE_NOTHING, "序号" },           { ROLE_NOTHING, "编号" },
    { ROLE_NOTHING, "行政区划代码" },   { ROLE_NOTHING, "区划代码" },
    { ROLE_NOTHING, "no" },             { ROLE_NOTHING, "no." },
    { ROLE_NOTHING, "freq" },           { ROLE_NOTHING, "decimals" },
    { ROLE_NOTHING, "vintage" },        { ROLE_NOTHING, "source" },
    { ROLE_NOTHING, "说明" },           { ROLE_NOTHING, "dataflow" },
    { ROLE_NOTHING, "structure" },      { ROLE_NOTHING, "structure_id" },
    { ROLE_NOTHING, "structure_name" }, { TB_ROLE_ACTION, "action" },
    { TB_ROLE_ACTION, "操作" },
};

enum { N_USUAL = sizeof usual / sizeof *usual };

int tb_role_of_head(const struct tb_profile *profile, const char *head)
{
    for (size_t i = 0; i < N_USUAL; i++) {
        if (tb_same_name(profile, usual[i].head, head))
            return usual[i].role;
    }
    return -1;
}

bool tb_role_is_usual(const struct tb_profile *profile, const char *head)
{
    return tb_role_of_head(profile, head) >= 0;
}

const char *tb_role_near(const struct tb_profile *profile, const char *head, int *role)
{
    enum { SHORTEST = 3, SHORTEST_BYTES = 5, A_SLIP_IN_EACH = 6 };
    struct tb_buf text = TB_BUF_INIT;
    const char *near = NULL;
    size_t chars, best;

    tb_text_fold(head, strlen(head), &text);
    chars = tb_text_chars(tb_buf_text(&text), text.len);
    best = 2 + chars / A_SLIP_IN_EACH; /* one more than is allowed */
    for (size_t i = 0; i < N_USUAL && chars >= SHORTEST && text.len >= SHORTEST_BYTES; i++) {
        size_t distance = tb_text_distance(usual[i].head, tb_buf_text(&text), best);
        if (distance < best && usual[i].role != ROLE_NOTHING) {
            best = distance;
            near = usual[i].head;
            *role = usual[i].role;
        }
    }
    if (text.failed)
        tb_profile_starve(profile);
    tb_buf_release(&text);
    return near;
}

/* The column of that head; of several rows the last says what stands below. */
static int find_head(const struct tb_planner *planner, const char *head)
{
    for (size_t c = 0; c < planner->plan->n_heads; c++) {
        const struct tb_heads *heads = &planner->heads[c];
        if (tb_same_name(planner->facts->profile, planner->plan->head[c], head) ||
            (heads->n > 1 &&
             tb_same_name(planner->facts->profile, heads->part[heads->n - 1], head)))
            return (int)c;
    }
    return -1;
}

/* A dimension: in the column that the form names, in a usual one, or in none. */
static bool set_dimension(const struct tb_planner *planner, enum tb_role role,
                          const struct tb_source_of *from)
{
    struct tb_plan *plan = planner->plan;

    if (from->kind != TB_FROM_COLUMN)
        return true;
    if (from->text && from->text[0]) {
        plan->role[role] = find_head(planner, from->text);
        return plan->role[role] >= 0;
    }
    for (size_t i = 0; i < N_USUAL && plan->role[role] < 0; i++) {
        if (usual[i].role == (int)role)
            plan->role[role] = find_head(planner, usual[i].head);
    }
    return true;
}

/* True for a head that says what stands below it, and that is no unit: 序号, 投资, 5月. */
static bool says_other(const struct tb_planner *planner, size_t column)
{
    const char *head = planner->plan->head[column];
    struct tb_period_read period;
    struct tb_meaning meaning;

    return tb_role_is_usual(planner->facts->profile, head) ||
           tb_period_parse(head, strlen(head), &period) ||
           tb_head_read(planner->facts->profile, planner->form, head, &planner->plan->arena,
                        &meaning) != TB_HEAD_UNKNOWN;
}

/* The unit column of a table whose head for it is unusual: most of the cells below it
 * are units.  Numbers below other heads are none, though units may have such codes. */
static int guess_unit_column(const struct tb_planner *planner)
{
    const struct tb_sample *sample = planner->sample;

    for (size_t c = 0; c < planner->plan->n_heads; c++) {
        size_t n_units = 0, n_cells = 0;
        if (c < planner->from || c >= planner->to || says_other(planner, c))
            continue;
        for (size_t r = planner->row + 1; r < sample->n; r++) {
            const char *cell = tb_sample_cell(sample, r, c);
            n_cells += cell[0] != '\0';
            /* A name of several units is one all the same. */
            n_units +=
                cell[0] && tb_profile_unit(planner->facts->profile, cell, strlen(cell)) != TB_NONE;
        }
        if (n_units > 0 && n_units * 2 >= n_cells)
            return (int)c;
    }
    return -1;
}

/* Where names are of units below another, few are known by themselves: the first
 * column without a head that holds some that are, and no number. */
static int guess_column_of_names(const struct tb_planner *planner)
{
    const struct tb_sample *sample = planner->sample;
    struct tb_decimal number;

    for (size_t c = 0; c < planner->plan->n_heads; c++) {
        size_t n_units = 0, n_numbers = 0;
        for (size_t r = planner->row + 1; r < sample->n; r++) {
            const char *cell = tb_sample_cell(sample, r, c);
            n_numbers += tb_decimal_parse(cell, strlen(cell), &number);
            n_units += cell[0] && tb_profile_unit(planner->facts->profile, cell, strlen(cell)) >= 0;
        }
        bool here = c >= planner->from && c < planner->to;
        if (here && !planner->plan->head[c][0] && n_units > 0 && n_numbers == 0)
            return (int)c;
    }
    return -1;
}

/* 地区代码 beside 地区: another column of the role, to be held against the first. */
static void set_second(const struct tb_planner *planner, enum tb_role role)
{
    struct tb_plan *plan = planner->plan;

    for (size_t i = 0; i < N_USUAL && plan->role[role] >= 0 && plan->second[role] < 0; i++) {
        /* 单位 may be that of measure. */
        int column = usual[i].role == (int)role && strcmp(usual[i].head, "单位") != 0
                         ? find_head(planner, usual[i].head)
                         : -1;
        /* Of this table, where several stand side by side. */
        bool inside = column >= 0 && (size_t)column >= planner->from &&
                      (size_t)column < planner->to;
        plan->second[role] = inside && column != plan->role[role] ? column : -1;
    }
}

/* A column of periods in a form that takes the period of the whole file: it is held against that. */
static void set_second_period(const struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    static const char *const of_filling[] = { "日期", "date" };

    for (size_t i = 0; i < N_USUAL && plan->second[TB_ROLE_PERIOD] < 0; i++) {
        bool period = usual[i].role == TB_ROLE_PERIOD && strcmp(usual[i].head, of_filling[0]) != 0 &&
                      strcmp(usual[i].head, of_filling[1]) != 0;
        if (period)
            plan->second[TB_ROLE_PERIOD] = find_head(planner, usual[i].head);
    }
}

/* What stands below the head is units of measure only, and none of it a unit. */
static bool holds_uoms(const struct tb_planner *planner, int column)
{
    const struct tb_profile *profile = planner->facts->profile;
    const struct tb_sample *sample = planner->sample;
    size_t n_uoms = 0;

    for (size_t r = planner->row + 1; r < sample->n; r++) {
        const char *cell = tb_sample_cell(sample, r, (size_t)column);
        if (!cell[0])
            continue;
        if (!tb_head_is_uom(profile, cell) ||
            tb_profile_unit(profile, cell, strlen(cell)) != TB_NONE)
            return false;
        n_uoms++;
    }
    return n_uoms > 0;
}

/* `指标,单位,累计` below a title that names the unit: 单位 is the unit of measure. */
static void set_uom_of_indicator(const struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    int column = plan->role[TB_ROLE_UNIT];

    if (planner->form->layout == TB_LAYOUT_UNITS_ACROSS || column < 0 ||
        planner->form->unit_from.text || plan->role[TB_ROLE_INDICATOR] < 0 ||
        plan->role[TB_ROLE_UNIT_MEASURE] >= 0 || column != find_head(planner, "单位") ||
        !holds_uoms(planner, column))
        return;
    plan->role[TB_ROLE_UNIT_MEASURE] = column;
    plan->role[TB_ROLE_UNIT] = -1;
}

static void set_attributes(const struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    static const struct tb_source_of usual_heads = { .kind = TB_FROM_COLUMN };
    static const enum tb_role attributes[] = { TB_ROLE_MEASURE, TB_ROLE_UNIT_MEASURE,
                                               TB_ROLE_UNIT_MULT, TB_ROLE_STATUS,
                                               TB_ROLE_COMMENT, TB_ROLE_ACTION };

    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        set_dimension(planner, attributes[i], &usual_heads);
    /* 单位 beside another unit column, such as 地区, or where units are the columns, is the
     * unit of measure. */
    int also = find_head(planner, "单位");
    bool units_elsewhere = plan->role[TB_ROLE_UNIT] >= 0 ||
                           planner->form->layout == TB_LAYOUT_UNITS_ACROSS;
    if (plan->role[TB_ROLE_UNIT_MEASURE] < 0 && also >= 0 && also != plan->role[TB_ROLE_UNIT] &&
        units_elsewhere)
        plan->role[TB_ROLE_UNIT_MEASURE] = also;
    set_uom_of_indicator(planner);
}

bool tb_roles_set(struct tb_planner *planner)
{
    const struct tb_form *form = planner->form;
    struct tb_plan *plan = planner->plan;

    for (int role = 0; role < TB_N_ROLES; role++)
        plan->role[role] = plan->second[role] = -1;
    if (form->layout != TB_LAYOUT_UNITS_ACROSS &&
        !set_dimension(planner, TB_ROLE_UNIT, &form->unit_from))
        return false;
    if (form->layout != TB_LAYOUT_PERIODS_ACROSS &&
        !set_dimension(planner, TB_ROLE_PERIOD, &form->period_from))
        return false;
    if (form->layout != TB_LAYOUT_INDICATORS_ACROSS &&
        !set_dimension(planner, TB_ROLE_INDICATOR, &form->indicator_from))
        return false;
    if (form->qualifier && form->qualifier[0]) {
        plan->role[TB_ROLE_QUALIFIER] = find_head(planner, form->qualifier);
        if (plan->role[TB_ROLE_QUALIFIER] < 0)
            return false;
    }
    set_attributes(planner);
    bool by_heads = form->unit_from.kind == TB_FROM_COLUMN && !form->unit_from.text &&
                    form->layout != TB_LAYOUT_UNITS_ACROSS;
    if (plan->role[TB_ROLE_UNIT] < 0 && by_heads && !planner->facts->unit_text)
        plan->role[TB_ROLE_UNIT] = guess_unit_column(planner);
    if (plan->role[TB_ROLE_UNIT] < 0 && by_heads && form->section == TB_SECTION_UNIT_PARENT)
        plan->role[TB_ROLE_UNIT] = guess_column_of_names(planner);
    set_second(planner, TB_ROLE_UNIT);
    set_second(planner, TB_ROLE_INDICATOR);
    if (form->period_from.kind != TB_FROM_COLUMN)
        set_second_period(planner);
    return true;
}
