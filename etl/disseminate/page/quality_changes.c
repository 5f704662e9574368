/* quality_changes.c - the part of data-quality.md on what does not compare: changes of
 * units in the year up to the period, rates that they left out or that bridge them, and
 * cumulated figures that differ from the sum of their periods. */
#include "disseminate/bulletin/bulletin.h"

#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

enum { CHANGES_LISTED = 100, BREAKS_LISTED = 100, RESIDUALS_LISTED = 60 };

static const char *kind_word(const struct tb_writer *w, const char *kind)
{
    static const char *const words[][3] = {
        { "opened", "设立", "opened" },       { "closed", "撤销", "closed" },
        { "merged", "合并", "merged" },       { "split", "拆分", "split" },
        { "renamed", "更名", "renamed" },     { "boundary", "区划调整", "boundary changed" },
        { "silent", "长期无数据", "silent" }, { "merged?", "疑似合并", "merged?" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], kind) == 0)
            return tb_say(w, words[i][1], words[i][2]);
    return kind;
}

static const char *source_word(const struct tb_writer *w, const char *known_by)
{
    if (strcmp(known_by, "data") == 0)
        return tb_say(w, "数据所示，请核对单位表", "the data; to be verified");
    return strcmp(known_by, "both") == 0 ? tb_say(w, "单位表，与数据一致", "the profile and the data")
                                         : tb_say(w, "单位表", "the profile");
}

/* The units of a cell of codes, by name. */
static void put_names(const struct tb_writer *w, const char *codes, struct tb_buf *out)
{
    tb_buf_clear(out);
    while (*codes) {
        size_t n = strcspn(codes, ";");
        int32_t unit = tb_profile_unit(w->report->profile, codes, n);
        if (out->len)
            tb_buf_puts(out, tb_prose_comma(w->style.lang));
        if (unit >= 0)
            tb_buf_puts(out, tb_name_of_unit(w, unit));
        else
            tb_buf_add(out, codes, n);
        codes += n + (codes[n] == ';');
    }
}

/* Dates in the year that ends with the period. */
static bool is_recent(const struct tb_writer *w, const char *date)
{
    struct tb_period period = w->report->period, before = tb_period_year_before(period);
    tb_day day;

    return tb_day_parse(date, strlen(date), &day) && day <= tb_period_last_day(period) &&
           day > tb_period_last_day(before);
}

static void put_changes(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.changes;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    tb_mdtable_column(&table, tb_say(w, "日期", "Date"), false);
    tb_mdtable_column(&table, tb_say(w, "变动", "Change"), false);
    tb_mdtable_column(&table, tb_say(w, "原单位", "Before"), false);
    tb_mdtable_column(&table, tb_say(w, "现单位", "After"), false);
    tb_mdtable_column(&table, tb_say(w, "依据", "Known by"), false);
    tb_mdtable_column(&table, tb_say(w, "说明", "Note"), false);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        if (!is_recent(w, tb_table_get(t, i, "date")) || n++ >= CHANGES_LISTED)
            continue;
        tb_mdtable_cell(&table, tb_table_get(t, i, "date"));
        tb_mdtable_cell(&table, kind_word(w, tb_table_get(t, i, "kind")));
        put_names(w, tb_table_get(t, i, "from"), &text);
        tb_mdtable_buf(&table, &text);
        put_names(w, tb_table_get(t, i, "to"), &text);
        tb_mdtable_buf(&table, &text);
        tb_mdtable_cell(&table, source_word(w, tb_table_get(t, i, "known_by")));
        tb_mdtable_cell(&table, tb_table_get(t, i, tb_say(w, "text_zh", "text_en")));
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "unit_changes", &text);
    tb_view_int(view, "n_unit_changes", (long long)n);
    tb_view_flag(view, "unit_changes_cut", n > CHANGES_LISTED);
    tb_buf_release(&text);
}

/* Unit and indicator of a row, by name. */
static void put_subject(const struct tb_writer *w, const struct tb_table *t, size_t i,
                        struct tb_mdtable *table)
{
    const char *unit = tb_table_get(t, i, "unit"), *ind = tb_table_get(t, i, "indicator");
    int32_t u = tb_profile_unit(w->report->profile, unit, strlen(unit));
    int32_t k = tb_profile_indicator(w->report->profile, ind, strlen(ind));

    tb_mdtable_cell(table, u >= 0 ? tb_name_of_unit(w, u) : unit);
    tb_mdtable_cell(table, k >= 0 ? tb_name_of_indicator(w, k) : ind);
}

static void put_breaks(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.breaks;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "口径", "Measure"), false);
    tb_mdtable_column(&table, tb_say(w, "说明", "Note"), false);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        if (!tb_ends_within(w, tb_table_get(t, i, "period")) || n++ >= BREAKS_LISTED)
            continue;
        put_subject(w, t, i, &table);
        tb_mdtable_cell(&table, tb_table_get(t, i, "measure"));
        tb_mdtable_cell(&table, tb_table_get(t, i, tb_say(w, "text_zh", "text_en")));
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "breaks", &text);
    tb_view_int(view, "n_breaks", (long long)n);
    tb_view_flag(view, "breaks_cut", n > BREAKS_LISTED);
    tb_buf_release(&text);
}

static void put_residuals(const struct tb_writer *w, struct tb_view *view)
{
    static const char *const numbers[] = { "ytd", "ytd_before", "value", "residual" };
    const struct tb_table *t = w->report->table.residuals;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "累计", "Cumulated"), true);
    tb_mdtable_column(&table, tb_say(w, "上期累计", "Until the period before"), true);
    tb_mdtable_column(&table, tb_say(w, "本期", "Period alone"), true);
    tb_mdtable_column(&table, tb_say(w, "差额", "Left over"), true);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        if (!tb_ends_within(w, tb_table_get(t, i, "period")) || n++ >= RESIDUALS_LISTED)
            continue;
        put_subject(w, t, i, &table);
        for (size_t c = 0; c < sizeof numbers / sizeof *numbers; c++)
            tb_mdtable_cell(&table, tb_table_get(t, i, numbers[c]));
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "residuals", &text);
    tb_view_int(view, "n_residuals", (long long)n);
    tb_view_flag(view, "residuals_cut", n > RESIDUALS_LISTED);
    tb_buf_release(&text);
}

void tb_put_changes(const struct tb_writer *w, struct tb_view *view)
{
    put_changes(w, view);
    put_breaks(w, view);
    put_residuals(w, view);
}
