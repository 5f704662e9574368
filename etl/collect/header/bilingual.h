/* bilingual.h - heads in two languages: `地区,投资` over `Region,Investment`. */
#ifndef TONGBAO_COLLECT_BILINGUAL_H
#define TONGBAO_COLLECT_BILINGUAL_H

#include <stddef.h>

struct tb_planner;

enum tb_bilingual {
    TB_BILINGUAL_NOT,      /* the row is something else: another level of heads, data */
    TB_BILINGUAL_SAME,     /* it says what the row above says */
    TB_BILINGUAL_OTHERWISE /* it is such a row, but says something else of a column */
};

/* What the row `lower` of the sample is to the row `upper`.  OTHERWISE: *column is the first
 * that the two rows head differently. */
enum tb_bilingual tb_bilingual_rows(const struct tb_planner *planner, size_t upper, size_t lower,
                                    size_t *column);
/* The one of two heads of a column that means something; the upper where both or none do. */
const char *tb_bilingual_pick(const struct tb_planner *planner, const char *upper,
                              const char *lower);

#endif
