/* fuzz_cell.c - any bytes as a value cell: number, rank, milestone, grade. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "collect/cell/cell.h"
#include "tongbao/buf.h"
#include "tongbao/decimal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct tb_cell *cell)
{
    switch (cell->kind) {
    case TB_CELL_VALUE:
        assert(cell->value.scale >= 0 && cell->value.scale <= TB_DECIMAL_SCALE_MAX);
        break;
    case TB_CELL_BAD:
        assert(tb_reason_code(cell->reason)[0] != '\0');
        break;
    case TB_CELL_MISSING:
        assert(cell->status != 0);
        break;
    case TB_CELL_EMPTY:
        break;
    }
}

/* A number that was printed reads back as itself. */
static void read_back(const struct tb_cell *cell, struct tb_buf *scratch)
{
    char text[TB_DECIMAL_TEXT];
    struct tb_cell again;

    tb_decimal_format(cell->value, text);
    tb_cell_number(text, strlen(text), NULL, scratch, &again);
    assert(again.kind == TB_CELL_VALUE && tb_decimal_cmp(again.value, cell->value) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *words[] = { "优", "良", "差" };
    const struct tb_strings grades = { .item = words, .n = 3 };
    const struct tb_cell_rules rules = { NULL, false }, comma = { NULL, true };
    struct tb_buf scratch = TB_BUF_INIT;
    struct tb_cell cell;
    char *text = malloc(size + 1);

    assert(text);
    memcpy(text, data, size);
    text[size] = '\0';
    tb_cell_number(text, size, NULL, &scratch, &cell);
    check(&cell);
    if (cell.kind == TB_CELL_VALUE && !cell.suffix)
        read_back(&cell, &scratch);
    tb_cell_value(text, size, &comma, &scratch, &cell);
    check(&cell);
    tb_cell_rank(text, size, NULL, &scratch, &cell);
    check(&cell);
    assert(cell.kind != TB_CELL_VALUE || (cell.value.units > 0 && cell.value.scale == 0));
    tb_cell_milestone(text, size, &rules, &scratch, &cell);
    check(&cell);
    tb_cell_grade(text, size, &grades, &rules, &scratch, &cell);
    check(&cell);
    assert(cell.kind != TB_CELL_VALUE || (cell.value.units >= 1 && cell.value.units <= 3));
    tb_buf_release(&scratch);
    free(text);
    return 0;
}
