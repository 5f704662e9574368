/* profile_words.c - [missing], [flags] and [stages] of profile.ini: words of submissions. */
#include "model/profile/profile_load.h"

#include <string.h>

#include "model/profile/ini.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

static const char missing_codes[] = "L (not collected), M (not applicable), O (missing), "
                                    "Q (suppressed), H (holiday)";
static const char flag_codes[] = "A, B, D, E, F, G, I, J, K, N, P, S, U, V, W";

/* Room doubles, so that the arena holds little more than is used. */
static void append(struct tb_load *load, struct tb_status_word **words, size_t *n,
                   struct tb_status_word word)
{
    if ((*n & (*n - 1)) == 0) {
        struct tb_status_word *grown = tb_load_alloc(load, *n ? *n * 2 : 1, sizeof *grown);
        if (!grown)
            return;
        if (*n > 0)
            memcpy(grown, *words, *n * sizeof *grown);
        *words = grown;
    }
    (*words)[(*n)++] = word;
}

void tb_load_status_word(struct tb_load *load, const struct tb_ini_line *line)
{
    struct tb_profile *profile = load->profile;
    bool flag = strcmp(line->section, "flags") == 0;
    struct tb_status_word **words = flag ? &profile->flags : &profile->missing;
    size_t *n = flag ? &profile->n_flags : &profile->n_missing;
    int status = tb_status_find(line->value);
    struct tb_buf folded = TB_BUF_INIT;

    if (status < 0 || tb_status_has_value((uint8_t)status) != flag) {
        tb_diag_at(load->diag, TB_ERROR, &line->value_at,
                   "%s: bad value '%s', expected the status of %s, one of: %s", line->key,
                   line->value, flag ? "a number" : "a missing value",
                   flag ? flag_codes : missing_codes);
        return;
    }
    tb_text_fold(line->key, strlen(line->key), &folded);
    const char *kept = tb_load_text(load, tb_buf_text(&folded), folded.len);
    load->out_of_memory |= folded.failed;
    tb_buf_release(&folded);
    for (size_t i = 0; i < *n; i++) {
        if (strcmp((*words)[i].word, kept) == 0) {
            tb_diag_at(load->diag, TB_ERROR, &line->key_at, "duplicate key '%s'", line->key);
            return;
        }
    }
    append(load, words, n, (struct tb_status_word){ .word = kept, .status = (enum tb_status)status });
}

static int stage_of(const char *name)
{
    for (int stage = 0; stage < TB_N_TASK_STAGES; stage++)
        if (strcmp(tb_task_stage_name(stage), name) == 0)
            return stage;
    return -1;
}

void tb_load_stage_word(struct tb_load *load, const struct tb_ini_line *line)
{
    struct tb_profile *profile = load->profile;
    size_t n = profile->n_stage_words;
    struct tb_buf folded = TB_BUF_INIT;
    int stage = stage_of(line->value);

    if (stage < 0) {
        tb_diag_at(load->diag, TB_ERROR, &line->value_at,
                   "%s: bad value '%s', expected one of: not begun, not done, under way, done",
                   line->key, line->value);
        return;
    }
    tb_text_fold(line->key, strlen(line->key), &folded);
    const char *kept = tb_load_text(load, tb_buf_text(&folded), folded.len);
    load->out_of_memory |= folded.failed;
    tb_buf_release(&folded);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(profile->stage_words[i].word, kept) == 0) {
            tb_diag_at(load->diag, TB_ERROR, &line->key_at, "duplicate key '%s'", line->key);
            return;
        }
    }
    if ((n & (n - 1)) == 0) {
        struct tb_stage_word *grown = tb_load_alloc(load, n ? n * 2 : 1, sizeof *grown);
        if (!grown)
            return;
        if (n > 0)
            memcpy(grown, profile->stage_words, n * sizeof *grown);
        profile->stage_words = grown;
    }
    profile->stage_words[profile->n_stage_words++] =
        (struct tb_stage_word){ .word = kept, .stage = (enum tb_task_stage)stage };
}
