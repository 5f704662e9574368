/* manifest.c - what a run was made from, so that it can be told apart from
 * another and made again. No clock goes in: the same inputs give the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/run/run.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

/* Adds a file's name and content; an absent file counts as empty. */
static int digest_file(struct tb_digest *digest, const char *folder, const char *name,
                       struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    char *path = tb_path("%s/%s", folder, name);
    int rc = path ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && tb_fs_exists(path))
        rc = tb_infile_slurp(path, 0, &text, err);
    tb_digest_add_text(digest, name);
    tb_digest_add_text(digest, tb_buf_text(&text));
    tb_buf_release(&text);
    free(path);
    return rc;
}

static int digest_templates(struct tb_digest *digest, const char *root, struct tb_error *err)
{
    char *folder = tb_path("%s/reports/templates", root);
    struct tb_names names = { 0 };
    int rc = folder ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && tb_fs_exists(folder))
        rc = tb_fs_list(folder, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++)
        rc = digest_file(digest, folder, names.name[i], err);
    tb_names_release(&names);
    free(folder);
    return rc;
}

int tb_run_identify(struct tb_run *run, struct tb_error *err)
{
    struct tb_digest *digest = tb_digest_new();
    const struct tb_common *common = &run->command->common;
    int rc = -1;

    if (!digest)
        return tb_error_set(err, "out of memory");
    tb_period_format(run->period, run->period_text);
    tb_digest_add_text(digest, TB_VERSION);
    tb_digest_add_text(digest, run->profile->digest);
    tb_digest_add_text(digest, run->period_text);
    tb_digest_add_text(digest, common->lang);
    if (common->has_as_of) { /* edits, quotas and findings count from their day on */
        char as_of[TB_DATE_TEXT];
        tb_day_format((tb_day)(common->as_of / 86400), as_of);
        tb_digest_add_text(digest, as_of);
    }
    if (digest_templates(digest, common->root, err) < 0 ||
        digest_file(digest, run->building, "collect/submissions.csv", err) < 0)
        goto out;
    if (run->earlier.len)
        tb_digest_add_text(digest, tb_buf_text(&run->earlier));
    tb_digest_finish(digest, run->inputs);
    for (char *c = run->period_text; *c; c++)
        if (*c == '/')
            *c = '_'; /* dekads: a folder's name */
    snprintf(run->id, sizeof run->id, "%s-%.12s", run->period_text, run->inputs);
    run->folder = tb_path("%s/runs/%s", run->data, run->id);
    run->published =
        tb_path("%s/reports/%s/%s", common->root, run->profile->code, run->period_text);
    if (!run->folder || !run->published)
        tb_error_set(err, "out of memory");
    else
        rc = 0;
out:
    tb_digest_free(digest);
    return rc;
}

static void put_string(struct tb_buf *out, const char *name, const char *value, const char *end)
{
    tb_buf_printf(out, "  \"%s\": \"", name);
    tb_escape_json(out, value);
    tb_buf_printf(out, "\"%s\n", end);
}

static void put_accounts(const struct tb_run *run, struct tb_buf *out)
{
    tb_buf_puts(out, "  \"stages\": [\n");
    for (int s = 0; s < N_STAGES; s++) {
        const char *text = tb_buf_text(&run->stage[s].account);
        /* The first line is of the data; what follows is of the night. */
        char *line = tb_path("%.*s", (int)strcspn(text, "\n"), text);
        tb_buf_printf(out, "    {\"stage\": \"%s\", \"exit\": %d, \"account\": \"",
                      run->stage[s].name, run->stage[s].rc);
        tb_escape_json(out, line ? line : "");
        out->failed |= !line;
        free(line);
        tb_buf_printf(out, "\"}%s\n", s + 1 < N_STAGES ? "," : "");
    }
    tb_buf_puts(out, "  ],\n");
}

/* The submissions by name and hash, as collect listed them. */
static int put_inputs(const struct tb_run *run, struct tb_buf *out, struct tb_error *err)
{
    char *path = tb_path("%s/collect/submissions.csv", run->building);
    struct tb_diag diag = { 0 };
    struct tb_table *table = path ? tb_table_read(path, NULL, &diag, err) : NULL;

    if (!path)
        tb_error_set(err, "out of memory");
    free(path);
    if (!table)
        return -1;
    tb_buf_puts(out, "  \"inputs\": [\n");
    size_t n = tb_table_rows(table);
    for (size_t row = 0; row < n; row++) {
        tb_buf_puts(out, "    {\"received\": \"");
        tb_escape_json(out, tb_table_get(table, row, "received"));
        tb_buf_puts(out, "\", \"sender\": \"");
        tb_escape_json(out, tb_table_get(table, row, "sender"));
        tb_buf_puts(out, "\", \"name\": \"");
        tb_escape_json(out, tb_table_get(table, row, "name"));
        tb_buf_puts(out, "\", \"sha256\": \"");
        tb_escape_json(out, tb_table_get(table, row, "sha256"));
        tb_buf_printf(out, "\"}%s\n", row + 1 < n ? "," : "");
    }
    tb_buf_puts(out, "  ],\n");
    tb_table_free(table);
    return 0;
}

/* Every file of the run with its hash, so that `verify` can tell a change. */
static int put_outputs(struct tb_buf *out, const char *folder, const char *prefix, bool *first,
                       struct tb_error *err)
{
    struct tb_names names = { 0 };
    int rc = tb_fs_list(folder, &names, err);

    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *path = tb_path("%s/%s", folder, names.name[i]);
        char *name = tb_path("%s%s%s", prefix, prefix[0] ? "/" : "", names.name[i]);
        char hex[TB_DIGEST_TEXT];
        if (!path || !name) {
            rc = tb_error_set(err, "out of memory");
        } else if (tb_fs_is_dir(path)) {
            rc = put_outputs(out, path, name, first, err);
        } else if ((rc = tb_file_digest(path, hex, err)) == 0) {
            tb_buf_printf(out, "%s    {\"file\": \"", *first ? "" : ",\n");
            tb_escape_json(out, name);
            tb_buf_printf(out, "\", \"sha256\": \"%s\"}", hex);
            *first = false;
        }
        free(path);
        free(name);
    }
    tb_names_release(&names);
    return rc;
}

int tb_run_write_manifest(const struct tb_run *run, struct tb_error *err)
{
    struct tb_buf out = TB_BUF_INIT;
    char *path = tb_path("%s/manifest.json", run->building);
    bool first = true;
    int rc = -1;

    tb_buf_puts(&out, "{\n");
    put_string(&out, "made_by", "tongbao " TB_VERSION, ",");
    put_string(&out, "run", run->id, ",");
    put_string(&out, "profile", run->profile->code, ",");
    put_string(&out, "profile_sha256", run->profile->digest, ",");
    put_string(&out, "inputs_sha256", run->inputs, ",");
    put_string(&out, "period", run->period_text, ",");
    put_accounts(run, &out);
    if (put_inputs(run, &out, err) < 0)
        goto done;
    tb_buf_puts(&out, "  \"outputs\": [\n");
    if (put_outputs(&out, run->building, "", &first, err) < 0)
        goto done;
    tb_buf_puts(&out, "\n  ]\n}\n");
    if (!path)
        tb_error_set(err, "out of memory");
    else if (tb_buf_ok(&out, err))
        rc = tb_newfile_write(path, out.data, out.len, err);
done:
    free(path);
    tb_buf_release(&out);
    return rc;
}
