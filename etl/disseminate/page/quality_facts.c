/* quality_facts.c - the part of data-quality.md on published facts: figures that another
 * document printed and that the data ought to show. */
#include "disseminate/bulletin/bulletin.h"

#include "disseminate/words/fact.h"
#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"

enum { FACTS_LISTED = 200 };

/* What agrees is counted; what differs, or cannot be compared, is listed. */
static bool is_doubtful(const struct tb_verdict *v)
{
    return v->strength == TB_FACT && v->kind != TB_VERDICT_AGREES &&
           v->kind != TB_VERDICT_NOT_DUE && v->kind != TB_VERDICT_NO_TARGET;
}

static void fact_row(const struct tb_writer *w, const struct tb_verdict *v,
                     struct tb_mdtable *table)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_mdtable_cell(table, w->report->profile->targets[v->target].code);
    tb_mdtable_cell(table, tb_name_of_unit(w, v->unit));
    tb_mdtable_cell(table, tb_name_of_indicator(w, v->indicator));
    tb_put_period(w, &text, v->period);
    tb_mdtable_buf(table, &text);
    tb_target_words(w, v->target, &text);
    tb_mdtable_buf(table, &text);
    tb_rule_words(w, v->operands, &text);
    tb_mdtable_buf(table, &text);
    tb_mdtable_cell(table, tb_verdict_word(v->kind, w->style.lang));
    tb_buf_release(&text);
}

void tb_put_facts(const struct tb_writer *w, struct tb_view *view)
{
    static const char *const heads[][2] = {
        { "编号", "Fact" },         { "单位", "Unit" },         { "指标", "Indicator" },
        { "时期", "Period" },       { "公布数据", "Published" }, { "本库数据", "In the data" },
        { "核对", "Comparison" },
    };
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0, n_agree = 0, n_differ = 0;

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        tb_mdtable_column(&table, tb_say(w, heads[i][0], heads[i][1]), false);
    for (size_t i = 0; i < w->report->n_verdicts; i++) {
        const struct tb_verdict *v = &w->report->verdicts[i];
        n_agree += v->kind == TB_VERDICT_AGREES;
        n_differ += v->kind == TB_VERDICT_DIFFERS;
        if (is_doubtful(v) && n++ < FACTS_LISTED)
            fact_row(w, v, &table);
    }
    tb_mdtable_finish(&table, &text);
    tb_view_flag(view, "has_facts", n_agree + n > 0);
    tb_view_int(view, "n_facts_agree", (long long)n_agree);
    tb_view_int(view, "n_facts_differ", (long long)n_differ);
    tb_view_int(view, "n_facts_open", (long long)(n - n_differ));
    tb_view_flag(view, "facts_cut", n > FACTS_LISTED);
    tb_view_markup_buf(view, "facts", &text);
    tb_buf_release(&text);
}
