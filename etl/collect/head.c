/* head.c - heads such as `gdp`, `固定资产投资（万元）`, `固定资产投资_累计增速(%)`. */
#include "collect/head.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

bool tb_same_name(const char *a, const char *b)
{
    struct tb_buf left = TB_BUF_INIT, right = TB_BUF_INIT;

    tb_text_fold(a, strlen(a), &left);
    tb_text_fold(b, strlen(b), &right);
    bool same = !left.failed && !right.failed && left.len == right.len &&
                memcmp(tb_buf_text(&left), tb_buf_text(&right), left.len) == 0;
    tb_buf_release(&left);
    tb_buf_release(&right);
    return same;
}

/* Words of heads that are no names of measures elsewhere, folded. */
static int head_word(const char *folded)
{
    static const struct {
        const char *word;
        enum tb_measure measure;
    } words[] = {
        { "增速", TB_MEASURE_GROWTH },          { "同比增速", TB_MEASURE_GROWTH },
        { "同比增长", TB_MEASURE_GROWTH },      { "增长", TB_MEASURE_GROWTH },
        { "增长率", TB_MEASURE_GROWTH },        { "当月增速", TB_MEASURE_GROWTH },
        { "累计增速", TB_MEASURE_YTD_GROWTH },  { "累计增长", TB_MEASURE_YTD_GROWTH },
        { "累计同比增速", TB_MEASURE_YTD_GROWTH }, { "累计同比增长", TB_MEASURE_YTD_GROWTH },
        { "当月", TB_MEASURE_VALUE },           { "本月", TB_MEASURE_VALUE },
        { "当期值", TB_MEASURE_VALUE },         { "数值", TB_MEASURE_VALUE },
        { "累计值", TB_MEASURE_YTD },           { "本月止累计", TB_MEASURE_YTD },
        { "环比增速", TB_MEASURE_MOM },         { "环比增长", TB_MEASURE_MOM },
        { "上年同期", TB_MEASURE_BASE },        { "去年同期", TB_MEASURE_BASE },
        { "上年同期累计", TB_MEASURE_YTD_BASE }, { "上年累计", TB_MEASURE_YTD_BASE },
        { "比重", TB_MEASURE_SHARE },           { "占比", TB_MEASURE_SHARE },
        { "排名", TB_MEASURE_RANK },            { "位次", TB_MEASURE_RANK },
        { "名次", TB_MEASURE_RANK },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, folded) == 0)
            return (int)words[i].measure;
    }
    return -1;
}

int tb_head_measure(const char *text, size_t len)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(text, len, &folded);
    int measure = tb_measure_find(tb_buf_text(&folded), folded.len);
    if (measure < 0 || measure >= TB_N_SUBMITTED)
        measure = head_word(tb_buf_text(&folded));
    tb_buf_release(&folded);
    return measure;
}

size_t tb_head_brackets(const char *head, struct tb_arena *arena, const char **inner)
{
    size_t len = strlen(head), depth = 0, open = len;

    *inner = NULL;
    if (len < 2 || head[len - 1] != ')')
        return len;
    do {
        open--;
        depth += head[open] == ')';
        depth -= head[open] == '(';
    } while (open > 0 && depth > 0);
    if (depth > 0 || open == 0)
        return len;
    *inner = tb_arena_memdup(arena, head + open + 1, len - open - 2);
    return open;
}

/* The form's own word on it. */
static const struct tb_form_column *listed(const struct tb_form *form, const char *head)
{
    for (size_t i = 0; i < form->n_columns; i++) {
        if (tb_same_name(form->columns[i].head, head))
            return &form->columns[i];
    }
    return NULL;
}

/* Inside the brackets: a measure, a unit of measure, or both with a comma. */
static void read_inner(const char *inner, struct tb_arena *arena, struct tb_meaning *out)
{
    for (const char *part = inner; *part;) {
        size_t len = strcspn(part, ",;");
        int measure = tb_head_measure(part, len);
        if (measure >= 0)
            out->measure = measure;
        else if (len > 0)
            out->unit_measure = tb_arena_memdup(arena, part, len);
        part += len;
        part += *part != '\0';
    }
}

/* Without the separators at its end. */
static size_t trimmed(const char *text, size_t len)
{
    while (len > 0 && strchr("_:-/ ,.", text[len - 1]))
        len--;
    return len;
}

/* Cuts into an indicator and a measure at every place, longest indicator first. */
static int32_t read_two_parts(const struct tb_profile *profile, const char *text, size_t len,
                              struct tb_meaning *out)
{
    for (size_t cut = len; cut-- > 1;) {
        if (((unsigned char)text[cut] & 0xc0) == 0x80)
            continue;
        const char *right = text + cut;
        size_t n_right = len - cut;
        while (n_right > 0 && strchr("_:-/ ,.", right[0])) {
            right++;
            n_right--;
        }
        int measure = n_right ? tb_head_measure(right, n_right) : -1;
        if (measure < 0)
            continue;
        int32_t row = tb_profile_indicator(profile, text, trimmed(text, cut));
        if (row != TB_NONE) {
            out->measure = measure;
            return row;
        }
    }
    return TB_NONE;
}

/* A rank must say among whom: the group of page one if the head does not. */
static int32_t usual_group(const struct tb_profile *profile)
{
    const char *subject = profile->set.subject_group;

    if (subject && subject[0])
        return tb_profile_group(profile, subject, strlen(subject));
    return profile->n_groups == 1 ? 0 : TB_NONE;
}

enum tb_head_kind tb_head_read(const struct tb_profile *profile, const struct tb_form *form,
                               const char *head, int32_t file_indicator, struct tb_arena *arena,
                               struct tb_meaning *out)
{
    const struct tb_form_column *entry = listed(form, head);
    const char *inner;

    *out = (struct tb_meaning){ .indicator = TB_NONE, .measure = -1, .group = TB_NONE };
    if (entry) {
        *out = (struct tb_meaning){ entry->indicator, entry->measure, entry->group,
                                    entry->unit_measure };
        return entry->indicator == TB_NONE ? TB_HEAD_LEFT_OUT : TB_HEAD_KNOWN;
    }
    out->indicator = tb_profile_indicator(profile, head, strlen(head));
    if (out->indicator == TB_NONE) {
        size_t len = trimmed(head, tb_head_brackets(head, arena, &inner));
        if (inner)
            read_inner(inner, arena, out);
        if (len > 0)
            out->indicator = tb_profile_indicator(profile, head, len);
        if (out->indicator == TB_NONE)
            out->indicator = read_two_parts(profile, head, len, out);
        if (out->indicator == TB_NONE && file_indicator != TB_NONE) {
            int measure = tb_head_measure(head, len);
            out->indicator = measure >= 0 ? file_indicator : TB_NONE;
            out->measure = measure;
        }
    }
    if (out->indicator < 0)
        return out->indicator == TB_NONE ? TB_HEAD_UNKNOWN : TB_HEAD_AMBIGUOUS;
    if (out->measure == TB_MEASURE_RANK)
        out->group = usual_group(profile);
    return out->measure == TB_MEASURE_RANK && out->group < 0 ? TB_HEAD_UNKNOWN : TB_HEAD_KNOWN;
}
