/* status_units.c - completeness and timeliness by unit (methods note, section 12).
 *
 * Expected of a unit that exists in the period: every indicator that it reported
 * in any of the twelve periods before, or on which it has a binding target now.
 * Derived indicators are expected of nobody, and nobody reports a January whose
 * figure is joint with February. */
#include "command/status.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/listing.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/cube.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

enum { LOOK_BACK = 12, SHOWN_MISSING = 8, JANUARY = 1 };

/* The submitted planes of one indicator. */
struct planes {
    const struct tb_plane **item;
    size_t n;
    const struct tb_plane *late_days;
};

/* The account of one unit. */
struct account {
    size_t expected, in, on_time, missing;
    struct tb_buf names; /* of the first that are missing */
};

struct survey {
    const struct tb_view *view;
    const struct tb_profile *profile;
    struct planes *planes; /* [n_indicators] */
    const struct tb_plane **all;
    struct account *account; /* [n_units] */
    bool timed;              /* the cube knows of late days */
};

/* Groups the planes that hold submissions by indicator. */
static int index_planes(struct survey *survey, const struct tb_cube *cube)
{
    size_t n = tb_cube_n_planes(cube), n_indicators = survey->profile->n_indicators, used = 0;

    survey->planes = calloc(n_indicators + 1, sizeof *survey->planes);
    survey->all = calloc(n + 1, sizeof *survey->all);
    if (!survey->planes || !survey->all)
        return -1;
    for (size_t i = 0; i < n_indicators; i++) {
        survey->planes[i].item = survey->all + used;
        survey->planes[i].late_days = tb_cube_measure(cube, i, TB_MEASURE_LATE_DAYS);
        survey->timed = survey->timed || survey->planes[i].late_days;
        for (size_t p = 0; p < n; p++) {
            const struct tb_plane *plane = tb_cube_plane(cube, p);
            if (plane->key.indicator == i && plane->origin && plane->axis == TB_AXIS_UNIT)
                survey->planes[i].item[survey->planes[i].n++] = plane;
        }
        used += survey->planes[i].n;
    }
    return 0;
}

/* Something was submitted for the cell, and it was not "not reported". */
static bool reported(const struct planes *planes, struct tb_period period, size_t unit)
{
    for (size_t i = 0; i < planes->n; i++) {
        const struct tb_plane *plane = planes->item[i];
        size_t cell = tb_plane_cell(plane, period, unit);
        if (cell != SIZE_MAX && plane->origin[cell] != 0 &&
            (plane->status[cell] & TB_STATUS_MASK) != TB_STATUS_L)
            return true;
    }
    return false;
}

static bool has_binding_target(const struct tb_profile *profile, size_t indicator, size_t unit,
                               struct tb_period period)
{
    for (size_t i = 0; i < profile->n_targets; i++) {
        const struct tb_target *target = &profile->targets[i];
        if ((size_t)target->indicator == indicator && target->strength == TB_BINDING &&
            target->applies[unit] && period.freq == target->from.freq &&
            period.index >= target->from.index && period.index <= target->to.index)
            return true;
    }
    return false;
}

static bool expected(const struct survey *survey, size_t indicator, size_t unit,
                     struct tb_period period)
{
    if (!tb_unit_valid_in(&survey->profile->units[unit], period))
        return false;
    for (int32_t back = 1; back <= LOOK_BACK; back++) {
        struct tb_period before = { period.freq, period.index - back };
        if (reported(&survey->planes[indicator], before, unit))
            return true;
    }
    return has_binding_target(survey->profile, indicator, unit, period);
}

static bool on_time(const struct planes *planes, struct tb_period period, size_t unit)
{
    struct tb_decimal days;
    uint8_t status = tb_plane_get(planes->late_days, period, unit, &days);

    return tb_status_has_value(status) && days.units <= 0;
}

/* The indicator's own period that ends with the one looked at, if there is one. */
static bool own_period(const struct survey *survey, const struct tb_indicator *indicator,
                       struct tb_period *out)
{
    struct tb_period asked = survey->view->period;

    *out = tb_period_within(asked, indicator->frequency);
    return tb_period_last_day(*out) == tb_period_last_day(asked) && !indicator->formula &&
           !(indicator->joint_jan_feb && out->freq == TB_FREQ_MONTH &&
             tb_period_in_year(*out, survey->profile->set.year_start) == JANUARY);
}

static void survey_indicator(struct survey *survey, size_t i)
{
    const struct tb_indicator *indicator = &survey->profile->indicators[i];
    const struct planes *planes = &survey->planes[i];
    struct tb_period period;

    if (!own_period(survey, indicator, &period))
        return;
    for (size_t unit = 0; unit < survey->profile->n_units; unit++) {
        struct account *account = &survey->account[unit];
        bool in = reported(planes, period, unit);
        if (!in && !expected(survey, i, unit, period))
            continue;
        account->expected++;
        account->in += in;
        account->on_time += in && on_time(planes, period, unit);
        if (!in && account->missing++ < SHOWN_MISSING)
            tb_buf_printf(&account->names, "%s%s",
                          account->names.len ? tb_view_say(survey->view, "、", ", ") : "",
                          tb_indicator_name(indicator, survey->view->lang));
    }
}

/* "91.7%", rounded once, in whole tenths. */
static void add_rate(struct tb_listing *listing, size_t part, size_t whole)
{
    char text[32];
    size_t tenths = whole ? (part * 2000 + whole) / (2 * whole) : 0;

    snprintf(text, sizeof text, "%zu.%zu%%", tenths / 10, tenths % 10);
    tb_listing_add(listing, whole ? text : "-");
}

static void add_account(const struct survey *survey, struct tb_listing *listing, const char *name,
                        const struct account *account)
{
    struct tb_buf missing = TB_BUF_INIT;

    tb_buf_puts(&missing, tb_buf_text(&account->names));
    if (account->missing > SHOWN_MISSING && account->names.len)
        tb_view_printf(survey->view, &missing, "等 %zu 项", " and %zu more",
                       strcmp(survey->view->lang, "zh") == 0 ? account->missing
                                                             : account->missing - SHOWN_MISSING);
    tb_listing_add(listing, name);
    tb_listing_add_int(listing, (int64_t)account->expected);
    tb_listing_add_int(listing, (int64_t)account->in);
    tb_listing_add_int(listing, (int64_t)account->missing);
    add_rate(listing, account->in, account->expected);
    if (survey->timed)
        add_rate(listing, account->on_time, account->expected);
    else
        tb_listing_add(listing, "-");
    tb_listing_add(listing, tb_buf_text(&missing));
    tb_buf_release(&missing);
}

static void print(const struct survey *survey, struct tb_buf *out)
{
    static const char *const zh[] = {
        "单位", "应报", "已报", "缺报", "报送率", "准时率", "缺报指标"
    };
    static const char *const en[] = { "unit",    "expected",          "in", "missing", "complete",
                                      "on time", "missing indicators" };
    struct tb_listing listing = TB_LISTING_INIT("lrrrrrl");
    struct account all = { 0 };

    for (size_t i = 0; i < sizeof zh / sizeof *zh; i++)
        tb_listing_add(&listing, tb_view_say(survey->view, zh[i], en[i]));
    for (size_t unit = 0; unit < survey->profile->n_units; unit++) {
        const struct account *account = &survey->account[unit];
        if (account->expected == 0)
            continue;
        add_account(survey, &listing,
                    tb_unit_name(&survey->profile->units[unit], survey->view->lang), account);
        all.expected += account->expected;
        all.in += account->in;
        all.on_time += account->on_time;
        all.missing += account->missing;
    }
    add_account(survey, &listing, tb_view_say(survey->view, "合计", "total"), &all);
    tb_view_printf(survey->view, out, "\n各单位应报指标\n", "\nindicators by unit\n");
    tb_listing_print(&listing, "  ", out);
    tb_listing_release(&listing);
}

int tb_status_units(const struct tb_view *view, struct tb_buf *out, struct tb_error *err)
{
    const struct tb_profile *profile = view->profile;
    struct survey survey = { .view = view, .profile = profile };
    struct tb_cube *cube = tb_view_cube(view, "process/cube.tbc", err);
    int rc = -1;

    if (!cube)
        return -1;
    survey.account = calloc(profile->n_units + 1, sizeof *survey.account);
    if (survey.account && index_planes(&survey, cube) == 0) {
        for (size_t i = 0; i < profile->n_indicators; i++)
            survey_indicator(&survey, i);
        print(&survey, out);
        rc = 0;
    } else {
        tb_error_set(err, "out of memory for %zu units", profile->n_units);
    }
    for (size_t unit = 0; survey.account && unit < profile->n_units; unit++)
        tb_buf_release(&survey.account[unit].names);
    free(survey.account);
    free(survey.planes);
    free(survey.all);
    tb_cube_close(cube);
    return rc;
}
