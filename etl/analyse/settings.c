/* settings.c - the settings of the method as key and value. */
#include "analyse/settings.h"

#include <stdio.h>

#include "tongbao/csv.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"

static void put(struct tb_buf *out, const char *key, const char *value)
{
    tb_csv_put(out, key);
    tb_csv_put(out, value);
    tb_csv_end_row(out);
}

static void put_int(struct tb_buf *out, const char *key, int64_t value)
{
    tb_csv_put(out, key);
    tb_csv_put_int(out, value);
    tb_csv_end_row(out);
}

static void put_decimal(struct tb_buf *out, const char *key, struct tb_decimal value)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format(value, text);
    put(out, key, text);
}

static const char *basis(bool published)
{
    return published ? "published" : "full";
}

/* How scores are made (methods note, section 7) and how sure places are (section 8). */
static void put_scoring(const struct tb_settings *set, struct tb_buf *out)
{
    static const char *const normalise[] = {
        [TB_NORMALISE_RANK] = "rank",
        [TB_NORMALISE_MINMAX] = "minmax",
        [TB_NORMALISE_ZSCORE] = "zscore",
        [TB_NORMALISE_GOALPOSTS] = "goalposts",
        [TB_NORMALISE_COMPLETION] = "completion",
    };

    put(out, "normalise", normalise[set->normalise]);
    if (set->normalise == TB_NORMALISE_COMPLETION)
        put_decimal(out, "completion_cap", set->completion_cap);
    put(out, "aggregate",
        set->aggregate == TB_AGGREGATE_GEOMETRIC ? "geometric" : "arithmetic");
    put(out, "missing_indicator", set->missing_as_zero ? "zero" : "renormalise");
    if (set->class_cuts.given) {
        char first[TB_DECIMAL_TEXT], second[TB_DECIMAL_TEXT], text[2 * TB_DECIMAL_TEXT + 4];
        const char *sign = set->class_cuts.of_units ? "%" : "";
        tb_decimal_format(set->class_cuts.first, first);
        tb_decimal_format(set->class_cuts.second, second);
        snprintf(text, sizeof text, "%s%s;%s%s", first, sign, second, sign);
        put(out, "class_cuts", text);
    }
    put_int(out, "mc_runs", set->mc_runs);
    put_int(out, "mc_weights", set->mc_weights);
}

static const char *progress_words(enum tb_progress_by progress)
{
    static const char *const word[] = { [TB_PROGRESS_MONTHS] = "months",
                                        [TB_PROGRESS_DAYS] = "days",
                                        [TB_PROGRESS_MILESTONES] = "milestones",
                                        [TB_PROGRESS_PROFILE] = "profile" };

    return word[progress];
}

static const char *conflict_words(enum tb_conflicts conflicts)
{
    static const char *const word[] = { [TB_CONFLICTS_STRICTER] = "stricter",
                                        [TB_CONFLICTS_FIRST] = "first",
                                        [TB_CONFLICTS_BOTH] = "both" };

    return word[conflicts];
}

static const char *seasonal_words(enum tb_seasonal_by seasonal)
{
    static const char *const word[] = { [TB_SEASONAL_BY_NONE] = "none",
                                        [TB_SEASONAL_BY_REGRESSION] = "regression",
                                        [TB_SEASONAL_BY_STL] = "stl",
                                        [TB_SEASONAL_BY_STL_PERIODIC] = "stl-periodic" };

    return word[seasonal];
}

void tb_settings_print(const struct tb_settings *set, struct tb_buf *out)
{
    put(out, "key", "value");
    put(out, "round_mode",
        set->round_mode == TB_ROUND_HALF_EVEN ? "half_even"
        : set->round_mode == TB_ROUND_DOWN    ? "down"
                                              : "half_up");
    put_int(out, "growth_decimals", set->growth_decimals);
    put(out, "rank_basis", basis(set->rank_on_published));
    put(out, "limit_basis", basis(set->limit_on_published));
    put(out, "tie_rule", set->dense_ranks ? "dense" : "competition");
    put(out, "missing_rank", set->missing_ranks_last ? "last" : "none");
    put(out, "rank_imputed", set->rank_imputed ? "yes" : "no");
    put(out, "no_tie", set->no_tie_boundary ? "boundary" : "any");
    put(out, "first_keeps_ok", set->first_keeps_ok ? "yes" : "no");
    put(out, "about", set->about_both ? "both" : "lower");
    put_decimal(out, "about_tolerance", set->about_tolerance);
    put(out, "conflicts", conflict_words(set->conflicts));
    put_decimal(out, "front_share", set->front_share);
    put_decimal(out, "children_tolerance", set->children_tolerance);
    put_int(out, "bottom_k", set->bottom_k);
    put_int(out, "min_peers", set->min_peers);
    put_int(out, "year_start", set->year_start);
    /* What this stage does not let a profile choose is said as well. */
    put(out, "peer_average", "pooled");
    put(out, "pooled", set->pool_all ? "all" : "matched");
    put(out, "spread_basis", "published");
    put(out, "progress", progress_words(set->progress));
    put(out, "progress_digits", "cut, not rounded");
    put_decimal(out, "at_risk_below", set->at_risk_below);
    put(out, "trend", set->robust_trend ? "robust" : "none");
    put(out, "seasonal", seasonal_words(set->seasonal));
    put_scoring(set, out);
    put(out, "projection", "logarithms of past shares of the year, 4 to 10 years, 80 % interval");
}
