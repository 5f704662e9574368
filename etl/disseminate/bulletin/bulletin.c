/* bulletin.c - the monthly bulletin: its head and key findings; the parts are in
 * the files bulletin_*.c. */
#include "disseminate/bulletin/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/words/fact.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

enum { WORST_NAMED = 3 };

bool tb_is_subject(const struct tb_writer *w, int32_t unit)
{
    const struct tb_report *report = w->report;

    if (report->subject >= 0)
        return unit == report->subject;
    if (report->subject_group < 0)
        return true;
    return (report->profile->units[unit].groups >> report->subject_group & 1) != 0;
}

bool tb_is_behind(const struct tb_verdict *v)
{
    return tb_verdict_counts(v) && tb_verdict_rag(v->kind) == TB_RAG_RED;
}

void tb_count_verdicts(const struct tb_writer *w, enum tb_strength strength,
                       size_t count[TB_N_VERDICTS])
{
    memset(count, 0, TB_N_VERDICTS * sizeof *count);
    for (size_t i = 0; i < w->report->n_verdicts; i++) {
        const struct tb_verdict *v = &w->report->verdicts[i];
        if (v->strength == strength && !tb_conflict_is_idle(v->conflict) && tb_is_subject(w, v->unit))
            count[v->kind]++;
    }
}

/* A verdict and where it stands in the file, so that the order is total. */
struct grave {
    const struct tb_verdict *verdict;
    uint32_t row;
};

static int gravest_first(const void *a, const void *b)
{
    const struct grave *x = a, *y = b;

    if (x->verdict->kind != y->verdict->kind) /* not completed, missed, behind */
        return x->verdict->kind > y->verdict->kind ? -1 : 1;
    if (x->verdict->streak != y->verdict->streak)
        return x->verdict->streak > y->verdict->streak ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

uint32_t *tb_behind_worst_first(const struct tb_writer *w, size_t *n)
{
    size_t all = w->report->n_verdicts;
    struct grave *grave = calloc(all + 1, sizeof *grave);
    uint32_t *rows = calloc(all + 1, sizeof *rows);

    *n = 0;
    if (!grave || !rows) {
        free(grave);
        free(rows);
        return NULL;
    }
    for (size_t i = 0; i < all; i++) {
        const struct tb_verdict *v = &w->report->verdicts[i];
        if (tb_is_behind(v) && tb_is_subject(w, v->unit))
            grave[(*n)++] = (struct grave){ v, (uint32_t)i };
    }
    qsort(grave, *n, sizeof *grave, gravest_first);
    for (size_t i = 0; i < *n; i++)
        rows[i] = grave[i].row;
    free(grave);
    return rows;
}

/* "达标12项、滞后3项": the kinds that occur, in the order of the list. */
static void put_counts(const struct tb_writer *w, const size_t count[], bool grey,
                       struct tb_buf *out)
{
    bool any = false;

    for (size_t k = 0; k < TB_N_VERDICTS; k++) {
        enum tb_verdict_kind kind = (enum tb_verdict_kind)k;
        if (count[k] == 0 || (tb_verdict_rag(kind) == TB_RAG_GREY) != grey)
            continue;
        tb_buf_puts(out, any ? tb_prose_comma(w->style.lang) : "");
        if (w->style.lang[0] == 'z')
            tb_buf_puts(out, tb_verdict_word(kind, "zh"));
        tb_number_count(out, &w->style, count[k]);
        if (w->style.lang[0] == 'z')
            tb_buf_puts(out, "项");
        else
            tb_buf_printf(out,
                          kind == TB_VERDICT_NO_DATA || kind == TB_VERDICT_NO_TARGET ? " with %s"
                                                                                      : " %s",
                          tb_verdict_word(kind, "en"));
        any = true;
    }
}

static size_t sum(const size_t count[])
{
    size_t all = 0;

    for (size_t k = 0; k < TB_N_VERDICTS; k++)
        all += count[k];
    return all;
}

static void say_counts(const struct tb_writer *w, struct tb_view *view)
{
    size_t binding[TB_N_VERDICTS], stretch[TB_N_VERDICTS], fact[TB_N_VERDICTS];
    struct tb_buf text = TB_BUF_INIT;
    size_t grey = 0;

    tb_count_verdicts(w, TB_BINDING, binding);
    tb_count_verdicts(w, TB_STRETCH, stretch);
    tb_count_verdicts(w, TB_FACT, fact);
    for (size_t k = 0; k < TB_N_VERDICTS; k++)
        grey += tb_verdict_rag((enum tb_verdict_kind)k) == TB_RAG_GREY ? binding[k] : 0;
    if (sum(binding) == 0)
        return;
    tb_buf_puts(&text, tb_say(w, "本期共评价目标", "Of "));
    tb_number_count(&text, &w->style, sum(binding));
    tb_buf_puts(&text, tb_say(w, "项", " targets"));
    if (sum(binding) > grey) {
        tb_buf_puts(&text, tb_say(w, "：", ", "));
        put_counts(w, binding, false, &text);
    }
    if (grey > 0) {
        tb_buf_puts(&text, tb_say(w, "；另有", "; not counted as behind: "));
        put_counts(w, binding, true, &text);
        tb_buf_puts(&text, tb_say(w, "，不计入滞后", ""));
    }
    if (sum(stretch) > 0) {
        tb_buf_puts(&text, tb_say(w, "；争取性目标", "; stretch targets: "));
        tb_number_count(&text, &w->style,
                        w->style.lang[0] == 'z' ? sum(stretch) : stretch[TB_VERDICT_MET]);
        tb_buf_puts(&text, tb_say(w, "项，达到", " of "));
        tb_number_count(&text, &w->style,
                        w->style.lang[0] == 'z' ? stretch[TB_VERDICT_MET] : sum(stretch));
        tb_buf_puts(&text, tb_say(w, "项", " met"));
    }
    if (sum(fact) > 0) {
        tb_buf_puts(&text, tb_say(w, "；核对公布数据", "; published figures compared: "));
        tb_number_count(&text, &w->style, sum(fact));
        tb_buf_puts(&text, tb_say(w, "项：", " ("));
        put_counts(w, fact, true, &text);
        tb_buf_puts(&text, tb_say(w, "", ")"));
    }
    tb_buf_puts(&text, tb_say(w, "。", "."));
    tb_view_line(view, "findings", &text);
    tb_buf_release(&text);
}

static void say_one_behind(const struct tb_writer *w, const struct tb_verdict *v,
                           struct tb_buf *out)
{
    bool zh = w->style.lang[0] == 'z';
    struct tb_buf gap = TB_BUF_INIT;
    const char *department = tb_name_of_department(
        w, v->department >= 0 ? v->department : tb_department_of(w, v->indicator));

    tb_verdict_gap(w, v, &gap);
    if (w->report->subject < 0)
        tb_buf_printf(out, zh ? "%s" : "%s: ", tb_name_of_unit(w, v->unit));
    tb_buf_puts(out, tb_name_of_indicator(w, v->indicator));
    tb_buf_puts(out, zh ? "（" : " (");
    tb_buf_puts(out, tb_verdict_word(v->kind, w->style.lang));
    if (v->lacks >= 0) {
        tb_buf_puts(out, zh ? "，" : ", ");
        tb_put_lack(w, v, out);
    }
    if (gap.len > 0)
        tb_buf_printf(out, "%s%s", zh ? "，" : ", ", tb_buf_text(&gap));
    tb_put_streak(w, v, out);
    if (*department)
        tb_buf_printf(out, zh ? "，责任单位：%s" : "; responsible: %s", department);
    tb_buf_puts(out, zh ? "）" : ")");
    tb_buf_release(&gap);
}

static void say_worst(const struct tb_writer *w, struct tb_view *view)
{
    bool zh = w->style.lang[0] == 'z';
    struct tb_buf text = TB_BUF_INIT;
    size_t n, said = 0;
    uint32_t *row = tb_behind_worst_first(w, &n);

    for (size_t i = 0; row && i < n && said < WORST_NAMED; i++) {
        tb_buf_puts(&text,
                    said == 0 ? (zh ? "最突出的问题：" : "Most serious: ") : (zh ? "；" : "; "));
        say_one_behind(w, &w->report->verdicts[row[i]], &text);
        said++;
    }
    if (said > 0) {
        tb_buf_puts(&text, zh ? "。" : ".");
        tb_view_line(view, "findings", &text);
    }
    free(row);
    tb_buf_release(&text);
}

static void say_composite(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_report *report = w->report;
    bool zh = w->style.lang[0] == 'z';
    struct tb_buf text = TB_BUF_INIT;
    struct tb_standing s;
    struct tb_figure score;

    if (report->subject < 0 || report->subject_group < 0)
        return;
    s = tb_report_score_standing(report, (size_t)report->subject_group, (size_t)report->subject);
    score = tb_report_score(report, (size_t)report->subject_group, (size_t)report->subject);
    if (s.rank == 0)
        return;
    tb_buf_printf(&text, zh ? "%s综合排名" : "%s stands ", tb_name_of_unit(w, report->subject));
    tb_prose_place(&text, &w->style, tb_name_of_group(w, report->subject_group), s.rank, s.tied);
    tb_buf_puts(&text, zh ? "" : " overall");
    if (score.known) {
        tb_buf_puts(&text, zh ? "（得分" : " (score ");
        tb_number_put(&text, &w->style, score.value, score.value.scale);
        tb_buf_puts(&text, zh ? "）" : ")");
    }
    if (s.has_movement) {
        tb_buf_puts(&text, zh ? "，" : ", ");
        tb_prose_movement(&text, &w->style, s.movement,
                          tb_prose_earlier(report->period.freq, w->style.lang));
    }
    tb_buf_puts(&text, zh ? "。" : ".");
    tb_view_line(view, "findings", &text);
    tb_buf_release(&text);
}

/* The indicators with the largest move of place up (sign 1) or down (sign -1). */
static int32_t largest_move(const struct tb_writer *w, int sign, struct tb_fact *best)
{
    int32_t found = TB_NONE;

    for (size_t i = 0; i < w->report->profile->n_indicators; i++) {
        struct tb_fact f;
        tb_fact_of(w, (int32_t)i, w->report->subject, &f);
        if (f.place.rank == 0 || !f.place.has_movement || f.place.movement * sign <= 0)
            continue;
        if (found < 0 || f.place.movement * sign > best->place.movement * sign) {
            found = (int32_t)i;
            *best = f;
        }
    }
    return found;
}

static void say_movement(const struct tb_writer *w, struct tb_view *view)
{
    bool zh = w->style.lang[0] == 'z';
    struct tb_buf text = TB_BUF_INIT;

    if (w->report->subject < 0)
        return;
    for (int sign = 1; sign >= -1; sign -= 2) {
        struct tb_fact f;
        int32_t i = largest_move(w, sign, &f);
        if (i < 0)
            continue;
        if (text.len > 0)
            tb_buf_puts(&text, zh ? "；" : "; ");
        tb_buf_printf(&text, zh ? "%s最多的是%s，" : "largest %s: %s, ",
                      zh ? (sign > 0 ? "进位" : "退位") : (sign > 0 ? "rise" : "fall"),
                      tb_name_of_indicator(w, i));
        tb_prose_movement(&text, &w->style, f.place.movement,
                          tb_prose_earlier(f.period.freq, w->style.lang));
        tb_buf_puts(&text, zh ? "，" : ", ");
        tb_prose_place(&text, &w->style, tb_name_of_group(w, f.group), f.place.rank, f.place.tied);
    }
    if (text.len > 0) {
        tb_buf_puts(&text, zh ? "。" : ".");
        if (!zh && text.data)
            text.data[0] = 'L'; /* a sentence begins with a capital */
        tb_view_line(view, "findings", &text);
    }
    tb_buf_release(&text);
}

void tb_bulletin_findings(const struct tb_writer *w, struct tb_view *view)
{
    tb_view_list(view, "findings");
    say_counts(w, view);
    say_worst(w, view);
    say_composite(w, view);
    say_movement(w, view);
}

static void put_title(const struct tb_writer *w, struct tb_buf *out)
{
    const struct tb_report *report = w->report;
    const char *who = report->subject >= 0 ? tb_name_of_unit(w, report->subject)
                                           : tb_name_of_group(w, report->subject_group);

    if (w->style.lang[0] == 'z') {
        tb_buf_printf(out, "关于%s", who);
        tb_put_period(w, out, report->period);
        tb_buf_puts(out, "目标任务完成情况的通报");
    } else {
        tb_buf_printf(out, "Bulletin on the targets of %s, ", who);
        tb_put_period(w, out, report->period);
    }
}

/* A leader's two pages have room for a picture of each kind, not for all. */
static void put_charts(const struct tb_writer *w, struct tb_view *view)
{
    bool shown[TB_CHART_FAN + 1] = { false };

    tb_view_list(view, "charts");
    for (size_t i = 0; i < w->charts->n; i++) {
        const struct tb_chart *c = &w->charts->item[i];
        bool of_group = c->kind == TB_CHART_HEATMAP || c->kind == TB_CHART_BUMP;
        struct tb_view *item;
        if (shown[c->kind] ||
            !(of_group ? c->group == w->report->subject_group
                       : c->kind == TB_CHART_BULLETS && c->unit == w->report->subject))
            continue;
        shown[c->kind] = true;
        item = tb_view_item(view, "charts");
        tb_view_text(item, "file", c->name);
        tb_view_text(item, "chart_title", tb_say(w, c->title_zh, c->title_en));
        tb_view_text(item, "alt", tb_say(w, c->alt_zh, c->alt_en));
    }
}

void tb_bulletin_write(struct tb_writer *w)
{
    struct tb_views views = tb_writer_views(w);
    struct tb_view *view = tb_view_root(&views);
    struct tb_buf title = TB_BUF_INIT;

    put_title(w, &title);
    tb_writer_common(w, view);
    tb_view_check(view, &title);
    tb_view_text(view, "title", tb_buf_text(&title));
    tb_bulletin_findings(w, view);
    put_charts(w, view);
    tb_bulletin_results(w, view);
    tb_bulletin_problems(w, view);
    tb_bulletin_bottom(w, view);
    tb_bulletin_composite(w, view);
    tb_bulletin_consequences(w, view);
    tb_bulletin_annex(w, view);
    (void)tb_writer_publish(w, "bulletin", "bulletin", views.failed ? NULL : view,
                            tb_buf_text(&title), "");
    tb_buf_release(&title);
    tb_views_release(&views);
}
