/* moves.c - two analyses side by side: every rank plane of the findings, every
 * row of the verdicts. */
#include "command/moves.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/listing.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/cube.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

struct moves {
    const struct tb_view *view;
    const struct tb_moves *runs;
    struct tb_listing ranks, changes;
    size_t n_ranks, n_moved, n_verdicts, n_changed;
};

static struct tb_cube *open_findings(const char *run, struct tb_error *err)
{
    char *path = tb_path("%s/analyse/findings.tbc", run);
    struct tb_cube *cube = path ? tb_cube_open(path, err) : NULL;

    free(path);
    return cube;
}

static struct tb_table *open_table(const char *run, const char *name, struct tb_error *err)
{
    char *path = tb_path("%s/analyse/%s", run, name);
    struct tb_diag diag = { 0 };
    struct tb_table *table = path ? tb_table_read(path, NULL, &diag, err) : NULL;

    free(path);
    return table;
}

/* "3", "=3" when tied, "-" when not ranked. */
static void place_text(const struct tb_plane *plane, struct tb_period period, size_t unit,
                       char text[24])
{
    struct tb_decimal value = { 0, 0 };
    uint8_t status = tb_plane_get(plane, period, unit, &value);

    if (!tb_status_has_value(status) || value.units == 0)
        snprintf(text, 24, "-");
    else
        snprintf(text, 24, "%s%lld", status & TB_FLAG_TIED ? "=" : "", (long long)value.units);
}

static const char *indicator_name(const struct moves *moves, size_t indicator)
{
    const struct tb_profile *profile = moves->view->profile;

    return indicator < profile->n_indicators
               ? tb_indicator_name(&profile->indicators[indicator], moves->view->lang)
               : tb_view_say(moves->view, "综合得分", "composite score");
}

static void compare_plane(struct moves *moves, const struct tb_plane *before)
{
    const struct tb_profile *profile = moves->view->profile;
    const struct tb_plane *after = tb_cube_find(moves->runs->cube[1], before->key);
    struct tb_period period = tb_period_within(moves->view->period, before->freq);

    size_t beyond = (size_t)before->first_column + before->n_columns;

    for (size_t unit = before->first_column; unit < beyond && unit < profile->n_units; unit++) {
        char was[24], is[24];
        place_text(before, period, unit, was);
        place_text(after, period, unit, is);
        if (strcmp(was, "-") == 0 && strcmp(is, "-") == 0)
            continue;
        moves->n_ranks++;
        if (strcmp(was, is) == 0)
            continue;
        moves->n_moved++;
        tb_listing_add(&moves->ranks, tb_unit_name(&profile->units[unit], moves->view->lang));
        tb_listing_add(&moves->ranks, indicator_name(moves, before->key.indicator));
        tb_listing_add(&moves->ranks, tb_measure_name(before->key.of));
        tb_listing_add(&moves->ranks, before->key.group < profile->n_groups
                                          ? profile->groups[before->key.group].code
                                          : "");
        tb_listing_add(&moves->ranks, was);
        tb_listing_add(&moves->ranks, "->");
        tb_listing_add(&moves->ranks, is);
    }
}

/* The head of a listing, in the reader's language. */
static void heads(const struct tb_view *view, struct tb_listing *listing, const char *const zh[],
                  const char *const en[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        tb_listing_add(listing, tb_view_say(view, zh[i], en[i]));
}

static void compare_ranks(struct moves *moves)
{
    static const char *const zh[] = { "单位", "指标", "口径", "范围", "原位次", "", "新位次" };
    static const char *const en[] = { "unit", "indicator", "by", "in", "was", "", "is" };

    heads(moves->view, &moves->ranks, zh, en, 7);
    for (size_t i = 0; i < tb_cube_n_planes(moves->runs->cube[0]); i++) {
        const struct tb_plane *plane = tb_cube_plane(moves->runs->cube[0], i);
        if (plane->key.measure == TB_MEASURE_RANK && plane->axis == TB_AXIS_UNIT &&
            plane->key.of < TB_N_MEASURES)
            compare_plane(moves, plane);
    }
}

static void row_key(const struct tb_table *table, size_t row, const char *one, const char *other,
                    struct tb_buf *key)
{
    tb_buf_clear(key);
    tb_buf_printf(key, "%s\t%s", tb_table_get(table, row, one), tb_table_get(table, row, other));
}

struct tb_map *tb_moves_index(const struct tb_table *table, const char *one, const char *other)
{
    struct tb_map *rows = tb_map_new();
    struct tb_buf key = TB_BUF_INIT;
    bool whole = rows != NULL;

    for (size_t row = 0; whole && row < tb_table_rows(table); row++) {
        row_key(table, row, one, other, &key);
        whole = tb_map_add(rows, tb_buf_text(&key), key.len, (int64_t)row) != -2 && !key.failed;
    }
    tb_buf_release(&key);
    if (whole)
        return rows;
    tb_map_free(rows);
    return NULL;
}

static void compare_verdict(struct moves *moves, size_t row, int64_t other)
{
    const struct tb_profile *profile = moves->view->profile;
    const struct tb_table *before = moves->runs->verdicts[0], *after = moves->runs->verdicts[1];
    const char *was = tb_table_get(before, row, "verdict");
    const char *is = other >= 0 ? tb_table_get(after, (size_t)other, "verdict") : "";
    const char *unit = tb_table_get(before, row, "unit");
    int32_t u = tb_profile_unit(profile, unit, strlen(unit));

    moves->n_verdicts++;
    if (strcmp(was, is) == 0)
        return;
    moves->n_changed++;
    tb_listing_add(&moves->changes,
                   u >= 0 ? tb_unit_name(&profile->units[u], moves->view->lang) : unit);
    tb_listing_add(&moves->changes, tb_table_get(before, row, "target"));
    tb_listing_add(&moves->changes, tb_table_get(before, row, "indicator"));
    tb_listing_add(&moves->changes, tb_table_get(before, row, "rule"));
    tb_listing_add(&moves->changes, was);
    tb_listing_add(&moves->changes, "->");
    tb_listing_add(&moves->changes, is);
}

static int compare_verdicts(struct moves *moves, struct tb_error *err)
{
    static const char *const zh[] = { "单位", "目标", "指标", "规则", "原判定", "", "新判定" };
    static const char *const en[] = { "unit", "target", "indicator", "rule", "was", "", "is" };
    struct tb_map *rows = tb_moves_index(moves->runs->verdicts[1], "target", "unit");
    struct tb_buf key = TB_BUF_INIT;
    int rc = rows ? 0 : -1;

    heads(moves->view, &moves->changes, zh, en, 7);
    for (size_t row = 0; rc == 0 && row < tb_table_rows(moves->runs->verdicts[0]); row++) {
        row_key(moves->runs->verdicts[0], row, "target", "unit", &key);
        compare_verdict(moves, row, tb_map_get(rows, tb_buf_text(&key), key.len));
    }
    if (rc < 0 || key.failed)
        rc = tb_error_set(err, "out of memory");
    tb_buf_release(&key);
    tb_map_free(rows);
    return rc;
}

static void print(const struct moves *moves, const char *set, struct tb_buf *out)
{
    const struct tb_view *view = moves->view;
    char period[TB_PERIOD_TEXT];

    tb_period_format(view->period, period);
    tb_view_printf(view, out, "%s 按 %s 重算（以 %s 批次的数据；不改动任何已发布内容）\n",
                   "%s under %s (data of run %s; nothing published changes)\n", period, set,
                   view->id);
    tb_view_printf(view, out, "\n位次：%zu 个中 %zu 个变动\n", "\nPlaces: %zu, of which %zu move\n",
                   moves->n_ranks, moves->n_moved);
    if (moves->n_moved)
        tb_listing_print(&moves->ranks, "  ", out);
    tb_view_printf(view, out, "\n判定：%zu 条中 %zu 条变动\n",
                   "\nVerdicts: %zu, of which %zu change\n", moves->n_verdicts, moves->n_changed);
    if (moves->n_changed)
        tb_listing_print(&moves->changes, "  ", out);
}

int tb_moves_open(struct tb_moves *moves, const struct tb_view *view, const char *before,
                  const char *after, struct tb_error *err)
{
    const char *runs[2] = { before, after };

    *moves = (struct tb_moves){ .view = view };
    for (int i = 0; i < 2; i++) {
        moves->cube[i] = open_findings(runs[i], err);
        moves->verdicts[i] = moves->cube[i] ? open_table(runs[i], "verdicts.csv", err) : NULL;
        moves->parts[i] = moves->verdicts[i] ? open_table(runs[i], "score_parts.csv", err) : NULL;
        if (!moves->parts[i]) {
            tb_moves_close(moves);
            return -1;
        }
    }
    return 0;
}

void tb_moves_close(struct tb_moves *moves)
{
    for (int i = 0; i < 2; i++) {
        tb_cube_close(moves->cube[i]);
        tb_table_free(moves->verdicts[i]);
        tb_table_free(moves->parts[i]);
    }
    *moves = (struct tb_moves){ 0 };
}

int tb_moves_print(const struct tb_moves *runs, const char *set, struct tb_buf *out,
                   struct tb_error *err)
{
    struct moves moves = { .view = runs->view,
                           .runs = runs,
                           .ranks = TB_LISTING_INIT("llllrlr"),
                           .changes = TB_LISTING_INIT("lllllll") };

    compare_ranks(&moves);
    int rc = compare_verdicts(&moves, err);
    if (rc == 0)
        print(&moves, set, out);
    tb_listing_release(&moves.ranks);
    tb_listing_release(&moves.changes);
    return rc;
}
