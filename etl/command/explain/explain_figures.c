/* explain_figures.c - the measures of one unit and indicator. */
#include "command/explain/explain.h"

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/cube.h"
#include "tongbao/profile.h"

/* How a growth rate was had, or "". */
static const char *method_text(const struct tb_view *view, enum tb_measure measure, uint8_t status)
{
    if (measure != TB_MEASURE_GROWTH && measure != TB_MEASURE_YTD_GROWTH)
        return "";
    switch (status & TB_GROWTH_METHOD_MASK) {
    case TB_GROWTH_PUBLISHED:
        return tb_view_say(view, "按报送的增速", "as submitted");
    case TB_GROWTH_COMPARABLE:
        return tb_view_say(view, "按报送的可比基数计算", "from the submitted comparable base");
    case TB_GROWTH_COMPUTED:
        return tb_view_say(view, "按上年同期数计算", "from last year's figure");
    default:
        return "";
    }
}

static const char *method_code(enum tb_measure measure, uint8_t status)
{
    if (measure != TB_MEASURE_GROWTH && measure != TB_MEASURE_YTD_GROWTH)
        return "";
    switch (status & TB_GROWTH_METHOD_MASK) {
    case TB_GROWTH_PUBLISHED:
        return "published";
    case TB_GROWTH_COMPARABLE:
        return "comparable";
    case TB_GROWTH_COMPUTED:
        return "computed";
    default:
        return "";
    }
}

/* A plane's cell as a row: measure, number, status letter, how. */
static void add_measure(const struct tb_question *question, struct tb_node *table,
                        const struct tb_plane *plane, struct tb_period period)
{
    const struct tb_view *view = question->view;
    const struct tb_indicator *indicator = &view->profile->indicators[question->indicator];
    enum tb_measure measure = plane ? (enum tb_measure)plane->key.measure : TB_MEASURE_VALUE;
    struct tb_decimal value = { 0, 0 };
    uint8_t status = tb_plane_get(plane, period, question->unit, &value);
    struct tb_buf number = TB_BUF_INIT;
    char letter[2] = { tb_status_code(status), '\0' }, when[TB_PERIOD_TEXT];

    if ((status & TB_STATUS_MASK) == TB_STATUS_NONE)
        return;
    struct tb_node *row = tb_node_item(table, NULL);
    tb_explain_number(question, indicator, measure, value, status, &number);
    tb_period_format(period, when);
    tb_node_shown(row, "measure", tb_view_say(view, "口径", "measure"), tb_measure_name(measure));
    tb_node_shown(row, "period", tb_view_say(view, "期别", "period"), when);
    tb_node_said(row, tb_view_say(view, "数值", "number"), tb_buf_text(&number));
    tb_node_said(row, tb_view_say(view, "状态", "status"), letter);
    tb_node_said(row, tb_view_say(view, "来历", "how"), method_text(view, measure, status));
    tb_explain_cell(question, indicator, measure, value, status, row);
    tb_node_value(row, "method", method_code(measure, status));
    tb_buf_release(&number);
}

void tb_explain_figures(const struct tb_question *question, struct tb_node *root)
{
    static const enum tb_measure found[] = { TB_MEASURE_VALUE,  TB_MEASURE_YTD,
                                             TB_MEASURE_GROWTH, TB_MEASURE_YTD_GROWTH,
                                             TB_MEASURE_MOM,    TB_MEASURE_CHANGE,
                                             TB_MEASURE_SHARE,  TB_MEASURE_PROGRESS };
    static const enum tb_measure given[] = { TB_MEASURE_BASE, TB_MEASURE_YTD_BASE };
    static const enum tb_measure levels[] = { TB_MEASURE_VALUE, TB_MEASURE_YTD };
    const struct tb_view *view = question->view;
    struct tb_period period = question->period, before = period;
    struct tb_node *table =
        tb_node_table(root, "figures", tb_view_say(view, "数值", "figures"), "llrll");

    tb_node_empty(table, tb_view_say(view, "本期没有数据", "no data in this period"));
    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        add_measure(question, table,
                    tb_cube_measure(question->findings, question->indicator, found[i]), period);
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        add_measure(question, table,
                    tb_cube_measure(question->cube, question->indicator, given[i]), period);
    before = tb_period_year_before(period);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        add_measure(question, table,
                    tb_cube_measure(question->findings, question->indicator, levels[i]), before);
}
