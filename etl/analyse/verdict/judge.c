/* judge.c - the table of verdicts. */
#include "analyse/verdict/judge.h"

/* Holding or on schedule, but will it last until the due date? */
static enum tb_judgement by_outlook(const struct tb_judge_case *c)
{
    return c->outlook == TB_OUTLOOK_MISSES ? TB_JUDGED_AT_RISK : TB_JUDGED_ON_TRACK;
}

static enum tb_judgement judge_unknown(const struct tb_judge_case *c)
{
    if (c->why == TB_UNKNOWN_HELD)
        return TB_JUDGED_HELD;
    return c->why == TB_UNKNOWN_NO_DATA ? TB_JUDGED_NO_DATA : TB_JUDGED_NOT_COMPUTABLE;
}

static enum tb_judgement judge_false(const struct tb_judge_case *c)
{
    if (c->due)
        return TB_JUDGED_MISSED;
    if (c->awaits)
        return TB_JUDGED_NOT_DUE;
    if (c->cumulative && c->has_schedule && c->on_schedule)
        return by_outlook(c);
    return TB_JUDGED_BEHIND;
}

/* What the rule and the calendar say, whatever the state of the figure. */
static enum tb_judgement judge_value(const struct tb_judge_case *c)
{
    switch (c->truth) {
    case TB_TRUE:
        return c->due || c->cumulative || c->awaits ? TB_JUDGED_MET : by_outlook(c);
    case TB_FALSE:
        return judge_false(c);
    case TB_UNKNOWN:
        break;
    }
    return judge_unknown(c);
}

bool tb_judgement_is_verdict(enum tb_judgement judgement)
{
    return judgement < TB_JUDGED_NOT_DUE || judgement == TB_JUDGED_AGREES ||
           judgement == TB_JUDGED_DIFFERS;
}

bool tb_judgement_fails(enum tb_judgement judgement)
{
    return judgement == TB_JUDGED_BEHIND || judgement == TB_JUDGED_MISSED ||
           judgement == TB_JUDGED_NOT_COMPLETED;
}

static enum tb_judgement judge_state(const struct tb_judge_case *c)
{
    if (c->lack == TB_LACK_NOT_COMPLETED)
        return TB_JUDGED_NOT_COMPLETED;
    enum tb_judgement judgement = judge_value(c);
    /* A task that nobody says is done waits for no mark. */
    if (c->awaits && c->truth == TB_FALSE)
        return judgement;
    return c->lack == TB_LACK_NO_VERDICT && judgement < TB_JUDGED_NOT_DUE ? TB_JUDGED_NOT_VERIFIED
                                                                          : judgement;
}

/* A fact is of its last period and knows no schedule. */
static enum tb_judgement judge_fact(const struct tb_judge_case *c)
{
    if (c->before_to)
        return TB_JUDGED_NOT_DUE;
    if (c->truth == TB_UNKNOWN)
        return judge_unknown(c);
    return c->truth == TB_TRUE ? TB_JUDGED_AGREES : TB_JUDGED_DIFFERS;
}

enum tb_judgement tb_judge(const struct tb_judge_case *c)
{
    if (c->no_target)
        return TB_JUDGED_NO_TARGET;
    if (c->before_from)
        return TB_JUDGED_NOT_DUE;
    if (c->fact)
        return judge_fact(c);
    if (c->vacuous)
        return TB_JUDGED_MET;
    enum tb_judgement judgement = judge_state(c);
    return c->exempt && tb_judgement_fails(judgement) ? TB_JUDGED_EXEMPT : judgement;
}

const char *tb_judgement_code(enum tb_judgement judgement)
{
    static const char *const code[TB_N_JUDGEMENTS] = {
        [TB_JUDGED_MET] = "met",         [TB_JUDGED_ON_TRACK] = "on_track",
        [TB_JUDGED_AT_RISK] = "at_risk", [TB_JUDGED_BEHIND] = "behind",
        [TB_JUDGED_MISSED] = "missed",   [TB_JUDGED_NOT_DUE] = "not_due",
        [TB_JUDGED_NO_DATA] = "no_data", [TB_JUDGED_NOT_COMPUTABLE] = "not_computable",
        [TB_JUDGED_HELD] = "held",       [TB_JUDGED_NOT_VERIFIED] = "not_verified",
        [TB_JUDGED_NOT_COMPLETED] = "not_completed",
        [TB_JUDGED_NO_TARGET] = "no_target",
        [TB_JUDGED_EXEMPT] = "exempt",
        [TB_JUDGED_AGREES] = "agrees",
        [TB_JUDGED_DIFFERS] = "differs",
    };

    return code[judgement];
}
