/* check.h - one check over one indicator: what the files of checks share.
 *
 * Items are independent: threads judge them at the same time over planes that
 * nobody changes; what they found is joined in the order of the items, and only
 * then are cells held or flagged.
 */
#ifndef TONGBAO_PROCESS_CHECK_H
#define TONGBAO_PROCESS_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "process/suspect.h"
#include "tongbao/buf.h"
#include "tongbao/rule.h"

struct tb_error;
struct tb_plane;
struct tb_work;

enum { TB_CHECK_REASONS = TB_UNKNOWN_NOT_APPLICABLE + 1 };

/* A cell that failed, and what is likely wrong. */
struct tb_check_failure {
    struct tb_plane *plane; /* the submitted cell: of a quotient, a part's */
    size_t cell;
    struct tb_suspect suspect;
};

struct tb_check_item {
    size_t check, indicator;
    bool of_parts;      /* a whole against its parts: a part that is held back fails it */
    struct tb_buf rows; /* of checks.csv */
    struct tb_check_failure *failure;
    size_t n_failures, capacity;
    uint8_t *wrong;     /* [cells of `of`] 1 where an error is found; NULL: nowhere yet */
    const struct tb_plane *of;
    size_t n_checked, n_unjudged;
    size_t n_unknown[TB_CHECK_REASONS]; /* why not judged, by enum tb_known */
};

/* Judges every unit and period.  0, or -1 with *err filled. */
int tb_check_item_run(struct tb_work *work, struct tb_check_item *item, struct tb_error *err);
void tb_check_item_release(struct tb_check_item *item);
/* True when edits.csv approves the value of that cell as it stands. */
bool tb_check_approved(const struct tb_work *work, const struct tb_plane *plane, size_t cell);
/* Holds the cells that an error found, unless edits.csv approves them; flags the others. */
void tb_check_hold(struct tb_work *work, const struct tb_check_item *item);
/* Appends the rows of worklist.csv: every suspect field of the items once, those
 * first that move the total of their group most.  -1 when memory is out. */
int tb_worklist_put(const struct tb_work *work, const struct tb_check_item item[], size_t n,
                    struct tb_buf *out, struct tb_error *err);

#endif
