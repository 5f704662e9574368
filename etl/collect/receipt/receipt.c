/* receipt.c - one receipt for each arrival. */
#include "collect/receipt/receipt.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collect/header/form.h"
#include "collect/receipt/receipt_others.h"
#include "collect/receipt/receipt_rejects.h"
#include "tongbao/buf.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/text.h"

enum { LABEL_WIDTH = 12, NUMBER_WIDTH = 10 };

struct words {
    const char *title, *file, *sender, *received, *form, *period, *state, *deadline;
    const char *on_time, *late, *rows, *cells, *in, *accepted, *rejected, *ignored, *empty;
    const char *rejects, *remarks, *nothing, *nil, *nil_of_no_period;
    const char *reason, *again, *addressee, *lacking;
    const char *round, *closed, *closed_apart;
    const char *states[8];
};

static const struct words zh = {
    .title = "数据报送回执",
    .file = "文件",
    .sender = "报送单位",
    .received = "收到时间",
    .form = "报表",
    .period = "报告期",
    .state = "结果",
    .deadline = "截止日期",
    .on_time = "按时",
    .late = "迟报",
    .rows = "行",
    .cells = "数据格",
    .in = "收到",
    .accepted = "采用",
    .rejected = "未采用",
    .ignored = "略过",
    .empty = "空白",
    .rejects = "未采用的内容及原因",
    .remarks = "提示",
    .nothing = "全部采用，无问题。",
    .nil = "表中没有数据，作为零报告收下。",
    .nil_of_no_period = "表中没有数据，也没有写明报告期，不能算作任何一期的零报告。",
    .states = { "采用", "部分采用", "退回", "重复", "无数据", "已撤回", "撤回", "抄送" },
    .reason = "撤回理由",
    .addressee = "收件部门",
    .lacking = "尚未收到",
    .round = "本轮",
    .closed = "已于 %s 截止，计入下一轮",
    .closed_apart = "已于 %s 截止，计入下一轮（另有截止日的指标除外）",
    .again = "请改正后用原文件名重新报送；文件只含更正的行也可以。",
};

static const struct words en = {
    .title = "Receipt",
    .file = "File",
    .sender = "Sender",
    .received = "Received",
    .form = "Form",
    .period = "Period",
    .state = "Result",
    .deadline = "Deadline",
    .on_time = "on time",
    .late = "late",
    .rows = "rows",
    .cells = "cells",
    .in = "in",
    .accepted = "accepted",
    .rejected = "rejected",
    .ignored = "ignored",
    .empty = "empty",
    .rejects = "What was not taken, and why",
    .remarks = "Remarks",
    .nothing = "All of it was taken.",
    .nil = "The table holds no figures; it was taken as a nil return.",
    .nil_of_no_period = "The table holds no figures and names no period; it is no period's nil "
                        "return.",
    .states = { "accepted", "accepted in part", "rejected", "duplicate", "nothing to report",
                "withdrawn", "withdrawal", "copy" },
    .reason = "Reason",
    .addressee = "Addressee",
    .lacking = "Not yet with",
    .round = "Round",
    .closed = "closed on %s; the figures count in the next",
    .closed_apart = "closed on %s; the figures count in the next, but for indicators with a day of "
                    "their own",
    .again = "Please correct it and send it again under the same name; the corrected rows alone "
             "will do.",
};

static const char *state_word(const struct words *w, const char *state)
{
    static const char *const names[] = { "accepted", "partial",   "rejected",   "duplicate",
                                         "nil",      "withdrawn", "withdrawal", "copy" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], state) == 0)
            return w->states[i];
    }
    return state;
}

static void put_fact(struct tb_buf *out, const char *label, const char *value)
{
    if (!value[0])
        return;
    tb_buf_puts(out, "- ");
    tb_text_pad(out, label, LABEL_WIDTH, false);
    tb_escape_markdown(out, value);
    tb_buf_putc(out, '\n');
}

/* To whom it went, and who of the others has not got it; nothing where nobody is named. */
static void put_addressees(const struct tb_outcome *outcome, const struct tb_profile *profile,
                           const struct words *w, bool in_chinese, struct tb_buf *out)
{
    struct tb_buf names = TB_BUF_INIT;

    if (outcome->addressee >= 0) {
        const struct tb_department *to = &profile->departments[outcome->addressee];
        put_fact(out, w->addressee, in_chinese ? to->name_zh : to->name_en);
    }
    for (size_t k = 0; outcome->to && k < outcome->to->n_to; k++) {
        const struct tb_department *to = &profile->departments[outcome->to->to[k]];
        if (outcome->got[k] == TB_NOT_GOT)
            tb_buf_printf(&names, "%s%s", names.len ? (in_chinese ? "、" : ", ") : "",
                          in_chinese ? to->name_zh : to->name_en);
    }
    put_fact(out, w->lacking, tb_buf_text(&names));
    out->failed |= names.failed;
    tb_buf_release(&names);
}

/* That it came after its round had closed (late = next). */
static void put_round(const struct tb_outcome *outcome, const struct tb_profile *profile,
                      const struct words *w, struct tb_buf *out)
{
    bool apart = false;
    tb_day closed = tb_outcome_closed(outcome, profile, &apart);
    char day[TB_DATE_TEXT], text[160];

    if (closed == TB_DAY_NONE)
        return;
    tb_day_format(closed, day);
    const char *sentence = apart ? w->closed_apart : w->closed;
    const char *gap = strstr(sentence, "%s");
    snprintf(text, sizeof text, "%.*s%s%s", (int)(gap - sentence), sentence, day, gap + 2);
    put_fact(out, w->round, text);
}

/* The word behind the deadline; of what an addressee lacks there is none. */
static const char *time_word(const struct words *w, const char *timeliness)
{
    if (strcmp(timeliness, "incomplete") == 0)
        return NULL;
    return strcmp(timeliness, "late") == 0 ? w->late : w->on_time;
}

/* All periods that the file has figures of; that of a nil return. */
static void put_periods(const struct tb_summary *summary, const struct words *w, bool in_chinese,
                        struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_periods periods = summary->periods;

    if (summary->has_period && periods.n_met == 0 && !periods.more)
        tb_periods_add(&periods, summary->period);
    tb_periods_put(&periods, in_chinese, &text);
    put_fact(out, w->period, tb_buf_text(&text));
    out->failed |= text.failed;
    tb_buf_release(&text);
}

static void put_facts(const struct tb_outcome *outcome, const struct tb_profile *profile,
                      const struct words *w, bool in_chinese, struct tb_buf *out)
{
    const struct tb_arrival *arrival = outcome->arrival;
    char moment[TB_MOMENT_TEXT], day[TB_DATE_TEXT] = "";
    const char *timeliness = tb_outcome_timeliness(outcome, profile);
    struct tb_buf deadline = TB_BUF_INIT;

    tb_moment_format(arrival->received, profile->set.utc_offset, moment);
    put_fact(out, w->file, arrival->name);
    put_fact(out, w->sender, arrival->sender);
    /* As a clock shows it: the offset is that of the bureau. */
    moment[sizeof "2023-06-25T09:30:00" - 1] = '\0';
    *strchrnul(moment, 'T') = ' ';
    put_fact(out, w->received, moment);
    put_fact(out, w->form, outcome->summary.form);
    put_periods(&outcome->summary, w, in_chinese, out);
    if (timeliness[0]) {
        tb_day_format(tb_outcome_deadline(outcome, profile), day);
        const char *word = time_word(w, timeliness);
        tb_buf_printf(&deadline, "%s%s%s", day, word ? ", " : "", word ? word : "");
        put_fact(out, w->deadline, tb_buf_text(&deadline));
        out->failed |= deadline.failed;
        tb_buf_release(&deadline);
    }
    put_round(outcome, profile, w, out);
    put_addressees(outcome, profile, w, in_chinese, out);
    put_fact(out, w->state, state_word(w, tb_outcome_state(outcome)));
    if (outcome->summary.note)
        put_fact(out, w->reason, outcome->summary.note);
}

static void put_cell(struct tb_buf *out, const char *text)
{
    tb_buf_puts(out, "| ");
    tb_text_pad(out, text, NUMBER_WIDTH, true);
    tb_buf_putc(out, ' ');
}

static void put_count(struct tb_buf *out, uint64_t count)
{
    char text[24];

    snprintf(text, sizeof text, "%llu", (unsigned long long)count);
    put_cell(out, text);
}

static void put_account(const struct tb_account *a, const struct words *w, struct tb_buf *out)
{
    const char *const heads[] = { "", w->in, w->accepted, w->rejected, w->ignored, w->empty };
    const uint64_t rows[] = { a->rows_in, a->rows_accepted, a->rows_rejected, a->rows_ignored };
    const uint64_t cells[] = { a->cells_in, a->cells_accepted, a->cells_rejected };

    tb_buf_putc(out, '\n');
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        put_cell(out, heads[i]);
    tb_buf_puts(out, "|\n");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        tb_buf_puts(out, "|-----------:");
    tb_buf_puts(out, "|\n");
    put_cell(out, w->rows);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        put_count(out, rows[i]);
    put_cell(out, "");
    tb_buf_puts(out, "|\n");
    put_cell(out, w->cells);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        put_count(out, cells[i]);
    put_cell(out, "");
    put_count(out, a->cells_empty);
    tb_buf_puts(out, "|\n");
}

static void put_remarks(const struct tb_outcome *outcome, const struct tb_profile *profile,
                        const struct words *w, bool in_chinese, struct tb_buf *out)
{
    const struct tb_summary *summary = &outcome->summary;
    tb_day received = tb_moment_day(outcome->arrival->received, profile->set.utc_offset);
    bool ahead = summary->has_period && tb_period_first_day(summary->period) > received;

    if (!ahead && summary->remarks.n == 0)
        return;
    tb_buf_printf(out, "\n## %s\n\n", w->remarks);
    for (size_t i = 0; i < summary->remarks.n; i++)
        tb_receipt_remark(&summary->remarks.item[i], in_chinese, out);
    if (ahead) {
        char text[TB_PERIOD_TEXT];
        tb_period_format(summary->period, text);
        const struct tb_reject remark = {
            .reason = TB_REMARK_PERIOD_AHEAD, .field = "", .text = text, .expected = ""
        };
        tb_receipt_remark(&remark, in_chinese, out);
    }
}

void tb_receipt_format(const struct tb_outcome *outcome, const struct tb_outcome all[],
                       const struct tb_profile *profile, const char *lang, struct tb_buf *out)
{
    bool in_chinese = strcmp(lang, "zh") == 0;
    const struct words *w = in_chinese ? &zh : &en;
    const struct tb_arrival *other = tb_receipt_other_of(outcome, all);

    tb_buf_printf(out, "# %s %05u\n\n", w->title, (unsigned)outcome->arrival->number);
    put_facts(outcome, profile, w, in_chinese, out);
    put_account(&outcome->summary.account, w, out);
    if (other) {
        tb_receipt_other(outcome, (unsigned)other->number, in_chinese, out);
        return;
    }
    if (tb_outcome_rejects(outcome) > 0) {
        tb_buf_printf(out, "\n## %s\n\n", w->rejects);
        tb_receipt_rejects(&outcome->summary.shown, in_chinese, out);
        tb_buf_printf(out, "\n%s\n", w->again);
    } else {
        bool nil = strcmp(tb_outcome_state(outcome), "nil") == 0;
        tb_buf_printf(out, "\n%s\n",
                      !nil                           ? w->nothing
                      : outcome->summary.has_period ? w->nil
                                                     : w->nil_of_no_period);
    }
    tb_receipt_before(outcome, all, in_chinese, out);
    put_remarks(outcome, profile, w, in_chinese, out);
}

/* What --lang says, else the form, else the profile's first language. */
static const char *language_of(const struct tb_outcome *outcome, const struct tb_profile *profile,
                               const char *lang)
{
    const struct tb_strings *languages = &profile->set.languages;
    const char *of_form =
        lang ? NULL : tb_form_lang(profile, outcome->summary.form, outcome->arrival->name);

    return lang ? lang : of_form ? of_form : languages->n ? languages->item[0] : "zh";
}

int tb_receipts_write(const char *out, const struct tb_profile *profile, const char *lang,
                      const struct tb_outcome outcome[], size_t n, struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    char *folder = tb_path("%s/receipts", out);
    int rc = folder ? tb_fs_make_dirs(folder, err) : tb_error_set(err, "out of memory");

    for (size_t i = 0; i < n && rc == 0; i++) {
        char *path = tb_path("%s/%05u.md", folder, (unsigned)outcome[i].arrival->number);
        tb_buf_clear(&text);
        tb_receipt_format(&outcome[i], outcome, profile,
                          language_of(&outcome[i], profile, lang), &text);
        if (!path || !tb_buf_ok(&text, err))
            rc = tb_error_set(err, "out of memory");
        else
            rc = tb_newfile_write(path, text.data, text.len, err);
        free(path);
    }
    tb_buf_release(&text);
    free(folder);
    return rc;
}
