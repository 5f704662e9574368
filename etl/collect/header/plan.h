/* plan.h - how the rows of one submission become observations: which column is
 * what, and what the whole file says.
 *
 * header.c makes a plan from a form and the first rows of a file; rows.c
 * follows it.  The three layouts differ only in their plans: what a column does
 * not say of a cell (unit, period, indicator, measure), the row or the file says.
 */
#ifndef TONGBAO_COLLECT_PLAN_H
#define TONGBAO_COLLECT_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "collect/receipt/reject.h"
#include "tongbao/arena.h"
#include "tongbao/profile.h"
#include "tongbao/uom.h"

/* What a column is, apart from the columns of values. */
enum tb_role {
    TB_ROLE_UNIT,
    TB_ROLE_PERIOD,
    TB_ROLE_INDICATOR,
    TB_ROLE_MEASURE,
    TB_ROLE_UNIT_MEASURE,
    TB_ROLE_UNIT_MULT,
    TB_ROLE_STATUS,
    TB_ROLE_COMMENT,
    TB_ROLE_QUALIFIER,
    TB_ROLE_ACTION,
    TB_N_ROLES,
};

/* What a head, or a head with its qualifier, means. */
struct tb_meaning {
    int32_t indicator;        /* row, or TB_NONE: the row or the file says */
    int measure;              /* enum tb_measure, or -1: the row or the form says */
    int32_t group;            /* of a given rank, or TB_NONE */
    const char *unit_measure; /* NULL: the row, the form or the indicator says */
    bool listed;              /* the form gives the head this meaning */
};

/* A column of values. */
struct tb_value_column {
    size_t column; /* place in the record, from 0 */
    const char *head;
    struct tb_meaning meaning;
    bool qualified; /* its meaning depends on the row's qualifier */
    bool has_period;
    struct tb_period_read period;
    bool single;    /* its head or place says one month or quarter: 本月 */
    bool by_place;  /* moved, and the only one of its kind */
    bool moved;     /* only its place says that it is of a span */
    bool of_task;   /* 完成情况: says how far a task is, and nothing of other indicators */
    bool has_twin;  /* plan->twin has columns that mean the same */
    bool has_unit;
    int64_t unit; /* row, or a former name as the coder has it */
};

/* A column that means the same as one of values, and is only held against it. */
struct tb_twin {
    size_t first, column; /* places in the record */
};

/* Each column of values says of which unit it is.  Greater than any code of a unit. */
enum { TB_UNIT_OF_COLUMN = INT32_MAX };

enum { TB_TITLE_UOMS_MAX = 8 };

/* A unit of measure that the lines above a table state. */
struct tb_title_uom {
    const char *text; /* 亿元、万元 where both were said: then neither can be meant */
    struct tb_uom uom;
    bool aside; /* not said of this table as a whole: it counts for its dimension only */
};

struct tb_title_uoms {
    struct tb_title_uom item[TB_TITLE_UOMS_MAX];
    size_t n;
};

struct tb_plan {
    struct tb_arena arena;
    const struct tb_form *form;
    const char *file_name, *sender;
    int role[TB_N_ROLES];      /* column, or -1 */
    int second[TB_N_ROLES];    /* of units and indicators a column that names them, too, or -1 */
    bool says_more;            /* a column says measure, status, unit of measure, comment or action */
    struct tb_value_column *value;
    size_t n_values;
    struct tb_twin *twin;
    size_t n_twins;
    const char **head;         /* as in the header row, joined with _ where it has several */
    const char ***header_row;  /* the rows as they stand, each of n_heads cells */
    size_t n_header_rows;
    size_t n_heads;            /* up to the last that is not empty */
    size_t last_column;        /* the last that is used: a row must reach it */
    size_t narrow, wide;       /* cells of a sound row: those of the header, and of most rows below */
    size_t from, to;           /* columns of this table: the first, and behind the last */
    struct tb_plan *beside;    /* the next table side by side with it, or NULL; owned */
    const char *unclear;       /* a head that comes again, though what is below is no table */
    uint32_t header_line;      /* first and last line of the header */
    uint32_t header_end;
    int32_t unit;              /* of the whole file: row, TB_NONE or TB_UNIT_OF_COLUMN */
    int32_t indicator;         /* of the whole file: row, or TB_NONE */
    bool has_period;
    struct tb_period_read period; /* of the whole file */
    bool has_title_period, has_name_period;
    struct tb_period_read title_period; /* that titles state, whatever columns say */
    struct tb_period_read name_period;  /* that the name of the file states */
    bool by_section[TB_N_ROLES];  /* only section rows say it */
    int year;                     /* that titles or name speak of, or 0: for `5月` */
    struct tb_title_uoms title_uoms; /* `单位：万元、%` above the header */
    int title_measure;         /* that the titles say, or -1 */
    bool title_cumulated;      /* they say 累计, and no column does */
    const char *title_differs; /* a title that says another measure than the form; NULL: none */
    bool converted;            /* a converter wrote the text */
    struct tb_rejects problems;/* columns that were not taken */
};

void tb_plan_release(struct tb_plan *plan);
/* Whether numbers are written 1.234,5: as the form says of texts that people
 * write; a converter always writes a point. */
bool tb_plan_decimal_comma(const struct tb_plan *plan);

#endif
