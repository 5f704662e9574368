/* digest.c - SHA-256 by nettle, CRC-32 by zlib or ISA-L. */
#include "tongbao/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nettle/sha2.h>
#ifdef TB_HAVE_ISAL
#include <isa-l.h>
#else
#include <zlib.h>
#endif

#include "tongbao/error.h"

struct tb_digest {
    struct sha256_ctx sha;
};

struct tb_digest *tb_digest_new(void)
{
    struct tb_digest *digest = malloc(sizeof *digest);

    if (digest)
        sha256_init(&digest->sha);
    return digest;
}

void tb_digest_free(struct tb_digest *digest)
{
    free(digest);
}

void tb_digest_add(struct tb_digest *digest, const void *bytes, size_t len)
{
    if (len)
        sha256_update(&digest->sha, len, bytes);
}

void tb_digest_add_text(struct tb_digest *digest, const char *text)
{
    uint64_t len = text ? strlen(text) : 0;
    unsigned char head[8];

    /* Byte by byte, so that every machine gives the same name. */
    for (size_t i = 0; i < sizeof head; i++)
        head[i] = (unsigned char)(len >> (8 * i));
    tb_digest_add(digest, head, sizeof head);
    tb_digest_add(digest, text, len);
}

void tb_digest_finish(struct tb_digest *digest, char hex[TB_DIGEST_TEXT])
{
    static const char digit[] = "0123456789abcdef";
    uint8_t sum[TB_DIGEST_BYTES];

    sha256_digest(&digest->sha, sizeof sum, sum); /* also starts anew */
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digit[sum[i] >> 4];
        hex[2 * i + 1] = digit[sum[i] & 15];
    }
    hex[TB_DIGEST_TEXT - 1] = '\0';
}

int tb_file_digest(const char *path, char hex[TB_DIGEST_TEXT], struct tb_error *err)
{
    struct tb_digest *digest = tb_digest_new();
    FILE *file = fopen(path, "rbe");
    unsigned char block[65536];
    size_t n;
    int rc = -1;

    if (!digest) {
        tb_error_set(err, "out of memory");
    } else if (!file) {
        tb_error_errno(err, "cannot open '%s'", path);
    } else {
        while ((n = fread(block, 1, sizeof block, file)) > 0)
            tb_digest_add(digest, block, n);
        tb_digest_finish(digest, hex);
        rc = ferror(file) ? tb_error_errno(err, "cannot read '%s'", path) : 0;
    }
    if (file)
        fclose(file);
    tb_digest_free(digest);
    return rc;
}

uint32_t tb_crc32(const void *bytes, size_t len)
{
    return tb_crc32_add(0, bytes, len);
}

uint32_t tb_crc32_add(uint32_t crc, const void *bytes, size_t len)
{
#ifdef TB_HAVE_ISAL
    return len ? crc32_gzip_refl(crc, bytes, len) : crc;
#else
    return len ? (uint32_t)crc32_z(crc, bytes, len) : crc;
#endif
}
