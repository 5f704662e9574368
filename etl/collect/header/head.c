/* head.c - heads such as `gdp`, `固定资产投资（万元）`, `固定资产投资_累计增速(%)`,
 * `GDP同比±%`, and what joined rows make: `同比(%)_投资`, `投资_累计_万元`.
 */
#include "collect/header/head.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"
#include "tongbao/uom.h"

static const char SEPARATORS[] = "_:-/ ,.";

bool tb_same_name(const struct tb_profile *profile, const char *a, const char *b)
{
    struct tb_buf left = TB_BUF_INIT, right = TB_BUF_INIT;

    tb_text_fold(a, strlen(a), &left);
    tb_text_fold(b, strlen(b), &right);
    bool same = !left.failed && !right.failed && left.len == right.len &&
                memcmp(tb_buf_text(&left), tb_buf_text(&right), left.len) == 0;
    if (left.failed || right.failed)
        tb_profile_starve(profile);
    tb_buf_release(&left);
    tb_buf_release(&right);
    return same;
}

/* Where the bracket that closes at `close` opens, or `close` if it does not. */
static size_t opening(const char *text, size_t close)
{
    size_t depth = 0, at = close + 1;

    do {
        at--;
        depth += text[at] == ')';
        depth -= text[at] == '(';
    } while (at > 0 && depth > 0);
    return depth == 0 ? at : close;
}

size_t tb_head_brackets(const char *head, struct tb_arena *arena, const char **inner)
{
    size_t len = strlen(head);

    *inner = NULL;
    if (len < 2 || head[len - 1] != ')')
        return len;
    size_t open = opening(head, len - 1);
    if (open == len - 1 || open == 0)
        return len;
    *inner = tb_arena_memdup(arena, head + open + 1, len - open - 2);
    return open;
}

/* The form's own word on it. */
static const struct tb_form_column *listed(const struct tb_profile *profile,
                                           const struct tb_form *form, const char *head)
{
    for (size_t i = 0; i < form->n_columns; i++) {
        if (tb_same_name(profile, form->columns[i].head, head))
            return &form->columns[i];
    }
    return NULL;
}

/* One head while it is read. */
struct reading {
    const struct tb_profile *profile;
    struct tb_arena *arena;
    struct tb_meaning *out;
    struct tb_said said; /* inside brackets; measure -1: nothing */
    bool failed;         /* memory ran out */
};

static bool is_percent(const char *text)
{
    return text && (strcmp(text, "%") == 0 || strcmp(text, "‰") == 0);
}

static void set_uom(struct reading *r, const char *text, size_t len)
{
    /* ± says only that it may fall. */
    if (len > 2 && strncmp(text, "±", strlen("±")) == 0) {
        text += strlen("±");
        len -= strlen("±");
    }
    r->out->unit_measure = tb_arena_memdup(r->arena, text, len);
    r->failed |= !r->out->unit_measure;
}

/* ±% or +-%: a head when alone, a unit of measure in brackets. */
static bool is_signed_percent(const char *text, size_t len)
{
    return len == 3 && (memcmp(text, "±%", 3) == 0 || memcmp(text, "+-%", 3) == 0);
}

/* Inside brackets: a measure, a group, a unit of measure, with commas between. */
static void read_inner(struct reading *r, const char *inner, size_t inner_len)
{
    const char *end = inner + inner_len;

    for (const char *part = inner; part < end;) {
        size_t len = 0;
        struct tb_said said;
        while (part + len < end && part[len] != ',' && part[len] != ';')
            len++;
        if (len > 0 && !is_signed_percent(part, len) &&
            tb_head_said(r->profile, part, len, false, &said))
            r->said = said;
        else if (len > 0 && tb_head_group(r->profile, part, len) != TB_NONE)
            r->out->group = tb_head_group(r->profile, part, len);
        else if (len > 0)
            set_uom(r, part, len);
        part += len + 1;
    }
}

/* Without the separators at its end. */
static size_t trimmed(const char *text, size_t len)
{
    while (len > 0 && strchr(SEPARATORS, text[len - 1]))
        len--;
    return len;
}

static bool take_measure(struct reading *r, const char *text, size_t len)
{
    struct tb_said said;

    while (len > 0 && strchr(SEPARATORS, *text)) {
        text++;
        len--;
    }
    len = trimmed(text, len);
    if (len == 0 || !tb_head_said(r->profile, text, len, is_percent(r->out->unit_measure), &said))
        return false;
    r->out->measure = said.measure;
    if (said.group >= 0)
        r->out->group = said.group;
    return true;
}

static bool cuts_here(const char *text, size_t at)
{
    return ((unsigned char)text[at] & 0xc0) != 0x80;
}

/* Cuts into an indicator and a measure at every place, longest indicator first;
 * the measure stands behind it or, as joined rows may give it, before it. */
static int32_t read_two_parts(struct reading *r, const char *text, size_t len)
{
    for (size_t cut = len; cut-- > 1;) {
        if (!cuts_here(text, cut))
            continue;
        int32_t row = tb_profile_indicator(r->profile, text, trimmed(text, cut));
        if (row != TB_NONE && take_measure(r, text + cut, len - cut))
            return row;
    }
    for (size_t cut = 1; cut < len; cut++) {
        const char *right = text + cut;
        if (!cuts_here(text, cut))
            continue;
        size_t skip = strspn(right, SEPARATORS);
        if (skip >= len - cut)
            continue;
        int32_t row = tb_profile_indicator(r->profile, right + skip, len - cut - skip);
        if (row != TB_NONE && take_measure(r, text, cut))
            return row;
    }
    return TB_NONE;
}

/* A name, a name and a measure, or a measure: true when it is one of them. */
static bool resolve(struct reading *r, const char *text, size_t len)
{
    len = trimmed(text, len);
    if (len == 0)
        return false;
    r->out->indicator = tb_profile_indicator(r->profile, text, len);
    if (r->out->indicator == TB_NONE)
        r->out->indicator = read_two_parts(r, text, len);
    return r->out->indicator != TB_NONE || take_measure(r, text, len);
}

bool tb_head_is_uom(const struct tb_profile *profile, const char *text)
{
    struct tb_uom uom;

    tb_uom_read(text, profile->uoms, profile->n_uoms, &uom);
    if (uom.kind != TB_UOM_AMOUNT)
        return uom.kind != TB_UOM_NONE;
    for (size_t i = 0; i < profile->n_indicators; i++) {
        if (tb_uom_same_dimension(&uom, &profile->indicators[i].uom))
            return true;
    }
    return false;
}

/* `投资_万元`, `GDP同比±%`: a unit of measure behind the rest without brackets;
 * the length of the rest, or `len`. */
static size_t strip_uom(struct reading *r, const char *text, size_t len)
{
    static const char *const marks[] = { "±%", "+-%", "+/-%", "%", "‰" };
    size_t at = len;

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        if (len > n && memcmp(text + len - n, marks[i], n) == 0) {
            if (i < 2 && text[len - n - 1] == '_')
                return len; /* 投资_±% is its growth */
            set_uom(r, i + 1 < sizeof marks / sizeof *marks ? "%" : "‰", i < 4 ? 1 : 3);
            return len - n;
        }
    }
    while (at > 0 && !strchr("_ ,:", text[at - 1]))
        at--;
    char *last = at > 0 && at < len ? tb_arena_memdup(r->arena, text + at, len - at) : NULL;
    if (!last || !tb_head_is_uom(r->profile, last))
        return len;
    set_uom(r, last, len - at);
    return at;
}

/* Copies the head without the brackets that end one of its joined parts. */
static const char *without_brackets(struct reading *r, const char *head)
{
    struct tb_buf out = TB_BUF_INIT;

    for (size_t i = 0; head[i]; i++) {
        tb_buf_putc(&out, head[i]);
        if (head[i] != ')' || (head[i + 1] && head[i + 1] != '_'))
            continue;
        size_t open = opening(head, i);
        if (open == i || i - open + 1 > out.len)
            continue;
        out.len -= i - open + 1;
        out.data[out.len] = '\0';
        read_inner(r, head + open + 1, i - open - 1);
    }
    const char *copy = out.failed ? NULL : tb_arena_strdup(r->arena, tb_buf_text(&out));
    tb_buf_release(&out);
    r->failed |= !copy;
    return copy;
}

/* The name with what its brackets say, first those at the end only. */
static bool read_name(struct reading *r, const char *head)
{
    const struct tb_meaning nothing = *r->out;

    for (int all = 0; all < 2; all++) {
        const char *inner, *text = head;
        *r->out = nothing;
        r->said.measure = -1;
        size_t len = tb_head_brackets(head, r->arena, &inner);
        if (all) {
            text = without_brackets(r, head);
            len = text ? strlen(text) : 0;
        } else if (inner) {
            read_inner(r, inner, strlen(inner));
        }
        const struct tb_meaning said = *r->out;
        if (resolve(r, text, len))
            return true;
        *r->out = said;
        size_t rest = strip_uom(r, text, trimmed(text, len));
        if (rest < len && resolve(r, text, rest))
            return true;
    }
    *r->out = nothing;
    return false;
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
                               const char *head, struct tb_arena *arena, struct tb_meaning *out)
{
    const struct tb_form_column *entry = listed(profile, form, head);
    struct reading r = { profile, arena, out, { -1, TB_NONE }, false };

    *out = (struct tb_meaning){ .indicator = TB_NONE, .measure = -1, .group = TB_NONE };
    if (entry) {
        *out = (struct tb_meaning){ entry->indicator, entry->measure, entry->group,
                                    entry->unit_measure, true };
        return entry->indicator == TB_NONE ? TB_HEAD_LEFT_OUT : TB_HEAD_KNOWN;
    }
    out->indicator = tb_profile_indicator(profile, head, strlen(head));
    bool read = out->indicator != TB_NONE || read_name(&r, head);
    if (r.failed)
        return TB_HEAD_FAILED;
    if (!read)
        return TB_HEAD_UNKNOWN;
    if (out->indicator < 0 && out->indicator != TB_NONE)
        return TB_HEAD_AMBIGUOUS;
    if (r.said.measure >= 0)
        out->measure = out->measure < 0 ? r.said.measure
                                        : tb_head_combined(out->measure, r.said.measure);
    if (r.said.measure >= 0 && out->measure < 0)
        return TB_HEAD_UNKNOWN;
    if (out->measure == TB_MEASURE_RANK && out->group < 0)
        out->group = r.said.group >= 0 ? r.said.group : usual_group(profile);
    if (out->measure != TB_MEASURE_RANK)
        out->group = TB_NONE;
    else if (out->group < 0)
        return TB_HEAD_UNKNOWN;
    return out->indicator == TB_NONE ? TB_HEAD_MEASURE : TB_HEAD_KNOWN;
}
