/* periods.c - the periods of a submission. */
#include "collect/rows/periods.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"

static void extend(struct tb_periods *periods, struct tb_period period)
{
    int32_t *first = &periods->first[period.freq], *last = &periods->last[period.freq];

    if (!periods->has[period.freq])
        *first = *last = period.index;
    periods->has[period.freq] = true;
    *first = period.index < *first ? period.index : *first;
    *last = period.index > *last ? period.index : *last;
}

void tb_periods_add(struct tb_periods *periods, struct tb_period period)
{
    extend(periods, period);
    for (size_t i = 0; i < periods->n_met; i++)
        if (periods->met[i].freq == period.freq && periods->met[i].index == period.index)
            return;
    if (periods->n_met < TB_PERIODS_LISTED)
        periods->met[periods->n_met++] = period;
    else
        periods->more = true;
}

bool tb_periods_latest(const struct tb_periods *periods, struct tb_period *out)
{
    tb_day latest = TB_DAY_NONE;
    bool found = false;

    for (int f = 0; f < TB_N_FREQS; f++) {
        struct tb_period period = { (enum tb_freq)f, periods->last[f] };
        if (!periods->has[f])
            continue;
        tb_day day = tb_period_last_day(period);
        bool finer = found && day == latest &&
                     tb_periods_per_year(period.freq) > tb_periods_per_year(out->freq);
        if (!found || day > latest || finer)
            *out = period;
        latest = !found || day > latest ? day : latest;
        found = true;
    }
    return found;
}

static void put_one(struct tb_period period, bool in_chinese, struct tb_buf *out)
{
    char text[48];

    if (in_chinese)
        tb_period_format_zh(period, text);
    else
        tb_period_format_en(period, text);
    tb_buf_puts(out, text);
}

static int by_time(const void *left, const void *right)
{
    const struct tb_period *a = left, *b = right;
    tb_day end_a = tb_period_last_day(*a), end_b = tb_period_last_day(*b);

    if (end_a != end_b)
        return end_a < end_b ? -1 : 1;
    return tb_periods_per_year(a->freq) - tb_periods_per_year(b->freq);
}

void tb_periods_put(const struct tb_periods *periods, bool in_chinese, struct tb_buf *out)
{
    struct tb_period listed[TB_PERIODS_LISTED];
    const char *comma = "", *next = in_chinese ? "、" : ", ";

    memcpy(listed, periods->met, sizeof listed);
    qsort(listed, periods->n_met, sizeof *listed, by_time);
    for (size_t i = 0; i < periods->n_met && !periods->more; i++, comma = next) {
        tb_buf_puts(out, comma);
        put_one(listed[i], in_chinese, out);
    }
    for (int f = 0; f < TB_N_FREQS && periods->more; f++) {
        if (!periods->has[f])
            continue;
        tb_buf_puts(out, comma);
        put_one((struct tb_period){ (enum tb_freq)f, periods->first[f] }, in_chinese, out);
        if (periods->last[f] != periods->first[f]) {
            tb_buf_puts(out, in_chinese ? "至" : " to ");
            put_one((struct tb_period){ (enum tb_freq)f, periods->last[f] }, in_chinese, out);
        }
        comma = next;
    }
}

void tb_periods_write(const struct tb_periods *periods, struct tb_buf *out)
{
    tb_buf_puts(out, periods->more ? "+" : "");
    for (size_t i = 0; i < periods->n_met && !periods->more; i++)
        tb_buf_printf(out, "%s %d %d,", tb_freq_code(periods->met[i].freq),
                      (int)periods->met[i].index, (int)periods->met[i].index);
    for (int f = 0; f < TB_N_FREQS && periods->more; f++)
        if (periods->has[f])
            tb_buf_printf(out, "%s %d %d,", tb_freq_code((enum tb_freq)f), (int)periods->first[f],
                          (int)periods->last[f]);
}

bool tb_periods_read(const char *text, struct tb_periods *out)
{
    *out = (struct tb_periods){ .more = *text == '+' };
    for (text += *text == '+'; *text; text++) {
        char code[8];
        int first, last, n = 0;
        enum tb_freq freq;
        if (sscanf(text, "%7s %d %d,%n", code, &first, &last, &n) != 3 || n == 0 ||
            !tb_freq_parse(code, &freq))
            return false;
        if (out->more) {
            extend(out, (struct tb_period){ freq, first });
            extend(out, (struct tb_period){ freq, last });
        } else {
            tb_periods_add(out, (struct tb_period){ freq, first });
        }
        text += n - 1;
    }
    return true;
}
