/* head.h - what one head of a table means. */
#ifndef TONGBAO_COLLECT_HEAD_H
#define TONGBAO_COLLECT_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include "collect/plan.h"

struct tb_form;
struct tb_profile;

enum tb_head_kind {
    TB_HEAD_KNOWN,
    TB_HEAD_LEFT_OUT,  /* the form says that the column is not wanted */
    TB_HEAD_AMBIGUOUS, /* more than one indicator goes by that name */
    TB_HEAD_UNKNOWN,
};

/* Reads `head` (normalised): first by the form's own list, then as the name of
 * an indicator with perhaps a measure and a unit of measure behind it, as in
 * `固定资产投资_累计增速(%)`.  `file_indicator` is what a head that names a
 * measure only is of, or TB_NONE.  Texts of *out live in `arena`. */
enum tb_head_kind tb_head_read(const struct tb_profile *profile, const struct tb_form *form,
                               const char *head, int32_t file_indicator, struct tb_arena *arena,
                               struct tb_meaning *out);
/* The measure that a word means in a head, or -1. */
int tb_head_measure(const char *text, size_t len);
/* Splits `名称(万元)`: the length of the part before the brackets; *inner is what
 * stands between them (in `arena`), NULL if there are none. */
size_t tb_head_brackets(const char *head, struct tb_arena *arena, const char **inner);
/* True when the two are the same name (tb_text_fold). */
bool tb_same_name(const char *a, const char *b);

#endif
