/* roles.h - which column is the unit, the period, the indicator, ...: by the
 * form's word, by the usual heads, or for units by what stands below. */
#ifndef TONGBAO_COLLECT_ROLES_H
#define TONGBAO_COLLECT_ROLES_H

#include <stdbool.h>

struct tb_planner;
struct tb_profile;

/* Sets plan->role[] from the heads.  False when a column that the form names is absent. */
bool tb_roles_set(struct tb_planner *planner);
/* True for a head that has a usual meaning, used here or not. */
bool tb_role_is_usual(const struct tb_profile *profile, const char *head);
/* Its role; TB_N_ROLES: it carries nothing that is collected; -1: it has no usual meaning. */
int tb_role_of_head(const struct tb_profile *profile, const char *head);
/* The usual head that `head`, which is none, may have been meant for: at least
 * three characters of which nearly all agree.  NULL if there is none; else *role is its role. */
const char *tb_role_near(const struct tb_profile *profile, const char *head, int *role);

#endif
