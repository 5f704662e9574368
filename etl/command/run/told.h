/* told.h - what a night says of submissions that no night before has told of. */
#ifndef TONGBAO_COMMAND_TOLD_H
#define TONGBAO_COMMAND_TOLD_H

#include <stdint.h>

struct tb_error;
struct tb_run;

/* The number of the latest arrival that the run in `folder` (may be NULL) knew of; 0 when it
 * cannot be told. */
uint32_t tb_told_last(const char *folder);
/* Rejects of arrivals after `told` make it TB_EXIT_REJECTED, else TB_EXIT_DONE; -1 with *err
 * filled when they cannot be read. */
int tb_told_exit_code(const struct tb_run *run, uint32_t told, struct tb_error *err);
/* Warns of arrivals after `told` with rows of ACTION D that found nothing: perhaps a key
 * mistyped, and the value that was meant is still in force.  0, or -1 with *err filled. */
int tb_told_warn(struct tb_run *run, uint32_t told, struct tb_error *err);

#endif
