/* profile_states.c - verification.csv: the states of verification in their order. */
#include "model/profile/profile_load.h"

#include <string.h>

#include "model/deadline_parse.h"
#include "tongbao/map.h"
#include "tongbao/verification.h"

enum {
    V_STATE,
    V_NAME_ZH,
    V_NAME_EN,
    V_INDICATORS,
    V_TASKS,
    V_WHO,
    V_MARKS,
    V_AFTER,
    V_FROM,
    V_DUE,
    V_SHIFT,
    V_LACKING,
    V_OVERDUE,
    V_N
};
static const char *const heads[V_N] = { "state*", "name_zh*", "name_en", "indicators",
                                        "tasks",  "who",      "marks",   "after",
                                        "from",   "due",      "shift",   "lacking",
                                        "overdue" };
static const char *const marks[] = { "any", "all" };
static const char *const shifts[] = { "none", "next workday" };
static const char *const lacks[] = { "stands", "provisional", "no verdict", "not completed" };

/* The indicators that stand under a task, or that a target of it is on. */
static void add_task(const struct tb_profile *profile, int32_t task, uint8_t indicators[])
{
    for (size_t i = 0; i < profile->n_indicators; i++)
        if (profile->indicators[i].task == task)
            indicators[i] = 1;
    for (size_t t = 0; t < profile->n_targets; t++)
        if (profile->targets[t].task == task && profile->targets[t].indicator >= 0)
            indicators[profile->targets[t].indicator] = 1;
}

static void read_subject(const struct tb_sheet *sheet, struct tb_state *state)
{
    const struct tb_profile *profile = sheet->load->profile;
    struct tb_item item;
    size_t at = 0;

    state->indicators = tb_sheet_indicators(sheet, V_INDICATORS);
    if (!state->indicators)
        return;
    if (!*tb_sheet_cell(sheet, V_INDICATORS) && !*tb_sheet_cell(sheet, V_TASKS))
        memset(state->indicators, 1, profile->n_indicators);
    while (tb_sheet_next_item(sheet, V_TASKS, &at, &item)) {
        struct tb_place place = tb_sheet_item_place(sheet, V_TASKS, &item);
        int32_t task = tb_load_find(sheet->load, TB_REF_TASK, item.text, item.len, &place);
        if (task >= 0)
            add_task(profile, task, state->indicators);
    }
}

static bool is_word(const struct tb_item *item, const char *word)
{
    return item->len == strlen(word) && memcmp(item->text, word, item->len) == 0;
}

static void read_who(const struct tb_sheet *sheet, struct tb_state *state)
{
    struct tb_item item;
    size_t at = 0, n = tb_sheet_list(sheet, V_WHO).n;
    int32_t *who = tb_load_alloc(sheet->load, n, sizeof *who);

    state->who = who;
    if (n > TB_STATES_MAX) {
        tb_sheet_error(sheet, V_WHO, "%zu offices for one state, expected at most %d", n,
                       TB_STATES_MAX);
        return;
    }
    while (who && tb_sheet_next_item(sheet, V_WHO, &at, &item)) {
        struct tb_place place = tb_sheet_item_place(sheet, V_WHO, &item);
        if (is_word(&item, "lead")) {
            state->by_lead = true;
        } else if (is_word(&item, "unit")) {
            state->by_unit = true;
        } else {
            int32_t row =
                tb_load_find(sheet->load, TB_REF_DEPARTMENT, item.text, item.len, &place);
            if (row >= 0)
                who[state->n_who++] = row;
        }
    }
}

/* States that come before stand above. */
static void read_after(const struct tb_sheet *sheet, struct tb_state *state)
{
    const struct tb_profile *profile = sheet->load->profile;
    struct tb_item item;
    size_t at = 0;

    while (tb_sheet_next_item(sheet, V_AFTER, &at, &item)) {
        struct tb_place place = tb_sheet_item_place(sheet, V_AFTER, &item);
        size_t s = 0;
        while (s < sheet->row && !is_word(&item, profile->states[s].code))
            s++;
        if (s == sheet->row)
            tb_diag_at(sheet->load->diag, TB_ERROR, &place,
                       "no state '%.*s' above, expected the code of a row above this one",
                       (int)item.len, item.text);
        else
            state->after |= UINT32_C(1) << s;
    }
}

static void read_due(const struct tb_sheet *sheet, struct tb_state *state)
{
    const char *cell = tb_sheet_cell(sheet, V_DUE), *expected;
    int shift = tb_sheet_word(sheet, V_SHIFT, shifts, 2, -1);

    if (!*cell) {
        if (*tb_sheet_cell(sheet, V_OVERDUE))
            tb_sheet_error(sheet, V_OVERDUE, "overdue without a due day, expected one under due");
        return;
    }
    if (!tb_due_parse(cell, strlen(cell), &state->due, &expected)) {
        tb_sheet_error(sheet, V_DUE, "'%s' is no due day, expected %s", cell, expected);
        return;
    }
    if (state->due.kind == TB_DUE_WORKDAYS) {
        tb_sheet_error(sheet, V_DUE,
                       "'%s' is counted from the opening of a case, expected +%d workdays", cell,
                       state->due.day);
        return;
    }
    if (state->due.shift && shift == 0)
        tb_sheet_error(sheet, V_SHIFT, "shift is none, but due says that the day moves");
    state->due.shift |= shift == 1;
    state->has_due = true;
}

static void read_from(const struct tb_sheet *sheet, struct tb_state *state)
{
    struct tb_period from;

    state->from = tb_sheet_period(sheet, V_FROM, &from) ? tb_period_first_day(from) : TB_DAY_NONE;
}

static void read_state(const struct tb_sheet *sheet, struct tb_state *state, struct tb_map *codes)
{
    state->code = tb_sheet_key(sheet, V_STATE, codes);
    state->name_zh = tb_sheet_text(sheet, V_NAME_ZH);
    state->name_en = tb_sheet_text_or(sheet, V_NAME_EN, state->name_zh);
    state->line = tb_sheet_line(sheet);
    read_subject(sheet, state);
    read_who(sheet, state);
    read_after(sheet, state);
    read_from(sheet, state);
    read_due(sheet, state);
    state->all_marks = tb_sheet_word(sheet, V_MARKS, marks, 2, 0) == 1;
    state->lacking = (enum tb_lack)tb_sheet_word(sheet, V_LACKING, lacks, 4, TB_LACK_NOTHING);
    state->overdue = (enum tb_lack)tb_sheet_word(sheet, V_OVERDUE, lacks, 4, (int)state->lacking);
    if (state->all_marks && state->n_who == 0 && !state->by_lead && !state->by_unit)
        tb_sheet_error(sheet, V_MARKS, "the marks of all, but nobody is named, expected who");
    bool has_more = *tb_sheet_cell(sheet, V_WHO) || *tb_sheet_cell(sheet, V_MARKS) ||
                    *tb_sheet_cell(sheet, V_LACKING) || state->has_due;
    if (sheet->row == 0 && has_more)
        tb_sheet_error(sheet, V_STATE,
                       "the first state is that of what units submit, expected no who, marks, due "
                       "and lacking here");
}

int32_t tb_load_find_state(const struct tb_sheet *sheet, size_t c)
{
    const struct tb_profile *profile = sheet->load->profile;
    const char *cell = tb_sheet_cell(sheet, c);

    for (size_t s = 0; *cell && s < profile->n_states; s++)
        if (strcmp(profile->states[s].code, cell) == 0)
            return (int32_t)s;
    if (*cell)
        tb_sheet_error(sheet, c, "unknown state '%s', expected a code of verification.csv", cell);
    return TB_NONE;
}

int tb_load_states(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_map *codes = tb_map_new();
    struct tb_sheet sheet;

    if (!codes)
        load->out_of_memory = true;
    if (!codes || tb_sheet_open(load, "verification.csv", heads, V_N, false, &sheet, err) < 0) {
        tb_map_free(codes);
        return codes ? -1 : 0;
    }
    size_t n = sheet.n_rows < TB_STATES_MAX ? sheet.n_rows : TB_STATES_MAX;
    profile->states = tb_load_alloc(load, n, sizeof *profile->states);
    for (sheet.row = 0; profile->states && sheet.row < n; sheet.row++) {
        read_state(&sheet, &profile->states[sheet.row], codes);
        profile->n_states = sheet.row + 1;
    }
    if (sheet.n_rows > n)
        tb_sheet_error(&sheet, V_STATE, "more than %d states", TB_STATES_MAX);
    tb_sheet_close(&sheet);
    tb_map_free(codes);
    return 0;
}
