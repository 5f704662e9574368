/* bulletin_copies.c - submissions of the period that are not with all to whom they
 * are due. */
#include "disseminate/bulletin/bulletin.h"

#include <string.h>

#include "disseminate/words/prose.h"
#include "disseminate/template/view.h"
#include "tongbao/addressee.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

/* Codes split by `;`, as names. */
static void put_departments(const struct tb_writer *w, const char *codes, struct tb_buf *out)
{
    const struct tb_profile *p = w->report->profile;

    for (size_t n = 0; *codes; n++) {
        size_t len = strcspn(codes, ";");
        tb_buf_puts(out, n ? tb_prose_comma(w->style.lang) : "");
        for (size_t d = 0; d < p->n_departments; d++)
            if (strncmp(p->departments[d].code, codes, len) == 0 && !p->departments[d].code[len])
                tb_buf_puts(out, tb_name_of_department(w, (int32_t)d));
        codes += len + (codes[len] == ';');
    }
}

void tb_bulletin_copies(const struct tb_writer *w, struct tb_view *view)
{
    const struct tb_table *t = w->report->table.submissions;
    struct tb_buf text = TB_BUF_INIT;

    tb_view_list(view, "lacking");
    for (size_t i = 0; t && i < tb_table_rows(t); i++) {
        const char *deadline = tb_table_get(t, i, "deadline");
        if (!tb_addressee_is_lacked(t, i) || !tb_submission_concerns(w, t, i))
            continue;
        tb_name_submission(w, i, &text);
        tb_buf_puts(&text, tb_say(w, "：", ": not with "));
        put_departments(w, tb_table_get(t, i, "lacking"), &text);
        tb_buf_puts(&text, tb_say(w, "尚未收到", ""));
        if (*deadline) {
            tb_buf_puts(&text, tb_say(w, "，应于", ", due "));
            tb_buf_puts(&text, tb_number_quote(&w->style, deadline));
            tb_buf_puts(&text, tb_say(w, "前送达", ""));
        }
        tb_view_line(view, "lacking", &text);
    }
    tb_buf_release(&text);
}
