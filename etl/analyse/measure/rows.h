/* rows.h - a measure of all units in one period, the ordinary ones by the short way.
 *
 * Nearly every measure is one cell of the cube or two cells of one plane: the
 * level and what it is compared with.  Which two, and whether the indicator has
 * anything out of the ordinary (a formula, submitted bases, a base below which
 * nothing is ranked, another base year), is the same for all units, and is looked
 * up once for the row.  A cell that is unusual itself - imputed, held, too large, of
 * a unit that changed, has a break or was not there yet - is asked for the long way
 * (measures.h).  Both ways give the same numbers: tests/unit/test_rows.c.
 */
#ifndef TONGBAO_ANALYSE_ROWS_H
#define TONGBAO_ANALYSE_ROWS_H

#include "analyse/measure/measures.h"

struct tb_group;

/* How the number is made of the two cells x and b. */
enum tb_row_shape {
    TB_ROW_UNUSUAL,    /* each cell the long way */
    TB_ROW_CELL,       /* x */
    TB_ROW_RATE,       /* 100 (x - b) / b; b is a row of its own */
    TB_ROW_DIFFERENCE, /* x - b */
    TB_ROW_SHARE,      /* 100 x / x of the unit above */
};

/* The cells of one measure in one period.  Rows that the cube has not are NULL. */
struct tb_row {
    const struct tb_measures *ms;
    enum tb_measure measure;
    size_t indicator;
    struct tb_period period;
    enum tb_row_shape shape;
    const int64_t *x, *b, *published; /* [n_units] */
    const uint8_t *x_status, *b_status, *published_status;
    int64_t den;           /* of x and b */
    int64_t published_den; /* of the published rate, which goes before a computed one */
    uint8_t method;        /* bits of the status of a computed rate */
    bool incomparable;     /* the joint January-February stands on one side */
    bool adds_up;          /* a share of the unit above has a meaning */
    tb_day since;          /* units that are there, unchanged, from then on are ordinary */
    const uint8_t *broken; /* [n_units] 1: the unit's series has a break somewhere; or NULL */
};

void tb_row_init(struct tb_row *row, const struct tb_measures *ms, enum tb_measure measure,
                 size_t indicator, struct tb_period period);
/* What tb_measures_get says of the unit. */
void tb_row_get(const struct tb_row *row, size_t unit, struct tb_measured *out);

/* Where the numbers of a row are printed: a period of a plane that is all zero. */
struct tb_row_printing {
    int64_t *value;  /* [n_units] */
    uint8_t *status; /* [n_units] */
    uint32_t *odd;   /* [n_units] */
    uint32_t n_units;
    int64_t factor;  /* 10^digits after the point */
    enum tb_round_mode mode;
};
/* Writes the printed number of each ordinary unit, or the letter of why there is none, and
 * puts the other units into odd[]: those are asked for and printed one by one.  Returns how
 * many they are. */
size_t tb_row_print(const struct tb_row *row, const struct tb_row_printing *to);
/* The letter of a cell that holds no number. */
uint8_t tb_row_absent_letter(enum tb_measure measure, const struct tb_measured *exact);

/* Sums over the members of a group that exist in the period: of an amount all that
 * are known, of a rate those of which both sides are. */
struct tb_row_sums {
    struct tb_rational above, below; /* of x and of b */
    size_t n, n_open;                /* members in the sums, and members */
    bool provisional;
};
/* False when a member or the row is unusual, or a sum does not fit. */
bool tb_row_add_up(const struct tb_row *row, const struct tb_group *group, size_t without,
                   struct tb_row_sums *out);

#endif
