/* layout.h - which planes findings.tbc has, and where each stands.
 *
 * A plane is laid out only when something can stand in it: a measure that the
 * cube can answer for, a group of which a unit reports.  A plane that is not
 * there reads as "no observation" everywhere.
 */
#ifndef TONGBAO_ANALYSE_LAYOUT_H
#define TONGBAO_ANALYSE_LAYOUT_H

#include <stddef.h>
#include <stdint.h>
#include "analyse/measure/measures.h"

/* Measures of a unit, in the order of their planes. */
enum { TB_N_UNIT_MEASURES = 10 };
extern const uint8_t tb_layout_unit_measures[TB_N_UNIT_MEASURES];
/* Places of a unit in a group by a headline. */
enum tb_place_plane { TB_PLACE_RANK, TB_PLACE_BOTTOM, TB_PLACE_MOVEMENT, TB_N_PLACE_PLANES };
/* Figures of a group, in the order of their planes; count is the last. */
enum { TB_N_GROUP_MEASURES = 9 };
extern const uint8_t tb_layout_group_measures[TB_N_GROUP_MEASURES];
/* Planes of the composite of a group. */
enum tb_score_plane {
    TB_SCORE_SCORE,
    TB_SCORE_LAGGING,
    TB_SCORE_RANK,
    TB_SCORE_BOTTOM,
    TB_SCORE_MOVEMENT,
    TB_N_SCORE_PLANES
};

/* Where the planes of one indicator begin. */
struct tb_indicator_layout {
    size_t unit[TB_N_UNIT_MEASURES]; /* by place in tb_layout_unit_measures; SIZE_MAX: absent */
    size_t *place;                   /* [n_headlines * n_groups] first of three; SIZE_MAX: absent */
    size_t figure;                   /* TB_N_GROUP_MEASURES for each headline; SIZE_MAX: absent */
    size_t first, end;               /* all of them: [first, end) */
    size_t n_headlines;
    uint8_t headline[4];
};

struct tb_findings_layout {
    struct tb_plane *plane; /* [n] to hand to tb_cube_create_in_parts */
    size_t n, capacity;
    struct tb_indicator_layout *indicator; /* [n_indicators] */
    size_t *score;                /* [n_groups] first of TB_N_SCORE_PLANES; SIZE_MAX: absent */
    size_t first_score;           /* planes from here on are of the composite */
    size_t score_count;           /* plane of units with a score, by group; SIZE_MAX: absent */
    struct tb_period score_first; /* of the composite's planes, in the profile's frequency */
    uint32_t score_periods;
    size_t *place; /* what indicator[].place point into */
};

int tb_layout_init(struct tb_findings_layout *layout, const struct tb_measures *ms,
                   struct tb_error *err);
void tb_layout_release(struct tb_findings_layout *layout);
/* True when some unit of the group has an observation of the indicator. */
bool tb_layout_group_reports(const struct tb_measures *ms, size_t indicator, size_t group);
/* The plane of a measure of units of the indicator, or SIZE_MAX. */
size_t tb_layout_unit_plane(const struct tb_indicator_layout *at, enum tb_measure measure);

#endif
