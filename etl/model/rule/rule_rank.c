/* rule_rank.c - rank, bottom, tied and count of a group.
 *
 * A rank given by the upper level takes the place of a computed one where the
 * quantity is the indicator's own first headline: only that level may know the
 * values of all.  What is computed is ranked on printed or full values, among
 * the members of the group that exist in the period and have a value.
 */
#include <string.h>

#include "model/rule/rule_internal.h"

static bool same_view(const struct tb_rule_view *a, const struct tb_rule_view *b)
{
    return a->period.freq == b->period.freq && a->period.index == b->period.index &&
           a->rank_printed == b->rank_printed;
}

/* Given ranks are of what is ranked by default. */
static bool may_be_given(const struct tb_rule_run *run, const struct tb_rule_node *quantity)
{
    if (quantity->op != TB_OP_QUANTITY)
        return false;
    const struct tb_indicator *indicator = tb_rule_indicator(run, quantity);
    int headline = indicator->n_headlines > 0 ? indicator->headline[0] : TB_MEASURE_GROWTH;
    return quantity->what == headline;
}

static size_t row_of(const struct tb_rule_run *run, const struct tb_rule_node *node)
{
    return node->indicator >= 0 ? (size_t)node->indicator : run->frame->indicator;
}

/* The members that are ranked against each other, packed. */
struct field {
    uint32_t *member;           /* rows of units */
    struct tb_operand *operand; /* what is ranked, on the basis of the view */
    struct tb_rational *value;
    bool *has;
    struct tb_rank *rank;
    size_t n;
};

static int new_field(struct tb_rule_run *run, const struct tb_group *group, struct field *field)
{
    struct tb_arena *arena = &run->arena;
    size_t room = group->n_members + 1;

    field->member = tb_arena_alloc(arena, room, sizeof *field->member);
    field->operand = tb_arena_alloc(arena, room, sizeof *field->operand);
    field->value = tb_arena_alloc(arena, room, sizeof *field->value);
    field->has = tb_arena_alloc(arena, room, sizeof *field->has);
    field->rank = tb_arena_alloc(arena, room, sizeof *field->rank);
    return field->member && field->operand && field->value && field->has && field->rank ? 0 : -1;
}

/* A number as it is ranked.  Printed ones all get the denominator 10^decimals, which
 * sorts faster (rank.c). */
static struct tb_operand ranked(const struct tb_rule_run *run, struct tb_operand value,
                                bool printed, int32_t decimals)
{
    int64_t units;

    if (printed && value.known == TB_KNOWN && !value.approximate &&
        tb_rational_round_small(value.number, tb_pow10(decimals), run->profile->set.round_mode,
                                &units))
        value.number = (struct tb_rational){ units, tb_pow10(decimals) };
    else if (printed)
        value = tb_operand_round(value, decimals, run->profile->set.round_mode);
    if (value.known == TB_KNOWN && value.unranked)
        value.known = TB_UNKNOWN_NOT_COMPUTABLE;
    return value;
}

/* The members that exist, with what is ranked of them. */
static int collect(struct tb_rule_run *run, const struct tb_rule_node *node,
                   const struct tb_rule_view *view, struct field *field)
{
    const struct tb_group *group = &run->profile->groups[node->group];
    struct tb_rule_view full = *view;

    full.limit_printed = false;
    const struct tb_operand *value = tb_rule_value(run, node->quantity, &full);
    int32_t decimals = tb_rule_decimals(run, node->quantity);
    if (!value || new_field(run, group, field) < 0)
        return -1;
    for (size_t i = 0; i < group->n_members; i++) {
        uint32_t unit = group->member[i];

        if (!tb_unit_valid_in(&run->profile->units[unit], view->period))
            continue;
        struct tb_operand mine = ranked(run, value[unit], view->rank_printed, decimals);
        field->member[field->n] = unit;
        field->operand[field->n] = mine;
        field->has[field->n] = mine.known == TB_KNOWN;
        field->value[field->n++] = mine.number;
    }
    return 0;
}

/* Places computed from the values. */
static int place_computed(struct tb_rule_run *run, const struct tb_rule_node *quantity,
                          struct field *field, struct tb_rule_ranking *ranking)
{
    bool dense = run->profile->set.dense_ranks;
    bool last = run->profile->set.missing_ranks_last;
    int64_t n_ranked = tb_rank_values(field->value, field->has, field->n,
                                      tb_rule_lower_is_better(run, quantity), dense, field->rank);

    if (n_ranked < 0)
        return -1;
    uint32_t n_missing = last && n_ranked > 0 ? (uint32_t)(field->n - (size_t)n_ranked) : 0;
    uint32_t worst = 0;
    for (size_t i = 0; i < field->n; i++)
        worst = field->rank[i].rank > worst ? field->rank[i].rank : worst;
    uint32_t behind = dense && n_missing > 0 ? 1 : n_missing;
    uint32_t after = dense ? worst + 1 : (uint32_t)n_ranked + 1;
    for (size_t i = 0; i < field->n; i++) {
        struct tb_rule_place *place = &ranking->place[i];
        const struct tb_rank *rank = &field->rank[i];

        if (rank->rank > 0)
            *place = (struct tb_rule_place){ .rank = rank->rank,
                                             .bottom = rank->bottom + behind,
                                             .last = dense ? rank->rank
                                                           : (uint32_t)n_ranked + 1 - rank->bottom,
                                             .tied = rank->tied };
        else if (n_missing > 0) /* missing_rank = last: together behind all that have a value */
            *place = (struct tb_rule_place){ .rank = after,
                                             .bottom = 1,
                                             .tied = n_missing > 1,
                                             .last = dense ? after : after + n_missing - 1 };
        else
            place->known = place->bottom_known = place->last_known = field->operand[i].known;
        place->provisional = field->operand[i].provisional;
    }
    ranking->n_ranked = (size_t)n_ranked;
    return 0;
}

/* How many of the field were given a worse rank, and how many the same. */
static void count_given(const struct field *field, const struct tb_operand given[],
                        struct tb_rational rank, uint32_t *worse, uint32_t *same)
{
    *worse = *same = 0;
    for (size_t i = 0; i < field->n; i++) {
        int order = tb_rational_cmp(given[field->member[i]].number, rank);
        *worse += order > 0;
        *same += order == 0;
    }
}

/* A given rank over a computed place.  Its place from the bottom is counted when
 * all ranks were given, follows from the size of the group when it is not tied,
 * and else cannot be known. */
static void put_given(const struct tb_rule_run *run, const struct field *field,
                      const struct tb_operand given[], bool all_given, size_t i,
                      struct tb_rule_place *place)
{
    const struct tb_operand *mine = &given[field->member[i]];
    bool dense = run->profile->set.dense_ranks;
    uint32_t worse, same;

    if (mine->number.den != 1 || mine->number.num < 1 || mine->number.num > UINT32_MAX / 2)
        return;
    *place = (struct tb_rule_place){ .rank = (uint32_t)mine->number.num,
                                     .tied = mine->tied,
                                     .provisional = mine->provisional };
    place->last = place->rank;
    if (all_given) {
        count_given(field, given, mine->number, &worse, &same);
        place->bottom = worse + 1;
        place->tied = mine->tied || same > 1;
        place->last += dense ? 0 : same - 1;
    } else if (!mine->tied && !dense && place->rank <= field->n) {
        place->bottom = (uint32_t)field->n - place->rank + 1;
    } else {
        place->bottom_known = TB_UNKNOWN_NOT_COMPUTABLE;
        place->last_known = mine->tied && !dense ? TB_UNKNOWN_NOT_COMPUTABLE : TB_KNOWN;
    }
}

static int place_given(struct tb_rule_run *run, const struct tb_rule_node *quantity,
                       const struct field *field, struct tb_rule_ranking *ranking)
{
    if (!may_be_given(run, quantity))
        return 0;
    const struct tb_operand *given = tb_rule_fetch(run, TB_MEASURE_RANK, row_of(run, quantity),
                                                   ranking->group, ranking->view.period);
    size_t n_given = 0;
    if (!given)
        return -1;
    for (size_t i = 0; i < field->n; i++)
        n_given += given[field->member[i]].known == TB_KNOWN;
    for (size_t i = 0; n_given > 0 && i < field->n; i++) {
        if (given[field->member[i]].known == TB_KNOWN)
            put_given(run, field, given, n_given == field->n, i, &ranking->place[i]);
    }
    if (n_given > ranking->n_ranked)
        ranking->n_ranked = n_given;
    return 0;
}

static struct tb_rule_ranking *new_ranking(struct tb_rule_run *run, const struct tb_rule_node *node,
                                           const struct tb_rule_view *view)
{
    struct tb_rule_ranking *ranking = tb_arena_alloc(&run->arena, 1, sizeof *ranking);

    if (!ranking)
        return NULL;
    ranking->quantity = node->quantity;
    ranking->group = node->group;
    ranking->view = *view;
    return ranking;
}

static const struct tb_rule_ranking *ranking_of(struct tb_rule_run *run,
                                                const struct tb_rule_node *node,
                                                const struct tb_rule_view *view)
{
    struct field field = { .n = 0 };

    for (const struct tb_rule_ranking *known = run->rankings; known; known = known->next) {
        if (known->quantity == node->quantity && known->group == node->group &&
            same_view(&known->view, view))
            return known;
    }
    struct tb_rule_ranking *ranking = new_ranking(run, node, view);
    if (!ranking || collect(run, node, view, &field) < 0)
        return NULL;
    ranking->member = field.member;
    ranking->n = field.n;
    ranking->place = tb_arena_alloc(&run->arena, field.n + 1, sizeof *ranking->place);
    if (!ranking->place || place_computed(run, node->quantity, &field, ranking) < 0 ||
        place_given(run, node->quantity, &field, ranking) < 0)
        return NULL;
    ranking->next = run->rankings;
    run->rankings = ranking;
    return ranking;
}

/* no_tie = boundary: only a tie that reaches beyond the k of the rule counts. */
static struct tb_operand tied_beyond(const struct tb_rule_node *node,
                                     const struct tb_rule_place *place, struct tb_operand limit)
{
    struct tb_operand out = tb_operand_int(0);

    if (!place->tied)
        return out;
    if (limit.known != TB_KNOWN)
        return limit;
    if (place->last_known != TB_KNOWN) {
        /* Of a given tie only its beginning is known: it has at least two. */
        struct tb_rational least = tb_rational_int((int64_t)place->rank + 1);
        if (tb_rational_cmp(least, limit.number) <= 0)
            return tb_operand_unknown(TB_UNKNOWN_NOT_COMPUTABLE);
        return tb_operand_int(1);
    }
    int order = tb_rational_cmp(tb_rational_int(place->last), limit.number);
    return tb_operand_int(node->tie_strict ? order >= 0 : order > 0);
}

static struct tb_operand answer(const struct tb_rule_run *run, const struct tb_rule_node *node,
                                const struct tb_rule_place *place, const struct tb_operand *limit)
{
    struct tb_operand out;

    if (place->known != TB_KNOWN)
        return tb_operand_unknown((enum tb_known)place->known);
    if (node->function == TB_F_RANK)
        out = tb_operand_int(place->rank);
    else if (node->function == TB_F_BOTTOM && place->bottom_known != TB_KNOWN)
        out = tb_operand_unknown((enum tb_known)place->bottom_known);
    else if (node->function == TB_F_BOTTOM)
        out = tb_operand_int(place->bottom);
    else if (run->profile->set.no_tie_boundary && limit)
        out = tied_beyond(node, place, *limit);
    else
        out = tb_operand_int(place->tied);
    out.provisional = place->provisional;
    out.tied = place->tied;
    return out;
}

int tb_rule_eval_place(struct tb_rule_run *run, const struct tb_rule_node *node,
                       const struct tb_rule_view *view, struct tb_operand out[])
{
    const struct tb_operand *limit = NULL;
    const struct tb_rule_ranking *ranking = ranking_of(run, node, view);

    if (!ranking)
        return -1;
    if (node->tie_limit && !(limit = tb_rule_value(run, node->tie_limit, view)))
        return -1;
    bool count = node->function == TB_F_COUNT;
    struct tb_operand others = count ? tb_operand_int((int64_t)ranking->n_ranked)
                                     : tb_operand_unknown(TB_UNKNOWN_NOT_APPLICABLE);
    for (size_t u = 0; u < run->profile->n_units; u++)
        out[u] = others;
    for (size_t i = 0; !count && i < ranking->n; i++) {
        uint32_t unit = ranking->member[i];
        out[unit] = answer(run, node, &ranking->place[i], limit ? &limit[unit] : NULL);
    }
    return 0;
}
