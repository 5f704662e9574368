/* bulletin_verified.c - figures that were verified to another value than submitted: by a
 * correction of edits.csv, or in a form of whoever verifies. */
#include <stdlib.h>
#include <string.h>

#include "disseminate/bulletin/bulletin.h"
#include "disseminate/words/fact.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

static const struct tb_edit *edit_at(const struct tb_profile *p, const char *line)
{
    uint32_t number = (uint32_t)strtoul(line, NULL, 10);

    for (size_t i = 0; i < p->n_edits; i++)
        if (p->edits[i].line == number)
            return &p->edits[i];
    return NULL;
}

static bool same_cell(const struct tb_table *t, size_t a, size_t b)
{
    static const char *const key[] = { "unit", "indicator", "measure", "period" };

    for (size_t i = 0; i < sizeof key / sizeof *key; i++)
        if (strcmp(tb_table_get(t, a, key[i]), tb_table_get(t, b, key[i])) != 0)
            return false;
    return true;
}

static bool is_edit(const struct tb_table *t, size_t row, const char *column)
{
    return strcmp(tb_table_get(t, row, column), "edits.csv") == 0 &&
           strcmp(tb_table_get(t, row, column[0] == 'o' ? "old_received" : "new_received"), "") == 0;
}

static bool difference(const char *from, const char *to, struct tb_decimal *out)
{
    struct tb_decimal a, b;

    if (!tb_decimal_parse(from, strlen(from), &a) || !tb_decimal_parse(to, strlen(to), &b))
        return false;
    int32_t scale = a.scale > b.scale ? a.scale : b.scale;
    out->scale = scale;
    return tb_decimal_rescale(a, scale, &a) && tb_decimal_rescale(b, scale, &b) &&
           !__builtin_sub_overflow(b.units, a.units, &out->units);
}

/* The head of a line of this list: whose figure, of when. */
static void verified_head(const struct tb_writer *w, int32_t unit, int32_t indicator,
                          struct tb_period period, enum tb_measure measure, struct tb_buf *out)
{
    tb_buf_puts(out, tb_name_of_unit(w, unit));
    tb_buf_puts(out, tb_say(w, "，", ", "));
    tb_put_period(w, out, period);
    tb_buf_puts(out, tb_say(w, "", ", "));
    tb_buf_puts(out, tb_name_of_indicator(w, indicator));
    if (measure != TB_MEASURE_VALUE) {
        tb_buf_puts(out, tb_say(w, "（", " ("));
        tb_rule_words(w, tb_measure_name(measure), out);
        tb_buf_puts(out, tb_say(w, "）", ")"));
    }
}

static void verified_numbers(const struct tb_writer *w, const char *submitted,
                             const char *verified, struct tb_buf *out)
{
    struct tb_decimal gap;
    char text[TB_DECIMAL_TEXT];

    tb_buf_puts(out, tb_say(w, "：上报", ": submitted "));
    tb_number_printed(out, &w->style, submitted);
    tb_buf_puts(out, tb_say(w, "，核定", ", verified "));
    tb_number_printed(out, &w->style, verified);
    if (difference(submitted, verified, &gap)) {
        tb_buf_puts(out, tb_say(w, "，相差", ", difference "));
        tb_decimal_format(gap, text);
        tb_number_printed(out, &w->style, text);
    }
}

/* "East, retail sales (ytd), May 2023: submitted 84, verified 48, difference -36 (who: why)". */
static void verified_line(const struct tb_writer *w, const struct tb_edit *edit,
                          const char *submitted, const char *verified, struct tb_buf *out)
{
    verified_head(w, edit->unit, edit->indicator, edit->period, edit->measure, out);
    verified_numbers(w, submitted, verified, out);
    tb_buf_puts(out, tb_say(w, "（", " ("));
    tb_buf_puts(out, tb_number_quote(&w->style, edit->who));
    tb_buf_puts(out, tb_say(w, "：", ": "));
    tb_buf_puts(out, tb_number_quote(&w->style, edit->reason));
    tb_buf_puts(out, tb_say(w, "）", ")"));
}

/* Values that came in forms of whoever verifies, where they differ. */
static void put_verified_forms(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_profile *p = w->report->profile;
    const struct tb_table *t = w->report->table.verified;
    struct tb_buf text = TB_BUF_INIT;

    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        const char *unit = tb_table_get(t, i, "unit"), *ind = tb_table_get(t, i, "indicator");
        const char *period = tb_table_get(t, i, "period"), *m = tb_table_get(t, i, "measure");
        const char *gap = tb_table_get(t, i, "difference");
        int32_t u = tb_profile_unit(p, unit, strlen(unit));
        int32_t k = tb_profile_indicator(p, ind, strlen(ind));
        int measure = tb_measure_find(m, strlen(m));
        struct tb_period_read read;
        if (strcmp(tb_table_get(t, i, "outcome"), "in_force") != 0 || !*gap ||
            strspn(gap, "-0.") == strlen(gap) || !tb_ends_within(w, period) || u < 0 || k < 0 ||
            measure < 0 || !tb_period_parse(period, strlen(period), &read))
            continue;
        verified_head(w, u, k, read.period, (enum tb_measure)measure, &text);
        verified_numbers(w, tb_table_get(t, i, "submitted"), tb_table_get(t, i, "verified"), &text);
        tb_buf_puts(&text, tb_say(w, "（", " ("));
        tb_buf_puts(&text, tb_name_of_sender(w, tb_table_get(t, i, "sender")));
        tb_buf_puts(&text, tb_say(w, "）", ")"));
        tb_view_line(view, "verified", &text);
    }
    tb_buf_release(&text);
}

/* What was submitted is what the first edit of a cell replaced; what is verified
 * is the value of the last. */
void tb_bulletin_verified(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.revisions;
    struct tb_buf text = TB_BUF_INIT;

    tb_view_list(view, "verified");
    put_verified_forms(w, view);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        if (!is_edit(t, i, "new_name") || is_edit(t, i, "old_name") ||
            !tb_ends_within(w, tb_table_get(t, i, "period")) || !*tb_table_get(t, i, "old_value"))
            continue;
        size_t last = i;
        for (size_t k = i + 1; k < tb_table_rows(t); k++)
            if (is_edit(t, k, "new_name") && same_cell(t, i, k))
                last = k;
        const struct tb_edit *edit =
            edit_at(w->report->profile, tb_table_get(t, last, "new_line"));
        const char *submitted = tb_table_get(t, i, "old_value");
        const char *verified = tb_table_get(t, last, "new_value");
        if (!edit || strcmp(submitted, verified) == 0)
            continue;
        verified_line(w, edit, submitted, verified, &text);
        tb_view_line(view, "verified", &text);
    }
    tb_buf_release(&text);
}
