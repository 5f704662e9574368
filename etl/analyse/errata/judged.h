/* judged.h - the verdicts that history.csv of a run holds, to be asked for one by one.
 *
 * A province has millions of rows: they are read once, and a byte is kept of each.
 */
#ifndef TONGBAO_ANALYSE_JUDGED_H
#define TONGBAO_ANALYSE_JUDGED_H

#include <stddef.h>

struct tb_error;
struct tb_profile;
struct tb_judged; /* opaque */

/* Reads the file, whose targets and units are those of the profile, which must outlive the
 * result.  NULL with *err filled; free with tb_judged_free. */
struct tb_judged *tb_judged_read(const struct tb_profile *profile, const char *path,
                                 struct tb_error *err);
void tb_judged_free(struct tb_judged *judged);
/* The verdict on a unit by the texts of its row; "" where there is no such row. */
const char *tb_judged_find(const struct tb_judged *judged, const char *target, const char *unit,
                           const char *period);

#endif
