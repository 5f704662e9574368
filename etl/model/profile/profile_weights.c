/* profile_weights.c - weights.csv: what blocks of the responsibility list weigh in the
 * composite score, and what indicators weigh within them.
 *
 * Without it every indicator counts with the weight of indicators.csv, on one level.
 */
#include "model/profile/profile_load.h"

#include <string.h>

enum { W_LEVEL, W_CODE, W_WEIGHT, W_N };
enum { LEVEL_BLOCK, LEVEL_INDICATOR };
static const char *const heads[W_N] = { "level*", "code*", "weight*" };
static const char *const levels[] = { "block", "indicator" };

static const char *block_of(const struct tb_profile *profile, const struct tb_indicator *in)
{
    return in->task >= 0 ? profile->tasks[in->task].block : "";
}

static bool block_exists(const struct tb_profile *profile, const char *name)
{
    for (size_t t = 0; t < profile->n_tasks; t++) {
        if (strcmp(profile->tasks[t].block, name) == 0 ||
            (*name && strcmp(profile->tasks[t].block_en, name) == 0))
            return true;
    }
    return false;
}

static void read_block(const struct tb_sheet *sheet, struct tb_decimal weight)
{
    struct tb_profile *profile = sheet->load->profile;
    const char *name = tb_sheet_text(sheet, W_CODE);

    if (!block_exists(profile, name)) {
        tb_sheet_error(sheet, W_CODE, "unknown block '%s', expected one of tasks.csv", name);
        return;
    }
    for (size_t b = 0; b < profile->n_blocks; b++) {
        if (strcmp(profile->blocks[b].name, name) == 0) {
            tb_sheet_error(sheet, W_CODE, "duplicate weight of block '%s', first in line %u", name,
                           (unsigned)profile->blocks[b].line);
            return;
        }
    }
    profile->blocks[profile->n_blocks++] =
        (struct tb_block){ .name = name, .weight = weight, .line = tb_sheet_line(sheet) };
}

static void read_weight(const struct tb_sheet *sheet, uint32_t line_of[])
{
    struct tb_profile *profile = sheet->load->profile;
    int level = tb_sheet_word(sheet, W_LEVEL, levels, 2, -1);
    struct tb_decimal weight;

    if (level < 0 || !tb_sheet_decimal(sheet, W_WEIGHT, &weight))
        return;
    if (weight.units < 0) {
        tb_sheet_error(sheet, W_WEIGHT, "weight '%s' is negative", tb_sheet_cell(sheet, W_WEIGHT));
        return;
    }
    if (level == LEVEL_BLOCK) {
        read_block(sheet, weight);
        return;
    }
    int32_t row = tb_sheet_ref(sheet, W_CODE, TB_REF_INDICATOR);
    if (row < 0)
        return;
    if (line_of[row] > 0)
        tb_sheet_error(sheet, W_CODE, "duplicate weight of indicator '%s', first in line %u",
                       profile->indicators[row].code, (unsigned)line_of[row]);
    line_of[row] = tb_sheet_line(sheet);
    profile->indicators[row].weight = weight;
}

/* With weights of blocks, what counts must lie in a block that has one. */
static void place_indicator(const struct tb_sheet *sheet, struct tb_indicator *in)
{
    struct tb_profile *profile = sheet->load->profile;
    struct tb_place place = { .file = tb_sheet_place(sheet, W_CODE).file };
    const char *name = block_of(profile, in);

    for (size_t b = 0; b < profile->n_blocks; b++) {
        bool english = in->task >= 0 && strcmp(profile->tasks[in->task].block_en,
                                               profile->blocks[b].name) == 0;
        if (*name && (strcmp(profile->blocks[b].name, name) == 0 || english))
            in->block = (int32_t)b;
    }
    if (in->block == TB_NONE && in->weight.units > 0)
        tb_diag_at(sheet->load->diag, TB_ERROR, &place,
                   "indicator '%s' counts with %s block, expected a row of level block for it",
                   in->code, *name ? name : "no");
}

int tb_load_weights(struct tb_load *load, struct tb_error *err)
{
    struct tb_profile *profile = load->profile;
    struct tb_sheet sheet;

    if (tb_sheet_open(load, "weights.csv", heads, W_N, false, &sheet, err) < 0)
        return -1;
    profile->blocks = tb_load_alloc(load, sheet.n_rows, sizeof *profile->blocks);
    uint32_t *line_of = tb_load_alloc(load, profile->n_indicators, sizeof *line_of);
    for (sheet.row = 0; profile->blocks && line_of && sheet.row < sheet.n_rows; sheet.row++)
        read_weight(&sheet, line_of);
    for (size_t i = 0; profile->n_blocks > 0 && i < profile->n_indicators; i++)
        place_indicator(&sheet, &profile->indicators[i]);
    tb_sheet_close(&sheet);
    return 0;
}
