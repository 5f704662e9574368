/* period_parts.h - a period taken apart, for the files of base that compute and write it. */
#ifndef TONGBAO_BASE_PERIOD_PARTS_H
#define TONGBAO_BASE_PERIOD_PARTS_H

#include "tongbao/period.h"

struct tb_period_parts {
    int year;  /* calendar year; of a week the one that its number counts in (ISO 8601) */
    int place; /* in that year, from 0 */
    int month; /* first month, 1..12; of a week that of its Thursday */
    int third; /* of that month, 0..2; 0 unless the frequency is ten days */
};

struct tb_period_parts tb_period_take_apart(struct tb_period period);

#endif
