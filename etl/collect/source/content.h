/* content.h - what a file is by its content, whatever its name says. */
#ifndef TONGBAO_COLLECT_CONTENT_H
#define TONGBAO_COLLECT_CONTENT_H

#include <stdbool.h>
#include <stddef.h>

struct tb_content {
    const char *name;      /* what it is, for people; NULL: it may be text */
    const char *extension; /* ".xlsx" ...: a workbook of that kind; NULL: none that is known */
};

/* By the beginning of a file, or all of it: a workbook is told from other files
 * of its container only where its parts are named, which may be at the end.
 * `declared` is the encoding that the form says, or NULL. */
struct tb_content tb_content_of(const char *bytes, size_t len, const char *declared);
/* Whether two extensions are of one family of workbooks: an .xlsm is what an .xlsx is. */
bool tb_content_same_family(const char *extension, const char *other);
/* Whether a workbook known by its content bears this extension. */
bool tb_content_is_workbook_extension(const char *extension);

#endif
