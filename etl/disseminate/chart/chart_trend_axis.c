/* chart_trend_axis.c - the axes of a trend: round numbers, months with their years. */
#include "disseminate/chart/chart_trend.h"

#include <math.h>
#include <string.h>

enum { MOST_TICKS = 6 };

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
void tb_trend_find_axis(struct tb_trend *t)
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
static void put_tick(const struct tb_trend *t, struct tb_buf *out, double value)
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

double tb_trend_widest_tick(const struct tb_trend *t)
{
    struct tb_buf text = TB_BUF_INIT;
    double widest = 20;

    for (double y = t->frame.y0; y < t->frame.y1 + t->step / 2; y += t->step) {
        put_tick(t, &text, y);
        widest = fmax(widest, tb_chart_width(tb_buf_text(&text), 15));
    }
    t->p->body.failed |= text.failed;
    tb_buf_release(&text);
    return widest;
}

void tb_trend_draw_y(struct tb_trend *t)
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
    t->p->body.failed |= text.failed;
    tb_buf_release(&text);
}

/* A period within its year: 5月, 2季度, 上半年; May, Q2, H1. */
static void put_in_year(const struct tb_trend *t, struct tb_buf *out, struct tb_period period)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int per_year = tb_periods_per_year(period.freq), at = period.index % per_year;
    char week[TB_PERIOD_TEXT];

    switch (period.freq) {
    case TB_FREQ_MONTH:
        if (t->zh)
            tb_buf_printf(out, "%d月", at + 1);
        else
            tb_buf_puts(out, months[at]);
        break;
    case TB_FREQ_QUARTER:
        tb_buf_printf(out, t->zh ? "%d季度" : "Q%d", at + 1);
        break;
    case TB_FREQ_HALF:
        tb_buf_puts(out, t->zh ? (at ? "下半年" : "上半年") : (at ? "H2" : "H1"));
        break;
    case TB_FREQ_DEKAD:
        tb_buf_printf(out, "%d/%d", at / 3 + 1, at % 3 * 10 + 1);
        break;
    case TB_FREQ_WEEK: /* 2023-W05 */
        tb_period_format(period, week);
        tb_buf_puts(out, strchr(week, 'W'));
        break;
    case TB_FREQ_TWO_MONTHS:
        tb_buf_printf(out, t->zh ? "%d-%d月" : "%d-%d", at * 2 + 1, at * 2 + 2);
        break;
    case TB_FREQ_ANNUAL:
    case TB_N_FREQS:
        tb_buf_printf(out, "%d", period.index);
    }
}

void tb_trend_draw_x(struct tb_trend *t)
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
    t->p->body.failed |= text.failed;
    tb_buf_release(&text);
}
