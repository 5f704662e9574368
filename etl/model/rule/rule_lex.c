/* rule_lex.c - the characters of a rule as tokens.
 *
 * Rules are typed into spreadsheet cells, often under a Chinese input method, so
 * each sign is also taken in its full-width form.
 */
#include <string.h>

#include "model/rule/rule_internal.h"

struct sign {
    const char *text;
    enum tb_rule_token token;
};

/* Longer signs before their beginnings. */
/* clang-format off */
static const struct sign signs[] = {
    { "<=", TB_TOKEN_LE }, { ">=", TB_TOKEN_GE }, { "!=", TB_TOKEN_NE },
    { "+-", TB_TOKEN_PLUS_MINUS }, { "±", TB_TOKEN_PLUS_MINUS },
    { "≤", TB_TOKEN_LE }, { "≥", TB_TOKEN_GE }, { "≠", TB_TOKEN_NE },
    { "<", TB_TOKEN_LT }, { "＜", TB_TOKEN_LT }, { ">", TB_TOKEN_GT }, { "＞", TB_TOKEN_GT },
    { "=", TB_TOKEN_EQ }, { "＝", TB_TOKEN_EQ }, { "~", TB_TOKEN_ABOUT }, { "～", TB_TOKEN_ABOUT },
    { "≈", TB_TOKEN_ABOUT },
    { "+", TB_TOKEN_PLUS }, { "＋", TB_TOKEN_PLUS }, { "-", TB_TOKEN_MINUS },
    { "－", TB_TOKEN_MINUS }, { "*", TB_TOKEN_STAR }, { "×", TB_TOKEN_STAR },
    { "/", TB_TOKEN_SLASH }, { "÷", TB_TOKEN_SLASH }, { "%", TB_TOKEN_PERCENT },
    { "％", TB_TOKEN_PERCENT }, { "(", TB_TOKEN_OPEN }, { "（", TB_TOKEN_OPEN },
    { ")", TB_TOKEN_CLOSE }, { "）", TB_TOKEN_CLOSE }, { "[", TB_TOKEN_OPEN_BRACKET },
    { "［", TB_TOKEN_OPEN_BRACKET }, { "]", TB_TOKEN_CLOSE_BRACKET },
    { "］", TB_TOKEN_CLOSE_BRACKET }, { ",", TB_TOKEN_COMMA }, { "，", TB_TOKEN_COMMA },
    { ":", TB_TOKEN_COLON }, { "：", TB_TOKEN_COLON }, { "@", TB_TOKEN_AT },
};
/* clang-format on */

static const struct sign *sign_at(const char *text, size_t len)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i].text);

        if (n <= len && memcmp(signs[i].text, text, n) == 0)
            return &signs[i];
    }
    return NULL;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The length of a wide character that may stand in a name, 0 if none does: any
 * but signs and what looks like punctuation or blank (U+2000.., U+3000.., U+FF00..).
 * The text is valid UTF-8. */
static size_t wide_letter(const char *text, size_t len)
{
    unsigned char lead = (unsigned char)text[0];
    size_t n = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc3 ? 2 : 0;

    if (n == 0 || n > len || sign_at(text, len))
        return 0;
    if (n == 3 && (memcmp(text, "\xe2\x80", 2) == 0 || memcmp(text, "\xe3\x80", 2) == 0 ||
                   memcmp(text, "\xef\xbc", 2) == 0 || memcmp(text, "\xef\xbb", 2) == 0))
        return 0;
    return n;
}

/* How many bytes of `text` belong to a name. */
static size_t name_run(const char *text, size_t len)
{
    size_t n = 0;

    while (n < len) {
        size_t wide;

        if (is_letter(text[n]) || text[n] == '_' ||
            (n > 0 && (is_digit(text[n]) || text[n] == '.')))
            n++;
        else if ((wide = wide_letter(text + n, len - n)) > 0)
            n += wide;
        else
            break;
    }
    return n;
}

bool tb_rule_is_plain_name(const char *text, size_t len)
{
    static const char *const reserved[] = { "and", "or", "not", "children", "cases" };

    if (len == 0 || text[0] == '_' || name_run(text, len) != len)
        return false;
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (strlen(reserved[i]) == len && memcmp(reserved[i], text, len) == 0)
            return false;
    }
    return true;
}

static void bad(struct tb_rule_lexer *lexer, const char *wrong)
{
    lexer->token = TB_TOKEN_BAD;
    lexer->wrong = wrong;
}

static void skip_blanks(struct tb_rule_lexer *lexer)
{
    while (lexer->at < lexer->len) {
        const char *here = lexer->text + lexer->at;

        if (*here == ' ' || *here == '\t' || *here == '\n' || *here == '\r')
            lexer->at++;
        else if (lexer->len - lexer->at >= 3 && memcmp(here, "\xe3\x80\x80", 3) == 0)
            lexer->at += 3; /* U+3000, the blank of Chinese input */
        else if (lexer->len - lexer->at >= 2 && memcmp(here, "\xc2\xa0", 2) == 0)
            lexer->at += 2; /* U+00A0 */
        else
            break;
    }
}

static void lex_quoted(struct tb_rule_lexer *lexer)
{
    const char *begin = lexer->text + lexer->at + 1;
    const char *end = memchr(begin, '"', lexer->len - lexer->at - 1);

    if (!end || end == begin) {
        bad(lexer, end ? "empty name, expected a name between the quotes"
                       : "quote is not closed, expected '\"'");
        return;
    }
    lexer->token = TB_TOKEN_NAME;
    lexer->quoted = true;
    lexer->name = begin;
    lexer->name_len = (size_t)(end - begin);
    lexer->at += lexer->name_len + 2;
}

static void lex_number(struct tb_rule_lexer *lexer)
{
    const char *text = lexer->text;
    size_t at = lexer->at;

    while (at < lexer->len && is_digit(text[at]))
        at++;
    if (at < lexer->len && text[at] == '.') {
        size_t point = at++;
        while (at < lexer->len && is_digit(text[at]))
            at++;
        if (at == point + 1) {
            bad(lexer, "number ends in a point, expected digits");
            return;
        }
    }
    if (at < lexer->len && (is_letter(text[at]) || wide_letter(text + at, lexer->len - at) > 0)) {
        bad(lexer, "number runs into letters, expected an operator (a name that begins with a "
                   "digit stands in quotes; units of measure stand in the column unit_measure)");
        return;
    }
    lexer->token = TB_TOKEN_NUMBER;
    lexer->name = text + lexer->at;
    lexer->name_len = at - lexer->at;
    lexer->at = at;
}

/* What people write who know another language; NULL if it is none of that. */
static const char *habit_at(const char *text, size_t len)
{
    static const struct {
        const char *text, *wrong;
    } habits[] = {
        { "=<", "unexpected '=<', expected '<='" },
        { "=>", "unexpected '=>', expected '>='" },
        { "==", "unexpected '==', expected '='" },
        { "&&", "unexpected '&&', expected 'and'" },
        { "||", "unexpected '||', expected 'or'" },
        { ";", "unexpected ';', expected ',' between arguments" },
        { "\xef\xbc\x9b", "unexpected '；', expected ',' between arguments" },
    };

    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++) {
        size_t n = strlen(habits[i].text);
        if (n <= len && memcmp(text, habits[i].text, n) == 0)
            return habits[i].wrong;
    }
    return NULL;
}

void tb_rule_lex_next(struct tb_rule_lexer *lexer)
{
    skip_blanks(lexer);
    lexer->start = lexer->at;
    lexer->quoted = false;
    if (lexer->at == lexer->len) {
        lexer->token = TB_TOKEN_END;
        return;
    }
    const char *here = lexer->text + lexer->at;
    size_t left = lexer->len - lexer->at;
    const struct sign *sign = sign_at(here, left);
    const char *habit = habit_at(here, left);

    if (habit) {
        bad(lexer, habit);
    } else if (sign) {
        lexer->token = sign->token;
        lexer->at += strlen(sign->text);
    } else if (is_digit(*here)) {
        lex_number(lexer);
    } else if (*here == '"') {
        lex_quoted(lexer);
    } else if (name_run(here, left) > 0) {
        lexer->token = TB_TOKEN_NAME;
        lexer->name = here;
        lexer->name_len = name_run(here, left);
        lexer->at += lexer->name_len;
    } else {
        bad(lexer, "unexpected character, expected a number, a name or an operator");
    }
}

bool tb_rule_lex_period(struct tb_rule_lexer *lexer, struct tb_period *out)
{
    size_t end = lexer->start;
    struct tb_period_read read;

    while (end < lexer->len) {
        const struct sign *sign = sign_at(lexer->text + end, lexer->len - end);

        if (sign && (sign->token == TB_TOKEN_COMMA || sign->token == TB_TOKEN_COLON ||
                     sign->token == TB_TOKEN_CLOSE))
            break;
        end++;
    }
    size_t after = end;
    while (end > lexer->start && lexer->text[end - 1] == ' ')
        end--;
    if (end == lexer->start ||
        !tb_period_parse(lexer->text + lexer->start, end - lexer->start, &read))
        return false;
    *out = read.period;
    lexer->at = after;
    tb_rule_lex_next(lexer);
    return true;
}

bool tb_rule_lex_compare(enum tb_rule_token token, enum tb_rule_compare *out)
{
    static const struct {
        enum tb_rule_token token;
        enum tb_rule_compare compare;
    } table[] = {
        { TB_TOKEN_LT, TB_CMP_LT },       { TB_TOKEN_LE, TB_CMP_LE }, { TB_TOKEN_GT, TB_CMP_GT },
        { TB_TOKEN_GE, TB_CMP_GE },       { TB_TOKEN_EQ, TB_CMP_EQ }, { TB_TOKEN_NE, TB_CMP_NE },
        { TB_TOKEN_ABOUT, TB_CMP_ABOUT },
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].token == token) {
            *out = table[i].compare;
            return true;
        }
    }
    return false;
}

bool tb_rule_lex_is_none(const struct tb_rule_lexer *ahead)
{
    static const char *const words[] = { "none", "暂无", "无市定任务数" };
    struct tb_rule_lexer lexer = *ahead;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (lexer.token == TB_TOKEN_NAME && !lexer.quoted && lexer.name_len == strlen(words[i]) &&
            memcmp(lexer.name, words[i], lexer.name_len) == 0) {
            tb_rule_lex_next(&lexer);
            return lexer.token == TB_TOKEN_END;
        }
    }
    return false;
}
