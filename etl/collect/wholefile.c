/* wholefile.c - what the name, the folder or the title lines of a file say of
 * all its rows: the unit, the period, the indicator.
 */
#include "collect/header.h"

#include <string.h>

#include "collect/coder.h"
#include "collect/sections.h"
#include "tongbao/buf.h"
#include "tongbao/map.h"
#include "tongbao/text.h"

enum {
    SEARCHED_BYTES = 240, /* of a name or title: no more is looked at */
    CODE_DIGITS = 5,      /* of a code that is looked for among other words */
};

static bool starts_character(const char *text, size_t at)
{
    return ((unsigned char)text[at] & 0xc0) != 0x80;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool cuts_digits(const char *text, size_t at)
{
    return at > 0 && digit(text[at - 1]) && digit(text[at]);
}

/* Inside a text 12 is a number (2023年12月), though some unit may have that code. */
static bool is_short_number(const char *text, size_t len)
{
    return len < CODE_DIGITS && strspn(text, "0123456789") >= len;
}

/* The longest stretch of `text` that is a name in `names`: its row, or TB_NONE. */
static int32_t search_name(const struct tb_map *names, const char *text)
{
    struct tb_buf folded = TB_BUF_INIT;
    int32_t found = TB_NONE;

    tb_text_fold(text, strlen(text), &folded);
    const char *s = tb_buf_text(&folded);
    size_t len = folded.len < SEARCHED_BYTES ? folded.len : SEARCHED_BYTES;
    for (size_t n = len; n > 1 && found == TB_NONE; n--) {
        for (size_t at = 0; at + n <= len && found == TB_NONE; at++) {
            if (!starts_character(s, at) || !starts_character(s, at + n) || cuts_digits(s, at) ||
                cuts_digits(s, at + n) || is_short_number(s + at, n))
                continue;
            int64_t row = tb_map_get(names, s + at, n);
            found = row != TB_MAP_NONE ? (int32_t)row : TB_NONE;
        }
    }
    tb_buf_release(&folded);
    return found >= 0 ? found : TB_NONE; /* a name of several says nothing */
}

/* The year that stands at `text`, or 0. */
static int year_at(const char *text)
{
    if (strspn(text, "0123456789") != 4)
        return 0;
    int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 +
               (text[3] - '0');
    return year >= 1900 && year < 2200 ? year : 0;
}

/* The one year that a text speaks of; 0: none; -1: several. */
static int year_in(const char *text)
{
    int year = 0;

    for (size_t i = 0; text[i]; i++) {
        int other = i == 0 || !digit(text[i - 1]) ? year_at(text + i) : 0;
        if (other && year && other != year)
            return -1;
        year = other ? other : year;
    }
    return year;
}

/* True where a period goes on as a date: 2023-06|-15, 2023年6月|15日, 2023|年6月15日.
 * When something was filled in or sent says nothing of the period. */
static bool goes_on_as_date(const char *rest)
{
    static const char *const links[] = { "年", "月", "-", "/", "." };

    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        size_t n = strlen(links[i]);
        if (strncmp(rest, links[i], n) == 0)
            return digit(rest[n]);
    }
    return digit(rest[0]);
}

/* 2023年6月1日 among other words is a day; alone it may be what became of the month. */
static bool ends_as_first_day(const char *text, size_t len)
{
    static const char *const endings[] = { "月1日", "月01日" };

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (len > n && memcmp(text + len - n, endings[i], n) == 0)
            return true;
    }
    return false;
}

/* The first, and there the longest, stretch of `text` that is a period; none where
 * several years are spoken of. */
static bool search_period(const char *text, struct tb_period_read *out)
{
    struct tb_buf normal = TB_BUF_INIT, scratch = TB_BUF_INIT;
    bool found = false;

    tb_text_normalise(text, strlen(text), &normal);
    const char *s = tb_buf_text(&normal);
    size_t len = normal.len < SEARCHED_BYTES ? normal.len : SEARCHED_BYTES;
    for (size_t at = 0; at < len && !found && year_in(s) >= 0; at++) {
        if (!digit(s[at]) || (at > 0 && digit(s[at - 1])))
            continue;
        for (size_t n = len - at; n >= 4 && !found; n--)
            found = !cuts_digits(s, at + n) && starts_character(s, at + n) &&
                    tb_read_period(s + at, n, &scratch, out) && !ends_as_first_day(s + at, n) &&
                    !goes_on_as_date(s + at + n);
    }
    tb_buf_release(&normal);
    tb_buf_release(&scratch);
    return found;
}

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
            int other = year_in(tb_sample_cell(at->sample, r, c));
            if (other < 0 || (other && year && other != year))
                return 0;
            year = other ? other : year;
        }
    }
    if (year == 0 && facts->period_text)
        year = year_in(facts->period_text);
    if (year == 0)
        year = year_in(facts->name);
    return year > 0 ? year : 0;
}

/* --- what else they say --- */

/* Looks into one text: true when it says what is looked for, then in *out. */
typedef bool see_fn(const struct place *at, const char *text, void *out);

/* Looks with `see` through the cells above the header. */
static bool in_titles(const struct place *at, see_fn *see, void *out)
{
    for (size_t r = 0; r < at->sample->n && at->sample->row[r].line < at->header_line; r++) {
        for (size_t c = 0; c < at->sample->row[r].n; c++) {
            const char *cell = tb_sample_cell(at->sample, r, c);
            if (cell[0] && see(at, cell, out))
                return true;
        }
    }
    return false;
}

static bool see_unit(const struct place *at, const char *text, void *out)
{
    int32_t *row = out;

    /* A text that is a name as a whole needs no search, which finds none of one letter. */
    *row = tb_profile_unit(at->facts->profile, text, strlen(text));
    if (*row < 0)
        *row = search_name(at->facts->profile->unit_names, text);
    return *row >= 0;
}

static bool see_indicator(const struct place *at, const char *text, void *out)
{
    int32_t *row = out;

    *row = tb_profile_indicator(at->facts->profile, text, strlen(text));
    if (*row < 0)
        *row = search_name(at->facts->profile->indicator_names, text);
    return *row >= 0;
}

static bool see_period(const struct place *at, const char *text, void *out)
{
    struct tb_buf scratch = TB_BUF_INIT;

    (void)at;
    bool whole = tb_read_period(text, strlen(text), &scratch, out);
    tb_buf_release(&scratch);
    return whole || search_period(text, out);
}

/* The text of `cell:R2C1`. */
static const char *cell_at(const struct place *at, const struct tb_source_of *from)
{
    for (size_t r = 0; r < at->sample->n; r++) {
        if (at->sample->row[r].line == from->row && from->column > 0)
            return tb_sample_cell(at->sample, r, from->column - 1);
    }
    return "";
}

/* By the form's word; without one, by the captured part of the name, then (units)
 * the sender's folder, then the titles, then the name. */
static bool look(const struct place *at, const struct tb_source_of *from, const char *captured,
                 see_fn *see, bool sender_counts, void *out)
{
    switch (from->kind) {
    case TB_FROM_FIXED:
        return from->text && see(at, from->text, out);
    case TB_FROM_CELL:
        return see(at, cell_at(at, from), out);
    case TB_FROM_TITLE:
        return in_titles(at, see, out);
    case TB_FROM_FILE:
        return see(at, captured ? captured : at->facts->name, out);
    case TB_FROM_COLUMN:
        break;
    }
    return (captured && see(at, captured, out)) ||
           (sender_counts && see(at, at->facts->sender, out)) || in_titles(at, see, out) ||
           see(at, at->facts->name, out);
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

bool tb_header_whole_file(const struct tb_file_facts *facts, const struct tb_sample *sample,
                          struct tb_plan *plan, enum tb_reason *reason)
{
    const struct place at = { facts, sample, plan->header_line, plan };
    const struct tb_form *form = plan->form;

    size_t below = 0;
    while (below < sample->n && sample->row[below].line <= plan->header_end)
        below++;
    plan->year = whole_year(&at);
    if (plan->year == 0 && facts->first)
        plan->year = facts->first->year;
    *reason = TB_REASON_UNIT_UNSTATED;
    if (plan->n_values > 0 && plan->value[0].has_unit)
        plan->unit = TB_UNIT_OF_COLUMN;
    else if (plan->role[TB_ROLE_UNIT] < 0 &&
             !look(&at, &form->unit_from, facts->unit_text, see_unit, true, &plan->unit) &&
             !of_first_table(facts, plan, TB_ROLE_UNIT) &&
             !said_by_sections(&at, below, TB_ROLE_UNIT))
        return false;
    *reason = TB_REASON_PERIOD_UNSTATED;
    if (needs_period(plan)) {
        bool sections_only = form->section == TB_SECTION_PERIOD;
        plan->has_period = !sections_only && look(&at, &form->period_from, facts->period_text,
                                                  see_period, false, &plan->period);
        if (!plan->has_period && !of_first_table(facts, plan, TB_ROLE_PERIOD) && !said_by_sections(&at, below, TB_ROLE_PERIOD))
            return false;
    }
    *reason = TB_REASON_INDICATOR_UNSTATED;
    if (!needs_indicator(plan))
        return true;
    bool sections_only = form->section == TB_SECTION_INDICATOR;
    return (!sections_only &&
            look(&at, &form->indicator_from, NULL, see_indicator, false, &plan->indicator)) ||
           said_by_sections(&at, below, TB_ROLE_INDICATOR);
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
    int32_t row;

    return form->indicator_from.kind != TB_FROM_COLUMN ||
           form->section == TB_SECTION_INDICATOR || in_titles(&at, see_indicator, &row) ||
           tb_section_in_sample(planner->facts->profile, form, planner->sample, planner->row + 1,
                                TB_ROLE_INDICATOR);
}
