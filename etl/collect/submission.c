/* submission.c - one submission, read or taken from the store. */
#include "collect/submission.h"

#include <stdbool.h>
#include <stdlib.h>

#include "collect/inbox/original.h"
#include "collect/receipt/spool.h"
#include "collect/receipt/store.h"
#include "tongbao/arrivals.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"

/* A refusal that may not hold tomorrow is told as it is, and not kept. */
static int without_store(struct tb_summary *summary, struct tb_error *err)
{
    summary->form = tb_arena_strdup(&summary->arena, "");
    if (summary->form)
        return 0;
    tb_summary_release(summary);
    return tb_error_set(err, "out of memory");
}

/* Reads the original and keeps what comes of it.  1: done; 0: *summary is all there is,
 * for it is not kept; -1 on failure. */
static int read_and_keep(const char *data, const struct tb_profile *profile,
                         const struct tb_arrival *arrival, const char *key,
                         struct tb_summary *summary, struct tb_error *err)
{
    struct tb_segment_writer *writer = NULL;
    char *segment = tb_store_segment_path(data, key), *rows = tb_store_rows_path(data, key);
    struct tb_spool *spool = rows ? tb_spool_new(rows, err) : NULL;
    bool passing = false;
    int rc = -1;

    *summary = (struct tb_summary){ .spool = spool };
    if (!segment || !rows)
        tb_error_set(err, "out of memory");
    else if (spool)
        rc = tb_original_read(data, profile, arrival, segment, &writer, &passing, summary, err);
    if (rc == 0 && tb_profile_starved(profile))
        rc = tb_error_set(err, "out of memory for names");
    if (rc == 0 && !passing)
        rc = tb_store_save(spool, writer, summary, err) < 0 ? -1 : 1;
    tb_segment_writer_free(writer);
    tb_spool_free(spool);
    summary->spool = NULL;
    free(segment);
    free(rows);
    return rc;
}

int tb_submission_collect(const char *data, const struct tb_profile *profile,
                          const struct tb_arrival *arrival, char key[TB_DIGEST_TEXT],
                          struct tb_summary *summary, struct tb_error *err)
{
    size_t of_a_kind = (size_t)profile->set.receipt_of_a_kind;

    if (tb_store_key(profile, arrival, key, err) < 0)
        return -1;
    int rc = tb_store_load(data, key, of_a_kind, summary, err);
    if (rc != 0)
        return rc < 0 ? -1 : 0;
    rc = read_and_keep(data, profile, arrival, key, summary, err);
    if (rc == 0)
        return without_store(summary, err);
    tb_summary_release(summary);
    if (rc < 0)
        return tb_error_prefix(err, "%s", arrival->name);
    /* Read back, so that a kept reading and a fresh one cannot differ. */
    rc = tb_store_load(data, key, of_a_kind, summary, err);
    return rc > 0   ? 0
           : rc < 0 ? -1
                    : tb_error_set(err, "%s: what was stored cannot be read back", arrival->name);
}
