/* report.c - loads the facts of a period from the folders of the earlier stages. */
#include "disseminate/report.h"

#include <stdlib.h>
#include <string.h>

#include "disseminate/page/task.h"
#include "disseminate/words/verdict.h"
#include "tongbao/buf.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/map.h"
#include "tongbao/table.h"

/* Reads one table if it is there.  *out stays NULL when it is absent. */
static int load_table(const char *run, const char *name, struct tb_table **out,
                      struct tb_error *err)
{
    struct tb_diag diag = { 0 };
    char *path = tb_path("%s/%s", run, name);
    int rc = 0;

    if (!path)
        return tb_error_set(err, "no memory for '%s'", name);
    if (tb_fs_exists(path)) {
        *out = tb_table_read(path, name, &diag, err);
        if (!*out)
            rc = -1;
        else if (diag.n_errors > 0)
            rc = tb_error_set(err, "%s: damaged table", path);
    }
    free(path);
    return rc;
}

static int load_tables(struct tb_report *report, struct tb_error *err)
{
    struct tb_report_tables *t = &report->table;
    const struct {
        const char *name;
        struct tb_table **table;
    } all[] = {
        { "analyse/verdicts.csv", &t->verdicts },       { "analyse/history.csv", &t->history },
        { "analyse/knife_edges.csv", &t->knife_edges }, { "analyse/settings.csv", &t->settings },
        { "collect/submissions.csv", &t->submissions }, { "collect/rejects.csv", &t->rejects },
        { "process/sources.csv", &t->sources },         { "process/revisions.csv", &t->revisions },
        { "process/checks.csv", &t->checks },           { "process/cells.csv", &t->cells },
        { "process/worklist.csv", &t->worklist },       { "process/left_out.csv", &t->left_out },
        { "process/edits.csv", &t->edits },             { "process/estimates.csv", &t->estimates },
        { "analyse/errata.csv", &t->errata },           { "analyse/tasks.csv", &t->tasks },
        { "process/revised.csv", &t->revised },         { "process/comparable.csv", &t->comparable },
        { "process/changes.csv", &t->changes },         { "process/residuals.csv", &t->residuals },
        { "analyse/breaks.csv", &t->breaks },           { "analyse/outlook.csv", &t->outlook },
        { "analyse/early_warning.csv", &t->early_warning },
        { "analyse/consequences.csv", &t->consequences },
        { "analyse/target_changes.csv", &t->target_changes },
        { "analyse/rank_confidence.csv", &t->rank_confidence },
        { "process/verified.csv", &t->verified },       { "process/replaced.csv", &t->replaced },
        { "process/verification.csv", &t->verification },
        { "analyse/events.csv", &t->events },
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (load_table(report->run, all[i].name, all[i].table, err) < 0)
            return -1;
    if (!t->verdicts)
        return tb_error_set(err, "%s/analyse/verdicts.csv is not there: run analyse first",
                            report->run);
    return 0;
}

static int load_cube(const char *run, const char *name, bool required, struct tb_cube **out,
                     struct tb_error *err)
{
    char *path = tb_path("%s/%s", run, name);
    int rc = 0;

    if (!path)
        return tb_error_set(err, "no memory for '%s'", name);
    if (required || tb_fs_exists(path)) {
        *out = tb_cube_open_whole(path, err);
        rc = *out ? 0 : -1;
    }
    free(path);
    return rc;
}

static int load_verdicts(struct tb_report *report, struct tb_error *err)
{
    const struct tb_table *table = report->table.verdicts;
    size_t n = tb_table_rows(table);

    report->verdicts = tb_arena_alloc(&report->arena, n, sizeof *report->verdicts);
    if (!report->verdicts && n > 0)
        return tb_error_set(err, "no memory for %zu verdicts", n);
    for (size_t i = 0; i < n; i++)
        if (tb_verdict_read(report->profile, table, i, &report->verdicts[i], err) < 0)
            return -1;
    report->n_verdicts = n;
    return 0;
}

/* Counting sort of the verdicts by unit, so that a sheet need not read them all. */
static int index_by_unit(struct tb_report *report, struct tb_error *err)
{
    size_t n_units = report->profile->n_units;
    uint32_t *first = tb_arena_alloc(&report->arena, n_units + 2, sizeof *first);
    uint32_t *rows = tb_arena_alloc(&report->arena, report->n_verdicts + 1, sizeof *rows);

    if (!first || !rows || report->n_verdicts > UINT32_MAX)
        return tb_error_set(err, "no memory to sort %zu verdicts", report->n_verdicts);
    for (size_t i = 0; i < report->n_verdicts; i++)
        first[report->verdicts[i].unit + 2]++;
    for (size_t u = 2; u < n_units + 2; u++)
        first[u] += first[u - 1];
    for (size_t i = 0; i < report->n_verdicts; i++)
        rows[first[report->verdicts[i].unit + 1]++] = (uint32_t)i;
    report->of_unit = rows;
    report->unit_first = first; /* filling moved each start up to its own place */
    return 0;
}

static int load_history(struct tb_report *report, struct tb_error *err)
{
    const struct tb_table *table = report->table.history;
    size_t n = table ? tb_table_rows(table) : 0;

    if (n == 0)
        return 0;
    report->history = tb_arena_alloc(&report->arena, n, sizeof *report->history);
    if (!report->history)
        return tb_error_set(err, "no memory for %zu past verdicts", n);
    for (size_t i = 0; i < n; i++)
        if (tb_past_verdict_read(report->profile, table, i, &report->history[i], err) < 0)
            return -1;
    report->n_history = n;
    return 0;
}

static int32_t row_or_none(int32_t row)
{
    return row < 0 ? TB_NONE : row;
}

static void find_subject(struct tb_report *report)
{
    const struct tb_profile *p = report->profile;
    const struct tb_settings *set = &p->set;

    report->subject = report->subject_group = report->children_group = TB_NONE;
    if (set->subject && *set->subject)
        report->subject = row_or_none(tb_profile_unit(p, set->subject, strlen(set->subject)));
    if (set->subject_group && *set->subject_group)
        report->subject_group =
            row_or_none(tb_profile_group(p, set->subject_group, strlen(set->subject_group)));
    if (set->children_group && *set->children_group)
        report->children_group =
            row_or_none(tb_profile_group(p, set->children_group, strlen(set->children_group)));
}

int tb_report_load(struct tb_report *report, const struct tb_profile *profile, const char *run,
                   struct tb_period period, const char *lang, struct tb_error *err)
{
    *report = (struct tb_report){ .profile = profile, .run = run, .period = period, .lang = lang };
    find_subject(report);
    if (tb_profile_rows_check(profile, run, err) < 0 || load_tables(report, err) < 0 ||
        load_cube(run, "process/cube.tbc", false, &report->cube, err) < 0 ||
        load_cube(run, "analyse/findings.tbc", true, &report->findings, err) < 0 ||
        load_verdicts(report, err) < 0 || index_by_unit(report, err) < 0 ||
        load_history(report, err) < 0 || tb_tasks_load(report, err) < 0)
        return tb_error_prefix(err, "facts of the report");
    return 0;
}

void tb_report_release(struct tb_report *report)
{
    struct tb_report_tables *t = &report->table;
    struct tb_table *all[] = { t->verdicts,    t->history, t->knife_edges, t->settings,
                               t->submissions, t->rejects, t->sources,     t->revisions,
                               t->checks,      t->cells,   t->worklist,    t->left_out,
                               t->edits,       t->changes, t->residuals,   t->breaks,
                               t->rank_confidence, t->target_changes, t->consequences,
                               t->estimates,   t->comparable, t->revised,    t->verified,
                               t->verification, t->replaced, t->errata, t->outlook, t->events, t->early_warning,
                               t->tasks };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        tb_table_free(all[i]);
    tb_map_free(report->task_rows);
    tb_cube_close(report->cube);
    tb_cube_close(report->findings);
    tb_arena_release(&report->arena);
    *report = (struct tb_report){ 0 };
}

static bool is_upper_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}

static bool stands_as_is(const char *code, size_t i)
{
    char c = code[i];

    if (c == '_')
        return !(is_upper_hex(code[i + 1]) && is_upper_hex(code[i + 2]));
    if (c == '-')
        return i > 0;
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void tb_report_file_name(struct tb_buf *out, const char *code)
{
    for (size_t i = 0; code[i]; i++)
        if (stands_as_is(code, i))
            tb_buf_putc(out, code[i]);
        else
            tb_buf_printf(out, "_%02X", (unsigned)(unsigned char)code[i]);
}
