/* override.c - the settings that can be rehearsed, by the words of profile.ini. */
#include "analyse/override.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "tongbao/options.h"
#include "tongbao/profile.h"

enum kind { FLAG, WHOLE, DECIMAL, ROUNDING };

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
    { "about_tolerance", DECIMAL, offsetof(struct tb_settings, about_tolerance), NULL, NULL, 0, 0 },
    { "front_share", DECIMAL, offsetof(struct tb_settings, front_share), NULL, NULL, 0, 0 },
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

static bool put_rounding(enum tb_round_mode *mode, const char *text, size_t len)
{
    static const char *const words[] = {
        [TB_ROUND_HALF_UP] = "half_up", [TB_ROUND_HALF_EVEN] = "half_even", [TB_ROUND_DOWN] = "down"
    };

    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        if (same(words[w], text, len)) {
            *mode = (enum tb_round_mode)w;
            return true;
        }
    return false;
}

static bool put(struct tb_settings *set, const struct setting *setting, const char *text,
                size_t len)
{
    void *member = (char *)set + setting->offset;
    struct tb_decimal number;

    switch (setting->kind) {
    case FLAG:
        *(bool *)member = same(setting->on, text, len);
        return *(bool *)member || same(setting->off, text, len);
    case ROUNDING:
        return put_rounding(member, text, len);
    case WHOLE:
        if (!tb_decimal_parse(text, len, &number) || number.scale != 0 ||
            number.units < setting->least || number.units > setting->greatest)
            return false;
        *(int *)member = (int)number.units;
        return true;
    case DECIMAL:
        if (!tb_decimal_parse(text, len, &number) || number.units < 0)
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

/* One key=value of len bytes. */
static bool apply(struct tb_settings *set, const char *text, size_t len)
{
    const char *equals = memchr(text, '=', len);
    size_t key_len = equals ? (size_t)(equals - text) : len;

    for (size_t s = 0; s < N_SETTINGS; s++) {
        if (!same(SETTINGS[s].key, text, key_len))
            continue;
        if (equals && put(set, &SETTINGS[s], equals + 1, len - key_len - 1))
            return true;
        fprintf(stderr,
                "tongbao-analyse: --set: bad value in '%.*s', expected what profile.ini "
                "takes for '%s'\n",
                (int)(len < 200 ? len : 200), text, SETTINGS[s].key);
        return false;
    }
    refuse_key(text, key_len);
    return false;
}

bool tb_settings_override(struct tb_settings *set, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, ",");
        if (len > 0 && !apply(set, text, len))
            return false;
        text += len + (text[len] == ',');
    }
    return true;
}
