/* inbox_intake.h - one accepted file of the inbox -> archive and ledger.
 *
 * Archived, then entered, then removed: killed at any point, the next run
 * finishes, and a file that was entered but not yet removed is known by its
 * name, sender, content and time.
 */
#ifndef TONGBAO_COLLECT_INBOX_INTAKE_H
#define TONGBAO_COLLECT_INBOX_INTAKE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "collect/inbox_left.h"
#include "tongbao/arrivals.h"
#include "tongbao/digest.h"

struct tb_error;

/* One file of the inbox, open for reading. */
struct tb_found {
    int folder;            /* descriptor of its folder, or AT_FDCWD */
    const char *entry;     /* its name there */
    const char *path;      /* for messages */
    char *name;            /* as entered in the ledger */
    char *sender;          /* the same of its folder; "" for none */
    int fd;
    struct stat at_open;   /* what fd was when it was opened */
    char sha256[TB_DIGEST_TEXT];
};

struct tb_intake {
    const char *data;      /* datasets/<profile>, borrowed */
    struct tb_arrivals known;
    uint32_t next;         /* number of the next arrival */
    size_t n_taken;
    char *block;
};

/* Loads the ledger under `data`.  -1 with *err filled; release all the same. */
int tb_intake_open(struct tb_intake *intake, const char *data, struct tb_error *err);
void tb_intake_release(struct tb_intake *intake);
/* 0: taken, or left with *why other than TB_LEFT_NOT; -1 with *err filled: the
 * archive, the ledger or the inbox cannot be written. */
int tb_intake_file(struct tb_intake *intake, struct tb_found *file, enum tb_left *why,
                   struct tb_error *err);

#endif
