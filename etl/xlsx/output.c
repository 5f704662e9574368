/* output.c - fields, lines, and how much of them. */
#include "xlsx/output.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"

void tb_xlsx_field_put(struct tb_buf *out, const char *text, size_t len)
{
    const char *end = text + len;

    if (!memchr(text, ',', len) && !memchr(text, '"', len) && !memchr(text, '\n', len)) {
        tb_buf_add(out, text, len);
        return;
    }
    tb_buf_putc(out, '"');
    while (text < end) {
        const char *quote = memchr(text, '"', (size_t)(end - text));
        size_t n = quote ? (size_t)(quote - text) + 1 : (size_t)(end - text);
        tb_buf_add(out, text, n);
        if (quote)
            tb_buf_putc(out, '"');
        text += n;
    }
    tb_buf_putc(out, '"');
}

int tb_xlsx_output_put(struct tb_xlsx_output *output, size_t n_lines, const struct tb_buf *bytes,
                       struct tb_error *err)
{
    if (!tb_buf_ok(bytes, err))
        return -1;
    output->bytes += n_lines + bytes->len;
    if (output->bytes > (uint64_t)TB_XLSX_MAX_TEXT_MIB << 20)
        return tb_error_set(err, "more than %d MiB of text", TB_XLSX_MAX_TEXT_MIB);
    while (n_lines-- > 0)
        putc('\n', output->stream);
    if (fwrite(tb_buf_text(bytes), 1, bytes->len, output->stream) != bytes->len ||
        ferror(output->stream))
        return tb_error_errno(err, "cannot write");
    return 0;
}
