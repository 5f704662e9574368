/* chart_trend.c - one unit over time against its peers: the band that holds the
 * middle half of the group, the group's figure, the target, and the unit last so
 * that it lies on top.
 *
 * Lines are named where they end, not in a key.  A month without a value breaks
 * the line; a month that does not exist (January where January and February are
 * one) does not; a cumulated amount starts anew with each year.
 */
#include "disseminate/charts_all.h"

#include <math.h>
#include <stdlib.h>

#include "disseminate/chart_words.h"

enum { HEIGHT_OF_PLOT = 330, MOST_TICKS = 6, MOST_PERIODS = 120, LABEL_WIDTH = 150 };

struct point {
    struct tb_period period;
    struct tb_figure unit, peer, q1, q3;
};

struct trend {
    struct tb_topic topic;
    struct tb_picture *p;
    const char *lang;
    bool zh;
    size_t unit;
    struct point *point;
    size_t n;
    bool has_target, has_band;
    struct tb_decimal target;
    struct tb_frame frame;
    double step; /* between ticks */
};

/* Who is last in the group: the trend that a reader wants when there is no subject. */
static int32_t worst_unit(const struct tb_topic *t)
{
    const struct tb_group *group = &t->report->profile->groups[t->group];
    int32_t worst = TB_NONE;
    uint32_t worst_rank = 0;

    for (size_t i = 0; i < group->n_members; i++) {
        struct tb_standing s =
            tb_report_standing(t->report, t->row, t->of, t->period, t->group, group->member[i]);
        if (s.rank > worst_rank) {
            worst_rank = s.rank;
            worst = (int32_t)group->member[i];
        }
    }
    return worst;
}

static struct tb_figure group_figure(const struct trend *t, enum tb_measure measure,
                                     struct tb_period period)
{
    return tb_report_group_figure(t->topic.report, t->topic.row, measure, t->topic.of, period,
                                  t->topic.group);
}

/* Fills the points, oldest first, without empty months before the first value. */
static bool gather(struct trend *t)
{
    int months = t->topic.report->profile->set.bulletin_months;
    int per_year = tb_periods_per_year(t->topic.period.freq);
    int back = per_year >= 12 ? months * per_year / 12 : per_year * 3; /* few a year: three years */
    enum tb_measure which;

    back = back < 6 ? 6 : back > MOST_PERIODS ? MOST_PERIODS : back;
    t->point = calloc((size_t)back, sizeof *t->point);
    if (!t->point) {
        t->p->body.failed = true;
        return false;
    }
    for (int i = back - 1; i >= 0; i--) {
        struct point x = { .period = { t->topic.period.freq, t->topic.period.index - i } };
        x.unit = tb_report_figure(t->topic.report, t->topic.row, t->topic.of, x.period, t->unit);
        x.peer = tb_topic_peer(&t->topic, x.period, &which);
        x.q1 = group_figure(t, TB_MEASURE_Q1, x.period);
        x.q3 = group_figure(t, TB_MEASURE_Q3, x.period);
        if (t->n > 0 || x.unit.known || x.peer.known)
            t->point[t->n++] = x;
        t->has_band = t->has_band || (x.q1.known && x.q3.known);
    }
    for (size_t i = 0, known = 0; i < t->n; i++)
        if (t->point[i].unit.known && ++known == 2)
            return true;
    return false; /* one point is no trend */
}

static bool does_not_exist(const struct trend *t, struct tb_period period)
{
    return t->topic.indicator->joint_jan_feb && period.freq == TB_FREQ_MONTH &&
           period.index % 12 == 0;
}

static void widen(struct tb_frame *f, struct tb_figure figure)
{
    if (!figure.known)
        return;
    f->y0 = fmin(f->y0, tb_words_double(figure.value));
    f->y1 = fmax(f->y1, tb_words_double(figure.value));
}

/* 1, 2, 2.5 or 5 times a power of ten, so that there are few ticks. */
static double nice_step(double span)
{
    static const double nice[] = { 1, 2, 2.5, 5, 10 };
    double power = pow(10, floor(log10(span / MOST_TICKS)));

    for (size_t i = 0; i < 5; i++)
        if (span / (nice[i] * power) <= MOST_TICKS)
            return nice[i] * power;
    return 10 * power;
}

/* Rounds the range out to ticks.  Zero belongs to it when it is near. */
static void find_axis(struct trend *t)
{
    struct tb_frame *f = &t->frame;

    f->y0 = HUGE_VAL;
    f->y1 = -HUGE_VAL;
    for (size_t i = 0; i < t->n; i++) {
        widen(f, t->point[i].unit);
        widen(f, t->point[i].peer);
        widen(f, t->point[i].q1);
        widen(f, t->point[i].q3);
    }
    if (t->has_target)
        widen(f, (struct tb_figure){ .known = true, .value = t->target });
    if (f->y0 > 0 && f->y0 < f->y1 * 0.4)
        f->y0 = 0;
    if (f->y1 - f->y0 < 1e-9) {
        f->y0 -= 1;
        f->y1 += 1;
    }
    t->step = nice_step(f->y1 - f->y0);
    f->y0 = floor(f->y0 / t->step + 1e-9) * t->step;
    f->y1 = ceil(f->y1 / t->step - 1e-9) * t->step;
    f->x0 = 0.4;
    f->x1 = (double)t->n + 0.4;
}

/* A tick as a decimal: enough digits for the step. */
static void put_tick(const struct trend *t, struct tb_buf *out, double value)
{
    int digits = 0;
    double power = t->step;
    struct tb_style style = tb_style_of(t->topic.report);

    while (digits < 6 && fabs(power - round(power)) > 1e-6 * power) {
        power *= 10;
        digits++;
    }
    tb_buf_clear(out);
    tb_number_put(out, &style,
                  (struct tb_decimal){ llround(value * (double)tb_pow10(digits)), digits }, digits);
}

static double widest_tick(const struct trend *t)
{
    struct tb_buf text = TB_BUF_INIT;
    double widest = 20;

    for (double y = t->frame.y0; y < t->frame.y1 + t->step / 2; y += t->step) {
        put_tick(t, &text, y);
        widest = fmax(widest, tb_chart_width(tb_buf_text(&text), 15));
    }
    tb_buf_release(&text);
    return widest;
}

static void draw_y_axis(struct trend *t)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_text_style style = { 15, 0x444444, TB_RIGHT, false };
    size_t n = (size_t)llround((t->frame.y1 - t->frame.y0) / t->step);

    for (size_t i = 0; i <= n; i++) {
        double value = t->frame.y0 + (double)i * t->step;
        double y = tb_frame_y(&t->frame, value);
        bool zero = fabs(value) < t->step / 1000;
        put_tick(t, &text, value);
        tb_picture_text(t->p, t->frame.left - 8, y, style, tb_buf_text(&text));
        tb_picture_line(t->p, t->frame.left, y, t->frame.right, y,
                        zero || i == 0 ? TB_RULE : TB_HAIR, 1, false);
    }
    tb_buf_release(&text);
}

/* A period within its year: 5月, 二季度 as 2季, 上半年; May, Q2, H1. */
static void put_in_year(const struct trend *t, struct tb_buf *out, struct tb_period period)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int per_year = tb_periods_per_year(period.freq), at = period.index % per_year;

    switch (period.freq) {
    case TB_FREQ_MONTH:
        if (t->zh)
            tb_buf_printf(out, "%d月", at + 1);
        else
            tb_buf_puts(out, months[at]);
        break;
    case TB_FREQ_QUARTER:
        tb_buf_printf(out, t->zh ? "%d季" : "Q%d", at + 1);
        break;
    case TB_FREQ_HALF:
        tb_buf_puts(out, t->zh ? (at ? "下半年" : "上半年") : (at ? "H2" : "H1"));
        break;
    case TB_FREQ_DEKAD:
        tb_buf_printf(out, "%d/%d", at / 3 + 1, at % 3 * 10 + 1);
        break;
    default:
        tb_buf_printf(out, "%d", period.index);
    }
}

static void draw_x_axis(struct trend *t)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_text_style style = { 15, 0x444444, TB_CENTRE, false };
    size_t every = (t->n + 7) / 8;
    int year = 0;

    if (every > 1 && t->topic.period.freq == TB_FREQ_MONTH)
        every = every <= 3 ? 3 : every <= 6 ? 6 : 12;
    for (size_t i = (t->n - 1) % every; i < t->n; i += every) {
        struct tb_period period = t->point[i].period;
        double x = tb_frame_x(&t->frame, (double)(i + 1));
        tb_buf_clear(&text);
        put_in_year(t, &text, period);
        tb_picture_line(t->p, x, t->frame.bottom, x, t->frame.bottom + 5, TB_RULE, 1, false);
        tb_picture_text(t->p, x, t->frame.bottom + 18, style, tb_buf_text(&text));
        if (period.freq == TB_FREQ_ANNUAL || tb_period_year(period) == year)
            continue;
        year = tb_period_year(period);
        tb_buf_clear(&text);
        tb_buf_printf(&text, t->zh ? "%d年" : "%d", year);
        style.colour = TB_INK_SOFT;
        tb_picture_text(t->p, x, t->frame.bottom + 37, style, tb_buf_text(&text));
        style.colour = 0x444444;
    }
    tb_buf_release(&text);
}

static void put_value(struct tb_buf *out, struct tb_figure figure)
{
    char number[TB_DECIMAL_TEXT] = "NaN";

    if (figure.known)
        tb_decimal_format(figure.value, number);
    tb_buf_printf(out, "\t%s", number);
}

static void put_data(struct trend *t)
{
    struct tb_buf *out = &t->p->data;
    int year_start = t->topic.report->profile->set.year_start;
    struct tb_figure target = { .known = t->has_target, .value = t->target };

    tb_buf_puts(out, "# period (from the left)\tunit\tgroup\tlower quartile\tupper quartile"
                     "\ttarget\n");
    for (size_t i = 0; i < t->n; i++) {
        const struct point *x = &t->point[i];
        if (i > 0 && t->topic.of == TB_MEASURE_YTD && tb_period_in_year(x->period, year_start) == 1)
            tb_buf_putc(out, '\n'); /* a blank line ends every line drawn */
        if (does_not_exist(t, x->period) && !x->unit.known && !x->peer.known)
            continue;
        tb_buf_printf(out, "%zu", i + 1);
        put_value(out, x->unit);
        put_value(out, x->peer);
        put_value(out, x->q1);
        put_value(out, x->q3);
        put_value(out, target);
        tb_buf_putc(out, '\n');
    }
}

static void put_series(struct trend *t, const char *columns, const char *look)
{
    const char *name = tb_buf_text(&t->p->name);

    tb_buf_printf(&t->p->plot, "%s\"%s.tsv\" using %s with %s title \"\"",
                  t->p->plot.len > 0 ? ", \\\n     " : "", name, columns, look);
}

static void plot_lines(struct trend *t)
{
    if (t->has_band)
        put_series(t, "1:4:5", "filledcurves fc rgb \"#DDE7F3\" fs solid 1 noborder");
    if (t->has_target)
        put_series(t, "1:6", "lines lc rgb \"#B85A14\" lw 1.8 dt (9,6)");
    put_series(t, "1:3", "lines lc rgb \"#6E6E6E\" lw 1.8");
    put_series(t, "1:2", "linespoints lc rgb \"#1F5FA8\" lw 2.8 pt 7 ps 0.55");
}

/* --- names at the right end, moved apart --- */
struct end {
    struct tb_buf text;
    double y, height;
    int colour;
    bool bold;
    size_t lines;
};

static void end_at(const struct trend *t, struct end *end, double value, int colour, bool bold)
{
    struct tb_buf wrapped = TB_BUF_INIT;

    end->y = tb_frame_y(&t->frame, value);
    end->colour = colour;
    end->bold = bold;
    end->lines =
        tb_chart_wrap(&wrapped, tb_buf_text(&end->text), LABEL_WIDTH, bold ? 16.5 : 15.5, 3);
    end->height = 19.0 * (double)end->lines + 3;
    tb_buf_release(&wrapped);
}

static size_t collect_ends(struct trend *t, struct end ends[4])
{
    const struct point *last = &t->point[t->n - 1];
    size_t n = 0, at = t->n;

    tb_buf_printf(&ends[n].text, "%s ", tb_words_unit(t->topic.report, t->unit, t->lang));
    while (at > 0 && !t->point[at - 1].unit.known)
        at--;
    if (at == t->n)
        tb_words_number(&ends[n].text, &t->topic, t->lang, last->unit.value);
    else
        tb_buf_puts(&ends[n].text, t->zh ? "未报" : "no data");
    end_at(t, &ends[n++], tb_words_double(t->point[at - 1].unit.value), TB_LINE_UNIT, true);
    if (last->peer.known) {
        tb_words_peer(&ends[n].text, &t->topic, t->lang);
        tb_buf_putc(&ends[n].text, ' ');
        tb_words_number(&ends[n].text, &t->topic, t->lang, last->peer.value);
        end_at(t, &ends[n++], tb_words_double(last->peer.value), 0x505050, false);
    }
    if (t->has_target) {
        tb_buf_puts(&ends[n].text, t->zh ? "目标 " : "target ");
        tb_words_number(&ends[n].text, &t->topic, t->lang, t->target);
        end_at(t, &ends[n++], tb_words_double(t->target), TB_LINE_TARGET, false);
    }
    return n;
}

static int by_height(const void *a, const void *b)
{
    const struct end *x = a, *y = b;

    return (x->y > y->y) - (x->y < y->y);
}

/* Pushes labels down from the top and then up from the bottom until none touch. */
static void move_apart(const struct trend *t, struct end ends[], size_t n)
{
    double edge = t->frame.bottom + 10;

    qsort(ends, n, sizeof *ends, by_height);
    for (size_t i = 1; i < n; i++)
        ends[i].y = fmax(ends[i].y, ends[i - 1].y + (ends[i - 1].height + ends[i].height) / 2);
    for (size_t i = n; i > 0; i--) {
        ends[i - 1].y = fmin(ends[i - 1].y, edge - ends[i - 1].height / 2);
        edge = ends[i - 1].y - ends[i - 1].height / 2;
    }
}

static void draw_ends(struct trend *t, struct end ends[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct tb_text_style style = { ends[i].bold ? 16 : 15, ends[i].colour, TB_LEFT,
                                       ends[i].bold };
        tb_picture_lines(t->p, t->frame.right + 10, ends[i].y - 9.5 * (double)(ends[i].lines - 1),
                         LABEL_WIDTH + 4, 3, 19, style, tb_buf_text(&ends[i].text));
    }
}

/* --- words --- */
static void say_gap(const struct trend *t, struct tb_buf *out, const char *lang)
{
    const struct point *last = &t->point[t->n - 1];
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

static void say_value(const struct trend *t, struct tb_buf *out, const char *lang)
{
    const struct point *last = &t->point[t->n - 1];
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

static void say_title(const struct trend *t, struct tb_buf *out, const char *lang)
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

static void say_alt(const struct trend *t, struct tb_buf *out, const char *lang)
{
    bool zh = lang[0] == 'z';
    size_t first = 0;

    while (!t->point[first].unit.known)
        first++;
    tb_buf_printf(out, zh ? "%zu期走势图。" : "Line over %zu periods. ", t->n);
    say_title(t, out, lang);
    tb_buf_puts(out, zh ? "；期初为" : "; at the start ");
    tb_words_number(out, &t->topic, lang, t->point[first].unit.value);
    tb_buf_puts(out, zh ? "。" : ".");
}

static void say_subtitle(const struct trend *t, struct tb_buf *out)
{
    tb_words_measure(out, &t->topic, t->lang);
    if (t->has_band)
        tb_buf_puts(out, t->zh ? "　浅色带：居中一半单位　" : ". Band: the middle half of units. ");
    else
        tb_buf_puts(out, t->zh ? "　" : ". ");
    tb_words_source(out, t->topic.report, t->lang);
}

static void compose(struct trend *t)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_picture *p = t->p;
    struct end ends[4] = { 0 };
    size_t n;
    double y;

    p->width = TB_CHART_WIDTH;
    say_subtitle(t, &text);
    y = tb_picture_head(p, tb_buf_text(t->zh ? &p->title_zh : &p->title_en), tb_buf_text(&text));
    find_axis(t);
    t->frame.top = y + 8;
    t->frame.bottom = t->frame.top + HEIGHT_OF_PLOT;
    t->frame.left = TB_CHART_PAD + widest_tick(t) + 8;
    t->frame.right = TB_CHART_WIDTH - LABEL_WIDTH - 26;
    p->height = t->frame.bottom + 54;
    tb_picture_frame(p, &t->frame);
    draw_y_axis(t);
    draw_x_axis(t);
    put_data(t);
    plot_lines(t);
    n = collect_ends(t, ends);
    move_apart(t, ends, n);
    draw_ends(t, ends, n);
    for (size_t i = 0; i < 4; i++)
        tb_buf_release(&ends[i].text);
    tb_buf_release(&text);
}

int tb_chart_trend(const struct tb_report *report, size_t indicator, size_t group, int32_t unit,
                   struct tb_picture *p)
{
    struct trend t = { .p = p, .lang = report->lang, .zh = tb_report_is_zh(report) };
    int made = 0;

    if (!tb_topic_of(report, indicator, group, &t.topic))
        return 0;
    if (unit < 0)
        unit = worst_unit(&t.topic);
    if (unit < 0)
        return 0;
    t.unit = (size_t)unit;
    if (gather(&t)) {
        p->kind = TB_CHART_TREND;
        p->indicator = (int32_t)indicator;
        p->unit = unit;
        p->group = (int32_t)group;
        t.has_target = tb_topic_target(&t.topic, unit, &t.target);
        say_title(&t, &p->title_zh, "zh");
        say_title(&t, &p->title_en, "en");
        say_alt(&t, &p->alt_zh, "zh");
        say_alt(&t, &p->alt_en, "en");
        compose(&t);
        made = 1;
    }
    free(t.point);
    return made;
}
