/* verify_runs.c - runs against their manifests, published folders against their
 * runs: no file changed, none missing, none more. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/faults.h"
#include "command/run/manifest_read.h"
#include "tongbao/arrivals.h"
#include "tongbao/buf.h"
#include "tongbao/cube.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/map.h"

static void check_file(struct tb_faults *faults, const char *path, const char *sha256)
{
    struct tb_error err = TB_ERROR_INIT;
    char hex[TB_DIGEST_TEXT];

    faults->n_checked++;
    if (!tb_fs_exists(path))
        tb_fault(faults, path, "is missing");
    else if (tb_file_digest(path, hex, &err) < 0)
        tb_fault_error(faults, path, &err);
    else if (strcmp(hex, sha256) != 0)
        tb_fault(faults, path, "has changed: hash %s, the manifest has %s", hex, sha256);
}

/* Every file below `folder` must be known by its name there, put behind `prefix`. */
static int check_nothing_more(struct tb_faults *faults, const char *folder, const char *prefix,
                              const struct tb_map *known, struct tb_error *err)
{
    struct tb_names names = { 0 };
    int rc = tb_fs_list(folder, &names, err);

    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *path = tb_path("%s/%s", folder, names.name[i]);
        char *name = tb_path("%s%s%s", prefix, prefix[0] ? "/" : "", names.name[i]);
        if (!path || !name)
            rc = tb_error_set(err, "out of memory");
        else if (tb_fs_is_dir(path))
            rc = check_nothing_more(faults, path, name, known, err);
        else if (tb_map_get(known, name, strlen(name)) == TB_MAP_NONE)
            tb_fault(faults, path, "is not in the manifest");
        free(path);
        free(name);
    }
    tb_names_release(&names);
    return rc;
}

static void check_cube(struct tb_faults *faults, const char *run, const char *name)
{
    struct tb_error err = TB_ERROR_INIT;
    char *path = tb_path("%s/%s", run, name);
    struct tb_cube *cube = path ? tb_cube_open(path, &err) : NULL;

    faults->n_checked++;
    if (!cube || tb_cube_verify(cube, &err) < 0)
        tb_fault_error(faults, path ? path : run, &err);
    tb_cube_close(cube);
    free(path);
}

static int check_inputs(struct tb_faults *faults, const char *run, const char *data,
                        const struct tb_manifest *manifest, struct tb_error *err)
{
    for (size_t i = 0; i < manifest->n_inputs; i++) {
        char *path = tb_archive_path(data, manifest->input[i].sha256);
        if (!path)
            return tb_error_set(err, "out of memory");
        faults->n_checked++;
        if (!tb_fs_exists(path))
            tb_fault(faults, run, "its input '%s' (%s) is not in the archive",
                     manifest->input[i].name, manifest->input[i].sha256);
        free(path);
    }
    return 0;
}

/* The names of the outputs that begin with `prefix`, without it. */
static struct tb_map *known_outputs(const struct tb_manifest *manifest, const char *prefix)
{
    struct tb_map *known = tb_map_new();
    size_t skip = strlen(prefix);

    for (size_t i = 0; known && i < manifest->n_outputs; i++) {
        const char *name = manifest->output[i].name;
        if (strncmp(name, prefix, skip) == 0 &&
            tb_map_add(known, name + skip, strlen(name + skip), (int64_t)i) == -2) {
            tb_map_free(known);
            return NULL;
        }
    }
    return known;
}

static int check_run(struct tb_faults *faults, const char *data, const char *run, const char *id,
                     struct tb_error *err)
{
    struct tb_manifest manifest;
    struct tb_map *known = NULL;
    int rc = -1;

    faults->n_checked++;
    if (tb_manifest_read(&manifest, run, err) < 0) {
        tb_fault_error(faults, run, err);
        return 0;
    }
    if (strcmp(manifest.run, id) != 0)
        tb_fault(faults, run, "the manifest is of run '%s'", manifest.run);
    known = known_outputs(&manifest, "");
    if (known && tb_map_add(known, "manifest.json", strlen("manifest.json"), 0) != -2) {
        for (size_t i = 0; i < manifest.n_outputs; i++) {
            char *path = tb_path("%s/%s", run, manifest.output[i].name);
            check_file(faults, path ? path : run, manifest.output[i].sha256);
            free(path);
        }
        rc = check_nothing_more(faults, run, "", known, err);
        check_cube(faults, run, "process/cube.tbc");
        check_cube(faults, run, "analyse/findings.tbc");
        if (rc == 0)
            rc = check_inputs(faults, run, data, &manifest, err);
    } else {
        tb_error_set(err, "out of memory");
    }
    tb_map_free(known);
    tb_manifest_release(&manifest);
    return rc;
}

int tb_verify_runs(struct tb_faults *faults, const char *data, struct tb_error *err)
{
    char *folder = tb_path("%s/runs", data);
    struct tb_names names = { 0 };
    int rc = folder ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && tb_fs_exists(folder))
        rc = tb_fs_list(folder, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *run = tb_path("%s/%s", folder, names.name[i]);
        if (!run)
            rc = tb_error_set(err, "out of memory");
        else if (names.name[i][0] != '.' && strcmp(names.name[i], "draft") != 0 &&
                 tb_fs_is_dir(run))
            rc = check_run(faults, data, run, names.name[i], err);
        free(run);
    }
    tb_names_release(&names);
    free(folder);
    return rc;
}

/* The reports of the run, as its manifest has them, against the published folder. */
static int compare_published(struct tb_faults *faults, const char *run, const char *folder,
                             struct tb_error *err)
{
    static const char prefix[] = "reports/";
    struct tb_manifest manifest;
    struct tb_map *known;
    int rc = -1;

    if (tb_manifest_read(&manifest, run, err) < 0) {
        tb_fault(faults, folder, "its run cannot be read: %s", err->text);
        return 0;
    }
    known = known_outputs(&manifest, prefix);
    if (known && tb_map_add(known, "run.txt", strlen("run.txt"), 0) != -2) {
        for (size_t i = 0; i < manifest.n_outputs; i++) {
            if (strncmp(manifest.output[i].name, prefix, strlen(prefix)) != 0)
                continue;
            char *path = tb_path("%s/%s", folder, manifest.output[i].name + strlen(prefix));
            check_file(faults, path ? path : folder, manifest.output[i].sha256);
            free(path);
        }
        rc = check_nothing_more(faults, folder, "", known, err);
    } else {
        tb_error_set(err, "out of memory");
    }
    tb_map_free(known);
    tb_manifest_release(&manifest);
    return rc;
}

static int check_published(struct tb_faults *faults, const char *data, const char *folder,
                           struct tb_error *err)
{
    char *marker = tb_path("%s/run.txt", folder), *run = NULL;
    struct tb_buf id = TB_BUF_INIT;
    int rc = 0;

    faults->n_checked++;
    if (!marker) {
        rc = tb_error_set(err, "out of memory");
    } else if (tb_infile_slurp(marker, 256, &id, err) < 0) {
        tb_fault_error(faults, folder, err);
    } else {
        int len = (int)strcspn(tb_buf_text(&id), "\n");
        run = tb_path("%s/runs/%.*s", data, len, tb_buf_text(&id));
        rc = run ? compare_published(faults, run, folder, err) : tb_error_set(err, "out of memory");
    }
    tb_buf_release(&id);
    free(run);
    free(marker);
    return rc;
}

int tb_verify_published(struct tb_faults *faults, const char *data, const char *reports,
                        struct tb_error *err)
{
    struct tb_names names = { 0 };
    int rc = tb_fs_exists(reports) ? tb_fs_list(reports, &names, err) : 0;

    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *folder = tb_path("%s/%s", reports, names.name[i]);
        if (!folder)
            rc = tb_error_set(err, "out of memory");
        else if (names.name[i][0] != '.' && tb_fs_is_dir(folder))
            rc = check_published(faults, data, folder, err);
        free(folder);
    }
    tb_names_release(&names);
    return rc;
}
