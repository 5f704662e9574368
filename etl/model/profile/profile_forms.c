/* profile_forms.c - forms.csv: the shapes that submissions come in. */
#include "model/profile/profile_load.h"

#include <string.h>
#include <strings.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

enum {
    F_FORM,
    F_FILES,
    F_LAYOUT,
    F_HEADER,
    F_DELIMITER,
    F_ENCODING,
    F_UNIT_FROM,
    F_PERIOD_FROM,
    F_INDICATOR_FROM,
    F_QUALIFIER,
    F_UOM,
    F_MEASURE,
    F_COLUMNS,
    F_DECIMAL,
    F_SECTION,
    F_LANG,
    F_STATE,
    F_QUOTE,
    F_ESCAPE,
    F_NAME_ZH,
    F_NAME_EN,
    F_SHEET,
    F_N
};
static const char *const heads[F_N] = { "form*",     "files",        "layout",
                                        "header",    "delimiter",    "encoding",
                                        "unit_from", "period_from",  "indicator_from",
                                        "qualifier", "unit_measure", "measure",
                                        "columns",   "decimal",      "section",
                                        "lang",      "state",        "quote",
                                        "escape",    "name_zh",      "name_en",
                                        "sheet" };
static const char *const langs[] = { "zh", "en" };
static const char *const decimals[] = { "point", "comma" };
static const char *const sections[] = { "auto", "unit-parent", "indicator", "period", "ignore" };
enum { HEADER_ROWS_MAX = 5 };
static const char *const layouts[] = { "long", "indicators-across", "periods-across",
                                       "units-across" };
/* The words beside them stand where a spreadsheet would spoil the character. */
static const char *const delimiters[] = { "comma", "semicolon", "tab", "pipe", ",", ";", "|" };
/* 'single' and 'double' where a spreadsheet takes a lone ' for its own mark of text. */
static const char *const quotes[] = { "double", "single", "\"", "'", "`", "~", "^" };
static const char quote_bytes[] = { '"', '\'', '"', '\'', '`', '~', '^' };
static const char *const escapes[] = { "backslash", "\\", "^" };
static const char escape_bytes[] = { '\\', '\\', '^' };
static const char delimiter_bytes[] = { ',', ';', '\t', '|', ',', ';', '|' };

static const char *text_or_null(const struct tb_sheet *sheet, size_t c)
{
    return tb_sheet_text_or(sheet, c, NULL);
}

/* R2C1 */
static bool parse_cell(const char *text, uint32_t *row, uint32_t *column)
{
    const char *c = strpbrk(text, "Cc");
    struct tb_decimal r, k;

    if ((text[0] != 'R' && text[0] != 'r') || !c ||
        !tb_decimal_parse(text + 1, (size_t)(c - text - 1), &r) ||
        !tb_decimal_parse(c + 1, strlen(c + 1), &k) || r.scale || k.scale || r.units < 1 ||
        k.units < 1 || r.units > UINT16_MAX || k.units > UINT16_MAX)
        return false;
    *row = (uint32_t)r.units;
    *column = (uint32_t)k.units;
    return true;
}

/* 3, or 4-6: the last header row, or the first and the last. */
static void read_header(const struct tb_sheet *sheet, struct tb_form *form)
{
    const char *cell = tb_sheet_cell(sheet, F_HEADER), *dash = strchr(cell, '-');
    struct tb_decimal first = { 0, 0 }, last;
    size_t len = strlen(cell), cut = dash ? (size_t)(dash - cell) : 0;

    form->headless = strcmp(cell, "none") == 0;
    if (!*cell || form->headless)
        return;
    bool read = tb_decimal_parse(dash ? dash + 1 : cell, dash ? len - cut - 1 : len, &last) &&
                (!dash || tb_decimal_parse(cell, cut, &first));
    if (!read || last.scale || first.scale || last.units < 0 || last.units > 1000 ||
        (dash && (first.units < 1 || first.units > last.units ||
                  last.units - first.units >= HEADER_ROWS_MAX))) {
        tb_sheet_error(sheet, F_HEADER,
                       "'%s' is no header, expected a line such as 3, lines such as 4-6 "
                       "(up to 1000, at most %d of them) or none",
                       cell, HEADER_ROWS_MAX);
        return;
    }
    form->header = (uint32_t)last.units;
    form->header_first = (uint32_t)first.units;
}

/* A fixed code is checked against the table that it is a code of. */
static void check_fixed(const struct tb_sheet *sheet, size_t c, const char *text)
{
    struct tb_place place = tb_sheet_place(sheet, c);
    struct tb_period_read read;

    place.column += (uint32_t)strlen("fixed:");
    if (c == F_UNIT_FROM)
        tb_load_find(sheet->load, TB_REF_UNIT, text, strlen(text), &place);
    else if (c == F_INDICATOR_FROM)
        tb_load_find(sheet->load, TB_REF_INDICATOR, text, strlen(text), &place);
    else if (!tb_period_parse(text, strlen(text), &read))
        tb_diag_at(sheet->load->diag, TB_ERROR, &place, "'%s' is not a period", text);
}

/* column:HEAD, file, title, cell:R2C1, fixed:CODE, or nothing. */
static struct tb_source_of read_source(const struct tb_sheet *sheet, size_t c)
{
    struct tb_source_of source = { .kind = TB_FROM_COLUMN };
    const char *cell = tb_sheet_cell(sheet, c);
    const char *colon = strchr(cell, ':');
    size_t len = colon ? (size_t)(colon - cell) : strlen(cell);
    const char *rest = colon ? colon + 1 : "";

    if (!*cell)
        return source;
    if (len == 4 && strncmp(cell, "file", 4) == 0 && !colon) {
        source.kind = TB_FROM_FILE;
    } else if (len == 5 && strncmp(cell, "title", 5) == 0 && !colon) {
        source.kind = TB_FROM_TITLE;
    } else if (len == 6 && strncmp(cell, "column", 6) == 0 && *rest) {
        source.text = tb_load_text(sheet->load, rest, strlen(rest));
    } else if (len == 4 && strncmp(cell, "cell", 4) == 0 &&
               parse_cell(rest, &source.row, &source.column)) {
        source.kind = TB_FROM_CELL;
    } else if (len == 5 && strncmp(cell, "fixed", 5) == 0 && *rest) {
        source.kind = TB_FROM_FIXED;
        source.text = tb_load_text(sheet->load, rest, strlen(rest));
        check_fixed(sheet, c, rest);
    } else {
        tb_sheet_error(sheet, c,
                       "unknown source '%s', expected one of: column:HEAD, file, title, "
                       "cell:R2C1, fixed:CODE",
                       cell);
    }
    return source;
}

/* --- columns: HEAD=INDICATOR:MEASURE:UNIT --- */

static struct tb_item cut(struct tb_item item, size_t from, size_t to)
{
    struct tb_item part = { .text = item.text + from,
                            .len = to - from,
                            .chars_before =
                                item.chars_before + (uint32_t)tb_text_chars(item.text, from) };

    while (part.len > 0 && part.text[part.len - 1] == ' ')
        part.len--;
    while (part.len > 0 && *part.text == ' ') {
        part.text++;
        part.len--;
        part.chars_before++;
    }
    return part;
}

static size_t find_byte(struct tb_item item, size_t from, char c)
{
    const char *found = from < item.len ? memchr(item.text + from, c, item.len - from) : NULL;

    return found ? (size_t)(found - item.text) : item.len;
}

/* ytd, or rank(city): the measure, and the group of a given rank. */
static void read_measure(const struct tb_sheet *sheet, struct tb_item item,
                         struct tb_form_column *out)
{
    struct tb_place place = tb_sheet_item_place(sheet, F_COLUMNS, &item);
    size_t open = find_byte(item, 0, '(');

    out->measure = tb_measure_find(item.text, open);
    if (out->measure < 0 || out->measure >= TB_N_SUBMITTED) {
        tb_diag_at(sheet->load->diag, TB_ERROR, &place,
                   "unknown measure '%.*s', expected one of: value, ytd, growth, ytd_growth, mom, "
                   "base, ytd_base, share, rank(GROUP)",
                   (int)item.len, item.text);
        out->measure = -1;
        return;
    }
    if (out->measure != TB_MEASURE_RANK)
        return;
    if (open == item.len || item.text[item.len - 1] != ')') {
        tb_diag_at(sheet->load->diag, TB_ERROR, &place,
                   "'%.*s' names no group, expected such as rank(city)", (int)item.len, item.text);
        return;
    }
    struct tb_item group = cut(item, open + 1, item.len - 1);
    struct tb_place at = tb_sheet_item_place(sheet, F_COLUMNS, &group);
    out->group = tb_load_find(sheet->load, TB_REF_GROUP, group.text, group.len, &at);
}

static void read_column(const struct tb_sheet *sheet, struct tb_item item,
                        struct tb_form_column *out)
{
    struct tb_load *load = sheet->load;
    struct tb_place place = tb_sheet_item_place(sheet, F_COLUMNS, &item);
    const char *equals = memrchr(item.text, '=', item.len);

    *out = (struct tb_form_column){
        .head = "", .indicator = TB_NONE, .measure = -1, .group = TB_NONE
    };
    if (!equals || equals == item.text) {
        tb_diag_at(load->diag, TB_ERROR, &place,
                   "'%.*s' is no column, expected HEAD=INDICATOR:MEASURE:UNIT or HEAD=-",
                   (int)item.len, item.text);
        return;
    }
    struct tb_item head = cut(item, 0, (size_t)(equals - item.text));
    struct tb_item meaning = cut(item, (size_t)(equals - item.text) + 1, item.len);
    size_t first = find_byte(meaning, 0, ':'), second = find_byte(meaning, first + 1, ':');
    out->head = tb_load_text(load, head.text, head.len);
    if (meaning.len == 1 && *meaning.text == '-')
        return;
    struct tb_item indicator = cut(meaning, 0, first);
    struct tb_place at = tb_sheet_item_place(sheet, F_COLUMNS, &indicator);
    out->indicator = tb_load_find(load, TB_REF_INDICATOR, indicator.text, indicator.len, &at);
    if (first < meaning.len) {
        struct tb_item measure = cut(meaning, first + 1, second);
        if (measure.len > 0)
            read_measure(sheet, measure, out);
    }
    if (second < meaning.len) {
        struct tb_item uom = cut(meaning, second + 1, meaning.len);
        if (uom.len > 0)
            out->unit_measure = tb_load_text(load, uom.text, uom.len);
    }
}

/* Of a form without a header: the head of the next column, as it would stand there. */
static void add_head(const struct tb_sheet *sheet, struct tb_form *form, struct tb_item item)
{
    const char *equals = memrchr(item.text, '=', item.len);
    struct tb_item head = cut(item, 0, equals ? (size_t)(equals - item.text) : item.len);
    const char *text = tb_load_text(sheet->load, head.text, head.len);
    bool unread = strcmp(text, "-") == 0;
    struct tb_place place = tb_sheet_item_place(sheet, F_COLUMNS, &item);

    for (size_t i = 0; i < form->n_heads && !unread; i++) {
        if (strcmp(form->heads[i], text) == 0)
            tb_diag_at(sheet->load->diag, TB_ERROR, &place,
                       "'%s' heads an earlier column too, expected each head once", text);
    }
    /* Nothing is a name of no column. */
    form->heads[form->n_heads++] = unread ? "" : text;
}

static void read_columns(const struct tb_sheet *sheet, struct tb_form *form)
{
    size_t n = tb_sheet_list(sheet, F_COLUMNS).n, at = 0;
    struct tb_item item;

    form->columns = tb_load_alloc(sheet->load, n, sizeof *form->columns);
    if (form->headless)
        form->heads = tb_load_alloc(sheet->load, n, sizeof *form->heads);
    while (form->columns && tb_sheet_next_item(sheet, F_COLUMNS, &at, &item)) {
        bool listed = !form->heads || memchr(item.text, '=', item.len) != NULL;
        if (form->heads)
            add_head(sheet, form, item);
        if (listed)
            read_column(sheet, item, &form->columns[form->n_columns++]);
    }
    if (form->headless && form->n_heads == 0)
        tb_sheet_error(sheet, F_COLUMNS,
                       "no columns, expected with header none a head for each column of the file");
}

static void read_encoding(const struct tb_sheet *sheet, struct tb_form *form)
{
    struct tb_buf nothing = TB_BUF_INIT;
    size_t n_bad, first_bad;

    form->encoding = text_or_null(sheet, F_ENCODING);
    if (form->encoding &&
        tb_text_decode("", 0, form->encoding, &nothing, &n_bad, &first_bad, NULL) < 0)
        tb_sheet_error(sheet, F_ENCODING,
                       "unknown encoding '%s', expected such as UTF-8 or GB18030", form->encoding);
    tb_buf_release(&nothing);
}

/* What stands around cells, and before a quote inside them. */
static void read_quotes(const struct tb_sheet *sheet, struct tb_form *form)
{
    int quote = tb_sheet_word(sheet, F_QUOTE, quotes, sizeof quotes / sizeof *quotes, -1);
    int escape = tb_sheet_word(sheet, F_ESCAPE, escapes, sizeof escapes / sizeof *escapes, -1);

    form->quote = quote < 0 ? '\0' : quote_bytes[quote];
    form->escape = escape < 0 ? '\0' : escape_bytes[escape];
    if (form->escape && form->escape == form->quote)
        tb_sheet_error(sheet, F_ESCAPE, "'%c' is the quote too, expected another character",
                       form->escape);
}

static void read_form(const struct tb_sheet *sheet, struct tb_form *form, struct tb_map *codes)
{
    const char *measure = tb_sheet_cell(sheet, F_MEASURE);

    form->code = tb_sheet_key(sheet, F_FORM, codes);
    form->name_zh = tb_sheet_text_or(sheet, F_NAME_ZH, form->code);
    form->name_en = tb_sheet_text_or(sheet, F_NAME_EN, form->name_zh);
    form->files = tb_sheet_text_or(sheet, F_FILES, "*");
    form->layout = (enum tb_layout)tb_sheet_word(sheet, F_LAYOUT, layouts, 4, TB_LAYOUT_LONG);
    read_header(sheet, form);
    int delimiter =
        tb_sheet_word(sheet, F_DELIMITER, delimiters, sizeof delimiters / sizeof *delimiters, -1);
    form->delimiter = delimiter < 0 ? '\0' : delimiter_bytes[delimiter];
    form->sheets = tb_sheet_list(sheet, F_SHEET);
    read_quotes(sheet, form);
    read_encoding(sheet, form);
    int lang = tb_sheet_word(sheet, F_LANG, langs, 2, -1);
    form->lang = lang < 0 ? NULL : langs[lang];
    form->decimal_comma = tb_sheet_word(sheet, F_DECIMAL, decimals, 2, 0) == 1;
    form->unit_from = read_source(sheet, F_UNIT_FROM);
    form->period_from = read_source(sheet, F_PERIOD_FROM);
    form->indicator_from = read_source(sheet, F_INDICATOR_FROM);
    form->section =
        (enum tb_form_section)tb_sheet_word(sheet, F_SECTION, sections, 5, TB_SECTION_AUTO);
    form->qualifier = text_or_null(sheet, F_QUALIFIER);
    form->unit_measure = text_or_null(sheet, F_UOM);
    form->state = tb_load_find_state(sheet, F_STATE);
    form->line = tb_sheet_line(sheet);
    int found = *measure ? tb_measure_find(measure, strlen(measure)) : TB_MEASURE_VALUE;
    if (found < 0 || found >= TB_N_SUBMITTED) {
        tb_sheet_error(sheet, F_MEASURE,
                       "unknown measure '%s', expected one of: value, ytd, "
                       "growth, ytd_growth, mom, base, ytd_base, share, rank",
                       measure);
        found = TB_MEASURE_VALUE;
    }
    form->measure = (enum tb_measure)found;
    form->measure_said = *measure != '\0';
    read_columns(sheet, form);
}

int tb_load_forms(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_map *codes = tb_map_new();
    struct tb_sheet sheet;

    if (!codes)
        load->out_of_memory = true;
    if (!codes || tb_sheet_open(load, "forms.csv", heads, F_N, false, &sheet, err) < 0) {
        tb_map_free(codes);
        return codes ? -1 : 0;
    }
    profile->forms = tb_load_alloc(load, sheet.n_rows, sizeof *profile->forms);
    profile->n_forms = profile->forms ? sheet.n_rows : 0;
    for (sheet.row = 0; sheet.row < profile->n_forms; sheet.row++)
        read_form(&sheet, &profile->forms[sheet.row], codes);
    tb_sheet_close(&sheet);
    tb_map_free(codes);
    return 0;
}
