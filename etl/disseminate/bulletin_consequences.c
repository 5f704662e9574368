/* bulletin_consequences.c - part five: what the rules of consequences.csv call for.
 *
 * Judged here are `rank(GROUP) = N` and `bottom(GROUP) <= N` with any comparison
 * and with or without `score` in front of the group: places are facts of the
 * findings.  Behind a rule of single items may stand `and grade[INDICATOR] = N`:
 * the class of the department that answers, which is that of the unit of the same
 * name.  Any other rule is listed as not judged, so that nobody takes silence for
 * "none". */
#include "disseminate/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/fact.h"
#include "disseminate/prose.h"
#include "disseminate/view.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"

/* A consequence's rule of one of the two forms that are judged. */
struct simple_rule {
    bool bottom, score;
    int32_t group;
    char op[3];
    long limit;
    int32_t graded; /* indicator whose grade the department must have, or TB_NONE */
    long grade;
};

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t");
}

static bool read_word(const char **at, const char *word)
{
    const char *text = skip_blanks(*at);
    size_t len = strlen(word);

    if (strncmp(text, word, len) != 0)
        return false;
    *at = text + len;
    return true;
}

/* Nothing more, or `and grade[INDICATOR] = N`. */
static bool read_grade(const struct tb_writer *w, const char *at, struct simple_rule *rule)
{
    char *end;
    size_t len;

    if (*skip_blanks(at) == '\0')
        return true;
    if (rule->score || !read_word(&at, "and") || !read_word(&at, "grade") || !read_word(&at, "["))
        return false;
    at = skip_blanks(at);
    len = strcspn(at, " \t]");
    rule->graded = tb_profile_indicator(w->report->profile, at, len);
    at += len;
    if (rule->graded < 0 || !read_word(&at, "]") || !read_word(&at, "="))
        return false;
    at = skip_blanks(at);
    rule->grade = strtol(at, &end, 10);
    return end > at && *skip_blanks(end) == '\0';
}

static bool read_simple(const struct tb_writer *w, const char *text, struct simple_rule *rule)
{
    const char *at = text, *name;
    char *end;
    size_t len;

    *rule = (struct simple_rule){ .graded = TB_NONE };
    rule->bottom = read_word(&at, "bottom");
    if ((!rule->bottom && !read_word(&at, "rank")) || !read_word(&at, "("))
        return false;
    name = skip_blanks(at);
    if (strncmp(name, "score", 5) == 0 && *skip_blanks(name + 5) == ',') {
        rule->score = true;
        name = skip_blanks(skip_blanks(name + 5) + 1);
    }
    len = strcspn(name, " \t),");
    rule->group = tb_profile_group(w->report->profile, name, len);
    at = name + len;
    if (rule->group < 0 || !read_word(&at, ")"))
        return false;
    at = skip_blanks(at);
    len = strspn(at, "<>=");
    if (len < 1 || len > 2)
        return false;
    memcpy(rule->op, at, len);
    rule->limit = strtol(at + len, &end, 10);
    return end > at + len && read_grade(w, end, rule);
}

static bool holds_for(const struct simple_rule *rule, long number)
{
    if (strcmp(rule->op, "=") == 0)
        return number == rule->limit;
    if (strcmp(rule->op, "<") == 0)
        return number < rule->limit;
    if (strcmp(rule->op, "<=") == 0)
        return number <= rule->limit;
    if (strcmp(rule->op, ">") == 0)
        return number > rule->limit;
    return strcmp(rule->op, ">=") == 0 && number >= rule->limit;
}

static bool holds(const struct simple_rule *rule, const struct tb_standing *place)
{
    long number = rule->bottom ? (long)place->bottom : (long)place->rank;

    return place->rank > 0 && number > 0 && holds_for(rule, number);
}

/* True when draws of past revisions or weights (rank_confidence.csv) give places for which the
 * rule does not hold, in the middle nine tenths of them; false also where nothing is known. */
static bool is_unsure(const struct tb_writer *w, const struct simple_rule *rule,
                      const char *indicator, uint32_t unit)
{
    const struct tb_profile *p = w->report->profile;
    const struct tb_table *t = w->report->table.rank_confidence;

    for (size_t row = 0; t && row < tb_table_rows(t); row++) {
        if (strcmp(tb_table_get(t, row, "unit"), p->units[unit].code) != 0 ||
            strcmp(tb_table_get(t, row, "indicator"), indicator) != 0 ||
            strcmp(tb_table_get(t, row, "group"), p->groups[rule->group].code) != 0)
            continue;
        const char *low = tb_table_get(t, row, rule->bottom ? "bottom_p05" : "rank_p05");
        const char *high = tb_table_get(t, row, rule->bottom ? "bottom_p95" : "rank_p95");
        return !holds_for(rule, strtol(low, NULL, 10)) || !holds_for(rule, strtol(high, NULL, 10));
    }
    return false;
}

static void add_line(const struct tb_writer *w, const struct tb_consequence *c, const char *to,
                     const char *why, struct tb_view *view)
{
    const char *text = tb_say(w, c->text_zh, c->text_en);
    struct tb_view *item = tb_view_item(view, "consequences");

    tb_view_text(item, "to", to);
    tb_view_text(item, "text", text && *text ? text : c->what);
    tb_view_text(item, "why", why);
}

static void judge_scores(const struct tb_writer *w, const struct tb_consequence *c,
                         const struct simple_rule *rule, struct tb_view *view)
{
    const struct tb_group *g = &w->report->profile->groups[rule->group];

    for (size_t i = 0; i < g->n_members; i++) {
        struct tb_standing place =
            tb_report_score_standing(w->report, (size_t)rule->group, g->member[i]);
        if (!holds(rule, &place))
            continue;
        struct tb_buf why = TB_BUF_INIT;
        tb_buf_puts(&why, tb_say(w, "综合排名", "composite ranking"));
        if (is_unsure(w, rule, "score", g->member[i]))
            tb_buf_puts(&why, tb_say(w, "；位次不确定，考虑修订和不同权重则可能不同",
                                     "; not sure, revisions and other weights may give other places"));
        add_line(w, c, tb_name_of_unit(w, (int32_t)g->member[i]), tb_buf_text(&why), view);
        tb_buf_release(&why);
    }
}

/* True when the subject's place in a single indicator calls for the consequence. */
static bool item_holds(const struct tb_writer *w, const struct simple_rule *rule, size_t indicator)
{
    const struct tb_report *report = w->report;
    struct tb_period period = tb_report_period_of(report, indicator);
    int headline = tb_report_headline(report, indicator, period, rule->group);
    struct tb_standing place;

    if (headline < 0 || report->profile->indicators[indicator].direction == TB_NEUTRAL)
        return false;
    place = tb_report_standing(report, indicator, (enum tb_measure)headline, period,
                               (size_t)rule->group, (size_t)report->subject);
    /* Who shares the first place is not among the last, and a place that all share is none. */
    if (place.rank == 1 && (rule->bottom || place.bottom == 1))
        return false;
    return holds(rule, &place);
}

/* True when the rule asks for no grade, or the unit of the department's name has it. */
static bool department_has_grade(const struct tb_writer *w, const struct simple_rule *rule,
                                 int32_t department)
{
    const struct tb_profile *p = w->report->profile;
    struct tb_figure figure;
    int32_t unit;

    if (rule->graded < 0)
        return true;
    if (department < 0)
        return false;
    unit = tb_profile_unit(p, p->departments[department].name_zh,
                           strlen(p->departments[department].name_zh));
    if (unit < 0)
        return false;
    figure = tb_report_figure(w->report, (size_t)rule->graded, TB_MEASURE_VALUE,
                              tb_report_period_of(w->report, (size_t)rule->graded), (size_t)unit);
    return figure.known && figure.value.scale == 0 && figure.value.units == rule->grade;
}

/* Places of single indicators: one line for each department that answers, with all
 * its items; or one for the unit. */
static void judge_items(const struct tb_writer *w, const struct tb_consequence *c,
                        const struct simple_rule *rule, struct tb_view *view)
{
    size_t n = w->report->profile->n_indicators;
    bool to_unit = strcmp(c->to, "unit") == 0;
    bool *done = calloc(n + 1, sizeof *done);
    struct tb_buf items = TB_BUF_INIT;

    for (size_t i = 0; done && i < n; i++) {
        int32_t who = to_unit ? TB_NONE : tb_department_of(w, (int32_t)i);
        for (size_t k = i; k < n; k++) {
            if (done[k] || (!to_unit && tb_department_of(w, (int32_t)k) != who) ||
                !item_holds(w, rule, k) ||
                !department_has_grade(w, rule, tb_department_of(w, (int32_t)k)))
                continue;
            done[k] = true;
            tb_buf_printf(&items, "%s%s", items.len ? tb_prose_comma(w->style.lang) : "",
                          tb_name_of_indicator(w, (int32_t)k));
            if (is_unsure(w, rule, w->report->profile->indicators[k].code,
                          (uint32_t)w->report->subject))
                tb_buf_puts(&items, tb_say(w, "〔位次不确定〕", " - place not sure"));
        }
        if (items.len > 0)
            add_line(w, c,
                     to_unit ? tb_name_of_unit(w, w->report->subject)
                             : tb_name_of_department(w, who),
                     tb_buf_text(&items), view);
        tb_buf_clear(&items);
    }
    free(done);
    tb_buf_release(&items);
}

void tb_bulletin_consequences(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_profile *p = w->report->profile;

    tb_view_list(view, "consequences");
    tb_view_list(view, "not_judged");
    for (size_t i = 0; i < p->n_consequences; i++) {
        const struct tb_consequence *c = &p->consequences[i];
        struct simple_rule rule;
        bool simple = read_simple(w, c->when, &rule);
        if (simple && rule.score) {
            judge_scores(w, c, &rule, view);
        } else if (simple && w->report->subject >= 0) {
            judge_items(w, c, &rule, view);
        } else {
            const char *text = tb_say(w, c->text_zh, c->text_en);
            struct tb_view *item = tb_view_item(view, "not_judged");
            tb_view_text(item, "rule", c->when);
            tb_view_text(item, "text", text && *text ? text : c->what);
        }
    }
}
