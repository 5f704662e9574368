/* judged.c - history.csv as a byte for each target, unit and period. */
#include "analyse/errata/judged.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/verdict/targets.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/infile.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"

enum { PERIODS = TB_HISTORY_PERIODS + 1 }; /* of a target, at most */

/* The rows of one target. */
struct rows {
    char period[PERIODS][TB_PERIOD_TEXT];
    size_t n_periods;
    uint8_t *verdict; /* [n_units * PERIODS] enum tb_judgement + 1; 0: none; NULL: no rows */
};

struct tb_judged {
    const struct tb_profile *profile;
    struct tb_map *target, *unit; /* codes to rows of the profile */
    struct rows *rows;            /* [n_targets] */
};

/* Where reading stands: rows come target by target, unit by unit. */
struct reading {
    struct tb_judged *judged;
    const char *path;
    int64_t target, unit;
    size_t slot; /* of the period before */
};

void tb_judged_free(struct tb_judged *judged)
{
    if (!judged)
        return;
    for (size_t t = 0; judged->rows && t < judged->profile->n_targets; t++)
        free(judged->rows[t].verdict);
    free(judged->rows);
    tb_map_free(judged->target);
    tb_map_free(judged->unit);
    free(judged);
}

static struct tb_judged *judged_new(const struct tb_profile *profile)
{
    struct tb_judged *judged = calloc(1, sizeof *judged);
    bool whole;

    if (!judged)
        return NULL;
    judged->profile = profile;
    judged->target = tb_map_new();
    judged->unit = tb_map_new();
    judged->rows = calloc(profile->n_targets + 1, sizeof *judged->rows);
    whole = judged->target && judged->unit && judged->rows;
    for (size_t t = 0; whole && t < profile->n_targets; t++) {
        const char *code = profile->targets[t].code;
        whole = tb_map_add(judged->target, code, strlen(code), (int64_t)t) != -2;
    }
    for (size_t u = 0; whole && u < profile->n_units; u++) {
        const char *code = profile->units[u].code;
        whole = tb_map_add(judged->unit, code, strlen(code), (int64_t)u) != -2;
    }
    if (whole)
        return judged;
    tb_judged_free(judged);
    return NULL;
}

/* A cell without the apostrophe that keeps spreadsheets from running it. */
static const char *plain(const struct tb_csv_field *field)
{
    const char *text = field->text;

    return text[0] == '\'' && text[1] && strchr("=+-@\t\r", text[1]) ? text + 1 : text;
}

/* The row of the code, most often that of the row before. */
static int64_t row_of(const struct tb_map *map, const char *code, const char *before, int64_t at)
{
    return before && strcmp(code, before) == 0 ? at : tb_map_get(map, code, strlen(code));
}

/* The place of a period among those of the target, PERIODS when it has none; where most
 * often it stands is looked at first. */
static size_t find_slot(const struct rows *rows, const char *period, size_t first)
{
    if (first < rows->n_periods && strcmp(rows->period[first], period) == 0)
        return first;
    for (size_t s = 0; s < rows->n_periods; s++)
        if (strcmp(rows->period[s], period) == 0)
            return s;
    return PERIODS;
}

static size_t take_slot(struct rows *rows, const char *period, size_t first)
{
    size_t slot = find_slot(rows, period, first), len = strlen(period);

    if (slot < PERIODS || rows->n_periods == PERIODS || len >= TB_PERIOD_TEXT)
        return slot;
    memcpy(rows->period[rows->n_periods], period, len + 1);
    return rows->n_periods++;
}

/* enum tb_judgement + 1 of a word, or 0; `likely` is tried first. */
static uint8_t verdict_of(const char *word, uint8_t likely)
{
    if (likely && strcmp(word, tb_judgement_code((enum tb_judgement)(likely - 1))) == 0)
        return likely;
    for (int k = 0; k < TB_N_JUDGEMENTS; k++)
        if (strcmp(word, tb_judgement_code((enum tb_judgement)k)) == 0)
            return (uint8_t)(k + 1);
    return 0;
}

static int take_row(struct reading *r, const struct tb_csv_record *record, struct tb_error *err)
{
    struct tb_judged *judged = r->judged;
    const struct tb_profile *profile = judged->profile;
    const char *target = record->n_fields == 4 ? plain(&record->field[0]) : NULL;

    if (!target)
        return tb_error_set(err, "%s:%u: expected 4 cells, found %zu", r->path, record->line,
                            record->n_fields);
    r->target = row_of(judged->target, target,
                       r->target < 0 ? NULL : profile->targets[r->target].code, r->target);
    const char *unit = plain(&record->field[1]);
    r->unit = row_of(judged->unit, unit, r->unit < 0 ? NULL : profile->units[r->unit].code,
                     r->unit);
    if (r->target < 0 || r->unit < 0)
        return tb_error_set(err, "%s:%u: no target '%s' or unit '%s' in the profile", r->path,
                            record->line, target, unit);
    struct rows *rows = &judged->rows[r->target];
    if (!rows->verdict)
        rows->verdict = calloc(profile->n_units, PERIODS);
    if (!rows->verdict)
        return tb_error_set(err, "out of memory for %zu units", profile->n_units);
    uint8_t *of_unit = rows->verdict + (size_t)r->unit * PERIODS;
    size_t slot = take_slot(rows, record->field[2].text, r->slot + 1);
    uint8_t verdict =
        verdict_of(record->field[3].text, slot > 0 && slot < PERIODS ? of_unit[slot - 1] : 0);
    if (slot >= PERIODS || verdict == 0)
        return tb_error_set(err, "%s:%u: '%s' in '%s' is no verdict of one of %d periods", r->path,
                            record->line, record->field[3].text, record->field[2].text,
                            (int)PERIODS);
    if (of_unit[slot] == 0)
        of_unit[slot] = verdict;
    r->slot = slot;
    return 0;
}

static int take_rows(struct reading *r, struct tb_csv *csv, struct tb_error *err)
{
    struct tb_csv_record record;
    int rc = tb_csv_next(csv, &record, err); /* the head */

    while (rc > 0 && (rc = tb_csv_next(csv, &record, err)) > 0)
        if (record.n_fields > 0 && take_row(r, &record, err) < 0)
            return -1;
    return rc;
}

struct tb_judged *tb_judged_read(const struct tb_profile *profile, const char *path,
                                 struct tb_error *err)
{
    struct tb_buf content = TB_BUF_INIT;
    struct tb_judged *judged = judged_new(profile);
    struct reading reading = { .judged = judged, .path = path, .target = -1, .unit = -1 };
    struct tb_csv *csv = NULL;
    int rc = -1;

    if (!judged)
        tb_error_set(err, "out of memory for the verdicts of %zu targets", profile->n_targets);
    else if (tb_infile_slurp(path, 0, &content, err) == 0 &&
             (csv = tb_csv_from_memory(tb_buf_text(&content), content.len, ',', err)) != NULL)
        rc = take_rows(&reading, csv, err);
    tb_csv_free(csv);
    tb_buf_release(&content);
    if (rc == 0)
        return judged;
    tb_judged_free(judged);
    return NULL;
}

const char *tb_judged_find(const struct tb_judged *judged, const char *target, const char *unit,
                           const char *period)
{
    int64_t t = tb_map_get(judged->target, target, strlen(target));
    int64_t u = tb_map_get(judged->unit, unit, strlen(unit));
    const struct rows *rows = t < 0 ? NULL : &judged->rows[t];

    if (u < 0 || !rows || !rows->verdict)
        return "";
    size_t slot = find_slot(rows, period, 0);
    uint8_t verdict = slot < PERIODS ? rows->verdict[(size_t)u * PERIODS + slot] : 0;
    return verdict ? tb_judgement_code((enum tb_judgement)(verdict - 1)) : "";
}
