/* styles.c - styles.xml: formats of its own, and the styles that name them by id.
 *
 * Styles name formats by ids that are numbers without meaning; here they become
 * numbers of an array, once.
 */
#include "xlsx/styles.h"

#include <stdlib.h>

#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/size.h"
#include "xlsx/xml.h"

enum { SHEET = TB_XLSX_OWN, FORMATS, FORMAT, STYLES, STYLE };
enum { MAX_STYLES = 65536, MAX_FORMATS = 65536, MAX_ID = 0x7fffffff };

struct loading {
    struct tb_xlsx_styles *styles;
    struct tb_map *by_id; /* format id -> format */
};

/* The number of the format of that id, made if it is met first. */
static int64_t format_of(struct loading *l, uint32_t id, const char *code, struct tb_error *err)
{
    struct tb_xlsx_styles *styles = l->styles;
    int64_t known = tb_map_get(l->by_id, (const char *)&id, sizeof id);

    if (known >= 0)
        return known;
    if (styles->n_formats == MAX_FORMATS)
        return tb_error_set(err, "more than %d number formats", MAX_FORMATS);
    struct tb_xlsx_format *grown =
        tb_grow(styles->format, styles->n_formats, &styles->formats_capacity, sizeof *grown);
    if (!grown)
        return tb_error_set(err, "out of memory");
    styles->format = grown;
    if (code)
        tb_xlsx_format_parse(code, &grown[styles->n_formats]);
    else
        tb_xlsx_format_builtin(id, &grown[styles->n_formats]);
    known = tb_map_add(l->by_id, (const char *)&id, sizeof id, (int64_t)styles->n_formats++);
    return known < 0 ? tb_error_set(err, "out of memory") : known;
}

static int add_style(struct loading *l, uint32_t id, struct tb_error *err)
{
    struct tb_xlsx_styles *styles = l->styles;
    int64_t format = format_of(l, id, NULL, err);

    if (format < 0)
        return -1;
    if (styles->n == MAX_STYLES)
        return tb_error_set(err, "more than %d styles of cells", MAX_STYLES);
    uint32_t *grown = tb_grow(styles->style, styles->n, &styles->capacity, sizeof *grown);
    if (!grown)
        return tb_error_set(err, "out of memory");
    styles->style = grown;
    styles->style[styles->n++] = (uint32_t)format;
    return 0;
}

/* Formats come before the styles that name them. */
static int start(void *user, int tag, const char *const *attributes, struct tb_error *err)
{
    struct loading *l = user;
    const char *id_text = tb_xlsx_attribute(attributes, "numFmtId");
    unsigned long id = 0;

    if (tag != FORMAT && tag != STYLE)
        return 0;
    if (id_text && !tb_xlsx_whole(id_text, MAX_ID, &id))
        return tb_error_set(err, "bad numFmtId '%.40s'", id_text);
    if (tag == STYLE)
        return add_style(l, (uint32_t)id, err);
    const char *code = tb_xlsx_attribute(attributes, "formatCode");
    if (!id_text || !code)
        return tb_error_set(err, "a number format without id or code");
    if (l->styles->n > 0)
        return tb_error_set(err, "a number format behind the styles that name it");
    return format_of(l, (uint32_t)id, code, err) < 0 ? -1 : 0;
}

int tb_xlsx_styles_load(struct tb_xlsx_styles *styles, struct tb_xlsx_package *package,
                        const char *name, struct tb_error *err)
{
    static const struct tb_xlsx_element elements[] = {
        { TB_XLSX_ROOT, "styleSheet", SHEET },
        { SHEET, "numFmts", FORMATS },
        { FORMATS, "numFmt", FORMAT },
        { SHEET, "cellXfs", STYLES },
        { STYLES, "xf", STYLE },
    };
    static const struct tb_xlsx_reader reader = { elements, sizeof elements / sizeof *elements,
                                                  start, NULL, NULL };
    struct loading l = { styles, tb_map_new() };
    int rc = l.by_id ? tb_xlsx_read_part(package, name, &reader, &l, err)
                     : tb_error_set(err, "out of memory");

    tb_map_free(l.by_id);
    return rc;
}

void tb_xlsx_styles_release(struct tb_xlsx_styles *styles)
{
    free(styles->format);
    free(styles->style);
    *styles = (struct tb_xlsx_styles){ .n = 0 };
}
