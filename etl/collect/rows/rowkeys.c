/* rowkeys.c - each key once: observations that a file gives twice. */
#include "collect/rows/rows.h"

#include <string.h>

#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/size.h"

static size_t pack_key(const struct tb_observation *row, char key[16])
{
    memcpy(key, &row->unit, 4);
    memcpy(key + 4, &row->period, 4);
    memcpy(key + 8, &row->indicator, 2);
    key[10] = (char)row->measure;
    key[11] = (char)row->group;
    return 12;
}

static int note_repeat(struct tb_reading *r, const struct tb_observation *row, struct tb_error *err)
{
    char key[16];
    size_t len = pack_key(row, key);
    struct tb_repeat *grown =
        tb_grow(r->repeats, r->n_repeats, &r->repeats_capacity, sizeof *grown);

    if (grown)
        r->repeats = grown;
    if (!grown || (!r->repeat_of && !(r->repeat_of = tb_map_new())))
        return tb_error_set(err, "out of memory for repeated keys");
    int64_t place = tb_map_add(r->repeat_of, key, len, (int64_t)r->n_repeats);
    if (place == -2)
        return tb_error_set(err, "out of memory for repeated keys");
    if (place == (int64_t)r->n_repeats)
        r->repeats[r->n_repeats++] = (struct tb_repeat){ 0 };
    return 0;
}

/* The second reading's own: first one in, later ones held against it. */
static int compare_repeat(struct tb_reading *r, const struct tb_observation *row,
                          struct tb_repeat *before)
{
    char key[16];
    size_t len = pack_key(row, key);
    int64_t place = tb_map_get(r->repeat_of, key, len);
    const struct tb_decimal value = { row->value, row->scale };

    if (place < 0)
        return 1;
    struct tb_repeat *first = &r->repeats[place];
    if (!first->met) {
        *first = (struct tb_repeat){ true, row->status, value, row->line };
        return 1;
    }
    *before = *first;
    return first->status == row->status && tb_decimal_cmp(first->value, value) == 0 ? 0 : -2;
}

int tb_row_observe(struct tb_reading *r, const struct tb_observation *row, const char *comment,
                   struct tb_repeat *before, struct tb_error *err)
{
    enum tb_freq freq = r->profile->indicators[row->indicator].frequency;

    if (r->second) {
        int fresh = compare_repeat(r, row, before);
        if (fresh != 1)
            return fresh;
    } else {
        int met = tb_seen_mark(&r->seen, row);
        if (met < 0)
            return tb_error_set(err, "out of memory for the keys of a submission");
        if (met > 0)
            return note_repeat(r, row, err);
    }
    if (tb_segment_add(r->writer, row, comment, err) < 0)
        return -1;
    if (row->period != r->latest.index || freq != r->latest.freq) {
        r->latest = (struct tb_period){ freq, row->period };
        tb_periods_add(&r->summary->periods, r->latest);
        tb_stated_met(r, r->latest);
    }
    return 1;
}
