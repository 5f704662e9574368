/* unclear.c - heads that nobody knows and that may be meant for known ones. */
#include "collect/rows/unclear.h"

#include <string.h>

#include "collect/header/head.h"
#include "collect/header/plan.h"
#include "collect/header/roles.h"
#include "collect/header/sample.h"
#include "tongbao/buf.h"
#include "tongbao/period.h"
#include "tongbao/text.h"

/* Bytes of it were replaced when the text was decoded. */
static bool is_damaged(const char *text)
{
    return strstr(text, "\xef\xbf\xbd") != NULL;
}

static bool is_read(const struct tb_plan *plan, size_t column)
{
    for (int role = 0; role < TB_N_ROLES; role++) {
        if (plan->role[role] == (int)column)
            return true;
    }
    for (size_t i = 0; i < plan->n_values; i++) {
        if (plan->value[i].column == column)
            return true;
    }
    return false;
}

/* The form names it, if only to leave it out. */
static bool is_listed(const struct tb_profile *profile, const struct tb_form *form,
                      const char *head)
{
    for (size_t i = 0; i < form->n_columns; i++) {
        if (tb_same_name(profile, form->columns[i].head, head))
            return true;
    }
    return false;
}

/* Nothing but words for measures below the header, and some. */
static bool holds_measures(const struct tb_profile *profile, const struct tb_sample *sample,
                           const struct tb_plan *plan, size_t column)
{
    size_t n = 0;

    for (size_t r = 0; r < sample->n; r++) {
        const char *cell = tb_sample_cell(sample, r, column);
        if (sample->row[r].line <= plan->header_end || !cell[0])
            continue;
        if (tb_head_measure(profile, cell, strlen(cell)) < 0)
            return false;
        n++;
    }
    return n > 0;
}

/* What the column was meant for, or NULL. */
static const char *meant_for(const struct tb_profile *profile, const struct tb_sample *sample,
                             const struct tb_plan *plan, size_t column)
{
    int role = 0;
    const char *near = tb_role_near(profile, plan->head[column], &role);

    if (is_damaged(plan->head[column]))
        return "?";
    if (near && role != TB_ROLE_COMMENT && plan->role[role] < 0)
        return near;
    return plan->role[TB_ROLE_MEASURE] < 0 && holds_measures(profile, sample, plan, column) ? "口径"
                                                                                            : NULL;
}

bool tb_heads_unclear(const struct tb_profile *profile, const struct tb_sample *sample,
                      const struct tb_plan *plan, struct tb_buf *expected)
{
    if (plan->unclear && expected) {
        tb_buf_clear(expected);
        tb_buf_printf(expected, "%s -> ?", plan->unclear);
    }
    if (plan->unclear)
        return true;
    /* No row of the file can be rejected for a head that only the form has. */
    if (plan->form->headless && plan->problems.n > 0 && expected) {
        tb_buf_clear(expected);
        tb_buf_printf(expected, "%s -> ?", plan->problems.item[0].text);
    }
    if (plan->form->headless && plan->problems.n > 0)
        return true;
    if (plan->form->layout != TB_LAYOUT_LONG)
        return false;
    for (size_t c = 0; c < plan->n_heads; c++) {
        const char *head = plan->head[c];
        if (!head[0] || is_read(plan, c) || tb_role_is_usual(profile, head) ||
            is_listed(profile, plan->form, head))
            continue;
        const char *meant = meant_for(profile, sample, plan, c);
        if (meant && expected) {
            tb_buf_clear(expected);
            tb_buf_printf(expected, "%s -> %s", head, meant);
        }
        if (meant)
            return true;
    }
    return false;
}

/* --- columns without a head --- */

static bool holds_a_number(const struct tb_sample *sample, const struct tb_plan *plan,
                           size_t column)
{
    struct tb_decimal number;

    for (size_t r = 0; r < sample->n; r++) {
        const char *cell = tb_sample_cell(sample, r, column);
        if (sample->row[r].line > plan->header_end && tb_decimal_parse(cell, strlen(cell), &number))
            return true;
    }
    return false;
}

/* 1, 2, 3 ... below the header, with gaps at most. */
static bool holds_running_numbers(const struct tb_sample *sample, const struct tb_plan *plan,
                                  size_t column)
{
    struct tb_decimal number, before = { 0, 0 };
    bool running = true;

    for (size_t r = 0; r < sample->n && running; r++) {
        const char *cell = tb_sample_cell(sample, r, column);
        if (sample->row[r].line <= plan->header_end || !tb_decimal_parse(cell, strlen(cell), &number))
            continue;
        running = number.scale == 0 && number.units == before.units + 1;
        before = number;
    }
    return running;
}

bool tb_heads_note_missing(const struct tb_sample *sample, struct tb_plan *plan)
{
    size_t first = plan->n_values ? plan->value[0].column : plan->n_heads;

    for (size_t c = plan->n_values ? plan->from : plan->n_heads;
         c < plan->n_heads && c < plan->to; c++) {
        /* Running numbers, and codes, stand before the values. */
        bool before = c < first && (plan->role[TB_ROLE_UNIT] < 0 || (int)c < plan->role[TB_ROLE_UNIT] ||
                                    holds_running_numbers(sample, plan, c));
        if (before)
            continue;
        const struct tb_reject problem = {
            .reason = TB_REASON_HEAD_MISSING,
            .line = plan->header_line,
            .column = (uint32_t)c, /* made a character column by rows.c */
        };
        if (!plan->head[c][0] && !is_read(plan, c) && holds_a_number(sample, plan, c) &&
            tb_rejects_add(&plan->problems, &problem, NULL) < 0)
            return false;
    }
    return true;
}

/* --- a row of heads once more --- */

/* Nearly the same text. */
static bool is_near(const struct tb_profile *profile, const char *head, const char *cell)
{
    enum { A_SLIP_IN_EACH = 3 };
    struct tb_buf a = TB_BUF_INIT, b = TB_BUF_INIT;

    tb_text_fold(head, strlen(head), &a);
    tb_text_fold(cell, strlen(cell), &b);
    size_t chars = tb_text_chars(tb_buf_text(&a), a.len);
    size_t allowed = chars < A_SLIP_IN_EACH ? 1 : chars / A_SLIP_IN_EACH;
    bool near =
        chars > 1 && tb_text_distance(tb_buf_text(&a), tb_buf_text(&b), allowed + 1) <= allowed;
    if (a.failed || b.failed)
        tb_profile_starve(profile);
    tb_buf_release(&a);
    tb_buf_release(&b);
    return near;
}

static bool has_meaning(const struct tb_profile *profile, const char *cell)
{
    struct tb_period_read period;
    size_t len = strlen(cell);

    return tb_role_is_usual(profile, cell) || tb_period_parse(cell, len, &period) ||
           tb_profile_indicator(profile, cell, len) != TB_NONE ||
           tb_head_measure(profile, cell, len) >= 0;
}

/* A head with its unit of measure in brackets, 累计（亿元）, has the meaning of what stands before them. */
static bool has_meaning_before_brackets(const struct tb_profile *profile, const char *cell)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(cell, strlen(cell), &folded);
    char *open = folded.len > 0 ? strrchr(folded.data, '(') : NULL;
    bool closed = open && open > folded.data && folded.data[folded.len - 1] == ')';
    if (closed)
        *open = '\0';
    bool meaning = closed && has_meaning(profile, folded.data);
    if (folded.failed)
        tb_profile_starve(profile);
    tb_buf_release(&folded);
    return meaning;
}

void tb_heads_compare(const struct tb_profile *profile, const char *head, const char *cell,
                      struct tb_alike *alike)
{
    if (!cell[0] && !head[0])
        return;
    if (tb_same_name(profile, head, cell))
        alike->n_same++;
    else if (is_damaged(cell) ||
             (cell[0] && !has_meaning(profile, cell) &&
              !has_meaning_before_brackets(profile, cell) && is_near(profile, head, cell)))
        alike->n_spoilt++;
    else
        alike->n_other++;
}

bool tb_heads_alike(const struct tb_alike *alike)
{
    return alike->n_same > 0 && alike->n_spoilt > 0 && alike->n_other == 0;
}
