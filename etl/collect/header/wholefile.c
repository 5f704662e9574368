/* wholefile.c - what the name, the folder or the title lines of a file say of
 * all its rows: the unit, the period, the indicator.
 */
#include "collect/header/header.h"

#include <string.h>

#include "collect/rows/sections.h"
#include "collect/header/titles.h"
#include "tongbao/buf.h"

/* --- where to look --- */

struct place {
    const struct tb_file_facts *facts;
    const struct tb_sample *sample;
    uint32_t header_line;    /* titles stand above it */
    struct tb_plan *planned; /* NULL while heads are read */
};

/* --- the year of periods like `4月` --- */

/* Above the header, else in the name; 0 also where two are spoken of. */
static int whole_year(const struct place *at)
{
    const struct tb_file_facts *facts = at->facts;
    int year = 0;

    for (size_t r = 0; r < at->sample->n && at->sample->row[r].line < at->header_line; r++) {
        for (size_t c = 0; c < at->sample->row[r].n; c++) {
            int other = tb_titles_year_in(tb_sample_cell(at->sample, r, c));
            if (other < 0 || (other && year && other != year))
                return 0;
            year = other ? other : year;
        }
    }
    if (year == 0 && facts->period_text)
        year = tb_titles_year_in(facts->period_text);
    if (year == 0)
        year = tb_titles_year_in(facts->name);
    return year > 0 ? year : 0;
}

/* --- what else they say --- */

/* The text of `cell:R2C1`. */
static const char *cell_at(const struct place *at, const struct tb_source_of *from)
{
    for (size_t r = 0; r < at->sample->n; r++) {
        if (at->sample->row[r].line == from->row + at->sample->base && from->column > 0)
            return tb_sample_cell(at->sample, r, from->column - 1);
    }
    return "";
}

/* What is looked for, and what comes of it. */
struct wanted {
    enum tb_titles_of of;
    struct tb_titles_found found;
    struct tb_buf *names; /* of several, or NULL */
};

static enum tb_titles_say see(const struct place *at, const char *text, struct wanted *wanted)
{
    return tb_titles_look_into(at->facts->profile, text, wanted->of, &wanted->found,
                               wanted->names);
}

static enum tb_titles_say in_titles(const struct place *at, struct wanted *wanted)
{
    return tb_titles_look(at->facts->profile, at->sample, at->header_line, wanted->of,
                          wanted->of == TB_TITLES_PERIOD ? whole_year(at) : 0, &wanted->found,
                          wanted->names);
}

/* By the form's word; without one, by the captured part of the name, then (units)
 * the sender's folder, then the titles, then the name: the first that says something. */
static enum tb_titles_say look(const struct place *at, const struct tb_source_of *from,
                               const char *captured, struct wanted *wanted)
{
    enum tb_titles_say said = TB_TITLES_NOTHING;

    switch (from->kind) {
    case TB_FROM_FIXED:
        return from->text ? see(at, from->text, wanted) : TB_TITLES_NOTHING;
    case TB_FROM_CELL:
        return see(at, cell_at(at, from), wanted);
    case TB_FROM_TITLE:
        return in_titles(at, wanted);
    case TB_FROM_FILE:
        return see(at, captured ? captured : at->facts->name, wanted);
    case TB_FROM_COLUMN:
        break;
    }
    if (captured)
        said = see(at, captured, wanted);
    if (said == TB_TITLES_NOTHING && wanted->of == TB_TITLES_UNIT)
        said = see(at, at->facts->sender, wanted);
    if (said == TB_TITLES_NOTHING)
        said = in_titles(at, wanted);
    return said == TB_TITLES_NOTHING ? see(at, at->facts->name, wanted) : said;
}

/* True when some column of values leaves the period to the row or the file. */
static bool needs_period(const struct tb_plan *plan)
{
    bool needed = false;

    for (size_t i = 0; i < plan->n_values && !needed; i++)
        needed = !plan->value[i].has_period;
    return needed && plan->role[TB_ROLE_PERIOD] < 0;
}

/* True when some column of values leaves the indicator to the row or the file. */
static bool needs_indicator(const struct tb_plan *plan)
{
    for (size_t i = 0; i < plan->n_values; i++) {
        if (plan->value[i].meaning.indicator == TB_NONE && !plan->value[i].qualified)
            return plan->role[TB_ROLE_INDICATOR] < 0;
    }
    return false;
}

/* What the titles above the first table say holds for later ones that say nothing. */
static bool of_first_table(const struct tb_file_facts *facts, struct tb_plan *plan,
                           enum tb_role role)
{
    const struct tb_plan *first = facts->first;

    if (first && role == TB_ROLE_UNIT && first->unit >= 0 && first->unit != TB_UNIT_OF_COLUMN) {
        plan->unit = first->unit;
        return true;
    }
    if (first && role == TB_ROLE_PERIOD && first->has_period) {
        plan->period = first->period;
        return plan->has_period = true;
    }
    return false;
}

/* Where nothing else states it, rows between the data rows may. */
static bool said_by_sections(const struct place *at, size_t below, enum tb_role role)
{
    struct tb_plan *plan = at->planned;
    enum tb_form_section section = plan->form->section;

    plan->by_section[role] = (role == TB_ROLE_PERIOD && section == TB_SECTION_PERIOD) ||
                             (role == TB_ROLE_INDICATOR && section == TB_SECTION_INDICATOR) ||
                             tb_section_in_sample(at->facts->profile, plan->form, at->sample,
                                                  below, role);
    return plan->by_section[role];
}

/* Each dimension that the columns leave open: false when nothing says it, or several. */
static bool whole_unit(const struct place *at, size_t below, struct tb_buf *names,
                       enum tb_reason *reason)
{
    struct tb_plan *plan = at->planned;
    const struct tb_file_facts *facts = at->facts;
    struct wanted wanted = { .of = TB_TITLES_UNIT, .names = names };

    *reason = TB_REASON_UNIT_UNSTATED;
    if (plan->n_values > 0 && plan->value[0].has_unit) {
        plan->unit = TB_UNIT_OF_COLUMN;
        return true;
    }
    if (plan->role[TB_ROLE_UNIT] >= 0)
        return true;
    enum tb_titles_say said = look(at, &plan->form->unit_from, facts->unit_text, &wanted);
    if (said == TB_TITLES_ONE)
        plan->unit = wanted.found.row;
    if (said != TB_TITLES_NOTHING) {
        *reason = TB_REASON_UNIT_UNCLEAR;
        return said == TB_TITLES_ONE;
    }
    return of_first_table(facts, plan, TB_ROLE_UNIT) || said_by_sections(at, below, TB_ROLE_UNIT);
}

static bool whole_period(const struct place *at, size_t below, struct tb_buf *names,
                         enum tb_reason *reason)
{
    struct tb_plan *plan = at->planned;
    const struct tb_file_facts *facts = at->facts;
    const struct tb_form *form = plan->form;
    struct wanted wanted = { .of = TB_TITLES_PERIOD, .names = names };
    enum tb_titles_say said = TB_TITLES_NOTHING;

    *reason = TB_REASON_PERIOD_UNSTATED;
    if (!needs_period(plan))
        return true;
    if (form->section != TB_SECTION_PERIOD)
        said = look(at, &form->period_from, facts->period_text, &wanted);
    plan->has_period = said == TB_TITLES_ONE;
    if (plan->has_period)
        plan->period = wanted.found.period;
    if (said == TB_TITLES_NOTHING)
        return of_first_table(facts, plan, TB_ROLE_PERIOD) ||
               said_by_sections(at, below, TB_ROLE_PERIOD);
    *reason = TB_REASON_PERIOD_UNCLEAR;
    return plan->has_period || said_by_sections(at, below, TB_ROLE_PERIOD);
}

static bool whole_indicator(const struct place *at, size_t below, struct tb_buf *names,
                            enum tb_reason *reason)
{
    struct tb_plan *plan = at->planned;
    const struct tb_form *form = plan->form;
    struct wanted wanted = { .of = TB_TITLES_INDICATOR, .names = names };
    enum tb_titles_say said = TB_TITLES_NOTHING;

    *reason = TB_REASON_INDICATOR_UNSTATED;
    if (!needs_indicator(plan))
        return true;
    if (form->section != TB_SECTION_INDICATOR)
        said = look(at, &form->indicator_from, NULL, &wanted);
    if (said == TB_TITLES_ONE)
        plan->indicator = wanted.found.row;
    if (said == TB_TITLES_SEVERAL)
        *reason = TB_REASON_INDICATOR_UNCLEAR;
    return said == TB_TITLES_ONE || said_by_sections(at, below, TB_ROLE_INDICATOR);
}

/* What titles and name state of the period, whether or not it is needed. */
static void stated_periods(const struct place *at)
{
    struct tb_plan *plan = at->planned;
    const struct tb_file_facts *facts = at->facts;
    struct wanted title = { .of = TB_TITLES_PERIOD }, name = { .of = TB_TITLES_PERIOD };

    plan->has_title_period = in_titles(at, &title) == TB_TITLES_ONE;
    plan->title_period = title.found.period;
    plan->has_name_period =
        see(at, facts->period_text ? facts->period_text : facts->name, &name) == TB_TITLES_ONE;
    plan->name_period = name.found.period;
}

bool tb_header_whole_file(const struct tb_file_facts *facts, const struct tb_sample *sample,
                          struct tb_plan *plan, enum tb_reason *reason, struct tb_buf *names)
{
    const struct place at = { facts, sample, plan->header_line, plan };
    size_t below = 0;

    while (below < sample->n && sample->row[below].line <= plan->header_end)
        below++;
    plan->year = whole_year(&at);
    if (plan->year == 0 && facts->first)
        plan->year = facts->first->year;
    stated_periods(&at);
    return whole_unit(&at, below, names, reason) && whole_period(&at, below, names, reason) &&
           whole_indicator(&at, below, names, reason);
}

int tb_planner_year(const struct tb_planner *planner)
{
    const struct place at = { planner->facts, planner->sample, planner->plan->header_line, NULL };

    return whole_year(&at);
}

bool tb_planner_names_indicator(const struct tb_planner *planner)
{
    const struct place at = { planner->facts, planner->sample, planner->plan->header_line, NULL };
    const struct tb_form *form = planner->form;
    struct wanted wanted = { .of = TB_TITLES_INDICATOR };

    return form->indicator_from.kind != TB_FROM_COLUMN ||
           form->section == TB_SECTION_INDICATOR || in_titles(&at, &wanted) != TB_TITLES_NOTHING ||
           tb_section_in_sample(planner->facts->profile, form, planner->sample, planner->row + 1,
                                TB_ROLE_INDICATOR);
}
