/* profile_changes.h - unit_changes.csv; see change.h.  Private to the loader of units. */
#ifndef TONGBAO_MODEL_PROFILE_CHANGES_H
#define TONGBAO_MODEL_PROFILE_CHANGES_H

#include "model/profile/profile_load.h"

/* Reads unit_changes.csv, fills in days that units.csv leaves empty, and adds what
 * the successors of units.csv (column c_successor of the open sheet) imply.  -1 with
 * *err filled when the file cannot be read. */
int tb_load_unit_changes(struct tb_sheet *units, size_t c_successor, struct tb_error *err);

#endif
