/* export_targets.c - `tongbao export targets`: every target of the profile with its rule, who
 * answers for it and the words of the document, as one table.  It needs no run. */
#include "command/export/export_targets.h"

#include <string.h>

#include "command/command.h"
#include "command/export/sink.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/rule.h"

static void put_period(struct tb_buf *out, struct tb_period period)
{
    char text[TB_PERIOD_TEXT];

    tb_period_format(period, text);
    tb_csv_put(out, text);
}

static void put_number(struct tb_buf *out, bool there, struct tb_decimal number)
{
    char text[TB_DECIMAL_TEXT] = "";

    if (there)
        tb_decimal_format(number, text);
    tb_csv_put(out, text);
}

/* The units that it binds, or `*`. */
static void put_units(struct tb_buf *out, const struct tb_profile *profile, const struct tb_target *target)
{
    struct tb_buf list = TB_BUF_INIT;
    size_t n = 0;

    for (size_t u = 0; u < profile->n_units; u++) {
        if (!target->applies[u])
            continue;
        tb_buf_printf(&list, "%s%s", n++ ? ";" : "", profile->units[u].code);
    }
    tb_csv_put(out, n == profile->n_units ? "*" : tb_buf_text(&list));
    out->failed = out->failed || list.failed;
    tb_buf_release(&list);
}

static void put_rule(struct tb_buf *out, const struct tb_profile *profile, const struct tb_target *target)
{
    struct tb_buf rule = TB_BUF_INIT;

    if (target->rule)
        tb_rule_print(target->rule, profile, &rule);
    tb_csv_put(out, target->rule ? tb_buf_text(&rule) : target->rule_text);
    out->failed = out->failed || rule.failed;
    tb_buf_release(&rule);
}

static void put_target(struct tb_buf *out, const struct tb_profile *profile, const struct tb_target *target)
{
    static const char *const strengths[] = { "binding", "stretch", "fact" };
    const struct tb_indicator *of = &profile->indicators[target->indicator];
    const struct tb_task *task = target->task >= 0 ? &profile->tasks[target->task] : NULL;
    int32_t office = of->department >= 0 ? of->department : task ? task->lead_department : TB_NONE;
    char due[TB_DATE_TEXT] = "";

    tb_csv_put(out, target->code);
    tb_csv_put(out, task ? task->block : "");
    tb_csv_put(out, task ? task->code : "");
    tb_csv_put(out, of->code);
    tb_csv_put(out, of->name_zh);
    tb_csv_put(out, of->name_en);
    put_units(out, profile, target);
    put_period(out, target->from);
    put_period(out, target->to);
    put_rule(out, profile, target);
    tb_csv_put(out, target->unit_measure ? target->unit_measure : "");
    put_number(out, target->has_annual, target->annual);
    put_number(out, target->has_quota, target->quota);
    if (target->due != TB_DAY_NONE)
        tb_day_format(target->due, due);
    tb_csv_put(out, due);
    tb_csv_put(out, strengths[target->strength]);
    tb_csv_put(out, office >= 0 ? profile->departments[office].name_zh : "");
    tb_csv_put(out, target->note);
    tb_csv_end_row(out);
}

int tb_export_targets(const struct tb_profile *profile, const struct tb_command *command,
                      struct tb_error *err)
{
    struct tb_sink sink = { 0 };
    int rc = tb_sink_open(&sink, command->own.output, err);

    tb_buf_puts(&sink.rows, "TARGET,BLOCK,TASK,INDICATOR,NAME_ZH,NAME_EN,REF_AREA,START_PERIOD,END_PERIOD,"
                            "RULE,UNIT_MEASURE,ANNUAL,QUOTA,DUE,STRENGTH,LEAD_DEPARTMENT,NOTE\n");
    for (size_t i = 0; rc == 0 && i < profile->n_targets; i++) {
        if (profile->targets[i].indicator < 0)
            continue;
        put_target(&sink.rows, profile, &profile->targets[i]);
        rc = tb_sink_flow(&sink, err);
    }
    if (rc == 0)
        rc = tb_sink_finish(&sink, err);
    tb_sink_release(&sink);
    return rc;
}
