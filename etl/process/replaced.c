/* replaced.c - counts, by pairs of files, values that another file changed or took back. */
#include "process/replaced.h"

#include <stdlib.h>
#include <string.h>

#include "process/sources.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/map.h"
#include "tongbao/period.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"

/* A correction comes under the name that its sender used before. */
static bool is_expected(const struct tb_source *by, const struct tb_source *of)
{
    return by == of || (strcmp(by->name, of->name) == 0 && strcmp(by->sender, of->sender) == 0);
}

/* The place of the pair, a new one where there is none; NULL out of memory. */
static struct tb_replacement *place_of(struct tb_replaced *replaced, const struct tb_source *by,
                                       const struct tb_source *of)
{
    char key[2 * sizeof by->arrival];

    if (replaced->n > 0 && replaced->item[replaced->last].by == by &&
        replaced->item[replaced->last].of == of)
        return &replaced->item[replaced->last];
    struct tb_replacement *grown =
        tb_grow(replaced->item, replaced->n, &replaced->capacity, sizeof *grown);
    if (grown)
        replaced->item = grown;
    if (!grown || (!replaced->places && !(replaced->places = tb_map_new())))
        return NULL;
    memcpy(key, &by->arrival, sizeof by->arrival);
    memcpy(key + sizeof by->arrival, &of->arrival, sizeof of->arrival);
    int64_t at = tb_map_add(replaced->places, key, sizeof key, (int64_t)replaced->n);
    if (at < 0)
        return NULL;
    replaced->last = (size_t)at;
    if (replaced->last == replaced->n)
        replaced->item[replaced->n++] = (struct tb_replacement){ .by = by, .of = of };
    return &replaced->item[replaced->last];
}

void tb_replaced_note(struct tb_replaced *replaced, const struct tb_source *by,
                      const struct tb_source *of, const struct tb_observation *row)
{
    if (!by || !of || !by->segment || !of->segment || is_expected(by, of))
        return;
    struct tb_replacement *pair = place_of(replaced, by, of);
    if (!pair) {
        replaced->failed = true;
        return;
    }
    if (pair->n_values++ == 0) {
        pair->unit = row->unit;
        pair->indicator = row->indicator;
        pair->period = row->period;
    }
}

static void put_file(const struct tb_source *source, struct tb_buf *out)
{
    tb_csv_put_int(out, source->arrival);
    tb_csv_put(out, source->received);
    tb_csv_put(out, source->sender);
    tb_csv_put(out, source->name);
}

void tb_replaced_put(const struct tb_replaced *replaced, const struct tb_profile *profile,
                     struct tb_buf *out)
{
    for (size_t i = 0; i < replaced->n; i++) {
        const struct tb_replacement *pair = &replaced->item[i];
        const struct tb_indicator *of = &profile->indicators[pair->indicator];
        char period[TB_PERIOD_TEXT];
        tb_period_format((struct tb_period){ of->frequency, pair->period }, period);
        put_file(pair->by, out);
        put_file(pair->of, out);
        tb_csv_put_int(out, (int64_t)pair->n_values);
        tb_csv_put(out, profile->units[pair->unit].code);
        tb_csv_put(out, of->code);
        tb_csv_put(out, period);
        tb_csv_end_row(out);
    }
    out->failed |= replaced->failed;
}

void tb_replaced_release(struct tb_replaced *replaced)
{
    tb_map_free(replaced->places);
    free(replaced->item);
    *replaced = (struct tb_replaced){ 0 };
}
