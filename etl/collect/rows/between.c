/* between.c - lines between rows of data that state a unit of measure. */
#include "collect/rows/between.h"

#include <string.h>

#include "collect/cell/cell.h"
#include "collect/header/roles.h"
#include "collect/rows/rows.h"
#include "collect/header/title_uom.h"
#include "tongbao/error.h"
#include "tongbao/text.h"

enum { REMARKS_MAX = 20 }; /* of a table */

void tb_between_release(struct tb_between *between)
{
    tb_arena_release(&between->arena);
    *between = (struct tb_between){ 0 };
}

/* --- rows that are captions --- */

/* 表2, 表二, 附表3. */
static bool is_table_name(const char *text)
{
    static const char *const marks[] = { "附表", "续表", "表" };
    static const char *const numbers[] = { "一", "二", "三", "四", "五", "六", "七", "八",
                                           "九", "十", ":", "(", "-" };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t len = strlen(marks[i]);
        if (strncmp(text, marks[i], len) != 0)
            continue;
        const char *behind = text + len;
        bool counted = (*behind >= '0' && *behind <= '9') || (*behind == '\0' && i < 2);
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers && !counted; k++)
            counted = strncmp(behind, numbers[k], strlen(numbers[k])) == 0;
        return counted;
    }
    return false;
}

/* What the filled cells of a row are. */
struct cells {
    size_t n, n_stated;
    bool named;
};

/* Codes and numbers: a unit of measure has 单位 or a colon before it, a table's name 表. */
static bool is_plain(const struct tb_csv_field *field)
{
    for (size_t i = 0; i < field->len; i++) {
        if ((unsigned char)field->text[i] >= 0x80 || field->text[i] == ':')
            return false;
    }
    return true;
}

static void look_at(struct tb_reading *r, const struct tb_csv_field *field, struct cells *out)
{
    if (!is_plain(field)) {
        out->n_stated += tb_title_uom_is_statement(field->text);
        tb_buf_clear(&r->scratch);
        tb_text_normalise(field->text, field->len, &r->scratch);
        out->named |= out->n == 0 && is_table_name(tb_buf_text(&r->scratch));
    }
    out->n++;
}

static bool has_number(struct tb_reading *r, const struct tb_csv_record *record, size_t from,
                       size_t to)
{
    const struct tb_cell_rules rules = { r->profile, tb_plan_decimal_comma(r->plan) };
    struct tb_cell cell = { .kind = TB_CELL_EMPTY };

    for (size_t c = from; c < to && cell.kind != TB_CELL_VALUE; c++)
        tb_cell_value(record->field[c].text, record->field[c].len, &rules, &r->scratch, &cell);
    return cell.kind == TB_CELL_VALUE;
}

/* Words that usually are heads: each is held against all of them, so they are
 * looked for last, where a row of data never comes. */
static size_t count_usual(struct tb_reading *r, const struct tb_csv_record *record, size_t from,
                          size_t to)
{
    size_t n = 0;

    for (size_t c = from; c < to; c++)
        n += !tb_row_is_blank(r, &record->field[c]) &&
             tb_role_is_usual(r->profile, record->field[c].text);
    return n;
}

bool tb_row_is_caption(struct tb_reading *r, const struct tb_csv_record *record)
{
    struct cells found = { 0 };
    size_t to = record->n_fields < r->plan->to ? record->n_fields : r->plan->to;

    for (size_t c = r->plan->from; c < to; c++) {
        if (!tb_row_is_blank(r, &record->field[c]))
            look_at(r, &record->field[c], &found);
    }
    /* `单位：万元,2023年4月,2023年5月` are heads. */
    bool stated = found.n_stated > 0 && found.n <= found.n_stated + 1 + found.named;
    if ((!stated && !found.named) || has_number(r, record, r->plan->from, to))
        return false;
    size_t n_usual = count_usual(r, record, r->plan->from, to);
    return n_usual < found.n && (n_usual == 0 || found.n == 2);
}

bool tb_row_holds_a_number(struct tb_reading *r, const struct tb_csv_record *record)
{
    struct tb_decimal number;
    bool found = false;

    for (size_t c = r->plan->from; c < record->n_fields && !found; c++)
        found = tb_decimal_parse(record->field[c].text, record->field[c].len, &number);
    return found;
}

bool tb_row_may_be_caption(struct tb_reading *r, const struct tb_csv_record *record)
{
    const struct tb_plan *plan = r->plan;
    bool text = false;

    for (size_t i = 0; i < plan->n_values && !text; i++) {
        const struct tb_csv_field *field = &record->field[plan->value[i].column];
        text = field->len > 0 && (unsigned char)field->text[0] >= 0x80;
    }
    return text && tb_row_is_caption(r, record);
}

/* --- what they state --- */

/* The next cell that is filled, or "". */
static const char *next_filled(struct tb_reading *r, const struct tb_csv_record *record, size_t c)
{
    for (c++; c < record->n_fields; c++) {
        if (!tb_row_is_blank(r, &record->field[c]))
            return record->field[c].text;
    }
    return "";
}

/* A line alone that says nothing known, where only the title says the indicator. */
static bool is_unknown(struct tb_reading *r, const struct tb_csv_record *record, size_t *first)
{
    const struct tb_plan *plan = r->plan;
    bool open = false;
    size_t n = 0;

    if (plan->indicator == TB_NONE || r->tables.lost || !tb_row_is_title(r, record))
        return false;
    for (size_t c = record->n_fields; c-- > 0;) {
        n += !tb_row_is_blank(r, &record->field[c]);
        *first = tb_row_is_blank(r, &record->field[c]) ? *first : c;
    }
    for (size_t i = 0; i < plan->n_values; i++)
        open |= plan->value[i].meaning.indicator == TB_NONE && !plan->value[i].qualified;
    return open && n == 1 && !tb_title_uom_is_statement(record->field[*first].text) &&
           !tb_section_lacks(r, TB_ROLE_INDICATOR);
}

int tb_between_line(struct tb_reading *r, const struct tb_csv_record *record, struct tb_error *err)
{
    struct tb_between *between = &r->between;
    size_t first = 0;

    if (is_unknown(r, record, &first)) {
        between->unknown = tb_arena_strdup(&between->arena, record->field[first].text);
        between->unknown_line = record->line;
        if (!between->unknown)
            return tb_error_set(err, "out of memory for lines between rows");
    }
    for (size_t c = 0; c < record->n_fields; c++) {
        const char *text = record->field[c].text;
        if (!tb_title_uom_is_statement(text))
            continue;
        between->waiting.n = between->line ? between->waiting.n : 0;
        if (!tb_title_uoms_add(&between->waiting, &between->arena, r->profile, text,
                               next_filled(r, record, c)))
            return tb_error_set(err, "out of memory for units of measure");
        between->line = between->waiting.n > 0 ? record->line : between->line;
    }
    return 0;
}

static int tell_unknown(struct tb_reading *r, struct tb_error *err)
{
    struct tb_between *between = &r->between;
    const struct tb_reject remark = {
        .reason = TB_REMARK_LINE_UNKNOWN,
        .line = between->unknown_line,
        .text = between->unknown,
        .expected = r->plan->indicator >= 0 ? r->profile->indicators[r->plan->indicator].name_zh
                                            : NULL,
    };

    between->unknown_line = 0;
    return between->n_unknown++ < REMARKS_MAX ? tb_summary_reject(r->summary, &remark, err) : 0;
}

int tb_between_rows(struct tb_reading *r, struct tb_error *err)
{
    struct tb_between *between = &r->between;

    if (between->unknown_line > 0 && tell_unknown(r, err) < 0)
        return -1;
    if (between->line == 0)
        return 0;
    /* A sum over rows of both means nothing. */
    r->totals.off |= !tb_title_uoms_same(&between->waiting, tb_between_uoms(r));
    between->in_force = between->waiting;
    between->holds = true;
    between->line = 0;
    return 0;
}

int tb_between_end(struct tb_reading *r, struct tb_error *err)
{
    struct tb_between *between = &r->between;
    const struct tb_title_uoms *waiting = &between->waiting;
    const struct tb_reject remark = { .reason = TB_REMARK_UOM_BELOW,
                                      .line = between->line,
                                      .text = waiting->n ? waiting->item[0].text : "" };
    bool told = between->line > 0 && waiting->n > 0 &&
                !tb_title_uoms_same(waiting, tb_between_uoms(r));
    int rc = told ? tb_summary_reject(r->summary, &remark, err) : 0;

    tb_between_release(between);
    return rc;
}

const struct tb_title_uoms *tb_between_uoms(const struct tb_reading *r)
{
    return r->between.holds ? &r->between.in_force : &r->plan->title_uoms;
}
