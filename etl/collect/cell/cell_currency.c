/* cell_currency.c - ¥ $ € £ before or behind a number.
 *
 * A sign says in which money the number is, not in how much of it: ¥12 in a column of
 * 万元 is 12万元, as 12 is.  Whether that money is meant at all is asked where units of
 * measure are (convert.c).  What a sign stands for is a unit of measure like any other,
 * so the profile may say it anew: `$ = 1 港元`.
 */
#include "collect/cell/cell_parts.h"

#include <string.h>

#include "tongbao/uom.h"

/* NFKC has made ¥ of ￥, and £ of ￡; longer ones first. */
static const char *const signs[] = { "", "US$", "HK$", "RMB", "CNY", "USD", "EUR", "GBP",
                                     "¥", "$", "€", "£" };

enum { N_SIGNS = sizeof signs / sizeof *signs };

uint8_t tb_cell_currency(const char *text, size_t *len)
{
    for (uint8_t i = 1; i < N_SIGNS; i++) {
        *len = strlen(signs[i]);
        if (strncmp(text, signs[i], *len) == 0)
            return i;
    }
    *len = 0;
    return 0;
}

const char *tb_cell_currency_sign(uint8_t currency)
{
    return signs[currency < N_SIGNS ? currency : 0];
}

char *tb_cell_take_currency(char *text, struct tb_cell *out)
{
    size_t len;
    uint8_t currency = out->currency ? 0 : tb_cell_currency(text, &len);

    if (!currency)
        return text;
    out->currency = currency;
    text += len;
    return text + (*text == ' ');
}

bool tb_cell_currency_behind(struct tb_cell *out)
{
    size_t len;
    uint8_t behind = out->suffix ? tb_cell_currency(out->suffix, &len) : 0;

    if (behind && out->suffix[len] == '\0') {
        if (out->currency)
            return false; /* ¥5¥ */
        out->currency = behind;
        out->suffix = NULL;
    }
    if (out->currency && !out->suffix)
        out->suffix = signs[out->currency];
    return true;
}
