/* chart_style.c - puts texts, boxes and lines into a gnuplot script. */
#include "disseminate/chart/chart_style.h"

#include <math.h>
#include <string.h>

#include "tongbao/text.h"

static const double png_scale = 1.5; /* pixels of the PNG for one of ours */

void tb_picture_release(struct tb_picture *p)
{
    struct tb_buf *all[] = { &p->name,     &p->body,     &p->plot,   &p->data,
                             &p->title_zh, &p->title_en, &p->alt_zh, &p->alt_en };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        tb_buf_release(all[i]);
}

bool tb_picture_ok(const struct tb_picture *p)
{
    return !p->name.failed && !p->body.failed && !p->plot.failed && !p->data.failed &&
           !p->title_zh.failed && !p->title_en.failed && !p->alt_zh.failed && !p->alt_en.failed;
}

void tb_chart_put(struct tb_buf *out, double number, int decimals)
{
    double size = fabs(number), one = 1;
    long long units;

    for (int i = 0; i < decimals; i++)
        one *= 10;
    if (!(size * one < 9e15)) { /* also not a number */
        tb_buf_puts(out, "NaN");
        return;
    }
    units = llround(size * one);
    if (number < 0 && units > 0)
        tb_buf_putc(out, '-');
    tb_buf_printf(out, "%lld", units / (long long)one);
    if (decimals > 0)
        tb_buf_printf(out, ".%0*lld", decimals, units % (long long)one);
}

/* "screen 20.0/W,1-35.0/H": pixels from the top left. */
static void put_place(struct tb_buf *out, double x, double y)
{
    tb_buf_puts(out, "screen ");
    tb_chart_put(out, x, 1);
    tb_buf_puts(out, "/W,1-");
    tb_chart_put(out, y, 1);
    tb_buf_puts(out, "/H");
}

/* Control characters would break the layout, a line break most of all. */
static void put_literal(struct tb_buf *out, const char *text)
{
    struct tb_buf plain = TB_BUF_INIT;

    for (; *text; text++)
        tb_buf_putc(&plain, (unsigned char)*text < ' ' || *text == 0x7f ? ' ' : *text);
    if (plain.failed)
        out->failed = true;
    tb_escape_gnuplot(out, tb_buf_text(&plain));
    tb_buf_release(&plain);
}

void tb_picture_text(struct tb_picture *p, double x, double y, struct tb_text_style style,
                     const char *text)
{
    static const char *const words[] = {
        [TB_LEFT] = "left", [TB_CENTRE] = "center", [TB_RIGHT] = "right"
    };

    tb_buf_puts(&p->body, "set label ");
    put_literal(&p->body, text);
    tb_buf_puts(&p->body, " at ");
    put_place(&p->body, x, y);
    tb_buf_printf(&p->body, " %s font \"%s,", words[style.align],
                  style.bold ? TB_CHART_FONT ":Bold" : TB_CHART_FONT);
    tb_chart_put(&p->body, style.size, 1);
    tb_buf_printf(&p->body, "\" tc rgb \"#%06X\" front\n", (unsigned)style.colour);
}

static double line_size(struct tb_text_style style)
{
    return style.size * (style.bold ? 1.05 : 1); /* bold letters are a little wider */
}

size_t tb_picture_count(const char *text, double width, struct tb_text_style style,
                        size_t max_lines)
{
    struct tb_buf lines = TB_BUF_INIT;
    size_t n = tb_chart_wrap(&lines, text, width, line_size(style), max_lines);

    tb_buf_release(&lines);
    return n;
}

size_t tb_picture_lines(struct tb_picture *p, double x, double y, double width, size_t max_lines,
                        double leading, struct tb_text_style style, const char *text)
{
    struct tb_buf lines = TB_BUF_INIT;
    size_t n = tb_chart_wrap(&lines, text, width, line_size(style), max_lines);
    char *at = lines.data;

    if (lines.failed)
        p->body.failed = true;
    for (char *end; at && *at; at = end) {
        for (end = at; *end && *end != '\n'; end++)
            ;
        if (*end)
            *end++ = '\0';
        tb_picture_text(p, x, y, style, at);
        y += leading;
    }
    tb_buf_release(&lines);
    return n;
}

void tb_picture_box(struct tb_picture *p, double x, double y, double width, double height,
                    int colour)
{
    tb_buf_puts(&p->body, "set object rect from ");
    put_place(&p->body, x, y + height);
    tb_buf_puts(&p->body, " to ");
    put_place(&p->body, x + width, y);
    tb_buf_printf(&p->body, " fs solid noborder fc rgb \"#%06X\" back\n", (unsigned)colour);
}

void tb_picture_line(struct tb_picture *p, double x0, double y0, double x1, double y1, int colour,
                     double weight, bool dashed)
{
    tb_buf_puts(&p->body, "set arrow from ");
    put_place(&p->body, x0, y0);
    tb_buf_puts(&p->body, " to ");
    put_place(&p->body, x1, y1);
    tb_buf_printf(&p->body, " nohead lc rgb \"#%06X\" lw ", (unsigned)colour);
    tb_chart_put(&p->body, weight, 1);
    tb_buf_puts(&p->body, dashed ? " dt (9,6) front\n" : " back\n");
}

/* Lines of words are made about equally long; Chinese breaks at its punctuation. */
static double title_width(const char *title, double most, struct tb_text_style style)
{
    size_t n = tb_picture_count(title, most, style, 3);
    double even = tb_chart_width(title, line_size(style)) / (double)(n > 0 ? n : 1) + 60;
    bool words = tb_text_width(title) <= tb_text_chars(title, strlen(title));

    return words && even < most && tb_picture_count(title, even, style, 4) == n ? even : most;
}

double tb_picture_head(struct tb_picture *p, const char *title, const char *subtitle)
{
    const struct tb_text_style bold = { 21, TB_INK, TB_LEFT, true };
    const struct tb_text_style soft = { 14, TB_INK_SOFT, TB_LEFT, false };
    double width = p->width - 2 * TB_CHART_PAD;
    double y = 30;

    y += 30.0 * (double)tb_picture_lines(p, TB_CHART_PAD, y, title_width(title, width, bold), 3, 30,
                                         bold, title);
    y += 20.0 * (double)tb_picture_lines(p, TB_CHART_PAD, y, width, 2, 20, soft, subtitle);
    return y;
}

void tb_picture_frame(struct tb_picture *p, const struct tb_frame *f)
{
    const struct {
        const char *name;
        double at;
        const char *of;
    } margins[] = { { "lmargin at screen ", f->left, "/W\n" },
                    { "rmargin at screen ", f->right, "/W\n" },
                    { "tmargin at screen 1-", f->top, "/H\n" },
                    { "bmargin at screen 1-", f->bottom, "/H\n" } };

    for (size_t i = 0; i < 4; i++) {
        tb_buf_printf(&p->body, "set %s", margins[i].name);
        tb_chart_put(&p->body, margins[i].at, 1);
        tb_buf_puts(&p->body, margins[i].of);
    }
    tb_buf_puts(&p->body, "set xrange [");
    tb_chart_put(&p->body, f->x0, 6);
    tb_buf_putc(&p->body, ':');
    tb_chart_put(&p->body, f->x1, 6);
    tb_buf_puts(&p->body, "]\nset yrange [");
    tb_chart_put(&p->body, f->y0, 6);
    tb_buf_putc(&p->body, ':');
    tb_chart_put(&p->body, f->y1, 6);
    tb_buf_puts(&p->body, "]\n");
}

double tb_frame_x(const struct tb_frame *f, double value)
{
    return f->left + (value - f->x0) / (f->x1 - f->x0) * (f->right - f->left);
}

double tb_frame_y(const struct tb_frame *f, double value)
{
    return f->bottom - (value - f->y0) / (f->y1 - f->y0) * (f->bottom - f->top);
}

void tb_picture_script(const struct tb_picture *p, struct tb_buf *out)
{
    const char *name = tb_buf_text(&p->name);
    int w = (int)p->width, h = (int)p->height;

    tb_buf_printf(out,
                  "# %s: draws %s.svg and %s.png from %s.tsv.\n"
                  "# To draw it again, in this folder: gnuplot -d %s.gp\n"
                  "reset session\nset encoding utf8\nW = %d.0\nH = %d.0\n",
                  name, name, name, name, name, w, h);
    tb_buf_puts(out, "unset key\nunset border\nunset tics\nset datafile separator \"\\t\"\n");
    tb_buf_add(out, tb_buf_text(&p->body), p->body.len);
    tb_buf_printf(out,
                  "set term svg noenhanced size %d,%d dynamic font \"" TB_CHART_FONT
                  ",15\" rounded background \"#FFFFFF\"\n"
                  "set output \"%s.svg\"\nplot %s\n",
                  w, h, name, tb_buf_text(&p->plot));
    /* Sizes are pixels: 0.75 points each, times the scale of the PNG. */
    tb_buf_printf(out,
                  "set term pngcairo noenhanced size %d,%d font \"" TB_CHART_FONT
                  ",15\" fontscale 1.125 linewidth 1.5 rounded background \"#FFFFFF\"\n"
                  "set output \"%s.png\"\nreplot\nunset output\n",
                  (int)(w * png_scale), (int)(h * png_scale), name);
}
