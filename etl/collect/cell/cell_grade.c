/* cell_grade.c - grades: words that stand for a place in a list. */
#include "collect/cell/cell.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

static void refuse(struct tb_cell *out, enum tb_reason reason)
{
    out->kind = TB_CELL_BAD;
    out->reason = reason;
}

void tb_cell_grade(const char *text, size_t len, const struct tb_strings *grades,
                   const struct tb_cell_rules *rules, struct tb_buf *scratch, struct tb_cell *out)
{
    struct tb_buf word = TB_BUF_INIT;

    tb_buf_clear(scratch);
    tb_text_fold(text, len, scratch);
    *out = (struct tb_cell){ .kind = TB_CELL_BAD, .reason = TB_REASON_GRADE_UNKNOWN };
    for (size_t i = 0; i < grades->n && out->kind == TB_CELL_BAD; i++) {
        tb_buf_clear(&word);
        tb_text_fold(grades->item[i], strlen(grades->item[i]), &word);
        if (scratch->len > 0 && strcmp(tb_buf_text(&word), tb_buf_text(scratch)) == 0)
            *out = (struct tb_cell){ .kind = TB_CELL_VALUE, .value = { (int64_t)i + 1, 0 } };
    }
    if (word.failed || scratch->failed)
        tb_profile_starve(rules->profile);
    tb_buf_release(&word);
    if (out->kind == TB_CELL_VALUE)
        return;
    tb_cell_value(text, len, rules, scratch, out);
    struct tb_decimal place = tb_decimal_trim(out->value);
    if (out->kind == TB_CELL_BAD ||
        (out->kind == TB_CELL_VALUE && (out->suffix || place.scale != 0 || place.units < 1 ||
                                        place.units > (int64_t)grades->n)))
        refuse(out, TB_REASON_GRADE_UNKNOWN);
    else if (out->kind == TB_CELL_VALUE)
        out->value = place;
}
