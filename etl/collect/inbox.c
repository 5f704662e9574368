/* inbox.c - what lies in the inbox, file by file: names, senders' folders, and
 * what may be taken; the taking itself is in inbox_intake.c. */
#include "collect/inbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collect/inbox_intake.h"
#include "collect/inbox_left.h"
#include "collect/leftovers.h"
#include "tongbao/buf.h"
#include "tongbao/date.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/log.h"
#include "tongbao/text.h"

struct taking {
    struct tb_intake intake;
    struct tb_log *log;
};

static void left(struct taking *t, const char *path, const char *why)
{
    tb_log_write(t->log, TB_LOG_WARNING, "'%s' is left in the inbox: %s", path, why);
}

static void left_by_intake(void *user, const char *path, enum tb_left why)
{
    left(user, path, tb_left_text(why));
}

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

/* Whatever is wrong with this one file does not stop the others. */
static int take_open(struct taking *t, struct tb_found *f, struct tb_error *err)
{
    enum tb_left why = TB_LEFT_NOT;
    int rc = 0;

    if (fstat(f->fd, &f->at_open) < 0)
        return tb_error_errno(err, "cannot examine '%s'", f->path);
    if (!S_ISREG(f->at_open.st_mode))
        why = TB_LEFT_NO_FILE;
    else if (tb_moment_day((int64_t)f->at_open.st_mtim.tv_sec, 0) == TB_DAY_NONE)
        why = TB_LEFT_TIME;
    else
        rc = tb_intake_file(&t->intake, f, err);
    if (rc == 0 && why != TB_LEFT_NOT)
        left(t, f->path, tb_left_text(why));
    return rc;
}

static int take_file(struct taking *t, const char *path, const char *name, const char *sender,
                     struct tb_error *err)
{
    struct tb_found f = { .folder = AT_FDCWD, .entry = path, .path = path };
    int rc;

    f.fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (f.fd < 0) {
        left(t, path, errno == ELOOP ? tb_left_text(TB_LEFT_LINK) : strerror(errno));
        return 0;
    }
    f.name = name_as_text(name);
    f.sender = name_as_text(sender);
    rc = f.name && f.sender ? take_open(t, &f, err) : tb_error_set(err, "out of memory");
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

int tb_inbox_take(const char *data, size_t threads, struct tb_log *log, size_t *n_taken,
                  struct tb_error *err)
{
    struct taking t = { .intake = { .threads = threads, .left = left_by_intake }, .log = log };
    char *inbox = tb_path("%s/inbox", data), *lock = tb_path("%s/archive/.lock", data);
    int rc = -1;

    t.intake.user = &t;
    if (!inbox || !lock) {
        tb_error_set(err, "out of memory");
        goto done;
    }
    /* Held until the program ends: two must not number arrivals at once. */
    if (make_folders(data, err) < 0 || tb_fs_lock(lock, err) < 0 ||
        tb_leftovers_remove(data, err) < 0 || tb_intake_open(&t.intake, data, err) < 0)
        goto done;
    rc = take_folder(&t, inbox, "", err);
    if (rc == 0)
        rc = tb_intake_flush(&t.intake, err);
    *n_taken = t.intake.n_taken;
done:
    tb_intake_release(&t.intake);
    free(inbox);
    free(lock);
    return rc;
}
