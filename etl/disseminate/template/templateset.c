/* templateset.c - the templates of a bureau, and behind them the installed ones. */
#include "disseminate/template/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/size.h"

enum { TEMPLATE_BYTES_MAX = 4 << 20 };

struct known {
    char *name;
    struct tb_template *parsed;
};

struct tb_templates {
    const char *first, *second;
    struct known *item;
    size_t n, capacity;
    const char *ending; /* of the template being rendered: partials share it */
};

struct tb_templates *tb_templates_new(const char *first, const char *second, struct tb_error *err)
{
    struct tb_templates *all = calloc(1, sizeof *all);

    if (!all) {
        (void)tb_error_set(err, "no memory for templates");
        return NULL;
    }
    all->first = first;
    all->second = second;
    return all;
}

void tb_templates_free(struct tb_templates *all)
{
    if (!all)
        return;
    for (size_t i = 0; i < all->n; i++) {
        free(all->item[i].name);
        tb_template_free(all->item[i].parsed);
    }
    free(all->item);
    free(all);
}

static char *find_file(const struct tb_templates *all, const char *name)
{
    const char *const folders[] = { all->first, all->second };

    for (size_t i = 0; i < 2; i++) {
        char *path = folders[i] ? tb_path("%s/%s", folders[i], name) : NULL;
        if (path && tb_fs_exists(path))
            return path;
        free(path);
    }
    return NULL;
}

static bool is_html(const char *name)
{
    size_t len = strlen(name);

    return len > 5 && strcmp(name + len - 5, ".html") == 0;
}

static struct tb_template *load(const struct tb_templates *all, const char *name,
                                struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    struct tb_template *parsed = NULL;
    char *path = find_file(all, name);

    if (!path) {
        (void)tb_error_set(err, "template '%s' is neither in %s nor in %s", name, all->first,
                           all->second);
        return NULL;
    }
    if (tb_infile_slurp(path, TEMPLATE_BYTES_MAX, &text, err) == 0)
        parsed = tb_template_parse(tb_buf_text(&text), text.len, path,
                                   is_html(name) ? TB_TEMPLATE_HTML : TB_TEMPLATE_MARKDOWN, err);
    tb_buf_release(&text);
    free(path);
    return parsed;
}

static const struct tb_template *get(struct tb_templates *all, const char *name,
                                     struct tb_error *err)
{
    struct known *grown;
    struct known fresh = { 0 };

    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->item[i].name, name) == 0)
            return all->item[i].parsed;
    grown = tb_grow(all->item, all->n, &all->capacity, sizeof *grown);
    fresh.name = grown ? strdup(name) : NULL;
    if (grown)
        all->item = grown;
    if (!fresh.name) {
        (void)tb_error_set(err, "no memory for template '%s'", name);
        return NULL;
    }
    fresh.parsed = load(all, name, err);
    if (!fresh.parsed) {
        free(fresh.name);
        return NULL;
    }
    all->item[all->n++] = fresh;
    return fresh.parsed;
}

static const struct tb_template *find_partial(void *user, const char *name, size_t len,
                                              struct tb_error *err)
{
    struct tb_templates *all = user;
    char file[96];
    int n = snprintf(file, sizeof file, "%.*s%s", (int)len, name, all->ending);

    if (n < 0 || (size_t)n >= sizeof file) {
        (void)tb_error_set(err, "the name of a partial is too long");
        return NULL;
    }
    return get(all, file, err);
}

int tb_templates_render(struct tb_templates *all, const char *name, const struct tb_view *root,
                        struct tb_buf *out, struct tb_trace *trace, struct tb_error *err)
{
    const struct tb_template *t = get(all, name, err);
    const char *dot = strchr(name, '.');

    if (!t)
        return -1;
    all->ending = dot ? dot : "";
    return tb_template_render(t, root, find_partial, all, out, trace, err);
}
