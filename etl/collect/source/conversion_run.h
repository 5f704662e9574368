/* conversion_run.h - one run of a converter; private to conversion.c. */
#ifndef TONGBAO_COLLECT_CONVERSION_RUN_H
#define TONGBAO_COLLECT_CONVERSION_RUN_H

#include "collect/source/conversion.h"

struct tb_converter;

/* Runs a converter on an original of `len` bytes and puts its text and the note
 * of it into the archive, whose lock for that original the caller holds.  1: they
 * are there; 0: refused, in *out; -1 with *err filled. */
int tb_conversion_run(const char *data, const struct tb_profile *profile,
                      const struct tb_converter *converter, const char *original,
                      const struct tb_buf *bytes, struct tb_converted *out, struct tb_error *err);

#endif
