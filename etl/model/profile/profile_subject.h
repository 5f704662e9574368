/* profile_subject.h - what rows of deadlines.csv apply to; private to the loader. */
#ifndef TONGBAO_MODEL_PROFILE_SUBJECT_H
#define TONGBAO_MODEL_PROFILE_SUBJECT_H

#include "model/profile/profile_load.h"
#include "tongbao/deadline.h"

/* What one reading of deadlines.csv remembers. */
struct tb_subjects {
    struct tb_map *codes, *forms; /* of rows; of forms, as folded codes */
    struct tb_map *taken;         /* a step and what it applies to -> row */
};

/* False when memory is out, which turns the load out_of_memory; to be closed all
 * the same. */
bool tb_subjects_open(struct tb_load *load, struct tb_subjects *out);
void tb_subjects_close(struct tb_subjects *subjects);
/* Notes that the current row speaks for `what`, such as "3 form 2"; a second row
 * for the same is reported at `place` as one for `shown`. */
void tb_subjects_claim(const struct tb_sheet *sheet, struct tb_subjects *subjects, const char *what,
                       const char *shown, const struct tb_place *place);
/* Reads the cell in column c into `all`, `freqs`, `indicators` and `forms` of the
 * row, whose step and due day were read before; empty is `*`. */
void tb_subjects_read(const struct tb_sheet *sheet, size_t c, struct tb_subjects *subjects,
                      struct tb_deadline *row);

#endif
