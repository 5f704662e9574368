/* deadline_parse.c - reads `due` of deadlines.csv, in English and in the words of
 * the documents.  The text is normalised first, so width means nothing.
 */
#include "model/deadline_parse.h"

#include <string.h>
#include <strings.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

enum {
    MAX_OFFSET = 24, /* months */
    MAX_DAYS = 366,
    MAX_WORKDAYS = 250,
    MAX_DIGITS = 4,
    MONTHS = 12,
};

static const char usual[] = "a day such as 21, last, last workday of quarter, 03-25, +1 month 21, "
                            "+5 days, +3 workdays or 20 workdays";

/* What is left of the normalised text. */
struct rest {
    const char *at;
    const char **expected;
};

static void skip_blank(struct rest *r)
{
    while (*r->at == ' ')
        r->at++;
}

static bool take(struct rest *r, const char *word)
{
    size_t n = strlen(word);

    skip_blank(r);
    if (strncasecmp(r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

static bool take_any(struct rest *r, const char *const words[])
{
    for (; *words; words++) {
        if (take(r, *words))
            return true;
    }
    return false;
}

static bool take_number(struct rest *r, int *out)
{
    int n = 0, digits = 0;

    skip_blank(r);
    for (; *r->at >= '0' && *r->at <= '9' && digits <= MAX_DIGITS; r->at++, digits++)
        n = n * 10 + (*r->at - '0');
    *out = n;
    return digits > 0 && digits <= MAX_DIGITS;
}

static bool fail(struct rest *r, const char *expected)
{
    *r->expected = expected;
    return false;
}

/* --- limits, the same in both languages --- */

static bool month_day(struct rest *r, int day, struct tb_due *out)
{
    out->kind = TB_DUE_MONTH_DAY;
    out->day = day;
    return (day >= 1 && day <= 31) || fail(r, "a day of the month from 1 to 31");
}

static bool date(struct rest *r, int month, int day, struct tb_due *out)
{
    static const int days[MONTHS] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    out->kind = TB_DUE_DATE;
    out->month = month;
    out->day = day;
    if (month < 1 || month > MONTHS || day < 1 || day > days[month - 1])
        return fail(r, "a date of the year such as 03-25");
    return out->offset_months % MONTHS == 0 ||
           fail(r, "a date of the year without months before it: +1 year 03-25");
}

static bool count(struct rest *r, enum tb_due_kind kind, int n, struct tb_due *out)
{
    int max = kind == TB_DUE_DAYS_AFTER ? MAX_DAYS : MAX_WORKDAYS;

    out->kind = kind;
    out->day = n;
    if (out->offset_months != 0)
        return fail(r, "days counted from the period's end, without months before them");
    return (n >= 1 && n <= max) ||
           fail(r, kind == TB_DUE_DAYS_AFTER ? "1 to 366 days" : "1 to 250 working days");
}

static bool last(enum tb_due_kind kind, enum tb_freq span, struct tb_due *out)
{
    out->kind = kind;
    out->span = span;
    return true;
}

/* --- English --- */

/* Longer words first: a shorter one begins them. */
static const char *const workdays[] = { "working days", "working day", "workdays", "workday",
                                        NULL };

static bool read_span(struct rest *r, enum tb_freq *span)
{
    *span = TB_FREQ_MONTH;
    if (!take(r, "of"))
        return true;
    take(r, "the");
    if (take(r, "month"))
        return true;
    if (take(r, "quarter"))
        *span = TB_FREQ_QUARTER;
    else if (take(r, "half year") || take(r, "half"))
        *span = TB_FREQ_HALF;
    else if (take(r, "year"))
        *span = TB_FREQ_ANNUAL;
    else
        return fail(r, "month, quarter, half or year behind 'of'");
    return true;
}

static bool read_last(struct rest *r, struct tb_due *out)
{
    enum tb_due_kind kind = TB_DUE_LAST_DAY;
    enum tb_freq span;

    if (take(r, "workday") || take(r, "working day"))
        kind = TB_DUE_LAST_WORKDAY;
    else
        take(r, "day");
    return read_span(r, &span) && last(kind, span, out);
}

/* `+N months`, the text behind '+'; *done when it was the whole of it. */
static bool read_offset(struct rest *r, struct tb_due *out, bool *done)
{
    static const char *const days[] = { "days", "day", NULL };
    static const char *const months[] = { "months", "month", NULL };
    static const char *const quarters[] = { "quarters", "quarter", NULL };
    static const char *const years[] = { "years", "year", NULL };
    int n, unit;

    *done = true;
    if (!take_number(r, &n))
        return fail(r, "a number behind '+', such as +1 month 21");
    if (take_any(r, workdays))
        return count(r, TB_DUE_WORKDAYS_AFTER, n, out);
    if (take_any(r, days))
        return count(r, TB_DUE_DAYS_AFTER, n, out);
    *done = false;
    unit = take_any(r, months) ? 1 : take_any(r, quarters) ? 3 : take_any(r, years) ? MONTHS : 0;
    if (unit == 0)
        return fail(r, "months, quarters, years, days or workdays behind '+' and a number");
    if (n < 1 || n * unit > MAX_OFFSET)
        return fail(r, "at most 24 months behind '+'");
    out->offset_months = n * unit;
    return true;
}

static bool read_english(struct rest *r, struct tb_due *out)
{
    bool done = false;
    int n, day;

    if (take(r, "+") && !read_offset(r, out, &done))
        return false;
    if (done)
        return true;
    if (take(r, "last"))
        return read_last(r, out);
    if (!take_number(r, &n))
        return fail(r, usual);
    if (take(r, "-"))
        return take_number(r, &day) ? date(r, n, day, out) : fail(r, usual);
    if (take_any(r, workdays))
        return count(r, TB_DUE_WORKDAYS, n, out);
    return month_day(r, n, out);
}

/* --- the words of the documents --- */

static const struct {
    const char *word;
    enum tb_freq span;
    int offset_months;
} spans[] = {
    { "每月", TB_FREQ_MONTH, 0 },     { "当月", TB_FREQ_MONTH, 0 },
    { "次月", TB_FREQ_MONTH, 1 },     { "下月", TB_FREQ_MONTH, 1 },
    { "每季度", TB_FREQ_QUARTER, 0 }, { "每季", TB_FREQ_QUARTER, 0 },
    { "每半年", TB_FREQ_HALF, 0 },    { "每年", TB_FREQ_ANNUAL, 0 },
    { "当年", TB_FREQ_ANNUAL, 0 },    { "次年", TB_FREQ_ANNUAL, MONTHS },
};

static const struct {
    const char *word;
    enum tb_freq span;
} ends[] = {
    { "月底", TB_FREQ_MONTH },   { "月末", TB_FREQ_MONTH },  { "季度末", TB_FREQ_QUARTER },
    { "季末", TB_FREQ_QUARTER }, { "半年末", TB_FREQ_HALF }, { "年底", TB_FREQ_ANNUAL },
    { "年末", TB_FREQ_ANNUAL },
};

/* Behind a number: 日, 个工作日, 月25日. */
static bool read_number(struct rest *r, int n, bool after, enum tb_freq span, struct tb_due *out)
{
    static const char *const day_words[] = { "日", "号", "天", NULL };
    int day;

    if (take(r, "个工作日"))
        return count(r, after ? TB_DUE_WORKDAYS_AFTER : TB_DUE_WORKDAYS, n, out);
    if (take_any(r, day_words)) {
        if (after)
            return count(r, TB_DUE_DAYS_AFTER, n, out);
        return span == TB_FREQ_MONTH ? month_day(r, n, out) : fail(r, "such as 每月21日前");
    }
    if (!after && take(r, "月") && take_number(r, &day) && take_any(r, day_words))
        return date(r, n, day, out);
    return fail(r, "such as 每月21日前, 3月25日前, 20个工作日内");
}

static bool read_chinese_day(struct rest *r, enum tb_freq span, struct tb_due *out)
{
    static const char *const last_workday[] = { "最后一个工作日", "最后1个工作日", NULL };
    static const char *const last_day[] = { "最后一日", "最后一天", "底", "末", NULL };
    bool after = take(r, "期后");
    int n;

    if (take_any(r, last_workday))
        return last(TB_DUE_LAST_WORKDAY, span, out);
    if (take_any(r, last_day))
        return last(TB_DUE_LAST_DAY, span, out);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (take(r, ends[i].word))
            return last(TB_DUE_LAST_DAY, ends[i].span, out);
    }
    return take_number(r, &n) ? read_number(r, n, after, span, out) : fail(r, usual);
}

static bool read_chinese(struct rest *r, struct tb_due *out)
{
    static const char *const until[] = { "以前", "之前", "前", "以内", "内", NULL };
    static const char *const moves[] = { "遇节假日往后顺延", "遇节假日顺延", NULL };
    enum tb_freq span = TB_FREQ_MONTH;

    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        if (!take(r, spans[i].word))
            continue;
        span = spans[i].span;
        out->offset_months = spans[i].offset_months;
        break;
    }
    if (!read_chinese_day(r, span, out))
        return false;
    take_any(r, until);
    bool bracket = take(r, "("), comma = !bracket && take(r, ",");
    if (take_any(r, moves))
        out->shift = true;
    else if (bracket || comma)
        return fail(r, "遇节假日往后顺延 in brackets");
    return !bracket || take(r, ")") || fail(r, "a closing bracket");
}

/* Chinese when there is a character beyond ASCII. */
static bool is_chinese(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text >= 0x80)
            return true;
    }
    return false;
}

bool tb_due_parse(const char *text, size_t len, struct tb_due *out, const char **expected)
{
    struct tb_buf plain = TB_BUF_INIT;
    bool ok;

    tb_text_normalise(text, len, &plain);
    struct rest r = { .at = tb_buf_text(&plain), .expected = expected };
    *out = (struct tb_due){ 0 };
    *expected = usual;
    ok = !plain.failed && (is_chinese(r.at) ? read_chinese(&r, out) : read_english(&r, out));
    skip_blank(&r);
    if (ok && *r.at) {
        *expected = usual;
        ok = false;
    }
    tb_buf_release(&plain);
    return ok;
}
