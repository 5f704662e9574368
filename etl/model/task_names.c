/* task_names.c - which milestone a line of the responsibility list is reported by. */
#include "tongbao/profile.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

enum { AMBIGUOUS = -3 };

static bool is_name(const char *name, const struct tb_buf *wanted, struct tb_buf *scratch)
{
    tb_buf_clear(scratch);
    tb_text_fold(name, strlen(name), scratch);
    return wanted->len > 0 && scratch->len == wanted->len &&
           memcmp(tb_buf_text(scratch), tb_buf_text(wanted), wanted->len) == 0;
}

/* The only milestone of a task: row, TB_NONE or ambiguous. */
static int32_t milestone_of(const struct tb_profile *profile, size_t task)
{
    int32_t found = TB_NONE;

    for (size_t i = 0; i < profile->n_indicators; i++) {
        const struct tb_indicator *indicator = &profile->indicators[i];
        if (indicator->kind != TB_KIND_MILESTONE || indicator->task != (int32_t)task ||
            indicator->formula)
            continue;
        if (found != TB_NONE)
            return AMBIGUOUS;
        found = (int32_t)i;
    }
    return found;
}

int32_t tb_profile_task_indicator(const struct tb_profile *profile, const char *text, size_t len)
{
    struct tb_buf wanted = TB_BUF_INIT, scratch = TB_BUF_INIT;
    int32_t by_code = TB_NONE, by_name = TB_NONE;

    tb_text_fold(text, len, &wanted);
    for (size_t t = 0; t < profile->n_tasks; t++) {
        const struct tb_task *task = &profile->tasks[t];
        if (is_name(task->code, &wanted, &scratch)) {
            by_code = milestone_of(profile, t);
        } else if (is_name(task->name_zh, &wanted, &scratch) ||
                   is_name(task->name_en, &wanted, &scratch)) {
            int32_t row = milestone_of(profile, t);
            if (row != TB_NONE)
                by_name = by_name == TB_NONE || by_name == row ? row : AMBIGUOUS;
        }
    }
    if (wanted.failed || scratch.failed)
        tb_profile_starve(profile);
    tb_buf_release(&wanted);
    tb_buf_release(&scratch);
    return by_code != TB_NONE ? by_code : by_name;
}
