/* verify.c - `tongbao verify`: is everything on the disk what was written?
 *
 * The archive, the segments, the runs and what is published are each checked
 * against what was noted of them when they were made. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/faults.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/text.h"

void tb_fault(struct tb_faults *faults, const char *path, const char *format, ...)
{
    struct tb_buf text = TB_BUF_INIT, shown = TB_BUF_INIT;
    va_list args;

    tb_buf_printf(&text, "%s: ", path);
    va_start(args, format);
    tb_buf_vprintf(&text, format, args);
    va_end(args);
    tb_escape_terminal(&shown, tb_buf_text(&text), text.len);
    printf("%s\n", tb_buf_text(&shown));
    faults->n_faults++;
    tb_buf_release(&text);
    tb_buf_release(&shown);
}

void tb_fault_error(struct tb_faults *faults, const char *path, const struct tb_error *err)
{
    tb_fault(faults, path, "%s", err->text);
}

static int verify_all(struct tb_faults *faults, const char *data, const char *reports,
                      struct tb_error *err)
{
    if (tb_verify_archive(faults, data, err) < 0 || tb_verify_segments(faults, data, err) < 0 ||
        tb_verify_runs(faults, data, err) < 0)
        return -1;
    return tb_verify_published(faults, data, reports, err);
}

int tb_command_verify(struct tb_command *command)
{
    const struct tb_common *common = &command->common;
    struct tb_faults faults = { .threads = common->threads };
    struct tb_error err = TB_ERROR_INIT;
    int rc = TB_EXIT_FAILED;

    if (!common->profile) {
        fprintf(stderr, "tongbao verify: no profile named: give -p PROFILE\n");
        return TB_EXIT_USAGE;
    }
    char *data = tb_command_data(command);
    char *reports = tb_path("%s/reports/%s", common->root, common->profile);
    if (!data || !reports) {
        fprintf(stderr, "tongbao verify: out of memory\n");
    } else if (!tb_fs_exists(data)) {
        fprintf(stderr, "tongbao verify: there is no '%s'\n", data);
    } else if (verify_all(&faults, data, reports, &err) < 0) {
        fprintf(stderr, "tongbao verify: %s\n", err.text);
    } else {
        printf("verify: %zu checked, %zu faults\n", faults.n_checked, faults.n_faults);
        rc = faults.n_faults ? TB_EXIT_FAILED : TB_EXIT_DONE;
    }
    free(data);
    free(reports);
    int out = tb_close_stdout();
    return rc == TB_EXIT_DONE ? out : rc;
}
