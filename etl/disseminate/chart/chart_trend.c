/* chart_trend.c - one unit over time against its peers: the band that holds the
 * middle half of the group, the group's figure, the target, and the unit last so
 * that it lies on top.
 *
 * Lines are named where they end, not in a key.  A month without a value breaks
 * the line; a month that does not exist (January where January and February are
 * one) does not; a cumulated amount starts anew with each year.
 */
#include "disseminate/chart/charts_all.h"

#include <math.h>
#include <stdlib.h>

#include "disseminate/chart/chart_trend.h"

enum { HEIGHT_OF_PLOT = 330, MOST_PERIODS = 120, LABEL_WIDTH = 150 };

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

static struct tb_figure group_figure(const struct tb_trend *t, enum tb_measure measure,
                                     struct tb_period period)
{
    return tb_report_group_figure(t->topic.report, t->topic.row, measure, t->topic.of, period,
                                  t->topic.group);
}

/* Fills the points, oldest first, without empty months before the first value. */
static bool gather(struct tb_trend *t)
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
        struct tb_trend_point x = { .period = { t->topic.period.freq, t->topic.period.index - i } };
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

static bool does_not_exist(const struct tb_trend *t, struct tb_period period)
{
    return t->topic.indicator->joint_jan_feb && period.freq == TB_FREQ_MONTH &&
           period.index % 12 == 0;
}

static void put_value(struct tb_buf *out, struct tb_figure figure)
{
    char number[TB_DECIMAL_TEXT] = "NaN";

    if (figure.known)
        tb_decimal_format(figure.value, number);
    tb_buf_printf(out, "\t%s", number);
}

static void put_data(struct tb_trend *t)
{
    struct tb_buf *out = &t->p->data;
    int year_start = t->topic.report->profile->set.year_start;
    struct tb_figure target = { .known = t->has_target, .value = t->target };

    tb_buf_puts(out, "# period (from the left)\tunit\tgroup\tlower quartile\tupper quartile"
                     "\ttarget\n");
    for (size_t i = 0; i < t->n; i++) {
        const struct tb_trend_point *x = &t->point[i];
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

static void put_series(struct tb_trend *t, const char *columns, const char *look)
{
    const char *name = tb_buf_text(&t->p->name);

    tb_buf_printf(&t->p->plot, "%s\"%s.tsv\" using %s with %s title \"\"",
                  t->p->plot.len > 0 ? ", \\\n     " : "", name, columns, look);
}

static void plot_lines(struct tb_trend *t)
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

static void end_at(const struct tb_trend *t, struct end *end, double value, int colour, bool bold)
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

static size_t collect_ends(struct tb_trend *t, struct end ends[4])
{
    const struct tb_trend_point *last = &t->point[t->n - 1];
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
static void move_apart(const struct tb_trend *t, struct end ends[], size_t n)
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

static void draw_ends(struct tb_trend *t, struct end ends[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct tb_text_style style = { ends[i].bold ? 16 : 15, ends[i].colour, TB_LEFT,
                                       ends[i].bold };
        tb_picture_lines(t->p, t->frame.right + 10, ends[i].y - 9.5 * (double)(ends[i].lines - 1),
                         LABEL_WIDTH + 4, 3, 19, style, tb_buf_text(&ends[i].text));
    }
}

static void compose(struct tb_trend *t)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_picture *p = t->p;
    struct end ends[4] = { 0 };
    size_t n;
    double y;

    p->width = TB_CHART_WIDTH;
    tb_trend_subtitle(t, &text);
    y = tb_picture_head(p, tb_buf_text(t->zh ? &p->title_zh : &p->title_en), tb_buf_text(&text));
    tb_trend_find_axis(t);
    t->frame.top = y + 8;
    t->frame.bottom = t->frame.top + HEIGHT_OF_PLOT;
    t->frame.left = TB_CHART_PAD + tb_trend_widest_tick(t) + 8;
    t->frame.right = TB_CHART_WIDTH - LABEL_WIDTH - 26;
    p->height = t->frame.bottom + 54;
    tb_picture_frame(p, &t->frame);
    tb_trend_draw_y(t);
    tb_trend_draw_x(t);
    put_data(t);
    plot_lines(t);
    n = collect_ends(t, ends);
    move_apart(t, ends, n);
    draw_ends(t, ends, n);
    p->body.failed |= text.failed; /* no picture rather than one with words missing */
    for (size_t i = 0; i < 4; i++) {
        p->body.failed |= ends[i].text.failed;
        tb_buf_release(&ends[i].text);
    }
    tb_buf_release(&text);
}

int tb_chart_trend(const struct tb_report *report, size_t indicator, size_t group, int32_t unit,
                   struct tb_picture *p)
{
    struct tb_trend t = { .p = p, .lang = report->lang, .zh = tb_report_is_zh(report) };
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
        tb_trend_title(&t, &p->title_zh, "zh");
        tb_trend_title(&t, &p->title_en, "en");
        tb_trend_alt(&t, &p->alt_zh, "zh");
        tb_trend_alt(&t, &p->alt_en, "en");
        compose(&t);
        made = 1;
    }
    free(t.point);
    return made;
}
