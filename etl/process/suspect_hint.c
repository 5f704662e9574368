/* suspect_hint.c - a suspect field in words: neutral, with its numbers, as a question
 * to whoever reported it. */
#include <string.h>

#include "process/suspect.h"
#include "process/work.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"

static const char *const names[TB_N_CAUSES] = {
    [TB_CAUSE_NONE] = "",
    [TB_CAUSE_UNIT] = "unit_of_measure",
    [TB_CAUSE_COPIED] = "copied_period",
    [TB_CAUSE_SAME] = "same_as_unit",
    [TB_CAUSE_ZERO] = "zero",
    [TB_CAUSE_SIGN] = "sign",
    [TB_CAUSE_POINT] = "decimal_point",
    [TB_CAUSE_SWAPPED] = "swapped_units",
    [TB_CAUSE_TRANSPOSED] = "transposed_digits",
};

/* %1 the number, %2 what is expected, %3 the other unit, period or number, %4 the power. */
static const char *const zh[TB_N_CAUSES] = {
    [TB_CAUSE_NONE] = "%1，按历史约为%2",
    [TB_CAUSE_UNIT] = "%1是按历史推算（约%2）的10^%4倍：计量单位？（应为%5）",
    [TB_CAUSE_COPIED] = "%1与%3的数相同：照抄上期？",
    [TB_CAUSE_SAME] = "%1与%3的数相同：填错单位？",
    [TB_CAUSE_ZERO] = "为0，按历史约为%2：未填？",
    [TB_CAUSE_SIGN] = "%1，若为%3则合历史：正负号？",
    [TB_CAUSE_POINT] = "%1是按历史推算（约%2）的10^%4倍：小数点？",
    [TB_CAUSE_SWAPPED] = "%1合%3的历史，%3的数合这里：两个单位对调？",
    [TB_CAUSE_TRANSPOSED] = "%1，若为%3则合历史：数字颠倒？",
};
static const char *const en[TB_N_CAUSES] = {
    [TB_CAUSE_NONE] = "%1; its past suggests about %2",
    [TB_CAUSE_UNIT] =
        "%1 is 10^%4 times what its past suggests (%2): unit of measure? (%5 is expected)",
    [TB_CAUSE_COPIED] = "%1 is the number of %3 again: last period's copied?",
    [TB_CAUSE_SAME] = "%1 is the number of %3 too: reported for the wrong unit?",
    [TB_CAUSE_ZERO] = "0, where its past suggests about %2: left empty?",
    [TB_CAUSE_SIGN] = "%1; %3 would fit its past: the sign?",
    [TB_CAUSE_POINT] = "%1 is 10^%4 times what its past suggests (%2): decimal point?",
    [TB_CAUSE_SWAPPED] = "%1 fits the past of %3, whose number fits here: two units swapped?",
    [TB_CAUSE_TRANSPOSED] = "%1; %3 would fit its past: digits transposed?",
};

const char *tb_cause_name(enum tb_cause cause)
{
    return names[cause];
}

static void put_decimal(const struct tb_suspect *suspect, int64_t units, struct tb_buf *out)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format((struct tb_decimal){ units, suspect->plane->scale }, text);
    tb_buf_puts(out, text);
}

static void put_other(const struct tb_work *work, const struct tb_suspect *suspect,
                      const char *lang, struct tb_buf *out)
{
    const struct tb_plane *plane = suspect->plane;
    struct tb_period before = { plane->freq,
                                plane->first + (int32_t)(suspect->cell / plane->n_columns) - 1 };
    char text[TB_PERIOD_TEXT];

    switch (suspect->cause) {
    case TB_CAUSE_COPIED:
        tb_period_format(before, text);
        tb_buf_puts(out, text);
        break;
    case TB_CAUSE_SAME:
    case TB_CAUSE_SWAPPED:
        tb_buf_puts(out, tb_unit_name(&work->profile->units[suspect->other], lang));
        break;
    default:
        put_decimal(suspect, suspect->instead, out);
        break;
    }
}

static void put_part(const struct tb_work *work, const struct tb_suspect *suspect, const char *lang,
                     char which, struct tb_buf *out)
{
    switch (which) {
    case '1':
        put_decimal(suspect, suspect->value, out);
        break;
    case '2':
        tb_buf_printf(out, "%.*f", suspect->plane->scale > 0 ? (int)suspect->plane->scale : 0,
                      suspect->expected);
        break;
    case '3':
        put_other(work, suspect, lang, out);
        break;
    case '4':
        tb_buf_printf(out, "%d", suspect->power);
        break;
    default:
        tb_buf_puts(out, work->profile->indicators[suspect->plane->key.indicator].unit_measure);
        break;
    }
}

void tb_suspect_hint(const struct tb_work *work, const struct tb_suspect *suspect, const char *lang,
                     struct tb_buf *out)
{
    const char *text = (strcmp(lang, "zh") == 0 ? zh : en)[suspect->cause];

    if (suspect->cause == TB_CAUSE_NONE && !suspect->has_expected)
        return;
    for (; *text; text++) {
        if (*text == '%')
            put_part(work, suspect, lang, *++text, out);
        else
            tb_buf_putc(out, *text);
    }
}
