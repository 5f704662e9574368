/* table_out.h - a table that is written as its rows come. */
#ifndef TONGBAO_COLLECT_TABLE_OUT_H
#define TONGBAO_COLLECT_TABLE_OUT_H

#include "tongbao/buf.h"

struct tb_error;
struct tb_newfile;

struct tb_table_out {
    const char *name;
    struct tb_newfile *file;
    struct tb_buf text; /* rows are appended here */
};

/* OUT/NAME with that first line.  -1 with *err filled; close it all the same. */
int tb_table_out_open(struct tb_table_out *table, const char *out, const char *name, const char *head,
                  struct tb_error *err);
/* To be called now and then: writes when enough has come together. */
int tb_table_out_flush(struct tb_table_out *table, struct tb_error *err);
/* Puts the table in place if `rc` is 0, else drops it; 0 or -1. */
int tb_table_out_close(struct tb_table_out *table, int rc, struct tb_error *err);

#endif
