/* original.h - the original of one submission -> its observations and what was not taken. */
#ifndef TONGBAO_COLLECT_ORIGINAL_H
#define TONGBAO_COLLECT_ORIGINAL_H

#include "collect/receipt/summary.h"

struct tb_arrival;
struct tb_error;
struct tb_profile;
struct tb_segment_writer;

/* What is decoded of one file: at most so much, and of a file that is packed at most so
 * many times what was sent, so that a small file cannot fill the disk. */
enum { TB_ORIGINAL_GIB = 64, TB_ORIGINAL_RATIO = 250, TB_ORIGINAL_ALWAYS_MIB = 64 };

/* Reads the original from the archive under `data` into *summary (empty) and, where it
 * has observations, a writer for the file `segment`.  *passing: what came of it may be
 * otherwise tomorrow and is not to be kept.  -1 only when the work itself
 * failed; whatever is wrong with the file is a reject in the summary. */
int tb_original_read(const char *data, const struct tb_profile *profile,
                     const struct tb_arrival *arrival, const char *segment,
                     struct tb_segment_writer **writer, bool *passing, struct tb_summary *summary,
                     struct tb_error *err);

#endif
