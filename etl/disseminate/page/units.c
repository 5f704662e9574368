/* units.c - one sheet per unit: every indicator with verdict, place, trend and gap. */
#include "disseminate/words/writer.h"

#include <stdlib.h>

#include "disseminate/bulletin/bulletin.h"
#include "disseminate/words/fact.h"
#include "disseminate/template/mdtable.h"
#include "disseminate/page/outlook.h"
#include "disseminate/words/prose.h"
#include "disseminate/page/unit_needs.h"
#include "disseminate/page/unit_rows.h"
#include "disseminate/page/unit_score.h"
#include "disseminate/page/unit_season.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/table.h"

static void heads(const struct tb_writer *w, struct tb_mdtable *table)
{
    tb_mdtable_column(table, "", false);
    tb_mdtable_column(table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(table, tb_say(w, "数值", "Figure"), true);
    tb_mdtable_column(table, tb_say(w, "同比", "On a year"), true);
    tb_mdtable_column(table, tb_say(w, "位次", "Place"), true);
    tb_mdtable_column(table, tb_say(w, "变动", "Move"), true);
    tb_mdtable_column(table, tb_say(w, "判定", "Verdict"), false);
    tb_mdtable_column(table, tb_say(w, "差距", "Gap"), true);
    tb_mdtable_column(table, tb_say(w, "还需", "Still needed"), false);
}

static void row(const struct tb_writer *w, const struct tb_fact *f, const struct tb_verdict *v,
                struct tb_mdtable *table)
{
    struct tb_buf text = TB_BUF_INIT;
    bool red = v && tb_verdict_rag(v->kind) == TB_RAG_RED;

    tb_mdtable_cell(table, v ? tb_rag_sign(tb_verdict_rag(v->kind)) : "");
    tb_mdtable_cell(table, tb_short_name_of_indicator(w, f->indicator));
    tb_prose_period(&text, &w->style, f->period, f->cumulative, w->report->profile->set.year_start);
    tb_mdtable_buf(table, &text);
    tb_fact_level(w, f, &text);
    tb_mdtable_buf(table, &text);
    tb_fact_growth(w, f, &text);
    tb_mdtable_buf(table, &text);
    tb_put_place(&f->place, &text);
    tb_mdtable_buf(table, &text);
    tb_put_movement(&f->place, &text);
    tb_mdtable_buf(table, &text);
    if (v)
        tb_put_verdict_word(w, v, &text);
    tb_mdtable_buf(table, &text);
    if (v)
        tb_verdict_gap(w, v, &text);
    tb_mdtable_buf(table, &text);
    if (red)
        tb_catch_up_words(w, v, &text);
    tb_mdtable_buf(table, &text);
    tb_buf_release(&text);
}

static void put_table(const struct tb_writer *w, int32_t unit, struct tb_view *view)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;

    heads(w, &table);
    for (size_t i = 0; i < w->report->profile->n_indicators; i++) {
        const struct tb_verdict *v = tb_report_worst_verdict(w->report, i, (size_t)unit);
        struct tb_fact f;
        tb_fact_of(w, (int32_t)i, unit, &f);
        if (v || tb_fact_any(&f))
            row(w, &f, v, &table);
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "table", &text);
    tb_buf_release(&text);
}

static void put_targets(const struct tb_writer *w, int32_t unit, struct tb_view *view)
{
    const struct tb_report *report = w->report;
    struct tb_buf text = TB_BUF_INIT;

    tb_view_list(view, "targets");
    for (size_t i = report->unit_first[unit]; i < report->unit_first[unit + 1]; i++) {
        const struct tb_verdict *v = &report->verdicts[report->of_unit[i]];
        struct tb_view *item = tb_view_item(view, "targets");
        tb_view_text(item, "sign", tb_rag_sign(tb_verdict_rag(v->kind)));
        tb_view_text(item, "indicator", tb_name_of_indicator(w, v->indicator));
        tb_verdict_sentence(w, v, &text);
        tb_view_buf(item, "text", &text);
        tb_rule_words(w, v->operands, &text);
        tb_view_buf(item, "operands", &text);
        if (tb_verdict_rag(v->kind) == TB_RAG_RED)
            tb_catch_up_words(w, v, &text);
        tb_view_buf(item, "needed", &text);
    }
    tb_buf_release(&text);
}

static void put_composite(const struct tb_writer *w, int32_t unit, struct tb_view *view)
{
    int32_t group = tb_report_main_group(w->report, (size_t)unit);
    struct tb_buf text = TB_BUF_INIT;
    struct tb_standing place = { 0 };
    struct tb_figure score = { 0 };

    if (group >= 0) {
        place = tb_report_score_standing(w->report, (size_t)group, (size_t)unit);
        score = tb_report_score(w->report, (size_t)group, (size_t)unit);
    }
    tb_view_text(view, "group", tb_name_of_group(w, group));
    if (place.rank > 0)
        tb_put_place(&place, &text);
    (void)tb_number_quote(&w->style, tb_buf_text(&text));
    tb_view_buf(view, "composite_place", &text);
    if (score.known)
        tb_number_put(&text, &w->style, score.value, score.value.scale);
    tb_view_buf(view, "score", &text);
    tb_buf_release(&text);
}

static void put_charts(const struct tb_writer *w, int32_t unit, struct tb_view *view)
{
    tb_view_list(view, "charts");
    for (size_t i = 0; i < w->charts->n; i++) {
        const struct tb_chart *c = &w->charts->item[i];
        struct tb_view *item;
        if (c->unit != unit)
            continue;
        item = tb_view_item(view, "charts");
        tb_view_text(item, "file", c->name);
        tb_view_text(item, "chart_title", tb_say(w, c->title_zh, c->title_en));
        tb_view_text(item, "alt", tb_say(w, c->alt_zh, c->alt_en));
    }
}

/* Tables of analyse of which a sheet shows its unit's rows. */
struct unit_tables {
    struct tb_unit_rows score_parts, what_if, seasonal;
};

static void put_tables(const struct tb_writer *w, const struct unit_tables *tables, int32_t unit,
                       struct tb_view *view)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_table *parts = tb_unit_rows_of(&tables->score_parts, (size_t)unit, &err);
    struct tb_table *what_if = tb_unit_rows_of(&tables->what_if, (size_t)unit, &err);
    struct tb_table *seasonal = tb_unit_rows_of(&tables->seasonal, (size_t)unit, &err);

    if (err.text[0]) { /* a sheet without them would look as if there were none */
        tb_log_write(w->log, TB_LOG_ERROR, "unit sheet: %s", err.text);
        tb_view_check(view, &(struct tb_buf){ .failed = true });
    }

    tb_put_score_parts(w, unit, parts, view);
    tb_put_needs(w, unit, what_if, view);
    tb_put_season(w, seasonal, view);
    tb_table_free(parts);
    tb_table_free(what_if);
    tb_table_free(seasonal);
}

static void write_sheet(struct tb_writer *w, const struct unit_tables *tables, int32_t unit)
{
    struct tb_views views = tb_writer_views(w);
    struct tb_view *view = tb_view_root(&views);
    struct tb_buf file = TB_BUF_INIT, title = TB_BUF_INIT;

    tb_buf_puts(&file, "units/");
    tb_report_file_name(&file, w->report->profile->units[unit].code);
    tb_buf_printf(&title, "%s%s", tb_name_of_unit(w, unit), tb_say(w, "：", ", "));
    tb_put_period(w, &title, w->report->period);
    tb_writer_common(w, view);
    tb_view_check(view, &title);
    tb_view_text(view, "title", tb_buf_text(&title));
    tb_view_text(view, "unit", tb_name_of_unit(w, unit));
    put_composite(w, unit, view);
    put_table(w, unit, view);
    put_targets(w, unit, view);
    put_tables(w, tables, unit, view);
    tb_put_outlook(w, unit, view);
    put_charts(w, unit, view);
    (void)tb_writer_publish(w, tb_buf_text(&file), "unit", views.failed ? NULL : view,
                            tb_buf_text(&title), "../");
    tb_buf_release(&file);
    tb_buf_release(&title);
    tb_views_release(&views);
}

static int read_tables(const struct tb_writer *w, struct unit_tables *tables, struct tb_error *err)
{
    const struct tb_profile *p = w->report->profile;
    char *folder = tb_path("%s/analyse", w->report->run);
    int rc = folder ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0)
        rc = tb_unit_rows_read(&tables->score_parts, p, folder, "score_parts.csv", err);
    if (rc == 0)
        rc = tb_unit_rows_read(&tables->what_if, p, folder, "what_if.csv", err);
    if (rc == 0)
        rc = tb_unit_rows_read(&tables->seasonal, p, folder, "seasonal.csv", err);
    free(folder);
    return rc;
}

void tb_units_write(struct tb_writer *w)
{
    const struct tb_profile *p = w->report->profile;
    struct tb_error err = TB_ERROR_INIT;
    struct unit_tables tables = { 0 };
    char *folder = tb_path("%s/units", w->out);

    if (!folder || tb_fs_make_dirs(folder, &err) < 0 || read_tables(w, &tables, &err) < 0) {
        w->n_failed++;
        tb_log_write(w->log, TB_LOG_ERROR, "unit sheets: %s", err.text);
    } else {
        for (size_t u = 0; u < p->n_units; u++)
            if (((int32_t)u == w->report->subject || tb_report_main_group(w->report, u) >= 0) &&
                tb_unit_valid_in(&p->units[u], w->report->period))
                write_sheet(w, &tables, (int32_t)u);
    }
    tb_unit_rows_release(&tables.score_parts);
    tb_unit_rows_release(&tables.what_if);
    tb_unit_rows_release(&tables.seasonal);
    free(folder);
}
