/* issued.c - printed.csv and vintage.csv of a run. */
#include "analyse/errata/issued.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/verdict/targets.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"
#include "tongbao/table.h"

static void put_row(const struct tb_measures *ms, size_t i, enum tb_measure of, size_t group,
                    const struct tb_plane *ranks, const struct tb_plane *values, size_t unit,
                    struct tb_period period, struct tb_buf *out)
{
    const struct tb_profile *profile = ms->profile;
    struct tb_decimal rank, value = { 0, 0 };
    uint8_t status = tb_plane_get(ranks, period, unit, &rank);
    char text[TB_DECIMAL_TEXT] = "", when[TB_PERIOD_TEXT];

    if (!tb_status_has_value(status) || rank.units <= 0)
        return;
    if (tb_status_has_value(tb_plane_get(values, period, unit, &value)))
        tb_decimal_format(value, text);
    tb_period_format(period, when);
    tb_csv_put(out, profile->units[unit].code);
    tb_csv_put(out, profile->indicators[i].code);
    tb_csv_put(out, when);
    tb_csv_put(out, tb_measure_name(of));
    tb_csv_put(out, text);
    tb_csv_put(out, profile->groups[group].code);
    tb_csv_put_int(out, rank.units);
    tb_csv_put_int(out, status & TB_FLAG_TIED ? 1 : 0);
    tb_csv_end_row(out);
}

/* The units that have a place in the group: its plane spans no others. */
static void put_group(const struct tb_measures *ms, size_t i, enum tb_measure of, size_t group,
                      struct tb_period period, struct tb_buf *out)
{
    struct tb_plane_key key = { (uint16_t)i, TB_MEASURE_RANK, (uint8_t)of, (uint8_t)group };
    const struct tb_plane *ranks = tb_cube_find(ms->findings, key);
    const struct tb_plane *values = tb_cube_measure(ms->findings, i, of);

    for (size_t column = 0; ranks && column < ranks->n_columns; column++)
        put_row(ms, i, of, group, ranks, values, ranks->first_column + column, period, out);
}

static void put_indicator(const struct tb_measures *ms, size_t i, struct tb_period period,
                          struct tb_buf *out)
{
    const struct tb_profile *profile = ms->profile;
    const struct tb_indicator *ind = &profile->indicators[i];

    period = tb_targets_period(profile, i, period);
    for (size_t h = 0; h < ind->n_headlines; h++) {
        if (memchr(ind->headline, ind->headline[h], h)) /* named twice */
            continue;
        for (size_t g = 0; g < profile->n_groups; g++)
            put_group(ms, i, (enum tb_measure)ind->headline[h], g, period, out);
    }
}

static int write_file(const struct tb_stage *stage, const char *name, const struct tb_buf *text,
                      struct tb_error *err)
{
    char *path = tb_path("%s/%s", stage->out, name);
    int rc = -1;

    if (!path)
        tb_error_set(err, "out of memory for '%s'", name);
    else if (tb_buf_ok(text, err))
        rc = tb_newfile_write(path, tb_buf_text(text), text->len, err);
    free(path);
    return rc;
}

/* Rows of edits.csv that count on the day of --as-of. */
static size_t edits_known(const struct tb_stage *stage)
{
    const struct tb_profile *profile = stage->profile;
    size_t n = profile->n_edits;

    while (stage->has_as_of && n > 0 && profile->edits[n - 1].when >= stage->as_of)
        n--;
    return n;
}

/* When the last submission came that the cube is made of ("" for none), and the highest of
 * their numbers in the ledger. */
static int put_vintage(const struct tb_stage *stage, struct tb_period period, struct tb_buf *out,
                       struct tb_error *err)
{
    char *path = tb_stage_path(stage, "process/sources.csv");
    struct tb_diag diag = { 0 };
    struct tb_table *table = path ? tb_table_read(path, NULL, &diag, err) : NULL;
    const char *last = "";
    unsigned long arrival = 0;
    char when[TB_PERIOD_TEXT];

    if (!path)
        tb_error_set(err, "out of memory");
    free(path);
    if (!table)
        return -1;
    for (size_t row = 0; row < tb_table_rows(table); row++) { /* in the order of vintages */
        unsigned long number = strtoul(tb_table_get(table, row, "arrival"), NULL, 10);
        arrival = number > arrival ? number : arrival;
        if (tb_table_get(table, row, "received")[0])
            last = tb_table_get(table, row, "received");
    }
    tb_period_format(period, when);
    tb_buf_puts(out, "period,profile_sha256,last_received,last_arrival,edits\n");
    tb_csv_put(out, when);
    tb_csv_put(out, stage->profile->digest);
    tb_csv_put(out, last);
    tb_csv_put_int(out, (int64_t)arrival);
    tb_csv_put_int(out, (int64_t)edits_known(stage));
    tb_csv_end_row(out);
    tb_table_free(table);
    return 0;
}

int tb_issued_write(const struct tb_stage *stage, const struct tb_measures *ms,
                    struct tb_period period, struct tb_error *err)
{
    struct tb_buf printed = TB_BUF_INIT, vintage = TB_BUF_INIT;
    int rc = -1;

    tb_buf_puts(&printed, "unit,indicator,period,measure,value,group,rank,tied\n");
    for (size_t i = 0; i < ms->profile->n_indicators; i++)
        if (ms->planes[i].n_periods > 0)
            put_indicator(ms, i, period, &printed);
    if (write_file(stage, "printed.csv", &printed, err) == 0 &&
        put_vintage(stage, period, &vintage, err) == 0)
        rc = write_file(stage, "vintage.csv", &vintage, err);
    tb_buf_release(&printed);
    tb_buf_release(&vintage);
    return rc;
}
