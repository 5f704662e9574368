/* elapsed.c - time progress by months, days and milestones. */
#include "tongbao/elapsed.h"

#include "tongbao/profile.h"

/* The share of the year that the milestones ask for by the end of month number m,
 * a fraction of months for what is shorter. */
static bool asked_by(const struct tb_settings *set, struct tb_rational m, struct tb_rational *out)
{
    struct tb_rational at = { 0, 1 }, share = { 0, 1 };

    for (size_t i = 0; i <= set->milestones.n; i++) {
        bool end = i == set->milestones.n;
        struct tb_rational next = tb_rational_int(end ? 12 : set->milestones.item[i].month);
        struct tb_rational then = tb_rational_int(1), part, rise;
        if (!end && (!tb_rational_from_decimal(set->milestones.item[i].percent, &then) ||
                     !tb_rational_div(then, tb_rational_int(100), &then)))
            return false;
        if (tb_rational_cmp(m, next) <= 0 && tb_rational_cmp(at, next) < 0) {
            return tb_rational_sub(m, at, &part) && tb_rational_sub(next, at, &rise) &&
                   tb_rational_div(part, rise, &part) && tb_rational_sub(then, share, &rise) &&
                   tb_rational_mul(part, rise, &part) && tb_rational_add(share, part, out);
        }
        at = next;
        share = then;
    }
    *out = share;
    return true;
}

/* The same by the end of a period; `before` by that of the one before it. */
static bool asked_at(const struct tb_settings *set, struct tb_period period, bool before,
                     struct tb_rational *out)
{
    int place = tb_period_in_year(period, set->year_start) - before;
    struct tb_rational month;

    return tb_rational_make((tb_int128)12 * place, tb_periods_per_year(period.freq), &month) &&
           asked_by(set, month, out);
}

static bool by_milestones(const struct tb_settings *set, struct tb_period from, struct tb_period to,
                          struct tb_period at, struct tb_rational *out)
{
    struct tb_rational before, now, end;

    return asked_at(set, from, true, &before) && asked_at(set, at, false, &now) &&
           asked_at(set, to, false, &end) && tb_rational_sub(now, before, &now) &&
           tb_rational_sub(end, before, &end) && end.num > 0 && tb_rational_div(now, end, out);
}

bool tb_elapsed(const struct tb_settings *set, struct tb_period from, struct tb_period to,
                struct tb_period at, struct tb_rational *out)
{
    tb_day first = tb_period_first_day(from);
    bool one_year = tb_period_year_start(from, set->year_start).index ==
                    tb_period_year_start(to, set->year_start).index;

    *out = tb_rational_int(at.index < from.index ? 0 : 1);
    if (at.index < from.index || at.index >= to.index)
        return true;
    if (set->progress == TB_PROGRESS_DAYS)
        return tb_rational_make(tb_period_last_day(at) - first + 1,
                                tb_period_last_day(to) - first + 1, out);
    if (set->progress == TB_PROGRESS_MILESTONES && one_year)
        return by_milestones(set, from, to, at, out);
    return tb_rational_make((tb_int128)at.index - from.index + 1,
                            (tb_int128)to.index - from.index + 1, out);
}
