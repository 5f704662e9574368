/* manifest_read.c - reads manifest.json line by line, as manifest.c writes it:
 * one member of the head, one input or one output on a line. */
#include "command/run/manifest_read.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"

struct reading {
    struct tb_manifest *out;
    bool failed; /* memory ran out: something is missing in *out */
};

/* The string behind `"name": "` in the line, without its escapes.  NULL when the
 * member is not there.  Names and hashes hold no escape but of quotes and
 * backslashes: files of a run are named in plain ASCII. */
static const char *member(struct reading *reading, const char *line, const char *name)
{
    char *key = tb_path("\"%s\": \"", name);
    const char *at = key ? strstr(line, key) : NULL;
    char *out;
    size_t n = 0;

    reading->failed |= !key;
    if (!at) {
        free(key);
        return NULL;
    }
    at += strlen(key);
    free(key);
    out = tb_arena_alloc(&reading->out->arena, strlen(at) + 1, 1);
    reading->failed |= !out;
    while (out && *at && *at != '"') {
        if (*at == '\\' && at[1])
            at++;
        out[n++] = *at++;
    }
    return out;
}

static size_t count_lines(const char *text)
{
    size_t n = 0;

    for (const char *c = text; *c; c++)
        n += *c == '\n';
    return n;
}

/* What one line adds. */
static void take_line(struct reading *reading, const char *line, bool in_outputs)
{
    struct tb_manifest *out = reading->out;
    const char *sha256 = member(reading, line, "sha256");
    const char *value;

    if (sha256 && in_outputs) {
        const char *name = member(reading, line, "file");
        out->output[out->n_outputs++] = (struct tb_manifest_file){ name ? name : "", sha256 };
    } else if (sha256) {
        const char *name = member(reading, line, "name");
        out->input[out->n_inputs++] = (struct tb_manifest_file){ name ? name : "", sha256 };
    } else if ((value = member(reading, line, "run")) != NULL) {
        out->run = value;
    } else if ((value = member(reading, line, "period")) != NULL) {
        out->period = value;
    } else if ((value = member(reading, line, "profile_sha256")) != NULL) {
        out->profile_sha256 = value;
    }
}

/* Cuts the text into lines in place.  True when the closing brace was reached. */
static bool take_lines(struct reading *reading, char *text)
{
    bool in_outputs = false, whole = false;

    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        if (strcmp(line, "  \"outputs\": [") == 0)
            in_outputs = true;
        else if (strcmp(line, "}") == 0)
            whole = true;
        else
            take_line(reading, line, in_outputs);
    }
    return whole;
}

int tb_manifest_read(struct tb_manifest *out, const char *folder, struct tb_error *err)
{
    char *path = tb_path("%s/manifest.json", folder);
    struct tb_buf text = TB_BUF_INIT;
    struct reading reading = { .out = out };
    int rc = -1;

    *out = (struct tb_manifest){ .run = "", .period = "", .profile_sha256 = "" };
    if (!path) {
        tb_error_set(err, "out of memory");
    } else if (tb_infile_slurp(path, 0, &text, err) == 0) {
        size_t lines = count_lines(tb_buf_text(&text)) + 1;
        out->input = tb_arena_alloc(&out->arena, lines, sizeof *out->input);
        out->output = tb_arena_alloc(&out->arena, lines, sizeof *out->output);
        if (!out->input || !out->output || !text.data)
            tb_error_set(err, "'%s' is empty, or memory is out", path);
        else if (!take_lines(&reading, text.data))
            tb_error_set(err, "'%s' does not read to its end", path);
        else if (reading.failed)
            tb_error_set(err, "out of memory");
        else
            rc = 0;
    }
    tb_buf_release(&text);
    free(path);
    if (rc < 0)
        tb_manifest_release(out);
    return rc;
}

void tb_manifest_release(struct tb_manifest *manifest)
{
    tb_arena_release(&manifest->arena);
    *manifest = (struct tb_manifest){ .run = "", .period = "", .profile_sha256 = "" };
}
