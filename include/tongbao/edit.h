/* edit.h - corrections and approvals: which rows of edits.csv hold.
 *
 * Rows are only ever appended.  A row is undone by a later one of action withdraw
 * on the same cell; two rows that hold never say different things of a cell, which
 * loading sees to.
 */
#ifndef TONGBAO_EDIT_H
#define TONGBAO_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_diag;
struct tb_edit;
struct tb_profile;

/* Whether row `i` holds at the moment as_of (INT64_MAX: with all that is known):
 * made by then, and not withdrawn by then.  Rows of action withdraw never hold. */
bool tb_edit_stands(const struct tb_profile *profile, size_t i, int64_t as_of);
/* Whether two rows are about the same cell. */
bool tb_edit_same_cell(const struct tb_edit *a, const struct tb_edit *b);
const char *tb_edit_code(const struct tb_edit *edit); /* "correct", "approve", "withdraw" */
/* For people: 更正 认可 撤销; "corrected" "approved" "withdrawn". */
const char *tb_edit_name(const struct tb_edit *edit, const char *lang);
/* Rows dated after `now` (seconds since the epoch) are mistakes, reported at their
 * line of `file`. */
void tb_edits_check_dates(const struct tb_profile *profile, int64_t now, const char *file,
                          struct tb_diag *diag);

#endif
