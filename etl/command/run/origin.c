/* origin.c - sources.csv numbers the observations; the segment knows line and
 * column; the archive keeps the text. */
#include "command/run/origin.h"

#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/view.h"
#include "tongbao/arrivals.h"
#include "tongbao/conversion.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

enum { ORIGINAL_MAX_BYTES = 1 << 30, BLOCK_BYTES = 65536 };

int tb_origins_open(struct tb_origins *origins, const struct tb_view *view, struct tb_error *err)
{
    *origins = (struct tb_origins){ .view = view };
    origins->sources = tb_view_table(view, "process/sources.csv", err);
    origins->submissions =
        origins->sources ? tb_view_table(view, "collect/submissions.csv", err) : NULL;
    if (origins->submissions)
        return 0;
    tb_origins_close(origins);
    return -1;
}

void tb_origins_close(struct tb_origins *origins)
{
    tb_table_free(origins->sources);
    tb_table_free(origins->submissions);
    tb_segment_close(origins->segment);
    tb_buf_release(&origins->text);
    free(origins->text_of);
    *origins = (struct tb_origins){ 0 };
}

static uint32_t number_at(const struct tb_table *table, size_t row, const char *column)
{
    return (uint32_t)strtoul(tb_table_get(table, row, column), NULL, 10);
}

/* The row of sources.csv that the origin belongs to, or SIZE_MAX. */
static size_t find_source(const struct tb_table *sources, uint32_t origin)
{
    for (size_t row = 0; row < tb_table_rows(sources); row++) {
        uint32_t first = number_at(sources, row, "first_origin");
        if (origin >= first && origin - first < number_at(sources, row, "n_rows"))
            return row;
    }
    return SIZE_MAX;
}

static const char *hash_of_arrival(const struct tb_table *submissions, const char *arrival)
{
    int column = tb_table_column(submissions, "arrival");

    for (size_t row = 0; row < tb_table_rows(submissions); row++)
        if (strcmp(tb_table_cell(submissions, row, column), arrival) == 0)
            return tb_table_get(submissions, row, "sha256");
    return "";
}

static int open_segment(struct tb_origins *origins, size_t row, struct tb_error *err)
{
    if (origins->segment && origins->segment_row == row)
        return 0;
    tb_segment_close(origins->segment);
    char *path =
        tb_path("%s/%s", origins->view->data, tb_table_get(origins->sources, row, "segment"));
    origins->segment = path ? tb_segment_open(path, err) : NULL;
    origins->segment_row = row;
    if (!path)
        tb_error_set(err, "out of memory");
    free(path);
    return origins->segment ? 0 : -1;
}

int tb_origins_find(struct tb_origins *origins, uint32_t origin, struct tb_origin_place *out,
                    struct tb_error *err)
{
    const struct tb_profile *profile = origins->view->profile;
    size_t row = find_source(origins->sources, origin);

    *out = (struct tb_origin_place){ .sha256 = "" };
    if (row == SIZE_MAX)
        return tb_error_set(err, "sources.csv names no submission for observation %u", origin);
    size_t at = origin - number_at(origins->sources, row, "first_origin");
    out->received = tb_table_get(origins->sources, row, "received");
    out->name = tb_table_get(origins->sources, row, "name");
    out->sender = tb_table_get(origins->sources, row, "sender");
    if (strcmp(tb_table_get(origins->sources, row, "segment"), "edits") == 0) {
        if (at >= profile->n_edits)
            return tb_error_set(err, "edits.csv has no row for observation %u", origin);
        out->is_edit = true;
        out->edit = at;
        out->line = profile->edits[at].line;
        return 0;
    }
    out->sha256 =
        hash_of_arrival(origins->submissions, tb_table_get(origins->sources, row, "arrival"));
    if (open_segment(origins, row, err) < 0)
        return -1;
    if (at >= tb_segment_rows(origins->segment))
        return tb_error_set(err, "observation %u lies behind the end of its segment", origin);
    tb_segment_read(origins->segment, at, 1, &out->row);
    out->line = out->row.line;
    out->column = out->row.column;
    return 0;
}

/* What the sender compressed is still compressed inside the archive. */
static int unpack(struct tb_buf *bytes, struct tb_error *err)
{
    struct tb_buf plain = TB_BUF_INIT;
    char *block = malloc(BLOCK_BYTES);
    int64_t n = -1;

    if (bytes->len < 2 || memcmp(bytes->data, "\x1f\x8b", 2) != 0) {
        free(block);
        return 0;
    }
    struct tb_infile *file = block ? tb_infile_from_memory(bytes->data, bytes->len, err) : NULL;
    while (file && plain.len < ORIGINAL_MAX_BYTES &&
           (n = tb_infile_read(file, block, BLOCK_BYTES, err)) > 0)
        tb_buf_add(&plain, block, (size_t)n);
    tb_infile_close(file);
    free(block);
    if (!file || n != 0 || !tb_buf_ok(&plain, err)) {
        tb_buf_release(&plain);
        return n > 0 ? tb_error_set(err, "the original is larger than 1 GiB") : -1;
    }
    tb_buf_release(bytes);
    *bytes = plain;
    return 0;
}

/* The text that a converter made of it, where it is no text itself; else the original. */
static char *path_to_read(const struct tb_view *view, const char *sha256, struct tb_error *err)
{
    char *path = NULL;

    if (tb_conversion_find(view->data, view->profile, sha256, &path, err) < 0)
        return NULL;
    if (!path)
        path = tb_archive_path(view->data, sha256);
    if (!path)
        tb_error_set(err, "out of memory");
    return path;
}

/* Reads the original into origins->text, once for cells of the same file. */
static int read_original(struct tb_origins *origins, const char *sha256, struct tb_error *err)
{
    struct tb_buf bytes = TB_BUF_INIT;
    char *path;
    size_t n_bad = 0, first_bad = 0;
    int rc = -1;

    if (origins->text_of && strcmp(origins->text_of, sha256) == 0)
        return 0;
    free(origins->text_of);
    origins->text_of = NULL;
    tb_buf_clear(&origins->text);
    path = path_to_read(origins->view, sha256, err);
    if (!path)
        return -1;
    if (tb_infile_slurp(path, ORIGINAL_MAX_BYTES, &bytes, err) == 0 && unpack(&bytes, err) == 0)
        rc = tb_text_decode(tb_buf_text(&bytes), bytes.len,
                            tb_text_guess_encoding(tb_buf_text(&bytes), bytes.len), &origins->text,
                            &n_bad, &first_bad, err);
    tb_buf_release(&bytes);
    free(path);
    if (rc == 0)
        origins->text_of = strdup(sha256);
    return rc;
}

/* Finds line `number` (from 1); lines end as collect counts them: LF, CR LF or CR. */
static bool find_line(const struct tb_buf *text, uint32_t number, const char **start, size_t *len)
{
    const char *at = tb_buf_text(text), *end = at + text->len;

    for (uint32_t line = 1; at < end; line++) {
        const char *stop = at;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        if (line == number) {
            *start = at;
            *len = (size_t)(stop - at);
            return true;
        }
        if (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n')
            stop++;
        at = stop < end ? stop + 1 : end;
    }
    return false;
}

/* edits.csv is read where it stands: the profile is what the run was made with. */
static int read_edits(struct tb_origins *origins, struct tb_error *err)
{
    const struct tb_common *common = &origins->view->command->common;
    char *path = tb_path("%s/config/%s/edits.csv", common->root, common->profile);
    int rc;

    free(origins->text_of);
    origins->text_of = NULL;
    tb_buf_clear(&origins->text);
    rc = path ? tb_infile_slurp(path, ORIGINAL_MAX_BYTES, &origins->text, err)
              : tb_error_set(err, "out of memory");
    free(path);
    return rc;
}

int tb_origins_line(struct tb_origins *origins, const struct tb_origin_place *place,
                    struct tb_buf *out, struct tb_error *err)
{
    const char *start;
    size_t len;
    int rc = place->is_edit ? read_edits(origins, err) : read_original(origins, place->sha256, err);

    if (rc < 0)
        return -1;
    if (!find_line(&origins->text, place->line, &start, &len))
        return tb_error_set(err, "'%s' has no line %u", place->name, place->line);
    tb_escape_terminal(out, start, len);
    return 0;
}
