/* reliability.c - announced chances against outcomes. */
#include "analyse/outlook/reliability.h"

#include <math.h>

void tb_reliability_case(struct tb_reliability *r, double chance, bool came_true)
{
    size_t at = (size_t)floor(10 * chance + 0.5);
    struct tb_reliability_step *step =
        &r->step[at < TB_RELIABILITY_STEPS ? at : TB_RELIABILITY_STEPS - 1];
    double off = chance - came_true;

    r->n++;
    r->n_true += came_true;
    r->squares += off * off;
    step->n++;
    step->n_true += came_true;
    step->announced += chance;
}

void tb_reliability_interval(struct tb_reliability *r, double value, double low, double high,
                             double came_to)
{
    double error = 100 * (value / came_to - 1);

    r->n_intervals++;
    r->n_covered += low <= came_to && came_to <= high;
    r->errors += error;
    r->absolute_errors += fabs(error);
}

void tb_reliability_add(struct tb_reliability *r, const struct tb_reliability *other)
{
    r->n += other->n;
    r->n_true += other->n_true;
    r->squares += other->squares;
    for (size_t i = 0; i < TB_RELIABILITY_STEPS; i++) {
        r->step[i].n += other->step[i].n;
        r->step[i].n_true += other->step[i].n_true;
        r->step[i].announced += other->step[i].announced;
    }
    r->n_intervals += other->n_intervals;
    r->n_covered += other->n_covered;
    r->errors += other->errors;
    r->absolute_errors += other->absolute_errors;
}

double tb_reliability_brier(const struct tb_reliability *r)
{
    return r->n ? r->squares / (double)r->n : NAN;
}

double tb_reliability_base_brier(const struct tb_reliability *r)
{
    double rate = r->n ? (double)r->n_true / (double)r->n : NAN;

    return rate * (1 - rate);
}
