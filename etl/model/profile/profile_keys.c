/* profile_keys.c - the keys of profile.ini: a row each, and what holds without them. */
#include "model/profile/profile_keys.h"

#include <stddef.h>
#include <string.h>

#define AT(member) offsetof(struct tb_settings, member)

/* clang-format off */
static const struct tb_key keys[] = {
    { "profile", "name_zh", TB_KEY_TEXT, AT(name_zh), 0, 0, { 0 } },
    { "profile", "name_en", TB_KEY_TEXT, AT(name_en), 0, 0, { 0 } },
    { "profile", "issuer_zh", TB_KEY_TEXT, AT(issuer_zh), 0, 0, { 0 } },
    { "profile", "issuer_en", TB_KEY_TEXT, AT(issuer_en), 0, 0, { 0 } },
    { "profile", "number", TB_KEY_TEXT, AT(number), 0, 0, { 0 } },
    { "profile", "subject", TB_KEY_TEXT, AT(subject), 0, 0, { 0 } },
    { "profile", "subject_group", TB_KEY_TEXT, AT(subject_group), 0, 0, { 0 } },
    { "profile", "children_group", TB_KEY_TEXT, AT(children_group), 0, 0, { 0 } },
    { "profile", "source_zh", TB_KEY_TEXT, AT(source_zh), 0, 0, { 0 } },
    { "profile", "source_en", TB_KEY_TEXT, AT(source_en), 0, 0, { 0 } },
    { "profile", "simulated", TB_KEY_FLAG, AT(simulated), 0, 0, { "no", "yes" } },
    { "profile", "languages", TB_KEY_LANGUAGES, AT(languages), 0, 0, { 0 } },
    { "profile", "frequency", TB_KEY_WORD, AT(frequency), 0, 0, { "A", "S", "Q", "M", "M_3", "W", "M2" } },
    { "profile", "year_start", TB_KEY_WHOLE, AT(year_start), 1, 12, { 0 } },
    { "profile", "utc_offset", TB_KEY_OFFSET, AT(utc_offset), 0, 0, { 0 } },
    { "calendar", "deadline_day", TB_KEY_WHOLE, AT(deadline_day), 0, 31, { 0 } },
    { "calendar", "deadline_months", TB_KEY_WHOLE, AT(deadline_months), 0, 24, { 0 } },
    { "calendar", "holidays", TB_KEY_FLAG, AT(holidays), 0, 0, { "no", "yes" } },
    { "receipts", "of_a_kind", TB_KEY_WHOLE, AT(receipt_of_a_kind), 1, 1000, { 0 } },
    { "methods", "rank_basis", TB_KEY_FLAG, AT(rank_on_published), 0, 0, { "full", "published" } },
    { "methods", "limit_basis", TB_KEY_FLAG, AT(limit_on_published), 0, 0, { "full", "published" } },
    { "methods", "tie_rule", TB_KEY_FLAG, AT(dense_ranks), 0, 0, { "competition", "dense" } },
    { "methods", "round_mode", TB_KEY_WORD, AT(round_mode), 0, 0, { "half_up", "half_even", "down" } },
    { "methods", "missing_rank", TB_KEY_FLAG, AT(missing_ranks_last), 0, 0, { "none", "last" } },
    { "methods", "first_keeps_ok", TB_KEY_FLAG, AT(first_keeps_ok), 0, 0, { "no", "yes" } },
    { "methods", "no_tie", TB_KEY_FLAG, AT(no_tie_boundary), 0, 0, { "any", "boundary" } },
    { "methods", "about", TB_KEY_FLAG, AT(about_both), 0, 0, { "lower", "both" } },
    { "methods", "about_tolerance", TB_KEY_DECIMAL, AT(about_tolerance), 0, 0, { 0 } },
    { "methods", "conflicts", TB_KEY_WORD, AT(conflicts), 0, 0, { "stricter", "first", "both" } },
    { "methods", "front_share", TB_KEY_DECIMAL, AT(front_share), 0, 0, { 0 } },
    { "methods", "rank_imputed", TB_KEY_FLAG, AT(rank_imputed), 0, 0, { "no", "yes" } },
    { "methods", "pooled", TB_KEY_FLAG, AT(pool_all), 0, 0, { "matched", "all" } },
    { "methods", "progress", TB_KEY_WORD, AT(progress), 0, 0, { "months", "days", "milestones", "profile" } },
    { "methods", "milestones", TB_KEY_MILESTONES, AT(milestones), 0, 0, { 0 } },
    { "methods", "at_risk_below", TB_KEY_SHARE, AT(at_risk_below), 0, 0, { 0 } },
    { "methods", "trend", TB_KEY_FLAG, AT(robust_trend), 0, 0, { "none", "robust" } },
    { "methods", "seasonal", TB_KEY_WORD, AT(seasonal), 0, 0, { "none", "regression", "stl", "stl-periodic" } },
    { "methods", "bottom_k", TB_KEY_WHOLE, AT(bottom_k), 1, 1000, { 0 } },
    { "methods", "min_peers", TB_KEY_WHOLE, AT(min_peers), 1, 1000, { 0 } },
    { "methods", "growth_decimals", TB_KEY_WHOLE, AT(growth_decimals), 0, 6, { 0 } },
    { "methods", "children_tolerance", TB_KEY_DECIMAL, AT(children_tolerance), 0, 0, { 0 } },
    { "methods", "errata", TB_KEY_WORD, AT(errata), 0, 0, { "none", "year", "all" } },
    { "methods", "normalise", TB_KEY_WORD, AT(normalise), 0, 0,
      { "rank", "minmax", "zscore", "goalposts", "completion" } },
    { "methods", "aggregate", TB_KEY_WORD, AT(aggregate), 0, 0, { "arithmetic", "geometric" } },
    { "methods", "missing_indicator", TB_KEY_FLAG, AT(missing_as_zero), 0, 0, { "renormalise", "zero" } },
    { "methods", "completion_cap", TB_KEY_DECIMAL, AT(completion_cap), 0, 0, { 0 } },
    { "methods", "class_cuts", TB_KEY_CUTS, AT(class_cuts), 0, 0, { 0 } },
    { "methods", "mc_runs", TB_KEY_WHOLE, AT(mc_runs), 0, 1000000, { 0 } },
    { "methods", "mc_weights", TB_KEY_WHOLE, AT(mc_weights), 0, 1000000, { 0 } },
    { "methods", "comparable_months", TB_KEY_WHOLE, AT(comparable_months), 0, 1200, { 0 } },
    { "methods", "bulletin_months", TB_KEY_WHOLE, AT(bulletin_months), 2, 240, { 0 } },
    { "target_changes", "until", TB_KEY_MONTH_DAY, AT(change_until), 0, 0, { 0 } },
    { "target_changes", "reasons", TB_KEY_TEXTS, AT(change_reasons), 0, 0, { 0 } },
    { "target_changes", "written", TB_KEY_FLAG, AT(change_written), 0, 0, { "no", "yes" } },
    { "target_changes", "total_unchanged", TB_KEY_FLAG, AT(change_total_unchanged), 0, 0, { "no", "yes" } },
    { "tasks", "day", TB_KEY_FLAG, AT(day_required), 0, 0, { "none", "required" } },
    { "tasks", "evidence", TB_KEY_FLAG, AT(evidence_required), 0, 0, { "none", "required" } },
    { "edits", "offices", TB_KEY_TEXTS, AT(edit_offices), 0, 0, { 0 } },
    { "inbox", "grace", TB_KEY_WHOLE, AT(inbox_grace), 0, 86400, { 0 } },
    { "inbox", "addressees", TB_KEY_FLAG, AT(inbox_addressees), 0, 0, { "no", "yes" } },
    { "inbox", "addressees_from", TB_KEY_PERIOD, AT(inbox_addressees_from), 0, 0, { 0 } },
    { "inbox", "owners", TB_KEY_OWNERS, AT(owners), 0, 0, { 0 } },
    { "converters", "timeout", TB_KEY_WHOLE, AT(converter_timeout), 1, 3600, { 0 } },
    { "converters", "max_mib", TB_KEY_WHOLE, AT(converter_max_mib), 1, 1024, { 0 } },
    { "converters", "memory_mib", TB_KEY_WHOLE, AT(converter_memory_mib), 0, 1 << 20, { 0 } },
};

/* clang-format on */

static const char *const sections[] = { "profile", "calendar", "methods", "units_of_measure",
                                        "missing", "flags", "receipts", "inbox", "converters",
                                        "edits", "target_changes", "tasks", "stages" };

enum { N_KEYS = sizeof keys / sizeof *keys, N_SECTIONS = sizeof sections / sizeof *sections };
_Static_assert((int)N_KEYS <= (int)TB_KEYS_MAX, "raise TB_KEYS_MAX");

static const struct tb_settings defaults = {
    .name_zh = "",
    .name_en = "",
    .issuer_zh = "",
    .issuer_en = "",
    .number = "",
    .source_zh = "",
    .source_en = "",
    .frequency = TB_FREQ_MONTH,
    .year_start = 1,
    .utc_offset = 8 * 60,
    .growth_decimals = 1,
    .rank_on_published = true,
    .first_keeps_ok = true,
    .about_tolerance = { 5, 1 },
    .front_share = { 333333, 6 },
    .completion_cap = { 100, 0 },
    .mc_runs = 10000,
    .mc_weights = 100,
    .at_risk_below = { 5, 1 },
    .bottom_k = 3,
    .min_peers = 3,
    .bulletin_months = 24,
    .comparable_months = 13,
    .errata = TB_ERRATA_YEAR,
    .receipt_of_a_kind = 20,
    .inbox_grace = 60,
    .inbox_addressees_from = TB_DAY_NONE,
    .converter_timeout = 60,
    .converter_max_mib = 256,
    .converter_memory_mib = 4096,
};

const struct tb_settings *tb_settings_defaults(void)
{
    return &defaults;
}

const struct tb_key *tb_key_find(const char *section, const char *name, size_t *number)
{
    for (size_t i = 0; i < N_KEYS; i++) {
        if (strcmp(keys[i].section, section) != 0 || strcmp(keys[i].name, name) != 0)
            continue;
        *number = i;
        return &keys[i];
    }
    return NULL;
}

const char *tb_key_section(const char *name)
{
    for (size_t i = 0; i < N_KEYS; i++) {
        if (strcmp(keys[i].name, name) == 0)
            return keys[i].section;
    }
    return NULL;
}

bool tb_key_is_section(const char *name)
{
    for (size_t i = 0; i < N_SECTIONS; i++) {
        if (strcmp(sections[i], name) == 0)
            return true;
    }
    return false;
}

const char *tb_key_near(const char *section, const char *name)
{
    const char *names[N_KEYS];
    size_t n = 0;

    for (size_t i = 0; i < N_KEYS; i++) {
        if (strcmp(keys[i].section, section) == 0)
            names[n++] = keys[i].name;
    }
    return tb_near_word(name, strlen(name), names, n);
}

const char *tb_key_near_section(const char *name)
{
    return tb_near_word(name, strlen(name), sections, N_SECTIONS);
}

void tb_key_remember(struct tb_load *load, const struct tb_key *key, const struct tb_place *place)
{
    if (key->offset == AT(subject))
        load->subject_at = *place;
    else if (key->offset == AT(subject_group))
        load->subject_group_at = *place;
    else if (key->offset == AT(children_group))
        load->children_group_at = *place;
    else if (key->offset == AT(aggregate))
        load->aggregate_at = *place;
    else if (key->offset == AT(inbox_addressees))
        load->addressees_at = *place;
}
