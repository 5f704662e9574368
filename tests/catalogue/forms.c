/* forms.c - for each form of target, figures that meet it and figures that just miss it.
 * What each form demands is told in words in the catalogue's column rule_plain. */
#include "catalogue.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/date.h"

typedef bool form_writer(struct world *world, const struct row *row, const char *unit);

/* At the threshold, or one step to the wrong side of it; strict ones at one step to the right. */
static double bound(const struct world *world, const struct row *row, double threshold, bool at_most)
{
    bool strict = row->operator[0] != 0 && row->operator[1] == 0 && strchr("<>", row->operator[0]) != NULL;
    double away = at_most ? -row->step : row->step;

    if (strict)
        return world->met ? threshold + away : threshold;
    return world->met ? threshold : threshold - away;
}

static bool level(struct world *world, const struct row *row, const char *unit)
{
    put_amount(world, row, unit, row->indicator, bound(world, row, row->number, false));
    return true;
}

static bool quota(struct world *world, const struct row *row, const char *unit)
{
    fprintf(world->quotas, "%s,%s,,10,\n", row->id, unit);
    put_amount(world, row, unit, row->indicator, bound(world, row, 10, row->operator[0] == '<'));
    return true;
}

static bool at_most(struct world *world, const struct row *row, const char *unit)
{
    if (strstr(row->rule, "quota")) /* 省控制指标: a ceiling that is assigned */
        return quota(world, row, unit);
    if (*row->threshold >= '0' && *row->threshold <= '9') {
        put_amount(world, row, unit, row->indicator, bound(world, row, row->number, true));
        return true;
    }
    /* Not above the level of the period that it is compared with. */
    bool growth = strcmp(row->basis, "growth_yoy") == 0;
    int32_t before = growth ? 12 : 1;
    put_at(world, row, unit, row->indicator, row->end - before, 5);
    put_at(world, row, unit, row->indicator, row->end, world->met ? 5 : 6);
    return true;
}

/* A task as it is reported: done by the due day, with evidence; or so many percent. */
static void put_task(struct world *world, const struct row *row, const char *unit, double percent)
{
    const char *due = tb_table_get(world->catalogue, row->at, "due");
    struct tb_period period = period_of(row, row->end);

    put(world, unit, row->indicator, "value", period, percent);
    if (percent < 100 || strcmp(row->kind, "milestone") != 0)
        return;
    put_text(world, unit, row->indicator, "evidence", period, "figures of the test");
    char last[TB_DATE_TEXT];
    tb_day_format(tb_period_last_day(period), last);
    put_text(world, unit, row->indicator, "done_on", period, *due ? due : last);
}

static bool whole(struct world *world, const struct row *row, const char *unit)
{
    if (strstr(row->rule, "done"))
        put_task(world, row, unit, world->met ? 100 : 99.9);
    else
        put_at(world, row, unit, row->indicator, row->end, world->met ? 100 : 99.9);
    return true;
}

static bool none_happened(struct world *world, const struct row *row, const char *unit)
{
    put_amount(world, row, unit, row->indicator, world->met ? 0 : 1);
    return true;
}

static bool something_happened(struct world *world, const struct row *row, const char *unit)
{
    put_amount(world, row, unit, row->indicator, world->met ? 1 : 0);
    return true;
}

static bool nothing_asked(struct world *world, const struct row *row, const char *unit)
{
    if (!world->met) /* a task of 0 cannot be missed */
        return false;
    put_amount(world, row, unit, row->indicator, 0);
    return true;
}

static bool growth(struct world *world, const struct row *row, const char *unit)
{
    put_growth(world, row, unit, row->indicator, world->met ? row->number : row->number - 0.1);
    return true;
}

static bool growth_about(struct world *world, const struct row *row, const char *unit)
{
    put_growth(world, row, unit, row->indicator, row->number - (world->met ? 0.5 : 0.6));
    return true;
}

static bool falls_by(struct world *world, const struct row *row, const char *unit)
{
    put_growth(world, row, unit, row->indicator, world->met ? -row->number : 0.1 - row->number);
    return true;
}

static bool level_about(struct world *world, const struct row *row, const char *unit)
{
    double wide = strcmp(row->basis, "share") == 0 ? 0.5 : row->number / 20;
    double away = row->lower ? wide : -wide;

    put_amount(world, row, unit, row->indicator, row->number + away * (world->met ? 1 : 1.02));
    return true;
}

static bool on_schedule(struct world *world, const struct row *row, const char *unit)
{
    double share = row->number > 0 ? row->number : 100; /* at its end all time has gone by */

    put_at(world, row, unit, row->indicator, row->end, world->met ? share : share - 0.1);
    return true;
}

static bool each_unit(struct world *world, const struct row *row, const char *unit)
{
    char group[NAME], code[MAX_UNITS][NAME];
    size_t n = argument_of(row->rule, "all", group) ? members(world, group, unit, code) : 0;

    if (n == 0) {
        put_amount(world, row, unit, row->indicator, world->met ? row->number : row->number - 1);
        return true;
    }
    for (size_t i = 0; i < n; i++) /* one below is enough to miss it */
        put_amount(world, row, code[i], row->indicator,
                   world->met || i + 1 < n ? row->number : row->number - 1);
    return true;
}

/* So many in each period of its own; in the last one, one fewer. */
static void put_events(struct world *world, const struct row *row, const char *unit, double missing)
{
    struct tb_period last = period_of(row, row->end);
    struct tb_period before = period_of(row, row->start - 1);
    double often = row->number > 0 ? row->number : 1;

    if (strstr(row->rule, "ytd")) { /* so many in the year */
        put(world, unit, row->indicator, "ytd", last, often - missing);
        return;
    }
    for (int32_t i = before.index + 1; i <= last.index; i++)
        put(world, unit, row->indicator, "value", (struct tb_period){ last.freq, i },
            i == last.index ? often - missing : often);
}

static bool recurring(struct world *world, const struct row *row, const char *unit)
{
    char group[NAME], code[MAX_UNITS][NAME];
    size_t n = argument_of(row->rule, "all", group) ? members(world, group, unit, code) : 0;

    if (n == 0)
        put_events(world, row, unit, world->met ? 0 : 1);
    for (size_t i = 0; i < n; i++)
        put_events(world, row, code[i], world->met || i > 0 ? 0 : 1);
    return true;
}

static const char *grade_word(const struct world *world, const struct row *row, size_t at, char word[NAME])
{
    const char *p = indicator_cell(world, row->indicator, "grades");

    for (; at > 0 && strchr(p, ';'); at--)
        p = strchr(p, ';') + 1;
    snprintf(word, NAME, "%.*s", (int)strcspn(p, ";"), p);
    return word;
}

static bool grade_reached(struct world *world, const struct row *row, const char *unit)
{
    char word[NAME];

    if (world->met) /* the best there is; without a published result it is missed */
        put_word(world, unit, row->indicator, period_of(row, row->end), grade_word(world, row, 0, word));
    return true;
}

static bool grade_kept(struct world *world, const struct row *row, const char *unit)
{
    char word[NAME];
    struct tb_period now = period_of(row, row->end);

    put_word(world, unit, row->indicator, (struct tb_period){ now.freq, now.index - 1 }, grade_word(world, row, 1, word));
    put_word(world, unit, row->indicator, now, grade_word(world, row, world->met ? 1 : 2, word));
    return true;
}

static bool grade_as_published(struct world *world, const struct row *row, const char *unit)
{
    char word[NAME], other[NAME];
    size_t at = 0;

    while (at < 9 && !strstr(grade_word(world, row, at, word), row->threshold))
        at++;
    grade_word(world, row, at == 0 ? 1 : 0, other);
    put_word(world, unit, row->indicator, period_of(row, row->end), world->met ? word : other);
    return true;
}

/* Before and now; `equal` says whether standing still is enough. */
static void put_move(struct world *world, const struct row *row, const char *unit, int32_t back, bool equal)
{
    double better = row->lower ? 9 : 11, worse = row->lower ? 11 : 9;
    const char *measure = strcmp(row->basis, "growth_mom") == 0 ? "growth" : NULL;
    double now = world->met ? (equal ? 10 : better) : (equal ? worse : 10);

    for (int i = 0; i < 2; i++) {
        double number = i ? now : 10;
        if (measure)
            put(world, unit, row->indicator, measure, period_of(row, row->end - (i ? 0 : back)), number);
        else
            put_at(world, row, unit, row->indicator, row->end - (i ? 0 : back), number);
    }
}

static bool above_last_year(struct world *world, const struct row *row, const char *unit)
{
    put_move(world, row, unit, 12, false);
    return true;
}

static bool above_last_month(struct world *world, const struct row *row, const char *unit)
{
    put_move(world, row, unit, 1, false);
    return true;
}

static bool not_below_last_year(struct world *world, const struct row *row, const char *unit)
{
    put_move(world, row, unit, 12, true);
    return true;
}

static bool declines(struct world *world, const struct row *row, const char *unit)
{
    put_at(world, row, unit, row->indicator, row->end - 12, 5);
    put_at(world, row, unit, row->indicator, row->end, world->met ? 4 : 5);
    return true;
}

static bool fewer(struct world *world, const struct row *row, const char *unit)
{
    put_at(world, row, unit, row->indicator, row->end - 1, 3);
    put_at(world, row, unit, row->indicator, row->end, world->met ? 2 : 3);
    return true;
}

static bool points_up(struct world *world, const struct row *row, const char *unit)
{
    put_at(world, row, unit, row->indicator, row->end - 12, 80);
    put_at(world, row, unit, row->indicator, row->end, 80 + row->number - (world->met ? 0 : 0.1));
    return true;
}

static size_t group_of(const struct world *world, const struct row *row, char group[NAME])
{
    char code[MAX_UNITS][NAME];

    if (!argument_of(row->rule, "rank", group) && !argument_of(row->rule, "bottom", group) &&
        !argument_of(row->rule, "area", group))
        snprintf(group, NAME, "city");
    return members(world, group, "", code);
}

static bool place_at_most(struct world *world, const struct row *row, const char *unit)
{
    char group[NAME];
    size_t place = (size_t)row->number;

    group_of(world, row, group);
    if (strcmp(row->form, "rank_at_most_no_tie") == 0) /* missed by sharing it */
        put_place(world, row, group, unit, row->end, place, world->met ? 0 : 1);
    else
        put_place(world, row, group, unit, row->end, world->met ? place : place + 1, 0);
    return true;
}

static bool not_among_last(struct world *world, const struct row *row, const char *unit)
{
    char group[NAME];
    size_t n = group_of(world, row, group), k = (size_t)row->number;

    put_place(world, row, group, unit, row->end, world->met ? n - k : n - k + 1, 0);
    return true;
}

static bool place_better(struct world *world, const struct row *row, const char *unit)
{
    char group[NAME];

    group_of(world, row, group);
    struct tb_period now = period_of(row, row->end);
    int32_t back = strcmp(row->threshold, "上年排名") == 0 ? 12 : now.freq == TB_FREQ_QUARTER ? 3 : now.freq == TB_FREQ_ANNUAL ? 12 : 1;
    put_place(world, row, group, unit, row->end - back, 3, 0);
    put_place(world, row, group, unit, row->end, world->met ? 2 : 3, 0);
    return true;
}

static bool place_in_front(struct world *world, const struct row *row, const char *unit)
{
    char group[NAME];
    size_t n = group_of(world, row, group), front = (n + 2) / 3;

    put_place(world, row, group, unit, row->end, world->met ? front : front + 1, 0);
    return true;
}

static bool place_as_published(struct world *world, const struct row *row, const char *unit)
{
    char group[NAME], code[MAX_UNITS][NAME];
    size_t n = group_of(world, row, group);
    size_t place = (size_t)row->number;

    if (place > 0) {
        put_place(world, row, group, unit, row->end, world->met ? place : place == n ? 1 : place + 1, 0);
        return true;
    }
    /* A list of units at one end of the table: all of them there, or at the other end. */
    if (strcmp(unit, row->unit[0]) != 0)
        return true;
    bool first = strstr(row->threshold, "前") != NULL;
    n = members(world, group, "", code);
    if (!world->met && 2 * row->n_units > n) /* more than half cannot all be elsewhere */
        return false;
    size_t front = 1, back = n;
    for (size_t i = 0; i < n; i++) {
        bool named = false;
        for (size_t u = 0; u < row->n_units; u++)
            named = named || strcmp(row->unit[u], code[i]) == 0;
        char given[NAME + 8];
        snprintf(given, sizeof given, "rank(%s)", group);
        bool to_front = named == (first == world->met);
        put(world, code[i], row->indicator, given, period_of(row, row->end), (double)(to_front ? front++ : back--));
    }
    return true;
}

static bool value_as_published(struct world *world, const struct row *row, const char *unit)
{
    const char *said = strstr(row->plain, "observed value");

    if (!said)
        return false;
    double number = strtod(said + strcspn(said, "0123456789"), NULL);
    put_at(world, row, unit, row->indicator, row->end, world->met ? number : number + 1);
    return true;
}

static bool known(struct world *world, const struct row *row, const char *unit)
{
    char group[NAME];

    if (!world->met)
        return true;
    if (argument_of(row->rule, "rank", group) && strcmp(unit, row->unit[0]) == 0)
        put_place(world, row, group, unit, row->end, 3, 0);
    else if (!argument_of(row->rule, "rank", group))
        put_at(world, row, unit, row->indicator, row->end, 80);
    return true;
}

static bool above_peers(struct world *world, const struct row *row, const char *unit)
{
    char group[NAME];

    group_of(world, row, group);
    const char *area = area_of(world, group);
    if (strcmp(row->basis, "share") == 0) {
        put_at(world, row, area, row->indicator, row->end, 50);
        put_at(world, row, unit, row->indicator, row->end, bound(world, row, 50, false));
        return true;
    }
    put_growth(world, row, area, row->indicator, 5);
    put_growth(world, row, unit, row->indicator, world->met ? 5.1 : 5);
    return true;
}

static bool follows_other(struct world *world, const struct row *row, const char *unit)
{
    char name[MAX_NAMES][NAME];

    if (names_in_brackets(row->rule, name) == 0)
        return false;
    put_growth(world, row, unit, indicator_cell(world, name[0], "indicator"), 6);
    put_growth(world, row, unit, row->indicator, world->met ? 5 : 4.9);
    return true;
}

static bool stepped(struct world *world, const struct row *row, const char *unit)
{
    for (const char *p = row->threshold; *p; p += strcspn(p, ";"), p += *p == ';') {
        int32_t month = (int)strtol(p, NULL, 10) * 12 + (int)strtol(p + 5, NULL, 10) - 1;
        const char *sign = p + strcspn(p, "<>=");
        bool strict = sign[1] != '=', last = !strchr(p, ';');
        double at = strtod(sign + strspn(sign, "<>="), NULL);
        double enough = strict ? at + 1 : at;
        put_at(world, row, unit, row->indicator, month, world->met || !last ? enough : enough - 1);
    }
    return true;
}

static bool cases(struct world *world, const struct row *row, const char *unit)
{
    char class[NAME];

    if (!argument_of(row->rule, "late_cases", class)) {
        put_amount(world, row, unit, row->indicator, bound(world, row, row->number, true));
        return true;
    }
    fprintf(world->cases, "%s,%s,%s,%d-06-05,%d-%s,\n", row->id, strchr(row->rule, ')') ? class : "", unit,
            (int)(row->end / 12), (int)(row->end / 12), world->met ? "06-05" : "11-05");
    return true;
}

/* Of all of them, and the same whether met or missed: the day on which the file comes decides. */
static bool handed_in(struct world *world, const struct row *row, const char *unit)
{
    char group[NAME], code[MAX_UNITS][NAME];
    size_t n = argument_of(row->rule, "all", group) ? members(world, group, unit, code) : 0;

    if (n == 0)
        memcpy(code[n++], unit, NAME);
    for (size_t i = 0; i < n; i++)
        put(world, code[i], row->indicator, "value", period_of(row, row->end), 100);
    return true;
}

static bool done(struct world *world, const struct row *row, const char *unit)
{
    if (strstr(row->rule, "on_time"))
        return handed_in(world, row, unit);
    put_task(world, row, unit, world->met ? 100 : 90);
    return true;
}

static bool no_target(struct world *world, const struct row *row, const char *unit)
{
    put_at(world, row, unit, row->indicator, row->end, 1);
    return world->met;
}

static const struct {
    const char *form;
    form_writer *write;
} forms[] = {
    { "level_at_least", level },
    { "first_of_kind", level },
    { "raised_from_to", level },
    { "range", level },
    { "share_at_least", level },
    { "level_at_most", at_most },
    { "rate_100_by_date", whole },
    { "zero_tolerance_count", none_happened },
    { "nonzero_required", something_happened },
    { "quota_external", quota },
    { "vacuous_zero_target", nothing_asked },
    { "no_target_declared", no_target },
    { "growth_at_least", growth },
    { "growth_about", growth_about },
    { "growth_decrease_at_least", falls_by },
    { "level_about", level_about },
    { "time_proportional_progress", on_schedule },
    { "progress_share_of_annual", on_schedule },
    { "each_unit_at_least", each_unit },
    { "recurring_frequency", recurring },
    { "grade_at_least", grade_reached },
    { "grade_not_worse", grade_kept },
    { "grade_reported", grade_as_published },
    { "improves_on_last_year", above_last_year },
    { "improves_on_last_month", above_last_month },
    { "not_below_last_year", not_below_last_year },
    { "declines", declines },
    { "lagging_count_decreases", fewer },
    { "change_points_at_least", points_up },
    { "rank_at_most", place_at_most },
    { "rank_at_most_no_tie", place_at_most },
    { "rank_not_bottom_k", not_among_last },
    { "rank_improves", place_better },
    { "rank_front_vague", place_in_front },
    { "rank_reported", place_as_published },
    { "value_reported", value_as_published },
    { "score_ranked", known },
    { "growth_above_peer_mean", above_peers },
    { "share_above_peer_mean", above_peers },
    { "versus_other_indicator", follows_other },
    { "stepped_by_dates", stepped },
    { "per_case_time_limit", cases },
    { "milestone_by_date", done },
    { "recurring_deadline", done },
    { "compound", each_unit },
};

bool form_write(struct world *world, const struct row *row)
{
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        if (strcmp(row->form, forms[f].form) != 0)
            continue;
        bool written = row->n_units > 0;
        for (size_t u = 0; u < row->n_units && written; u++)
            written = forms[f].write(world, row, row->unit[u]);
        return written;
    }
    fprintf(stderr, "%s: form '%s' is not known here\n", row->id, row->form);
    exit(2);
}
