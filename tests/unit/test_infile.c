/* test_infile.c - plain, gzip and damaged files, from memory and from disk.
 *
 * The gzip members are made here by zlib, not by newfile.c, so that neither
 * module vouches for the other.
 */
#include "tongbao/infile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"

/* Appends one gzip member that holds `text`. */
static void add_member(struct tb_buf *out, const char *text)
{
    z_stream z = { 0 };
    unsigned char made[512];

    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    z.next_in = (z_const Bytef *)text;
    z.avail_in = (uInt)strlen(text);
    z.next_out = made;
    z.avail_out = sizeof made;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    tb_buf_add(out, (const char *)made, sizeof made - z.avail_out);
    deflateEnd(&z);
}

/* Reads in steps of `step` bytes; returns what the last read did. */
static int64_t read_all(const struct tb_buf *in, size_t step, struct tb_buf *out,
                        struct tb_error *err)
{
    char *exact = malloc(in->len ? in->len : 1), piece[64];
    int64_t n;

    assert_non_null(exact);
    if (in->len)
        memcpy(exact, in->data, in->len);
    struct tb_infile *file = tb_infile_from_memory(exact, in->len, err);
    assert_non_null(file);
    while ((n = tb_infile_read(file, piece, step, err)) > 0)
        tb_buf_add(out, piece, (size_t)n);
    /* The end is the end, and damage stays. */
    assert_int_equal(tb_infile_read(file, piece, step, NULL), n);
    tb_infile_close(file);
    free(exact);
    return n;
}

static void expect(const struct tb_buf *in, int64_t rc, const char *text, const char *message)
{
    static const size_t steps[] = { 1, 3, 64 };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct tb_buf out = TB_BUF_INIT;
        struct tb_error err = TB_ERROR_INIT;

        assert_int_equal(read_all(in, steps[i], &out, &err), rc);
        if (text)
            assert_string_equal(tb_buf_text(&out), text);
        if (message)
            assert_non_null(strstr(err.text, message));
        tb_buf_release(&out);
    }
}

static void test_plain(void **state)
{
    struct tb_buf in = TB_BUF_INIT;

    (void)state;
    expect(&in, 0, "", NULL);
    tb_buf_puts(&in, "\x1f"); /* half of gzip's first bytes is plain */
    expect(&in, 0, "\x1f", NULL);
    tb_buf_puts(&in, "plain\n");
    expect(&in, 0, "\x1fplain\n", NULL);
    tb_buf_release(&in);
}

static void test_members(void **state)
{
    struct tb_buf in = TB_BUF_INIT;

    (void)state;
    add_member(&in, "first,");
    expect(&in, 0, "first,", NULL);
    add_member(&in, "");
    add_member(&in, "third");
    expect(&in, 0, "first,third", NULL);
    tb_buf_release(&in);
}

/* Cut anywhere, the file is damaged: never a good end.  Only a cut between two
 * members cannot be told from a shorter file. */
static void test_cut_short(void **state)
{
    struct tb_buf in = TB_BUF_INIT;

    (void)state;
    add_member(&in, "county,2023-05,1234.5\n");
    size_t one = in.len;
    add_member(&in, "county,2023-06,1234.5\n");
    for (size_t cut = in.len - 1; cut >= 2; cut--) {
        in.len = cut;
        if (cut != one)
            expect(&in, -1, NULL, "is cut short");
    }
    tb_buf_release(&in);
}

static void test_damaged(void **state)
{
    struct tb_buf in = TB_BUF_INIT;

    (void)state;
    add_member(&in, "good");
    tb_buf_puts(&in, "garbage");
    expect(&in, -1, "good", "has other bytes after its end");
    in.len -= 7;
    tb_buf_putc(&in, '\0'); /* padding is other bytes too */
    expect(&in, -1, "good", "has other bytes after its end");
    in.len -= 1;
    in.data[in.len - 8] ^= 1; /* the checksum in the trailer */
    expect(&in, -1, NULL, "is damaged");
    tb_buf_release(&in);
}

/* Reads with zlib (exact) or with what is fastest: the verdict, and what came. */
static int64_t verdict(const char *bytes, size_t len, bool exact, struct tb_buf *out)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_infile *file = tb_infile_from_memory(bytes, len, &err);
    char piece[37];
    int64_t n;

    assert_non_null(file);
    if (exact)
        assert_int_equal(tb_infile_set_exact(file, &err), 0);
    tb_buf_clear(out);
    while ((n = tb_infile_read(file, piece, sizeof piece, &err)) > 0)
        tb_buf_add(out, piece, (size_t)n);
    assert_true(n == 0 || tb_infile_is_damaged(file));
    tb_infile_close(file);
    return n;
}

/* Each bit turned, each cut: good or damaged is the same by both ways, and so
 * are the bytes of what is good. */
static void test_exact(void **state)
{
    struct tb_buf in = TB_BUF_INIT, fast = TB_BUF_INIT, exact = TB_BUF_INIT;

    (void)state;
    add_member(&in, "REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\nU1,gdp,2023-05,12.5\nU2,gdp,2023-05,13.5\n");
    add_member(&in, "U1,gdp,2023-06,12.75\n");
    for (size_t bit = 16; bit < in.len * 8; bit++) {
        in.data[bit / 8] = (char)(in.data[bit / 8] ^ 1 << bit % 8);
        int64_t rc = verdict(in.data, in.len, false, &fast);
        assert_int_equal(verdict(in.data, in.len, true, &exact), rc);
        if (rc == 0)
            assert_string_equal(tb_buf_text(&fast), tb_buf_text(&exact));
        in.data[bit / 8] = (char)(in.data[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t len = 0; len <= in.len; len++)
        assert_int_equal(verdict(in.data, len, true, &exact), verdict(in.data, len, false, &fast));
    tb_buf_release(&in);
    tb_buf_release(&fast);
    tb_buf_release(&exact);
}

/* Damage is the sender's, a failing device is not: a reject is kept for good. */
static void test_whose_fault(void **state)
{
    struct tb_buf in = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    char out[64];

    (void)state;
    add_member(&in, "good");
    struct tb_infile *file = tb_infile_from_memory(in.data, in.len - 1, &err);
    assert_non_null(file);
    while (tb_infile_read(file, out, sizeof out, &err) > 0)
        continue;
    assert_true(tb_infile_is_damaged(file));
    tb_infile_close(file);
    file = tb_infile_from_memory(in.data, in.len, &err);
    while (tb_infile_read(file, out, sizeof out, &err) > 0)
        continue;
    assert_false(tb_infile_is_damaged(file));
    tb_infile_close(file);
    tb_buf_release(&in);
}

static void test_files(void **state)
{
    char path[] = "/tmp/tongbao-infile-XXXXXX";
    int fd = mkstemp(path);
    struct tb_buf in = TB_BUF_INIT, out = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    assert_true(fd >= 0);
    for (int i = 0; i < 2000; i++) /* more than one piece of input */
        add_member(&in, "0123456789abcdefghijklmnopqrstuvwxyz - 0123456789abcdefghijklmnop"
                        "qrstuvwxyz + !\"$%&/()=?`+*#',.-;:_<>|zyxwvutsrqponmlkjihgfedcba"
                        "QWERTZUIOPASDFGHJKLYXCVBNMqetuoadgjlxvn13579");
    assert_true(in.len > 256 * 1024);
    assert_int_equal(write(fd, in.data, in.len), in.len);
    close(fd);

    assert_int_equal(tb_infile_slurp(path, 0, &out, &err), 0);
    size_t whole = out.len;
    assert_int_equal(whole % 2000, 0);
    tb_buf_clear(&out);
    assert_int_equal(tb_infile_slurp(path, whole, &out, &err), 0);
    assert_int_equal(tb_infile_slurp(path, whole - 1, &out, &err), -1);
    assert_non_null(strstr(err.text, "holds more than"));
    struct tb_infile *file = tb_infile_open(path, &err);
    assert_true(tb_infile_is_gzip(file));
    tb_infile_close(file);

    unlink(path);
    assert_null(tb_infile_open(path, &err));
    assert_non_null(strstr(err.text, "No such file"));
    assert_null(tb_infile_open("/tmp", &err));
    assert_non_null(strstr(err.text, "cannot read"));
    tb_buf_release(&in);
    tb_buf_release(&out);
}

/* Two members, the first of which fills the block that is inflated into exactly: each
 * prefix is cut, but for those that end with a member. */
static void test_is_cut(void **state)
{
    enum { BLOCK = 64 * 1024 };
    struct tb_buf gz = TB_BUF_INIT;
    char *text = malloc(BLOCK + 1);
    FILE *file = tmpfile();

    (void)state;
    assert_non_null(text);
    assert_non_null(file);
    memset(text, 'x', BLOCK);
    text[BLOCK] = '\0';
    add_member(&gz, text);
    size_t first = gz.len;
    add_member(&gz, "second");
    for (size_t len = 1; len <= gz.len; len++) {
        rewind(file);
        assert_int_equal(ftruncate(fileno(file), 0), 0);
        assert_int_equal(fwrite(gz.data, 1, len, file), len);
        assert_int_equal(fflush(file), 0);
        if (tb_gzip_is_cut(fileno(file)) != (len != first && len != gz.len))
            fail_msg("%zu of %zu bytes", len, gz.len);
    }
    /* What is damaged is not for waiting. */
    gz.data[first - 1] ^= 1;
    rewind(file);
    assert_int_equal(fwrite(gz.data, 1, gz.len, file), gz.len);
    assert_int_equal(fflush(file), 0);
    assert_false(tb_gzip_is_cut(fileno(file)));
    fclose(file);
    free(text);
    tb_buf_release(&gz);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),     cmocka_unit_test(test_members),
        cmocka_unit_test(test_cut_short), cmocka_unit_test(test_exact),
        cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_is_cut),
        cmocka_unit_test(test_files),     cmocka_unit_test(test_whose_fault),
    };

    return cmocka_run_group_tests_name("infile", tests, NULL, NULL);
}
