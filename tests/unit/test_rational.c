/* test_rational.c - exact fractions: the cases of methods note section 0, the
 * limits of 64 bits, and the order on random values.
 */
#include "tongbao/rational.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define N(array) (sizeof(array) / sizeof *(array))

/* xorshift: the same numbers on every machine. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static struct tb_rational fraction(tb_int128 num, tb_int128 den)
{
    struct tb_rational made;

    assert_true(tb_rational_make(num, den, &made));
    return made;
}

static void assert_fraction(struct tb_rational got, int64_t num, int64_t den)
{
    assert_int_equal(got.num, num);
    assert_int_equal(got.den, den);
}

static void test_make(void **state)
{
    struct tb_rational made;

    (void)state;
    assert_fraction(fraction(6, 4), 3, 2);
    assert_fraction(fraction(-6, 4), -3, 2);
    assert_fraction(fraction(6, -4), -3, 2);
    assert_fraction(fraction(-6, -4), 3, 2);
    assert_fraction(fraction(0, -7), 0, 1);
    assert_fraction(fraction((tb_int128)INT64_MAX * 1000, 1000), INT64_MAX, 1);
    assert_fraction(fraction((tb_int128)INT64_MIN * 10, 10), INT64_MIN, 1);
    assert_false(tb_rational_make(1, 0, &made));
    assert_false(tb_rational_make((tb_int128)INT64_MAX + 1, 1, &made));
    assert_false(tb_rational_make(1, (tb_int128)INT64_MAX + 1, &made));
}

struct round_case {
    int64_t num, den;
    int32_t scale;
    const char *half_up, *half_even, *down;
};

static const struct round_case round_cases[] = {
    /* methods note, section 0: growth in percent of 10105/10000 and 9895/10000 */
    { 105, 100, 1, "1.1", "1.0", "1.0" },
    { -105, 100, 1, "-1.1", "-1.0", "-1.0" },
    { 115, 100, 1, "1.2", "1.2", "1.1" },
    /* by hand */
    { 5, 10, 0, "1", "0", "0" },
    { 15, 10, 0, "2", "2", "1" },
    { 25, 10, 0, "3", "2", "2" },
    { -25, 10, 0, "-3", "-2", "-2" },
    { 1, 3, 4, "0.3333", "0.3333", "0.3333" },
    { 2, 3, 4, "0.6667", "0.6667", "0.6666" },
    { -4, 100, 1, "0.0", "0.0", "0.0" },
    { 54959, 1000, 2, "54.96", "54.96", "54.95" },
    { 5496, 100, 1, "55.0", "55.0", "54.9" },
    { INT64_MAX, 1, 0, "9223372036854775807", "9223372036854775807", "9223372036854775807" },
    { INT64_MIN, 1, 0, "-9223372036854775808", "-9223372036854775808", "-9223372036854775808" },
    { 1, INT64_MAX, 12, "0.000000000000", "0.000000000000", "0.000000000000" },
};

static void test_round(void **state)
{
    (void)state;
    for (size_t i = 0; i < N(round_cases); i++) {
        const struct round_case *c = &round_cases[i];
        const char *expected[] = { c->half_up, c->half_even, c->down };
        for (int mode = TB_ROUND_HALF_UP; mode <= TB_ROUND_DOWN; mode++) {
            struct tb_decimal got;
            char text[TB_DECIMAL_TEXT];
            assert_true(tb_rational_round(fraction(c->num, c->den), c->scale,
                                          (enum tb_round_mode)mode, &got));
            tb_decimal_format(got, text);
            assert_string_equal(text, expected[mode]);
        }
    }
}

static void test_round_refuses(void **state)
{
    struct tb_decimal got;

    (void)state;
    assert_false(tb_rational_round(tb_rational_int(INT64_MAX), 1, TB_ROUND_HALF_UP, &got));
    assert_false(tb_rational_round(tb_rational_int(1), -1, TB_ROUND_HALF_UP, &got));
    assert_false(tb_rational_round(tb_rational_int(1), 13, TB_ROUND_HALF_UP, &got));
}

static struct tb_rational from_text(const char *text)
{
    struct tb_decimal decimal;
    struct tb_rational made;

    assert_true(tb_decimal_parse(text, strlen(text), &decimal));
    assert_true(tb_rational_from_decimal(decimal, &made));
    return made;
}

/* 100 * (x / b - 1), as growth is computed. */
static struct tb_rational growth(const char *x, const char *b)
{
    struct tb_rational ratio, less;

    assert_true(tb_rational_div(from_text(x), from_text(b), &ratio));
    assert_true(tb_rational_sub(ratio, tb_rational_int(1), &less));
    assert_true(tb_rational_mul(less, tb_rational_int(100), &ratio));
    return ratio;
}

/* Methods note, section 0: as doubles these two growth rates differ. */
static void test_equal_growth(void **state)
{
    (void)state;
    assert_int_equal(tb_rational_cmp(growth("1.1", "1.0"), growth("3.3", "3.0")), 0);
    assert_fraction(growth("1.1", "1.0"), 10, 1);
    assert_fraction(growth("10105", "10000"), 21, 20);
    assert_fraction(growth("9895", "10000"), -21, 20);
}

static void test_arithmetic(void **state)
{
    struct tb_rational got;

    (void)state;
    assert_true(tb_rational_add(fraction(1, 6), fraction(1, 3), &got));
    assert_fraction(got, 1, 2);
    assert_true(tb_rational_sub(fraction(1, 6), fraction(1, 6), &got));
    assert_fraction(got, 0, 1);
    assert_true(tb_rational_mul(fraction(-2, 3), fraction(9, 4), &got));
    assert_fraction(got, -3, 2);
    assert_true(tb_rational_div(fraction(2, 3), fraction(-4, 9), &got));
    assert_fraction(got, -3, 2);
    assert_false(tb_rational_div(fraction(2, 3), tb_rational_int(0), &got));
    assert_false(tb_rational_add(tb_rational_int(INT64_MAX), tb_rational_int(1), &got));
    assert_false(tb_rational_mul(tb_rational_int(INT64_MAX), tb_rational_int(2), &got));
    assert_true(tb_rational_mul(tb_rational_int(INT64_MIN), fraction(1, 2), &got));
    assert_fraction(got, INT64_MIN / 2, 1);
    /* The widest operands: nothing inside may overflow. */
    struct tb_rational widest = { INT64_MIN, INT64_MAX };
    assert_true(tb_rational_sub(widest, widest, &got));
    assert_fraction(got, 0, 1);
    assert_true(tb_rational_div(widest, widest, &got));
    assert_fraction(got, 1, 1);
    assert_false(tb_rational_mul(widest, widest, &got));
}

static void test_cmp_limits(void **state)
{
    struct tb_rational a = { INT64_MAX, INT64_MAX - 1 };
    struct tb_rational b = { INT64_MAX - 1, INT64_MAX - 2 };

    (void)state;
    assert_int_equal(tb_rational_cmp(a, b), -1); /* differ in the 38th place */
    assert_int_equal(tb_rational_cmp(b, a), 1);
    assert_int_equal(tb_rational_cmp(tb_rational_int(INT64_MIN), tb_rational_int(INT64_MAX)), -1);
}

enum { N_RANDOM = 300 };

/* Small parts, so that equal values and near misses are frequent. */
static void fill_random(struct tb_rational values[N_RANDOM], uint64_t seed, int bits)
{
    for (size_t i = 0; i < N_RANDOM; i++) {
        int64_t num = (int64_t)(next_random(&seed) >> (64 - bits)) - (INT64_C(1) << (bits - 1));
        int64_t den = (int64_t)(next_random(&seed) >> (64 - bits)) + 1;
        values[i] = fraction(num, den);
    }
}

/* Total and antisymmetric, and what long double says where it is exact: products
 * of 31-bit parts fit its 64-bit mantissa. */
static void test_order_is_total(void **state)
{
    static struct tb_rational v[N_RANDOM];

    (void)state;
    for (int bits = 3; bits <= 31; bits += 7) {
        fill_random(v, UINT64_C(88172645463325252) + (uint64_t)bits, bits);
        for (size_t i = 0; i < N_RANDOM; i++) {
            for (size_t j = 0; j < N_RANDOM; j++) {
                long double left = (long double)v[i].num * (long double)v[j].den;
                long double right = (long double)v[j].num * (long double)v[i].den;
                int cmp = tb_rational_cmp(v[i], v[j]);
                assert_int_equal(cmp, (left > right) - (left < right));
                assert_int_equal(cmp, -tb_rational_cmp(v[j], v[i]));
                size_t k = (i + j) % N_RANDOM;
                if (cmp <= 0 && tb_rational_cmp(v[j], v[k]) <= 0)
                    assert_true(tb_rational_cmp(v[i], v[k]) <= 0);
            }
        }
    }
}

/* a + b - b = a and a * b / b = a. */
static void test_inverse(void **state)
{
    static struct tb_rational v[N_RANDOM];

    (void)state;
    fill_random(v, 12345, 14);
    for (size_t i = 0; i + 1 < N_RANDOM; i++) {
        struct tb_rational got;
        assert_true(tb_rational_add(v[i], v[i + 1], &got));
        assert_true(tb_rational_sub(got, v[i + 1], &got));
        assert_int_equal(tb_rational_cmp(got, v[i]), 0);
        if (v[i + 1].num == 0)
            continue;
        assert_true(tb_rational_mul(v[i], v[i + 1], &got));
        assert_true(tb_rational_div(got, v[i + 1], &got));
        assert_int_equal(tb_rational_cmp(got, v[i]), 0);
    }
}

/* The short way of rounding says what the long way says, or nothing. */
static void test_round_small(void **state)
{
    uint64_t seed = 88172645463325252u;
    size_t n_small = 0;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
        int32_t scale = (int32_t)(seed % 7);
        struct tb_rational value = { (int64_t)seed >> (seed % 64),
                                     round % 2 ? tb_pow10(scale) : 1 + (int64_t)(seed >> 8) % 40 };
        enum tb_round_mode mode = (enum tb_round_mode)(round % 3);
        struct tb_decimal want;
        int64_t is;
        if (round % 100 == 0)
            value.den = INT64_MAX;
        if (!tb_rational_round_small(value, tb_pow10(scale), mode, &is))
            continue;
        assert_true(tb_rational_round(value, scale, mode, &want));
        assert_int_equal(is, want.units);
        n_small++;
    }
    assert_true(n_small > 10000);
}

static void test_double(void **state)
{
    (void)state;
    assert_true(tb_rational_double(fraction(1, 4)) == 0.25);
    assert_true(tb_rational_double(fraction(-21, 20)) == -1.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_make),           cmocka_unit_test(test_round),
        cmocka_unit_test(test_round_refuses),  cmocka_unit_test(test_equal_growth),
        cmocka_unit_test(test_arithmetic),     cmocka_unit_test(test_cmp_limits),
        cmocka_unit_test(test_order_is_total), cmocka_unit_test(test_inverse),
        cmocka_unit_test(test_round_small), cmocka_unit_test(test_double),
    };

    return cmocka_run_group_tests_name("rational", tests, NULL, NULL);
}
