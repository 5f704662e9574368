/* conflict.c - finds targets that repeat or contradict each other (conflict.h).
 *
 * Every target is read once as a limit; then those of one indicator are held against each
 * other, two by two, the earlier row first.
 */
#include "tongbao/conflict.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/rule.h"
#include "tongbao/rule_limit.h"
#include "tongbao/size.h"

/* What is compared of a target. */
struct side {
    struct tb_buf rule, figure; /* canonical: the whole, and what is held against something */
    bool is_limit;
    struct tb_rule_limit limit;
    bool has_annual, has_quota, by_unit; /* by_unit: quotas.csv assigns them */
    struct tb_rational annual, quota;    /* in the indicator's unit of measure */
    struct tb_rival *rival;
    size_t n, capacity;
};

static bool amount(const struct tb_profile *profile, const struct tb_target *target, bool given,
                   struct tb_decimal value, struct tb_rational *out)
{
    struct tb_decimal converted;

    return given &&
           tb_uom_convert(value, &target->uom, &profile->indicators[target->indicator].uom,
                          &converted) &&
           tb_rational_from_decimal(converted, out);
}

static void read_side(const struct tb_profile *profile, size_t row, struct side *out)
{
    const struct tb_target *target = &profile->targets[row];

    if (!target->rule)
        return;
    for (size_t i = 0; i < profile->n_quotas; i++)
        out->by_unit |= profile->quotas[i].target == (int32_t)row;
    out->has_annual = amount(profile, target, target->has_annual, target->annual, &out->annual);
    out->has_quota = !out->by_unit && amount(profile, target, target->has_quota, target->quota,
                                             &out->quota);
    struct tb_rule_amounts amounts = { .annual = out->has_annual ? &out->annual : NULL,
                                       .quota = out->has_quota ? &out->quota : NULL };
    tb_rule_print(target->rule, profile, &out->rule);
    out->is_limit = tb_rule_limit(target->rule, profile, &amounts, &out->figure, &out->limit);
}

static bool same_text(const struct tb_buf *a, const struct tb_buf *b)
{
    return a->len == b->len && memcmp(tb_buf_text(a), tb_buf_text(b), a->len) == 0;
}

static bool same_amount(bool has_a, struct tb_rational a, bool has_b, struct tb_rational b)
{
    return has_a == has_b && (!has_a || tb_rational_cmp(a, b) == 0);
}

static bool share_unit(const struct tb_profile *profile, const struct tb_target *a,
                       const struct tb_target *b)
{
    for (size_t u = 0; u < profile->n_units; u++)
        if (a->applies[u] && b->applies[u])
            return true;
    return false;
}

/* Two rows that can be about one fact at all. */
static bool meet(const struct tb_profile *profile, const struct tb_target *a,
                 const struct tb_target *b)
{
    return a->rule && b->rule && a->strength != TB_FACT && a->applies && b->applies && a->strength == b->strength &&
           a->due == b->due && a->from.freq == b->from.freq && a->from.index <= b->to.index &&
           b->from.index <= a->to.index && share_unit(profile, a, b);
}

/* Less than 0 when a is the milder, more than 0 when it is the stricter. */
static int compare_limits(const struct tb_rule_limit *a, const struct tb_rule_limit *b,
                          bool lower_is_better)
{
    bool most = a->side == TB_LIMIT_MOST || (a->side == TB_LIMIT_ABOUT && lower_is_better);
    int order = tb_rational_cmp(a->number, b->number);

    if (order == 0)
        return (int)a->strict - (int)b->strict;
    return most ? -order : order;
}

static bool is_sign(const struct tb_rule_limit *limit)
{
    return limit->is_constant && limit->number.num == 0;
}

/* What row a, the earlier one, is to row b by their rules; DUPLICATE is said of b. */
static enum tb_conflict by_rules(const struct tb_profile *profile, const struct tb_target *target,
                                 const struct side *a, const struct side *b)
{
    const struct tb_indicator *indicator = &profile->indicators[target->indicator];
    const struct tb_rule_limit *x = &a->limit, *y = &b->limit;
    bool same = same_amount(a->has_annual, a->annual, b->has_annual, b->annual) &&
                same_amount(a->has_quota, a->quota, b->has_quota, b->quota);

    if (same_text(&a->rule, &b->rule) && same && !a->by_unit && !b->by_unit)
        return TB_CONFLICT_DUPLICATE;
    if (!a->is_limit || !b->is_limit || !same_text(&a->figure, &b->figure))
        return TB_CONFLICT_NONE;
    if (!x->is_constant || !y->is_constant) /* `growth >= 0` is a sign, not a level */
        return is_sign(x) || is_sign(y) ? TB_CONFLICT_NONE : TB_CONFLICT_BOTH;
    if (x->side != y->side) /* a floor and a ceiling are a range */
        return x->side + y->side == TB_LIMIT_LEAST + TB_LIMIT_MOST ? TB_CONFLICT_NONE
                                                                  : TB_CONFLICT_BOTH;
    if (x->has_tolerance != y->has_tolerance ||
        (x->has_tolerance && tb_rational_cmp(x->tolerance, y->tolerance) != 0))
        return TB_CONFLICT_BOTH;
    int order = compare_limits(x, y, indicator->direction == TB_LOWER);
    if (order == 0)
        return same ? TB_CONFLICT_DUPLICATE : TB_CONFLICT_BOTH;
    if (x->side == TB_LIMIT_EQUAL || profile->set.conflicts == TB_CONFLICTS_BOTH)
        return TB_CONFLICT_BOTH;
    if (profile->set.conflicts == TB_CONFLICTS_FIRST)
        return TB_CONFLICT_BINDS;
    return order > 0 ? TB_CONFLICT_BINDS : TB_CONFLICT_YIELDS;
}

/* `total` and `elapsed` run from the target's first period: then it is part of the figure,
 * and where progress is meant, so is the task. */
static bool same_ground(const struct tb_target *x, const struct tb_target *y, const struct side *a,
                        const struct side *b)
{
    bool spans = strstr(tb_buf_text(&a->rule), "total") || strstr(tb_buf_text(&a->rule), "elapsed");
    bool of_task = tb_rule_uses(x->rule, TB_MEASURE_PROGRESS);

    return (!spans || (x->from.index == y->from.index && x->to.index == y->to.index)) &&
           (!of_task || (same_amount(a->has_annual, a->annual, b->has_annual, b->annual) &&
                         same_amount(a->has_quota, a->quota, b->has_quota, b->quota)));
}

static enum tb_conflict relation(const struct tb_profile *profile, size_t x, size_t y,
                                 const struct side *a, const struct side *b)
{
    const struct tb_target *first = &profile->targets[x], *second = &profile->targets[y];

    if (first->yields_to == (int32_t)y)
        return TB_CONFLICT_YIELDS;
    if (second->yields_to == (int32_t)x) /* what says the same repeats it, said or not */
        return first->rule && second->rule &&
                       by_rules(profile, first, a, b) == TB_CONFLICT_DUPLICATE &&
                       same_ground(first, second, a, b)
                   ? TB_CONFLICT_DUPLICATE
                   : TB_CONFLICT_BINDS;
    if (!meet(profile, first, second))
        return TB_CONFLICT_NONE;
    enum tb_conflict found = by_rules(profile, first, a, b);
    return found == TB_CONFLICT_NONE || same_ground(first, second, a, b) ? found : TB_CONFLICT_BOTH;
}

static int add_rival(struct side *side, size_t other, enum tb_conflict conflict,
                     struct tb_error *err)
{
    struct tb_rival *grown = tb_grow(side->rival, side->n, &side->capacity, sizeof *grown);

    if (!grown)
        return tb_error_set(err, "out of memory for conflicting targets");
    side->rival = grown;
    side->rival[side->n++] = (struct tb_rival){ (uint32_t)other, conflict };
    return 0;
}

/* The pair's relation, said of each of the two. */
static int add_pair(struct side side[], size_t x, size_t y, enum tb_conflict conflict,
                    struct tb_error *err)
{
    enum tb_conflict of_first = conflict, of_second = conflict;

    if (conflict == TB_CONFLICT_NONE)
        return 0;
    if (conflict == TB_CONFLICT_DUPLICATE)
        of_first = TB_CONFLICT_BINDS;
    else if (conflict == TB_CONFLICT_YIELDS)
        of_second = TB_CONFLICT_BINDS;
    else if (conflict == TB_CONFLICT_BINDS)
        of_second = TB_CONFLICT_YIELDS;
    return add_rival(&side[x], y, of_first, err) < 0 ? -1 : add_rival(&side[y], x, of_second, err);
}

static int keep(struct tb_profile *profile, struct side side[], struct tb_error *err)
{
    for (size_t t = 0; t < profile->n_targets; t++) {
        struct tb_target *target = &profile->targets[t];
        if (side[t].n == 0)
            continue;
        target->rivals = tb_arena_alloc(&profile->arena, side[t].n, sizeof *target->rivals);
        if (!target->rivals)
            return tb_error_set(err, "out of memory for conflicting targets");
        memcpy(target->rivals, side[t].rival, side[t].n * sizeof *target->rivals);
        target->n_rivals = side[t].n;
    }
    return 0;
}

int tb_conflicts_find(struct tb_profile *profile, struct tb_error *err)
{
    size_t n = profile->n_targets;
    struct side *side = calloc(n ? n : 1, sizeof *side);
    int rc = side ? 0 : tb_error_set(err, "out of memory for %zu targets", n);

    for (size_t t = 0; rc == 0 && t < n; t++) {
        read_side(profile, t, &side[t]);
        if (side[t].rule.failed || side[t].figure.failed)
            rc = tb_error_set(err, "out of memory for conflicting targets");
    }
    for (size_t x = 0; rc == 0 && x < n; x++)
        for (size_t y = x + 1; rc == 0 && y < n; y++)
            if (profile->targets[x].indicator == profile->targets[y].indicator &&
                profile->targets[x].indicator >= 0)
                rc = add_pair(side, x, y, relation(profile, x, y, &side[x], &side[y]), err);
    if (rc == 0)
        rc = keep(profile, side, err);
    for (size_t t = 0; side && t < n; t++) {
        tb_buf_release(&side[t].rule);
        tb_buf_release(&side[t].figure);
        free(side[t].rival);
    }
    free(side);
    return rc;
}

/* True while both are in force, or after both have ended. */
static bool together(const struct tb_target *a, const struct tb_target *b, struct tb_period at)
{
    if (at.freq != a->from.freq || at.freq != b->from.freq)
        return true;
    return at.index >= a->from.index && at.index >= b->from.index &&
           (at.index <= b->to.index || a->to.index <= b->to.index);
}

/* Does `row` itself bind, as far as its own rivals say? */
static bool is_idle(const struct tb_target *target)
{
    for (size_t i = 0; i < target->n_rivals; i++)
        if (tb_conflict_is_idle(target->rivals[i].conflict))
            return true;
    return false;
}

/* Which of two answers says more: what makes it idle, and that by a row that binds. */
static int weight(const struct tb_profile *profile, const struct tb_rival *rival)
{
    return (tb_conflict_is_idle(rival->conflict) ? 2 : 0) +
           (is_idle(&profile->targets[rival->target]) ? 0 : 1);
}

enum tb_conflict tb_conflict_of(const struct tb_profile *profile, size_t target, size_t unit,
                                struct tb_period period, uint32_t *other)
{
    const struct tb_target *self = &profile->targets[target];
    const struct tb_rival *best = NULL;

    for (size_t i = 0; i < self->n_rivals; i++) {
        const struct tb_rival *rival = &self->rivals[i];
        const struct tb_target *against = &profile->targets[rival->target];
        if (against->applies && against->applies[unit] && together(self, against, period) &&
            (!best || weight(profile, rival) > weight(profile, best)))
            best = rival;
    }
    if (!best)
        return TB_CONFLICT_NONE;
    *other = best->target;
    return best->conflict;
}

static const char *const codes[TB_N_CONFLICTS] = {
    [TB_CONFLICT_NONE] = "",        [TB_CONFLICT_DUPLICATE] = "duplicate",
    [TB_CONFLICT_YIELDS] = "yields", [TB_CONFLICT_BINDS] = "binds",
    [TB_CONFLICT_BOTH] = "both",
};

const char *tb_conflict_code(enum tb_conflict conflict)
{
    return codes[conflict];
}

enum tb_conflict tb_conflict_find(const char *code)
{
    for (size_t i = TB_CONFLICT_NONE + 1; i < TB_N_CONFLICTS; i++)
        if (strcmp(codes[i], code) == 0)
            return (enum tb_conflict)i;
    return TB_CONFLICT_NONE;
}

/* Of the pair that rival and the later row make. */
static void tell(const struct tb_profile *profile, size_t later, const struct tb_rival *rival,
                 const char *file, struct tb_diag *diag)
{
    const struct tb_target *a = &profile->targets[rival->target], *b = &profile->targets[later];
    struct tb_place place = { .file = file, .line = b->line, .column = b->rule_column };

    if (rival->conflict == TB_CONFLICT_DUPLICATE) {
        tb_diag_at(diag, TB_WARNING, &place,
                   "target '%s' is a duplicate of '%s' on line %u (%s): one fact, judged in both "
                   "rows and counted once; yields_to = %s says that it is meant so",
                   b->code, a->code, (unsigned)a->line, a->rule_text, a->code);
        return;
    }
    if (rival->conflict == TB_CONFLICT_BOTH) {
        tb_diag_at(diag, TB_WARNING, &place,
                   "target '%s' (%s) and '%s' on line %u (%s) hold the same figure against "
                   "different things: both are judged and counted, unless yields_to of one of them "
                   "names the other",
                   b->code, b->rule_text, a->code, (unsigned)a->line, a->rule_text);
        return;
    }
    const struct tb_target *binds = rival->conflict == TB_CONFLICT_BINDS ? b : a;
    const struct tb_target *idle = binds == a ? b : a;
    tb_diag_at(diag, TB_WARNING, &place,
               "target '%s' (%s) conflicts with '%s' on line %u (%s): '%s' binds (conflicts = %s), "
               "'%s' is judged and not counted; yields_to settles it",
               b->code, b->rule_text, a->code, (unsigned)a->line, a->rule_text, binds->code,
               profile->set.conflicts == TB_CONFLICTS_FIRST ? "first" : "stricter", idle->code);
}

/* One of them yields to the other, or both to a third. */
static bool is_settled(const struct tb_profile *profile, size_t x, size_t y)
{
    int32_t of_x = profile->targets[x].yields_to, of_y = profile->targets[y].yields_to;

    return of_x == (int32_t)y || of_y == (int32_t)x || (of_x >= 0 && of_x == of_y);
}

void tb_conflicts_check(const struct tb_profile *profile, const char *targets,
                        struct tb_diag *diag)
{
    for (size_t t = 0; t < profile->n_targets; t++) {
        const struct tb_target *target = &profile->targets[t];
        for (size_t i = 0; i < target->n_rivals; i++) {
            const struct tb_rival *rival = &target->rivals[i];
            if (rival->target < t && !is_settled(profile, t, rival->target))
                tell(profile, t, rival, targets, diag);
        }
    }
}
