/* chart_bars.h - ranked bars between those who find the rows (chart_bars_rows.c)
 * and those who draw them (chart_bars.c).
 */
#ifndef TONGBAO_DISSEMINATE_CHART_BARS_H
#define TONGBAO_DISSEMINATE_CHART_BARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "disseminate/chart/chart_style.h"
#include "disseminate/chart/chart_words.h"
#include "disseminate/report.h"

/* Of a large group the best and the worst are shown. */
enum { TB_BARS_GAP = -1, TB_BARS_BEST = 10, TB_BARS_WORST = 15 };

struct tb_bar {
    uint32_t unit;
    struct tb_figure figure;
    struct tb_standing standing;
};

struct tb_bars {
    struct tb_topic topic;
    struct tb_picture *p;
    const char *lang;
    bool zh;
    struct tb_bar *row; /* those shown first: ranked by place, then not ranked */
    size_t n, n_ranked, n_behind, n_missing, n_left_out;
    int32_t *slot; /* rows from the top; TB_BARS_GAP: units left out */
    size_t n_slots;
    bool has_target;
    struct tb_decimal target;
    struct tb_frame frame;
    double row_height, font, names, values, places;
};

/* Fills row and the counts; false when fewer than two are ranked or memory is out (then
 * p->body.failed).  The caller frees row and slot. */
bool tb_bars_gather(struct tb_bars *bars);
/* Fills slot: all rows, or the best and the worst with the subject between them. */
void tb_bars_choose(struct tb_bars *bars);
int tb_bars_colour(const struct tb_bars *bars, const struct tb_bar *bar);
/* How many places count as the last: the last three of five are no minority. */
uint32_t tb_bars_last_places(const struct tb_bars *bars);

#endif
