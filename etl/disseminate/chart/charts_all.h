/* charts_all.h - the kinds of charts: each fills one picture.
 *
 * Every function returns 1 when there is a picture, 0 when there is nothing to
 * show.  *picture starts zeroed but for its name; the caller looks at
 * tb_picture_ok afterwards and releases it.
 */
#ifndef TONGBAO_DISSEMINATE_CHARTS_ALL_H
#define TONGBAO_DISSEMINATE_CHARTS_ALL_H

#include <stddef.h>
#include "disseminate/chart/chart_style.h"
#include "disseminate/report.h"

/* Units of the group ranked by the indicator's headline (chart_bars.c). */
int tb_chart_bars(const struct tb_report *report, size_t indicator, size_t group,
                  struct tb_picture *picture);

/* A unit, or with TB_NONE the one that is last in the group, against its peers
 * over the months of the profile (chart_trend.c). */
int tb_chart_trend(const struct tb_report *report, size_t indicator, size_t group, int32_t unit,
                   struct tb_picture *picture);

/* Units of the group by indicators (chart_heat.c).  Cells are verdicts where most units
 * have some, else the place against peers.  A picture holds at most
 * TB_HEAT_COLUMNS indicators; `part` counts from 0 and *parts is how many there are. */
enum { TB_HEAT_COLUMNS = 14 };
int tb_chart_heat(const struct tb_report *report, size_t group, size_t part, size_t *parts,
                  struct tb_picture *picture);

#endif
