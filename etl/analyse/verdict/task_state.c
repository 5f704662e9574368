/* task_state.c - goes back over the reports on a task. */
#include "analyse/verdict/task_state.h"

#include "tongbao/calendar.h"
#include "tongbao/profile.h"
#include "tongbao/rule.h"

/* What one period says. */
struct report {
    bool any, held, done, provisional;
    bool has_stage, has_percent;
    enum tb_task_stage stage;
    struct tb_rational percent;
    tb_day day; /* of completion, or TB_DAY_NONE */
};

static tb_day day_of_number(int64_t number)
{
    return number < 0 || number > 99999999
               ? TB_DAY_NONE
               : tb_day_from_civil((int)(number / 10000), (int)(number / 100 % 100),
                                   (int)(number % 100));
}

static void read_report(const struct tb_measures *ms, size_t indicator, size_t unit,
                        struct tb_period at, struct report *out)
{
    struct tb_measured value = tb_measures_cell(ms, TB_MEASURE_VALUE, indicator, unit, at);
    struct tb_measured stage = tb_measures_cell(ms, TB_MEASURE_STAGE, indicator, unit, at);
    struct tb_measured day = tb_measures_cell(ms, TB_MEASURE_DONE_ON, indicator, unit, at);
    const struct tb_rational whole = tb_rational_int(100);

    *out = (struct report){ .held = value.known == TB_UNKNOWN_HELD, .day = TB_DAY_NONE };
    if (stage.known == TB_KNOWN && stage.number.num >= 0 && stage.number.num < TB_N_TASK_STAGES) {
        out->has_stage = true;
        out->stage = (enum tb_task_stage)stage.number.num;
    }
    if (value.known == TB_KNOWN) {
        out->has_percent = true;
        out->percent = value.number;
    }
    if (day.known == TB_KNOWN && day.number.den == 1)
        out->day = day_of_number(day.number.num);
    out->any = out->has_stage || out->has_percent || out->day != TB_DAY_NONE;
    out->provisional = value.provisional || stage.provisional;
    bool by_number = out->has_percent && tb_rational_cmp(out->percent, whole) >= 0;
    out->done = out->has_stage     ? out->stage == TB_STAGE_DONE && (!out->has_percent || by_number)
                : out->has_percent ? by_number
                                   : out->any;
    if (out->has_stage && out->stage == TB_STAGE_DONE && !out->done)
        out->stage = TB_STAGE_UNDER_WAY;
    if (!out->has_stage)
        out->stage = out->done                            ? TB_STAGE_DONE
                     : out->percent.num == 0 && out->any ? TB_STAGE_NOT_DONE
                                                          : TB_STAGE_UNDER_WAY;
}

/* Stage and percentage say different things: one of them done, the other not. */
static bool differs(const struct report *report)
{
    bool whole = report->has_percent &&
                 tb_rational_cmp(report->percent, tb_rational_int(100)) >= 0;

    return report->has_stage && report->has_percent && report->done != whole;
}

/* The day of completion: the last that was stated while it was said to be done, else the
 * end of the first period in which it was. */
static void find_completion(const struct tb_measures *ms, size_t indicator, size_t unit,
                            struct tb_period from, const struct report *last,
                            struct tb_task_state *out)
{
    struct tb_period at = out->at;
    struct report report = *last;

    out->completed = tb_period_last_day(at);
    while (report.day == TB_DAY_NONE && at.index > from.index) {
        at.index--;
        read_report(ms, indicator, unit, at, &report);
        if (report.any && !report.done)
            return;
        if (report.any)
            out->completed = tb_period_last_day(at);
    }
    if (report.day != TB_DAY_NONE && report.done) {
        out->completed = report.day;
        out->dated = true;
    }
}

bool tb_task_last_said(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                       size_t unit, struct tb_period from, struct tb_period at,
                       struct tb_period *out)
{
    const struct tb_plane *plane = ms->planes[indicator].measure[measure];

    for (*out = at; plane && out->index >= from.index && out->index >= plane->first; out->index--)
        if (tb_plane_get(plane, *out, unit, NULL) != TB_STATUS_NONE)
            return tb_status_has_value(tb_plane_get(plane, *out, unit, NULL));
    return false;
}

struct tb_period tb_task_first_report(const struct tb_target *target, struct tb_period at)
{
    bool once = target && target->due != TB_DAY_NONE && target->from.freq == at.freq &&
                target->from.index < at.index;

    return once ? target->from : at;
}

void tb_task_state_get(const struct tb_measures *ms, size_t indicator, size_t unit,
                       struct tb_period from, struct tb_period at, struct tb_task_state *out)
{
    struct tb_period said;
    struct report report = { 0 };
    int32_t first = ms->planes[indicator].first;

    *out = (struct tb_task_state){ .completed = TB_DAY_NONE, .percent = { 0, 1 }, .at = at };
    if (first > from.index)
        from.index = first;
    for (; out->at.index >= from.index; out->at.index--) {
        read_report(ms, indicator, unit, out->at, &report);
        if (report.any || report.held)
            break;
    }
    if (!report.any && !report.held) {
        out->at = at;
        return;
    }
    out->reported = true;
    out->held = report.held;
    out->provisional = report.provisional;
    out->stage = report.stage;
    out->has_percent = report.has_percent && !differs(&report);
    out->percent = report.percent;
    out->has_evidence =
        tb_task_last_said(ms, TB_MEASURE_EVIDENCE, indicator, unit, from, at, &said);
    out->doubt = differs(&report)                              ? TB_DOUBT_STAGE
                 : !report.done && report.day != TB_DAY_NONE ? TB_DOUBT_UNDONE
                                                               : TB_DOUBT_NONE;
    if (out->held || !report.done)
        return;
    find_completion(ms, indicator, unit, from, &report, out);
    if (out->completed <= tb_period_last_day(at)) {
        out->has_percent = true;
        out->percent = tb_rational_int(100);
        return;
    }
    out->doubt = TB_DOUBT_AHEAD;
    out->completed = TB_DAY_NONE;
    out->stage = TB_STAGE_NOT_DONE;
    out->has_percent = false;
}

enum tb_task_status tb_task_status_of(const struct tb_profile *profile,
                                      const struct tb_task_state *state, tb_day due)
{
    static const enum tb_task_status open[TB_N_TASK_STAGES] = {
        [TB_STAGE_NOT_BEGUN] = TB_TASK_NOT_BEGUN,
        [TB_STAGE_NOT_DONE] = TB_TASK_NOT_DONE,
        [TB_STAGE_UNDER_WAY] = TB_TASK_UNDER_WAY,
        [TB_STAGE_DONE] = TB_TASK_NOT_DONE,
    };

    if (!state->reported)
        return TB_TASK_NOT_REPORTED;
    if (state->held)
        return TB_TASK_HELD;
    if (state->completed == TB_DAY_NONE)
        return open[state->stage];
    if (profile->set.day_required && !state->dated)
        return TB_TASK_NO_DAY;
    if (profile->set.evidence_required && !state->has_evidence)
        return TB_TASK_NO_EVIDENCE;
    return due != TB_DAY_NONE && state->completed > due ? TB_TASK_DONE_LATE : TB_TASK_DONE;
}

const char *tb_task_status_code(enum tb_task_status status)
{
    static const char *const code[TB_N_TASK_STATUSES] = {
        [TB_TASK_NOT_REPORTED] = "not reported", [TB_TASK_HELD] = "held",
        [TB_TASK_NOT_BEGUN] = "not begun",       [TB_TASK_NOT_DONE] = "not done",
        [TB_TASK_UNDER_WAY] = "under way",       [TB_TASK_NO_DAY] = "day missing",
        [TB_TASK_NO_EVIDENCE] = "evidence missing",
        [TB_TASK_DONE_LATE] = "done late",       [TB_TASK_DONE] = "done",
    };

    return code[status];
}

bool tb_task_lateness(const struct tb_profile *profile, const struct tb_task_state *state,
                      tb_day due, tb_day end, int *days, int *workdays)
{
    tb_day until = state->completed != TB_DAY_NONE ? state->completed : end;

    *days = *workdays = 0;
    if (due == TB_DAY_NONE || until < due || (state->completed != TB_DAY_NONE && until == due))
        return false;
    *days = until - due;
    *workdays = tb_workdays_between(profile, due, until);
    return true;
}

static struct tb_operand said(enum tb_operand_told told)
{
    return (struct tb_operand){ .number = { 0, 1 }, .known = TB_KNOWN, .told = (uint8_t)told };
}

static struct tb_operand unknown(enum tb_known why)
{
    return (struct tb_operand){ .number = { 0, 1 }, .known = (uint8_t)why };
}

/* What is not done, or not as it should be. */
static struct tb_operand not_done(const struct tb_task_state *state, enum tb_task_status status)
{
    switch (status) {
    case TB_TASK_NOT_REPORTED: /* unknown, also when the due day is over */
        return unknown(TB_UNKNOWN_NO_DATA);
    case TB_TASK_HELD:
        return unknown(TB_UNKNOWN_HELD);
    case TB_TASK_NO_DAY:
        return said(TB_TOLD_NO_DAY);
    case TB_TASK_NO_EVIDENCE:
        return said(TB_TOLD_NO_EVIDENCE);
    case TB_TASK_DONE_LATE:
        return said(TB_TOLD_LATE);
    default:
        break;
    }
    if (state->has_percent)
        return (struct tb_operand){ .number = state->percent,
                                    .known = TB_KNOWN,
                                    .provisional = state->provisional };
    return said(state->stage == TB_STAGE_UNDER_WAY ? TB_TOLD_UNDER_WAY : TB_TOLD_NOT_DONE);
}

struct tb_operand tb_task_operand(const struct tb_measures *ms, const struct tb_target *target,
                                  size_t indicator, size_t unit, struct tb_period at, bool done)
{
    struct tb_period from = tb_task_first_report(target, at);
    tb_day due = target ? target->due : TB_DAY_NONE;
    struct tb_task_state state;

    tb_task_state_get(ms, indicator, unit, from, at, &state);
    enum tb_task_status status = tb_task_status_of(ms->profile, &state, done ? due : TB_DAY_NONE);
    if (status == TB_TASK_DONE)
        return (struct tb_operand){ .number = { 100, 1 },
                                    .known = TB_KNOWN,
                                    .provisional = state.provisional };
    if (done)
        return not_done(&state, status);
    /* Of a number nothing is carried from one period to the next but the end. */
    bool ends = state.completed != TB_DAY_NONE;
    if (!ends && state.at.index != at.index)
        return unknown(TB_UNKNOWN_NO_DATA);
    if (ends || (state.reported && !state.held && state.has_percent))
        return (struct tb_operand){ .number = state.percent,
                                    .known = TB_KNOWN,
                                    .provisional = state.provisional };
    return unknown(!state.reported ? TB_UNKNOWN_NO_DATA
                   : state.held    ? TB_UNKNOWN_HELD
                                   : TB_UNKNOWN_NOT_COMPUTABLE);
}
