/* inbox.c - what lies in the inbox, file by file: names, senders' folders, and
 * what may be taken; the taking itself is in inbox_intake.c. */
#include "collect/inbox/inbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "collect/inbox/inbox_accept.h"
#include "collect/inbox/inbox_intake.h"
#include "collect/inbox/inbox_left.h"
#include "collect/rows/leftovers.h"
#include "tongbao/addressee.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/log.h"
#include "tongbao/profile.h"
#include "tongbao/text.h"

struct taking {
    struct tb_intake intake;
    const struct tb_profile *profile;
    const char *inbox; /* its path */
    struct tb_left_list *left;
    struct tb_log *log;
    int64_t now;
    bool failed; /* memory is out: what is left cannot be told */
};

/* One folder that is open: the inbox, an addressee's in it, or a sender's in either. */
struct folder {
    int fd;
    const char *path;
    const char *sender; /* its name below the inbox, "" for the inbox itself */
};

/* Files that are unfinished by their names are as usual as they are many. */
static void left(struct taking *t, const char *path, enum tb_left why, int64_t since)
{
    size_t skip = strlen(t->inbox);

    tb_log_write(t->log, why == TB_LEFT_UNFINISHED ? TB_LOG_INFO : TB_LOG_WARNING,
                 "'%s' is left in the inbox: %s", path, tb_left_text(why));
    if (tb_left_add(t->left, path + skip + (path[skip] == '/'), why, since, NULL) < 0)
        t->failed = true;
}

static void left_by_intake(void *user, const char *path, enum tb_left why,
                           const struct stat *at_open)
{
    struct taking *t = user;

    left(t, path, why, why == TB_LEFT_GROWING ? (int64_t)at_open->st_mtim.tv_sec : t->now);
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
    shown.failed |= text.failed;
    tb_buf_release(&text);
    return tb_buf_take(&shown);
}

/* Whatever is wrong with this one file does not stop the others. */
static int take_file(struct taking *t, const struct folder *folder, const char *name,
                     const char *path, struct tb_error *err)
{
    struct tb_found f = { .folder = folder->fd, .entry = name, .path = path };
    enum tb_left why;
    int rc = 0;

    f.fd = tb_accept_open(t->profile, folder->fd, name, &f.at_open, &why);
    if (f.fd >= 0)
        why = tb_accept_whole(t->profile, folder->fd, name, f.fd, &f.at_open, t->now,
                              &f.look_through);
    if (why != TB_LEFT_NOT) {
        left(t, path, why, (int64_t)f.at_open.st_mtim.tv_sec);
    } else {
        f.name = name_as_text(name);
        f.sender = name_as_text(folder->sender);
        rc = f.name && f.sender ? tb_intake_file(&t->intake, &f, err)
                                : tb_error_set(err, "out of memory");
        free(f.name);
        free(f.sender);
    }
    if (f.fd >= 0)
        close(f.fd);
    return rc;
}

static int take_folder(struct taking *t, const struct folder *folder, struct tb_error *err);

/* Whether folders in this one are those of senders. */
static bool holds_senders(const struct folder *folder)
{
    return !folder->sender[0] ||
           (tb_addressee_is_folder(folder->sender) && !strchr(folder->sender, '/'));
}

static bool is_addressee(const struct taking *t, const char *name)
{
    int32_t department = tb_addressee_of(t->profile, name);

    return t->profile->set.inbox_addressees && department >= 0 &&
           tb_addressee_is_named(t->profile, department, false);
}

static int open_sender(struct taking *t, const struct folder *in, const char *name,
                       const struct folder *as, int64_t since, struct tb_error *err)
{
    struct folder sender = *as;
    int rc = 0;

    sender.fd = openat(in->fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (sender.fd < 0 && errno == ENOMEM) {
        rc = tb_error_errno(err, "cannot open folder '%s'", sender.path);
    } else if (sender.fd < 0) {
        left(t, sender.path, errno == ELOOP || errno == ENOTDIR ? TB_LEFT_LINK : TB_LEFT_UNREADABLE,
             since);
    } else {
        rc = take_folder(t, &sender, err);
        close(sender.fd);
    }
    return rc;
}

static int take_sender(struct taking *t, const struct folder *in, const char *name,
                       const char *path, int64_t since, struct tb_error *err)
{
    char *sender = in->sender[0] ? tb_path("%s/%s", in->sender, name) : strdup(name);
    int rc = 0;

    if (!sender)
        return tb_error_set(err, "out of memory");
    if (tb_addressee_is_folder(name) && in->sender[0])
        left(t, path, TB_LEFT_FOLDER, since);
    else if (tb_addressee_is_folder(name) && !is_addressee(t, name))
        left(t, path, TB_LEFT_ADDRESSEE, since);
    else
        rc = open_sender(t, in, name, &(struct folder){ .path = path, .sender = sender }, since,
                         err);
    free(sender);
    return rc;
}

static int take_entry(struct taking *t, const struct folder *folder, const char *name,
                      struct tb_error *err)
{
    struct stat st = { 0 };
    char *path = tb_path("%s/%s", folder->path, name);
    int rc = 0;

    if (!path)
        return tb_error_set(err, "out of memory");
    bool is_folder =
        fstatat(folder->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
    if (!is_folder)
        rc = take_file(t, folder, name, path, err);
    else if (!holds_senders(folder))
        left(t, path, TB_LEFT_FOLDER, (int64_t)st.st_mtim.tv_sec);
    else
        rc = take_sender(t, folder, name, path, (int64_t)st.st_mtim.tv_sec, err);
    free(path);
    return rc;
}

static int take_folder(struct taking *t, const struct folder *folder, struct tb_error *err)
{
    struct tb_names names = { 0 };
    int rc = tb_fs_list_open(folder->fd, folder->path, &names, err);

    if (rc < 0 && errno == ENOMEM)
        return -1;
    if (rc < 0 && folder->sender[0]) {
        left(t, folder->path, TB_LEFT_UNREADABLE, 0);
        return 0;
    }
    for (size_t i = 0; i < names.n && rc == 0; i++) {
        if (!tb_accept_passes_over(names.name[i]))
            rc = take_entry(t, folder, names.name[i], err);
    }
    tb_names_release(&names);
    return rc;
}

static int take_inbox(struct taking *t, struct tb_error *err)
{
    struct folder inbox = { .path = t->inbox, .sender = "" };
    int rc;

    inbox.fd = open(t->inbox, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (inbox.fd < 0)
        return tb_error_errno(err, "cannot open folder '%s'", t->inbox);
    rc = take_folder(t, &inbox, err);
    close(inbox.fd);
    if (rc == 0)
        rc = tb_intake_flush(&t->intake, err);
    return rc == 0 && (t->failed || tb_profile_starved(t->profile)) ? tb_error_set(err, "out of memory") : rc;
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

int tb_inbox_take(const char *data, const struct tb_profile *profile, size_t threads,
                  struct tb_log *log, struct tb_inbox_account *account, struct tb_error *err)
{
    struct tb_left_list list = { 0 };
    struct taking t = { .intake = { .threads = threads, .left = left_by_intake },
                        .profile = profile,
                        .left = &list,
                        .log = log,
                        .now = (int64_t)time(NULL) };
    char *inbox = tb_path("%s/inbox", data), *lock = tb_path("%s/archive/.lock", data);
    int rc = -1;

    *account = (struct tb_inbox_account){ 0 };
    t.intake.user = &t;
    t.inbox = inbox;
    if (!inbox || !lock) {
        tb_error_set(err, "out of memory");
        goto done;
    }
    /* Held until the program ends: two must not number arrivals at once. */
    if (make_folders(data, err) < 0 || tb_fs_lock(lock, err) < 0 ||
        tb_leftovers_remove(data, err) < 0 || tb_intake_open(&t.intake, data, err) < 0)
        goto done;
    rc = take_inbox(&t, err);
    if (rc == 0)
        rc = tb_left_write(&list, data, profile->set.utc_offset, err);
    *account = (struct tb_inbox_account){ t.intake.n_taken, list.n };
done:
    tb_intake_release(&t.intake);
    tb_left_release(&list);
    free(inbox);
    free(lock);
    return rc;
}
