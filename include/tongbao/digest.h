/* digest.h - SHA-256 names of content (nettle does the arithmetic). */
#ifndef TONGBAO_DIGEST_H
#define TONGBAO_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { TB_DIGEST_BYTES = 32, TB_DIGEST_TEXT = 65 };

struct tb_error;
struct tb_digest; /* a running hash, opaque */

struct tb_digest *tb_digest_new(void); /* NULL when memory is out */
void tb_digest_free(struct tb_digest *digest);
void tb_digest_add(struct tb_digest *digest, const void *bytes, size_t len);
/* Adds a length and then the text, so that ("ab","c") differs from ("a","bc").
 * NULL counts as an empty text. */
void tb_digest_add_text(struct tb_digest *digest, const char *text);
/* Writes 64 lower-case hex digits and a NUL, and starts anew. */
void tb_digest_finish(struct tb_digest *digest, char hex[TB_DIGEST_TEXT]);

/* The hash of a file's bytes as they lie on the disk (not decompressed).  -1
 * with *err filled. */
int tb_file_digest(const char *path, char hex[TB_DIGEST_TEXT], struct tb_error *err);

/* CRC-32 of a block (zlib), for the checks inside binary files. */
uint32_t tb_crc32(const void *bytes, size_t len);
/* The CRC-32 of what gave `crc` (0: nothing) and these bytes behind it. */
uint32_t tb_crc32_add(uint32_t crc, const void *bytes, size_t len);

#endif
