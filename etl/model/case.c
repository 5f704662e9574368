/* case.c - cases with a limit in working days, and how they stood on a day. */
#include "tongbao/deadline.h"
#include "tongbao/profile.h"

tb_day tb_case_due(const struct tb_profile *profile, const struct tb_case *one)
{
    if (one->deadline < 0 || one->opened == TB_DAY_NONE)
        return TB_DAY_NONE;
    return tb_workday_nth(profile, one->opened, profile->deadlines[one->deadline].due.day);
}

enum tb_case_state tb_case_state(const struct tb_profile *profile, const struct tb_case *one,
                                 tb_day day)
{
    tb_day due = tb_case_due(profile, one);
    bool closed = one->closed != TB_DAY_NONE && one->closed <= day;

    if (one->opened > day)
        return TB_CASE_UNOPENED;
    if (closed)
        return due == TB_DAY_NONE || one->closed <= due ? TB_CASE_IN_TIME : TB_CASE_LATE;
    return due == TB_DAY_NONE || day <= due ? TB_CASE_OPEN : TB_CASE_OVERDUE;
}
