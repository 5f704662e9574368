/* charts.h - the pictures of a period's reports.
 *
 * tb_charts_draw writes folder/<name>.svg (for pages), .png (for documents), .gp (the
 * script) and .tsv (the numbers) for each chart, and lists what it made.  Left out: bars of fewer than three ranked units; trends of what goes
 * well (no target behind, not among the last, no great loss of places) and of the
 * units below; heat maps of groups other than the two that the report is about.  A chart that cannot be drawn
 * is left out and counted; it never stops the others.  Without gnuplot none are
 * made and that is no error.  The texts of a picture are in the report's
 * language; titles and descriptions are kept in both, for the pages around it.
 *
 * Names are made from codes with tb_report_file_name, such as
 * "ranked-retail_sales", "trend-retail_sales", "heatmap-units", "bump-city",
 * "bullets-sq", "multiples-retail_sales".  A group other than the subject's and a
 * further part follow behind a dot ("ranked-town_output.townships", "heatmap-city.2").
 * Where a profile has several languages the name ends in that of the report (".zh"),
 * so that one folder holds the charts of all of them.
 */
#ifndef TONGBAO_DISSEMINATE_CHARTS_H
#define TONGBAO_DISSEMINATE_CHARTS_H

#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"

struct tb_error;
struct tb_report;

enum tb_chart_kind {
    TB_CHART_RANKED,    /* bars of units with mean and target, of one indicator */
    TB_CHART_TREND,     /* a unit against peers and target, of one indicator */
    TB_CHART_HEATMAP,   /* units x indicators in red, amber, green */
    TB_CHART_BUMP,      /* movement of places over twelve months */
    TB_CHART_BULLETS,   /* progress of annual tasks of one unit */
    TB_CHART_MULTIPLES, /* one indicator over all units */
    TB_CHART_FAN,       /* forecast */
};

struct tb_chart {
    const char *name; /* of its files, without folder and ending */
    enum tb_chart_kind kind;
    int32_t indicator;               /* row, or TB_NONE */
    int32_t unit;                    /* row, or TB_NONE: of no single unit */
    int32_t group;                   /* row, or TB_NONE */
    const char *title_zh, *title_en; /* says the finding */
    const char *alt_zh, *alt_en;     /* what a reader who cannot see it should know */
};

/* What was made, in the order in which a page shows it. */
struct tb_charts {
    struct tb_arena arena;
    struct tb_chart *item;
    size_t n, capacity;
    size_t n_failed; /* charts that should be there and are not */
    size_t n_beyond; /* charts of further indicators, left out because there are too many */
    char *notes;     /* for the log, a line each: which failed and why, a missing font; or NULL */
};

/* Draws every chart of the report into `folder`, which exists.  *made starts
 * zeroed.  -1 with *err filled only when memory or the folder fail. */
int tb_charts_draw(const struct tb_report *report, const char *folder, struct tb_charts *made,
                   struct tb_error *err);

/* --- the list (chartlist.c) --- */
/* Appends a copy of *chart, texts included; NULL texts become "".  -1: no memory. */
int tb_charts_add(struct tb_charts *charts, const struct tb_chart *chart, struct tb_error *err);
void tb_charts_release(struct tb_charts *charts);
/* The first chart of that kind with that indicator and unit (TB_NONE matches
 * only TB_NONE; -2 matches any), or NULL. */
const struct tb_chart *tb_charts_find(const struct tb_charts *charts, enum tb_chart_kind kind,
                                      int32_t indicator, int32_t unit);

#endif
