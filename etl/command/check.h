/* check.h - what the calendar of a profile lacks. */
#ifndef TONGBAO_COMMAND_CHECK_H
#define TONGBAO_COMMAND_CHECK_H

#include "tongbao/date.h"

struct tb_command;
struct tb_diag;
struct tb_error;
struct tb_profile;

/* The day of --as-of, else today in the profile's time.  For what is said to
 * people: nothing that a run writes depends on it. */
tb_day tb_command_today(const struct tb_command *command, const struct tb_profile *profile);
/* tb_calendar_check over what has arrived.  -1 with *err filled when the ledger
 * cannot be read. */
int tb_command_calendar(const struct tb_command *command, const struct tb_profile *profile,
                        struct tb_diag *diag, struct tb_error *err);
/* Rows of edits.csv dated in the future, by the clock: each is an error in diag. */
int tb_command_edit_dates(const struct tb_command *command, const struct tb_profile *profile,
                          struct tb_diag *diag, struct tb_error *err);

#endif
