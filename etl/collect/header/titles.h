/* titles.h - which unit, indicator or period the lines above a table name.
 *
 * All names are looked for, not the first.  Of several these do not count:
 *   - a name within a longer one (投资 in 房地产开发投资), wherever both stand;
 *   - a unit or year that another lies within (邵阳市 beside 双清区, 2023年 beside 2023年5月);
 *   - of periods that end together the ones that are no span (5月 beside 1-5月);
 *   - months of printing and sending (2023年6月编).
 * Of what is left one counts when a label says it (填报单位：双清区), else when it is all that
 * a cell of the row nearest to the table says.  Otherwise it is not clear which is meant.
 */
#ifndef TONGBAO_COLLECT_TITLES_H
#define TONGBAO_COLLECT_TITLES_H

#include <stdbool.h>
#include <stdint.h>

#include "tongbao/period.h"

struct tb_buf;
struct tb_profile;
struct tb_sample;

enum tb_titles_say { TB_TITLES_NOTHING, TB_TITLES_ONE, TB_TITLES_SEVERAL };
enum tb_titles_of { TB_TITLES_UNIT, TB_TITLES_INDICATOR, TB_TITLES_PERIOD };

/* What is found: a row of the profile, or a period. */
struct tb_titles_found {
    int32_t row;
    struct tb_period_read period;
};

/* Of the rows of the sample above `header_line`.  `year` is that of spans such as 1-5月, or 0.
 * Of SEVERAL their names are put into *names, unless it is NULL. */
enum tb_titles_say tb_titles_look(const struct tb_profile *profile, const struct tb_sample *sample,
                                  uint32_t header_line, enum tb_titles_of of, int year,
                                  struct tb_titles_found *out, struct tb_buf *names);
/* The same of one text, the name of a file or of a folder. */
enum tb_titles_say tb_titles_look_into(const struct tb_profile *profile, const char *text,
                                       enum tb_titles_of of, struct tb_titles_found *out,
                                       struct tb_buf *names);
/* The one year that a text speaks of; 0: none; -1: several. */
int tb_titles_year_in(const char *text);

#endif
