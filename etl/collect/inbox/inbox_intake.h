/* inbox_intake.h - accepted files of the inbox -> archive and ledger.
 *
 * Each is archived, then entered, then removed: killed at any point, the next run
 * finishes, and a file that was entered but not yet removed is known by its
 * name, sender, content and time.  Files are archived several at a time, and
 * entered in the order in which they were given.
 */
#ifndef TONGBAO_COLLECT_INBOX_INTAKE_H
#define TONGBAO_COLLECT_INBOX_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "collect/inbox/inbox_left.h"
#include "tongbao/arrivals.h"
#include "tongbao/digest.h"

struct tb_error;

enum { TB_INTAKE_WAITING = 64 }; /* files open at a time */

/* One file of the inbox, open for reading. */
struct tb_found {
    int folder;            /* descriptor of its folder, or AT_FDCWD */
    const char *entry;     /* its name there */
    const char *path;      /* for messages */
    char *name;            /* as entered in the ledger */
    char *sender;          /* the same of its folder; "" for none */
    int fd;
    struct stat at_open;   /* what fd was when it was opened */
    bool look_through;     /* a gzip that may be cut short: left then */
};

/* Told of each file that stays in the inbox after all. */
typedef void tb_intake_left(void *user, const char *path, enum tb_left why,
                            const struct stat *at_open);

struct tb_intake {
    const char *data;      /* datasets/<profile>, borrowed */
    size_t threads;        /* 0: as many as there are processors */
    tb_intake_left *left;
    void *user;            /* of left */
    struct tb_arrivals known;
    uint32_t next;         /* number of the next arrival */
    size_t n_taken;
    struct tb_waiting *waiting; /* files given and not yet taken */
    size_t n_waiting;
};

/* Loads the ledger under `data`.  -1 with *err filled; release all the same. */
int tb_intake_open(struct tb_intake *intake, const char *data, struct tb_error *err);
/* Files still waiting stay in the inbox. */
void tb_intake_release(struct tb_intake *intake);
/* Gives a file, which stays the caller's: its descriptors and texts are copied.
 * It is taken when so many wait, or by tb_intake_flush.  -1 with *err filled: the
 * archive, the ledger or the inbox cannot be written. */
int tb_intake_file(struct tb_intake *intake, const struct tb_found *file, struct tb_error *err);
/* Takes all that wait. */
int tb_intake_flush(struct tb_intake *intake, struct tb_error *err);

#endif
