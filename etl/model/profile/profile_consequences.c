/* profile_consequences.c - consequences.csv, what follows from a result, and
 * consequence_records.csv, what people decided of it.
 */
#include "model/profile/profile_load.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/consequence.h"
#include "tongbao/map.h"
#include "tongbao/rule.h"

enum {
    W_CODE,
    W_WHEN,
    W_WHAT,
    W_UNITS,
    W_INDICATORS,
    W_TARGETS,
    W_DEPARTMENT,
    W_TO,
    W_POINTS,
    W_WITHIN,
    W_AFTER,
    W_WAIT,
    W_TEXT_ZH,
    W_TEXT_EN,
    W_N
};
static const char *const consequence_heads[W_N] = {
    "consequence", "when*", "what*",  "units", "indicators", "targets", "department",
    "to",          "points", "within", "after", "wait",       "text_zh", "text_en"
};

enum {
    R_WHEN,
    R_WHO,
    R_CONSEQUENCE,
    R_UNIT,
    R_INDICATOR,
    R_TARGET,
    R_PERIOD,
    R_RESULT,
    R_DUE,
    R_DOCUMENT,
    R_REASON,
    R_N
};
static const char *const record_heads[R_N] = { "when*",     "who*",    "consequence*", "unit*",
                                               "indicator", "target",  "period*",      "result*",
                                               "due",       "document", "reason*" };

/* --- what follows --- */

static int32_t find_code(const struct tb_profile *profile, const char *code, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(profile->consequences[i].code, code) == 0)
            return (int32_t)i;
    return TB_NONE;
}

/* Its own code, or the number of the row: c1, c2 ... */
static const char *read_code(const struct tb_sheet *sheet)
{
    char number[32];
    const char *code = tb_sheet_text(sheet, W_CODE);

    if (!*code) {
        int len = snprintf(number, sizeof number, "c%zu", sheet->row + 1);
        code = tb_load_text(sheet->load, number, (size_t)len);
    }
    int32_t first = find_code(sheet->load->profile, code, sheet->row);
    if (first >= 0)
        tb_sheet_error(sheet, W_CODE, "duplicate consequence '%s', already on line %u", code,
                       sheet->load->profile->consequences[first].line);
    return code;
}

/* `15 workdays`, `30 days`, `15个工作日`, `30日`; and, of a wait, `due`. */
static struct tb_span read_span(const struct tb_sheet *sheet, size_t c, bool may_be_due)
{
    static const struct {
        const char *word;
        bool workdays;
    } words[] = { { "workdays", true }, { "days", false },     { "workday", true },
                  { "day", false },     { "个工作日", true }, { "工作日", true },
                  { "日", false },      { "天", false } };
    const char *cell = tb_sheet_cell(sheet, c);
    size_t digits = strspn(cell, "0123456789");
    struct tb_decimal number;

    if (!*cell)
        return (struct tb_span){ 0 };
    if (may_be_due && strcmp(cell, "due") == 0)
        return (struct tb_span){ .due = true };
    const char *word = cell + digits + strspn(cell + digits, " ");
    if (digits > 0 && digits < 5 && tb_decimal_parse(cell, digits, &number) && number.units > 0)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strcmp(words[i].word, word) == 0)
                return (struct tb_span){ .n = (int)number.units, .workdays = words[i].workdays };
    tb_sheet_error(sheet, c, "bad time '%s', expected such as 15 workdays or 30 days%s", cell,
                   may_be_due ? ", or due" : "");
    return (struct tb_span){ 0 };
}

/* 1 for each target that the cell names; NULL where it names none. */
static uint8_t *read_targets(const struct tb_sheet *sheet)
{
    struct tb_load *load = sheet->load;
    struct tb_item item;
    uint8_t *named = NULL;
    size_t at = 0;

    while (tb_sheet_next_item(sheet, W_TARGETS, &at, &item)) {
        struct tb_place place = tb_sheet_item_place(sheet, W_TARGETS, &item);
        int32_t row = tb_load_find(load, TB_REF_TARGET, item.text, item.len, &place);
        if (!named)
            named = tb_load_alloc(load, load->profile->n_targets, 1);
        if (named && row >= 0)
            named[row] = 1;
    }
    return named;
}

static struct tb_rule *compile(const struct tb_sheet *sheet, size_t c, bool verdicts)
{
    const struct tb_rule_context anything = { .indicator = TB_NONE,
                                              .has_annual = verdicts,
                                              .has_quota = verdicts,
                                              .verdicts = verdicts };
    struct tb_place place = tb_sheet_place(sheet, c);

    return tb_rule_compile(tb_sheet_cell(sheet, c), sheet->load->profile, &anything,
                           sheet->load->diag, &place);
}

static void read_when(const struct tb_sheet *sheet, struct tb_consequence *c)
{
    c->when = tb_sheet_text(sheet, W_WHEN);
    c->manual = strcmp(c->when, "manual") == 0;
    if (c->kind == TB_CONSEQUENCE_ACCOUNTABILITY && *c->when && !c->manual)
        tb_sheet_error(sheet, W_WHEN, "accountability is never proposed by a rule, expected manual");
    if (c->manual || !*c->when)
        return;
    c->rule = compile(sheet, W_WHEN, true);
    if (c->rule)
        c->about = tb_rule_about(c->rule);
}

static void check_narrowing(const struct tb_sheet *sheet, const struct tb_consequence *c)
{
    if (!c->rule)
        return;
    if (c->targets && c->about != TB_ABOUT_TARGET)
        tb_sheet_error(sheet, W_TARGETS,
                       "the rule is about no target, expected one with a verdict, progress or "
                       "elapsed in it");
    if (c->indicators && c->about == TB_ABOUT_UNIT)
        tb_sheet_error(sheet, W_INDICATORS, "the rule is about units, expected no indicators");
}

static void read_step(const struct tb_sheet *sheet, struct tb_consequence *c)
{
    struct tb_profile *profile = sheet->load->profile;
    const char *after = tb_sheet_cell(sheet, W_AFTER);

    c->within = read_span(sheet, W_WITHIN, false);
    c->wait = read_span(sheet, W_WAIT, true);
    c->after = TB_NONE;
    c->is_step = c->within.n > 0 || *after;
    if (*after) {
        c->after = find_code(profile, after, sheet->row);
        if (c->after < 0)
            tb_sheet_error(sheet, W_AFTER,
                           "no consequence '%s' above this row, expected the step before it", after);
        else
            profile->consequences[c->after].is_step = true;
    } else if (*tb_sheet_cell(sheet, W_WAIT)) {
        tb_sheet_error(sheet, W_WAIT, "a wait after nothing, expected the step before it in after");
    }
}

static void read_points(const struct tb_sheet *sheet, struct tb_consequence *c)
{
    c->has_points = tb_sheet_decimal(sheet, W_POINTS, &c->points);
    if (c->has_points && c->points.units < 0)
        tb_sheet_error(sheet, W_POINTS, "points '%s' are negative", tb_sheet_cell(sheet, W_POINTS));
    if (c->kind == TB_CONSEQUENCE_POINTS_OFF && !*tb_sheet_cell(sheet, W_POINTS))
        tb_sheet_error(sheet, W_WHAT, "points off without points, expected how many in points");
}

static void read_consequence(const struct tb_sheet *sheet, struct tb_consequence *c)
{
    const char *whats[TB_N_CONSEQUENCE_KINDS];

    for (int k = 0; k < TB_N_CONSEQUENCE_KINDS; k++)
        whats[k] = tb_consequence_kind_code((enum tb_consequence_kind)k);
    c->line = tb_sheet_line(sheet);
    c->code = read_code(sheet);
    c->kind = (enum tb_consequence_kind)tb_sheet_word(sheet, W_WHAT, whats, TB_N_CONSEQUENCE_KINDS,
                                                      TB_CONSEQUENCE_REMINDER);
    c->what = tb_consequence_kind_code(c->kind);
    if (*tb_sheet_cell(sheet, W_UNITS))
        c->units = tb_sheet_units(sheet, W_UNITS);
    if (*tb_sheet_cell(sheet, W_INDICATORS))
        c->indicators = tb_sheet_indicators(sheet, W_INDICATORS);
    c->targets = read_targets(sheet);
    c->to = tb_sheet_text(sheet, W_TO);
    c->text_zh = tb_sheet_text(sheet, W_TEXT_ZH);
    c->text_en = tb_sheet_text_or(sheet, W_TEXT_EN, c->text_zh);
    read_points(sheet, c);
    read_step(sheet, c);
    read_when(sheet, c);
    c->department_text = tb_sheet_text(sheet, W_DEPARTMENT);
    if (*c->department_text)
        c->department = compile(sheet, W_DEPARTMENT, false);
    check_narrowing(sheet, c);
}

/* --- what was decided --- */

/* A step may not be skipped, nor taken before its time. */
static void check_step(const struct tb_sheet *sheet, size_t row)
{
    struct tb_profile *profile = sheet->load->profile;
    const struct tb_consequence_record *r = &profile->consequence_records[row];
    const struct tb_consequence *c = &profile->consequences[r->consequence];
    char day[TB_DATE_TEXT];

    if (r->decision != TB_DECIDED_DONE || c->after == TB_NONE)
        return;
    size_t all = profile->n_consequence_records;
    profile->n_consequence_records = row; /* by what was there before it */
    struct tb_proposal_fate fate = tb_proposal_fate(profile, (size_t)r->consequence, &r->subject,
                                                    r->period, r->when);
    profile->n_consequence_records = all;
    if (fate.fate != TB_FATE_NOT_YET)
        return;
    if (fate.earliest == TB_DAY_NONE) {
        tb_sheet_error(sheet, R_CONSEQUENCE, "step '%s' without step '%s' before it, none is skipped",
                       c->code, profile->consequences[c->after].code);
        return;
    }
    tb_day_format(fate.earliest, day);
    tb_sheet_error(sheet, R_WHEN, "step '%s' before its time, expected %s or later", c->code, day);
}

static void check_subject(const struct tb_sheet *sheet, const struct tb_consequence *c,
                          const struct tb_consequence_subject *subject)
{
    if (!c->rule)
        return;
    if (c->about == TB_ABOUT_TARGET && !*tb_sheet_cell(sheet, R_TARGET))
        tb_sheet_error(sheet, R_TARGET, "no target, expected that of the proposal");
    if (c->about == TB_ABOUT_INDICATOR && !*tb_sheet_cell(sheet, R_INDICATOR))
        tb_sheet_error(sheet, R_INDICATOR, "no indicator, expected that of the proposal");
    if (c->about != TB_ABOUT_TARGET && subject->target >= 0)
        tb_sheet_error(sheet, R_TARGET, "the proposal is about no target, expected none");
    if (c->about == TB_ABOUT_UNIT && subject->indicator >= 0)
        tb_sheet_error(sheet, R_INDICATOR, "the proposal is about a unit, expected no indicator");
}

static void read_record(const struct tb_sheet *sheet, struct tb_consequence_record *r)
{
    struct tb_profile *profile = sheet->load->profile;
    const char *results[TB_N_DECISIONS];
    const char *code = tb_sheet_text(sheet, R_CONSEQUENCE);

    for (int d = 0; d < TB_N_DECISIONS; d++)
        results[d] = tb_decision_code((enum tb_decision)d);
    r->line = tb_sheet_line(sheet);
    r->when = tb_sheet_day(sheet, R_WHEN);
    r->who = tb_sheet_text(sheet, R_WHO);
    r->document = tb_sheet_text(sheet, R_DOCUMENT);
    r->reason = tb_sheet_text(sheet, R_REASON);
    r->subject.unit = tb_sheet_ref(sheet, R_UNIT, TB_REF_UNIT);
    r->subject.indicator = tb_sheet_ref(sheet, R_INDICATOR, TB_REF_INDICATOR);
    r->subject.target = tb_sheet_ref(sheet, R_TARGET, TB_REF_TARGET);
    if (r->subject.target >= 0) /* a target says of which indicator */
        r->subject.indicator = profile->targets[r->subject.target].indicator;
    (void)tb_sheet_period(sheet, R_PERIOD, &r->period);
    r->decision = (enum tb_decision)tb_sheet_word(sheet, R_RESULT, results, TB_N_DECISIONS,
                                                  TB_DECIDED_DONE);
    r->due = tb_sheet_day(sheet, R_DUE);
    r->consequence = find_code(profile, code, profile->n_consequences);
    if (r->consequence < 0 && *code)
        tb_sheet_error(sheet, R_CONSEQUENCE, "unknown consequence '%s', expected one of "
                                             "consequences.csv", code);
}

static int load_records(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;
    size_t n = 0;

    if (tb_sheet_open(load, "consequence_records.csv", record_heads, R_N, false, &sheet, err) < 0)
        return -1;
    profile->consequence_records =
        tb_load_alloc(load, sheet.n_rows, sizeof *profile->consequence_records);
    for (sheet.row = 0; profile->consequence_records && sheet.row < sheet.n_rows; sheet.row++) {
        struct tb_consequence_record *r = &profile->consequence_records[n];
        read_record(&sheet, r);
        if (r->consequence < 0) /* reported: nothing else can be said of it */
            continue;
        if (n > 0 && r->when != TB_DAY_NONE && r->when < r[-1].when)
            tb_sheet_error(&sheet, R_WHEN, "earlier than the row before it, expected rows in the "
                                           "order of their days");
        check_subject(&sheet, &profile->consequences[r->consequence], &r->subject);
        profile->n_consequence_records = n + 1;
        check_step(&sheet, n++);
    }
    tb_sheet_close(&sheet);
    return 0;
}

int tb_load_consequences(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "consequences.csv", consequence_heads, W_N, false, &sheet, err) < 0)
        return -1;
    profile->consequences = tb_load_alloc(load, sheet.n_rows, sizeof *profile->consequences);
    profile->n_consequences = profile->consequences ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_consequences; sheet.row++)
        read_consequence(&sheet, &profile->consequences[sheet.row]);
    tb_sheet_close(&sheet);
    return load_records(load, err);
}
