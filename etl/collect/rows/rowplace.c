/* rowplace.c - where a field stands in its line, and what is wrong there. */
#include "collect/rows/rows.h"

#include <string.h>

enum { WORD = 8 };

/* Characters of valid UTF-8, which decoded text is: bytes that are not 10xxxxxx.  Asked
 * for every cell, so eight bytes at a time. */
static size_t count_chars(const char *text, size_t len)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t i = 0, behind = 0;

    for (; len - i >= WORD; i += WORD) {
        uint64_t word;
        memcpy(&word, text + i, WORD);
        behind += (size_t)(((word >> 7 & ~word >> 6 & ones) * ones) >> 56);
    }
    for (; i < len; i++)
        behind += ((unsigned char)text[i] & 0xc0) == 0x80;
    return len - behind;
}

/* How many of the first fields lie one behind the other as in their line. */
static size_t plain_run(const struct tb_csv_record *record, size_t n)
{
    const struct tb_csv_field *f = record->field;
    size_t i = 0;

    while (i < n && !f[i].quoted && (i == 0 || f[i].text == f[i - 1].text + f[i - 1].len + 1))
        i++;
    return i;
}

/* Characters that are written with another before them: quotes, and escapes. */
static size_t count_doubled(const char *text, size_t len, const struct tb_plan *plan)
{
    const struct tb_form *form = plan->form;
    bool own = form->quote && !plan->converted;
    char quote = own ? form->quote : '"', escape = plan->converted ? '\0' : form->escape;
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += text[i] == quote || (escape && text[i] == escape);
    return n;
}

uint32_t tb_row_column(const struct tb_reading *reading, const struct tb_csv_record *record,
                       size_t field)
{
    size_t n = field < record->n_fields ? field : record->n_fields;

    if (record->straight && field < record->n_fields) {
        size_t before = (size_t)(record->field[field].text - record->field[0].text);
        return before < UINT32_MAX ? (uint32_t)before + 1 : 0;
    }
    size_t plain = plain_run(record, n), at = 1;

    if (plain > 0) {
        const struct tb_csv_field *last = &record->field[plain - 1];
        const char *start = record->field[0].text;
        at += count_chars(start, (size_t)(last->text + last->len - start)) + 1;
    }
    for (size_t i = plain; i < n; i++) {
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
        at += count_doubled(last, (size_t)(f->text + f->len - last), reading->tables.first);
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
        .column = cell ? tb_row_column(reading, record, field) : 0,
        .field = cell && field < plan->n_heads ? plan->head[field] : NULL,
        .text = text,
        .expected = expected,
    };

    return tb_summary_reject(reading->summary, &reject, err);
}
