/* verdict.c - rows of verdicts.csv and history.csv read back, and the words and
 * colours of verdicts. */
#include "disseminate/words/verdict.h"

#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/table.h"
#include "tongbao/text.h"
#include "tongbao/verification.h"
#include "tongbao/buf.h"

#include <string.h>

static const struct {
    const char *code, *word_zh, *word_en;
    enum tb_rag rag;
} kinds[TB_N_VERDICTS] = {
    [TB_VERDICT_MET] = { "met", "达标", "met", TB_RAG_GREEN },
    [TB_VERDICT_ON_TRACK] = { "on_track", "序时", "on track", TB_RAG_GREEN },
    [TB_VERDICT_AT_RISK] = { "at_risk", "临近", "at risk", TB_RAG_AMBER },
    [TB_VERDICT_BEHIND] = { "behind", "滞后", "behind", TB_RAG_RED },
    [TB_VERDICT_MISSED] = { "missed", "未达标", "missed", TB_RAG_RED },
    [TB_VERDICT_NOT_DUE] = { "not_due", "未到期", "not due", TB_RAG_GREY },
    [TB_VERDICT_NO_DATA] = { "no_data", "未报", "no data", TB_RAG_GREY },
    [TB_VERDICT_NOT_COMPUTABLE] = { "not_computable", "无法计算", "not computable", TB_RAG_GREY },
    [TB_VERDICT_HELD] = { "held", "待核", "held for review", TB_RAG_GREY },
    [TB_VERDICT_NOT_VERIFIED] = { "not_verified", "待认定", "not yet verified", TB_RAG_GREY },
    [TB_VERDICT_NOT_COMPLETED] = { "not_completed", "未完成", "not completed", TB_RAG_RED },
    [TB_VERDICT_NO_TARGET] = { "no_target", "无任务数", "no target set", TB_RAG_GREY },
    [TB_VERDICT_EXEMPT] = { "exempt", "豁免", "exempt", TB_RAG_GREY },
    [TB_VERDICT_AGREES] = { "agrees", "相符", "agrees", TB_RAG_GREY },
    [TB_VERDICT_DIFFERS] = { "differs", "不符", "differs", TB_RAG_GREY },
};

const char *tb_verdict_code(enum tb_verdict_kind kind)
{
    return kinds[kind].code;
}

const char *tb_verdict_word(enum tb_verdict_kind kind, const char *lang)
{
    return lang[0] == 'z' ? kinds[kind].word_zh : kinds[kind].word_en;
}

enum tb_rag tb_verdict_rag(enum tb_verdict_kind kind)
{
    return kinds[kind].rag;
}

const char *tb_rag_sign(enum tb_rag rag)
{
    static const char *const sign[] = {
        [TB_RAG_GREEN] = "●", [TB_RAG_AMBER] = "▲", [TB_RAG_RED] = "■", [TB_RAG_GREY] = "○"
    };
    return sign[rag];
}

/* One row under reading: the first thing that is wrong with it is kept. */
struct row {
    const struct tb_profile *profile;
    const struct tb_table *table;
    size_t number;
    struct tb_error *err;
    bool bad;
};

static const char *cell(const struct row *row, const char *name)
{
    return tb_table_get(row->table, row->number, name);
}

static void refuse(struct row *row, const char *name)
{
    if (!row->bad)
        (void)tb_error_set(row->err, "%s:%u: '%s' is no known %s", tb_table_file(row->table),
                           tb_table_line(row->table, row->number), cell(row, name), name);
    row->bad = true;
}

static int32_t code_in(const struct tb_map *map, const char *code)
{
    struct tb_buf folded = TB_BUF_INIT;
    int64_t found;

    tb_text_fold(code, strlen(code), &folded);
    found = folded.failed ? TB_MAP_NONE : tb_map_get(map, tb_buf_text(&folded), folded.len);
    tb_buf_release(&folded);
    return found < 0 ? TB_NONE : (int32_t)found;
}

static int32_t number_of(struct row *row, const char *name)
{
    const char *text = cell(row, name);
    struct tb_decimal number;

    if (!*text)
        return 0;
    if (!tb_decimal_parse(text, strlen(text), &number) || !tb_decimal_rescale(number, 0, &number) ||
        number.units > INT32_MAX || number.units < INT32_MIN) {
        refuse(row, name);
        return 0;
    }
    return (int32_t)number.units;
}

static uint32_t count_of(struct row *row, const char *name)
{
    int32_t number = number_of(row, name);

    if (number < 0) {
        refuse(row, name);
        return 0;
    }
    return (uint32_t)number;
}

static struct tb_period period_of(struct row *row)
{
    const char *text = cell(row, "period");
    struct tb_period_read read = { 0 };

    if (!tb_period_parse(text, strlen(text), &read))
        refuse(row, "period");
    return read.period;
}

static enum tb_verdict_kind kind_of(struct row *row)
{
    const char *text = cell(row, "verdict");

    for (size_t k = 0; k < TB_N_VERDICTS; k++)
        if (strcmp(kinds[k].code, text) == 0)
            return (enum tb_verdict_kind)k;
    refuse(row, "verdict");
    return TB_VERDICT_NO_DATA;
}

static enum tb_strength strength_of(struct row *row)
{
    for (int s = 0; s < TB_N_STRENGTHS; s++)
        if (strcmp(tb_strength_code((enum tb_strength)s), cell(row, "strength")) == 0)
            return (enum tb_strength)s;
    refuse(row, "strength");
    return TB_BINDING;
}

static int32_t target_of(struct row *row)
{
    int32_t target = code_in(row->profile->target_codes, cell(row, "target"));

    if (target < 0)
        refuse(row, "target");
    return target;
}

static int32_t unit_of(struct row *row)
{
    const char *code = cell(row, "unit");
    int32_t unit = tb_profile_unit(row->profile, code, strlen(code));

    if (unit < 0)
        refuse(row, "unit");
    return unit;
}

static int32_t state_of(struct row *row, const char *name)
{
    const char *code = cell(row, name);

    for (size_t s = 0; s < row->profile->n_states; s++)
        if (strcmp(row->profile->states[s].code, code) == 0)
            return (int32_t)s;
    if (*code)
        refuse(row, name);
    return TB_NONE;
}

static void read_texts(const struct row *row, struct tb_verdict *v)
{
    v->value = cell(row, "value");
    v->benchmark = cell(row, "benchmark");
    v->gap = cell(row, "gap");
    v->unit_measure = cell(row, "unit_measure");
    v->due = cell(row, "due");
    v->rule = cell(row, "rule");
    v->operands = cell(row, "operands");
    v->catch_up = cell(row, "catch_up");
    v->reason = cell(row, "reason");
    v->annual = cell(row, "annual");
    v->culprits = cell(row, "culprits");
    v->periods = cell(row, "periods");
    v->exemption = cell(row, "exemption");
    v->change = cell(row, "change");
}

bool tb_verdict_counts(const struct tb_verdict *v)
{
    return v->strength == TB_BINDING && !tb_conflict_is_idle(v->conflict);
}

int tb_verdict_read(const struct tb_profile *profile, const struct tb_table *table, size_t number,
                    struct tb_verdict *v, struct tb_error *err)
{
    struct row row = { profile, table, number, err, false };
    const char *indicator = cell(&row, "indicator");

    *v = (struct tb_verdict){
        .target = target_of(&row),
        .unit = unit_of(&row),
        .task = code_in(profile->task_codes, cell(&row, "task")),
        .department = code_in(profile->department_codes, cell(&row, "department")),
        .indicator = tb_profile_indicator(profile, indicator, strlen(indicator)),
        .period = period_of(&row),
        .kind = kind_of(&row),
        .state = state_of(&row, "state"),
        .lacks = state_of(&row, "lacks"),
        .strength = strength_of(&row),
        .conflict = tb_conflict_find(cell(&row, "conflict")),
        .rival = code_in(profile->target_codes, cell(&row, "conflict_with")),
        .provisional = number_of(&row, "provisional") != 0,
        .knife_edge = number_of(&row, "knife_edge") != 0,
        .tied = number_of(&row, "tied") != 0,
        .has_movement = *cell(&row, "movement") != '\0',
        .movement = number_of(&row, "movement"),
        .rank = count_of(&row, "rank"),
        .ranked = count_of(&row, "ranked"),
        .streak = count_of(&row, "streak"),
    };
    read_texts(&row, v);
    if (v->indicator < 0)
        refuse(&row, "indicator");
    return row.bad ? -1 : 0;
}

int tb_past_verdict_read(const struct tb_profile *profile, const struct tb_table *table,
                         size_t number, struct tb_past_verdict *past, struct tb_error *err)
{
    struct row row = { profile, table, number, err, false };

    *past = (struct tb_past_verdict){
        .target = target_of(&row),
        .unit = unit_of(&row),
        .period = period_of(&row),
        .kind = kind_of(&row),
    };
    return row.bad ? -1 : 0;
}
