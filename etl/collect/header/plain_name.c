/* plain_name.c - takes numbers and words of lists off names. */
#include "collect/header/plain_name.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

/* The length of one of `words` at the start of the text, or 0. */
static size_t word_ahead(const char *text, size_t len, const char *const words[], size_t n_words)
{
    for (size_t i = 0; i < n_words; i++) {
        size_t n = strlen(words[i]);
        if (len >= n && memcmp(text, words[i], n) == 0)
            return n;
    }
    return 0;
}

/* 12, 十二: at most three digits. */
static size_t numeral_ahead(const char *text, size_t len)
{
    static const char *const digits[] = { "一", "二", "三", "四", "五", "六",
                                          "七", "八", "九", "十" };
    size_t at = 0, n;

    while (at < len && at < 3 && text[at] >= '0' && text[at] <= '9')
        at++;
    if (at > 0)
        return at;
    for (int i = 0; i < 3; i++) {
        n = word_ahead(text + at, len - at, digits, sizeof digits / sizeof *digits);
        if (n == 0)
            break;
        at += n;
    }
    return at;
}

/* 一、 (一) 1. 1) ①; 0 if the text does not begin so. */
static size_t number_ahead(const char *text, size_t len)
{
    static const char *const stops[] = { "、", ".", ")", ":", "．" };
    bool bracket = len > 0 && text[0] == '(';
    size_t at = bracket, n = numeral_ahead(text + at, len - at);

    /* U+2460..2473 */
    if (len >= 3 && memcmp(text, "\xe2\x91", 2) == 0 && (unsigned char)text[2] >= 0xa0 &&
        (unsigned char)text[2] <= 0xb3)
        return 3;
    at += n;
    if (n == 0 || at >= len)
        return 0;
    if (bracket)
        return text[at] == ')' ? at + 1 : 0;
    n = word_ahead(text + at, len - at, stops, sizeof stops / sizeof *stops);
    bool decimal = n == 1 && text[at] == '.' && at + 1 < len && text[at + 1] >= '0' &&
                   text[at + 1] <= '9';
    return n && !decimal ? at + n : 0;
}

static size_t prefix_ahead(const char *text, size_t len)
{
    static const char *const words[] = { "其中:", "其中", "of which:", "of which", "#", "*", "·" };

    return word_ahead(text, len, words, sizeof words / sizeof *words);
}

bool tb_plain_name(const char *text, size_t len, struct tb_buf *out)
{
    struct tb_buf normal = TB_BUF_INIT;
    size_t at = 0, n;

    tb_text_normalise(text, len, &normal);
    const char *s = tb_buf_text(&normal);
    size_t end = normal.len;
    for (int i = 0; i < 3; i++) {
        n = number_ahead(s + at, end - at);
        n = n ? n : prefix_ahead(s + at, end - at);
        if (n == 0)
            break;
        at += n;
        while (at < end && s[at] == ' ')
            at++;
    }
    if (end > at && s[end - 1] == ':')
        end--;
    bool stripped = end > at && end - at < normal.len && !normal.failed;
    if (stripped)
        tb_buf_add(out, s + at, end - at);
    out->failed |= normal.failed;
    tb_buf_release(&normal);
    return stripped;
}

bool tb_is_numbered(const char *text, size_t len)
{
    struct tb_buf normal = TB_BUF_INIT;

    tb_text_normalise(text, len, &normal);
    bool numbered = number_ahead(tb_buf_text(&normal), normal.len) > 0;
    tb_buf_release(&normal);
    return numbered;
}
