/* expected.h - who owes which indicator for a period, and who has sent it.
 *
 * Expected of a unit that exists in the period: every indicator that it reported
 * in any of the twelve periods before, or on which it has a binding target now.
 * Derived indicators are expected of nobody, and nobody reports a January whose
 * figure is joint with February.  What a unit is waived of (deadline.h) is not
 * expected of it, and so neither missing nor late when it comes all the same
 * (methods note, section 12).
 */
#ifndef TONGBAO_EXPECTED_H
#define TONGBAO_EXPECTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/period.h"

struct tb_cube;
struct tb_error;
struct tb_profile;

struct tb_expected;

/* Borrows both, the cube that process made.  NULL with *err filled. */
struct tb_expected *tb_expected_new(const struct tb_profile *profile, const struct tb_cube *cube,
                                    struct tb_error *err);
void tb_expected_free(struct tb_expected *expected);

/* The indicator's own period that ends with `asked`; false when it has none or
 * is reported by nobody then. */
bool tb_expected_period(const struct tb_profile *profile, size_t indicator, struct tb_period asked,
                        struct tb_period *out);
/* Something was submitted for the cell, and it was not "not reported". */
bool tb_expected_is_in(const struct tb_expected *expected, size_t indicator, size_t unit,
                       struct tb_period period);
/* The number of an observation of the cell that is in, or 0. */
uint32_t tb_expected_origin(const struct tb_expected *expected, size_t indicator, size_t unit,
                            struct tb_period period);
/* All that was submitted for the cell says that a value cannot exist. */
bool tb_expected_is_nil(const struct tb_expected *expected, size_t indicator, size_t unit,
                        struct tb_period period);
/* It is in, or it should be, waived or not. */
bool tb_expected_is_usual(const struct tb_expected *expected, size_t indicator, size_t unit,
                          struct tb_period period);
/* It is in, or it should be; false for what is waived. */
bool tb_expected_is_due(const struct tb_expected *expected, size_t indicator, size_t unit,
                        struct tb_period period);

#endif
