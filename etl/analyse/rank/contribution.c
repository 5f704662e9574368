/* contribution.c - contributions of units to a group's growth, and of indicators to that
 * of their sum. */
#include "analyse/rank/contribution.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/measure/growth.h"
#include "analyse/measure/layout.h"
#include "analyse/verdict/targets.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"

/* Current and base of something; `known` when both are. */
struct sides {
    bool known;
    struct tb_rational x, b;
};

struct table {
    const struct tb_measures *ms;
    enum tb_measure of;
    struct tb_period period;
    struct tb_buf *out;
};

bool tb_contribution_of(struct tb_rational x, struct tb_rational b, struct tb_rational total_x,
                        struct tb_rational total_b, struct tb_rational *points,
                        struct tb_rational *share, bool *has_share)
{
    struct tb_rational change, total_change;

    *has_share = false;
    if (total_b.num <= 0 || !tb_rational_sub(x, b, &change) ||
        !tb_rational_mul(change, tb_rational_int(100), &change) ||
        !tb_rational_div(change, total_b, points) ||
        !tb_rational_sub(total_x, total_b, &total_change))
        return false;
    *has_share = total_change.num != 0 && tb_rational_div(change, total_change, share);
    return true;
}

static struct sides sides_of(const struct table *t, size_t indicator, size_t unit)
{
    struct tb_measured x, b;
    struct sides sides = { .known = tb_unit_valid_in(&t->ms->profile->units[unit], t->period) &&
                                    tb_growth_sides(t->ms, t->of, indicator, unit, t->period, &x,
                                                    &b) };

    if (sides.known) {
        sides.x = x.number;
        sides.b = b.number;
    }
    return sides;
}

/* Adds or takes away; what does not fit makes the sum unknown. */
static void add(struct sides *sum, const struct sides *part, int sign)
{
    sum->known = sum->known && part->known &&
                 (sign > 0 ? tb_rational_add(sum->x, part->x, &sum->x) &&
                                 tb_rational_add(sum->b, part->b, &sum->b)
                           : tb_rational_sub(sum->x, part->x, &sum->x) &&
                                 tb_rational_sub(sum->b, part->b, &sum->b));
}

static void put(const struct table *t, struct tb_rational value, int32_t scale)
{
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal rounded;

    if (tb_rational_round(value, scale, t->ms->profile->set.round_mode, &rounded))
        tb_decimal_format(rounded, text);
    tb_csv_put(t->out, text);
}

/* What a row is about: the codes of its first cells. */
struct about {
    const char *level, *total, *member;
    size_t indicator;
};

static void put_row(const struct table *t, const struct about *about, const struct sides *part,
                    const struct sides *total)
{
    const struct tb_profile *profile = t->ms->profile;
    int32_t decimals = profile->indicators[about->indicator].decimals;
    int32_t digits = profile->set.growth_decimals + 1;
    struct tb_rational points, share, growth;
    char period[TB_PERIOD_TEXT];
    bool has_share;

    if (!part->known || !tb_contribution_of(part->x, part->b, total->x, total->b, &points, &share,
                                            &has_share))
        return;
    tb_period_format(t->period, period);
    tb_csv_put(t->out, about->level);
    tb_csv_put(t->out, about->total);
    tb_csv_put(t->out, about->member);
    tb_csv_put(t->out, profile->indicators[about->indicator].code);
    tb_csv_put(t->out, tb_measure_name(t->of));
    tb_csv_put(t->out, period);
    put(t, part->x, decimals);
    put(t, part->b, decimals);
    put(t, points, digits);
    if (has_share)
        put(t, share, 1);
    else
        tb_csv_put(t->out, "");
    if (tb_growth_of(total->x, total->b, &growth))
        put(t, growth, digits);
    else
        tb_csv_put(t->out, "");
    tb_csv_end_row(t->out);
}

/* The units of a group against its area's own figure, else against their sum. */
static void put_group(const struct table *t, size_t indicator, size_t group)
{
    const struct tb_profile *profile = t->ms->profile;
    const struct tb_group *g = &profile->groups[group];
    struct about about = { "group", g->code, "", indicator };
    struct sides sum = { true, tb_rational_int(0), tb_rational_int(0) }, total = { false };
    bool all = true;

    for (size_t m = 0; m < g->n_members; m++) {
        if (!tb_unit_valid_in(&profile->units[g->member[m]], t->period))
            continue; /* who is closed is no part that lacks */
        struct sides part = sides_of(t, indicator, g->member[m]);
        all &= part.known;
        if (part.known)
            add(&sum, &part, 1);
    }
    if (g->area != TB_NONE)
        total = sides_of(t, indicator, (size_t)g->area);
    bool own = total.known;
    if (!own && (!all || !sum.known))
        return; /* part of a sum is no total */
    total = own ? total : sum;
    for (size_t m = 0; m < g->n_members; m++) {
        struct sides part = sides_of(t, indicator, g->member[m]);
        about.member = profile->units[g->member[m]].code;
        put_row(t, &about, &part, &total);
    }
    struct sides rest = total;
    add(&rest, &sum, -1);
    about.member = "";
    if (own && rest.known && (rest.x.num != 0 || rest.b.num != 0))
        put_row(t, &about, &rest, &total);
}

/* The indicators of a sum, in each unit. */
static void put_parts(const struct table *t, size_t indicator)
{
    const struct tb_profile *profile = t->ms->profile;
    const struct tb_formula_side *side = &profile->indicators[indicator].formula->numerator;

    for (size_t unit = 0; unit < profile->n_units; unit++) {
        struct sides total = sides_of(t, indicator, unit);
        for (size_t p = 0; total.known && p < side->n; p++) {
            struct about about = { "parts", profile->units[unit].code,
                                   profile->indicators[side->indicator[p]].code, indicator };
            struct sides part = sides_of(t, side->indicator[p], unit);
            struct sides signed_part = { part.known, tb_rational_int(0), tb_rational_int(0) };
            add(&signed_part, &part, side->sign[p]);
            put_row(t, &about, &signed_part, &total);
        }
    }
}

/* Real growth of nominal amounts does not belong to them. */
static bool adds_up(const struct tb_indicator *indicator)
{
    bool one_price = indicator->growth_prices == TB_PRICES_UNSAID ||
                     indicator->growth_prices == indicator->prices;

    return one_price && (indicator->kind == TB_KIND_FLOW || indicator->kind == TB_KIND_STOCK ||
            indicator->kind == TB_KIND_COUNT) &&
           !tb_indicator_is_ratio(indicator) && indicator->prices != TB_PRICES_CHAINED;
}

static void put_indicator(struct table *t, size_t i, struct tb_period period)
{
    const struct tb_profile *profile = t->ms->profile;
    const struct tb_indicator *ind = &profile->indicators[i];

    t->period = tb_targets_period(profile, i, period);
    for (size_t h = 0; h < ind->n_headlines && adds_up(ind); h++) {
        t->of = (enum tb_measure)ind->headline[h];
        if ((t->of != TB_MEASURE_GROWTH && t->of != TB_MEASURE_YTD_GROWTH) ||
            memchr(ind->headline, ind->headline[h], h))
            continue;
        for (size_t g = 0; g < profile->n_groups; g++)
            if (tb_layout_group_reports(t->ms, i, g))
                put_group(t, i, g);
        if (ind->formula)
            put_parts(t, i);
    }
}

static const char HEAD[] = "level,total,member,indicator,measure,period,current,base,contribution,"
                           "share,growth_of_total\n";

int tb_contributions_write(const struct tb_measures *ms, struct tb_period period,
                           const char *folder, struct tb_error *err)
{
    char *path = tb_path("%s/contributions.csv", folder);
    struct tb_buf text = TB_BUF_INIT;
    struct table table = { .ms = ms, .out = &text };
    int rc = -1;

    tb_buf_puts(&text, HEAD);
    for (size_t i = 0; i < ms->profile->n_indicators; i++)
        if (ms->planes[i].n_periods > 0)
            put_indicator(&table, i, period);
    if (!path)
        tb_error_set(err, "out of memory");
    else if (tb_buf_ok(&text, err))
        rc = tb_newfile_write(path, tb_buf_text(&text), text.len, err);
    tb_buf_release(&text);
    free(path);
    return rc;
}
