/* strings.c - sharedStrings.xml, and the escapes of characters that XML cannot hold. */
#include "xlsx/strings.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/error.h"
#include "tongbao/size.h"
#include "xlsx/xml.h"

enum { SST = TB_XLSX_OWN, SI, RUN, TEXT };

static int start(void *user, int tag, const char *const *attributes, struct tb_error *err)
{
    struct tb_xlsx_strings *strings = user;

    (void)attributes;
    if (tag == SI && strings->n == TB_XLSX_MAX_STRINGS)
        return tb_error_set(err, "more than %d strings", TB_XLSX_MAX_STRINGS);
    return 0;
}

static int take(void *user, int tag, const char *bytes, size_t len, struct tb_error *err)
{
    struct tb_xlsx_strings *strings = user;
    size_t before = strings->n > 0 ? strings->end[strings->n - 1] : 0;

    if (tag != TEXT)
        return 0;
    tb_buf_add(&strings->text, bytes, len);
    if (strings->text.len - before > TB_XLSX_MAX_TEXT)
        return tb_error_set(err, "string %zu is longer than %d bytes", strings->n,
                            TB_XLSX_MAX_TEXT);
    if (strings->text.len > (size_t)TB_XLSX_MAX_STRINGS_MIB << 20)
        return tb_error_set(err, "more than %d MiB of strings", TB_XLSX_MAX_STRINGS_MIB);
    return tb_buf_ok(&strings->text, err) ? 0 : -1;
}

static int end(void *user, int tag, struct tb_error *err)
{
    struct tb_xlsx_strings *strings = user;

    if (tag != SI)
        return 0;
    size_t *grown = tb_grow(strings->end, strings->n, &strings->capacity, sizeof *grown);
    if (!grown)
        return tb_error_set(err, "out of memory");
    strings->end = grown;
    tb_xlsx_unescape(&strings->text, strings->n > 0 ? strings->end[strings->n - 1] : 0);
    strings->end[strings->n++] = strings->text.len;
    return 0;
}

int tb_xlsx_strings_load(struct tb_xlsx_strings *strings, struct tb_xlsx_package *package,
                         const char *name, struct tb_error *err)
{
    /* Not <rPh>: how a text is pronounced is no part of it. */
    static const struct tb_xlsx_element elements[] = {
        { TB_XLSX_ROOT, "sst", SST }, { SST, "si", SI }, { SI, "t", TEXT }, { SI, "r", RUN },
        { RUN, "t", TEXT },
    };
    static const struct tb_xlsx_reader reader = { elements, sizeof elements / sizeof *elements,
                                                  start, take, end };

    return tb_xlsx_read_part(package, name, &reader, strings, err);
}

const char *tb_xlsx_string(const struct tb_xlsx_strings *strings, size_t i, size_t *len)
{
    size_t from = i > 0 ? strings->end[i - 1] : 0;

    *len = strings->end[i] - from;
    return tb_buf_text(&strings->text) + from;
}

void tb_xlsx_strings_release(struct tb_xlsx_strings *strings)
{
    tb_buf_release(&strings->text);
    free(strings->end);
    *strings = (struct tb_xlsx_strings){ .n = 0 };
}

/* _x000D_: the character, or 0 when that is none. */
static unsigned escaped(const char *at, const char *end)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    unsigned value = 0;

    if (end - at < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
        return 0;
    for (int i = 2; i < 6; i++) {
        const char *digit = at[i] ? strchr(digits, at[i]) : NULL;
        if (!digit)
            return 0;
        value = value << 4 | ((unsigned)(digit - digits) & 15);
    }
    return value;
}

static size_t put_character(char *out, unsigned c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    out[0] = (char)(0xe0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3f));
    out[2] = (char)(0x80 | (c & 0x3f));
    return 3;
}

void tb_xlsx_unescape(struct tb_buf *text, size_t start)
{
    char *out, *first;
    const char *at, *end;

    if (text->failed || text->len == start)
        return;
    at = out = first = text->data + start;
    end = text->data + text->len;
    while (at < end) {
        unsigned c = escaped(at, end);
        bool is_escape = c != 0 && (c < 0xd800 || c > 0xdfff) && c < 0xfffe;
        if (is_escape && c >= 0x20) {
            out += put_character(out, c);
            at += 7;
            continue;
        }
        if (!is_escape)
            c = (unsigned char)*at;
        at += is_escape ? 7 : 1;
        if (c == '\n' && out > first && out[-1] == '\r')
            out[-1] = '\n';
        else
            *out++ = c >= 0x20 || c == '\n' || c == '\r' || c == '\t' ? (char)c : ' ';
    }
    for (char *cr = first; cr < out; cr++)
        *cr = *cr == '\r' ? '\n' : *cr;
    text->len = (size_t)(out - text->data);
    *out = '\0';
}
