/* export_targets.h - the targets of a profile as one table. */
#ifndef TONGBAO_COMMAND_EXPORT_TARGETS_H
#define TONGBAO_COMMAND_EXPORT_TARGETS_H

struct tb_command;
struct tb_error;
struct tb_profile;

/* Writes them to the command's output: TARGET, BLOCK, TASK, INDICATOR, NAME_ZH, NAME_EN, REF_AREA
 * (units split by ';', `*` all), START_PERIOD, END_PERIOD, RULE (in its canonical spelling),
 * UNIT_MEASURE, ANNUAL, QUOTA, DUE, STRENGTH, LEAD_DEPARTMENT, NOTE (the words of the document).
 * -1 with *err filled when it cannot be written. */
int tb_export_targets(const struct tb_profile *profile, const struct tb_command *command,
                      struct tb_error *err);

#endif
