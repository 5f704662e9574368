/* consequence_place.h - the place that a proposal rests on: whether it is a place at all, who
 * stands beside it, and how sure it is. */
#ifndef TONGBAO_ANALYSE_CONSEQUENCE_PLACE_H
#define TONGBAO_ANALYSE_CONSEQUENCE_PLACE_H

#include "analyse/measure/measures.h"

struct tb_buf;
struct tb_map;
struct tb_table;

/* rank_confidence.csv, looked up by unit, indicator and group. */
struct tb_place_doubts {
    struct tb_table *table;
    struct tb_map *first; /* key -> row */
    size_t *next;         /* [rows] the next one of that key; SIZE_MAX: none */
};

/* Reads FOLDER/rank_confidence.csv; without such a file nothing is doubted.  -1 with *err. */
int tb_place_doubts_init(struct tb_place_doubts *doubts, const char *folder, struct tb_error *err);
void tb_place_doubts_release(struct tb_place_doubts *doubts);

/* The place that a rule asks for, of one unit in one period. */
struct tb_place_asked {
    const struct tb_measures *ms; /* with findings */
    const struct tb_rule_standing *standing;
    size_t indicator, unit;
    struct tb_period period;      /* of the indicator; of the bulletin for a composite */
};

/* False where everybody shares one place, only one is ranked, or who shares the first place
 * would count as one of the last. */
bool tb_place_is_real(const struct tb_place_asked *asked);
/* True when the unit shares its place with another. */
bool tb_place_is_tied(const struct tb_place_asked *asked);
/* True when the draws of rank_confidence.csv give places for which the rule does not hold, in
 * the middle nine tenths of them; false also where nothing is known. */
bool tb_place_is_unsure(const struct tb_place_doubts *doubts, const struct tb_place_asked *asked);
/* Appends the rank table around the unit: "3 B 5.6; 4= A 5.3; 4= D 5.3; 6 C 5.1". */
void tb_place_neighbours(const struct tb_place_asked *asked, struct tb_buf *out);

#endif
