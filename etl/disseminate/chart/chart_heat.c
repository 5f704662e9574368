/* chart_heat.c - units by indicators on one sheet: how each stands, by colour, by
 * sign and by number, so that it reads in grey print too.
 *
 * Where targets apply to most of the group a cell is the verdict and its gap.
 * Where they apply to the subject alone the others would be blank, and a cell
 * is the value and the place among peers instead; the title says which.
 */
#include "disseminate/chart/charts_all.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "disseminate/chart/chart_heat.h"

enum { COLUMN_MIN = 62, COLUMN_MAX = 96, HEAD_SIZE = 13 };

static const struct tb_topic *topic_of(const struct tb_heat *h, size_t column)
{
    return &h->column[h->first_column + column];
}

/* The number of a cell: gap of a verdict, value against peers; "" when there is none. */
static void put_number(const struct tb_heat *h, const struct tb_heat_cell *cell,
                       const struct tb_topic *t, struct tb_buf *out)
{
    struct tb_style style = tb_style_of(h->report);
    const char *text;

    if (!cell->verdict) {
        if (cell->figure.known)
            tb_words_number(out, t, h->lang, cell->figure.value);
        return;
    }
    text = *cell->verdict->gap ? cell->verdict->gap : cell->verdict->value;
    if (text == cell->verdict->value && cell->rag == TB_RAG_GREY)
        return; /* nothing was judged: the word says why */
    if (text == cell->verdict->gap && *text != '-' && strpbrk(text, "123456789"))
        tb_buf_putc(out, '+');
    tb_number_printed(out, &style, text);
    if (text == cell->verdict->gap && strcmp(cell->verdict->unit_measure, "place") == 0)
        tb_buf_puts(out, h->zh ? "位" : " pl.");
}

static void put_second(const struct tb_heat *h, const struct tb_heat_cell *cell, struct tb_buf *out)
{
    tb_buf_printf(out, "%s ", tb_rag_sign(cell->rag));
    if (cell->verdict)
        tb_buf_puts(out, tb_verdict_word(cell->verdict->kind, h->lang));
    else if (cell->standing.rank == 0)
        tb_buf_puts(out, cell->figure.known ? (h->zh ? "不排名" : "no rank")
                                            : (h->zh ? "未报" : "no data"));
    else
        tb_words_place(out, h->lang, cell->standing);
}

/* Width of the longest word of a column's head: heads break at spaces. */
static double widest_word(const char *name)
{
    double widest = 0;

    while (*name) {
        char word[32] = "";
        size_t n = strcspn(name, " "), used = 0;
        while (used < n && used + 1 < sizeof word && (unsigned char)name[used] < 0x80) {
            word[used] = name[used];
            used++;
        }
        widest = fmax(widest, tb_chart_width(word, HEAD_SIZE));
        name += n + (name[n] == ' ');
    }
    return widest;
}

static const char *short_name(const struct tb_heat *h, const struct tb_indicator *ind)
{
    const char *name = h->zh ? ind->short_zh : ind->short_en;

    return name && *name ? name : tb_indicator_name(ind, h->lang);
}

static void measure_columns(struct tb_heat *h)
{
    struct tb_buf text = TB_BUF_INIT;

    h->column_width = COLUMN_MIN;
    for (size_t r = 0; r < h->n_rows; r++) {
        const char *name = tb_words_unit(h->report, h->row[r], h->lang);
        h->names = fmax(h->names, 1.05 * tb_chart_width(name, 15));
        for (size_t c = 0; c < h->n_columns; c++) {
            const struct tb_heat_cell *cell = tb_heat_cell_at(h, r, c);
            if (!cell->shown)
                continue;
            put_number(h, cell, topic_of(h, c), &text);
            h->column_width = fmax(h->column_width, tb_chart_width(tb_buf_text(&text), 15) + 10);
            tb_buf_clear(&text);
            put_second(h, cell, &text);
            h->column_width = fmax(h->column_width, tb_chart_width(tb_buf_text(&text), 12) + 8);
            tb_buf_clear(&text);
        }
    }
    for (size_t c = 0; c < h->n_columns; c++)
        h->column_width =
            fmax(h->column_width, widest_word(short_name(h, topic_of(h, c)->indicator)) + 8);
    h->names = fmin(fmax(h->names, 60), 240);
    h->column_width = fmin(h->column_width, COLUMN_MAX);
    h->row_height = h->n_rows <= 16 ? 44 : 38;
    tb_buf_release(&text);
}

/* Width to break a head in, so that its lines are about equally long: not one
 * character alone below seven. */
static double head_width(const struct tb_heat *h, const char *name)
{
    const struct tb_text_style style = { HEAD_SIZE, TB_INK, TB_CENTRE, false };
    double most = h->column_width - 4;
    size_t n = tb_picture_count(name, most, style, 3);
    double even = tb_chart_width(name, HEAD_SIZE) / (double)(n > 0 ? n : 1) + HEAD_SIZE * 0.6;

    even = fmax(even, widest_word(name) + 1);
    return n > 1 && even < most && tb_picture_count(name, even, style, 4) == n ? even : most;
}

static void draw_heads(struct tb_heat *h, double left, double y, size_t lines)
{
    const struct tb_text_style style = { HEAD_SIZE, TB_INK, TB_CENTRE, false };

    for (size_t c = 0; c < h->n_columns; c++) {
        const char *name = short_name(h, topic_of(h, c)->indicator);
        double width = head_width(h, name);
        size_t n = tb_picture_count(name, width, style, 3);
        tb_picture_lines(h->p, left + ((double)c + 0.5) * h->column_width,
                         y + 17.0 * (double)(lines - n), width, 3, 17, style, name);
    }
}

static size_t head_lines(const struct tb_heat *h)
{
    const struct tb_text_style style = { HEAD_SIZE, TB_INK, TB_CENTRE, false };
    size_t most = 1;

    for (size_t c = 0; c < h->n_columns; c++) {
        size_t n = tb_picture_count(short_name(h, topic_of(h, c)->indicator), h->column_width - 4,
                                    style, 3);
        most = n > most ? n : most;
    }
    return most;
}

static void draw_name(struct tb_heat *h, size_t row, double y)
{
    const char *name = tb_words_unit(h->report, h->row[row], h->lang);
    struct tb_text_style style = { 15, TB_INK, TB_RIGHT,
                                   (int32_t)h->row[row] == h->report->subject };
    double edge = TB_CHART_PAD + h->names;

    if (1.05 * tb_chart_width(name, 15) <= h->names + 1) {
        tb_picture_text(h->p, edge, y, style, name);
        return;
    }
    style.size = 12;
    tb_picture_lines(h->p, edge, y - 7.5 * (double)(tb_picture_count(name, h->names, style, 2) - 1),
                     h->names, 2, 15, style, name);
}

static void draw_cell(struct tb_heat *h, const struct tb_heat_cell *cell, const struct tb_topic *t,
                      double x, double y)
{
    struct tb_text_style style = { 15, TB_INK, TB_CENTRE, cell->rag == TB_RAG_RED };
    struct tb_buf text = TB_BUF_INIT;
    bool has_number;

    if (!cell->shown)
        return;
    put_number(h, cell, t, &text);
    if (tb_chart_width(tb_buf_text(&text), 15) > h->column_width - 4)
        style.size = fmax(9, 15 * (h->column_width - 4) / tb_chart_width(tb_buf_text(&text), 15));
    has_number = text.len > 0;
    if (has_number)
        tb_picture_text(h->p, x, y - 8, style, tb_buf_text(&text));
    tb_buf_clear(&text);
    put_second(h, cell, &text);
    style = (struct tb_text_style){ 12, 0x444444, TB_CENTRE, false };
    if (tb_chart_width(tb_buf_text(&text), 12) > h->column_width - 2)
        style.size = 10;
    tb_picture_text(h->p, x, y + (has_number ? 11 : 0), style, tb_buf_text(&text));
    tb_buf_release(&text);
}

static int cell_colour(const struct tb_heat_cell *cell)
{
    static const int of[] = { [TB_RAG_GREEN] = TB_CELL_GOOD,
                              [TB_RAG_AMBER] = TB_CELL_WARN,
                              [TB_RAG_RED] = TB_CELL_BAD,
                              [TB_RAG_GREY] = TB_CELL_NONE };

    return cell->shown ? of[cell->rag] : 0xFAFAFA;
}

static void draw_cells(struct tb_heat *h, double left)
{
    struct tb_buf *data = &h->p->data;

    tb_buf_puts(data, "# column\trow\tcolour class (0 good, 1 warning, 2 bad, 3 none)\tcolour\n");
    for (size_t r = 0; r < h->n_rows; r++) {
        double y = h->top + ((double)r + 0.5) * h->row_height;
        draw_name(h, r, y);
        for (size_t c = 0; c < h->n_columns; c++) {
            const struct tb_heat_cell *cell = tb_heat_cell_at(h, r, c);
            tb_buf_printf(data, "%zu\t%zu\t%d\t%d\n", c + 1, r + 1, (int)cell->rag,
                          cell_colour(cell));
            draw_cell(h, cell, topic_of(h, c), left + ((double)c + 0.5) * h->column_width, y);
        }
    }
}

static const char *key_text(const struct tb_heat *h, enum tb_rag rag)
{
    static const char *const words[2][TB_RAG_GREY + 1][2] = {
        { [TB_RAG_GREEN] = { "达到或优于全组水平", "at or better than the group" },
          [TB_RAG_AMBER] = { "劣于全组水平", "worse than the group" },
          [TB_RAG_RED] = { "居后", "among the last" },
          [TB_RAG_GREY] = { "未报或不排名", "no data or not ranked" } },
        { [TB_RAG_GREEN] = { "达标、序时", "met or on track" },
          [TB_RAG_AMBER] = { "临近", "at risk" },
          [TB_RAG_RED] = { "滞后、未达标", "behind or missed" },
          [TB_RAG_GREY] = { "未到期、未报、无法计算", "not due, no data" } },
    };

    return words[h->by_verdict][rag][h->zh ? 0 : 1];
}

static void draw_key(struct tb_heat *h, double y)
{
    static const enum tb_rag order[] = { TB_RAG_GREEN, TB_RAG_AMBER, TB_RAG_RED, TB_RAG_GREY };
    struct tb_text_style style = { 13, TB_INK_SOFT, TB_LEFT, false };
    double x = TB_CHART_PAD;
    struct tb_buf text = TB_BUF_INIT;

    for (size_t i = 0; i < 4; i++) {
        struct tb_heat_cell sample = { .rag = order[i], .shown = true };
        if (h->count[order[i]] == 0)
            continue;
        tb_buf_printf(&text, "%s %s", tb_rag_sign(order[i]), key_text(h, order[i]));
        if (order[i] == TB_RAG_RED && !h->by_verdict)
            tb_buf_printf(&text, h->zh ? "%d位" : " %d", h->report->profile->set.bottom_k);
        tb_picture_box(h->p, x, y - 8, 16, 16, cell_colour(&sample));
        tb_picture_text(h->p, x + 22, y, style, tb_buf_text(&text));
        x += 22 + tb_chart_width(tb_buf_text(&text), 13) + 18;
        tb_buf_clear(&text);
    }
    tb_buf_release(&text);
}

/* --- words --- */

/* Whom the rows are: the one unit by name, else how many of the group. */
static void say_rows(const struct tb_heat *h, struct tb_buf *out, bool zh)
{
    const struct tb_profile *p = h->report->profile;
    const char *lang = zh ? "zh" : "en";
    const char *name = tb_group_name(&p->groups[h->group], lang);
    bool cut = h->n_rows < h->n_all_rows;

    if (h->n_rows == 1)
        tb_buf_puts(out, tb_unit_name(&p->units[h->row[0]], lang));
    else if (zh)
        tb_buf_printf(out, "%s%s%zu个单位", name, cut ? "问题最多的" : "", h->n_rows);
    else
        tb_buf_printf(out, "%zu units of %s%s", h->n_rows, name, cut ? " in most trouble" : "");
}

static void say_title(const struct tb_heat *h, struct tb_buf *out, const char *lang)
{
    size_t all = h->count[0] + h->count[1] + h->count[2] + h->count[3];
    size_t red = h->count[TB_RAG_RED], ranked = all - h->count[TB_RAG_GREY];
    char period[48];

    if (lang[0] == 'z') {
        tb_period_format_zh(h->report->period, period);
        tb_buf_puts(out, period);
        say_rows(h, out, true);
        tb_buf_printf(out,
                      h->by_verdict ? "：%zu项判定中%zu项滞后或未达标" : "：%zu项排名中%zu项居后列",
                      h->by_verdict ? all : ranked, red);
        return;
    }
    tb_period_format_en(h->report->period, period);
    tb_buf_printf(out,
                  h->by_verdict ? "%zu of %zu verdicts are behind or missed"
                                : "%zu of %zu places are among the last",
                  red, h->by_verdict ? all : ranked);
    tb_buf_puts(out, ": ");
    say_rows(h, out, false);
    tb_buf_printf(out, ", %s", period);
}

static void say_subtitle(const struct tb_heat *h, struct tb_buf *out)
{
    if (h->by_verdict)
        tb_buf_puts(
            out, h->zh
                     ? "格内：与目标的差距（没有差距的为数值），判定　"
                     : "In each cell: gap to the target (pl.: places), else the value; verdict. ");
    else
        tb_buf_puts(out, h->zh ? "格内：数值（增速为%，其余为各指标计量单位），位次　"
                               : "In each cell: value (growth in %, else its own unit); place. ");
    if (h->n_rows < h->n_all_rows)
        tb_buf_printf(out,
                      h->zh ? "共%zu个单位，列出问题最多的%zu个　"
                            : "Of %zu units the %zu in most trouble. ",
                      h->n_all_rows, h->n_rows);
    tb_words_source(out, h->report, h->lang);
}

static void say_alt(const struct tb_heat *h, struct tb_buf *out, const char *lang)
{
    bool zh = lang[0] == 'z';

    tb_buf_puts(out, zh ? "热力表。" : "Heat map. ");
    say_title(h, out, lang);
    tb_buf_printf(out, zh ? "；%zu行%zu列。" : "; rows: %zu, columns: %zu.", h->n_rows, h->n_columns);
}

static void compose(struct tb_heat *h)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_picture *p = h->p;
    struct tb_frame frame = { .x0 = 0.5, .y1 = 0.5 };
    size_t lines;
    double y;

    measure_columns(h);
    frame.left = TB_CHART_PAD + h->names + 10;
    p->width = ceil(frame.left + (double)h->n_columns * h->column_width + TB_CHART_PAD);
    if (p->width < TB_CHART_WIDTH) {
        h->column_width = fmin((TB_CHART_WIDTH - TB_CHART_PAD - frame.left) / (double)h->n_columns,
                               2.0 * COLUMN_MAX);
        p->width = TB_CHART_WIDTH;
    }
    say_subtitle(h, &text);
    y = tb_picture_head(p, tb_buf_text(h->zh ? &p->title_zh : &p->title_en), tb_buf_text(&text));
    lines = head_lines(h);
    draw_heads(h, frame.left, y + 10, lines);
    h->top = frame.top = y + 10 + 17.0 * (double)lines;
    frame.bottom = h->top + (double)h->n_rows * h->row_height;
    frame.right = frame.left + (double)h->n_columns * h->column_width;
    frame.x1 = (double)h->n_columns + 0.5;
    frame.y0 = (double)h->n_rows + 0.5;
    tb_picture_frame(p, &frame);
    draw_cells(h, frame.left);
    tb_buf_printf(&p->plot,
                  "\"%s.tsv\" using 1:2:(0.485):(0.47):4 with boxxyerror fs solid 1 noborder "
                  "lc rgb variable title \"\"",
                  tb_buf_text(&p->name));
    draw_key(h, frame.bottom + 24);
    p->height = ceil(frame.bottom + 46);
    tb_buf_release(&text);
}

static int draw(struct tb_heat *h, size_t part, size_t *parts)
{
    if (!tb_heat_gather(h, part, parts))
        return 0;
    say_title(h, &h->p->title_zh, "zh");
    say_title(h, &h->p->title_en, "en");
    say_alt(h, &h->p->alt_zh, "zh");
    say_alt(h, &h->p->alt_en, "en");
    compose(h);
    return 1;
}

int tb_chart_heat(const struct tb_report *report, size_t group, size_t part, size_t *parts,
                  struct tb_picture *p)
{
    struct tb_heat h = { .report = report,
                         .p = p,
                         .lang = report->lang,
                         .zh = tb_report_is_zh(report),
                         .group = group };
    int made = 0;

    *parts = 0;
    p->kind = TB_CHART_HEATMAP;
    p->indicator = p->unit = TB_NONE;
    p->group = (int32_t)group;
    h.column = calloc(report->profile->n_indicators + 1, sizeof *h.column);
    h.row = calloc(report->profile->groups[group].n_members + 1, sizeof *h.row);
    if (h.column && h.row)
        made = draw(&h, part, parts);
    else
        p->body.failed = true;
    free(h.column);
    free(h.row);
    free(h.cell);
    return made;
}
