/* rule_trial.h - one rule tried in the world of rule_world.h.
 *
 * A case is a rule and what it says of k1, k2 ...: T met, F not, and for unknown `-`
 * no data, `!` not computable, `x` not applicable; a small letter (t, f) where the
 * unit stands on a knife edge.  Expected answers are worked by hand; those on ranks
 * come from the methods note, section 4.
 */
#ifndef TONGBAO_TEST_RULE_TRIAL_H
#define TONGBAO_TEST_RULE_TRIAL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rule_world.h"
#include "tongbao/error.h"

/* What belongs to the rows of these tests. */
struct row {
    const char *from, *to, *unit_measure;
    const char *annual, *quota; /* of every unit; NULL: none */
    size_t first;               /* unit that the first letter is of; 0: k1 */
};

static inline char letter(const struct tb_rule_run *run, size_t unit)
{
    enum tb_truth truth = tb_rule_truth(run, unit);

    if (truth != TB_UNKNOWN) {
        bool edge = tb_rule_knife_edge(run, unit);
        return truth == TB_TRUE ? (edge ? 't' : 'T') : (edge ? 'f' : 'F');
    }
    switch (tb_rule_unknown(run, unit)) {
    case TB_UNKNOWN_HELD:
        return 'h';
    case TB_UNKNOWN_NO_DATA:
        return '-';
    case TB_UNKNOWN_NOT_COMPUTABLE:
        return '!';
    case TB_UNKNOWN_NOT_APPLICABLE:
        return 'x';
    case TB_KNOWN:
        break;
    }
    return '?';
}

/* An evaluation with all that it borrows. */
struct trial {
    struct tb_rule *rule;
    struct tb_rule_source source;
    struct tb_rule_frame frame;
    struct tb_operand annual[WORLD_UNITS], quota[WORLD_UNITS];
    struct tb_rule_run *run;
};

static inline void spread(const char *text, struct tb_operand out[WORLD_UNITS])
{
    for (size_t u = 0; text && u < WORLD_UNITS; u++)
        out[u] = world_number(text, strlen(text));
}

static inline void trial_open(struct trial *trial, struct world *world, size_t indicator, const char *text,
                       const char *period, const struct row *row)
{
    static const struct row nothing = { .from = NULL };
    struct tb_error err = TB_ERROR_INIT;

    row = row ? row : &nothing;
    *trial = (struct trial){ .source = world_source(world) };
    trial->rule = world_compile(world, text, (int32_t)indicator, row->unit_measure);
    if (!trial->rule)
        fail_msg("'%s': column %u: %s", text, world->column, world->messages);
    spread(row->annual, trial->annual);
    spread(row->quota, trial->quota);
    trial->frame = (struct tb_rule_frame){ .indicator = indicator,
                                           .period = world_period(period),
                                           .annual = row->annual ? trial->annual : NULL,
                                           .quota = row->quota ? trial->quota : NULL };
    if (row->from) {
        trial->frame.from = world_period(row->from);
        trial->frame.to = world_period(row->to);
    }
    trial->run = tb_rule_eval(trial->rule, &world->profile, &trial->source, &trial->frame, &err);
    if (!trial->run)
        fail_msg("'%s': %s", text, err.text);
}

static inline void trial_close(struct trial *trial)
{
    tb_rule_run_free(trial->run);
    tb_rule_free(trial->rule);
}

static inline void says_for(struct world *world, size_t indicator, const char *text, const char *period,
                     const struct row *row, const char *expected)
{
    struct trial trial;
    char got[WORLD_UNITS + 1] = { 0 };
    size_t first = row && row->first ? row->first : 1;

    trial_open(&trial, world, indicator, text, period, row);
    for (size_t i = 0; expected[i]; i++)
        got[i] = letter(trial.run, first + i);
    trial_close(&trial);
    if (strcmp(got, expected) != 0)
        fail_msg("'%s' in %s says %s, expected %s", text, period, got, expected);
}

static inline void says(struct world *world, size_t indicator, const char *text, const char *expected)
{
    says_for(world, indicator, text, "2023-05", NULL, expected);
}

static inline void put(struct tb_buf *out, struct tb_operand value, int32_t decimals)
{
    struct tb_decimal printed;
    char text[TB_DECIMAL_TEXT];

    if (value.known != TB_KNOWN ||
        !tb_rational_round(value.number, decimals, TB_ROUND_HALF_UP, &printed)) {
        tb_buf_puts(out, "?");
        return;
    }
    tb_decimal_format(printed, text);
    tb_buf_puts(out, text);
}

static inline void gap_is(struct world *world, size_t indicator, const char *rule, size_t unit,
                   const char *expected)
{
    struct trial trial;
    struct tb_rule_gap gap;
    struct tb_buf text = TB_BUF_INIT;

    trial_open(&trial, world, indicator, rule, "2023-05", NULL);
    tb_rule_gap(trial.run, unit, &gap);
    put(&text, gap.value, gap.decimals);
    tb_buf_putc(&text, ' ');
    put(&text, gap.benchmark, gap.decimals);
    tb_buf_putc(&text, ' ');
    put(&text,
        gap.has_gap ? (struct tb_operand){ .number = gap.gap }
                    : (struct tb_operand){ .number = { 0, 1 }, .known = TB_UNKNOWN_NO_DATA },
        gap.decimals);
    tb_buf_printf(&text, "%s%s", gap.is_percent ? " %" : "", gap.is_rank ? " place" : "");
    if (strcmp(tb_buf_text(&text), expected) != 0)
        fail_msg("gap of '%s' is %s, expected %s", rule, tb_buf_text(&text), expected);
    tb_buf_release(&text);
    trial_close(&trial);
}

static inline void operands_are(struct world *world, size_t indicator, const char *rule,
                         const char *expected)
{
    struct trial trial;
    struct tb_buf text = TB_BUF_INIT;

    trial_open(&trial, world, indicator, rule, "2023-05",
               &(struct row){ .from = "2023-01", .to = "2023-12" });
    tb_rule_operands(trial.run, 1, &text);
    if (strcmp(tb_buf_text(&text), expected) != 0)
        fail_msg("operands of '%s' are %s, expected %s", rule, tb_buf_text(&text), expected);
    tb_buf_release(&text);
    trial_close(&trial);
}

#endif
