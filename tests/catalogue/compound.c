/* compound.c - targets of one sentence that join several figures: what the sentence names. */
#include "catalogue.h"

#include <string.h>

/* The documents' numbers for one part each, in the order in which the rule names them. */
static const struct {
    const char *id;
    double enough[8];
} shares[] = {
    /* 累计完成年度任务的55%: of 1350, 340, 2755, 450 and 125 */
    { "D000-053", { 743, 187, 1516, 248, 69 } },
    /* 年度任务的一半以上: of 26 and 10 */
    { "D000-111", { 13, 5 } },
    /* two published figures each: 查处 30 人，强戒 7 人; 40 户、33户 */
    { "D001-070", { 30, 7 } },
    { "D001-091", { 40, 33 } },
    /* 人均实际使用外资额、人均高技术产业实际使用外资额未破零 */
    { "D001-152", { 1, 1 } },
    /* 3200万元 and 30万元, which the words give in yuan */
    { "D001-018", { 3200 } },
    { "D001-123", { 30 } },
};

static bool write_shares(struct world *world, const struct row *row, const double enough[8])
{
    char name[MAX_NAMES][NAME];
    size_t n = names_in_brackets(row->rule, name);

    size_t parts = 0;

    while (parts < 8 && enough[parts] > 0)
        parts++;
    if (n == 0)
        snprintf(name[n++], NAME, "%s", row->indicator);
    if (n != parts) /* a part that the rule forgets would never be missed */
        return false;
    for (size_t i = 0; i < n && i < 8; i++) /* the last part is one short */
        put_amount(world, row, row->unit[0], indicator_cell(world, name[i], "indicator"),
                   enough[i] - (world->met || i + 1 < n ? 0 : 1));
    return true;
}

/* Every growth above those of the city and of the province; the last equals the province's. */
static bool write_above_both(struct world *world, const struct row *row)
{
    char name[MAX_NAMES][NAME];
    size_t n = names_in_brackets(row->rule, name);

    if (n != 3) /* 三项指标 */
        return false;
    for (size_t i = 0; i < n; i++) {
        const char *code = indicator_cell(world, name[i], "indicator");
        put_growth(world, row, area_of(world, "city"), code, 5);
        put_growth(world, row, area_of(world, "province"), code, 6);
        put_growth(world, row, row->unit[0], code, world->met || i + 1 < n ? 6.1 : 6);
    }
    return n > 0;
}

/* Every one above last year's; the last stands still. */
static bool write_above_last_year(struct world *world, const struct row *row)
{
    char name[MAX_NAMES][NAME];
    size_t n = names_in_brackets(row->rule, name);

    for (size_t i = 0; i < n; i++) {
        const char *code = indicator_cell(world, name[i], "indicator");
        put_at(world, row, row->unit[0], code, row->end - 12, 10);
        put_at(world, row, row->unit[0], code, row->end, world->met || i + 1 < n ? 11 : 10);
    }
    return n > 0;
}

bool compound_write(struct world *world, const struct row *row)
{
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        if (strcmp(row->id, shares[i].id) == 0)
            return write_shares(world, row, shares[i].enough);
    }
    if (strcmp(row->form, "progress_share_of_annual") == 0 && strstr(row->rule, "annual")) {
        /* 年度任务的90%: of a task of 2 only both are enough */
        put_amount(world, row, row->unit[0], row->indicator, world->met ? 2 : 1);
        return true;
    }
    if (strcmp(row->operator, "all >") == 0)
        return strcmp(row->basis, "share") == 0 ? write_above_last_year(world, row)
                                                : write_above_both(world, row);
    return false;
}
