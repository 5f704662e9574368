/* vintages.c - the parts of data-quality.md on figures that do not agree with those of a
 * year before, and on how much figures are revised. */
#include "disseminate/bulletin/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/template/view.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"
#include "tongbao/comparable.h"
#include "tongbao/table.h"

enum { GAPS_LISTED = 40 };

/* A row of comparable.csv that rounding does not explain. */
struct gap_row {
    size_t row;
    int why;                 /* enum tb_base_gap */
    struct tb_decimal apart; /* size of the gap, percent of the published base */
};

/* Unexplained ones first, then the others; the widest first within each. */
static int by_size(const void *a, const void *b)
{
    const struct gap_row *x = a, *y = b;

    if (x->why != y->why)
        return x->why > y->why ? -1 : 1;
    int order = tb_decimal_cmp(y->apart, x->apart);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static struct tb_decimal size_of(const char *text)
{
    struct tb_decimal number = { 0, 0 };

    text += *text == '-';
    (void)tb_decimal_parse(text, strlen(text), &number); /* no percentage: the smallest */
    return number;
}

/* The rows of the period into list[], and how many there are by reason; returns their number. */
static size_t gather(const struct tb_writer *w, struct gap_row *list, size_t count[TB_N_BASE_GAPS])
{
    const struct tb_table *t = w->report->table.comparable;
    int at_period = tb_table_column(t, "period"), at_why = tb_table_column(t, "why");
    size_t n = 0;

    for (size_t i = 0; i < tb_table_rows(t); i++) {
        int why = tb_base_gap_find(tb_table_cell(t, i, at_why));
        if (why < 0 || !tb_ends_within(w, tb_table_cell(t, i, at_period)))
            continue;
        count[why]++;
        if (why != TB_BASE_ROUNDING)
            list[n++] = (struct gap_row){ i, why, size_of(tb_table_get(t, i, "gap_pct")) };
    }
    if (n)
        qsort(list, n, sizeof *list, by_size);
    return n;
}

static void put_names(const struct tb_writer *w, const struct tb_table *t, size_t i,
                      struct tb_mdtable *table)
{
    const struct tb_profile *p = w->report->profile;
    const char *unit = tb_table_get(t, i, "unit"), *ind = tb_table_get(t, i, "indicator");
    int32_t u = tb_profile_unit(p, unit, strlen(unit));
    int32_t k = tb_profile_indicator(p, ind, strlen(ind));

    if (tb_table_column(t, "unit") >= 0)
        tb_mdtable_cell(table, u >= 0 ? tb_name_of_unit(w, u) : unit);
    tb_mdtable_cell(table, k >= 0 ? tb_name_of_indicator(w, k) : ind);
    tb_mdtable_cell(table, tb_table_get(t, i, "measure"));
}

static void put_numbers(const struct tb_writer *w, const struct tb_table *t, size_t i,
                        const char *const columns[], size_t n, struct tb_mdtable *table)
{
    struct tb_buf text = TB_BUF_INIT;

    for (size_t c = 0; c < n; c++) {
        tb_number_printed(&text, &w->style, tb_table_get(t, i, columns[c]));
        tb_mdtable_buf(table, &text);
    }
    tb_buf_release(&text);
}

static void put_gaps(const struct tb_writer *w, const struct gap_row *list, size_t n,
                     struct tb_buf *out)
{
    static const char *const numbers[] = { "growth",     "computed_growth", "implied_low",
                                           "implied_high", "first_base",    "known_base",
                                           "gap_pct" };
    const struct tb_table *t = w->report->table.comparable;
    struct tb_mdtable table = TB_MDTABLE_INIT;

    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "口径", "Measure"), false);
    tb_mdtable_column(&table, tb_say(w, "报送增速", "Growth as sent"), true);
    tb_mdtable_column(&table, tb_say(w, "按上年数计算", "From last year's figure"), true);
    tb_mdtable_column(&table, tb_say(w, "隐含基数自", "Implied base from"), true);
    tb_mdtable_column(&table, tb_say(w, "至", "to"), true);
    tb_mdtable_column(&table, tb_say(w, "上年公布数", "As first published"), true);
    tb_mdtable_column(&table, tb_say(w, "上年现知数", "As now known"), true);
    tb_mdtable_column(&table, tb_say(w, "差距（%）", "Gap (%)"), true);
    tb_mdtable_column(&table, tb_say(w, "原因", "Why"), false);
    for (size_t i = 0; i < n && i < GAPS_LISTED; i++) {
        put_names(w, t, list[i].row, &table);
        put_numbers(w, t, list[i].row, numbers, sizeof numbers / sizeof *numbers, &table);
        tb_mdtable_cell(&table, tb_base_gap_text((enum tb_base_gap)list[i].why, w->style.lang));
    }
    tb_mdtable_finish(&table, out);
}

int tb_put_comparable(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.comparable;
    size_t count[TB_N_BASE_GAPS] = { 0 }, all = 0, n;
    struct tb_buf text = TB_BUF_INIT;
    struct gap_row *list;

    if (!t)
        return 0;
    list = calloc(tb_table_rows(t) + 1, sizeof *list);
    if (!list)
        return -1;
    n = gather(w, list, count);
    for (int g = 0; g < TB_N_BASE_GAPS; g++)
        all += count[g];
    if (n)
        put_gaps(w, list, n, &text);
    tb_view_markup_buf(view, "gaps", &text);
    tb_view_flag(view, "has_growths", all > 0);
    tb_view_int(view, "n_growths", (long long)all);
    tb_view_int(view, "n_rounding", (long long)count[TB_BASE_ROUNDING]);
    tb_view_int(view, "n_based_prices", (long long)count[TB_BASE_PRICES]);
    tb_view_int(view, "n_based_revised", (long long)count[TB_BASE_REVISION]);
    tb_view_int(view, "n_based_given", (long long)count[TB_BASE_GIVEN]);
    tb_view_int(view, "n_based_scope", (long long)count[TB_BASE_SCOPE]);
    tb_view_int(view, "n_unexplained", (long long)count[TB_BASE_UNEXPLAINED]);
    tb_view_flag(view, "gaps_cut", n > GAPS_LISTED);
    tb_buf_release(&text);
    free(list);
    return 0;
}

void tb_put_revised(const struct tb_writer *w, struct tb_view *view)
{
    static const char *const numbers[] = { "published",     "revised",
                                           "unchanged_pct", "mean_revision",
                                           "mean_absolute_revision", "relative_absolute_pct",
                                           "largest" };
    const struct tb_table *t = w->report->table.revised;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "口径", "Measure"), false);
    tb_mdtable_column(&table, tb_say(w, "公布个数", "Published"), true);
    tb_mdtable_column(&table, tb_say(w, "修订个数", "Revised"), true);
    tb_mdtable_column(&table, tb_say(w, "未变（%）", "Unchanged (%)"), true);
    tb_mdtable_column(&table, tb_say(w, "平均修订", "Mean revision"), true);
    tb_mdtable_column(&table, tb_say(w, "平均修订幅度", "Mean absolute revision"), true);
    tb_mdtable_column(&table, tb_say(w, "占数值（%）", "of the level (%)"), true);
    tb_mdtable_column(&table, tb_say(w, "最大修订", "Largest"), true);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        put_names(w, t, i, &table);
        put_numbers(w, t, i, numbers, sizeof numbers / sizeof *numbers, &table);
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "revised", &text);
    tb_buf_release(&text);
}
