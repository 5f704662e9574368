/* chart_trend.h - a trend between its parts: points (chart_trend.c), axes
 * (chart_trend_axis.c) and words (chart_trend_words.c).
 */
#ifndef TONGBAO_DISSEMINATE_CHART_TREND_H
#define TONGBAO_DISSEMINATE_CHART_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include "disseminate/chart/chart_style.h"
#include "disseminate/chart/chart_words.h"
#include "disseminate/report.h"

struct tb_trend_point {
    struct tb_period period;
    struct tb_figure unit, peer, q1, q3;
};

struct tb_trend {
    struct tb_topic topic;
    struct tb_picture *p;
    const char *lang;
    bool zh;
    size_t unit;
    struct tb_trend_point *point;
    size_t n;
    bool has_target, has_band;
    struct tb_decimal target;
    struct tb_frame frame;
    double step; /* between ticks */
};

/* Sets what the frame's edges mean, and the step between ticks. */
void tb_trend_find_axis(struct tb_trend *trend);
double tb_trend_widest_tick(const struct tb_trend *trend); /* pixels */
void tb_trend_draw_y(struct tb_trend *trend);
void tb_trend_draw_x(struct tb_trend *trend);

void tb_trend_title(const struct tb_trend *trend, struct tb_buf *out, const char *lang);
void tb_trend_alt(const struct tb_trend *trend, struct tb_buf *out, const char *lang);
void tb_trend_subtitle(const struct tb_trend *trend, struct tb_buf *out);

#endif
