/* inbox_left.c - the table of reasons, and the list of what stays. */
#include "collect/inbox/inbox_left.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/date.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/newfile.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

static const struct {
    const char *code, *zh, *en;
} table[TB_N_LEFT] = {
    [TB_LEFT_NOT] = { "inbox.taken", "已收取", "it was taken" },
    [TB_LEFT_LINK] = { "inbox.link", "是链接，请放入文件本身",
                       "it is a link; put the file itself there" },
    [TB_LEFT_HARD_LINK] = { "inbox.hard_link", "该文件在别处另有名称（硬链接），请复制一份",
                            "it has another name elsewhere (a hard link); put a copy there" },
    [TB_LEFT_NO_FILE] = { "inbox.no_file", "不是普通文件", "it is no plain file" },
    [TB_LEFT_FOLDER] = { "inbox.folder", "只读取报送单位的文件夹，不读取其下的文件夹",
                         "only folders of senders are read, and none in them" },
    [TB_LEFT_ADDRESSEE] = { "inbox.addressee",
                            "该文件夹所称的收件部门不在deadlines.csv报送步骤之列，或profile."
                            "ini未启用addressees",
                            "no step submit of deadlines.csv names that addressee, or profile.ini "
                            "does not say addressees = yes" },
    [TB_LEFT_OWNER] = { "inbox.owner", "文件属主不在允许之列",
                        "it belongs to a user whose files are not taken" },
    [TB_LEFT_TIME] = { "inbox.time", "文件的修改时间不在公元1年至9999年之间",
                       "the time of its last change is in no year from 1 to 9999" },
    [TB_LEFT_UNREADABLE] = { "inbox.unreadable", "无法读取", "it cannot be read" },
    [TB_LEFT_UNFINISHED] = { "inbox.unfinished", "按名称尚未写完", "by its name it is unfinished" },
    [TB_LEFT_GROWING] = { "inbox.growing", "刚刚写入且尚不完整，留待下次",
                          "it was written just now and has no end yet" },
    [TB_LEFT_LOCKED] = { "inbox.locked", "正被其他程序锁定，留待下次",
                         "another program holds a lock on it" },
    [TB_LEFT_OPEN] = { "inbox.open", "正在电子表格软件中打开，留待下次",
                       "it is open in a spreadsheet" },
    [TB_LEFT_WRITTEN] = { "inbox.written", "正在写入，留待下次", "it is being written" },
    [TB_LEFT_CHANGED] = { "inbox.changed", "读取期间发生变化，留待下次",
                          "it changed while it was read" },
};

const char *tb_left_code(enum tb_left why)
{
    return table[why].code;
}

const char *tb_left_text(enum tb_left why)
{
    return table[why].en;
}

int tb_left_add(struct tb_left_list *list, const char *path, enum tb_left why, int64_t since,
                struct tb_error *err)
{
    struct tb_buf shown = TB_BUF_INIT;
    struct tb_left_file *grown = tb_grow(list->file, list->n, &list->capacity, sizeof *grown);

    if (!grown)
        return tb_error_set(err, "out of memory");
    list->file = grown;
    tb_escape_terminal(&shown, path, strlen(path));
    list->file[list->n] =
        (struct tb_left_file){ .path = tb_buf_take(&shown), .why = why, .since = since };
    if (!list->file[list->n].path)
        return tb_error_set(err, "out of memory");
    list->n++;
    return 0;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct tb_left_file *)a)->path, ((const struct tb_left_file *)b)->path);
}

/* An unchanged night touches no file. */
static bool says_already(const char *path, const struct tb_buf *text)
{
    struct tb_buf kept = TB_BUF_INIT;
    bool same = tb_fs_exists(path) && tb_infile_slurp(path, 0, &kept, NULL) == 0 &&
                kept.len == text->len && memcmp(tb_buf_text(&kept), text->data, kept.len) == 0;

    tb_buf_release(&kept);
    return same;
}

int tb_left_write(struct tb_left_list *list, const char *data, int utc_offset, struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    char *path = tb_path("%s/left.csv", data);
    int rc = -1;

    if (list->n)
        qsort(list->file, list->n, sizeof *list->file, by_path);
    tb_buf_puts(&text, "path,reason,since,message_zh,message_en\n");
    for (size_t i = 0; i < list->n; i++) {
        const struct tb_left_file *file = &list->file[i];
        char moment[TB_MOMENT_TEXT] = "";
        if (file->since && tb_moment_day(file->since, utc_offset) != TB_DAY_NONE)
            tb_moment_format(file->since, utc_offset, moment);
        tb_csv_put(&text, file->path);
        tb_csv_put(&text, table[file->why].code);
        tb_csv_put(&text, moment);
        tb_csv_put(&text, table[file->why].zh);
        tb_csv_put(&text, table[file->why].en);
        tb_csv_end_row(&text);
    }
    if (!path)
        tb_error_set(err, "out of memory");
    else if (tb_buf_ok(&text, err))
        rc = says_already(path, &text) ? 0 : tb_newfile_write(path, text.data, text.len, err);
    tb_buf_release(&text);
    free(path);
    return rc;
}

void tb_left_release(struct tb_left_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->file[i].path);
    free(list->file);
    *list = (struct tb_left_list){ 0 };
}
