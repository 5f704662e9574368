/* sections.c - section rows: what they name, and for how long it holds. */
#include "collect/rows/sections.h"

#include <string.h>

#include "collect/header/head.h"
#include "collect/header/plain_name.h"
#include "collect/rows/rows.h"
#include "collect/header/sample.h"
#include "tongbao/profile.h"
#include "tongbao/text.h"

void tb_section_start(struct tb_section *section)
{
    *section = (struct tb_section){
        .unit = TB_NONE,
        .parent = TB_NONE,
        .outer = -1,
        .meaning = { .indicator = TB_NONE, .measure = -1, .group = TB_NONE },
    };
}

/* --- what a lone text names --- */

struct named {
    enum tb_role role;
    int32_t unit;
    struct tb_meaning meaning;
    struct tb_period_read period;
};

static bool as_unit(const struct tb_profile *profile, const char *text, struct named *out)
{
    out->role = TB_ROLE_UNIT;
    out->unit = tb_profile_unit(profile, text, strlen(text));
    return out->unit >= 0;
}

static bool as_indicator(const struct tb_profile *profile, const struct tb_form *form,
                         const char *text, struct tb_arena *arena, struct named *out)
{
    out->role = TB_ROLE_INDICATOR;
    return tb_head_read(profile, form, text, arena, &out->meaning) == TB_HEAD_KNOWN &&
           out->meaning.indicator >= 0;
}

/* A day between the pages of a table is that of its printing. */
static bool is_date(const char *text, size_t len)
{
    return len > strlen("日") && memcmp(text + len - strlen("日"), "日", strlen("日")) == 0;
}

static bool as_period(const struct tb_profile *profile, const char *text, int year, struct named *out)
{
    struct tb_buf scratch = TB_BUF_INIT;
    size_t len = strlen(text);
    bool read = !is_date(text, len) &&
                (tb_read_period(text, len, &scratch, &out->period) ||
                 (year && tb_period_parse_of_year(text, len, year, &out->period)));

    out->role = TB_ROLE_PERIOD;
    if (scratch.failed)
        tb_profile_starve(profile);
    tb_buf_release(&scratch);
    return read;
}

/* True when sections may say the dimension in this form at all. */
static bool may_say(const struct tb_form *form, enum tb_role role)
{
    switch (form->section) {
    case TB_SECTION_AUTO:
        return true;
    case TB_SECTION_INDICATOR:
        return role == TB_ROLE_INDICATOR;
    case TB_SECTION_PERIOD:
        return role == TB_ROLE_PERIOD;
    case TB_SECTION_IGNORE:
    case TB_SECTION_UNIT_PARENT:
        break;
    }
    return false;
}

/* As a column says it, no section does. */
static bool is_open(const struct tb_plan *plan, enum tb_role role)
{
    if (plan->role[role] >= 0 || !may_say(plan->form, role))
        return false;
    for (size_t i = 0; i < plan->n_values; i++) {
        const struct tb_value_column *value = &plan->value[i];
        bool says = role == TB_ROLE_INDICATOR ? value->meaning.indicator != TB_NONE || value->qualified
                    : role == TB_ROLE_PERIOD  ? value->has_period
                                              : value->has_unit;
        if (!says)
            return true;
    }
    return false;
}

static bool name_of(struct tb_reading *r, const char *text, struct named *out)
{
    struct tb_plan *plan = r->plan;

    return (is_open(plan, TB_ROLE_INDICATOR) &&
            as_indicator(r->profile, plan->form, text, &plan->arena, out)) ||
           (is_open(plan, TB_ROLE_PERIOD) && as_period(r->profile, text, plan->year, out)) ||
           (is_open(plan, TB_ROLE_UNIT) && as_unit(r->profile, text, out));
}

/* With the numbers of lists and without. */
static bool resolve(struct tb_reading *r, const char *text, size_t len, struct named *out)
{
    struct tb_buf plain = TB_BUF_INIT;
    bool known;

    tb_text_normalise(text, len, &plain);
    known = plain.len > 0 && name_of(r, tb_buf_text(&plain), out);
    tb_buf_clear(&plain);
    known = known ||
            (tb_plain_name(text, len, &plain) && name_of(r, tb_buf_text(&plain), out));
    r->scratch.failed |= plain.failed;
    tb_buf_release(&plain);
    return known;
}

bool tb_section_names(struct tb_reading *r, const char *text, size_t len)
{
    struct named named;

    return resolve(r, text, len, &named);
}

static bool ends_with(const char *text, size_t len, const char *word)
{
    size_t n = strlen(word);

    return len > n && memcmp(text + len - n, word, n) == 0;
}

/* What names of indicators end with. */
static bool ends_as_indicator(const char *text, size_t len)
{
    static const char *const words[] = {
        "额",   "总量", "产量", "销量", "数量", "产值",   "增加值", "价值",   "率",   "增速", "增幅",
        "指数", "价格", "投资", "收入", "支出", "利润",   "税收",   "贷款",   "存款", "余额", "面积",
        "户数", "人数", "家数", "个数", "用电", "用电量", "比重",   "零售",   "消费", "生产总值",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ends_with(text, len, words[i]))
            return true;
    }
    return false;
}

bool tb_section_may_be_indicator(struct tb_reading *r, const char *text, size_t len)
{
    struct tb_buf plain = TB_BUF_INIT;
    const char *inner;

    if (r->plan->indicator == TB_NONE || r->plan->form->section == TB_SECTION_IGNORE ||
        !is_open(r->plan, TB_ROLE_INDICATOR))
        return false;
    if (!tb_plain_name(text, len, &plain))
        tb_text_normalise(text, len, &plain);
    const char *name = tb_buf_text(&plain);
    size_t bare = tb_head_brackets(name, &r->plan->arena, &inner);
    bool looks = ends_as_indicator(name, bare) ||
                 tb_profile_near_indicator(r->profile, name, strlen(name)) != NULL;
    r->scratch.failed |= plain.failed;
    tb_buf_release(&plain);
    return looks;
}

static void keep_text(struct tb_section *section, const char *text, size_t len)
{
    len = len < TB_SECTION_TEXT ? len : TB_SECTION_TEXT - 1;
    while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
        len--;
    memcpy(section->text, text, len);
    section->text[len] = '\0';
}

bool tb_section_begin(struct tb_reading *r, const char *text, size_t len)
{
    struct tb_section *section = &r->section;
    struct named named;
    bool known = resolve(r, text, len, &named);
    const struct tb_section before = *section;

    /* Nothing is carried beyond a section that is not understood, nor an inner one
     * beyond the outer. */
    if (!known || (int)named.role == before.outer)
        tb_section_start(section);
    section->outer = before.outer;
    /* Below a blank line it may have been another parent that is misspelt. */
    section->parent = before.after_blank && !known ? TB_NONE : before.parent;
    section->block = !known && section->parent != TB_NONE;
    memcpy(section->said, before.said, sizeof section->said);
    keep_text(section, text, len);
    if (!known) {
        section->said[TB_ROLE_INDICATOR] |= tb_section_may_be_indicator(r, text, len);
        return false;
    }
    section->said[named.role] = true;
    section->outer = section->outer < 0 ? (int)named.role : section->outer;
    if (named.role == TB_ROLE_UNIT)
        section->unit = named.unit;
    else if (named.role == TB_ROLE_PERIOD)
        section->period = named.period;
    else
        section->meaning = named.meaning;
    section->has_period |= named.role == TB_ROLE_PERIOD;
    return true;
}

bool tb_section_lacks(const struct tb_reading *r, enum tb_role role)
{
    const struct tb_section *section = &r->section;

    if (!r->plan->by_section[role] && !section->said[role])
        return false;
    switch (role) {
    case TB_ROLE_UNIT:
        return section->unit == TB_NONE;
    case TB_ROLE_INDICATOR:
        return section->meaning.indicator == TB_NONE;
    case TB_ROLE_PERIOD:
        return !section->has_period;
    default:
        return false;
    }
}

/* --- units below a parent --- */

static bool has_units_below(const struct tb_profile *profile, int32_t unit)
{
    for (size_t i = 0; i < profile->n_units; i++) {
        if (profile->units[i].parent == unit)
            return true;
    }
    return false;
}

/* The unit named `NAME, PARENT`, with the block between if there is one. */
static int64_t unit_of_names(struct tb_reading *r, const char *text, size_t len, const char *block,
                             const struct tb_unit *parent)
{
    const char *names[] = { parent->name_zh, parent->name_en };
    struct tb_buf *joined = &r->message;
    int64_t code = TB_CODE_NONE;

    for (size_t i = 0; i < sizeof names / sizeof *names && code < 0; i++) {
        tb_buf_clear(joined);
        tb_buf_add(joined, text, len);
        if (block)
            tb_buf_printf(joined, ", %s", block);
        tb_buf_printf(joined, ", %s", names[i]);
        r->coder.failed |= joined->failed;
        code = tb_code_unit(&r->coder, tb_buf_text(joined), joined->len);
    }
    return code;
}

/* `Autauga` below Alabama: the unit of that name there, or one named `Autauga, Alabama`;
 * below a block first one named `Richmond, Independent cities, Virginia`. */
static int64_t unit_below(struct tb_reading *r, int32_t parent, const char *text, size_t len)
{
    const struct tb_unit *unit = &r->profile->units[parent];
    int64_t code = TB_CODE_NONE;

    if (r->section.block)
        code = unit_of_names(r, text, len, r->section.text, unit);
    if (code < 0)
        code = tb_code_unit_below(&r->coder, parent, text, len);
    return code >= 0 ? code : unit_of_names(r, text, len, NULL, unit);
}

int64_t tb_section_unit(struct tb_reading *r, const char *text, size_t len)
{
    struct tb_section *section = &r->section;
    int64_t plain = tb_code_unit(&r->coder, text, len), code = TB_CODE_NONE;

    if (plain == TB_CODE_EMPTY)
        return plain;
    /* Below a blank line a name that is known by itself begins a section: Washington
     * is the state there, and a county of Virginia among its counties. */
    bool after_blank = section->after_blank;
    bool begins = plain >= 0 && (after_blank || section->parent == TB_NONE);
    if (!begins && section->parent != TB_NONE)
        code = unit_below(r, section->parent, text, len);
    int64_t unit = code >= 0 ? code : plain;
    section->after_blank = false;
    if (begins || (unit >= 0 && has_units_below(r->profile, (int32_t)unit))) {
        section->parent = (int32_t)unit;
        section->block = false;
    } else if (unit < 0 && after_blank) {
        section->parent = TB_NONE; /* it may have been a parent that is misspelt */
    }
    return unit;
}

/* --- before the plan is made --- */

bool tb_section_in_sample(const struct tb_profile *profile, const struct tb_form *form,
                          const struct tb_sample *sample, size_t below, enum tb_role role)
{
    struct tb_arena arena = TB_ARENA_INIT;
    bool found = false;

    for (size_t row = below; row < sample->n && !found && may_say(form, role); row++) {
        const char *lone = "";
        size_t n_filled = 0;
        for (size_t c = 0; c < sample->row[row].n; c++) {
            const char *cell = tb_sample_cell(sample, row, c);
            lone = cell[0] && n_filled++ == 0 ? cell : lone;
        }
        struct tb_buf plain = TB_BUF_INIT;
        if (n_filled != 1)
            continue;
        if (!tb_plain_name(lone, strlen(lone), &plain))
            tb_buf_puts(&plain, lone);
        const char *text = tb_buf_text(&plain);
        struct named named;
        found = role == TB_ROLE_UNIT     ? as_unit(profile, text, &named)
                : role == TB_ROLE_PERIOD ? as_period(profile, text, 0, &named)
                                         : as_indicator(profile, form, text, &arena, &named);
        if (plain.failed)
            tb_profile_starve(profile);
        tb_buf_release(&plain);
    }
    tb_arena_release(&arena);
    return found;
}
