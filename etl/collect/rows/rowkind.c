/* rowkind.c - rows that are no data: totals, footnotes, repeated headers. */
#include "collect/rows/rows.h"

#include <string.h>

#include "collect/cell/cell.h"
#include "collect/header/head.h"
#include "collect/header/plain_name.h"
#include "collect/header/title_uom.h"
#include "tongbao/text.h"

enum { NAME_CHARS_MAX = 60 };

bool tb_row_is_blank(struct tb_reading *reading, const struct tb_csv_field *field)
{
    if (field->len == 0)
        return true;
    if ((unsigned char)field->text[0] > ' ' && (unsigned char)field->text[0] < 0x7f)
        return false;
    tb_buf_clear(&reading->scratch);
    tb_text_fold(field->text, field->len, &reading->scratch);
    return reading->scratch.len == 0;
}

static bool starts_with(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* `folded` has no blanks, and ： is : there. */
static bool is_footnote(const char *folded)
{
    static const char *const words[] = {
        "注:",     "注1",      "注2",      "备注:",   "说明",     "资料来源", "数据来源",
        "来源:",   "note:",    "notes:",   "source:", "sources:", "填表人",   "填报人",
        "制表",    "审核",     "单位负责人", "统计负责人", "联系电话", "填报日期", "报出日期",
        "填表日期", "note",    "source",   "*注",     "legend:",  "footnote",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (starts_with(folded, words[i]))
            return true;
    }
    return false;
}

/* 续表, 第2页, Page 2 of 3, a date, a line of dashes. */
static bool is_page_mark(const char *folded)
{
    size_t len = strlen(folded);
    bool day = len > strlen("日") && strcmp(folded + len - strlen("日"), "日") == 0;
    bool page = starts_with(folded, "第") && strstr(folded, "页");
    bool letters = false;

    for (size_t i = 0; i < len && !letters; i++)
        letters = (unsigned char)folded[i] >= 0x80 || (folded[i] >= 'a' && folded[i] <= 'z');
    return !letters || page || starts_with(folded, "续表") || starts_with(folded, "(续") ||
           starts_with(folded, "page") || (day && folded[0] >= '0' && folded[0] <= '9');
}

static bool is_value_column(const struct tb_plan *plan, size_t column)
{
    for (size_t i = 0; i < plan->n_values; i++) {
        if (plan->value[i].column == column)
            return true;
    }
    return false;
}

/* The row repeats a row of the header, cell by cell. */
static bool is_header_row(struct tb_reading *reading, const struct tb_csv_record *record,
                          size_t level)
{
    const char *const *cell = reading->plan->header_row[level];
    size_t n_same = 0;

    for (size_t c = 0; c < record->n_fields; c++) {
        if (tb_row_is_blank(reading, &record->field[c]))
            continue;
        if (c >= reading->plan->n_heads || !tb_same_name(reading->profile, record->field[c].text, cell[c]))
            return false;
        n_same++;
    }
    return n_same > 0;
}

/* The heads stand there once more, and no number but a head (202305). */
static bool is_header_again(const struct tb_profile *profile, const struct tb_plan *plan,
                            const struct tb_csv_record *record, size_t first)
{
    struct tb_decimal number;

    if (first >= plan->n_heads || !tb_same_name(profile, record->field[first].text, plan->head[first]))
        return false;
    for (size_t i = 0; i < plan->n_values; i++) {
        size_t c = plan->value[i].column;
        if (c < record->n_fields &&
            tb_decimal_parse(record->field[c].text, record->field[c].len, &number) &&
            !tb_same_name(profile, record->field[c].text, plan->value[i].head))
            return false;
    }
    return true;
}

bool tb_row_is_sheet_mark(const struct tb_csv_record *record)
{
    static const char mark[] = "-------- ";
    const struct tb_csv_field *field = record->field;

    return record->n_fields > 0 && field->len > sizeof mark &&
           memcmp(field->text, mark, sizeof mark - 1) == 0 && field->text[sizeof mark - 1] >= '0' &&
           field->text[sizeof mark - 1] <= '9';
}

/* The first filled field, and how many there are. */
static size_t count_filled(struct tb_reading *r, const struct tb_csv_record *record, size_t *first)
{
    size_t n = 0;

    *first = 0;
    size_t to = record->n_fields < r->plan->to ? record->n_fields : r->plan->to;
    for (size_t c = to; c-- > r->plan->from;) {
        if (!tb_row_is_blank(r, &record->field[c])) {
            n++;
            *first = c;
        }
    }
    return n;
}

/* True when a cell in a column of values is one, or a word for a missing one. */
static bool is_value(struct tb_reading *r, const struct tb_csv_field *field)
{
    const struct tb_cell_rules rules = { r->profile, tb_plan_decimal_comma(r->plan) };
    struct tb_cell cell;

    tb_cell_value(field->text, field->len, &rules, &r->scratch, &cell);
    return cell.kind != TB_CELL_BAD || cell.reason != TB_REASON_NUMBER_MALFORMED;
}

/* One cell alone: a section where it says something or is numbered, or where what
 * such rows say is in force; else a line of text. */
static int kind_of_lone(struct tb_reading *r, const struct tb_csv_field *field, bool value_column)
{
    const struct tb_section *section = &r->section;
    enum tb_form_section said = r->plan->form->section;
    bool in_force = said == TB_SECTION_INDICATOR || said == TB_SECTION_PERIOD ||
                    section->parent != TB_NONE || section->outer >= 0;

    if (tb_section_names(r, field->text, field->len))
        return TB_IGNORED_SECTION;
    if (tb_title_uom_is_statement(field->text))
        return TB_IGNORED_FOOTNOTE;
    if (value_column)
        return -1;
    /* Nothing of that length is the name of a part. */
    if (tb_text_chars(field->text, field->len) > NAME_CHARS_MAX)
        return TB_IGNORED_FOOTNOTE;
    return in_force || tb_is_numbered(field->text, field->len) ||
                   tb_section_may_be_indicator(r, field->text, field->len)
               ? TB_IGNORED_SECTION
               : TB_IGNORED_FOOTNOTE;
}

/* Folded, without the number of a list: `一、合计`. */
static const char *fold_name(struct tb_reading *r, const struct tb_csv_field *field)
{
    struct tb_buf plain = TB_BUF_INIT;

    bool stripped = tb_plain_name(field->text, field->len, &plain);
    tb_buf_clear(&r->scratch);
    if (stripped)
        tb_text_fold(plain.data, plain.len, &r->scratch);
    else
        tb_text_fold(field->text, field->len, &r->scratch);
    r->coder.failed |= plain.failed || r->scratch.failed;
    tb_buf_release(&plain);
    return tb_buf_text(&r->scratch);
}

bool tb_row_is_header(struct tb_reading *r, const struct tb_csv_record *record)
{
    for (size_t level = 0; level < r->plan->n_header_rows; level++) {
        if (is_header_row(r, record, level))
            return true;
    }
    return false;
}

enum tb_total_kind tb_row_total_kind(struct tb_reading *reading,
                                     const struct tb_csv_record *record)
{
    size_t first;
    int unit = reading->plan->role[TB_ROLE_UNIT];

    if (count_filled(reading, record, &first) == 0)
        return TB_TOTAL_NONE;
    bool has_unit = unit >= 0 && (size_t)unit < record->n_fields &&
                    !tb_row_is_blank(reading, &record->field[unit]);
    const struct tb_csv_field *named = &record->field[has_unit ? (size_t)unit : first];
    enum tb_total_kind kind = tb_total_kind(fold_name(reading, named));
    /* 全市 may be a unit of the profile. */
    if (kind != TB_TOTAL_NONE && tb_code_unit(&reading->coder, named->text, named->len) >= 0)
        kind = TB_TOTAL_NONE;
    return kind;
}

bool tb_row_is_title(struct tb_reading *reading, const struct tb_csv_record *record)
{
    size_t first;

    size_t n_filled = count_filled(reading, record, &first);
    if (n_filled == 0)
        return false;
    const struct tb_csv_field *field = &record->field[first];
    tb_buf_clear(&reading->scratch);
    tb_text_fold(field->text, field->len, &reading->scratch);
    const char *folded = tb_buf_text(&reading->scratch);
    return !is_footnote(folded) && !is_page_mark(folded) &&
           (n_filled > 1 || !tb_section_names(reading, field->text, field->len));
}

int tb_row_kind(struct tb_reading *reading, const struct tb_csv_record *record)
{
    const struct tb_plan *plan = reading->plan;
    size_t first, n_filled = count_filled(reading, record, &first);

    if (n_filled == 0)
        return TB_IGNORED_BLANK;
    if (tb_row_is_sheet_mark(record))
        return TB_IGNORED_TITLE;
    if (tb_row_is_header(reading, record) || is_header_again(reading->profile, plan, record, first))
        return TB_IGNORED_HEADER;
    tb_buf_clear(&reading->scratch);
    tb_text_fold(record->field[first].text, record->field[first].len, &reading->scratch);
    if (is_footnote(tb_buf_text(&reading->scratch)))
        return TB_IGNORED_FOOTNOTE;
    if (tb_row_total_kind(reading, record) != TB_TOTAL_NONE)
        return TB_IGNORED_TOTAL;
    if (tb_row_is_caption(reading, record))
        return TB_IGNORED_FOOTNOTE;
    bool value_column = is_value_column(plan, first);
    if (n_filled == 1 && !(value_column && is_value(reading, &record->field[first])))
        return kind_of_lone(reading, &record->field[first], value_column);
    return -1;
}

void tb_row_section(struct tb_reading *reading, const struct tb_csv_record *record)
{
    size_t first;

    if (count_filled(reading, record, &first) > 0)
        tb_section_begin(reading, record->field[first].text, record->field[first].len);
}

bool tb_row_is_parent(struct tb_reading *reading, const struct tb_csv_record *record)
{
    size_t first;

    return reading->plan->form->section == TB_SECTION_UNIT_PARENT &&
           count_filled(reading, record, &first) == 1;
}
