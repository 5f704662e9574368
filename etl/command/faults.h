/* faults.h - what `tongbao verify` found: printed as it goes, and counted. */
#ifndef TONGBAO_COMMAND_FAULTS_H
#define TONGBAO_COMMAND_FAULTS_H

#include <stddef.h>

struct tb_error;

struct tb_faults {
    size_t n_checked, n_faults;
    size_t threads;   /* 0: one per processor */
};

/* Prints "path: text" and counts it. */
void tb_fault(struct tb_faults *faults, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The fault that *err tells of. */
void tb_fault_error(struct tb_faults *faults, const char *path, const struct tb_error *err);

/* Each checks one part of the store and goes on after a fault; -1 with *err
 * filled only when it cannot work at all (memory). */
/* The ledger against the archive, both ways; the hash of every original. */
int tb_verify_archive(struct tb_faults *faults, const char *data, struct tb_error *err);
/* The checksum of every segment. */
int tb_verify_segments(struct tb_faults *faults, const char *data, struct tb_error *err);
/* Every run against its manifest; its cubes; the originals it names. */
int tb_verify_runs(struct tb_faults *faults, const char *data, struct tb_error *err);
/* Every published folder `reports`/<period> against the run it came from. */
int tb_verify_published(struct tb_faults *faults, const char *data, const char *reports,
                     struct tb_error *err);

#endif
