/* explain.c - `tongbao explain UNIT INDICATOR [PERIOD]`: one verdict down to the
 * file and line that each number came from. */
#include "command/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/cube.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

enum { AMBIGUOUS = -3 };

/* One line for a name that is not known. */
static int unknown_name(const struct tb_view *view, const char *what, const char *name,
                        int32_t found, const char *near)
{
    const char *command = view->command->about->name;

    if (found == AMBIGUOUS)
        fprintf(stderr, "tongbao %s: %s '%s' is the name of more than one, expected its code\n",
                command, what, name);
    else
        fprintf(stderr, "tongbao %s: unknown %s '%s'%s%s%s\n", command, what, name,
                near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
    return TB_EXIT_USAGE;
}

/* Finds unit and indicator by code, name or alias.  -1 to go on. */
static int find_subject(struct tb_question *question, const char *unit, const char *indicator)
{
    const struct tb_view *view = question->view;
    const struct tb_profile *profile = view->profile;
    int32_t u = tb_profile_unit(profile, unit, strlen(unit));
    int32_t i = tb_profile_indicator(profile, indicator, strlen(indicator));

    if (u < 0)
        return unknown_name(view, "unit", unit, u,
                            tb_profile_near_unit(profile, unit, strlen(unit)));
    if (i < 0)
        return unknown_name(view, "indicator", indicator, i,
                            tb_profile_near_indicator(profile, indicator, strlen(indicator)));
    question->unit = (size_t)u;
    question->indicator = (size_t)i;
    question->period = tb_period_within(view->period, profile->indicators[i].frequency);
    return -1;
}

void tb_explain_number(const struct tb_question *question, const struct tb_indicator *indicator,
                       enum tb_measure measure, struct tb_decimal value, uint8_t status,
                       struct tb_buf *out)
{
    char text[TB_DECIMAL_TEXT];
    const char *unit = "";

    if (!tb_status_has_value(status)) {
        tb_buf_puts(out, tb_status_text(status, question->view->lang));
        return;
    }
    switch (measure) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
    case TB_MEASURE_BASE:
    case TB_MEASURE_YTD_BASE:
        unit = indicator->unit_measure;
        break;
    case TB_MEASURE_GROWTH:
    case TB_MEASURE_YTD_GROWTH:
    case TB_MEASURE_MOM:
    case TB_MEASURE_SHARE:
    case TB_MEASURE_PROGRESS:
        unit = "%";
        break;
    case TB_MEASURE_CHANGE: /* of a rate in points, of an amount in its own unit of measure */
        unit = indicator->uom.kind == TB_UOM_PERCENT ? tb_view_say(question->view, "个百分点", "pp")
                                                     : indicator->unit_measure;
        break;
    default:
        break;
    }
    tb_decimal_format(value, text);
    tb_buf_printf(out, "%s%s%s", text, unit[0] ? " " : "", unit);
}

static void head(const struct tb_question *question, struct tb_buf *out)
{
    const struct tb_view *view = question->view;
    const struct tb_unit *unit = &view->profile->units[question->unit];
    const struct tb_indicator *indicator = &view->profile->indicators[question->indicator];
    char period[TB_PERIOD_TEXT];

    tb_period_format(question->period, period);
    tb_buf_printf(out, "%s (%s)  %s (%s)  %s\n", tb_unit_name(unit, view->lang), unit->code,
                  tb_indicator_name(indicator, view->lang), indicator->code, period);
    tb_view_printf(view, out, "运行 %s\n", "run %s\n", view->id);
}

static int answer(struct tb_question *question, struct tb_buf *out, struct tb_error *err)
{
    question->cube = tb_view_cube(question->view, "process/cube.tbc", err);
    question->findings =
        question->cube ? tb_view_cube(question->view, "analyse/findings.tbc", err) : NULL;
    if (!question->findings)
        return -1;
    head(question, out);
    if (tb_explain_verdicts(question, out, err) < 0)
        return -1;
    tb_explain_figures(question, out);
    tb_explain_peers(question, out);
    if (tb_explain_notes(question, out, err) < 0 || tb_explain_changes(question, out, err) < 0 ||
        tb_explain_errata(question, out, err) < 0)
        return -1;
    return tb_explain_cells(question, out, err);
}

int tb_command_explain(struct tb_command *command)
{
    struct tb_view view;
    struct tb_question question = { .view = &view };
    struct tb_buf out = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    int rc = tb_view_open(&view, command, command->n_operands > 2 ? command->operand[2] : NULL);

    if (rc < 0)
        rc = find_subject(&question, command->operand[0], command->operand[1]);
    if (rc < 0)
        rc = tb_view_require(&view);
    if (rc < 0)
        rc = answer(&question, &out, &err) < 0 ? tb_view_fail(&view, &err)
                                               : tb_view_print(&view, &out);
    tb_cube_close(question.cube);
    tb_cube_close(question.findings);
    tb_buf_release(&out);
    tb_view_close(&view);
    return rc;
}
