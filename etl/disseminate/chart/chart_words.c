/* chart_words.c - the words of charts, and their peers and targets. */
#include "disseminate/chart/chart_words.h"

#include <ctype.h>
#include <string.h>

#include "disseminate/words/prose.h"
#include "tongbao/buf.h"

static bool is_zh(const char *lang)
{
    return lang[0] == 'z';
}

static struct tb_style style_in(const struct tb_report *report, const char *lang)
{
    struct tb_style style = tb_style_of(report);

    style.lang = lang;
    return style;
}

static bool is_level(enum tb_measure of)
{
    return of == TB_MEASURE_VALUE || of == TB_MEASURE_YTD || of == TB_MEASURE_BASE ||
           of == TB_MEASURE_YTD_BASE;
}

bool tb_topic_is_percent(const struct tb_topic *t)
{
    return !is_level(t->of) || strcmp(t->indicator->unit_measure, "%") == 0;
}

/* Amounts add up, so that the figure of the whole is no yardstick for a part. */
static bool adds_up(const struct tb_topic *t)
{
    enum tb_kind kind = t->indicator->kind;

    return is_level(t->of) &&
           (kind == TB_KIND_FLOW || kind == TB_KIND_STOCK || kind == TB_KIND_COUNT) &&
           !t->indicator->formula;
}

struct tb_figure tb_topic_peer(const struct tb_topic *t, struct tb_period period,
                               enum tb_measure *which)
{
    if (!adds_up(t))
        return tb_report_peer_figure(t->report, t->row, t->of, period, t->group, which);
    *which = TB_MEASURE_MEAN;
    return tb_report_group_figure(t->report, t->row, TB_MEASURE_MEAN, t->of, period, t->group);
}

bool tb_topic_of(const struct tb_report *report, size_t indicator, size_t group,
                 struct tb_topic *out)
{
    const struct tb_indicator *ind = &report->profile->indicators[indicator];
    struct tb_topic t = { .report = report, .indicator = ind, .row = indicator, .group = group };
    int of;

    t.period = tb_report_period_of(report, indicator);
    of = tb_report_headline(report, indicator, t.period, (int32_t)group);
    if (of < 0 || ind->kind == TB_KIND_GRADE)
        return false;
    t.of = (enum tb_measure)of;
    t.decimals = is_level(t.of) ? ind->decimals : report->profile->set.growth_decimals;
    t.peer = tb_topic_peer(&t, t.period, &t.which);
    t.has_peer = t.peer.known;
    *out = t;
    return true;
}

/* Does the rule begin with a comparison of this very measure with something? */
static bool is_about(const struct tb_target *target, enum tb_measure of)
{
    const char *name = tb_measure_name(of);
    size_t n = strlen(name);
    const char *after = target->rule_text ? target->rule_text : "";

    if (strncmp(after, name, n) != 0)
        return false;
    after += n;
    while (*after == ' ')
        after++;
    return strchr("<>=~", *after) && *after != '\0';
}

/* The amount of a target may be in another unit of measure than the axis. */
static bool same_unit(const struct tb_topic *t, const struct tb_target *target)
{
    const char *unit = target->unit_measure;

    return !is_level(t->of) || !unit || !*unit || strcmp(unit, t->indicator->unit_measure) == 0;
}

static bool in_group(const struct tb_topic *t, int32_t unit)
{
    return (t->report->profile->units[unit].groups >> t->group & 1) != 0;
}

bool tb_topic_target(const struct tb_topic *t, int32_t unit, struct tb_decimal *out)
{
    const struct tb_report *r = t->report;
    struct tb_decimal number;
    bool found = false;

    for (size_t i = 0; i < r->n_verdicts; i++) {
        const struct tb_verdict *v = &r->verdicts[i];
        const struct tb_target *target = &r->profile->targets[v->target];
        if (v->indicator != (int32_t)t->row || !tb_verdict_counts(v) || !is_about(target, t->of) ||
            !same_unit(t, target) || (unit >= 0 ? v->unit != unit : !in_group(t, v->unit)) ||
            !tb_decimal_parse(v->benchmark, strlen(v->benchmark), &number))
            continue;
        if (found && tb_decimal_cmp(number, *out) != 0)
            return false; /* each has its own: no one line */
        *out = number;
        found = true;
    }
    if (found && t->has_peer) { /* "above the city" is drawn already */
        struct tb_style style = tb_style_of(r);
        found = tb_number_compare(&style, *out, t->peer.value, t->decimals) != 0;
    }
    return found;
}

static const char *measure_zh(const struct tb_topic *t)
{
    bool rate = t->indicator->kind == TB_KIND_RATE || t->indicator->kind == TB_KIND_INDEX;

    switch (t->of) {
    case TB_MEASURE_VALUE:
        return t->indicator->kind == TB_KIND_FLOW ? "当期值" : "";
    case TB_MEASURE_YTD:
        return rate ? "" : "累计";
    case TB_MEASURE_GROWTH:
        return "同比增速";
    case TB_MEASURE_YTD_GROWTH:
        return "累计增速";
    case TB_MEASURE_GROWTH_2Y:
        return "两年平均增速";
    case TB_MEASURE_YTD_GROWTH_2Y:
        return "累计两年平均增速";
    case TB_MEASURE_MOM:
        return "环比增速";
    case TB_MEASURE_SHARE:
        return "占比";
    case TB_MEASURE_CHANGE:
        return "同比变动";
    case TB_MEASURE_PROGRESS:
        return "年度任务进度";
    default:
        return "";
    }
}

static const char *measure_en(const struct tb_topic *t)
{
    bool rate = t->indicator->kind == TB_KIND_RATE || t->indicator->kind == TB_KIND_INDEX;

    switch (t->of) {
    case TB_MEASURE_VALUE:
        return t->indicator->kind == TB_KIND_FLOW ? "in the period" : "";
    case TB_MEASURE_YTD:
        return rate ? "" : "cumulative";
    case TB_MEASURE_GROWTH:
        return "growth on a year before";
    case TB_MEASURE_YTD_GROWTH:
        return "cumulative growth";
    case TB_MEASURE_GROWTH_2Y:
        return "growth, average of two years";
    case TB_MEASURE_YTD_GROWTH_2Y:
        return "cumulative growth, average of two years";
    case TB_MEASURE_MOM:
        return "growth on the period before";
    case TB_MEASURE_SHARE:
        return "share";
    case TB_MEASURE_CHANGE:
        return "change on a year before";
    case TB_MEASURE_PROGRESS:
        return "progress of the annual task";
    default:
        return "";
    }
}

void tb_words_topic(struct tb_buf *out, const struct tb_topic *t, const char *lang)
{
    const char *measure = is_zh(lang) ? measure_zh(t) : measure_en(t);

    tb_buf_puts(out, tb_indicator_name(t->indicator, lang));
    if (*measure)
        tb_buf_printf(out, "%s%s", is_zh(lang) ? "" : ", ", measure);
}

void tb_words_period(struct tb_buf *out, const struct tb_topic *t, const char *lang)
{
    bool cumulative =
        t->of == TB_MEASURE_YTD || t->of == TB_MEASURE_YTD_GROWTH ||
        t->of == TB_MEASURE_YTD_GROWTH_2Y || t->of == TB_MEASURE_PROGRESS;
    struct tb_style style = style_in(t->report, lang);

    tb_prose_period(out, &style, t->period, cumulative, t->report->profile->set.year_start);
}

/* The unit of measure alone: behind a number English has a blank before it. */
static void put_unit(struct tb_buf *out, const struct tb_style *style, const char *unit_measure)
{
    struct tb_buf unit = TB_BUF_INIT;

    tb_number_unit(&unit, style, unit_measure);
    if (unit.len == 0) /* "上年同月=100" stands behind no number */
        tb_buf_puts(&unit, style->lang[0] == 'z' ? unit_measure : "index");
    tb_buf_puts(out, tb_buf_text(&unit) + strspn(tb_buf_text(&unit), " "));
    out->failed = out->failed || unit.failed;
    tb_buf_release(&unit);
}

void tb_words_measure(struct tb_buf *out, const struct tb_topic *t, const char *lang)
{
    struct tb_style style = style_in(t->report, lang);
    bool zh = is_zh(lang);
    const char *measure = zh ? measure_zh(t) : measure_en(t);
    size_t start = out->len;

    tb_buf_puts(out, *measure ? measure : zh ? "数值" : "value");
    if (!zh && out->len > start && out->data) /* it begins the subtitle */
        out->data[start] = (char)toupper((unsigned char)out->data[start]);
    tb_buf_puts(out, zh ? "（" : " (");
    if (t->of == TB_MEASURE_CHANGE)
        put_unit(out, &style, "pp");
    else if (!is_level(t->of))
        tb_buf_putc(out, '%');
    else if (*t->indicator->unit_measure)
        put_unit(out, &style, t->indicator->unit_measure);
    else
        tb_buf_puts(out, zh ? "无计量单位" : "no unit");
    tb_buf_puts(out, zh ? "）" : ")");
}

void tb_words_peer(struct tb_buf *out, const struct tb_topic *t, const char *lang)
{
    const char *name = tb_group_name(&t->report->profile->groups[t->group], lang);
    bool mean = t->which == TB_MEASURE_MEAN;

    if (is_zh(lang))
        tb_buf_printf(out, "%s%s", name, mean ? "平均" : "水平");
    else
        tb_buf_printf(out, "%s%s", mean ? "the mean of " : "", name);
}

void tb_words_number(struct tb_buf *out, const struct tb_topic *t, const char *lang,
                     struct tb_decimal number)
{
    struct tb_style style = style_in(t->report, lang);
    bool is_rate_of_change = t->of == TB_MEASURE_GROWTH || t->of == TB_MEASURE_YTD_GROWTH ||
                             t->of == TB_MEASURE_MOM || t->of == TB_MEASURE_CHANGE ||
                             t->of == TB_MEASURE_GROWTH_2Y || t->of == TB_MEASURE_YTD_GROWTH_2Y;

    if (is_rate_of_change)
        tb_number_signed(out, &style, number, t->decimals);
    else
        tb_number_put(out, &style, number, t->decimals);
}

void tb_words_place(struct tb_buf *out, const char *lang, struct tb_standing s)
{
    const struct tb_style style = { .lang = lang };

    if (s.rank == 0)
        return;
    if (is_zh(lang)) {
        tb_buf_printf(out, "%s第%u", s.tied ? "并列" : "", (unsigned)s.rank);
        return;
    }
    tb_buf_puts(out, s.tied ? "=" : "");
    tb_prose_ordinal(out, &style, (unsigned)s.rank);
}

void tb_words_source(struct tb_buf *out, const struct tb_report *r, const char *lang)
{
    const struct tb_settings *set = &r->profile->set;
    const char *source = is_zh(lang) ? set->source_zh : set->source_en;
    const char *word = is_zh(lang) ? "模拟数据" : "simulated";

    if (source && *source)
        tb_buf_printf(out, "%s%s", is_zh(lang) ? "来源：" : "Source: ", source);
    if (set->simulated && !(source && strstr(source, word)))
        tb_buf_printf(out, "%s%s", source && *source ? (is_zh(lang) ? "　" : "; ") : "",
                      is_zh(lang) ? "模拟数据" : "simulated data");
}

const char *tb_words_unit(const struct tb_report *report, size_t unit, const char *lang)
{
    return tb_unit_name(&report->profile->units[unit], lang);
}

double tb_words_double(struct tb_decimal number)
{
    return (double)number.units / (double)tb_pow10(number.scale);
}
