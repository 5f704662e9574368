/* earlier.c - gathers what earlier bulletins printed, and puts it back for replay. */
#include "command/run/earlier.h"

#include <stdlib.h>
#include <string.h>

#include "command/run/run.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"

static const char *const FILES[] = { "verdicts.csv", "printed.csv", "vintage.csv" };
enum { N_FILES = sizeof FILES / sizeof *FILES };
/* What runs of earlier programs did not write. */
static const char PROPOSALS[] = "consequences.csv";

/* A period as it stands in a folder's name, where '/' is '_'. */
static bool period_of_name(const char *name, struct tb_period *out)
{
    char text[TB_PERIOD_TEXT];
    struct tb_period_read read;
    size_t len = strlen(name);

    if (name[0] == '.' || len >= sizeof text)
        return false;
    for (size_t i = 0; i <= len; i++)
        text[i] = name[i] == '_' ? '/' : name[i];
    if (!tb_period_parse(text, len, &read))
        return false;
    *out = read.period;
    return true;
}

static bool is_wanted(const struct tb_run *run, const char *name)
{
    const struct tb_settings *set = &run->profile->set;
    struct tb_period period;

    if (!period_of_name(name, &period) || period.freq != run->period.freq ||
        period.index >= run->period.index || set->errata == TB_ERRATA_NONE)
        return false;
    return set->errata == TB_ERRATA_ALL ||
           period.index >= tb_period_year_start(run->period, set->year_start).index;
}

/* A file of `from` into `to`. */
static bool link_file(const char *from, const char *to, const char *name, struct tb_error *err)
{
    char *here = tb_path("%s/%s", from, name);
    char *there = tb_path("%s/%s", to, name);
    bool linked = here && there && tb_fs_link_or_copy(here, there, err) == 0;

    if (!here || !there)
        tb_error_set(err, "out of memory");
    free(here);
    free(there);
    return linked;
}

/* The files of `from` into `to`, which is made; true when all are there. */
static bool link_files(const char *from, const char *to, struct tb_error *err)
{
    bool whole = true;

    for (int f = 0; whole && f < N_FILES; f++) {
        char *path = tb_path("%s/%s", from, FILES[f]);
        whole = path && tb_fs_exists(path);
        free(path);
    }
    if (!whole)
        return false; /* a run of a program that did not write them yet, or one removed */
    if (tb_fs_make_dirs(to, err) < 0)
        return false;
    for (int f = 0; whole && f < N_FILES; f++)
        whole = link_file(from, to, FILES[f], err);
    char *proposals = tb_path("%s/%s", from, PROPOSALS);
    if (whole && proposals && tb_fs_exists(proposals))
        whole = link_file(from, to, PROPOSALS, err);
    free(proposals);
    return whole;
}

/* The id in a run.txt, without its line end. */
static int read_id(const char *folder, struct tb_buf *id, struct tb_error *err)
{
    char *path = tb_path("%s/run.txt", folder);
    int rc = path ? 0 : tb_error_set(err, "out of memory");

    tb_buf_clear(id);
    if (rc == 0 && tb_fs_exists(path))
        rc = tb_infile_slurp(path, 256, id, err);
    if (rc == 0 && id->len)
        id->data[--id->len] = '\0';
    free(path);
    return rc;
}

static int write_id(const char *folder, const char *id, struct tb_error *err)
{
    char *path = tb_path("%s/run.txt", folder);
    char *line = tb_path("%s\n", id);
    int rc = path && line ? tb_newfile_write(path, line, strlen(line), err)
                          : tb_error_set(err, "out of memory");

    free(path);
    free(line);
    return rc;
}

static int gather_one(struct tb_run *run, const char *reports, const char *name,
                      struct tb_error *err)
{
    struct tb_error failed = TB_ERROR_INIT;
    struct tb_buf id = TB_BUF_INIT;
    char *folder = tb_path("%s/%s", reports, name);
    char *to = tb_path("%s/published/%s", run->building, name);
    char *from = NULL;
    int rc = folder && to ? read_id(folder, &id, err) : tb_error_set(err, "out of memory");

    if (rc == 0 && id.len && !(from = tb_path("%s/runs/%s/analyse", run->data, id.data)))
        rc = tb_error_set(err, "out of memory");
    if (from && link_files(from, to, &failed)) {
        tb_buf_printf(&run->earlier, "%s %s\n", name, tb_buf_text(&id));
        rc = write_id(to, tb_buf_text(&id), err);
    } else if (failed.text[0]) {
        rc = tb_error_set(err, "%s", failed.text);
    }
    tb_buf_release(&id);
    free(folder);
    free(to);
    free(from);
    return rc;
}

int tb_earlier_gather(struct tb_run *run, struct tb_error *err)
{
    char *reports =
        tb_path("%s/reports/%s", run->command->common.root, run->profile->code);
    struct tb_names names = { 0 };
    int rc = reports ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && tb_fs_is_dir(reports))
        rc = tb_fs_list(reports, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++)
        if (is_wanted(run, names.name[i]))
            rc = gather_one(run, reports, names.name[i], err);
    tb_names_release(&names);
    free(reports);
    return rc == 0 && !tb_buf_ok(&run->earlier, err) ? -1 : rc;
}

static int restore_one(const char *from, const char *data, const char *reports, const char *name,
                       struct tb_error *err)
{
    struct tb_error failed = TB_ERROR_INIT;
    struct tb_buf id = TB_BUF_INIT;
    char *folder = tb_path("%s/%s", reports, name);
    char *to = NULL;
    int rc = folder ? read_id(from, &id, err) : tb_error_set(err, "out of memory");

    if (rc == 0 && !(to = tb_path("%s/runs/%s/analyse", data, tb_buf_text(&id))))
        rc = tb_error_set(err, "out of memory");
    if (rc == 0 && !link_files(from, to, &failed))
        rc = tb_error_set(err, "'%s' is not whole%s%s", from, failed.text[0] ? ": " : "",
                          failed.text);
    if (rc == 0 && tb_fs_make_dirs(folder, err) == 0)
        rc = write_id(folder, tb_buf_text(&id), err);
    else
        rc = -1;
    tb_buf_release(&id);
    free(folder);
    free(to);
    return rc;
}

int tb_earlier_restore(const char *run, const char *data, const char *reports,
                       struct tb_error *err)
{
    char *published = tb_path("%s/published", run);
    struct tb_names names = { 0 };
    int rc = published ? 0 : tb_error_set(err, "out of memory");

    if (rc == 0 && tb_fs_is_dir(published))
        rc = tb_fs_list(published, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++) {
        char *from = tb_path("%s/%s", published, names.name[i]);
        rc = from ? restore_one(from, data, reports, names.name[i], err)
                  : tb_error_set(err, "out of memory");
        free(from);
    }
    tb_names_release(&names);
    free(published);
    return rc;
}
