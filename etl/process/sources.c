/* sources.c - opens what collect listed, numbers the observations. */
#include "process/sources.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/stage.h"
#include "tongbao/table.h"

static int open_segment(const struct tb_stage *stage, struct tb_source *source,
                        struct tb_error *err)
{
    char *path = tb_path("%s/%s", stage->data, source->path);

    if (!path)
        return tb_error_set(err, "out of memory");
    source->segment = tb_segment_open(path, err);
    if (source->segment && tb_segment_verify(source->segment, err) < 0) {
        tb_error_prefix(err, "'%s'", path);
        tb_segment_close(source->segment);
        source->segment = NULL;
    }
    free(path);
    if (!source->segment)
        return -1;
    source->n_rows = tb_segment_rows(source->segment);
    return 0;
}

/* The form that collect read the file by. */
static int32_t find_form(const struct tb_profile *profile, const char *code)
{
    for (size_t i = 0; i < profile->n_forms; i++) {
        if (strcmp(profile->forms[i].code, code) == 0)
            return (int32_t)i;
    }
    return TB_NONE;
}

/* When the last of those to whom it goes had it. */
static int read_copies(const struct tb_stage *stage, const struct tb_table *table, size_t row,
                       struct tb_source *source, struct tb_error *err)
{
    const char *complete = tb_table_get(table, row, "complete_on");
    int64_t moment;

    source->is_copied = *complete || *tb_table_get(table, row, "lacking");
    source->complete_day = source->is_copied ? TB_DAY_NONE : source->received_day;
    if (!*complete)
        return 0;
    if (!tb_moment_parse(complete, strlen(complete), &moment))
        return tb_error_set(err, "%s:%u: '%s' is not a moment", tb_table_file(table),
                            tb_table_line(table, row), complete);
    source->complete_day = tb_moment_day(moment, stage->profile->set.utc_offset);
    return 0;
}

/* Copies have no segment either. */
static int read_source(const struct tb_stage *stage, const struct tb_table *table, size_t row,
                       struct tb_sources *out, struct tb_error *err)
{
    struct tb_source *source = &out->item[out->n];
    int64_t moment;

    source->path = tb_arena_strdup(&out->arena, tb_table_get(table, row, "segment"));
    source->received = tb_arena_strdup(&out->arena, tb_table_get(table, row, "received"));
    source->name = tb_arena_strdup(&out->arena, tb_table_get(table, row, "name"));
    source->sender = tb_arena_strdup(&out->arena, tb_table_get(table, row, "sender"));
    if (!source->path || !source->received || !source->name || !source->sender)
        return tb_error_set(err, "out of memory for %zu submissions", tb_table_rows(table));
    if (source->path[0] == '\0' || strcmp(tb_table_get(table, row, "state"), "duplicate") == 0)
        return 0; /* nothing was taken from it */
    source->arrival = (uint32_t)strtoul(tb_table_get(table, row, "arrival"), NULL, 10);
    if (!tb_moment_parse(source->received, strlen(source->received), &moment))
        return tb_error_set(err, "%s:%u: '%s' is not a moment", tb_table_file(table),
                            tb_table_line(table, row), source->received);
    source->form = find_form(stage->profile, tb_table_get(table, row, "form"));
    source->received_at = moment;
    source->received_day = tb_moment_day(moment, stage->profile->set.utc_offset);
    if (read_copies(stage, table, row, source, err) < 0 || open_segment(stage, source, err) < 0)
        return -1;
    out->n++;
    return 0;
}

/* First origins, edits last.  More than 2^32 - 1 observations are refused. */
static int number_origins(const struct tb_stage *stage, struct tb_sources *out,
                          struct tb_error *err)
{
    uint64_t next = 1;

    out->item[out->n] = (struct tb_source){ .n_rows = stage->profile->n_edits,
                                            .form = TB_NONE,
                                            .received = "",
                                            .name = "edits.csv",
                                            .sender = "",
                                            .path = "edits" };
    out->n++;
    for (size_t i = 0; i < out->n; i++) {
        if (next + out->item[i].n_rows > UINT32_MAX)
            return tb_error_set(err, "more than 4,294,967,294 observations in one cube");
        out->item[i].first_origin = (uint32_t)next;
        next += out->item[i].n_rows;
    }
    out->n_origins = (uint32_t)(next - 1);
    return 0;
}

int tb_sources_open(const struct tb_stage *stage, struct tb_sources *out, struct tb_error *err)
{
    char *path = tb_stage_path(stage, "collect/submissions.csv");
    struct tb_diag diag = { 0 };
    struct tb_table *table = path ? tb_table_read(path, NULL, &diag, err) : NULL;
    int rc = table ? 0 : -1;

    *out = (struct tb_sources){ 0 };
    if (!path)
        tb_error_set(err, "out of memory");
    if (table && diag.n_errors)
        rc = tb_error_set(err, "'%s' is damaged: collect again", path);
    if (rc == 0) {
        size_t n = tb_table_rows(table);
        out->item = tb_arena_alloc(&out->arena, n + 1, sizeof *out->item);
        if (!out->item)
            rc = tb_error_set(err, "out of memory for %zu submissions", n);
        for (size_t row = 0; rc == 0 && row < n; row++)
            rc = read_source(stage, table, row, out, err);
        if (rc == 0)
            rc = number_origins(stage, out, err);
    }
    tb_table_free(table);
    free(path);
    if (rc < 0)
        tb_sources_close(out);
    return rc;
}

void tb_sources_close(struct tb_sources *sources)
{
    for (size_t i = 0; i < sources->n; i++)
        tb_segment_close(sources->item[i].segment);
    tb_arena_release(&sources->arena);
    *sources = (struct tb_sources){ 0 };
}

const struct tb_source *tb_sources_find(const struct tb_sources *sources, uint32_t origin)
{
    size_t low = 0, high = sources->n;

    if (origin == 0 || origin > sources->n_origins)
        return NULL;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sources->item[middle].first_origin <= origin)
            low = middle;
        else
            high = middle;
    }
    return &sources->item[low];
}

uint32_t tb_sources_line(const struct tb_stage *stage, const struct tb_source *source,
                         uint32_t origin)
{
    struct tb_observation row;

    if (!source->segment)
        return stage->profile->edits[origin - source->first_origin].line;
    tb_segment_read(source->segment, origin - source->first_origin, 1, &row);
    return row.line;
}

int tb_sources_write(const struct tb_stage *stage, const struct tb_sources *sources,
                     struct tb_error *err)
{
    struct tb_buf out = TB_BUF_INIT;
    char *path = tb_path("%s/sources.csv", stage->out);
    int rc = -1;

    tb_buf_puts(&out, "source,arrival,segment,first_origin,n_rows,received,name,sender,new,corrected,"
                      "repeated,deleted,not_there,left_out,not_there_line\n");
    for (size_t i = 0; i < sources->n; i++) {
        const struct tb_source *source = &sources->item[i];
        tb_csv_put_int(&out, (int64_t)i + 1);
        tb_csv_put_int(&out, source->arrival);
        tb_csv_put(&out, source->path);
        tb_csv_put_int(&out, source->first_origin);
        tb_csv_put_int(&out, (int64_t)source->n_rows);
        tb_csv_put(&out, source->received);
        tb_csv_put(&out, source->name);
        tb_csv_put(&out, source->sender);
        tb_csv_put_int(&out, (int64_t)source->n_new);
        tb_csv_put_int(&out, (int64_t)source->n_corrected);
        tb_csv_put_int(&out, (int64_t)source->n_repeated);
        tb_csv_put_int(&out, (int64_t)source->n_deleted);
        tb_csv_put_int(&out, (int64_t)source->n_not_there);
        tb_csv_put_int(&out, (int64_t)source->n_left_out);
        if (source->n_not_there)
            tb_csv_put_int(&out, tb_sources_line(stage, source, source->first_not_there));
        else
            tb_csv_put(&out, "");
        tb_csv_end_row(&out);
    }
    if (!path)
        tb_error_set(err, "out of memory");
    else if (tb_buf_ok(&out, err))
        rc = tb_newfile_write(path, out.data, out.len, err);
    tb_buf_release(&out);
    free(path);
    return rc;
}
