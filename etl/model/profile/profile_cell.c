/* profile_cell.c - reads one cell of a table of the profile as what it should
 * be: a text, key, number, day, period, word of a list, or list of items.
 */
#include "model/profile/profile_load.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/map.h"
#include "tongbao/size.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

static const char full_width_semicolon[] = "；";

const char *tb_sheet_cell(const struct tb_sheet *sheet, size_t c)
{
    return tb_table_cell(sheet->table, sheet->row, sheet->column[c]);
}

/* Reports an empty cell of a required column; one report when the whole column
 * is absent is enough. */
static bool is_empty(const struct tb_sheet *sheet, size_t c)
{
    const char *head = sheet->heads[c];
    size_t n = strcspn(head, "*");

    if (*tb_sheet_cell(sheet, c))
        return false;
    if (head[n] == '*' && sheet->column[c] >= 0)
        tb_sheet_error(sheet, c, "no %.*s, expected one in every row", (int)n, head);
    return true;
}

const char *tb_sheet_text(const struct tb_sheet *sheet, size_t c)
{
    const char *cell = tb_sheet_cell(sheet, c);

    return is_empty(sheet, c) ? "" : tb_load_text(sheet->load, cell, strlen(cell));
}

const char *tb_sheet_text_or(const struct tb_sheet *sheet, size_t c, const char *fallback)
{
    const char *cell = tb_sheet_cell(sheet, c);

    return *cell ? tb_load_text(sheet->load, cell, strlen(cell)) : fallback;
}

const char *tb_sheet_key(const struct tb_sheet *sheet, size_t c, struct tb_map *codes)
{
    const char *code = tb_sheet_text(sheet, c);

    if (!*code)
        return code;
    int64_t first = tb_names_add(sheet->load, codes, code, (int64_t)sheet->row);
    if (first >= 0 && first != (int64_t)sheet->row)
        tb_sheet_error(sheet, c, "duplicate %.*s '%s', already on line %u",
                       (int)strcspn(sheet->heads[c], "*"), sheet->heads[c], code,
                       (unsigned)tb_table_line(sheet->table, (size_t)first));
    return code;
}

bool tb_sheet_decimal(const struct tb_sheet *sheet, size_t c, struct tb_decimal *out)
{
    const char *cell = tb_sheet_cell(sheet, c);

    if (is_empty(sheet, c))
        return false;
    if (tb_decimal_parse(cell, strlen(cell), out))
        return true;
    tb_sheet_error(sheet, c, "'%s' is not a number, expected digits such as 1234.5", cell);
    return false;
}

bool tb_sheet_period(const struct tb_sheet *sheet, size_t c, struct tb_period *out)
{
    const char *cell = tb_sheet_cell(sheet, c);
    struct tb_period_read read;

    if (is_empty(sheet, c))
        return false;
    if (!tb_period_parse(cell, strlen(cell), &read)) {
        tb_sheet_error(sheet, c, "'%s' is not a period, expected such as 2023-05, 2023-Q2 or 2023",
                       cell);
        return false;
    }
    *out = read.period;
    return true;
}

int tb_sheet_int(const struct tb_sheet *sheet, size_t c, int min, int max, int fallback)
{
    const char *cell = tb_sheet_cell(sheet, c);
    struct tb_decimal number;

    if (is_empty(sheet, c))
        return fallback;
    if (tb_decimal_parse(cell, strlen(cell), &number) && tb_decimal_rescale(number, 0, &number) &&
        number.units >= min && number.units <= max)
        return (int)number.units;
    tb_sheet_error(sheet, c, "'%s' is not a whole number from %d to %d", cell, min, max);
    return fallback;
}

tb_day tb_sheet_day(const struct tb_sheet *sheet, size_t c)
{
    const char *cell = tb_sheet_cell(sheet, c);
    tb_day day;

    if (is_empty(sheet, c))
        return TB_DAY_NONE;
    if (tb_day_parse(cell, strlen(cell), &day))
        return day;
    tb_sheet_error(sheet, c, "'%s' is not a date, expected such as 2023-06-30", cell);
    return TB_DAY_NONE;
}

int64_t tb_sheet_moment(const struct tb_sheet *sheet, size_t c)
{
    const char *cell = tb_sheet_text(sheet, c);
    int64_t when = 0;
    tb_day day;

    if (!*cell || tb_moment_parse(cell, strlen(cell), &when))
        return when;
    if (tb_day_parse(cell, strlen(cell), &day))
        return (int64_t)day * 86400 - (int64_t)sheet->load->profile->set.utc_offset * 60;
    tb_sheet_error(sheet, c,
                   "'%s' is not a moment, expected such as "
                   "2023-06-25T09:30:00+08:00",
                   cell);
    return 0;
}

int tb_sheet_word(const struct tb_sheet *sheet, size_t c, const char *const words[], size_t n_words,
                  int fallback)
{
    const char *cell = tb_sheet_cell(sheet, c);
    struct tb_buf list = TB_BUF_INIT;

    if (is_empty(sheet, c))
        return fallback;
    for (size_t i = 0; i < n_words; i++) {
        if (strcmp(words[i], cell) == 0)
            return (int)i;
    }
    for (size_t i = 0; i < n_words; i++)
        tb_buf_printf(&list, "%s%s", i ? ", " : "", words[i]);
    tb_sheet_error(sheet, c, "unknown %.*s '%s', expected one of: %s",
                   (int)strcspn(sheet->heads[c], "*"), sheet->heads[c], cell, tb_buf_text(&list));
    tb_buf_release(&list);
    return fallback;
}

/* The bytes of the separator at `text`, 0 if there is none. */
static size_t separator_at(const char *text)
{
    if (*text == ';')
        return 1;
    size_t n = sizeof full_width_semicolon - 1;
    return strncmp(text, full_width_semicolon, n) == 0 ? n : 0;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool tb_cell_next_item(const char *cell, size_t *at, struct tb_item *item)
{
    while (cell[*at]) {
        size_t start = *at, end, skip;

        for (end = start; cell[end] && !separator_at(cell + end); end++)
            ;
        skip = cell[end] ? separator_at(cell + end) : 0;
        *at = end + skip;
        while (start < end && is_blank(cell[start]))
            start++;
        while (end > start && is_blank(cell[end - 1]))
            end--;
        if (start == end)
            continue;
        *item = (struct tb_item){ .text = cell + start,
                                  .len = end - start,
                                  .chars_before = (uint32_t)tb_text_chars(cell, start) };
        return true;
    }
    return false;
}

bool tb_sheet_next_item(const struct tb_sheet *sheet, size_t c, size_t *at, struct tb_item *item)
{
    return tb_cell_next_item(tb_sheet_cell(sheet, c), at, item);
}

struct tb_place tb_sheet_item_place(const struct tb_sheet *sheet, size_t c,
                                    const struct tb_item *item)
{
    struct tb_place place = tb_sheet_place(sheet, c);

    place.column += item->chars_before;
    return place;
}

struct tb_strings tb_sheet_list(const struct tb_sheet *sheet, size_t c)
{
    struct tb_strings list = { 0 };
    struct tb_item item;
    size_t at = 0, n = 0;

    while (tb_sheet_next_item(sheet, c, &at, &item))
        n++;
    if (n == 0)
        return list;
    list.item = tb_load_alloc(sheet->load, n, sizeof *list.item);
    if (!list.item)
        return list;
    for (at = 0; tb_sheet_next_item(sheet, c, &at, &item);)
        list.item[list.n++] = tb_load_text(sheet->load, item.text, item.len);
    return list;
}
