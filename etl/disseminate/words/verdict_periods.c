/* verdict_periods.c - of a target that is judged week by week, or by ten days: which of its
 * periods failed, and of which nothing was reported. */
#include "disseminate/words/fact.h"

#include <string.h>

#include "disseminate/words/prose.h"
#include "tongbao/buf.h"

void tb_put_period_text(const struct tb_writer *w, const char *text, size_t len,
                        struct tb_buf *out)
{
    struct tb_period_read read;

    if (!tb_period_parse(text, len, &read))
        return;
    /* January-February reads as a span; here it is the first of the two-month periods. */
    tb_put_period(w, out, read.joint ? tb_period_within(read.period, TB_FREQ_TWO_MONTHS)
                                     : read.period);
}

/* "2023-W02 2023-W03" up to the next ';'. */
static const char *put_some(const struct tb_writer *w, const char *at, struct tb_buf *out)
{
    for (bool first = true; *at && *at != ';'; first = false) {
        size_t len = strcspn(at, " ;");
        tb_buf_puts(out, first ? "" : tb_prose_comma(w->style.lang));
        tb_put_period_text(w, at, len, out);
        at += len + (at[len] == ' ');
    }
    return at;
}

void tb_verdict_periods(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    static const struct {
        const char *key, *zh, *en;
    } lists[] = { { "failed=", "未达标：", "not met: " }, { "no_data=", "未报：", "not reported: " } };
    const char *at = v->periods ? v->periods : "";
    bool any = false;

    while (*at) {
        const char *start = at;
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
            size_t len = strlen(lists[i].key);
            if (strncmp(at, lists[i].key, len) != 0)
                continue;
            tb_buf_puts(out, any ? tb_say(w, "；", "; ") : "");
            tb_buf_puts(out, tb_say(w, lists[i].zh, lists[i].en));
            at = put_some(w, at + len, out);
            any = true;
        }
        if (at == start)
            return; /* of another version */
        at += *at == ';';
    }
}
