/* conversion.c - which converter, and whether its text is kept already. */
#include "collect/source/conversion.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <unistd.h>

#include "collect/source/content.h"
#include "collect/source/conversion_run.h"
#include "tongbao/arrivals.h"
#include "tongbao/conversion.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/profile.h"

enum {
    BLOCK = 1 << 20,
    EXTENSION = 17,
    WHOLE_MIB = 1024, /* of an original that is held for a converter */
};
static const size_t LIMIT = (size_t)WHOLE_MIB << 20;

/* All that `file` holds, up to the limit: 1, 0 when there is more, -1. */
static int read_whole(struct tb_infile *file, struct tb_buf *out, struct tb_error *err)
{
    int64_t n;

    do {
        if (tb_buf_reserve(out, BLOCK) < 0)
            return tb_error_set(err, "out of memory");
        n = tb_infile_read(file, out->data + out->len, BLOCK, err);
        if (n > 0) {
            out->len += (size_t)n;
            out->data[out->len] = '\0';
        }
    } while (n > 0 && out->len <= LIMIT);
    return n < 0 ? -1 : out->len <= LIMIT;
}

/* The original as sent, unpacked where the sender packed it: 1, 0 when it is too
 * large, -1.  That a sender's gzip is whole was found out before. */
static int load(const char *data, const struct tb_arrival *arrival, struct tb_buf *bytes,
                struct tb_error *err)
{
    char *path = tb_archive_path(data, arrival->sha256);
    struct tb_infile *file = path ? tb_infile_open(path, err) : NULL;
    struct tb_buf inner = TB_BUF_INIT;
    int rc = file ? read_whole(file, bytes, err) : -1;

    tb_infile_close(file);
    if (!path)
        tb_error_set(err, "out of memory");
    free(path);
    if (rc > 0 && bytes->len >= 2 && memcmp(bytes->data, "\x1f\x8b", 2) == 0) {
        file = tb_infile_from_memory(bytes->data, bytes->len, err);
        rc = file ? read_whole(file, &inner, err) : -1;
        tb_infile_close(file);
        tb_buf_release(bytes);
        *bytes = inner;
    }
    return rc < 0 ? tb_error_prefix(err, "original of arrival %u", (unsigned)arrival->number) : rc;
}

/* ".xlsx" of `Book.XLSX.gz`; "" when there is none or a long one. */
static void extension_of(const char *name, char out[EXTENSION])
{
    size_t len = strlen(name);

    out[0] = '\0';
    if (len > 3 && strcasecmp(name + len - 3, ".gz") == 0)
        len -= 3;
    const char *dot = memrchr(name, '.', len);
    size_t n = dot ? len - (size_t)(dot - name) : 0;
    if (n == 0 || n >= EXTENSION)
        return;
    for (size_t i = 0; i < n; i++)
        out[i] = dot[i] >= 'A' && dot[i] <= 'Z' ? (char)(dot[i] - 'A' + 'a') : dot[i];
    out[n] = '\0';
}

/* By content first: an extension counts where it agrees with the content, or
 * where the content tells nothing. */
static const struct tb_converter *choose(const struct tb_profile *profile,
                                         const struct tb_content *content, const char *name)
{
    const struct tb_converter *converter = NULL;
    char extension[EXTENSION];

    extension_of(name, extension);
    if (content->extension ? tb_content_same_family(extension, content->extension)
                           : !tb_content_is_workbook_extension(extension))
        converter = tb_profile_converter(profile, extension);
    if (!converter && content->extension)
        converter = tb_profile_converter(profile, content->extension);
    return converter;
}

/* Held until the descriptor is closed: two threads must not convert one original
 * at a time.  There are 256 such folders. */
static int lock_folder(const char *data, const char *sha256, struct tb_error *err)
{
    char *path = tb_path("%s/archive/%.2s", data, sha256);
    int fd = path ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

    if (!path) {
        tb_error_set(err, "out of memory");
    } else if (fd < 0) {
        tb_error_errno(err, "cannot open folder '%s'", path);
    } else {
        while (flock(fd, LOCK_EX) < 0) {
            if (errno == EINTR)
                continue;
            tb_error_errno(err, "cannot lock folder '%s'", path);
            close(fd);
            fd = -1;
            break;
        }
    }
    free(path);
    return fd;
}

/* 1: the text is there; 0: refused; -1. */
static int take_or_make(const char *data, const struct tb_profile *profile,
                        const struct tb_converter *converter, const struct tb_arrival *arrival,
                        const struct tb_buf *bytes, struct tb_converted *out, struct tb_error *err)
{
    char *note = tb_conversion_note_path(data, arrival->sha256, converter);
    int rc = note ? 1 : tb_error_set(err, "out of memory");

    if (rc > 0 && !tb_fs_exists(note)) {
        int lock = lock_folder(data, arrival->sha256, err);
        rc = lock < 0 ? -1
             : tb_fs_exists(note)
                 ? 1
                 : tb_conversion_run(data, profile, converter, arrival->sha256, bytes, out, err);
        if (lock >= 0)
            close(lock);
    }
    free(note);
    return rc;
}

static void refuse_kind(const struct tb_content *content, struct tb_converted *out)
{
    out->reason = TB_REASON_FILE_NOT_TEXT;
    tb_buf_puts(&out->expected, content->name ? content->name : "unknown");
    if (content->extension)
        tb_buf_printf(&out->expected, "; no %s in [converters] of profile.ini", content->extension);
}

int tb_conversion_make(const char *data, const struct tb_profile *profile,
                       const struct tb_arrival *arrival, struct tb_converted *out,
                       struct tb_error *err)
{
    struct tb_buf bytes = TB_BUF_INIT;
    int rc = load(data, arrival, &bytes, err);

    *out = (struct tb_converted){ .reason = TB_REASON_FILE_TOO_LARGE };
    if (rc > 0) {
        struct tb_content content = tb_content_of(bytes.data, bytes.len, NULL);
        const struct tb_converter *converter = choose(profile, &content, arrival->name);
        if (converter)
            rc = take_or_make(data, profile, converter, arrival, &bytes, out, err);
        else
            refuse_kind(&content, out);
        if (converter && rc > 0) {
            out->path = tb_conversion_text_path(data, arrival->sha256, converter);
            rc = out->path ? 1 : tb_error_set(err, "out of memory");
        }
    }
    tb_buf_release(&bytes);
    if (rc >= 0 && (!tb_buf_ok(&out->text, err) || !tb_buf_ok(&out->expected, err)))
        rc = -1;
    if (rc < 0)
        tb_converted_release(out);
    return rc < 0 ? -1 : 0;
}

void tb_converted_release(struct tb_converted *converted)
{
    free(converted->path);
    tb_buf_release(&converted->text);
    tb_buf_release(&converted->expected);
    *converted = (struct tb_converted){ 0 };
}
