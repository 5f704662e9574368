/* parts.c - targets whose rule_plain asks for several things at once, or of every unit of two
 * groups: the figures of each part, and by how little the last one misses. */
#include "catalogue.h"

#include <math.h>
#include <string.h>

#define ABSENT NAN   /* nothing is submitted */
#define EACH "each"  /* the value of each period of its own within the target's last one; the last may miss */

static const struct part {
    const char *id, *who; /* a group of which every unit is asked; NULL: the target's own units */
    const char *indicator, *measure;
    int back; /* months */
    double enough, less;
} parts[] = {
    /* every allowance above last year's */
    { "D002-073", NULL, "urban_subsistence", "value", 12, 10, 10 },
    { "D002-073", NULL, "rural_subsistence", "value", 12, 10, 10 },
    { "D002-073", NULL, "disability_living", "value", 12, 10, 10 },
    { "D002-073", NULL, "disability_care", "value", 12, 10, 10 },
    { "D002-073", NULL, "urban_subsistence", "value", 0, 11, 11 },
    { "D002-073", NULL, "rural_subsistence", "value", 0, 11, 11 },
    { "D002-073", NULL, "disability_living", "value", 0, 11, 11 },
    { "D002-073", NULL, "disability_care", "value", 0, 11, 10 },
    { "D004-056", NULL, "urban_subsistence", "value", 12, 10, 10 },
    { "D004-056", NULL, "rural_subsistence", "value", 12, 10, 10 },
    { "D004-056", NULL, "medical_subsidy", "value", 12, 10, 10 },
    { "D004-056", NULL, "disability_living", "value", 12, 10, 10 },
    { "D004-056", NULL, "disability_care", "value", 12, 10, 10 },
    { "D004-056", NULL, "urban_subsistence", "value", 0, 11, 11 },
    { "D004-056", NULL, "rural_subsistence", "value", 0, 11, 11 },
    { "D004-056", NULL, "medical_subsidy", "value", 0, 11, 10 },
    { "D004-056", NULL, "disability_living", "value", 0, 11, 11 },
    { "D004-056", NULL, "disability_care", "value", 0, 11, 11 },
    /* 旬简报、月通报、季总结: each ten days and each month of the quarter, and it */
    { "D002-080", NULL, "review", "value", 0, 1, 1 },
    { "D002-080", NULL, "bulletin", EACH, 0, 1, 1 },
    { "D002-080", NULL, "brief", EACH, 0, 1, 0 },
    { "D004-063", NULL, "review", "value", 0, 1, 1 },
    { "D004-063", NULL, "bulletin", EACH, 0, 1, 0 },
    { "D004-063", NULL, "brief", EACH, 0, 1, 1 },
    { "D004-654", NULL, "dt_review", "value", 0, 1, 0 },
    { "D004-654", NULL, "dt_monthly_review", EACH, 0, 1, 1 },
    { "D004-654", NULL, "dt_brief", EACH, 0, 1, 1 },
    /* 一季一观摩一比拼一排队一讲评 */
    { "D002-169", NULL, "project_visits", "value", 0, 1, 1 },
    { "D002-169", NULL, "project_contests", "value", 0, 1, 1 },
    { "D002-169", NULL, "project_rankings", "value", 0, 1, 1 },
    { "D002-169", NULL, "project_reviews", "value", 0, 1, 0 },
    { "D002-171", NULL, "trade", "ytd_growth", 0, 15, 15 },
    { "D002-171", NULL, "fdi", "ytd_growth", 0, 60, 60 },
    { "D002-171", NULL, "domestic_capital", "ytd_growth", 0, 15, 14.9 },
    { "D002-222", NULL, "projects_landed", "value", 12, 60, 60 },
    { "D002-222", NULL, "projects_built", "value", 12, 60, 60 },
    { "D002-222", NULL, "projects_producing", "value", 12, 60, 60 },
    { "D002-222", NULL, "projects_landed", "value", 0, 61, 61 },
    { "D002-222", NULL, "projects_built", "value", 0, 61, 61 },
    { "D002-222", NULL, "projects_producing", "value", 0, 61, 60 },
    { "D002-223", NULL, "design_centres_national", "ytd", 0, 1, 2 },
    { "D002-223", NULL, "service_manufacturing", "ytd", 0, 1, 0 },
    { "D002-381", NULL, "iron_rules_punished", "value", 0, 100, 100 },
    { "D002-381", NULL, "iron_rules_exposed", "value", 0, 100, 99.9 },
    { "D002-802", "sd_livelihood", "livelihood_score", "value", 0, 80, 80 },
    { "D002-802", "sd_townships", "livelihood_score", "value", 0, 80, ABSENT },
    { "D004-017", NULL, "business_env_evaluated", "value", 0, 100, 100 },
    { "D004-017", NULL, "business_env_evaluation", "rank(prov_counties)", 0, 34, 35 },
    { "D004-342", "dt_towns", "enforcement_systems", "value", 0, 3, 3 },
    { "D004-342", "dt_units", "enforcement_systems", "value", 0, 3, 2 },
    { "D004-591", NULL, "duty_list_yearly_task_list", "value", 0, 2, 2 },
    { "D004-591", "dt_towns", "duty_list_yearly_task_list", "value", 0, 2, 1 },
};

static void write_each(struct world *world, const struct row *row, const struct part *part,
                       const char *unit, double last)
{
    struct tb_period before = period_of(row, row->end);
    struct tb_period end = period_for(world, part->indicator, row->end);

    before.index--;
    before = tb_period_within(before, end.freq);
    for (int32_t i = before.index + 1; i <= end.index; i++)
        put(world, unit, part->indicator, "value", (struct tb_period){ end.freq, i },
            i == end.index ? last : part->enough);
}

/* Of a group only the last unit misses it, of the target's own units each does. */
static void write_part(struct world *world, const struct row *row, const struct part *part)
{
    char code[MAX_UNITS][NAME];
    struct tb_period period = period_for(world, part->indicator, row->end - part->back);
    size_t n = row->n_units;

    if (part->who)
        n = members(world, part->who, "", code);
    else
        memcpy(code, row->unit, sizeof code);
    for (size_t i = 0; i < n; i++) {
        double number = world->met || (part->who && i + 1 < n) ? part->enough : part->less;
        if (strcmp(part->measure, EACH) == 0) {
            write_each(world, row, part, code[i], number);
            continue;
        }
        if (!isnan(number))
            put(world, code[i], part->indicator, part->measure, period, number);
    }
}

/* Both companies need AA+; one at AA misses it. */
static void write_ratings(struct world *world, const struct row *row)
{
    char code[MAX_UNITS][NAME];
    size_t n = members(world, "sd_platforms", "", code);

    for (size_t i = 0; i < n; i++)
        put_word(world, code[i], row->indicator, period_of(row, row->end),
                 world->met || i + 1 < n ? "AA+" : "AA");
}

bool parts_write(struct world *world, const struct row *row)
{
    bool any = false;

    if (strcmp(row->id, "D002-217") == 0) {
        write_ratings(world, row);
        return true;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strcmp(parts[i].id, row->id) != 0)
            continue;
        write_part(world, row, &parts[i]);
        any = true;
    }
    return any;
}
