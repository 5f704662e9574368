/* observation.c - the code lists of an observation: names of measures and
 * letters of statuses, as files, rules and people write them.
 */
#include "tongbao/observation.h"

#include <string.h>
#include <strings.h>

static const char *const measure_names[TB_N_MEASURES] = {
    [TB_MEASURE_VALUE] = "value",
    [TB_MEASURE_YTD] = "ytd",
    [TB_MEASURE_GROWTH] = "growth",
    [TB_MEASURE_YTD_GROWTH] = "ytd_growth",
    [TB_MEASURE_MOM] = "mom",
    [TB_MEASURE_BASE] = "base",
    [TB_MEASURE_YTD_BASE] = "ytd_base",
    [TB_MEASURE_SHARE] = "share",
    [TB_MEASURE_STAGE] = "stage",
    [TB_MEASURE_DONE_ON] = "done_on",
    [TB_MEASURE_EVIDENCE] = "evidence",
    [TB_MEASURE_EXPLANATION] = "explanation",
    [TB_MEASURE_RANK] = "rank",
    [TB_MEASURE_CHANGE] = "change",
    [TB_MEASURE_GROWTH_2Y] = "growth_2y",
    [TB_MEASURE_YTD_GROWTH_2Y] = "ytd_growth_2y",
    [TB_MEASURE_LATE_DAYS] = "late_days",
    [TB_MEASURE_STATE] = "state",
    [TB_MEASURE_RESUBMITTED] = "resubmitted",
    [TB_MEASURE_PROGRESS] = "progress",
    [TB_MEASURE_BOTTOM] = "bottom",
    [TB_MEASURE_MOVEMENT] = "movement",
    [TB_MEASURE_COUNT] = "count",
    [TB_MEASURE_AREA] = "area",
    [TB_MEASURE_POOLED] = "pooled",
    [TB_MEASURE_MEAN] = "mean",
    [TB_MEASURE_MEDIAN] = "median",
    [TB_MEASURE_Q1] = "q1",
    [TB_MEASURE_Q3] = "q3",
    [TB_MEASURE_BEST] = "best",
    [TB_MEASURE_WORST] = "worst",
    [TB_MEASURE_SCORE] = "score",
    [TB_MEASURE_LAGGING] = "lagging",
};

/* What column heads and 口径 cells call them. */
static const struct {
    const char *word;
    enum tb_measure measure;
} measure_words[] = {
    { "当期", TB_MEASURE_VALUE },
    { "本期", TB_MEASURE_VALUE },
    { "当月", TB_MEASURE_VALUE },
    { "本月", TB_MEASURE_VALUE },
    { "本季", TB_MEASURE_VALUE },
    { "绝对量", TB_MEASURE_VALUE },
    { "累计", TB_MEASURE_YTD },
    { "本年累计", TB_MEASURE_YTD },
    { "年初累计", TB_MEASURE_YTD },
    { "累计值", TB_MEASURE_YTD },
    { "同比", TB_MEASURE_GROWTH },
    { "同比增长", TB_MEASURE_GROWTH },
    { "同比增速", TB_MEASURE_GROWTH },
    { "当月同比", TB_MEASURE_GROWTH },
    { "增速", TB_MEASURE_GROWTH },
    { "增长", TB_MEASURE_GROWTH },
    { "累计同比", TB_MEASURE_YTD_GROWTH },
    { "累计同比增长", TB_MEASURE_YTD_GROWTH },
    { "累计增速", TB_MEASURE_YTD_GROWTH },
    { "累计增长", TB_MEASURE_YTD_GROWTH },
    { "环比", TB_MEASURE_MOM },
    { "环比增长", TB_MEASURE_MOM },
    { "环比增速", TB_MEASURE_MOM },
    { "上年同期", TB_MEASURE_BASE },
    { "去年同期", TB_MEASURE_BASE },
    { "上年同期可比", TB_MEASURE_BASE },
    { "上年累计", TB_MEASURE_YTD_BASE },
    { "上年同期累计", TB_MEASURE_YTD_BASE },
    { "去年同期累计", TB_MEASURE_YTD_BASE },
    { "占比", TB_MEASURE_SHARE },
    { "比重", TB_MEASURE_SHARE },
    { "完成状态", TB_MEASURE_STAGE },
    { "任务状态", TB_MEASURE_STAGE },
    { "进展状态", TB_MEASURE_STAGE },
    { "完成日期", TB_MEASURE_DONE_ON },
    { "完成时间", TB_MEASURE_DONE_ON },
    { "办结日期", TB_MEASURE_DONE_ON },
    { "办结时间", TB_MEASURE_DONE_ON },
    { "召开日期", TB_MEASURE_DONE_ON },
    { "召开时间", TB_MEASURE_DONE_ON },
    { "举办日期", TB_MEASURE_DONE_ON },
    { "开展日期", TB_MEASURE_DONE_ON },
    { "印发日期", TB_MEASURE_DONE_ON },
    { "检查日期", TB_MEASURE_DONE_ON },
    { "佐证", TB_MEASURE_EVIDENCE },
    { "佐证材料", TB_MEASURE_EVIDENCE },
    { "佐证资料", TB_MEASURE_EVIDENCE },
    { "证明材料", TB_MEASURE_EVIDENCE },
    { "印证材料", TB_MEASURE_EVIDENCE },
    { "进展说明", TB_MEASURE_EXPLANATION },
    { "进展情况", TB_MEASURE_EXPLANATION },
    { "情况说明", TB_MEASURE_EXPLANATION },
    { "排名", TB_MEASURE_RANK },
    { "位次", TB_MEASURE_RANK },
    { "名次", TB_MEASURE_RANK },
    { "同比增减", TB_MEASURE_CHANGE },
    { "完成进度", TB_MEASURE_PROGRESS },
};

static const struct {
    char code;
    const char *zh, *en;
} statuses[TB_N_STATUSES] = {
    [TB_STATUS_NONE] = { ' ', "无", "none" },
    [TB_STATUS_A] = { 'A', "正常", "normal" },
    [TB_STATUS_B] = { 'B', "口径变化", "break in series" },
    [TB_STATUS_D] = { 'D', "口径差异", "definition differs" },
    [TB_STATUS_E] = { 'E', "估算", "estimated" },
    [TB_STATUS_F] = { 'F', "预测", "forecast" },
    [TB_STATUS_G] = { 'G', "试算", "experimental" },
    [TB_STATUS_I] = { 'I', "上级推算", "imputed" },
    [TB_STATUS_J] = { 'J', "免报", "derogation" },
    [TB_STATUS_K] = { 'K', "并入其他", "included elsewhere" },
    [TB_STATUS_N] = { 'N', "不显著", "not significant" },
    [TB_STATUS_P] = { 'P', "初步", "provisional" },
    [TB_STATUS_S] = { 'S', "特殊事件", "special event" },
    [TB_STATUS_U] = { 'U', "存疑", "low reliability" },
    [TB_STATUS_V] = { 'V', "未审核", "unvalidated" },
    [TB_STATUS_W] = { 'W', "含其他", "includes other" },
    [TB_STATUS_L] = { 'L', "未报", "not collected" },
    [TB_STATUS_M] = { 'M', "不适用", "not applicable" },
    [TB_STATUS_O] = { 'O', "缺失", "missing" },
    [TB_STATUS_Q] = { 'Q', "保密", "suppressed" },
    [TB_STATUS_H] = { 'H', "节假日", "holiday" },
};

const char *tb_measure_name(enum tb_measure measure)
{
    return (unsigned)measure < TB_N_MEASURES ? measure_names[measure] : "";
}

int tb_measure_find(const char *name, size_t len)
{
    for (int m = 0; m < TB_N_MEASURES; m++) {
        if (strlen(measure_names[m]) == len && strncasecmp(measure_names[m], name, len) == 0)
            return m;
    }
    for (size_t i = 0; i < sizeof measure_words / sizeof *measure_words; i++) {
        if (strlen(measure_words[i].word) == len && memcmp(measure_words[i].word, name, len) == 0)
            return measure_words[i].measure;
    }
    return -1;
}

char tb_status_code(uint8_t status)
{
    unsigned s = status & TB_STATUS_MASK;

    return s < TB_N_STATUSES ? statuses[s].code : ' ';
}

int tb_status_find(const char *code)
{
    if (!code[0] || code[1])
        return -1;
    for (int s = TB_STATUS_NONE + 1; s < TB_N_STATUSES; s++) {
        if (statuses[s].code == code[0])
            return s;
    }
    return -1;
}

const char *tb_status_text(uint8_t status, const char *lang)
{
    unsigned s = status & TB_STATUS_MASK;

    if (s >= TB_N_STATUSES)
        s = TB_STATUS_NONE;
    return strncmp(lang, "zh", 2) == 0 ? statuses[s].zh : statuses[s].en;
}
