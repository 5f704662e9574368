/* explain_figures.c - the measures of one unit and indicator, and its peers. */
#include "command/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/listing.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/cube.h"
#include "tongbao/profile.h"
#include "tongbao/text.h"

enum { AROUND = 3 }; /* places shown on either side of the unit */

static const struct tb_indicator *indicator_of(const struct tb_question *question)
{
    return &question->view->profile->indicators[question->indicator];
}

/* How a growth rate was had, or "". */
static const char *method_text(const struct tb_view *view, enum tb_measure measure, uint8_t status)
{
    if (measure != TB_MEASURE_GROWTH && measure != TB_MEASURE_YTD_GROWTH)
        return "";
    switch (status & TB_GROWTH_METHOD_MASK) {
    case TB_GROWTH_PUBLISHED:
        return tb_view_say(view, "按报送的增速", "as submitted");
    case TB_GROWTH_COMPARABLE:
        return tb_view_say(view, "按报送的可比基数计算", "from the submitted comparable base");
    case TB_GROWTH_COMPUTED:
        return tb_view_say(view, "按上年同期数计算", "from last year's figure");
    default:
        return "";
    }
}

/* A plane's cell as a row: measure, number, status letter, how. */
static void add_measure(const struct tb_question *question, struct tb_listing *listing,
                        const struct tb_plane *plane, struct tb_period period)
{
    struct tb_decimal value = { 0, 0 };
    uint8_t status = tb_plane_get(plane, period, question->unit, &value);
    struct tb_buf number = TB_BUF_INIT;
    char letter[2] = { tb_status_code(status), '\0' }, when[TB_PERIOD_TEXT];

    if ((status & TB_STATUS_MASK) == TB_STATUS_NONE)
        return;
    tb_explain_number(question, indicator_of(question), plane->key.measure, value, status, &number);
    tb_period_format(period, when);
    tb_listing_add(listing, tb_measure_name(plane->key.measure));
    tb_listing_add(listing, when);
    tb_listing_add(listing, tb_buf_text(&number));
    tb_listing_add(listing, letter);
    tb_listing_add(listing, method_text(question->view, plane->key.measure, status));
    tb_buf_release(&number);
}

void tb_explain_figures(const struct tb_question *question, struct tb_buf *out)
{
    static const enum tb_measure found[] = { TB_MEASURE_VALUE,  TB_MEASURE_YTD,
                                             TB_MEASURE_GROWTH, TB_MEASURE_YTD_GROWTH,
                                             TB_MEASURE_MOM,    TB_MEASURE_CHANGE,
                                             TB_MEASURE_SHARE,  TB_MEASURE_PROGRESS };
    static const enum tb_measure given[] = { TB_MEASURE_BASE, TB_MEASURE_YTD_BASE };
    static const enum tb_measure levels[] = { TB_MEASURE_VALUE, TB_MEASURE_YTD };
    struct tb_period period = question->period, before = period;
    struct tb_listing listing = TB_LISTING_INIT("llrll");

    for (size_t i = 0; i < sizeof found / sizeof *found; i++)
        add_measure(question, &listing,
                    tb_cube_measure(question->findings, question->indicator, found[i]), period);
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        add_measure(question, &listing,
                    tb_cube_measure(question->cube, question->indicator, given[i]), period);
    before = tb_period_year_before(period);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        add_measure(question, &listing,
                    tb_cube_measure(question->findings, question->indicator, levels[i]), before);
    tb_buf_printf(out, "\n%s\n", tb_view_say(question->view, "数值", "figures"));
    if (listing.n)
        tb_listing_print(&listing, "  ", out);
    else
        tb_buf_printf(out, "  %s\n",
                      tb_view_say(question->view, "本期没有数据", "no data in this period"));
    tb_listing_release(&listing);
}

/* "mean 5.1 %; median 5.0 %; ..." of the group, those that there are. */
static void put_group_figures(const struct tb_question *question, enum tb_measure of, size_t group,
                              struct tb_buf *out)
{
    static const struct {
        enum tb_measure measure;
        const char *zh, *en;
    } figures[] = {
        { TB_MEASURE_AREA, "总体", "area" }, { TB_MEASURE_POOLED, "合并", "pooled" },
        { TB_MEASURE_MEAN, "平均", "mean" }, { TB_MEASURE_MEDIAN, "中位数", "median" },
        { TB_MEASURE_Q1, "下四分位", "q1" }, { TB_MEASURE_Q3, "上四分位", "q3" },
        { TB_MEASURE_BEST, "最好", "best" }, { TB_MEASURE_WORST, "最差", "worst" },
    };
    struct tb_buf line = TB_BUF_INIT;

    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        struct tb_plane_key key = { (uint16_t)question->indicator, (uint8_t)figures[i].measure,
                                    (uint8_t)of, TB_NO_GROUP };
        struct tb_decimal value;
        uint8_t status =
            tb_plane_get(tb_cube_find(question->findings, key), question->period, group, &value);
        if (!tb_status_has_value(status))
            continue;
        tb_buf_printf(&line, "%s%s ", line.len ? "; " : "",
                      tb_view_say(question->view, figures[i].zh, figures[i].en));
        tb_explain_number(question, indicator_of(question), of, value, status, &line);
    }
    if (line.len)
        tb_buf_printf(out, "    %s\n", tb_buf_text(&line));
    tb_buf_release(&line);
}

/* One unit that is ranked. */
struct place {
    size_t unit;
    int64_t rank;
    bool tied;
};

static int by_rank(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->unit < y->unit ? -1 : x->unit > y->unit;
}

/* The ranked units in order, and where ours stands among them (SIZE_MAX: nowhere). */
static size_t gather_places(const struct tb_question *question, const struct tb_plane *rank,
                            struct place *place, size_t *ours)
{
    size_t n = 0;

    *ours = SIZE_MAX;
    for (size_t unit = 0; unit < question->view->profile->n_units; unit++) {
        struct tb_decimal value;
        uint8_t status = tb_plane_get(rank, question->period, unit, &value);
        if (tb_status_has_value(status) && value.units > 0)
            place[n++] = (struct place){ unit, value.units, (status & TB_FLAG_TIED) != 0 };
    }
    if (n)
        qsort(place, n, sizeof *place, by_rank);
    for (size_t i = 0; i < n; i++)
        if (place[i].unit == question->unit)
            *ours = i;
    return n;
}

static void add_place(const struct tb_question *question, struct tb_listing *listing,
                      enum tb_measure of, const struct place *place)
{
    const struct tb_view *view = question->view;
    const struct tb_plane *plane = tb_cube_measure(question->findings, question->indicator, of);
    struct tb_decimal value = { 0, 0 };
    uint8_t status = tb_plane_get(plane, question->period, place->unit, &value);
    struct tb_buf number = TB_BUF_INIT;
    char rank[32];

    snprintf(rank, sizeof rank, "%s%lld", place->tied ? "=" : "", (long long)place->rank);
    if ((status & TB_STATUS_MASK) != TB_STATUS_NONE)
        tb_explain_number(question, indicator_of(question), of, value, status, &number);
    tb_listing_add(listing, place->unit == question->unit ? ">" : "");
    tb_listing_add(listing, rank);
    tb_listing_add(listing, tb_unit_name(&view->profile->units[place->unit], view->lang));
    tb_listing_add(listing, tb_buf_text(&number));
    tb_buf_release(&number);
}

/* "+2" from the movement plane. */
static void put_movement(const struct tb_question *question, enum tb_measure of, size_t group,
                         struct tb_buf *out)
{
    struct tb_plane_key key = { (uint16_t)question->indicator, TB_MEASURE_MOVEMENT, (uint8_t)of,
                                (uint8_t)group };
    struct tb_decimal value;
    uint8_t status = tb_plane_get(tb_cube_find(question->findings, key), question->period,
                                  question->unit, &value);

    if (tb_status_has_value(status))
        tb_view_printf(question->view, out, "；较上期变动 %+lld 位", "; moved %+lld places",
                       (long long)value.units);
}

static void put_group(const struct tb_question *question, enum tb_measure of, size_t group,
                      struct place *place, struct tb_buf *out)
{
    const struct tb_view *view = question->view;
    struct tb_plane_key key = { (uint16_t)question->indicator, TB_MEASURE_RANK, (uint8_t)of,
                                (uint8_t)group };
    const struct tb_plane *rank = tb_cube_find(question->findings, key);
    struct tb_listing listing = TB_LISTING_INIT("lrlr");
    size_t ours, n = rank ? gather_places(question, rank, place, &ours) : 0;

    if (n == 0)
        return;
    tb_buf_printf(out, "  %s, %s", tb_group_name(&view->profile->groups[group], view->lang),
                  tb_measure_name(of));
    if (ours == SIZE_MAX)
        tb_view_printf(view, out, "：未参加排名（共 %zu）", ": not ranked (%zu are)", n);
    else
        tb_view_printf(view, out, "：第 %lld 位（共 %zu）%s", ": %lld of %zu%s",
                       (long long)place[ours].rank, n,
                       !place[ours].tied ? "" : tb_view_say(view, "，并列", ", tied"));
    put_movement(question, of, group, out);
    tb_buf_putc(out, '\n');
    put_group_figures(question, of, group, out);
    for (size_t i = 0; ours != SIZE_MAX && i < n; i++)
        if (i + AROUND >= ours && i <= ours + AROUND)
            add_place(question, &listing, of, &place[i]);
    tb_listing_print(&listing, "    ", out);
    tb_listing_release(&listing);
}

void tb_explain_peers(const struct tb_question *question, struct tb_buf *out)
{
    const struct tb_profile *profile = question->view->profile;
    const struct tb_indicator *indicator = indicator_of(question);
    struct place *place = calloc(profile->n_units + 1, sizeof *place);
    struct tb_buf text = TB_BUF_INIT;

    for (size_t h = 0; place && h < indicator->n_headlines; h++)
        for (size_t g = 0; g < profile->n_groups; g++)
            if (profile->units[question->unit].groups >> g & 1)
                put_group(question, indicator->headline[h], g, place, &text);
    if (text.len)
        tb_buf_printf(out, "\n%s\n%s", tb_view_say(question->view, "同类比较", "peers"),
                      tb_buf_text(&text));
    if (!place)
        out->failed = true;
    tb_buf_release(&text);
    free(place);
}
