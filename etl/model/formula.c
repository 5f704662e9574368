/* formula.c - `formula` of a derived indicator.
 *
 *     formula = side [ "/" side ] ;
 *     side    = name | "sum" "(" name { "," name } ")" | "(" terms ")" ;
 *               without "/" also terms alone
 *     terms   = name { ("+" | "-") name } ;
 *     name    = letters, digits, "_", "." and all beyond ASCII, or "quoted" ;
 *
 * A linear formula is worked out by process and may use what was submitted; a
 * ratio is worked out by analyse and may use linear ones as well.  That is as
 * deep as it goes, so there can be no cycle.
 */
#include "model/profile/profile_load.h"

#include <string.h>

#include "tongbao/text.h"

enum { MAX_TERMS = 256 };

struct parser {
    struct tb_load *load;
    const char *text;
    size_t at;
    size_t self;
    const struct tb_place *place;
    bool failed;
};

static struct tb_place here(const struct parser *p, size_t at)
{
    struct tb_place place = *p->place;

    if (place.column)
        place.column += (uint32_t)tb_text_chars(p->text, at);
    return place;
}

static void fail(struct parser *p, size_t at, const char *expected)
{
    struct tb_place place = here(p, at);

    if (p->failed)
        return;
    p->failed = true;
    if (p->text[at])
        tb_diag_at(p->load->diag, TB_ERROR, &place, "formula: expected %s before '%s'", expected,
                   p->text + at);
    else
        tb_diag_at(p->load->diag, TB_ERROR, &place, "formula: expected %s at its end", expected);
}

static char peek(struct parser *p)
{
    while (p->text[p->at] == ' ')
        p->at++;
    return p->text[p->at];
}

static bool take(struct parser *p, char c)
{
    if (peek(p) != c)
        return false;
    p->at++;
    return true;
}

static void expect(struct parser *p, char c, const char *expected)
{
    if (!take(p, c))
        fail(p, p->at, expected);
}

static bool in_name(char c)
{
    unsigned char u = (unsigned char)c;

    return u >= 0x80 || c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* The bytes of a name, without quotes; its start is where it is reported. */
static bool take_name(struct parser *p, struct tb_item *name, size_t *start)
{
    bool quoted = peek(p) == '"';
    size_t from = p->at + quoted, end = from;

    *start = p->at;
    while (p->text[end] && (quoted ? p->text[end] != '"' : in_name(p->text[end])))
        end++;
    if (end == from || (quoted && !p->text[end])) {
        fail(p, p->at, "an indicator");
        return false;
    }
    *name = (struct tb_item){ .text = p->text + from, .len = end - from };
    p->at = end + quoted;
    return true;
}

static void add_term(struct parser *p, struct tb_formula_side *side, int sign)
{
    struct tb_item name;
    size_t start;

    if (!take_name(p, &name, &start))
        return;
    struct tb_place place = here(p, start);
    int32_t row = tb_load_find(p->load, TB_REF_INDICATOR, name.text, name.len, &place);
    if (row < 0) {
        p->failed = true;
    } else if ((size_t)row == p->self) {
        tb_diag_at(p->load->diag, TB_ERROR, &place, "formula: an indicator made from itself");
        p->failed = true;
    } else if (side->n == MAX_TERMS) {
        fail(p, start, "at most 256 terms");
    } else {
        side->indicator[side->n] = (uint16_t)row;
        side->sign[side->n++] = (int8_t)sign;
    }
}

static void read_terms(struct parser *p, struct tb_formula_side *side)
{
    add_term(p, side, +1);
    while (!p->failed) {
        if (take(p, '+'))
            add_term(p, side, +1);
        else if (take(p, '-'))
            add_term(p, side, -1);
        else
            return;
    }
}

static bool take_sum(struct parser *p)
{
    size_t before = p->at;

    peek(p);
    if (strncmp(p->text + p->at, "sum", 3) == 0) {
        p->at += 3;
        if (take(p, '('))
            return true;
    }
    p->at = before;
    return false;
}

static void read_side(struct parser *p, struct tb_formula_side *side)
{
    side->indicator = tb_load_alloc(p->load, MAX_TERMS, sizeof *side->indicator);
    side->sign = tb_load_alloc(p->load, MAX_TERMS, sizeof *side->sign);
    if (!side->indicator || !side->sign) {
        p->failed = true;
        return;
    }
    if (take_sum(p)) {
        side->of_present = true;
        do
            add_term(p, side, +1);
        while (!p->failed && take(p, ','));
        expect(p, ')', "',' or ')'");
    } else if (take(p, '(')) {
        read_terms(p, side);
        expect(p, ')', "'+', '-' or ')'");
    } else {
        read_terms(p, side);
        /* a - b / c would mean two things. */
        if (side->n > 1 && peek(p) == '/')
            fail(p, p->at, "brackets around the sum that stands");
    }
}

struct tb_formula *tb_formula_parse(struct tb_load *load, const char *text, size_t self,
                                    const struct tb_place *place)
{
    struct parser p = { .load = load, .text = text, .self = self, .place = place };
    struct tb_formula *formula = tb_load_alloc(load, 1, sizeof *formula);

    if (!formula)
        return NULL;
    read_side(&p, &formula->numerator);
    if (!p.failed && take(&p, '/')) {
        bool open = peek(&p) == '(' || strncmp(p.text + p.at, "sum", 3) == 0;
        size_t start = p.at;
        read_side(&p, &formula->denominator);
        if (!p.failed && !open && formula->denominator.n > 1)
            fail(&p, start, "brackets around the sum that stands");
    }
    if (!p.failed && peek(&p))
        fail(&p, p.at, "an operator");
    return p.failed ? NULL : formula;
}
