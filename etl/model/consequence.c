/* consequence.c - what was decided of a proposal, and which step of a ladder may be taken. */
#include "tongbao/consequence.h"

#include "tongbao/calendar.h"
#include "tongbao/profile.h"

static const struct {
    const char *code, *zh;
} kinds[TB_N_CONSEQUENCE_KINDS] = {
    [TB_CONSEQUENCE_REWARD] = { "reward", "奖励" },
    [TB_CONSEQUENCE_COMMENDATION] = { "commendation", "表彰" },
    [TB_CONSEQUENCE_REMINDER] = { "reminder", "提醒" },
    [TB_CONSEQUENCE_WARNING] = { "warning", "警示" },
    [TB_CONSEQUENCE_INTERVIEW] = { "interview", "约谈" },
    [TB_CONSEQUENCE_LETTER] = { "supervision letter", "督办函" },
    [TB_CONSEQUENCE_RECTIFICATION] = { "rectification order", "限期整改" },
    [TB_CONSEQUENCE_RED_LEDGER] = { "red ledger", "红色台账" },
    [TB_CONSEQUENCE_AMBER_LEDGER] = { "amber ledger", "黄色台账" },
    [TB_CONSEQUENCE_BLUE_LEDGER] = { "blue ledger", "蓝色台账" },
    [TB_CONSEQUENCE_POINTS_OFF] = { "points off", "扣分" },
    [TB_CONSEQUENCE_ACCOUNTABILITY] = { "accountability", "追责问责" },
};

const char *tb_consequence_kind_code(enum tb_consequence_kind kind)
{
    return kinds[kind].code;
}

const char *tb_consequence_kind_zh(enum tb_consequence_kind kind)
{
    return kinds[kind].zh;
}

bool tb_consequence_is_ledger(enum tb_consequence_kind kind)
{
    return kind == TB_CONSEQUENCE_RED_LEDGER || kind == TB_CONSEQUENCE_AMBER_LEDGER || kind == TB_CONSEQUENCE_BLUE_LEDGER;
}

const char *tb_decision_code(enum tb_decision decision)
{
    static const char *const code[TB_N_DECISIONS] = { [TB_DECIDED_DONE] = "done",
                                                      [TB_DECIDED_DECLINED] = "declined",
                                                      [TB_DECIDED_CLOSED] = "closed" };

    return code[decision];
}

const char *tb_fate_code(enum tb_fate fate)
{
    static const char *const code[TB_N_FATES] = {
        [TB_FATE_PROPOSED] = "proposed", [TB_FATE_NEEDS_DECISION] = "needs_decision",
        [TB_FATE_NOT_YET] = "not_yet",   [TB_FATE_DONE] = "done",
        [TB_FATE_OVERDUE] = "overdue",   [TB_FATE_DECLINED] = "declined",
        [TB_FATE_CLOSED] = "closed",     [TB_FATE_RECORDED] = "recorded",
        [TB_FATE_UNDECIDED] = "undecided",
    };

    return code[fate];
}

tb_day tb_span_add(const struct tb_profile *profile, tb_day from, struct tb_span span)
{
    if (from == TB_DAY_NONE || span.n == 0)
        return TB_DAY_NONE;
    return span.workdays ? tb_workday_add(profile, from, span.n) : from + span.n;
}

/* The first step of the ladder that a row belongs to. */
static size_t ladder_of(const struct tb_profile *profile, size_t row)
{
    while (profile->consequences[row].after != TB_NONE)
        row = (size_t)profile->consequences[row].after;
    return row;
}

static bool same_subject(const struct tb_consequence_subject *a,
                         const struct tb_consequence_subject *b)
{
    return a->unit == b->unit && a->indicator == b->indicator && a->target == b->target;
}

/* The last record of a row on the subject that holds: of a step none that was closed since, of
 * anything else that of the bulletin itself. */
static const struct tb_consequence_record *find_record(const struct tb_profile *profile, size_t row,
                                                       const struct tb_consequence_subject *subject,
                                                       struct tb_period period, tb_day today)
{
    const struct tb_consequence_record *found = NULL;
    bool standing = profile->consequences[row].is_step;
    size_t ladder = ladder_of(profile, row);

    for (size_t i = 0; i < profile->n_consequence_records; i++) {
        const struct tb_consequence_record *r = &profile->consequence_records[i];
        bool of_bulletin = r->period.freq == period.freq && r->period.index == period.index;
        if (!same_subject(&r->subject, subject) || (today != TB_DAY_NONE && r->when > today))
            continue;
        if (standing && r->decision == TB_DECIDED_CLOSED &&
            ladder_of(profile, (size_t)r->consequence) == ladder)
            found = (size_t)r->consequence == row && of_bulletin ? r : NULL;
        else if ((size_t)r->consequence == row &&
                 (of_bulletin || (standing && r->decision == TB_DECIDED_DONE)))
            found = r;
    }
    return found;
}

static tb_day due_of(const struct tb_profile *profile, const struct tb_consequence_record *record)
{
    return record->due != TB_DAY_NONE
               ? record->due
               : tb_span_add(profile, record->when,
                             profile->consequences[record->consequence].within);
}

/* Fills in whether the step before was taken long enough ago. */
static void look_before(const struct tb_profile *profile, size_t row,
                        const struct tb_consequence_subject *subject, struct tb_period period,
                        tb_day today, struct tb_proposal_fate *fate)
{
    const struct tb_consequence *c = &profile->consequences[row];
    const struct tb_consequence_record *before =
        find_record(profile, (size_t)c->after, subject, period, today);

    fate->fate = TB_FATE_NOT_YET;
    if (!before || before->decision != TB_DECIDED_DONE)
        return;
    tb_day due = due_of(profile, before);
    if (c->wait.due)
        fate->earliest = due == TB_DAY_NONE ? before->when : due + 1;
    else
        fate->earliest = c->wait.n == 0 ? before->when : tb_span_add(profile, before->when, c->wait);
    if (fate->earliest == TB_DAY_NONE)
        return; /* the wait is past what the calendar can tell */
    if (today == TB_DAY_NONE || today >= fate->earliest)
        fate->fate = TB_FATE_PROPOSED;
}

struct tb_proposal_fate tb_proposal_fate(const struct tb_profile *profile, size_t consequence,
                                         const struct tb_consequence_subject *subject,
                                         struct tb_period period, tb_day today)
{
    static const enum tb_fate decided[TB_N_DECISIONS] = {
        [TB_DECIDED_DONE] = TB_FATE_DONE,
        [TB_DECIDED_DECLINED] = TB_FATE_DECLINED,
        [TB_DECIDED_CLOSED] = TB_FATE_CLOSED,
    };
    const struct tb_consequence *c = &profile->consequences[consequence];
    struct tb_proposal_fate fate = { TB_FATE_PROPOSED, NULL, TB_DAY_NONE, TB_DAY_NONE };

    fate.record = find_record(profile, consequence, subject, period, today);
    if (fate.record) {
        fate.fate = decided[fate.record->decision];
        fate.due = fate.fate == TB_FATE_DONE ? due_of(profile, fate.record) : TB_DAY_NONE;
        if (fate.due != TB_DAY_NONE && today != TB_DAY_NONE && today > fate.due)
            fate.fate = TB_FATE_OVERDUE;
        return fate;
    }
    if (c->after != TB_NONE)
        look_before(profile, consequence, subject, period, today, &fate);
    if (fate.fate == TB_FATE_PROPOSED)
        fate.due = tb_span_add(profile, today, c->within);
    return fate;
}
