/* receipts.c - publishes receipts, with what process knows of them besides. */
#include "disseminate/page/receipts.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disseminate/bulletin/bulletin.h"
#include "disseminate/words/writer.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/newfile.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

enum { LISTED = 20 };

/* That of the receipt: see collect. */
static bool is_chinese(const struct tb_writer *w, size_t row, const char *asked)
{
    const struct tb_profile *profile = w->report->profile;
    const char *form = tb_table_get(w->report->table.submissions, row, "form");
    const char *lang = asked;

    for (size_t i = 0; i < profile->n_forms && !lang; i++)
        if (strcmp(profile->forms[i].code, form) == 0)
            lang = profile->forms[i].lang;
    if (!lang)
        lang = profile->set.languages.n ? profile->set.languages.item[0] : "zh";
    return strcmp(lang, "zh") == 0;
}

static void put_one(const struct tb_table *t, size_t row, bool zh, struct tb_buf *out)
{
    const char *received = tb_table_get(t, row, "old_received");
    const char *sender = tb_table_get(t, row, "old_sender");

    tb_buf_printf(out, "- %s ", tb_table_get(t, row, "old_arrival"));
    tb_escape_markdown(out, tb_table_get(t, row, "old_name"));
    tb_buf_puts(out, zh ? "（" : " (");
    tb_escape_markdown(out, sender);
    tb_buf_printf(out, zh ? "%s%.10s %.5s 收到）：%s 个数据" : "%s%.10s %.5s): %s values, ",
                  !*sender ? "" : zh ? "，" : ", ", received,
                  strlen(received) > 11 ? received + 11 : "", tb_table_get(t, row, "values"));
    tb_buf_puts(out, zh ? "，首个为 " : "the first of ");
    tb_escape_markdown(out, tb_table_get(t, row, "unit"));
    tb_buf_putc(out, ' ');
    tb_escape_markdown(out, tb_table_get(t, row, "indicator"));
    tb_buf_printf(out, " %s\n", tb_table_get(t, row, "period"));
}

/* Whose values the submission changed or took back, without their files being its own. */
static void put_replaced(const struct tb_table *t, const char *number, bool zh, struct tb_buf *out)
{
    size_t n = 0;

    for (size_t row = 0; t && row < tb_table_rows(t); row++) {
        if (strcmp(tb_table_get(t, row, "arrival"), number) != 0)
            continue;
        if (n == 0)
            tb_buf_puts(out, zh ? "\n## 改动了其他文件的数据\n\n下列文件名称或报送单位不同，其数据"
                                  "已由本文件更正或删除。如非本意，请撤回本文件。\n\n"
                                : "\n## Values of other files replaced\n\nThese files have another "
                                  "name or sender, and values of theirs now stand as in this file, "
                                  "or not at all. If that is not what you meant, withdraw this "
                                  "file.\n\n");
        if (n++ < LISTED)
            put_one(t, row, zh, out);
    }
    if (n > LISTED)
        tb_buf_printf(out, zh ? "- 另有 %zu 个文件\n" : "- and %zu more files\n", n - LISTED);
}

static int publish_one(const struct tb_writer *w, size_t row, const char *asked,
                       struct tb_error *err)
{
    const char *number = tb_table_get(w->report->table.submissions, row, "arrival");
    unsigned long n = strtoul(number, NULL, 10);
    char *from = tb_path("%s/collect/receipts/%05lu.md", w->report->run, n);
    char *to = tb_path("%s/receipts/%05lu.md", w->out, n);
    struct tb_buf more = TB_BUF_INIT, text = TB_BUF_INIT;
    int rc = -1;

    put_replaced(w->report->table.replaced, number, is_chinese(w, row, asked), &more);
    if (!from || !to)
        (void)tb_error_set(err, "no memory for receipts");
    else if (!tb_buf_ok(&more, err))
        goto out;
    else if (!tb_fs_exists(from))
        rc = 0;
    else if (more.len == 0)
        rc = tb_fs_link_or_copy(from, to, err);
    else if (tb_infile_slurp(from, 0, &text, err) == 0) {
        tb_buf_add(&text, more.data, more.len);
        if (tb_buf_ok(&text, err))
            rc = tb_newfile_write(to, text.data, text.len, err);
    }
out:
    tb_buf_release(&more);
    tb_buf_release(&text);
    free(from);
    free(to);
    return rc;
}

int tb_receipts_publish(const struct tb_writer *w, const char *asked, struct tb_error *err)
{
    const struct tb_table *t = w->report->table.submissions;
    char *folder = tb_path("%s/receipts", w->out);
    int rc = folder ? tb_fs_make_dirs(folder, err) : tb_error_set(err, "no memory for receipts");

    for (size_t row = 0; t && rc == 0 && row < tb_table_rows(t); row++)
        if (tb_submission_concerns(w, t, row))
            rc = publish_one(w, row, asked, err);
    free(folder);
    return rc;
}
