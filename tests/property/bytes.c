/* bytes.c - cells of text -> the bytes of a file, the form that reads it, and
 * what may happen to bytes on their way.
 */
#include "hostile.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_quoted(const struct style *s, const char *text, struct tb_buf *out)
{
    tb_buf_putc(out, s->quote);
    for (; *text; text++) {
        if (*text == s->quote || (s->escape && *text == s->escape))
            tb_buf_putc(out, s->escape ? s->escape : s->quote);
        tb_buf_putc(out, *text);
    }
    tb_buf_putc(out, s->quote);
}

static void put_text(struct hostile *h, struct tb_buf *out)
{
    const struct style *s = &h->style;
    const char special[] = { s->delimiter, s->quote, '\n', '\r', '\0' };

    for (size_t i = 0; i < h->grid.n; i++) {
        for (size_t c = 0; c < h->grid.line[i].n; c++) {
            const char *cell = h->grid.line[i].cell[c];
            if (c > 0)
                tb_buf_putc(out, s->delimiter);
            if (strpbrk(cell, special) || (s->quote_all && rng_chance(&h->rng, 80)))
                put_quoted(s, cell, out);
            else
                tb_buf_puts(out, cell);
        }
        if (i + 1 < h->grid.n || s->final_newline)
            tb_buf_puts(out, s->line_end);
    }
}

/* False when the encoding has no place for some character. */
static bool encode(const char *encoding, bool bom, const struct tb_buf *text, struct tb_buf *out)
{
    iconv_t converter = iconv_open(encoding, "UTF-8");
    char *in = text->data;
    size_t left = text->len;
    bool good = converter != (iconv_t)-1;

    tb_buf_clear(out);
    if (bom)
        tb_buf_puts(out, strcmp(encoding, "UTF-8") == 0 ? "\xef\xbb\xbf"
                         : strcmp(encoding, "UTF-16LE") == 0 ? "\xff\xfe" : "\xfe\xff");
    while (good && left > 0) {
        char chunk[4096], *to = chunk;
        size_t room = sizeof chunk;
        if (iconv(converter, &in, &left, &to, &room) == (size_t)-1 && errno != E2BIG)
            good = false;
        tb_buf_add(out, chunk, (size_t)(to - chunk));
    }
    if (converter != (iconv_t)-1)
        iconv_close(converter);
    return good;
}

void bytes_write(struct hostile *h)
{
    struct tb_buf text = TB_BUF_INIT;

    put_text(h, &text);
    if (!encode(h->style.encoding, h->style.bom, &text, &h->bytes)) {
        h->style.encoding = "UTF-8";
        h->style.declared = NULL;
        h->style.bom = false;
        encode("UTF-8", false, &text, &h->bytes);
    }
    tb_buf_clear(&h->sent);
    tb_buf_add(&h->sent, h->bytes.data, h->bytes.len);
    tb_buf_release(&text);
}

/* --- the form --- */

static void put_source(struct tb_buf *out, enum from from, const char *fixed, unsigned *line)
{
    switch (from) {
    case FROM_COLUMN:
        break;
    case FROM_FILE:
        tb_buf_puts(out, "file");
        break;
    case FROM_TITLE:
        tb_buf_puts(out, "title");
        break;
    case FROM_CELL:
        tb_buf_printf(out, "cell:R%uC2", ++*line);
        break;
    case FROM_FIXED:
        tb_buf_printf(out, "fixed:%s", fixed);
        break;
    }
    tb_buf_putc(out, ',');
}

static void put_name(struct hostile *h, size_t number, struct tb_buf *pattern)
{
    const struct style *s = &h->style;
    const struct facts *f = &h->facts;

    tb_buf_printf(&h->name, "c%05zu", number);
    tb_buf_printf(pattern, "c%05zu", number);
    if (s->unit_from == FROM_FILE) {
        tb_buf_printf(&h->name, "_%s", world_units[f->unit.at[0]].name[s->names > 0 ? s->charset : LATIN]);
        tb_buf_puts(pattern, "_{unit}");
    }
    if (s->period_from == FROM_FILE) {
        struct style plain = { .charset = LATIN, .spans = s->spans };
        tb_buf_putc(&h->name, '_');
        period_write(&plain, f, f->period.at[0], &h->name);
        tb_buf_puts(pattern, "_{period}");
    }
    tb_buf_puts(&h->name, h->style.gzip ? ".dat" : ".csv");
    tb_buf_puts(pattern, ".*");
}

void form_write(struct hostile *h, size_t number)
{
    static const char *const layouts[] = { "long", "indicators-across", "periods-across",
                                           "units-across" };
    const struct style *s = &h->style;
    const struct facts *f = &h->facts;
    struct tb_buf pattern = TB_BUF_INIT, period = TB_BUF_INIT;
    const struct world_indicator *of = &world_indicators[f->indicator.at[0]];
    const char *delimiters[] = { ",", "comma", ";", "semicolon", "\t", "tab", "|", "pipe" };
    const char *delimiter = "", *uom = NULL;
    unsigned line = 0;

    put_name(h, number, &pattern);
    for (size_t i = 0; i < 8; i += 2)
        if (delimiters[i][0] == s->delimiter && rng_chance(&h->rng, 40))
            delimiter = delimiters[i + 1];
    tb_buf_printf(&h->form, "f%05zu,%s,%s,", number, tb_buf_text(&pattern), layouts[s->layout]);
    if (rng_chance(&h->rng, 20))
        tb_buf_printf(&h->form, "%zu", h->grid.header + 1);
    tb_buf_printf(&h->form, ",%s,%s,", delimiter, s->declared ? s->declared : "");
    struct style plain = { .charset = SIMPLIFIED, .spans = s->spans };
    period_write(&plain, f, f->period.at[0], &period);
    put_source(&h->form, s->unit_from, world_units[f->unit.at[0]].code, &line);
    put_source(&h->form, s->layout == PERIODS_ACROSS ? FROM_COLUMN : s->period_from,
               tb_buf_text(&period), &line);
    put_source(&h->form, s->layout == INDICATORS_ACROSS ? FROM_COLUMN : s->indicator_from, of->code,
               &line);
    if (s->said == UOM_IN_FORM)
        uom = of->uom[s->uom[f->indicator.at[0]]].name[SIMPLIFIED];
    int measure = f->measure.at[0];
    if (s->spans) /* 1-5月 makes it the cumulated one */
        measure = measure == TB_MEASURE_YTD_GROWTH ? TB_MEASURE_GROWTH : TB_MEASURE_VALUE;
    tb_buf_printf(&h->form, "%s,%s,%s,%s,%s\n", uom ? uom : "",
                  f->measure.n == 1 ? tb_measure_name((enum tb_measure)measure) : "",
                  s->decimal_comma ? "comma" : "", s->quote == '"' ? "" : "single",
                  s->escape ? "backslash" : "");
    tb_buf_release(&pattern);
    tb_buf_release(&period);
}

/* --- damage --- */

size_t lines_of(const struct hostile *h, const struct tb_buf *bytes, struct stretch **out)
{
    const char *e = h->style.encoding;
    size_t unit = strncmp(e, "UTF-16", 6) == 0 ? 2 : 1, low = strcmp(e, "UTF-16BE") == 0 ? 1 : 0;
    struct stretch *lines = calloc(bytes->len + 1, sizeof *lines);
    size_t n = 0, start = 0;

    for (size_t at = 0; at + unit <= bytes->len; at += unit) {
        const char *c = bytes->data + at;
        bool plain = unit == 1 || c[1 - low] == '\0';
        char this = plain ? c[low] : 'x';
        if (this != '\n' && this != '\r')
            continue;
        lines[n++] = (struct stretch){ start, at - start };
        const char *next = c + unit;
        bool pair = this == '\r' && at + 2 * unit <= bytes->len && next[low] == '\n' &&
                    (unit == 1 || next[1 - low] == '\0');
        at += pair ? unit : 0;
        start = at + unit;
    }
    if (start < bytes->len)
        lines[n++] = (struct stretch){ start, bytes->len - start };
    *out = lines;
    return n;
}

/* Puts `n` bytes in place of `gone` bytes at `at`. */
static void splice(struct tb_buf *buf, size_t at, size_t gone, const char *bytes, size_t n)
{
    struct tb_buf whole = TB_BUF_INIT;

    gone = gone > buf->len - at ? buf->len - at : gone;
    tb_buf_add(&whole, buf->data, at);
    tb_buf_add(&whole, bytes, n);
    tb_buf_add(&whole, buf->data + at + gone, buf->len - at - gone);
    tb_buf_release(buf);
    *buf = whole;
}

/* A line twice, gone, or in another place. */
static void damage_lines(struct hostile *h, size_t first)
{
    struct stretch *lines;
    size_t n = lines_of(h, &h->sent, &lines);

    if (n > first + 1) {
        size_t i = first + rng_below(&h->rng, n - first - 1);
        size_t len = lines[i + 1].start - lines[i].start;
        char *copy = malloc(len + 1);
        memcpy(copy, h->sent.data + lines[i].start, len);
        size_t to = lines[first + rng_below(&h->rng, n - first)].start;
        size_t how = rng_below(&h->rng, 3);
        if (how == 0)
            splice(&h->sent, lines[i].start, len, "", 0);
        else
            splice(&h->sent, how == 1 ? to : lines[i].start, 0, copy, len);
        free(copy);
    }
    free(lines);
}

static void damage_bytes(struct hostile *h, size_t from)
{
    const char inserts[] = { h->style.quote, h->style.delimiter, '\0', '\n', '\r', '\xff', '1', '.', '-', ' ' };
    struct rng *rng = &h->rng;
    size_t at = from + rng_below(rng, h->sent.len - from);
    char chunk[64];

    switch (rng_below(rng, 6)) {
    case 0:
        h->sent.data[at] ^= (char)(1 << rng_below(rng, 8));
        break;
    case 1:
        h->sent.data[at] = (char)rng_below(rng, 256);
        break;
    case 2:
        splice(&h->sent, at, 1 + rng_below(rng, 6), "", 0);
        break;
    case 3:
        splice(&h->sent, at, 0, &inserts[rng_below(rng, sizeof inserts)], 1);
        break;
    case 4: { /* a piece from elsewhere */
        size_t n = 1 + rng_below(rng, sizeof chunk - 1), source = rng_below(rng, h->sent.len);
        n = n > h->sent.len - source ? h->sent.len - source : n;
        memcpy(chunk, h->sent.data + source, n);
        splice(&h->sent, at, 0, chunk, n);
        break;
    }
    default:
        if (rng_chance(rng, 30))
            splice(&h->sent, at, h->sent.len, "", 0);
        break;
    }
}

void damage(struct hostile *h)
{
    static const char *const wrong[] = { "UTF-8", "GB18030", "Big5", "Latin1", "UTF-16LE", NULL };
    struct stretch *lines;
    size_t n = lines_of(h, &h->sent, &lines), first = h->grid.header + 1;
    bool anywhere = rng_chance(&h->rng, 20) || first >= n;
    size_t from = anywhere ? 0 : lines[first].start;

    h->damaged = true;
    free(lines);
    for (size_t i = 1 + rng_below(&h->rng, 4); i > 0 && h->sent.len > from; i--) {
        if (rng_chance(&h->rng, 25))
            damage_lines(h, anywhere ? 0 : first);
        else
            damage_bytes(h, from);
    }
    if (rng_chance(&h->rng, 5))
        h->style.declared = wrong[rng_below(&h->rng, sizeof wrong / sizeof *wrong)];
}
