/* explain.c - `tongbao explain UNIT INDICATOR [PERIOD]`: one verdict down to the
 * file and line that each number came from. */
#include "command/explain/explain.h"

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
    if (!view->has_asked)
        return -1;
    if (view->asked.freq != profile->indicators[i].frequency) {
        fprintf(stderr, "tongbao explain: '%s' has no periods of frequency %s, expected one of %s\n",
                indicator, tb_freq_code(view->asked.freq),
                tb_freq_code(profile->indicators[i].frequency));
        return TB_EXIT_USAGE;
    }
    question->period = view->asked;
    return -1;
}

static struct tb_node *name_of(struct tb_node *root, const char *name, const char *code,
                               const char *zh, const char *en)
{
    struct tb_node *node = tb_node_object(root, name);

    tb_node_value(node, "code", code);
    tb_node_value(node, "name_zh", zh);
    tb_node_value(node, "name_en", en);
    return node;
}

static struct tb_node *head(const struct tb_question *question, struct tb_outline *outline)
{
    const struct tb_view *view = question->view;
    const struct tb_unit *unit = &view->profile->units[question->unit];
    const struct tb_indicator *indicator = &view->profile->indicators[question->indicator];
    struct tb_buf text = TB_BUF_INIT;
    char period[TB_PERIOD_TEXT];

    tb_period_format(question->period, period);
    tb_buf_printf(&text, "%s (%s)  %s (%s)  %s", tb_unit_name(unit, view->lang), unit->code,
                  tb_indicator_name(indicator, view->lang), indicator->code, period);
    struct tb_node *root = tb_outline_root(outline, tb_buf_text(&text));
    tb_node_value(root, "format", "tongbao-explain-1");
    tb_node_value(root, "profile", view->profile->code);
    tb_node_value(root, "lang", view->lang);
    name_of(root, "unit", unit->code, unit->name_zh, unit->name_en);
    tb_node_value(name_of(root, "indicator", indicator->code, indicator->name_zh,
                          indicator->name_en),
                  "unit_measure", indicator->unit_measure);
    tb_node_value(root, "period", period);
    tb_node_value(root, "run", view->id);
    tb_node_flag(root, "run_is_of_period", view->of_period);
    tb_buf_clear(&text);
    tb_view_printf(view, &text, "运行 %s", "run %s", view->id);
    tb_node_said(root, "", tb_buf_text(&text));
    outline->failed |= text.failed;
    tb_buf_release(&text);
    return root;
}

static int answer(struct tb_question *question, struct tb_outline *outline, struct tb_error *err)
{
    typedef int part(const struct tb_question *, struct tb_node *, struct tb_error *);
    static part *const parts[] = { tb_explain_tasks,  tb_explain_shares,    tb_explain_notes,
                                   tb_explain_changes,
                                   tb_explain_errata, tb_explain_withdrawn, tb_explain_left_out,
                                   tb_explain_cells };

    question->cube = tb_view_cube(question->view, "process/cube.tbc", err);
    question->findings =
        question->cube ? tb_view_cube(question->view, "analyse/findings.tbc", err) : NULL;
    if (!question->findings)
        return -1;
    struct tb_node *root = head(question, outline);
    if (tb_explain_verdicts(question, root, err) < 0)
        return -1;
    tb_explain_figures(question, root);
    tb_explain_peers(question, root);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i](question, root, err) < 0)
            return -1;
    return 0;
}

/* The word behind --format; -1 after a message. */
static int format_of(const struct tb_command *command)
{
    const char *word = command->own.format ? command->own.format : "text";
    int format = tb_outline_format(word);

    if (format < 0)
        fprintf(stderr, "tongbao %s: unknown format '%s', expected text, md or json\n",
                command->about->name, word);
    return format;
}

int tb_command_explain(struct tb_command *command)
{
    struct tb_view view = { 0 };
    struct tb_outline outline = { 0 };
    struct tb_question question = { .view = &view, .outline = &outline };
    struct tb_buf out = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    int format = format_of(command);

    if (format < 0)
        return TB_EXIT_USAGE;
    int rc = tb_view_open_finer(&view, command, command->n_operands > 2 ? command->operand[2] : NULL);
    if (rc < 0)
        rc = find_subject(&question, command->operand[0], command->operand[1]);
    if (rc < 0)
        rc = tb_view_require(&view);
    if (rc < 0) {
        outline.zh = strcmp(view.lang, "zh") == 0;
        rc = answer(&question, &outline, &err);
        if (rc == 0)
            tb_outline_write(&outline, (enum tb_outline_format)format, &out);
        rc = rc < 0 ? tb_view_fail(&view, &err) : tb_view_print(&view, &out);
    }
    tb_cube_close(question.cube);
    tb_cube_close(question.findings);
    tb_outline_release(&outline);
    tb_buf_release(&out);
    tb_view_close(&view);
    return rc;
}
