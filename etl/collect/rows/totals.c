/* totals.c - sums of columns, and total lines held against them. */
#include "collect/rows/totals.h"

#include <stdlib.h>
#include <string.h>

#include "collect/rows/rows.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"

enum {
    SUMS_MAX = 256,   /* of a table: columns times periods */
    CELLS_MAX = 1024, /* of total lines that wait */
    UNIT_SUMMED = 1,
    UNIT_ABOVE = 2,
};

enum tb_total_kind tb_total_kind(const char *folded)
{
    static const struct {
        const char *word;
        enum tb_total_kind kind;
    } words[] = {
        { "合计", TB_TOTAL_SUM },         { "总计", TB_TOTAL_SUM },
        { "共计", TB_TOTAL_SUM },         { "合计数", TB_TOTAL_SUM },
        { "总计数", TB_TOTAL_SUM },       { "全市", TB_TOTAL_SUM },
        { "全县", TB_TOTAL_SUM },         { "全区", TB_TOTAL_SUM },
        { "全省", TB_TOTAL_SUM },         { "全国", TB_TOTAL_SUM },
        { "全市合计", TB_TOTAL_SUM },     { "全县合计", TB_TOTAL_SUM },
        { "全区合计", TB_TOTAL_SUM },     { "全省合计", TB_TOTAL_SUM },
        { "全国合计", TB_TOTAL_SUM },     { "total", TB_TOTAL_SUM },
        { "grandtotal", TB_TOTAL_SUM },   { "sum", TB_TOTAL_SUM },
        { "小计", TB_TOTAL_PART },        { "subtotal", TB_TOTAL_PART },
        { "sub-total", TB_TOTAL_PART },   { "平均", TB_TOTAL_AVERAGE },
        { "平均值", TB_TOTAL_AVERAGE },   { "平均数", TB_TOTAL_AVERAGE },
        { "全市平均", TB_TOTAL_AVERAGE }, { "全县平均", TB_TOTAL_AVERAGE },
        { "全区平均", TB_TOTAL_AVERAGE }, { "全省平均", TB_TOTAL_AVERAGE },
        { "average", TB_TOTAL_AVERAGE },  { "mean", TB_TOTAL_AVERAGE },
    };
    size_t len = strlen(folded);

    len -= len > 0 && folded[len - 1] == ':';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].word) == len && memcmp(words[i].word, folded, len) == 0)
            return words[i].kind;
    }
    return TB_TOTAL_NONE;
}

void tb_totals_release(struct tb_totals *totals)
{
    free(totals->summed);
    free(totals->cell);
    free(totals->units);
    *totals = (struct tb_totals){ 0 };
}

/* --- sums --- */

static bool adds_up(const struct tb_profile *profile, const struct tb_observation *row)
{
    enum tb_kind kind = profile->indicators[row->indicator].kind;
    bool amount = kind == TB_KIND_FLOW || kind == TB_KIND_COUNT || kind == TB_KIND_STOCK;

    return amount && (row->measure == TB_MEASURE_VALUE || row->measure == TB_MEASURE_YTD ||
                      row->measure == TB_MEASURE_BASE || row->measure == TB_MEASURE_YTD_BASE);
}

static bool is_of(const struct tb_summed *summed, size_t column, const struct tb_observation *row)
{
    return summed->column == column && summed->indicator == row->indicator &&
           summed->measure == row->measure && summed->period == row->period;
}

/* Its place, or SIZE_MAX. */
static size_t find_summed(struct tb_totals *totals, size_t column, const struct tb_observation *row)
{
    /* Rows go through the columns in order. */
    size_t next = totals->last + 1 < totals->n_summed ? totals->last + 1 : 0;

    if (next < totals->n_summed && is_of(&totals->summed[next], column, row))
        return totals->last = next;
    for (size_t i = 0; i < totals->n_summed; i++) {
        if (is_of(&totals->summed[i], column, row))
            return totals->last = i;
    }
    return SIZE_MAX;
}

/* False where one of the units summed lies within another: the sum says nothing. */
static bool stands_beside(struct tb_totals *totals, const struct tb_profile *profile, uint32_t unit)
{
    uint8_t *flags = totals->units;

    if (flags[unit] & UNIT_SUMMED)
        return true;
    if (flags[unit] & UNIT_ABOVE)
        return false;
    for (size_t g = 0; g < profile->n_groups; g++) {
        if (profile->groups[g].area == (int32_t)unit)
            return false; /* it stands for others */
    }
    flags[unit] |= UNIT_SUMMED;
    for (int32_t up = profile->units[unit].parent; up >= 0; up = profile->units[up].parent) {
        if (flags[up] & UNIT_SUMMED)
            return false;
        flags[up] |= UNIT_ABOVE;
    }
    return true;
}

static void add_to(struct tb_sum *sum, struct tb_decimal value)
{
    int32_t scale = value.scale > sum->value.scale ? value.scale : sum->value.scale;
    struct tb_decimal a, b;

    if (!tb_decimal_rescale(sum->value, scale, &a) || !tb_decimal_rescale(value, scale, &b) ||
        __builtin_add_overflow(a.units, b.units, &a.units))
        sum->failed = true;
    else
        sum->value = a;
    sum->scale = value.scale > sum->scale ? value.scale : sum->scale;
    sum->n++;
}

static bool start_units(struct tb_totals *totals, const struct tb_profile *profile)
{
    if (!totals->units)
        totals->units = calloc(profile->n_units ? profile->n_units : 1, 1);
    return totals->units != NULL;
}

/* Its place, found or made; SIZE_MAX when there are too many. */
static size_t place_of(struct tb_totals *totals, size_t column, const struct tb_observation *row)
{
    size_t at = find_summed(totals, column, row);

    if (at != SIZE_MAX)
        return at;
    struct tb_summed *grown = totals->n_summed < SUMS_MAX
                                  ? tb_grow(totals->summed, totals->n_summed,
                                            &totals->summed_capacity, sizeof *grown)
                                  : NULL;
    totals->off |= !grown;
    if (!grown)
        return SIZE_MAX;
    totals->summed = grown;
    at = totals->last = totals->n_summed++;
    grown[at] = (struct tb_summed){ .column = column,
                                    .indicator = row->indicator,
                                    .measure = row->measure,
                                    .period = row->period };
    return at;
}

void tb_totals_unsure(struct tb_totals *totals, size_t column)
{
    if (column < TB_TOTALS_COLUMNS)
        totals->unsure[column / 64] |= UINT64_C(1) << column % 64;
    else
        totals->off = true;
}

void tb_totals_add(struct tb_reading *r, size_t column, const struct tb_observation *row,
                   struct tb_decimal value)
{
    struct tb_totals *totals = &r->totals;

    /* A column of one unit is no sum. */
    if (totals->off || r->plan->value[column].has_unit || !adds_up(r->profile, row))
        return;
    size_t at = place_of(totals, column, row);
    if (at == SIZE_MAX)
        return;
    totals->off =
        !start_units(totals, r->profile) || !stands_beside(totals, r->profile, row->unit);
    add_to(&totals->summed[at].table, value);
    add_to(&totals->summed[at].part, value);
}

void tb_totals_lack(struct tb_reading *r, size_t column, const struct tb_observation *row,
                    uint32_t line)
{
    struct tb_totals *totals = &r->totals;

    if (totals->off || r->plan->value[column].has_unit || !adds_up(r->profile, row))
        return;
    size_t at = place_of(totals, column, row);
    if (at == SIZE_MAX)
        return;
    totals->summed[at].table.n_lacking++;
    totals->summed[at].part.n_lacking++;
    if (totals->n_lacking < TB_TOTALS_LACKING)
        totals->lacking[totals->n_lacking++] = (struct tb_lacking){ at, row->unit, line };
}

/* --- comparing --- */

/* Each summand is rounded by half a unit of its last digit, the total by half of its own. */
bool tb_totals_agree(const struct tb_sum *sum, struct tb_decimal total)
{
    int32_t scale = total.scale > sum->scale ? total.scale : sum->scale;
    struct tb_decimal a, b;
    int64_t difference, allowed;

    if (sum->failed || !tb_decimal_rescale(sum->value, scale, &a) ||
        !tb_decimal_rescale(total, scale, &b) ||
        __builtin_sub_overflow(a.units, b.units, &difference) ||
        __builtin_mul_overflow(difference, (int64_t)2, &difference) ||
        __builtin_mul_overflow(sum->n, tb_pow10(scale - sum->scale), &allowed) ||
        __builtin_add_overflow(allowed, tb_pow10(scale - total.scale), &allowed))
        return true; /* nothing can be said */
    return difference <= allowed && difference >= -allowed;
}

static void settle_cell(const struct tb_totals *totals, struct tb_total_cell *cell, bool *settled)
{
    const struct tb_sum *part = &totals->summed[cell->summed].part;

    *settled = part->n > 0 && tb_totals_agree(part, cell->value);
    if ((part->n > 0 || part->n_lacking > 0) && !cell->has_part) {
        cell->has_part = true;
        cell->part = part->value;
        cell->part_lacks = part->n_lacking > 0;
    }
}

void tb_totals_end_part(struct tb_reading *r)
{
    struct tb_totals *totals = &r->totals;
    size_t kept = 0;

    for (size_t i = 0; i < totals->n_cells; i++) {
        bool settled;
        settle_cell(totals, &totals->cell[i], &settled);
        if (!settled)
            totals->cell[kept++] = totals->cell[i];
    }
    totals->n_cells = kept;
    for (size_t i = 0; i < totals->n_summed; i++)
        totals->summed[i].part = (struct tb_sum){ 0 };
}

static int keep_cell(struct tb_totals *totals, const struct tb_total_cell *cell,
                     struct tb_error *err)
{
    if (totals->n_cells == CELLS_MAX) {
        totals->off = true;
        return 0;
    }
    struct tb_total_cell *grown =
        tb_grow(totals->cell, totals->n_cells, &totals->cells_capacity, sizeof *grown);
    if (!grown)
        return tb_error_set(err, "out of memory for totals");
    totals->cell = grown;
    totals->cell[totals->n_cells++] = *cell;
    return 0;
}

/* One cell of a total line. */
static int take_cell(struct tb_reading *r, const struct tb_csv_record *record, size_t i,
                     const struct tb_row_codes *codes, enum tb_total_kind kind,
                     struct tb_error *err)
{
    struct tb_totals *totals = &r->totals;
    struct tb_observation row;
    struct tb_total_cell cell = { .line = record->line, .is_part = kind == TB_TOTAL_PART };
    size_t column = r->plan->value[i].column;
    bool settled;

    if (kind == TB_TOTAL_AVERAGE)
        return 0;
    if (!tb_row_total_cell(r, record, codes, i, &row, &cell.value) || !adds_up(r->profile, &row))
        return 0;
    cell.summed = place_of(totals, i, &row); /* made, when the line stands above its rows */
    if (cell.summed == SIZE_MAX)
        return 0;
    cell.line = record->field[column].line;
    cell.column = tb_row_column(r, record, column);
    settle_cell(totals, &cell, &settled);
    return settled ? 0 : keep_cell(totals, &cell, err);
}

int tb_totals_line(struct tb_reading *r, const struct tb_csv_record *record,
                   const struct tb_row_codes *codes, enum tb_total_kind kind, struct tb_error *err)
{
    struct tb_totals *totals = &r->totals;
    size_t before = totals->n_cells;

    for (size_t i = 0; i < r->plan->n_values && !totals->off; i++) {
        if (take_cell(r, record, i, codes, kind, err) < 0)
            return -1;
    }
    if (kind != TB_TOTAL_PART || totals->off)
        return 0;
    /* Below 小计 another part begins; what waits since this line waits for that one. */
    size_t waiting = totals->n_cells - before;
    struct tb_total_cell *of_line = totals->cell + before;
    totals->n_cells = before;
    tb_totals_end_part(r);
    if (waiting > 0)
        memmove(totals->cell + totals->n_cells, of_line, waiting * sizeof *of_line);
    totals->n_cells += waiting;
    return 0;
}
