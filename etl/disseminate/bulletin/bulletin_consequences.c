/* bulletin_consequences.c - part five: what the rules of consequences.csv call for, on which
 * facts, and what became of earlier proposals.  All of it is analyse/consequences.csv. */
#include "disseminate/bulletin/bulletin.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "tongbao/buf.h"
#include "tongbao/consequence.h"
#include "tongbao/table.h"

enum { LINES_LISTED = 60, FACTS_LISTED = 120 };

/* One row of the table, understood. */
struct proposal {
    const struct tb_consequence *c;
    int32_t unit, indicator, department;
    const char *state, *caveats;
};

static bool is(const char *text, const char *word)
{
    return strcmp(text, word) == 0;
}

static const char *cell(const struct tb_writer *w, size_t row, const char *column)
{
    return tb_table_get(w->report->table.consequences, row, column);
}

/* False for a row of what the profile no longer has. */
static bool read_row(const struct tb_writer *w, size_t row, struct proposal *p)
{
    const struct tb_profile *profile = w->report->profile;
    const char *code = cell(w, row, "consequence"), *unit = cell(w, row, "unit");
    const char *indicator = cell(w, row, "indicator"), *department = cell(w, row, "department");

    *p = (struct proposal){ .indicator = TB_NONE,
                            .department = TB_NONE,
                            .state = cell(w, row, "state"),
                            .caveats = cell(w, row, "caveats") };
    for (size_t i = 0; i < profile->n_consequences; i++)
        if (is(profile->consequences[i].code, code))
            p->c = &profile->consequences[i];
    p->unit = tb_profile_unit(profile, unit, strlen(unit));
    if (*indicator)
        p->indicator = tb_profile_indicator(profile, indicator, strlen(indicator));
    for (size_t d = 0; *department && d < profile->n_departments; d++)
        if (is(profile->departments[d].code, department))
            p->department = (int32_t)d;
    return p->c && p->unit >= 0;
}

static bool is_open(const struct proposal *p)
{
    return is(p->state, "proposed") || is(p->state, "needs_decision");
}

/* To whom: who answers for the item, the unit itself, or as printed. */
static const char *addressee(const struct tb_writer *w, const struct proposal *p)
{
    if (*p->c->to && !is(p->c->to, "unit") && !is(p->c->to, "department"))
        return p->c->to;
    if (is(p->c->to, "unit") || p->department < 0)
        return tb_name_of_unit(w, p->unit);
    return tb_name_of_department(w, p->department);
}

static const char *kind_word(const struct tb_writer *w, const struct tb_consequence *c)
{
    return tb_say(w, tb_consequence_kind_zh(c->kind), c->what);
}

static const char *text_of(const struct tb_writer *w, const struct tb_consequence *c)
{
    const char *text = tb_say(w, c->text_zh, c->text_en);

    return *text ? text : kind_word(w, c);
}

/* --- the lines: who, what, for which items --- */

static const struct {
    const char *code, *zh, *en;
} caveat_words[] = {
    { "knife_edge", "临界", "on a knife edge" },
    { "provisional", "初步数", "provisional" },
    { "place_unsure", "位次不确定", "place not sure" },
    { "tied", "并列", "place shared" },
};

static void put_caveats(const struct tb_writer *w, const char *caveats, struct tb_buf *out)
{
    bool any = false;

    for (size_t i = 0; i < sizeof caveat_words / sizeof *caveat_words; i++) {
        if (!strstr(caveats, caveat_words[i].code))
            continue;
        tb_buf_puts(out, any ? tb_say(w, "、", ", ") : "");
        tb_buf_puts(out, tb_say(w, caveat_words[i].zh, caveat_words[i].en));
        any = true;
    }
}

/* "社零总额〔位次不确定〕": an item of the line. */
static void put_item(const struct tb_writer *w, const struct proposal *p, struct tb_buf *out)
{
    bool named = w->report->subject < 0 || p->unit != w->report->subject;

    tb_buf_puts(out, out->len ? tb_prose_comma(w->style.lang) : "");
    if (p->indicator < 0) {
        tb_buf_puts(out, strstr(p->c->when, "score") ? tb_say(w, "综合排名", "composite ranking")
                                                      : kind_word(w, p->c));
    } else {
        if (named && !is(p->c->to, "unit"))
            tb_buf_printf(out, w->style.lang[0] == 'z' ? "%s" : "%s: ", tb_name_of_unit(w, p->unit));
        tb_buf_puts(out, tb_name_of_indicator(w, p->indicator));
    }
    if (!*p->caveats && !is(p->state, "needs_decision"))
        return;
    tb_buf_puts(out, tb_say(w, "〔", " - "));
    put_caveats(w, p->caveats, out);
    if (is(p->state, "needs_decision"))
        tb_buf_puts(out, tb_say(w, "，须研究决定", ", needs a decision"));
    tb_buf_puts(out, tb_say(w, "〕", ""));
}

/* One line for each consequence and addressee, with all its items. */
static size_t put_lines(const struct tb_writer *w, struct tb_view *view)
{
    size_t n = tb_table_rows(w->report->table.consequences), lines = 0;
    bool *done = calloc(n + 1, sizeof *done);
    struct tb_buf items = TB_BUF_INIT;

    for (size_t c = 0; done && c < w->report->profile->n_consequences; c++)
        for (size_t i = 0; i < n; i++) {
            struct proposal first, p;
            if (done[i] || !read_row(w, i, &first) || !is_open(&first) ||
                first.c != &w->report->profile->consequences[c])
                continue;
            const char *who = addressee(w, &first);
            for (size_t k = i; k < n; k++) {
                if (done[k] || !read_row(w, k, &p) || p.c != first.c || !is_open(&p) ||
                    !is(addressee(w, &p), who))
                    continue;
                done[k] = true;
                put_item(w, &p, &items);
            }
            if (lines++ < LINES_LISTED) {
                struct tb_view *item = tb_view_item(view, "consequences");
                tb_view_text(item, "to", who);
                tb_view_text(item, "text", text_of(w, first.c));
                tb_view_text(item, "why", tb_buf_text(&items));
            }
            tb_view_check(view, &items);
            tb_buf_clear(&items);
        }
    items.failed |= !done;
    tb_view_check(view, &items);
    free(done);
    tb_buf_release(&items);
    return lines;
}

/* --- the table: the rule and the facts --- */

static const struct {
    const char *code, *zh, *en;
} state_words[] = {
    { "proposed", "建议", "proposed" },
    { "needs_decision", "须研究决定", "needs a decision" },
    { "not_yet", "未到时候", "not yet" },
    { "done", "已办理", "done" },
    { "overdue", "逾期未销号", "done, not closed in time" },
    { "declined", "不采纳", "declined" },
    { "closed", "已销号", "closed" },
    { "recorded", "已记录", "recorded" },
    { "undecided", "上期建议，未决定", "proposed before, not decided" },
};

static const char *state_word(const struct tb_writer *w, const char *state)
{
    for (size_t i = 0; i < sizeof state_words / sizeof *state_words; i++)
        if (is(state_words[i].code, state))
            return tb_say(w, state_words[i].zh, state_words[i].en);
    return state;
}

/* "done 2023-07-05 (office, No. 7)", "not yet: 2023-08-01 or later", "by 2023-08-15". */
static void put_state(const struct tb_writer *w, size_t row, const struct proposal *p,
                      struct tb_buf *out)
{
    const char *on = cell(w, row, "decided_on"), *document = cell(w, row, "document");
    const char *earliest = cell(w, row, "earliest"), *due = cell(w, row, "due");
    const char *first = cell(w, row, "first_proposed");

    tb_buf_puts(out, state_word(w, p->state));
    if (*on)
        tb_buf_printf(out, w->style.lang[0] == 'z' ? "%s（%s%s%s）" : " %s (%s%s%s)", on,
                      cell(w, row, "decided_by"), *document ? tb_say(w, "，", ", ") : "", document);
    if (is(p->state, "not_yet")) {
        if (*earliest)
            tb_buf_printf(out, w->style.lang[0] == 'z' ? "：最早%s" : ": %s or later", earliest);
        else
            tb_buf_puts(out, tb_say(w, "：前一步尚未办理", ": the step before it was not taken"));
    }
    if (*due)
        tb_buf_printf(out, w->style.lang[0] == 'z' ? "，期限%s" : ", by %s", due);
    if (*first)
        tb_buf_printf(out, w->style.lang[0] == 'z' ? "；首次建议%s" : "; first proposed %s", first);
}

static void table_heads(const struct tb_writer *w, struct tb_mdtable *table)
{
    tb_mdtable_column(table, tb_say(w, "建议", "Proposal"), false);
    tb_mdtable_column(table, tb_say(w, "对象", "To"), false);
    tb_mdtable_column(table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(table, tb_say(w, "事项", "Item"), false);
    tb_mdtable_column(table, tb_say(w, "状态", "State"), false);
    tb_mdtable_column(table, tb_say(w, "规则", "Rule"), false);
    tb_mdtable_column(table, tb_say(w, "依据", "Facts"), false);
    tb_mdtable_column(table, tb_say(w, "相邻位次", "Places beside it"), false);
    tb_mdtable_column(table, tb_say(w, "说明", "Caveats"), false);
}

/* "3 B 5.6; 4= A 5.3" with names for codes. */
static void put_neighbours(const struct tb_writer *w, const char *text, struct tb_buf *out)
{
    while (*text) {
        const char *end = strstr(text, "; "), *code = strchr(text, ' ');
        size_t len = end ? (size_t)(end - text) : strlen(text);
        size_t code_len = code ? strcspn(code + 1, " ;") : 0;
        int32_t unit = code && code_len
                           ? tb_profile_unit(w->report->profile, code + 1, code_len)
                           : TB_NONE;
        if (unit >= 0 && code < text + len) {
            const char *rest = code + 1 + code_len;
            tb_buf_add(out, text, (size_t)(code + 1 - text));
            tb_buf_puts(out, tb_name_of_unit(w, unit));
            tb_buf_add(out, rest, len - (size_t)(rest - text));
        } else {
            tb_buf_add(out, text, len);
        }
        tb_buf_puts(out, end ? "; " : "");
        text += len + (end ? 2 : 0);
    }
}

static void table_row(const struct tb_writer *w, size_t row, const struct proposal *p,
                      struct tb_mdtable *table)
{
    const char *basis = cell(w, row, "basis"), *target = cell(w, row, "target");
    struct tb_buf text = TB_BUF_INIT;

    tb_buf_puts(&text, kind_word(w, p->c));
    if (*cell(w, row, "points"))
        tb_buf_printf(&text, " %s", cell(w, row, "points"));
    tb_mdtable_buf(table, &text);
    tb_mdtable_cell(table, addressee(w, p));
    tb_mdtable_cell(table, tb_name_of_unit(w, p->unit));
    if (p->indicator >= 0)
        tb_buf_printf(&text, "%s%s%s", tb_name_of_indicator(w, p->indicator), *target ? " " : "",
                      target);
    tb_mdtable_buf(table, &text);
    put_state(w, row, p, &text);
    tb_mdtable_buf(table, &text);
    tb_mdtable_cell(table, cell(w, row, "rule"));
    tb_buf_puts(&text, cell(w, row, "facts"));
    if (*basis)
        tb_buf_printf(&text, " [%s: %s]", cell(w, row, "verdict"), basis);
    if (*cell(w, row, "reason"))
        tb_buf_printf(&text, "%s%s", text.len ? "; " : "", cell(w, row, "reason"));
    tb_mdtable_buf(table, &text);
    put_neighbours(w, cell(w, row, "neighbours"), &text);
    tb_mdtable_buf(table, &text);
    put_caveats(w, p->caveats, &text);
    tb_mdtable_buf(table, &text);
    tb_buf_release(&text);
}

static size_t put_facts(const struct tb_writer *w, struct tb_view *view)
{
    size_t n = tb_table_rows(w->report->table.consequences), listed = 0;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    struct proposal p;

    table_heads(w, &table);
    for (size_t i = 0; i < n; i++)
        if (read_row(w, i, &p) && listed++ < FACTS_LISTED)
            table_row(w, i, &p, &table);
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "proposals", &text);
    tb_buf_release(&text);
    return listed;
}

/* What became of earlier proposals, and what waits for a step before it. */
static size_t put_fates(const struct tb_writer *w, struct tb_view *view)
{
    size_t n = tb_table_rows(w->report->table.consequences), lines = 0;
    struct tb_buf text = TB_BUF_INIT;
    struct proposal p;

    for (size_t i = 0; i < n; i++) {
        if (!read_row(w, i, &p) || is_open(&p) || lines++ >= LINES_LISTED)
            continue;
        struct tb_view *item = tb_view_item(view, "fates");
        tb_view_text(item, "to", addressee(w, &p));
        tb_view_text(item, "text", text_of(w, p.c));
        tb_view_text(item, "item", p.indicator < 0 ? "" : tb_name_of_indicator(w, p.indicator));
        put_state(w, i, &p, &text);
        tb_view_check(view, &text);
        tb_view_text(item, "fate", tb_buf_text(&text));
        tb_buf_clear(&text);
    }
    tb_buf_release(&text);
    return lines;
}

void tb_bulletin_consequences(const struct tb_writer *w, struct tb_view *view)
{
    tb_view_list(view, "consequences");
    tb_view_list(view, "fates");
    if (!w->report->table.consequences) {
        tb_view_markup(view, "proposals", "");
        tb_view_flag(view, "consequences_cut", false);
        return;
    }
    size_t lines = put_lines(w, view), fates = put_fates(w, view), facts = put_facts(w, view);
    tb_view_flag(view, "consequences_cut",
                 lines > LINES_LISTED || fates > LINES_LISTED || facts > FACTS_LISTED);
}
