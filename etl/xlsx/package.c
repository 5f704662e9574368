/* package.c - libzip within limits.
 *
 * Sizes that the directory states are not believed: what comes out is counted.
 */
#include "xlsx/package.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "tongbao/error.h"

enum { BLOCK = 64 * 1024 };

struct tb_xlsx_package {
    zip_t *zip;
    int n_parts;
    uint64_t unpacked; /* of all parts read so far */
    char block[BLOCK];
};

static int refuse_zip(struct tb_error *err, zip_error_t *why)
{
    return tb_error_set(err, "no workbook: %s", zip_error_strerror(why));
}

/* Takes the source over. */
static struct tb_xlsx_package *open_source(zip_source_t *source, zip_error_t *why,
                                           struct tb_error *err)
{
    struct tb_xlsx_package *package = source ? calloc(1, sizeof *package) : NULL;

    if (package)
        package->zip = zip_open_from_source(source, ZIP_RDONLY, why);
    if (source && !package) {
        tb_error_set(err, "out of memory");
        zip_source_free(source);
        return NULL;
    }
    if (!source || !package->zip) {
        refuse_zip(err, why);
        zip_source_free(source);
        free(package);
        return NULL;
    }
    zip_int64_t n = zip_get_num_entries(package->zip, 0);
    if (n < 0 || n > TB_XLSX_MAX_PARTS) {
        tb_error_set(err, "more than %d parts", TB_XLSX_MAX_PARTS);
        tb_xlsx_package_close(package);
        return NULL;
    }
    package->n_parts = (int)n;
    return package;
}

/* What else goes by the name .xlsx; 0, or -1 with *err filled. */
static int look_at_start(const char *path, struct tb_error *err)
{
    static const char ole[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    char start[sizeof ole - 1];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = 0;
    int rc = fd < 0 || fstat(fd, &st) < 0 ? tb_error_errno(err, "cannot open") : 0;

    if (rc == 0 && !S_ISREG(st.st_mode))
        rc = tb_error_set(err, "is no file");
    while (rc == 0 && (n = read(fd, start, sizeof start)) < 0) {
        if (errno != EINTR)
            rc = tb_error_errno(err, "cannot read");
    }
    if (rc == 0 && n == (ssize_t)sizeof start && memcmp(start, ole, sizeof start) == 0)
        rc = tb_error_set(err, "a workbook with a password, or an old one (.xls): "
                               "save it as .xlsx without a password");
    else if (rc == 0 && (n < 4 || memcmp(start, "PK", 2) != 0))
        rc = tb_error_set(err, "no workbook (.xlsx): no zip");
    if (fd >= 0)
        close(fd);
    return rc;
}

struct tb_xlsx_package *tb_xlsx_package_open(const char *path, struct tb_error *err)
{
    struct tb_xlsx_package *package = NULL;
    zip_error_t why;

    if (look_at_start(path, err) < 0)
        return NULL;
    zip_error_init(&why);
    package = open_source(zip_source_file_create(path, 0, -1, &why), &why, err);
    zip_error_fini(&why);
    return package;
}

struct tb_xlsx_package *tb_xlsx_package_from_memory(const void *bytes, size_t len,
                                                    struct tb_error *err)
{
    struct tb_xlsx_package *package = NULL;
    zip_error_t why;

    zip_error_init(&why);
    package = open_source(zip_source_buffer_create(bytes, len, 0, &why), &why, err);
    zip_error_fini(&why);
    return package;
}

void tb_xlsx_package_close(struct tb_xlsx_package *package)
{
    if (!package)
        return;
    zip_discard(package->zip);
    free(package);
}

int tb_xlsx_package_find(struct tb_xlsx_package *package, const char *name, struct tb_error *err)
{
    int found = -1;

    /* Names of parts are compared without case. */
    for (int i = 0; i < package->n_parts; i++) {
        const char *part = zip_get_name(package->zip, (zip_uint64_t)i, 0);
        if (!part || strcasecmp(part, name) != 0)
            continue;
        if (found >= 0) {
            tb_error_set(err, "two parts '%s'", name);
            return -2;
        }
        found = i;
    }
    return found;
}

static int check_limits(const struct tb_xlsx_package *package, uint64_t unpacked, uint64_t packed,
                        struct tb_error *err)
{
    if (unpacked > (uint64_t)TB_XLSX_MAX_PART_MIB << 20)
        return tb_error_set(err, "unpacks to more than %d MiB", TB_XLSX_MAX_PART_MIB);
    if (package->unpacked > (uint64_t)TB_XLSX_MAX_TOTAL_MIB << 20)
        return tb_error_set(err, "all parts unpack to more than %d MiB", TB_XLSX_MAX_TOTAL_MIB);
    if (unpacked > (uint64_t)TB_XLSX_FREE_MIB << 20 && unpacked / TB_XLSX_MAX_RATIO > packed)
        return tb_error_set(err, "unpacks to more than %d times its size", TB_XLSX_MAX_RATIO);
    return 0;
}

static int unpack(struct tb_xlsx_package *package, zip_file_t *file, uint64_t packed,
                  tb_xlsx_take *take, void *user, struct tb_error *err)
{
    uint64_t unpacked = 0;
    zip_int64_t n;

    while ((n = zip_fread(file, package->block, BLOCK)) > 0) {
        unpacked += (uint64_t)n;
        package->unpacked += (uint64_t)n;
        if (check_limits(package, unpacked, packed, err) < 0 ||
            take(user, package->block, (size_t)n, err) < 0)
            return -1;
    }
    return n < 0 ? tb_error_set(err, "damaged: %s", zip_error_strerror(zip_file_get_error(file)))
                 : 0;
}

int tb_xlsx_package_read(struct tb_xlsx_package *package, int part, tb_xlsx_take *take, void *user,
                         struct tb_error *err)
{
    const char *name = zip_get_name(package->zip, (zip_uint64_t)part, 0);
    zip_file_t *file = NULL;
    zip_stat_t st;
    int rc = -1;

    zip_stat_init(&st);
    if (!name || zip_stat_index(package->zip, (zip_uint64_t)part, 0, &st) < 0)
        return refuse_zip(err, zip_get_error(package->zip));
    if (st.encryption_method != ZIP_EM_NONE)
        tb_error_set(err, "is encrypted");
    else if (st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE)
        tb_error_set(err, "is packed by method %d, expected deflate", (int)st.comp_method);
    else if (!(file = zip_fopen_index(package->zip, (zip_uint64_t)part, 0)))
        tb_error_set(err, "damaged: %s", zip_strerror(package->zip));
    else
        rc = unpack(package, file, st.comp_size, take, user, err);
    if (file)
        zip_fclose(file);
    return rc < 0 ? tb_error_prefix(err, "part '%s'", name) : 0;
}
