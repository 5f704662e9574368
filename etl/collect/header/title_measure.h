/* title_measure.h - what the lines above a table say of the measure: 累计, 同比增速, 环比.
 *
 * It counts for columns that say no measure themselves, unless another column does: below
 * `固定资产投资完成额及增速` the heads 投资 and 增速 share out what the title says.  A form that states a
 * measure goes before it, and a remark tells the difference.
 */
#ifndef TONGBAO_COLLECT_TITLE_MEASURE_H
#define TONGBAO_COLLECT_TITLE_MEASURE_H

#include <stdbool.h>

struct tb_buf;
struct tb_file_facts;
struct tb_plan;
struct tb_sample;

/* Sets title_measure and title_cumulated of the plan, when its title_uoms are known: 1.  -1 when
 * memory is out; 0 where a title speaks of a rate and of levels, and a column leaves open which it holds: then
 * *names (or NULL) says what was read. */
int tb_title_measure_read(struct tb_plan *plan, const struct tb_file_facts *facts,
                          const struct tb_sample *sample, struct tb_buf *names);
/* True for heads of a single month or quarter, 本月, 当月同比, also where the title speaks of a
 * span. */
bool tb_head_is_single(const char *head);

#endif
