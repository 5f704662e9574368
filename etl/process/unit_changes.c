/* unit_changes.c - changes.csv: what became of units, by the profile and by the data.
 *
 * A row says who knows it: the profile, the data, or both.  Openings and closings
 * that only the data show, long silences, and endings that look like mergers are
 * questions to whoever keeps units.csv. */
#include "process/work.h"

#include <stdlib.h>
#include <string.h>

#include "process/spells.h"
#include "tongbao/change.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

/* One row to be; text lies in `text` from..to. */
struct entry {
    tb_day day;
    size_t from, to;
};

struct list {
    struct tb_work *work;
    const struct tb_profile *profile;
    struct tb_spells spells;
    struct tb_buf text;
    struct entry *entry;
    size_t n, capacity;
    bool out_of_memory;
};

/* What a row says. */
struct row {
    const char *kind, *known_by;
    tb_day day;
    const uint32_t *from, *to;
    size_t n_from, n_to;
    int32_t first, last; /* period indices; first > last: neither */
    bool has_first, has_last;
    const struct tb_buf *zh, *en;
};

static void put_units(const struct list *list, struct tb_buf *out, const uint32_t unit[], size_t n)
{
    struct tb_buf codes = TB_BUF_INIT;

    for (size_t i = 0; i < n; i++)
        tb_buf_printf(&codes, "%s%s", i ? ";" : "", list->profile->units[unit[i]].code);
    tb_csv_put(out, tb_buf_text(&codes));
    out->failed |= codes.failed;
    tb_buf_release(&codes);
}

static void put_period(const struct list *list, struct tb_buf *out, bool has, int32_t index)
{
    char text[TB_PERIOD_TEXT] = "";

    if (has)
        tb_period_format((struct tb_period){ list->spells.freq, index }, text);
    tb_csv_put(out, text);
}

static void add_row(struct list *list, const struct row *row)
{
    struct tb_buf *out = &list->text;
    char day[TB_DATE_TEXT];

    if (list->n == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        struct entry *grown = realloc(list->entry, capacity * sizeof *grown);
        if (!grown) {
            list->out_of_memory = true;
            return;
        }
        list->entry = grown;
        list->capacity = capacity;
    }
    struct entry *entry = &list->entry[list->n++];
    *entry = (struct entry){ .day = row->day, .from = out->len };
    tb_day_format(row->day, day);
    tb_csv_put(out, row->kind);
    tb_csv_put(out, day);
    put_units(list, out, row->from, row->n_from);
    put_units(list, out, row->to, row->n_to);
    tb_csv_put(out, row->known_by);
    put_period(list, out, row->has_first, row->first);
    put_period(list, out, row->has_last, row->last);
    tb_csv_put(out, tb_buf_text(row->zh));
    tb_csv_put(out, tb_buf_text(row->en));
    tb_csv_end_row(out);
    out->failed |= row->zh->failed || row->en->failed;
    entry->to = out->len;
}

static bool reports(const struct tb_spell *spell)
{
    return spell->first <= spell->last;
}

/* --- what the profile says --- */

/* First figure of the units after, last figure of those that end. */
static void find_ends(const struct list *list, const struct tb_change *change, struct row *row)
{
    for (size_t i = 0; i < change->n_to; i++) {
        const struct tb_spell *spell = &list->spells.unit[change->to[i]];
        if (reports(spell) && (!row->has_first || spell->first < row->first)) {
            row->first = spell->first;
            row->has_first = true;
        }
    }
    for (size_t i = 0; i < change->n_from; i++) {
        const struct tb_spell *spell = &list->spells.unit[change->from[i]];
        bool ends = true;
        for (size_t t = 0; t < change->n_to; t++)
            ends = ends && change->to[t] != change->from[i];
        if (ends && reports(spell) && (!row->has_last || spell->last > row->last)) {
            row->last = spell->last;
            row->has_last = true;
        }
    }
}

static void add_changes(struct list *list)
{
    struct tb_buf zh = TB_BUF_INIT, en = TB_BUF_INIT;

    for (size_t i = 0; i < list->profile->n_changes; i++) {
        const struct tb_change *change = &list->profile->changes[i];
        struct row row = { .kind = tb_change_word(change->kind),
                           .known_by = "profile",
                           .day = change->day,
                           .from = change->from,
                           .n_from = change->n_from,
                           .to = change->to,
                           .n_to = change->n_to,
                           .zh = &zh,
                           .en = &en };
        tb_buf_clear(&zh);
        tb_buf_clear(&en);
        tb_change_describe(list->profile, change, "zh", &zh);
        tb_change_describe(list->profile, change, "en", &en);
        find_ends(list, change, &row);
        add_row(list, &row);
    }
    tb_buf_release(&zh);
    tb_buf_release(&en);
}

/* True when a change of the profile begins or ends the unit on that day. */
static bool has_change(const struct tb_profile *profile, uint32_t unit, tb_day day, bool begins)
{
    for (size_t i = 0; i < profile->n_changes; i++) {
        const struct tb_change *change = &profile->changes[i];
        const uint32_t *units = begins ? change->to : change->from;
        size_t n = begins ? change->n_to : change->n_from;
        for (size_t u = 0; u < n && change->day == day; u++)
            if (units[u] == unit)
                return true;
    }
    return false;
}

/* --- one unit: its opening, closing and silence --- */

static const char *known_by(bool profile, bool data)
{
    return profile && data ? "both" : profile ? "profile" : "data";
}

static void say(struct tb_buf *zh, struct tb_buf *en, const struct list *list, int32_t index,
                const char *format_zh, const char *format_en)
{
    char period[TB_PERIOD_TEXT];

    tb_period_format((struct tb_period){ list->spells.freq, index }, period);
    tb_buf_puts(zh, zh->len ? "；" : "");
    tb_buf_printf(zh, "%s %s", format_zh, period);
    tb_buf_puts(en, en->len ? "; " : "");
    tb_buf_printf(en, "%s %s", format_en, period);
}

static struct tb_period period_at(const struct list *list, int32_t index)
{
    return (struct tb_period){ list->spells.freq, index };
}

/* An opening, or a closing, of which the profile knows the day, the data, or both. */
static void add_end(struct list *list, uint32_t unit, bool begins)
{
    const struct tb_unit *of = &list->profile->units[unit];
    const struct tb_spell *spell = &list->spells.unit[unit];
    tb_day stated = begins                            ? of->valid_from
                    : of->valid_to == TB_DAY_NONE ? TB_DAY_NONE
                                                      : of->valid_to + 1;
    bool seen = reports(spell) &&
                (begins ? spell->first > list->spells.first
                        : spell->last + list->spells.long_silence <= list->spells.last);
    tb_day day = stated;
    struct tb_buf zh = TB_BUF_INIT, en = TB_BUF_INIT;

    if (seen) {
        struct tb_period at = period_at(list, begins ? spell->first : spell->last + 1);
        tb_day shown = tb_period_first_day(at);
        /* The day that the profile states lies in the same period, or the data differ. */
        bool agrees = stated != TB_DAY_NONE && stated <= tb_period_last_day(at) &&
                      stated > tb_period_last_day(period_at(list, at.index - 1));
        say(&zh, &en, list, begins ? spell->first : spell->last, begins ? "首次报数" : "最后报数",
            begins ? "first figures in" : "last figures in");
        seen = stated == TB_DAY_NONE || agrees;
        day = stated == TB_DAY_NONE ? shown : stated;
    }
    if (day != TB_DAY_NONE && !has_change(list->profile, unit, day, begins))
        add_row(list, &(struct row){ .kind = tb_change_word(begins ? TB_CHANGE_OPENED
                                                                   : TB_CHANGE_CLOSED),
                                     .known_by = known_by(stated != TB_DAY_NONE, seen),
                                     .day = day,
                                     .from = &unit,
                                     .n_from = !begins,
                                     .to = &unit,
                                     .n_to = begins,
                                     .first = spell->first,
                                     .has_first = begins && reports(spell),
                                     .last = spell->last,
                                     .has_last = !begins && reports(spell),
                                     .zh = &zh,
                                     .en = &en });
    tb_buf_release(&zh);
    tb_buf_release(&en);
}

/* A silence longer than a late submission, unless the profile has the unit closed. */
static void add_silence(struct list *list, uint32_t unit)
{
    const struct tb_spell *spell = &list->spells.unit[unit];
    struct tb_buf zh = TB_BUF_INIT, en = TB_BUF_INIT;

    if (spell->quiet_from > spell->quiet_to ||
        !tb_unit_valid_in(&list->profile->units[unit], period_at(list, spell->quiet_from)))
        return;
    say(&zh, &en, list, spell->quiet_from, "期间无数据：自", "no figures from");
    say(&zh, &en, list, spell->quiet_to, "至", "to");
    add_row(list, &(struct row){ .kind = "silent",
                                 .known_by = "data",
                                 .day = tb_period_first_day(period_at(list, spell->quiet_from)),
                                 .from = &unit,
                                 .n_from = 1,
                                 .first = spell->quiet_to + 1,
                                 .has_first = true,
                                 .last = spell->quiet_from - 1,
                                 .has_last = true,
                                 .zh = &zh,
                                 .en = &en });
    tb_buf_release(&zh);
    tb_buf_release(&en);
}

static void add_merger(void *user, int32_t at, const uint32_t part[], size_t n, uint32_t into)
{
    struct list *list = user;
    const struct tb_spell *spell = &list->spells.unit[into];
    struct tb_buf zh = TB_BUF_INIT, en = TB_BUF_INIT;

    tb_buf_puts(&zh, "规模相当，可能并入");
    tb_buf_puts(&en, "of the size of what was added there: merged?");
    add_row(list, &(struct row){ .kind = "merged?",
                                 .known_by = "data",
                                 .day = tb_period_first_day(period_at(list, at)),
                                 .from = part,
                                 .n_from = n,
                                 .to = &into,
                                 .n_to = 1,
                                 .first = spell->first,
                                 .has_first = spell->first == at,
                                 .last = at - 1,
                                 .has_last = true,
                                 .zh = &zh,
                                 .en = &en });
    tb_buf_release(&zh);
    tb_buf_release(&en);
}

/* By day; of one day as they were found. */
static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    return (a->from > b->from) - (a->from < b->from);
}

int tb_work_list_changes(struct tb_work *work, struct tb_error *err)
{
    struct list list = { .work = work, .profile = work->profile, .text = TB_BUF_INIT };
    int rc = -1;

    if (tb_spells_init(&list.spells, work, err) < 0)
        return -1;
    add_changes(&list);
    for (uint32_t unit = 0; unit < work->profile->n_units; unit++) {
        add_end(&list, unit, true);
        add_end(&list, unit, false);
        add_silence(&list, unit);
    }
    if (tb_spells_mergers(&list.spells, work, add_merger, &list, err) < 0)
        goto out;
    if (list.out_of_memory) {
        tb_error_set(err, "out of memory for %zu changes of units", list.n);
        goto out;
    }
    if (list.n)
        qsort(list.entry, list.n, sizeof *list.entry, compare_entries);
    for (size_t i = 0; i < list.n; i++)
        tb_buf_add(&work->changes, tb_buf_text(&list.text) + list.entry[i].from,
                   list.entry[i].to - list.entry[i].from);
    if (tb_buf_ok(&list.text, err) && tb_buf_ok(&work->changes, err))
        rc = 0;
out:
    free(list.entry);
    tb_buf_release(&list.text);
    tb_spells_release(&list.spells);
    return rc;
}
