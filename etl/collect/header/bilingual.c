/* bilingual.c - a row of heads once more, in another language.
 *
 * Yearbooks and statements to the outside print heads twice.  The second row is one head
 * with the first when it holds no number, no unit where units stand, nothing but words in
 * another script than those above them, and when what is known of both agrees: region
 * under 地区, or names and aliases of one indicator.  A word that nobody knows under one
 * that is known says nothing against it.
 */
#include "collect/header/bilingual.h"

#include <string.h>

#include "collect/cell/coder.h"
#include "collect/header/head.h"
#include "collect/header/header.h"
#include "collect/header/heads_rows.h"
#include "collect/header/roles.h"
#include "tongbao/buf.h"

enum { PLAIN_PAIRS = 3 }; /* so many words without one that is known say that it is a head */

static bool is_chinese(const char *text)
{
    for (; *text; text++) {
        /* U+3400 .. U+9FFF begin with E3 90 .. E9 BF. */
        unsigned char a = (unsigned char)text[0], b = (unsigned char)text[1];
        if ((a > 0xe3 && a <= 0xe9) || (a == 0xe3 && b >= 0x90))
            return true;
    }
    return false;
}

/* What one head means by itself. */
struct sense {
    int role; /* of a usual head, or -1 */
    bool has_period;
    struct tb_period_read period;
    int32_t unit; /* row, where units are the columns; or TB_NONE */
    enum tb_head_kind kind;
    struct tb_meaning meaning;
};

static struct sense sense_of(const struct tb_planner *planner, const char *text)
{
    const struct tb_profile *profile = planner->facts->profile;
    struct tb_arena arena = TB_ARENA_INIT;
    struct tb_buf scratch = TB_BUF_INIT;
    struct sense s = { .role = tb_role_of_head(profile, text), .unit = TB_NONE };

    if (s.role == TB_N_ROLES)
        s.role = -1;
    s.has_period = tb_read_period(text, strlen(text), &scratch, &s.period);
    if (planner->form->layout == TB_LAYOUT_UNITS_ACROSS)
        s.unit = tb_profile_unit(profile, text, strlen(text));
    s.kind = tb_head_read(profile, planner->form, text, &arena, &s.meaning);
    s.meaning.unit_measure = NULL; /* it goes with the arena */
    tb_buf_release(&scratch);
    tb_arena_release(&arena);
    return s;
}

static bool is_known(const struct sense *s)
{
    return s->role >= 0 || s->has_period || s->unit != TB_NONE ||
           (s->kind != TB_HEAD_UNKNOWN && s->kind != TB_HEAD_FAILED);
}

enum pair { NO_PAIR, SAME, OTHERWISE, OPEN };

static enum pair compare_meanings(const struct sense *a, const struct sense *b)
{
    /* 投资 over YTD: two levels of heads. */
    if (a->kind != b->kind)
        return NO_PAIR;
    if (a->kind == TB_HEAD_MEASURE)
        return a->meaning.measure == b->meaning.measure ? SAME : NO_PAIR;
    if (a->kind != TB_HEAD_KNOWN)
        return OPEN;
    bool measures = a->meaning.measure < 0 || b->meaning.measure < 0 ||
                    a->meaning.measure == b->meaning.measure;
    return a->meaning.indicator == b->meaning.indicator && measures ? SAME : OTHERWISE;
}

static enum pair compare(const struct sense *a, const struct sense *b)
{
    if (!is_known(a) || !is_known(b))
        return OPEN;
    if (a->role >= 0 && b->role >= 0)
        return a->role == b->role ? SAME : OTHERWISE;
    if (a->has_period && b->has_period)
        return a->period.period.freq == b->period.period.freq &&
                       a->period.period.index == b->period.period.index &&
                       a->period.cumulative == b->period.cumulative
                   ? SAME
                   : OTHERWISE;
    if (a->unit != TB_NONE && b->unit != TB_NONE)
        return a->unit == b->unit ? SAME : OTHERWISE;
    if (a->role >= 0 || b->role >= 0 || a->has_period || b->has_period || a->unit != TB_NONE ||
        b->unit != TB_NONE)
        return NO_PAIR;
    return compare_meanings(a, b);
}

static enum pair compare_texts(const struct tb_planner *planner, const char *upper,
                               const char *lower)
{
    if (!lower[0] || (upper[0] && tb_same_name(planner->facts->profile, upper, lower)))
        return OPEN;
    if (!upper[0] || is_chinese(upper) == is_chinese(lower))
        return NO_PAIR;
    struct sense a = sense_of(planner, upper), b = sense_of(planner, lower);
    return compare(&a, &b);
}

enum tb_bilingual tb_bilingual_rows(const struct tb_planner *planner, size_t upper, size_t lower,
                                    size_t *column)
{
    const struct tb_sample *sample = planner->sample;
    size_t n_same = 0, n_otherwise = 0, n_words = 0, n_lacking = 0;

    if (lower >= sample->n || !tb_heads_are_words(planner, lower))
        return TB_BILINGUAL_NOT;
    for (size_t c = 0; c < sample->row[lower].n || c < sample->row[upper].n; c++) {
        const char *above = tb_sample_cell(sample, upper, c), *below = tb_sample_cell(sample, lower, c);
        enum pair pair = compare_texts(planner, above, below);
        if (pair == NO_PAIR)
            return TB_BILINGUAL_NOT;
        if (pair == OTHERWISE && n_otherwise++ == 0)
            *column = c;
        n_same += pair == SAME;
        n_words += above[0] && below[0];
        n_lacking += above[0] && !below[0];
    }
    bool plain = n_words >= PLAIN_PAIRS && n_lacking == 0;
    if (n_same == 0 && (!plain || n_otherwise > 0))
        return TB_BILINGUAL_NOT;
    return n_otherwise > 0 ? TB_BILINGUAL_OTHERWISE : TB_BILINGUAL_SAME;
}

const char *tb_bilingual_pick(const struct tb_planner *planner, const char *upper,
                              const char *lower)
{
    if (!upper[0] || !lower[0])
        return upper;
    struct sense a = sense_of(planner, upper), b = sense_of(planner, lower);
    return !is_known(&a) && is_known(&b) ? lower : upper;
}
