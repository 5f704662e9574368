/* receipt_rejects.c - what was not taken, as a clerk reads it: where, and why. */
#include "collect/receipt/receipt_rejects.h"

#include "tongbao/buf.h"
#include "tongbao/text.h"

static void put_number(struct tb_buf *out, uint32_t number)
{
    if (number)
        tb_buf_printf(out, "| %u ", (unsigned)number);
    else
        tb_buf_puts(out, "|  ");
}

/* | 198 | 5 | 指标 | 缺少指标名称 | indicator.missing | */
static void put_item(const struct tb_shown_item *s, bool in_chinese, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;

    put_number(out, s->first.line);
    put_number(out, s->first.column);
    tb_buf_puts(out, "| ");
    tb_escape_markdown(out, s->first.field);
    if (s->n > 1)
        tb_buf_printf(out, in_chinese ? " 等 %llu 格" : " and %llu more",
                      (unsigned long long)(in_chinese ? s->n : s->n - 1));
    tb_reject_message(&s->first, in_chinese ? "zh" : "en", &text);
    tb_buf_puts(out, " | ");
    tb_escape_markdown(out, tb_buf_text(&text));
    tb_buf_printf(out, " | %s |\n", tb_reason_code(s->first.reason));
    out->failed |= text.failed;
    tb_buf_release(&text);
}

static void put_more(uint64_t n, enum tb_reason reason, bool in_chinese, struct tb_buf *out)
{
    tb_buf_puts(out, "|  |  |  | ");
    tb_buf_printf(out,
                  in_chinese ? "同类问题另有 %llu 处，全部列在 rejects.csv"
                             : "%llu more of this kind, all of them in rejects.csv",
                  (unsigned long long)n);
    tb_buf_printf(out, " | %s |\n", tb_reason_code(reason));
}

void tb_receipt_rejects(const struct tb_shown *shown, bool in_chinese, struct tb_buf *out)
{
    tb_buf_puts(out, in_chinese ? "| 行 | 字 | 栏目 | 问题 | 代码 |\n"
                                : "| Line | Column | Field | Problem | Code |\n");
    tb_buf_puts(out, "|---:|---:|---|---|---|\n");
    for (int reason = 0; reason < TB_N_REJECT_REASONS; reason++) {
        for (size_t i = 0; i < shown->n; i++)
            if (shown->item[i].first.reason == (enum tb_reason)reason)
                put_item(&shown->item[i], in_chinese, out);
        uint64_t left = tb_shown_left(shown, (enum tb_reason)reason);
        if (left > 0)
            put_more(left, (enum tb_reason)reason, in_chinese, out);
    }
}

/* "- 第 3 行: 有 1 行 ..." */
void tb_receipt_remark(const struct tb_reject *remark, bool in_chinese, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;

    if (remark->line)
        tb_buf_printf(&text, in_chinese ? "第 %u 行" : "line %u", (unsigned)remark->line);
    if (remark->line && remark->column)
        tb_buf_printf(&text, in_chinese ? "第 %u 字 (%s)" : ", column %u (%s)",
                      (unsigned)remark->column, remark->field);
    tb_buf_puts(&text, remark->line ? ": " : "");
    tb_reject_message(remark, in_chinese ? "zh" : "en", &text);
    tb_buf_puts(out, "- ");
    tb_escape_markdown(out, tb_buf_text(&text));
    tb_buf_puts(out, "\n");
    out->failed |= text.failed;
    tb_buf_release(&text);
}
