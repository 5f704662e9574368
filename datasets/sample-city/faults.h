/* faults.h - the deliberate faults of the sample city.
 *
 * faults.csv beside this file lists each with the outcome that it must have;
 * the generator plants exactly those, and `sample-city --faults` prints which
 * file and line each went to, so that the two can be compared.
 */
#ifndef SAMPLE_CITY_FAULTS_H
#define SAMPLE_CITY_FAULTS_H

#include <stdbool.h>
#include <stddef.h>

struct paper;
struct tb_error;

enum fault_kind {
    FAULT_CELL,   /* cell `field` of line `line` becomes `text` */
    FAULT_LINE,   /* line `line` becomes `text` */
    FAULT_INSERT, /* `text` becomes line `line`, the rest moves down */
    FAULT_NUL,    /* a NUL byte at the end of line `line` */
    FAULT_LATE,   /* arrives `field` days later */
    FAULT_COPY,   /* the same bytes come again as file `text`, `field` days later */
    FAULT_CUT,    /* only the first `field` percent of the bytes arrive */
    FAULT_ABSENT, /* never handed in */
    FAULT_FILE,   /* a file that nobody asked for: `text`, on day `day` */
};

struct fault {
    const char *id, *sender, *name;
    enum fault_kind kind;
    unsigned line, field;
    const char *text;
    const char *day;  /* of FAULT_FILE: 2023-06-12 */
};

extern const struct fault faults[];
extern const size_t n_faults;

/* Plants what faults the paper's file has into its text and arrival.  Returns
 * -1 when a fault names a line or cell that is not there. */
int faults_plant(struct paper *paper, struct tb_error *err);
/* Hands the paper in as its faults say: whole, cut, twice or not at all. */
int faults_hand_in(const struct paper *paper, const char *inbox, struct tb_error *err);
/* The files that belong to no sender's round. */
int faults_hand_in_files(const char *inbox, struct tb_error *err);

#endif
