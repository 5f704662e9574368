/* text_decode.c - what came in, as UTF-8, with every bad byte counted.
 *
 * UTF-8 is checked here; all other encodings go through iconv in one pass.
 * After a bad sequence reading goes on at the next byte (the next unit in
 * UTF-16), so that a damaged character never swallows the comma or the line
 * end behind it.
 */
#include "tongbao/text.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"

enum {
    CHUNK = 16 * 1024,
    /* To so many good Chinese characters one byte may be bad in a UTF-8 file, also in
     * a short one.  In GB18030 text hardly any three bytes look like a character
     * of UTF-8, and most bytes are bad. */
    GOOD_PER_BAD = 3,
};

static const char bom_utf8[] = "\xef\xbb\xbf";

/* Where bad bytes were. */
struct account {
    size_t n_bad;
    size_t first_bad;
};

static void count_bad(struct account *account, size_t offset, struct tb_buf *out)
{
    if (account->n_bad++ == 0)
        account->first_bad = offset;
    tb_buf_puts(out, TB_REPLACEMENT_TEXT);
}

static bool starts_with(const char *bytes, size_t len, const char *mark, size_t n)
{
    return len >= n && memcmp(bytes, mark, n) == 0;
}

/* A file in UTF-8 with a few damaged characters is still UTF-8. */
static bool mostly_utf8(const char *bytes, size_t len)
{
    size_t n_good = 0;
    size_t n_bad = 0;

    for (size_t at = tb_utf8_ascii_run(bytes, len); at < len;) {
        size_t used;
        if (tb_utf8_next(bytes + at, len - at, &used) == TB_UTF8_BAD)
            n_bad++;
        else if (used > 2)
            n_good++; /* two bytes prove little: 双 in GB18030 is such a pair */
        at += used;
        at += tb_utf8_ascii_run(bytes + at, len - at);
    }
    return n_bad <= n_good / GOOD_PER_BAD;
}

const char *tb_text_guess_encoding(const char *bytes, size_t len)
{
    if (starts_with(bytes, len, bom_utf8, 3))
        return "UTF-8";
    if (starts_with(bytes, len, "\xff\xfe", 2))
        return "UTF-16LE";
    if (starts_with(bytes, len, "\xfe\xff", 2))
        return "UTF-16BE";
    return mostly_utf8(bytes, len) ? "UTF-8" : "GB18030";
}

static void decode_utf8(const char *bytes, size_t len, struct tb_buf *out, struct account *account)
{
    size_t start = starts_with(bytes, len, bom_utf8, 3) ? 3 : 0;

    while (start < len) {
        size_t run = 0;
        size_t used;
        if (tb_utf8_valid(bytes + start, len - start, &run))
            run = len - start;
        tb_buf_add(out, bytes + start, run);
        start += run;
        if (start == len)
            break;
        (void)tb_utf8_next(bytes + start, len - start, &used);
        count_bad(account, start, out);
        start += used;
    }
}

/* Bytes to step over when a sequence is bad. */
static size_t unit_size(const char *encoding)
{
    if (strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UCS-2", 5) == 0)
        return 2;
    if (strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS-4", 5) == 0)
        return 4;
    return 1;
}

/* One run of iconv until all is read; -1 only for reasons outside the data. */
static int convert(iconv_t converter, const char *bytes, size_t len, size_t unit,
                   struct tb_buf *out, struct account *account)
{
    char chunk[CHUNK];
    char *in = (char *)(uintptr_t)bytes; /* iconv takes char **, and does not write */
    size_t left = len;

    for (bool flushed = false; !flushed;) {
        char *to = chunk;
        size_t room = sizeof chunk;
        /* At the end a stateful encoding is asked for what it still holds. */
        flushed = left == 0;
        size_t rc = iconv(converter, left > 0 ? &in : NULL, &left, &to, &room);
        int reason = rc == (size_t)-1 ? errno : 0;
        tb_buf_add(out, chunk, (size_t)(to - chunk));
        if (reason == 0 || reason == E2BIG)
            continue;
        if (reason != EILSEQ && reason != EINVAL)
            return -1;
        if (left == 0)
            return 0;
        count_bad(account, len - left, out);
        /* EINVAL: the last character is not whole. */
        size_t skip = reason == EINVAL || left < unit ? left : unit;
        in += skip;
        left -= skip;
    }
    return 0;
}

static int decode_iconv(const char *bytes, size_t len, const char *encoding, struct tb_buf *out,
                        struct account *account, struct tb_error *err)
{
    size_t before = out->len;
    /* "//IGNORE" and its like would drop bytes uncounted. */
    iconv_t converter = strchr(encoding, '/') ? (iconv_t)-1 : iconv_open("UTF-8", encoding);

    if (converter == (iconv_t)-1)
        return tb_error_set(err, "encoding '%s' is not known", encoding);
    int rc = convert(converter, bytes, len, unit_size(encoding), out, account);
    iconv_close(converter);
    if (rc < 0)
        return tb_error_set(err, "encoding '%s' cannot be converted", encoding);
    /* Whatever the encoding, its byte order mark comes out as U+FEFF. */
    if (!out->failed && out->len > before &&
        starts_with(out->data + before, out->len - before, bom_utf8, 3)) {
        memmove(out->data + before, out->data + before + 3, out->len - before - 3 + 1);
        out->len -= 3;
    }
    return 0;
}

int tb_text_decode(const char *bytes, size_t len, const char *encoding, struct tb_buf *out,
                   size_t *n_bad, size_t *first_bad, struct tb_error *err)
{
    struct account account = { 0, 0 };
    int rc = 0;

    if (strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0)
        decode_utf8(bytes, len, out, &account);
    else
        rc = decode_iconv(bytes, len, encoding, out, &account, err);
    *n_bad = account.n_bad;
    *first_bad = account.first_bad;
    return rc == 0 && !tb_buf_ok(out, err) ? -1 : rc;
}
