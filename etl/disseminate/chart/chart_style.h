/* chart_style.h - the look of all charts, and the only place where a text goes
 * into a script.
 *
 * A picture is laid out in pixels of its own, from the top left, 800 wide; the
 * PNG is one and a half times that.  The script says W and H and reckons
 * everything from them, so that it can be read and changed by hand.  Every text
 * passes tb_picture_text; data files hold numbers only.
 */
#ifndef TONGBAO_DISSEMINATE_CHART_STYLE_H
#define TONGBAO_DISSEMINATE_CHART_STYLE_H

#include <stdbool.h>
#include <stddef.h>
#include "disseminate/chart/charts.h"
#include "tongbao/buf.h"

#define TB_CHART_FONT         "Noto Sans CJK SC"
#define TB_CHART_FONT_PACKAGE "fonts-noto-cjk"

enum { TB_CHART_WIDTH = 800, TB_CHART_PAD = 20 };

/* Colours as 0xRRGGBB: apart in hue for the colour-blind (no red beside green)
 * and in lightness for grey print. */
enum {
    TB_INK = 0x222222,       /* titles, numbers */
    TB_INK_SOFT = 0x5A5A5A,  /* notes */
    TB_RULE = 0x8A8A8A,      /* axes */
    TB_HAIR = 0xE6E6E6,      /* grid */
    TB_BAR_GOOD = 0x4F8DC9,  /* at or above the mean */
    TB_BAR_BELOW = 0xEBB55E, /* below the mean */
    TB_BAR_LAST = 0xA5281B,  /* at the bottom */
    TB_BAR_NONE = 0xBDBDBD,  /* not ranked */
    TB_LINE_UNIT = 0x1F5FA8,
    TB_LINE_PEER = 0x6E6E6E,
    TB_LINE_TARGET = 0xB85A14,
    TB_BAND = 0xDDE7F3,
    TB_CELL_GOOD = 0xA9CCEC,
    TB_CELL_WARN = 0xF8DF9B,
    TB_CELL_BAD = 0xE58E84,
    TB_CELL_NONE = 0xEDEDED,
};

enum tb_align { TB_LEFT, TB_CENTRE, TB_RIGHT };

/* One chart on its way: what the four files and the list entry are made of. */
struct tb_picture {
    struct tb_buf name; /* of its files */
    enum tb_chart_kind kind;
    int32_t indicator, unit, group;
    double width, height;
    struct tb_buf body; /* labels, lines, ranges */
    struct tb_buf plot; /* the plot command, without "plot "; "" for none */
    struct tb_buf data; /* the .tsv */
    struct tb_buf title_zh, title_en, alt_zh, alt_en;
};

void tb_picture_release(struct tb_picture *picture);
bool tb_picture_ok(const struct tb_picture *picture); /* no buffer ran out of memory */

/* A text centred on y, in pixels from the top left. */
struct tb_text_style {
    double size;
    int colour;
    enum tb_align align;
    bool bold;
};
void tb_picture_text(struct tb_picture *picture, double x, double y, struct tb_text_style style,
                     const char *text);
/* The text in lines no wider than `width`, at most max_lines, first line centred on y,
 * `leading` apart.  Returns the number of lines. */
size_t tb_picture_lines(struct tb_picture *picture, double x, double y, double width,
                        size_t max_lines, double leading, struct tb_text_style style,
                        const char *text);
/* How many lines that would be. */
size_t tb_picture_count(const char *text, double width, struct tb_text_style style,
                        size_t max_lines);
void tb_picture_box(struct tb_picture *picture, double x, double y, double width, double height,
                    int colour);
/* A straight line behind the data; dashed or not. */
void tb_picture_line(struct tb_picture *picture, double x0, double y0, double x1, double y1,
                     int colour, double weight, bool dashed);
/* Title (bold, up to three lines) and subtitle; returns the y below them. */
double tb_picture_head(struct tb_picture *picture, const char *title, const char *subtitle);
/* The plot's rectangle in pixels and what its edges mean. */
struct tb_frame {
    double left, top, right, bottom; /* pixels */
    double x0, x1, y0, y1;           /* values at left, right, bottom, top */
};
void tb_picture_frame(struct tb_picture *picture, const struct tb_frame *frame);
double tb_frame_x(const struct tb_frame *frame, double value); /* pixel of a value */
double tb_frame_y(const struct tb_frame *frame, double value);

/* The whole script, both pictures. */
void tb_picture_script(const struct tb_picture *picture, struct tb_buf *out);

/* A number with a point, whatever the locale. */
void tb_chart_put(struct tb_buf *out, double number, int decimals);
/* Estimated width in pixels of text set `size` high. */
double tb_chart_width(const char *text, double size);
/* Appends `text` broken into lines (LF between) no wider than `width`; the last
 * one ends in "…" if more was to come.  Returns the number of lines. */
size_t tb_chart_wrap(struct tb_buf *out, const char *text, double width, double size,
                     size_t max_lines);

#endif
