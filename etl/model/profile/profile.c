/* profile.c - loads a profile: the order of its tables, their digest, the end.
 *
 * The order follows what refers to what: settings, units and groups,
 * departments, tasks, indicators, targets with quotas, then the rest.  A table
 * is read and added to the digest in this order, so the digest stands for the
 * names and bytes of all of them.
 */
#include "model/profile/profile_bases.h"
#include "model/profile/profile_load.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/consequence.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/map.h"
#include "tongbao/rule.h"
#include "tongbao/target_change.h"

/* A table of the profile beyond this size is a mistake (a wrong file there). */
enum { MAX_TABLE_BYTES = 256 * 1024 * 1024 };

static void digest_content(struct tb_digest *digest, const char *name, const struct tb_buf *content)
{
    unsigned char size[8];

    tb_digest_add_text(digest, name);
    for (size_t i = 0; i < sizeof size; i++)
        size[i] = (unsigned char)((uint64_t)content->len >> (8 * i));
    tb_digest_add(digest, size, sizeof size);
    tb_digest_add(digest, tb_buf_text(content), content->len);
}

/* The tables that decide how a submission is read. */
static bool is_read_by(const char *name)
{
    static const char *const names[] = { "profile.ini",      "units.csv",       "groups.csv",
                                         "unit_changes.csv", "departments.csv", "indicators.csv",
                                         "forms.csv" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

const char *tb_load_shown(struct tb_load *load, const char *name)
{
    char *path = tb_path("%s/%s", load->dir, name);
    const char *shown = path ? tb_load_text(load, path, strlen(path)) : name;

    load->out_of_memory |= !path;
    free(path);
    /* Messages say config/... where the root is the folder one is in. */
    return strncmp(shown, "./", 2) == 0 ? shown + 2 : shown;
}

int tb_load_file(struct tb_load *load, const char *name, struct tb_buf *content, const char **shown,
                 struct tb_error *err)
{
    char *path = tb_path("%s/%s", load->dir, name);
    int rc = -1;

    if (!path)
        return tb_error_set(err, "out of memory");
    *shown = tb_load_shown(load, name);
    if (!tb_fs_exists(path)) {
        rc = 0;
    } else if (tb_infile_slurp(path, MAX_TABLE_BYTES, content, err) == 0) {
        digest_content(load->digest, name, content);
        if (is_read_by(name))
            digest_content(load->reading, name, content);
        rc = 1;
    }
    free(path);
    return rc;
}

typedef int load_table(struct tb_load *load, struct tb_error *err);

static int load_refs(struct tb_load *load, struct tb_error *err)
{
    (void)err;
    tb_load_settings_refs(load);
    return 0;
}

static int load_ranges(struct tb_load *load, struct tb_error *err)
{
    (void)err;
    tb_load_ranges(load);
    return 0;
}

/* What refers comes after what is referred to; the order is also that of the digest. */
static int load_tables(struct tb_load *load, struct tb_error *err)
{
    static load_table *const tables[] = {
        tb_load_settings,  tb_load_units,   load_refs,        tb_load_departments,
        tb_load_tasks,     tb_load_indicators, tb_load_weights, tb_load_bases, tb_load_targets,
        tb_load_target_changes, tb_load_exemptions,
        tb_load_checks,    load_ranges,     tb_load_states,   tb_load_marks,
        tb_load_edits,     tb_load_estimates,
        tb_load_forms,     tb_load_calendar, tb_load_deadlines, tb_load_cases,
        tb_load_case_classes,
        tb_load_waivers,   tb_load_faults,  tb_load_consequences,
    };

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (tables[i](load, err) < 0)
            return -1;
    return load->out_of_memory || tb_profile_starved(load->profile)
               ? tb_error_set(err, "out of memory")
               : 0;
}

/* Submissions name tasks, too: which milestone each means is part of how they are read. */
static void digest_tasks(const struct tb_profile *profile, struct tb_digest *reading)
{
    for (size_t t = 0; t < profile->n_tasks; t++) {
        const struct tb_task *task = &profile->tasks[t];
        int32_t row = tb_profile_task_indicator(profile, task->code, strlen(task->code));
        if (row == TB_NONE)
            continue;
        tb_digest_add_text(reading, task->code);
        tb_digest_add_text(reading, task->name_zh);
        tb_digest_add_text(reading, task->name_en);
        tb_digest_add_text(reading, row < 0 ? "" : profile->indicators[row].code);
    }
}

static struct tb_profile *new_profile(const char *code)
{
    struct tb_profile *profile = calloc(1, sizeof *profile);

    if (!profile)
        return NULL;
    profile->code = tb_arena_strdup(&profile->arena, code);
    profile->starved = tb_arena_alloc(&profile->arena, 1, sizeof *profile->starved);
    profile->former_names = tb_map_new();
    profile->unit_names = tb_map_new();
    profile->indicator_names = tb_map_new();
    profile->group_codes = tb_map_new();
    profile->department_codes = tb_map_new();
    profile->task_codes = tb_map_new();
    profile->target_codes = tb_map_new();
    if (!profile->code || !profile->starved || !profile->unit_names || !profile->former_names || !profile->indicator_names ||
        !profile->group_codes || !profile->department_codes || !profile->task_codes ||
        !profile->target_codes) {
        tb_profile_free(profile);
        return NULL;
    }
    return profile;
}

/* The code names folders below config/, datasets/ and reports/, and nothing else. */
static bool names_a_folder(const char *code)
{
    return *code && !strchr(code, '/') && strcmp(code, ".") != 0 && strcmp(code, "..") != 0;
}

struct tb_profile *tb_profile_load(const char *root, const char *code, struct tb_diag *diag,
                                   struct tb_error *err)
{
    struct tb_profile *profile = new_profile(code);
    char *dir = tb_path("%s/config/%s", root, code);
    struct tb_load load = { .profile = profile,
                            .diag = diag,
                            .digest = tb_digest_new(),
                            .reading = tb_digest_new(),
                            .dir = dir };
    int rc = -1;

    if (!profile || !dir || !load.digest || !load.reading) {
        tb_error_set(err, "out of memory");
    } else if (!names_a_folder(code) || !tb_fs_exists(dir)) {
        tb_error_set(err, "no profile '%s', expected a folder %s", code, dir);
    } else {
        rc = load_tables(&load, err);
        digest_tasks(profile, load.reading);
        tb_digest_finish(load.digest, profile->digest);
        tb_digest_finish(load.reading, profile->reading_digest);
    }
    tb_digest_free(load.digest);
    tb_digest_free(load.reading);
    free(dir);
    if (rc < 0) {
        tb_profile_free(profile);
        return NULL;
    }
    return profile;
}

void tb_profile_free(struct tb_profile *profile)
{
    if (!profile)
        return;
    for (size_t i = 0; i < profile->n_targets; i++)
        tb_rule_free(profile->targets[i].rule);
    for (size_t i = 0; i < profile->n_target_changes; i++)
        tb_rule_free(profile->target_changes[i].rule);
    for (size_t i = 0; i < profile->n_checks; i++)
        tb_rule_free(profile->checks[i].rule);
    for (size_t i = 0; i < profile->n_consequences; i++) {
        tb_rule_free(profile->consequences[i].rule);
        tb_rule_free(profile->consequences[i].department);
    }
    tb_map_free(profile->former_names);
    tb_map_free(profile->unit_names);
    tb_map_free(profile->indicator_names);
    tb_map_free(profile->group_codes);
    tb_map_free(profile->department_codes);
    tb_map_free(profile->task_codes);
    tb_map_free(profile->target_codes);
    tb_arena_release(&profile->arena);
    free(profile);
}
