/* styles.h - which number format a cell has. */
#ifndef TONGBAO_XLSX_STYLES_H
#define TONGBAO_XLSX_STYLES_H

#include <stddef.h>
#include <stdint.h>
#include "xlsx/format.h"

struct tb_error;
struct tb_xlsx_package;

struct tb_xlsx_styles {
    struct tb_xlsx_format *format;
    size_t n_formats, formats_capacity;
    uint32_t *style; /* a cell's style -> format */
    size_t n, capacity;
};

/* Reads the part `name`.  -1 with *err filled. */
int tb_xlsx_styles_load(struct tb_xlsx_styles *styles, struct tb_xlsx_package *package,
                        const char *name, struct tb_error *err);
void tb_xlsx_styles_release(struct tb_xlsx_styles *styles);

#endif
