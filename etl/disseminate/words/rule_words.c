/* rule_words.c - rules, operands and catch-up figures of analyse, put into words.
 *
 * What analyse writes is exact and terse ("ytd_growth = 5.3; area(city) = no data",
 * "need=8.3;periods_left=6").  A leader reads words: each known name is replaced
 * by its word, each code by its name; numbers and signs stand as they are. */
#include "disseminate/words/fact.h"

#include <string.h>

#include "tongbao/buf.h"

static const struct {
    const char *name, *zh, *en;
} words[] = {
    { "about", "左右", "about" },
    { "abs", "绝对值", "size of" },
    { "all", "全部", "all" },
    { "and", "且", "and" },
    { "annual", "年度任务", "annual task" },
    { "any", "任一", "any" },
    { "area", "整体水平", "the figure of" },
    { "at", "时点值", "at" },
    { "base", "上年同期", "base" },
    { "best", "最好", "best of" },
    { "bottom", "倒数位次", "place from the bottom in" },
    { "cases", "办件数", "cases of" },
    { "change", "同比变动", "change on a year before" },
    { "children", "下级单位", "units below" },
    { "completeness", "报送齐全率", "completeness" },
    { "count", "个数", "number of" },
    { "done", "完成", "done" },
    { "elapsed", "时间进度", "share of the time gone" },
    { "every", "每期均", "in each period:" },
    { "grade", "等级", "grade" },
    { "growth", "同比增速", "growth" },
    { "growth_2y", "两年平均增速", "mean growth of two years" },
    { "known", "已有结果", "there is a result for" },
    { "lagging", "落后指标数", "indicators at the bottom of" },
    { "last_year", "上年同期", "last year's" },
    { "late_cases", "超期办件数", "late cases of" },
    { "late_days", "迟报天数", "days late" },
    { "max", "最大", "largest of" },
    { "mean", "平均", "mean of" },
    { "median", "中位数", "median of" },
    { "min", "最小", "smallest of" },
    { "mom", "环比", "growth on the period before" },
    { "no", "不", "no" },
    { "none", "无任务数", "none" },
    { "not", "非", "not" },
    { "on_time", "按时报送", "on time" },
    { "or", "或", "or" },
    { "prev", "上期", "the period before's" },
    { "progress", "进度", "progress" },
    { "quota", "下达任务数", "quota" },
    { "rank", "位次", "place in" },
    { "resubmitted", "重报次数", "resubmissions" },
    { "score", "得分", "score" },
    { "share", "占比", "share" },
    { "step", "分步目标", "step" },
    { "streak", "连续期数", "periods running of" },
    { "sum", "合计", "sum of" },
    { "tied", "并列", "tied in" },
    { "total", "目标期内累计", "total over the target's time" },
    { "value", "当期数", "value" },
    { "wmean", "加权平均", "weighted mean of" },
    { "worst", "最差", "worst of" },
    { "ytd", "累计数", "total for the year so far" },
    { "ytd_growth", "累计增速", "growth in the year so far" },
    { "ytd_growth_2y", "累计两年平均增速", "mean growth of two years, of the year so far" },
};

/* Phrases of more than one word, looked at before the words. */
static const struct {
    const char *text, *zh, *en;
} phrases[] = {
    { " = no data", "未报", " has no data" },
    { " = not released: held for review", "待核（审核不通过，暂缓使用）", " is held for review" },
    { " = not computable", "无法计算", " cannot be computed" },
    { " = not applicable", "不适用", " does not apply" },
    { "; ", "；", "; " },
    { " of ", "，", " of " },
    { "no data", "未报", "no data" },
    { "not released: held for review", "待核", "held for review" },
    { "no quota assigned", "任务数未下达", "no quota assigned" },
    { "the document sets none", "文件载明无任务数", "the document sets none" },
    { "not computable", "无法计算", "not computable" },
    { "not applicable", "不适用", "not applicable" },
    /* what is known of a task, by tb_task_status_code */
    { "not reported", "进展未报", "not reported" },
    { "not begun", "未启动", "not begun" },
    { "not done", "未完成", "not done" },
    { "under way", "推进中", "under way" },
    { "day missing", "缺完成日期", "the day of completion is missing" },
    { "evidence missing", "缺佐证材料", "evidence is missing" },
    { "done late", "逾期完成", "done late" },
};

/* Signs of comparison, which English sentences say in words; longest first. */
static const struct {
    const char *sign, *en;
} comparisons[] = {
    { ">=", "at least" }, { "<=", "at most" }, { "!=", "other than" },
    { ">", "above" },     { "<", "below" },    { "~", "about" },
};

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* A known word, or the name that a group's or indicator's code stands for. */
static const char *word_for(const struct tb_writer *w, const char *text, size_t len)
{
    int32_t row;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].name) == len && memcmp(words[i].name, text, len) == 0)
            return tb_say(w, words[i].zh, words[i].en);
    if (strspn(text, "0123456789") >= len) /* a number, even if some code looks like it */
        return NULL;
    row = tb_profile_group(w->report->profile, text, len);
    if (row >= 0)
        return tb_name_of_group(w, row);
    row = tb_profile_indicator(w->report->profile, text, len);
    return row >= 0 ? tb_name_of_indicator(w, row) : NULL;
}

static size_t put_phrase(const struct tb_writer *w, const char *text, struct tb_buf *out)
{
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        size_t len = strlen(phrases[i].text);
        if (strncmp(text, phrases[i].text, len) == 0 &&
            (!is_word_byte(text[len - 1]) || !is_word_byte(text[len]))) {
            tb_buf_puts(out, tb_say(w, phrases[i].zh, phrases[i].en));
            return len;
        }
    }
    return 0;
}

static size_t word_length(const char *text)
{
    size_t len = 0;

    while (is_word_byte(text[len]))
        len++;
    return len;
}

static size_t put_comparison(const struct tb_writer *w, const char *text, struct tb_buf *out)
{
    for (size_t i = 0; w->style.lang[0] != 'z' && i < sizeof comparisons / sizeof *comparisons;
         i++) {
        size_t len = strlen(comparisons[i].sign);
        if (strncmp(text, comparisons[i].sign, len) == 0) {
            tb_buf_puts(out, comparisons[i].en);
            return len;
        }
    }
    return 0;
}

static bool starts_with(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

/* "area(city)" and "growth[gdp]", a word of one code: 全市整体水平, figure of the city;
 * 地区生产总值同比增速, growth of GDP. */
static size_t put_call(const struct tb_writer *w, const char *text, struct tb_buf *out)
{
    size_t len = word_length(text),
           inner = len > 0 && (text[len] == '(' || text[len] == '[') ? len + 1 : 0;
    size_t inner_len = inner ? word_length(text + inner) : 0;
    const char *word, *code;

    if (inner_len == 0 || text[inner + inner_len] != (text[len] == '(' ? ')' : ']'))
        return 0;
    word = word_for(w, text, len);
    code = word_for(w, text + inner, inner_len);
    if (!word || !code)
        return 0;
    if (w->style.lang[0] == 'z')
        tb_buf_printf(out, "%s%s", code, word);
    else
        tb_buf_printf(out, text[len] == '(' ? "%s %s" : "%s of %s", word, code);
    return inner + inner_len + 1;
}

/* Length of "(...)" with the brackets in it, or 0. */
static size_t brackets_length(const char *text)
{
    size_t depth = 0;

    for (size_t i = 0; text[i]; i++) {
        depth += text[i] == '(';
        if (text[i] == ')' && --depth == 0)
            return i + 1;
    }
    return 0;
}

/* prev(X) and last_year(X): 上期的X, "X of the period before". */
static size_t put_past(const struct tb_writer *w, const char *text, struct tb_buf *out)
{
    bool year = starts_with(text, "last_year(");
    size_t name = strlen(year ? "last_year" : "prev");
    size_t len = year || starts_with(text, "prev(") ? brackets_length(text + name) : 0;
    char inner[128];

    if (len < 3 || len - 2 >= sizeof inner)
        return 0;
    memcpy(inner, text + name + 1, len - 2);
    inner[len - 2] = '\0';
    if (w->style.lang[0] == 'z')
        tb_buf_puts(out, year ? "上年同期的" : "上期的");
    tb_rule_words(w, inner, out);
    if (w->style.lang[0] != 'z')
        tb_buf_puts(out, year ? " of a year before" : " of the period before");
    return name + len;
}

/* average(X, 3): 3年平均的X, "3-year mean of X". */
static size_t put_average(const struct tb_writer *w, const char *text, struct tb_buf *out)
{
    static const char name[] = "average";
    size_t len = starts_with(text, "average(") ? brackets_length(text + strlen(name)) : 0;
    const char *comma = len ? memchr(text, ',', strlen(name) + len) : NULL;
    char inner[128], years[16];

    if (!comma || len >= sizeof inner)
        return 0;
    snprintf(inner, sizeof inner, "%.*s", (int)(comma - text - 8), text + 8);
    snprintf(years, sizeof years, "%.*s", (int)(text + strlen(name) + len - comma - 3), comma + 2);
    tb_rule_words(w, years, out);
    tb_buf_puts(out, tb_say(w, "年平均的", "-year mean of "));
    tb_rule_words(w, inner, out);
    return strlen(name) + len;
}

/* A place is better, not smaller, than another. */
static size_t put_better_place(const struct tb_writer *w, const char *text, struct tb_buf *out)
{
    size_t len = starts_with(text, "rank(") ? strlen("rank") + brackets_length(text + 4) : 0;
    char call[128];

    if (w->style.lang[0] == 'z' || len == 0 || len >= sizeof call ||
        !starts_with(text + len, " < "))
        return 0;
    memcpy(call, text, len);
    call[len] = '\0';
    tb_rule_words(w, call, out);
    tb_buf_puts(out, " better than ");
    return len + strlen(" < ");
}

void tb_rule_words(const struct tb_writer *w, const char *text, struct tb_buf *out)
{
    (void)tb_number_quote(&w->style, text); /* its numbers stand as they are */
    for (size_t len; *text; text += len) {
        const char *word;
        len = put_phrase(w, text, out);
        if (len == 0)
            len = put_past(w, text, out);
        if (len == 0)
            len = put_average(w, text, out);
        if (len == 0)
            len = put_better_place(w, text, out);
        if (len == 0)
            len = put_comparison(w, text, out);
        if (len == 0)
            len = put_call(w, text, out);
        if (len > 0)
            continue;
        len = word_length(text);
        word = len > 0 ? word_for(w, text, len) : NULL;
        if (word) {
            tb_buf_puts(out, word);
            if (w->style.lang[0] != 'z' && text[len] == '(')
                tb_buf_putc(out, ' ');
        } else {
            len = len > 0 ? len : 1;
            tb_buf_add(out, text, len);
        }
    }
}

/* The number behind `key=` in "a=1;b=2", or "". */
static void catch_up_number(const char *list, const char *key, char number[TB_DECIMAL_TEXT])
{
    size_t key_len = strlen(key);

    number[0] = '\0';
    while (*list) {
        size_t len = strcspn(list, ";");
        if (len > key_len + 1 && strncmp(list, key, key_len) == 0 && list[key_len] == '=' &&
            len - key_len - 1 < TB_DECIMAL_TEXT) {
            memcpy(number, list + key_len + 1, len - key_len - 1);
            number[len - key_len - 1] = '\0';
            return;
        }
        list += len + (list[len] == ';');
    }
}

/* Unit of the value that would have reached a place: that of the ranked measure. */
static const char *ranked_unit(const struct tb_writer *w, const struct tb_verdict *v)
{
    const struct tb_indicator *ind = &w->report->profile->indicators[v->indicator];
    int headline = ind->n_headlines > 0 ? ind->headline[0] : TB_MEASURE_VALUE;

    if (strstr(v->rule, "growth") || headline == TB_MEASURE_GROWTH ||
        headline == TB_MEASURE_YTD_GROWTH || headline == TB_MEASURE_SHARE ||
        headline == TB_MEASURE_GROWTH_2Y || headline == TB_MEASURE_YTD_GROWTH_2Y ||
        headline == TB_MEASURE_PROGRESS || headline == TB_MEASURE_MOM)
        return "%";
    return headline == TB_MEASURE_SCORE ? "" : ind->unit_measure;
}

static void put_amount(const struct tb_writer *w, const char *number, const char *unit,
                       struct tb_buf *out)
{
    tb_number_printed(out, &w->style, number);
    tb_number_unit_of(out, &w->style, number, strcmp(unit, "pp") == 0 ? "%" : unit);
}

void tb_catch_up_words(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    char need[TB_DECIMAL_TEXT], per_period[TB_DECIMAL_TEXT], left[TB_DECIMAL_TEXT];
    char rank_value[TB_DECIMAL_TEXT];
    bool zh = w->style.lang[0] == 'z';

    catch_up_number(v->catch_up, "need", need);
    catch_up_number(v->catch_up, "per_period", per_period);
    catch_up_number(v->catch_up, "periods_left", left);
    catch_up_number(v->catch_up, "rank_value", rank_value);
    if (*need && strcmp(v->rule, "done") == 0) {
        tb_buf_puts(out, zh ? "完成" : "finish it");
    } else if (*need) {
        tb_buf_puts(out, zh ? "达到" : "reach ");
        put_amount(w, need, v->unit_measure, out);
    }
    if (*per_period && *left) {
        tb_buf_puts(out, zh ? "，余下" : "; in each of the ");
        tb_number_printed(out, &w->style, left);
        tb_buf_puts(out, zh ? "期每期" : " periods left, ");
        put_amount(w, per_period, v->unit_measure, out);
    }
    if (*rank_value) {
        tb_buf_puts(out, *need ? (zh ? "；" : "; ") : "");
        tb_buf_puts(out, zh ? "其他单位不变时，达到" : "with the others as they are, reach ");
        put_amount(w, rank_value, ranked_unit(w, v), out);
    }
}
