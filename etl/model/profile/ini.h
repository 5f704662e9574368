/* ini.h - reads `[section]` and `key = value` lines with their places. */
#ifndef TONGBAO_MODEL_INI_H
#define TONGBAO_MODEL_INI_H

#include <stddef.h>

#include "tongbao/diag.h"

struct tb_error;

/* One line.  The texts are valid during the call only. */
struct tb_ini_line {
    const char *section; /* "" before the first */
    const char *key;     /* NULL: this is the line of the section itself */
    const char *value;   /* trimmed, may be empty */
    struct tb_place key_at, value_at;
};

typedef void tb_ini_visit(void *user, const struct tb_ini_line *line);

/* Calls `visit` for each section and key in order.  Lines that are neither are
 * reported through diag; blank lines and those that begin with '#' or ';' are
 * comments.  -1 with *err filled when memory is out. */
int tb_ini_read(const char *bytes, size_t len, const char *shown, struct tb_diag *diag,
                tb_ini_visit *visit, void *user, struct tb_error *err);

#endif
