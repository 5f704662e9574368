/* chart_bars.c - the units of a group, ranked by one indicator: a bar, the value
 * and the place of each, with the group's figure and the target as lines.
 *
 * Values and places stand in columns at the right, so that no label can meet a
 * bar, a line or another label.
 */
#include "disseminate/chart/charts_all.h"

#include <math.h>
#include <stdlib.h>

#include "disseminate/chart/chart_bars.h"

enum { COLUMN_GAP = 14 };

static double width_of(struct tb_buf *text, double size)
{
    double width = tb_chart_width(tb_buf_text(text), size);

    tb_buf_clear(text);
    return width;
}

/* Widths of the columns of names, values and places. */
static void measure_columns(struct tb_bars *b)
{
    struct tb_buf text = TB_BUF_INIT;

    b->row_height = b->n_slots <= 16 ? 34 : b->n_slots <= 26 ? 29 : 25;
    b->font = b->n_slots <= 16 ? 17 : b->n_slots <= 26 ? 16 : 14;
    for (size_t i = 0; i < b->n_slots; i++) {
        if (b->slot[i] == TB_BARS_GAP)
            continue;
        const struct tb_bar *row = &b->row[b->slot[i]];
        b->names =
            fmax(b->names, 1.05 * tb_chart_width(tb_words_unit(b->topic.report, row->unit, b->lang),
                                                 b->font));
        if (row->figure.known)
            tb_words_number(&text, &b->topic, b->lang, row->figure.value);
        b->values = fmax(b->values, width_of(&text, b->font));
        tb_words_place(&text, b->lang, row->standing);
        b->places = fmax(b->places, width_of(&text, b->font));
    }
    b->names = fmin(b->names, 270);
    b->values = fmax(b->values, 28);
    b->places = fmax(b->places, 48);
    tb_buf_release(&text);
}

static void widen(struct tb_frame *f, struct tb_decimal number)
{
    f->x0 = fmin(f->x0, tb_words_double(number));
    f->x1 = fmax(f->x1, tb_words_double(number));
}

/* The axis holds zero and everything that is drawn. */
static void find_axis(struct tb_bars *b)
{
    struct tb_frame *f = &b->frame;

    for (size_t i = 0; i < b->n_slots; i++)
        if (b->slot[i] != TB_BARS_GAP && b->row[b->slot[i]].figure.known)
            widen(f, b->row[b->slot[i]].figure.value);
    if (b->topic.has_peer)
        widen(f, b->topic.peer.value);
    if (b->has_target)
        widen(f, b->target);
    if (f->x1 - f->x0 <= 0)
        f->x1 = f->x0 + 1;
    f->left = TB_CHART_PAD + b->names + COLUMN_GAP;
    f->right = TB_CHART_WIDTH - TB_CHART_PAD - b->places - b->values - 2 * COLUMN_GAP;
}

/* "7 of 12 units below the city: ..., January-May 2023". */
static void say_title(const struct tb_bars *b, struct tb_buf *out, const char *lang)
{
    const struct tb_topic *t = &b->topic;
    bool zh = lang[0] == 'z', lower = t->indicator->direction == TB_LOWER;
    const char *first = tb_words_unit(t->report, b->row[0].unit, lang);

    if (zh) {
        tb_words_period(out, t, lang);
        tb_words_topic(out, t, lang);
        tb_buf_puts(out, "：");
    }
    if (!t->has_peer || t->indicator->direction == TB_NEUTRAL) {
        tb_buf_printf(out, zh ? "%s居首位" : "%s leads", first);
    } else if (b->n_behind == 0) {
        tb_buf_printf(out, zh ? "%zu个单位都不%s" : "None of %zu units %s ", b->n_ranked,
                      zh ? (lower ? "高于" : "低于") : (lower ? "above" : "below"));
        tb_words_peer(out, t, lang);
    } else {
        if (zh)
            tb_buf_printf(out, "%zu个单位中%zu个%s", b->n_ranked, b->n_behind,
                          lower ? "高于" : "低于");
        else
            tb_buf_printf(out, "%zu of %zu units %s ", b->n_behind, b->n_ranked,
                          lower ? "above" : "below");
        tb_words_peer(out, t, lang);
    }
    if (!zh) {
        tb_buf_puts(out, ": ");
        tb_words_topic(out, t, lang);
        tb_buf_puts(out, ", ");
        tb_words_period(out, t, lang);
    }
}

/* First and last with their numbers: what the picture shows at a glance. */
static void say_alt(const struct tb_bars *b, struct tb_buf *out, const char *lang)
{
    const struct tb_bar *ends[] = { &b->row[0], &b->row[b->n_ranked - 1] };
    bool zh = lang[0] == 'z';

    tb_buf_puts(out, zh ? "排名条形图。" : "Ranked bars. ");
    say_title(b, out, lang);
    tb_buf_puts(out, zh ? "。" : ". ");
    for (size_t i = 0; i < 2; i++) {
        tb_buf_puts(out, i > 0 ? (zh ? "，" : ", ") : "");
        tb_buf_printf(out, "%s ", tb_words_unit(b->topic.report, ends[i]->unit, lang));
        if (ends[i]->figure.known)
            tb_words_number(out, &b->topic, lang, ends[i]->figure.value);
        tb_buf_puts(out, zh ? "（" : " (");
        tb_words_place(out, lang, ends[i]->standing);
        tb_buf_puts(out, zh ? "）" : ")");
    }
    tb_buf_puts(out, zh ? "。" : ".");
}

static void say_subtitle(const struct tb_bars *b, struct tb_buf *out)
{
    tb_words_measure(out, &b->topic, b->lang);
    tb_buf_puts(out, b->zh ? "　" : ". ");
    if (b->n_left_out > 0) {
        tb_buf_printf(out,
                      b->zh ? "前%d位和后%d位，中间%zu个单位未列出　"
                            : "Best %d and worst %d; %zu units between not shown. ",
                      TB_BARS_BEST, TB_BARS_WORST, b->n_left_out);
    }
    tb_words_source(out, b->topic.report, b->lang);
}

/* The label of a vertical line, above the plot, inside the picture. */
static void label_line(struct tb_bars *b, struct tb_decimal at, const struct tb_buf *text, double y,
                       int colour)
{
    struct tb_text_style style = { 14, colour, TB_CENTRE, false };
    double half = tb_chart_width(tb_buf_text(text), 14) / 2;
    double x = tb_frame_x(&b->frame, tb_words_double(at));

    x = fmin(fmax(x, TB_CHART_PAD + half), TB_CHART_WIDTH - TB_CHART_PAD - half);
    tb_picture_text(b->p, x, y, style, tb_buf_text(text));
    x = tb_frame_x(&b->frame, tb_words_double(at));
    tb_picture_line(b->p, x, y + 10, x, b->frame.bottom, colour, 1.4, true);
}

static void draw_lines(struct tb_bars *b, double y)
{
    struct tb_buf text = TB_BUF_INIT;

    if (b->has_target) {
        tb_buf_puts(&text, b->zh ? "目标 " : "target ");
        tb_words_number(&text, &b->topic, b->lang, b->target);
        label_line(b, b->target, &text, y, TB_LINE_TARGET);
        tb_buf_clear(&text);
        y += 20;
    }
    if (b->topic.has_peer) {
        tb_words_peer(&text, &b->topic, b->lang);
        tb_buf_putc(&text, ' ');
        tb_words_number(&text, &b->topic, b->lang, b->topic.peer.value);
        label_line(b, b->topic.peer.value, &text, y, 0x333333);
    }
    tb_buf_release(&text);
}

static void draw_row(struct tb_bars *b, const struct tb_bar *row, double y)
{
    struct tb_buf text = TB_BUF_INIT;
    bool subject = (int32_t)row->unit == b->topic.report->subject;
    const char *name = tb_words_unit(b->topic.report, row->unit, b->lang);
    struct tb_text_style style = { b->font, TB_INK, TB_RIGHT, subject };
    struct tb_text_style small = { b->font * 0.8, TB_INK, TB_RIGHT, subject };
    double right = TB_CHART_WIDTH - TB_CHART_PAD, edge = TB_CHART_PAD + b->names;

    if (1.05 * tb_chart_width(name, b->font) <= b->names + 1)
        tb_picture_text(b->p, edge, y, style, name);
    else if (tb_chart_wrap(&text, name, b->names, small.size * 1.05, 3) == 1)
        tb_picture_text(b->p, edge, y, small, name);
    else
        tb_picture_lines(b->p, edge, y - small.size * 0.55, b->names, 2, small.size * 1.1, small,
                         name);
    tb_buf_clear(&text);
    if (row->figure.known)
        tb_words_number(&text, &b->topic, b->lang, row->figure.value);
    else
        tb_buf_puts(&text, "—");
    tb_picture_text(b->p, right - b->places - COLUMN_GAP, y, style, tb_buf_text(&text));
    tb_buf_clear(&text);
    tb_words_place(&text, b->lang, row->standing);
    style.size *= 0.9;
    style.colour = TB_INK_SOFT;
    if (text.len == 0)
        tb_buf_puts(&text, b->zh ? "不排名" : "–");
    tb_picture_text(b->p, right, y, style, tb_buf_text(&text));
    tb_buf_release(&text);
}

static void put_data(struct tb_bars *b, size_t slot, const struct tb_bar *row)
{
    char number[TB_DECIMAL_TEXT];

    if (!row->figure.known)
        return;
    tb_decimal_format(row->figure.value, number);
    tb_buf_printf(&b->p->data, "%zu\t%s\t%u\t%u\t%d\n", slot + 1, number,
                  (unsigned)row->standing.rank, (unsigned)row->unit, tb_bars_colour(b, row));
}

static void draw_rows(struct tb_bars *b)
{
    struct tb_text_style gap = { 18, TB_INK_SOFT, TB_RIGHT, false };
    double right = TB_CHART_WIDTH - TB_CHART_PAD;

    tb_buf_puts(&b->p->data, "# row\tvalue\tplace\tunit (row of units.csv)\tcolour\n");
    for (size_t i = 0; i < b->n_slots; i++) {
        double y = b->frame.top + ((double)i + 0.5) * b->row_height;
        if (i > 0)
            tb_picture_line(b->p, TB_CHART_PAD, y - b->row_height / 2, right, y - b->row_height / 2,
                            TB_HAIR, 0.7, false);
        if (b->slot[i] == TB_BARS_GAP) {
            tb_picture_text(b->p, TB_CHART_PAD + b->names, y, gap, "…");
            continue;
        }
        draw_row(b, &b->row[b->slot[i]], y);
        put_data(b, i, &b->row[b->slot[i]]);
    }
}

/* What the colours mean; only those that occur. */
static void draw_key(struct tb_bars *b, double y)
{
    const struct {
        int colour;
        const char *zh, *en, *zh_lower, *en_lower;
    } key[] = {
        { TB_BAR_GOOD, "达到或高于", "at or above", "达到或低于", "at or below" },
        { TB_BAR_BELOW, "低于", "below", "高于", "above" },
        { TB_BAR_LAST, "居后", "the last", "居后", "the last" },
        { TB_BAR_NONE, "不参加排名", "not ranked", "不参加排名", "not ranked" },
    };
    bool lower = b->topic.indicator->direction == TB_LOWER;
    bool judged = b->topic.has_peer && b->topic.indicator->direction != TB_NEUTRAL;
    struct tb_buf text = TB_BUF_INIT;
    double x = TB_CHART_PAD;

    for (size_t k = 0; k < 4; k++) {
        bool used = false;
        for (size_t i = 0; i < b->n_slots && !used; i++)
            used = b->slot[i] != TB_BARS_GAP &&
                   tb_bars_colour(b, &b->row[b->slot[i]]) == key[k].colour;
        if (!used || (k == 0 && !judged))
            continue;
        tb_buf_puts(&text, b->zh ? (lower ? key[k].zh_lower : key[k].zh)
                                 : (lower ? key[k].en_lower : key[k].en));
        if (k < 2) {
            tb_buf_puts(&text, b->zh ? "" : " ");
            tb_words_peer(&text, &b->topic, b->lang);
        }
        if (key[k].colour == TB_BAR_LAST)
            tb_buf_printf(&text, b->zh ? "%u位" : " %u", (unsigned)tb_bars_last_places(b));
        tb_picture_box(b->p, x, y - 6, 12, 12, key[k].colour);
        tb_picture_text(b->p, x + 18, y, (struct tb_text_style){ 13, TB_INK_SOFT, TB_LEFT, false },
                        tb_buf_text(&text));
        x += 18 + width_of(&text, 13) + 22;
    }
    tb_buf_release(&text);
}

static void say_missing(const struct tb_bars *b, struct tb_buf *out)
{
    if (b->n_missing == 0)
        return;
    tb_buf_puts(out, b->zh ? "未报：" : "No data: ");
    for (size_t i = b->n - b->n_missing; i < b->n; i++)
        tb_buf_printf(out, "%s%s", i == b->n - b->n_missing ? "" : (b->zh ? "、" : ", "),
                      tb_words_unit(b->topic.report, b->row[i].unit, b->lang));
}

static void compose(struct tb_bars *b)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_text_style note = { 14, TB_INK_SOFT, TB_LEFT, false };
    struct tb_picture *p = b->p;
    size_t n_lines;
    double y;

    p->width = TB_CHART_WIDTH;
    say_subtitle(b, &text);
    y = tb_picture_head(p, tb_buf_text(b->zh ? &p->title_zh : &p->title_en), tb_buf_text(&text));
    tb_buf_clear(&text);
    y += 12;
    b->frame.top = y + (b->has_target ? 20 : 0) + (b->topic.has_peer ? 20 : 0) - 4;
    b->frame.bottom = b->frame.top + (double)b->n_slots * b->row_height;
    b->frame.y0 = (double)b->n_slots + 0.5;
    b->frame.y1 = 0.5;
    find_axis(b);
    tb_picture_frame(p, &b->frame);
    draw_lines(b, y);
    draw_rows(b);
    tb_buf_puts(&p->body, "set arrow from first 0, graph 0 to first 0, graph 1 nohead "
                          "lc rgb \"#8A8A8A\" lw 1 front\n");
    tb_buf_printf(&p->plot,
                  "\"%s.tsv\" using (0):1:(0):2:($1-0.34):($1+0.34):5 with boxxyerror "
                  "fs solid 1 noborder lc rgb variable title \"\"",
                  tb_buf_text(&p->name));
    y = b->frame.bottom + 24;
    draw_key(b, y);
    say_missing(b, &text);
    y += 26;
    n_lines = tb_picture_lines(p, TB_CHART_PAD, y, p->width - 2 * TB_CHART_PAD, 3, 20, note,
                               tb_buf_text(&text));
    y += 20.0 * (double)n_lines;
    p->height = ceil(y);
    tb_buf_release(&text);
}

int tb_chart_bars(const struct tb_report *report, size_t indicator, size_t group,
                  struct tb_picture *p)
{
    struct tb_bars b = { .p = p, .lang = report->lang, .zh = tb_report_is_zh(report) };
    int made = 0;

    if (tb_topic_of(report, indicator, group, &b.topic) && tb_bars_gather(&b)) {
        p->kind = TB_CHART_RANKED;
        p->indicator = (int32_t)indicator;
        p->unit = TB_NONE;
        p->group = (int32_t)group;
        tb_bars_choose(&b);
        b.has_target = tb_topic_target(&b.topic, TB_NONE, &b.target);
        say_title(&b, &p->title_zh, "zh");
        say_title(&b, &p->title_en, "en");
        say_alt(&b, &p->alt_zh, "zh");
        say_alt(&b, &p->alt_en, "en");
        measure_columns(&b);
        compose(&b);
        made = 1;
    }
    free(b.row);
    free(b.slot);
    return made;
}
