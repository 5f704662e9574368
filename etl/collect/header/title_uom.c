/* title_uom.c - lines such as `单位：万元` above a table: the unit of measure of
 * what states none of its own.
 */
#include "collect/header/title_uom.h"

#include <string.h>

#include "collect/header/header.h"
#include "tongbao/buf.h"
#include "tongbao/text.h"

static bool ends_with(const char *text, size_t len, const char *word)
{
    size_t n = strlen(word);

    return len >= n && memcmp(text + len - n, word, n) == 0;
}

/* 计量单位, 金额单位; not 填报单位. */
static bool is_of_numbers(const char *text, size_t before)
{
    static const char *const words[] = { "计量", "金额", "货币", "数据", "数值", "数量", "价值量",
                                         "表内", "本表" };
    bool counted = before == 0 || strchr(" ,;(", text[before - 1]);

    for (size_t i = 0; i < sizeof words / sizeof *words && !counted; i++)
        counted = ends_with(text, before, words[i]);
    return counted;
}

/* Behind `单位:` of numbers; NULL: nowhere. */
static const char *behind_word(const char *text, bool *chinese)
{
    static const char *const words[] = { "单位:", "Unit:", "Units:", "unit:", "units:" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (const char *at = text; (at = strstr(at, words[i])); at++) {
            if (!is_of_numbers(text, (size_t)(at - text)))
                continue;
            *chinese = i == 0;
            return at + strlen(words[i]);
        }
    }
    return NULL;
}

/* `单位：` and nothing behind it: the next cell says it. */
static bool is_open(const char *text)
{
    size_t len = strlen(text);
    bool chinese, alone = ends_with(text, len, "单位");
    const char *at = behind_word(text, &chinese);

    return (at && at[strspn(at, " ")] == '\0') ||
           (alone && is_of_numbers(text, len - strlen("单位")));
}

static bool is_of_some(const struct tb_profile *profile, const struct tb_uom *uom)
{
    bool known = false;

    for (size_t i = 0; i < profile->n_indicators && !known; i++)
        known = tb_uom_same_dimension(uom, &profile->indicators[i].uom);
    return known;
}

/* True for a name that is a unit of measure for sure: one that is made of others
 * (万元, 吨), money (美元), or that some indicator is in. */
static bool is_known(const struct tb_profile *profile, const char *name, const struct tb_uom *uom)
{
    struct tb_buf folded = TB_BUF_INIT;

    tb_text_fold(name, strlen(name), &folded);
    bool known = uom->kind == TB_UOM_PERCENT || uom->kind == TB_UOM_INDEX ||
                 strcmp(uom->base, tb_buf_text(&folded)) != 0 ||
                 ends_with(uom->base, strlen(uom->base), "元") || is_of_some(profile, uom);
    if (folded.failed)
        tb_profile_starve(profile);
    tb_buf_release(&folded);
    return known && tb_profile_unit(profile, name, strlen(name)) == TB_NONE;
}

/* One that is stated already in another size leaves open which was meant. */
static bool mix(struct tb_title_uoms *uoms, struct tb_arena *arena,
                const struct tb_title_uom *stated, bool *known)
{
    for (size_t i = 0; i < uoms->n; i++) {
        struct tb_title_uom *before = &uoms->item[i];
        struct tb_buf both = TB_BUF_INIT;
        if (!tb_uom_same_dimension(&before->uom, &stated->uom))
            continue;
        *known = true;
        before->aside = before->aside && stated->aside;
        if (before->uom.factor.num == stated->uom.factor.num &&
            before->uom.factor.den == stated->uom.factor.den)
            return true;
        tb_buf_printf(&both, "%s、%s", before->text, stated->text);
        before->text = both.failed ? NULL : tb_arena_strdup(arena, tb_buf_text(&both));
        tb_buf_release(&both);
        return before->text != NULL;
    }
    return true;
}

/* Where what is read goes. */
struct stating {
    struct tb_title_uoms *uoms;
    struct tb_arena *arena;
    const struct tb_profile *profile;
};

static bool add(const struct stating *to, const char *text, size_t len, bool aside)
{
    const struct tb_profile *profile = to->profile;
    struct tb_title_uoms *uoms = to->uoms;
    struct tb_title_uom stated = { .aside = aside };
    bool there = false;

    while (len > 0 && *text == ' ') {
        text++;
        len--;
    }
    while (len > 0 && text[len - 1] == ' ')
        len--;
    if (len == 0 || uoms->n == TB_TITLE_UOMS_MAX)
        return true;
    stated.text = tb_arena_memdup(to->arena, text, len);
    if (!stated.text)
        return false;
    tb_uom_read(stated.text, profile->uoms, profile->n_uoms, &stated.uom);
    bool known = aside ? stated.uom.kind == TB_UOM_AMOUNT && is_of_some(profile, &stated.uom)
                       : is_known(profile, stated.text, &stated.uom);
    if (!known)
        return true;
    if (!mix(uoms, to->arena, &stated, &there))
        return false;
    if (!there)
        uoms->item[uoms->n++] = stated;
    return true;
}

/* 10,000 yuan is one; 万元、个、% are three. */
static bool add_list(const struct stating *to, const char *at, const char *end, bool chinese,
                     bool aside)
{
    bool ok = true;

    while (at < end && ok) {
        const char *stop = end;
        for (const char *s = at; s < end && stop == end && chinese; s++) {
            if (*s == ',' || *s == ';' || strncmp(s, "、", strlen("、")) == 0)
                stop = s;
        }
        ok = add(to, at, (size_t)(stop - at), aside);
        at = stop == end ? end : stop + (*stop == ',' || *stop == ';' ? 1 : strlen("、"));
    }
    return ok;
}

/* 固定资产投资(亿元) as a title. */
static bool read_brackets(const struct stating *to, const char *text)
{
    bool ok = true;

    for (const char *at = text; ok && (at = strchr(at, '(')); at++) {
        const char *end = strchr(at, ')');
        if (!end)
            break;
        ok = add_list(to, at + 1, end, true, true);
    }
    return ok;
}

static bool read_cell(const struct stating *to, const char *text)
{
    bool chinese;
    const char *at = behind_word(text, &chinese);

    if (!at)
        return read_brackets(to, text);
    at += *at == ' ';
    return add_list(to, at, at + strcspn(at, chinese ? ") " : ")"), chinese, false);
}

/* `单位：` in one cell, `万元` in the next one that is filled. */
static bool read_next(const struct stating *to, const struct tb_sample *sample, size_t row,
                      size_t column)
{
    const char *next = "";
    struct tb_buf text = TB_BUF_INIT;

    for (size_t c = column + 1; c < sample->row[row].n && !next[0]; c++)
        next = tb_sample_cell(sample, row, c);
    tb_buf_printf(&text, "单位:%s", next);
    bool ok = !text.failed && read_cell(to, tb_buf_text(&text));
    tb_buf_release(&text);
    return ok;
}

bool tb_title_uom_is_statement(const char *text)
{
    struct tb_buf normal = TB_BUF_INIT;
    bool chinese;

    tb_text_normalise(text, strlen(text), &normal);
    const char *cell = tb_buf_text(&normal);
    cell += strspn(cell, "( ");
    const char *behind = behind_word(cell, &chinese);
    /* No more before the word than 计量 or 金额: a head such as 投资(单位:万元) is none. */
    bool stated = behind && !memchr(cell, '(', (size_t)(behind - cell));
    tb_buf_release(&normal);
    return stated;
}

/* A statement with its unit of measure, in one cell. */
static bool in_corner(const char *cell)
{
    return tb_title_uom_is_statement(cell) && !is_open(cell);
}

bool tb_title_uoms_read(struct tb_plan *plan, const struct tb_file_facts *facts,
                        const struct tb_sample *sample)
{
    const struct stating to = { &plan->title_uoms, &plan->arena, facts->profile };
    struct tb_title_uoms *uoms = &plan->title_uoms;
    const struct tb_plan *first = facts->first;
    bool ok = true;

    for (size_t r = 0; r < sample->n && sample->row[r].line <= plan->header_end; r++) {
        for (size_t c = 0; c < sample->row[r].n && ok; c++) {
            const char *cell = tb_sample_cell(sample, r, c);
            /* In the corner of the heads it may stand, too. */
            if (sample->row[r].line >= plan->header_line && !in_corner(cell))
                continue;
            ok = is_open(cell) ? read_next(&to, sample, r, c) : read_cell(&to, cell);
        }
    }
    bool silent = uoms->n == 0;
    for (size_t i = 0; first && silent && i < first->title_uoms.n; i++) {
        uoms->item[uoms->n] = first->title_uoms.item[i];
        uoms->item[uoms->n++].aside = true;
    }
    return ok;
}

bool tb_title_uoms_add(struct tb_title_uoms *uoms, struct tb_arena *arena,
                       const struct tb_profile *profile, const char *text, const char *next)
{
    const struct stating to = { uoms, arena, profile };
    struct tb_buf both = TB_BUF_INIT;
    bool ok;

    tb_text_normalise(text, strlen(text), &both);
    if (!is_open(tb_buf_text(&both))) {
        ok = !both.failed && read_cell(&to, tb_buf_text(&both));
    } else {
        tb_buf_clear(&both);
        tb_buf_puts(&both, "单位:");
        tb_text_normalise(next, strlen(next), &both);
        ok = !both.failed && read_cell(&to, tb_buf_text(&both));
    }
    tb_buf_release(&both);
    return ok;
}

bool tb_title_uoms_same(const struct tb_title_uoms *a, const struct tb_title_uoms *b)
{
    bool same = a->n == b->n;

    for (size_t i = 0; same && i < a->n; i++)
        same = strcmp(a->item[i].text, b->item[i].text) == 0;
    return same;
}

const char *tb_title_uom_for(const struct tb_title_uoms *uoms, const struct tb_profile *profile,
                             int32_t indicator)
{
    const struct tb_uom *own = &profile->indicators[indicator].uom;
    const struct tb_title_uom *other = NULL;

    for (size_t i = 0; i < uoms->n; i++) {
        const struct tb_title_uom *stated = &uoms->item[i];
        if (tb_uom_same_dimension(&stated->uom, own))
            return stated->text;
        if (!other && !stated->aside)
            other = stated;
    }
    /* 单位：万元 says nothing of rates. */
    return own->kind == TB_UOM_AMOUNT && other ? other->text : NULL;
}
