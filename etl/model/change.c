/* change.c - walks back over the changes of units. */
#include "tongbao/change.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/profile.h"

static const struct {
    const char *word, *zh, *en;
} names[TB_N_CHANGES] = {
    [TB_CHANGE_OPENED] = { "opened", "设立", "opened" },
    [TB_CHANGE_CLOSED] = { "closed", "撤销", "closed" },
    [TB_CHANGE_MERGED] = { "merged", "合并", "merged" },
    [TB_CHANGE_SPLIT] = { "split", "拆分", "split" },
    [TB_CHANGE_RENAMED] = { "renamed", "更名", "renamed" },
    [TB_CHANGE_BOUNDARY] = { "boundary", "区划调整", "boundary changed" },
};

const char *tb_change_word(enum tb_change_kind kind)
{
    return names[kind].word;
}

const char *tb_change_name(enum tb_change_kind kind, const char *lang)
{
    return strncmp(lang, "zh", 2) == 0 ? names[kind].zh : names[kind].en;
}

static void put_units(const struct tb_profile *profile, const uint32_t unit[], size_t n, bool zh,
                      const char *lang, struct tb_buf *out)
{
    for (size_t i = 0; i < n; i++)
        tb_buf_printf(out, "%s%s", i ? (zh ? "、" : ", ") : "",
                      tb_unit_name(&profile->units[unit[i]], lang));
}

void tb_change_describe(const struct tb_profile *profile, const struct tb_change *change,
                        const char *lang, struct tb_buf *out)
{
    bool zh = strncmp(lang, "zh", 2) == 0;
    char day[TB_DATE_TEXT];

    tb_day_format(change->day, day);
    tb_buf_printf(out, zh ? "%s %s：" : "%s on %s: ",
                  zh ? day : tb_change_name(change->kind, lang),
                  zh ? tb_change_name(change->kind, lang) : day);
    put_units(profile, change->from, change->n_from, zh, lang, out);
    if (change->n_from && change->n_to)
        tb_buf_puts(out, " -> ");
    put_units(profile, change->to, change->n_to, zh, lang, out);
    if (change->note[0])
        tb_buf_printf(out, zh ? "（%s）" : " (%s)", change->note);
}

static bool holds(const uint32_t list[], size_t n, uint32_t unit)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == unit)
            return true;
    return false;
}

static bool joins_units(const struct tb_change *change)
{
    return change->kind == TB_CHANGE_MERGED || change->kind == TB_CHANGE_RENAMED;
}

/* A change that leaves a unit what it was, or only says when it was there. */
static bool is_no_break(const struct tb_change *change)
{
    return change->kind == TB_CHANGE_OPENED || change->kind == TB_CHANGE_CLOSED ||
           (change->kind == TB_CHANGE_RENAMED && change->n_to == 0);
}

static void add_part(struct tb_scope *scope, uint32_t unit)
{
    size_t at = scope->n;

    if (holds(scope->part, scope->n, unit))
        return;
    while (at > 0 && scope->part[at - 1] > unit) {
        scope->part[at] = scope->part[at - 1];
        at--;
    }
    scope->part[at] = unit;
    scope->n++;
}

static void remove_part(struct tb_scope *scope, uint32_t unit)
{
    size_t kept = 0;

    for (size_t i = 0; i < scope->n; i++)
        if (scope->part[i] != unit)
            scope->part[kept++] = scope->part[i];
    scope->n = kept;
}

/* One step back over a change; false when it cannot be bridged. */
static bool step_back(const struct tb_change *change, struct tb_scope *scope)
{
    for (size_t i = 0; i < change->n_to; i++)
        if (!holds(scope->part, scope->n, change->to[i]))
            return false;
    if (!joins_units(change) || scope->n - change->n_to + change->n_from > TB_SCOPE_PARTS)
        return false;
    for (size_t i = 0; i < change->n_to; i++)
        remove_part(scope, change->to[i]);
    for (size_t i = 0; i < change->n_from; i++)
        add_part(scope, change->from[i]);
    return true;
}

static bool touches(const struct tb_change *change, const struct tb_scope *scope)
{
    if (is_no_break(change))
        return false;
    for (size_t i = 0; i < scope->n; i++)
        if (holds(change->to, change->n_to, scope->part[i]))
            return true;
    return false;
}

void tb_scope_between(const struct tb_profile *profile, size_t unit, struct tb_period then,
                      struct tb_period now, struct tb_scope *out)
{
    *out = (struct tb_scope){ .n = 1 };
    out->part[0] = (uint32_t)unit;
    if (profile->n_changes == 0 || !profile->units[unit].changed)
        return;
    tb_day first = tb_period_first_day(then), last = tb_period_last_day(then);
    tb_day begins = tb_period_first_day(now), ends = tb_period_last_day(now);
    for (size_t i = profile->n_changes; i-- > 0;) {
        const struct tb_change *change = &profile->changes[i];
        if (change->day > ends || !touches(change, out))
            continue;
        if (change->day <= first)
            break;
        if (change->day > begins || change->day <= last || !step_back(change, out)) {
            out->broken = change;
            return;
        }
        if (!out->bridged)
            out->bridged = change;
    }
}

bool tb_scope_changes(const struct tb_profile *profile, size_t unit, tb_day first, tb_day last)
{
    struct tb_scope alone = { .n = 1 };

    alone.part[0] = (uint32_t)unit;
    if (!profile->units[unit].changed)
        return false;
    for (size_t i = 0; i < profile->n_changes; i++) {
        const struct tb_change *change = &profile->changes[i];
        if (change->day > first && change->day <= last && touches(change, &alone))
            return true;
    }
    return false;
}

tb_day tb_unit_opened(const struct tb_profile *profile, size_t unit, struct tb_period period)
{
    const struct tb_unit *of = &profile->units[unit];
    tb_day end = tb_period_last_day(period), opened = of->valid_from;

    for (size_t i = 0; i < of->n_absences; i++)
        if (of->absence[i].last < end)
            opened = of->absence[i].last + 1;
    return opened;
}

bool tb_unit_valid_in(const struct tb_unit *unit, struct tb_period period)
{
    if (unit->valid_from == TB_DAY_NONE && unit->valid_to == TB_DAY_NONE && unit->n_absences == 0)
        return true; /* the days of the period need not be worked out */
    tb_day first = tb_period_first_day(period), last = tb_period_last_day(period);

    if ((unit->valid_from != TB_DAY_NONE && unit->valid_from > first) ||
        (unit->valid_to != TB_DAY_NONE && last > unit->valid_to))
        return false;
    for (size_t i = 0; i < unit->n_absences; i++)
        if (unit->absence[i].first <= last && unit->absence[i].last >= first)
            return false;
    return true;
}
