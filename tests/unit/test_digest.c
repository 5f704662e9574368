/* test_digest.c - SHA-256 against the published examples of FIPS 180-4 (NIST,
 * "Examples with Intermediate Values", SHA256.pdf; the million of 'a' is from
 * FIPS 180-2, appendix B.3), CRC-32 against its check value 0xCBF43926.
 */
#include "tongbao/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void test_sha256(void **state)
{
    static const struct {
        const char *text;
        unsigned times;
        const char *expect;
    } cases[] = {
        { "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
        { "aaaaaaaaaa", 100000,
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
    };
    struct tb_digest *digest = tb_digest_new();
    char hex[TB_DIGEST_TEXT];

    (void)state;
    assert_non_null(digest);
    /* One digest for all: finish starts anew. */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (unsigned k = 0; k < cases[i].times; k++)
            tb_digest_add(digest, cases[i].text, strlen(cases[i].text));
        tb_digest_finish(digest, hex);
        assert_string_equal(hex, cases[i].expect);
    }
    tb_digest_free(digest);
}

static void test_texts_are_apart(void **state)
{
    struct tb_digest *digest = tb_digest_new();
    char one[TB_DIGEST_TEXT], other[TB_DIGEST_TEXT];

    (void)state;
    tb_digest_add_text(digest, "ab");
    tb_digest_add_text(digest, "c");
    tb_digest_finish(digest, one);
    tb_digest_add_text(digest, "a");
    tb_digest_add_text(digest, "bc");
    tb_digest_finish(digest, other);
    assert_string_not_equal(one, other);
    tb_digest_add_text(digest, NULL);
    tb_digest_finish(digest, one);
    tb_digest_add_text(digest, "");
    tb_digest_finish(digest, other);
    assert_string_equal(one, other);
    tb_digest_free(digest);
}

static void test_crc32(void **state)
{
    (void)state;
    assert_int_equal(tb_crc32("123456789", 9), 0xcbf43926u);
    assert_int_equal(tb_crc32(NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256),
        cmocka_unit_test(test_texts_are_apart),
        cmocka_unit_test(test_crc32),
    };

    return cmocka_run_group_tests_name("digest", tests, NULL, NULL);
}
