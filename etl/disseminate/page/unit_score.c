/* unit_score.c - rows of score_parts.csv as a table: weight, points, change, places. */
#include "disseminate/page/unit_score.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/period.h"
#include "tongbao/table.h"

enum { MOST_LISTED = 20 };

/* A row of the table and how far it moved the score, without the sign. */
struct part {
    size_t row;
    struct tb_decimal moved;
};

static bool is_indicator(const struct tb_table *t, size_t row)
{
    const char *code = tb_table_get(t, row, "indicator");

    return strcmp(code, "remainder") != 0 && strcmp(code, "total") != 0;
}

static int by_move(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    int order = tb_decimal_cmp(y->moved, x->moved);

    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static const char *note_word(const struct tb_writer *w, const char *note)
{
    static const struct {
        const char *code, *zh, *en;
    } words[] = {
        { "zero_range", "各单位相同", "all units are equal" },
        { "clipped", "超出上下限", "beyond a goalpost" },
        { "capped", "超额封顶", "capped" },
        { "missing", "缺数，权重由其他指标分担", "missing, the other weights grow" },
        { "missing_as_zero", "缺数，记零分", "missing, counts as zero" },
        { "no_goalposts", "没有上下限", "no goalposts" },
        { "not_positive", "有零分，不能几何平均", "points of zero have no geometric mean" },
        { "too_large", "超出范围", "too large" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, note) == 0)
            return tb_say(w, words[i].zh, words[i].en);
    return note;
}

static void heads(const struct tb_writer *w, struct tb_mdtable *table)
{
    tb_mdtable_column(table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(table, tb_say(w, "权重（%）", "Weight (%)"), true);
    tb_mdtable_column(table, tb_say(w, "上期得点", "Points before"), true);
    tb_mdtable_column(table, tb_say(w, "本期得点", "Points"), true);
    tb_mdtable_column(table, tb_say(w, "计入得分", "In the score"), true);
    tb_mdtable_column(table, tb_say(w, "得分变化", "Change of score"), true);
    tb_mdtable_column(table, tb_say(w, "位次变化", "Places gained"), true);
    tb_mdtable_column(table, tb_say(w, "说明", "Note"), false);
}

static void number(const struct tb_writer *w, const struct tb_table *t, size_t row,
                   const char *column, bool with_sign, struct tb_mdtable *table)
{
    const char *text = tb_table_get(t, row, column);
    struct tb_buf out = TB_BUF_INIT;
    struct tb_decimal number;

    if (with_sign && tb_decimal_parse(text, strlen(text), &number) && number.units > 0)
        tb_buf_putc(&out, '+');
    tb_number_printed(&out, &w->style, text);
    tb_mdtable_buf(table, &out);
    tb_buf_release(&out);
}

static void put_row(const struct tb_writer *w, const struct tb_table *t, size_t row,
                    struct tb_mdtable *table)
{
    const char *code = tb_table_get(t, row, "indicator");
    int32_t indicator = tb_profile_indicator(w->report->profile, code, strlen(code));

    if (is_indicator(t, row))
        tb_mdtable_cell(table, indicator >= 0 ? tb_short_name_of_indicator(w, indicator) : code);
    else
        tb_mdtable_cell(table, strcmp(code, "total") == 0 ? tb_say(w, "合计", "Total")
                                                          : tb_say(w, "舍入", "Rounding"));
    number(w, t, row, "weight_pct", false, table);
    number(w, t, row, "points_before", false, table);
    number(w, t, row, "points", false, table);
    number(w, t, row, "now", false, table);
    number(w, t, row, "change", true, table);
    number(w, t, row, "places", true, table);
    tb_mdtable_cell(table, note_word(w, tb_table_get(t, row, "note")));
}

/* Whether the unit has, or had, or should have had points in it. */
static bool counts(const struct tb_table *t, size_t row)
{
    return tb_table_get(t, row, "points")[0] || tb_table_get(t, row, "points_before")[0] ||
           tb_table_get(t, row, "note")[0];
}

/* The indicators of the group, those that moved the score most first; how many. */
static size_t gather(const struct tb_table *t, const char *group, struct part part[])
{
    size_t n = 0;

    for (size_t row = 0; row < tb_table_rows(t); row++) {
        const char *change = tb_table_get(t, row, "change");
        struct tb_decimal moved = { 0, 0 };
        if (strcmp(tb_table_get(t, row, "group"), group) != 0 || !is_indicator(t, row) ||
            !counts(t, row))
            continue;
        if (tb_decimal_parse(change, strlen(change), &moved) && moved.units < 0)
            moved.units = -moved.units;
        part[n++] = (struct part){ row, moved };
    }
    qsort(part, n, sizeof *part, by_move);
    return n;
}

/* Rounding where there is any, then the total; the period that is compared with into *before. */
static void put_totals(const struct tb_writer *w, const struct tb_table *t, const char *group,
                       struct tb_buf *before, struct tb_mdtable *table)
{
    struct tb_period_read read;

    for (size_t row = 0; row < tb_table_rows(t); row++) {
        const char *period = tb_table_get(t, row, "before");
        bool total = strcmp(tb_table_get(t, row, "indicator"), "total") == 0;
        if (strcmp(tb_table_get(t, row, "group"), group) != 0 || is_indicator(t, row))
            continue;
        put_row(w, t, row, table);
        if (total && tb_period_parse(period, strlen(period), &read))
            tb_put_period(w, before, read.period);
    }
}

void tb_put_score_parts(const struct tb_writer *w, int32_t unit, const struct tb_table *parts,
                        struct tb_view *view)
{
    int32_t group = tb_report_main_group(w->report, (size_t)unit);
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT, before = TB_BUF_INIT;
    bool cut = false;
    struct part *part = parts && group >= 0 ? calloc(tb_table_rows(parts) + 1, sizeof *part) : NULL;

    if (part) {
        const char *code = w->report->profile->groups[group].code;
        size_t n = gather(parts, code, part);
        heads(w, &table);
        for (size_t i = 0; i < n && i < MOST_LISTED; i++)
            put_row(w, parts, part[i].row, &table);
        put_totals(w, parts, code, &before, &table);
        tb_mdtable_finish(&table, &text);
        cut = n > MOST_LISTED;
    }
    text.failed |= parts && group >= 0 && !part;
    tb_view_buf(view, "score_before", &before);
    tb_view_flag(view, "score_cut", cut);
    tb_view_markup_buf(view, "score_parts", &text);
    tb_buf_release(&text);
    tb_buf_release(&before);
    free(part);
}
