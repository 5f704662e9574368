/* moves_csv.c - who moves between two analyses, as rows. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/moves.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/cube.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

static const char head[] = "kind,unit,indicator,measure,group,target,period,was_value,is_value,was,"
                           "is,places,moved_by\n";

enum { MOST_MOVED = 512 };

/* What one indicator gives more, or less, to a score than before. */
struct push {
    const char *indicator;
    struct tb_decimal by;
};

/* A place and the number that has it. */
struct place {
    char text[24], value[TB_DECIMAL_TEXT];
    int64_t rank; /* 0: none */
};

struct work {
    const struct tb_moves *moves;
    struct tb_map *parts[2]; /* first row of a group and unit in moves->parts */
    struct tb_buf *out;
    struct push *push;       /* [MOST_MOVED] */
};

static void read_place(const struct tb_cube *cube, const struct tb_plane *rank,
                       struct tb_plane_key of, struct tb_period period, size_t unit,
                       struct place *out)
{
    struct tb_decimal number = { 0, 0 };
    uint8_t status = tb_plane_get(rank, period, unit, &number);
    bool has = tb_status_has_value(status) && number.units > 0;

    *out = (struct place){ .text = "", .rank = has ? number.units : 0 };
    if (has)
        snprintf(out->text, sizeof out->text, "%lld%s", (long long)number.units,
                 status & TB_FLAG_TIED ? "=" : "");
    if (tb_status_has_value(tb_plane_get(tb_cube_find(cube, of), period, unit, &number)))
        tb_decimal_format(number, out->value);
}

static int by_push(const void *a, const void *b)
{
    const struct push *x = a, *y = b;
    struct tb_decimal p = x->by, q = y->by;

    p.units = p.units < 0 ? -p.units : p.units;
    q.units = q.units < 0 ? -q.units : q.units;
    int order = tb_decimal_cmp(q, p);
    return order ? order : strcmp(x->indicator, y->indicator);
}

/* What the indicator of a row gives to the score; false where that is not said. */
static bool given(const struct tb_table *t, size_t row, struct tb_decimal *out)
{
    const char *now = tb_table_get(t, row, "now");

    *out = (struct tb_decimal){ 0, 2 };
    return tb_decimal_parse(now, strlen(now), out) && out->scale == 2;
}

/* The rows [*first, end) of a unit in score_parts.csv, where they stand together. */
static size_t rows_of(const struct work *work, int run, const char *group, const char *unit,
                      size_t *first)
{
    const struct tb_table *t = work->moves->parts[run];
    struct tb_buf key = TB_BUF_INIT;

    tb_buf_printf(&key, "%s\t%s", group, unit);
    int64_t row = tb_map_get(work->parts[run], tb_buf_text(&key), key.len);
    work->out->failed |= key.failed;
    tb_buf_release(&key);
    if (row < 0)
        return *first = 0;
    for (*first = (size_t)row; (size_t)row < tb_table_rows(t); row++)
        if (strcmp(tb_table_get(t, (size_t)row, "unit"), unit) != 0 ||
            strcmp(tb_table_get(t, (size_t)row, "group"), group) != 0)
            break;
    return (size_t)row;
}

static size_t row_of(const struct tb_table *t, size_t first, size_t end, const char *indicator)
{
    while (first < end && strcmp(tb_table_get(t, first, "indicator"), indicator) != 0)
        first++;
    return first;
}

/* Rows of the run `from` against those of the other; of the one before only what is gone since. */
static size_t take_pushes(const struct work *work, int from, const size_t first[2],
                          const size_t end[2], size_t n)
{
    const struct tb_table *own = work->moves->parts[from], *other = work->moves->parts[!from];

    for (size_t row = first[from]; row < end[from] && n < MOST_MOVED; row++) {
        const char *indicator = tb_table_get(own, row, "indicator");
        size_t beside = row_of(other, first[!from], end[!from], indicator);
        struct tb_decimal here = { 0, 2 }, there = { 0, 2 };
        if (strcmp(indicator, "total") == 0 || strcmp(indicator, "remainder") == 0 ||
            (from == 0 && beside < end[1]))
            continue;
        bool known = given(own, row, &here);
        known = (beside < end[!from] && given(other, beside, &there)) || known;
        here.units = from ? here.units - there.units : there.units - here.units;
        if (known && here.units != 0)
            work->push[n++] = (struct push){ indicator, here };
    }
    return n;
}

/* moved_by of a composite score. */
static void put_pushes(const struct work *work, const char *group, const char *unit)
{
    struct tb_buf text = TB_BUF_INIT;
    size_t first[2], end[2], n;

    for (int run = 0; run < 2; run++)
        end[run] = rows_of(work, run, group, unit, &first[run]);
    n = take_pushes(work, 1, first, end, 0);
    n = take_pushes(work, 0, first, end, n);
    qsort(work->push, n, sizeof *work->push, by_push);
    for (size_t i = 0; i < n; i++) {
        char number[TB_DECIMAL_TEXT];
        tb_decimal_format(work->push[i].by, number);
        tb_buf_printf(&text, "%s%s:%s%s", i ? ";" : "", work->push[i].indicator,
                      work->push[i].by.units > 0 ? "+" : "", number);
    }
    tb_csv_put(work->out, tb_buf_text(&text));
    work->out->failed |= text.failed;
    tb_buf_release(&text);
}

static void put_place(const struct work *work, const struct tb_plane *rank, size_t unit,
                      const struct place place[2])
{
    const struct tb_profile *profile = work->moves->view->profile;
    struct tb_buf *out = work->out;
    bool score = rank->key.indicator >= profile->n_indicators;
    const char *group = profile->groups[rank->key.group].code, *code = profile->units[unit].code;
    char period[TB_PERIOD_TEXT];

    tb_period_format(tb_period_within(work->moves->view->period, rank->freq), period);
    tb_csv_put(out, "place");
    tb_csv_put(out, code);
    tb_csv_put(out, score ? "score" : profile->indicators[rank->key.indicator].code);
    tb_csv_put(out, tb_measure_name((enum tb_measure)rank->key.of));
    tb_csv_put(out, group);
    tb_csv_put(out, "");
    tb_csv_put(out, period);
    tb_csv_put(out, place[0].value);
    tb_csv_put(out, place[1].value);
    tb_csv_put(out, place[0].text);
    tb_csv_put(out, place[1].text);
    if (place[0].rank > 0 && place[1].rank > 0)
        tb_csv_put_int(out, place[0].rank - place[1].rank);
    else
        tb_csv_put(out, "");
    if (score)
        put_pushes(work, group, code);
    else
        tb_csv_put(out, "");
    tb_csv_end_row(out);
}

/* A ranking in both runs: who has another place or another number. */
static void compare_ranking(const struct work *work, const struct tb_plane *before)
{
    const struct tb_moves *moves = work->moves;
    const struct tb_profile *profile = moves->view->profile;
    const struct tb_plane *rank[2] = { before, tb_cube_find(moves->cube[1], before->key) };
    struct tb_period period = tb_period_within(moves->view->period, before->freq);
    struct tb_plane_key of = { before->key.indicator, before->key.of, TB_N_MEASURES, TB_NO_GROUP };
    size_t beyond = (size_t)before->first_column + before->n_columns;

    if (before->key.group >= profile->n_groups)
        return;
    if (before->key.indicator >= profile->n_indicators) /* scores are of a group */
        of.group = before->key.group;
    for (size_t unit = before->first_column; unit < beyond && unit < profile->n_units; unit++) {
        struct place place[2];
        for (int run = 0; run < 2; run++)
            read_place(moves->cube[run], rank[run], of, period, unit, &place[run]);
        if ((place[0].rank == 0 && place[1].rank == 0) ||
            (strcmp(place[0].text, place[1].text) == 0 &&
             strcmp(place[0].value, place[1].value) == 0))
            continue;
        put_place(work, before, unit, place);
    }
}

static int compare_verdicts(const struct work *work, struct tb_error *err)
{
    const struct tb_table *before = work->moves->verdicts[0], *after = work->moves->verdicts[1];
    struct tb_map *rows = tb_moves_index(after, "target", "unit");
    struct tb_buf key = TB_BUF_INIT, *out = work->out;

    if (!rows)
        return tb_error_set(err, "out of memory");
    for (size_t row = 0; row < tb_table_rows(before); row++) {
        static const char *const columns[] = { "unit", "indicator" };
        tb_buf_clear(&key);
        tb_buf_printf(&key, "%s\t%s", tb_table_get(before, row, "target"),
                      tb_table_get(before, row, "unit"));
        int64_t other = tb_map_get(rows, tb_buf_text(&key), key.len);
        const char *was = tb_table_get(before, row, "verdict");
        const char *is = other >= 0 ? tb_table_get(after, (size_t)other, "verdict") : "";
        if (strcmp(was, is) == 0)
            continue;
        tb_csv_put(out, "verdict");
        for (size_t c = 0; c < 2; c++)
            tb_csv_put(out, tb_table_get(before, row, columns[c]));
        tb_csv_put(out, "");
        tb_csv_put(out, "");
        tb_csv_put(out, tb_table_get(before, row, "target"));
        tb_csv_put(out, tb_table_get(before, row, "period"));
        tb_csv_put(out, tb_table_get(before, row, "value"));
        tb_csv_put(out, other >= 0 ? tb_table_get(after, (size_t)other, "value") : "");
        tb_csv_put(out, was);
        tb_csv_put(out, is);
        tb_csv_put(out, "");
        tb_csv_put(out, "");
        tb_csv_end_row(out);
    }
    out->failed |= key.failed;
    tb_buf_release(&key);
    tb_map_free(rows);
    return 0;
}

int tb_moves_csv(const struct tb_moves *moves, struct tb_buf *out, struct tb_error *err)
{
    struct work work = { .moves = moves, .out = out, .push = calloc(MOST_MOVED, sizeof *work.push) };
    int rc = work.push ? 0 : -1;

    for (int run = 0; run < 2 && rc == 0; run++) {
        work.parts[run] = tb_moves_index(moves->parts[run], "group", "unit");
        rc = work.parts[run] ? 0 : -1;
    }
    if (rc < 0)
        tb_error_set(err, "out of memory");
    tb_buf_puts(out, head);
    for (size_t i = 0; rc == 0 && i < tb_cube_n_planes(moves->cube[0]); i++) {
        const struct tb_plane *plane = tb_cube_plane(moves->cube[0], i);
        if (plane->key.measure == TB_MEASURE_RANK && plane->axis == TB_AXIS_UNIT &&
            plane->key.of < TB_N_MEASURES)
            compare_ranking(&work, plane);
    }
    if (rc == 0)
        rc = compare_verdicts(&work, err);
    for (int run = 0; run < 2; run++)
        tb_map_free(work.parts[run]);
    free(work.push);
    return rc == 0 ? (tb_buf_ok(out, err) ? 0 : -1) : rc;
}
