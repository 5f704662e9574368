/* submission.h - one submission, from its original in the archive to its segment. */
#ifndef TONGBAO_COLLECT_SUBMISSION_H
#define TONGBAO_COLLECT_SUBMISSION_H

#include "collect/receipt/summary.h"
#include "tongbao/digest.h"

struct tb_arrival;
struct tb_error;
struct tb_profile;

/* Reads the submission unless the store has it; then *key and *summary tell
 * (release the summary).  -1 only when the work itself failed; whatever is
 * wrong with the file is a reject in the summary. */
int tb_submission_collect(const char *data, const struct tb_profile *profile,
                          const struct tb_arrival *arrival, char key[TB_DIGEST_TEXT],
                          struct tb_summary *summary, struct tb_error *err);

#endif
