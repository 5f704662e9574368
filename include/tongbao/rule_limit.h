/* rule_limit.h - reads a rule as a limit: `growth >= 8` holds growth against 8.
 *
 * For comparing two rules without data: of two lower limits on the same figure the higher
 * is the stricter.
 */
#ifndef TONGBAO_RULE_LIMIT_H
#define TONGBAO_RULE_LIMIT_H

#include <stdbool.h>
#include "tongbao/rational.h"

struct tb_buf;
struct tb_profile;
struct tb_rule;

enum tb_limit_side { TB_LIMIT_LEAST, TB_LIMIT_MOST, TB_LIMIT_ABOUT, TB_LIMIT_EQUAL };

/* What `annual` and `quota` are in the rule, in the indicator's unit of measure; NULL: not
 * one number. */
struct tb_rule_amounts {
    const struct tb_rational *annual, *quota;
};

struct tb_rule_limit {
    enum tb_limit_side side;
    bool strict;               /* the number itself is not enough */
    bool is_constant;          /* `number` is known without data */
    bool has_tolerance;        /* of `~`: said in the rule */
    struct tb_rational number; /* in the indicator's unit of measure */
    struct tb_rational tolerance;
};

/* True when the rule is one comparison of a figure with a level, on whichever side the
 * figure stands: its canonical spelling is appended to *figure.  False of joined rules and
 * of those that hold a figure against an earlier one. */
bool tb_rule_limit(const struct tb_rule *rule, const struct tb_profile *profile,
                   const struct tb_rule_amounts *amounts, struct tb_buf *figure,
                   struct tb_rule_limit *out);

#endif
