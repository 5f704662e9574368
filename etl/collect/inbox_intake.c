/* inbox_intake.c - a file of the inbox -> archive and ledger. */
#include "collect/inbox_intake.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"

enum { BLOCK = 1 << 20 };

/* Reads the file from its start: 1 when whole, 0 when it cannot be read, -1
 * when `file` (may be NULL) cannot be written. */
static int pass_through(struct tb_intake *t, const struct tb_found *f, struct tb_digest *digest,
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

static bool unchanged(const struct tb_found *f)
{
    struct stat now;

    return fstat(f->fd, &now) == 0 && now.st_size == f->at_open.st_size &&
           now.st_mtim.tv_sec == f->at_open.st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == f->at_open.st_mtim.tv_nsec;
}

/* Copies the original into the archive unless it is there: 1 done, 0 the file
 * changed under our hands, -1 failure. */
static int archive(struct tb_intake *t, const struct tb_found *f, struct tb_digest *digest,
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

static bool is_entered(const struct tb_intake *t, const struct tb_found *f)
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

static int enter(struct tb_intake *t, const struct tb_found *f, struct tb_error *err)
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

/* Archive, enter, remove. */
int tb_intake_file(struct tb_intake *t, struct tb_found *f, enum tb_left *why, struct tb_error *err)
{
    struct tb_digest *digest = tb_digest_new();
    int rc;

    *why = TB_LEFT_NOT;
    if (!digest)
        return tb_error_set(err, "out of memory");
    rc = pass_through(t, f, digest, NULL, err);
    tb_digest_finish(digest, f->sha256);
    if (rc == 0) {
        *why = TB_LEFT_UNREADABLE;
    } else if (!unchanged(f)) {
        *why = TB_LEFT_WRITTEN;
    } else {
        rc = archive(t, f, digest, err);
        if (rc == 0)
            *why = TB_LEFT_CHANGED;
        if (rc > 0 && !is_entered(t, f) && enter(t, f, err) < 0)
            rc = -1;
        if (rc > 0 && unlinkat(f->folder, f->entry, 0) < 0 && errno != ENOENT)
            rc = tb_error_errno(err, "cannot remove '%s'", f->path);
    }
    tb_digest_free(digest);
    return rc < 0 ? -1 : 0;
}

int tb_intake_open(struct tb_intake *t, const char *data, struct tb_error *err)
{
    *t = (struct tb_intake){ .data = data, .next = 1, .block = malloc(BLOCK) };
    if (!t->block)
        return tb_error_set(err, "out of memory");
    if (tb_arrivals_load(data, &t->known, err) < 0)
        return -1;
    for (size_t i = 0; i < t->known.n; i++)
        t->next = t->known.item[i].number >= t->next ? t->known.item[i].number + 1 : t->next;
    return 0;
}

void tb_intake_release(struct tb_intake *t)
{
    tb_arrivals_release(&t->known);
    free(t->block);
    *t = (struct tb_intake){ 0 };
}
