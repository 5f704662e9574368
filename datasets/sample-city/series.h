/* series.h - the invented figures of the sample city: every series, place and
 * month, before anybody writes them into a submission.
 *
 * All arithmetic is in whole numbers, and chance comes from a hash of (seed,
 * series, place, month), so that the figures are the same on every machine and
 * do not depend on the order in which they are made.
 */
#ifndef SAMPLE_CITY_SERIES_H
#define SAMPLE_CITY_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PROVINCE,
    CITY,
    FIRST_COUNTY,
    SUBJECT = FIRST_COUNTY, /* the district whose bulletin it is */
    N_COUNTIES = 12,
    FIRST_TOWN = FIRST_COUNTY + N_COUNTIES,
    N_TOWNS = 12,
    N_PLACES = FIRST_TOWN + N_TOWNS,
};

enum {
    FIRST_YEAR = 2020,       /* made, so that 2021 has a year before it; not submitted */
    FIRST_SUBMITTED = 12,    /* months count from January 2020: January 2021 */
    N_MONTHS = 42,           /* up to June 2023 */
};

/* How a series moves, and whose it is. */
enum series_kind {
    COUNTY_FLOW,  /* counties, city as their sum, province apart */
    COUNTY_PER_HEAD, /* a flow per resident: the city is no sum */
    COUNTY_EVENTS, /* small counts */
    COUNTY_RATE,  /* a level that wanders; the city is the mean */
    COUNTY_STOCK, /* compounding level; city as sum */
    COUNTY_GROWTH, /* only the growth is published: tenths of a percent */
    TOWN_FLOW,    /* townships add up to the district */
    TOWN_RATE,    /* townships, the district as mean */
    SUBJECT_FLOW, /* the subject district alone */
    SUBJECT_LEVEL,
};

struct series {
    const char *code, *name; /* as indicators.csv has it, and the name that senders write */
    const char *unit_measure;
    enum series_kind kind;
    int decimals;      /* figures are in 10^-decimals of unit_measure */
    int64_t base;      /* flows: a month of the city (or district) in 2020; else the level */
    int growth;        /* per mille a year; levels: steps a month */
    int noise;         /* per mille of a figure; levels: of a step in figures */
    int season;        /* row of the seasons, 0 none */
    bool quarterly, joint; /* quarterly: only March, June ...; joint: no January */
    const char *sender;    /* department that reports a subject series */
};

struct place {
    const char *code, *name;
    int weight;        /* share of the city (towns: of the district), per mille */
};

extern const struct series series_table[];
extern const size_t n_series;
extern const struct place places[N_PLACES];

struct figures; /* every figure, once made */

struct figures *figures_new(void); /* NULL: no memory */
void figures_free(struct figures *figures);
/* A hash of its arguments: the only source of chance. */
uint64_t chance(uint64_t a, uint64_t b, uint64_t c);
size_t series_find(const char *code); /* must be there */
/* The figure of the month alone (levels: at its end). */
int64_t figure_month(const struct figures *f, size_t series, size_t place, int month);
/* Since January. */
int64_t figure_ytd(const struct figures *f, size_t series, size_t place, int month);
/* Growth of figure_ytd on the year before, in tenths of a percent, half up. */
int figure_ytd_growth(const struct figures *f, size_t series, size_t place, int month);

#endif
