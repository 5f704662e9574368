/* near_names.h - "did you mean", for many texts: the names of a profile, each folded once.
 *
 * Gives what tb_profile_near_unit and tb_profile_near_indicator give, which fold all names
 * for each text.
 */
#ifndef TONGBAO_NEAR_NAMES_H
#define TONGBAO_NEAR_NAMES_H

#include <stddef.h>

struct tb_profile;
struct tb_near_names; /* opaque */

/* The names of all units, or of all indicators: codes, names, aliases.  The profile stays
 * with the caller, and must outlive them.  NULL when memory is out. */
struct tb_near_names *tb_near_names_of_units(const struct tb_profile *profile);
struct tb_near_names *tb_near_names_of_indicators(const struct tb_profile *profile);
void tb_near_names_free(struct tb_near_names *names);
/* The nearest name, or NULL if none is near: borrowed from the profile. */
const char *tb_near_names_find(const struct tb_near_names *names, const char *text, size_t len);

#endif
