/* status.h - the parts of `tongbao status`, in the order they are read. */
#ifndef TONGBAO_COMMAND_STATUS_H
#define TONGBAO_COMMAND_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include "tongbao/date.h"
#include "tongbao/dues.h"

struct tb_buf;
struct tb_error;
struct tb_table;
struct tb_view;

/* What the parts look at; of a run that is there. */
struct tb_status_of {
    const struct tb_view *view;
    tb_day day;                   /* the evening that is told of: --as-of, else today */
    struct tb_table *submissions; /* of the run */
    struct tb_dues *dues;         /* NULL when the profile has changed since */
    bool *sends_itself;           /* [n_units], made by tb_status_owing: no folder of a sender */
};

/* How much is in, in words, and until when it was due. */
void tb_status_totals(const struct tb_status_of *status, struct tb_buf *out);
/* Who has not sent or sent late, and what: missing, late, awaited. */
int tb_status_owing(struct tb_status_of *status, struct tb_buf *out, struct tb_error *err);
/* What came after the round had closed, and is left to the next. */
int tb_status_left_out(const struct tb_status_of *status, struct tb_buf *out, struct tb_error *err);
/* Files of the period that changed values of files of another name or sender. */
int tb_status_replaced(const struct tb_status_of *status, struct tb_buf *out, struct tb_error *err);
/* For each row of submissions.csv whether it is of the period; the caller frees.  NULL out of
 * memory. */
bool *tb_status_of_period(const struct tb_status_of *status);
/* Submissions that an addressee lacks. */
void tb_status_copies(const struct tb_status_of *status, struct tb_buf *out);
/* Reports that people found false or withheld. */
void tb_status_faults(const struct tb_status_of *status, struct tb_buf *out);
/* What lies in the inbox, why, and what was collected after the run. */
int tb_status_inbox(const struct tb_view *view, struct tb_buf *out, struct tb_error *err);
/* The files of the period that are late, refused, copied, taken back. */
void tb_status_troubles(const struct tb_status_of *status, struct tb_buf *out);
/* The submissions of the period by sender, and who has sent nothing yet. */
int tb_status_senders(const struct tb_status_of *status, struct tb_buf *out, struct tb_error *err);
/* Completeness and timeliness of the units that are not complete and in time, and
 * of all together (methods note, section 12). */
void tb_status_units(const struct tb_status_of *status, struct tb_buf *out);

/* A sender as people call it: the name of the department or unit, else the folder. */
const char *tb_status_sender(const struct tb_view *view, const char *sender);
/* An open cell whose due day is not over. */
bool tb_status_is_awaited(const struct tb_status_of *status, const struct tb_due_cell *cell);

#endif
