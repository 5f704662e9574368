/* prose.c - the phrase grammar of bulletins, in Chinese and English. */
#include "disseminate/words/prose.h"

#include "disseminate/words/readback.h"
#include "tongbao/buf.h"

static bool is_zh(const char *lang)
{
    return lang[0] == 'z';
}

static void put_points(struct tb_buf *out, const struct tb_style *style)
{
    tb_buf_puts(out, is_zh(style->lang) ? "个百分点" : " percentage points");
}

void tb_prose_growth(struct tb_buf *out, const struct tb_style *style, struct tb_decimal rate)
{
    int sign = tb_number_sign(style, rate, style->growth_decimals);
    bool zh = is_zh(style->lang);

    if (sign == 0) {
        tb_buf_puts(out, zh ? "持平" : "unchanged");
        return;
    }
    if (zh)
        tb_buf_puts(out, sign > 0 ? "增长" : "下降");
    else
        tb_buf_puts(out, sign > 0 ? "up " : "down ");
    tb_number_size(out, style, rate, style->growth_decimals);
    tb_buf_putc(out, '%');
}

/* Both rates on the same side of zero, or one of them zero. */
static void same_side(struct tb_buf *out, const struct tb_style *style, struct tb_decimal now,
                      struct tb_decimal before, const char *earlier, bool falling)
{
    int order = tb_number_compare(style, now, before, style->growth_decimals);
    bool zh = is_zh(style->lang);

    if (order == 0) {
        tb_buf_printf(out, zh ? "%s与%s持平" : "%s unchanged from %s",
                      zh ? (falling ? "降幅" : "增速") : (falling ? "the decline" : "growth"),
                      earlier);
        return;
    }
    if (zh) {
        tb_buf_printf(out, "%s较%s%s", falling ? "降幅" : "增速", earlier,
                      falling ? (order < 0 ? "扩大" : "收窄") : (order > 0 ? "加快" : "回落"));
        tb_number_distance(out, style, now, before, style->growth_decimals);
        put_points(out, style);
        return;
    }
    tb_buf_puts(out, falling ? (order < 0 ? "the decline widened by " : "the decline narrowed by ")
                             : (order > 0 ? "growth quickened by " : "growth slowed by "));
    tb_number_distance(out, style, now, before, style->growth_decimals);
    put_points(out, style);
    tb_buf_printf(out, " from %s", earlier);
}

static void quote_before(struct tb_buf *out, const struct tb_style *style, struct tb_decimal before,
                         const char *earlier)
{
    bool zh = is_zh(style->lang);

    tb_buf_printf(out, "%s%s", zh ? "（" : " (", zh ? earlier : "");
    tb_prose_growth(out, style, before);
    tb_buf_printf(out, "%s%s%s", zh ? "" : " ", zh ? "" : earlier, zh ? "）" : ")");
}

void tb_prose_rate_move(struct tb_buf *out, const struct tb_style *style, struct tb_decimal now,
                        struct tb_decimal before, const char *earlier)
{
    int n = tb_number_sign(style, now, style->growth_decimals);
    int b = tb_number_sign(style, before, style->growth_decimals);
    bool zh = is_zh(style->lang);
    const char *turn = NULL;

    if (b < 0 && n > 0)
        turn = zh ? "由降转增" : "turning from decline to growth";
    else if (b > 0 && n < 0)
        turn = zh ? "由增转降" : "turning from growth to decline";
    else if (b < 0 && n == 0)
        turn = zh ? "由降转平" : "turning from decline to no change";
    else if (b == 0 && n < 0)
        turn = zh ? "由平转降" : "turning from no change to decline";
    if (!turn) {
        same_side(out, style, now, before, earlier, n < 0);
        return;
    }
    tb_buf_puts(out, turn);
    quote_before(out, style, before, earlier);
}

void tb_prose_points(struct tb_buf *out, const struct tb_style *style, struct tb_decimal points,
                     int32_t decimals)
{
    int sign = tb_number_sign(style, points, decimals);
    bool zh = is_zh(style->lang);

    if (sign == 0) {
        tb_buf_puts(out, zh ? "持平" : "unchanged");
        return;
    }
    if (zh)
        tb_buf_puts(out, sign > 0 ? "提高" : "下降");
    else
        tb_buf_puts(out, sign > 0 ? "up " : "down ");
    tb_number_size(out, style, points, decimals);
    put_points(out, style);
}

bool tb_prose_turn(struct tb_buf *out, const struct tb_style *style, struct tb_decimal now,
                   struct tb_decimal base)
{
    bool zh = is_zh(style->lang);
    int order = tb_decimal_cmp(now, base);

    if (base.units < 0 && now.units >= 0)
        tb_buf_puts(out, zh ? "同比扭亏为盈" : "turned from loss to profit");
    else if (base.units >= 0 && now.units < 0)
        tb_buf_puts(out, zh ? "同比由盈转亏" : "turned from profit to loss");
    else if (base.units < 0 && order < 0)
        tb_buf_puts(out, zh ? "同比增亏" : "the loss widened on a year before");
    else if (base.units < 0 && order > 0)
        tb_buf_puts(out, zh ? "同比减亏" : "the loss narrowed on a year before");
    else if (base.units < 0)
        tb_buf_puts(out, zh ? "亏损与上年同期持平" : "the loss is that of a year before");
    else
        return false;
    return true;
}

/* Tells the last pass of the numbers appended since `start`. */
static void note_from(const struct tb_style *style, const struct tb_buf *out, size_t start)
{
    if (out->len > start)
        tb_readback_note(style->readback, out->data + start, out->len - start);
}

/* Chinese numerals of 1..9999; larger numbers keep their digits. */
static void put_numeral_zh(struct tb_buf *out, unsigned n)
{
    static const char *const digit[] = {
        "零", "一", "二", "三", "四", "五", "六", "七", "八", "九"
    };
    static const struct {
        unsigned size;
        const char *word;
    } place[] = { { 1000, "千" }, { 100, "百" }, { 10, "十" }, { 1, "" } };
    bool begun = false, gap = false;
    unsigned all = n;

    if (n == 0 || n > 9999) {
        tb_buf_printf(out, "%u", n);
        return;
    }
    for (size_t i = 0; i < 4; i++) {
        unsigned d = n / place[i].size;
        n %= place[i].size;
        if (d == 0) {
            gap = begun;
            continue;
        }
        if (gap)
            tb_buf_puts(out, digit[0]);
        if (!(d == 1 && place[i].size == 10 && all < 20)) /* 十二, not 一十二 */
            tb_buf_puts(out, digit[d]);
        tb_buf_puts(out, place[i].word);
        begun = true;
        gap = false;
    }
}

void tb_prose_numeral(struct tb_buf *out, const char *lang, unsigned n)
{
    if (is_zh(lang))
        put_numeral_zh(out, n);
    else
        tb_buf_printf(out, "%u", n);
}

void tb_prose_ordinal(struct tb_buf *out, const struct tb_style *style, unsigned n)
{
    static const char *const ending[] = { "th", "st", "nd", "rd" };
    unsigned last = n % 10, teen = n % 100;
    size_t start = out->len;

    if (is_zh(style->lang)) {
        tb_buf_puts(out, "第");
        put_numeral_zh(out, n);
    } else {
        tb_buf_printf(out, "%u%s", n, last <= 3 && (teen < 11 || teen > 13) ? ending[last] : "th");
    }
    note_from(style, out, start);
}

void tb_prose_place(struct tb_buf *out, const struct tb_style *style, const char *group,
                    unsigned rank, bool tied)
{
    if (is_zh(style->lang)) {
        tb_buf_printf(out, "%s%s", group, tied ? "并列" : "");
        tb_prose_ordinal(out, style, rank);
        return;
    }
    tb_buf_puts(out, tied ? "tied " : "");
    tb_prose_ordinal(out, style, rank);
    tb_buf_printf(out, " in %s", group);
}

void tb_prose_movement(struct tb_buf *out, const struct tb_style *style, int movement,
                       const char *earlier)
{
    unsigned places = movement < 0 ? 0u - (unsigned)movement : (unsigned)movement;
    bool zh = is_zh(style->lang);

    if (movement == 0) {
        tb_buf_printf(out, zh ? "位次与%s持平" : "unchanged from %s", earlier);
    } else if (zh) {
        tb_buf_printf(out, "较%s%s", earlier, movement > 0 ? "进" : "退");
        tb_number_count(out, style, places);
        tb_buf_puts(out, "位");
    } else {
        tb_buf_puts(out, movement > 0 ? "up " : "down ");
        tb_number_count(out, style, places);
        tb_buf_printf(out, " %s from %s", places == 1 ? "place" : "places", earlier);
    }
}

const char *tb_prose_earlier(enum tb_freq freq, const char *lang)
{
    static const char *const zh[TB_N_FREQS] = { "上年", "上半年", "上季度", "上月", "上旬", "上周",
                                                "上一双月" };
    static const char *const en[TB_N_FREQS] = { "the year before", "the half-year before",
                                                "the quarter before", "the month before",
                                                "the ten days before", "the week before",
                                                "the two months before" };

    return is_zh(lang) ? zh[freq] : en[freq];
}

static const char *const month_names[] = { "January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December" };

static void put_period(struct tb_buf *out, const char *lang, struct tb_period period)
{
    char text[48];

    if (is_zh(lang))
        tb_period_format_zh(period, text);
    else
        tb_period_format_en(period, text);
    tb_buf_puts(out, text);
}

/* A year that began in the calendar year before. */
static void put_split_year(struct tb_buf *out, const char *lang, int from, int to, int year)
{
    if (is_zh(lang))
        tb_buf_printf(out, "%d年%d月—%d年%d月", year - 1, from, year, to);
    else
        tb_buf_printf(out, "%s %d-%s %d", month_names[from - 1], year - 1, month_names[to - 1],
                      year);
}

void tb_prose_period(struct tb_buf *out, const struct tb_style *style, struct tb_period period,
                     bool cumulative, int year_start)
{
    const char *lang = style->lang;
    int year = 0, to = 0, day = 0;
    size_t start = out->len;

    tb_day_to_civil(tb_period_last_day(period), &year, &to, &day);
    bool in_months = period.freq != TB_FREQ_DEKAD && period.freq != TB_FREQ_WEEK;
    if (!cumulative || period.freq == TB_FREQ_ANNUAL || !in_months || to == year_start)
        put_period(out, lang, period);
    else if (to < year_start)
        put_split_year(out, lang, year_start, to, year);
    else if (is_zh(lang))
        tb_buf_printf(out, "%d年%d—%d月", year, year_start, to);
    else
        tb_buf_printf(out, "%s-%s %d", month_names[year_start - 1], month_names[to - 1], year);
    note_from(style, out, start);
}

const char *tb_prose_comma(const char *lang)
{
    return is_zh(lang) ? "、" : ", ";
}

bool tb_prose_places(struct tb_buf *out, const char *lang, const struct tb_named_place places[],
                     size_t n)
{
    bool any_tie = false, after_tie = false;

    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && places[end].rank == places[i].rank; end++)
            ;
        bool tie = end - i > 1;
        if (i > 0)
            tb_buf_puts(out, tie || after_tie ? (is_zh(lang) ? "，" : "; ") : tb_prose_comma(lang));
        for (size_t k = i; k < end; k++)
            tb_buf_printf(out, "%s%s", k > i ? tb_prose_comma(lang) : "", places[k].name);
        if (tie)
            tb_buf_puts(out, is_zh(lang) ? "（并列）" : " (tied)");
        any_tie |= tie;
        after_tie = tie;
    }
    return any_tie;
}
