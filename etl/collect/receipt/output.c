/* output.c - the tables of a run of collect. */
#include "collect/receipt/output.h"

#include "collect/inbox/copies.h"
#include "collect/receipt/output_rows.h"
#include "collect/receipt/table_out.h"
#include "collect/inbox/vintage.h"
#include "tongbao/csv.h"
#include "tongbao/deadline.h"
#include "tongbao/profile.h"

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

static int write_submissions(const char *out, const struct tb_profile *profile,
                             const struct tb_outcome outcome[], size_t n, struct tb_error *err)
{
    struct tb_table_out table;
    int rc = tb_table_out_open(
        &table, out, "submissions.csv",
        "arrival,received,name,sender,sha256,bytes,form,period,state,timeliness,deadline,rows_in,"
        "rows_accepted,rows_rejected,rows_ignored,cells_in,cells_accepted,cells_rejected,"
        "cells_empty,observations,segment,sent_by,vintage,refers_to,days_late,note,addressee,"
        "copied_to,lacking,complete_on\n",
        err);

    for (size_t i = 0; i < n && rc == 0; i++) {
        put_submission(&table.text, &outcome[i], outcome, profile);
        rc = tb_table_out_flush(&table, err);
    }
    return tb_table_out_close(&table, rc, err);
}

int tb_collect_write_tables(const char *out, const char *data, const struct tb_profile *profile,
                            const struct tb_outcome outcome[], size_t n, struct tb_error *err)
{
    return write_submissions(out, profile, outcome, n, err) < 0
               ? -1
               : tb_output_rows(out, data, outcome, n, err);
}
