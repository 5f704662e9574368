/* target_changes.c - requests to change targets (readings R50, R51), as a table and beside
 * verdicts. */
#include "analyse/verdict/target_changes.h"

#include <stdlib.h>

#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"
#include "tongbao/target_change.h"

static const char head[] =
    "change,target,unit,indicator,period,what,old,new,in_force,unit_measure,state,refusal,received,"
    "until,written,reason,approved_on,approval,from,note\n";

static void put_day(struct tb_buf *out, tb_day day)
{
    char text[TB_DATE_TEXT] = "";

    if (day != TB_DAY_NONE)
        tb_day_format(day, text);
    tb_csv_put(out, text);
}

/* What the request asks to be changed, as it stands in the period: the value of the change
 * that is in force, else the old one of the first request. */
static const char *value_in_force(const struct tb_measures *ms, const struct tb_target_change *of,
                                  struct tb_period period)
{
    const struct tb_profile *profile = ms->profile;
    const struct tb_target_change *change = tb_target_change_of(
        profile, (size_t)of->target, of->unit, of->what, period, ms->as_of);

    if (change)
        return change->new_text;
    for (size_t i = 0; i < profile->n_target_changes; i++) {
        const struct tb_target_change *first = &profile->target_changes[i];
        if (first->target == of->target && first->unit == of->unit && first->what == of->what &&
            first->refusal != TB_REFUSAL_OLD)
            return first->old_text;
    }
    return "";
}

/* Approved, but of a later period than the one that is judged. */
static bool begins_later(const struct tb_target_change *change, enum tb_change_state state,
                         struct tb_period period)
{
    return state == TB_CHANGE_IN_FORCE && change->from > tb_period_last_day(period);
}

static void put_row(const struct tb_measures *ms, const struct tb_target_change *change,
                    enum tb_change_state state, struct tb_period bulletin, struct tb_buf *out)
{
    const struct tb_profile *profile = ms->profile;
    const struct tb_target *target = &profile->targets[change->target];
    struct tb_period period = tb_targets_period(profile, (size_t)target->indicator, bulletin);
    char text[TB_PERIOD_TEXT];

    if (state == TB_CHANGE_SUPERSEDED && /* by one that begins after this period */
        tb_target_change_of(profile, (size_t)change->target, change->unit, change->what, period,
                            ms->as_of) == change)
        state = TB_CHANGE_IN_FORCE;
    tb_period_format(period, text);
    tb_csv_put(out, change->code);
    tb_csv_put(out, target->code);
    tb_csv_put(out, change->unit == TB_NONE ? "" : profile->units[change->unit].code);
    tb_csv_put(out, profile->indicators[target->indicator].code);
    tb_csv_put(out, text);
    tb_csv_put(out, tb_changed_code(change->what));
    tb_csv_put(out, change->old_text);
    tb_csv_put(out, change->new_text);
    tb_csv_put(out, value_in_force(ms, change, period));
    tb_csv_put(out, change->what == TB_CHANGED_RULE ? "" : target->unit_measure);
    tb_csv_put(out, begins_later(change, state, period) ? "later" : tb_change_state_code(state));
    tb_csv_put(out, tb_refusal_code(change->refusal));
    put_day(out, change->received);
    put_day(out, change->until);
    tb_csv_put(out, change->written ? "yes" : "no");
    tb_csv_put(out, change->reason);
    bool hidden = ms->as_of != TB_DAY_NONE && change->approved_on != TB_DAY_NONE &&
                  change->approved_on > ms->as_of;
    put_day(out, hidden ? TB_DAY_NONE : change->approved_on);
    tb_csv_put(out, hidden ? "" : change->approval);
    put_day(out, hidden ? TB_DAY_NONE : change->from);
    tb_csv_put(out, change->note);
    tb_csv_end_row(out);
}

static void tell_refused(struct tb_stage *stage, const struct tb_target_change *change)
{
    static const char *const why[] = {
        [TB_REFUSAL_NONE] = "",
        [TB_REFUSAL_NOT_WRITTEN] = "it was not made in writing",
        [TB_REFUSAL_LATE] = "it came after the last day for it",
        [TB_REFUSAL_REASON] = "its reason is not one that the profile admits",
        [TB_REFUSAL_OLD] = "its old value is not the one in force",
        [TB_REFUSAL_TOTAL] = "the sum over the units would change",
        [TB_REFUSAL_REQUEST] = "another row of the request is refused",
    };
    const struct tb_profile *profile = stage->profile;

    tb_log_write(&stage->log, TB_LOG_WARNING,
                 "target_changes.csv:%u: change '%s' of target '%s'%s%s refused: %s", change->line,
                 change->code, profile->targets[change->target].code,
                 change->unit == TB_NONE ? "" : " for unit ",
                 change->unit == TB_NONE ? "" : profile->units[change->unit].code,
                 why[change->refusal]);
}

void tb_target_changes_tell(struct tb_stage *stage, const struct tb_measures *ms)
{
    for (size_t i = 0; i < ms->profile->n_target_changes; i++)
        if (tb_target_change_state(ms->profile, i, ms->as_of) == TB_CHANGE_REFUSED)
            tell_refused(stage, &ms->profile->target_changes[i]);
}

int tb_target_changes_write(const struct tb_measures *ms, const char *folder,
                            struct tb_period period, struct tb_error *err)
{
    char *path = tb_path("%s/target_changes.csv", folder);
    struct tb_buf text = TB_BUF_INIT;
    int rc = -1;

    tb_buf_puts(&text, head);
    for (size_t i = 0; i < ms->profile->n_target_changes; i++) {
        const struct tb_target_change *change = &ms->profile->target_changes[i];
        enum tb_change_state state = tb_target_change_state(ms->profile, i, ms->as_of);
        if (state == TB_CHANGE_UNKNOWN)
            continue;
        put_row(ms, change, state, period, &text);
    }
    if (!path)
        tb_error_set(err, "out of memory");
    else if (tb_buf_ok(&text, err))
        rc = tb_newfile_write(path, tb_buf_text(&text), text.len, err);
    tb_buf_release(&text);
    free(path);
    return rc;
}

void tb_target_changes_put(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out)
{
    const struct tb_measures *ms = ev->job->ms;
    bool any = false;

    for (int what = 0; what < TB_N_CHANGED && ms->profile->n_target_changes > 0; what++) {
        const struct tb_target_change *change = tb_target_change_of(
            ms->profile, ev->row, what == TB_CHANGED_RULE ? TB_NONE : (int32_t)unit,
            (enum tb_changed)what, ev->period, ms->as_of);
        char day[TB_DATE_TEXT];
        if (!change)
            continue;
        tb_day_format(change->approved_on, day);
        tb_buf_printf(out, "%s%s %s -> %s (%s, %s)", any ? "; " : "",
                      tb_changed_code(change->what), change->old_text, change->new_text, day,
                      change->approval);
        any = true;
    }
}
