/* export.c - `tongbao export`: what the binary files hold, as CSV with the
 * columns of an observation (SDMX terms).
 *
 * observations: every vintage as submitted, in the order of vintages; revisions: what
 * changed; triangle: one unit and indicator by month of vintage; measures
 * and scores: the planes of the findings; verdicts: two rows each, the verdict
 * and its gap; targets: those of the profile, without any run.  Byte-stable, and
 * written as it is read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/export/export_row.h"
#include "command/export/export_targets.h"
#include "command/export/sink.h"
#include "command/export/triangle.h"
#include "command/view.h"
#include "tongbao/csv.h"
#include "tongbao/cube.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/table.h"
#include "tongbao/verification.h"

enum { BLOCK_ROWS = 4096, ALL_INDICATORS = 0xffff };

struct export
{
    const struct tb_view *view;
    struct tb_sink sink;
    const char *vintage; /* of computed rows: when the last submission of the run came */
};

/* The state of verification of a form's values; "" for what units submit. */
static const char *state_of(const struct tb_profile *profile, const char *form)
{
    for (size_t i = 0; i < profile->n_forms; i++)
        if (strcmp(profile->forms[i].code, form) == 0 && profile->forms[i].state > 0)
            return tb_state_code(profile, (int64_t)profile->forms[i].state + 1);
    return "";
}

static int export_segment(struct export *export, const struct tb_table *table, size_t row,
                          struct tb_error *err)
{
    const char *sender = tb_table_get(table, row, "sender");
    char *path = tb_path("%s/%s", export->view->data, tb_table_get(table, row, "segment"));
    char *file = tb_path("%s%s%s", sender, sender[0] ? "/" : "", tb_table_get(table, row, "name"));
    struct tb_segment *segment = path && file ? tb_segment_open(path, err) : NULL;
    struct tb_observation *block = malloc(BLOCK_ROWS * sizeof *block);
    const char *state = state_of(export->view->profile, tb_table_get(table, row, "form"));
    int rc = segment && block ? 0 : -1;

    if (!path || !file || !block)
        tb_error_set(err, "out of memory");
    for (size_t at = 0, n = segment ? tb_segment_rows(segment) : 0; rc == 0 && at < n;
         at += BLOCK_ROWS) {
        size_t some = n - at < BLOCK_ROWS ? n - at : BLOCK_ROWS;
        tb_segment_read(segment, at, some, block);
        for (size_t i = 0; rc == 0 && i < some; i++) {
            tb_export_put_observation(&export->sink.rows, export->view->profile, &block[i],
                                      tb_table_get(table, row, "received"), file, state,
                                      tb_segment_comment(segment, &block[i]));
            rc = tb_sink_flow(&export->sink, err);
        }
    }
    free(block);
    tb_segment_close(segment);
    free(file);
    free(path);
    return rc;
}

static int export_observations(struct export *export, struct tb_error *err)
{
    struct tb_table *table = tb_view_table(export->view, "collect/submissions.csv", err);
    int rc = table ? 0 : -1;

    for (size_t row = 0; rc == 0 && row < tb_table_rows(table); row++)
        if (tb_table_get(table, row, "segment")[0] &&
            strcmp(tb_table_get(table, row, "state"), "duplicate") != 0)
            rc = export_segment(export, table, row, err);
    tb_table_free(table);
    return rc;
}

static int export_plane(struct export *export, const struct tb_plane *plane, struct tb_error *err)
{
    for (uint32_t p = 0; p < plane->n_periods; p++)
        for (uint32_t c = 0; c < plane->n_columns; c++) {
            tb_export_put_cell(&export->sink.rows, export->view->profile, plane, p, c,
                               export->vintage, export->view->id);
            if (tb_sink_flow(&export->sink, err) < 0)
                return -1;
        }
    return 0;
}

static int export_planes(struct export *export, bool scores, struct tb_error *err)
{
    struct tb_cube *cube = tb_view_cube(export->view, "analyse/findings.tbc", err);
    int rc = cube ? 0 : -1;

    for (size_t i = 0; rc == 0 && i < tb_cube_n_planes(cube); i++) {
        const struct tb_plane *plane = tb_cube_plane(cube, i);
        if ((plane->key.indicator == ALL_INDICATORS) == scores)
            rc = export_plane(export, plane, err);
    }
    tb_cube_close(cube);
    return rc;
}

static int export_measures(struct export *export, struct tb_error *err)
{
    return export_planes(export, false, err);
}

static int export_scores(struct export *export, struct tb_error *err)
{
    return export_planes(export, true, err);
}

static int export_verdicts(struct export *export, struct tb_error *err)
{
    struct tb_table *table = tb_view_table(export->view, "analyse/verdicts.csv", err);
    int rc = table ? 0 : -1;

    for (size_t row = 0; rc == 0 && row < tb_table_rows(table); row++) {
        tb_export_put_verdict(&export->sink.rows, export->view->profile, table, row,
                              export->vintage, export->view->id);
        rc = tb_sink_flow(&export->sink, err);
    }
    tb_table_free(table);
    return rc;
}

/* How far each task is: tasks.csv as it stands. */
static int export_tasks(struct export *export, struct tb_error *err)
{
    struct tb_table *table = tb_view_table(export->view, "analyse/tasks.csv", err);
    struct tb_buf *out = &export->sink.rows;
    int rc = table ? 0 : -1;

    for (size_t c = 0; table && c < tb_table_columns(table); c++)
        tb_csv_put(out, tb_table_head(table, c));
    if (table)
        tb_csv_end_row(out);
    for (size_t row = 0; rc == 0 && row < tb_table_rows(table); row++) {
        for (size_t c = 0; c < tb_table_columns(table); c++)
            tb_csv_put(out, tb_table_cell(table, row, (int)c));
        tb_csv_end_row(out);
        rc = tb_sink_flow(&export->sink, err);
    }
    tb_table_free(table);
    return rc;
}

/* The unit or indicator of an option: its row, TB_NONE when it is not given, -2 when there is
 * none of that name. */
static int32_t option_row(const struct tb_view *view, const char *text, bool unit)
{
    int32_t row;

    if (!text)
        return TB_NONE;
    row = unit ? tb_profile_unit(view->profile, text, strlen(text))
               : tb_profile_indicator(view->profile, text, strlen(text));
    return row < 0 ? -2 : row;
}

static void put_change(struct tb_buf *out, const struct tb_table *t, size_t row)
{
    static const char *const columns[] = { "unit",       "indicator",    "measure",  "group",
                                           "period",     "old_value",    "old_status",
                                           "old_received", "old_name",   "old_line", "new_value",
                                           "new_status", "new_received", "new_name", "new_line" };
    const char *was = tb_table_get(t, row, "old_value"), *is = tb_table_get(t, row, "new_value");
    struct tb_decimal a, b;
    char text[TB_DECIMAL_TEXT] = "";

    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        tb_csv_put(out, tb_table_get(t, row, columns[c]));
    if (tb_decimal_parse(was, strlen(was), &a) && tb_decimal_parse(is, strlen(is), &b) &&
        a.scale == b.scale && !__builtin_sub_overflow(b.units, a.units, &b.units))
        tb_decimal_format(b, text);
    tb_csv_put(out, text);
    tb_csv_end_row(out);
}

/* Every change of a key: what stood, what came, and the difference. */
static int export_revisions(struct export *export, struct tb_error *err)
{
    const struct tb_view *view = export->view;
    const struct tb_command_options *own = &view->command->own;
    int32_t unit = option_row(view, own->unit, true);
    int32_t indicator = option_row(view, own->indicator, false);
    struct tb_table *t = tb_view_table(view, "process/revisions.csv", err);
    int rc = t ? 0 : -1;

    tb_buf_puts(&export->sink.rows,
                "REF_AREA,INDICATOR,MEASURE,GROUP,TIME_PERIOD,OLD_VALUE,OLD_STATUS,OLD_VINTAGE,"
                "OLD_SOURCE,OLD_LINE,NEW_VALUE,NEW_STATUS,NEW_VINTAGE,NEW_SOURCE,NEW_LINE,"
                "REVISION\n");
    for (size_t row = 0; rc == 0 && row < tb_table_rows(t); row++) {
        if ((unit >= 0 &&
             strcmp(tb_table_get(t, row, "unit"), view->profile->units[unit].code) != 0) ||
            (indicator >= 0 && strcmp(tb_table_get(t, row, "indicator"),
                                      view->profile->indicators[indicator].code) != 0))
            continue;
        put_change(&export->sink.rows, t, row);
        rc = tb_sink_flow(&export->sink, err);
    }
    tb_table_free(t);
    return rc;
}

static int export_triangle(struct export *export, struct tb_error *err)
{
    const struct tb_command_options *own = &export->view->command->own;

    return tb_triangle_put(export->view, (size_t)option_row(export->view, own->unit, true),
                           (size_t)option_row(export->view, own->indicator, false),
                           &export->sink.rows, err);
}

/* When the last submission of the run came: the vintage of what was computed. */
static int last_vintage(const struct tb_view *view, struct tb_buf *out, struct tb_error *err)
{
    struct tb_table *table = tb_view_table(view, "collect/submissions.csv", err);

    if (!table)
        return -1;
    size_t n = tb_table_rows(table);
    if (n)
        tb_buf_puts(out, tb_table_get(table, n - 1, "received"));
    tb_table_free(table);
    return tb_buf_ok(out, err) ? 0 : -1;
}

static const struct {
    const char *name;
    int (*write)(struct export *export, struct tb_error *err);
} WHAT[] = {
    { "observations", export_observations },
    { "measures", export_measures },
    { "verdicts", export_verdicts },
    { "scores", export_scores },
    { "tasks", export_tasks },
    { "revisions", export_revisions },
    { "triangle", export_triangle },
    { "targets", NULL }, /* of the profile */
};
enum { N_WHAT = sizeof WHAT / sizeof *WHAT };

/* The place in WHAT, or -1 after a message. */
static int find_what(const struct tb_command *command)
{
    const char *name = command->n_operands ? command->operand[0] : WHAT[0].name;
    const char *known[N_WHAT];

    for (int i = 0; i < N_WHAT; i++) {
        known[i] = WHAT[i].name;
        if (strcmp(known[i], name) == 0)
            return i;
    }
    const char *near = tb_nearest_word(name, known, N_WHAT);
    fprintf(
        stderr,
        "tongbao export: unknown '%s'%s%s%s, expected observations, measures, verdicts, "
        "scores, tasks, revisions, triangle or targets\n",
        name, near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
    return -1;
}

static int write_export(struct export *export, int what, struct tb_error *err)
{
    struct tb_buf vintage = TB_BUF_INIT;
    int rc = -1;

    if (tb_sink_open(&export->sink, export->view->command->own.output, err) == 0 &&
        last_vintage(export->view, &vintage, err) == 0) {
        export->vintage = tb_buf_text(&vintage);
        if (WHAT[what].write != export_revisions && WHAT[what].write != export_tasks && WHAT[what].write != export_triangle)
            tb_export_put_header(&export->sink.rows, WHAT[what].write == export_observations);
        if (WHAT[what].write(export, err) == 0)
            rc = tb_sink_finish(&export->sink, err);
    }
    tb_sink_release(&export->sink);
    tb_buf_release(&vintage);
    return rc;
}

/* Names that must be known, and a bulletin that must be as it was published.  -1 to go on. */
static int check_asked(const struct tb_view *view, int what)
{
    const struct tb_command *command = view->command;
    const struct tb_command_options *own = &command->own;

    if (option_row(view, own->unit, true) == -2 || option_row(view, own->indicator, false) == -2) {
        bool unit = option_row(view, own->unit, true) == -2;
        fprintf(stderr, "tongbao export: unknown %s '%s'\n", unit ? "unit" : "indicator",
                unit ? own->unit : own->indicator);
        return TB_EXIT_USAGE;
    }
    if (WHAT[what].write == export_triangle && (!own->unit || !own->indicator)) {
        fputs("tongbao export: triangle needs --unit and --indicator\n", stderr);
        return TB_EXIT_USAGE;
    }
    if (command->n_operands > 1 && !view->of_period) {
        fprintf(stderr,
                "tongbao export: no bulletin of %s is published by the profile as it is; see"
                " published/%s/ in the runs after it\n",
                command->operand[1], command->operand[1]);
        return TB_EXIT_FAILED;
    }
    return -1;
}

/* Needs the profile and no run. */
static int export_of_profile(const struct tb_command *command)
{
    struct tb_error err = TB_ERROR_INIT;
    int rc;
    struct tb_profile *profile = tb_command_profile(command, &rc);

    if (!profile)
        return rc;
    rc = tb_export_targets(profile, command, &err) < 0 ? TB_EXIT_FAILED : TB_EXIT_DONE;
    if (rc != TB_EXIT_DONE)
        fprintf(stderr, "tongbao export: %s\n", err.text);
    tb_profile_free(profile);
    return rc;
}

int tb_command_export(struct tb_command *command)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_view view;
    struct export export = { .view = &view };
    int what = find_what(command);

    if (what < 0)
        return TB_EXIT_USAGE;
    if (!WHAT[what].write)
        return export_of_profile(command);
    int rc = tb_view_open(&view, command, command->n_operands > 1 ? command->operand[1] : NULL);
    if (rc < 0)
        rc = tb_view_require(&view);
    if (rc < 0)
        rc = check_asked(&view, what);
    if (rc < 0)
        rc = write_export(&export, what, &err) < 0 ? tb_view_fail(&view, &err) : TB_EXIT_DONE;
    tb_view_close(&view);
    return rc;
}
