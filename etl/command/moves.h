/* moves.h - what differs between two analyses of the same period. */
#ifndef TONGBAO_COMMAND_MOVES_H
#define TONGBAO_COMMAND_MOVES_H

struct tb_buf;
struct tb_error;
struct tb_view;

/* Appends who moves from the run `before` to the run `after` in view->period:
 * ranks, then verdicts; `set` is what was tried. */
int tb_moves_print(const struct tb_view *view, const char *before, const char *after,
                   const char *set, struct tb_buf *out, struct tb_error *err);

#endif
