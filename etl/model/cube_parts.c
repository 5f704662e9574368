/* cube_parts.c - planes filled in memory and written when they are whole.
 *
 * The memory of a part serves the next one: what a large cube needs while it is made is
 * a part for each thread, and no page of the file is brought in only to be overwritten.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/cube_file.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"

enum {
    ALIGN = 4096,          /* of the memory: a page */
    BLOCK_BYTES = 64 << 10 /* of the file: blocks that are all zero stay holes */
};

struct tb_cube_part {
    struct tb_cube_part *next; /* while it is idle */
    unsigned char *bytes;
    size_t capacity;
    /* while it is at hand */
    size_t first, n; /* planes */
    size_t offset, size;
};

static void part_free(struct tb_cube_part *part)
{
    if (part)
        free(part->bytes);
    free(part);
}

void tb_cube_free_parts(struct tb_cube *cube)
{
    while (cube->idle) {
        struct tb_cube_part *part = cube->idle;
        cube->idle = part->next;
        part_free(part);
    }
}

/* One that is idle, or a new one; NULL when memory is out. */
static struct tb_cube_part *take(struct tb_cube *cube)
{
    pthread_mutex_lock(&cube->lock);
    struct tb_cube_part *part = cube->idle;
    if (part)
        cube->idle = part->next;
    pthread_mutex_unlock(&cube->lock);
    return part ? part : calloc(1, sizeof *part);
}

/* Room for `size` bytes, all zero. */
static bool clear(struct tb_cube_part *part, size_t size)
{
    if (size > part->capacity) {
        free(part->bytes);
        part->bytes = NULL;
        part->capacity = 0;
        if (posix_memalign((void **)&part->bytes, ALIGN, size) != 0)
            return false;
        part->capacity = size;
    }
    if (size > 0)
        memset(part->bytes, 0, size);
    return true;
}

struct tb_cube_part *tb_cube_begin(struct tb_cube *cube, size_t first, size_t n,
                                   struct tb_error *err)
{
    const struct tb_cube_entry *entry = tb_cube_directory(cube);
    size_t offset = n ? entry[first].offset : 0;
    size_t size = n ? entry[first + n - 1].offset + entry[first + n - 1].size - offset : 0;
    struct tb_cube_part *part = take(cube);

    if (!part || !clear(part, size)) {
        part_free(part);
        tb_error_set(err, "out of memory for %zu planes of %zu bytes", n, size);
        return NULL;
    }
    part->first = first;
    part->n = n;
    part->offset = offset;
    part->size = size;
    for (size_t i = first; i < first + n; i++)
        tb_cube_point(cube, i, part->bytes + (entry[i].offset - offset));
    return part;
}

static int write_bytes(const struct tb_cube *cube, const unsigned char *bytes, size_t len,
                       size_t offset, struct tb_error *err)
{
    while (len > 0) {
        ssize_t n = pwrite(cube->fd, bytes, len, (off_t)offset);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return tb_error_errno(err, "cannot write '%s'", cube->aside);
        bytes += n;
        len -= (size_t)n;
        offset += (size_t)n;
    }
    return 0;
}

static bool is_zero(const unsigned char *bytes, size_t len)
{
    return bytes[0] == 0 && memcmp(bytes, bytes + 1, len - 1) == 0;
}

/* Writes runs of blocks that hold something; the file is at its full length already. */
static int write_part(const struct tb_cube *cube, const struct tb_cube_part *part,
                      struct tb_error *err)
{
    size_t from = 0, at = 0;

    while (at < part->size) {
        size_t len = BLOCK_BYTES - (part->offset + at) % BLOCK_BYTES;
        if (len > part->size - at)
            len = part->size - at;
        if (is_zero(part->bytes + at, len)) {
            if (write_bytes(cube, part->bytes + from, at - from, part->offset + from, err) < 0)
                return -1;
            from = at + len;
        }
        at += len;
    }
    return write_bytes(cube, part->bytes + from, at - from, part->offset + from, err);
}

int tb_cube_end(struct tb_cube *cube, struct tb_cube_part *part, struct tb_error *err)
{
    struct tb_cube_entry *entry = tb_cube_directory(cube);

    for (size_t i = part->first; i < part->first + part->n; i++) {
        entry[i].scale = cube->plane[i].scale; /* the filler may have settled it */
        entry[i].crc = tb_crc32(part->bytes + (entry[i].offset - part->offset), entry[i].size);
        cube->sealed[i] = true;
    }
    int rc = write_part(cube, part, err);
    tb_cube_drop(cube, part);
    return rc;
}

void tb_cube_drop(struct tb_cube *cube, struct tb_cube_part *part)
{
    if (!part)
        return;
    for (size_t i = part->first; i < part->first + part->n; i++)
        tb_cube_point(cube, i, cube->map + tb_cube_directory(cube)[i].offset);
    pthread_mutex_lock(&cube->lock);
    part->next = cube->idle;
    cube->idle = part;
    pthread_mutex_unlock(&cube->lock);
}
