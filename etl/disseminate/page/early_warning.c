/* early_warning.c - the warnings of analyse/early_warning.csv as a table. */
#include "disseminate/page/early_warning.h"

#include <string.h>

#include "disseminate/bulletin/bulletin.h"
#include "disseminate/words/fact.h"
#include "disseminate/template/mdtable.h"
#include "disseminate/words/numbers.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

enum { ROWS_LISTED = 60 };

static const char *method_words(const struct tb_writer *w, const char *code)
{
    static const struct {
        const char *code, *zh, *en;
    } words[] = {
        { "shares", "往年进度", "past years" },
        { "few_shares", "往年进度（不足四年）", "past years, fewer than four" },
        { "pace", "今年平均进度", "this year's pace" },
        { "stays", "按不变", "stays as it is" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, code) == 0)
            return tb_say(w, words[i].zh, words[i].en);
    return code;
}

static void heads(const struct tb_writer *w, struct tb_mdtable *table)
{
    tb_mdtable_column(table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(table, tb_say(w, "目标", "Target"), false);
    tb_mdtable_column(table, tb_say(w, "下期", "Next"), false);
    tb_mdtable_column(table, tb_say(w, "推算", "Estimate"), true);
    tb_mdtable_column(table, tb_say(w, "标准", "Benchmark"), true);
    tb_mdtable_column(table, tb_say(w, "方法", "By"), false);
    tb_mdtable_column(table, tb_say(w, "达到的概率", "Chance to meet it"), true);
}

static void number(const struct tb_writer *w, const struct tb_table *t, size_t row,
                   const char *column, struct tb_mdtable *table)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_number_printed(&text, &w->style, tb_table_get(t, row, column));
    tb_mdtable_buf(table, &text);
    tb_buf_release(&text);
}

static int32_t target_of(const struct tb_profile *profile, const char *code)
{
    for (size_t i = 0; i < profile->n_targets; i++)
        if (strcmp(profile->targets[i].code, code) == 0)
            return (int32_t)i;
    return TB_NONE;
}

static void put_row(const struct tb_writer *w, const struct tb_table *t, size_t row, int32_t unit,
                    struct tb_mdtable *table)
{
    const struct tb_profile *profile = w->report->profile;
    const char *code = tb_table_get(t, row, "indicator");
    int32_t indicator = tb_profile_indicator(profile, code, strlen(code));
    int32_t target = target_of(profile, tb_table_get(t, row, "target"));
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_cell(table, tb_name_of_unit(w, unit));
    tb_mdtable_cell(table, indicator >= 0 ? tb_name_of_indicator(w, indicator) : code);
    if (target >= 0)
        tb_target_words(w, target, &text);
    tb_mdtable_buf(table, &text);
    tb_mdtable_cell(table, tb_table_get(t, row, "next"));
    number(w, t, row, "value", table);
    number(w, t, row, "benchmark", table);
    tb_mdtable_cell(table, method_words(w, tb_table_get(t, row, "method")));
    number(w, t, row, "probability", table);
    tb_buf_release(&text);
}

/* The subjects, and the units below that the bulletin is about too. */
static bool is_listed(const struct tb_writer *w, int32_t whose)
{
    return tb_is_subject(w, whose) ||
           (w->report->children_group >= 0 &&
            tb_report_main_group(w->report, (size_t)whose) == w->report->children_group);
}

void tb_put_early_warning(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.early_warning;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    heads(w, &table);
    for (size_t row = 0; t && row < tb_table_rows(t); row++) {
        const char *code = tb_table_get(t, row, "unit");
        if (strcmp(tb_table_get(t, row, "warning"), "1") != 0)
            continue;
        int32_t whose = tb_profile_unit(w->report->profile, code, strlen(code));
        if (whose < 0 || !is_listed(w, whose) || n++ >= ROWS_LISTED)
            continue;
        put_row(w, t, row, whose, &table);
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "early_warning", &text);
    tb_view_flag(view, "early_warning_cut", n > ROWS_LISTED);
    tb_buf_release(&text);
}
