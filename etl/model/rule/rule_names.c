/* rule_names.c - the words of the rule language.
 *
 * A quantity is a measure of observation.h or one of the few that only a rule
 * knows.  One table each, so that parsing, printing and help cannot disagree.
 */
#include <string.h>

#include "model/rule/rule_internal.h"

struct quantity {
    const char *name;
    int what;
};

static const struct quantity own[] = {
    { "total", TB_Q_TOTAL },   { "grade", TB_Q_GRADE },     { "elapsed", TB_Q_ELAPSED },
    { "annual", TB_Q_ANNUAL }, { "quota", TB_Q_QUOTA },     { "completeness", TB_Q_COMPLETENESS },
    { "done", TB_Q_DONE },     { "on_time", TB_Q_ON_TIME },
    { "met", TB_Q_VERDICT + TB_WORD_MET },
    { "on_track", TB_Q_VERDICT + TB_WORD_ON_TRACK },
    { "at_risk", TB_Q_VERDICT + TB_WORD_AT_RISK },
    { "behind", TB_Q_VERDICT + TB_WORD_BEHIND },
    { "missed", TB_Q_VERDICT + TB_WORD_MISSED },
    { "not_completed", TB_Q_VERDICT + TB_WORD_NOT_COMPLETED },
    { "failing", TB_Q_VERDICT + TB_WORD_FAILING },
    { "overdue", TB_Q_VERDICT + TB_WORD_OVERDUE },
};

static const char *const functions[TB_N_FUNCTIONS] = {
    [TB_F_RANK] = "rank",     [TB_F_BOTTOM] = "bottom",
    [TB_F_TIED] = "tied",     [TB_F_COUNT] = "count",
    [TB_F_MEAN] = "mean",     [TB_F_WMEAN] = "wmean",
    [TB_F_MEDIAN] = "median", [TB_F_QUANTILE] = "quantile",
    [TB_F_AREA] = "area",     [TB_F_BEST] = "best",
    [TB_F_WORST] = "worst",   [TB_F_PREV] = "prev",
    [TB_F_AT] = "at",         [TB_F_LAST_YEAR] = "last_year",
    [TB_F_AVERAGE] = "average",
    [TB_F_STREAK] = "streak", [TB_F_EVERY] = "every", [TB_F_STEP] = "step",
    [TB_F_ALL] = "all",       [TB_F_ANY] = "any",
    [TB_F_SUM] = "sum",       [TB_F_ROUNDING] = "rounding",
    [TB_F_SHARE] = "share",   [TB_F_KNOWN] = "known",
    [TB_F_ABS] = "abs",       [TB_F_MIN] = "min",
    [TB_F_MAX] = "max",       [TB_F_ROUND] = "round",
    [TB_F_CEIL] = "ceil",     [TB_F_FLOOR] = "floor",
    [TB_F_SCORE] = "score",   [TB_F_LAGGING] = "lagging",
    [TB_F_LATE_CASES] = "late_cases", [TB_F_CASES] = "cases",
    [TB_F_MODIFIED_Z] = "modified_z", [TB_F_TUKEY] = "tukey",
    [TB_F_HB] = "hb",         [TB_F_HB_GAP] = "hb_gap",
    [TB_F_HAMPEL] = "hampel", [TB_F_SEASONAL] = "seasonal",
    [TB_F_SCALE_JUMP] = "scale_jump", [TB_F_STALE] = "stale",
    [TB_F_HEAPING] = "heaping", [TB_F_ROUND_SHARE] = "round_share",
};

/* The measures that are said of one unit; the others are functions of a group. */
static bool is_of_a_unit(int measure)
{
    switch (measure) {
    case TB_MEASURE_CHANGE:
    case TB_MEASURE_GROWTH_2Y:
    case TB_MEASURE_YTD_GROWTH_2Y:
    case TB_MEASURE_LATE_DAYS:
    case TB_MEASURE_RESUBMITTED:
    case TB_MEASURE_PROGRESS:
    case TB_MEASURE_SCORE:
    case TB_MEASURE_LAGGING:
        return true;
    default:
        return measure >= 0 && measure < TB_N_SUBMITTED;
    }
}

int tb_rule_quantity_find(const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (strlen(own[i].name) == len && memcmp(own[i].name, name, len) == 0)
            return own[i].what;
    }
    int measure = tb_measure_find(name, len);
    return is_of_a_unit(measure) ? measure : -1;
}

const char *tb_rule_quantity_name(int what)
{
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        if (own[i].what == what)
            return own[i].name;
    }
    return tb_measure_name((enum tb_measure)what);
}

int tb_rule_function_find(const char *name, size_t len)
{
    for (int f = 0; f < TB_N_FUNCTIONS; f++) {
        if (strlen(functions[f]) == len && memcmp(functions[f], name, len) == 0)
            return f;
    }
    return -1;
}

const char *tb_rule_function_name(enum tb_rule_function function)
{
    return functions[function];
}
