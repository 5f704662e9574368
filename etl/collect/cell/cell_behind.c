/* cell_behind.c - what stands behind the digits of a number: 万元, %, a flag (p, r,
 * 初步), a footnote mark (*, ①, ², [1]).
 *
 * A plain digit behind a number cannot be told from one of its own, so no mark
 * is ever looked for among them; NFKC leaves raised and circled ones alone.
 */
#include "collect/cell/cell_parts.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

enum { MOST_PARTS = 4, MARK_DIGITS = 2 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void trim(char *text, size_t *len)
{
    while (*len > 0 && text[*len - 1] == ' ')
        (*len)--;
    text[*len] = '\0';
}

/* Raised digits are the exponent of a unit of measure behind a letter: m², 米³. */
static bool is_raised(const char *mark)
{
    return strcmp(mark, "²") == 0 || strcmp(mark, "³") == 0;
}

/* A mark that is no digit by itself, at the end of `text`: its length. */
static size_t mark_at_end(const char *text, size_t len)
{
    static const char *const marks[] = {
        "*", "†", "‡", "§", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁰", "①", "②", "③", "④",
        "⑤", "⑥", "⑦", "⑧", "⑨", "⑩", "⑪", "⑫", "⑬", "⑭", "⑮", "⑯", "⑰", "⑱", "⑲", "⑳", "❶", "❷",
        "❸", "❹", "❺", "❻", "❼", "❽", "❾", "❿", "※", "注", "(注)",
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t n = strlen(marks[i]);
        if (len < n || memcmp(text + len - n, marks[i], n) != 0)
            continue;
        char before = len > n ? text[len - n - 1] : ' ';
        bool of_unit = is_raised(marks[i]) && before != ' ' && before != '%' && before != '*';
        return of_unit ? 0 : n;
    }
    return 0;
}

/* The length of "[12]" or "(1)" at the end of `text`; `inner` and *n_inner are
 * what stands between. */
static size_t bracket_at_end(const char *text, size_t len, const char **inner, size_t *n_inner)
{
    size_t open = len;

    if (len < 3 || (text[len - 1] != ')' && text[len - 1] != ']'))
        return 0;
    while (open > 0 && text[open - 1] != '(' && text[open - 1] != '[')
        open--;
    if (open == 0 || (text[open - 1] == '(') != (text[len - 1] == ')'))
        return 0;
    *inner = text + open;
    *n_inner = len - 1 - open;
    return len - open + 1;
}

static bool is_note_number(const char *text, size_t len)
{
    size_t skip = len > strlen("注") && strncmp(text, "注", strlen("注")) == 0 ? strlen("注") : 0;
    size_t n = 0;

    while (skip + n < len && is_digit(text[skip + n]))
        n++;
    return n > 0 && n <= MARK_DIGITS && skip + n == len;
}

/* The status of a flag, -1 if it is none; -2 if it is a word for missing. */
static int flag_of(const char *text, size_t len, const struct tb_profile *profile)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(text, len, &folded);
    int status = folded.failed || folded.len == 0 ? -1 : tb_flag_word(profile, folded.data);
    if (status < 0 && folded.len > 0 && tb_missing_word(profile, tb_buf_text(&folded)) >= 0)
        status = -2;
    if (folded.failed)
        tb_profile_starve(profile);
    tb_buf_release(&folded);
    return status;
}

/* Where the last word of `text` begins: all of it, or behind the last blank. */
static size_t last_word(const char *text, size_t len)
{
    while (len > 0 && text[len - 1] != ' ')
        len--;
    return len;
}

enum found { NOTHING, TAKEN, REFUSED };

/* A flag: the last word, alone or in brackets. */
static enum found take_flag(char *rest, size_t *len, const struct tb_profile *profile,
                            struct tb_cell *out)
{
    const char *inner = NULL;
    size_t n_inner = 0, bracket = bracket_at_end(rest, *len, &inner, &n_inner);
    size_t from = bracket ? *len - bracket : last_word(rest, *len);
    int status = bracket ? flag_of(inner, n_inner, profile) : -1;

    if (status == -1) /* words such as (D) have their brackets with them */
        status = flag_of(rest + from, *len - from, profile);
    if (status == -1 || (status == -2 && !bracket))
        return NOTHING;
    if (status == -2 || out->flag != TB_STATUS_NONE) {
        out->reason = TB_REASON_STATUS_CONFLICT;
        return REFUSED;
    }
    out->flag = (uint8_t)status;
    *len = from;
    return TAKEN;
}

static enum found take_mark(const char *rest, size_t *len, struct tb_cell *out)
{
    const char *inner = NULL;
    size_t n_inner = 0, bracket = bracket_at_end(rest, *len, &inner, &n_inner);
    size_t mark = bracket && is_note_number(inner, n_inner) ? bracket : mark_at_end(rest, *len);

    if (mark == 0)
        return NOTHING;
    out->marked = true;
    *len -= mark;
    return TAKEN;
}

/* 5万多, 5.3左右 */
static bool is_inexact(const char *rest, size_t len)
{
    static const char *const words[] = { "左右", "上下", "以上", "以下", "余", "多", "余元", "多元" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (len >= n && memcmp(rest + len - n, words[i], n) == 0)
            return true;
    }
    return false;
}

/* A unit of measure holds no digit, save the 2 and 3 of m2 and m3. */
static bool is_plausible(const char *suffix)
{
    size_t len = strlen(suffix), at = strcspn(suffix, "0123456789");

    return suffix[0] != '-' && suffix[0] != '/' &&
           (at == len || (at + 1 == len && at > 0 && suffix[at - 1] == 'm'));
}

/* A fraction (5½) or another raised sign is part of the number or unknown. */
static bool is_fraction(const char *suffix)
{
    return strncmp(suffix, "\302\274", 2) == 0 || strncmp(suffix, "\302\275", 2) == 0 ||
           strncmp(suffix, "\302\276", 2) == 0 || strncmp(suffix, "\342\205", 2) == 0;
}

bool tb_cell_behind(char *rest, const struct tb_profile *profile, struct tb_cell *out)
{
    size_t len = strlen(rest);
    enum found found = TAKEN;

    for (int parts = 0; parts < MOST_PARTS && found == TAKEN; parts++) {
        trim(rest, &len);
        found = len > 0 ? take_mark(rest, &len, out) : NOTHING;
        if (found == NOTHING && len > 0)
            found = take_flag(rest, &len, profile, out);
    }
    trim(rest, &len);
    if (found == REFUSED)
        return false;
    if (is_inexact(rest, len)) {
        out->reason = TB_REASON_NUMBER_INEXACT;
        return false;
    }
    out->reason = TB_REASON_NUMBER_MALFORMED;
    out->suffix = len > 0 ? rest : NULL;
    return is_plausible(rest) && !is_fraction(rest);
}
