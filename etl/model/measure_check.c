/* measure_check.c - whether what targets ask of stocks, rates and indices can come in
 * through the forms: a form of `measure = ytd` makes a cumulated figure of them too. */
#include "tongbao/profile.h"

#include "tongbao/buf.h"
#include "tongbao/diag.h"
#include "tongbao/rule.h"

static bool is_cumulated(enum tb_measure measure)
{
    return measure == TB_MEASURE_YTD || measure == TB_MEASURE_YTD_GROWTH ||
           measure == TB_MEASURE_YTD_BASE;
}

/* What does not add up over months, and is submitted. */
static bool is_level(const struct tb_indicator *of)
{
    return !of->formula &&
           (of->kind == TB_KIND_STOCK || of->kind == TB_KIND_RATE || of->kind == TB_KIND_INDEX);
}

/* True when the form takes figures of the indicator that are not cumulated. */
static bool gives_value(const struct tb_form *form, int32_t indicator)
{
    bool named = false;

    for (size_t i = 0; i < form->n_columns; i++) {
        const struct tb_form_column *column = &form->columns[i];
        if (column->indicator != indicator)
            continue;
        named = true;
        if (!is_cumulated(column->measure < 0 ? form->measure : (enum tb_measure)column->measure))
            return true;
    }
    return !named && !is_cumulated(form->measure);
}

static bool any_gives_value(const struct tb_profile *profile, int32_t indicator)
{
    bool found = profile->n_forms == 0;

    for (size_t i = 0; i < profile->n_forms && !found; i++)
        found = gives_value(&profile->forms[i], indicator);
    return found;
}

static bool asks_value(const struct tb_rule *rule)
{
    return tb_rule_uses(rule, TB_MEASURE_VALUE) || tb_rule_uses(rule, TB_MEASURE_GROWTH) ||
           tb_rule_uses(rule, TB_MEASURE_MOM) || tb_rule_uses(rule, TB_MEASURE_CHANGE);
}

static void check_target(const struct tb_profile *profile, const struct tb_target *target,
                         const char *file, struct tb_diag *diag)
{
    const struct tb_indicator *of = &profile->indicators[target->indicator];
    struct tb_place place = { .file = file, .line = target->line, .column = target->rule_column };

    if (!is_level(of) || !target->rule || !asks_value(target->rule) ||
        any_gives_value(profile, target->indicator))
        return;
    tb_diag_at(diag, TB_WARNING, &place,
               "'%s' is no sum of months, but every form takes its figures as cumulated (measure): "
               "what the rule asks for is never found; name it under columns of its form, such as "
               "%s=%s:value",
               of->code, of->name_zh, of->code);
}

/* A stock that a form of cumulated figures names without a measure of its own. */
static void check_form(const struct tb_profile *profile, const struct tb_form *form,
                       const char *file, struct tb_diag *diag)
{
    struct tb_place place = { .file = file, .line = form->line };

    for (size_t i = 0; i < form->n_columns && is_cumulated(form->measure); i++) {
        const struct tb_form_column *column = &form->columns[i];
        if (column->indicator < 0 || column->measure >= 0 ||
            profile->indicators[column->indicator].kind != TB_KIND_STOCK)
            continue;
        const char *code = profile->indicators[column->indicator].code;
        tb_diag_at(diag, TB_WARNING, &place,
                   "'%s=%s' is a stock and is taken as %s, as measure says of the form; expected "
                   "%s=%s:value",
                   column->head, code, tb_measure_name(form->measure), column->head, code);
    }
}

void tb_profile_check_measures(const struct tb_profile *profile, const char *targets,
                               const char *forms, struct tb_diag *diag)
{
    for (size_t i = 0; i < profile->n_targets; i++)
        check_target(profile, &profile->targets[i], targets, diag);
    for (size_t i = 0; i < profile->n_forms; i++)
        check_form(profile, &profile->forms[i], forms, diag);
}
