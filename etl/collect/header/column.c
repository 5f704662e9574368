/* column.c - what the heads of one column of values say: period, indicator,
 * measure, unit of measure, in one row or in several.
 */
#include "collect/header/header.h"

#include <string.h>

#include "collect/cell/coder.h"
#include "collect/header/head.h"
#include "collect/header/roles.h"
#include "tongbao/buf.h"

/* One column while its heads are read. */
struct reading {
    struct tb_planner *planner;
    struct tb_value_column *out;
    struct tb_buf rest; /* the heads without what is a period */
    int year;           /* of heads such as 4月; 0: nothing says it */
};

static bool read_period(const struct tb_profile *profile, const char *text, size_t len, int year,
                        struct tb_period_read *out)
{
    struct tb_buf scratch = TB_BUF_INIT;
    bool read = tb_read_period(text, len, &scratch, out) ||
                (year && tb_period_parse_of_year(text, len, year, out));

    if (scratch.failed)
        tb_profile_starve(profile);
    tb_buf_release(&scratch);
    return read;
}

static bool is_year(const struct tb_period_read *read)
{
    return read->period.freq == TB_FREQ_ANNUAL && !read->until;
}

/* The year that one of the heads is: 2023年 over 1月. */
static int year_of_heads(const struct tb_profile *profile, const struct tb_heads *heads)
{
    struct tb_period_read read;

    for (size_t i = 0; i < heads->n; i++) {
        if (read_period(profile, heads->part[i], strlen(heads->part[i]), 0, &read) &&
            is_year(&read))
            return read.period.index;
    }
    return 0;
}

static void add_rest(struct reading *r, const char *text, size_t len)
{
    if (len > 0 && r->rest.len > 0)
        tb_buf_putc(&r->rest, '_');
    tb_buf_add(&r->rest, text, len);
}

/* Of a year and a period within it the period says it more closely; two that do not
 * agree say nothing. */
static bool take_period(struct reading *r, const struct tb_period_read *read)
{
    struct tb_value_column *out = r->out;

    if (out->has_period &&
        ((!is_year(&out->period) && !is_year(read)) ||
         tb_period_year(out->period.period) != tb_period_year(read->period)))
        return false;
    if (!out->has_period || is_year(&out->period))
        out->period = *read;
    out->has_period = true;
    return true;
}

/* One head: a period with perhaps brackets behind it, or something else. */
static bool read_part(struct reading *r, const char *part)
{
    struct tb_period_read read;
    const char *inner;
    size_t len = tb_head_brackets(part, &r->planner->plan->arena, &inner);

    /* 月份 over 1月, 2月 says nothing more. */
    if (r->planner->heads[r->out->column].n > 1 &&
        tb_role_is_usual(r->planner->facts->profile, part))
        return true;
    if (read_period(r->planner->facts->profile, part, len, r->year, &read)) {
        add_rest(r, part + len, strlen(part + len));
        return take_period(r, &read);
    }
    add_rest(r, part, strlen(part));
    return true;
}

/* The longest beginning of the rest that is a period: 2023年5月累计. */
static size_t period_ahead(const struct reading *r, struct tb_period_read *read)
{
    const char *text = r->rest.data;

    for (size_t n = r->rest.len; n-- > 1;) {
        bool cuts_number = strchr("0123456789", text[n - 1]) && strchr("0123456789", text[n]);
        bool cuts_letter = ((unsigned char)text[n] & 0xc0) == 0x80;
        if (!cuts_number && !cuts_letter &&
            read_period(r->planner->facts->profile, text, n, r->year, read))
            return n;
    }
    return 0;
}

static enum tb_head_kind read_rest(struct reading *r)
{
    struct tb_planner *planner = r->planner;
    struct tb_period_read read;
    struct tb_meaning *meaning = &r->out->meaning;
    const char *text = tb_buf_text(&r->rest);

    if (r->rest.len == 0)
        return r->out->has_period ? TB_HEAD_MEASURE : TB_HEAD_UNKNOWN;
    if (text[0] == '(' && r->out->has_period) { /* 2023年4月(万元) */
        struct tb_buf whole = TB_BUF_INIT;
        const char *inner;
        tb_buf_printf(&whole, "_%s", text);
        size_t len = tb_head_brackets(tb_buf_text(&whole), &planner->plan->arena, &inner);
        if (whole.failed)
            tb_profile_starve(planner->facts->profile);
        tb_buf_release(&whole);
        struct tb_said said;
        if (len == 1 && inner &&
            !tb_head_said(planner->facts->profile, inner, strlen(inner), false, &said)) {
            meaning->unit_measure = inner;
            return TB_HEAD_MEASURE;
        }
        if (len == 1 && inner)
            text = inner;
    }
    enum tb_head_kind kind = tb_head_read(planner->facts->profile, planner->form, text,
                                          &planner->plan->arena, meaning);
    if (kind != TB_HEAD_UNKNOWN || r->out->has_period)
        return kind;
    size_t n = period_ahead(r, &read);
    while (n > 0 && text[n] && strchr("_ :-/,", text[n]))
        n++;
    if (n == 0 || !text[n])
        return kind;
    kind = tb_head_read(planner->facts->profile, planner->form, text + n, &planner->plan->arena,
                        meaning);
    if (kind == TB_HEAD_UNKNOWN)
        return kind;
    return take_period(r, &read) ? kind : TB_HEAD_UNKNOWN;
}

enum tb_head_kind tb_column_read(struct tb_planner *planner, size_t column,
                                 struct tb_value_column *out)
{
    struct tb_plan *plan = planner->plan;
    const struct tb_heads *heads = &planner->heads[column];
    struct reading r = { planner, out, TB_BUF_INIT, year_of_heads(planner->facts->profile, heads) };
    bool agree = true;

    *out = (struct tb_value_column){ .column = column, .head = plan->head[column] };
    /* The heads as a whole may have a meaning of their own. */
    enum tb_head_kind kind = tb_head_read(planner->facts->profile, planner->form, out->head,
                                          &plan->arena, &out->meaning);
    if (kind != TB_HEAD_UNKNOWN)
        return kind;
    r.year = r.year ? r.year : tb_planner_year(planner);
    for (size_t i = 0; i < heads->n; i++)
        agree = read_part(&r, heads->part[i]) && agree;
    kind = !tb_buf_ok(&r.rest, NULL) ? TB_HEAD_FAILED : agree ? read_rest(&r) : TB_HEAD_UNKNOWN;
    tb_buf_release(&r.rest);
    return kind;
}

void tb_column_refuse(struct tb_planner *planner, size_t column, enum tb_head_kind kind,
                      enum tb_reason unknown)
{
    const char *head = planner->plan->head[column];

    switch (kind) {
    case TB_HEAD_FAILED:
        planner->failed = true;
        break;
    case TB_HEAD_AMBIGUOUS:
        tb_planner_problem(planner, TB_REASON_INDICATOR_AMBIGUOUS, column, NULL);
        break;
    case TB_HEAD_MEASURE:
    case TB_HEAD_UNKNOWN:
        tb_planner_problem(planner, unknown, column,
                           unknown == TB_REASON_HEAD_UNKNOWN
                               ? tb_profile_near_indicator(planner->facts->profile, head,
                                                           strlen(head))
                               : NULL);
        break;
    case TB_HEAD_KNOWN:
    case TB_HEAD_LEFT_OUT:
        break;
    }
}

/* Different heads to which the form itself gives one meaning are meant so: each
 * row fills one of them. */
static bool meant_so(const struct tb_profile *profile, const struct tb_value_column *a,
                     const struct tb_value_column *b)
{
    return a->meaning.listed && b->meaning.listed && !tb_same_name(profile, a->head, b->head);
}

static bool same_period(const struct tb_value_column *a, const struct tb_value_column *b)
{
    return a->has_period == b->has_period &&
           (!a->has_period || (a->period.period.freq == b->period.period.freq &&
                               a->period.period.index == b->period.period.index &&
                               a->period.cumulative == b->period.cumulative &&
                               a->period.until == b->period.until));
}

static bool same_meaning(const struct tb_profile *profile, const struct tb_value_column *a,
                         const struct tb_value_column *b)
{
    return !a->qualified && !b->qualified && a->meaning.indicator == b->meaning.indicator &&
           a->meaning.measure == b->meaning.measure && a->meaning.group == b->meaning.group &&
           a->single == b->single && same_period(a, b) && a->unit == b->unit &&
           !meant_so(profile, a, b);
}

void tb_column_twin(struct tb_planner *planner, struct tb_value_column *first, size_t column,
                    const char *unit_measure)
{
    struct tb_plan *plan = planner->plan;
    const char *own = first->meaning.unit_measure;

    tb_planner_problem(planner, TB_REASON_HEAD_TWICE, column, NULL);
    /* 万元 beside 亿元 cannot be compared as they stand. */
    if (own != unit_measure && (!own || !unit_measure || strcmp(own, unit_measure) != 0))
        return;
    if (!plan->twin)
        plan->twin = tb_arena_alloc(&plan->arena, plan->n_heads, sizeof *plan->twin);
    planner->failed |= !plan->twin;
    if (!plan->twin)
        return;
    plan->twin[plan->n_twins++] = (struct tb_twin){ first->column, column };
    first->has_twin = true;
}

void tb_columns_drop_twice(struct tb_planner *planner)
{
    struct tb_plan *plan = planner->plan;
    size_t kept = 0;

    for (size_t i = 0; i < plan->n_values; i++) {
        size_t same = 0;
        while (same < kept &&
               !same_meaning(planner->facts->profile, &plan->value[same], &plan->value[i]))
            same++;
        if (same < kept)
            tb_column_twin(planner, &plan->value[same], plan->value[i].column,
                           plan->value[i].meaning.unit_measure);
        else
            plan->value[kept++] = plan->value[i];
    }
    plan->n_values = kept;
}
