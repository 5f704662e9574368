/* profile_ranges.c - `min` and `max` of indicators.csv as checks: each becomes a rule of
 * severity error, `min_max`, behind those of checks.csv.
 */
#include "model/profile/profile_load.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/rule.h"

/* Of what adds up, a year may hold more than the most of a period, and not less. */
static bool adds_up(const struct tb_indicator *indicator)
{
    return indicator->kind == TB_KIND_FLOW || indicator->kind == TB_KIND_COUNT;
}

static bool has_range(const struct tb_indicator *indicator)
{
    return (indicator->has_min || indicator->has_max) && indicator->kind != TB_KIND_MILESTONE &&
           indicator->kind != TB_KIND_GRADE;
}

static void put_bound(struct tb_buf *rule, const char *measure, const char *sign,
                      struct tb_decimal bound)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format(bound, text);
    tb_buf_printf(rule, "%s%s %s %s", rule->len ? " and " : "", measure, sign, text);
}

/* The range of one measure as a check; false when there is none to keep. */
static bool make_check(struct tb_load *load, size_t i, enum tb_measure measure,
                       struct tb_check *check)
{
    const struct tb_indicator *indicator = &load->profile->indicators[i];
    struct tb_place place = { .file = "indicators.csv", .line = indicator->line, .column = 0 };
    struct tb_rule_context context = { .indicator = (int32_t)i, .generated = true };
    const char *name = tb_measure_name(measure);
    struct tb_buf rule = TB_BUF_INIT;

    if (indicator->has_min)
        put_bound(&rule, name, ">=", indicator->min);
    if (indicator->has_max && !(measure == TB_MEASURE_YTD && adds_up(indicator)))
        put_bound(&rule, name, "<=", indicator->max);
    if (rule.len == 0) {
        tb_buf_release(&rule);
        return false;
    }
    *check = (struct tb_check){
        .code = "min_max",
        .rule_text = tb_load_text(load, tb_buf_text(&rule), rule.len),
        .message_zh = "超出指标的取值范围",
        .message_en = "outside the range of the indicator",
        .indicator = (int32_t)i,
        .applies = tb_load_alloc(load, load->profile->n_units, 1),
        .severity = TB_CHECK_ERROR,
        .as_sent = !indicator->formula,
        .line = indicator->line,
    };
    load->out_of_memory |= rule.failed;
    if (check->applies)
        memset(check->applies, 1, load->profile->n_units);
    check->rule = tb_rule_compile(check->rule_text, load->profile, &context, load->diag, &place);
    tb_buf_release(&rule);
    return true;
}

void tb_load_ranges(struct tb_load *load)
{
    struct tb_profile *profile = load->profile;
    size_t n = 0;

    for (size_t i = 0; i < profile->n_indicators; i++)
        n += has_range(&profile->indicators[i]) ? 2 : 0;
    struct tb_check *all = tb_load_alloc(load, profile->n_checks + n, sizeof *all);
    if (!all || n == 0)
        return;
    if (profile->n_checks)
        memcpy(all, profile->checks, profile->n_checks * sizeof *all);
    profile->checks = all;
    for (size_t i = 0; i < profile->n_indicators; i++) {
        if (!has_range(&profile->indicators[i]))
            continue;
        profile->n_checks += make_check(load, i, TB_MEASURE_VALUE, &all[profile->n_checks]);
        profile->n_checks += make_check(load, i, TB_MEASURE_YTD, &all[profile->n_checks]);
    }
}
