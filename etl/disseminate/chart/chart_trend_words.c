/* chart_trend_words.c - what a trend says: where the unit stands and how far it is
 * from its peers. */
#include "disseminate/chart/chart_trend.h"

static void say_gap(const struct tb_trend *t, struct tb_buf *out, const char *lang)
{
    const struct tb_trend_point *last = &t->point[t->n - 1];
    struct tb_style style = tb_style_of(t->topic.report);
    bool zh = lang[0] == 'z';
    int order;

    style.lang = lang;
    if (!last->peer.known)
        return;
    order = tb_number_compare(&style, last->unit.value, last->peer.value, t->topic.decimals);
    tb_buf_puts(out, zh ? "，" : ", ");
    if (order == 0) {
        tb_buf_puts(out, zh ? "与" : "level with ");
        tb_words_peer(out, &t->topic, lang);
        tb_buf_puts(out, zh ? "持平" : "");
        return;
    }
    if (zh) {
        tb_buf_puts(out, order < 0 ? "低于" : "高于");
        tb_words_peer(out, &t->topic, lang);
    }
    tb_number_distance(out, &style, last->unit.value, last->peer.value, t->topic.decimals);
    if (tb_topic_is_percent(&t->topic))
        tb_buf_puts(out, zh ? "个百分点" : " points");
    else
        tb_number_unit(out, &style, t->topic.indicator->unit_measure);
    if (!zh) {
        tb_buf_puts(out, order < 0 ? " below " : " above ");
        tb_words_peer(out, &t->topic, lang);
    }
}

static void say_value(const struct tb_trend *t, struct tb_buf *out, const char *lang)
{
    const struct tb_trend_point *last = &t->point[t->n - 1];
    struct tb_style style = tb_style_of(t->topic.report);
    bool zh = lang[0] == 'z';

    style.lang = lang;
    if (!last->unit.known) {
        tb_buf_puts(out, zh ? "未报" : ": no data");
        return;
    }
    tb_buf_puts(out, zh ? "" : " at ");
    tb_words_number(out, &t->topic, lang, last->unit.value);
    if (t->topic.of == TB_MEASURE_VALUE || t->topic.of == TB_MEASURE_YTD)
        tb_number_unit(out, &style, t->topic.indicator->unit_measure);
    else if (t->topic.of == TB_MEASURE_CHANGE)
        tb_number_unit(out, &style, "pp");
    else
        tb_buf_putc(out, '%');
    say_gap(t, out, lang);
}

void tb_trend_title(const struct tb_trend *t, struct tb_buf *out, const char *lang)
{
    const char *name = tb_words_unit(t->topic.report, t->unit, lang);

    if (lang[0] == 'z') {
        tb_words_period(out, &t->topic, lang);
        tb_buf_puts(out, name);
        tb_words_topic(out, &t->topic, lang);
        say_value(t, out, lang);
        return;
    }
    tb_buf_puts(out, name);
    say_value(t, out, lang);
    tb_buf_puts(out, ": ");
    tb_words_topic(out, &t->topic, lang);
    tb_buf_puts(out, ", ");
    tb_words_period(out, &t->topic, lang);
}

void tb_trend_alt(const struct tb_trend *t, struct tb_buf *out, const char *lang)
{
    bool zh = lang[0] == 'z';
    size_t first = 0;

    while (!t->point[first].unit.known)
        first++;
    tb_buf_printf(out, zh ? "%zu期走势图。" : "Line over %zu periods. ", t->n);
    tb_trend_title(t, out, lang);
    tb_buf_puts(out, zh ? "；期初为" : "; at the start ");
    tb_words_number(out, &t->topic, lang, t->point[first].unit.value);
    tb_buf_puts(out, zh ? "。" : ".");
}

void tb_trend_subtitle(const struct tb_trend *t, struct tb_buf *out)
{
    tb_words_measure(out, &t->topic, t->lang);
    if (t->has_band)
        tb_buf_puts(out, t->zh ? "　浅色带：居中一半单位　" : ". Band: the middle half of units. ");
    else
        tb_buf_puts(out, t->zh ? "　" : ". ");
    tb_words_source(out, t->topic.report, t->lang);
}
