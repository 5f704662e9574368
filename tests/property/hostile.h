/* hostile.h - random tables, written as people write them, and damaged.
 *
 * `hostile make` draws, from a seed and a number, a table of known values, a
 * shape that forms.csv can describe, an encoding and a way to write numbers; it
 * writes the file into an inbox and the form's row into the profile.  After
 * tongbao-collect has read it, `hostile check` draws the same again and
 * compares: undamaged, the observations are the table, no more and no less;
 * damaged, the account balances and no line that was left alone gives another
 * value than it had.
 */
#ifndef TONGBAO_TESTS_HOSTILE_H
#define TONGBAO_TESTS_HOSTILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/buf.h"
#include "tongbao/decimal.h"
#include "tongbao/observation.h"

/* --- chance --- */

struct rng {
    uint64_t state;
};

void rng_seed(struct rng *rng, uint64_t seed, uint64_t number);
uint64_t rng_next(struct rng *rng);
size_t rng_below(struct rng *rng, size_t n); /* 0 .. n - 1 */
bool rng_chance(struct rng *rng, unsigned percent);

/* --- the world: what the profile knows --- */

/* Which characters a text may use. */
enum charset { LATIN, SIMPLIFIED, TRADITIONAL, N_CHARSETS };

enum { N_UNITS = 10, N_INDICATORS = 8, N_UOMS = 4, N_MONTHS = 12 };

struct world_unit {
    const char *code, *name[N_CHARSETS];
};

/* A unit of measure: its name, and the power of ten by which a number in the
 * indicator's own unit of measure is multiplied to be in this one. */
struct world_uom {
    const char *name[N_CHARSETS];
    int power;
};

struct world_indicator {
    const char *code, *name[N_CHARSETS];
    const char *kind, *frequency;
    struct world_uom uom[N_UOMS]; /* the first is its own */
    size_t n_uoms;
};

extern const struct world_unit world_units[N_UNITS];
extern const struct world_indicator world_indicators[N_INDICATORS];
extern const struct world_uom world_percents[2];

/* Writes the tables that do not depend on the cases; -1 with a message. */
int world_write(const char *folder);

/* --- a table of known values --- */

enum { MAX_AXIS = 8 };

struct value {
    bool there;
    uint8_t status; /* enum tb_status; a kind of missing has no number */
    struct tb_decimal number;
};

struct axis {
    size_t n;
    int at[MAX_AXIS];
};

struct facts {
    bool quarterly, flagged; /* flagged: some numbers are provisional or estimated */
    int year;
    struct axis unit, indicator, measure, period; /* period: month or quarter from 0 */
    struct value cell[MAX_AXIS][MAX_AXIS][MAX_AXIS][MAX_AXIS]; /* [unit][indicator][measure][period] */
};

void facts_draw(struct rng *rng, struct facts *facts);

/* --- how it is written --- */

enum layout { LONG, INDICATORS_ACROSS, PERIODS_ACROSS, UNITS_ACROSS, N_LAYOUTS };
enum from { FROM_COLUMN, FROM_FILE, FROM_TITLE, FROM_CELL, FROM_FIXED };
enum said { UOM_OWN, UOM_BESIDE, UOM_IN_HEAD, UOM_IN_ROW, UOM_IN_FORM };

struct style {
    enum charset charset;
    enum layout layout;
    enum from unit_from, period_from, indicator_from;
    bool measure_column, status_column, comment_column, spans;
    enum said said;
    int uom[N_INDICATORS]; /* of each indicator: which of its units of measure */
    int percent;
    int names, periods;    /* codes, names or mixed; how a period is spelled */
    /* numbers */
    const char *thousands; /* "" for none */
    bool decimal_comma, marks, full_width, plus, brackets, bare_point, zeros, blanks;
    const char *minus;
    /* bytes */
    char delimiter, quote, escape; /* escape: NUL, a quote inside is doubled */
    const char *line_end, *encoding, *declared; /* declared: in the form's row, or NULL */
    bool bom, gzip, quote_all, final_newline;
    /* dirt */
    bool titles, blank_lines, totals, notes, header_again, serial;
};

void style_draw(struct rng *rng, const struct facts *facts, struct style *style);
/* The text of one value, in UTF-8. */
void number_write(struct rng *rng, const struct style *style, struct tb_decimal value,
                  struct tb_buf *out);
void period_write(const struct style *style, const struct facts *facts, int period,
                  struct tb_buf *out);

/* --- a file --- */

enum { MAX_COLUMNS = 72, MAX_LINES = 1200 };

struct grid {
    size_t n;
    struct {
        size_t n;
        char *cell[MAX_COLUMNS];
    } line[MAX_LINES];
    size_t header; /* place of the header's line */
};

struct hostile {
    struct rng rng;
    struct facts facts;
    struct style style;
    struct grid grid;
    struct tb_buf name;  /* of the file */
    struct tb_buf form;  /* its row of forms.csv */
    struct tb_buf bytes; /* as it should be, before gzip */
    struct tb_buf sent;  /* as it is sent, before gzip: damaged perhaps */
    bool damaged;
};

/* Case `number` of a seed; release it.  Damaged ones are every other one. */
struct hostile *hostile_draw(uint64_t seed, size_t number);
void hostile_free(struct hostile *hostile);

void grid_write(struct hostile *hostile);
void form_write(struct hostile *hostile, size_t number);
void bytes_write(struct hostile *hostile);
void damage(struct hostile *hostile);
/* The lines of a file: for each, start and length without its end. */
struct stretch {
    size_t start, len;
};
size_t lines_of(const struct hostile *hostile, const struct tb_buf *bytes, struct stretch **out);

/* Compares what was collected with what was drawn; the number of cases that fail. */
size_t hostile_check(const char *root, uint64_t seed, size_t n);

#endif
