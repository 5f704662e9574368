/* ledger.c - ledger.csv: the red, amber and blue ledger (红黄蓝台账) with every
 * verdict, for spreadsheets; names in both languages, so one file serves all. */
#include "disseminate/words/writer.h"

#include <stdlib.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/table.h"
#include "tongbao/verification.h"

static const char *const heads[] = {
    "colour",      "verdict",    "verdict_zh", "target",       "strength",     "unit",
    "unit_zh",     "unit_en",    "indicator",  "indicator_zh", "indicator_en", "period",
    "value",       "benchmark",  "gap",        "unit_measure", "rank",         "ranked",
    "tied",        "movement",   "streak",     "due",          "department",   "department_zh",
    "provisional", "knife_edge", "rule",       "words",        "operands",     "catch_up",
    "reason",      "annual",     "culprits",   "state",      "lacks",      "periods",
};

static void put_count(struct tb_buf *out, bool known, int64_t number)
{
    if (known)
        tb_csv_put_int(out, number);
    else
        tb_csv_put(out, "");
}

static const char *text_of(const char *text)
{
    return text ? text : "";
}

static void put_what(const struct tb_profile *p, const struct tb_verdict *v, struct tb_buf *out)
{
    static const char *const colour[] = { [TB_RAG_GREEN] = "blue",
                                          [TB_RAG_AMBER] = "amber",
                                          [TB_RAG_RED] = "red",
                                          [TB_RAG_GREY] = "grey" };
    const struct tb_unit *unit = &p->units[v->unit];
    const struct tb_indicator *indicator = &p->indicators[v->indicator];
    char period[TB_PERIOD_TEXT];

    /* What another row goes before is no debt of anybody's. */
    tb_csv_put(out, colour[tb_conflict_is_idle(v->conflict) ? TB_RAG_GREY : tb_verdict_rag(v->kind)]);
    tb_csv_put(out, tb_verdict_code(v->kind));
    tb_csv_put(out, tb_verdict_word(v->kind, "zh"));
    tb_csv_put(out, p->targets[v->target].code);
    tb_csv_put(out, tb_strength_code(v->strength));
    tb_csv_put(out, unit->code);
    tb_csv_put(out, text_of(unit->name_zh));
    tb_csv_put(out, text_of(unit->name_en));
    tb_csv_put(out, indicator->code);
    tb_csv_put(out, text_of(indicator->name_zh));
    tb_csv_put(out, text_of(indicator->name_en));
    tb_period_format(v->period, period);
    tb_csv_put(out, period);
}

static void put_row(const struct tb_profile *p, const struct tb_verdict *v, struct tb_buf *out)
{
    const struct tb_department *d = v->department >= 0 ? &p->departments[v->department] : NULL;

    put_what(p, v, out);
    tb_csv_put(out, v->value);
    tb_csv_put(out, v->benchmark);
    tb_csv_put(out, v->gap);
    tb_csv_put(out, v->unit_measure);
    put_count(out, v->rank > 0, v->rank);
    put_count(out, v->ranked > 0, v->ranked);
    put_count(out, v->rank > 0, v->tied);
    put_count(out, v->has_movement, v->movement);
    tb_csv_put_int(out, v->streak);
    tb_csv_put(out, v->due);
    tb_csv_put(out, d ? d->code : "");
    tb_csv_put(out, d ? text_of(d->name_zh) : "");
    tb_csv_put_int(out, v->provisional);
    tb_csv_put_int(out, v->knife_edge);
    tb_csv_put(out, v->rule);
    tb_csv_put(out, text_of(p->targets[v->target].note));
    tb_csv_put(out, v->operands);
    tb_csv_put(out, v->catch_up);
    tb_csv_put(out, v->reason);
    tb_csv_put(out, v->annual);
    tb_csv_put(out, v->culprits);
    tb_csv_put(out, v->state < 0 ? "" : p->states[v->state].code);
    tb_csv_put(out, v->lacks < 0 ? "" : p->states[v->lacks].code);
    tb_csv_put(out, text_of(v->periods));
    tb_csv_end_row(out);
}

static void write_table(struct tb_writer *w, const char *name, const struct tb_buf *out)
{
    struct tb_error err = TB_ERROR_INIT;
    char *path = tb_path("%s/%s", w->out, name);

    if (path && tb_buf_ok(out, &err) &&
        tb_newfile_write(path, tb_buf_text(out), out->len, &err) == 0) {
        w->n_reports++;
    } else {
        w->n_failed++;
        tb_log_write(w->log, TB_LOG_ERROR, "%s: %s", name, err.text);
    }
    free(path);
}

/* The task ledger is the table of analyse, of all units. */
static void write_tasks(struct tb_writer *w)
{
    const struct tb_table *t = w->report->table.tasks;
    struct tb_buf out = TB_BUF_INIT;

    if (w->report->n_tasks == 0)
        return;
    for (size_t c = 0; c < tb_table_columns(t); c++)
        tb_csv_put(&out, tb_table_head(t, c));
    tb_csv_end_row(&out);
    for (size_t row = 0; row < tb_table_rows(t); row++) {
        for (size_t c = 0; c < tb_table_columns(t); c++)
            tb_csv_put(&out, tb_table_cell(t, row, (int)c));
        tb_csv_end_row(&out);
    }
    write_table(w, "tasks.csv", &out);
    tb_buf_release(&out);
}

void tb_ledger_write(struct tb_writer *w)
{
    struct tb_buf out = TB_BUF_INIT;

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        tb_csv_put(&out, heads[i]);
    tb_csv_end_row(&out);
    for (size_t i = 0; i < w->report->n_verdicts; i++)
        put_row(w->report->profile, &w->report->verdicts[i], &out);
    write_table(w, "ledger.csv", &out);
    tb_buf_release(&out);
    write_tasks(w);
}
