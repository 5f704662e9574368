/* sink.h - where an export goes: standard output or a file, plain or gzip, in
 * blocks, so that 25 million rows need no memory. */
#ifndef TONGBAO_COMMAND_SINK_H
#define TONGBAO_COMMAND_SINK_H

#include "tongbao/buf.h"

struct tb_error;
struct tb_newfile;

struct sink {
    struct tb_newfile *file; /* NULL: standard output */
    struct tb_buf rows;      /* what is not written yet: append here */
};

/* `path` NULL or "-" is standard output; a name that ends in .gz is compressed. */
int sink_open(struct sink *sink, const char *path, struct tb_error *err);
/* Writes what was gathered once it is a block.  Call it after each row. */
int sink_flow(struct sink *sink, struct tb_error *err);
/* Writes the rest and puts the file in place. */
int sink_finish(struct sink *sink, struct tb_error *err);
void sink_release(struct sink *sink);

#endif
