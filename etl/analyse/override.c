/* override.c - the settings that can be rehearsed, by the words of profile.ini. */
#include "analyse/override.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "tongbao/options.h"
#include "tongbao/profile.h"

enum kind { FLAG, WHOLE, DECIMAL, ROUNDING, NORMALISE, AGGREGATE, PROGRESS, SHARE };

/* clang-format off */
static const struct setting {
    const char *key;
    enum kind kind;
    size_t offset;
    const char *off, *on;      /* words of a flag */
    int64_t least, greatest;   /* of a whole number */
} SETTINGS[] = {
    { "rank_basis", FLAG, offsetof(struct tb_settings, rank_on_published), "full", "published", 0, 0 },
    { "limit_basis", FLAG, offsetof(struct tb_settings, limit_on_published), "full", "published", 0, 0 },
    { "tie_rule", FLAG, offsetof(struct tb_settings, dense_ranks), "competition", "dense", 0, 0 },
    { "missing_rank", FLAG, offsetof(struct tb_settings, missing_ranks_last), "none", "last", 0, 0 },
    { "rank_imputed", FLAG, offsetof(struct tb_settings, rank_imputed), "no", "yes", 0, 0 },
    { "first_keeps_ok", FLAG, offsetof(struct tb_settings, first_keeps_ok), "no", "yes", 0, 0 },
    { "no_tie", FLAG, offsetof(struct tb_settings, no_tie_boundary), "any", "boundary", 0, 0 },
    { "about", FLAG, offsetof(struct tb_settings, about_both), "lower", "both", 0, 0 },
    { "pooled", FLAG, offsetof(struct tb_settings, pool_all), "matched", "all", 0, 0 },
    { "round_mode", ROUNDING, offsetof(struct tb_settings, round_mode), NULL, NULL, 0, 0 },
    { "normalise", NORMALISE, offsetof(struct tb_settings, normalise), NULL, NULL, 0, 0 },
    { "aggregate", AGGREGATE, offsetof(struct tb_settings, aggregate), NULL, NULL, 0, 0 },
    { "missing_indicator", FLAG, offsetof(struct tb_settings, missing_as_zero), "renormalise", "zero", 0, 0 },
    { "completion_cap", DECIMAL, offsetof(struct tb_settings, completion_cap), NULL, NULL, 0, 0 },
    { "mc_runs", WHOLE, offsetof(struct tb_settings, mc_runs), NULL, NULL, 0, 1000000 },
    { "mc_weights", WHOLE, offsetof(struct tb_settings, mc_weights), NULL, NULL, 0, 1000000 },
    { "about_tolerance", DECIMAL, offsetof(struct tb_settings, about_tolerance), NULL, NULL, 0, 0 },
    { "front_share", DECIMAL, offsetof(struct tb_settings, front_share), NULL, NULL, 0, 0 },
    { "progress", PROGRESS, offsetof(struct tb_settings, progress), NULL, NULL, 0, 0 },
    { "at_risk_below", SHARE, offsetof(struct tb_settings, at_risk_below), NULL, NULL, 0, 0 },
    { "bottom_k", WHOLE, offsetof(struct tb_settings, bottom_k), NULL, NULL, 1, 1000 },
    { "min_peers", WHOLE, offsetof(struct tb_settings, min_peers), NULL, NULL, 1, 1000 },
    { "growth_decimals", WHOLE, offsetof(struct tb_settings, growth_decimals), NULL, NULL, 0, 6 },
};
/* clang-format on */
enum { N_SETTINGS = sizeof SETTINGS / sizeof *SETTINGS };

static bool same(const char *word, const char *text, size_t len)
{
    return strlen(word) == len && memcmp(word, text, len) == 0;
}

static const char *const ROUNDINGS[] = { [TB_ROUND_HALF_UP] = "half_up",
                                         [TB_ROUND_HALF_EVEN] = "half_even",
                                         [TB_ROUND_DOWN] = "down",
                                         NULL };
static const char *const NORMALISES[] = { [TB_NORMALISE_RANK] = "rank",
                                          [TB_NORMALISE_MINMAX] = "minmax",
                                          [TB_NORMALISE_ZSCORE] = "zscore",
                                          [TB_NORMALISE_GOALPOSTS] = "goalposts",
                                          [TB_NORMALISE_COMPLETION] = "completion",
                                          NULL };
static const char *const PROGRESSES[] = { [TB_PROGRESS_MONTHS] = "months",
                                          [TB_PROGRESS_DAYS] = "days",
                                          [TB_PROGRESS_MILESTONES] = "milestones",
                                          [TB_PROGRESS_PROFILE] = "profile",
                                          NULL };
static const char *const AGGREGATES[] = { [TB_AGGREGATE_ARITHMETIC] = "arithmetic",
                                          [TB_AGGREGATE_GEOMETRIC] = "geometric",
                                          NULL };

/* The place among words, or -1. */
static int word_at(const char *const words[], const char *text, size_t len)
{
    for (int w = 0; words[w]; w++)
        if (same(words[w], text, len))
            return w;
    return -1;
}

static bool put(struct tb_settings *set, const struct setting *setting, const char *text,
                size_t len)
{
    void *member = (char *)set + setting->offset;
    struct tb_decimal number;
    int word;

    switch (setting->kind) {
    case FLAG:
        *(bool *)member = same(setting->on, text, len);
        return *(bool *)member || same(setting->off, text, len);
    case ROUNDING:
        if ((word = word_at(ROUNDINGS, text, len)) >= 0)
            *(enum tb_round_mode *)member = (enum tb_round_mode)word;
        return word >= 0;
    case NORMALISE:
        if ((word = word_at(NORMALISES, text, len)) >= 0)
            *(enum tb_normalise *)member = (enum tb_normalise)word;
        return word >= 0;
    case AGGREGATE:
        if ((word = word_at(AGGREGATES, text, len)) >= 0)
            *(enum tb_aggregate *)member = (enum tb_aggregate)word;
        return word >= 0;
    case PROGRESS:
        word = word_at(PROGRESSES, text, len);
        if (word < 0 || (word == TB_PROGRESS_MILESTONES && set->milestones.n == 0))
            return false;
        *(enum tb_progress_by *)member = (enum tb_progress_by)word;
        return true;
    case WHOLE:
        if (!tb_decimal_parse(text, len, &number) || number.scale != 0 ||
            number.units < setting->least || number.units > setting->greatest)
            return false;
        *(int *)member = (int)number.units;
        return true;
    case DECIMAL:
    case SHARE:
        if (!tb_decimal_parse(text, len, &number) || number.units < 0 ||
            (setting->kind == SHARE && tb_decimal_cmp(number, (struct tb_decimal){ 1, 0 }) > 0))
            return false;
        *(struct tb_decimal *)member = number;
        return true;
    }
    return false;
}

static void refuse_key(const char *text, size_t len)
{
    const char *known[N_SETTINGS];
    char word[64];

    snprintf(word, sizeof word, "%.*s", (int)(len < 60 ? len : 60), text);
    for (size_t s = 0; s < N_SETTINGS; s++)
        known[s] = SETTINGS[s].key;
    const char *near = tb_nearest_word(word, known, N_SETTINGS);
    fprintf(stderr, "tongbao-analyse: --set: unknown setting '%s'%s%s%s\n", word,
            near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static bool refuse_value(const char *text, size_t len, const char *expected)
{
    fprintf(stderr, "tongbao-analyse: --set: bad value in '%.*s', expected %s\n",
            (int)(len < 200 ? len : 200), text, expected);
    return false;
}

/* What follows `weight.`: CODE=NUMBER of an indicator, or of a block that has a weight. */
static bool put_weight(struct tb_profile *profile, const char *text, size_t len)
{
    const char *equals = memchr(text, '=', len);
    size_t key_len = equals ? (size_t)(equals - text) : len;
    int32_t row = tb_profile_indicator(profile, text, key_len);
    struct tb_decimal *weight = row >= 0 ? &profile->indicators[row].weight : NULL;
    struct tb_decimal number;

    for (size_t b = 0; !weight && b < profile->n_blocks; b++)
        if (same(profile->blocks[b].name, text, key_len))
            weight = &profile->blocks[b].weight;
    if (!weight)
        return refuse_value(text, len, "the weight of an indicator or of a block of weights.csv");
    if (!equals || !tb_decimal_parse(equals + 1, len - key_len - 1, &number) || number.units < 0)
        return refuse_value(text, len, "a weight that is not negative");
    *weight = number;
    if (row >= 0 && profile->n_blocks > 0 && profile->indicators[row].block == TB_NONE)
        return refuse_value(text, len, "an indicator of a block that has a weight");
    return true;
}

/* `weights=equal`: whatever counts counts alike, on both levels. */
static bool put_weights(struct tb_profile *profile, const char *text, size_t len)
{
    if (!same("weights=equal", text, len))
        return refuse_value(text, len, "weights=equal, or weight.CODE=NUMBER");
    for (size_t i = 0; i < profile->n_indicators; i++)
        if (profile->indicators[i].weight.units > 0)
            profile->indicators[i].weight = (struct tb_decimal){ 1, 0 };
    for (size_t b = 0; b < profile->n_blocks; b++)
        if (profile->blocks[b].weight.units > 0)
            profile->blocks[b].weight = (struct tb_decimal){ 1, 0 };
    return true;
}

/* One key=value of len bytes. */
static bool apply(struct tb_profile *profile, const char *text, size_t len)
{
    const char *equals = memchr(text, '=', len);
    size_t key_len = equals ? (size_t)(equals - text) : len;

    if (key_len > 7 && memcmp(text, "weight.", 7) == 0)
        return put_weight(profile, text + 7, len - 7);
    if (same("weights", text, key_len))
        return put_weights(profile, text, len);

    for (size_t s = 0; s < N_SETTINGS; s++) {
        if (!same(SETTINGS[s].key, text, key_len))
            continue;
        if (equals && put(&profile->set, &SETTINGS[s], equals + 1, len - key_len - 1))
            return true;
        char expected[80];
        snprintf(expected, sizeof expected, "what profile.ini takes for '%s'", SETTINGS[s].key);
        return refuse_value(text, len, expected);
    }
    refuse_key(text, key_len);
    return false;
}

bool tb_settings_override(struct tb_profile *profile, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, ",");
        if (len > 0 && !apply(profile, text, len))
            return false;
        text += len + (text[len] == ',');
    }
    if (profile->set.aggregate == TB_AGGREGATE_GEOMETRIC &&
        profile->set.normalise == TB_NORMALISE_ZSCORE) {
        fputs("tongbao-analyse: --set: aggregate geometric with normalise zscore, expected "
              "arithmetic: half of all z-scores are negative\n", stderr);
        return false;
    }
    return true;
}
