/* workbook.c - _rels/.rels, the workbook's part, and its relations. */
#include "xlsx/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/size.h"
#include "xlsx/package.h"
#include "xlsx/xml.h"

enum { RELATIONS = TB_XLSX_OWN, RELATION, WORKBOOK, SETTINGS, SHEETS, SHEET };

static const struct tb_xlsx_element in_relations[] = {
    { TB_XLSX_ROOT, "Relationships", RELATIONS },
    { RELATIONS, "Relationship", RELATION },
};

/* --- paths --- */

/* Appends the path, a step at a time; false when it leads out. */
static bool add_steps(struct tb_buf *path, const char *target)
{
    while (*target) {
        size_t len = strcspn(target, "/");
        if (len == 2 && memcmp(target, "..", 2) == 0) {
            if (path->len == 0)
                return false;
            char *slash = memrchr(path->data, '/', path->len);
            path->len = slash ? (size_t)(slash - path->data) : 0;
            path->data[path->len] = '\0';
        } else if (len > 0 && !(len == 1 && *target == '.')) {
            if (path->len > 0)
                tb_buf_putc(path, '/');
            tb_buf_add(path, target, len);
        }
        target += len + (target[len] == '/');
    }
    return true;
}

char *tb_xlsx_target(const char *source, const char *target, struct tb_error *err)
{
    struct tb_buf path = TB_BUF_INIT;
    const char *slash = strrchr(source, '/');
    char *result = NULL;

    if (*target != '/' && slash)
        tb_buf_add(&path, source, (size_t)(slash - source));
    if (strlen(target) > TB_XLSX_PART_NAME || !add_steps(&path, target) || path.len == 0)
        tb_error_set(err, "a relation leads nowhere: '%.80s'", target);
    else if (tb_buf_ok(&path, err))
        result = tb_buf_take(&path);
    tb_buf_release(&path);
    return result;
}

/* --- relations --- */

static bool has_type(const char *const *attributes, const char *type)
{
    const char *is = tb_xlsx_attribute(attributes, "Type");
    const char *slash = is ? strrchr(is, '/') : NULL;

    return slash && strcmp(slash + 1, type) == 0;
}

/* The part that a relation names, into *out, which must be empty. */
static int take_target(const char *source, const char *const *attributes, char **out,
                       struct tb_error *err)
{
    const char *target = tb_xlsx_attribute(attributes, "Target");
    const char *mode = tb_xlsx_attribute(attributes, "TargetMode");

    if (mode && strcmp(mode, "External") == 0)
        return tb_error_set(err, "a relation leads out of the workbook");
    if (!target || *out)
        return tb_error_set(err,
                            target ? "two relations for one thing" : "a relation without target");
    *out = tb_xlsx_target(source, target, err);
    return *out ? 0 : -1;
}

static int find_workbook(void *user, int tag, const char *const *attributes, struct tb_error *err)
{
    if (tag != RELATION || !has_type(attributes, "officeDocument"))
        return 0;
    return take_target("", attributes, user, err);
}

struct loading {
    struct tb_xlsx_workbook *workbook;
    const char *part; /* of the workbook */
};

static int find_sheet(struct loading *l, const char *const *attributes, struct tb_error *err)
{
    const char *id = tb_xlsx_attribute(attributes, "Id");

    for (size_t i = 0; id && i < l->workbook->n_sheets; i++) {
        struct tb_xlsx_sheet_name *sheet = &l->workbook->sheet[i];
        if (strcmp(sheet->id, id) == 0 && take_target(l->part, attributes, &sheet->part, err) < 0)
            return -1;
    }
    return 0;
}

static int find_parts(void *user, int tag, const char *const *attributes, struct tb_error *err)
{
    struct loading *l = user;

    if (tag != RELATION)
        return 0;
    if (has_type(attributes, "sharedStrings"))
        return take_target(l->part, attributes, &l->workbook->strings, err);
    if (has_type(attributes, "styles"))
        return take_target(l->part, attributes, &l->workbook->styles, err);
    if (has_type(attributes, "worksheet"))
        return find_sheet(l, attributes, err);
    return 0;
}

/* `xl/_rels/workbook.xml.rels` of `xl/workbook.xml`. */
static char *relations_of(const char *part)
{
    struct tb_buf path = TB_BUF_INIT;
    const char *slash = strrchr(part, '/');
    const char *name = slash ? slash + 1 : part;

    tb_buf_add(&path, part, (size_t)(name - part));
    tb_buf_printf(&path, "_rels/%s.rels", name);
    return tb_buf_take(&path);
}

/* --- sheets --- */

static char *one_line(const char *name)
{
    char *copy = strdup(name);

    for (char *at = copy; at && *at; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = ' ';
    }
    return copy;
}

static int add_sheet(struct tb_xlsx_workbook *workbook, const char *const *attributes,
                     struct tb_error *err)
{
    const char *name = tb_xlsx_attribute(attributes, "name");
    const char *id = NULL;

    /* r:id; `sheetId` is another thing, and so would be an `id` without prefix. */
    for (const char *const *at = attributes; *at; at += 2) {
        const char *colon = strchr(at[0], ':');
        if (colon && strcmp(colon, ":id") == 0)
            id = at[1];
    }
    if (!name || !id)
        return tb_error_set(err, "a sheet without name or relation");
    if (workbook->n_sheets == TB_XLSX_MAX_SHEETS)
        return tb_error_set(err, "more than %d sheets", TB_XLSX_MAX_SHEETS);
    struct tb_xlsx_sheet_name *grown =
        tb_grow(workbook->sheet, workbook->n_sheets, &workbook->capacity, sizeof *grown);
    if (!grown)
        return tb_error_set(err, "out of memory");
    workbook->sheet = grown;
    struct tb_xlsx_sheet_name *sheet = &grown[workbook->n_sheets++];
    *sheet = (struct tb_xlsx_sheet_name){ .name = one_line(name), .id = strdup(id) };
    return sheet->name && sheet->id ? 0 : tb_error_set(err, "out of memory");
}

static int read_workbook(void *user, int tag, const char *const *attributes, struct tb_error *err)
{
    struct loading *l = user;

    if (tag == SETTINGS)
        l->workbook->from_1904 = tb_xlsx_true(tb_xlsx_attribute(attributes, "date1904"));
    return tag == SHEET ? add_sheet(l->workbook, attributes, err) : 0;
}

static int load_from(struct loading *l, struct tb_xlsx_package *package, const char *relations,
                     struct tb_error *err)
{
    static const struct tb_xlsx_element in_workbook[] = {
        { TB_XLSX_ROOT, "workbook", WORKBOOK },
        { WORKBOOK, "workbookPr", SETTINGS },
        { WORKBOOK, "sheets", SHEETS },
        { SHEETS, "sheet", SHEET },
    };
    static const struct tb_xlsx_reader workbook = { in_workbook,
                                                    sizeof in_workbook / sizeof *in_workbook,
                                                    read_workbook, NULL, NULL };
    static const struct tb_xlsx_reader parts = { in_relations,
                                                 sizeof in_relations / sizeof *in_relations,
                                                 find_parts, NULL, NULL };

    if (tb_xlsx_read_part(package, l->part, &workbook, l, err) < 0)
        return -1;
    if (l->workbook->n_sheets == 0)
        return tb_error_set(err, "part '%s' names no sheet", l->part);
    return tb_xlsx_read_part(package, relations, &parts, l, err);
}

int tb_xlsx_workbook_load(struct tb_xlsx_workbook *workbook, struct tb_xlsx_package *package,
                          struct tb_error *err)
{
    static const struct tb_xlsx_reader root = { in_relations,
                                                sizeof in_relations / sizeof *in_relations,
                                                find_workbook, NULL, NULL };
    char *part = NULL, *relations = NULL;
    int rc = tb_xlsx_read_part(package, "_rels/.rels", &root, &part, err);

    if (rc == 0 && !part)
        rc = tb_error_set(err, "no workbook: no relation leads to one");
    if (rc == 0) {
        struct loading l = { workbook, part };
        relations = relations_of(part);
        rc =
            relations ? load_from(&l, package, relations, err) : tb_error_set(err, "out of memory");
    }
    free(relations);
    free(part);
    return rc;
}

void tb_xlsx_workbook_release(struct tb_xlsx_workbook *workbook)
{
    for (size_t i = 0; i < workbook->n_sheets; i++) {
        free(workbook->sheet[i].name);
        free(workbook->sheet[i].id);
        free(workbook->sheet[i].part);
    }
    free(workbook->sheet);
    free(workbook->strings);
    free(workbook->styles);
    *workbook = (struct tb_xlsx_workbook){ .n_sheets = 0 };
}
