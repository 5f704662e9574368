/* lookalike.c - letters that were typed for digits. */
#include "collect/cell/lookalike.h"

#include <string.h>

#include "tongbao/buf.h"

static char digit_like(char c)
{
    return c == 'O' || c == 'o' ? '0' : c == 'l' || c == 'I' ? '1' : '\0';
}

bool tb_lookalike_digits(const char *text, struct tb_buf *out)
{
    size_t n_digits = 0, n_letters = 0;

    for (const char *c = text; *c; c++) {
        n_digits += *c >= '0' && *c <= '9';
        n_letters += digit_like(*c) != '\0';
        if (!digit_like(*c) && !strchr("0123456789.,+-% ", *c))
            return false;
    }
    if (n_digits == 0 || n_letters == 0)
        return false;
    tb_buf_clear(out);
    for (const char *c = text; *c; c++)
        tb_buf_putc(out, digit_like(*c) ? digit_like(*c) : *c);
    return true;
}
