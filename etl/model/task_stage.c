/* task_stage.c - words for how far a task is. */
#include "tongbao/task_stage.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/digest.h"
#include "tongbao/profile.h"

/* Folded. */
/* clang-format off */
static const struct tb_stage_word usual[] = {
    { "完成", TB_STAGE_DONE },           { "已完成", TB_STAGE_DONE },
    { "全部完成", TB_STAGE_DONE },       { "办结", TB_STAGE_DONE },
    { "已办结", TB_STAGE_DONE },         { "done", TB_STAGE_DONE },
    { "complete", TB_STAGE_DONE },       { "completed", TB_STAGE_DONE },
    { "推进中", TB_STAGE_UNDER_WAY },    { "正在推进", TB_STAGE_UNDER_WAY },
    { "正在推进中", TB_STAGE_UNDER_WAY }, { "持续推进", TB_STAGE_UNDER_WAY },
    { "持续推进中", TB_STAGE_UNDER_WAY }, { "进行中", TB_STAGE_UNDER_WAY },
    { "正在进行", TB_STAGE_UNDER_WAY },  { "办理中", TB_STAGE_UNDER_WAY },
    { "正在办理", TB_STAGE_UNDER_WAY },  { "实施中", TB_STAGE_UNDER_WAY },
    { "正在实施", TB_STAGE_UNDER_WAY },  { "部分完成", TB_STAGE_UNDER_WAY },
    { "underway", TB_STAGE_UNDER_WAY },  { "inprogress", TB_STAGE_UNDER_WAY },
    { "ongoing", TB_STAGE_UNDER_WAY },   { "begun", TB_STAGE_UNDER_WAY },
    { "未启动", TB_STAGE_NOT_BEGUN },    { "未开始", TB_STAGE_NOT_BEGUN },
    { "尚未启动", TB_STAGE_NOT_BEGUN },  { "尚未开始", TB_STAGE_NOT_BEGUN },
    { "未开展", TB_STAGE_NOT_BEGUN },    { "尚未开展", TB_STAGE_NOT_BEGUN },
    { "未开工", TB_STAGE_NOT_BEGUN },    { "notbegun", TB_STAGE_NOT_BEGUN },
    { "notstarted", TB_STAGE_NOT_BEGUN },
    { "未完成", TB_STAGE_NOT_DONE },     { "尚未完成", TB_STAGE_NOT_DONE },
    { "notdone", TB_STAGE_NOT_DONE },
};
/* clang-format on */
enum { N_USUAL = sizeof usual / sizeof *usual };

static const struct {
    const char *name, *zh;
} stages[TB_N_TASK_STAGES] = {
    [TB_STAGE_NOT_BEGUN] = { "not begun", "未启动" },
    [TB_STAGE_NOT_DONE] = { "not done", "未完成" },
    [TB_STAGE_UNDER_WAY] = { "under way", "推进中" },
    [TB_STAGE_DONE] = { "done", "已完成" },
};

static int find(const struct tb_stage_word words[], size_t n, const char *folded)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i].word, folded) == 0)
            return (int)words[i].stage;
    return -1;
}

int tb_task_stage_word(const struct tb_profile *profile, const char *folded)
{
    int own = profile ? find(profile->stage_words, profile->n_stage_words, folded) : -1;

    return own >= 0 ? own : find(usual, N_USUAL, folded);
}

/* The longest word that is ahead, if it is longer than *len. */
static int find_ahead(const struct tb_stage_word words[], size_t n, const char *folded, size_t *len)
{
    int stage = -1;

    for (size_t i = 0; i < n; i++) {
        size_t bytes = strlen(words[i].word);
        if (bytes <= *len || strncmp(words[i].word, folded, bytes) != 0)
            continue;
        *len = bytes;
        stage = (int)words[i].stage;
    }
    return stage;
}

int tb_task_stage_ahead(const struct tb_profile *profile, const char *folded, size_t *len)
{
    *len = 0;
    int own = profile ? find_ahead(profile->stage_words, profile->n_stage_words, folded, len) : -1;
    int longer = find_ahead(usual, N_USUAL, folded, len);
    return longer >= 0 ? longer : own;
}

const char *tb_task_stage_name(int64_t stage)
{
    return stage >= 0 && stage < TB_N_TASK_STAGES ? stages[stage].name : "";
}

const char *tb_task_stage_text(int64_t stage, const char *lang)
{
    if (stage < 0 || stage >= TB_N_TASK_STAGES)
        return "";
    return strncmp(lang, "zh", 2) == 0 ? stages[stage].zh : stages[stage].name;
}

int64_t tb_text_number(const char *text)
{
    enum { HEX_DIGITS = 12 };
    struct tb_digest *digest = tb_digest_new();
    char hex[TB_DIGEST_TEXT];

    if (!digest)
        return -1;
    tb_digest_add(digest, text, strlen(text));
    tb_digest_finish(digest, hex);
    tb_digest_free(digest);
    hex[HEX_DIGITS] = '\0';
    return (int64_t)strtoull(hex, NULL, 16);
}
