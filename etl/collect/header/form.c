/* form.c - chooses the form of a submission by its name and its heads. */
#include "collect/header/form.h"

#include <string.h>

#include "collect/header/header.h"
#include "collect/header/need.h"
#include "collect/header/sample.h"
#include "collect/source/sheets.h"
#include "collect/header/title_measure.h"
#include "collect/header/title_uom.h"
#include "collect/rows/unclear.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/text.h"

enum { SAMPLE_ROWS = 60, SAMPLE_ROWS_MAX = 1000, DELIMITERS_MAX = 4 };

/* A long table that names unit, indicator and period in columns needs no form. */
static const struct tb_form any_long_table = {
    .code = "long",
    .files = "*",
    .layout = TB_LAYOUT_LONG,
    .measure = TB_MEASURE_VALUE,
};

const char *tb_form_encoding(const struct tb_profile *profile, const char *name)
{
    struct tb_captures captures;

    for (size_t i = 0; i < profile->n_forms; i++) {
        if (tb_form_glob(profile, profile->forms[i].files, name, &captures))
            return profile->forms[i].encoding;
    }
    return NULL;
}

const char *tb_form_lang(const struct tb_profile *profile, const char *code, const char *name)
{
    struct tb_captures captures;
    bool known = code && code[0];

    for (size_t i = 0; i < profile->n_forms; i++) {
        const struct tb_form *form = &profile->forms[i];
        if (known ? strcmp(form->code, code) == 0
                  : tb_form_glob(profile, form->files, name, &captures))
            return form->lang;
    }
    return NULL;
}

/* What is being chosen for: one submission. */
struct choosing {
    const struct tb_profile *profile;
    const char *name, *sender, *text;
    size_t len;
    bool converted;
    struct tb_choice *out;
    enum tb_reason *why;
    struct tb_buf *expected;
    struct tb_need *need;
};

/* A row with more cells than the header and than the rows usually have is one that
 * something was put into, even where the last are empty; one with fewer has lost some. */
static void set_width(struct tb_plan *plan, const struct tb_sample *sample)
{
    size_t row = 0;

    while (row < sample->n && sample->row[row].end < plan->header_end)
        row++;
    size_t heads = row < sample->n ? sample->row[row].n : plan->n_heads;
    size_t usual = tb_sample_width(sample, row + 1);
    usual = usual ? usual : heads;
    heads = heads > plan->n_heads ? heads : plan->n_heads;
    plan->narrow = heads < usual ? heads : usual;
    plan->wide = heads > usual ? heads : usual;
}

/* 1, 0, -1 as below, of one table. */
static int complete_one(const struct tb_file_facts *facts, const struct tb_sample *sample,
                    struct tb_plan *plan, enum tb_reason *why, struct tb_buf *expected,
                    struct tb_error *err)
{
    int rc = 0;

    plan->file_name = tb_arena_strdup(&plan->arena, facts->name);
    plan->sender = tb_arena_strdup(&plan->arena, facts->sender ? facts->sender : "");
    if (!plan->file_name || !plan->sender || !tb_title_uoms_read(plan, facts, sample) ||
        !tb_heads_note_missing(sample, plan))
        rc = tb_error_set(err, "out of memory for the titles");
    else if (tb_heads_unclear(facts->profile, sample, plan, expected))
        *why = TB_REASON_HEAD_UNCLEAR;
    else if (tb_header_whole_file(facts, sample, plan, why, expected))
        rc = 1;
    if (rc > 0) {
        *why = TB_REASON_MEASURE_UNCLEAR;
        rc = tb_title_measure_read(plan, facts, sample, expected);
        rc = rc < 0 ? tb_error_set(err, "out of memory for the titles") : rc;
    }
    if (rc > 0)
        set_width(plan, sample);
    return rc;
}

/* What a plan, and those beside it, hold beside their columns.  1, 0 when the file does
 * not say what is needed, -1: memory; then the plan is released. */
static int complete(const struct tb_file_facts *facts, const struct tb_sample *sample,
                    struct tb_plan *plan, enum tb_reason *why, struct tb_buf *expected,
                    struct tb_error *err)
{
    int rc = 1;

    for (struct tb_plan *part = plan; part && rc > 0; part = part->beside)
        rc = complete_one(facts, sample, part, why, expected, err);
    if (rc <= 0)
        tb_plan_release(plan);
    return rc;
}

/* 1 if the heads fit under some delimiter and the file says all that is needed. */
static int try_form(const struct choosing *c, const struct tb_form *form,
                    const struct tb_captures *captures, struct tb_error *err)
{
    const struct tb_file_facts facts = {
        .profile = c->profile,
        .name = c->name,
        .sender = c->sender,
        .unit_text = captures->unit[0] ? captures->unit : NULL,
        .period_text = captures->period[0] ? captures->period : NULL,
    };
    char delimiters[DELIMITERS_MAX] = { form->delimiter };
    size_t n = form->delimiter ? 1 : tb_sample_delimiters(c->text, c->len, form->quote, delimiters);
    size_t rows = form->header + 3 > SAMPLE_ROWS ? form->header + 3 : SAMPLE_ROWS;
    int found = 0;

    rows = rows < SAMPLE_ROWS_MAX ? rows : SAMPLE_ROWS_MAX;
    for (size_t i = 0; i < n && found == 0; i++) {
        struct tb_sample sample;
        if (tb_sample_take(&sample, c->profile, c->text, c->len, form, c->converted, delimiters[i],
                           rows, err) < 0)
            return -1;
        found = form->headless ? tb_sample_put_heads(&sample, form, err) : 0;
        if (found == 0)
            found = tb_header_find(&facts, form, &sample, &c->out->plan, err);
        if (found == 0)
            tb_need_look(c->need, c->profile, form, &sample);
        if (found > 0)
            found = complete(&facts, &sample, &c->out->plan, c->why, c->expected, err);
        if (found > 0)
            for (struct tb_plan *part = &c->out->plan; part; part = part->beside)
                part->converted = c->converted;
        c->out->delimiter = delimiters[i];
        tb_sample_release(&sample);
    }
    return found;
}

/* Where forms read some sheets only, the first table in the file decides, not the first form:
 * 0 and the better one in *best, -1. */
static int try_sheets(const struct choosing *c, const struct tb_form *form,
                      const struct tb_captures *captures, struct tb_choice *best,
                      struct tb_error *err)
{
    int found = try_form(c, form, captures, err);

    if (found <= 0)
        return found;
    bool better = !best->plan.form || c->out->plan.header_line < best->plan.header_line;
    if (better && best->plan.form)
        tb_plan_release(&best->plan);
    if (better)
        *best = *c->out;
    else
        tb_plan_release(&c->out->plan);
    *c->out = (struct tb_choice){ 0 };
    return 0;
}

/* The file names of the forms, for a message. */
static void list_names(const struct tb_profile *profile, struct tb_buf *out)
{
    for (size_t i = 0; i < profile->n_forms; i++)
        tb_buf_printf(out, "%s%s", i ? ", " : "", profile->forms[i].files);
}

static int try_any_long_table(const struct choosing *c, struct tb_error *err)
{
    static const struct tb_captures none = { { 0 }, { 0 } };
    int found = try_form(c, &any_long_table, &none, err);
    const int *role = c->out->plan.role;

    if (found > 0 && (role[TB_ROLE_UNIT] < 0 || role[TB_ROLE_INDICATOR] < 0 ||
                      role[TB_ROLE_PERIOD] < 0)) {
        tb_plan_release(&c->out->plan);
        found = 0;
    }
    c->out->by_heads = found > 0;
    if (found == 0 && *c->why != TB_REASON_HEAD_UNCLEAR)
        *c->why = TB_REASON_FORM_UNKNOWN;
    return found;
}

/* What was expected, or what is not clear, is told with these. */
static bool names_something(enum tb_reason why)
{
    return why == TB_REASON_HEADER_MISSING || why == TB_REASON_HEAD_UNCLEAR ||
           why == TB_REASON_UNIT_UNCLEAR || why == TB_REASON_PERIOD_UNCLEAR ||
           why == TB_REASON_INDICATOR_UNCLEAR || why == TB_REASON_MEASURE_UNCLEAR;
}

int tb_form_choose(const struct tb_profile *profile, const char *name, const char *sender,
                   const char *text, size_t len, bool converted, struct tb_choice *out,
                   enum tb_reason *why, struct tb_buf *expected, struct tb_error *err)
{
    struct tb_need need = { .known = false };
    const struct choosing c = { profile, name, sender, text, len, converted, out, why, expected, &need };
    bool chosen = tb_sheets_are_chosen(profile, name);
    struct tb_choice best = { .delimiter = '\0' };
    size_t n_matching = 0;
    struct tb_captures captures;
    int found = 0;

    *out = (struct tb_choice){ 0 };
    *why = TB_REASON_HEADER_MISSING;
    for (size_t i = 0; i < profile->n_forms && found == 0; i++) {
        const struct tb_form *form = &profile->forms[i];
        if (!tb_form_glob(profile, form->files, name, &captures))
            continue;
        n_matching++;
        found = chosen ? try_sheets(&c, form, &captures, &best, err)
                       : try_form(&c, form, &captures, err);
    }
    if (best.plan.form && found == 0) {
        *out = best;
        found = 1;
    } else if (best.plan.form) {
        tb_plan_release(&best.plan);
    }
    if (n_matching == 0)
        found = try_any_long_table(&c, err);
    if (found == 0 && !names_something(*why))
        tb_buf_clear(expected);
    if (found == 0 && *why == TB_REASON_FORM_UNKNOWN)
        list_names(profile, expected);
    if (found == 0 && *why == TB_REASON_HEADER_MISSING) {
        tb_buf_puts(expected, tb_buf_text(&need.text));
        expected->failed |= need.text.failed;
    }
    tb_need_release(&need);
    return found;
}

int tb_form_next_table(const struct tb_profile *profile, const struct tb_plan *first,
                       const struct tb_sample *sample, size_t row, bool apart,
                       const struct tb_sheet_mark *sheet, struct tb_plan *out,
                       struct tb_error *err)
{
    struct tb_captures captures = { { 0 }, { 0 } };
    bool by_heads = first->form == &any_long_table;
    enum tb_reason why;
    int found = 0;

    for (size_t i = 0; i < (by_heads ? 1 : profile->n_forms) && found == 0; i++) {
        const struct tb_form *form = by_heads ? &any_long_table : &profile->forms[i];
        if (form->headless || (sheet && !tb_sheet_of_form(profile, form, sheet)))
            continue;
        if (!by_heads && !tb_form_glob(profile, form->files, first->file_name, &captures))
            continue;
        const struct tb_file_facts facts = {
            .profile = profile,
            .name = first->file_name,
            .sender = first->sender,
            .unit_text = captures.unit[0] ? captures.unit : NULL,
            .period_text = captures.period[0] ? captures.period : NULL,
            .first = apart ? NULL : first,
        };
        found = tb_header_find_at(&facts, form, sample, row, out, err);
        if (found > 0)
            found = complete(&facts, sample, out, &why, NULL, err);
        if (found > 0)
            for (struct tb_plan *part = out; part; part = part->beside)
                part->converted = first->converted;
    }
    return found;
}
