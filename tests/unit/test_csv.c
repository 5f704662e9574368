/* test_csv.c - the CSV reader on good and dirty input, and the writer.
 *
 * Expected fields are worked by hand from RFC 4180 and from the words in csv.h.
 */
#include "tongbao/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"

enum { UNCLOSED = TB_CSV_UNCLOSED, STRAY = TB_CSV_STRAY_QUOTE, NUL = TB_CSV_NUL };

/* All records as text: line+n_lines!flaws[field][field], quoted fields in <>.
 * A field on another line than its record's starts with that line and ':'. */
static void dump_records(struct tb_csv *csv, struct tb_buf *out)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_csv_record r;
    int rc;

    assert_non_null(csv);
    while ((rc = tb_csv_next(csv, &r, &err)) > 0) {
        tb_buf_printf(out, "%u+%u", (unsigned)r.line, (unsigned)r.n_lines);
        if (r.flaws)
            tb_buf_printf(out, "!%u", r.flaws);
        for (size_t i = 0; i < r.n_fields; i++) {
            const struct tb_csv_field *f = &r.field[i];

            assert_int_equal(f->len, strlen(f->text));
            tb_buf_putc(out, f->quoted ? '<' : '[');
            if (f->line != r.line)
                tb_buf_printf(out, "%u:", (unsigned)f->line);
            tb_buf_puts(out, f->text);
            tb_buf_putc(out, f->quoted ? '>' : ']');
        }
        tb_buf_putc(out, ';');
    }
    assert_int_equal(rc, 0);
    tb_csv_free(csv);
}

/* A stream that gives its bytes in pieces, each in memory of its own. */
struct pieces {
    const char *bytes;
    size_t len, step;
};

static int next_piece(void *user, struct tb_buf *out, struct tb_error *err)
{
    struct pieces *p = user;
    size_t n = p->step < p->len ? p->step : p->len;

    (void)err;
    tb_buf_add(out, p->bytes, n);
    p->bytes += n;
    p->len -= n;
    return n > 0;
}

/* The same records must come from a stream, wherever its pieces end. */
static void dump(const char *bytes, size_t len, char delimiter, struct tb_buf *out)
{
    static const size_t steps[] = { 1, 2, 3, 5, 16, 1000 };
    size_t before = out->len;

    dump_records(tb_csv_from_memory(bytes, len, delimiter, NULL), out);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && (len < 5000 || i > 4); i++) {
        struct pieces pieces = { bytes, len, steps[i] };
        struct tb_buf streamed = TB_BUF_INIT;
        dump_records(tb_csv_from_stream(next_piece, &pieces, i % 2 ? 1 : 64, delimiter, NULL), &streamed);
        assert_string_equal(tb_buf_text(&streamed), tb_buf_text(out) + before);
        tb_buf_release(&streamed);
    }
}

struct read_case {
    const char *input;
    size_t len; /* 0: strlen */
    char delimiter;
    const char *expect;
};

static const struct read_case read_cases[] = {
    { "", 0, ',', "" },
    { "\n", 0, ',', "1+1;" },
    { "\r\n\r\n", 0, ',', "1+1;2+1;" },
    { "a", 0, ',', "1+1[a];" },
    { "a,b\nc,d\n", 0, ',', "1+1[a][b];2+1[c][d];" },
    { "a,b\r\nc,d", 0, ',', "1+1[a][b];2+1[c][d];" },
    { "a,b\rc,d\r", 0, ',', "1+1[a][b];2+1[c][d];" },
    { "a\rb\nc\r\nd", 0, ',', "1+1[a];2+1[b];3+1[c];4+1[d];" },
    { "a\n\nb\n", 0, ',', "1+1[a];2+1;3+1[b];" },
    { ",\n", 0, ',', "1+1[][];" },
    { "a,\n", 0, ',', "1+1[a][];" },
    { " a , b\t\n", 0, ',', "1+1[ a ][ b\t];" },
    { "  \n", 0, ',', "1+1[  ];" },
    { "a;b,c\n", 0, ';', "1+1[a][b,c];" },
    { "a\tb\t\"c\td\"\t e\n", 0, '\t', "1+1[a][b]<c\td>[ e];" },
    { "a|\"b|c\"\n", 0, '|', "1+1[a]<b|c>;" },
    { "\"a\",\"b\"\n", 0, ',', "1+1<a><b>;" },
    { "\"\"\n", 0, ',', "1+1<>;" },
    { "\"\",\"\"", 0, ',', "1+1<><>;" },
    { "\"a\"\"b\",c\n", 0, ',', "1+1<a\"b>[c];" },
    { "\"a,b\r\nc\",d\ne\n", 0, ',', "1+2<a,b\r\nc>[2:d];3+1[e];" },
    { "x,\"a\rb\nc\"\r\ny", 0, ',', "1+3[x]<a\rb\nc>;4+1[y];" },
    /* blanks between a delimiter and a quote belong to no field */
    { "1, \"a, b\" ,2\n", 0, ',', "1+1[1]<a, b>[2];" },
    /* UTF-8 BOM: the first is taken off, also before a quote */
    { "\xef\xbb\xbf", 0, ',', "" },
    { "\xef\xbb\xbf\"a\",b\n", 0, ',', "1+1<a>[b];" },
    { "\xef\xbb\xbf\xef\xbb\xbf"
      "a\n",
      0, ',',
      "1+1[\xef\xbb\xbf"
      "a];" },
    /* stray quotes: 1 */
    { "5\" pipe,2\n", 0, ',', "1+1!1[5\" pipe][2];" },
    { "\"the \"new\" town\",2\n3\n", 0, ',', "1+1!1<the \"new\" town>[2];2+1[3];" },
    /* unclosed quotes: 2; the line is given up, the next is read as ever */
    { "1,\"abc,2\n3,4\n", 0, ',', "1+1!2[1]<abc,2>;2+1[3][4];" },
    { "\"", 0, ',', "1+1!2<>;" },
    { "\"\"\"", 0, ',', "1+1!2<\">;" },
    { "a,\"b\r\nc,\"d\"\r\n", 0, ',', "1+1!2[a]<b>;2+1[c]<d>;" },
    { "\"x\"y,1\n\"z\",2\n", 0, ',', "1+1!3<x\"y,1>;2+1<z>[2];" },
    { "\"a\nb\",\"c\nd,e\n", 0, ',', "1+1!2<a>;2+1!3[b\"]<c>;3+1[d][e];" },
    /* a line that was run over may not hold a quote across lines either */
    { "1,\"a\n2,\"\"\n3,\"\"\"\"\n", 0, ',', "1+1!2[1]<a>;2+1[2]<>;3+1[3]<\">;" },
    /* NULs: 4 */
    { "a\0b,c\nd\n", 8, ',', "1+1!4[ab][c];2+1[d];" },
    { "\0\n\"\0\"\0,\0\"b\n", 11, ',', "1+1!4;2+1!6<><b>;" },
};

static void test_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof read_cases / sizeof *read_cases; i++) {
        const struct read_case *c = &read_cases[i];
        size_t len = c->len ? c->len : strlen(c->input);
        struct tb_buf out = TB_BUF_INIT;
        /* An exact copy, so that a byte read too far is seen. */
        char *copy = malloc(len ? len : 1);

        assert_non_null(copy);
        memcpy(copy, c->input, len);
        dump(copy, len, c->delimiter, &out);
        assert_string_equal(tb_buf_text(&out), c->expect);
        tb_buf_release(&out);
        free(copy);
    }
}

/* A quote that closes only after more than 10,000 lines did not close. */
static void test_limits(void **state)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_buf in = TB_BUF_INIT;
    struct tb_csv_record r;
    unsigned n = 0;

    (void)state;
    tb_buf_puts(&in, "\"start\n");
    for (int i = 0; i < 10001; i++)
        tb_buf_puts(&in, "plain\n");
    tb_buf_puts(&in, "end\",x\n");
    struct tb_csv *csv = tb_csv_from_memory(in.data, in.len, ',', &err);
    while (tb_csv_next(csv, &r, &err) > 0) {
        n++;
        assert_int_equal(r.n_lines, 1);
        assert_int_equal(r.flaws, n == 1 ? UNCLOSED : n == 10003 ? STRAY : TB_CSV_FINE);
    }
    assert_int_equal(n, 10003);
    tb_csv_free(csv);
    tb_buf_release(&in);

    assert_null(tb_csv_from_memory("a", 1, '"', &err));
    assert_null(tb_csv_from_memory("a", 1, '\n', &err));
}

/* A small generator of our own: the same numbers on every machine. */
static unsigned next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33);
}

/* Lines as a person would count them: LF, CR and CRLF end one. */
static unsigned count_lines(const char *bytes, size_t len)
{
    unsigned n = 0;
    bool open = false;

    for (size_t i = 0; i < len; i++) {
        bool crlf = bytes[i] == '\r' && i + 1 < len && bytes[i + 1] == '\n';

        open = bytes[i] != '\n' && bytes[i] != '\r';
        n += !open && !crlf;
    }
    return n + open;
}

/* Any bytes: every line belongs to exactly one record. */
static void test_lines_add_up(void **state)
{
    static const char alphabet[] = "ab,,\"\"\"\n\n\r \t;\0";
    uint64_t seed = 20230625;
    char in[64];

    (void)state;
    for (int round = 0; round < 100000; round++) {
        struct tb_error err = TB_ERROR_INIT;
        size_t len = next_random(&seed) % sizeof in;
        uint32_t line = 1;
        struct tb_csv_record r;

        for (size_t i = 0; i < len; i++)
            in[i] = alphabet[next_random(&seed) % (sizeof alphabet - 1)];
        struct tb_csv *csv = tb_csv_from_memory(in, len, ',', &err);
        while (tb_csv_next(csv, &r, &err) > 0) {
            assert_int_equal(r.line, line);
            assert_true(r.n_lines >= 1);
            line += r.n_lines;
            for (size_t i = 0; i < r.n_fields; i++)
                assert_true(r.field[i].line >= r.line && r.field[i].line < line);
        }
        tb_csv_free(csv);
        assert_int_equal(line - 1, count_lines(in, len));
        struct tb_buf out = TB_BUF_INIT;
        dump(in, len, ',', &out); /* which holds streams against memory */
        tb_buf_release(&out);
    }
}

/* A NUL sends a line through libcsv; the fields must be those of the fast way. */
static void test_both_ways_agree(void **state)
{
    static const char alphabet[] = "ab,,  \t;\n";
    uint64_t seed = 7;
    char in[40], nul[41];

    (void)state;
    for (int round = 0; round < 50000; round++) {
        size_t len = 1 + next_random(&seed) % (sizeof in - 1), at = next_random(&seed) % len;
        struct tb_buf fast = TB_BUF_INIT, slow = TB_BUF_INIT;

        for (size_t i = 0; i < len; i++)
            in[i] = alphabet[next_random(&seed) % (sizeof alphabet - 1)];
        memcpy(nul, in, at);
        nul[at] = '\0';
        memcpy(nul + at + 1, in + at, len - at);
        dump(in, len, ',', &fast);
        dump(nul, len + 1, ',', &slow);
        char *flaw = strstr(slow.data, "!4");
        assert_non_null(flaw);
        memmove(flaw, flaw + 2, strlen(flaw + 2) + 1);
        assert_string_equal(fast.data, slow.data);
        tb_buf_release(&fast);
        tb_buf_release(&slow);
    }
}

/* Lines of every length and delimiters at every place in it, in memory that ends with
 * them; in front of each other, so that the next line's delimiters are near. */
static void test_plain_lines(void **state)
{
    enum { LONGEST = 20 };

    (void)state;
    for (unsigned line_end = 0; line_end < 3; line_end++) {
        for (size_t len = 1; len <= LONGEST; len++) {
            for (size_t at = 0; at < len; at++) {
                struct tb_buf in = TB_BUF_INIT, want = TB_BUF_INIT, got = TB_BUF_INIT;

                for (unsigned row = 1; row <= 3; row++) {
                    tb_buf_printf(&want, "%u+1[", row);
                    for (size_t i = 0; i < len; i++) {
                        tb_buf_putc(&in, i == at || i == at + 3 ? ',' : "a+-\xe4\x80"[i % 5]);
                        tb_buf_puts(&want, i == at || i == at + 3 ? "][" : (char[]){ "a+-\xe4\x80"[i % 5], '\0' });
                    }
                    tb_buf_puts(&in, row == 3 && line_end == 2 ? "" : line_end == 1 ? "\r\n" : "\n");
                    tb_buf_puts(&want, "];");
                }
                char *exact = malloc(in.len);
                assert_non_null(exact);
                memcpy(exact, in.data, in.len);
                dump(exact, in.len, ',', &got);
                assert_string_equal(tb_buf_text(&got), tb_buf_text(&want));
                free(exact);
                tb_buf_release(&in);
                tb_buf_release(&want);
                tb_buf_release(&got);
            }
        }
    }
}

/* A straight line gives back where each field stands; what is not ASCII or not plain never
 * claims to be one, wherever in the line it is. */
static void test_straight(void **state)
{
    static const struct {
        const char *text;
        bool straight;
    } cases[] = {
        { "a,bc,,defghijklm,n", true },        { "1", true },
        { "12345678,12345678\r\n", true },     { "12345678,1234567\xe4\xb8\x87\n", false },
        { "\xe4\xb8\x87,2\n", false },        { "a,b,c,d,e,f,g,\xc2\xb2\n", false },
        { "a,\"b\",c\n", false },              { "a\rb\xe4\xb8\x87\n", true },
        { "a,b\n\xe4\xb8\x87\n", true }, /* bytes of the next line are none of it */
    };
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tb_csv_record r;
        struct tb_csv *csv = tb_csv_from_memory(cases[i].text, strlen(cases[i].text), ',', &err);
        assert_non_null(csv);
        assert_int_equal(tb_csv_next(csv, &r, &err), 1);
        if (r.straight && !cases[i].straight)
            fail_msg("line %zu is not straight", i);
        for (size_t f = 1; r.straight && f < r.n_fields; f++)
            assert_ptr_equal(r.field[f].text, r.field[f - 1].text + r.field[f - 1].len + 1);
        /* Nearly all lines must be, or each cell counts characters. */
        if (!strchr(cases[i].text, '\r') && r.straight != cases[i].straight)
            fail_msg("line %zu is straight", i);
        tb_csv_free(csv);
    }
}

/* More fields than a line of that length usually has room for. */
static void test_many_fields(void **state)
{
    enum { MOST = 5000 };
    char *line = malloc(MOST + 1);
    struct tb_error err = TB_ERROR_INIT;

    (void)state;
    assert_non_null(line);
    memset(line, ',', MOST);
    for (size_t n = 1; n <= MOST; n = n * 3 / 2 + 1) {
        struct tb_csv_record r;
        struct tb_csv *csv = tb_csv_from_memory(line, n, ',', &err);
        assert_non_null(csv);
        assert_int_equal(tb_csv_next(csv, &r, &err), 1);
        assert_int_equal(r.n_fields, n + 1);
        for (size_t f = 0; f < r.n_fields; f++)
            assert_string_equal(r.field[f].text, "");
        assert_int_equal(tb_csv_next(csv, &r, &err), 0);
        tb_csv_free(csv);
    }
    free(line);
}

static void test_write_and_read_back(void **state)
{
    static const char alphabet[] = "abc019.,,\"\n\r ;\t|";
    uint64_t seed = 42;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        enum { ROWS = 4, COLUMNS = 3, SIZE = 8 };
        char cell[ROWS][COLUMNS][SIZE];
        size_t columns = 1 + next_random(&seed) % COLUMNS;
        struct tb_buf out = TB_BUF_INIT;
        struct tb_error err = TB_ERROR_INIT;
        struct tb_csv_record r;

        for (size_t row = 0; row < ROWS; row++) {
            for (size_t c = 0; c < columns; c++) {
                size_t len = next_random(&seed) % SIZE;

                for (size_t i = 0; i < len; i++)
                    cell[row][c][i] = alphabet[next_random(&seed) % (sizeof alphabet - 1)];
                cell[row][c][len] = '\0';
                if (cell[row][c][0] == '\t' || cell[row][c][0] == '\r')
                    cell[row][c][0] = 'x'; /* would get an apostrophe */
                tb_csv_put(&out, cell[row][c]);
            }
            tb_csv_end_row(&out);
        }
        struct tb_csv *csv = tb_csv_from_memory(out.data, out.len, ',', &err);
        for (size_t row = 0; row < ROWS; row++) {
            assert_int_equal(tb_csv_next(csv, &r, &err), 1);
            assert_int_equal(r.flaws, 0);
            assert_int_equal(r.n_fields, columns);
            for (size_t c = 0; c < columns; c++)
                assert_string_equal(r.field[c].text, cell[row][c]);
        }
        assert_int_equal(tb_csv_next(csv, &r, &err), 0);
        tb_csv_free(csv);
        tb_buf_release(&out);
    }
}

static void test_write(void **state)
{
    static const struct {
        const char *text, *expect;
    } cases[] = {
        { "", "," },
        { "abc", "abc," },
        { "a,b", "\"a,b\"," },
        { "a\"b", "\"a\"\"b\"," },
        { "a\nb", "\"a\nb\"," },
        { " a", "\" a\"," },
        { "-1.5", "-1.5," },
        { "+3", "+3," },
        { "-2e-3", "-2e-3," },
        { "-4.5%", "-4.5%," },
        { "-", "'-," },
        { "-1.5x", "'-1.5x," },
        { "-.", "'-.," },
        { "=cmd", "'=cmd," },
        { "=1", "'=1," },
        { "@SUM(1)", "'@SUM(1)," },
        { "+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0," },
        { "\t=1", "\"'\t=1\"," },
        { "\r=1", "\"'\r=1\"," },
        { "\xef\xbc\x9d"
          "1",
          "'\xef\xbc\x9d"
          "1," },
        { "=A1,\"x\"", "\"'=A1,\"\"x\"\"\"," },
    };
    struct tb_buf out = TB_BUF_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tb_buf_clear(&out);
        tb_csv_put(&out, cases[i].text);
        assert_string_equal(tb_buf_text(&out), cases[i].expect);
    }
    tb_buf_clear(&out);
    tb_csv_put_int(&out, INT64_MIN);
    tb_csv_put_len(&out, "abc", 2);
    tb_csv_end_row(&out);
    tb_csv_put(&out, "");
    tb_csv_end_row(&out);
    assert_string_equal(tb_buf_text(&out), "-9223372036854775808,ab\n\"\"\n");
    tb_buf_release(&out);
}

/* Looking ahead begins at the record last given and moves nothing. */
static void test_ahead(void **state)
{
    static const char bytes[] = "\xef\xbb\xbf" "a,b\n\"c\nd\",e\nf\n";
    struct tb_csv_record record;
    const char *text;
    size_t len;

    (void)state;
    struct tb_csv *csv = tb_csv_from_memory(bytes, sizeof bytes - 1, ',', NULL);
    assert_non_null(csv);
    tb_csv_ahead(csv, &text, &len);
    assert_memory_equal(text, "a,b\n", 4);
    assert_int_equal(tb_csv_next(csv, &record, NULL), 1);
    tb_csv_ahead(csv, &text, &len);
    assert_memory_equal(text, "a,b\n", 4);
    assert_int_equal(tb_csv_next(csv, &record, NULL), 1);
    tb_csv_ahead(csv, &text, &len);
    assert_memory_equal(text, "\"c\nd\",e\nf\n", 10);
    assert_int_equal(len, 10);
    assert_int_equal(tb_csv_next(csv, &record, NULL), 1);
    assert_string_equal(record.field[0].text, "f");
    assert_int_equal(tb_csv_next(csv, &record, NULL), 0);
    tb_csv_ahead(csv, &text, &len);
    assert_int_equal(len, 0);
    tb_csv_free(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_lines_add_up),
        cmocka_unit_test(test_both_ways_agree),
        cmocka_unit_test(test_plain_lines),
        cmocka_unit_test(test_straight),
        cmocka_unit_test(test_many_fields),
        cmocka_unit_test(test_write_and_read_back),
        cmocka_unit_test(test_write),
        cmocka_unit_test(test_ahead),
    };

    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
