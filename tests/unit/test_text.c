/* test_text.c - decoding, folding, layout and matching of text.
 *
 * Encoded bytes were made with iconv(1) from the texts beside them; fold cases
 * follow Unicode 15 and dependencies.md of the design (full-width forms).
 */
#include "tongbao/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"

#define N(array) (sizeof(array) / sizeof *(array))

struct pair {
    const char *in, *out;
};

static void test_valid(void **state)
{
    static const struct {
        const char *text;
        int bad; /* offset, or -1 */
    } cases[] = {
        { "", -1 },
        { "plain, and more than eight", -1 },
        { "双清区", -1 },
        { "\xf0\x9f\x98\x80", -1 },
        { "ab\x80", 2 },
        { "12345678\xff", 8 },
        { "\xc0\xaf", 0 },             /* overlong */
        { "\xe0\x80\xaf", 0 },         /* overlong */
        { "a\xed\xa0\x80", 1 },        /* surrogate */
        { "\xf4\x90\x80\x80", 0 },     /* above U+10FFFF */
        { "\xe5\x8f\x8c\xe6\xb8", 3 }, /* cut */
    };

    (void)state;
    for (size_t i = 0; i < N(cases); i++) {
        size_t bad = 99;
        bool valid = tb_utf8_valid(cases[i].text, strlen(cases[i].text), &bad);
        assert_int_equal(valid, cases[i].bad < 0);
        if (!valid)
            assert_int_equal(bad, cases[i].bad);
    }
}

static void test_fold(void **state)
{
    static const struct pair cases[] = {
        { "Ａ１２３．５％　（万元）", "a123.5%(万元)" },
        { "双清区", "双清区" },
        { " 双\xc2\xa0清\xe2\x80\x8b区\xe3\x80\x80", "双清区" }, /* U+00A0 U+200B U+3000 */
        { "\xef\xbb\xbf双清区\t\r\n", "双清区" },                /* U+FEFF */
        { "Retail Sales", "retailsales" },
        { "STRASSE", "strasse" },
        { "Straße", "strasse" },
        { "㎡", "m2" },
        { "e\xcc\x81", "\xc3\xa9" },    /* e + U+0301 is é */
        { "a\xffz", "a\xef\xbf\xbdz" }, /* bad byte */
        { "双\xff清", "双\xef\xbf\xbd清" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < N(cases); i++) {
        struct tb_buf out = TB_BUF_INIT;
        struct tb_buf again = TB_BUF_INIT;
        tb_text_fold(cases[i].in, strlen(cases[i].in), &out);
        assert_string_equal(tb_buf_text(&out), cases[i].out);
        tb_text_fold(tb_buf_text(&out), out.len, &again);
        assert_string_equal(tb_buf_text(&again), cases[i].out);
        tb_buf_release(&out);
        tb_buf_release(&again);
    }
}

/* Names longer than what is handled without allocation. */
static void test_fold_long(void **state)
{
    struct tb_buf in = TB_BUF_INIT;
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (int i = 0; i < 1000; i++)
        tb_buf_puts(&in, "Ａ\xe3\x80\x80");
    tb_text_fold(in.data, in.len, &out);
    assert_int_equal(out.len, 1000);
    assert_int_equal(strspn(out.data, "a"), 1000);
    tb_buf_release(&in);
    tb_buf_release(&out);
}

static void test_normalise(void **state)
{
    static const struct pair cases[] = {
        { "Ａ１２３．５％　（万元）", "A123.5% (万元)" },
        { "  1,234.5\xc2\xa0", "1,234.5" },
        { "１２．３％", "12.3%" },
        { "双清区  \t 本级", "双清区 本级" },
        { "12\xe2\x80\x8b.5", "12.5" },
        { "2023 年　5 月", "2023 年 5 月" },
        { "12①", "12①" },
        { "① １２²", "① 12²" },
        { "½", "½" },
        { " \xe3\x80\x80 ", "" },
        { "", "" },
        { "1\xff", "1\xef\xbf\xbd" },
    };

    (void)state;
    for (size_t i = 0; i < N(cases); i++) {
        struct tb_buf out = TB_BUF_INIT;
        tb_buf_puts(&out, "x ");
        tb_text_normalise(cases[i].in, strlen(cases[i].in), &out);
        assert_string_equal(tb_buf_text(&out) + 2, cases[i].out);
        tb_buf_release(&out);
    }
}

static void test_width(void **state)
{
    (void)state;
    assert_int_equal(tb_text_width(""), 0);
    assert_int_equal(tb_text_width("abc"), 3);
    assert_int_equal(tb_text_width("双清区"), 6);
    assert_int_equal(tb_text_width("（万元）1.5"), 11);
    assert_int_equal(tb_text_width("e\xcc\x81"), 1);
    assert_int_equal(tb_text_width("a\xff"), 2);
    assert_int_equal(tb_text_chars("双清区a", strlen("双清区a")), 4);
    assert_int_equal(tb_text_chars("双清区a", 3), 1);
}

static void test_pad(void **state)
{
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    tb_text_pad(&out, "双清", 6, false);
    tb_buf_puts(&out, "|");
    tb_text_pad(&out, "5.3", 6, true);
    tb_buf_puts(&out, "|");
    tb_text_pad(&out, "双清区", 2, true);
    assert_string_equal(tb_buf_text(&out), "双清  |   5.3|双清区");
    tb_buf_release(&out);
}

static void test_distance(void **state)
{
    static const struct {
        const char *a, *b;
        size_t limit, expected;
    } cases[] = {
        { "", "", 3, 0 },
        { "双清区", "双清区", 3, 0 },
        { "双清区", "双清", 3, 1 },
        { "双清区", "清双区", 3, 1 },
        { "双清区", "大祥区", 3, 2 },
        { "双清区", "北塔区", 1, 1 },
        { "kitten", "sitting", 9, 3 }, /* the textbook pair */
        { "kitten", "sitting", 2, 2 },
        { "retial_sales", "retail_sales", 3, 1 },
        { "ca", "abc", 9, 3 }, /* a swapped pair is not edited again */
        { "", "abc", 9, 3 },
        { "abc", "", 2, 2 },
        { "abc", "xyz", 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < N(cases); i++) {
        assert_int_equal(tb_text_distance(cases[i].a, cases[i].b, cases[i].limit),
                         cases[i].expected);
        assert_int_equal(tb_text_distance(cases[i].b, cases[i].a, cases[i].limit),
                         cases[i].expected);
    }
}

static void test_distance_long(void **state)
{
    char a[600], b[600];

    (void)state;
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    a[sizeof a - 1] = b[sizeof b - 1] = '\0';
    assert_int_equal(tb_text_distance(a, b, 3), 0);
    b[0] = 'b';
    assert_int_equal(tb_text_distance(a, b, 3), 3); /* no names: not compared */
    a[256] = b[256] = '\0';
    assert_int_equal(tb_text_distance(a, b, 3), 1);
}

static void test_glob(void **state)
{
    static const struct {
        const char *pattern, *name;
        bool matches;
    } cases[] = {
        { "*.csv", "b03.csv", true },
        { "*.csv", "b03.csv.gz", false },
        { "*.csv*", "b03.csv.gz", true },
        { "b??.csv", "b03.csv", true },
        { "b?.csv", "b03.csv", false },
        { "?区.csv", "县区.csv", true },
        { "[县市]*.csv", "市.csv", true },
        { "[县市]*.csv", "区.csv", false },
        { "b[0-9][0-9].csv", "b03.csv", true },
        { "b[0-9].csv", "bx.csv", false },
        { "[!0-9]*", "b", true },
        { "[!0-9]*", "3b", false },
        { "[]]", "]", true },
        { "[a-]", "-", true },
        { "[abc", "[abc", true },
        { "[abc", "a", false },
        { "*", "", true },
        { "", "", true },
        { "", "a", false },
        { "a*b*c", "axxbyybzc", true },
        { "a*b*c", "axxbyybz", false },
        { "*a/b*", "x/a/b.csv", true },
        { "A.csv", "a.csv", false },
        { "?.csv", "\xff.csv", true },
        { "\xff*", "\xff.csv", true },
        { "\xfe*", "\xff.csv", false },
        { "\\*", "*", false },
        { "**a", "ba", true },
        { "*区*", "双清区2023", true },
    };

    (void)state;
    for (size_t i = 0; i < N(cases); i++) {
        if (tb_text_glob(cases[i].pattern, cases[i].name) != cases[i].matches)
            fail_msg("'%s' and '%s'", cases[i].pattern, cases[i].name);
    }
}

/* A pattern that would take for ever where every star is tried again. */
static void test_glob_is_quick(void **state)
{
    char name[4001];

    (void)state;
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_false(tb_text_glob("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", name));
}

struct decode_case {
    const char *bytes;
    size_t len;
    const char *encoding; /* as guessed */
    const char *text;
    size_t n_bad, first_bad;
};

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct decode_case decode_cases[] = {
    { BYTES(""), "UTF-8", "", 0, 0 },
    { BYTES("plain"), "UTF-8", "plain", 0, 0 },
    { BYTES("\xef\xbb\xbfunit,双清区"), "UTF-8", "unit,双清区", 0, 0 },
    { BYTES("\xef\xbb\xbf"
            "a\xff,\xe5\x8f,b"),
      "UTF-8", "a\xef\xbf\xbd,\xef\xbf\xbd,b", 2, 4 },
    /* 双清区 in GB18030 */
    { BYTES("\xcb\xab\xc7\xe5\xc7\xf8,1"), "GB18030", "双清区,1", 0, 0 },
    { BYTES("\x84\x31\x95\x33\xcb\xab"), "GB18030", "双", 0, 0 }, /* its BOM */
    /* a lead byte before a comma, a line end; a byte that is none; a cut end */
    { BYTES("\xcb\xab\xc7,1\n"), "GB18030", "双\xef\xbf\xbd,1\n", 1, 2 },
    { BYTES("\xcb\xab\xc7\n1\xff"
            "2"),
      "GB18030",
      "双\xef\xbf\xbd\n1\xef\xbf\xbd"
      "2",
      2, 2 },
    { BYTES("\xcb\xab\xc7"), "GB18030", "双\xef\xbf\xbd", 1, 2 },
    { BYTES("\x81\x39\xee\x39"), "GB18030", "㐀", 0, 0 }, /* four bytes: U+3400 */
    { BYTES("\xff\xfe\xcc\x53\x05\x6e,\0"
            "1\0"),
      "UTF-16LE", "双清,1", 0, 0 },
    { BYTES("\xfe\xff\x53\xcc\x6e\x05\0,"), "UTF-16BE", "双清,", 0, 0 },
    /* a lone low surrogate; a high one before a comma; half a unit */
    { BYTES("\xff\xfe\x00\xdc"
            "1\0"),
      "UTF-16LE",
      "\xef\xbf\xbd"
      "1",
      1, 2 },
    { BYTES("\xff\xfe"
            "1\0\x00\xd8,\0"),
      "UTF-16LE", "1\xef\xbf\xbd,", 1, 4 },
    { BYTES("\xff\xfe"
            "1\0"
            "2"),
      "UTF-16LE", "1\xef\xbf\xbd", 1, 4 },
};

static void test_decode(void **state)
{
    (void)state;
    for (size_t i = 0; i < N(decode_cases); i++) {
        const struct decode_case *c = &decode_cases[i];
        struct tb_buf out = TB_BUF_INIT;
        struct tb_error err = TB_ERROR_INIT;
        size_t n_bad = 99, first_bad = 99;
        const char *encoding = tb_text_guess_encoding(c->bytes, c->len);
        assert_string_equal(encoding, c->encoding);
        assert_int_equal(tb_text_decode(c->bytes, c->len, encoding, &out, &n_bad, &first_bad, &err),
                         0);
        if (strcmp(tb_buf_text(&out), c->text) != 0 || n_bad != c->n_bad)
            fail_msg("case %zu: '%s', %zu bad", i, tb_buf_text(&out), n_bad);
        assert_int_equal(first_bad, c->first_bad);
        tb_buf_release(&out);
    }
}

/* Longer than any inner buffer, so that characters lie across its edge. */
static void test_decode_long(void **state)
{
    struct tb_buf in = TB_BUF_INIT;
    struct tb_buf out = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    size_t n_bad, first_bad;

    (void)state;
    tb_buf_puts(&in, "a");
    for (int i = 0; i < 50000; i++)
        tb_buf_puts(&in, "\xcb\xab");
    tb_buf_puts(&in, "\xff");
    assert_string_equal(tb_text_guess_encoding(in.data, in.len), "GB18030");
    assert_int_equal(tb_text_decode(in.data, in.len, "GB18030", &out, &n_bad, &first_bad, &err), 0);
    assert_int_equal(out.len, 1 + 150000 + 3);
    assert_int_equal(n_bad, 1);
    assert_int_equal(first_bad, 100001);
    assert_int_equal(tb_text_chars(out.data, out.len), 50002);
    tb_buf_release(&in);
    tb_buf_release(&out);
}

/* One damaged character does not make GB18030 of a file in UTF-8. */
static void test_guess_damaged(void **state)
{
    static const char damaged[] = "单位,指标,数值\n双清区,社会消费品零售总额,12\xe4\xb8\n";

    /* A short one: three bytes of one character spoilt, twelve are whole. */
    static const char brief[] = "地区,口径,Feb-22\n0104,累计,61.8\n0104,\xe6\x19\xaf\xe6,1\n合计,保密,2\n";

    (void)state;
    assert_string_equal(tb_text_guess_encoding(damaged, sizeof damaged - 1), "UTF-8");
    assert_string_equal(tb_text_guess_encoding(brief, sizeof brief - 1), "UTF-8");
}

/* In pieces of any size comes what comes at once, with the same counts and guess. */
static void check_pieces(const char *bytes, size_t len, const char *encoding)
{
    struct tb_buf whole = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    size_t n_bad, first_bad;

    assert_int_equal(tb_text_decode(bytes, len, encoding, &whole, &n_bad, &first_bad, &err), 0);
    for (size_t step = 1; step < 9; step++) {
        struct tb_decoder decoder;
        struct tb_utf8_judge judge = { 0 };
        struct tb_buf out = TB_BUF_INIT, waiting = TB_BUF_INIT;

        assert_int_equal(tb_decoder_open(&decoder, encoding, &err), 0);
        for (size_t at = 0; at < len || at == 0; at += step) {
            size_t n = len - at < step ? len - at : step;
            bool last = at + n >= len;
            tb_buf_add(&waiting, bytes + at, n);
            tb_utf8_judge_add(&judge, bytes + at, n);
            int64_t used = tb_decoder_run(&decoder, tb_buf_text(&waiting), waiting.len, last, &out, &err);
            assert_true(used >= 0 && (!last || (size_t)used == waiting.len));
            memmove(waiting.data, waiting.data + used, waiting.len - (size_t)used);
            waiting.len -= (size_t)used;
            assert_true(waiting.len < 16);
        }
        assert_string_equal(tb_buf_text(&out), tb_buf_text(&whole));
        assert_int_equal(out.len, whole.len);
        assert_int_equal(decoder.n_bad, n_bad);
        assert_int_equal(decoder.first_bad, first_bad);
        const char *marked = tb_text_bom_encoding(bytes, len);
        assert_string_equal(marked ? marked : tb_utf8_judge_says(&judge, true) ? "UTF-8" : "GB18030",
                            tb_text_guess_encoding(bytes, len));
        if (decoder.is_utf8 && !marked) {
            assert_int_equal(decoder.judge.n_good, judge.n_good);
            assert_int_equal(decoder.judge.n_bad, judge.n_bad + (judge.n_carry > 0));
        }
        tb_decoder_close(&decoder);
        tb_buf_release(&out);
        tb_buf_release(&waiting);
    }
    tb_buf_release(&whole);
}

static void test_decode_pieces(void **state)
{
    static const char *const encodings[] = { "UTF-8", "GB18030", "UTF-16LE", "UTF-16", "Big5", "ISO-8859-1" };
    static const char text[] = "\xef\xbb\xbf" "a,\xe5\x8f\x8c\xf0\xa0\x80\x80\xc3\xa9\xff\xfe\x81\x30\x81\x30\n\xcb\xab\xc7\xe5";
    uint64_t seed = 11;
    char bytes[64];

    (void)state;
    for (size_t e = 0; e < N(encodings); e++) {
        for (size_t from = 0; from < sizeof text - 1; from++)
            check_pieces(text + from, sizeof text - 1 - from, encodings[e]);
        for (int round = 0; round < 400; round++) {
            size_t len = 1 + (seed >> 33) % sizeof bytes;
            for (size_t i = 0; i < len; i++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                bytes[i] = round % 2 ? (char)(seed >> 40) : text[(seed >> 40) % (sizeof text - 1)];
            }
            check_pieces(bytes, len, encodings[e]);
        }
    }
}

static void test_decode_unknown(void **state)
{
    struct tb_buf out = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    size_t n_bad, first_bad;

    (void)state;
    assert_int_equal(tb_text_decode("a", 1, "KLINGON", &out, &n_bad, &first_bad, &err), -1);
    assert_string_equal(err.text, "encoding 'KLINGON' is not known");
    assert_int_equal(tb_text_decode("a", 1, "GBK//IGNORE", &out, &n_bad, &first_bad, &err), -1);
    assert_int_equal(tb_text_decode("a", 1, "gbk", &out, &n_bad, &first_bad, &err), 0);
    tb_buf_release(&out);
}

/* Whatever comes in: what goes out is valid, and nothing is read beyond the end. */
static void test_random_bytes(void **state)
{
    static const char *const encodings[] = { "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "Big5" };
    uint64_t random = UINT64_C(88172645463325252);

    (void)state;
    for (int round = 0; round < 2000; round++) {
        size_t len = (size_t)round % 40;
        char *bytes = test_malloc(len + 1);
        for (size_t i = 0; i < len; i++) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            bytes[i] = (char)(random >> 32);
        }
        for (size_t e = 0; e < N(encodings); e++) {
            struct tb_buf out = TB_BUF_INIT;
            struct tb_buf key = TB_BUF_INIT;
            struct tb_error err = TB_ERROR_INIT;
            size_t n_bad, first_bad;
            assert_int_equal(
                tb_text_decode(bytes, len, encodings[e], &out, &n_bad, &first_bad, &err), 0);
            assert_true(tb_utf8_valid(tb_buf_text(&out), out.len, NULL));
            tb_text_fold(bytes, len, &key);
            tb_text_normalise(bytes, len, &key);
            assert_false(key.failed);
            assert_true(tb_utf8_valid(tb_buf_text(&key), key.len, NULL));
            tb_buf_release(&out);
            tb_buf_release(&key);
        }
        test_free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_valid),         cmocka_unit_test(test_fold),
        cmocka_unit_test(test_fold_long),     cmocka_unit_test(test_normalise),
        cmocka_unit_test(test_width),         cmocka_unit_test(test_pad),
        cmocka_unit_test(test_distance),      cmocka_unit_test(test_distance_long),
        cmocka_unit_test(test_glob),          cmocka_unit_test(test_glob_is_quick),
        cmocka_unit_test(test_decode),        cmocka_unit_test(test_decode_long),
        cmocka_unit_test(test_decode_pieces),
        cmocka_unit_test(test_guess_damaged), cmocka_unit_test(test_decode_unknown),
        cmocka_unit_test(test_random_bytes),
    };

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
