/* consequence_published.c - reads what earlier bulletins proposed. */
#include "analyse/verdict/consequence_published.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/verdict/consequence_row.h"
#include "tongbao/buf.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"
#include "tongbao/table.h"
#include "tongbao/text.h"

static int32_t row_of_target(const struct tb_profile *profile, const char *code)
{
    for (size_t i = 0; i < profile->n_targets; i++)
        if (strcmp(profile->targets[i].code, code) == 0)
            return (int32_t)i;
    return TB_NONE;
}

/* False where the profile has no such consequence, unit, indicator or target any more. */
static bool read_subject(const struct tb_profile *profile, const struct tb_table *t, size_t row,
                         struct tb_published_proposal *out)
{
    const char *code = tb_table_get(t, row, "consequence"), *unit = tb_table_get(t, row, "unit");
    const char *indicator = tb_table_get(t, row, "indicator");
    const char *target = tb_table_get(t, row, "target");

    for (out->consequence = 0; out->consequence < profile->n_consequences; out->consequence++)
        if (strcmp(profile->consequences[out->consequence].code, code) == 0)
            break;
    out->subject.unit = tb_profile_unit(profile, unit, strlen(unit));
    out->subject.indicator =
        *indicator ? tb_profile_indicator(profile, indicator, strlen(indicator)) : TB_NONE;
    out->subject.target = *target ? row_of_target(profile, target) : TB_NONE;
    return out->consequence < profile->n_consequences && out->subject.unit >= 0 &&
           (!*indicator || out->subject.indicator >= 0) && (!*target || out->subject.target >= 0);
}

static bool is_open(const char *state)
{
    static const enum tb_fate open[] = { TB_FATE_PROPOSED, TB_FATE_NEEDS_DECISION,
                                         TB_FATE_UNDECIDED };

    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (strcmp(tb_fate_code(open[i]), state) == 0)
            return true;
    return false;
}

static int take_row(struct tb_published *p, const struct tb_profile *profile,
                    const struct tb_table *t, size_t row, struct tb_period period,
                    const char *name, struct tb_error *err)
{
    struct tb_published_proposal item = { .last = period, .first = name, .in_last = true };
    struct tb_buf key = TB_BUF_INIT;

    if (!is_open(tb_table_get(t, row, "state")) || !read_subject(profile, t, row, &item))
        return 0;
    tb_proposal_key(item.consequence, &item.subject, &key);
    struct tb_published_proposal *grown =
        tb_grow(p->item, p->n, &p->capacity, sizeof *p->item);
    int64_t at = key.failed || !grown
                     ? -1
                     : tb_map_add(p->map, tb_buf_text(&key), key.len, (int64_t)p->n);
    tb_buf_release(&key);
    p->item = grown ? grown : p->item;
    if (at < 0)
        return tb_error_set(err, "out of memory for earlier proposals");
    if ((size_t)at == p->n) {
        p->item[p->n++] = item;
    } else {
        p->item[at].last = period;
        p->item[at].in_last = true;
    }
    return 0;
}

static int read_bulletin(struct tb_published *p, const struct tb_profile *profile,
                         const char *folder, const char *name, struct tb_error *err)
{
    char *path = tb_path("%s/%s/consequences.csv", folder, name);
    char *text = tb_arena_strdup(&p->arena, name);
    struct tb_diag diag = { 0 };
    struct tb_period_read read;
    int rc = path && text ? 0 : tb_error_set(err, "out of memory");

    for (char *c = text; c && *c; c++)
        *c = *c == '_' ? '/' : *c;
    if (rc == 0 && tb_fs_exists(path) && tb_period_parse(text, strlen(text), &read)) {
        struct tb_table *t = tb_table_read(path, NULL, &diag, err);
        for (size_t i = 0; i < p->n; i++)
            p->item[i].in_last = false;
        rc = !t ? -1 : diag.n_errors > 0 ? tb_error_set(err, "'%s' is damaged", path) : 0;
        for (size_t row = 0; rc == 0 && row < tb_table_rows(t); row++)
            rc = take_row(p, profile, t, row, read.period, text, err);
        tb_table_free(t);
    }
    free(path);
    return rc;
}

int tb_published_read(struct tb_published *p, const struct tb_profile *profile, const char *run,
                      struct tb_error *err)
{
    char *folder = tb_path("%s/published", run);
    struct tb_names names = { 0 };
    int rc;

    *p = (struct tb_published){ .map = tb_map_new() };
    rc = folder && p->map ? 0 : tb_error_set(err, "out of memory");
    if (rc == 0 && tb_fs_is_dir(folder))
        rc = tb_fs_list(folder, &names, err);
    for (size_t i = 0; rc == 0 && i < names.n; i++)
        rc = read_bulletin(p, profile, folder, names.name[i], err);
    tb_names_release(&names);
    free(folder);
    if (rc < 0)
        tb_published_release(p);
    return rc;
}

void tb_published_release(struct tb_published *p)
{
    tb_map_free(p->map);
    free(p->item);
    tb_arena_release(&p->arena);
    *p = (struct tb_published){ 0 };
}

const char *tb_published_first(const struct tb_published *p, const struct tb_buf *key)
{
    int64_t at = p->map && !key->failed ? tb_map_get(p->map, tb_buf_text(key), key->len) : -1;

    return at < 0 ? "" : p->item[at].first;
}
