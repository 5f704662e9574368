/* comparable.c - intervals of implied bases, compared without rounding. */
#include "tongbao/comparable.h"

#include <string.h>

#include "tongbao/cube.h"

enum { ENOUGH = 6, MAX_STEP = 8 };

static bool times(tb_int128 a, tb_int128 b, tb_int128 *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

/* 2 * (100 + g) * 10^g_scale with g off by `halves` half steps. */
static tb_int128 twice_factor(const struct tb_implied *implied, int halves)
{
    return (tb_int128)200 * tb_pow10(implied->g_scale) + 2 * (tb_int128)implied->g.units +
           halves * (tb_int128)implied->g.step;
}

enum direction { DOWN, NEAREST, UP };

/* twice_x * 100 * 10^g_scale / factor in hundredths, rounded; twice_x >= 0 or as it is. */
static bool base_of(const struct tb_implied *implied, tb_int128 twice_x, tb_int128 factor,
                    enum direction direction, int64_t *out)
{
    tb_int128 num, quotient;

    if (factor <= 0 || !times(twice_x, (tb_int128)100 * 100, &num) ||
        !times(num, tb_pow10(implied->g_scale), &num))
        return false;
    if (direction == NEAREST &&
        __builtin_add_overflow(num, num < 0 ? -(factor / 2) : factor / 2, &num))
        return false;
    quotient = num / factor; /* towards zero */
    if (direction == DOWN && num % factor < 0)
        quotient--;
    if (direction == UP && num % factor > 0)
        quotient++;
    if (quotient > INT64_MAX || quotient < INT64_MIN)
        return false;
    *out = (int64_t)quotient;
    return true;
}

bool tb_implied_base(struct tb_rounded x, struct tb_rounded g, int32_t g_scale,
                     struct tb_implied *out)
{
    *out = (struct tb_implied){ .x = x, .g = g, .g_scale = g_scale };
    if (x.units < 0 || x.step < 0 || g.step < 0 || g_scale < 0 || g_scale > TB_DECIMAL_SCALE_MAX)
        return false;
    tb_int128 x2 = 2 * (tb_int128)x.units;
    return base_of(out, x2, twice_factor(out, 0), NEAREST, &out->base_100) &&
           base_of(out, x2 - x.step, twice_factor(out, 1), DOWN, &out->low_100) &&
           base_of(out, x2 + x.step, twice_factor(out, -1), UP, &out->high_100);
}

/* low <= base + half a step and base - half a step <= high, each multiplied out. */
bool tb_implied_meets(const struct tb_implied *implied, struct tb_rounded base)
{
    tb_int128 scale = (tb_int128)200 * tb_pow10(implied->g_scale);
    tb_int128 x2 = 2 * (tb_int128)implied->x.units, b2 = 2 * (tb_int128)base.units;
    tb_int128 low, high, below, above;

    if (!times(x2 - implied->x.step, scale, &low) || !times(x2 + implied->x.step, scale, &high) ||
        !times(b2 + base.step, twice_factor(implied, 1), &above) ||
        !times(b2 - base.step, twice_factor(implied, -1), &below))
        return false;
    return low <= above && below <= high;
}

bool tb_implied_growth(int64_t x, int64_t base, int32_t scale, int64_t *out)
{
    struct tb_rational rate;
    struct tb_decimal rounded;

    if (base <= 0 ||
        !tb_rational_make((tb_int128)100 * ((tb_int128)x - base), base, &rate) ||
        !tb_rational_round(rate, scale, TB_ROUND_HALF_UP, &rounded))
        return false;
    *out = rounded.units;
    return true;
}

static const struct {
    const char *code, *zh, *en;
} gaps[TB_N_BASE_GAPS] = {
    [TB_BASE_ROUNDING] = { "rounding", "四舍五入所致", "explained by rounding" },
    [TB_BASE_PRICES] = { "prices", "增速与数值价格口径不同", "growth and amount at other prices" },
    [TB_BASE_REVISION] = { "revision", "上年同期数已修订", "last year's figure was revised" },
    [TB_BASE_GIVEN] = { "given", "已报送可比基数", "the comparable base was submitted" },
    [TB_BASE_SCOPE] = { "scope", "口径或范围变化", "scope or definition changed" },
    [TB_BASE_UNEXPLAINED] = { "unexplained", "未说明（可比口径？）",
                             "unexplained (comparable basis?)" },
};

const char *tb_base_gap_code(enum tb_base_gap gap)
{
    return gaps[gap].code;
}

const char *tb_base_gap_text(enum tb_base_gap gap, const char *lang)
{
    return lang[0] == 'z' ? gaps[gap].zh : gaps[gap].en;
}

int tb_base_gap_find(const char *code)
{
    for (int i = 0; i < TB_N_BASE_GAPS; i++)
        if (strcmp(gaps[i].code, code) == 0)
            return i;
    return -1;
}

int64_t tb_rounded_step(const struct tb_plane *plane, size_t column, int32_t digits)
{
    int32_t most = plane->scale + MAX_STEP < 18 ? plane->scale + MAX_STEP : 18;
    int64_t step = tb_pow10(most), before = 0;
    size_t n = 0;

    for (uint32_t row = 0; row < plane->n_periods && (step > 1 || n < ENOUGH); row++) {
        size_t cell = (size_t)row * plane->n_columns + column;
        int64_t units = plane->value[cell];
        if (!tb_status_has_value(plane->status[cell]) || units == 0 || units == before)
            continue;
        before = units;
        n++;
        while (step > 1 && units % step != 0)
            step /= 10;
    }
    int64_t published = tb_pow10(digits < plane->scale ? plane->scale - digits : 0);
    return n < ENOUGH && step > published ? published : step;
}
