/* numbers.c - how numbers are printed. */
#include "disseminate/words/numbers.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "disseminate/words/readback.h"
#include "disseminate/report.h"
#include "tongbao/buf.h"
#include "tongbao/observation.h"

struct tb_style tb_style_of(const struct tb_report *report)
{
    return (struct tb_style){ .lang = report->lang,
                              .growth_decimals = report->profile->set.growth_decimals,
                              .round = report->profile->set.round_mode };
}

/* The number with exactly so many decimals, rounded once. */
static struct tb_decimal fixed(const struct tb_style *style, struct tb_decimal number,
                               int32_t decimals)
{
    struct tb_rational exact;
    struct tb_decimal out;

    if (tb_decimal_rescale(number, decimals, &out))
        return out;
    if (tb_rational_from_decimal(number, &exact) &&
        tb_rational_round(exact, decimals, style->round, &out))
        return out;
    return number; /* too large to gain zeros: printed as it is */
}

/* Copies digits with a comma before each group of three, in English. */
static void put_digits(struct tb_buf *out, const struct tb_style *style, const char *text)
{
    size_t whole = strspn(text, "0123456789");

    tb_readback_note(style->readback, text, strlen(text));
    if (style->lang[0] == 'z') {
        tb_buf_puts(out, text);
        return;
    }
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            tb_buf_putc(out, ',');
        tb_buf_putc(out, text[i]);
    }
    tb_buf_puts(out, text + whole);
}

void tb_number_printed(struct tb_buf *out, const struct tb_style *style, const char *text)
{
    size_t sign = *text == '-' || *text == '+' ? 1 : 0;

    tb_buf_add(out, text, sign);
    put_digits(out, style, text + sign);
}

void tb_number_put(struct tb_buf *out, const struct tb_style *style, struct tb_decimal number,
                   int32_t decimals)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format(fixed(style, number, decimals), text);
    tb_number_printed(out, style, text);
}

void tb_number_count(struct tb_buf *out, const struct tb_style *style, size_t count)
{
    char text[24];

    (void)snprintf(text, sizeof text, "%zu", count);
    put_digits(out, style, text);
}

const char *tb_number_quote(const struct tb_style *style, const char *text)
{
    tb_readback_note(style->readback, text, strlen(text));
    return text;
}

int tb_number_sign(const struct tb_style *style, struct tb_decimal number, int32_t decimals)
{
    int64_t units = fixed(style, number, decimals).units;

    return (units > 0) - (units < 0);
}

void tb_number_signed(struct tb_buf *out, const struct tb_style *style, struct tb_decimal number,
                      int32_t decimals)
{
    if (tb_number_sign(style, number, decimals) > 0)
        tb_buf_putc(out, '+');
    tb_number_put(out, style, number, decimals);
}

void tb_number_size(struct tb_buf *out, const struct tb_style *style, struct tb_decimal number,
                    int32_t decimals)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format(fixed(style, number, decimals), text);
    put_digits(out, style, text + (text[0] == '-'));
}

int tb_number_compare(const struct tb_style *style, struct tb_decimal a, struct tb_decimal b,
                      int32_t decimals)
{
    return tb_decimal_cmp(fixed(style, a, decimals), fixed(style, b, decimals));
}

void tb_number_distance(struct tb_buf *out, const struct tb_style *style, struct tb_decimal a,
                        struct tb_decimal b, int32_t decimals)
{
    struct tb_rational left, right, gap;
    struct tb_decimal rounded;

    if (tb_rational_from_decimal(fixed(style, a, decimals), &left) &&
        tb_rational_from_decimal(fixed(style, b, decimals), &right) &&
        tb_rational_sub(left, right, &gap) &&
        tb_rational_round(gap, decimals, style->round, &rounded))
        tb_number_size(out, style, rounded, decimals);
}

/* Only names whose English is certain; any other unit is printed as written. */
static const struct {
    const char *zh, *en;
} basic_units[] = {
    { "元", "yuan" },     { "美元", "US dollars" },
    { "人", "persons" },  { "人次", "person-times" },
    { "户", "" }, /* households, or businesses: the name of the indicator says which */
    { "家", "" },         { "个", "" },
    { "件", "cases" },    { "起", "cases" },
    { "次", "times" },    { "项", "items" },
    { "分", "points" },   { "级", "" },
    { "指数", "" },       { "天", "days" },
    { "日", "days" },     { "工作日", "working days" },
    { "公里", "km" },     { "千米", "km" },
    { "平方米", "m²" },   { "立方米", "m³" },
    { "亩", "mu" },       { "公顷", "ha" },
    { "吨", "t" },        { "千瓦时", "kWh" },
    { "辆", "vehicles" }, { "套", "dwellings" },
    { "位", "places" },   { "张", "beds" },
    { "点", "points" },   { "元/年", "yuan a year" },
};

static const struct {
    const char *zh, *en;
} multipliers[] = { { "万", "ten thousand " },
                    { "亿", "hundred million " },
                    { "百万", "million " },
                    { "千", "thousand " } };

static const char *basic_in_english(const char *unit)
{
    for (size_t i = 0; i < sizeof basic_units / sizeof *basic_units; i++)
        if (strcmp(basic_units[i].zh, unit) == 0)
            return basic_units[i].en;
    return NULL;
}

static void put_unit_en(struct tb_buf *out, const char *unit)
{
    const char *basic = basic_in_english(unit);

    if (basic) {
        tb_buf_printf(out, "%s%s", *basic ? " " : "", basic);
        return;
    }
    for (size_t i = 0; i < sizeof multipliers / sizeof *multipliers; i++) {
        size_t len = strlen(multipliers[i].zh);
        basic = strncmp(unit, multipliers[i].zh, len) == 0 ? basic_in_english(unit + len) : NULL;
        if (basic) {
            tb_buf_printf(out, " %s%s", multipliers[i].en, basic);
            return;
        }
    }
    tb_buf_printf(out, " %s", unit);
}

void tb_number_unit(struct tb_buf *out, const struct tb_style *style, const char *unit_measure)
{
    bool zh = style->lang[0] == 'z';

    if (strchr(unit_measure, '=')) /* an index says its base, "上年同月=100"; no unit follows it */
        return;
    if (strcmp(unit_measure, "pp") == 0)
        tb_buf_puts(out, zh ? "个百分点" : " percentage points");
    else if (strcmp(unit_measure, "place") == 0)
        tb_buf_puts(out, zh ? "位" : " places");
    else if (strcmp(unit_measure, "%") == 0 || strcmp(unit_measure, "‰") == 0 || !*unit_measure)
        tb_buf_puts(out, unit_measure);
    else if (!zh)
        put_unit_en(out, unit_measure);
    else if (strcmp(unit_measure, "指数") != 0)
        tb_buf_printf(out, "%s%s", isalpha((unsigned char)*unit_measure) ? " " : "", unit_measure);
}

void tb_number_unit_of(struct tb_buf *out, const struct tb_style *style, const char *number,
                       const char *unit_measure)
{
    bool one = strcmp(number, "1") == 0 && style->lang[0] != 'z';

    tb_number_unit(out, style, unit_measure);
    if (one && out->len > 0 && out->data[out->len - 1] == 's')
        out->data[--out->len] = '\0'; /* 1 person, 1 percentage point */
}

void tb_number_amount(struct tb_buf *out, const struct tb_style *style,
                      const struct tb_indicator *indicator, struct tb_decimal number)
{
    char text[TB_DECIMAL_TEXT];
    struct tb_decimal place;

    if (indicator->kind == TB_KIND_GRADE && tb_decimal_rescale(number, 0, &place) &&
        place.units >= 1 && (uint64_t)place.units <= indicator->grades.n) {
        tb_buf_puts(out, indicator->grades.item[place.units - 1]);
        return;
    }
    tb_decimal_format(fixed(style, number, indicator->decimals), text);
    tb_number_printed(out, style, text);
    tb_number_unit_of(out, style, text, indicator->unit_measure);
}

const char *tb_number_mark(uint8_t status)
{
    unsigned s = status & TB_STATUS_MASK;

    if (s == TB_STATUS_P)
        return "p";
    if (tb_status_is_provisional(status))
        return "e";
    return (status & TB_FLAG_REVISED) && tb_status_has_value(status) ? "r" : "";
}
