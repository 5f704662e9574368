/* source.h - the text of one submission: unpacked, decoded, read in pieces, and from
 * the start as often as needed.
 *
 * Memory does not depend on the size of the file.  The encoding is guessed by the
 * first block and counted on the way, so that at the end it is known what a guess
 * by all bytes would have been (tb_text_guess_encoding).
 */
#ifndef TONGBAO_COLLECT_SOURCE_H
#define TONGBAO_COLLECT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/buf.h"
#include "tongbao/text.h"

struct tb_error;
struct tb_infile;

enum tb_source_state {
    TB_SOURCE_GOOD,
    TB_SOURCE_DAMAGED,   /* the sender's gzip is */
    TB_SOURCE_TOO_LARGE, /* more than the limit of bytes, or a row or more rows than can be held */
};

struct tb_source {
    char *path;
    uint64_t limit;
    enum tb_source_state state;
    struct tb_infile *outer, *file; /* the archive's gzip; what is in it, plain or gzip */
    struct tb_buf raw;              /* bytes read and not yet decoded */
    uint64_t n_raw;                 /* bytes read */
    bool at_end;                    /* of the bytes */
    bool touched;                   /* the bytes read are no longer all in `raw` */
    const char *encoding;
    struct tb_decoder decoder;
    bool flushed;                   /* the last piece is decoded */
    struct tb_utf8_judge judge;     /* of an encoding other than UTF-8 */
    struct tb_buf head;             /* text decoded and not yet given */
};

/* Opens the file and reads its first block, `raw`.  -1 with *err filled (release all
 * the same): it cannot be read.  A damaged or large content is a state. */
int tb_source_open(struct tb_source *source, const char *path, uint64_t limit, struct tb_error *err);
void tb_source_release(struct tb_source *source);
/* Behind open: the encoding by a mark or by the first block. */
const char *tb_source_guess(const struct tb_source *source);
/* Behind the last byte: UTF-8 or GB18030, by all of them, where there is no mark. */
const char *tb_source_guess_by_all(const struct tb_source *source);

/* From the start in this encoding (borrowed).  0; 1: the encoding is not known;
 * -1 with *err filled. */
int tb_source_begin(struct tb_source *source, const char *encoding, struct tb_error *err);
/* Right behind begin: the first lines, a megabyte or so (`deep`: 64); still to be given. */
int tb_source_head(struct tb_source *source, bool deep, const char **text, size_t *len,
                   struct tb_error *err);
/* Appends the next piece of text: 1, 0 at the end; -1 with *err filled: it cannot be
 * read, or the state is another than TB_SOURCE_GOOD.  `user` is the source
 * (tb_csv_more). */
int tb_source_more(void *user, struct tb_buf *out, struct tb_error *err);

/* Lines of all bytes, from the start; of a damaged file those before the damage shows,
 * of one that is too large those within the limit; the state tells. */
int tb_source_count_lines(struct tb_source *source, uint64_t *lines, struct tb_error *err);
/* Lines of the text that is left. */
int tb_source_count_text(struct tb_source *source, uint64_t *lines, struct tb_error *err);

#endif
