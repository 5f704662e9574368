/* rule_try.c - evaluates a rule from the command line and tells every number. */
#include "analyse/verdict/rule_try.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/measure/amounts.h"
#include "analyse/verdict/catchup.h"
#include "analyse/verdict/rule_trial.h"
#include "analyse/verdict/targets.h"
#include "tongbao/buf.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/outline.h"
#include "tongbao/profile.h"

/* All that one trial holds. */
struct trial {
    const struct tb_measures *ms;
    int32_t unit, indicator;
    const char *lang;
    struct tb_targets_job job;
    struct tb_evaluation ev;
};

/* A unit in the order of the table. */
struct peer {
    size_t unit;
    bool known;
    struct tb_rule_gap gap;
};

static const char *say(const struct trial *t, const char *zh, const char *en)
{
    return strcmp(t->lang, "zh") == 0 ? zh : en;
}

static bool find_rows(struct trial *t, const struct tb_rule_trial *asked)
{
    const struct tb_profile *profile = t->ms->profile;
    const char *near = NULL, *what = NULL, *text = NULL;

    t->unit = tb_profile_unit(profile, asked->unit, strlen(asked->unit));
    t->indicator = tb_profile_indicator(profile, asked->indicator, strlen(asked->indicator));
    if (t->unit < 0) {
        what = "unit";
        text = asked->unit;
        near = tb_profile_near_unit(profile, text, strlen(text));
    } else if (t->indicator < 0) {
        what = "indicator";
        text = asked->indicator;
        near = tb_profile_near_indicator(profile, text, strlen(text));
    }
    if (!what)
        return true;
    fprintf(stderr, "tongbao-analyse: unknown %s '%s'%s%s%s\n", what, text,
            near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
    return false;
}

static const char *truth_word(const struct trial *t, size_t unit)
{
    switch (tb_rule_truth(t->ev.run, unit)) {
    case TB_TRUE:
        return "true";
    case TB_FALSE:
        return "false";
    case TB_UNKNOWN:
        break;
    }
    switch (tb_rule_unknown(t->ev.run, unit)) {
    case TB_UNKNOWN_NO_DATA:
        return "unknown (no data)";
    case TB_UNKNOWN_HELD:
        return "unknown (held for review)";
    default:
        return "unknown (not computable)";
    }
}

static void put_number(const struct trial *t, bool known, struct tb_rational number,
                       int32_t decimals, char text[TB_DECIMAL_TEXT])
{
    struct tb_decimal printed;

    text[0] = '\0';
    if (known && tb_rational_round(number, decimals, t->ms->profile->set.round_mode, &printed))
        tb_decimal_format(printed, text);
}

/* value, benchmark, gap, of the comparison that decides. */
static void add_gap(const struct trial *t, struct tb_node *object, const struct tb_rule_gap *gap,
                    bool shown)
{
    const char *unit = gap->is_rank ? "place" : gap->is_percent ? "pp" : "";
    char value[TB_DECIMAL_TEXT], benchmark[TB_DECIMAL_TEXT], difference[TB_DECIMAL_TEXT];
    struct tb_buf text = TB_BUF_INIT;

    put_number(t, gap->has_gap, gap->value.number, gap->decimals, value);
    put_number(t, gap->has_gap, gap->benchmark.number, gap->decimals, benchmark);
    put_number(t, gap->has_gap, gap->gap, gap->decimals, difference);
    tb_node_shown(object, "value", shown ? say(t, "数值", "value") : NULL, value);
    tb_node_shown(object, "benchmark", shown ? say(t, "对照", "against") : NULL, benchmark);
    tb_buf_printf(&text, "%s%s%s", difference, difference[0] && unit[0] ? " " : "",
                  difference[0] ? unit : "");
    tb_node_value(object, "gap", difference);
    tb_node_value(object, "gap_unit", difference[0] ? unit : "");
    tb_node_said(object, say(t, "差距", "gap"), tb_buf_text(&text));
    tb_buf_release(&text);
}

/* Each "name = number" of the operands. */
static void add_operands(const struct trial *t, struct tb_node *object, size_t unit)
{
    struct tb_buf all = TB_BUF_INIT, one = TB_BUF_INIT;
    struct tb_node *list = tb_node_list(object, "operands", NULL);

    tb_rule_operands(t->ev.run, unit, &all);
    for (const char *at = tb_buf_text(&all); *at;) {
        const char *end = strstr(at, "; ");
        size_t len = end ? (size_t)(end - at) : strlen(at);
        const char *equals = memmem(at, len, " = ", 3);
        struct tb_node *item = tb_node_item(list, NULL);
        tb_buf_clear(&one);
        tb_buf_add(&one, at, equals ? (size_t)(equals - at) : len);
        tb_node_value(item, "name", tb_buf_text(&one));
        tb_buf_clear(&one);
        if (equals)
            tb_buf_add(&one, equals + 3, len - (size_t)(equals - at) - 3);
        tb_node_value(item, "value", tb_buf_text(&one));
        tb_buf_clear(&one);
        tb_buf_add(&one, at, len);
        tb_node_said(item, at == tb_buf_text(&all) ? say(t, "其中", "where") : " ",
                     tb_buf_text(&one));
        at += len + (end ? 2 : 0);
    }
    tb_buf_release(&all);
    tb_buf_release(&one);
}

static void add_culprits(const struct trial *t, struct tb_node *object, size_t unit)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_rule_culprits(t->ev.run, unit, &text);
    tb_node_parts(object, "culprits", say(t, "涉及", "through"), tb_buf_text(&text), ";", 10);
    tb_buf_release(&text);
}

/* The subject: verdict, truth, numbers. */
static void tell_unit(const struct trial *t, struct tb_node *root)
{
    const struct tb_profile *profile = t->ms->profile;
    size_t unit = (size_t)t->unit;
    struct tb_buf text = TB_BUF_INIT;
    struct tb_rule_gap gap;
    char period[TB_PERIOD_TEXT];

    tb_period_format(t->ev.asked, period);
    tb_rule_print(t->ev.target->rule, profile, &text);
    tb_node_shown(root, "rule", say(t, "规则", "rule"), tb_buf_text(&text));
    tb_node_shown(root, "unit", say(t, "单位", "unit"), profile->units[unit].code);
    tb_node_shown(root, "indicator", say(t, "指标", "indicator"),
                  profile->indicators[t->indicator].code);
    tb_node_shown(root, "period", say(t, "期别", "period"), period);
    tb_node_shown(root, "verdict", say(t, "判定", "verdict"),
                  tb_judgement_code(tb_targets_verdict(&t->ev, unit)));
    tb_node_shown(root, "holds", say(t, "成立", "holds"), truth_word(t, unit));
    tb_node_flag(root, "provisional", tb_rule_provisional(t->ev.run, unit));
    tb_node_flag(root, "knife_edge", tb_rule_knife_edge(t->ev.run, unit));
    tb_buf_clear(&text);
    if (tb_rule_provisional(t->ev.run, unit))
        tb_buf_puts(&text, say(t, "暂定", "provisional"));
    if (tb_rule_knife_edge(t->ev.run, unit))
        tb_buf_printf(&text, "%s%s", text.len ? ", " : "", say(t, "临界", "knife edge"));
    tb_node_said(root, say(t, "注意", "note"), tb_buf_text(&text));
    add_operands(t, root, unit);
    tb_rule_gap(t->ev.run, unit, &gap);
    add_gap(t, root, &gap, true);
    add_culprits(t, root, unit);
    tb_buf_release(&text);
}

/* Known ones first; the best place, else the widest lead first; then in the group's order. */
static int by_standing(const void *a, const void *b)
{
    const struct peer *x = a, *y = b;
    bool has_x = x->known && x->gap.has_gap, has_y = y->known && y->gap.has_gap;
    int order = (int)y->known - (int)x->known;

    if (order == 0)
        order = (int)has_y - (int)has_x;
    if (order == 0 && has_x && has_y)
        order = tb_rational_cmp(y->gap.gap, x->gap.gap);
    if (order != 0)
        return order;
    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

static void tell_peer(const struct trial *t, const struct peer *peer, struct tb_node *table)
{
    const struct tb_unit *unit = &t->ms->profile->units[peer->unit];
    bool subject = peer->unit == (size_t)t->unit;
    struct tb_node *row = tb_node_item(table, NULL);
    struct tb_buf operands = TB_BUF_INIT;

    tb_rule_operands(t->ev.run, peer->unit, &operands);
    tb_node_said(row, "", subject ? ">" : "");
    tb_node_said(row, say(t, "单位", "unit"), tb_unit_name(unit, t->lang));
    tb_node_value(row, "unit", unit->code);
    tb_node_value(row, "name_zh", unit->name_zh);
    tb_node_value(row, "name_en", unit->name_en);
    tb_node_flag(row, "is_subject", subject);
    tb_node_shown(row, "verdict", say(t, "判定", "verdict"),
                  tb_judgement_code(tb_targets_verdict(&t->ev, peer->unit)));
    tb_node_shown(row, "holds", say(t, "成立", "holds"), truth_word(t, peer->unit));
    add_gap(t, row, &peer->gap, true);
    tb_node_parts(row, "operands", say(t, "各项", "operands"), tb_buf_text(&operands), "; ", 6);
    tb_buf_release(&operands);
}

/* The verdict for every unit of the group that the unit is compared in. */
static int tell_peers(const struct trial *t, struct tb_node *root, struct tb_error *err)
{
    const struct tb_profile *profile = t->ms->profile;
    int32_t group = tb_catchup_group(t->ms, t->ev.target, (size_t)t->unit);
    struct tb_node *table = tb_node_table(root, "peers", say(t, "同类单位", "peers"), "llllrrrl");
    size_t n = group == TB_NONE ? 0 : profile->groups[group].n_members;
    struct peer *peer = calloc(n ? n : 1, sizeof *peer);

    if (!peer)
        return tb_error_set(err, "out of memory for %zu units", n);
    for (size_t m = 0; m < n; m++) {
        peer[m].unit = profile->groups[group].member[m];
        peer[m].known = tb_rule_truth(t->ev.run, peer[m].unit) != TB_UNKNOWN;
        tb_rule_gap(t->ev.run, peer[m].unit, &peer[m].gap);
    }
    qsort(peer, n, sizeof *peer, by_standing);
    for (size_t m = 0; m < n; m++)
        tell_peer(t, &peer[m], table);
    free(peer);
    return 0;
}

static int tell(const struct trial *t, enum tb_outline_format format, struct tb_buf *out,
                struct tb_error *err)
{
    struct tb_outline outline = { .zh = strcmp(t->lang, "zh") == 0 };
    struct tb_node *root = tb_outline_root(&outline, NULL);
    int rc;

    tb_node_value(root, "format", "tongbao-rule-1");
    tell_unit(t, root);
    rc = tell_peers(t, root, err);
    if (rc == 0)
        tb_outline_write(&outline, format, out);
    tb_outline_release(&outline);
    return rc == 0 && tb_buf_ok(out, err) ? 0 : -1;
}

/* Judges the trial as the target of that row and tells it. */
static int judge(struct trial *t, int32_t row, struct tb_period period,
                 enum tb_outline_format format, struct tb_buf *out)
{
    struct tb_error err = TB_ERROR_INIT;
    int rc;

    t->job = (struct tb_targets_job){ .ms = t->ms, .period = period };
    rc = tb_evaluation_begin(&t->ev, &t->job, (size_t)row, period, false, &err);
    if (rc == 0) {
        rc = tell(t, format, out, &err);
        tb_evaluation_end(&t->ev);
    }
    if (rc < 0)
        fprintf(stderr, "tongbao-analyse: %s\n", err.text);
    return rc < 0 ? TB_EXIT_FAILED : TB_EXIT_DONE;
}

int tb_rule_try(const struct tb_measures *ms, struct tb_profile *profile,
                const struct tb_rule_trial *asked, struct tb_buf *out)
{
    struct trial t = { .ms = ms, .lang = asked->lang };
    int format = tb_outline_format(asked->format ? asked->format : "text");

    if (format < 0) {
        fprintf(stderr, "tongbao-analyse: unknown format '%s', expected text, md or json\n",
                asked->format);
        return TB_EXIT_USAGE;
    }
    if (!find_rows(&t, asked))
        return TB_EXIT_USAGE;
    struct tb_period period = tb_targets_period(profile, (size_t)t.indicator, asked->period);
    int32_t base = tb_amounts_target(profile, (size_t)t.indicator, (size_t)t.unit, period);
    int32_t row = tb_rule_trial_target(profile, asked, t.indicator, base, period);
    return row < 0 ? TB_EXIT_USAGE
                   : judge(&t, row, period, (enum tb_outline_format)format, out);
}
