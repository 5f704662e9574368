/* catalogue.h - figures for the targets of a catalogue, made from the catalogue's own fields.
 *
 * A catalogue row says in fields what the target demands (form, operator, threshold, basis,
 * period).  From these, and from nothing that reads rules, figures are made which meet the
 * target, and figures which just miss it.  The profile says only where they go: the target's
 * units and indicator, the indicator's kind, the members of a group.
 */
#ifndef TONGBAO_TEST_CATALOGUE_H
#define TONGBAO_TEST_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "tongbao/period.h"
#include "tongbao/table.h"

enum { MAX_NAMES = 16, MAX_UNITS = 96, NAME = 160 };

struct world { /* the tables of the profile, and where figures go */
    struct tb_table *catalogue, *targets, *indicators, *units, *groups;
    FILE *figures, *quotas, *cases, *expected;
    bool met; /* figures that meet the targets; else that just miss them */
};

struct row { /* one row of the catalogue and what the profile says of it */
    size_t at, target; /* row of the catalogue, of targets.csv */
    const char *id, *form, *operator, *threshold, *unit_measure, *basis, *peer_group, *plain;
    const char *rule; /* read for the names in it, never evaluated */
    char indicator[NAME];
    const char *kind;
    bool lower;                 /* lower is better */
    enum tb_freq frequency;
    int32_t start, end;         /* months: year * 12 + month - 1 */
    double number;              /* the threshold, where it begins with one */
    double step;                /* a small one beside it */
    char unit[MAX_UNITS][NAME]; /* whom it binds */
    size_t n_units;
};

/* world.c */
void world_open(struct world *world, const char *catalogue, const char *profile, const char *out);
void world_close(struct world *world);
const char *indicator_cell(const struct world *world, const char *code, const char *column);
/* Codes of a group of groups.csv, or `children` of a unit. */
size_t members(const struct world *world, const char *group, const char *unit,
               char code[MAX_UNITS][NAME]);
const char *area_of(const struct world *world, const char *group);
/* Names in [..] of the rule, each once; `(name` behind a function as named. */
size_t names_in_brackets(const char *rule, char name[MAX_NAMES][NAME]);
bool argument_of(const char *rule, const char *function, char name[NAME]);
/* The row, or false where the profile has no such target. */
bool row_read(const struct world *world, size_t at, struct row *row);

/* figures.c */
void put(struct world *world, const char *unit, const char *indicator, const char *measure,
         struct tb_period period, double number);
void put_word(struct world *world, const char *unit, const char *indicator, struct tb_period period,
              const char *word);
void put_text(struct world *world, const char *unit, const char *indicator, const char *measure,
             struct tb_period period, const char *said);
struct tb_period period_of(const struct row *row, int32_t month);
struct tb_period period_for(const struct world *world, const char *indicator, int32_t month);
/* The figure that the row's target is about: cumulated, of its own months, or a level. */
void put_amount(struct world *world, const struct row *row, const char *unit, const char *indicator,
                double number);
void put_at(struct world *world, const struct row *row, const char *unit, const char *indicator,
            int32_t month, double number);
void put_growth(struct world *world, const struct row *row, const char *unit, const char *indicator,
                double percent);
/* `unit` gets that place among the group, computed where the group has members enough. */
void put_place(struct world *world, const struct row *row, const char *group, const char *unit,
               int32_t month, size_t place, size_t tied_with);

/* forms.c: false where the form cannot be missed (or met), and the row is passed over. */
bool form_write(struct world *world, const struct row *row);
/* parts.c: rows that ask for several things, part by part; false: not one of them. */
bool parts_write(struct world *world, const struct row *row);
/* compound.c: rows that join several figures, by id; false: not one of them. */
bool compound_write(struct world *world, const struct row *row);

#endif
