/* profile_target_changes.c - target_changes.csv and exemptions.csv: what becomes of targets
 * after they were set.
 *
 * Whether a change is admissible is decided here, by [target_changes] of profile.ini: it
 * does not depend on the day of a run.  A change that is not is no mistake of the table,
 * for the table keeps what was asked for.
 */
#include "model/profile/profile_load.h"

#include <string.h>

#include "tongbao/rule.h"
#include "tongbao/target_change.h"

enum {
    C_CHANGE,
    C_TARGET,
    C_UNIT,
    C_WHAT,
    C_OLD,
    C_NEW,
    C_RECEIVED,
    C_WRITTEN,
    C_REASON,
    C_APPROVED_ON,
    C_APPROVAL,
    C_FROM,
    C_NOTE,
    C_N
};
static const char *const change_heads[C_N] = { "change*",   "target*",     "unit",    "what*",
                                               "old*",      "new*",        "received*", "written",
                                               "reason*",   "approved_on", "approval", "from",
                                               "note" };
static const char *const yes_no[] = { "no", "yes" };

enum { E_TARGET, E_UNITS, E_FROM, E_TO, E_DOCUMENT, E_REASON, E_APPROVED_ON, E_N };
static const char *const exemption_heads[E_N] = { "target*",   "units*",  "from*",      "to",
                                                  "document*", "reason*", "approved_on" };

static bool has_quota(const struct tb_profile *profile, int32_t target)
{
    for (size_t i = 0; i < profile->n_quotas; i++)
        if (profile->quotas[i].target == target)
            return true;
    return profile->targets[target].has_quota || profile->targets[target].quota_awaited;
}

/* --- one row --- */

static void read_rule(const struct tb_sheet *sheet, struct tb_target_change *change)
{
    const struct tb_profile *profile = sheet->load->profile;
    struct tb_place place = tb_sheet_place(sheet, C_NEW);

    if (*tb_sheet_cell(sheet, C_UNIT))
        tb_sheet_error(sheet, C_UNIT, "a rule is that of all units of the target, expected no "
                                      "unit; what single units must reach is a quota");
    if (change->target < 0 || !*change->new_text)
        return;
    const struct tb_target *target = &profile->targets[change->target];
    struct tb_rule_context context = { .indicator = target->indicator,
                                       .uom = &target->uom,
                                       .has_annual = target->has_annual,
                                       .has_quota = has_quota(profile, change->target) };
    if (target->indicator >= 0)
        change->rule =
            tb_rule_compile(change->new_text, profile, &context, sheet->load->diag, &place);
}

static void read_amounts(const struct tb_sheet *sheet, struct tb_target_change *change)
{
    const struct tb_profile *profile = sheet->load->profile;

    (void)tb_sheet_decimal(sheet, C_OLD, &change->old_value);
    (void)tb_sheet_decimal(sheet, C_NEW, &change->new_value);
    if (change->target < 0)
        return;
    if (change->what == TB_CHANGED_ANNUAL ? !profile->targets[change->target].has_annual
                                          : !has_quota(profile, change->target))
        tb_sheet_error(sheet, C_WHAT, "target '%s' has no %s to change",
                       profile->targets[change->target].code, tb_changed_code(change->what));
    if (change->unit >= 0 && profile->targets[change->target].applies &&
        !profile->targets[change->target].applies[change->unit])
        tb_sheet_error(sheet, C_UNIT, "target '%s' does not apply to unit '%s'",
                       profile->targets[change->target].code, profile->units[change->unit].code);
}

static void read_approval(const struct tb_sheet *sheet, struct tb_target_change *change)
{
    struct tb_period from;

    change->approved_on = tb_sheet_day(sheet, C_APPROVED_ON);
    change->approval = tb_sheet_text(sheet, C_APPROVAL);
    if (*change->approval && change->approved_on == TB_DAY_NONE && !*tb_sheet_cell(sheet, C_APPROVED_ON))
        tb_sheet_error(sheet, C_APPROVED_ON, "approval '%s' without its day", change->approval);
    if (!*change->approval && change->approved_on != TB_DAY_NONE)
        tb_sheet_error(sheet, C_APPROVAL, "approved, expected the number of the approval");
    if (change->approved_on != TB_DAY_NONE && change->received != TB_DAY_NONE &&
        change->approved_on < change->received)
        tb_sheet_error(sheet, C_APPROVED_ON, "approved before it was received on %s",
                       tb_sheet_cell(sheet, C_RECEIVED));
    change->from = change->approved_on;
    if (tb_sheet_period(sheet, C_FROM, &from))
        change->from = tb_period_first_day(from);
}

static void read_change(const struct tb_sheet *sheet, struct tb_target_change *change)
{
    static const char *const whats[TB_N_CHANGED] = { "annual", "quota", "rule" };

    change->line = tb_sheet_line(sheet);
    change->code = tb_sheet_text(sheet, C_CHANGE);
    change->target = tb_sheet_ref(sheet, C_TARGET, TB_REF_TARGET);
    change->unit = tb_sheet_ref(sheet, C_UNIT, TB_REF_UNIT);
    change->what = (enum tb_changed)tb_sheet_word(sheet, C_WHAT, whats, TB_N_CHANGED, 0);
    change->old_text = tb_sheet_text(sheet, C_OLD);
    change->new_text = tb_sheet_text(sheet, C_NEW);
    change->received = tb_sheet_day(sheet, C_RECEIVED);
    change->written = tb_sheet_word(sheet, C_WRITTEN, yes_no, 2, 0) == 1;
    change->reason = tb_sheet_text(sheet, C_REASON);
    change->note = tb_sheet_text(sheet, C_NOTE);
    read_approval(sheet, change);
    if (change->what == TB_CHANGED_RULE)
        read_rule(sheet, change);
    else
        read_amounts(sheet, change);
}

/* --- what is admissible --- */

/* The day of that month and date in the (fiscal) year in which the target ends. */
static tb_day last_day_to_ask(const struct tb_profile *profile, const struct tb_target *target)
{
    const struct tb_settings *set = &profile->set;
    struct tb_period year = tb_period_year_start(target->to, set->year_start);
    int civil, month, day;

    if (set->change_until.month == 0)
        return TB_DAY_NONE;
    tb_day begin = tb_period_first_day(year);
    tb_day_to_civil(begin, &civil, &month, &day);
    tb_day until = tb_day_from_civil(civil, set->change_until.month, set->change_until.day);
    return until < begin
               ? tb_day_from_civil(civil + 1, set->change_until.month, set->change_until.day)
               : until;
}

static bool reason_counts(const struct tb_settings *set, const char *reason)
{
    for (size_t i = 0; i < set->change_reasons.n; i++)
        if (strcmp(set->change_reasons.item[i], reason) == 0)
            return true;
    return set->change_reasons.n == 0;
}

/* Blanks apart. */
static bool same_rule(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strspn(a, " \t");
        b += strspn(b, " \t");
        if (*a != *b)
            return false;
        if (!*a)
            return true;
    }
}

/* The row of changes before `row` that made what it would change, or NULL. */
static const struct tb_target_change *made_before(const struct tb_profile *profile, size_t row)
{
    const struct tb_target_change *change = &profile->target_changes[row];

    for (size_t i = row; i-- > 0;) {
        const struct tb_target_change *before = &profile->target_changes[i];
        if (before->target == change->target &&
            (before->unit == change->unit || before->unit == TB_NONE) &&
            before->what == change->what && before->refusal == TB_REFUSAL_NONE &&
            before->approved_on != TB_DAY_NONE)
            return before;
    }
    return NULL;
}

static bool is_quota_of(const struct tb_profile *profile, const struct tb_target_change *change)
{
    bool assigned = false;

    for (size_t q = 0; q < profile->n_quotas; q++) {
        const struct tb_quota *quota = &profile->quotas[q];
        if (quota->target != change->target || quota->unit != change->unit)
            continue;
        assigned = true;
        if (tb_decimal_cmp(quota->value, change->old_value) == 0)
            return true;
    }
    const struct tb_target *target = &profile->targets[change->target];
    return !assigned && target->has_quota &&
           tb_decimal_cmp(target->quota, change->old_value) == 0;
}

static bool old_is_in_force(const struct tb_profile *profile, size_t row)
{
    const struct tb_target_change *change = &profile->target_changes[row];
    const struct tb_target_change *before = made_before(profile, row);
    const struct tb_target *target = &profile->targets[change->target];

    if (change->what == TB_CHANGED_RULE)
        return same_rule(before ? before->new_text : target->rule_text, change->old_text);
    if (before)
        return tb_decimal_cmp(before->new_value, change->old_value) == 0;
    return change->what == TB_CHANGED_ANNUAL
               ? tb_decimal_cmp(target->annual, change->old_value) == 0
               : is_quota_of(profile, change);
}

static enum tb_refusal refuse(const struct tb_profile *profile, size_t row)
{
    const struct tb_settings *set = &profile->set;
    struct tb_target_change *change = &profile->target_changes[row];

    change->until = last_day_to_ask(profile, &profile->targets[change->target]);
    if (set->change_written && !change->written)
        return TB_REFUSAL_NOT_WRITTEN;
    if (change->until != TB_DAY_NONE && change->received != TB_DAY_NONE &&
        change->received > change->until)
        return TB_REFUSAL_LATE;
    if (!reason_counts(set, change->reason))
        return TB_REFUSAL_REASON;
    return old_is_in_force(profile, row) ? TB_REFUSAL_NONE : TB_REFUSAL_OLD;
}

/* Amounts that add up over units: the rows of one request, of one target and kind. */
static bool total_stays(const struct tb_profile *profile, const struct tb_target_change *change)
{
    struct tb_rational more = { 0, 1 }, old, new;

    if (change->what == TB_CHANGED_RULE ||
        profile->targets[change->target].uom.kind == TB_UOM_PERCENT)
        return true;
    for (size_t i = 0; i < profile->n_target_changes; i++) {
        const struct tb_target_change *other = &profile->target_changes[i];
        if (strcmp(other->code, change->code) != 0 || other->target != change->target ||
            other->what != change->what)
            continue;
        if (!tb_rational_from_decimal(other->old_value, &old) ||
            !tb_rational_from_decimal(other->new_value, &new) ||
            !tb_rational_sub(new, old, &new) || !tb_rational_add(more, new, &more))
            return false;
    }
    return more.num == 0;
}

static void judge_requests(struct tb_profile *profile)
{
    for (size_t i = 0; i < profile->n_target_changes; i++) {
        struct tb_target_change *change = &profile->target_changes[i];
        if (change->refusal == TB_REFUSAL_NONE && profile->set.change_total_unchanged &&
            change->target >= 0 && !total_stays(profile, change))
            change->refusal = TB_REFUSAL_TOTAL;
    }
    for (size_t i = 0; i < profile->n_target_changes; i++)
        for (size_t k = 0; k < profile->n_target_changes; k++) {
            struct tb_target_change *change = &profile->target_changes[i];
            const struct tb_target_change *other = &profile->target_changes[k];
            if (change->refusal == TB_REFUSAL_NONE && strcmp(change->code, other->code) == 0 &&
                other->refusal != TB_REFUSAL_NONE && other->refusal != TB_REFUSAL_REQUEST)
                change->refusal = TB_REFUSAL_REQUEST;
        }
}

static bool same_subject(const struct tb_target_change *a, const struct tb_target_change *b)
{
    return strcmp(a->code, b->code) == 0 && a->target == b->target && a->unit == b->unit &&
           a->what == b->what;
}

static void find_duplicate(const struct tb_sheet *sheet, size_t row)
{
    const struct tb_target_change *change = sheet->load->profile->target_changes;

    for (size_t i = 0; i < row; i++)
        if (same_subject(&change[i], &change[row])) {
            tb_sheet_error(sheet, C_CHANGE,
                           "duplicate change of this target and unit in request '%s', already on "
                           "line %u",
                           change[row].code, change[i].line);
            return;
        }
}

int tb_load_target_changes(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "target_changes.csv", change_heads, C_N, false, &sheet, err) < 0)
        return -1;
    profile->target_changes = tb_load_alloc(load, sheet.n_rows, sizeof *profile->target_changes);
    profile->n_target_changes = profile->target_changes ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_target_changes; sheet.row++) {
        read_change(&sheet, &profile->target_changes[sheet.row]);
        find_duplicate(&sheet, sheet.row);
        if (profile->target_changes[sheet.row].target >= 0)
            profile->target_changes[sheet.row].refusal = refuse(profile, sheet.row);
    }
    judge_requests(profile);
    tb_sheet_close(&sheet);
    return 0;
}

/* --- exemptions --- */

static void read_exemption(const struct tb_sheet *sheet, struct tb_exemption *e)
{
    struct tb_period from, to;

    e->line = tb_sheet_line(sheet);
    e->target = tb_sheet_ref(sheet, E_TARGET, TB_REF_TARGET);
    tb_sheet_text(sheet, E_UNITS); /* reports an empty cell, which is not `*` here */
    e->units = tb_sheet_units(sheet, E_UNITS);
    e->document = tb_sheet_text(sheet, E_DOCUMENT);
    e->reason = tb_sheet_text(sheet, E_REASON);
    e->approved_on = tb_sheet_day(sheet, E_APPROVED_ON);
    e->first = e->last = TB_DAY_NONE;
    if (!tb_sheet_period(sheet, E_FROM, &from))
        return;
    if (!tb_sheet_period(sheet, E_TO, &to))
        to = from;
    e->first = tb_period_first_day(from);
    e->last = tb_period_last_day(to);
    if (e->last < e->first)
        tb_sheet_error(sheet, E_TO, "the last period '%s' lies before the first",
                       tb_sheet_cell(sheet, E_TO));
}

int tb_load_exemptions(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "exemptions.csv", exemption_heads, E_N, false, &sheet, err) < 0)
        return -1;
    profile->exemptions = tb_load_alloc(load, sheet.n_rows, sizeof *profile->exemptions);
    profile->n_exemptions = profile->exemptions ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_exemptions; sheet.row++)
        read_exemption(&sheet, &profile->exemptions[sheet.row]);
    tb_sheet_close(&sheet);
    return 0;
}
