/* senders.h - who reports what, and in which shape: one function per form of
 * config/sample-city/forms.csv.
 */
#ifndef SAMPLE_CITY_SENDERS_H
#define SAMPLE_CITY_SENDERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "paper.h"
#include "series.h"

/* Writes what a sender hands in for one month into *paper, which the caller
 * releases; false when there is nothing to hand in, and then *paper is not touched. */
typedef bool sender_fn(const struct figures *figures, int month, size_t variant,
                       struct paper *paper);

struct sender {
    sender_fn *write;
    size_t n_variants; /* files a month: counties, departments */
};

extern const struct sender senders[];
extern const size_t n_senders;

/* Bureaus that report all counties (bureaus.c). */
sender_fn write_stats, write_commerce, write_fiscal, write_power, write_housing, write_finance;
/* Counties, townships and departments of themselves (returns.c). */
sender_fn write_county, write_towns, write_progress, write_places;

enum { N_DEPARTMENTS = 11 };
extern const char *const departments[N_DEPARTMENTS]; /* the variants of write_progress */

/* --- shared: months count from January 2020 --- */

int year_of(int month);
int month_of(int month); /* 1..12 */
/* "2023-05", "202305" and the like, by what stands between; returns text. */
const char *month_name(char *text, size_t size, const char *between, int month);
/* The name that was written for a place in that month. */
const char *name_of(size_t place, int month);
/* The moment at which file `who` of the month is handed in. */
int64_t arrival_of(int month, size_t who);
/* Whether the series is published for that month. */
bool due(const struct series *series, int month);

#endif
