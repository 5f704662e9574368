/* conversion.h - a submission that is no text -> text, by a converter of the profile.
 *
 * What was made once is kept in the archive (tongbao/conversion.h) and taken from there.
 */
#ifndef TONGBAO_COLLECT_CONVERSION_H
#define TONGBAO_COLLECT_CONVERSION_H

#include <stdbool.h>

#include "collect/receipt/reject.h"
#include "tongbao/buf.h"

struct tb_arrival;
struct tb_profile;

struct tb_converted {
    char *path;            /* of the text, gzip; NULL: refused */
    enum tb_reason reason; /* of the refusal; text and expected go with it */
    struct tb_buf text, expected;
    bool passing;          /* the refusal may not hold tomorrow: do not keep it */
};

/* Finds the text of an arrival that is no text, or makes it.  0 with *out filled
 * (release it), refused or not; -1 with *err filled: the original or the archive
 * cannot be read or written. */
int tb_conversion_make(const char *data, const struct tb_profile *profile,
               const struct tb_arrival *arrival, struct tb_converted *out, struct tb_error *err);
void tb_converted_release(struct tb_converted *converted);

#endif
