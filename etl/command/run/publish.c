/* publish.c - switches a finished run and its reports in, each by one rename.
 *
 * First the run's folder, then the reports: a night that dies between the two
 * leaves last month's reports in place, and the next night publishes from the
 * run that it finds whole. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/run/run.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"

/* The id of the run that a published folder came from is in its file run.txt. */
bool tb_run_is_published(const struct tb_run *run)
{
    char *marker = tb_path("%s/run.txt", run->published);
    char *manifest = tb_path("%s/manifest.json", run->folder);
    struct tb_buf text = TB_BUF_INIT;
    struct tb_error err = TB_ERROR_INIT;
    bool same = marker && manifest && tb_fs_exists(manifest) && tb_fs_exists(marker) &&
                tb_infile_slurp(marker, 256, &text, &err) == 0 &&
                strncmp(tb_buf_text(&text), run->id, strlen(run->id)) == 0 &&
                tb_buf_text(&text)[strlen(run->id)] == '\n';

    tb_buf_release(&text);
    free(marker);
    free(manifest);
    return same;
}

/* Where reports are gathered before they are switched in; the caller frees. */
static char *fresh_folder(const struct tb_run *run)
{
    return tb_path("%s/reports/%s/.%s.new", run->command->common.root, run->profile->code,
                   run->period_text);
}

int tb_run_tidy(const struct tb_run *run, struct tb_error *err)
{
    char *fresh = fresh_folder(run);
    int rc = fresh ? tb_fs_remove_tree(fresh, err) : tb_error_set(err, "out of memory");

    free(fresh);
    return rc < 0 ? -1 : tb_fs_remove_tree(run->building, err);
}

int tb_run_publish_reports(const struct tb_run *run, struct tb_error *err)
{
    char *reports = tb_path("%s/reports", run->folder);
    char *fresh = fresh_folder(run);
    char *marker = fresh ? tb_path("%s/run.txt", fresh) : NULL;
    char *line = tb_path("%s\n", run->id);
    int rc = -1;

    if (!reports || !fresh || !marker || !line)
        tb_error_set(err, "out of memory");
    else if (tb_fs_remove_tree(fresh, err) == 0 && tb_fs_link_tree(reports, fresh, err) == 0 &&
             tb_newfile_write(marker, line, strlen(line), err) == 0)
        rc = tb_fs_replace_dir(fresh, run->published, err);
    free(line);
    free(marker);
    free(fresh);
    free(reports);
    return rc;
}

int tb_run_publish(struct tb_run *run, struct tb_error *err)
{
    char *runs = tb_path("%s/runs", run->data);
    int rc = -1;

    if (!runs)
        return tb_error_set(err, "out of memory");
    if (tb_fs_replace_dir(run->building, run->folder, err) == 0 && tb_fs_sync_dir(runs, err) == 0)
        rc = tb_run_publish_reports(run, err);
    free(runs);
    return rc;
}
