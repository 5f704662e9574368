/* verdict_text.c - a verdict said in words. */
#include "disseminate/fact.h"

#include <string.h>

#include "tongbao/buf.h"

/* "D000-001 第二季度..." : the reference in front is for the office's own files. */
static const char *skip_reference(const char *note)
{
    size_t n = strspn(note, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    return n > 0 && strcspn(note, "-0123456789") < n && note[n] == ' ' ? note + n + 1 : note;
}

void tb_target_words(const struct tb_writer *w, int32_t target, struct tb_buf *out)
{
    const struct tb_target *t = &w->report->profile->targets[target];

    if (w->style.lang[0] == 'z' && t->note && *t->note)
        tb_buf_puts(out, skip_reference(t->note));
    else
        tb_rule_words(w, t->rule_text, out);
}

void tb_verdict_number(const struct tb_writer *w, const struct tb_verdict *v, const char *number,
                       struct tb_buf *out)
{
    if (!*number)
        return;
    tb_number_printed(out, &w->style, number);
    if (strcmp(v->unit_measure, "pp") == 0)
        tb_buf_putc(out, '%'); /* the sides are percents; only their difference is in points */
    else if (strcmp(v->unit_measure, "place") == 0)
        return; /* a place is a number by itself */
    else
        tb_number_unit(out, &w->style, v->unit_measure);
}

static bool is_red(const struct tb_verdict *v)
{
    return v->kind == TB_VERDICT_BEHIND || v->kind == TB_VERDICT_MISSED;
}

void tb_verdict_gap(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    bool behind = v->gap[0] == '-';
    const char *size = v->gap + behind;

    if (!*v->gap)
        return;
    if (strspn(size, "0.") == strlen(size)) {
        tb_buf_puts(out, tb_say(w, "与目标持平", "level with the target"));
        if (is_red(v)) /* the comparison is strict */
            tb_buf_puts(out, tb_say(w, "，须好于目标", ", which has to be passed"));
        return;
    }
    /* "Better" and not "above": a limit is kept by staying below it. */
    tb_buf_puts(out, behind ? tb_say(w, "差", "") : tb_say(w, "好于目标", ""));
    tb_number_printed(out, &w->style, size);
    if (strcmp(v->unit_measure, "%") == 0)
        tb_number_unit(out, &w->style, "pp");
    else if (strcmp(v->unit_measure, "place") == 0 && strcmp(size, "1") == 0)
        tb_buf_puts(out, tb_say(w, "位", " place"));
    else
        tb_number_unit(out, &w->style, v->unit_measure);
    if (w->style.lang[0] != 'z')
        tb_buf_puts(out, behind ? " short" : " better");
}

void tb_verdict_sentence(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    struct tb_buf gap = TB_BUF_INIT;
    bool zh = w->style.lang[0] == 'z';
    const char *comma = zh ? "，" : ", ";

    tb_buf_puts(out, zh ? "目标“" : "Target \"");
    tb_target_words(w, v->target, out);
    tb_buf_printf(out, zh ? "”：%s" : "\": %s", tb_verdict_word(v->kind, w->style.lang));
    if (v->stretch)
        tb_buf_puts(out, zh ? "（争取性目标）" : " (stretch target)");
    if (v->provisional)
        tb_buf_puts(out, zh ? "（初步）" : " (provisional)");
    tb_verdict_gap(w, v, &gap);
    if (gap.len > 0)
        tb_buf_printf(out, "%s%s", comma, tb_buf_text(&gap));
    if (is_red(v) && v->streak > 1)
        tb_buf_printf(out, zh ? "，已连续%u期" : ", %u periods running", v->streak);
    if ((v->kind == TB_VERDICT_NO_DATA || v->kind == TB_VERDICT_NOT_COMPUTABLE) && *v->reason) {
        tb_buf_puts(out, zh ? "（" : " (");
        tb_rule_words(w, v->reason, out);
        tb_buf_puts(out, zh ? "）" : ")");
    }
    if (v->knife_edge)
        tb_buf_puts(out, zh ? "，临界" : ", on a knife edge");
    tb_buf_puts(out, zh ? "。" : ".");
    tb_buf_release(&gap);
}
