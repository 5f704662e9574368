/* titles.c - of the names above a table the one that counts. */
#include "collect/header/titles.h"

#include <string.h>

#include "collect/header/sample.h"
#include "collect/header/titles_find.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"

static bool unit_lies_within(const struct tb_profile *profile, int32_t unit, int32_t other)
{
    for (int32_t up = profile->units[unit].parent; up >= 0; up = profile->units[up].parent) {
        if (up == other)
            return true;
    }
    for (size_t g = 0; g < profile->n_groups; g++) {
        if (profile->groups[g].area == other && other != unit)
            return true; /* 全市 stands for units of a group */
    }
    return false;
}

static bool period_goes_before(const struct tb_period_read *a, const struct tb_period_read *b)
{
    bool year = b->period.freq == TB_FREQ_ANNUAL && a->period.freq != TB_FREQ_ANNUAL;
    bool together = tb_period_last_day(a->period) == tb_period_last_day(b->period);

    return (year && !b->until && tb_period_year(a->period) == tb_period_year(b->period)) ||
           (together && a->cumulative && !b->cumulative);
}

/* True when `b` says nothing beside `a`. */
static bool goes_before(const struct tb_title_search *s, const struct tb_mention *a, const struct tb_mention *b)
{
    if (s->of == TB_TITLES_PERIOD)
        return period_goes_before(&a->what.period, &b->what.period);
    if (strlen(a->text) > strlen(b->text) && strstr(a->text, b->text))
        return true;
    return s->of == TB_TITLES_UNIT && unit_lies_within(s->profile, a->what.row, b->what.row);
}

/* The only one that is not dropped and is marked so, or NULL. */
static const struct tb_mention *only(const struct tb_title_search *s, bool labelled, uint32_t line)
{
    const struct tb_mention *found = NULL;

    for (size_t i = 0; i < s->n; i++) {
        const struct tb_mention *m = &s->item[i];
        if (m->dropped || (labelled && !m->labelled) ||
            (line && (m->line != line || !m->whole)))
            continue;
        if (found)
            return NULL;
        found = m;
    }
    return found;
}

static void put_names(const struct tb_title_search *s, struct tb_buf *names)
{
    tb_buf_clear(names);
    for (size_t i = 0; i < s->n; i++) {
        if (!s->item[i].dropped)
            tb_buf_printf(names, "%s%s", names->len ? "、" : "", s->item[i].text);
    }
}

static enum tb_titles_say settle(struct tb_title_search *s, struct tb_titles_found *out,
                                 struct tb_buf *names)
{
    uint32_t nearest = 0;

    for (size_t i = 0; i < s->n; i++) {
        for (size_t k = 0; k < s->n; k++) {
            if (i != k && !s->item[k].dropped && goes_before(s, &s->item[k], &s->item[i]))
                s->item[i].dropped = true;
        }
    }
    for (size_t i = 0; i < s->n; i++) {
        if (!s->item[i].dropped && s->item[i].line > nearest)
            nearest = s->item[i].line;
    }
    const struct tb_mention *found = only(s, false, 0);
    found = found ? found : only(s, true, 0);
    found = found || nearest == 0 ? found : only(s, false, nearest);
    if (found)
        *out = found->what;
    else if (s->n > 0 && names)
        put_names(s, names);
    return found ? TB_TITLES_ONE : s->n > 0 ? TB_TITLES_SEVERAL : TB_TITLES_NOTHING;
}

enum tb_titles_say tb_titles_look(const struct tb_profile *profile, const struct tb_sample *sample,
                                  uint32_t header_line, enum tb_titles_of of, int year,
                                  struct tb_titles_found *out, struct tb_buf *names)
{
    struct tb_title_search s = { .profile = profile, .of = of, .year = year };

    for (size_t r = 0; r < sample->n && sample->row[r].line < header_line; r++) {
        s.line = sample->row[r].line;
        for (size_t c = 0; c < sample->row[r].n; c++) {
            const char *cell = tb_sample_cell(sample, r, c);
            if (cell[0])
                tb_titles_find(&s, cell);
        }
    }
    return settle(&s, out, names);
}

enum tb_titles_say tb_titles_look_into(const struct tb_profile *profile, const char *text,
                                       enum tb_titles_of of, struct tb_titles_found *out,
                                       struct tb_buf *names)
{
    struct tb_title_search s = { .profile = profile, .of = of, .line = 1 };

    tb_titles_find(&s, text);
    return settle(&s, out, names);
}
