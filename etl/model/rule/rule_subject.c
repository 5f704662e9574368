/* rule_subject.c - what a node is about: its indicator, which way is better, and
 * with how many digits its numbers are printed. */
#include "model/rule/rule_internal.h"

const struct tb_indicator *tb_rule_indicator(const struct tb_rule_run *run,
                                             const struct tb_rule_node *node)
{
    size_t row = node->indicator >= 0 ? (size_t)node->indicator : run->frame->indicator;

    return &run->profile->indicators[row];
}

bool tb_rule_lower_is_better(const struct tb_rule_run *run, const struct tb_rule_node *node)
{
    const struct tb_rule_node *series = tb_rule_first_series((struct tb_rule_node *)node);

    if (!series)
        return tb_rule_indicator(run, node)->direction == TB_LOWER;
    switch (series->what) {
    case TB_MEASURE_LATE_DAYS:
    case TB_MEASURE_RESUBMITTED:
    case TB_MEASURE_LAGGING:
    case TB_Q_GRADE:
        return true;
    case TB_MEASURE_SCORE:
        return false;
    default:
        return tb_rule_indicator(run, series)->direction == TB_LOWER;
    }
}

static int32_t quantity_decimals(const struct tb_rule_run *run, const struct tb_rule_node *node)
{
    int32_t rates = run->profile->set.growth_decimals;

    switch (node->what) {
    case TB_MEASURE_VALUE:
    case TB_MEASURE_YTD:
    case TB_MEASURE_BASE:
    case TB_MEASURE_YTD_BASE:
    case TB_Q_TOTAL:
    case TB_Q_ANNUAL:
    case TB_Q_QUOTA:
        return tb_rule_indicator(run, node)->decimals;
    case TB_MEASURE_LATE_DAYS:
    case TB_MEASURE_RESUBMITTED:
    case TB_MEASURE_LAGGING:
    case TB_Q_GRADE:
        return 0;
    case TB_Q_ELAPSED:
        return rates + 2;
    case TB_Q_VERDICT + TB_WORD_OVERDUE:
        return 0;
    default:
        return rates;
    }
}

static int32_t screen_decimals(const struct tb_rule_run *run, enum tb_rule_function function)
{
    switch (function) {
    case TB_F_STALE:
    case TB_F_SCALE_JUMP:
        return 0;
    case TB_F_HEAPING:
        return 6;
    case TB_F_HB_GAP:
    case TB_F_ROUND_SHARE:
        return run->profile->set.growth_decimals;
    default:
        return 2;
    }
}

int32_t tb_rule_decimals(const struct tb_rule_run *run, const struct tb_rule_node *node)
{
    int32_t most = 0;

    switch (node->op) {
    case TB_OP_QUANTITY:
        return quantity_decimals(run, node);
    case TB_OP_NUMBER:
        return 0;
    case TB_OP_GROUP:
        if (node->function <= TB_F_COUNT)
            return 0;
        return tb_rule_decimals(run, node->quantity);
    case TB_OP_CHILDREN:
        if (node->function == TB_F_ROUNDING) /* half a unit of the last digit */
            return tb_rule_decimals(run, node->quantity) + 1;
        return node->function == TB_F_SUM ? tb_rule_decimals(run, node->quantity) : 0;
    case TB_OP_AT:
        return tb_rule_decimals(run, node->quantity);
    case TB_OP_CASES:
        return node->function == TB_F_SHARE ? run->profile->set.growth_decimals : 0;
    case TB_OP_STREAK:
    case TB_OP_EVERY:
    case TB_OP_LISTED:
        return 0;
    case TB_OP_SCREEN:
        return screen_decimals(run, node->function);
    default:
        break;
    }
    if (node->kind.sort == TB_SORT_RATIO)
        return run->profile->set.growth_decimals + 2;
    for (size_t i = 0; i < node->n_kids; i++) {
        int32_t kid = node->kid[i] ? tb_rule_decimals(run, node->kid[i]) : 0;
        most = kid > most ? kid : most;
    }
    return most;
}
