/* gzip.h - gzip in blocks, by zlib or, where the program is built with it, by ISA-L.
 *
 * Inside base only: infile.c, gzip_cut.c and newfile.c.  ISA-L takes a quarter of zlib's time
 * to compress and a third to inflate.  What is inflated is the same with either;
 * what is compressed inflates to the same, but its bytes differ, so only files
 * that nobody compares are compressed by the fast one.
 */
#ifndef TONGBAO_BASE_GZIP_H
#define TONGBAO_BASE_GZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_deflate; /* opaque */
struct tb_inflate; /* opaque */

/* Bytes that a call may read and write; it moves the pointers on. */
struct tb_gzip_io {
    const unsigned char *in;
    size_t n_in;
    unsigned char *out;
    size_t n_out; /* room that is left */
};

/* `fast`: by ISA-L if it is there.  Without it the bytes depend on the input alone:
 * no name, time 0.  NULL when memory is out. */
struct tb_deflate *tb_deflate_new(bool fast);
void tb_deflate_free(struct tb_deflate *deflate);
/* 1: more is to come out (room was short), 0: all of the input is in and, if it
 * was the last, all of the output out; -1: misuse. */
int tb_deflate_run(struct tb_deflate *deflate, struct tb_gzip_io *io, bool last);

enum tb_inflated {
    TB_INFLATE_GOES_ON,    /* needs more input, or more room */
    TB_INFLATE_MEMBER_END, /* the next byte is behind a good member */
    TB_INFLATE_DAMAGED,
    TB_INFLATE_NO_MEMORY,
};

/* `fast`: by ISA-L if it is there.  Of a damaged stream it may give fewer bytes
 * than zlib before it stops; that it is damaged both say.  NULL when memory is out. */
struct tb_inflate *tb_inflate_new(bool fast);
void tb_inflate_free(struct tb_inflate *inflate);
enum tb_inflated tb_inflate_run(struct tb_inflate *inflate, struct tb_gzip_io *io);
/* Behind a member: the next one begins. */
void tb_inflate_reset(struct tb_inflate *inflate);

#endif
