/* errata.c - errata.csv: printed, now, why. */
#include "analyse/errata/errata.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyse/errata/errata_cause.h"
#include "analyse/errata/judged.h"
#include "tongbao/csv.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/map.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

enum { KEY_TEXT = 512 };

static const char HEAD[] =
    "bulletin,kind,unit,indicator,period,measure,group,target,printed_value,printed,now_value,now,"
    "why,cause_unit,cause_indicator,cause_period,cause_file,cause_line\n";

struct errata {
    const struct tb_stage *stage;
    const struct tb_measures *ms;
    struct tb_causes *causes;
    struct tb_judged *judged; /* of this run */
    struct tb_buf rows;
    size_t n;
};

/* One earlier bulletin. */
struct bulletin {
    const char *name;         /* its folder: the period */
    struct tb_table *printed, *verdicts;
    struct tb_map *value;     /* unit, indicator, measure -> row of printed; NULL: not asked yet */
    struct tb_knew knew;
};

/* What is about to be written. */
struct entry {
    const char *kind, *group, *target, *printed_value, *printed, *now_value, *now;
    enum tb_measure measure;
    size_t unit, indicator;
    struct tb_period period;
};

static struct tb_table *read_table(const char *folder, const char *name, struct tb_error *err)
{
    char *path = tb_path("%s/%s", folder, name);
    struct tb_diag diag = { 0 };
    struct tb_table *table = path ? tb_table_read(path, NULL, &diag, err) : NULL;

    if (!path)
        tb_error_set(err, "out of memory");
    free(path);
    return table;
}

static size_t make_key(char key[KEY_TEXT], const char *a, const char *b, const char *c)
{
    int n = snprintf(key, KEY_TEXT, "%s\n%s\n%s", a, b, c);

    return n < 0 || n >= KEY_TEXT ? 0 : (size_t)n;
}

/* A dictionary of three columns; -1 when memory is out. */
static int index_table(const struct tb_table *table, const char *a, const char *b, const char *c,
                       struct tb_map **out, struct tb_error *err)
{
    int at[3] = { tb_table_column(table, a), tb_table_column(table, b), tb_table_column(table, c) };
    char key[KEY_TEXT];

    *out = tb_map_new();
    for (size_t row = 0; *out && row < tb_table_rows(table); row++) {
        size_t len = make_key(key, tb_table_cell(table, row, at[0]),
                              tb_table_cell(table, row, at[1]), tb_table_cell(table, row, at[2]));
        if (len && tb_map_add(*out, key, len, (int64_t)row) == -2)
            return tb_error_set(err, "out of memory for %zu rows", tb_table_rows(table));
    }
    return *out ? 0 : tb_error_set(err, "out of memory");
}

static const char *look_up(const struct tb_map *map, const struct tb_table *table, const char *a,
                           const char *b, const char *c, const char *column)
{
    char key[KEY_TEXT];
    size_t len = make_key(key, a, b, c);
    int64_t row = len ? tb_map_get(map, key, len) : TB_MAP_NONE;

    return row < 0 ? "" : tb_table_get(table, (size_t)row, column);
}

/* Whether the same figure is judged otherwise because of how far it is verified.  Where no
 * figure is printed, nothing of the unit itself must have come. */
static bool by_verification(const struct entry *e, enum tb_cause_kind found)
{
    static const char *const words[] = { "not_verified", "not_completed" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(e->printed, words[i]) == 0 || strcmp(e->now, words[i]) == 0)
            return e->printed_value[0] || e->now_value[0]
                       ? strcmp(e->printed_value, e->now_value) == 0
                       : found != TB_CAUSE_REVISION && found != TB_CAUSE_EDIT;
    return false;
}

static int put_entry(struct errata *errata, const struct bulletin *b, const struct entry *e,
                     struct tb_error *err)
{
    const struct tb_profile *profile = errata->ms->profile;
    struct tb_buf *out = &errata->rows;
    struct tb_cause cause;
    char period[TB_PERIOD_TEXT];

    if (tb_causes_find(errata->causes, e->unit, e->indicator, e->period, &b->knew, &cause, err) < 0)
        return -1;
    if (by_verification(e, cause.kind))
        cause = (struct tb_cause){
            .kind = TB_CAUSE_VERIFICATION, .unit = TB_NONE, .indicator = TB_NONE, .file = ""
        };
    tb_period_format(e->period, period);
    const char *cells[] = { b->name,
                            e->kind,
                            profile->units[e->unit].code,
                            profile->indicators[e->indicator].code,
                            period,
                            tb_measure_name(e->measure),
                            e->group,
                            e->target,
                            e->printed_value,
                            e->printed,
                            e->now_value,
                            e->now,
                            tb_cause_code(cause.kind),
                            cause.unit < 0 ? "" : profile->units[cause.unit].code,
                            cause.indicator < 0 ? "" : profile->indicators[cause.indicator].code,
                            cause.period,
                            cause.file };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        tb_csv_put(out, cells[i]);
    tb_csv_put_int(out, cause.line);
    tb_csv_end_row(out);
    errata->n++;
    return tb_buf_ok(out, err) ? 0 : -1;
}

/* Unit, indicator and period of a row, as they stand in the profile now; false when one is
 * not there any more. */
static bool place_row(const struct errata *errata, const struct tb_table *table, size_t row,
                      struct entry *e)
{
    const struct tb_profile *profile = errata->ms->profile;
    const char *unit = tb_table_get(table, row, "unit");
    const char *indicator = tb_table_get(table, row, "indicator");
    const char *period = tb_table_get(table, row, "period");
    int32_t u = tb_profile_unit(profile, unit, strlen(unit));
    int32_t i = tb_profile_indicator(profile, indicator, strlen(indicator));
    struct tb_period_read read;

    if (u < 0 || i < 0 || !tb_period_parse(period, strlen(period), &read))
        return false;
    e->unit = (size_t)u;
    e->indicator = (size_t)i;
    e->period = tb_period_read_as(&read, profile->indicators[i].frequency);
    return true;
}

static void value_now(const struct errata *errata, const struct entry *e,
                      char text[TB_DECIMAL_TEXT])
{
    struct tb_decimal value;
    uint8_t status =
        tb_plane_get(tb_cube_measure(errata->ms->findings, e->indicator, e->measure), e->period,
                     e->unit, &value);

    text[0] = '\0';
    if (tb_status_has_value(status))
        tb_decimal_format(value, text);
}

/* "3", "3=" when shared, "" for none. */
static void rank_text(char text[TB_DECIMAL_TEXT], long long rank, bool tied)
{
    text[0] = '\0';
    if (rank > 0)
        (void)snprintf(text, TB_DECIMAL_TEXT, "%lld%s", rank, tied ? "=" : "");
}

static int compare_place(struct errata *errata, const struct bulletin *b, size_t row,
                         struct tb_error *err)
{
    const struct tb_table *t = b->printed;
    const char *measure = tb_table_get(t, row, "measure"), *group = tb_table_get(t, row, "group");
    int of = tb_measure_find(measure, strlen(measure));
    int32_t g = tb_profile_group(errata->ms->profile, group, strlen(group));
    char printed[TB_DECIMAL_TEXT], now[TB_DECIMAL_TEXT], value[TB_DECIMAL_TEXT];
    struct entry e = { .kind = "rank", .group = group, .target = "" };
    struct tb_decimal rank = { 0, 0 };

    if (of < 0 || g < 0 || !place_row(errata, t, row, &e))
        return 0; /* the profile has no such group or unit any more: nothing to compare with */
    e.measure = (enum tb_measure)of;
    struct tb_plane_key key = { (uint16_t)e.indicator, TB_MEASURE_RANK, (uint8_t)of, (uint8_t)g };
    uint8_t status = tb_plane_get(tb_cube_find(errata->ms->findings, key), e.period, e.unit, &rank);
    rank_text(printed, strtoll(tb_table_get(t, row, "rank"), NULL, 10),
              tb_table_get(t, row, "tied")[0] == '1');
    rank_text(now, tb_status_has_value(status) ? (long long)rank.units : 0,
              (status & TB_FLAG_TIED) != 0);
    if (strcmp(printed, now) == 0)
        return 0;
    value_now(errata, &e, value);
    e.printed_value = tb_table_get(t, row, "value");
    e.printed = printed;
    e.now_value = value;
    e.now = now;
    return put_entry(errata, b, &e, err);
}

static int compare_verdict(struct errata *errata, struct bulletin *b, size_t row,
                           struct tb_error *err)
{
    const struct tb_table *t = b->verdicts;
    const char *printed = tb_table_get(t, row, "verdict");
    const char *target = tb_table_get(t, row, "target"), *unit = tb_table_get(t, row, "unit");
    const char *now =
        tb_judged_find(errata->judged, target, unit, tb_table_get(t, row, "period"));
    struct entry e = { .kind = "verdict", .group = "", .target = target };
    char value[TB_DECIMAL_TEXT];

    /* A verdict over several periods is not in the history, which has that of the last alone. */
    if (!now[0] || tb_table_get(t, row, "periods")[0] || strcmp(printed, now) == 0 ||
        !place_row(errata, t, row, &e))
        return 0; /* the target is gone, or the period lies before the history */
    const struct tb_indicator *ind = &errata->ms->profile->indicators[e.indicator];
    e.measure = (enum tb_measure)(ind->n_headlines ? ind->headline[0] : TB_MEASURE_VALUE);
    value_now(errata, &e, value);
    if (!b->value &&
        index_table(b->printed, "unit", "indicator", "measure", &b->value, err) < 0)
        return -1;
    e.printed_value = look_up(b->value, b->printed, unit, ind->code, tb_measure_name(e.measure),
                              "value");
    e.printed = printed;
    e.now_value = value;
    e.now = now;
    return put_entry(errata, b, &e, err);
}

static int open_bulletin(const struct errata *errata, const char *folder, struct bulletin *b,
                         struct tb_error *err)
{
    struct tb_table *vintage = read_table(folder, "vintage.csv", err);
    const char *received = vintage ? tb_table_get(vintage, 0, "last_received") : "";
    int rc = -1;

    b->printed = vintage ? read_table(folder, "printed.csv", err) : NULL;
    b->verdicts = b->printed ? read_table(folder, "verdicts.csv", err) : NULL;
    b->knew.since = INT64_MIN;
    if (b->verdicts && received[0] && !tb_moment_parse(received, strlen(received), &b->knew.since))
        tb_error_set(err, "%s: '%s' is not a moment", tb_table_file(vintage), received);
    else if (b->verdicts)
        rc = 0;
    b->knew.same_profile = vintage && strcmp(tb_table_get(vintage, 0, "profile_sha256"),
                                             errata->stage->profile->digest) == 0;
    b->knew.arrival =
        vintage ? (uint32_t)strtoul(tb_table_get(vintage, 0, "last_arrival"), NULL, 10) : 0;
    b->knew.n_edits = vintage ? strtoul(tb_table_get(vintage, 0, "edits"), NULL, 10) : 0;
    tb_table_free(vintage);
    return rc;
}

static int compare_bulletin(struct errata *errata, const char *folder, const char *name,
                            struct tb_error *err)
{
    struct bulletin b = { .name = name };
    int rc = open_bulletin(errata, folder, &b, err);

    for (size_t row = 0; rc == 0 && row < tb_table_rows(b.printed); row++)
        rc = compare_place(errata, &b, row, err);
    for (size_t row = 0; rc == 0 && row < tb_table_rows(b.verdicts); row++)
        rc = compare_verdict(errata, &b, row, err);
    tb_map_free(b.value);
    tb_table_free(b.printed);
    tb_table_free(b.verdicts);
    return rc;
}

/* Every earlier bulletin, in the order of their periods. */
static int compare_all(struct errata *errata, const char *published, struct tb_error *err)
{
    struct tb_names names = { 0 };
    int rc = tb_fs_list(published, &names, err);

    char *path = tb_path("%s/history.csv", errata->stage->out);
    if (rc == 0)
        errata->judged = path ? tb_judged_read(errata->ms->profile, path, err) : NULL;
    if (rc == 0 && !errata->judged)
        rc = path ? -1 : tb_error_set(err, "out of memory");
    free(path);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *folder = tb_path("%s/%s", published, names.name[i]);
        rc = folder ? compare_bulletin(errata, folder, names.name[i], err)
                    : tb_error_set(err, "out of memory");
        free(folder);
    }
    tb_names_release(&names);
    return rc;
}

int tb_errata_write(const struct tb_stage *stage, const struct tb_cube *cube,
                    const struct tb_measures *ms, size_t *n, struct tb_error *err)
{
    struct errata errata = { .stage = stage, .ms = ms };
    char *published = tb_path("%s/published", stage->run);
    char *path = tb_path("%s/errata.csv", stage->out);
    int rc = published && path ? 0 : tb_error_set(err, "out of memory");

    tb_buf_puts(&errata.rows, HEAD);
    if (rc == 0 && tb_fs_is_dir(published)) {
        errata.causes = tb_causes_open(stage, cube, ms, err);
        rc = errata.causes ? compare_all(&errata, published, err) : -1;
    }
    if (rc == 0)
        rc = tb_newfile_write(path, tb_buf_text(&errata.rows), errata.rows.len, err);
    *n = errata.n;
    tb_causes_close(errata.causes);
    tb_judged_free(errata.judged);
    tb_buf_release(&errata.rows);
    free(path);
    free(published);
    return rc;
}
