/* profile_sheet.c - opens a table of the profile, finds its columns by their
 * heads and reports heads that mean nothing or are absent.
 */
#include "model/profile/profile_load.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

enum { HEAD_MAX = 64, MESSAGE_MAX = 1024 };

void *tb_load_alloc(struct tb_load *load, size_t n, size_t size)
{
    void *memory = tb_arena_alloc(&load->profile->arena, n, size);

    if (!memory)
        load->out_of_memory = true;
    return memory;
}

const char *tb_load_text(struct tb_load *load, const char *text, size_t len)
{
    const char *copy = len ? tb_arena_memdup(&load->profile->arena, text, len) : "";

    if (!copy)
        load->out_of_memory = true;
    return copy ? copy : "";
}

/* The head without the '*' that marks it as required. */
static size_t head_len(const char *head)
{
    return strcspn(head, "*");
}

static bool is_required(const char *head)
{
    return head[head_len(head)] == '*';
}

static bool is_head(const char *head, const char *text)
{
    size_t n = head_len(head);

    return strlen(text) == n && memcmp(head, text, n) == 0;
}

static void report_unknown_head(const struct tb_sheet *sheet, size_t n_heads, size_t column)
{
    char plain[TB_SHEET_COLUMNS][HEAD_MAX];
    const char *known[TB_SHEET_COLUMNS];
    const char *text = tb_table_head(sheet->table, column);
    uint32_t at = 1;

    for (size_t i = 0; i < n_heads; i++) {
        snprintf(plain[i], HEAD_MAX, "%.*s", (int)head_len(sheet->heads[i]), sheet->heads[i]);
        known[i] = plain[i];
    }
    /* The table knows columns of cells, not of heads: those before it are
     * counted, with their commas. */
    for (size_t i = 0; i < column; i++)
        at += (uint32_t)tb_text_chars(tb_table_head(sheet->table, i),
                                      strlen(tb_table_head(sheet->table, i))) +
              1;
    struct tb_place place = { .file = tb_table_file(sheet->table), .line = 1, .column = at };
    const char *near = tb_near_word(text, strlen(text), known, n_heads);
    if (near)
        tb_diag_at(sheet->load->diag, TB_ERROR, &place, "unknown column '%s', did you mean '%s'?",
                   text, near);
    else
        tb_diag_at(sheet->load->diag, TB_ERROR, &place, "unknown column '%s'", text);
}

static void match_heads(struct tb_sheet *sheet, size_t n_heads)
{
    size_t n_columns = tb_table_columns(sheet->table);

    for (size_t c = 0; c < n_columns; c++) {
        const char *text = tb_table_head(sheet->table, c);
        bool known = !*text; /* a column without a head was reported already */

        for (size_t i = 0; i < n_heads; i++) {
            if (!is_head(sheet->heads[i], text))
                continue;
            known = true;
            if (sheet->column[i] < 0)
                sheet->column[i] = (int)c;
        }
        if (!known)
            report_unknown_head(sheet, n_heads, c);
    }
    for (size_t i = 0; i < n_heads && n_columns > 0; i++) {
        struct tb_place place = { .file = tb_table_file(sheet->table), .line = 1 };

        if (sheet->column[i] < 0 && is_required(sheet->heads[i]))
            tb_diag_at(sheet->load->diag, TB_ERROR, &place, "no column '%.*s'",
                       (int)head_len(sheet->heads[i]), sheet->heads[i]);
    }
}

int tb_sheet_open(struct tb_load *load, const char *name, const char *const heads[], size_t n_heads,
                  bool required, struct tb_sheet *out, struct tb_error *err)
{
    struct tb_buf content = TB_BUF_INIT;
    const char *shown = name;

    assert(n_heads <= TB_SHEET_COLUMNS);
    *out = (struct tb_sheet){ .load = load, .heads = heads };
    for (size_t i = 0; i < n_heads; i++)
        out->column[i] = -1;
    int got = tb_load_file(load, name, &content, &shown, err);
    if (got == 0 && required) {
        struct tb_place place = { .file = shown };
        tb_diag_at(load->diag, TB_ERROR, &place, "no such file, every profile needs one");
    }
    if (got > 0) {
        out->table = tb_table_parse(tb_buf_text(&content), content.len, shown, load->diag, err);
        got = out->table ? 1 : -1;
    }
    if (out->table) {
        out->n_rows = tb_table_rows(out->table);
        match_heads(out, n_heads);
    }
    tb_buf_release(&content);
    return got < 0 ? -1 : 0;
}

void tb_sheet_close(struct tb_sheet *sheet)
{
    tb_table_free(sheet->table);
    sheet->table = NULL;
}

uint32_t tb_sheet_line(const struct tb_sheet *sheet)
{
    return tb_table_line(sheet->table, sheet->row);
}

struct tb_place tb_sheet_place(const struct tb_sheet *sheet, size_t c)
{
    return (struct tb_place){
        .file = tb_table_file(sheet->table),
        .line = tb_table_line(sheet->table, sheet->row),
        .column = tb_table_cell_column(sheet->table, sheet->row, sheet->column[c]),
    };
}

static void report(const struct tb_sheet *sheet, enum tb_severity severity, size_t c,
                   const char *format, va_list args) __attribute__((format(printf, 4, 0)));

static void report(const struct tb_sheet *sheet, enum tb_severity severity, size_t c,
                   const char *format, va_list args)
{
    char text[MESSAGE_MAX];
    struct tb_place place = tb_sheet_place(sheet, c);

    vsnprintf(text, sizeof text, format, args);
    tb_diag_at(sheet->load->diag, severity, &place, "%s", text);
}

void tb_sheet_error(const struct tb_sheet *sheet, size_t c, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    report(sheet, TB_ERROR, c, format, args);
    va_end(args);
}

void tb_sheet_warn(const struct tb_sheet *sheet, size_t c, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    report(sheet, TB_WARNING, c, format, args);
    va_end(args);
}
