/* title_measure.c - what the lines above a table say of the measure. */
#include "collect/header/title_measure.h"

#include <string.h>

#include "collect/header/header.h"
#include "collect/header/title_uom.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

/* What the titles say, all together. */
struct said {
    bool any; /* there are titles */
    bool cumulated, growth, mom, levels;
    const char *cell; /* that speaks of a rate */
    const char *last; /* that says any of it */
};

static bool holds_one(const char *text, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strstr(text, words[i]))
            return true;
    }
    return false;
}

#define HOLDS(text, words) holds_one(text, words, sizeof words / sizeof *words)

static void hear(const char *cell, struct said *out)
{
    static const char *const cumulated[] = { "累计", "cumulative", "yeartodate", "year-to-date" };
    static const char *const growth[] = { "增速", "增幅", "增长率", "增长速度", "同比增长", "同比" };
    static const char *const mom[] = { "环比" };
    static const char *const levels[] = { "及", "和", "与", "暨", "、", "总量", "完成额" };
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(cell, strlen(cell), &folded);
    const char *text = tb_buf_text(&folded);
    bool rate = HOLDS(text, growth) || HOLDS(text, mom);
    out->cumulated |= HOLDS(text, cumulated);
    out->mom |= HOLDS(text, mom);
    out->growth |= HOLDS(text, growth);
    out->levels |= rate && HOLDS(text, levels);
    out->cell = rate && !out->cell ? cell : out->cell;
    out->last = rate || HOLDS(text, cumulated) ? cell : out->last;
    out->any = true;
    tb_buf_release(&folded);
}

static bool is_rate(int measure)
{
    return measure == TB_MEASURE_GROWTH || measure == TB_MEASURE_YTD_GROWTH ||
           measure == TB_MEASURE_MOM;
}

static bool is_cumulated(int measure)
{
    return measure == TB_MEASURE_YTD || measure == TB_MEASURE_YTD_GROWTH ||
           measure == TB_MEASURE_YTD_BASE;
}

/* What the titles say cannot be what the form says. */
static bool differs(const struct said *said, int measure)
{
    bool rate = (said->growth || said->mom) && !said->levels;

    return (said->cumulated && !is_cumulated(measure)) || (rate && !is_rate(measure));
}

/* What the columns say. */
struct columns {
    bool rate, cumulated; /* some say it */
    bool open;            /* some leave the measure open, and state no unit of measure */
};

static struct columns look_at_columns(const struct tb_plan *plan)
{
    struct columns out = { 0 };

    for (size_t i = 0; i < plan->n_values; i++) {
        const struct tb_meaning *m = &plan->value[i].meaning;
        out.rate |= is_rate(m->measure);
        out.cumulated |= is_cumulated(m->measure) ||
                         (plan->value[i].has_period && plan->value[i].period.cumulative);
        out.open |= m->measure < 0 && !m->unit_measure && !plan->value[i].qualified;
    }
    return out;
}

/* 单位：万元 above the table: amounts are what it holds. */
static bool states_amounts(const struct tb_plan *plan)
{
    for (size_t i = 0; i < plan->title_uoms.n; i++) {
        if (plan->title_uoms.item[i].uom.kind == TB_UOM_AMOUNT)
            return true;
    }
    return false;
}

int tb_title_measure_read(struct tb_plan *plan, const struct tb_file_facts *facts,
                          const struct tb_sample *sample, struct tb_buf *names)
{
    struct said said = { 0 };
    const struct columns columns = look_at_columns(plan);

    for (size_t r = 0; r < sample->n && sample->row[r].line < plan->header_line; r++) {
        for (size_t c = 0; c < sample->row[r].n; c++) {
            const char *cell = tb_sample_cell(sample, r, c);
            if (cell[0] && !tb_title_uom_is_statement(cell))
                hear(cell, &said);
        }
    }
    plan->title_measure = -1;
    plan->title_cumulated = said.cumulated && !columns.cumulated;
    if (!said.any && facts->first) {
        plan->title_measure = facts->first->title_measure;
        plan->title_cumulated = facts->first->title_cumulated && !columns.cumulated;
    }
    if (plan->form->measure_said && columns.open && differs(&said, (int)plan->form->measure)) {
        plan->title_differs = tb_arena_strdup(&plan->arena, said.last);
        if (!plan->title_differs)
            return -1;
    }
    bool rate = (said.growth || said.mom) && !columns.rate && columns.open &&
                plan->role[TB_ROLE_MEASURE] < 0;
    if (!rate || plan->form->measure_said)
        return 1;
    bool levels = said.levels || states_amounts(plan) || (said.growth && said.mom);
    if (!levels)
        plan->title_measure = said.mom ? TB_MEASURE_MOM : TB_MEASURE_GROWTH;
    if (levels && names) {
        tb_buf_clear(names);
        tb_buf_puts(names, said.cell);
    }
    return levels ? 0 : 1;
}

bool tb_head_is_single(const char *head)
{
    static const char *const words[] = { "当月", "当季", "本季度", "monthly", "thismonth",
                                         "currentmonth" };
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(head, strlen(head), &folded);
    const char *text = tb_buf_text(&folded);
    bool single = HOLDS(text, words);
    for (const char *at = text; !single && (at = strstr(at, "本月")); at += strlen("本月")) {
        const char *behind = at + strlen("本月");
        bool span = strncmp(behind, "止", strlen("止")) == 0 ||
                    (at > text && at[-1] == '-') ||
                    ((size_t)(at - text) >= strlen("至") &&
                     strncmp(at - strlen("至"), "至", strlen("至")) == 0);
        single = !span && !strstr(behind, "累计");
    }
    tb_buf_release(&folded);
    return single;
}
