/* coder.h - texts of one submission -> codes of the profile, each text looked up once.
 *
 * A submission repeats few texts many times, and in turns: the last one is compared
 * first, then the one that came behind it before, then a dictionary of the texts as
 * they were sent; only a text that is new is folded, parsed and looked up in the profile.
 */
#ifndef TONGBAO_COLLECT_CODER_H
#define TONGBAO_COLLECT_CODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"
#include "tongbao/buf.h"
#include "tongbao/period.h"
#include "tongbao/uom.h"

struct tb_error;
struct tb_map;
struct tb_near_names;
struct tb_profile;

enum {
    TB_MEMO_UNKNOWN = 100000, /* texts that mean nothing, remembered at most */
    TB_NEAR_TEXTS = 2000,     /* different texts for which the nearest name is looked for */
};

/* A text as sent. */
struct tb_memo_text {
    const char *text;
    size_t len;
    int64_t code;
    size_t next;   /* place of the text that came behind it */
    bool of_which; /* it says 其中 */
};

/* One dictionary of texts as sent. */
struct tb_memo {
    struct tb_map *map; /* text -> place in text */
    struct tb_arena arena;
    struct tb_memo_text *text;
    size_t n, capacity;
    size_t last; /* place of the text last met */
};

/* The nearest known name of texts that are unknown. */
struct tb_near {
    struct tb_near_names *names; /* among which is looked */
    struct tb_map *map; /* text -> place in name */
    const char *name[TB_NEAR_TEXTS];
    size_t n;
};
typedef struct tb_near_names *tb_near_fn(const struct tb_profile *profile);

enum { TB_CODE_NONE = -1, TB_CODE_EMPTY = -2, TB_CODE_AMBIGUOUS = -3 };
enum { TB_CODE_GROUP = 256 }; /* of tb_code_measure */

struct tb_coder {
    const struct tb_profile *profile;
    struct tb_near *near_unit, *near_indicator; /* made when first asked */
    struct tb_memo unit, unit_of_row, indicator, period, measure, uom, status;
    struct tb_map *below;           /* parent and folded name -> unit; made when first asked */
    int year;                       /* of periods such as 5月, or 0 */
    struct tb_period_read *periods; /* the different ones met */
    size_t n_periods, periods_capacity;
    struct tb_uom *uoms;
    size_t n_uoms, uoms_capacity;
    struct tb_uom percent; /* what growth and shares are in */
    struct tb_buf scratch;
    bool failed; /* memory ran out: no code since then is to be believed */
};

int tb_coder_init(struct tb_coder *coder, const struct tb_profile *profile, struct tb_error *err);
void tb_coder_release(struct tb_coder *coder);

/* The year of periods such as 5月 from here on, 0: none. */
void tb_coder_set_year(struct tb_coder *coder, int year);
/* Each: a code from 0, or one of TB_CODE_... . */
/* A former name that held on some days only is n_units and its place among the former
 * names: the period of each cell says which unit it means. */
int64_t tb_code_unit_of_row(struct tb_coder *coder, const char *text, size_t len);
/* After a code from 0 of tb_code_unit_of_row: its text says that it is a part of another, 其中. */
bool tb_code_is_of_which(const struct tb_coder *coder);
int64_t tb_code_unit(struct tb_coder *coder, const char *text, size_t len);
/* The unit of that name below `parent`. */
int64_t tb_code_unit_below(struct tb_coder *coder, int32_t parent, const char *text, size_t len);
int64_t tb_code_indicator(struct tb_coder *coder, const char *text, size_t len);
int64_t tb_code_period(struct tb_coder *coder, const char *text, size_t len); /* of periods[] */
/* A measure; of a place among a group that is named, as rank(city), TB_CODE_GROUP times the group
 * from 1 is added. */
int64_t tb_code_measure(struct tb_coder *coder, const char *text, size_t len);
int64_t tb_code_uom(struct tb_coder *coder, const char *text, size_t len); /* of uoms[] */
int64_t tb_code_status(struct tb_coder *coder, const char *text, size_t len);

/* The nearest name, or NULL, each text looked up once: the search goes over all names, and
 * a large file may be wrong in every row.  Behind TB_NEAR_TEXTS different ones: NULL. */
const char *tb_code_near(struct tb_coder *coder, struct tb_near **near, tb_near_fn *among,
                         const char *text, size_t len);

/* Reads a text as a period without the dictionary. */
bool tb_read_period(const char *text, size_t len, struct tb_buf *scratch,
                    struct tb_period_read *out);

#endif
