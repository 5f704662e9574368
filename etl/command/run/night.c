/* night.c - the end of the last night, kept beside the runs. */
#include "command/run/night.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "command/run/run.h"
#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/date.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/options.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

static char *night_path(const char *data)
{
    return tb_path("%s/last_night.csv", data);
}

void tb_night_record(struct tb_run *run, int exit_code, const char *message)
{
    struct tb_error err = TB_ERROR_INIT;
    struct tb_buf text = TB_BUF_INIT;
    char moment[TB_MOMENT_TEXT];
    char *folder = run->data ? tb_path("%s/runs", run->data) : NULL;
    char *path = run->data ? night_path(run->data) : NULL;

    tb_moment_format((int64_t)time(NULL), run->profile->set.utc_offset, moment);
    tb_buf_puts(&text, "ended,period,exit,run,message\n");
    tb_csv_put(&text, moment);
    tb_csv_put(&text, run->period_text);
    tb_csv_put_int(&text, exit_code);
    tb_csv_put(&text, run->id);
    tb_csv_put(&text, message);
    tb_csv_end_row(&text);
    /* A night that failed before there was a folder of runs leaves no trace. */
    if (path && folder && tb_fs_is_dir(folder) &&
        (!tb_buf_ok(&text, &err) || tb_newfile_write(path, text.data, text.len, &err) < 0))
        tb_log_write(&run->log, TB_LOG_WARNING, "how the night ended is not kept: %s", err.text);
    tb_buf_release(&text);
    free(folder);
    free(path);
}

static const char *exit_word(const struct tb_view *view, int exit_code)
{
    switch (exit_code) {
    case TB_EXIT_DONE:
        return tb_view_say(view, "完成", "done");
    case TB_EXIT_REJECTED:
        return tb_view_say(view, "完成，有内容退回", "done, with rejects");
    default:
        return tb_view_say(view, "失败，未发布", "failed, nothing published");
    }
}

void tb_night_tell(const struct tb_view *view, struct tb_buf *out)
{
    char *path = night_path(view->data);
    struct tb_diag diag = { 0 };
    struct tb_table *table =
        path && tb_fs_exists(path) ? tb_table_read(path, NULL, &diag, NULL) : NULL;

    if (table && diag.n_errors == 0 && tb_table_rows(table) == 1) {
        const char *ended = tb_table_get(table, 0, "ended");
        const char *message = tb_table_get(table, 0, "message");
        int exit_code = (int)strtol(tb_table_get(table, 0, "exit"), NULL, 10);
        tb_view_printf(view, out, "最近一晚：%.10s %.5s 结束，%s（退出码 %d）",
                       "last night: ended %.10s %.5s, %s (exit %d)", ended,
                       strlen(ended) > 11 ? ended + 11 : "", exit_word(view, exit_code), exit_code);
        if (*message) {
            tb_buf_puts(out, tb_view_say(view, "：", ": "));
            tb_escape_terminal(out, message, strlen(message));
        }
        tb_buf_putc(out, '\n');
    }
    tb_table_free(table);
    free(path);
}
