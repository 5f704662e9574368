/* status.c - `tongbao status`: what is in, late and missing, and the last run. */
#include "command/status/status.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/command.h"
#include "command/run/night.h"
#include "command/status/status_due.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/cube.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

static void head(const struct tb_status_of *status, struct tb_buf *out)
{
    const struct tb_view *view = status->view;
    const struct tb_settings *set = &view->profile->set;
    char period[48], day[TB_DATE_TEXT];

    if (strcmp(view->lang, "zh") == 0)
        tb_period_format_zh(view->period, period);
    else
        tb_period_format_en(view->period, period);
    tb_day_format(status->day, day);
    tb_view_printf(view, out, "%s  %s报送情况  截至 %s\n", "%s  submissions for %s  as of %s\n",
                   tb_view_say(view, set->name_zh, set->name_en), period, day);
}

static void last_run(const struct tb_view *view, struct tb_buf *out)
{
    char folder[TB_PERIOD_TEXT];

    tb_period_format(view->period, folder);
    for (char *c = folder; *c; c++)
        *c = *c == '/' ? '_' : *c;
    if (view->of_period)
        tb_view_printf(view, out, "\n最近一次运行：%s，发布于 reports/%s/%s\n",
                       "\nlast run: %s, published in reports/%s/%s\n", view->id,
                       view->profile->code, folder);
    else
        tb_view_printf(view, out, "\n最近一次运行：%s；本期尚未发布\n",
                       "\nlast run: %s; this period is not published\n", view->id);
}

const char *tb_status_sender(const struct tb_view *view, const char *sender)
{
    const struct tb_profile *profile = view->profile;
    int32_t unit = *sender ? tb_profile_unit(profile, sender, strlen(sender)) : TB_NONE;

    for (size_t d = 0; d < profile->n_departments; d++)
        if (strcmp(profile->departments[d].code, sender) == 0)
            return tb_view_say(view, profile->departments[d].name_zh,
                               profile->departments[d].name_en);
    if (unit >= 0)
        return tb_unit_name(&profile->units[unit], view->lang);
    return *sender ? sender : "-";
}

/* The evening that is told of. */
static tb_day evening(const struct tb_view *view)
{
    const struct tb_common *common = &view->command->common;

    if (common->has_as_of)
        return (tb_day)(common->as_of / 86400);
    return tb_moment_day((int64_t)time(NULL), view->profile->set.utc_offset);
}

/* A run that knows of later submissions cannot tell how an earlier evening was. */
static void warn_of_later(const struct tb_status_of *status, struct tb_buf *out)
{
    char day_text[TB_DATE_TEXT], period[TB_PERIOD_TEXT];
    size_t n = 0;

    tb_day_format(status->day, day_text);
    tb_period_format(status->view->period, period);
    for (size_t row = 0; row < tb_table_rows(status->submissions); row++) {
        tb_day day;
        n += tb_day_parse(tb_table_get(status->submissions, row, "received"), 10, &day) &&
             day > status->day;
    }
    if (n)
        tb_view_printf(status->view, out,
                       "注意：下面按最近一次运行的数据，含此后收到的 %zu 个文件；要看当日情况，先运行\n"
                       "  tongbao -p %s --as-of %s run %s（发布的也随之回到当日；之后再不带 --as-of 运行即恢复）\n",
                       "note: this is told from the last run, which holds %zu files that came later; for "
                       "that evening as it was, first\n"
                       "  tongbao -p %s --as-of %s run %s (what is published then is of that day too, until "
                       "a run without --as-of)\n",
                       n, status->view->profile->code, day_text, period);
}

static int write_parts(struct tb_status_of *status, struct tb_buf *out, struct tb_error *err)
{
    const struct tb_view *view = status->view;

    head(status, out);
    warn_of_later(status, out);
    if (status->dues) {
        tb_status_totals(status, out);
        if (tb_status_owing(status, out, err) < 0)
            return -1;
        tb_status_faults(status, out);
    }
    if (tb_status_left_out(status, out, err) < 0)
        return -1;
    tb_status_copies(status, out);
    tb_status_troubles(status, out);
    if (tb_status_replaced(status, out, err) < 0)
        return -1;
    if (status->dues)
        tb_status_units(status, out);
    else
        tb_view_printf(view, out, "\n配置在该次运行之后已改动，请先重新运行再看分单位情况\n",
                       "\nthe profile has changed since that run: run again to see the units\n");
    if (tb_status_senders(status, out, err) < 0)
        return -1;
    last_run(view, out);
    tb_night_tell(view, out);
    return tb_status_inbox(view, out, err);
}

/* The dues of the view's period; nothing when the profile has changed since. */
static int load_dues(struct tb_status_of *status, struct tb_cube **cube, struct tb_table **sources,
                     struct tb_error *err)
{
    const struct tb_view *view = status->view;

    if (view->stale)
        return 0;
    *sources = tb_view_table(view, "process/sources.csv", err);
    *cube = *sources ? tb_view_cube(view, "process/cube.tbc", err) : NULL;
    if (*cube)
        status->dues = tb_dues_new(view->profile, *cube, status->submissions, *sources,
                                   view->period, err);
    return status->dues ? 0 : -1;
}

static int write_status(const struct tb_view *view, struct tb_buf *out, struct tb_error *err)
{
    struct tb_status_of status = { .view = view, .day = evening(view) };
    struct tb_table *sources = NULL;
    struct tb_cube *cube = NULL;
    int rc = -1;

    if (!view->folder) {
        tb_view_printf(view, out, "%s：尚未发布任何一期\n", "%s: nothing is published yet\n",
                       view->profile->code);
        tb_night_tell(view, out);
        return tb_status_inbox(view, out, err);
    }
    status.submissions = tb_view_table(view, "collect/submissions.csv", err);
    if (status.submissions && load_dues(&status, &cube, &sources, err) == 0)
        rc = write_parts(&status, out, err);
    free(status.sends_itself);
    tb_dues_free(status.dues);
    tb_cube_close(cube);
    tb_table_free(sources);
    tb_table_free(status.submissions);
    return rc;
}

int tb_command_status(struct tb_command *command)
{
    struct tb_view view;
    struct tb_buf out = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    int rc = tb_view_open(&view, command, command->n_operands ? command->operand[0] : NULL);

    if (rc < 0)
        rc = write_status(&view, &out, &err) < 0 || tb_status_due(&view, &out, &err) < 0
                 ? tb_view_fail(&view, &err)
                 : tb_view_print(&view, &out);
    tb_buf_release(&out);
    tb_view_close(&view);
    return rc;
}
