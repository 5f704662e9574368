/* index.c - the first page: findings of the period, the heat map, and the way to
 * everything else. */
#include "disseminate/words/writer.h"

#include <stdio.h>
#include <string.h>

#include "disseminate/bulletin/bulletin.h"
#include "disseminate/words/fact.h"
#include "disseminate/template/mdtable.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/fs.h"
#include "tongbao/table.h"

enum { RECEIPTS_LISTED = 200 };

static const char *suffix(const struct tb_writer *w)
{
    return w->first_language ? "" : w->style.lang[0] == 'z' ? ".zh" : ".en";
}

/* Counts of binding verdicts as cards: "12 met". */
static void put_cards(const struct tb_writer *w, struct tb_view *view)
{
    size_t count[TB_N_VERDICTS];

    tb_count_verdicts(w, false, count);
    tb_view_list(view, "cards");
    for (size_t k = 0; k < TB_N_VERDICTS; k++) {
        struct tb_view *card;
        if (count[k] == 0)
            continue;
        card = tb_view_item(view, "cards");
        tb_view_text(card, "sign", tb_rag_sign(tb_verdict_rag((enum tb_verdict_kind)k)));
        tb_view_text(card, "word", tb_verdict_word((enum tb_verdict_kind)k, w->style.lang));
        tb_view_int(card, "count", (long long)count[k]);
    }
}

static void unit_heads(const struct tb_writer *w, struct tb_mdtable *table)
{
    static const char *const sign[] = { "●", "▲", "■", "○" };

    tb_mdtable_column(table, tb_say(w, "单位", "Unit"), false);
    for (size_t i = 0; i < 4; i++)
        tb_mdtable_column(table, sign[i], true);
    tb_mdtable_column(table, tb_say(w, "综合位次", "Overall place"), true);
    tb_mdtable_column(table, tb_say(w, "变动", "Move"), true);
}

static void unit_row(const struct tb_writer *w, size_t unit, int32_t group,
                     struct tb_mdtable *table)
{
    const struct tb_report *report = w->report;
    struct tb_standing place = tb_report_score_standing(report, (size_t)group, unit);
    struct tb_buf text = TB_BUF_INIT;
    size_t count[4] = { 0 };

    for (size_t i = report->unit_first[unit]; i < report->unit_first[unit + 1]; i++) {
        const struct tb_verdict *v = &report->verdicts[report->of_unit[i]];
        if (tb_verdict_counts(v))
            count[tb_verdict_rag(v->kind)]++;
    }
    tb_buf_puts(&text, "units/");
    tb_report_file_name(&text, report->profile->units[unit].code);
    tb_buf_printf(&text, "%s.html", suffix(w));
    tb_mdtable_link(table, tb_name_of_unit(w, (int32_t)unit), tb_buf_text(&text));
    tb_buf_clear(&text);
    for (size_t c = 0; c < 4; c++)
        if (count[c] > 0)
            tb_mdtable_int(table, (long long)count[c]);
        else
            tb_mdtable_cell(table, "");
    if (place.rank > 0)
        tb_put_place(&place, &text);
    tb_mdtable_buf(table, &text);
    tb_put_movement(&place, &text);
    tb_mdtable_buf(table, &text);
    tb_buf_release(&text);
}

static void put_units(const struct tb_writer *w, int32_t group, struct tb_view *view)
{
    const struct tb_profile *p = w->report->profile;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    struct tb_view *item;

    if (group < 0)
        return;
    unit_heads(w, &table);
    for (size_t i = 0; i < p->groups[group].n_members; i++)
        if (tb_unit_valid_in(&p->units[p->groups[group].member[i]], w->report->period))
            unit_row(w, p->groups[group].member[i], group, &table);
    tb_mdtable_finish(&table, &text);
    item = tb_view_item(view, "units");
    tb_view_text(item, "group", tb_name_of_group(w, group));
    tb_view_markup_buf(item, "units_table", &text);
    tb_buf_release(&text);
}

static void put_receipts(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.submissions;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    tb_mdtable_column(&table, tb_say(w, "回执", "Receipt"), false);
    tb_mdtable_column(&table, tb_say(w, "文件", "File"), false);
    tb_mdtable_column(&table, tb_say(w, "报送单位", "Sender"), false);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        const char *number = tb_table_get(t, i, "arrival");
        char file[32];
        if (!tb_submission_concerns(w, t, i) || n >= RECEIPTS_LISTED ||
            strspn(number, "0123456789") != strlen(number) || strlen(number) > 9)
            continue;
        (void)snprintf(file, sizeof file, "receipts/%05lu.md", strtoul(number, NULL, 10));
        tb_mdtable_link(&table, number, file);
        tb_mdtable_cell(&table, tb_table_get(t, i, "name"));
        tb_mdtable_cell(&table, tb_name_of_sender(w, tb_table_get(t, i, "sender")));
        n++;
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "receipts", &text);
    tb_buf_release(&text);
}

static void show_chart(const struct tb_writer *w, const struct tb_chart *c, struct tb_view *item)
{
    tb_view_text(item, "file", c->name);
    if (c->group >= 0)
        tb_view_text(item, "group", tb_name_of_group(w, c->group));
    tb_view_text(item, "chart_title", tb_say(w, c->title_zh, c->title_en));
    tb_view_text(item, "alt", tb_say(w, c->alt_zh, c->alt_en));
}

/* Pictures of a single indicator are many: they are linked from a table, in the
 * columns places, trend, and the same of the units below. */
static void chart_links(const struct tb_writer *w, int32_t indicator, struct tb_mdtable *table)
{
    const struct tb_chart *at[4] = { NULL };
    struct tb_buf file = TB_BUF_INIT;

    for (size_t i = 0; i < w->charts->n; i++) {
        const struct tb_chart *c = &w->charts->item[i];
        size_t column = (c->kind == TB_CHART_RANKED ? 0 : 1) +
                        (c->group >= 0 && c->group == w->report->children_group ? 2 : 0);
        if (c->indicator == indicator && !at[column] &&
            (c->kind == TB_CHART_RANKED || c->kind == TB_CHART_TREND))
            at[column] = c;
    }
    if (!at[0] && !at[1] && !at[2] && !at[3])
        return;
    tb_mdtable_cell(table, tb_name_of_indicator(w, indicator));
    for (size_t i = 0; i < 4; i++) {
        if (!at[i]) {
            tb_mdtable_cell(table, "");
            continue;
        }
        tb_buf_printf(&file, "charts/%s.svg", at[i]->name);
        tb_mdtable_link(table,
                        i % 2 == 0 ? tb_say(w, "排名", "places") : tb_say(w, "走势", "trend"),
                        tb_buf_text(&file));
        tb_buf_clear(&file);
    }
    tb_buf_release(&file);
}

static void put_chart_table(const struct tb_writer *w, struct tb_view *view)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_name_of_group(w, w->report->subject_group), false);
    tb_mdtable_column(&table, "", false);
    tb_mdtable_column(&table, tb_name_of_group(w, w->report->children_group), false);
    tb_mdtable_column(&table, "", false);
    for (size_t i = 0; i < w->report->profile->n_indicators; i++)
        chart_links(w, (int32_t)i, &table);
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "chart_table", &text);
    tb_buf_release(&text);
}

/* The first heat map of each group on page one is shown, the rest is linked. */
static void put_charts(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_report *report = w->report;
    bool first = true, first_below = true;

    tb_view_list(view, "heatmaps");
    tb_view_list(view, "charts");
    for (size_t i = 0; i < w->charts->n; i++) {
        const struct tb_chart *c = &w->charts->item[i];
        bool heat = c->kind == TB_CHART_HEATMAP;
        bool *fresh = c->group == report->subject_group    ? &first
                      : c->group == report->children_group ? &first_below
                                                           : NULL;
        if (heat && fresh && *fresh) {
            *fresh = false;
            show_chart(w, c, tb_view_item(view, "heatmaps"));
        } else if (c->kind != TB_CHART_RANKED && c->kind != TB_CHART_TREND) {
            show_chart(w, c, tb_view_item(view, "charts"));
        }
    }
    put_chart_table(w, view);
}

static void put_languages(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_strings *all = &w->report->profile->set.languages;

    tb_view_list(view, "languages");
    for (size_t i = 0; w->n_languages > 1 && i < all->n; i++) {
        struct tb_view *item;
        if (strcmp(all->item[i], w->style.lang) == 0)
            continue;
        item = tb_view_item(view, "languages");
        tb_view_text(item, "language", all->item[i][0] == 'z' ? "中文" : "English");
        tb_view_text(item, "language_suffix", i == 0 ? "" : all->item[i][0] == 'z' ? ".zh" : ".en");
    }
}

void tb_index_write(struct tb_writer *w)
{
    struct tb_views views = tb_writer_views(w);
    struct tb_view *view = tb_view_root(&views);
    struct tb_buf title = TB_BUF_INIT;

    tb_buf_puts(&title,
                tb_say(w, w->report->profile->set.name_zh, w->report->profile->set.name_en));
    tb_buf_puts(&title, tb_say(w, " ", ", "));
    tb_put_period(w, &title, w->report->period);
    tb_writer_common(w, view);
    tb_view_check(view, &title);
    tb_view_text(view, "title", tb_buf_text(&title));
    tb_view_text(view, "suffix", suffix(w));
    tb_view_flag(view, "errata", tb_errata_count(w) > 0);
    put_languages(w, view);
    tb_bulletin_findings(w, view);
    put_cards(w, view);
    put_charts(w, view);
    tb_view_list(view, "units");
    put_units(w, w->report->subject_group, view);
    if (w->report->children_group != w->report->subject_group)
        put_units(w, w->report->children_group, view);
    put_receipts(w, view);
    (void)tb_writer_publish(w, "index", "index", views.failed ? NULL : view, tb_buf_text(&title),
                            "");
    tb_buf_release(&title);
    tb_views_release(&views);
}
