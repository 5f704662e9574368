/* head.h - what one head of a table means. */
#ifndef TONGBAO_COLLECT_HEAD_H
#define TONGBAO_COLLECT_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include "collect/header/plan.h"

struct tb_form;
struct tb_profile;

enum tb_head_kind {
    TB_HEAD_KNOWN,
    TB_HEAD_LEFT_OUT,  /* the form says that the column is not wanted */
    TB_HEAD_MEASURE,   /* says the measure only: the indicator is said elsewhere */
    TB_HEAD_AMBIGUOUS, /* more than one indicator goes by that name */
    TB_HEAD_UNKNOWN,
    TB_HEAD_FAILED,    /* memory ran out */
};

/* Reads `head` (normalised): first by the form's own list, then as the name of
 * an indicator with a measure before or behind it and a unit of measure, as in
 * `固定资产投资_累计增速(%)`, `GDP同比±%`, `同比(%)_投资`.  Texts of *out live in
 * `arena`. */
enum tb_head_kind tb_head_read(const struct tb_profile *profile, const struct tb_form *form,
                               const char *head, struct tb_arena *arena, struct tb_meaning *out);
/* Splits `名称(万元)`: the length of the part before the brackets; *inner is what
 * stands between them (in `arena`), NULL if there are none. */
size_t tb_head_brackets(const char *head, struct tb_arena *arena, const char **inner);
/* True when the two are the same name (tb_text_fold). */
bool tb_same_name(const struct tb_profile *profile, const char *a, const char *b);

/* True when the text can be a unit of measure: %, or one that some indicator is in. */
bool tb_head_is_uom(const struct tb_profile *profile, const char *text);

/* --- words for measures (head_words.c) --- */

struct tb_said {
    int measure;
    int32_t group; /* of a rank whose head names it, or TB_NONE */
};

/* What the words of `text` say together (累计_同比); `percent`: a % stands beside
 * them.  False if some word says nothing. */
bool tb_head_said(const struct tb_profile *profile, const char *text, size_t len, bool percent,
                  struct tb_said *out);
/* What two words say together: 累计 and 同比 are 累计同比; -1 if they do not go together. */
int tb_head_combined(int one, int other);
/* The measure alone, or -1. */
int tb_head_measure(const struct tb_profile *profile, const char *text, size_t len);
/* The group of a place among it: 全市排名, rank in city, rank(city); TB_NONE. */
int32_t tb_head_ranked_group(const struct tb_profile *profile, const char *text, size_t len);
/* The group of that code or name, or TB_NONE. */
int32_t tb_head_group(const struct tb_profile *profile, const char *text, size_t len);

#endif
