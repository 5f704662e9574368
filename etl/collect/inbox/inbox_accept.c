/* inbox_accept.c - what a file is, whose it is, and whether it is whole.
 *
 * Everything goes through the descriptor of the folder, and a name is looked at
 * before it is opened: opening a device can do things.  Between the two the name
 * may become another file, so the open one is looked at again.
 */
#include "collect/inbox/inbox_accept.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "tongbao/date.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"

enum {
    ZIP_END = 22 + 65535,              /* a zip's last record, with the longest comment */
    GZIP_LOOKED_AT = 64 * 1024 * 1024, /* a larger one that is quiet is taken for whole */
    NAME_BYTES = 16 * 1024, /* of the record of one user */
};

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), n = strlen(ending);

    return len >= n && strcmp(name + len - n, ending) == 0;
}

bool tb_accept_passes_over(const char *name)
{
    return name[0] == '.' || strncmp(name, "~$", 2) == 0;
}

static bool is_unfinished(const char *name)
{
    return ends_with(name, ".part") || ends_with(name, ".tmp") || ends_with(name, "~");
}

/* The user of that name or number. */
static bool is_user(const char *name, uid_t uid)
{
    struct passwd entry, *found = NULL;
    char *memory, *end;
    unsigned long number;

    if (strcmp(name, "self") == 0)
        return uid == geteuid();
    if (*name >= '0' && *name <= '9') {
        number = strtoul(name, &end, 10);
        return *end == '\0' && number == (unsigned long)uid;
    }
    memory = malloc(NAME_BYTES);
    bool same = memory && getpwnam_r(name, &entry, memory, NAME_BYTES, &found) == 0 && found &&
                found->pw_uid == uid;
    free(memory);
    return same;
}

static bool is_owner_wanted(const struct tb_profile *profile, uid_t uid)
{
    const struct tb_strings *owners = &profile->set.owners;
    bool wanted = owners->n == 0;

    for (size_t i = 0; i < owners->n && !wanted; i++)
        wanted = is_user(owners->item[i], uid);
    return wanted;
}

static enum tb_left judge(const struct tb_profile *profile, const struct stat *st)
{
    if (S_ISLNK(st->st_mode))
        return TB_LEFT_LINK;
    if (!S_ISREG(st->st_mode))
        return TB_LEFT_NO_FILE;
    if (!is_owner_wanted(profile, st->st_uid))
        return TB_LEFT_OWNER;
    if (st->st_nlink > 1)
        return TB_LEFT_HARD_LINK;
    if (tb_moment_day((int64_t)st->st_mtim.tv_sec, 0) == TB_DAY_NONE)
        return TB_LEFT_TIME;
    return TB_LEFT_NOT;
}

int tb_accept_open(const struct tb_profile *profile, int folder, const char *name, struct stat *st,
                   enum tb_left *why)
{
    static const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int fd = -1;

    *st = (struct stat){ 0 };
    *why = TB_LEFT_UNREADABLE;
    if (fstatat(folder, name, st, AT_SYMLINK_NOFOLLOW) < 0)
        return -1;
    *why = judge(profile, st);
    if (*why == TB_LEFT_NOT && is_unfinished(name))
        *why = TB_LEFT_UNFINISHED;
    if (*why != TB_LEFT_NOT)
        return -1;
    fd = openat(folder, name, flags);
    *why = fd < 0 || fstat(fd, st) < 0 ? TB_LEFT_UNREADABLE : judge(profile, st);
    if (*why != TB_LEFT_NOT && fd >= 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* --- is it whole? --- */

static bool is_locked(int fd)
{
    struct flock lock = { .l_type = F_RDLCK, .l_whence = SEEK_SET };

    if (flock(fd, LOCK_SH | LOCK_NB) < 0)
        return errno == EWOULDBLOCK;
    flock(fd, LOCK_UN);
    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

static bool is_beside(const struct tb_profile *profile, int folder, const char *before, const char *name, const char *behind)
{
    char *path = tb_path("%s%s%s", before, name, behind);
    struct stat st;
    /* Not known for want of memory: as if it were. */
    bool there = !path || fstatat(folder, path, &st, AT_SYMLINK_NOFOLLOW) == 0;

    if (!path)
        tb_profile_starve(profile);
    free(path);
    return there;
}

/* LibreOffice keeps .~lock.NAME# beside a file that it has open, Excel ~$NAME, for
 * names of more than eight characters without the first two. */
static bool is_open_in_spreadsheet(const struct tb_profile *profile, int folder, const char *name)
{
    return is_beside(profile, folder, ".~lock.", name, "#") || is_beside(profile, folder, "~$", name, "") ||
           (strlen(name) > 2 && is_beside(profile, folder, "~$", name + 2, ""));
}

/* The end of a text is a line end, in whatever width its characters have. */
static bool ends_a_line(int fd, off_t size)
{
    unsigned char last[4] = { 0 };
    size_t n = size < 4 ? (size_t)size : 4;
    ssize_t got = pread(fd, last, n, size - (off_t)n);

    while (got > 1 && last[got - 1] == 0)
        got--;
    return got > 0 && (last[got - 1] == '\n' || last[got - 1] == '\r' || last[got - 1] == 0x1a);
}

static bool has_zip_end(int fd, off_t size)
{
    size_t n = size < ZIP_END ? (size_t)size : ZIP_END;
    char *tail = malloc(n);
    bool found = tail && pread(fd, tail, n, size - (off_t)n) == (ssize_t)n &&
                 memmem(tail, n, "PK\5\6", 4);

    free(tail);
    return found;
}

/* A gzip that ends early looks like any other at its end: *look_through then. */
static bool has_end(int fd, off_t size, bool *look_through)
{
    unsigned char magic[4] = { 0 };

    if (size == 0 || pread(fd, magic, sizeof magic, 0) < 1)
        return false;
    if (magic[0] == 0x1f && magic[1] == 0x8b)
        return *look_through = size <= GZIP_LOOKED_AT, true;
    if (memcmp(magic, "PK\3\4", 4) == 0)
        return has_zip_end(fd, size);
    if (memcmp(magic, "\xd0\xcf\x11\xe0", 4) == 0)
        return size % 512 == 0; /* written in sectors */
    return memcmp(magic, "%PDF", 4) == 0 || ends_a_line(fd, size);
}

enum tb_left tb_accept_whole(const struct tb_profile *profile, int folder, const char *name, int fd,
                             const struct stat *st, int64_t now, bool *look_through)
{
    int64_t age = now - (int64_t)st->st_mtim.tv_sec;

    *look_through = false;
    if (is_locked(fd))
        return TB_LEFT_LOCKED;
    if (is_open_in_spreadsheet(profile, folder, name))
        return TB_LEFT_OPEN;
    /* An empty withdrawal says all that it has to. */
    if (st->st_size == 0 && ends_with(name, ".withdraw"))
        return TB_LEFT_NOT;
    /* A time ahead of the clock by more than the grace is no sign of a writer. */
    if (age < profile->set.inbox_grace && age > -(int64_t)profile->set.inbox_grace &&
        !has_end(fd, st->st_size, look_through))
        return TB_LEFT_GROWING;
    return TB_LEFT_NOT;
}
