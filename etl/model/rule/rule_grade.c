/* rule_grade.c - words of grades: grade <= "市级先进".
 *
 * A grade is its place in the indicator's list, 1 being the best.  A word in quotes
 * that stands beside a grade is one of that list and becomes its place, so that
 * evaluation knows numbers alone; the word is kept for printing.
 */
#include <string.h>

#include "model/rule/rule_internal.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

bool tb_rule_is_word(const struct tb_rule_node *node)
{
    return node && node->op == TB_OP_NAME && node->quoted;
}

/* The list that a kind of grade is a place in; NULL for a rule of any indicator. */
static const struct tb_strings *grades_of(const struct tb_rule_compiler *compiler,
                                          struct tb_rule_kind kind)
{
    return kind.indicator >= 0 ? &compiler->profile->indicators[kind.indicator].grades : NULL;
}

static bool same_word(const char *a, size_t a_len, const char *b)
{
    struct tb_buf x = TB_BUF_INIT, y = TB_BUF_INIT;

    tb_text_fold(a, a_len, &x);
    tb_text_fold(b, strlen(b), &y);
    bool same = !x.failed && !y.failed && strcmp(tb_buf_text(&x), tb_buf_text(&y)) == 0;
    tb_buf_release(&x);
    tb_buf_release(&y);
    return same;
}

bool tb_rule_same_grades(const struct tb_rule_compiler *compiler, struct tb_rule_kind a,
                         struct tb_rule_kind b)
{
    const struct tb_strings *x = grades_of(compiler, a);
    const struct tb_strings *y = grades_of(compiler, b);

    if (!x || !y || x == y)
        return true;
    if (x->n != y->n)
        return false;
    for (size_t i = 0; i < x->n; i++)
        if (!same_word(x->item[i], strlen(x->item[i]), y->item[i]))
            return false;
    return true;
}

static bool unknown_word(struct tb_rule_compiler *compiler, const struct tb_rule_node *word,
                         const struct tb_strings *grades, const char *code)
{
    struct tb_buf list = TB_BUF_INIT;

    for (size_t i = 0; i < grades->n; i++)
        tb_buf_printf(&list, "%s%s", i ? ", " : "", grades->item[i]);
    tb_rule_mistake(compiler, word->column, "'%.*s' is no grade of '%s', expected one of: %s",
                    (int)word->name_len, word->name, code, tb_buf_text(&list));
    tb_buf_release(&list);
    return false;
}

static bool read_word(struct tb_rule_compiler *compiler, struct tb_rule_node *word,
                      const struct tb_rule_node *other)
{
    const struct tb_strings *grades =
        other->kind.sort == TB_SORT_GRADE ? grades_of(compiler, other->kind) : NULL;

    if (!grades || tb_rule_is_word(other)) {
        tb_rule_mistake(compiler, word->column,
                        "unknown name '%.*s', expected a measure such as value, ytd or growth (a "
                        "word of grades stands beside the grade of an indicator)",
                        (int)word->name_len, word->name);
        return false;
    }
    for (size_t i = 0; i < grades->n; i++) {
        if (!same_word(word->name, word->name_len, grades->item[i]))
            continue;
        word->op = TB_OP_NUMBER;
        word->name = grades->item[i];
        word->name_len = strlen(word->name);
        word->number = tb_rational_int((int64_t)i + 1);
        word->kind = other->kind;
        word->sorted = true;
        return true;
    }
    return unknown_word(compiler, word, grades,
                        compiler->profile->indicators[other->kind.indicator].code);
}

bool tb_rule_read_words(struct tb_rule_compiler *compiler, struct tb_rule_node *comparison)
{
    for (size_t i = 0; i < 2; i++) {
        if (tb_rule_is_word(comparison->kid[i]) &&
            !read_word(compiler, comparison->kid[i], comparison->kid[!i]))
            return false;
    }
    return true;
}
