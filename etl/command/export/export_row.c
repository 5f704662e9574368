/* export_row.c - spells one observation, computed cell or verdict in SDMX terms. */
#include "command/export/export_row.h"

#include <stdbool.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/cube.h"
#include "tongbao/observation.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

void tb_export_put_header(struct tb_buf *out, bool of_observations)
{
    tb_buf_puts(out,
                "REF_AREA,INDICATOR,MEASURE,FREQ,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,"
                "UNIT_MULT,DECIMALS,VINTAGE,SOURCE,COMMENT");
    tb_buf_puts(out, of_observations ? ",ACTION\n" : "\n");
}

static void put_period(struct tb_buf *out, struct tb_period period)
{
    char text[TB_PERIOD_TEXT];

    tb_period_format(period, text);
    tb_csv_put(out, tb_freq_code(period.freq));
    tb_csv_put(out, text);
}

/* The power of ten that a factor is, or -1. */
static int power_of_ten(struct tb_rational factor)
{
    int64_t left = factor.num;
    int power = 0;

    if (factor.den != 1 || left < 1)
        return -1;
    for (; left % 10 == 0; power++)
        left /= 10;
    return left == 1 ? power : -1;
}

/* UNIT_MEASURE and UNIT_MULT of an amount of the indicator: 万元 is 元 and 4.  A
 * unit of measure that is no power of ten of another stays as it is written. */
static void put_level_unit(struct tb_buf *out, const struct tb_indicator *indicator)
{
    int power = indicator->uom.kind == TB_UOM_AMOUNT ? power_of_ten(indicator->uom.factor) : -1;

    if (power >= 0) {
        tb_csv_put(out, indicator->uom.base);
        tb_csv_put_int(out, power);
    } else {
        tb_csv_put(out, indicator->unit_measure);
        tb_csv_put_int(out, 0);
    }
}

static bool is_level(enum tb_measure measure)
{
    return measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD || measure == TB_MEASURE_BASE ||
           measure == TB_MEASURE_YTD_BASE;
}

/* Measures that are a place or a count have no unit of measure to convert. */
static const char *plain_unit(enum tb_measure measure)
{
    switch (measure) {
    case TB_MEASURE_GROWTH:
    case TB_MEASURE_YTD_GROWTH:
    case TB_MEASURE_MOM:
    case TB_MEASURE_GROWTH_2Y:
    case TB_MEASURE_YTD_GROWTH_2Y:
    case TB_MEASURE_SHARE:
    case TB_MEASURE_PROGRESS:
        return "%";
    case TB_MEASURE_CHANGE:
        return "pp";
    case TB_MEASURE_RANK:
    case TB_MEASURE_BOTTOM:
    case TB_MEASURE_MOVEMENT:
        return "place";
    case TB_MEASURE_LATE_DAYS:
        return "day";
    default:
        return "";
    }
}

static bool is_group_figure(enum tb_measure measure)
{
    return measure >= TB_MEASURE_AREA && measure <= TB_MEASURE_WORST;
}

/* `measure` is what is in the cell, `of` what it is taken of (or TB_N_MEASURES). */
static void put_unit(struct tb_buf *out, const struct tb_indicator *indicator, unsigned measure,
                     unsigned of)
{
    if (is_group_figure(measure) && of < TB_N_MEASURES)
        measure = of;
    /* A change is in points for a rate, in the indicator's unit of measure for an amount. */
    if (indicator && (is_level(measure) ||
                      (measure == TB_MEASURE_CHANGE && indicator->uom.kind != TB_UOM_PERCENT))) {
        put_level_unit(out, indicator);
        return;
    }
    tb_csv_put(out, plain_unit(measure));
    tb_csv_put_int(out, 0);
}

/* OBS_VALUE and OBS_STATUS; a missing value is an empty cell with its reason. */
static void put_value(struct tb_buf *out, struct tb_decimal value, uint8_t status)
{
    char text[TB_DECIMAL_TEXT], letter[2] = { tb_status_code(status), '\0' };

    if (tb_status_has_value(status))
        tb_decimal_format(value, text);
    tb_csv_put(out, tb_status_has_value(status) ? text : "");
    tb_csv_put(out, (status & TB_STATUS_MASK) == TB_STATUS_NONE ? "" : letter);
}

/* "rank(ytd_growth, city)", each part only where there is one. */
static void put_measure(struct tb_buf *out, const struct tb_profile *profile, unsigned measure,
                        unsigned of, unsigned group)
{
    struct tb_buf text = TB_BUF_INIT;
    bool has_of = of < TB_N_MEASURES, has_group = group < profile->n_groups;

    tb_buf_puts(&text, tb_measure_name(measure));
    if (has_of || has_group)
        tb_buf_printf(&text, "(%s%s%s)", has_of ? tb_measure_name(of) : "",
                      has_of && has_group ? ", " : "",
                      has_group ? profile->groups[group].code : "");
    tb_csv_put(out, tb_buf_text(&text));
    tb_buf_release(&text);
}

/* What is said of tasks stands as it would be submitted: a word, a day, a text. */
static bool put_said(struct tb_buf *out, const struct tb_observation *row, const char *comment)
{
    const char letter[2] = { tb_status_code(row->status), '\0' };
    enum tb_measure measure = (enum tb_measure)row->measure;
    char day[TB_DATE_TEXT];

    if (!tb_measure_is_of_task(measure) || !tb_status_has_value(row->status))
        return false;
    if (measure == TB_MEASURE_STAGE) {
        tb_csv_put(out, tb_task_stage_name(row->value));
    } else if (measure == TB_MEASURE_DONE_ON) {
        snprintf(day, sizeof day, "%04d-%02d-%02d", (int)(row->value / 10000),
                 (int)(row->value / 100 % 100), (int)(row->value % 100));
        tb_csv_put(out, day);
    } else {
        tb_csv_put(out, comment);
    }
    tb_csv_put(out, letter);
    return true;
}

void tb_export_put_observation(struct tb_buf *out, const struct tb_profile *profile,
                               const struct tb_observation *row, const char *received,
                               const char *file, const char *state, const char *comment)
{
    const struct tb_indicator *indicator = &profile->indicators[row->indicator];
    struct tb_buf text = TB_BUF_INIT;

    tb_csv_put(out, profile->units[row->unit].code);
    tb_csv_put(out, indicator->code);
    put_measure(out, profile, row->measure, TB_N_MEASURES, row->group);
    put_period(out, (struct tb_period){ indicator->frequency, row->period });
    if (!put_said(out, row, comment))
        put_value(out, (struct tb_decimal){ row->value, row->scale }, row->status);
    if (tb_measure_is_text((enum tb_measure)row->measure))
        comment = "";
    put_unit(out, indicator, row->measure, TB_N_MEASURES);
    tb_csv_put_int(out, row->scale);
    tb_csv_put(out, received);
    tb_buf_printf(&text, "%s:%u", file, row->line);
    tb_csv_put(out, tb_buf_text(&text));
    tb_buf_clear(&text);
    if (row->measure == TB_MEASURE_RANK && row->status & TB_FLAG_TIED)
        tb_buf_printf(&text, "tied%s", comment[0] || *state ? "; " : "");
    if (*state)
        tb_buf_printf(&text, "state %s%s", state, comment[0] ? "; " : "");
    tb_buf_puts(&text, comment);
    tb_csv_put(out, tb_buf_text(&text));
    tb_csv_put(out, (row->status & TB_STATUS_MASK) == TB_STATUS_NONE ? "D" : "M");
    tb_csv_end_row(out);
    tb_buf_release(&text);
}

/* How a growth rate was had, or that a place is shared. */
static const char *cell_comment(const struct tb_plane *plane, uint8_t status)
{
    if (plane->key.measure == TB_MEASURE_RANK || plane->key.measure == TB_MEASURE_BOTTOM)
        return status & TB_FLAG_TIED ? "tied" : "";
    if (plane->key.measure != TB_MEASURE_GROWTH && plane->key.measure != TB_MEASURE_YTD_GROWTH &&
        plane->key.measure != TB_MEASURE_GROWTH_2Y && plane->key.measure != TB_MEASURE_YTD_GROWTH_2Y)
        return "";
    switch (status & TB_GROWTH_METHOD_MASK) {
    case TB_GROWTH_PUBLISHED:
        return "published";
    case TB_GROWTH_COMPARABLE:
        return "comparable";
    case TB_GROWTH_COMPUTED:
        return "computed";
    default:
        return "";
    }
}

void tb_export_put_cell(struct tb_buf *out, const struct tb_profile *profile,
                        const struct tb_plane *plane, uint32_t period_row, uint32_t column,
                        const char *vintage, const char *run)
{
    size_t cell = (size_t)period_row * plane->n_columns + column;
    uint8_t status = plane->status[cell];
    const struct tb_indicator *indicator = plane->key.indicator < profile->n_indicators
                                               ? &profile->indicators[plane->key.indicator]
                                               : NULL;
    size_t n_known = plane->axis == TB_AXIS_UNIT ? profile->n_units : profile->n_groups;

    size_t area = (size_t)plane->first_column + column;

    if ((status & TB_STATUS_MASK) == TB_STATUS_NONE || area >= n_known)
        return;
    tb_csv_put(out, plane->axis == TB_AXIS_UNIT ? profile->units[area].code
                                                : profile->groups[area].code);
    tb_csv_put(out, indicator ? indicator->code : "*");
    put_measure(out, profile, plane->key.measure, plane->key.of, plane->key.group);
    put_period(out, (struct tb_period){ plane->freq, plane->first + (int32_t)period_row });
    put_value(out, (struct tb_decimal){ plane->value[cell], plane->scale }, status);
    put_unit(out, indicator, plane->key.measure, plane->key.of);
    tb_csv_put_int(out, plane->scale);
    tb_csv_put(out, vintage);
    tb_csv_put(out, run);
    tb_csv_put(out, cell_comment(plane, status));
    tb_csv_end_row(out);
}

/* Digits behind the point of a printed number. */
static int64_t digits_behind_point(const char *number)
{
    const char *point = strchr(number, '.');

    return point ? (int64_t)strlen(point + 1) : 0;
}

static void put_verdict_row(struct tb_buf *out, const struct tb_profile *profile,
                            const struct tb_table *table, size_t row, bool gap, const char *vintage,
                            const char *run)
{
    const char *value = tb_table_get(table, row, gap ? "gap" : "verdict");
    const char *indicator = tb_table_get(table, row, "indicator");
    const char *period = tb_table_get(table, row, "period");
    int32_t at = tb_profile_indicator(profile, indicator, strlen(indicator));
    struct tb_buf text = TB_BUF_INIT;

    tb_csv_put(out, tb_table_get(table, row, "unit"));
    tb_csv_put(out, indicator);
    tb_buf_printf(&text, "%s(%s)", gap ? "gap" : "verdict", tb_table_get(table, row, "target"));
    tb_csv_put(out, tb_buf_text(&text));
    tb_csv_put(out, at >= 0 ? tb_freq_code(profile->indicators[at].frequency) : "");
    tb_csv_put(out, period);
    tb_csv_put(out, value);
    tb_csv_put(out, strcmp(tb_table_get(table, row, "provisional"), "1") == 0 ? "P" : "A");
    tb_csv_put(out, gap ? tb_table_get(table, row, "unit_measure") : "");
    tb_csv_put_int(out, 0);
    tb_csv_put_int(out, gap ? digits_behind_point(value) : 0);
    tb_csv_put(out, vintage);
    tb_csv_put(out, run);
    tb_buf_clear(&text);
    if (!gap)
        tb_buf_printf(&text, "%s | %s", tb_table_get(table, row, "rule"),
                      tb_table_get(table, row, "operands"));
    if (!gap && tb_table_get(table, row, "state")[0])
        tb_buf_printf(&text, " | state %s", tb_table_get(table, row, "state"));
    tb_csv_put(out, tb_buf_text(&text));
    tb_csv_end_row(out);
    tb_buf_release(&text);
}

void tb_export_put_verdict(struct tb_buf *out, const struct tb_profile *profile,
                           const struct tb_table *verdicts, size_t row, const char *vintage,
                           const char *run)
{
    put_verdict_row(out, profile, verdicts, row, false, vintage, run);
    if (tb_table_get(verdicts, row, "gap")[0])
        put_verdict_row(out, profile, verdicts, row, true, vintage, run);
}
