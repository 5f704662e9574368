/* stages.c - milestones: the percentage and the stage of a cell say one thing.
 *
 * They come in planes of their own, and the later of the two counts: 推进中 after 100 %
 * takes the percentage back, 100 % after 推进中 ends that.  Of one submission both stand,
 * also where they do not agree: analyse says so, and takes the task for not done.
 * What was said of milestones in words is listed in task_reports.csv. */
#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"

/* The plane of the other of the two, or NULL. */
static struct tb_plane *beside(const struct tb_work *work, const struct tb_observation *row)
{
    bool stage = row->measure == TB_MEASURE_STAGE;

    if (work->profile->indicators[row->indicator].kind != TB_KIND_MILESTONE ||
        (!stage && row->measure != TB_MEASURE_VALUE))
        return NULL;
    return tb_work_plane(work, row->indicator, stage ? TB_MEASURE_VALUE : TB_MEASURE_STAGE, 0);
}

void tb_work_supersede(struct tb_work *work, uint32_t origin, const struct tb_observation *row,
                       size_t cell)
{
    struct tb_plane *other = beside(work, row);
    struct tb_observation nothing = *row;

    if (!other)
        return;
    /* Said again by another submission: it is the last word on it now. */
    tb_work_plane(work, row->indicator, (enum tb_measure)row->measure, 0)->origin[cell] = origin;
    if (other->status[cell] == TB_STATUS_NONE ||
        tb_sources_find(&work->sources, other->origin[cell]) ==
            tb_sources_find(&work->sources, origin))
        return;
    nothing.measure = other->key.measure;
    nothing.status = TB_STATUS_NONE;
    tb_work_revise(work, other, cell, origin, &nothing, 0);
    other->value[cell] = 0;
    other->status[cell] = TB_STATUS_NONE;
    other->origin[cell] = origin;
}

/* A number as the plane holds it; false when it has no room. */
static bool in_plane(const struct tb_plane *plane, int64_t number, int64_t *out)
{
    struct tb_decimal value = { number, 0 };
    bool fits = tb_decimal_rescale(value, plane->scale, &value);

    *out = value.units;
    return fits;
}

/* The percentage that a stage says, if it says one. */
static void value_by_stage(struct tb_plane *value, const struct tb_plane *stage, size_t cell)
{
    bool done = stage->value[cell] == TB_STAGE_DONE;
    bool number = done || stage->value[cell] == TB_STAGE_NOT_BEGUN;
    uint8_t status = stage->status[cell];

    value->value[cell] = 0;
    if (!number || !in_plane(value, done ? 100 : 0, &value->value[cell]))
        status = (uint8_t)((status & ~(unsigned)TB_STATUS_MASK) | TB_STATUS_M);
    value->status[cell] = status;
    value->origin[cell] = stage->origin[cell];
}

/* The stage that a percentage says. */
static void stage_by_value(const struct tb_plane *value, struct tb_plane *stage, size_t cell)
{
    int64_t whole = 100, units = value->value[cell];
    bool fits = in_plane(value, 100, &whole);

    stage->value[cell] = units == 0               ? TB_STAGE_NOT_DONE
                         : fits && units >= whole ? TB_STAGE_DONE
                                                  : TB_STAGE_UNDER_WAY;
    stage->status[cell] = value->status[cell];
    stage->origin[cell] = value->origin[cell];
}

int tb_work_stages(struct tb_work *work, struct tb_error *err)
{
    for (size_t i = 0; i < work->profile->n_indicators; i++) {
        struct tb_plane *value = tb_work_plane(work, i, TB_MEASURE_VALUE, 0);
        struct tb_plane *stage = tb_work_plane(work, i, TB_MEASURE_STAGE, 0);
        size_t n = value && stage ? (size_t)value->n_periods * value->n_columns : 0;
        for (size_t cell = 0; cell < n; cell++) {
            bool has_stage = tb_status_has_value(stage->status[cell]);
            if (has_stage && !tb_status_has_value(value->status[cell]))
                value_by_stage(value, stage, cell);
            else if (!has_stage && stage->origin[cell] != 0 &&
                     tb_status_has_value(value->status[cell]))
                stage_by_value(value, stage, cell);
        }
    }
    return tb_buf_ok(&work->revisions, err) ? 0 : -1;
}

/* --- task_reports.csv --- */

/* The text that came with an observation. */
static const char *text_of(const struct tb_source *source, uint32_t origin)
{
    struct tb_observation row;

    if (!source || !source->segment)
        return "";
    tb_segment_read(source->segment, origin - source->first_origin, 1, &row);
    return tb_segment_comment(source->segment, &row);
}

static void put_said(struct tb_buf *out, const struct tb_plane *plane, size_t cell,
                     const struct tb_source *source)
{
    enum tb_measure measure = (enum tb_measure)plane->key.measure;
    char text[TB_DECIMAL_TEXT] = "";

    if (!tb_status_has_value(plane->status[cell]))
        tb_csv_put(out, "");
    else if (tb_measure_is_text(measure))
        tb_csv_put(out, text_of(source, plane->origin[cell]));
    else if (measure == TB_MEASURE_STAGE)
        tb_csv_put(out, tb_task_stage_name(plane->value[cell]));
    else {
        tb_decimal_format((struct tb_decimal){ plane->value[cell], plane->scale }, text);
        tb_csv_put(out, text);
    }
}

static void put_report(const struct tb_work *work, const struct tb_plane *plane, size_t cell,
                       struct tb_buf *out)
{
    const struct tb_source *source = tb_sources_find(&work->sources, plane->origin[cell]);
    const char code[2] = { tb_status_code(plane->status[cell]), '\0' };
    char period[TB_PERIOD_TEXT];

    tb_period_format(
        (struct tb_period){ plane->freq, plane->first + (int32_t)(cell / plane->n_columns) },
        period);
    tb_csv_put(out, work->profile->indicators[plane->key.indicator].code);
    tb_csv_put(out, work->profile->units[cell % plane->n_columns].code);
    tb_csv_put(out, period);
    tb_csv_put(out, tb_measure_name((enum tb_measure)plane->key.measure));
    put_said(out, plane, cell, source);
    tb_csv_put(out, code);
    tb_csv_put(out, source ? source->sender : "");
    tb_work_put_source(work, out, plane->origin[cell]);
    tb_csv_end_row(out);
}

int tb_work_write_task_reports(const struct tb_work *work, struct tb_error *err)
{
    static const enum tb_measure measures[] = { TB_MEASURE_VALUE, TB_MEASURE_STAGE,
                                                TB_MEASURE_DONE_ON, TB_MEASURE_EVIDENCE,
                                                TB_MEASURE_EXPLANATION };
    struct tb_buf rows = TB_BUF_INIT;
    int rc = -1;

    for (size_t i = 0; i < work->profile->n_indicators; i++) {
        if (work->profile->indicators[i].kind != TB_KIND_MILESTONE)
            continue;
        for (size_t m = 0; m < sizeof measures / sizeof *measures; m++) {
            const struct tb_plane *plane = tb_work_plane(work, i, measures[m], 0);
            size_t n = plane && plane->origin ? (size_t)plane->n_periods * plane->n_columns : 0;
            for (size_t cell = 0; cell < n; cell++)
                if (plane->status[cell] != TB_STATUS_NONE)
                    put_report(work, plane, cell, &rows);
        }
    }
    if (tb_buf_ok(&rows, err))
        rc = tb_work_write_rows(work, "task_reports.csv",
                                "indicator,unit,period,measure,said,status,sender,received,name,"
                                "line\n",
                                &rows, err);
    tb_buf_release(&rows);
    return rc;
}
