/* consequence_place.c - places as the findings have them, and their neighbours. */
#include "analyse/verdict/consequence_place.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/findings.h"
#include "tongbao/buf.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"
#include "tongbao/table.h"

enum { MOST_NEIGHBOURS = 12 };

/* --- how sure --- */

static void put_key(const char *unit, const char *indicator, const char *group, struct tb_buf *key)
{
    tb_buf_clear(key);
    tb_buf_printf(key, "%s\n%s\n%s", unit, indicator, group);
}

static bool index_rows(struct tb_place_doubts *d)
{
    struct tb_buf key = TB_BUF_INIT;
    size_t n = tb_table_rows(d->table);
    bool ok = true;

    for (size_t i = n; ok && i-- > 0;) { /* backwards, so that chains run forwards */
        put_key(tb_table_get(d->table, i, "unit"), tb_table_get(d->table, i, "indicator"),
                tb_table_get(d->table, i, "group"), &key);
        int64_t slot = key.failed ? -1 : tb_map_get(d->first, tb_buf_text(&key), key.len);
        d->next[i] = SIZE_MAX;
        if (slot >= 0) { /* the map keeps the row added first: the last one; chain before it */
            d->next[i] = d->next[slot];
            d->next[slot] = i;
        } else {
            ok = !key.failed &&
                 tb_map_add(d->first, tb_buf_text(&key), key.len, (int64_t)i) == (int64_t)i;
        }
    }
    tb_buf_release(&key);
    return ok;
}

int tb_place_doubts_init(struct tb_place_doubts *d, const char *folder, struct tb_error *err)
{
    struct tb_diag diag = { 0 };
    char *path = tb_path("%s/rank_confidence.csv", folder);
    size_t bytes;

    *d = (struct tb_place_doubts){ 0 };
    if (!path)
        return tb_error_set(err, "out of memory");
    bool there = tb_fs_exists(path);
    d->table = there ? tb_table_read(path, NULL, &diag, err) : NULL;
    free(path);
    if (!there || !d->table)
        return there ? -1 : 0;
    d->first = tb_map_new();
    if (tb_size_mul(tb_table_rows(d->table) + 1, sizeof *d->next, &bytes))
        d->next = malloc(bytes);
    if (d->first && d->next && index_rows(d))
        return 0;
    tb_place_doubts_release(d);
    return tb_error_set(err, "out of memory for the confidence in places");
}

void tb_place_doubts_release(struct tb_place_doubts *d)
{
    tb_map_free(d->first);
    tb_table_free(d->table);
    free(d->next);
    *d = (struct tb_place_doubts){ 0 };
}

static bool turns_at(const struct tb_table *table, size_t row, const char *column,
                     const struct tb_rule_standing *standing)
{
    const char *text = tb_table_get(table, row, column);

    return *text && !tb_rule_standing_holds(standing, strtoll(text, NULL, 10));
}

bool tb_place_is_unsure(const struct tb_place_doubts *d, const struct tb_place_asked *asked)
{
    const struct tb_profile *profile = asked->ms->profile;
    const struct tb_rule_standing *s = asked->standing;
    struct tb_buf key = TB_BUF_INIT;
    bool unsure = false;

    if (!d->table)
        return false;
    put_key(profile->units[asked->unit].code,
            s->of == TB_MEASURE_SCORE ? "score" : profile->indicators[asked->indicator].code,
            profile->groups[s->group].code, &key);
    int64_t row = key.failed ? -1 : tb_map_get(d->first, tb_buf_text(&key), key.len);
    for (size_t i = row < 0 ? SIZE_MAX : (size_t)row; i != SIZE_MAX && !unsure; i = d->next[i]) {
        const char *low = s->bottom ? "bottom_p05" : "rank_p05";
        const char *high = s->bottom ? "bottom_p95" : "rank_p95";
        unsure = s->has_bound ? turns_at(d->table, i, low, s) || turns_at(d->table, i, high, s)
                              : strcmp(tb_table_get(d->table, i, low),
                                       tb_table_get(d->table, i, high)) != 0;
    }
    tb_buf_release(&key);
    return unsure;
}

/* --- the table --- */

static const struct tb_plane *plane_of(const struct tb_place_asked *asked, enum tb_measure measure)
{
    bool composite = asked->standing->of == TB_MEASURE_SCORE;
    struct tb_plane_key key = { composite ? TB_ALL_INDICATORS : (uint16_t)asked->indicator,
                                (uint8_t)measure, (uint8_t)asked->standing->of,
                                (uint8_t)asked->standing->group };

    return tb_cube_find(asked->ms->findings, key);
}

/* The place in a plane, 0 where there is none. */
static int64_t place_in(const struct tb_plane *plane, struct tb_period period, size_t unit,
                        bool *tied)
{
    struct tb_decimal place = { 0, 0 };
    uint8_t status = tb_plane_get(plane, period, unit, &place);

    if (tied)
        *tied = (status & TB_FLAG_TIED) != 0;
    return tb_status_has_value(status) ? place.units : 0;
}

static size_t n_ranked(const struct tb_place_asked *asked)
{
    bool composite = asked->standing->of == TB_MEASURE_SCORE;
    struct tb_plane_key key = { composite ? TB_ALL_INDICATORS : (uint16_t)asked->indicator,
                                TB_MEASURE_COUNT, (uint8_t)asked->standing->of, TB_NO_GROUP };
    struct tb_decimal count = { 0, 0 };

    if (!tb_status_has_value(tb_plane_get(tb_cube_find(asked->ms->findings, key), asked->period,
                                          (size_t)asked->standing->group, &count)))
        return 0;
    return (size_t)count.units;
}

bool tb_place_is_real(const struct tb_place_asked *asked)
{
    const struct tb_plane *ranks = plane_of(asked, TB_MEASURE_RANK);
    int64_t rank, bottom;

    if (!ranks) /* ranked by what the findings have no places of: the rule knows */
        return true;
    rank = place_in(ranks, asked->period, asked->unit, NULL);
    bottom = place_in(plane_of(asked, TB_MEASURE_BOTTOM), asked->period, asked->unit, NULL);
    if (rank != 1)
        return true;
    return n_ranked(asked) != 1 && bottom != 1 && !asked->standing->bottom;
}

bool tb_place_is_tied(const struct tb_place_asked *asked)
{
    bool tied = false;

    (void)place_in(plane_of(asked, TB_MEASURE_RANK), asked->period, asked->unit, &tied);
    return tied;
}

static void put_neighbour(const struct tb_place_asked *asked, size_t unit, int64_t rank, bool tied,
                          struct tb_buf *out)
{
    const struct tb_profile *profile = asked->ms->profile;
    enum tb_measure of = asked->standing->of;
    char text[TB_DECIMAL_TEXT] = "";
    struct tb_decimal printed;

    if (of == TB_MEASURE_SCORE) {
        struct tb_plane_key key = { TB_ALL_INDICATORS, TB_MEASURE_SCORE, TB_N_MEASURES,
                                    (uint8_t)asked->standing->group };
        if (tb_status_has_value(tb_plane_get(tb_cube_find(asked->ms->findings, key), asked->period,
                                             unit, &printed)))
            tb_decimal_format(printed, text);
    } else {
        struct tb_measured exact =
            tb_measures_get(asked->ms, of, asked->indicator, unit, asked->period);
        if (tb_findings_printed(asked->ms, of, asked->indicator, unit, asked->period, &exact,
                                &printed))
            tb_decimal_format(printed, text);
    }
    tb_buf_printf(out, "%s%lld%s %s%s%s", out->len ? "; " : "", (long long)rank, tied ? "=" : "",
                  profile->units[unit].code, *text ? " " : "", text);
}

void tb_place_neighbours(const struct tb_place_asked *asked, struct tb_buf *out)
{
    const struct tb_group *g = &asked->ms->profile->groups[asked->standing->group];
    const struct tb_plane *ranks = plane_of(asked, TB_MEASURE_RANK);
    int64_t own = ranks ? place_in(ranks, asked->period, asked->unit, NULL) : 0;
    int64_t better = 0, worse = INT64_MAX;
    size_t n = 0;

    if (own <= 0)
        return;
    for (size_t m = 0; m < g->n_members; m++) {
        int64_t rank = place_in(ranks, asked->period, g->member[m], NULL);
        if (rank > better && rank < own)
            better = rank;
        if (rank > own && rank < worse)
            worse = rank;
    }
    int64_t wanted[] = { better, own, worse };
    for (size_t w = 0; w < 3; w++)
        for (size_t m = 0; m < g->n_members && n < MOST_NEIGHBOURS; m++) {
            bool tied;
            int64_t rank = place_in(ranks, asked->period, g->member[m], &tied);
            if (rank == 0 || rank != wanted[w])
                continue;
            put_neighbour(asked, g->member[m], rank, tied, out);
            n++;
        }
}
