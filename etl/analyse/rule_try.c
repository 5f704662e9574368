/* rule_try.c - evaluates a rule from the command line and tells every number. */
#include "analyse/rule_try.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/amounts.h"
#include "analyse/source.h"
#include "analyse/targets.h"
#include "tongbao/buf.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

/* All that one trial holds. */
struct trial {
    const struct tb_measures *ms;
    int32_t unit, indicator, target; /* target: whose annual and quota stand in, or TB_NONE */
    struct tb_period period;
    struct tb_rule *rule;
    struct tb_operand *annual, *quota;
    struct tb_source_user user;
    struct tb_rule_source source;
    struct tb_rule_frame frame;
    struct tb_rule_run *run;
};

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

static bool compile(struct trial *t, const char *text)
{
    const struct tb_profile *profile = t->ms->profile;
    const struct tb_target *target = t->target == TB_NONE ? NULL : &profile->targets[t->target];
    struct tb_diag diag = { .sink = tb_diag_to_stream, .user = stderr };
    struct tb_place place = { .file = "--rule", .line = 1, .column = 1 };
    struct tb_rule_context context = { .indicator = t->indicator,
                                       .uom = target ? &target->uom : NULL,
                                       .has_annual = target && target->has_annual,
                                       .has_quota = target != NULL,
                                       .screens = target == NULL, /* a check may be tried */
                                       .may_be_none = target != NULL };

    t->rule = tb_rule_compile(text, profile, &context, &diag, &place);
    return t->rule != NULL;
}

static int evaluate(struct trial *t, struct tb_error *err)
{
    const struct tb_profile *profile = t->ms->profile;
    struct tb_period start = tb_period_year_start(t->period, profile->set.year_start);

    for (size_t u = 0; t->target != TB_NONE && u < profile->n_units; u++) {
        t->annual[u] =
            tb_amounts_annual(profile, (size_t)t->target, u, t->period, t->ms->as_of);
        t->quota[u] = tb_amounts_quota(profile, (size_t)t->target, u, t->period, t->ms->as_of);
    }
    t->user = (struct tb_source_user){ .ms = t->ms, .target = t->target };
    t->source = tb_source_init(&t->user);
    t->frame = (struct tb_rule_frame){
        .indicator = (size_t)t->indicator, .period = t->period, .from = start, .to = start
    };
    t->frame.to = tb_period_year_end(start, profile->set.year_start);
    if (t->target != TB_NONE) { /* its amounts, but the whole year to reach them in */
        t->frame.annual = t->annual;
        t->frame.quota = t->quota;
    }
    t->run = tb_rule_eval(t->rule, profile, &t->source, &t->frame, err);
    return t->run ? 0 : -1;
}

static const char *truth_word(const struct trial *t, size_t unit)
{
    switch (tb_rule_truth(t->run, unit)) {
    case TB_TRUE:
        return "true";
    case TB_FALSE:
        return "false";
    case TB_UNKNOWN:
        break;
    }
    switch (tb_rule_unknown(t->run, unit)) {
    case TB_UNKNOWN_NO_DATA:
        return "unknown (no data)";
    case TB_UNKNOWN_HELD:
        return "unknown (held for review)";
    default:
        return "unknown (not computable)";
    }
}

static void tell_gap(const struct trial *t, struct tb_buf *out)
{
    struct tb_rule_gap gap;
    struct tb_decimal printed;
    char text[TB_DECIMAL_TEXT];

    tb_rule_gap(t->run, (size_t)t->unit, &gap);
    if (!gap.has_gap ||
        !tb_rational_round(gap.gap, gap.decimals, t->ms->profile->set.round_mode, &printed))
        return;
    tb_decimal_format(printed, text);
    tb_buf_printf(out, "gap       %s%s\n", text, gap.is_percent ? " pp" : "");
}

static void tell_unit(const struct trial *t, struct tb_buf *out)
{
    const struct tb_profile *profile = t->ms->profile;
    size_t unit = (size_t)t->unit;
    char period[TB_PERIOD_TEXT];

    tb_period_format(t->period, period);
    tb_buf_puts(out, "rule      ");
    tb_rule_print(t->rule, profile, out);
    tb_buf_printf(out, "\nunit      %s\nindicator %s\nperiod    %s\nverdict   %s%s%s\n",
                  profile->units[unit].code, profile->indicators[t->indicator].code, period,
                  truth_word(t, unit), tb_rule_provisional(t->run, unit) ? ", provisional" : "",
                  tb_rule_knife_edge(t->run, unit) ? ", knife edge" : "");
    tb_buf_puts(out, "operands  ");
    tb_rule_operands(t->run, unit, out);
    tb_buf_putc(out, '\n');
    tell_gap(t, out);
}

/* The truth for every unit of the group that the unit is compared in. */
static void tell_peers(const struct trial *t, struct tb_buf *out)
{
    const struct tb_profile *profile = t->ms->profile;
    int32_t group = tb_amounts_main_group(profile, (size_t)t->unit);

    for (size_t m = 0; group != TB_NONE && m < profile->groups[group].n_members; m++) {
        size_t unit = profile->groups[group].member[m];
        tb_buf_printf(out, "peer      %s  %s  ", profile->units[unit].code, truth_word(t, unit));
        tb_rule_operands(t->run, unit, out);
        tb_buf_putc(out, '\n');
    }
}

int tb_rule_try(const struct tb_measures *ms, const struct tb_rule_trial *asked, struct tb_buf *out)
{
    struct trial t = { .ms = ms, .target = TB_NONE };
    struct tb_error err = TB_ERROR_INIT;
    size_t n = ms->profile->n_units ? ms->profile->n_units : 1;
    int code = TB_EXIT_USAGE;

    if (!find_rows(&t, asked))
        return code;
    t.period = tb_targets_period(ms->profile, (size_t)t.indicator, asked->period);
    t.target = tb_amounts_target(ms->profile, (size_t)t.indicator, (size_t)t.unit, t.period);
    if (!compile(&t, asked->rule))
        return code;
    code = TB_EXIT_FAILED;
    t.annual = calloc(n, sizeof *t.annual);
    t.quota = calloc(n, sizeof *t.quota);
    if (!t.annual || !t.quota)
        tb_error_set(&err, "out of memory for %zu units", n);
    else if (evaluate(&t, &err) == 0) {
        tell_unit(&t, out);
        tell_peers(&t, out);
        code = tb_buf_ok(out, &err) ? TB_EXIT_DONE : TB_EXIT_FAILED;
    }
    if (code == TB_EXIT_FAILED)
        fprintf(stderr, "tongbao-analyse: %s\n", err.text);
    tb_rule_run_free(t.run);
    free(t.annual);
    free(t.quota);
    tb_rule_free(t.rule);
    return code;
}
