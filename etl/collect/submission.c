/* submission.c - one submission, read or taken from the store. */
#include "collect/submission.h"

#include <stdbool.h>
#include <stdlib.h>

#include "collect/original.h"
#include "collect/store.h"
#include "tongbao/arrivals.h"
#include "tongbao/error.h"
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

int tb_submission_collect(const char *data, const struct tb_profile *profile,
                          const struct tb_arrival *arrival, char key[TB_DIGEST_TEXT],
                          struct tb_summary *summary, struct tb_error *err)
{
    struct tb_segment_writer *writer = NULL;
    bool passing = false;

    if (tb_store_key(profile, arrival, key, err) < 0)
        return -1;
    int rc = tb_store_load(data, key, summary, err);
    if (rc != 0)
        return rc < 0 ? -1 : 0;
    char *segment = tb_store_segment_path(data, key);
    rc = segment ? tb_original_read(data, profile, arrival, segment, &writer, &passing, summary,
                                    err)
                 : tb_error_set(err, "out of memory");
    free(segment);
    if (rc == 0 && passing)
        return without_store(summary, err);
    if (rc == 0)
        rc = tb_store_save(data, key, writer, summary, err);
    tb_segment_writer_free(writer);
    tb_summary_release(summary);
    if (rc < 0)
        return tb_error_prefix(err, "%s", arrival->name);
    /* Read back, so that a kept reading and a fresh one cannot differ. */
    rc = tb_store_load(data, key, summary, err);
    return rc > 0   ? 0
           : rc < 0 ? -1
                    : tb_error_set(err, "%s: what was stored cannot be read back", arrival->name);
}
