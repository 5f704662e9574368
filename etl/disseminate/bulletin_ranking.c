/* bulletin_ranking.c - parts four and five: composite ranking, classes, and what
 * the rules of consequences.csv call for.
 *
 * Only two forms of a consequence's rule are judged here, `rank(GROUP) = N` and
 * `bottom(GROUP) <= N` with any comparison and with or without `score` in front
 * of the group: places are facts of the findings.  Any other rule is listed as
 * not judged, so that nobody takes silence for "none". */
#include "disseminate/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/fact.h"
#include "disseminate/mdtable.h"
#include "disseminate/prose.h"
#include "disseminate/view.h"
#include "tongbao/buf.h"

struct scored {
    uint32_t unit;
    struct tb_standing place;
    struct tb_figure score;
};

static int by_place(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;

    if (x->place.rank != y->place.rank)
        return x->place.rank < y->place.rank ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Units of the group that have a composite place, best first; the caller frees. */
static struct scored *scored_units(const struct tb_report *report, int32_t group, size_t *n)
{
    const struct tb_group *g = &report->profile->groups[group];
    struct scored *all = calloc(g->n_members + 1, sizeof *all);

    *n = 0;
    for (size_t i = 0; all && i < g->n_members; i++) {
        struct scored one = { .unit = g->member[i] };
        one.place = tb_report_score_standing(report, (size_t)group, one.unit);
        one.score = tb_report_score(report, (size_t)group, one.unit);
        if (one.place.rank > 0)
            all[(*n)++] = one;
    }
    if (all)
        qsort(all, *n, sizeof *all, by_place);
    return all;
}

/* One: among the front share of the profile; three: among the last k; two: the rest. */
static int class_of(const struct tb_settings *set, const struct scored *unit, size_t n)
{
    struct tb_rational share, count, front;
    struct tb_decimal whole;
    uint32_t k = (uint32_t)set->bottom_k;
    bool first = false;

    if (tb_rational_from_decimal(set->front_share, &share) && n <= INT32_MAX) {
        count = tb_rational_int((int64_t)n);
        if (tb_rational_mul(share, count, &front)) {
            whole = (struct tb_decimal){ front.num / front.den + (front.num % front.den > 0), 0 };
            first = (int64_t)unit->place.rank <= whole.units;
        }
    }
    if (k > n / 2)
        k = (uint32_t)(n / 2);
    if (unit->place.bottom > 0 && unit->place.bottom <= k)
        return 3;
    return first ? 1 : 2;
}

static void put_classes(const struct tb_writer *w, const struct scored *all, size_t n,
                        struct tb_view *item)
{
    static const char *const zh[] = { "", "一类", "二类", "三类" };
    static const char *const en[] = { "", "Class one", "Class two", "Class three" };
    struct tb_buf text = TB_BUF_INIT;

    tb_view_list(item, "classes");
    for (int class = 1; class <= 3; class ++) {
        for (size_t i = 0; i < n; i++)
            if (class_of(&w->report->profile->set, &all[i], n) == class)
                tb_buf_printf(&text, "%s%s", text.len ? tb_prose_comma(w->style.lang) : "",
                              tb_name_of_unit(w, (int32_t)all[i].unit));
        if (text.len > 0) {
            struct tb_view *line = tb_view_item(item, "classes");
            tb_view_text(line, "class", tb_say(w, zh[class], en[class]));
            tb_view_buf(line, "units", &text);
        }
    }
    tb_buf_release(&text);
}

static void put_composite(const struct tb_writer *w, int32_t group, struct tb_view *view)
{
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    struct tb_view *item;
    size_t n = 0;
    struct scored *all = group >= 0 ? scored_units(w->report, group, &n) : NULL;

    if (n > 0) {
        tb_mdtable_column(&table, tb_say(w, "位次", "Place"), true);
        tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
        tb_mdtable_column(&table, tb_say(w, "得分", "Score"), true);
        tb_mdtable_column(&table, tb_say(w, "变动", "Move"), true);
        for (size_t i = 0; i < n; i++) {
            tb_buf_printf(&text, "%u%s", all[i].place.rank, all[i].place.tied ? "=" : "");
            tb_mdtable_buf(&table, &text);
            tb_mdtable_cell(&table, tb_name_of_unit(w, (int32_t)all[i].unit));
            if (all[i].score.known)
                tb_number_put(&text, &w->style, all[i].score.value, all[i].score.value.scale);
            tb_mdtable_buf(&table, &text);
            tb_put_movement(&all[i].place, &text);
            tb_mdtable_buf(&table, &text);
        }
        item = tb_view_item(view, "composites");
        tb_view_text(item, "group", tb_name_of_group(w, group));
        tb_mdtable_finish(&table, &text);
        tb_view_markup_buf(item, "ranking_table", &text);
        put_classes(w, all, n, item);
    }
    free(all);
    tb_buf_release(&text);
}

static bool has_scores(const struct tb_report *report, int32_t group)
{
    size_t n = 0;

    if (group >= 0)
        free(scored_units(report, group, &n));
    return n > 0;
}

void tb_bulletin_composite(const struct tb_writer *w, struct tb_view *view)
{
    tb_view_list(view, "composites");
    put_composite(w, w->report->subject_group, view);
    if (w->report->children_group != w->report->subject_group)
        put_composite(w, w->report->children_group, view);
    tb_view_flag(view, "has_composites",
                 has_scores(w->report, w->report->subject_group) ||
                     has_scores(w->report, w->report->children_group));
}

/* A consequence's rule of one of the two forms that are judged. */
struct simple_rule {
    bool bottom, score;
    int32_t group;
    char op[3];
    long limit;
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

static bool read_simple(const struct tb_writer *w, const char *text, struct simple_rule *rule)
{
    const char *at = text, *name;
    char *end;
    size_t len;

    *rule = (struct simple_rule){ 0 };
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
    return end > at + len && *skip_blanks(end) == '\0';
}

static bool holds(const struct simple_rule *rule, const struct tb_standing *place)
{
    long number = rule->bottom ? (long)place->bottom : (long)place->rank;

    if (place->rank == 0 || number == 0)
        return false;
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
        add_line(w, c, tb_name_of_unit(w, (int32_t)g->member[i]),
                 tb_say(w, "综合排名", "composite ranking"), view);
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
                !item_holds(w, rule, k))
                continue;
            done[k] = true;
            tb_buf_printf(&items, "%s%s", items.len ? tb_prose_comma(w->style.lang) : "",
                          tb_name_of_indicator(w, (int32_t)k));
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
