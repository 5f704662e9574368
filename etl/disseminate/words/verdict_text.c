/* verdict_text.c - a verdict said in words. */
#include "disseminate/words/fact.h"

#include <string.h>

#include "disseminate/page/task.h"
#include "tongbao/buf.h"
#include "tongbao/verification.h"

/* "D000-001 第二季度..." : the reference in front is for the office's own files.  A number alone
 * (12 个项目) is none. */
static const char *skip_reference(const char *note)
{
    size_t n = strspn(note, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    bool reference = note[0] >= 'A' && note[0] <= 'Z' && strcspn(note, "-0123456789") < n;

    return reference && note[n] == ' ' ? note + n + 1 : note;
}

void tb_target_words(const struct tb_writer *w, int32_t target, struct tb_buf *out)
{
    const struct tb_target *t = &w->report->profile->targets[target];

    if (w->style.lang[0] == 'z' && t->note && *t->note)
        tb_buf_puts(out, tb_number_quote(&w->style, skip_reference(t->note)));
    else
        tb_rule_words(w, t->rule_text, out);
}

void tb_target_words_now(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    if (strncmp(v->change, "rule ", 5) == 0 || strstr(v->change, "; rule "))
        tb_rule_words(w, v->rule, out);
    else
        tb_target_words(w, v->target, out);
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
        tb_number_unit_of(out, &w->style, number, v->unit_measure);
}

static bool is_red(const struct tb_verdict *v)
{
    return v->kind == TB_VERDICT_BEHIND || v->kind == TB_VERDICT_MISSED;
}

static const char *state_name(const struct tb_writer *w, int32_t state)
{
    return state < 0 ? ""
                     : tb_state_name(w->report->profile, (int64_t)state + 1, w->style.lang);
}

void tb_put_lack(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    const char *name = state_name(w, v->lacks);

    if (v->lacks < 0)
        return;
    if (v->lacks == v->state) /* it was set, and not passed */
        tb_buf_printf(out, "%s%s", name, tb_say(w, "不合格", ": not passed"));
    else
        tb_buf_printf(out, "%s%s%s", tb_say(w, "缺", ""), name, tb_say(w, "", " is lacking"));
}

/* Met because the quota is 0. */
static bool asks_nothing(const struct tb_verdict *v)
{
    return v->kind == TB_VERDICT_MET && strcmp(v->reason, "quota 0") == 0;
}

void tb_put_verdict_word(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    struct tb_buf lack = TB_BUF_INIT;
    bool failed = v->state >= 0 && v->state == v->lacks;

    tb_buf_puts(out, tb_verdict_word(v->kind, w->style.lang));
    if (asks_nothing(v)) {
        tb_buf_puts(out, tb_say(w, "（任务数为", " (quota "));
        tb_number_count(out, &w->style, 0);
        tb_buf_puts(out, tb_say(w, "）", ")"));
    }
    if (v->state < 0 && v->lacks < 0)
        return;
    tb_put_lack(w, v, &lack);
    tb_buf_puts(out, tb_say(w, "（", " ("));
    if (!failed)
        tb_buf_puts(out, state_name(w, v->state));
    if (!failed && v->state >= 0 && lack.len)
        tb_buf_puts(out, tb_say(w, "，", "; "));
    tb_buf_puts(out, tb_buf_text(&lack));
    tb_buf_puts(out, tb_say(w, "）", ")"));
    out->failed |= lack.failed;
    tb_buf_release(&lack);
}

/* A step of a project that is done or not has no distance. */
static bool is_done_or_not(const struct tb_writer *w, const struct tb_verdict *v)
{
    return w->report->profile->indicators[v->indicator].kind == TB_KIND_MILESTONE &&
           strcmp(v->rule, "done") == 0;
}

static bool is_zero(const char *number)
{
    return *number && strspn(number, "-0.") == strlen(number);
}

static void put_done(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    const struct tb_task_row *task = tb_task_find(w->report, v->target, v->indicator, v->unit);

    if (tb_verdict_rag(v->kind) == TB_RAG_GREEN || (v->kind == TB_VERDICT_NO_DATA && (!task || !task->overdue)))
        return;
    if (task)
        tb_task_words(w, task, out);
    if (task || !*v->value)
        return;
    if (is_zero(v->value)) {
        tb_buf_puts(out, tb_say(w, "尚未完成", "not done yet"));
        return;
    }
    tb_buf_puts(out, tb_say(w, "完成", ""));
    tb_verdict_number(w, v, v->value, out);
    tb_buf_puts(out, tb_say(w, "", " complete"));
}

/* No distance and yet not met: the comparison is strict. */
static void put_level(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    const char *sign = strpbrk(v->rule, "<>");
    bool places = strcmp(v->unit_measure, "place") == 0;

    tb_buf_puts(out, tb_say(w, "与目标持平", "level with the target"));
    if (!is_red(v))
        return;
    if (!sign || sign[1] == '=' || places)
        tb_buf_puts(out, tb_say(w, "（须好于目标）", " (has to be better)"));
    else if (*sign == '>')
        tb_buf_puts(out, tb_say(w, "（须高于目标）", " (has to be above it)"));
    else
        tb_buf_puts(out, tb_say(w, "（须低于目标）", " (has to be below it)"));
}

static bool is_grade(const struct tb_writer *w, const struct tb_verdict *v)
{
    return w->report->profile->indicators[v->indicator].kind == TB_KIND_GRADE;
}

/* Unit of a distance: percents differ by points, counts of indicators and days of
 * delay are not in the indicator's unit. */
static void put_gap_unit(const struct tb_writer *w, const struct tb_verdict *v, const char *size,
                         struct tb_buf *out)
{
    bool one = strcmp(size, "1") == 0;

    if (strcmp(v->unit_measure, "%") == 0 || strcmp(v->unit_measure, "pp") == 0)
        tb_buf_puts(out, tb_say(w, "个百分点", one ? " percentage point" : " percentage points"));
    else if (strcmp(v->unit_measure, "place") == 0)
        tb_buf_puts(out, tb_say(w, "位", one ? " place" : " places"));
    else if (strncmp(v->rule, "lagging", 7) == 0)
        tb_buf_puts(out, tb_say(w, "项", one ? " indicator" : " indicators"));
    else if (strcmp(v->rule, "on_time") == 0)
        tb_buf_puts(out, tb_say(w, "天", one ? " day" : " days"));
    else if (is_grade(w, v))
        tb_buf_puts(out, tb_say(w, "级", one ? " grade" : " grades"));
    else
        tb_number_unit_of(out, &w->style, size, v->unit_measure);
}

/* A limit is gone over, a level not reached; places are counted either way. */
static bool is_limit(const struct tb_writer *w, const struct tb_verdict *v)
{
    const char *sign = strpbrk(v->rule, "<>");

    return sign && *sign == '<' && strcmp(v->unit_measure, "place") != 0 && !is_grade(w, v);
}

/* Of a published figure that differs: what the data show. */
static void put_shown(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    if (v->kind != TB_VERDICT_DIFFERS || !*v->value)
        return;
    tb_buf_puts(out, tb_say(w, "数据为", "the data say "));
    tb_verdict_number(w, v, v->value, out);
}

void tb_verdict_gap(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    bool behind = v->gap[0] == '-', on_time = strcmp(v->rule, "on_time") == 0;
    const char *size = v->gap + behind;

    if (v->kind == TB_VERDICT_NOT_VERIFIED || v->kind == TB_VERDICT_NOT_COMPLETED ||
        v->kind == TB_VERDICT_NO_TARGET || asks_nothing(v))
        return; /* whatever the value */
    if (v->strength == TB_FACT) {
        put_shown(w, v, out);
        return;
    }
    if (is_done_or_not(w, v)) {
        put_done(w, v, out);
        return;
    }
    if (!*v->gap)
        return;
    if (is_zero(size)) {
        put_level(w, v, out);
        return;
    }
    /* "Better" and not "above": a limit is kept by staying below it. */
    if (on_time)
        tb_buf_puts(out, tb_say(w, behind ? "迟" : "提前", ""));
    else
        tb_buf_puts(out, tb_say(w, !behind ? "好于目标" : is_limit(w, v) ? "超出" : "差", ""));
    tb_number_printed(out, &w->style, size);
    put_gap_unit(w, v, size, out);
    if (on_time)
        tb_buf_puts(out, tb_say(w, "", behind ? " late" : " early"));
    else
        tb_buf_puts(out, tb_say(w, "",
                                !behind       ? " better than required"
                                : is_limit(w, v) ? " over the limit"
                                              : " short"));
}

/* "annual 8000 -> 7600 (2023-09-20, No. 12)" with the word for what was changed. */
static void put_change(const struct tb_writer *w, const char *change, struct tb_buf *out)
{
    static const struct {
        const char *code, *zh, *en;
    } words[] = { { "annual ", "年度任务", "annual task " },
                  { "quota ", "任务数", "quota " },
                  { "rule ", "规则", "rule " } };

    while (*change) {
        const char *end = strstr(change, "; ");
        size_t len = end ? (size_t)(end - change) + 2 : strlen(change);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t skip = strlen(words[i].code);
            if (strncmp(change, words[i].code, skip) != 0)
                continue;
            tb_buf_puts(out, tb_say(w, words[i].zh, words[i].en));
            change += skip;
            len -= skip;
            break;
        }
        tb_buf_add(out, change, len);
        change += len;
    }
}

/* By which document a unit is exempt, and how the target was changed. */
static void put_amendments(const struct tb_writer *w, const struct tb_verdict *v,
                           struct tb_buf *out)
{
    struct tb_buf change = TB_BUF_INIT;

    if (*v->exemption) {
        tb_buf_puts(out, tb_say(w, "，豁免依据：", ", exempt by "));
        tb_buf_puts(out, tb_number_quote(&w->style, v->exemption));
    }
    if (*v->change) {
        put_change(w, v->change, &change);
        tb_buf_puts(out, tb_say(w, "，目标已调整：", ", target changed: "));
        tb_buf_puts(out, tb_number_quote(&w->style, tb_buf_text(&change)));
    }
    out->failed |= change.failed;
    tb_buf_release(&change);
}

/* The share of the annual task that is done: the figure of a rule on progress; of one that holds
 * an amount against the task, worked out.  False for any other rule. */
static bool share_of_task(const struct tb_writer *w, const struct tb_verdict *v,
                          char text[TB_DECIMAL_TEXT])
{
    static const char *const whole[] = { "ytd >= annual", "ytd > annual", "value >= annual",
                                         "value > annual" };
    struct tb_decimal done, task, share;
    struct tb_rational part, all;
    bool against_task = false;

    if (!*v->annual || !*v->value)
        return false;
    if (strncmp(v->rule, "progress", 8) == 0)
        return snprintf(text, TB_DECIMAL_TEXT, "%s", v->value) < TB_DECIMAL_TEXT;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        against_task = against_task || strcmp(v->rule, whole[i]) == 0;
    if (!against_task || !tb_decimal_parse(v->value, strlen(v->value), &done) ||
        !tb_decimal_parse(v->annual, strlen(v->annual), &task) ||
        !tb_rational_from_decimal(done, &part) || !tb_rational_from_decimal(task, &all) ||
        all.num <= 0 || !tb_rational_div(part, all, &part) ||
        !tb_rational_mul(part, tb_rational_int(100), &part) ||
        !tb_rational_round(part, w->style.growth_decimals, w->style.round, &share))
        return false;
    tb_decimal_format(share, text);
    return true;
}

/* "完成全年任务3500人的27%": what a share of an annual task is a share of. */
static void put_progress(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    const struct tb_indicator *ind = &w->report->profile->indicators[v->indicator];
    char share[TB_DECIMAL_TEXT];

    if (!share_of_task(w, v, share))
        return;
    tb_buf_puts(out, tb_say(w, "，完成全年任务", ", "));
    if (w->style.lang[0] != 'z') {
        tb_number_printed(out, &w->style, share);
        tb_buf_puts(out, "% of the annual task of ");
    }
    tb_number_printed(out, &w->style, v->annual);
    tb_number_unit_of(out, &w->style, v->annual, ind->unit_measure);
    if (w->style.lang[0] == 'z') {
        tb_buf_puts(out, "的");
        tb_number_printed(out, &w->style, share);
        tb_buf_putc(out, '%');
    }
}

void tb_put_streak(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    if (!is_red(v) || v->streak < 2)
        return;
    tb_buf_puts(out, tb_say(w, "，已连续", ", for "));
    tb_number_count(out, &w->style, v->streak);
    tb_buf_puts(out, tb_say(w, "期", " periods running"));
}

void tb_put_conflict(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    static const struct {
        const char *zh, *en;
    } words[TB_N_CONFLICTS] = {
        [TB_CONFLICT_DUPLICATE] = { "（与目标 %s 重复，不另计）",
                                    " (repeats target %s, not counted again)" },
        [TB_CONFLICT_YIELDS] = { "（与目标 %s 冲突，以该目标为准，不计）",
                                 " (conflicts with target %s, which binds: not counted)" },
        [TB_CONFLICT_BOTH] = { "（与目标 %s 并列提出）", " (stated beside target %s)" },
    };
    const char *zh = words[v->conflict].zh;

    if (!zh || v->rival < 0)
        return;
    const char *text = tb_say(w, zh, words[v->conflict].en), *mark = strstr(text, "%s");
    tb_buf_add(out, text, (size_t)(mark - text));
    tb_buf_puts(out, tb_number_quote(&w->style, w->report->profile->targets[v->rival].code));
    tb_buf_puts(out, mark + 2);
}

void tb_verdict_sentence(const struct tb_writer *w, const struct tb_verdict *v, struct tb_buf *out)
{
    struct tb_buf gap = TB_BUF_INIT;
    bool zh = w->style.lang[0] == 'z';

    if (v->strength == TB_FACT)
        tb_buf_puts(out, zh ? "公布数据“" : "Published \"");
    else
        tb_buf_puts(out, zh ? "目标“" : "Target \"");
    tb_target_words_now(w, v, out);
    tb_buf_puts(out, zh ? "”：" : "\": ");
    tb_put_verdict_word(w, v, out);
    if (v->strength == TB_STRETCH)
        tb_buf_puts(out, zh ? "（争取性目标）" : " (stretch target)");
    tb_put_conflict(w, v, out);
    if (v->provisional)
        tb_buf_puts(out, zh ? "（初步）" : " (provisional)");
    put_progress(w, v, out);
    tb_verdict_gap(w, v, &gap);
    if (gap.len > 0)
        tb_buf_printf(out, "%s%s", zh ? "，" : ", ", tb_buf_text(&gap));
    if (v->periods && *v->periods) {
        tb_buf_puts(out, zh ? "（" : " (");
        tb_verdict_periods(w, v, out);
        tb_buf_puts(out, zh ? "）" : ")");
    }
    tb_put_streak(w, v, out);
    if ((v->kind == TB_VERDICT_NO_DATA || v->kind == TB_VERDICT_NOT_COMPUTABLE ||
         v->kind == TB_VERDICT_HELD || v->kind == TB_VERDICT_NO_TARGET) &&
        *v->reason && !is_done_or_not(w, v)) {
        tb_buf_puts(out, zh ? "（" : " (");
        tb_rule_words(w, v->reason, out);
        tb_buf_puts(out, zh ? "）" : ")");
    }
    if (v->knife_edge)
        tb_buf_puts(out, zh ? "，临界" : ", on a knife edge");
    put_amendments(w, v, out);
    tb_buf_puts(out, zh ? "。" : ".");
    tb_buf_release(&gap);
}
