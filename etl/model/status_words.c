/* status_words.c - what words and flags in a submission say of a value: [missing]
 * and [flags] of profile.ini, and what is usual without them.
 */
#include "tongbao/profile.h"

#include <string.h>

/* Words for "no figure here", folded.  Which kind of missing it is stays open
 * (O) unless the word says so. */
/* clang-format off */
static const struct tb_status_word usual_missing[] = {
    { "-", TB_STATUS_O },        { "--", TB_STATUS_O },      { "---", TB_STATUS_O },
    { "—", TB_STATUS_O },        { "——", TB_STATUS_O },      { "–", TB_STATUS_O },
    { "−", TB_STATUS_O },        { "...", TB_STATUS_O },     { "......", TB_STATUS_O },
    { "..", TB_STATUS_O },       { ":", TB_STATUS_O },       { "na", TB_STATUS_O },
    { "(na)", TB_STATUS_O },     { "n.a.", TB_STATUS_O },    { "nan", TB_STATUS_O },
    { "null", TB_STATUS_O },     { "none", TB_STATUS_O },    { "缺", TB_STATUS_O },
    { "缺失", TB_STATUS_O },     { "无", TB_STATUS_O },      { "无数据", TB_STATUS_O },
    { "暂无", TB_STATUS_O },     { "暂无数据", TB_STATUS_O },
    { "未报", TB_STATUS_L },     { "未上报", TB_STATUS_L },  { "未报送", TB_STATUS_L },
    { "缺报", TB_STATUS_L },     { "notreported", TB_STATUS_L },
    { "不适用", TB_STATUS_M },   { "n/a", TB_STATUS_M },     { "/", TB_STATUS_M },
    { "notapplicable", TB_STATUS_M },
    { "保密", TB_STATUS_Q },     { "(d)", TB_STATUS_Q },     { "confidential", TB_STATUS_Q },
};

/* What may stand behind a number, folded.  Letters that are also units of measure
 * or multipliers (b, d, k, m, t) are left to the profile. */
static const struct tb_status_word usual_flags[] = {
    { "p", TB_STATUS_P },        { "e", TB_STATUS_E },       { "r", TB_STATUS_A },
    { "f", TB_STATUS_F },        { "u", TB_STATUS_U },       { "n", TB_STATUS_N },
    { "正常", TB_STATUS_A },     { "正式", TB_STATUS_A },    { "最终", TB_STATUS_A },
    { "normal", TB_STATUS_A },   { "final", TB_STATUS_A },   { "修订", TB_STATUS_A },
    { "revised", TB_STATUS_A },  { "初步", TB_STATUS_P },    { "初步数", TB_STATUS_P },
    { "快报", TB_STATUS_P },     { "快报数", TB_STATUS_P },  { "provisional", TB_STATUS_P },
    { "prov.", TB_STATUS_P },    { "预计", TB_STATUS_E },    { "预计数", TB_STATUS_E },
    { "估计", TB_STATUS_E },     { "估算", TB_STATUS_E },    { "estimated", TB_STATUS_E },
    { "est.", TB_STATUS_E },     { "预测", TB_STATUS_F },    { "forecast", TB_STATUS_F },
};
/* clang-format on */

static int find(const struct tb_status_word words[], size_t n, const char *folded)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(words[i].word, folded) == 0)
            return (int)words[i].status;
    }
    return -1;
}

int tb_missing_word(const struct tb_profile *profile, const char *folded)
{
    int own = profile ? find(profile->missing, profile->n_missing, folded) : -1;

    return own >= 0 ? own
                    : find(usual_missing, sizeof usual_missing / sizeof *usual_missing, folded);
}

int tb_flag_word(const struct tb_profile *profile, const char *folded)
{
    int own = profile ? find(profile->flags, profile->n_flags, folded) : -1;

    return own >= 0 ? own : find(usual_flags, sizeof usual_flags / sizeof *usual_flags, folded);
}
