/* arrivals.h - which submissions arrived, when, from whom: with the originals in
 * the archive, the only truth that is not rebuilt.
 *
 * datasets/<profile>/archive/arrivals.csv, append only, one line each:
 * arrival,received,name,sender,sha256,bytes.  A torn last line (power cut) is
 * cut off: its file is still in the inbox and is taken again.  The original is
 * archive/<first two digits>/<sha256>.gz, unchanged inside.
 */
#ifndef TONGBAO_ARRIVALS_H
#define TONGBAO_ARRIVALS_H

#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"

struct tb_error;

struct tb_arrival {
    uint32_t number;      /* 1, 2, ... in order of taking */
    int64_t received;     /* seconds since the epoch: when the file was last written */
    const char *name;     /* file name in the inbox, as sent */
    const char *sender;   /* folder in the inbox, "" for none */
    const char *sha256;   /* of the content as sent */
    uint64_t bytes;       /* as sent */
};

struct tb_arrivals {
    struct tb_arena arena;
    struct tb_arrival *item; /* sorted by received, then number: the order of vintages */
    size_t n;
};

/* Loads the ledger under `data` (datasets/<profile>); absent is empty. */
int tb_arrivals_load(const char *data, struct tb_arrivals *out, struct tb_error *err);
void tb_arrivals_release(struct tb_arrivals *arrivals);
/* Appends one line and syncs; `number` is given by the ledger: one more than the last. */
int tb_arrivals_append(const char *data, const struct tb_arrival *arrival, struct tb_error *err);
/* Path of an original in the archive; the caller frees. */
char *tb_archive_path(const char *data, const char *sha256);

#endif
