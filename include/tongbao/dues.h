/* dues.h - what became of every value that is due for a period, and who owes it:
 * completeness and timeliness (methods note, section 12).
 *
 * A cell is a unit and an indicator.  What is expected, expected.h says; a waiver
 * takes it out.  A cell is in when something was submitted for it, be it too late for
 * its round (left_out), or when who usually sends it has sent a nil return of that form.  Who owes it is whoever
 * sent it last: a sender and a form, here a party.
 *
 * Nothing here knows what day it is: a cell that is not in is missing once its
 * due day is over and awaited until then, which is for the reader to say.
 */
#ifndef TONGBAO_DUES_H
#define TONGBAO_DUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/date.h"
#include "tongbao/period.h"

struct tb_cube;
struct tb_error;
struct tb_profile;
struct tb_table;

enum tb_due_state {
    TB_DUE_NONE,   /* nothing is expected */
    TB_DUE_NOT_COLLECTED, /* nobody collects it for this period: January of a joint figure */
    TB_DUE_WAIVED, /* it would be, but for waivers.csv, and is not in */
    TB_DUE_OPEN,   /* not in */
    TB_DUE_NIL,    /* confirmed: nothing to report, or the value cannot exist */
    TB_DUE_IN,
};

struct tb_due_cell {
    uint8_t state;     /* enum tb_due_state */
    bool timed;        /* when it came is known, and there is a due day */
    bool left_out;     /* it came after its round had closed: in, but in no figure of this run */
    bool waived;       /* nothing would have been expected, but it is in */
    int32_t days_late; /* working days; 0 in time */
    tb_day due;        /* the day until which it is in time, or TB_DAY_NONE */
    int32_t party;     /* who sent it, or who sent it last; -1 unknown */
};

/* A sender and the form that it sends. */
struct tb_due_party {
    const char *sender, *form; /* as in submissions.csv; borrowed from it */
    int32_t form_row;          /* of forms.csv, or -1 */
    size_t n_sent;             /* submissions of the period that count */
    int32_t first;             /* row of submissions.csv of the first of them, or -1 */
    size_t n_refused;          /* and those of which nothing was taken */
};

/* A line of the account. */
struct tb_due_count {
    size_t expected; /* waived ones apart */
    size_t waived;   /* of these nothing was expected, whether in or not */
    size_t not_collected; /* nor of these, by anybody */
    size_t received; /* of the expected: in or nil */
    size_t on_time, late;
    size_t nil;      /* of the received */
    size_t open;     /* expected - received */
    int64_t days_late; /* working days of the late, summed */
};

struct tb_dues; /* opaque */

/* Of one period in the profile's frequency.  `submissions` and `sources` are the
 * tables of collect and process; both may be NULL, then nobody's nil return or
 * debt is known.  All are borrowed.  NULL with *err filled. */
struct tb_dues *tb_dues_new(const struct tb_profile *profile, const struct tb_cube *cube,
                            const struct tb_table *submissions, const struct tb_table *sources,
                            struct tb_period period, struct tb_error *err);
void tb_dues_free(struct tb_dues *dues);

const struct tb_due_cell *tb_dues_cell(const struct tb_dues *dues, size_t unit, size_t indicator);
/* The day until which the indicator is in time whoever sends it, or TB_DAY_NONE. */
tb_day tb_dues_day(const struct tb_dues *dues, size_t indicator);
size_t tb_dues_n_parties(const struct tb_dues *dues);
const struct tb_due_party *tb_dues_party(const struct tb_dues *dues, size_t party);

/* Adds a cell to an account. */
void tb_due_count_add(struct tb_due_count *count, const struct tb_due_cell *cell);
/* "91.7": percent with one decimal, or "" of nothing. */
enum { TB_RATE_TEXT = 32 };
void tb_due_rate(char out[TB_RATE_TEXT], size_t part, size_t whole);
/* Mean working days late of what came at a known time, in time ones as 0: "0.4". */
void tb_due_mean_days(char out[TB_RATE_TEXT], const struct tb_due_count *count);

#endif
