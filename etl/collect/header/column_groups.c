/* column_groups.c - 去年同期 and 增减% behind 本月 or behind 累计. */
#include "collect/header/column_groups.h"

#include <string.h>

#include "collect/header/head.h"
#include "collect/header/header.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

/* What a figure is of; also bits of a set. */
enum scope {
    SCOPE_NONE = 0,
    SCOPE_FILE = 1, /* as title and rows say */
    SCOPE_MONTH = 2,
    SCOPE_SPAN = 4,
};

enum kind { KIND_OTHER, KIND_LEVEL, KIND_BASE, KIND_GROWTH };

static enum kind kind_of(int measure)
{
    switch (measure) {
    case -1:
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
        return KIND_LEVEL;
    case TB_MEASURE_BASE:
    case TB_MEASURE_YTD_BASE:
        return KIND_BASE;
    case TB_MEASURE_GROWTH:
    case TB_MEASURE_YTD_GROWTH:
        return KIND_GROWTH;
    default:
        return KIND_OTHER;
    }
}

/* What the form says of columns that say nothing. */
static int measure_of(const struct tb_planner *planner, const struct tb_value_column *column)
{
    return column->meaning.measure < 0 && planner->form->measure_said ? (int)planner->form->measure
                                                                      : column->meaning.measure;
}

static bool is_cumulated(const struct tb_value_column *column)
{
    return column->has_period && column->period.cumulative && !column->single;
}

static enum scope scope_of_level(const struct tb_planner *planner,
                                 const struct tb_value_column *column)
{
    if (measure_of(planner, column) == TB_MEASURE_YTD || is_cumulated(column))
        return SCOPE_SPAN;
    return column->single || column->has_period ? SCOPE_MONTH : SCOPE_FILE;
}

static bool holds(const char *text, const char *word)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(text, strlen(text), &folded);
    bool found = strstr(tb_buf_text(&folded), word) != NULL;
    tb_buf_release(&folded);
    return found;
}

/* `inv_base`, `inv(growth,万元)`: the indicator's code and the measure's, of which neither is a word. */
static bool says_by_codes(const struct tb_profile *profile, const struct tb_value_column *column,
                          const char *measure)
{
    if (column->meaning.indicator == TB_NONE)
        return false;
    const char *code = profile->indicators[column->meaning.indicator].code;
    struct tb_buf head = TB_BUF_INIT, first = TB_BUF_INIT;

    tb_text_fold(column->head, strlen(column->head), &head);
    tb_text_fold(code, strlen(code), &first);
    bool said = false;
    for (const char *at = tb_buf_text(&head); at && first.len && !said;) {
        const char *rest = at + first.len; /* of one of the joined parts */
        said = strncmp(at, tb_buf_text(&first), first.len) == 0 && *rest && strchr("_(", *rest) &&
               strncmp(rest + 1, measure, strlen(measure)) == 0 &&
               strchr("(),", rest[1 + strlen(measure)]); /* or the end */
        at = strchr(at, '_');
        at = at ? at + 1 : NULL;
    }
    tb_buf_release(&head);
    tb_buf_release(&first);
    return said;
}

/* What the head of 同期 or growth says by itself; FILE: nothing. */
static enum scope scope_said(const struct tb_planner *planner, const struct tb_value_column *column)
{
    int measure = column->meaning.measure;

    if (measure == TB_MEASURE_YTD_BASE || measure == TB_MEASURE_YTD_GROWTH || is_cumulated(column))
        return SCOPE_SPAN;
    const char *name = tb_measure_name((enum tb_measure)measure);
    bool code = tb_same_name(planner->facts->profile, column->head, name) ||
                says_by_codes(planner->facts->profile, column, name);
    return column->meaning.listed || column->single || code || holds(column->head, "同月")
               ? SCOPE_MONTH
               : SCOPE_FILE;
}

static bool same_period(const struct tb_value_column *a, const struct tb_value_column *b)
{
    return b->has_period && a->period.period.freq == b->period.period.freq &&
           a->period.period.index == b->period.period.index;
}

/* True when `other` may be a figure that `column` is of, or its like. */
static bool goes_with(const struct tb_value_column *column, const struct tb_value_column *other)
{
    return column->meaning.indicator == other->meaning.indicator && column->unit == other->unit &&
           !other->qualified && (!column->has_period || same_period(column, other));
}

/* One column that is settled. */
struct settling {
    struct tb_planner *planner;
    enum scope *scope; /* of each column before it, and what heads say of those behind it */
    size_t at;
    enum kind kind;
    unsigned levels, bases;  /* sets of scopes */
    size_t n_bases;
    size_t first, behind;    /* columns in which its figures are looked for */
};

static void count(struct settling *s, size_t i)
{
    const struct tb_value_column *all = s->planner->plan->value;

    if (!goes_with(&all[s->at], &all[i]))
        return;
    enum kind kind = kind_of(measure_of(s->planner, &all[i]));
    if (kind == KIND_LEVEL)
        s->levels |= s->scope[i];
    if (kind == KIND_BASE && s->kind == KIND_GROWTH) {
        s->bases |= s->scope[i];
        s->n_bases++;
    }
}

/* A column of its kind, or 环比 behind the month's own figure: what stands before it is closed. */
static bool closes(const struct settling *s, const struct tb_value_column *other)
{
    int measure = other->meaning.measure;

    return goes_with(&s->planner->plan->value[s->at], other) &&
           (kind_of(measure) == s->kind || (s->kind == KIND_GROWTH && measure == TB_MEASURE_MOM));
}

/* Figures since the last column of its kind; else all before it; else those behind it. */
static void look_around(struct settling *s)
{
    const struct tb_value_column *all = s->planner->plan->value;
    size_t from = s->at;

    while (from > 0 && !closes(s, &all[from - 1]))
        from--;
    for (int where = 0; where < 3 && s->levels == SCOPE_NONE && s->bases == SCOPE_NONE; where++) {
        s->first = where == 0 ? from : where == 1 ? 0 : s->at + 1;
        s->behind = where == 2 ? s->planner->plan->n_values : s->at;
        for (size_t i = s->first; i < s->behind; i++)
            count(s, i);
    }
}

/* Without those of which another column of the kind is. */
static unsigned left_over(const struct settling *s)
{
    const struct tb_plan *plan = s->planner->plan;
    unsigned left = s->levels;

    for (size_t i = 0; i < plan->n_values; i++) {
        if (i != s->at && goes_with(&plan->value[s->at], &plan->value[i]) &&
            kind_of(plan->value[i].meaning.measure) == s->kind && s->scope[i] != SCOPE_FILE)
            left &= s->scope[i] == SCOPE_SPAN ? ~(unsigned)SCOPE_SPAN
                                              : ~(unsigned)(SCOPE_MONTH | SCOPE_FILE);
    }
    return left;
}

/* The only scope of a set; NONE: of both. */
static enum scope one_of(unsigned set)
{
    if (set & SCOPE_SPAN)
        return set == SCOPE_SPAN ? SCOPE_SPAN : SCOPE_NONE;
    return set & SCOPE_MONTH ? SCOPE_MONTH : set ? SCOPE_FILE : SCOPE_NONE;
}

/* The last figure before the column is of a span. */
static bool stands_behind_span(const struct settling *s)
{
    const struct tb_value_column *all = s->planner->plan->value;

    for (size_t i = s->at; i-- > 0;) {
        if (goes_with(&all[s->at], &all[i]) &&
            kind_of(measure_of(s->planner, &all[i])) == KIND_LEVEL)
            return s->scope[i] == SCOPE_SPAN;
    }
    return false;
}

/* Another column says by its head that it is the one of the span. */
static bool span_is_taken(const struct settling *s)
{
    const struct tb_plan *plan = s->planner->plan;

    for (size_t i = 0; i < plan->n_values; i++) {
        if (i != s->at && goes_with(&plan->value[s->at], &plan->value[i]) &&
            kind_of(plan->value[i].meaning.measure) == s->kind && s->scope[i] == SCOPE_SPAN &&
            !plan->value[i].moved)
            return true;
    }
    return false;
}

/* NONE: nobody knows. */
static enum scope find_scope(const struct settling *s)
{
    if (s->n_bases == 1 && one_of(s->bases) != SCOPE_NONE)
        return one_of(s->bases);
    enum scope scope = one_of(s->levels);
    if (scope == SCOPE_NONE)
        scope = one_of(left_over(s));
    if (scope == SCOPE_NONE && s->kind == KIND_BASE && left_over(s) == s->levels &&
        stands_behind_span(s))
        scope = SCOPE_SPAN;
    return scope == SCOPE_SPAN && span_is_taken(s) ? SCOPE_MONTH : scope;
}

/* True where all are the same month of some years. */
static bool years_apart(const struct tb_period_read *a, const struct tb_period_read *b)
{
    int per_year = tb_periods_per_year(a->period.freq);

    return a->period.freq == b->period.freq && per_year > 0 &&
           (a->period.index - b->period.index) % per_year == 0;
}

/* The period of its figures, of several years the latest; false where they are of several months. */
static bool take_period(const struct settling *s, enum scope scope)
{
    struct tb_value_column *all = s->planner->plan->value, *column = &all[s->at];
    const struct tb_period_read *of = NULL;

    for (size_t i = s->first; i < s->behind && !column->has_period; i++) {
        if (!goes_with(column, &all[i]) || !all[i].has_period || s->scope[i] != scope ||
            kind_of(measure_of(s->planner, &all[i])) != KIND_LEVEL)
            continue;
        if (of && !years_apart(of, &all[i].period))
            return false;
        if (!of || all[i].period.period.index > of->period.index)
            of = &all[i].period;
    }
    if (of) {
        column->period = *of;
        column->has_period = true;
        s->planner->n_periods++;
    }
    return true;
}

/* The only one of its kind: of stocks, which do not add up over months, it is what it always is. */
static bool is_alone(const struct settling *s)
{
    const struct tb_plan *plan = s->planner->plan;

    for (size_t i = 0; i < plan->n_values; i++) {
        if (i != s->at && goes_with(&plan->value[s->at], &plan->value[i]) &&
            kind_of(plan->value[i].meaning.measure) == s->kind)
            return false;
    }
    return true;
}

/* Names the figures of which it may be. */
static void refuse(const struct settling *s)
{
    const struct tb_plan *plan = s->planner->plan;
    struct tb_buf names = TB_BUF_INIT;

    for (size_t i = s->first; i < s->behind; i++) {
        if (goes_with(&plan->value[s->at], &plan->value[i]) &&
            kind_of(measure_of(s->planner, &plan->value[i])) == KIND_LEVEL)
            tb_buf_printf(&names, "%s%s", names.len ? " / " : "", plan->value[i].head);
    }
    s->planner->failed |= names.failed;
    tb_planner_problem(s->planner, TB_REASON_HEAD_AMBIGUOUS, plan->value[s->at].column,
                       tb_buf_text(&names));
    tb_buf_release(&names);
}

/* False when the column is refused. */
static bool settle(struct tb_planner *planner, enum scope scopes[], size_t at)
{
    struct tb_value_column *column = &planner->plan->value[at];
    struct settling s = { planner, scopes, at, kind_of(column->meaning.measure), 0, 0, 0, 0, 0 };

    look_around(&s);
    if (s.levels == SCOPE_NONE && s.bases == SCOPE_NONE)
        return true; /* rates only */
    enum scope scope = find_scope(&s);
    if (scope == SCOPE_NONE || !take_period(&s, scope)) {
        refuse(&s);
        return false;
    }
    scopes[at] = scope;
    column->single |= scope == SCOPE_MONTH;
    if (scope == SCOPE_SPAN) {
        column->by_place = is_alone(&s);
        column->moved = true;
        column->meaning.measure =
            s.kind == KIND_BASE ? TB_MEASURE_YTD_BASE : TB_MEASURE_YTD_GROWTH;
    }
    return true;
}

static void remove_value(struct tb_plan *plan, enum scope scopes[], size_t at)
{
    for (size_t i = at + 1; i < plan->n_values; i++) {
        plan->value[i - 1] = plan->value[i];
        scopes[i - 1] = scopes[i];
    }
    plan->n_values--;
}

void tb_column_groups_settle(struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    enum scope *scopes = tb_arena_alloc(&plan->arena, plan->n_values + 1, sizeof *scopes);

    planner->failed |= !scopes;
    for (size_t i = 0; i < plan->n_values && scopes; i++) {
        enum kind kind = kind_of(measure_of(planner, &plan->value[i]));
        scopes[i] = kind == KIND_LEVEL ? scope_of_level(planner, &plan->value[i])
                                       : scope_said(planner, &plan->value[i]);
    }
    for (size_t i = 0; i < plan->n_values && scopes && !planner->failed;) {
        enum kind kind = kind_of(plan->value[i].meaning.measure);
        bool open = (kind == KIND_BASE || kind == KIND_GROWTH) && scopes[i] == SCOPE_FILE &&
                    !plan->value[i].qualified;
        if (open && !settle(planner, scopes, i))
            remove_value(plan, scopes, i);
        else
            i++;
    }
}
