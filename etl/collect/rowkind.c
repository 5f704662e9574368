/* rowkind.c - rows that are no data: totals, footnotes, repeated headers. */
#include "collect/rows.h"

#include <string.h>

#include "collect/head.h"
#include "tongbao/text.h"

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

static bool is_total(const char *folded)
{
    static const char *const words[] = { "合计", "总计", "小计",  "共计",    "全市合计", "全县合计",
                                         "全省合计", "全国合计", "平均", "平均值", "全市平均", "total",
                                         "subtotal", "grandtotal", "sum", "average", "mean" };
    size_t len = strlen(folded);

    len -= len > 0 && folded[len - 1] == ':';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == len && memcmp(words[i], folded, len) == 0)
            return true;
    }
    return false;
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
        if (c >= reading->plan->n_heads || !tb_same_name(record->field[c].text, cell[c]))
            return false;
        n_same++;
    }
    return n_same > 0;
}

/* The heads stand there once more, and no number but a head (202305). */
static bool is_header_again(const struct tb_plan *plan, const struct tb_csv_record *record,
                            size_t first)
{
    struct tb_decimal number;

    if (first >= plan->n_heads || !tb_same_name(record->field[first].text, plan->head[first]))
        return false;
    for (size_t i = 0; i < plan->n_values; i++) {
        size_t c = plan->value[i].column;
        if (c < record->n_fields &&
            tb_decimal_parse(record->field[c].text, record->field[c].len, &number) &&
            !tb_same_name(record->field[c].text, plan->value[i].head))
            return false;
    }
    return true;
}

int tb_row_kind(struct tb_reading *reading, const struct tb_csv_record *record)
{
    const struct tb_plan *plan = reading->plan;
    size_t n_filled = 0, first = 0;

    for (size_t c = record->n_fields; c-- > 0;) {
        if (!tb_row_is_blank(reading, &record->field[c])) {
            n_filled++;
            first = c;
        }
    }
    if (n_filled == 0)
        return TB_IGNORED_BLANK;
    for (size_t level = 0; level < plan->n_header_rows; level++) {
        if (is_header_row(reading, record, level))
            return TB_IGNORED_HEADER;
    }
    if (is_header_again(plan, record, first))
        return TB_IGNORED_HEADER;
    tb_buf_clear(&reading->scratch);
    tb_text_fold(record->field[first].text, record->field[first].len, &reading->scratch);
    if (is_footnote(tb_buf_text(&reading->scratch)))
        return TB_IGNORED_FOOTNOTE;
    int unit = plan->role[TB_ROLE_UNIT];
    const struct tb_csv_field *named =
        &record->field[unit >= 0 && (size_t)unit < record->n_fields ? (size_t)unit : first];
    tb_buf_clear(&reading->scratch);
    tb_text_fold(named->text, named->len, &reading->scratch);
    if (is_total(tb_buf_text(&reading->scratch)) &&
        tb_code_unit(&reading->coder, named->text, named->len) < 0)
        return TB_IGNORED_TOTAL;
    /* One cell alone is a line of text, unless it is a value without a unit. */
    if (n_filled == 1 && !is_value_column(plan, first))
        return TB_IGNORED_FOOTNOTE;
    return -1;
}
