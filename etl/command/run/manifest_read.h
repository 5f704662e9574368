/* manifest_read.h - what a run's manifest.json says, read back.
 *
 * Only what tb_run_write_manifest wrote is understood: a reader of our own file,
 * not of JSON.
 */
#ifndef TONGBAO_COMMAND_MANIFEST_READ_H
#define TONGBAO_COMMAND_MANIFEST_READ_H

#include <stddef.h>
#include "tongbao/arena.h"

struct tb_error;

struct tb_manifest_file {
    const char *name;   /* below the run's folder; of an input: as sent */
    const char *sha256;
};

struct tb_manifest {
    struct tb_arena arena;
    const char *run, *period, *profile_sha256; /* never NULL; "" when absent */
    struct tb_manifest_file *input, *output;      /* output: in the order of the file */
    size_t n_inputs, n_outputs;
};

/* Reads folder/manifest.json.  -1 with *err filled when it is not there or does
 * not read to its end. */
int tb_manifest_read(struct tb_manifest *out, const char *folder, struct tb_error *err);
void tb_manifest_release(struct tb_manifest *manifest);

#endif
