/* stated.c - the period of a title or a file name held against those of the rows. */
#include "collect/header/stated.h"

#include "collect/rows/rows.h"

static tb_day first_day(const struct tb_period_read *read)
{
    const struct tb_period year = { TB_FREQ_ANNUAL, tb_period_year(read->period) };

    return tb_period_first_day(read->cumulative || read->until ? year : read->period);
}

bool tb_stated_agree(const struct tb_period_read *a, const struct tb_period_read *b)
{
    return first_day(a) <= tb_period_last_day(b->period) &&
           first_day(b) <= tb_period_last_day(a->period);
}

void tb_stated_met(struct tb_reading *r, struct tb_period period)
{
    struct tb_stated *stated = &r->stated;
    const struct tb_plan *plan = r->plan, *first = r->tables.first;
    const struct tb_period_read read = { .period = period };

    if (!stated->any)
        stated->first = period;
    if (!stated->any_of_file)
        stated->of_file = period;
    stated->any = stated->any_of_file = true;
    stated->title_met |= plan->has_title_period && tb_stated_agree(&plan->title_period, &read);
    stated->name_met |= first->has_name_period && tb_stated_agree(&first->name_period, &read);
}

static int remark(struct tb_reading *r, enum tb_reason reason, uint32_t line,
                  const struct tb_period_read *stated, struct tb_period read, struct tb_error *err)
{
    char text[TB_PERIOD_TEXT], expected[TB_PERIOD_TEXT];
    const struct tb_reject found = {
        .reason = reason, .line = line, .text = text, .expected = expected
    };

    tb_period_format(stated->period, text);
    tb_period_format(read, expected);
    return tb_summary_reject(r->summary, &found, err);
}

int tb_stated_end_table(struct tb_reading *r, struct tb_error *err)
{
    struct tb_stated *stated = &r->stated;
    const struct tb_plan *plan = r->plan;
    int rc = 0;

    if (stated->any && plan->has_title_period && !stated->title_met)
        rc = remark(r, TB_REMARK_PERIOD_DIFFERS, plan->header_line, &plan->title_period,
                    stated->first, err);
    stated->any = stated->title_met = false;
    r->latest = (struct tb_period){ .index = INT32_MIN }; /* the next table is asked again */
    return rc;
}

int tb_stated_end(struct tb_reading *r, struct tb_error *err)
{
    struct tb_stated *stated = &r->stated;
    const struct tb_plan *first = r->tables.first;

    if (tb_stated_end_table(r, err) < 0)
        return -1;
    if (!stated->any_of_file || !first->has_name_period || stated->name_met)
        return 0;
    return remark(r, TB_REMARK_PERIOD_OF_NAME, 0, &first->name_period, stated->of_file, err);
}
