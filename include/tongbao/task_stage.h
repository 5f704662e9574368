/* task_stage.h - how far a task is where no percentage says it, and the words for that.
 *
 * A submission on a milestone is a percentage or a word.  Done is 100 %, and so is the
 * answer 是, of which 否 is 0.  推进中 and 未完成 are no number, and none is made of them:
 * they are kept as the measure `stage`, as is 未启动, which is 0 %.
 */
#ifndef TONGBAO_TASK_STAGE_H
#define TONGBAO_TASK_STAGE_H

#include <stdint.h>
#include <stddef.h>

struct tb_profile;

/* The numbers that the measure `stage` has, in their order. */
enum tb_task_stage {
    TB_STAGE_NOT_BEGUN, /* 未启动 */
    TB_STAGE_NOT_DONE,  /* 未完成: begun or not, nobody said */
    TB_STAGE_UNDER_WAY, /* 推进中 */
    TB_STAGE_DONE,      /* 已完成 */
    TB_N_TASK_STAGES,
};

/* The stage that a word stands for, by [stages] of profile.ini and what is usual without
 * it, or -1; `folded` by tb_text_fold.  `profile` may be NULL. */
int tb_task_stage_word(const struct tb_profile *profile, const char *folded);
/* The same of the longest word that `folded` begins with, and its bytes: 推进中(60%). */
int tb_task_stage_ahead(const struct tb_profile *profile, const char *folded, size_t *len);
/* "under way", as files have it; "" of what is none. */
const char *tb_task_stage_name(int64_t stage);
/* For people: 推进中 / under way. */
const char *tb_task_stage_text(int64_t stage, const char *lang);

/* The number that stands for a text in an observation: 48 bits of its SHA-256, so that
 * two vintages of one text are the same and another text is another.  -1: memory. */
int64_t tb_text_number(const char *text);

#endif
