/* uom.c - units of measure: a multiplier before a basic unit, and exact
 * conversion between those of one dimension.
 *
 * A name is folded (text.h), then looked up among the profile's own, then among
 * the built-in ones, and only then is a multiplier taken off its front: 千克 and
 * 百分点 are names of their own that merely begin like one.  What is left and
 * still unknown is a basic unit that nobody needs to declare (个, 人次, 元/人).
 */
#include "tongbao/uom.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

enum { MAX_STEPS = 8 }; /* own units that name own units; multipliers of multipliers */

struct known {
    const char *name; /* folded */
    enum tb_uom_kind kind;
    const char *base;
    int64_t num, den;
};

/* Metric lengths, areas and masses, time, and words for money.  亩 is 1/15 of a
 * 公顷 (GB 3100-93 keeps it beside the metric units for land). */
/* clang-format off */
static const struct known built_in[] = {
    { "%", TB_UOM_PERCENT, "%", 1, 1 },          { "百分点", TB_UOM_PERCENT, "%", 1, 1 },
    { "个百分点", TB_UOM_PERCENT, "%", 1, 1 },   { "百分比", TB_UOM_PERCENT, "%", 1, 1 },
    { "百分之", TB_UOM_PERCENT, "%", 1, 1 },     { "pp", TB_UOM_PERCENT, "%", 1, 1 },
    { "percent", TB_UOM_PERCENT, "%", 1, 1 },    { "percentagepoints", TB_UOM_PERCENT, "%", 1, 1 },
    { "‰", TB_UOM_PERCENT, "%", 1, 10 },         { "千分之", TB_UOM_PERCENT, "%", 1, 10 },
    { "千分点", TB_UOM_PERCENT, "%", 1, 10 },    { "permille", TB_UOM_PERCENT, "%", 1, 10 },
    { "‱", TB_UOM_PERCENT, "%", 1, 100 },        { "指数", TB_UOM_INDEX, "指数", 1, 1 },
    { "index", TB_UOM_INDEX, "指数", 1, 1 },
    { "yuan", TB_UOM_AMOUNT, "元", 1, 1 },       { "cny", TB_UOM_AMOUNT, "元", 1, 1 },
    { "rmb", TB_UOM_AMOUNT, "元", 1, 1 },        { "人民币", TB_UOM_AMOUNT, "元", 1, 1 },
    { "¥", TB_UOM_AMOUNT, "元", 1, 1 },          { "$", TB_UOM_AMOUNT, "美元", 1, 1 },
    { "us$", TB_UOM_AMOUNT, "美元", 1, 1 },      { "usd", TB_UOM_AMOUNT, "美元", 1, 1 },
    { "hk$", TB_UOM_AMOUNT, "港元", 1, 1 },      { "€", TB_UOM_AMOUNT, "欧元", 1, 1 },
    { "eur", TB_UOM_AMOUNT, "欧元", 1, 1 },      { "£", TB_UOM_AMOUNT, "英镑", 1, 1 },
    { "gbp", TB_UOM_AMOUNT, "英镑", 1, 1 },
    { "米", TB_UOM_AMOUNT, "米", 1, 1 },         { "m", TB_UOM_AMOUNT, "米", 1, 1 },
    { "公里", TB_UOM_AMOUNT, "米", 1000, 1 },    { "km", TB_UOM_AMOUNT, "米", 1000, 1 },
    { "平方米", TB_UOM_AMOUNT, "平方米", 1, 1 }, { "m2", TB_UOM_AMOUNT, "平方米", 1, 1 },
    { "公顷", TB_UOM_AMOUNT, "平方米", 10000, 1 },
    { "ha", TB_UOM_AMOUNT, "平方米", 10000, 1 },
    { "亩", TB_UOM_AMOUNT, "平方米", 2000, 3 },
    { "平方公里", TB_UOM_AMOUNT, "平方米", 1000000, 1 },
    { "平方千米", TB_UOM_AMOUNT, "平方米", 1000000, 1 },
    { "km2", TB_UOM_AMOUNT, "平方米", 1000000, 1 },
    { "立方米", TB_UOM_AMOUNT, "升", 1000, 1 },  { "m3", TB_UOM_AMOUNT, "升", 1000, 1 },
    { "升", TB_UOM_AMOUNT, "升", 1, 1 },
    { "克", TB_UOM_AMOUNT, "克", 1, 1 },         { "公斤", TB_UOM_AMOUNT, "克", 1000, 1 },
    { "kg", TB_UOM_AMOUNT, "克", 1000, 1 },      { "斤", TB_UOM_AMOUNT, "克", 500, 1 },
    { "吨", TB_UOM_AMOUNT, "克", 1000000, 1 },   { "t", TB_UOM_AMOUNT, "克", 1000000, 1 },
    { "kwh", TB_UOM_AMOUNT, "瓦时", 1000, 1 },
};

/* Longer words first: 百万 before 百. */
static const struct {
    const char *word;
    int64_t factor;
} multipliers[] = {
    { "万亿", 1000000000000 }, { "千亿", 100000000000 }, { "百亿", 10000000000 },
    { "十亿", 1000000000 },    { "亿", 100000000 },      { "千万", 10000000 },
    { "百万", 1000000 },       { "十万", 100000 },       { "万", 10000 },
    { "千", 1000 },            { "百", 100 },
    { "hundredmillion", 100000000 }, { "100million", 100000000 },
    { "tenthousand", 10000 },  { "10thousand", 10000 },  { "10,000", 10000 },
    { "10000", 10000 },        { "trillion", 1000000000000 },
    { "billion", 1000000000 }, { "million", 1000000 },   { "thousand", 1000 },
    { "1,000", 1000 },         { "1000", 1000 },
};
/* clang-format on */

/* The base is all that is kept of a name, so one too long for its place is cut
 * and told apart from others by a hash of the whole (FNV-1a). */
static void set_base(struct tb_uom *out, const char *name, size_t len)
{
    uint64_t hash = 0xcbf29ce484222325u;

    if (len < sizeof out->base) {
        memcpy(out->base, name, len);
        out->base[len] = '\0';
        return;
    }
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)name[i]) * 0x100000001b3u;
    size_t kept = sizeof out->base - 1 - 17;
    memcpy(out->base, name, kept);
    snprintf(out->base + kept, sizeof out->base - kept, "~%016llx", (unsigned long long)hash);
}

static bool has_suffix(const char *text, size_t len, const char *suffix)
{
    size_t n = strlen(suffix);

    return len >= n && memcmp(text + len - n, suffix, n) == 0;
}

static bool read_built_in(const char *name, size_t len, struct tb_uom *out)
{
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
        const struct known *known = &built_in[i];

        if (strlen(known->name) == len && memcmp(known->name, name, len) == 0) {
            out->kind = known->kind;
            set_base(out, known->base, strlen(known->base));
            out->factor = (struct tb_rational){ known->num, known->den };
            return true;
        }
    }
    if (has_suffix(name, len, "=100") || has_suffix(name, len, "为100")) {
        out->kind = TB_UOM_INDEX;
        set_base(out, "指数", strlen("指数"));
        return true;
    }
    return false;
}

/* The length of the multiplier in front, 0 if there is none. */
static size_t multiplier_ahead(const char *name, size_t len, int64_t *factor)
{
    for (size_t i = 0; i < sizeof multipliers / sizeof *multipliers; i++) {
        size_t n = strlen(multipliers[i].word);

        if (len < n || memcmp(name, multipliers[i].word, n) != 0)
            continue;
        *factor = multipliers[i].factor;
        /* "thousands of dollars", "10,000 yuan"; but not the 1000 of 10000. */
        if (name[n - 1] == '0' && len > n && name[n] >= '0' && name[n] <= '9')
            continue;
        bool word = name[0] >= 'a' && name[0] <= 'z';
        if (word && len > n + 1 && name[n] == 's' && len > n + 3 &&
            memcmp(name + n + 1, "of", 2) == 0)
            n += 3;
        else if (word && len > n + 2 && memcmp(name + n, "of", 2) == 0)
            n += 2;
        return n;
    }
    return 0;
}

struct reader {
    const struct tb_uom_own *own;
    size_t n_own;
    int steps; /* left */
};

static void read_folded(struct reader *reader, const char *name, size_t len, struct tb_uom *out);

static void read_text(struct reader *reader, const char *text, struct tb_uom *out)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(text, strlen(text), &folded);
    const char *name = tb_buf_text(&folded);
    size_t len = folded.len;
    if (len > 2 && name[0] == '(' && name[len - 1] == ')') {
        name++;
        len -= 2;
    }
    read_folded(reader, name, len, out);
    tb_buf_release(&folded);
}

static void scale_by(struct tb_uom *out, struct tb_rational factor)
{
    /* A product beyond 64 bits cannot be held; such a unit converts to itself. */
    if (!tb_rational_mul(out->factor, factor, &out->factor))
        out->factor = tb_rational_int(1);
}

static bool read_own(struct reader *reader, const char *name, size_t len, struct tb_uom *out)
{
    struct tb_buf folded = TB_BUF_INIT;
    const struct tb_uom_own *found = NULL;

    for (size_t i = 0; i < reader->n_own && !found; i++) {
        tb_buf_clear(&folded);
        tb_text_fold(reader->own[i].name, strlen(reader->own[i].name), &folded);
        if (folded.len == len && memcmp(tb_buf_text(&folded), name, len) == 0)
            found = &reader->own[i];
    }
    tb_buf_release(&folded);
    if (!found || reader->steps <= 0)
        return false;
    reader->steps--;
    read_text(reader, found->base, out);
    scale_by(out, found->factor);
    return true;
}

static void read_folded(struct reader *reader, const char *name, size_t len, struct tb_uom *out)
{
    int64_t factor;

    *out = (struct tb_uom){ .kind = TB_UOM_NONE, .factor = { 1, 1 } };
    if (len == 0 || read_own(reader, name, len, out) || read_built_in(name, len, out))
        return;
    size_t n = reader->steps > 0 ? multiplier_ahead(name, len, &factor) : 0;
    if (n > 0) {
        reader->steps--;
        read_folded(reader, name + n, len - n, out);
        scale_by(out, tb_rational_int(factor));
        return;
    }
    out->kind = TB_UOM_AMOUNT;
    set_base(out, name, len);
}

void tb_uom_read(const char *text, const struct tb_uom_own own[], size_t n_own, struct tb_uom *out)
{
    struct reader reader = { .own = own, .n_own = n_own, .steps = MAX_STEPS };

    read_text(&reader, text, out);
}

bool tb_uom_same_dimension(const struct tb_uom *a, const struct tb_uom *b)
{
    return a->kind == b->kind && strcmp(a->base, b->base) == 0;
}

/* units * factor as a decimal with the fewest digits, exactly. */
static bool apply_factor(struct tb_decimal value, struct tb_rational factor, struct tb_decimal *out)
{
    tb_int128 num = (tb_int128)value.units * factor.num;

    for (int32_t scale = value.scale; scale <= TB_DECIMAL_SCALE_MAX; scale++) {
        if (num % factor.den == 0) {
            num /= factor.den;
            while (scale > 0 && num % 10 == 0) {
                num /= 10;
                scale--;
            }
            if (num > INT64_MAX || num < INT64_MIN)
                return false;
            *out = (struct tb_decimal){ .units = (int64_t)num, .scale = scale };
            return true;
        }
        if (__builtin_mul_overflow(num, (tb_int128)10, &num))
            return false;
    }
    return false;
}

bool tb_uom_convert(struct tb_decimal value, const struct tb_uom *from, const struct tb_uom *to,
                    struct tb_decimal *out)
{
    struct tb_rational factor;

    if (from->kind == TB_UOM_INDEX && to->kind == TB_UOM_PERCENT) {
        int64_t hundred;
        if (value.scale > 16 || __builtin_mul_overflow(tb_pow10(value.scale), 100, &hundred) ||
            __builtin_sub_overflow(value.units, hundred, &value.units))
            return false;
        /* What is left is in percent, whatever the index was called. */
        return tb_rational_div(tb_rational_int(1), to->factor, &factor) &&
               apply_factor(value, factor, out);
    }
    if (!tb_uom_same_dimension(from, to) || !tb_rational_div(from->factor, to->factor, &factor))
        return false;
    if (factor.num == factor.den) {
        *out = value;
        return true;
    }
    return apply_factor(value, factor, out);
}
