/* moves.h - what differs between two analyses of the same period: ranks, then verdicts. */
#ifndef TONGBAO_COMMAND_MOVES_H
#define TONGBAO_COMMAND_MOVES_H

struct tb_buf;
struct tb_cube;
struct tb_error;
struct tb_table;
struct tb_view;

/* Two runs side by side: [0] before, [1] after. */
struct tb_moves {
    const struct tb_view *view;
    struct tb_cube *cube[2]; /* findings */
    struct tb_table *verdicts[2];
    struct tb_table *parts[2]; /* score_parts.csv */
};

/* Opens the runs in those folders.  -1 with *err filled. */
int tb_moves_open(struct tb_moves *moves, const struct tb_view *view, const char *before,
                  const char *after, struct tb_error *err);
void tb_moves_close(struct tb_moves *moves);

/* Appends who moves in view->period, for people; `set` is what was tried. */
int tb_moves_print(const struct tb_moves *moves, const char *set, struct tb_buf *out,
                   struct tb_error *err);
/* The same as CSV: a row for each place or number in a ranking that is another, then for each
 * verdict that is.
 *   kind                  `place` or `verdict`
 *   unit, indicator       codes; the composite is `score`
 *   measure, group        what is ranked, and among whom; of a verdict `target` is filled instead
 *   was_value, is_value   the numbers that are ranked, the composite scores among them
 *   was, is               places (`3=`: shared; empty: none) or verdicts
 *   places                gained; empty without two places
 *   moved_by              of a composite score: by how much each indicator changed what it gives to
 *                         it (`retail:+1.36;gdp:-0.40`), the largest first; empty of a geometric
 *                         mean, of which nothing is given by one alone */
int tb_moves_csv(const struct tb_moves *moves, struct tb_buf *out, struct tb_error *err);

/* --- for moves.c and moves_csv.c --- */

struct tb_map;
/* Rows of a table by the texts of two columns, tab between them.  NULL when memory is out. */
struct tb_map *tb_moves_index(const struct tb_table *table, const char *one, const char *other);

#endif
