/* growth.h - growth of a unit on the year before, and on the period before.
 *
 * Rates are exact fractions in percent; their differences are points.  Which
 * figure is believed first is the indicator's setting `growth`: published, else
 * from the submitted comparable base, else from last year's level.  A base of
 * zero or less, or a negative current value, gives no rate: the methods note
 * (section 2) forbids dividing by |b|.
 */
#ifndef TONGBAO_ANALYSE_GROWTH_H
#define TONGBAO_ANALYSE_GROWTH_H

#include "analyse/measure/measures.h"

/* 100 (x - b) / b; false when b <= 0, x < 0 or the fraction does not fit. */
bool tb_growth_of(struct tb_rational x, struct tb_rational b, struct tb_rational *out);
/* The base that a published rate g (percent) implies: x / (1 + g/100), kept to
 * four digits more than `scale`, since g itself was rounded.  False at g <= -100. */
bool tb_growth_implied_base(struct tb_rational x, struct tb_rational g, int32_t scale,
                            struct tb_rational *out);

/* Whether the rate (growth, ytd_growth or mom) of the indicator can be had from two
 * levels: not of percentages, grades, milestones, of an index that is a rate itself,
 * nor of levels at other prices than the growth is published at. */
bool tb_growth_from_levels(const struct tb_indicator *indicator, enum tb_measure rate);
/* In the first period of a year the single and the cumulated rate of a flow are one. */
bool tb_growth_first_of_year(const struct tb_measures *ms, const struct tb_indicator *indicator,
                             struct tb_period period);
/* Whether the joint January-February stands on either side of a comparison with
 * the period before: in February against December, in March against February. */
bool tb_growth_joint_in_mom(const struct tb_indicator *indicator, struct tb_period period);

/* TB_MEASURE_GROWTH or TB_MEASURE_YTD_GROWTH, with the method in the status. */
struct tb_measured tb_growth_rate(const struct tb_measures *ms, enum tb_measure measure,
                                  size_t indicator, size_t unit, struct tb_period period);
/* The two levels behind that rate, for growth of a sum: current and base, by
 * the same method.  False when either is unknown; the other is then still told. */
bool tb_growth_sides(const struct tb_measures *ms, enum tb_measure measure, size_t indicator,
                     size_t unit, struct tb_period period, struct tb_measured *x,
                     struct tb_measured *b);
/* On the period before.  March of a flow against joint January-February has none
 * unless it was published, nor has that joint figure against December. */
struct tb_measured tb_growth_mom(const struct tb_measures *ms, size_t indicator, size_t unit,
                                 struct tb_period period);
bool tb_growth_mom_sides(const struct tb_measures *ms, size_t indicator, size_t unit,
                         struct tb_period period, struct tb_measured *x, struct tb_measured *b);
/* Value less that of the year before: points of rates, amounts of amounts. */
struct tb_measured tb_growth_change(const struct tb_measures *ms, size_t indicator, size_t unit,
                                    struct tb_period period);

#endif
