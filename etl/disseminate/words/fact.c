/* fact.c - what is known of one indicator for one unit, said in a sentence. */
#include "disseminate/words/fact.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/words/prose.h"
#include "disseminate/page/task.h"
#include "tongbao/buf.h"

static bool is_cumulative(const struct tb_indicator *ind, int headline)
{
    if (ind->kind != TB_KIND_FLOW && headline != TB_MEASURE_YTD)
        return false;
    return headline == TB_MEASURE_YTD || headline == TB_MEASURE_YTD_GROWTH ||
           headline == TB_MEASURE_YTD_GROWTH_2Y || headline == TB_MEASURE_PROGRESS || headline < 0;
}

static struct tb_period back(struct tb_period period, int n)
{
    period.index -= n;
    return period;
}

/* Level and growth of one kind: of the period alone, or since the year's start. */
static void read_figures(const struct tb_report *report, struct tb_fact *f)
{
    size_t i = (size_t)f->indicator, u = (size_t)f->unit;
    bool c = f->cumulative;
    enum tb_measure growth = c ? TB_MEASURE_YTD_GROWTH : TB_MEASURE_GROWTH;

    f->level = tb_report_figure(report, i, c ? TB_MEASURE_YTD : TB_MEASURE_VALUE, f->period, u);
    f->growth = tb_report_figure(report, i, growth, f->period, u);
    f->two_years = tb_report_figure(report, i, c ? TB_MEASURE_YTD_GROWTH_2Y : TB_MEASURE_GROWTH_2Y,
                                    f->period, u);
    f->growth_before = tb_report_figure(report, i, growth, back(f->period, 1), u);
    f->base = tb_report_figure(report, i, c ? TB_MEASURE_YTD : TB_MEASURE_VALUE,
                               tb_period_year_before(f->period), u);
    f->change = tb_report_figure(report, i, TB_MEASURE_CHANGE, f->period, u);
}

/* Of the smaller groups that the unit belongs to, the first in which it has a place:
 * a task may be assessed in three districts, or in four areas. */
static void find_own_place(const struct tb_report *report, struct tb_fact *f)
{
    const struct tb_profile *p = report->profile;
    size_t size = f->group >= 0 ? p->groups[f->group].n_members : 0;

    for (size_t g = 0; g < p->n_groups && f->own_place.rank == 0; g++) {
        if ((int32_t)g == f->group || p->groups[g].n_members >= size ||
            (p->units[f->unit].groups >> g & 1) == 0)
            continue;
        f->own_place =
            tb_report_standing(report, (size_t)f->indicator, (enum tb_measure)f->headline,
                               f->period, g, (size_t)f->unit);
        if (f->own_place.rank > 0)
            f->own_group = (int32_t)g;
    }
}

void tb_fact_of(const struct tb_writer *w, int32_t indicator, int32_t unit, struct tb_fact *f)
{
    const struct tb_report *report = w->report;
    const struct tb_indicator *ind = &report->profile->indicators[indicator];
    size_t i = (size_t)indicator, u = (size_t)unit;

    *f = (struct tb_fact){ .indicator = indicator, .unit = unit };
    f->period = tb_report_period_of(report, i);
    f->task = tb_task_find(report, TB_NONE, indicator, unit);
    if (f->task && !*f->task->stage)
        f->task = NULL;
    f->group = tb_report_main_group(report, u);
    f->own_group = tb_report_own_group(report, u);
    f->headline = tb_report_headline(report, i, f->period, f->group);
    f->cumulative = is_cumulative(ind, f->headline);
    read_figures(report, f);
    if (!f->level.known && !f->growth.known) {
        f->cumulative = !f->cumulative;
        read_figures(report, f);
        if (!f->level.known && !f->growth.known)
            f->cumulative = !f->cumulative;
    }
    if (f->headline < 0)
        return;
    if (f->group >= 0)
        f->place = tb_report_standing(report, i, (enum tb_measure)f->headline, f->period,
                                      (size_t)f->group, u);
    find_own_place(report, f);
}

bool tb_fact_any(const struct tb_fact *f)
{
    return f->level.known || f->growth.known || f->task || f->place.rank > 0 || f->own_place.rank > 0;
}

/* A step of a project is done, partly done or not begun; 100 % says less. */
static void put_completion(const struct tb_writer *w, struct tb_decimal percent, struct tb_buf *out)
{
    static const struct tb_decimal whole = { .units = 100, .scale = 0 };

    if (percent.units == 0) {
        tb_buf_puts(out, tb_say(w, "未完成", "not done"));
    } else if (tb_decimal_cmp(percent, whole) >= 0) {
        tb_buf_puts(out, tb_say(w, "已完成", "done"));
    } else {
        tb_buf_puts(out, tb_say(w, "完成", ""));
        tb_number_put(out, &w->style, percent, percent.scale);
        tb_buf_puts(out, tb_say(w, "%", "% complete"));
    }
}

void tb_fact_level(const struct tb_writer *w, const struct tb_fact *f, struct tb_buf *out)
{
    const struct tb_indicator *ind = &w->report->profile->indicators[f->indicator];

    if (f->task) {
        tb_task_progress(w, f->task, out);
    } else if (f->level.known && ind->kind == TB_KIND_MILESTONE) {
        put_completion(w, f->level.value, out);
    } else if (f->level.known) {
        tb_number_amount(out, &w->style, ind, f->level.value);
        tb_buf_puts(out, *tb_number_mark(f->level.status) ? " " : "");
        tb_buf_puts(out, tb_number_mark(f->level.status));
    } else {
        tb_buf_puts(out, f->level.status == TB_STATUS_NONE
                             ? "—"
                             : tb_status_text(f->level.status, w->style.lang));
    }
}

void tb_fact_growth(const struct tb_writer *w, const struct tb_fact *f, struct tb_buf *out)
{
    const struct tb_indicator *ind = &w->report->profile->indicators[f->indicator];

    if (ind->kind == TB_KIND_RATE && f->change.known) {
        tb_number_signed(out, &w->style, f->change.value, ind->decimals);
        tb_buf_puts(out, tb_say(w, "点", " pp"));
    } else if (ind->kind != TB_KIND_RATE && f->growth.known) {
        tb_number_signed(out, &w->style, f->growth.value, w->style.growth_decimals);
        tb_buf_putc(out, '%');
    } else {
        tb_buf_puts(out, "—");
    }
}

/* The growth of a rate is a change in points; that of an index is in the index.
 * `after` says that a level stands before it. */
static void put_growth_clause(const struct tb_writer *w, const struct tb_fact *f, bool after,
                              struct tb_buf *out)
{
    const struct tb_indicator *ind = &w->report->profile->indicators[f->indicator];
    const char *comma = after ? tb_say(w, "，", ", ") : tb_say(w, "", " ");

    if (ind->kind == TB_KIND_RATE) {
        if (f->change.known && strcmp(ind->unit_measure, "%") == 0) {
            tb_buf_printf(out, "%s%s", comma, tb_say(w, "较上年同期", ""));
            tb_prose_points(out, &w->style, f->change.value, ind->decimals);
            tb_buf_puts(out, tb_say(w, "", " on a year before"));
        }
        return;
    }
    if (ind->kind == TB_KIND_INDEX || ind->kind == TB_KIND_MILESTONE || ind->kind == TB_KIND_GRADE)
        return;
    if (f->growth.known) {
        tb_buf_printf(out, "%s%s", comma, tb_say(w, "同比", ""));
        tb_prose_growth(out, &w->style, f->growth.value);
        if (f->growth_before.known) {
            tb_buf_puts(out, tb_say(w, "，", ", "));
            tb_prose_rate_move(out, &w->style, f->growth.value, f->growth_before.value,
                               tb_prose_earlier(f->period.freq, w->style.lang));
        }
        if (f->two_years.known) {
            tb_buf_puts(out, tb_say(w, "，两年平均", ", "));
            tb_prose_growth(out, &w->style, f->two_years.value);
            tb_buf_puts(out, tb_say(w, "", " a year over two years"));
        }
    } else if (f->level.known && f->base.known &&
               (f->level.value.units < 0 || f->base.value.units < 0)) {
        tb_buf_puts(out, comma);
        (void)tb_prose_turn(out, &w->style, f->level.value, f->base.value);
    }
}

static const char *headline_word(const struct tb_writer *w, int headline)
{
    switch (headline) {
    case TB_MEASURE_GROWTH:
    case TB_MEASURE_YTD_GROWTH:
        return tb_say(w, "增速排", "by growth");
    case TB_MEASURE_GROWTH_2Y:
    case TB_MEASURE_YTD_GROWTH_2Y:
        return tb_say(w, "两年平均增速排", "by two-year average growth");
    case TB_MEASURE_SHARE:
        return tb_say(w, "占比排", "by share");
    case TB_MEASURE_PROGRESS:
        return tb_say(w, "进度排", "by progress");
    default:
        return tb_say(w, "排", "");
    }
}

/* 排全市第十（共12个）; "10th of 12 in the city by growth". */
static void put_main_place(const struct tb_writer *w, const struct tb_fact *f, const char *word,
                           struct tb_buf *out)
{
    const char *group = tb_name_of_group(w, f->group);

    if (w->style.lang[0] == 'z') {
        tb_buf_puts(out, word);
        tb_prose_place(out, &w->style, group, f->place.rank, f->place.tied);
        if (f->place.ranked == 0)
            return;
        tb_buf_puts(out, "（共");
        tb_number_count(out, &w->style, f->place.ranked);
        tb_buf_puts(out, "个）");
        return;
    }
    tb_buf_puts(out, f->place.tied ? "tied " : "");
    tb_prose_ordinal(out, &w->style, f->place.rank);
    if (f->place.ranked > 0) {
        tb_buf_puts(out, " of ");
        tb_number_count(out, &w->style, f->place.ranked);
    }
    tb_buf_printf(out, " in %s%s%s", group, *word ? " " : "", word);
}

static void put_place_clause(const struct tb_writer *w, const struct tb_fact *f, bool after,
                             struct tb_buf *out)
{
    bool zh = w->style.lang[0] == 'z';
    const char *word = headline_word(w, f->headline);

    if (f->place.rank > 0) {
        tb_buf_puts(out, after ? (zh ? "；" : "; ") : (zh ? "" : " "));
        put_main_place(w, f, word, out);
        if (f->place.has_movement) {
            tb_buf_puts(out, zh ? "，" : ", ");
            tb_prose_movement(out, &w->style, f->place.movement,
                              tb_prose_earlier(f->period.freq, w->style.lang));
        }
    }
    if (f->own_place.rank > 0) {
        tb_buf_puts(out, f->place.rank > 0 ? (zh ? "，" : ", ")
                         : after           ? (zh ? "；" : "; ")
                                           : (zh ? "" : " "));
        tb_prose_place(out, &w->style, tb_name_of_group(w, f->own_group), f->own_place.rank,
                       f->own_place.tied);
    }
}

/* "2023年5月，出口额" / "Exports, May 2023:" */
static void put_subject(const struct tb_writer *w, const struct tb_fact *f, struct tb_buf *out)
{
    bool zh = w->style.lang[0] == 'z';
    int year_start = w->report->profile->set.year_start;

    if (!zh)
        tb_buf_printf(out, "%s, ", tb_name_of_indicator(w, f->indicator));
    tb_prose_period(out, &w->style, f->period, f->cumulative, year_start);
    if (zh)
        tb_buf_printf(out, "，%s", tb_name_of_indicator(w, f->indicator));
    else
        tb_buf_puts(out, ":");
}

void tb_fact_sentence(const struct tb_writer *w, const struct tb_fact *f, struct tb_buf *out)
{
    const struct tb_indicator *ind = &w->report->profile->indicators[f->indicator];
    bool zh = w->style.lang[0] == 'z';
    size_t start;

    put_subject(w, f, out);
    start = out->len;
    if (f->level.known || f->task) {
        tb_buf_puts(out, !zh ? " " : ind->kind == TB_KIND_MILESTONE ? "：" : "");
        tb_fact_level(w, f, out);
    } else if (!tb_fact_any(f)) {
        uint8_t status = f->level.status == TB_STATUS_NONE ? TB_STATUS_L : f->level.status;
        tb_buf_printf(out, "%s%s", zh ? "" : " ", tb_status_text(status, w->style.lang));
    }
    put_growth_clause(w, f, f->level.known, out);
    put_place_clause(w, f, out->len > start, out);
    tb_buf_puts(out, zh ? "。" : ".");
}

void tb_put_place(const struct tb_standing *place, struct tb_buf *out)
{
    if (place->rank == 0) {
        tb_buf_puts(out, "—");
        return;
    }
    tb_buf_printf(out, "%u%s", place->rank, place->tied ? "=" : "");
    if (place->ranked > 0)
        tb_buf_printf(out, "/%u", place->ranked);
}

void tb_put_movement(const struct tb_standing *place, struct tb_buf *out)
{
    if (place->rank == 0 || !place->has_movement)
        return;
    if (place->movement == 0)
        tb_buf_puts(out, "→");
    else
        tb_buf_printf(out, "%s%d", place->movement > 0 ? "↑" : "↓", abs(place->movement));
}
