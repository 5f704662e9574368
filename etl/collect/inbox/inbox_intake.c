/* inbox_intake.c - files of the inbox -> archive and ledger. */
#include "collect/inbox/inbox_intake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/inbox/inbox_archive.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/parallel.h"

/* A file that was given: its own copies of all, and what became of it. */
struct tb_waiting {
    struct tb_found found;
    char *entry, *path, *name, *sender;
    char sha256[TB_DIGEST_TEXT];
    enum tb_left why;
    bool archived; /* or left, as `why` says */
};

static void release_waiting(struct tb_waiting *w)
{
    if (w->found.fd >= 0)
        close(w->found.fd);
    if (w->found.folder >= 0)
        close(w->found.folder);
    free(w->entry);
    free(w->path);
    free(w->name);
    free(w->sender);
}

/* The ledger guards names that a spreadsheet would run with an apostrophe. */
static bool same_entry(const char *entered, const char *text)
{
    return strcmp(entered, text) == 0 || (entered[0] == '\'' && strcmp(entered + 1, text) == 0);
}

static bool is_entered(const struct tb_intake *t, const struct tb_waiting *w)
{
    for (size_t i = 0; i < t->known.n; i++) {
        const struct tb_arrival *a = &t->known.item[i];
        if (a->received == (int64_t)w->found.at_open.st_mtim.tv_sec &&
            strcmp(a->sha256, w->sha256) == 0 && same_entry(a->name, w->name) &&
            same_entry(a->sender, w->sender))
            return true;
    }
    return false;
}

static int enter(struct tb_intake *t, const struct tb_waiting *w, struct tb_error *err)
{
    const struct tb_arrival arrival = {
        .number = t->next,
        .received = (int64_t)w->found.at_open.st_mtim.tv_sec,
        .name = w->name,
        .sender = w->sender,
        .sha256 = w->sha256,
        .bytes = (uint64_t)w->found.at_open.st_size,
    };

    if (tb_arrivals_append(t->data, &arrival, err) < 0)
        return -1;
    t->next++;
    t->n_taken++;
    return 0;
}

/* True when the name in the inbox still is the file that was archived, unchanged:
 * what was written to it since, or put in its place, must not be removed. */
static bool is_still_there(const struct tb_waiting *w)
{
    const struct stat *before = &w->found.at_open;
    struct stat now;

    return tb_archive_unchanged(w->found.fd, before) &&
           fstatat(w->found.folder, w->entry, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
           now.st_ino == before->st_ino && now.st_dev == before->st_dev;
}

/* Behind the archive: the ledger, then out of the inbox. */
static int settle(struct tb_intake *t, struct tb_waiting *w, struct tb_error *err)
{
    if (w->why == TB_LEFT_NOT && !is_still_there(w))
        w->why = TB_LEFT_CHANGED;
    if (w->why != TB_LEFT_NOT) {
        t->left(t->user, w->path, w->why, &w->found.at_open);
        return 0;
    }
    if (!is_entered(t, w) && enter(t, w, err) < 0)
        return -1;
    if (unlinkat(w->found.folder, w->entry, 0) < 0 && errno != ENOENT)
        return tb_error_errno(err, "cannot remove '%s'", w->path);
    return 0;
}

static int archive_one(void *user, size_t item, struct tb_error *err)
{
    struct tb_intake *t = user;
    struct tb_waiting *w = &t->waiting[item];
    int rc = 0;

    if (w->found.look_through && tb_gzip_is_cut(w->found.fd))
        w->why = TB_LEFT_GROWING;
    else
        rc = tb_archive_original(t->data, w->found.fd, &w->found.at_open, item, w->sha256, &w->why,
                                 err);
    w->archived = rc == 0;
    return rc;
}

int tb_intake_flush(struct tb_intake *t, struct tb_error *err)
{
    int rc = tb_parallel(t->threads, t->n_waiting, archive_one, t, err);
    bool whole = true; /* all before the first that failed are entered all the same */

    for (size_t i = 0; i < t->n_waiting; i++) {
        struct tb_waiting *w = &t->waiting[i];
        whole = whole && w->archived;
        if (whole && settle(t, w, rc < 0 ? NULL : err) < 0) {
            whole = false;
            rc = -1;
        }
        release_waiting(w);
    }
    t->n_waiting = 0;
    return rc;
}

int tb_intake_file(struct tb_intake *t, const struct tb_found *f, struct tb_error *err)
{
    struct tb_waiting *w = &t->waiting[t->n_waiting];

    *w = (struct tb_waiting){ .found = *f };
    w->found.fd = fcntl(f->fd, F_DUPFD_CLOEXEC, 0);
    w->found.folder = f->folder < 0 ? f->folder : fcntl(f->folder, F_DUPFD_CLOEXEC, 0);
    w->entry = strdup(f->entry);
    w->path = strdup(f->path);
    w->name = strdup(f->name);
    w->sender = strdup(f->sender);
    if (w->found.fd < 0 || (f->folder >= 0 && w->found.folder < 0) || !w->entry || !w->path ||
        !w->name || !w->sender) {
        release_waiting(w);
        return tb_error_set(err, "out of memory or descriptors for '%s'", f->path);
    }
    t->n_waiting++;
    return t->n_waiting == TB_INTAKE_WAITING ? tb_intake_flush(t, err) : 0;
}

int tb_intake_open(struct tb_intake *t, const char *data, struct tb_error *err)
{
    t->data = data;
    t->next = 1;
    t->waiting = calloc(TB_INTAKE_WAITING, sizeof *t->waiting);
    if (!t->waiting)
        return tb_error_set(err, "out of memory");
    if (tb_arrivals_load(data, &t->known, err) < 0)
        return -1;
    for (size_t i = 0; i < t->known.n; i++)
        t->next = t->known.item[i].number >= t->next ? t->known.item[i].number + 1 : t->next;
    return 0;
}

void tb_intake_release(struct tb_intake *t)
{
    for (size_t i = 0; i < t->n_waiting; i++)
        release_waiting(&t->waiting[i]);
    free(t->waiting);
    tb_arrivals_release(&t->known);
    *t = (struct tb_intake){ 0 };
}
