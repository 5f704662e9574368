/* observation.h - one observation, in SDMX terms, and its code lists.
 *
 * What a submission says is turned by collect into observations; process puts
 * them into the cube.  A missing value is a status, never a number.
 */
#ifndef TONGBAO_OBSERVATION_H
#define TONGBAO_OBSERVATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* MEASURE: what is said of a unit and an indicator in a period.  The first
 * block can be submitted; the rest is computed.  The names that files and rules
 * use come from tb_measure_name. */
enum tb_measure {
    TB_MEASURE_VALUE,      /* value: of the period alone (当期) */
    TB_MEASURE_YTD,        /* ytd: since the start of the year (累计) */
    TB_MEASURE_GROWTH,     /* growth: on the same period of last year, percent (同比) */
    TB_MEASURE_YTD_GROWTH, /* ytd_growth: of the cumulated value, percent (累计同比) */
    TB_MEASURE_MOM,        /* mom: on the period before, percent (环比) */
    TB_MEASURE_BASE,       /* base: last year's value on comparable basis (上年同期可比) */
    TB_MEASURE_YTD_BASE,   /* ytd_base: the same of the cumulated value */
    TB_MEASURE_SHARE,      /* share: percent of a whole (占比) */
    /* Of milestones only (task_stage.h); all but stage also of events (event.h). */
    TB_MEASURE_STAGE,      /* stage: how far without a percentage, enum tb_task_stage (完成状态) */
    TB_MEASURE_DONE_ON,    /* done_on: day of completion, as the number YYYYMMDD (完成日期, 召开日期) */
    TB_MEASURE_EVIDENCE,   /* evidence: a text, the comment; the number stands for it (佐证) */
    TB_MEASURE_EXPLANATION,/* explanation: the same (进展说明) */
    TB_MEASURE_RANK,       /* rank: place in a group; as submitted: given by the upper level */
    TB_N_SUBMITTED,

    TB_MEASURE_CHANGE = TB_N_SUBMITTED, /* change: on the same period of last year, in points */
    TB_MEASURE_GROWTH_2Y,     /* growth_2y: mean of two years' growth, percent (两年平均) */
    TB_MEASURE_YTD_GROWTH_2Y, /* ytd_growth_2y: the same of ytd_growth */
    TB_MEASURE_LATE_DAYS,  /* late_days: of the first submission; <= 0 is on time */
    TB_MEASURE_RESUBMITTED,/* resubmitted: later vintages of the value */
    TB_MEASURE_STATE,      /* state: of verification, as verification.h has it */
    TB_MEASURE_PROGRESS,   /* progress: ytd / annual task, percent */
    TB_MEASURE_BOTTOM,     /* bottom: place counted from the worst */
    TB_MEASURE_MOVEMENT,   /* movement: last period's place - this period's; positive is up */
    TB_MEASURE_COUNT,      /* count: units ranked in the group */
    TB_MEASURE_AREA,       /* area: the group's own figure, submitted by or for its area */
    TB_MEASURE_POOLED,     /* pooled: the figure of the group taken as one */
    TB_MEASURE_MEAN,       /* mean: simple mean over the units of the group */
    TB_MEASURE_MEDIAN,
    TB_MEASURE_Q1,         /* lower quartile */
    TB_MEASURE_Q3,         /* upper quartile */
    TB_MEASURE_BEST,
    TB_MEASURE_WORST,
    TB_MEASURE_SCORE,      /* score: composite, 0..100 */
    TB_MEASURE_LAGGING,    /* lagging: indicators in which the unit stands at the bottom */
    TB_N_MEASURES,
};

/* OBS_STATUS (CL_OBS_STATUS 2.2), one per value. */
enum tb_status {
    TB_STATUS_NONE, /* no observation at all; in a segment: the key is taken back (ACTION D) */
    TB_STATUS_A, TB_STATUS_B, TB_STATUS_D, TB_STATUS_E, TB_STATUS_F, TB_STATUS_G, TB_STATUS_I,
    TB_STATUS_J, TB_STATUS_K, TB_STATUS_N, TB_STATUS_P, TB_STATUS_S, TB_STATUS_U, TB_STATUS_V,
    TB_STATUS_W,
    /* from here on there is no value: missing, with the reason */
    TB_STATUS_L, /* not collected 未报 */
    TB_STATUS_M, /* cannot exist 不适用 */
    TB_STATUS_O, /* missing, unspecified 缺失 */
    TB_STATUS_Q, /* suppressed 保密 */
    TB_STATUS_H, /* holiday */
    TB_N_STATUSES,
};

/* A status byte of a cell: one enum tb_status in the low five bits, flags above. */
enum {
    TB_STATUS_MASK = 0x1f,
    TB_FLAG_REVISED = 0x20, /* a later vintage replaced an earlier one; in findings: METHOD bit */
    TB_FLAG_CHECK = 0x40,   /* a check of severity warning failed; in findings: METHOD bit */
    TB_FLAG_TIED = 0x80,    /* of a rank: shared with another unit */
    TB_FLAG_IMPUTED = 0x80, /* of a cell without origin: estimated here, or made from such a one */
    TB_FLAG_CONVERTED = 0x80, /* of any other submitted measure: sent in another unit of measure */
};

/* How a growth rate of the findings was had: bits of the status byte there. */
enum tb_growth_method {
    TB_GROWTH_PUBLISHED = 0x20,  /* as submitted */
    TB_GROWTH_COMPARABLE = 0x40, /* from the submitted base */
    TB_GROWTH_COMPUTED = 0x60,   /* from last year's level */
    TB_GROWTH_METHOD_MASK = 0x60,
};

static inline bool tb_status_has_value(uint8_t status)
{
    unsigned s = status & TB_STATUS_MASK;
    return s != TB_STATUS_NONE && s < TB_STATUS_L;
}

/* Provisional, estimated, imputed, forecast or unvalidated: a verdict on it is provisional. */
static inline bool tb_status_is_provisional(uint8_t status)
{
    unsigned s = status & TB_STATUS_MASK;
    return s == TB_STATUS_P || s == TB_STATUS_E || s == TB_STATUS_I || s == TB_STATUS_F ||
           s == TB_STATUS_V;
}

enum { TB_NO_GROUP = 0xff };

/* One coded observation.  Codes are row numbers of the profile's tables. */
struct tb_observation {
    int64_t value;      /* in the indicator's unit of measure, times 10^scale; 0 if missing */
    uint32_t unit;      /* row of units.csv */
    int32_t period;     /* index in the indicator's own frequency (period.h) */
    uint32_t line;      /* in the file as sent, from 1 */
    uint32_t comment;   /* offset in the segment's comments; 0: none */
    uint16_t indicator; /* row of indicators.csv */
    uint16_t column;    /* character column in that line, from 1; 0 unknown */
    uint8_t measure;    /* enum tb_measure */
    uint8_t group;      /* of a given rank: row of groups.csv; else TB_NO_GROUP */
    int8_t scale;
    uint8_t status;     /* enum tb_status, and TB_FLAG_TIED or TB_FLAG_CONVERTED */
};

const char *tb_measure_name(enum tb_measure measure); /* "ytd_growth" */
/* True for evidence and explanation: the comment is what was said, and the number is
 * tb_text_number of it. */
static inline bool tb_measure_is_text(enum tb_measure measure)
{
    return measure == TB_MEASURE_EVIDENCE || measure == TB_MEASURE_EXPLANATION;
}
/* True for what is said of milestones alone. */
static inline bool tb_measure_is_of_task(enum tb_measure measure)
{
    return measure >= TB_MEASURE_STAGE && measure <= TB_MEASURE_EXPLANATION;
}
/* The measure of that name (English as above, or the Chinese words 当期 累计 同比
 * 累计同比 环比 ...), or -1. */
int tb_measure_find(const char *name, size_t len);
char tb_status_code(uint8_t status);     /* 'A' ..; ' ' for TB_STATUS_NONE */
int tb_status_find(const char *code);    /* enum tb_status of a one-letter code, or -1 */
/* Words for people: 未报 / not collected. */
const char *tb_status_text(uint8_t status, const char *lang);

#endif
