/* conversion.h - the texts that converters made of originals, kept in the archive.
 *
 * Beside archive/ab/<sha256>.gz lie archive/ab/<sha256>.<command>.csv.gz, the text,
 * and archive/ab/<sha256>.<command>.csv, the note of how it was made: one row of
 * original,command,program,sha256,bytes (hash and size of the text).  <command> is
 * the beginning of the digest of the converter's command (profile.h).  The note
 * comes last and says that the text is whole; what is kept is never made anew.
 */
#ifndef TONGBAO_CONVERSION_H
#define TONGBAO_CONVERSION_H

#include <stdbool.h>
#include <stdint.h>
#include "tongbao/digest.h"

struct tb_converter;
struct tb_error;
struct tb_profile;

struct tb_conversion_note {
    const char *original; /* SHA-256 of what was converted */
    const char *command;  /* as the profile had it */
    const char *program;  /* the file that ran */
    char sha256[TB_DIGEST_TEXT]; /* of the text */
    uint64_t bytes;
};

/* Paths of text and note; the caller frees.  NULL when memory is out. */
char *tb_conversion_text_path(const char *data, const char *original,
                              const struct tb_converter *converter);
char *tb_conversion_note_path(const char *data, const char *original,
                              const struct tb_converter *converter);
/* Writes the note; -1 with *err filled. */
int tb_conversion_note_write(const char *path, const struct tb_conversion_note *note,
                             struct tb_error *err);
/* Reads hash and size of the text from a note (the other members stay NULL).
 * -1 with *err filled when it is none. */
int tb_conversion_note_read(const char *path, struct tb_conversion_note *out,
                            struct tb_error *err);

enum { TB_CONVERSION_NAME = 64 + 1 + 16 }; /* length of <sha256>.<command> */

/* What a name in archive/ab is: 't' a text, 'n' a note, 0 neither. */
char tb_conversion_kind(const char *name);
/* The kept text that a converter of the profile made of an original: *path is set
 * for the caller to free, or NULL when there is none.  -1 when memory is out. */
int tb_conversion_find(const char *data, const struct tb_profile *profile, const char *original,
                       char **path, struct tb_error *err);

#endif
