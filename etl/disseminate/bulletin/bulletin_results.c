/* bulletin_results.c - part one of the bulletin: what came of each task, block by
 * block of the responsibility list. */
#include "disseminate/bulletin/bulletin.h"

#include <string.h>

#include "disseminate/words/fact.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"

/* What the group as a whole shows, where no single unit is the subject. */
static void group_sentence(const struct tb_writer *w, int32_t indicator, struct tb_buf *out)
{
    const struct tb_report *report = w->report;
    const struct tb_indicator *ind = &report->profile->indicators[indicator];
    struct tb_period period = tb_report_period_of(report, (size_t)indicator);
    int32_t group = report->subject_group;
    int headline = tb_report_headline(report, (size_t)indicator, period, group);
    enum tb_measure which = TB_MEASURE_MEAN;
    struct tb_figure figure;
    bool zh = w->style.lang[0] == 'z', growth;

    if (group < 0 || headline < 0)
        return;
    figure = tb_report_peer_figure(report, (size_t)indicator, (enum tb_measure)headline, period,
                                   (size_t)group, &which);
    if (!figure.known)
        return;
    bool two_years = headline == TB_MEASURE_GROWTH_2Y || headline == TB_MEASURE_YTD_GROWTH_2Y;
    growth = two_years || headline == TB_MEASURE_GROWTH || headline == TB_MEASURE_YTD_GROWTH;
    tb_prose_period(out, &w->style, period,
                    headline == TB_MEASURE_YTD || headline == TB_MEASURE_YTD_GROWTH ||
                        headline == TB_MEASURE_YTD_GROWTH_2Y,
                    report->profile->set.year_start);
    tb_buf_printf(out, zh ? "，%s%s" : ": %s, %s, ", tb_name_of_indicator(w, indicator),
                  tb_name_of_group(w, group));
    if (which == TB_MEASURE_MEAN)
        tb_buf_puts(out, zh ? "（简单平均）" : "simple average ");
    if (two_years)
        tb_buf_puts(out, tb_say(w, "两年平均", ""));
    if (growth)
        tb_prose_growth(out, &w->style, figure.value);
    else
        tb_number_amount(out, &w->style, ind, figure.value);
    if (two_years)
        tb_buf_puts(out, tb_say(w, "", " a year over two years"));
    tb_buf_puts(out, zh ? "。" : ".");
}

static void subject_lines(const struct tb_writer *w, int32_t indicator, struct tb_view *item)
{
    const struct tb_report *report = w->report;
    size_t unit = (size_t)report->subject;
    struct tb_buf text = TB_BUF_INIT;
    struct tb_fact fact;

    tb_fact_of(w, indicator, report->subject, &fact);
    if (tb_fact_any(&fact)) /* else a verdict or the units below say all there is */
        tb_fact_sentence(w, &fact, &text);
    tb_view_buf(item, "sentence", &text);
    tb_view_list(item, "targets");
    for (size_t i = report->unit_first[unit]; i < report->unit_first[unit + 1]; i++) {
        const struct tb_verdict *v = &report->verdicts[report->of_unit[i]];
        struct tb_view *target;
        /* A published figure that the data show says nothing that is not said above. */
        if (v->indicator != indicator || v->kind == TB_VERDICT_AGREES)
            continue;
        tb_verdict_sentence(w, v, &text);
        target = tb_view_item(item, "targets");
        tb_view_text(target, "sign", tb_rag_sign(tb_verdict_rag(v->kind)));
        tb_view_buf(target, "text", &text);
    }
    tb_view_text(item, "ranking_of",
                 tb_name_of_group(w, tb_rank_group(w, indicator, report->children_group)));
    tb_rank_line(w, indicator, report->children_group, &text);
    tb_view_buf(item, "ranking", &text);
    tb_buf_release(&text);
}

static void tally_words(const struct tb_writer *w, const size_t count[4], struct tb_buf *out)
{
    static const char *const zh[] = { "达标或序时", "临近", "滞后或未达标", "无结论" };
    static const char *const en[] = { " met or on track", " at risk", " behind or missed",
                                      " without a verdict" };
    bool chinese = w->style.lang[0] == 'z', any = false;

    for (size_t i = 0; i < 4; i++) {
        if (count[i] == 0)
            continue;
        tb_buf_puts(out, any ? tb_say(w, "，", ", ") : "");
        tb_buf_puts(out, chinese ? zh[i] : "");
        tb_number_count(out, &w->style, count[i]);
        tb_buf_puts(out, chinese ? "个" : en[i]);
        any = true;
    }
    tb_buf_puts(out, tb_say(w, "。", "."));
}

/* "●12 ▲3 ■4": how many units stand where, for an indicator of many units. */
static void put_tally(const struct tb_writer *w, int32_t indicator, struct tb_view *item)
{
    size_t count[4] = { 0 };
    struct tb_buf text = TB_BUF_INIT;

    for (size_t i = 0; i < w->report->n_verdicts; i++) {
        const struct tb_verdict *v = &w->report->verdicts[i];
        if (v->indicator == indicator && tb_verdict_counts(v) && tb_is_subject(w, v->unit))
            count[tb_verdict_rag(v->kind)]++;
    }
    tb_view_list(item, "targets");
    if (count[0] + count[1] + count[2] + count[3] > 0) {
        struct tb_view *target = tb_view_item(item, "targets");
        tally_words(w, count, &text);
        tb_view_text(target, "sign",
                     tb_rag_sign(count[TB_RAG_RED]     ? TB_RAG_RED
                                 : count[TB_RAG_AMBER] ? TB_RAG_AMBER
                                 : count[TB_RAG_GREEN] ? TB_RAG_GREEN
                                                       : TB_RAG_GREY));
        tb_view_buf(target, "text", &text);
    }
    tb_buf_release(&text);
}

static void group_lines(const struct tb_writer *w, int32_t indicator, struct tb_view *item)
{
    struct tb_buf text = TB_BUF_INIT;

    group_sentence(w, indicator, &text);
    tb_view_buf(item, "sentence", &text);
    put_tally(w, indicator, item);
    tb_rank_line(w, indicator, w->report->subject_group, &text);
    tb_view_text(item, "ranking_of", tb_name_of_group(w, w->report->subject_group));
    tb_view_buf(item, "ranking", &text);
    tb_buf_release(&text);
}

/* An indicator that nobody reported and no target asks for has no paragraph. */
static bool worth_saying(const struct tb_writer *w, int32_t indicator)
{
    const struct tb_report *report = w->report;
    struct tb_buf text = TB_BUF_INIT;
    struct tb_fact fact;
    bool any;

    if (report->subject >= 0) {
        tb_fact_of(w, indicator, report->subject, &fact);
        if (tb_fact_any(&fact) ||
            tb_report_worst_verdict(report, (size_t)indicator, (size_t)report->subject))
            return true;
        tb_rank_line(w, indicator, report->children_group, &text);
    } else {
        group_sentence(w, indicator, &text);
        tb_rank_line(w, indicator, report->subject_group, &text);
    }
    any = text.len > 0;
    tb_buf_release(&text);
    return any;
}

static size_t add_indicators(const struct tb_writer *w, int32_t task, struct tb_view *parent)
{
    const struct tb_profile *p = w->report->profile;
    size_t n = 0;

    tb_view_list(parent, "indicators");
    for (size_t i = 0; i < p->n_indicators; i++) {
        struct tb_view *item;
        if (p->indicators[i].task != task || !worth_saying(w, (int32_t)i))
            continue;
        item = tb_view_item(parent, "indicators");
        tb_view_text(item, "indicator", tb_name_of_indicator(w, (int32_t)i));
        if (w->report->subject >= 0)
            subject_lines(w, (int32_t)i, item);
        else
            group_lines(w, (int32_t)i, item);
        n++;
    }
    return n;
}

static bool any_indicator(const struct tb_writer *w, int32_t task)
{
    const struct tb_profile *p = w->report->profile;

    for (size_t i = 0; i < p->n_indicators; i++)
        if (p->indicators[i].task == task && worth_saying(w, (int32_t)i))
            return true;
    return false;
}

static bool any_task(const struct tb_writer *w, const char *block)
{
    const struct tb_profile *p = w->report->profile;

    for (size_t t = 0; t < p->n_tasks; t++)
        if (strcmp(p->tasks[t].block, block) == 0 && any_indicator(w, (int32_t)t))
            return true;
    return false;
}

static void number_block(const struct tb_writer *w, unsigned n, struct tb_view *block)
{
    struct tb_buf text = TB_BUF_INIT, ordinal = TB_BUF_INIT;

    if (w->style.lang[0] == 'z') {
        tb_prose_ordinal(&ordinal, &w->style, n);
        tb_buf_printf(&text, "（%s）", ordinal.failed ? "" : tb_buf_text(&ordinal) + strlen("第"));
    } else {
        tb_buf_printf(&text, "1.%u ", n);
    }
    tb_view_check(block, &ordinal);
    tb_view_check(block, &text);
    tb_view_text(block, "block_number", tb_buf_text(&text));
    tb_buf_release(&text);
    tb_buf_release(&ordinal);
}

static void add_task(const struct tb_writer *w, int32_t task, unsigned n, struct tb_view *block)
{
    const struct tb_profile *p = w->report->profile;
    const struct tb_task *t = task >= 0 ? &p->tasks[task] : NULL;
    struct tb_view *item = tb_view_item(block, "tasks");
    const char *name = t ? tb_say(w, t->name_zh, t->name_en) : "";

    tb_view_int(item, "task_number", n);
    tb_view_text(item, "task", t && !(name && *name) ? t->name_zh : name);
    tb_view_text(item, "lead", t ? tb_name_of_department(w, t->lead_department) : "");
    add_indicators(w, task, item);
}

void tb_bulletin_results(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_profile *p = w->report->profile;
    unsigned n_blocks = 0, n = 0;
    struct tb_view *block = NULL;

    tb_view_list(view, "blocks");
    for (size_t first = 0; first < p->n_tasks; first++) {
        const char *name = p->tasks[first].block;
        bool seen = false;
        for (size_t t = 0; t < first && !seen; t++)
            seen = strcmp(p->tasks[t].block, name) == 0;
        if (seen || !any_task(w, name))
            continue;
        block = tb_view_item(view, "blocks");
        number_block(w, ++n_blocks, block);
        tb_view_text(block, "block",
                     tb_say(w, name, p->tasks[first].block_en));
        n = 0;
        for (size_t t = first; t < p->n_tasks; t++)
            if (strcmp(p->tasks[t].block, name) == 0 && any_indicator(w, (int32_t)t))
                add_task(w, (int32_t)t, ++n, block);
    }
    if (any_indicator(w, TB_NONE)) {
        block = tb_view_item(view, "blocks");
        number_block(w, ++n_blocks, block);
        tb_view_text(block, "block",
                     n_blocks > 1 ? tb_say(w, "其他指标", "Other indicators")
                                  : tb_say(w, "各项指标", "Indicators"));
        add_task(w, TB_NONE, 1, block);
    }
}
