/* explain_rows.c - what the parts of explain share: rows of a run's files, words, numbers. */
#include "command/explain/explain.h"

#include <string.h>

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/cube.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

bool tb_explain_is_about(const struct tb_question *question, const struct tb_table *table,
                         size_t row)
{
    const struct tb_profile *profile = question->view->profile;
    char period[TB_PERIOD_TEXT];

    tb_period_format(question->period, period);
    return strcmp(tb_table_get(table, row, "unit"), profile->units[question->unit].code) == 0 &&
           strcmp(tb_table_get(table, row, "indicator"),
                  profile->indicators[question->indicator].code) == 0 &&
           strcmp(tb_table_get(table, row, "period"), period) == 0;
}

int tb_explain_rows(const struct tb_question *question, struct tb_node *root, const char *name,
                    const char *heading, const char *file, tb_explain_row *add,
                    struct tb_error *err)
{
    struct tb_node *list = tb_node_list(root, name, heading);

    if (!tb_view_has(question->view, file))
        return 0;
    struct tb_table *table = tb_view_table(question->view, file, err);
    if (!table)
        return -1;
    for (size_t row = 0; row < tb_table_rows(table); row++)
        if (tb_explain_is_about(question, table, row))
            add(question, table, row, list);
    tb_table_free(table);
    return 0;
}

struct tb_node *tb_explain_item(struct tb_node *list, const struct tb_table *table, size_t row,
                                struct tb_buf *sentence)
{
    struct tb_node *item = tb_node_item(list, sentence->failed ? NULL : tb_buf_text(sentence));

    tb_node_columns(item, table, row);
    tb_buf_release(sentence);
    return item;
}

const char *tb_explain_verdict_word(const struct tb_view *view, const char *verdict)
{
    static const struct {
        const char *code, *zh;
    } words[] = {
        { "met", "达标" },
        { "on_track", "序时" },
        { "at_risk", "临近" },
        { "behind", "滞后" },
        { "missed", "未达标" },
        { "not_due", "未到期" },
        { "no_data", "未报" },
        { "not_computable", "无法计算" },
        { "held", "待核" },
        { "not_verified", "待认定" },
        { "not_completed", "未完成" },
        { "no_target", "无任务数" },
        { "exempt", "豁免" },
        { "agrees", "相符" },
        { "differs", "不符" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].code, verdict) == 0)
            return tb_view_say(view, words[i].zh, verdict);
    return verdict;
}

const char *tb_explain_uom(const struct tb_question *question, const struct tb_indicator *indicator,
                           enum tb_measure measure)
{
    switch (measure) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
    case TB_MEASURE_BASE:
    case TB_MEASURE_YTD_BASE:
        return indicator->unit_measure;
    case TB_MEASURE_GROWTH:
    case TB_MEASURE_YTD_GROWTH:
    case TB_MEASURE_MOM:
    case TB_MEASURE_SHARE:
    case TB_MEASURE_PROGRESS:
        return "%";
    case TB_MEASURE_CHANGE: /* of a rate in points, of an amount in its own unit of measure */
        return indicator->uom.kind == TB_UOM_PERCENT ? tb_view_say(question->view, "个百分点", "pp")
                                                     : indicator->unit_measure;
    default:
        return "";
    }
}

void tb_explain_number(const struct tb_question *question, const struct tb_indicator *indicator,
                       enum tb_measure measure, struct tb_decimal value, uint8_t status,
                       struct tb_buf *out)
{
    const char *unit = tb_explain_uom(question, indicator, measure);
    char text[TB_DECIMAL_TEXT];

    if (!tb_status_has_value(status)) {
        tb_buf_puts(out, tb_status_text(status, question->view->lang));
        return;
    }
    tb_decimal_format(value, text);
    tb_buf_printf(out, "%s%s%s", text, unit[0] ? " " : "", unit);
}

void tb_explain_cell(const struct tb_question *question, const struct tb_indicator *indicator,
                     enum tb_measure measure, struct tb_decimal value, uint8_t status,
                     struct tb_node *object)
{
    char text[TB_DECIMAL_TEXT] = "", letter[2] = { tb_status_code(status), '\0' };

    if (tb_status_has_value(status))
        tb_decimal_format(value, text);
    tb_node_value(object, "value", text);
    tb_node_value(object, "unit_measure", tb_explain_uom(question, indicator, measure));
    tb_node_value(object, "status", letter);
}

bool tb_explain_of_run(const struct tb_question *question)
{
    const struct tb_view *view = question->view;

    return view->of_period &&
           (!view->has_asked ||
            question->period.index ==
                tb_period_within(view->period, question->period.freq).index);
}
