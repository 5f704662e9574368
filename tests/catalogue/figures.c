/* figures.c - writes figures as a submission in long form. */
#include "catalogue.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void put(struct world *world, const char *unit, const char *indicator, const char *measure,
         struct tb_period period, double number)
{
    char text[TB_PERIOD_TEXT];
    const char *formula = indicator_cell(world, indicator, "formula"), *slash = strchr(formula, '/');

    tb_period_format(period, text);
    if (slash) { /* a quotient is sent as its parts: of a hundred thousand */
        fprintf(world->figures, "%s,%.*s,%s,%s,%.10g\n", unit, (int)strcspn(formula, " /"), formula, measure,
                text, round(number * 1000 * 1000) / 1000);
        fprintf(world->figures, "%s,%s,%s,%s,100000\n", unit, slash + 1 + strspn(slash + 1, " "), measure, text);
        return;
    }
    fprintf(world->figures, "%s,%s,%s,%s,%.10g\n", unit, indicator, measure, text,
            round(number * 1e6) / 1e6);
}

void put_word(struct world *world, const char *unit, const char *indicator, struct tb_period period,
              const char *word)
{
    char text[TB_PERIOD_TEXT];

    tb_period_format(period, text);
    fprintf(world->figures, "%s,%s,value,%s,%s\n", unit, indicator, text, word);
}

void put_text(struct world *world, const char *unit, const char *indicator, const char *measure,
             struct tb_period period, const char *said)
{
    char text[TB_PERIOD_TEXT];

    tb_period_format(period, text);
    fprintf(world->figures, "%s,%s,%s,%s,%s\n", unit, indicator, measure, text, said);
}

struct tb_period period_of(const struct row *row, int32_t month)
{
    return tb_period_within((struct tb_period){ TB_FREQ_MONTH, month }, row->frequency);
}

struct tb_period period_for(const struct world *world, const char *indicator, int32_t month)
{
    enum tb_freq frequency = TB_FREQ_MONTH;

    tb_freq_parse(indicator_cell(world, indicator, "frequency"), &frequency);
    return tb_period_within((struct tb_period){ TB_FREQ_MONTH, month }, frequency);
}

static bool adds_up(const struct world *world, const char *indicator)
{
    const char *kind = indicator_cell(world, indicator, "kind");

    return strcmp(kind, "flow") == 0 || strcmp(kind, "count") == 0;
}

void put_at(struct world *world, const struct row *row, const char *unit, const char *indicator,
            int32_t month, double number)
{
    (void)row;
    put(world, unit, indicator, adds_up(world, indicator) ? "ytd" : "value",
        period_for(world, indicator, month), number);
}

void put_amount(struct world *world, const struct row *row, const char *unit, const char *indicator,
                double number)
{
    if (!adds_up(world, indicator) || row->start % 12 == 0) {
        put_at(world, row, unit, indicator, row->end, number);
        return;
    }
    struct tb_period last = period_for(world, indicator, row->end);
    struct tb_period first = period_for(world, indicator, row->start);
    for (int32_t i = first.index; i <= last.index; i++)
        put(world, unit, indicator, "value", (struct tb_period){ last.freq, i },
            i == last.index ? number : 0);
}

void put_growth(struct world *world, const struct row *row, const char *unit, const char *indicator,
                double percent)
{
    const char *kind = indicator_cell(world, indicator, "kind");
    struct tb_period period = period_for(world, indicator, row->end);

    if (adds_up(world, indicator))
        put(world, unit, indicator, "ytd_growth", period, percent);
    else
        put(world, unit, indicator,
            strcmp(kind, "stock") == 0 || strcmp(kind, "index") == 0 ? "growth" : "value", period, percent);
}

static const char *ranked_measure(const struct world *world, const char *indicator, char text[NAME])
{
    const char *headline = indicator_cell(world, indicator, "headline");
    const char *kind = indicator_cell(world, indicator, "kind");

    if (*headline) {
        snprintf(text, NAME, "%.*s", (int)strcspn(headline, ";"), headline);
        return text;
    }
    if (strcmp(kind, "flow") == 0)
        return "ytd_growth";
    if (strcmp(kind, "count") == 0)
        return "ytd";
    return strcmp(kind, "stock") == 0 || strcmp(kind, "index") == 0 ? "growth" : "value";
}

void put_place(struct world *world, const struct row *row, const char *group, const char *unit,
               int32_t month, size_t place, size_t tied_with)
{
    char code[MAX_UNITS][NAME], text[NAME], given[NAME + 8];
    size_t n = members(world, group, "", code), next = 1;
    const char *measure = ranked_measure(world, row->indicator, text);
    struct tb_period period = period_of(row, month);

    if (n < 3 || place > n) { /* only the upper level knows the others */
        snprintf(given, sizeof given, "rank(%s)", group);
        put(world, unit, row->indicator, given, period, (double)place);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        double at = (double)place;
        if (strcmp(code[i], unit) != 0) {
            next += next == place;
            at = (double)next++;
            if (tied_with && (size_t)at > place && (size_t)at <= place + tied_with)
                at = (double)place;
        }
        put(world, code[i], row->indicator, measure, period, row->lower ? 10 + at : 90 - at);
    }
}
