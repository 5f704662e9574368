/* status.h - the parts of `tongbao status`, in the order they are read. */
#ifndef TONGBAO_COMMAND_STATUS_H
#define TONGBAO_COMMAND_STATUS_H

#include <stddef.h>

struct tb_buf;
struct tb_error;
struct tb_view;

/* What lies in the inbox, and what was collected after the run. */
int tb_status_inbox(const struct tb_view *view, struct tb_buf *out, struct tb_error *err);
/* The submissions of view->period by sender, then those with something wrong. */
int tb_status_senders(const struct tb_view *view, struct tb_buf *out, struct tb_error *err);
/* Completeness and timeliness by unit (methods note, section 12), with what is
 * missing by name. */
int tb_status_units(const struct tb_view *view, struct tb_buf *out, struct tb_error *err);

#endif
