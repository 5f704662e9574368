/* suspect.h - of a check that failed: which field is most likely wrong, and how.
 *
 * A field is looked at against what its own past lets expect: the same period of
 * the year before, carried on by its growth (that of its neighbours where its own
 * is not known), else its last values.  Neighbours are the units of one parent.
 * A hint, never a verdict: nothing is changed by it.
 */
#ifndef TONGBAO_PROCESS_SUSPECT_H
#define TONGBAO_PROCESS_SUSPECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_buf;
struct tb_plane;
struct tb_rule;
struct tb_work;

enum tb_cause {
    TB_CAUSE_NONE,       /* nothing better than that it is far off */
    TB_CAUSE_UNIT,       /* 10^3, 10^4 or 10^8 off: unit of measure */
    TB_CAUSE_COPIED,     /* the period before's number again */
    TB_CAUSE_SAME,       /* another unit's number */
    TB_CAUSE_ZERO,       /* 0 where there never is */
    TB_CAUSE_SIGN,       /* fits with the other sign */
    TB_CAUSE_POINT,      /* 10 or 100 off: decimal point */
    TB_CAUSE_SWAPPED,    /* fits another unit's past, and that one's number fits here */
    TB_CAUSE_TRANSPOSED, /* fits with two neighbouring digits exchanged */
    TB_N_CAUSES,
};

struct tb_suspect {
    const struct tb_plane *plane;
    size_t cell;
    int64_t value;        /* at the plane's scale, before it was held */
    enum tb_cause cause;
    int power;            /* of TB_CAUSE_UNIT and TB_CAUSE_POINT */
    uint32_t other;       /* unit of TB_CAUSE_SAME and TB_CAUSE_SWAPPED */
    int64_t instead;      /* of TB_CAUSE_SIGN and TB_CAUSE_TRANSPOSED, at the plane's scale */
    bool has_expected;
    double expected;
    double influence_pct; /* |value - expected| in percent of the neighbours' total */
};

/* `plane` and `cell` are what failed the rule for the indicator (of a quotient, a part). */
struct tb_suspect tb_suspect_find(const struct tb_work *work, const struct tb_rule *rule,
                                  size_t indicator, const struct tb_plane *plane, size_t cell);
/* The same without looking: the cell that failed, and nothing known of it. */
struct tb_suspect tb_suspect_plain(const struct tb_plane *plane, size_t cell);
const char *tb_cause_name(enum tb_cause cause); /* "unit_of_measure"; "" for none */
/* A sentence with the numbers, in "zh" or "en". */
void tb_suspect_hint(const struct tb_work *work, const struct tb_suspect *suspect,
                     const char *lang, struct tb_buf *out);

#endif
