/* task_reason.c - why a task is not done as it should be. */
#include "analyse/verdict/task_state.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"

static const char *doubt_words(enum tb_task_doubt doubt)
{
    static const char *const words[] = {
        [TB_DOUBT_NONE] = "",
        [TB_DOUBT_STAGE] = "; stage and percentage differ",
        [TB_DOUBT_AHEAD] = "; the day of completion lies after the period",
        [TB_DOUBT_UNDONE] = "; a day of completion of what is not done",
    };

    return words[doubt];
}

void tb_task_put_reason(const struct tb_measures *ms, const struct tb_target *target, size_t unit,
                        struct tb_period at, struct tb_buf *out)
{
    struct tb_task_state state;
    char day[TB_DATE_TEXT];
    int days, workdays;

    tb_task_state_get(ms, (size_t)target->indicator, unit,
                      tb_task_first_report(target, at), at, &state);
    enum tb_task_status status = tb_task_status_of(ms->profile, &state, target->due);
    bool late = tb_task_lateness(ms->profile, &state, target->due, tb_period_last_day(at),
                                 &days, &workdays);
    tb_buf_puts(out, tb_task_status_code(status));
    if (late && status == TB_TASK_DONE_LATE) {
        tb_day_format(state.completed, day);
        tb_buf_printf(out, ": %s%s, %d day%s after the due day, %d working day%s", day,
                      state.dated ? "" : " (no day stated: end of the period)", days,
                      days == 1 ? "" : "s", workdays, workdays == 1 ? "" : "s");
    } else if (late && state.completed == TB_DAY_NONE && days == 0) {
        tb_buf_puts(out, "; the due day is over");
    } else if (late && state.completed == TB_DAY_NONE) {
        tb_buf_printf(out, "; overdue by %d working day%s", workdays, workdays == 1 ? "" : "s");
    }
    tb_buf_puts(out, doubt_words(state.doubt));
}
