/* output.c - the three tables of a run of collect. */
#include "collect/output.h"

#include <stdlib.h>

#include "collect/copies.h"
#include "collect/vintage.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"

enum { FLUSH_BYTES = 1 << 20 };

/* One outcome of `all`. */
typedef void put_rows(struct tb_buf *out, const struct tb_outcome *outcome,
                      const struct tb_outcome all[], const struct tb_profile *profile);

/* The number of the arrival that this one goes back to, 0 for none. */
static uint32_t refers_to(const struct tb_outcome *outcome, const struct tb_outcome all[])
{
    const int64_t places[] = { outcome->duplicate_of, outcome->withdrawn_by, outcome->withdraws,
                               outcome->follows };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i] >= 0)
            return all[places[i]].arrival->number;
    return 0;
}

/* Where it stands among the others. */
static void put_history(struct tb_buf *out, const struct tb_outcome *outcome,
                        const struct tb_outcome all[], const struct tb_profile *profile)
{
    uint32_t number = refers_to(outcome, all);

    tb_csv_put(out, tb_outcome_sent_by(outcome, profile));
    tb_csv_put(out, tb_vintage_name(outcome));
    if (number)
        tb_csv_put_int(out, number);
    else
        tb_csv_put(out, "");
    const char *timeliness = tb_outcome_timeliness(outcome, profile);
    if (timeliness[0] && tb_outcome_received_day(outcome, profile) != TB_DAY_NONE)
        tb_csv_put_int(out, tb_outcome_days_late(outcome, profile));
    else
        tb_csv_put(out, "");
    const char *note =
        outcome->withdrawn_by >= 0 ? all[outcome->withdrawn_by].summary.note : outcome->summary.note;
    tb_csv_put(out, note ? note : "");
}

/* Codes of those who have got it beside the first, or of those who have not. */
static void put_addressees(struct tb_buf *out, const struct tb_outcome *outcome,
                           const struct tb_profile *profile, bool got)
{
    struct tb_buf codes = TB_BUF_INIT;

    for (size_t k = 0; outcome->to && k < outcome->to->n_to; k++) {
        int32_t department = outcome->to->to[k];
        if ((outcome->got[k] != TB_NOT_GOT) == got && department != outcome->addressee)
            tb_buf_printf(&codes, "%s%s", codes.len ? ";" : "",
                          profile->departments[department].code);
    }
    tb_csv_put(out, tb_buf_text(&codes));
    out->failed |= codes.failed;
    tb_buf_release(&codes);
}

/* To whom it went, who has a copy, who lacks it, since when all have it. */
static void put_copies(struct tb_buf *out, const struct tb_outcome *outcome,
                       const struct tb_profile *profile)
{
    char moment[TB_MOMENT_TEXT] = "";
    int64_t complete;

    tb_csv_put(out, outcome->addressee >= 0 ? profile->departments[outcome->addressee].code : "");
    put_addressees(out, outcome, profile, true);
    put_addressees(out, outcome, profile, false);
    if (outcome->to && tb_copies_complete(outcome, &complete))
        tb_moment_format(complete, profile->set.utc_offset, moment);
    tb_csv_put(out, moment);
}

static void put_submission(struct tb_buf *out, const struct tb_outcome *outcome,
                           const struct tb_outcome all[], const struct tb_profile *profile)
{
    const struct tb_arrival *arrival = outcome->arrival;
    const struct tb_summary *summary = &outcome->summary;
    struct tb_account account = summary->account;
    char moment[TB_MOMENT_TEXT], period[TB_PERIOD_TEXT] = "", deadline[TB_DATE_TEXT] = "";
    char segment[TB_DIGEST_TEXT + 16] = "";
    tb_day day = tb_outcome_deadline(outcome, profile);

    tb_moment_format(arrival->received, profile->set.utc_offset, moment);
    if (summary->has_period)
        tb_period_format(summary->period, period);
    if (day != TB_DAY_NONE)
        tb_day_format(day, deadline);
    if (summary->has_segment && outcome->duplicate_of < 0)
        snprintf(segment, sizeof segment, "segments/%s.seg", outcome->key);
    tb_csv_put_int(out, arrival->number);
    tb_csv_put(out, moment);
    tb_csv_put(out, arrival->name);
    tb_csv_put(out, arrival->sender);
    tb_csv_put(out, arrival->sha256);
    tb_csv_put_int(out, (int64_t)arrival->bytes);
    tb_csv_put(out, summary->form);
    tb_csv_put(out, period);
    tb_csv_put(out, tb_outcome_state(outcome));
    tb_csv_put(out, tb_outcome_timeliness(outcome, profile));
    tb_csv_put(out, deadline);
    for (size_t i = 0; i < TB_ACCOUNT_FIELDS; i++)
        tb_csv_put_int(out, (int64_t)*tb_account_entry(&account, i));
    tb_csv_put(out, segment);
    put_history(out, outcome, all, profile);
    put_copies(out, outcome, profile);
    tb_csv_end_row(out);
}

static void put_rejects(struct tb_buf *out, const struct tb_outcome *outcome,
                        const struct tb_outcome all[], const struct tb_profile *profile)
{
    struct tb_buf message = TB_BUF_INIT;

    (void)all, (void)profile;
    for (size_t i = 0; i < outcome->summary.rejects.n; i++) {
        const struct tb_reject *reject = &outcome->summary.rejects.item[i];
        if (reject->reason >= TB_N_REJECT_REASONS)
            continue;
        tb_csv_put_int(out, outcome->arrival->number);
        tb_csv_put(out, outcome->arrival->name);
        tb_csv_put_int(out, reject->line);
        tb_csv_put_int(out, reject->column);
        tb_csv_put(out, reject->field);
        tb_csv_put(out, reject->text);
        tb_csv_put(out, tb_reason_code(reject->reason));
        tb_csv_put(out,
                   reject->expected[0] ? reject->expected : tb_reason_expected(reject->reason));
        for (int english = 0; english < 2; english++) {
            tb_buf_clear(&message);
            tb_reject_message(reject, english ? "en" : "zh", &message);
            tb_csv_put(out, tb_buf_text(&message));
            out->failed |= message.failed; /* here: clearing forgets it */
        }
        tb_csv_end_row(out);
    }
    tb_buf_release(&message);
}

static void put_ignored(struct tb_buf *out, const struct tb_outcome *outcome,
                        const struct tb_outcome all[], const struct tb_profile *profile)
{
    (void)all, (void)profile;
    for (size_t i = 0; i < outcome->summary.n_ignored; i++) {
        tb_csv_put_int(out, outcome->arrival->number);
        tb_csv_put(out, outcome->arrival->name);
        tb_csv_put_int(out, outcome->summary.ignored[i].line);
        tb_csv_put(out, tb_ignored_name(outcome->summary.ignored[i].kind));
        tb_csv_end_row(out);
    }
}

struct sheet {
    const char *name;
    const char *head;
    put_rows *put;
};

static int write_sheet(const char *folder, const struct sheet *sheet,
                       const struct tb_profile *profile, const struct tb_outcome outcome[],
                       size_t n, struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    char *path = tb_path("%s/%s", folder, sheet->name);
    struct tb_newfile *file = path ? tb_newfile_open(path, TB_NEWFILE_PLAIN, err) : NULL;
    int rc = file ? 0 : -1;

    if (!path)
        tb_error_set(err, "out of memory");
    tb_buf_puts(&text, sheet->head);
    for (size_t i = 0; i <= n && rc == 0; i++) {
        if (i < n)
            sheet->put(&text, &outcome[i], outcome, profile);
        if (!tb_buf_ok(&text, err))
            rc = -1;
        else if (text.len >= FLUSH_BYTES || i == n) {
            rc = tb_newfile_add(file, tb_buf_text(&text), text.len, err);
            tb_buf_clear(&text);
        }
    }
    if (rc == 0)
        rc = tb_newfile_commit(file, err);
    tb_newfile_free(file);
    tb_buf_release(&text);
    free(path);
    return rc;
}

int tb_collect_write_tables(const char *out, const struct tb_profile *profile,
                            const struct tb_outcome outcome[], size_t n, struct tb_error *err)
{
    static const struct sheet sheets[] = {
        { "submissions.csv",
          "arrival,received,name,sender,sha256,bytes,form,period,state,timeliness,deadline,rows_in,"
          "rows_accepted,rows_rejected,rows_ignored,cells_in,cells_accepted,cells_rejected,"
          "cells_empty,observations,segment,sent_by,vintage,refers_to,days_late,note,addressee,"
          "copied_to,lacking,complete_on\n",
          put_submission },
        { "rejects.csv",
          "arrival,file,line,column,field,text,reason,expected,message_zh,message_en\n",
          put_rejects },
        { "ignored.csv", "arrival,file,line,reason\n", put_ignored },
    };

    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        if (write_sheet(out, &sheets[i], profile, outcome, n, err) < 0)
            return tb_error_prefix(err, "%s", sheets[i].name);
    }
    return 0;
}
