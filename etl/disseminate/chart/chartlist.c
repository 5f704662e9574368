/* chartlist.c - the list of charts made: kept by whoever draws, read by whoever
 * sets a page. */
#include "disseminate/chart/charts.h"

#include <stdlib.h>

#include "tongbao/error.h"
#include "tongbao/size.h"

enum { ANY = -2 };

static const char *keep(struct tb_arena *arena, const char *text)
{
    return tb_arena_strdup(arena, text ? text : "");
}

int tb_charts_add(struct tb_charts *charts, const struct tb_chart *chart, struct tb_error *err)
{
    struct tb_chart copy = *chart;
    struct tb_chart *grown = tb_grow(charts->item, charts->n, &charts->capacity, sizeof *grown);

    if (!grown)
        return tb_error_set(err, "no memory for the list of charts");
    charts->item = grown;
    copy.name = keep(&charts->arena, chart->name);
    copy.title_zh = keep(&charts->arena, chart->title_zh);
    copy.title_en = keep(&charts->arena, chart->title_en);
    copy.alt_zh = keep(&charts->arena, chart->alt_zh);
    copy.alt_en = keep(&charts->arena, chart->alt_en);
    if (!copy.name || !copy.title_zh || !copy.title_en || !copy.alt_zh || !copy.alt_en)
        return tb_error_set(err, "no memory for the list of charts");
    charts->item[charts->n++] = copy;
    return 0;
}

void tb_charts_release(struct tb_charts *charts)
{
    tb_arena_release(&charts->arena);
    free(charts->item);
    free(charts->notes);
    *charts = (struct tb_charts){ 0 };
}

const struct tb_chart *tb_charts_find(const struct tb_charts *charts, enum tb_chart_kind kind,
                                      int32_t indicator, int32_t unit)
{
    for (size_t i = 0; i < charts->n; i++) {
        const struct tb_chart *c = &charts->item[i];
        if (c->kind == kind && (indicator == ANY || c->indicator == indicator) &&
            (unit == ANY || c->unit == unit))
            return c;
    }
    return NULL;
}
