/* text_decode.c - what came in, as UTF-8, with every bad byte counted.
 *
 * UTF-8 is checked here; all other encodings go through iconv.  Both take their
 * input in pieces: a character that a piece cuts is left for the next one.
 * After a bad sequence reading goes on at the next byte (the next unit in
 * UTF-16), so that a damaged character never swallows the comma or the line
 * end behind it.
 */
#include "tongbao/text.h"

#include <errno.h>
#include <iconv.h>
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
    UTF8_LONGEST = 4,
};

static const char bom_utf8[] = "\xef\xbb\xbf";

static void count_bad(struct tb_decoder *decoder, size_t at, struct tb_buf *out)
{
    if (decoder->n_bad++ == 0)
        decoder->first_bad = decoder->offset + at;
    tb_buf_puts(out, TB_REPLACEMENT_TEXT);
}

static bool starts_with(const char *bytes, size_t len, const char *mark, size_t n)
{
    return len >= n && memcmp(bytes, mark, n) == 0;
}

/* --- which encoding --- */

static void judge_one(struct tb_utf8_judge *judge, int32_t point, size_t used)
{
    if (point == TB_UTF8_BAD)
        judge->n_bad++;
    else if (used > 2)
        judge->n_good++; /* two bytes prove little: 双 in GB18030 is such a pair */
}

/* The character that the piece before cut: how many bytes it takes of this one. */
static size_t judge_carried(struct tb_utf8_judge *judge, const char *bytes, size_t len)
{
    size_t n = judge->n_carry, before = n, used = n;
    int32_t point = TB_UTF8_BAD;

    while (n - before < len && point == TB_UTF8_BAD && used == n && n < UTF8_LONGEST) {
        judge->carry[n] = bytes[n - before];
        n++;
        point = tb_utf8_next(judge->carry, n, &used);
    }
    judge->n_carry = n;
    if (point == TB_UTF8_BAD && used == n && n < UTF8_LONGEST)
        return n - before; /* cut once more */
    judge_one(judge, point, used);
    judge->n_carry = 0;
    return used - before;
}

void tb_utf8_judge_add(struct tb_utf8_judge *judge, const char *bytes, size_t len)
{
    size_t at = judge->n_carry > 0 ? judge_carried(judge, bytes, len) : 0;

    while (at < len) {
        size_t used;
        at += tb_utf8_ascii_run(bytes + at, len - at);
        if (at == len)
            break;
        int32_t point = tb_utf8_next(bytes + at, len - at, &used);
        if (point == TB_UTF8_BAD && at + used == len && used < UTF8_LONGEST) {
            memcpy(judge->carry, bytes + at, used);
            judge->n_carry = used;
            return;
        }
        judge_one(judge, point, used);
        at += used;
    }
}

/* A file in UTF-8 with a few damaged characters is still UTF-8. */
bool tb_utf8_judge_says(const struct tb_utf8_judge *judge, bool at_end)
{
    return judge->n_bad + (at_end && judge->n_carry > 0) <= judge->n_good / GOOD_PER_BAD;
}

const char *tb_text_bom_encoding(const char *bytes, size_t len)
{
    if (starts_with(bytes, len, bom_utf8, 3))
        return "UTF-8";
    if (starts_with(bytes, len, "\xff\xfe", 2))
        return "UTF-16LE";
    if (starts_with(bytes, len, "\xfe\xff", 2))
        return "UTF-16BE";
    return NULL;
}

const char *tb_text_guess_encoding(const char *bytes, size_t len)
{
    const char *marked = tb_text_bom_encoding(bytes, len);
    struct tb_utf8_judge judge = { 0 };

    if (marked)
        return marked;
    tb_utf8_judge_add(&judge, bytes, len);
    return tb_utf8_judge_says(&judge, true) ? "UTF-8" : "GB18030";
}

/* --- decoding --- */

static size_t decode_utf8(struct tb_decoder *decoder, const char *bytes, size_t len, bool last,
                          struct tb_buf *out)
{
    size_t start = 0, at;

    if (!decoder->begun && len < 3 && !last)
        return 0;
    if (!decoder->begun && starts_with(bytes, len, bom_utf8, 3))
        start = 3;
    decoder->begun = true;
    for (at = start; at < len;) {
        size_t used;
        at += tb_utf8_ascii_run(bytes + at, len - at);
        if (at == len)
            break;
        int32_t point = tb_utf8_next(bytes + at, len - at, &used);
        if (point == TB_UTF8_BAD && at + used == len && !last)
            break; /* it may go on in the next piece */
        judge_one(&decoder->judge, point, used);
        if (point == TB_UTF8_BAD) {
            tb_buf_add(out, bytes + start, at - start);
            count_bad(decoder, at, out);
            start = at + used;
        }
        at += used;
    }
    tb_buf_add(out, bytes + start, at - start);
    return at;
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

/* Runs of iconv until all is read, but for a character that is cut; -1 only for
 * reasons outside the data. */
static int64_t convert(struct tb_decoder *decoder, const char *bytes, size_t len, bool last,
                       struct tb_buf *out)
{
    char chunk[CHUNK];
    char *in = (char *)(uintptr_t)bytes; /* iconv takes char **, and does not write */
    size_t left = len;

    for (bool flushed = false; !flushed;) {
        char *to = chunk;
        size_t room = sizeof chunk;
        /* At the end a stateful encoding is asked for what it still holds. */
        flushed = left == 0;
        if (flushed && !last)
            break;
        size_t rc = iconv(decoder->converter, left > 0 ? &in : NULL, &left, &to, &room);
        int reason = rc == (size_t)-1 ? errno : 0;
        tb_buf_add(out, chunk, (size_t)(to - chunk));
        if (reason == 0 || reason == E2BIG)
            continue;
        if (reason != EILSEQ && reason != EINVAL)
            return -1;
        if (left == 0 || (reason == EINVAL && !last))
            break;
        count_bad(decoder, len - left, out);
        /* EINVAL: the last character is not whole. */
        size_t skip = reason == EINVAL || left < decoder->unit ? left : decoder->unit;
        in += skip;
        left -= skip;
    }
    return (int64_t)(len - left);
}

static int64_t decode_iconv(struct tb_decoder *decoder, const char *bytes, size_t len, bool last,
                            struct tb_buf *out, struct tb_error *err)
{
    size_t before = out->len;
    int64_t used = convert(decoder, bytes, len, last, out);

    if (used < 0)
        return tb_error_set(err, "the encoding cannot be converted");
    if (decoder->begun || out->failed || out->len == before)
        return used;
    decoder->begun = true;
    /* Whatever the encoding, its byte order mark comes out as U+FEFF. */
    if (starts_with(out->data + before, out->len - before, bom_utf8, 3)) {
        memmove(out->data + before, out->data + before + 3, out->len - before - 3 + 1);
        out->len -= 3;
    }
    return used;
}

int tb_decoder_open(struct tb_decoder *decoder, const char *encoding, struct tb_error *err)
{
    *decoder = (struct tb_decoder){ .unit = unit_size(encoding) };
    decoder->is_utf8 = strcasecmp(encoding, "UTF-8") == 0 || strcasecmp(encoding, "UTF8") == 0;
    if (decoder->is_utf8)
        return 0;
    /* "//IGNORE" and its like would drop bytes uncounted. */
    iconv_t converter = strchr(encoding, '/') ? (iconv_t)-1 : iconv_open("UTF-8", encoding);
    if (converter == (iconv_t)-1)
        return tb_error_set(err, "encoding '%s' is not known", encoding);
    decoder->converter = converter;
    return 0;
}

void tb_decoder_close(struct tb_decoder *decoder)
{
    if (decoder->converter)
        iconv_close(decoder->converter);
    decoder->converter = NULL;
}

int64_t tb_decoder_run(struct tb_decoder *decoder, const char *bytes, size_t len, bool last,
                       struct tb_buf *out, struct tb_error *err)
{
    int64_t used = decoder->is_utf8 ? (int64_t)decode_utf8(decoder, bytes, len, last, out)
                                    : decode_iconv(decoder, bytes, len, last, out, err);

    if (used < 0 || !tb_buf_ok(out, err))
        return -1;
    decoder->offset += (uint64_t)used;
    return used;
}

int tb_text_decode(const char *bytes, size_t len, const char *encoding, struct tb_buf *out,
                   size_t *n_bad, size_t *first_bad, struct tb_error *err)
{
    struct tb_decoder decoder;

    *n_bad = *first_bad = 0;
    if (tb_decoder_open(&decoder, encoding, err) < 0)
        return -1;
    int64_t used = tb_decoder_run(&decoder, bytes, len, true, out, err);
    *n_bad = (size_t)decoder.n_bad;
    *first_bad = (size_t)decoder.first_bad;
    tb_decoder_close(&decoder);
    return used < 0 ? -1 : 0;
}
