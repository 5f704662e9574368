/* head_words.c - words of heads that say which measure stands below: 本月止累计,
 * 比上年同期增长%, 全市位次, YTD growth.
 *
 * Heads know more words than 口径 cells (tb_measure_find): there a word stands
 * alone, here it stands beside others that say what it is of.
 */
#include "collect/header/head.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/profile.h"
#include "tongbao/text.h"

/* Folded. */
static const struct {
    const char *word;
    enum tb_measure measure;
} words[] = {
    { "当月", TB_MEASURE_VALUE },           { "本月", TB_MEASURE_VALUE },
    { "当月值", TB_MEASURE_VALUE },         { "本月值", TB_MEASURE_VALUE },
    { "当月数", TB_MEASURE_VALUE },         { "本月数", TB_MEASURE_VALUE },
    { "本月实际", TB_MEASURE_VALUE },       { "当月实际", TB_MEASURE_VALUE },
    { "本月实绩", TB_MEASURE_VALUE },       { "1-本月", TB_MEASURE_YTD },
    { "1至本月", TB_MEASURE_YTD },          { "本月止", TB_MEASURE_YTD },
    { "累计实际", TB_MEASURE_YTD },         { "本年累计", TB_MEASURE_YTD },
    { "今年累计", TB_MEASURE_YTD },         { "本月完成", TB_MEASURE_VALUE },       { "当月完成", TB_MEASURE_VALUE },
    { "当季", TB_MEASURE_VALUE },           { "本季度", TB_MEASURE_VALUE },
    { "当期值", TB_MEASURE_VALUE },         { "本期值", TB_MEASURE_VALUE },
    { "当期数", TB_MEASURE_VALUE },         { "本期数", TB_MEASURE_VALUE },
    { "数值", TB_MEASURE_VALUE },           { "绝对数", TB_MEASURE_VALUE },
    { "绝对额", TB_MEASURE_VALUE },         { "绝对值", TB_MEASURE_VALUE },
    { "总量", TB_MEASURE_VALUE },           { "monthly", TB_MEASURE_VALUE },
    { "currentmonth", TB_MEASURE_VALUE },   { "thismonth", TB_MEASURE_VALUE },
    { "currentperiod", TB_MEASURE_VALUE },  { "level", TB_MEASURE_VALUE },
    { "累计值", TB_MEASURE_YTD },           { "累计数", TB_MEASURE_YTD },
    { "累计额", TB_MEASURE_YTD },           { "累计完成", TB_MEASURE_YTD },
    { "本月止累计", TB_MEASURE_YTD },       { "本期止累计", TB_MEASURE_YTD },
    { "本季止累计", TB_MEASURE_YTD },       { "至本月累计", TB_MEASURE_YTD },
    { "年初至本月累计", TB_MEASURE_YTD },   { "1至本月累计", TB_MEASURE_YTD },
    { "1-本月累计", TB_MEASURE_YTD },       { "1月至本月累计", TB_MEASURE_YTD },
    { "自年初累计", TB_MEASURE_YTD },       { "年初至今", TB_MEASURE_YTD },
    { "年初至今累计", TB_MEASURE_YTD },     { "当年累计", TB_MEASURE_YTD },
    { "本期累计", TB_MEASURE_YTD },         { "yeartodate", TB_MEASURE_YTD },
    { "cumulative", TB_MEASURE_YTD },       { "增速", TB_MEASURE_GROWTH },
    { "增幅", TB_MEASURE_GROWTH },          { "增长", TB_MEASURE_GROWTH },
    { "增长率", TB_MEASURE_GROWTH },        { "增长速度", TB_MEASURE_GROWTH },
    { "同比增速", TB_MEASURE_GROWTH },      { "同比增长", TB_MEASURE_GROWTH },
    { "同比增长率", TB_MEASURE_GROWTH },    { "同比增幅", TB_MEASURE_GROWTH },
    { "当月增速", TB_MEASURE_GROWTH },      { "当月同比增长", TB_MEASURE_GROWTH },
    { "当月同比增速", TB_MEASURE_GROWTH },  { "本月同比", TB_MEASURE_GROWTH },
    { "比上年同期增长", TB_MEASURE_GROWTH }, { "比去年同期增长", TB_MEASURE_GROWTH },
    { "较上年同期增长", TB_MEASURE_GROWTH }, { "较去年同期增长", TB_MEASURE_GROWTH },
    { "比上年同月增长", TB_MEASURE_GROWTH }, { "比上年增长", TB_MEASURE_GROWTH },
    { "较上年增长", TB_MEASURE_GROWTH },    { "比去年增长", TB_MEASURE_GROWTH },
    { "y/y", TB_MEASURE_GROWTH },           { "yoy", TB_MEASURE_GROWTH },
    { "y-o-y", TB_MEASURE_GROWTH },         { "year-on-year", TB_MEASURE_GROWTH },
    { "yearonyear", TB_MEASURE_GROWTH },    { "growthrate", TB_MEASURE_GROWTH },
    { "yoygrowth", TB_MEASURE_GROWTH },     { "y/ygrowth", TB_MEASURE_GROWTH },
    { "year-on-yeargrowth", TB_MEASURE_GROWTH }, { "累计增速", TB_MEASURE_YTD_GROWTH },
    { "累计增幅", TB_MEASURE_YTD_GROWTH },  { "累计增长", TB_MEASURE_YTD_GROWTH },
    { "累计增长率", TB_MEASURE_YTD_GROWTH }, { "累计同比增速", TB_MEASURE_YTD_GROWTH },
    { "累计同比增长", TB_MEASURE_YTD_GROWTH }, { "累计同比增幅", TB_MEASURE_YTD_GROWTH },
    { "累计比上年同期增长", TB_MEASURE_YTD_GROWTH }, { "累计比上年增长", TB_MEASURE_YTD_GROWTH },
    { "累计比去年同期增长", TB_MEASURE_YTD_GROWTH }, { "ytdgrowth", TB_MEASURE_YTD_GROWTH },
    { "ytdyoy", TB_MEASURE_YTD_GROWTH },    { "ytdy/y", TB_MEASURE_YTD_GROWTH },
    { "cumulativegrowth", TB_MEASURE_YTD_GROWTH }, { "year-to-dategrowth", TB_MEASURE_YTD_GROWTH },
    { "yeartodategrowth", TB_MEASURE_YTD_GROWTH }, { "year-to-date", TB_MEASURE_YTD },
    { "环比增速", TB_MEASURE_MOM },         { "环比增长", TB_MEASURE_MOM },
    { "环比增幅", TB_MEASURE_MOM },         { "环比增长率", TB_MEASURE_MOM },
    { "比上月增长", TB_MEASURE_MOM },       { "较上月增长", TB_MEASURE_MOM },
    { "m/m", TB_MEASURE_MOM },              { "month-on-month", TB_MEASURE_MOM },
    { "monthonmonth", TB_MEASURE_MOM },     { "上年同期", TB_MEASURE_BASE },
    { "去年同期", TB_MEASURE_BASE },        { "上年同月", TB_MEASURE_BASE },
    { "去年同月", TB_MEASURE_BASE },        { "上年同期数", TB_MEASURE_BASE },
    { "上年同期值", TB_MEASURE_BASE },      { "去年同期数", TB_MEASURE_BASE },
    { "同期数", TB_MEASURE_BASE },          { "上年当月", TB_MEASURE_BASE },
    { "上年本月", TB_MEASURE_BASE },        { "sameperiodlastyear", TB_MEASURE_BASE },
    { "ayearearlier", TB_MEASURE_BASE },    { "上年同期累计", TB_MEASURE_YTD_BASE },
    { "去年同期累计", TB_MEASURE_YTD_BASE }, { "上年累计", TB_MEASURE_YTD_BASE },
    { "去年累计", TB_MEASURE_YTD_BASE },    { "上年同期累计数", TB_MEASURE_YTD_BASE },
    { "同期累计", TB_MEASURE_YTD_BASE },    { "上年本月止累计", TB_MEASURE_YTD_BASE },
    { "±%", TB_MEASURE_GROWTH },            { "+-%", TB_MEASURE_GROWTH },
    { "比重", TB_MEASURE_SHARE },           { "占比", TB_MEASURE_SHARE },
    { "构成", TB_MEASURE_SHARE },           { "所占比重", TB_MEASURE_SHARE },
    { "dateofcompletion", TB_MEASURE_DONE_ON }, { "completiondate", TB_MEASURE_DONE_ON },
    { "completedon", TB_MEASURE_DONE_ON }, { "dateheld", TB_MEASURE_DONE_ON },
    { "heldon", TB_MEASURE_DONE_ON },
};

/* Of these only a % beside them says that they are no amounts. */
static const struct {
    const char *word;
    enum tb_measure measure;
} in_percent[] = {
    { "增减", TB_MEASURE_GROWTH },           { "同比增减", TB_MEASURE_GROWTH },
    { "比上年同期", TB_MEASURE_GROWTH },     { "比去年同期", TB_MEASURE_GROWTH },
    { "较上年同期", TB_MEASURE_GROWTH },     { "较去年同期", TB_MEASURE_GROWTH },
    { "比上年同月", TB_MEASURE_GROWTH },     { "比去年同月", TB_MEASURE_GROWTH },
    { "比上年同期增减", TB_MEASURE_GROWTH }, { "比去年同期增减", TB_MEASURE_GROWTH },
    { "较上年同期增减", TB_MEASURE_GROWTH }, { "比上年增减", TB_MEASURE_GROWTH },
    { "增减幅度", TB_MEASURE_GROWTH },       { "累计同比增减", TB_MEASURE_YTD_GROWTH },
    { "累计增减", TB_MEASURE_YTD_GROWTH },   { "环比增减", TB_MEASURE_MOM },
    { "change", TB_MEASURE_GROWTH },         { "累计比上年同期增减", TB_MEASURE_YTD_GROWTH },
};

static int one_word(const char *folded, size_t len, bool percent)
{
    int measure = tb_measure_find(folded, len);

    if (measure >= 0 && measure < TB_N_SUBMITTED)
        return measure;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].word) == len && memcmp(words[i].word, folded, len) == 0)
            return (int)words[i].measure;
    }
    for (size_t i = 0; percent && i < sizeof in_percent / sizeof *in_percent; i++) {
        if (strlen(in_percent[i].word) == len && memcmp(in_percent[i].word, folded, len) == 0)
            return (int)in_percent[i].measure;
    }
    return -1;
}

int tb_head_combined(int a, int b)
{
    static const struct {
        int one, other, both;
    } pairs[] = {
        { TB_MEASURE_YTD, TB_MEASURE_GROWTH, TB_MEASURE_YTD_GROWTH },
        { TB_MEASURE_YTD, TB_MEASURE_BASE, TB_MEASURE_YTD_BASE },
        { TB_MEASURE_YTD, TB_MEASURE_YTD_GROWTH, TB_MEASURE_YTD_GROWTH },
        { TB_MEASURE_YTD, TB_MEASURE_YTD_BASE, TB_MEASURE_YTD_BASE },
    };

    if (a == b || b == TB_MEASURE_VALUE)
        return a;
    if (a == TB_MEASURE_VALUE)
        return b;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if ((pairs[i].one == a && pairs[i].other == b) || (pairs[i].one == b && pairs[i].other == a))
            return pairs[i].both;
    }
    return -1;
}

static int folded_word(const struct tb_profile *profile, const char *text, size_t len, bool percent)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(text, len, &folded);
    int measure = one_word(tb_buf_text(&folded), folded.len, percent);
    if (folded.failed)
        tb_profile_starve(profile);
    tb_buf_release(&folded);
    return measure;
}

/* --- 全市位次, rank (city) --- */

static int32_t find_group(const struct tb_profile *profile, const char *name)
{
    for (size_t i = 0; i < profile->n_groups; i++) {
        const struct tb_group *group = &profile->groups[i];
        if (tb_same_name(profile, group->code, name) ||
            tb_same_name(profile, group->name_zh, name) ||
            tb_same_name(profile, group->name_en, name))
            return (int32_t)i;
    }
    return TB_NONE;
}

int32_t tb_head_group(const struct tb_profile *profile, const char *text, size_t len)
{
    struct tb_buf name = TB_BUF_INIT;

    tb_text_fold(text, len, &name);
    int32_t group = name.len ? find_group(profile, tb_buf_text(&name)) : TB_NONE;
    if (name.failed)
        tb_profile_starve(profile);
    tb_buf_release(&name);
    return group;
}

/* The group that stands before a word for rank (在全市排名), or behind it (rank in city). */
static int32_t ranked_group(const struct tb_profile *profile, const char *folded, size_t len)
{
    static const char *const rank_words[] = { "排名", "位次", "名次", "排位", "rank" };

    for (size_t i = 0; i < sizeof rank_words / sizeof *rank_words; i++) {
        size_t n = strlen(rank_words[i]);
        if (len <= n)
            continue;
        if (memcmp(folded + len - n, rank_words[i], n) == 0) {
            size_t from = strncmp(folded, "在", strlen("在")) == 0 ? strlen("在") : 0;
            return tb_head_group(profile, folded + from, len - n - from);
        }
        size_t in = n + strlen("in");
        if (len > in && strncmp(folded, "rankin", in) == 0)
            return tb_head_group(profile, folded + in, len - in);
    }
    return TB_NONE;
}

int32_t tb_head_ranked_group(const struct tb_profile *profile, const char *text, size_t len)
{
    struct tb_buf folded = TB_BUF_INIT;
    const char call[] = "rank(";
    const size_t n = sizeof call - 1;

    tb_text_fold(text, len, &folded);
    const char *word = tb_buf_text(&folded);
    int32_t group = folded.len > n + 1 && memcmp(word, call, n) == 0 && word[folded.len - 1] == ')'
                        ? tb_head_group(profile, word + n, folded.len - n - 1)
                        : ranked_group(profile, word, folded.len);
    if (folded.failed)
        tb_profile_starve(profile);
    tb_buf_release(&folded);
    return group;
}

/* --- */

bool tb_head_said(const struct tb_profile *profile, const char *text, size_t len, bool percent,
                  struct tb_said *out)
{
    struct tb_buf folded = TB_BUF_INIT;

    *out = (struct tb_said){ -1, TB_NONE };
    tb_text_fold(text, len, &folded);
    out->measure = one_word(tb_buf_text(&folded), folded.len, percent);
    if (out->measure < 0) {
        out->group = ranked_group(profile, tb_buf_text(&folded), folded.len);
        out->measure = out->group >= 0 ? TB_MEASURE_RANK : -1;
    }
    if (folded.failed)
        tb_profile_starve(profile);
    tb_buf_release(&folded);
    if (out->measure >= 0)
        return true;
    /* Two or three words, as joined rows give them: 累计_同比, 当月_绝对数. */
    for (size_t at = 0; at < len;) {
        size_t n = 0;
        while (at + n < len && !strchr("_:;, ", text[at + n]))
            n++;
        int word = n ? folded_word(profile, text + at, n, percent) : -1;
        if (n && (word < 0 || word == TB_MEASURE_RANK))
            return false;
        if (n)
            out->measure = out->measure < 0 ? word : tb_head_combined(out->measure, word);
        if (n && out->measure < 0)
            return false;
        at += n + 1;
    }
    return out->measure >= 0;
}

int tb_head_measure(const struct tb_profile *profile, const char *text, size_t len)
{
    struct tb_said said;

    return tb_head_said(profile, text, len, false, &said) ? said.measure : -1;
}
