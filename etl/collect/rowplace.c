/* rowplace.c - where a field stands in its line, and what is wrong there. */
#include "collect/rows.h"

#include <string.h>

/* Characters of valid UTF-8, which decoded text is.  Asked for every cell, so
 * that it may not cost a call per character. */
static size_t count_chars(const char *text, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += ((unsigned char)text[i] & 0xc0) != 0x80;
    return n;
}

uint32_t tb_row_column(const struct tb_csv_record *record, size_t field)
{
    size_t at = 1;

    for (size_t i = 0; i < field && i < record->n_fields; i++) {
        const struct tb_csv_field *f = &record->field[i];
        if (!f->quoted) {
            at += count_chars(f->text, f->len) + 1;
            continue;
        }
        /* Two quotes around, each quote inside written twice; a field of
         * several lines leaves only its last line before the next field. */
        const char *last = f->text;
        for (const char *s = f->text; (s = memchr(s, '\n', f->len - (size_t)(s - f->text))); s++)
            last = s + 1;
        at = last > f->text ? 1 : at + 1;
        for (const char *s = last; s < f->text + f->len; s++)
            at += *s == '"';
        at += count_chars(last, f->len - (size_t)(last - f->text)) + 2;
    }
    return at <= UINT32_MAX ? (uint32_t)at : 0;
}

int tb_row_reject(struct tb_reading *reading, const struct tb_csv_record *record, size_t field,
                  enum tb_reason reason, const char *text, const char *expected,
                  struct tb_error *err)
{
    const struct tb_plan *plan = reading->plan;
    bool cell = field < record->n_fields;
    const struct tb_reject reject = {
        .reason = reason,
        .line = cell ? record->field[field].line : record->line,
        .column = cell ? tb_row_column(record, field) : 0,
        .field = cell && field < plan->n_heads ? plan->head[field] : NULL,
        .text = text,
        .expected = expected,
    };

    return tb_rejects_add(&reading->summary->rejects, &reject, err);
}
