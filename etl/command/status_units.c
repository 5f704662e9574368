/* status_units.c - completeness and timeliness by unit (methods note, section 12).
 * What is expected of whom, model/expected.c says. */
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
#include "tongbao/expected.h"
#include "tongbao/profile.h"

enum { SHOWN_MISSING = 8 };

/* The account of one unit. */
struct account {
    size_t expected, in, on_time, missing;
    struct tb_buf names; /* of the first that are missing */
};

struct survey {
    const struct tb_view *view;
    const struct tb_profile *profile;
    const struct tb_cube *cube;
    struct tb_expected *expected;
    struct account *account; /* [n_units] */
    bool timed;              /* the cube knows of late days */
};

static bool on_time(const struct tb_plane *late_days, struct tb_period period, size_t unit)
{
    struct tb_decimal days;
    uint8_t status = tb_plane_get(late_days, period, unit, &days);

    return tb_status_has_value(status) && days.units <= 0;
}

static void survey_indicator(struct survey *survey, size_t i)
{
    const struct tb_indicator *indicator = &survey->profile->indicators[i];
    const struct tb_plane *late_days = tb_cube_measure(survey->cube, i, TB_MEASURE_LATE_DAYS);
    struct tb_period period;

    survey->timed = survey->timed || late_days;
    if (!tb_expected_period(survey->profile, i, survey->view->period, &period))
        return;
    for (size_t unit = 0; unit < survey->profile->n_units; unit++) {
        struct account *account = &survey->account[unit];
        if (!tb_expected_is_due(survey->expected, i, unit, period))
            continue;
        bool in = tb_expected_is_in(survey->expected, i, unit, period);
        account->expected++;
        account->in += in;
        account->on_time += in && on_time(late_days, period, unit);
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
    survey.cube = cube;
    survey.expected = tb_expected_new(profile, cube, err);
    survey.account = calloc(profile->n_units + 1, sizeof *survey.account);
    if (survey.account && survey.expected) {
        for (size_t i = 0; i < profile->n_indicators; i++)
            survey_indicator(&survey, i);
        print(&survey, out);
        rc = 0;
    } else if (!survey.account) {
        tb_error_set(err, "out of memory for %zu units", profile->n_units);
    }
    for (size_t unit = 0; survey.account && unit < profile->n_units; unit++)
        tb_buf_release(&survey.account[unit].names);
    free(survey.account);
    tb_expected_free(survey.expected);
    tb_cube_close(cube);
    return rc;
}
