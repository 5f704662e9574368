/* past.c - levels of earlier periods on the scope and base of a later one. */
#include "analyse/measure/past.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/change.h"
#include "tongbao/profile.h"
#include "tongbao/rebase.h"

/* What is asked; the same all the way down. */
struct question {
    const struct tb_measures *ms;
    enum tb_measure level;
    size_t indicator, unit;
};

static struct tb_measured not_computable(void)
{
    return tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, TB_STATUS_NONE);
}

static void cut(struct tb_past *past, enum tb_past_break why)
{
    past->broken = why;
    past->bridged = false;
    past->level = not_computable();
}

static bool adds_up(const struct tb_indicator *indicator)
{
    return (indicator->kind == TB_KIND_FLOW || indicator->kind == TB_KIND_STOCK ||
            indicator->kind == TB_KIND_COUNT) &&
           indicator->uom.kind != TB_UOM_PERCENT && indicator->uom.kind != TB_UOM_INDEX;
}

/* A quotient of a merged unit: the sums of its parts divided. */
static struct tb_measured ratio_of_parts(const struct question *q, const struct tb_scope *scope,
                                         struct tb_period then)
{
    const struct tb_profile *profile = q->ms->profile;
    const struct tb_indicator *indicator = &profile->indicators[q->indicator];
    struct tb_rational above = { 0, 1 }, below = { 0, 1 }, a, b;
    struct tb_measured sum = tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE), part;

    for (size_t i = 0; i < scope->n; i++) {
        if (!tb_unit_valid_in(&profile->units[scope->part[i]], then))
            continue;
        uint8_t known =
            tb_ratio_sides(q->ms, q->level, q->indicator, scope->part[i], then, &a, &b, &part);
        if (known != TB_KNOWN)
            return tb_measured_unknown((enum tb_known)known, part.status);
        if (!tb_rational_add(above, a, &above) || !tb_rational_add(below, b, &below))
            return not_computable();
        part.provisional |= sum.known == TB_KNOWN && sum.provisional;
        part.unranked |= sum.known == TB_KNOWN && sum.unranked;
        sum = part;
        sum.known = TB_KNOWN;
    }
    if (sum.known == TB_KNOWN && !tb_ratio_divide(indicator, above, below, &sum.number))
        return not_computable();
    return sum;
}

/* The sum over the parts that were there; unknown when one of them is. */
static struct tb_measured sum_of_parts(const struct question *q, const struct tb_scope *scope,
                                       struct tb_period then)
{
    const struct tb_profile *profile = q->ms->profile;
    struct tb_measured sum = tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE);

    if (scope->n == 1)
        return tb_measures_level(q->ms, q->level, q->indicator, scope->part[0], then);
    if (tb_indicator_is_ratio(&profile->indicators[q->indicator]))
        return ratio_of_parts(q, scope, then);
    for (size_t i = 0; i < scope->n; i++) {
        if (!tb_unit_valid_in(&profile->units[scope->part[i]], then))
            continue;
        struct tb_measured part =
            tb_measures_level(q->ms, q->level, q->indicator, scope->part[i], then);
        if (part.known != TB_KNOWN)
            return part;
        if (sum.known == TB_KNOWN && !tb_rational_add(sum.number, part.number, &part.number))
            return not_computable();
        part.provisional |= sum.known == TB_KNOWN && sum.provisional;
        part.unranked |= sum.known == TB_KNOWN && sum.unranked;
        sum = part;
    }
    return sum;
}

/* One earlier period in the scope of a later one. */
static void in_scope(const struct question *q, struct tb_period now, struct tb_period then,
                     struct tb_past *past)
{
    const struct tb_profile *profile = q->ms->profile;
    const struct tb_indicator *indicator = &profile->indicators[q->indicator];
    struct tb_scope scope;

    tb_scope_between(profile, q->unit, then, now, &scope);
    past->change = scope.broken ? scope.broken : scope.bridged ? scope.bridged : past->change;
    if (scope.broken) {
        cut(past, TB_PAST_CHANGED);
        return;
    }
    if (scope.n > 1 && !adds_up(indicator) && !tb_indicator_is_ratio(indicator)) {
        cut(past, TB_PAST_NOT_ADDITIVE);
        return;
    }
    past->bridged |= scope.bridged != NULL;
    past->level = sum_of_parts(q, &scope, then);
}

/* --- cumulated levels --- */

static struct tb_period start_of(const struct question *q, struct tb_period period)
{
    return tb_period_year_start(period, q->ms->profile->set.year_start);
}

/* Whether the scope changed on a day after the first of the year so far. */
static bool changes_within_year(const struct question *q, struct tb_period now,
                                struct tb_period then)
{
    const struct tb_profile *profile = q->ms->profile;
    struct tb_scope scope;

    if (tb_scope_changes(profile, q->unit, tb_period_first_day(start_of(q, now)),
                         tb_period_last_day(now)))
        return true;
    /* In the year before: of the unit, or of what its parts were then. */
    tb_scope_between(profile, q->unit, then, now, &scope);
    for (size_t i = 0; i < scope.n && !scope.broken; i++)
        if (tb_scope_changes(profile, scope.part[i], tb_period_first_day(start_of(q, then)),
                             tb_period_last_day(then)))
            return true;
    return scope.broken && scope.broken->day <= tb_period_last_day(then);
}

/* Adds *more to *sum; the first stands for itself. */
static bool pour(struct tb_measured *sum, const struct tb_measured *more)
{
    bool provisional = more->provisional || (sum->known == TB_KNOWN && sum->provisional);
    bool unranked = more->unranked || (sum->known == TB_KNOWN && sum->unranked);
    struct tb_rational number = more->number;

    if (sum->known == TB_KNOWN && !tb_rational_add(sum->number, more->number, &number))
        return false;
    *sum = *more;
    sum->number = number;
    sum->provisional = provisional;
    sum->unranked = unranked;
    return true;
}

/* The year so far month by month: what the unit cumulates this year, each month of
 * it against the same month then.  Its months must add up to what it cumulates. */
static void by_periods(const struct question *q, struct tb_period now, struct tb_period then,
                       struct tb_past *past)
{
    const struct tb_profile *profile = q->ms->profile;
    const struct tb_unit *unit = &profile->units[q->unit];
    struct question single = *q;
    struct tb_measured sum = tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE), of_year = sum;
    struct tb_measured whole = tb_measures_level(q->ms, q->level, q->indicator, q->unit, now);
    struct tb_period at = start_of(q, now);

    single.level = TB_MEASURE_VALUE;
    for (; at.index <= now.index; at.index++) {
        struct tb_period past_at = { at.freq, at.index - (now.index - then.index) };
        struct tb_past one = { .level = sum, .change = past->change };
        struct tb_measured own =
            tb_measures_level(q->ms, TB_MEASURE_VALUE, q->indicator, q->unit, at);
        if (!tb_indicator_expected(&profile->indicators[q->indicator], at) ||
            !tb_unit_valid_in(unit, at))
            continue;
        in_scope(&single, at, past_at, &one);
        past->change = one.change;
        past->bridged |= one.bridged;
        if (one.broken != TB_PAST_WHOLE) {
            cut(past, one.broken);
            return;
        }
        if (own.known != TB_KNOWN || one.level.known != TB_KNOWN) {
            past->level = tb_measured_unknown(TB_UNKNOWN_NO_DATA, TB_STATUS_NONE);
            return;
        }
        if (!pour(&sum, &one.level) || !pour(&of_year, &own)) {
            past->level = not_computable();
            return;
        }
    }
    past->level = sum;
    /* Figures of before the change in a year that began with it, or months revised. */
    if (past->change && whole.known == TB_KNOWN && of_year.known == TB_KNOWN &&
        tb_rational_cmp(whole.number, of_year.number) != 0)
        cut(past, TB_PAST_CHANGED);
}

/* --- breaks that are no change of units --- */

/* Whether a known change begins in the period, so that a B there is its flag. */
static bool is_explained(const struct question *q, struct tb_period at)
{
    const struct tb_indicator *indicator = &q->ms->profile->indicators[q->indicator];
    tb_day before = tb_period_last_day(tb_indicator_previous(indicator, at));

    for (size_t i = 0; i < indicator->n_rebases; i++)
        if (indicator->rebase[i].from.index == at.index)
            return true;
    return tb_scope_changes(q->ms->profile, q->unit, before, tb_period_last_day(at));
}

/* The latest break that was submitted of an indicator after `then`, up to `now`. */
static bool cell_is_flagged(const struct question *q, size_t indicator, struct tb_period now,
                            struct tb_period then, struct tb_period *at)
{
    const struct tb_indicator_planes *planes = &q->ms->planes[indicator];
    const struct tb_plane *plane = planes->measure[q->level];

    if (!plane || !planes->broken[q->level] || !planes->broken[q->level][q->unit])
        return false;
    for (*at = now; at->index > then.index; at->index--)
        if ((tb_plane_get(plane, *at, q->unit, NULL) & TB_STATUS_MASK) == TB_STATUS_B &&
            !is_explained(q, *at))
            return true;
    return false;
}

/* The same of a quotient: of any of its parts. */
static bool is_flagged(const struct question *q, struct tb_period now, struct tb_period then,
                       struct tb_period *at)
{
    const struct tb_indicator *indicator = &q->ms->profile->indicators[q->indicator];
    const struct tb_formula *formula = indicator->formula;

    if (!tb_indicator_is_ratio(indicator))
        return cell_is_flagged(q, q->indicator, now, then, at);
    for (size_t i = 0; i < formula->numerator.n; i++)
        if (cell_is_flagged(q, formula->numerator.indicator[i], now, then, at))
            return true;
    for (size_t i = 0; i < formula->denominator.n; i++)
        if (cell_is_flagged(q, formula->denominator.indicator[i], now, then, at))
            return true;
    return false;
}

/* Puts the level on the base of `now`; without a link it is cut. */
static void rebase(const struct question *q, struct tb_period now, struct tb_period then,
                   struct tb_past *past)
{
    const struct tb_indicator *indicator = &q->ms->profile->indicators[q->indicator];

    for (size_t i = 0; i < indicator->n_rebases; i++) {
        const struct tb_rebase *change = &indicator->rebase[i];
        if (change->from.index <= then.index || change->from.index > now.index)
            continue;
        past->rebase = change;
        if (!change->is_linked) {
            cut(past, TB_PAST_REBASED);
            return;
        }
        past->bridged = true;
        if (past->level.known == TB_KNOWN &&
            !tb_rational_mul(past->level.number, change->link, &past->level.number))
            past->level = not_computable();
    }
}

/* A unit that opened within that year has only a part of it cumulated: nine months
 * against three are no growth. */
static void check_opening(const struct question *q, struct tb_period now, struct tb_period then,
                          struct tb_past *past)
{
    const struct tb_profile *profile = q->ms->profile;
    const struct tb_unit *unit = &profile->units[q->unit];

    if (unit->valid_from == TB_DAY_NONE && unit->n_absences == 0)
        return; /* it always was there */
    struct tb_period from = q->level == TB_MEASURE_YTD ? start_of(q, then) : then;
    if (past->change && past->level.known == TB_KNOWN)
        return; /* the parts were there */
    past->opened = tb_unit_opened(profile, q->unit, past->level.known == TB_KNOWN ? then : now);
    if (past->opened == TB_DAY_NONE || past->opened <= tb_period_first_day(from) ||
        past->opened > tb_period_last_day(now))
        return;
    if (q->level == TB_MEASURE_YTD || past->level.known != TB_KNOWN) {
        past->broken = TB_PAST_OPENED;
        past->bridged = false;
        if (past->level.known == TB_KNOWN)
            past->level = tb_measured_unknown(TB_UNKNOWN_NOT_COMPUTABLE, past->level.status);
    }
}

struct tb_past tb_past_level(const struct tb_measures *ms, enum tb_measure level, size_t indicator,
                             size_t unit, struct tb_period now, struct tb_period then)
{
    const struct tb_unit *of = &ms->profile->units[unit];
    struct question q = { ms, level, indicator, unit };
    struct tb_past past = { .opened = TB_DAY_NONE };

    if (!of->changed)
        past.level = tb_measures_level(ms, level, indicator, unit, then);
    else if (level == TB_MEASURE_YTD && changes_within_year(&q, now, then))
        by_periods(&q, now, then, &past);
    else
        in_scope(&q, now, then, &past);
    if (past.broken == TB_PAST_WHOLE && is_flagged(&q, now, then, &past.flagged))
        cut(&past, TB_PAST_FLAGGED);
    if (past.broken == TB_PAST_WHOLE)
        rebase(&q, now, then, &past);
    if (past.broken == TB_PAST_WHOLE)
        check_opening(&q, now, then, &past);
    return past;
}

/* --- in words --- */

const char *tb_past_word(const struct tb_past *past)
{
    switch (past->broken) {
    case TB_PAST_CHANGED:
        return tb_change_word(past->change->kind);
    case TB_PAST_OPENED:
        return "opened";
    case TB_PAST_FLAGGED:
        return "flagged";
    case TB_PAST_REBASED:
        return "rebased";
    case TB_PAST_NOT_ADDITIVE:
        return "not_additive";
    default:
        return past->rebase ? "rebased" : past->change ? tb_change_word(past->change->kind) : "";
    }
}

tb_day tb_past_day(const struct tb_past *past)
{
    switch (past->broken) {
    case TB_PAST_OPENED:
        return past->opened;
    case TB_PAST_FLAGGED:
        return tb_period_first_day(past->flagged);
    default:
        return past->rebase   ? tb_period_first_day(past->rebase->from)
               : past->change ? past->change->day
                              : TB_DAY_NONE;
    }
}

void tb_past_describe(const struct tb_profile *profile, const struct tb_past *past,
                      const char *lang, struct tb_buf *out)
{
    bool zh = strncmp(lang, "zh", 2) == 0;
    char text[TB_DATE_TEXT], period[TB_PERIOD_TEXT];

    if (past->broken == TB_PAST_OPENED) {
        tb_day_format(past->opened, text);
        tb_buf_printf(out, zh ? "%s 设立" : "opened on %s", text);
    } else if (past->broken == TB_PAST_FLAGGED) {
        tb_period_format(past->flagged, period);
        tb_buf_printf(out, zh ? "%s 报送为口径变化（B）" : "reported as a break (B) in %s", period);
    } else if (past->rebase) {
        tb_period_format(past->rebase->from, period);
        tb_buf_printf(out, zh ? "%s 起基期改为 %s" : "from %s on the base is %s", period,
                      past->rebase->base);
        if (past->rebase->is_linked)
            tb_buf_puts(out, zh ? "（已衔接）" : " (linked)");
    } else if (past->change) {
        tb_change_describe(profile, past->change, lang, out);
    }
    if (past->broken == TB_PAST_NOT_ADDITIVE)
        tb_buf_puts(out, zh ? "；各部分不能相加" : "; the parts do not add up");
}
