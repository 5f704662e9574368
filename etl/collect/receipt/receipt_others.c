/* receipt_others.c - what a receipt says of other submissions: of one that is repeated or taken
 * back, and of one of the same name that came before. */
#include "collect/receipt/receipt_others.h"

#include <stdbool.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

/* What the submission has to do with another. */
void tb_receipt_other(const struct tb_outcome *outcome, unsigned number, bool in_chinese,
                      struct tb_buf *out)
{
    if (outcome->duplicate_of >= 0)
        tb_buf_printf(out,
                      outcome->is_copy && in_chinese ? "\n系第 %u 号文件的抄送件，未重复采用。\n"
                      : outcome->is_copy
                          ? "\nIt is the copy of submission %u for another addressee;"
                            " it was not taken twice.\n"
                      : in_chinese ? "\n与第 %u 号文件内容相同，未重复采用。\n"
                                   : "\nThe content is that of submission %u; it was not taken"
                                     " twice.\n",
                      number);
    else if (outcome->withdrawn_by >= 0)
        tb_buf_printf(out,
                      in_chinese ? "\n已由第 %u 号文件撤回，不再采用。\n"
                                 : "\nIt was taken back by submission %u and counts no longer.\n",
                      number);
    else
        tb_buf_printf(out,
                      in_chinese ? "\n第 %u 号文件及此前同名文件已撤回，不再采用。\n"
                                 : "\nSubmission %u and those of its name before it are taken back"
                                   " and count no longer.\n",
                      number);
}

/* The arrival that a copy or a withdrawal goes back to, or NULL. */
const struct tb_arrival *tb_receipt_other_of(const struct tb_outcome *outcome,
                                         const struct tb_outcome all[])
{
    const int64_t places[] = { outcome->duplicate_of, outcome->withdrawn_by, outcome->withdraws };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i] >= 0)
            return all[places[i]].arrival;
    return NULL;
}

static bool is_nil(const struct tb_outcome *outcome)
{
    return strcmp(tb_outcome_state(outcome), "nil") == 0;
}

/* A nil return takes nothing back, and figures end what a nil return said: what a sender
 * may not expect of a name that was sent before. */
void tb_receipt_before(const struct tb_outcome *outcome, const struct tb_outcome all[],
                       bool in_chinese, struct tb_buf *out)
{
    bool nil = is_nil(outcome);
    int64_t at = outcome->follows;

    while (nil && at >= 0 && is_nil(&all[at]))
        at = all[at].follows;
    if (at < 0 || nil == is_nil(&all[at]))
        return;
    unsigned number = (unsigned)all[at].arrival->number;
    if (!nil) {
        tb_buf_printf(out,
                      in_chinese ? "\n第 %u 号零报告由本文件代替。\n"
                                 : "\nIt takes the place of the nil return %u.\n",
                      number);
        return;
    }
    tb_buf_printf(out,
                  in_chinese ? "\n第 %u 号文件已报的数据仍然有效；要收回，请报送名为 "
                             : "\nThe figures of submission %u still count; to take them back send a "
                               "file named ",
                  number);
    tb_escape_markdown(out, outcome->arrival->name);
    tb_buf_puts(out, in_chinese ? ".withdraw 的文件。\n" : ".withdraw.\n");
}
