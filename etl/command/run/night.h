/* night.h - how the last night ended, for whoever asks in the morning:
 * datasets/<profile>/last_night.csv, one row: ended,period,exit,run,message.
 *
 * It is no part of a run, for it has a clock; a night that failed has no other trace.
 */
#ifndef TONGBAO_COMMAND_NIGHT_H
#define TONGBAO_COMMAND_NIGHT_H

struct tb_buf;
struct tb_run;
struct tb_view;

/* Writes it; `message` is what went wrong, or "".  A failure is logged and changes nothing. */
void tb_night_record(struct tb_run *run, int exit_code, const char *message);
/* Appends it in words; nothing when there is none. */
void tb_night_tell(const struct tb_view *view, struct tb_buf *out);

#endif
