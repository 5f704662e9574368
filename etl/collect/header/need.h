/* need.h - what the heads of a file lack for a form: said when no form fits. */
#ifndef TONGBAO_COLLECT_NEED_H
#define TONGBAO_COLLECT_NEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/buf.h"

struct tb_form;
struct tb_profile;
struct tb_sample;

/* Of the forms looked at so far the nearest. */
struct tb_need {
    bool known;            /* some form was looked at */
    size_t n_lacking, n_found;
    struct tb_buf text;    /* `commerce, 第 2 行 line 2: 单位 REF_AREA`; owned */
};

void tb_need_release(struct tb_need *need);
/* Looks for the row of the sample that is most like a header of the form (or takes the line
 * that the form declares), and keeps what it lacks when that is less than before; of two
 * that lack as much, the form of which more heads were known. */
void tb_need_look(struct tb_need *need, const struct tb_profile *profile,
                  const struct tb_form *form, const struct tb_sample *sample);

#endif
