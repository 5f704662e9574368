/* cell.c - the text of a number -> an exact decimal.
 *
 *     number = "(" amount ")" [suffix] | [sign] amount [suffix]
 *     amount = digits in threes [ "." digits ] | "." digits
 *
 * after NFKC, so that full width forms are gone.  Plain numbers, which nearly
 * all are, never get that far.
 */
#include "collect/cell.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

enum { COMPACT_MAX = 48 };

static void bad(struct tb_cell *out, enum tb_reason reason)
{
    out->kind = TB_CELL_BAD;
    out->reason = reason;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Words for "no figure here", folded.  Which kind of missing it is stays open
 * (O) unless the word says so. */
static const struct {
    const char *word;
    enum tb_status status;
} usual_missing[] = {
    { "-", TB_STATUS_O },        { "--", TB_STATUS_O },      { "---", TB_STATUS_O },
    { "—", TB_STATUS_O },        { "——", TB_STATUS_O },      { "–", TB_STATUS_O },
    { "...", TB_STATUS_O },      { "......", TB_STATUS_O },  { "..", TB_STATUS_O },
    { "na", TB_STATUS_O },       { "(na)", TB_STATUS_O },    { "n.a.", TB_STATUS_O },
    { "nan", TB_STATUS_O },      { "null", TB_STATUS_O },    { "none", TB_STATUS_O },
    { "缺", TB_STATUS_O },       { "缺失", TB_STATUS_O },    { "无", TB_STATUS_O },
    { "无数据", TB_STATUS_O },   { "暂无", TB_STATUS_O },    { "暂无数据", TB_STATUS_O },
    { "未报", TB_STATUS_L },     { "未上报", TB_STATUS_L },  { "未报送", TB_STATUS_L },
    { "缺报", TB_STATUS_L },     { "notreported", TB_STATUS_L },
    { "不适用", TB_STATUS_M },   { "n/a", TB_STATUS_M },     { "/", TB_STATUS_M },
    { "notapplicable", TB_STATUS_M },
    { "保密", TB_STATUS_Q },     { "(d)", TB_STATUS_Q },     { "confidential", TB_STATUS_Q },
};

int tb_missing_word(const struct tb_profile *profile, const char *folded)
{
    for (size_t i = 0; profile && i < profile->n_missing; i++) {
        if (strcmp(profile->missing[i].word, folded) == 0)
            return (int)profile->missing[i].status;
    }
    for (size_t i = 0; i < sizeof usual_missing / sizeof *usual_missing; i++) {
        if (strcmp(usual_missing[i].word, folded) == 0)
            return (int)usual_missing[i].status;
    }
    return -1;
}

/* Deals with cells that say nothing; else leaves in scratch the normalised
 * text, a NUL, and the folded text, and returns true. */
static bool prepare(const char *text, size_t len, const struct tb_profile *profile,
                    struct tb_buf *scratch, const char **normal, const char **folded,
                    struct tb_cell *out)
{
    *out = (struct tb_cell){ .kind = TB_CELL_EMPTY };
    tb_buf_clear(scratch);
    tb_text_normalise(text, len, scratch);
    if (scratch->len == 0)
        return false;
    size_t at = scratch->len + 1;
    tb_buf_putc(scratch, '\0');
    tb_text_fold(text, len, scratch);
    if (scratch->failed || scratch->len < at) {
        bad(out, TB_REASON_NUMBER_MALFORMED);
        return false;
    }
    *normal = scratch->data;
    *folded = scratch->data + at;
    int status = tb_missing_word(profile, *folded);
    if (status >= 0) {
        out->kind = TB_CELL_MISSING;
        out->status = (uint8_t)status;
    }
    return status < 0;
}

/* How many bytes of sign stand at text, and whether it is a minus. */
static size_t sign_at(const char *text, bool *negative)
{
    static const char *const minuses[] = { "-", "−", "–" };

    *negative = false;
    if (text[0] == '+')
        return 1;
    for (size_t i = 0; i < sizeof minuses / sizeof *minuses; i++) {
        if (strncmp(text, minuses[i], strlen(minuses[i])) == 0) {
            *negative = true;
            return strlen(minuses[i]);
        }
    }
    return 0;
}

/* Digits with one kind of mark between groups of three, and a point: copied
 * without the marks.  Returns the bytes used; 0 with *reason set. */
static size_t take_amount(const char *text, char compact[COMPACT_MAX], size_t *n_compact,
                          enum tb_reason *reason)
{
    size_t i = 0, n = *n_compact, in_group = 0;
    char mark = '\0';
    bool point = false;

    *reason = TB_REASON_NUMBER_MARKS;
    if (text[0] == '.' && is_digit(text[1]))
        compact[n++] = '0';
    for (;; i++) {
        char c = text[i];
        if (is_digit(c)) {
            if (n + 1 >= COMPACT_MAX) {
                *reason = TB_REASON_NUMBER_TOO_LONG;
                return 0;
            }
            compact[n++] = c;
            in_group++;
        } else if (c == '.') {
            if (point || (mark && in_group != 3) || !is_digit(text[i + 1]))
                return 0;
            compact[n++] = c;
            point = true;
        } else if ((c == ',' || c == ' ' || c == '\'') && is_digit(text[i + 1])) {
            bool first = mark == '\0';
            if (point || (!first && mark != c) || in_group > 3 || (!first && in_group != 3))
                return 0;
            mark = c;
            in_group = 0;
        } else {
            break;
        }
    }
    if (mark && !point && in_group != 3)
        return 0;
    *n_compact = n;
    if (i == 0)
        *reason = TB_REASON_NUMBER_MALFORMED;
    return i;
}

static bool is_exponent(const char *rest)
{
    if (rest[0] != 'e' && rest[0] != 'E')
        return false;
    rest += 1 + (rest[1] == '+' || rest[1] == '-');
    return is_digit(rest[0]) && rest[strspn(rest, "0123456789")] == '\0';
}

/* A number whose decimals are more than are kept, as programs print binary
 * fractions (98.3488995348837): half away from zero at the twelfth. */
static bool parse_rounded(const char *text, size_t len, struct tb_decimal *out)
{
    const char *point = memchr(text, '.', len);
    size_t kept = point ? (size_t)(point - text) + 1 + TB_DECIMAL_SCALE_MAX : len;

    if (kept >= len || !tb_decimal_parse(text, kept, out))
        return false;
    if (text[kept] < '5')
        return true;
    return !__builtin_add_overflow(out->units, text[0] == '-' ? -1 : 1, &out->units);
}

/* What stands behind a number in 2023-05, 5/1, 5月1日. */
static bool goes_on_as_date(const char *rest)
{
    return ((rest[0] == '-' || rest[0] == '/') && is_digit(rest[1])) ||
           strncmp(rest, "年", strlen("年")) == 0 || strncmp(rest, "月", strlen("月")) == 0;
}

/* May-23: a month and a number that a spreadsheet took for a day or a year. */
static bool is_month_name(const char *whole)
{
    struct tb_period_read read;

    return !is_digit(whole[0]) && tb_period_parse(whole, strlen(whole), &read);
}

/* A unit of measure holds no digit, save the 2 and 3 of m2 and m3. */
static bool suffix_plausible(const char *suffix)
{
    size_t len = strlen(suffix), at = strcspn(suffix, "0123456789");

    return suffix[0] != '-' && suffix[0] != '/' &&
           (at == len || (at + 1 == len && at > 0 && suffix[at - 1] == 'm'));
}

/* The amount and its suffix; `text` starts behind the sign. */
static void read_amount(char *text, const char *whole, bool negative, bool bracket,
                        struct tb_cell *out)
{
    char compact[COMPACT_MAX] = "-";
    size_t n = negative;
    enum tb_reason reason;
    size_t used = take_amount(text, compact, &n, &reason);

    if (used == 0 || n == (size_t)negative) {
        bad(out, is_month_name(whole) ? TB_REASON_NUMBER_DATE : reason);
        return;
    }
    char *rest = text + used;
    if (bracket && *rest++ != ')') {
        bad(out, TB_REASON_NUMBER_MALFORMED);
        return;
    }
    while (*rest == ' ')
        rest++;
    if (is_exponent(rest))
        bad(out, TB_REASON_NUMBER_EXPONENT);
    else if (goes_on_as_date(rest))
        bad(out, TB_REASON_NUMBER_DATE);
    else if (!suffix_plausible(rest))
        bad(out, TB_REASON_NUMBER_MALFORMED);
    else if (tb_decimal_parse(compact, n, &out->value))
        out->kind = TB_CELL_VALUE;
    else if ((out->rounded = parse_rounded(compact, n, &out->value)))
        out->kind = TB_CELL_VALUE;
    else
        bad(out, TB_REASON_NUMBER_TOO_LONG);
    out->suffix = *rest ? rest : NULL;
}

/* (5.3%) has its suffix inside: moves the bracket in front of it. */
static void open_suffix_in_bracket(char *text)
{
    size_t number = strspn(text, "0123456789., '");
    char *close = text + strlen(text) - 1;

    if (number > 0 && text + number < close && *close == ')' && !memchr(text, ')', (size_t)(close - text))) {
        memmove(text + number + 1, text + number, (size_t)(close - text) - number);
        text[number] = ')';
    }
}

void tb_cell_number(const char *text, size_t len, const struct tb_profile *profile,
                    struct tb_buf *scratch, struct tb_cell *out)
{
    const char *normal, *folded;
    bool negative;

    if (len > 0 && tb_decimal_parse(text, len, &out->value)) {
        out->kind = TB_CELL_VALUE;
        out->suffix = NULL;
        out->tied = out->rounded = false;
        return;
    }
    if (!prepare(text, len, profile, scratch, &normal, &folded, out))
        return;
    char *at = scratch->data;
    if (at[0] == '#') {
        bad(out, TB_REASON_NUMBER_SPREADSHEET);
        return;
    }
    if (at[0] == '(') {
        open_suffix_in_bracket(at + 1);
        read_amount(at + 1, normal, true, true, out);
        return;
    }
    at += sign_at(at, &negative);
    while (*at == ' ')
        at++;
    read_amount(at, normal, negative, false, out);
}

/* --- milestones and grades --- */

void tb_cell_milestone(const char *text, size_t len, const struct tb_profile *profile,
                       struct tb_buf *scratch, struct tb_cell *out)
{
    static const struct {
        const char *word;
        int64_t percent;
    } words[] = {
        { "完成", 100 },   { "已完成", 100 }, { "done", 100 }, { "是", 100 }, { "yes", 100 },
        { "√", 100 },      { "true", 100 },   { "未完成", 0 }, { "否", 0 },   { "no", 0 },
        { "notdone", 0 },  { "×", 0 },        { "false", 0 },
    };

    tb_buf_clear(scratch);
    tb_text_fold(text, len, scratch);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(tb_buf_text(scratch), words[i].word) == 0) {
            *out = (struct tb_cell){ .kind = TB_CELL_VALUE, .value = { words[i].percent, 0 } };
            return;
        }
    }
    tb_cell_number(text, len, profile, scratch, out);
    if (out->kind == TB_CELL_BAD ||
        (out->kind == TB_CELL_VALUE && out->suffix && strcmp(out->suffix, "%") != 0))
        bad(out, TB_REASON_MILESTONE_MALFORMED);
    out->suffix = NULL;
}

void tb_cell_grade(const char *text, size_t len, const struct tb_strings *grades,
                   const struct tb_profile *profile, struct tb_buf *scratch, struct tb_cell *out)
{
    struct tb_buf word = TB_BUF_INIT;

    tb_buf_clear(scratch);
    tb_text_fold(text, len, scratch);
    *out = (struct tb_cell){ .kind = TB_CELL_BAD, .reason = TB_REASON_GRADE_UNKNOWN };
    for (size_t i = 0; i < grades->n && out->kind == TB_CELL_BAD; i++) {
        tb_buf_clear(&word);
        tb_text_fold(grades->item[i], strlen(grades->item[i]), &word);
        if (scratch->len > 0 && strcmp(tb_buf_text(&word), tb_buf_text(scratch)) == 0)
            *out = (struct tb_cell){ .kind = TB_CELL_VALUE, .value = { (int64_t)i + 1, 0 } };
    }
    tb_buf_release(&word);
    if (out->kind == TB_CELL_VALUE)
        return;
    tb_cell_number(text, len, profile, scratch, out);
    struct tb_decimal place = tb_decimal_trim(out->value);
    if (out->kind == TB_CELL_BAD ||
        (out->kind == TB_CELL_VALUE && (out->suffix || place.scale != 0 || place.units < 1 ||
                                        place.units > (int64_t)grades->n)))
        bad(out, TB_REASON_GRADE_UNKNOWN);
    else if (out->kind == TB_CELL_VALUE)
        out->value = place;
}
