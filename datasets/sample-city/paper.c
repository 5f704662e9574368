/* paper.c - writes submissions the way they come in (see paper.h). */
#include "paper.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "tongbao/error.h"
#include "tongbao/fs.h"

void paper_start(struct paper *paper, const char *sender, const char *name, char delimiter)
{
    *paper = (struct paper){ .delimiter = delimiter };
    snprintf(paper->sender, sizeof paper->sender, "%s", sender);
    snprintf(paper->name, sizeof paper->name, "%s", name);
}

void paper_release(struct paper *paper)
{
    tb_buf_release(&paper->text);
}

static void separate(struct paper *paper)
{
    const struct tb_buf *text = &paper->text;

    if (text->len > 0 && text->data[text->len - 1] != '\n')
        tb_buf_putc(&paper->text, paper->delimiter);
}

void paper_cell(struct paper *paper, const char *text)
{
    separate(paper);
    tb_buf_puts(&paper->text, text);
}

/* ASCII digits, point and minus as full-width forms (U+FF0D..U+FF19). */
static void put_full_width(struct tb_buf *out, const char *digits)
{
    for (; *digits; digits++) {
        unsigned wide = 0xff00U + (unsigned char)*digits - 0x20U;
        tb_buf_putc(out, (char)(0xe0 | (wide >> 12)));
        tb_buf_putc(out, (char)(0x80 | ((wide >> 6) & 0x3f)));
        tb_buf_putc(out, (char)(0x80 | (wide & 0x3f)));
    }
}

/* "-1234.5" -> "\"-1,234.5\"" */
static void put_thousands(struct tb_buf *out, const char *digits)
{
    size_t whole = strcspn(digits, ".");
    size_t start = digits[0] == '-';

    tb_buf_putc(out, '"');
    for (size_t i = 0; i < whole; i++) {
        if (i > start && (whole - i) % 3 == 0)
            tb_buf_putc(out, ',');
        tb_buf_putc(out, digits[i]);
    }
    tb_buf_puts(out, digits + whole);
    tb_buf_putc(out, '"');
}

void paper_figure(struct paper *paper, int64_t figure, int decimals, enum figure_style style)
{
    char reversed[48], digits[48];
    uint64_t rest = figure < 0 ? 0 - (uint64_t)figure : (uint64_t)figure;
    size_t n = 0, len = 0;

    /* Backwards, with at least one digit before the point. */
    for (int d = 0; rest > 0 || d <= decimals; d++, rest /= 10) {
        if (d == decimals && d > 0)
            reversed[n++] = '.';
        reversed[n++] = (char)('0' + rest % 10);
    }
    if (figure < 0)
        reversed[n++] = '-';
    while (n > 0)
        digits[len++] = reversed[--n];
    digits[len] = '\0';
    separate(paper);
    if (style == FULL_WIDTH)
        put_full_width(&paper->text, digits);
    else if (style == THOUSANDS)
        put_thousands(&paper->text, digits);
    else
        tb_buf_puts(&paper->text, digits);
}

void paper_end_row(struct paper *paper)
{
    tb_buf_putc(&paper->text, '\n');
}

void paper_line(struct paper *paper, const char *text)
{
    tb_buf_puts(&paper->text, text);
    tb_buf_putc(&paper->text, '\n');
}

static int to_gb18030(const char *text, size_t size, struct tb_buf *out, struct tb_error *err)
{
    iconv_t cd = iconv_open("GB18030", "UTF-8");
    char *in = (char *)(uintptr_t)text; /* iconv's prototype is not const; it does not write */
    char chunk[4096];

    if (cd == (iconv_t)-1)
        return tb_error_errno(err, "conversion to GB18030");
    while (size > 0) {
        char *to = chunk;
        size_t room = sizeof chunk;
        size_t rc = iconv(cd, &in, &size, &to, &room);
        tb_buf_add(out, chunk, sizeof chunk - room);
        if (rc == (size_t)-1 && errno != E2BIG) {
            iconv_close(cd);
            return tb_error_errno(err, "conversion to GB18030");
        }
    }
    iconv_close(cd);
    return 0;
}

static int compress_into(const struct tb_buf *plain, struct tb_buf *out, struct tb_error *err)
{
    z_stream z = { 0 };
    int rc;

    /* 15 + 16: the gzip wrapper, which carries no name and no time this way. */
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return tb_error_set(err, "cannot start gzip");
    if (tb_buf_reserve(out, deflateBound(&z, (uLong)plain->len)) < 0) {
        deflateEnd(&z);
        return tb_error_set(err, "out of memory");
    }
    z.next_in = (Bytef *)plain->data;
    z.avail_in = (uInt)plain->len;
    z.next_out = (Bytef *)out->data;
    z.avail_out = (uInt)(out->capacity - 1);
    rc = deflate(&z, Z_FINISH);
    out->len = z.total_out;
    out->data[out->len] = '\0';
    deflateEnd(&z);
    return rc == Z_STREAM_END ? 0 : tb_error_set(err, "gzip did not finish");
}

int paper_bytes(const struct paper *paper, struct tb_buf *out, struct tb_error *err)
{
    struct tb_buf lines = TB_BUF_INIT, coded = TB_BUF_INIT;
    int rc = -1;

    if (paper->bom)
        tb_buf_puts(&lines, "\xef\xbb\xbf");
    for (size_t i = 0; i < paper->text.len; i++) {
        if (paper->crlf && paper->text.data[i] == '\n')
            tb_buf_putc(&lines, '\r');
        tb_buf_putc(&lines, paper->text.data[i]);
    }
    if (!tb_buf_ok(&paper->text, err) || !tb_buf_ok(&lines, err))
        goto out;
    if (paper->gb18030) {
        if (to_gb18030(lines.data, lines.len, &coded, err) < 0)
            goto out;
    } else {
        tb_buf_add(&coded, tb_buf_text(&lines), lines.len);
    }
    if (!tb_buf_ok(&coded, err))
        goto out;
    if (!paper->gzip)
        tb_buf_add(out, tb_buf_text(&coded), coded.len);
    else if (compress_into(&coded, out, err) < 0)
        goto out;
    rc = tb_buf_ok(out, err) ? 0 : -1;
out:
    tb_buf_release(&lines);
    tb_buf_release(&coded);
    return rc;
}

static int write_file(const char *path, const char *bytes, size_t size, struct tb_error *err)
{
    FILE *file = fopen(path, "wb");
    size_t written;

    if (!file)
        return tb_error_errno(err, "cannot create '%s'", path);
    written = fwrite(bytes, 1, size, file);
    if (fclose(file) != 0 || written != size)
        return tb_error_errno(err, "cannot write '%s'", path);
    return 0;
}

int paper_hand_in_bytes(const struct paper *paper, const char *bytes, size_t size,
                        const char *inbox, struct tb_error *err)
{
    struct timespec times[2] = { { .tv_sec = paper->arrival }, { .tv_sec = paper->arrival } };
    char *folder = tb_path("%s/%s", inbox, paper->sender);
    char *path = tb_path("%s/%s/%s", inbox, paper->sender, paper->name);
    int rc = -1;

    if (!folder || !path) {
        tb_error_set(err, "out of memory");
        goto out;
    }
    if (tb_fs_make_dirs(folder, err) < 0 || write_file(path, bytes, size, err) < 0)
        goto out;
    if (utimensat(AT_FDCWD, path, times, 0) != 0) {
        tb_error_errno(err, "cannot set the time of '%s'", path);
        goto out;
    }
    rc = 0;
out:
    free(folder);
    free(path);
    return rc;
}

int paper_hand_in(const struct paper *paper, const char *inbox, struct tb_error *err)
{
    struct tb_buf bytes = TB_BUF_INIT;
    int rc = paper_bytes(paper, &bytes, err);

    if (rc == 0)
        rc = paper_hand_in_bytes(paper, tb_buf_text(&bytes), bytes.len, inbox, err);
    tb_buf_release(&bytes);
    return rc;
}
