/* explain_notes.c - what was noted of one unit and indicator: checks that failed or could
 * not be judged, its verification, and figures that an edit or a later submission changed. */
#include "command/explain/explain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "command/command.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/edit.h"
#include "tongbao/estimate.h"
#include "tongbao/comparable.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

enum { MARKS_SHOWN = 10 };

/* The last row of edits.csv that settled it, or NULL. */
static const struct tb_edit *find_edit(const struct tb_question *question)
{
    const struct tb_profile *profile = question->view->profile;
    const struct tb_common *common = &question->view->command->common;
    int64_t as_of = common->has_as_of ? common->as_of - (int64_t)profile->set.utc_offset * 60
                                      : INT64_MAX;

    for (size_t i = profile->n_edits; i-- > 0;) {
        const struct tb_edit *edit = &profile->edits[i];
        if ((size_t)edit->unit == question->unit &&
            (size_t)edit->indicator == question->indicator &&
            edit->period.freq == question->period.freq &&
            edit->period.index == question->period.index && tb_edit_stands(profile, i, as_of))
            return edit;
    }
    return NULL;
}

static const char *outcome_text(const struct tb_view *view, const struct tb_table *table,
                                size_t row, const struct tb_edit *edit)
{
    if (strcmp(tb_table_get(table, row, "outcome"), "unjudged") == 0)
        return tb_view_say(view, "无法判断", "not judged");
    if (strcmp(tb_table_get(table, row, "severity"), "error") != 0)
        return tb_view_say(view, "提示", "warning");
    if (edit)
        return edit->action == TB_EDIT_CORRECT
                   ? tb_view_say(view, "不通过，已更正", "failed, corrected since")
                   : tb_view_say(view, "不通过，已核实采用", "failed, approved");
    return tb_view_say(view, "不通过，数据暂缓", "failed, the figure is held");
}

static void add_check(const struct tb_question *question, const struct tb_table *table, size_t row,
                      struct tb_node *list)
{
    const struct tb_view *view = question->view;
    const struct tb_edit *edit = find_edit(question);
    const char *observed = tb_table_get(table, row, "observed");
    const char *expected = tb_table_get(table, row, "expected");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s  %s", tb_table_get(table, row, "check"),
                  outcome_text(view, table, row, edit),
                  tb_table_get(table, row, tb_view_say(view, "message_zh", "message_en")));
    if (observed[0] || expected[0])
        tb_view_printf(view, &text, "（%s；对照 %s）", " (%s against %s)", observed, expected);
    if (edit)
        tb_buf_printf(&text, "  edits.csv:%u %s: %s", edit->line, edit->who, edit->reason);
    struct tb_node *item = tb_explain_item(list, table, row, &text);
    if (edit)
        tb_node_number(item, "edits_line", edit->line);
}

/* The columns of what stood before, or of what came. */
struct side {
    const char *value, *status, *received, *name, *line;
};

/* "  1.2 (A) MOMENT FILE:LINE"; without a status: taken back by that line. */
static void put_side(const struct tb_question *question, const struct tb_table *table, size_t row,
                     const struct side *side, struct tb_buf *out)
{
    const char *status = tb_table_get(table, row, side->status);

    if (status[0])
        tb_buf_printf(out, "  %s (%s)", tb_table_get(table, row, side->value), status);
    else
        tb_buf_printf(out, "  %s", tb_view_say(question->view, "已撤回", "withdrawn"));
    tb_buf_printf(out, " %s %s:%s", tb_table_get(table, row, side->received),
                  tb_table_get(table, row, side->name), tb_table_get(table, row, side->line));
}

static void add_revision(const struct tb_question *question, const struct tb_table *table,
                         size_t row, struct tb_node *list)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_puts(&text, tb_table_get(table, row, "measure"));
    put_side(question, table, row,
             &(struct side){ "old_value", "old_status", "old_received", "old_name", "old_line" },
             &text);
    tb_buf_puts(&text, "  ->");
    put_side(question, table, row,
             &(struct side){ "new_value", "new_status", "new_received", "new_name", "new_line" },
             &text);
    tb_explain_item(list, table, row, &text);
}

/* "  ytd  corrected 84.1 -> 48.1  edits.csv:3 WHO: WHY  (MOMENT) used". */
static void add_edit(const struct tb_question *question, const struct tb_table *table, size_t row,
                     struct tb_node *list)
{
    const char *value = tb_table_get(table, row, "value");
    const char *status = tb_table_get(table, row, "status");
    const char *action = tb_table_get(table, row, "action");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s", tb_table_get(table, row, "measure"),
                  strcmp(action, "approve") == 0    ? tb_view_say(question->view, "认可", "approve")
                  : strcmp(action, "withdraw") == 0 ? tb_view_say(question->view, "撤销", "withdraw")
                                                    : tb_view_say(question->view, "更正", "correct"));
    if (tb_table_get(table, row, "old_status")[0])
        tb_buf_printf(&text, "  %s (%s) %s:%s", tb_table_get(table, row, "old_value"),
                      tb_table_get(table, row, "old_status"), tb_table_get(table, row, "old_name"),
                      tb_table_get(table, row, "old_line"));
    if (value[0] || status[0])
        tb_buf_printf(&text, "  ->  %s (%s)", value, status);
    tb_buf_printf(&text, "  edits.csv:%s %s %s: %s  [%s]", tb_table_get(table, row, "line"),
                  tb_table_get(table, row, "when"), tb_table_get(table, row, "who"),
                  tb_table_get(table, row, "reason"), tb_table_get(table, row, "outcome"));
    tb_explain_item(list, table, row, &text);
}

/* The state reached, and by whose marks. */
static void add_marks(const struct tb_question *question, const struct tb_table *table, size_t row,
                      struct tb_node *list)
{
    const char *early = tb_table_get(table, row, "early");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s %s %s  [", tb_table_get(table, row, "state"),
                  tb_table_get(table, row, "result"), tb_table_get(table, row, "since"));
    tb_outline_first(question->outline, tb_table_get(table, row, "marks"), "; ", MARKS_SHOWN,
                     &text);
    tb_buf_putc(&text, ']');
    if (early[0]) {
        tb_buf_puts(&text, tb_view_say(question->view, "  过早：", "  too early: "));
        tb_outline_first(question->outline, early, "; ", MARKS_SHOWN, &text);
    }
    tb_explain_item(list, table, row, &text);
}

/* "ytd  submitted 84 FILE:LINE; verified 81 (stats) FILE:LINE, difference -3  [in_force]". */
static void add_verified(const struct tb_question *question, const struct tb_table *table,
                         size_t row, struct tb_node *list)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_view_printf(question->view, &text, "%s  上报 %s %s:%s", "%s  submitted %s %s:%s",
                   tb_table_get(table, row, "measure"), tb_table_get(table, row, "submitted"),
                   tb_table_get(table, row, "submitted_name"),
                   tb_table_get(table, row, "submitted_line"));
    tb_buf_printf(&text, "; %s %s %s/%s:%s", tb_table_get(table, row, "state"),
                  tb_table_get(table, row, "verified"), tb_table_get(table, row, "sender"),
                  tb_table_get(table, row, "verified_name"),
                  tb_table_get(table, row, "verified_line"));
    if (tb_table_get(table, row, "difference")[0])
        tb_view_printf(question->view, &text, "，相差 %s", ", difference %s",
                       tb_table_get(table, row, "difference"));
    tb_buf_printf(&text, "  [%s]", tb_table_get(table, row, "outcome"));
    tb_explain_item(list, table, row, &text);
}

static void add_estimate(const struct tb_question *question, const struct tb_table *table,
                         size_t row, struct tb_node *list)
{
    const struct tb_profile *profile = question->view->profile;
    const char *code = tb_table_get(table, row, "group");
    int32_t group = tb_profile_group(profile, code, strlen(code));
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_printf(&text, "%s  %s (I)  ", tb_table_get(table, row, "measure"),
                  tb_table_get(table, row, "value"));
    tb_estimate_words(table, row,
                      group < 0 ? code
                                : tb_view_say(question->view, profile->groups[group].name_zh,
                                              profile->groups[group].name_en),
                      tb_view_say(question->view, "zh", "en"), &text);
    tb_buf_printf(&text, "  estimates.csv:%s %s: %s", tb_table_get(table, row, "line"),
                  tb_table_get(table, row, "who"), tb_table_get(table, row, "reason"));
    tb_explain_item(list, table, row, &text);
}

/* "growth 5.6: base 70.1 (70.06 to 70.14) against 70.2 published: why". */
static void add_basis(const struct tb_question *question, const struct tb_table *table, size_t row,
                      struct tb_node *list)
{
    const struct tb_view *view = question->view;
    const char *given = tb_table_get(table, row, "given_base");
    int why = tb_base_gap_find(tb_table_get(table, row, "why"));
    struct tb_buf text = TB_BUF_INIT;

    tb_view_printf(view, &text, "%s  报送 %s%%，按上年同期数计算 %s%%",
                   "%s  %s %% as sent, %s %% from last year's figure",
                   tb_table_get(table, row, "measure"), tb_table_get(table, row, "growth"),
                   tb_table_get(table, row, "computed_growth"));
    struct tb_node *item = tb_explain_item(list, table, row, &text);
    tb_view_printf(view, &text, "隐含基数 %s（%s 至 %s）；上年公布 %s，现知 %s",
                   "implied base %s (%s to %s); last year %s as first published, %s now",
                   tb_table_get(table, row, "implied_base"),
                   tb_table_get(table, row, "implied_low"),
                   tb_table_get(table, row, "implied_high"), tb_table_get(table, row, "first_base"),
                   tb_table_get(table, row, "known_base"));
    if (given[0])
        tb_view_printf(view, &text, "；报送的可比基数 %s", "; comparable base as sent %s", given);
    tb_node_said(item, "", tb_buf_text(&text));
    tb_buf_clear(&text);
    tb_view_printf(view, &text, "差距 %s（%s%%）：%s", "gap %s (%s %%): %s",
                   tb_table_get(table, row, "gap"), tb_table_get(table, row, "gap_pct"),
                   why < 0 ? "" : tb_base_gap_text((enum tb_base_gap)why, view->lang));
    tb_node_said(item, "", tb_buf_text(&text));
    tb_buf_release(&text);
}

int tb_explain_notes(const struct tb_question *question, struct tb_node *root, struct tb_error *err)
{
    static const struct {
        const char *name, *zh, *en, *file;
        tb_explain_row *add;
    } lists[] = {
        { "checks", "审核", "checks", "process/checks.csv", add_check },
        { "verification", "认定", "verification", "process/verification.csv", add_marks },
        { "verified", "上报与认定", "submitted and verified", "process/verified.csv",
          add_verified },
        { "edits", "更正和认可", "corrections and approvals", "process/edits.csv", add_edit },
        { "estimates", "推算", "estimates", "process/estimates.csv", add_estimate },
        { "bases", "增速与上年同期数", "growth and last year's figure", "process/comparable.csv",
          add_basis },
        { "revisions", "修订", "revisions", "process/revisions.csv", add_revision },
    };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (tb_explain_rows(question, root, lists[i].name,
                            tb_view_say(question->view, lists[i].zh, lists[i].en), lists[i].file,
                            lists[i].add, err) < 0)
            return -1;
    return 0;
}
