/* profile_ini.c - profile.ini: sections of `key = value`, comments behind '#' or
 * ';' on lines of their own.  The keys are those of profile_keys.c; the sections of
 * a bureau's own words take any.
 */
#include "model/profile/profile_keys.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"

struct settings_reader {
    struct tb_load *load;
    unsigned char seen[TB_KEYS_MAX];
    size_t uoms_capacity;
    struct tb_uom_own *uoms;
};

static void unknown_key(struct tb_diag *diag, const struct tb_ini_line *line)
{
    const char *near = tb_key_near(line->section, line->key);
    const char *home = tb_key_section(line->key);

    if (home)
        tb_diag_at(diag, TB_ERROR, &line->key_at,
                   "unknown key '%s' in section [%s], it belongs to [%s]", line->key, line->section,
                   home);
    else
        tb_diag_at(diag, TB_ERROR, &line->key_at, "unknown key '%s' in section [%s]%s%s%s",
                   line->key, line->section, near ? ", did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
}

static void unknown_section(struct tb_diag *diag, const struct tb_ini_line *line)
{
    const char *near = tb_key_near_section(line->section);

    tb_diag_at(diag, TB_ERROR, &line->key_at, "unknown section '%s'%s%s%s", line->section,
               near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static void read_setting(struct settings_reader *r, const struct tb_ini_line *line)
{
    size_t number;
    const struct tb_key *key = tb_key_find(line->section, line->key, &number);

    if (!key) {
        unknown_key(r->load->diag, line);
        return;
    }
    if (r->seen[number]++)
        tb_diag_at(r->load->diag, TB_ERROR, &line->key_at, "duplicate key '%s'", line->key);
    tb_key_read(r->load, key, line);
    tb_key_remember(r->load, key, &line->value_at);
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
        tb_key_bad_value(r->load, line, "a number and a unit of measure, such as 15 亩");
        return;
    }
    if (strcmp(base, line->key) == 0) {
        tb_key_bad_value(r->load, line, "another unit of measure");
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

static void read_line(void *user, const struct tb_ini_line *line)
{
    struct settings_reader *r = user;
    bool known = tb_key_is_section(line->section);

    if (!line->key && !known)
        unknown_section(r->load->diag, line);
    if (!line->key || !known)
        return; /* one report for the section is enough */
    if (strcmp(line->section, "units_of_measure") == 0) {
        read_own_uom(r, line);
    } else if (strcmp(line->section, "missing") == 0 || strcmp(line->section, "flags") == 0) {
        tb_load_status_word(r->load, line);
    } else if (strcmp(line->section, "stages") == 0) {
        tb_load_stage_word(r->load, line);
    } else if (strcmp(line->section, "converters") != 0 || !tb_load_converter(r->load, line)) {
        read_setting(r, line);
    }
}

/* `file` is NULL when there is none, which was reported. */
static void finish(struct settings_reader *r, const char *file)
{
    struct tb_profile *profile = r->load->profile;

    if (profile->set.aggregate == TB_AGGREGATE_GEOMETRIC &&
        profile->set.normalise == TB_NORMALISE_ZSCORE)
        tb_diag_at(r->load->diag, TB_ERROR, &r->load->aggregate_at,
                   "aggregate geometric with normalise zscore, expected arithmetic: half of all "
                   "z-scores are negative");
    profile->uoms = tb_load_alloc(r->load, profile->n_uoms, sizeof *r->uoms);
    if (profile->uoms && profile->n_uoms)
        memcpy(profile->uoms, r->uoms, profile->n_uoms * sizeof *r->uoms);
    if (!*profile->set.name_zh && file) {
        struct tb_place place = { .file = file };
        tb_diag_at(r->load->diag, TB_ERROR, &place, "no name_zh in section [profile]");
    }
    if (profile->set.progress == TB_PROGRESS_MILESTONES && profile->set.milestones.n == 0 && file) {
        struct tb_place place = { .file = file };
        tb_diag_at(r->load->diag, TB_ERROR, &place,
                   "progress = milestones, but no milestones in section [methods], expected such "
                   "as 3:20;6:50");
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

    load->profile->set = *tb_settings_defaults();
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
