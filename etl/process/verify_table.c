/* verify_table.c - verification.csv: which state each cell reached and by whose marks;
 * verified.csv: values of a state beside what was submitted. */
#include <inttypes.h>

#include "process/verify.h"
#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"
#include "tongbao/verification.h"

enum { MOST_TOLD = 20 };

static const struct {
    const char *code, *text;
} outcomes[TB_N_STATED_OUTCOMES] = {
    [TB_STATED_EARLY] = { "early", "came before the states or marks that its state needs" },
    [TB_STATED_IN_FORCE] = { "in_force", NULL },
    [TB_STATED_SUPERSEDED] = { "superseded", NULL },
    [TB_STATED_NOT_ALLOWED] = { "not_allowed", "came from one who may not set its state" },
    [TB_STATED_TAKES_BACK] = { "takes_back", NULL },
    [TB_STATED_FAILED] = { "failed", NULL },
};

static const char *event_who(const struct tb_work *work, const struct tb_verify_event *event)
{
    return event->stated ? work->sources.item[work->stated[event->stated - 1].source].sender
                         : work->profile->marks[event->mark].who;
}

/* "verified stats 2023-06-25T09:00:00+08:00; checked ... (failed)". */
static void put_marks(const struct tb_work *work, const struct tb_verify_event event[], size_t n,
                      struct tb_buf *out)
{
    for (size_t i = 0; i < n; i++) {
        char when[TB_MOMENT_TEXT];
        if (event[i].who < 0)
            continue;
        tb_moment_format(event[i].when, work->profile->set.utc_offset, when);
        tb_buf_printf(out, "%s%s %s %s%s", out->len ? "; " : "",
                      work->profile->states[event[i].state].code, event_who(work, &event[i]), when,
                      event[i].failed ? " (failed)" : "");
    }
}

static void put_states(const struct tb_work *work, uint32_t bits, struct tb_buf *out)
{
    for (size_t s = 0; s < work->profile->n_states; s++)
        if (bits >> s & 1)
            tb_buf_printf(out, "%s%s", out->len ? ";" : "", work->profile->states[s].code);
}

void tb_verify_put_cell(struct tb_work *work, size_t indicator, const struct tb_verify_cell *cell,
                        const struct tb_verify_event event[], size_t n)
{
    const struct tb_profile *profile = work->profile;
    const struct tb_plane *plane = tb_work_plane(work, indicator, TB_MEASURE_STATE, 0);
    struct tb_buf *out = &work->verification, text = TB_BUF_INIT;
    char period[TB_PERIOD_TEXT], since[TB_MOMENT_TEXT] = "";

    tb_period_format((struct tb_period){ plane->freq, plane->first + (int32_t)(event->cell /
                                                                               plane->n_columns) },
                     period);
    if (cell->reached > 1)
        tb_moment_format(cell->reached_at, profile->set.utc_offset, since);
    tb_csv_put(out, profile->units[event->cell % plane->n_columns].code);
    tb_csv_put(out, profile->indicators[indicator].code);
    tb_csv_put(out, period);
    tb_csv_put(out, tb_state_code(profile, cell->reached));
    tb_csv_put(out, cell->reached < 0 ? "failed" : cell->reached > 0 ? "reached" : "");
    tb_csv_put(out, since);
    put_marks(work, event, n, &text);
    tb_csv_put(out, tb_buf_text(&text));
    tb_buf_clear(&text);
    put_states(work, cell->early, &text);
    tb_csv_put(out, tb_buf_text(&text));
    tb_csv_end_row(out);
    work->n_early += cell->early != 0;
    out->failed |= text.failed;
    tb_buf_release(&text);
}

/* Verified less submitted, at the plane's scale; "" where either has no number. */
static void put_difference(const struct tb_stated *value, struct tb_buf *out)
{
    struct tb_decimal now = { value->row.value, value->row.scale };
    char text[TB_DECIMAL_TEXT] = "";

    if (tb_status_has_value(value->old_status) && tb_status_has_value(value->row.status) &&
        tb_decimal_rescale(now, value->scale, &now) &&
        !__builtin_sub_overflow(now.units, value->old_value, &now.units))
        tb_decimal_format(now, text);
    tb_csv_put(out, text);
}

static void put_value(const struct tb_work *work, const struct tb_stated *value, struct tb_buf *out)
{
    const struct tb_profile *profile = work->profile;
    const struct tb_observation *row = &value->row;
    char period[TB_PERIOD_TEXT];

    tb_period_format(
        (struct tb_period){ profile->indicators[row->indicator].frequency, row->period }, period);
    tb_csv_put(out, profile->units[row->unit].code);
    tb_csv_put(out, profile->indicators[row->indicator].code);
    tb_csv_put(out, tb_measure_name((enum tb_measure)row->measure));
    tb_csv_put(out, row->group == TB_NO_GROUP ? "" : profile->groups[row->group].code);
    tb_csv_put(out, period);
    tb_csv_put(out, profile->states[value->state].code);
    tb_csv_put(out, work->sources.item[value->source].sender);
    tb_work_put_value(out, value->old_value, value->scale, value->old_status);
    tb_work_put_source(work, out, value->old_origin);
    tb_work_put_value(out, row->value, row->scale, row->status);
    tb_work_put_source(work, out, value->origin);
    put_difference(value, out);
    tb_csv_put(out, outcomes[value->outcome].code);
    tb_csv_end_row(out);
}

static void tell(struct tb_work *work, const struct tb_stated *value)
{
    const struct tb_source *source = &work->sources.item[value->source];

    if (outcomes[value->outcome].text && work->n_odd_stated++ < MOST_TOLD)
        tb_log_write(work->log, TB_LOG_WARNING, "%s%s%s:%" PRIu32 ": not used: the value %s",
                     source->sender, source->sender[0] ? "/" : "", source->name, value->row.line,
                     outcomes[value->outcome].text);
}

int tb_verify_write(struct tb_work *work, struct tb_error *err)
{
    struct tb_buf rows = TB_BUF_INIT;
    int rc = -1;

    for (size_t i = 0; i < work->n_stated; i++) {
        put_value(work, &work->stated[i], &rows);
        tell(work, &work->stated[i]);
    }
    if (work->n_odd_stated > MOST_TOLD)
        tb_log_write(work->log, TB_LOG_WARNING, "%zu more verified values are not used",
                     work->n_odd_stated - MOST_TOLD);
    if (work->n_early)
        tb_log_write(work->log, TB_LOG_WARNING,
                     "%zu cells have marks made before the states that must come first: "
                     "column early of verification.csv",
                     work->n_early);
    if (tb_buf_ok(&rows, err) &&
        tb_work_write_rows(work, "verified.csv",
                           "unit,indicator,measure,group,period,state,sender,submitted,"
                           "submitted_status,submitted_received,submitted_name,submitted_line,"
                           "verified,verified_status,verified_received,verified_name,"
                           "verified_line,difference,outcome\n",
                           &rows, err) == 0)
        rc = tb_work_write_rows(work, "verification.csv",
                                "unit,indicator,period,state,result,since,marks,early\n",
                                &work->verification, err);
    tb_buf_release(&rows);
    return rc;
}
