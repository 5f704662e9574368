/* explain_errata.c - what an earlier bulletin printed of a figure, and what it is now: the
 * rows of errata.csv of the last run. */
#include "command/explain/explain.h"

#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

static const char *or_none(const struct tb_view *view, const char *text)
{
    return text[0] ? text : tb_view_say(view, "无", "none");
}

static void add_row(const struct tb_view *view, const struct tb_table *t, size_t row,
                    struct tb_node *list)
{
    const char *group = tb_table_get(t, row, "group");
    int32_t g = tb_profile_group(view->profile, group, strlen(group));
    struct tb_buf line = TB_BUF_INIT;

    if (tb_table_get(t, row, "target")[0])
        tb_view_printf(view, &line, "目标 %s 的判定：", "verdict on %s: ",
                       tb_table_get(t, row, "target"));
    else
        tb_view_printf(view, &line, "在%s的位次：", "place in %s: ",
                       g >= 0 ? tb_group_name(&view->profile->groups[g], view->lang) : group);
    tb_view_printf(view, &line, "%s 通报公布 %s（%s），现为 %s（%s）",
                   "in the bulletin of %s %s (%s), now %s (%s)", tb_table_get(t, row, "bulletin"),
                   or_none(view, tb_table_get(t, row, "printed")),
                   or_none(view, tb_table_get(t, row, "printed_value")),
                   or_none(view, tb_table_get(t, row, "now")),
                   or_none(view, tb_table_get(t, row, "now_value")));
    if (tb_table_get(t, row, "cause_file")[0])
        tb_buf_printf(&line, "  %s %s:%s", tb_table_get(t, row, "why"),
                      tb_table_get(t, row, "cause_file"), tb_table_get(t, row, "cause_line"));
    else
        tb_buf_printf(&line, "  %s", tb_table_get(t, row, "why"));
    tb_explain_item(list, t, row, &line);
}

int tb_explain_errata(const struct tb_question *question, struct tb_node *root,
                      struct tb_error *err)
{
    const struct tb_view *view = question->view;
    struct tb_error none = TB_ERROR_INIT;
    char *folder = tb_command_last_run(view->command, NULL, &none);
    char *path = folder ? tb_path("%s/analyse/errata.csv", folder) : NULL;
    struct tb_diag diag = { 0 };
    struct tb_table *table = NULL;
    struct tb_node *list = tb_node_list(
        root, "errata", tb_view_say(view, "公布数与现知数", "as published and as now known"));
    int rc = 0;

    if (path && tb_fs_exists(path) && !(table = tb_table_read(path, NULL, &diag, err)))
        rc = -1;
    for (size_t row = 0; table && row < tb_table_rows(table); row++)
        if (tb_explain_is_about(question, table, row))
            add_row(view, table, row, list);
    tb_table_free(table);
    free(path);
    free(folder);
    return rc;
}
