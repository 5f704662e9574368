/* pace.c - required run rate and growth for the rest of the year. */
#include "analyse/outlook/pace.h"

bool tb_pace_completion(struct tb_rational done, struct tb_rational task, struct tb_rational *out)
{
    return task.num > 0 && tb_rational_div(done, task, out);
}

bool tb_pace_reduced(struct tb_rational base, struct tb_rational now, struct tb_rational task,
                     struct tb_rational *out)
{
    struct tb_rational did, whole;

    return tb_rational_cmp(task, base) < 0 && tb_rational_sub(base, now, &did) &&
           tb_rational_sub(base, task, &whole) && tb_rational_div(did, whole, out);
}

bool tb_pace_required(struct tb_rational task, struct tb_rational done, int left,
                      struct tb_rational *out)
{
    struct tb_rational rest;

    if (left <= 0 || !tb_rational_sub(task, done, &rest))
        return false;
    if (rest.num < 0)
        rest = tb_rational_int(0);
    return tb_rational_div(rest, tb_rational_int(left), out);
}

bool tb_pace_multiple(struct tb_rational required, struct tb_rational done, int gone,
                      struct tb_rational *out)
{
    struct tb_rational pace;

    return gone > 0 && done.num > 0 && tb_rational_div(done, tb_rational_int(gone), &pace) &&
           tb_rational_div(required, pace, out);
}

bool tb_pace_rest_growth(struct tb_rational base, struct tb_rational base_done,
                         struct tb_rational done, struct tb_rational growth_pct,
                         struct tb_rational *out)
{
    const struct tb_rational hundred = tb_rational_int(100);
    struct tb_rational factor, task, rest, base_rest, quotient;

    return base.num > 0 && tb_rational_cmp(base, base_done) > 0 &&
           tb_rational_add(hundred, growth_pct, &factor) &&
           tb_rational_div(factor, hundred, &factor) && tb_rational_mul(base, factor, &task) &&
           tb_rational_sub(task, done, &rest) && tb_rational_sub(base, base_done, &base_rest) &&
           tb_rational_div(rest, base_rest, &quotient) &&
           tb_rational_mul(quotient, hundred, &quotient) && tb_rational_sub(quotient, hundred, out);
}

bool tb_pace_gap(struct tb_rational a, struct tb_rational p, struct tb_rational *points)
{
    struct tb_rational ahead;

    return tb_rational_sub(a, p, &ahead) && tb_rational_mul(ahead, tb_rational_int(100), points);
}

bool tb_pace_lag(struct tb_rational a, struct tb_rational p, int periods, struct tb_rational *out)
{
    struct tb_rational behind;

    return tb_rational_sub(p, a, &behind) && tb_rational_mul(behind, tb_rational_int(periods), out);
}
