/* inbox.c - inbox -> archive and ledger. */
#include "collect/inbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collect/leftovers.h"
#include "tongbao/arrivals.h"
#include "tongbao/buf.h"
#include "tongbao/date.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/log.h"
#include "tongbao/newfile.h"
#include "tongbao/text.h"

enum { BLOCK = 1 << 20 };

struct taking {
    const char *data;
    struct tb_log *log;
    struct tb_arrivals known;
    uint32_t next; /* number of the next arrival */
    size_t n_taken;
    char *block;
};

/* One file of the inbox. */
struct found {
    const char *path;
    char *name; /* as entered in the ledger */
    char *sender;
    int fd;
    struct stat at_open;
    char sha256[TB_DIGEST_TEXT];
};

static bool ends_with(const char *name, const char *ending)
{
    size_t len = strlen(name), n = strlen(ending);

    return len >= n && strcmp(name + len - n, ending) == 0;
}

static bool is_unfinished(const char *name)
{
    return name[0] == '.' || ends_with(name, ".part") || ends_with(name, ".tmp") ||
           ends_with(name, "~");
}

/* A name as text: some arrive in GB18030, and control characters have no place
 * in a ledger.  The caller frees; NULL when memory is out. */
static char *name_as_text(const char *name)
{
    struct tb_buf text = TB_BUF_INIT, shown = TB_BUF_INIT;
    size_t bad = 0, at, len = strlen(name);

    if (tb_utf8_valid(name, len, &at) ||
        tb_text_decode(name, len, "GB18030", &text, &bad, &at, NULL) < 0 || bad > 0) {
        tb_buf_clear(&text);
        tb_buf_add(&text, name, len);
    }
    tb_escape_terminal(&shown, tb_buf_text(&text), text.len);
    tb_buf_release(&text);
    return tb_buf_take(&shown);
}

/* Reads the file from its start: 1 when whole, 0 when it cannot be read, -1
 * when `file` (may be NULL) cannot be written. */
static int pass_through(struct taking *t, const struct found *f, struct tb_digest *digest,
                        struct tb_newfile *file, struct tb_error *err)
{
    off_t at = 0;

    for (;;) {
        ssize_t n = pread(f->fd, t->block, BLOCK, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        at += n;
        tb_digest_add(digest, t->block, (size_t)n);
        if (file && tb_newfile_add(file, t->block, (size_t)n, err) < 0)
            return -1;
    }
}

static bool unchanged(const struct found *f)
{
    struct stat now;

    return fstat(f->fd, &now) == 0 && now.st_size == f->at_open.st_size &&
           now.st_mtim.tv_sec == f->at_open.st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == f->at_open.st_mtim.tv_nsec;
}

/* Copies the original into the archive unless it is there: 1 done, 0 the file
 * changed under our hands, -1 failure. */
static int archive(struct taking *t, const struct found *f, struct tb_digest *digest,
                   struct tb_error *err)
{
    char *folder = tb_path("%s/archive/%.2s", t->data, f->sha256);
    char *path = tb_archive_path(t->data, f->sha256);
    struct tb_newfile *file = NULL;
    char *parent = tb_path("%s/archive", t->data);
    char again[TB_DIGEST_TEXT];
    int rc = -1;

    if (!folder || !path || !parent) {
        tb_error_set(err, "out of memory");
        goto done;
    }
    rc = 1;
    if (tb_fs_exists(path))
        goto done;
    rc = -1;
    if (!tb_fs_exists(folder) &&
        (tb_fs_make_dirs(folder, err) < 0 || tb_fs_sync_dir(parent, err) < 0))
        goto done;
    file = tb_newfile_open(path, TB_NEWFILE_GZIP, err);
    if (!file)
        goto done;
    rc = pass_through(t, f, digest, file, err);
    tb_digest_finish(digest, again);
    if (rc > 0 && strcmp(again, f->sha256) != 0)
        rc = 0;
    /* The folder too: the inbox's copy is removed next, and must not go first. */
    if (rc > 0 && (tb_newfile_commit(file, err) < 0 || tb_fs_sync_dir(folder, err) < 0))
        rc = -1;
done:
    tb_newfile_free(file);
    free(parent);
    free(folder);
    free(path);
    return rc;
}

/* The ledger guards names that a spreadsheet would run with an apostrophe. */
static bool same_entry(const char *entered, const char *text)
{
    return strcmp(entered, text) == 0 || (entered[0] == '\'' && strcmp(entered + 1, text) == 0);
}

static bool is_entered(const struct taking *t, const struct found *f)
{
    for (size_t i = 0; i < t->known.n; i++) {
        const struct tb_arrival *a = &t->known.item[i];
        if (a->received == (int64_t)f->at_open.st_mtim.tv_sec &&
            strcmp(a->sha256, f->sha256) == 0 && same_entry(a->name, f->name) &&
            same_entry(a->sender, f->sender))
            return true;
    }
    return false;
}

static int enter(struct taking *t, const struct found *f, struct tb_error *err)
{
    const struct tb_arrival arrival = {
        .number = t->next,
        .received = (int64_t)f->at_open.st_mtim.tv_sec,
        .name = f->name,
        .sender = f->sender,
        .sha256 = f->sha256,
        .bytes = (uint64_t)f->at_open.st_size,
    };

    if (tb_arrivals_append(t->data, &arrival, err) < 0)
        return -1;
    t->next++;
    t->n_taken++;
    return 0;
}

static void left(struct taking *t, const struct found *f, const char *why)
{
    tb_log_write(t->log, TB_LOG_WARNING, "'%s' is left in the inbox: %s", f->path, why);
}

/* Archive, enter, remove.  Whatever is wrong with this one file does not stop
 * the others. */
static int take_open(struct taking *t, struct found *f, struct tb_error *err)
{
    struct tb_digest *digest = tb_digest_new();
    int rc;

    if (!digest)
        return tb_error_set(err, "out of memory");
    rc = pass_through(t, f, digest, NULL, err);
    tb_digest_finish(digest, f->sha256);
    if (rc == 0) {
        left(t, f, "it cannot be read");
    } else if (!unchanged(f)) {
        left(t, f, "it is being written");
    } else {
        rc = archive(t, f, digest, err);
        if (rc == 0)
            left(t, f, "it changed while it was read");
        if (rc > 0 && !is_entered(t, f) && enter(t, f, err) < 0)
            rc = -1;
        if (rc > 0 && unlink(f->path) < 0 && errno != ENOENT)
            rc = tb_error_errno(err, "cannot remove '%s'", f->path);
    }
    tb_digest_free(digest);
    return rc < 0 ? -1 : 0;
}

static int take_file(struct taking *t, const char *path, const char *name, const char *sender,
                     struct tb_error *err)
{
    struct found f = { .path = path };
    int rc = 0;

    f.fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (f.fd < 0) {
        left(t, &f, errno == ELOOP ? "it is a link" : strerror(errno));
        return 0;
    }
    f.name = name_as_text(name);
    f.sender = name_as_text(sender);
    if (!f.name || !f.sender)
        rc = tb_error_set(err, "out of memory");
    else if (fstat(f.fd, &f.at_open) < 0)
        rc = tb_error_errno(err, "cannot examine '%s'", path);
    else if (!S_ISREG(f.at_open.st_mode))
        left(t, &f, "it is no plain file");
    else if (tb_moment_day((int64_t)f.at_open.st_mtim.tv_sec, 0) == TB_DAY_NONE)
        left(t, &f, "the time of its last change is in no year from 1 to 9999");
    else
        rc = take_open(t, &f, err);
    close(f.fd);
    free(f.name);
    free(f.sender);
    return rc;
}

static int take_folder(struct taking *t, const char *folder, const char *sender,
                       struct tb_error *err);

static int take_entry(struct taking *t, const char *folder, const char *name, const char *sender,
                      struct tb_error *err)
{
    struct stat entry;
    char *path = tb_path("%s/%s", folder, name);
    int rc = 0;

    if (!path)
        return tb_error_set(err, "out of memory");
    bool is_folder = lstat(path, &entry) == 0 && S_ISDIR(entry.st_mode);
    if (!is_folder)
        rc = take_file(t, path, name, sender, err);
    else if (sender[0])
        tb_log_write(t->log, TB_LOG_WARNING,
                     "folder '%s' is left: only folders of senders are read", path);
    else
        rc = take_folder(t, path, name, err);
    free(path);
    return rc;
}

static int take_folder(struct taking *t, const char *folder, const char *sender,
                       struct tb_error *err)
{
    struct tb_names names = { 0 };
    int rc = tb_fs_list(folder, &names, err);

    if (rc < 0 && sender[0]) {
        tb_log_write(t->log, TB_LOG_WARNING, "folder '%s' is left: %s", folder,
                     err ? err->text : "it cannot be read");
        return 0;
    }
    for (size_t i = 0; i < names.n && rc == 0; i++) {
        if (!is_unfinished(names.name[i]))
            rc = take_entry(t, folder, names.name[i], sender, err);
    }
    tb_names_release(&names);
    return rc;
}

static int make_folders(const char *data, struct tb_error *err)
{
    static const char *const folders[] = { "inbox", "archive", "segments" };
    int rc = 0;

    for (size_t i = 0; i < sizeof folders / sizeof *folders && rc == 0; i++) {
        char *path = tb_path("%s/%s", data, folders[i]);
        rc = path ? tb_fs_make_dirs(path, err) : tb_error_set(err, "out of memory");
        free(path);
    }
    return rc;
}

int tb_inbox_take(const char *data, struct tb_log *log, size_t *n_taken, struct tb_error *err)
{
    struct taking t = { .data = data, .log = log, .next = 1 };
    char *inbox = tb_path("%s/inbox", data), *lock = tb_path("%s/archive/.lock", data);
    int rc = -1;

    t.block = malloc(BLOCK);
    if (!inbox || !lock || !t.block) {
        tb_error_set(err, "out of memory");
        goto done;
    }
    /* Held until the program ends: two must not number arrivals at once. */
    if (make_folders(data, err) < 0 || tb_fs_lock(lock, err) < 0 ||
        tb_leftovers_remove(data, err) < 0 || tb_arrivals_load(data, &t.known, err) < 0)
        goto done;
    for (size_t i = 0; i < t.known.n; i++)
        t.next = t.known.item[i].number >= t.next ? t.known.item[i].number + 1 : t.next;
    rc = take_folder(&t, inbox, "", err);
    tb_arrivals_release(&t.known);
    *n_taken = t.n_taken;
done:
    free(t.block);
    free(inbox);
    free(lock);
    return rc;
}
