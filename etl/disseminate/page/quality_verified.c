/* quality_verified.c - the part of data-quality.md on verification: what was submitted
 * beside what was verified, which cells reached which state, marks that came too early. */
#include "disseminate/bulletin/bulletin.h"
#include "disseminate/words/fact.h"

#include <string.h>

#include "disseminate/template/mdtable.h"
#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"
#include "tongbao/table.h"
#include "tongbao/verification.h"

enum { LISTED = 100 };

static const char *outcome_word(const struct tb_writer *w, const char *outcome)
{
    static const char *const words[][3] = {
        { "in_force", "采用", "in force" },
        { "superseded", "已由后来或更高一级的数据取代", "superseded" },
        { "early", "未用：前置状态或其他单位的认定尚缺",
          "not used: states or marks that it needs are missing" },
        { "not_allowed", "未用：报送单位无权认定", "not used: the sender may not set this state" },
        { "takes_back", "撤回", "taken back" },
        { "failed", "未用：认定不合格", "not used: not passed" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], outcome) == 0)
            return tb_say(w, words[i][1], words[i][2]);
    return outcome;
}

static const char *state_word(const struct tb_writer *w, const char *code)
{
    const struct tb_profile *p = w->report->profile;

    for (size_t s = 0; s < p->n_states; s++)
        if (strcmp(p->states[s].code, code) == 0)
            return tb_state_name(p, (int64_t)s + 1, w->style.lang);
    return code;
}

static void put_subject(const struct tb_writer *w, const struct tb_table *t, size_t i,
                        struct tb_mdtable *table)
{
    const struct tb_profile *p = w->report->profile;
    const char *unit = tb_table_get(t, i, "unit"), *ind = tb_table_get(t, i, "indicator");
    int32_t u = tb_profile_unit(p, unit, strlen(unit));
    int32_t k = tb_profile_indicator(p, ind, strlen(ind));

    tb_mdtable_cell(table, u >= 0 ? tb_name_of_unit(w, u) : unit);
    tb_mdtable_cell(table, k >= 0 ? tb_name_of_indicator(w, k) : ind);
}

static const char *number_or_status(const struct tb_writer *w, const char *value,
                                    const char *status)
{
    int letter = tb_status_find(status);

    if (*value)
        return value;
    return letter > TB_STATUS_NONE ? tb_status_text((uint8_t)letter, w->style.lang) : "—";
}

static void put_value(const struct tb_writer *w, const struct tb_table *t, size_t i,
                      struct tb_mdtable *table)
{
    const char *difference = tb_table_get(t, i, "difference");
    struct tb_buf text = TB_BUF_INIT;

    put_subject(w, t, i, table);
    tb_rule_words(w, tb_table_get(t, i, "measure"), &text);
    tb_mdtable_buf(table, &text);
    tb_mdtable_cell(table, tb_table_get(t, i, "period"));
    tb_mdtable_cell(table, number_or_status(w, tb_table_get(t, i, "submitted"),
                                            tb_table_get(t, i, "submitted_status")));
    tb_mdtable_cell(table, number_or_status(w, tb_table_get(t, i, "verified"),
                                            tb_table_get(t, i, "verified_status")));
    tb_mdtable_cell(table, difference);
    tb_mdtable_cell(table, state_word(w, tb_table_get(t, i, "state")));
    tb_mdtable_cell(table, tb_name_of_sender(w, tb_table_get(t, i, "sender")));
    tb_mdtable_cell(table, outcome_word(w, tb_table_get(t, i, "outcome")));
    tb_buf_release(&text);
}

static void put_values(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.verified;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "口径", "Measure"), false);
    tb_mdtable_column(&table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(&table, tb_say(w, "上报", "Submitted"), true);
    tb_mdtable_column(&table, tb_say(w, "认定", "Verified"), true);
    tb_mdtable_column(&table, tb_say(w, "相差", "Difference"), true);
    tb_mdtable_column(&table, tb_say(w, "状态", "State"), false);
    tb_mdtable_column(&table, tb_say(w, "认定单位", "By"), false);
    tb_mdtable_column(&table, tb_say(w, "结果", "Outcome"), false);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        if (!tb_ends_within(w, tb_table_get(t, i, "period")))
            continue;
        if (n++ < LISTED)
            put_value(w, t, i, &table);
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "verified_values", &text);
    tb_view_int(view, "n_verified", (long long)n);
    tb_buf_release(&text);
}

/* Cells of the period with marks made before the states that must come first. */
static void put_early(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.verification;
    struct tb_mdtable table = TB_MDTABLE_INIT;
    struct tb_buf text = TB_BUF_INIT;
    size_t n = 0;

    tb_mdtable_column(&table, tb_say(w, "单位", "Unit"), false);
    tb_mdtable_column(&table, tb_say(w, "指标", "Indicator"), false);
    tb_mdtable_column(&table, tb_say(w, "时期", "Period"), false);
    tb_mdtable_column(&table, tb_say(w, "认定过早的状态", "State marked too early"), false);
    tb_mdtable_column(&table, tb_say(w, "现有状态", "State reached"), false);
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        const char *early = tb_table_get(t, i, "early");
        if (!*early || !tb_ends_within(w, tb_table_get(t, i, "period")) || n++ >= LISTED)
            continue;
        put_subject(w, t, i, &table);
        tb_mdtable_cell(&table, tb_table_get(t, i, "period"));
        tb_mdtable_cell(&table, state_word(w, early));
        tb_mdtable_cell(&table, state_word(w, tb_table_get(t, i, "state")));
    }
    tb_mdtable_finish(&table, &text);
    tb_view_markup_buf(view, "early_marks", &text);
    tb_buf_release(&text);
}

/* One line for each state: how many cells of the period stand there. */
static void put_counts(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_profile *p = w->report->profile;
    size_t count[TB_STATES_MAX + 1] = { 0 }, failed = 0;
    struct tb_buf text = TB_BUF_INIT;

    for (size_t i = 0; w->report->cube && i < p->n_indicators; i++) {
        const struct tb_plane *plane = tb_cube_measure(w->report->cube, i, TB_MEASURE_STATE);
        struct tb_period period = tb_report_period_of(w->report, i);
        for (size_t u = 0; plane && u < p->n_units; u++) {
            struct tb_decimal reached = { 0, 0 };
            if (tb_plane_get(plane, period, u, &reached) == TB_STATUS_NONE)
                continue;
            if (reached.units < 0)
                failed++;
            else if ((size_t)reached.units <= p->n_states)
                count[reached.units]++;
        }
    }
    for (size_t s = 1; s <= p->n_states; s++)
        tb_buf_printf(&text, "%s%s %zu", s > 1 ? tb_prose_comma(w->style.lang) : "",
                      tb_state_name(p, (int64_t)s, w->style.lang), count[s]);
    if (failed)
        tb_buf_printf(&text, "%s%s %zu", tb_prose_comma(w->style.lang),
                      tb_say(w, "不合格", "not passed"), failed);
    tb_view_text(view, "states", tb_buf_text(&text));
    tb_buf_release(&text);
}

void tb_put_verified(const struct tb_writer *w, struct tb_view *view)
{
    tb_view_flag(view, "verification", w->report->profile->n_states > 0);
    put_counts(w, view);
    put_values(w, view);
    put_early(w, view);
}
