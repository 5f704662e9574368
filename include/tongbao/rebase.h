/* rebase.h - changes of the base year of an index or of constant prices (bases.csv).
 *
 * Figures on two bases are two series: none is compared with the other unless an
 * overlap says how they are linked (IMF, Quarterly National Accounts Manual, 2017,
 * chapter 8).
 */
#ifndef TONGBAO_REBASE_H
#define TONGBAO_REBASE_H

#include <stdbool.h>
#include <stdint.h>
#include "tongbao/period.h"
#include "tongbao/rational.h"

struct tb_rebase {
    struct tb_period from;   /* first period on the new base, in the indicator's frequency */
    const char *base;        /* what the base is called: "2020", "2020=100" */
    bool is_linked;          /* an overlap was supplied */
    struct tb_rational link; /* what an earlier figure is multiplied by: new / old of the overlap */
    const char *note;
    uint32_t line;
};

#endif
