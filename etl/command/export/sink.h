/* sink.h - where an export goes: standard output or a file, plain or gzip, in
 * blocks, so that 25 million rows need no memory. */
#ifndef TONGBAO_COMMAND_SINK_H
#define TONGBAO_COMMAND_SINK_H

#include "tongbao/buf.h"

struct tb_error;
struct tb_newfile;

struct tb_sink {
    struct tb_newfile *file; /* NULL: standard output */
    struct tb_buf rows;      /* what is not written yet: append here */
};

/* `path` NULL or "-" is standard output; a name that ends in .gz is compressed. */
int tb_sink_open(struct tb_sink *sink, const char *path, struct tb_error *err);
/* Writes what was gathered once it is a block.  Call it after each row. */
int tb_sink_flow(struct tb_sink *sink, struct tb_error *err);
/* Writes the rest and puts the file in place. */
int tb_sink_finish(struct tb_sink *sink, struct tb_error *err);
void tb_sink_release(struct tb_sink *sink);

#endif
