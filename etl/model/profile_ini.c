/* profile_ini.c - profile.ini: sections of `key = value`, comments behind '#' or
 * ';' on lines of their own.  Every key is a row of a table below; its default
 * is written in `defaults`.
 */
#include "model/profile_load.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

#include "model/ini.h"

enum value_kind { TEXT, WHOLE, DECIMAL, FLAG, WORD, LANGUAGES, TEXTS, OWNERS, OFFSET };

enum { MAX_WORDS = 6, DAY_MINUTES = 24 * 60 };

struct key {
    const char *section, *name;
    enum value_kind kind;
    size_t offset; /* in struct tb_settings */
    int min, max;  /* of WHOLE */
    /* FLAG: the words for false and for true.  WORD: for 0, 1, 2 ... */
    const char *words[MAX_WORDS];
};

#define AT(member) offsetof(struct tb_settings, member)

/* clang-format off */
static const struct key keys[] = {
    { "profile", "name_zh", TEXT, AT(name_zh), 0, 0, { 0 } },
    { "profile", "name_en", TEXT, AT(name_en), 0, 0, { 0 } },
    { "profile", "issuer_zh", TEXT, AT(issuer_zh), 0, 0, { 0 } },
    { "profile", "issuer_en", TEXT, AT(issuer_en), 0, 0, { 0 } },
    { "profile", "number", TEXT, AT(number), 0, 0, { 0 } },
    { "profile", "subject", TEXT, AT(subject), 0, 0, { 0 } },
    { "profile", "subject_group", TEXT, AT(subject_group), 0, 0, { 0 } },
    { "profile", "children_group", TEXT, AT(children_group), 0, 0, { 0 } },
    { "profile", "source_zh", TEXT, AT(source_zh), 0, 0, { 0 } },
    { "profile", "source_en", TEXT, AT(source_en), 0, 0, { 0 } },
    { "profile", "simulated", FLAG, AT(simulated), 0, 0, { "no", "yes" } },
    { "profile", "languages", LANGUAGES, AT(languages), 0, 0, { 0 } },
    { "profile", "frequency", WORD, AT(frequency), 0, 0, { "A", "S", "Q", "M", "M_3" } },
    { "profile", "year_start", WHOLE, AT(year_start), 1, 12, { 0 } },
    { "profile", "utc_offset", OFFSET, AT(utc_offset), 0, 0, { 0 } },
    { "calendar", "deadline_day", WHOLE, AT(deadline_day), 0, 31, { 0 } },
    { "calendar", "deadline_months", WHOLE, AT(deadline_months), 0, 24, { 0 } },
    { "calendar", "holidays", FLAG, AT(holidays), 0, 0, { "no", "yes" } },
    { "receipts", "of_a_kind", WHOLE, AT(receipt_of_a_kind), 1, 1000, { 0 } },
    { "methods", "rank_basis", FLAG, AT(rank_on_published), 0, 0, { "full", "published" } },
    { "methods", "limit_basis", FLAG, AT(limit_on_published), 0, 0, { "full", "published" } },
    { "methods", "tie_rule", FLAG, AT(dense_ranks), 0, 0, { "competition", "dense" } },
    { "methods", "round_mode", WORD, AT(round_mode), 0, 0, { "half_up", "half_even", "down" } },
    { "methods", "missing_rank", FLAG, AT(missing_ranks_last), 0, 0, { "none", "last" } },
    { "methods", "rank_imputed", FLAG, AT(rank_imputed), 0, 0, { "no", "yes" } },
    { "methods", "first_keeps_ok", FLAG, AT(first_keeps_ok), 0, 0, { "no", "yes" } },
    { "methods", "no_tie", FLAG, AT(no_tie_boundary), 0, 0, { "any", "boundary" } },
    { "methods", "about", FLAG, AT(about_both), 0, 0, { "lower", "both" } },
    { "methods", "about_tolerance", DECIMAL, AT(about_tolerance), 0, 0, { 0 } },
    { "methods", "front_share", DECIMAL, AT(front_share), 0, 0, { 0 } },
    { "methods", "pooled", FLAG, AT(pool_all), 0, 0, { "matched", "all" } },
    { "methods", "bottom_k", WHOLE, AT(bottom_k), 1, 1000, { 0 } },
    { "methods", "min_peers", WHOLE, AT(min_peers), 1, 1000, { 0 } },
    { "methods", "growth_decimals", WHOLE, AT(growth_decimals), 0, 6, { 0 } },
    { "methods", "children_tolerance", DECIMAL, AT(children_tolerance), 0, 0, { 0 } },
    { "methods", "bulletin_months", WHOLE, AT(bulletin_months), 2, 240, { 0 } },
    { "methods", "comparable_months", WHOLE, AT(comparable_months), 0, 1200, { 0 } },
    { "inbox", "grace", WHOLE, AT(inbox_grace), 0, 86400, { 0 } },
    { "inbox", "addressees", FLAG, AT(inbox_addressees), 0, 0, { "no", "yes" } },
    { "edits", "offices", TEXTS, AT(edit_offices), 0, 0, { 0 } },
    { "inbox", "owners", OWNERS, AT(owners), 0, 0, { 0 } },
    { "converters", "timeout", WHOLE, AT(converter_timeout), 1, 3600, { 0 } },
    { "converters", "max_mib", WHOLE, AT(converter_max_mib), 1, 1024, { 0 } },
    { "converters", "memory_mib", WHOLE, AT(converter_memory_mib), 0, 1 << 20, { 0 } },
};

/* clang-format on */

static const char *const sections[] = { "profile", "calendar", "methods", "units_of_measure",
                                        "missing", "flags", "receipts", "inbox", "converters",
                                        "edits" };

enum { N_KEYS = sizeof keys / sizeof *keys, N_SECTIONS = sizeof sections / sizeof *sections };

static const struct tb_settings defaults = {
    .name_zh = "",
    .name_en = "",
    .issuer_zh = "",
    .issuer_en = "",
    .number = "",
    .source_zh = "",
    .source_en = "",
    .frequency = TB_FREQ_MONTH,
    .year_start = 1,
    .utc_offset = 8 * 60,
    .growth_decimals = 1,
    .rank_on_published = true,
    .first_keeps_ok = true,
    .about_tolerance = { 5, 1 },
    .front_share = { 25, 2 },
    .bottom_k = 3,
    .min_peers = 3,
    .bulletin_months = 24,
    .comparable_months = 13,
    .receipt_of_a_kind = 20,
    .inbox_grace = 60,
    .converter_timeout = 60,
    .converter_max_mib = 256,
    .converter_memory_mib = 4096,
};

struct settings_reader {
    struct tb_load *load;
    unsigned char seen[N_KEYS];
    size_t uoms_capacity;
    struct tb_uom_own *uoms;
};

static void bad_value(struct settings_reader *r, const struct tb_ini_line *line,
                      const char *expected)
{
    tb_diag_at(r->load->diag, TB_ERROR, &line->value_at, "%s: bad value '%s', expected %s",
               line->key, line->value, expected);
}

static int find_word(const struct key *key, const char *value)
{
    for (int i = 0; i < MAX_WORDS && key->words[i]; i++) {
        if (strcmp(key->words[i], value) == 0)
            return i;
    }
    return -1;
}

static void read_word(struct settings_reader *r, const struct key *key,
                      const struct tb_ini_line *line, void *member)
{
    int word = find_word(key, line->value);
    struct tb_buf list = TB_BUF_INIT;

    if (word < 0) {
        tb_buf_puts(&list, "one of: ");
        for (int i = 0; i < MAX_WORDS && key->words[i]; i++)
            tb_buf_printf(&list, "%s%s", i ? ", " : "", key->words[i]);
        bad_value(r, line, tb_buf_text(&list));
        tb_buf_release(&list);
    } else if (key->kind == FLAG) {
        *(bool *)member = word == 1;
    } else if (key->offset == AT(frequency)) {
        *(enum tb_freq *)member = (enum tb_freq)word;
    } else {
        *(enum tb_round_mode *)member = (enum tb_round_mode)word;
    }
}

static void read_whole(struct settings_reader *r, const struct key *key,
                       const struct tb_ini_line *line, int *member)
{
    struct tb_buf range = TB_BUF_INIT;
    struct tb_decimal number;

    if (tb_decimal_parse(line->value, strlen(line->value), &number) && number.scale == 0 &&
        number.units >= key->min && number.units <= key->max) {
        *member = (int)number.units;
        return;
    }
    tb_buf_printf(&range, "a whole number from %d to %d", key->min, key->max);
    bad_value(r, line, tb_buf_text(&range));
    tb_buf_release(&range);
}

/* +08:00 */
static bool parse_offset(const char *text, int *minutes)
{
    struct tb_decimal hours, rest;

    if (strlen(text) != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' ||
        text[1] < '0' || text[1] > '9' || text[4] < '0' || text[4] > '5' ||
        !tb_decimal_parse(text + 1, 2, &hours) || !tb_decimal_parse(text + 4, 2, &rest))
        return false;
    *minutes = (int)(hours.units * 60 + rest.units);
    if (*minutes > DAY_MINUTES)
        return false;
    if (text[0] == '-')
        *minutes = -*minutes;
    return true;
}

static void read_languages(struct settings_reader *r, const struct tb_ini_line *line,
                           struct tb_strings *out)
{
    struct tb_item item;
    size_t n = 0, at = 0;
    const char **list = tb_load_alloc(r->load, strlen(line->value) + 1, sizeof *list);

    while (list && tb_cell_next_item(line->value, &at, &item)) {
        if (item.len == 2 && (memcmp(item.text, "zh", 2) == 0 || memcmp(item.text, "en", 2) == 0))
            list[n++] = tb_load_text(r->load, item.text, item.len);
        else
            bad_value(r, line, "zh, en or both, such as zh;en");
    }
    if (n > 0)
        *out = (struct tb_strings){ .item = list, .n = n };
}

static void read_texts(struct settings_reader *r, const struct tb_ini_line *line,
                       struct tb_strings *out)
{
    struct tb_item item;
    size_t n = 0, at = 0;
    const char **list = tb_load_alloc(r->load, strlen(line->value) + 1, sizeof *list);

    while (list && tb_cell_next_item(line->value, &at, &item))
        list[n++] = tb_load_text(r->load, item.text, item.len);
    *out = (struct tb_strings){ .item = list, .n = n };
}

/* `any`, or user names and `self`. */
static void read_owners(struct settings_reader *r, const struct tb_ini_line *line,
                        struct tb_strings *out)
{
    struct tb_item item;
    size_t n = 0, at = 0;
    const char **list = tb_load_alloc(r->load, strlen(line->value) + 1, sizeof *list);
    bool any = strcmp(line->value, "any") == 0;

    while (list && !any && tb_cell_next_item(line->value, &at, &item))
        list[n++] = tb_load_text(r->load, item.text, item.len);
    if (n == 0 && !any)
        bad_value(r, line, "any, self or user names, such as self;stats");
    *out = (struct tb_strings){ .item = list, .n = n };
}

static void read_key(struct settings_reader *r, const struct key *key,
                     const struct tb_ini_line *line)
{
    void *member = (char *)&r->load->profile->set + key->offset;
    struct tb_decimal number;

    switch (key->kind) {
    case TEXT:
        *(const char **)member =
            *line->value ? tb_load_text(r->load, line->value, strlen(line->value)) : "";
        break;
    case WHOLE:
        read_whole(r, key, line, member);
        break;
    case DECIMAL:
        if (tb_decimal_parse(line->value, strlen(line->value), &number) && number.units >= 0)
            *(struct tb_decimal *)member = number;
        else
            bad_value(r, line, "a number that is not negative, such as 0.5");
        break;
    case FLAG:
    case WORD:
        read_word(r, key, line, member);
        break;
    case LANGUAGES:
        read_languages(r, line, member);
        break;
    case OWNERS:
        read_owners(r, line, member);
        break;
    case TEXTS:
        read_texts(r, line, member);
        break;
    case OFFSET:
        if (!parse_offset(line->value, member))
            bad_value(r, line, "hours east of UTC, such as +08:00");
        break;
    }
}

static void remember_place(struct tb_load *load, const struct key *key,
                           const struct tb_ini_line *line)
{
    if (key->offset == AT(subject))
        load->subject_at = line->value_at;
    else if (key->offset == AT(subject_group))
        load->subject_group_at = line->value_at;
    else if (key->offset == AT(children_group))
        load->children_group_at = line->value_at;
    else if (key->offset == AT(inbox_addressees))
        load->addressees_at = line->value_at;
}

/* The section of another key of that name, or NULL. */
static const char *section_of(const char *key)
{
    for (size_t i = 0; i < N_KEYS; i++) {
        if (strcmp(keys[i].name, key) == 0)
            return keys[i].section;
    }
    return NULL;
}

static void unknown_key(struct settings_reader *r, const struct tb_ini_line *line)
{
    const char *names[N_KEYS];
    size_t n = 0;

    for (size_t i = 0; i < N_KEYS; i++) {
        if (strcmp(keys[i].section, line->section) == 0)
            names[n++] = keys[i].name;
    }
    const char *near = tb_near_word(line->key, strlen(line->key), names, n);
    const char *home = section_of(line->key);
    if (home)
        tb_diag_at(r->load->diag, TB_ERROR, &line->key_at,
                   "unknown key '%s' in section [%s], it belongs to [%s]", line->key,
                   line->section, home);
    else
        tb_diag_at(r->load->diag, TB_ERROR, &line->key_at,
                   "unknown key '%s' in section [%s]%s%s%s", line->key, line->section,
                   near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static void read_setting(struct settings_reader *r, const struct tb_ini_line *line)
{
    for (size_t i = 0; i < N_KEYS; i++) {
        if (strcmp(keys[i].section, line->section) != 0 || strcmp(keys[i].name, line->key) != 0)
            continue;
        if (r->seen[i]++)
            tb_diag_at(r->load->diag, TB_ERROR, &line->key_at, "duplicate key '%s'", line->key);
        read_key(r, &keys[i], line);
        remember_place(r->load, &keys[i], line);
        return;
    }
    unknown_key(r, line);
}

/* 公顷 = 15 亩 */
static void read_own_uom(struct settings_reader *r, const struct tb_ini_line *line)
{
    size_t digits = strspn(line->value, "0123456789.");
    const char *base = line->value + digits + strspn(line->value + digits, " \t");
    struct tb_decimal number;
    struct tb_uom_own own;

    if (!tb_decimal_parse(line->value, digits, &number) || number.units <= 0 || !*base ||
        !tb_rational_from_decimal(number, &own.factor)) {
        bad_value(r, line, "a number and a unit of measure, such as 15 亩");
        return;
    }
    if (strcmp(base, line->key) == 0) {
        bad_value(r, line, "another unit of measure");
        return;
    }
    own.name = tb_load_text(r->load, line->key, strlen(line->key));
    own.base = tb_load_text(r->load, base, strlen(base));
    struct tb_uom_own *grown =
        tb_grow(r->uoms, r->load->profile->n_uoms, &r->uoms_capacity, sizeof own);
    if (!grown) {
        r->load->out_of_memory = true;
        return;
    }
    r->uoms = grown;
    r->uoms[r->load->profile->n_uoms++] = own;
}

static bool is_section(const char *name)
{
    for (size_t i = 0; i < N_SECTIONS; i++) {
        if (strcmp(sections[i], name) == 0)
            return true;
    }
    return false;
}

static void read_line(void *user, const struct tb_ini_line *line)
{
    struct settings_reader *r = user;
    bool known = is_section(line->section);

    if (!line->key && !known) {
        const char *near =
            tb_near_word(line->section, strlen(line->section), sections, N_SECTIONS);
        tb_diag_at(r->load->diag, TB_ERROR, &line->key_at, "unknown section '%s'%s%s%s",
                   line->section, near ? ", did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
    }
    if (!line->key || !known)
        return; /* one report for the section is enough */
    if (strcmp(line->section, "units_of_measure") == 0) {
        read_own_uom(r, line);
    } else if (strcmp(line->section, "missing") == 0 || strcmp(line->section, "flags") == 0) {
        tb_load_status_word(r->load, line);
    } else if (strcmp(line->section, "converters") != 0 || !tb_load_converter(r->load, line)) {
        read_setting(r, line);
    }
}

/* `file` is NULL when there is none, which was reported. */
static void finish(struct settings_reader *r, const char *file)
{
    struct tb_profile *profile = r->load->profile;

    profile->uoms = tb_load_alloc(r->load, profile->n_uoms, sizeof *r->uoms);
    if (profile->uoms && profile->n_uoms)
        memcpy(profile->uoms, r->uoms, profile->n_uoms * sizeof *r->uoms);
    if (!*profile->set.name_zh && file) {
        struct tb_place place = { .file = file };
        tb_diag_at(r->load->diag, TB_ERROR, &place, "no name_zh in section [profile]");
    }
    if (!*profile->set.name_en)
        profile->set.name_en = profile->set.name_zh;
    if (profile->set.languages.n == 0) {
        const char **one = tb_load_alloc(r->load, 1, sizeof *one);
        if (one)
            *one = "zh";
        profile->set.languages = (struct tb_strings){ .item = one, .n = one ? 1 : 0 };
    }
}

int tb_load_settings(struct tb_load *load, struct tb_error *err)
{
    struct settings_reader r = { .load = load };
    struct tb_buf content = TB_BUF_INIT;
    const char *shown = "profile.ini";

    load->profile->set = defaults;
    int got = tb_load_file(load, "profile.ini", &content, &shown, err);
    if (got > 0) {
        got =
            tb_ini_read(tb_buf_text(&content), content.len, shown, load->diag, read_line, &r, err);
        finish(&r, shown);
    } else if (got == 0) {
        struct tb_place place = { .file = shown };
        tb_diag_at(load->diag, TB_ERROR, &place, "no such file, every profile needs one");
        finish(&r, NULL);
    }
    free(r.uoms);
    tb_buf_release(&content);
    return got < 0 ? -1 : 0;
}

static const char *group_setting(struct tb_load *load, const char *text,
                                 const struct tb_place *place)
{
    if (!text || !*text)
        return NULL;
    int32_t row = tb_load_find(load, TB_REF_GROUP, text, strlen(text), place);
    return row >= 0 ? load->profile->groups[row].code : NULL;
}

void tb_load_settings_refs(struct tb_load *load)
{
    struct tb_profile *profile = load->profile;
    struct tb_settings *set = &profile->set;

    if (set->subject && *set->subject) {
        int32_t row =
            tb_load_find(load, TB_REF_UNIT, set->subject, strlen(set->subject), &load->subject_at);
        set->subject = row >= 0 ? profile->units[row].code : NULL;
    } else {
        set->subject = NULL;
    }
    set->subject_group = group_setting(load, set->subject_group, &load->subject_group_at);
    set->children_group = group_setting(load, set->children_group, &load->children_group_at);
    if (!set->subject_group && profile->n_groups > 0)
        set->subject_group = profile->groups[0].code;
}
