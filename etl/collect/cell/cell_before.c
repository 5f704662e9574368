/* cell_before.c - words before a number: about, more than, up, down.
 *
 * What is not said exactly is refused, and so is a direction that can be read
 * in two ways: ▲ is a minus in some offices and a plus in others.
 */
#include "collect/cell/cell_parts.h"

#include <string.h>

static bool strip(char **text, const char *word)
{
    size_t n = strlen(word);

    if (strncmp(*text, word, n) != 0)
        return false;
    *text += n;
    *text += **text == ' ';
    return true;
}

static bool strip_any(char **text, const char *const words[])
{
    for (size_t i = 0; words[i]; i++) {
        if (strip(text, words[i]))
            return true;
    }
    return false;
}

static char *refuse(struct tb_cell *out, enum tb_reason reason)
{
    out->kind = TB_CELL_BAD;
    out->reason = reason;
    return NULL;
}

static bool has_digit(const char *text)
{
    return text[strcspn(text, "0123456789")] != '\0';
}

char *tb_cell_before(char *text, bool *negative, struct tb_cell *out)
{
    static const char *const inexact[] = { ">", "<", "≥", "≤", "≈", "~", "约", "大约", "近", "超过",
                                           "超", "逾", "不足", "不到", "少于", "多于", "大于", "小于",
                                           "about", "over", "under", NULL };
    static const char *const year[] = { "累计同比", "同比", "比上年同期", "比去年同期", "较上年同期",
                                        "较去年同期", NULL };
    static const char *const before[] = { "环比", "比上月", "较上月", "比上季度", "较上季度", NULL };
    static const char *const up[] = { "增长", "上升", "上涨", "提高", "增加", "正增长", "增", "升",
                                      "涨", "↑", NULL };
    static const char *const down[] = { "下降", "下跌", "下滑", "降低", "减少", "负增长", "降", "跌",
                                        "减", "↓", NULL };
    static const char *const either[] = { "▲", "△", "▼", "▽", "回落", "回升", "加快", "放缓", "收窄",
                                          "扩大", "持平", NULL };
    char *at = text;

    *negative = false;
    if ((unsigned char)text[0] >= '0' && (unsigned char)text[0] <= '9')
        return text;
    if (strip_any(&at, inexact))
        return has_digit(at) ? refuse(out, TB_REASON_NUMBER_INEXACT) : text;
    out->compared = strip_any(&at, year)     ? TB_COMPARED_YEAR
                    : strip_any(&at, before) ? TB_COMPARED_BEFORE
                                             : TB_COMPARED_OPEN;
    if (strip_any(&at, either))
        return refuse(out, TB_REASON_NUMBER_DIRECTION);
    *negative = strip_any(&at, down);
    out->directed = *negative || strip_any(&at, up) || at > text;
    /* 下降-5.3: down by a fall? */
    bool falls_twice = *negative && (*at < '0' || *at > '9');
    return falls_twice && has_digit(at) ? refuse(out, TB_REASON_NUMBER_DIRECTION) : at;
}
