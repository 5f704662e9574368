/* profile_subject.c - `applies_to` of deadlines.csv: everything, frequencies, forms
 * and indicators, each at most once for a step.
 */
#include "model/profile/profile_subject.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/map.h"
#include "tongbao/table.h"

bool tb_subjects_open(struct tb_load *load, struct tb_subjects *seen)
{
    *seen = (struct tb_subjects){ tb_map_new(), tb_map_new(), tb_map_new() };
    if (!seen->codes || !seen->forms || !seen->taken) {
        load->out_of_memory = true;
        return false;
    }
    for (size_t i = 0; i < load->profile->n_forms; i++)
        tb_names_add(load, seen->forms, load->profile->forms[i].code, (int64_t)i);
    return true;
}

void tb_subjects_close(struct tb_subjects *seen)
{
    tb_map_free(seen->codes);
    tb_map_free(seen->forms);
    tb_map_free(seen->taken);
}

void tb_subjects_claim(const struct tb_sheet *sheet, struct tb_subjects *subjects, const char *what,
                       const char *shown, const struct tb_place *place)
{
    int64_t first = tb_map_add(subjects->taken, what, strlen(what), (int64_t)sheet->row);

    if (first == -2)
        sheet->load->out_of_memory = true;
    else if (first != (int64_t)sheet->row)
        tb_diag_at(sheet->load->diag, TB_ERROR, place,
                   "a second row for %s, already on line %u", shown,
                   (unsigned)tb_table_line(sheet->table, (size_t)first));
}

static void claim(const struct tb_sheet *sheet, struct tb_subjects *seen, enum tb_step step,
                  const char *kind, int64_t which, const struct tb_place *place)
{
    char what[64], shown[64];

    snprintf(what, sizeof what, "%d %s %lld", (int)step, kind, (long long)which);
    snprintf(shown, sizeof shown, "step %s of %s", tb_step_code(step), kind);
    tb_subjects_claim(sheet, seen, what, shown, place);
}

static bool find_frequency(const struct tb_item *item, enum tb_freq *out)
{
    static const struct {
        const char *word;
        enum tb_freq freq;
    } words[] = { { "年报", TB_FREQ_ANNUAL },
                  { "半年报", TB_FREQ_HALF },
                  { "季报", TB_FREQ_QUARTER },
                  { "月报", TB_FREQ_MONTH },
                  { "旬报", TB_FREQ_DEKAD },
                  { "周报", TB_FREQ_WEEK },
                  { "双月报", TB_FREQ_TWO_MONTHS } };

    for (int f = 0; f < TB_N_FREQS; f++) {
        const char *code = tb_freq_code((enum tb_freq)f);
        *out = (enum tb_freq)f;
        if (strlen(code) == item->len && memcmp(code, item->text, item->len) == 0)
            return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *out = words[i].freq;
        if (strlen(words[i].word) == item->len && memcmp(words[i].word, item->text, item->len) == 0)
            return true;
    }
    return false;
}

/* Takes `form:` off an item that begins with it. */
static bool take_prefix(struct tb_item *item, const char *prefix)
{
    size_t n = strlen(prefix);

    if (item->len <= n || memcmp(item->text, prefix, n) != 0)
        return false;
    item->text += n;
    item->len -= n;
    item->chars_before += (uint32_t)n;
    return true;
}

static void add_indicator(const struct tb_sheet *sheet, struct tb_subjects *seen,
                          struct tb_deadline *row, int64_t indicator, const struct tb_place *place)
{
    const struct tb_profile *profile = sheet->load->profile;

    if (!row->indicators)
        row->indicators = tb_load_alloc(sheet->load, profile->n_indicators, 1);
    if (!row->indicators)
        return;
    row->indicators[indicator] = 1;
    claim(sheet, seen, row->step, "the same indicator", indicator, place);
    if (row->due.kind == TB_DUE_DATE && profile->indicators[indicator].frequency != TB_FREQ_ANNUAL)
        tb_diag_at(sheet->load->diag, TB_ERROR, place,
                   "a date of the year is for annual figures, but '%s' is of frequency %s",
                   profile->indicators[indicator].code,
                   tb_freq_code(profile->indicators[indicator].frequency));
}

static void add_form(const struct tb_sheet *sheet, struct tb_subjects *seen,
                     struct tb_deadline *row, int64_t form, const struct tb_place *place)
{
    if (!row->forms)
        row->forms = tb_load_alloc(sheet->load, sheet->load->profile->n_forms, 1);
    if (!row->forms)
        return;
    row->forms[form] = 1;
    claim(sheet, seen, row->step, "the same form", form, place);
}

static void add_frequency(const struct tb_sheet *sheet, struct tb_subjects *seen,
                          struct tb_deadline *row, enum tb_freq freq, const struct tb_place *place)
{
    row->freqs |= (uint8_t)(1u << freq);
    claim(sheet, seen, row->step, "the same frequency", freq, place);
    if (row->due.kind == TB_DUE_DATE && freq != TB_FREQ_ANNUAL)
        tb_diag_at(sheet->load->diag, TB_ERROR, place,
                   "a date of the year is for annual figures, expected A");
}

static void unknown_subject(const struct tb_sheet *sheet, const struct tb_item *item,
                            const struct tb_place *place)
{
    const char *near = tb_profile_near_indicator(sheet->load->profile, item->text, item->len);

    if (near)
        tb_diag_at(sheet->load->diag, TB_ERROR, place,
                   "'%.*s' is no indicator, form or frequency, did you mean '%s'?", (int)item->len,
                   item->text, near);
    else
        tb_diag_at(sheet->load->diag, TB_ERROR, place,
                   "'%.*s' is no indicator, form or frequency (A, S, Q, M, M_3, W, M2)", (int)item->len,
                   item->text);
}

static void read_subject(const struct tb_sheet *sheet, size_t c, struct tb_subjects *seen,
                         struct tb_deadline *row, struct tb_item *item)
{
    struct tb_load *load = sheet->load;
    bool as_form = take_prefix(item, "form:");
    bool as_indicator = !as_form && take_prefix(item, "indicator:");
    bool as_freq = !as_form && !as_indicator && take_prefix(item, "frequency:");
    bool any = !as_form && !as_indicator && !as_freq;
    struct tb_place place = tb_sheet_item_place(sheet, c, item);
    enum tb_freq freq = TB_FREQ_MONTH;
    int64_t form = any || as_form
                       ? tb_names_get(load->profile, seen->forms, item->text, item->len)
                       : TB_MAP_NONE;
    int64_t indicator = any || as_indicator
                            ? tb_profile_indicator(load->profile, item->text, item->len)
                            : TB_MAP_NONE;
    bool is_freq = (any || as_freq) && find_frequency(item, &freq);

    if (any && item->len == 1 && *item->text == '*') {
        row->all = true;
        claim(sheet, seen, row->step, "everything", 0, &place);
    } else if (indicator == TB_AMBIGUOUS || (indicator >= 0) + (form >= 0) + is_freq > 1) {
        tb_diag_at(load->diag, TB_ERROR, &place,
                   "'%.*s' is ambiguous, expected a code behind indicator:, form: or frequency:",
                   (int)item->len, item->text);
    } else if (indicator >= 0) {
        add_indicator(sheet, seen, row, indicator, &place);
    } else if (form >= 0) {
        add_form(sheet, seen, row, form, &place);
    } else if (is_freq) {
        add_frequency(sheet, seen, row, freq, &place);
    } else {
        unknown_subject(sheet, item, &place);
    }
}

void tb_subjects_read(const struct tb_sheet *sheet, size_t c, struct tb_subjects *seen,
                      struct tb_deadline *row)
{
    struct tb_place place = tb_sheet_place(sheet, c);
    struct tb_item item;
    size_t at = 0;

    if (!*tb_sheet_cell(sheet, c)) {
        row->all = true;
        claim(sheet, seen, row->step, "everything", 0, &place);
    }
    while (tb_sheet_next_item(sheet, c, &at, &item))
        read_subject(sheet, c, seen, row, &item);
    if (row->all && row->step == TB_STEP_SUBMIT && sheet->load->profile->set.deadline_day > 0)
        tb_sheet_error(sheet, c,
                       "deadline_day of profile.ini already says when everything is due, expected "
                       "one of the two");
}
