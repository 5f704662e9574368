/* rule_trial.c - makes a target of a rule that was typed. */
#include "analyse/verdict/rule_trial.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/arena.h"
#include "tongbao/buf.h"
#include "tongbao/diag.h"
#include "tongbao/profile.h"
#include "tongbao/rule.h"
#include "tongbao/target_change.h"
#include "tongbao/text.h"

/* Where mistakes of the rule go: a line, then the rule with a mark under the place. */
struct marked {
    const char *rule;
};

static void show_mistake(void *user, enum tb_severity severity, const struct tb_place *place,
                         const char *text)
{
    const struct marked *marked = user;
    size_t len = strlen(marked->rule), at = 0;
    struct tb_buf shown = TB_BUF_INIT, before = TB_BUF_INIT;

    while (at < len && tb_text_chars(marked->rule, at + 1) < place->column)
        at++; /* columns count characters */
    tb_diag_to_stream(stderr, severity, place, text);
    tb_escape_terminal(&shown, marked->rule, len);
    tb_escape_terminal(&before, marked->rule, at);
    fprintf(stderr, "  %s\n  %*s^\n", tb_buf_text(&shown), (int)tb_text_width(tb_buf_text(&before)),
            "");
    tb_buf_release(&shown);
    tb_buf_release(&before);
}

static bool mistake(const char *option, const char *text, const char *expected)
{
    fprintf(stderr, "tongbao-analyse: --%s '%s': expected %s\n", option, text, expected);
    return false;
}

static bool read_amount(const char *option, const char *text, bool *has, struct tb_decimal *out)
{
    if (!text)
        return true;
    *has = tb_decimal_parse(text, strlen(text), out);
    return *has || mistake(option, text, "a number such as 614 or 2.5");
}

static bool read_day(const char *text, tb_day *out)
{
    if (!text)
        return true;
    return tb_day_parse(text, strlen(text), out) || mistake("due", text, "a day such as 2023-06-30");
}

/* A coarser period is its first or its last one in the frequency of the indicator. */
static bool read_bound(const char *option, const char *text, enum tb_freq freq, bool first,
                       struct tb_period *out)
{
    struct tb_period_read read;

    if (!text)
        return true;
    if (!tb_period_parse(text, strlen(text), &read))
        return mistake(option, text, "a period such as 2023-06");
    if (first)
        read.period.index--;
    *out = tb_period_within(read.period, freq);
    if (first)
        out->index++;
    return true;
}

static bool read_strength(const char *text, enum tb_strength *out)
{
    static const struct {
        const char *word;
        enum tb_strength strength;
    } words[] = { { "binding", TB_BINDING }, { "stretch", TB_STRETCH }, { "fact", TB_FACT } };

    for (size_t i = 0; text && i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, text) == 0) {
            *out = words[i].strength;
            return true;
        }
    }
    return !text || mistake("strength", text, "binding, stretch or fact");
}

static bool read_options(const struct tb_profile *profile, const struct tb_rule_trial *trial,
                         struct tb_period period, struct tb_target *target)
{
    target->from = tb_period_year_start(period, profile->set.year_start);
    target->to = tb_period_year_end(period, profile->set.year_start);
    return read_amount("annual", trial->annual, &target->has_annual, &target->annual) &&
           read_amount("quota", trial->quota, &target->has_quota, &target->quota) &&
           read_day(trial->due, &target->due) &&
           read_bound("from", trial->from, period.freq, true, &target->from) &&
           read_bound("to", trial->to, period.freq, false, &target->to) &&
           read_strength(trial->strength, &target->strength);
}

/* Quotas and changed amounts of `base` as those of `row` too. */
static bool borrow(struct tb_profile *profile, int32_t base, int32_t row, bool quotas, bool annual)
{
    size_t n = profile->n_quotas, changes = profile->n_target_changes;
    struct tb_quota *quota = tb_arena_alloc(&profile->arena, 2 * n + 1, sizeof *quota);
    struct tb_target_change *change =
        tb_arena_alloc(&profile->arena, 2 * changes + 1, sizeof *change);

    if (!quota || !change)
        return false;
    for (size_t i = 0; i < n; i++)
        quota[i] = profile->quotas[i];
    for (size_t i = 0; quotas && i < n; i++) {
        if (quota[i].target != base)
            continue;
        quota[profile->n_quotas] = quota[i];
        quota[profile->n_quotas++].target = row;
    }
    for (size_t i = 0; i < changes; i++)
        change[i] = profile->target_changes[i];
    for (size_t i = 0; i < changes; i++) {
        if (change[i].target != base || change[i].what == TB_CHANGED_RULE ||
            (change[i].what == TB_CHANGED_QUOTA && !quotas) ||
            (change[i].what == TB_CHANGED_ANNUAL && !annual))
            continue;
        change[profile->n_target_changes] = change[i];
        change[profile->n_target_changes++].target = row;
    }
    profile->quotas = quota;
    profile->target_changes = change;
    return true;
}

static struct tb_rule *compile(const struct tb_profile *profile, const struct tb_target *target,
                               const char *text, bool has_base)
{
    struct marked marked = { text };
    struct tb_diag diag = { .sink = show_mistake, .user = &marked };
    struct tb_place place = { .file = "--rule", .line = 1, .column = 1 };
    bool amounts = has_base || target->has_annual || target->has_quota;
    struct tb_rule_context context = { .indicator = target->indicator,
                                       .uom = &target->uom,
                                       .has_annual = target->has_annual,
                                       .has_quota = has_base || target->has_quota,
                                       .screens = !amounts, /* a check may be tried */
                                       .may_be_none = true };

    return tb_rule_compile(text, profile, &context, &diag, &place);
}

int32_t tb_rule_trial_target(struct tb_profile *profile, const struct tb_rule_trial *trial,
                             int32_t indicator, int32_t base, struct tb_period period)
{
    size_t n = profile->n_targets;
    const struct tb_indicator *of = &profile->indicators[indicator];
    struct tb_target *targets = tb_arena_alloc(&profile->arena, n + 1, sizeof *targets);
    uint8_t *applies = tb_arena_alloc(&profile->arena, profile->n_units + 1, 1);
    struct tb_target target = { .task = of->task,
                                .indicator = indicator,
                                .uom = of->uom,
                                .unit_measure = of->unit_measure };

    if (!targets || !applies ||
        (base != TB_NONE && !borrow(profile, base, (int32_t)n, trial->quota == NULL,
                                    trial->annual == NULL))) {
        fprintf(stderr, "tongbao-analyse: out of memory\n");
        return -1;
    }
    if (base != TB_NONE)
        target = profile->targets[base];
    for (size_t t = 0; t < n; t++)
        targets[t] = profile->targets[t];
    memset(applies, 1, profile->n_units);
    target.code = "--rule";
    target.note = "";
    target.rule_text = trial->rule;
    target.applies = applies;
    target.due = TB_DAY_NONE;
    target.strength = TB_BINDING;
    target.weight = (struct tb_decimal){ 1, 0 };
    target.yields_to = TB_NONE;
    target.rivals = NULL;
    target.n_rivals = 0;
    target.rule = NULL;
    if (!read_options(profile, trial, period, &target) ||
        !(target.rule = compile(profile, &target, trial->rule, base != TB_NONE)))
        return -1;
    targets[n] = target;
    profile->targets = targets;
    profile->n_targets = n + 1;
    return (int32_t)n;
}
