/* events_rows.c - one event of one unit as rows: state, count, days. */
#include "analyse/verdict/events_rows.h"

#include "tongbao/csv.h"
#include "tongbao/deadline.h"
#include "tongbao/profile.h"

static const char *const words[] = { "",       "held",   "missing",   "not_reported", "awaited",
                                     "waived", "exempt", "in_review", "unknown" };

size_t tb_events_n_periods(const struct tb_due_events *e)
{
    return (size_t)(e->last.index - e->first.index) + 1;
}

tb_day tb_events_due_day(const struct tb_due_events *e, struct tb_period period)
{
    const struct tb_profile *profile = e->job->ms->profile;

    return tb_deadline_due(profile, TB_STEP_SUBMIT, TB_NONE, (int32_t)e->indicator, period);
}

static void put_day(struct tb_buf *out, tb_day day)
{
    char text[TB_DATE_TEXT] = "";

    if (day != TB_DAY_NONE)
        tb_day_format(day, text);
    tb_csv_put(out, text);
}

static void put_measure(const struct tb_due_events *e, enum tb_measure measure, size_t unit,
                        struct tb_period period, int32_t decimals, struct tb_buf *out)
{
    const struct tb_profile *profile = e->job->ms->profile;
    struct tb_measured figure = tb_measures_get(e->job->ms, measure, e->indicator, unit, period);
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal printed;

    if (figure.known == TB_KNOWN &&
        tb_rational_round(figure.number, decimals, profile->set.round_mode, &printed))
        tb_decimal_format(printed, text);
    tb_csv_put(out, text);
}

/* The task of the target, else that of the indicator. */
static int32_t task_of(const struct tb_due_events *e)
{
    const struct tb_profile *profile = e->job->ms->profile;
    int32_t task = profile->targets[e->target].task;

    return task != TB_NONE ? task : profile->indicators[e->indicator].task;
}

/* plan .. target */
static void put_event(const struct tb_due_events *e, struct tb_buf *out)
{
    const struct tb_profile *profile = e->job->ms->profile;
    const struct tb_target *target = &profile->targets[e->target];
    const struct tb_indicator *ind = &profile->indicators[e->indicator];
    int32_t task = task_of(e);

    tb_csv_put(out, task == TB_NONE ? "" : profile->tasks[task].block);
    tb_csv_put(out, task == TB_NONE ? "" : profile->tasks[task].code);
    tb_csv_put(out, tb_event_code(ind->event));
    tb_csv_put(out, ind->code);
    tb_csv_put(out, target->code);
}

static const char *department_of(const struct tb_due_events *e)
{
    const struct tb_profile *profile = e->job->ms->profile;
    int32_t task = task_of(e);
    int32_t row = task != TB_NONE ? profile->tasks[task].lead_department : TB_NONE;

    row = row == TB_NONE ? profile->indicators[e->indicator].department : row;
    return row == TB_NONE ? "" : profile->departments[row].code;
}

/* The day on which it was held, where that was said. */
static tb_day day_held(const struct tb_due_events *e, size_t unit, struct tb_period period)
{
    struct tb_measured day =
        tb_measures_cell(e->job->ms, TB_MEASURE_DONE_ON, e->indicator, unit, period);
    int64_t number = day.known == TB_KNOWN && day.number.den == 1 ? day.number.num : 0;

    return number < 10101 || number > 99991231
               ? TB_DAY_NONE
               : tb_day_from_civil((int)(number / 10000), (int)(number / 100 % 100),
                                   (int)(number % 100));
}

/* held_on, note: a day outside the period, or outside the usual part of it, is told and
 * changes nothing. */
static void put_day_held(const struct tb_due_events *e, size_t unit, struct tb_period period,
                         struct tb_buf *out)
{
    const struct tb_indicator *ind = &e->job->ms->profile->indicators[e->indicator];
    tb_day day = day_held(e, unit, period), first, last;
    bool outside = day < tb_period_first_day(period) || day > tb_period_last_day(period);

    tb_event_window_days(&ind->window, period, &first, &last);
    put_day(out, day);
    tb_csv_put(out, day == TB_DAY_NONE          ? ""
                    : outside                   ? "outside_period"
                    : day < first || day > last ? "outside_window"
                                                : "");
}

static void put_row(const struct tb_due_events *e, size_t unit, struct tb_period period,
                    enum tb_event_state state, const size_t in_year[2], struct tb_buf *out)
{
    const struct tb_profile *profile = e->job->ms->profile;
    char text[TB_PERIOD_TEXT];

    put_event(e, out);
    tb_csv_put(out, profile->units[unit].code);
    tb_period_format(period, text);
    tb_csv_put(out, text);
    put_day(out, tb_period_last_day(period));
    tb_csv_put(out, words[state]);
    tb_csv_put(out, period.index >= e->now.index ? "1" : "0");
    put_measure(e, TB_MEASURE_VALUE, unit, period, profile->indicators[e->indicator].decimals, out);
    put_day(out, tb_events_due_day(e, period));
    put_measure(e, TB_MEASURE_LATE_DAYS, unit, period, 0, out);
    tb_csv_put(out, department_of(e));
    tb_csv_put_int(out, (int64_t)in_year[0]);
    tb_csv_put_int(out, (int64_t)in_year[1]);
    put_day_held(e, unit, period, out);
    tb_csv_end_row(out);
}

/* Due are those that nobody took out. */
static bool is_due(enum tb_event_state state)
{
    return state == TB_EVENT_HELD || state == TB_EVENT_MISSING || state == TB_EVENT_NOT_REPORTED ||
           state == TB_EVENT_IN_REVIEW || state == TB_EVENT_UNKNOWN;
}

void tb_events_rows(const struct tb_due_events *e, size_t unit, struct tb_buf *out)
{
    size_t n_units = e->job->ms->profile->n_units;
    size_t in_year[2] = { 0, 0 };

    for (size_t i = 0; i < tb_events_n_periods(e); i++) {
        enum tb_event_state state = (enum tb_event_state)e->state[i * n_units + unit];
        in_year[0] += is_due(state);
        in_year[1] += state == TB_EVENT_HELD;
    }
    for (size_t i = 0; i < tb_events_n_periods(e); i++) {
        struct tb_period period = { e->first.freq, e->first.index + (int32_t)i };
        enum tb_event_state state = (enum tb_event_state)e->state[i * n_units + unit];
        bool open = state == TB_EVENT_MISSING || state == TB_EVENT_NOT_REPORTED;
        if (state != TB_EVENT_NOT_DUE && (open || period.index >= e->now.index))
            put_row(e, unit, period, state, in_year, out);
    }
}
