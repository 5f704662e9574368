/* spells.h - from when to when units have figures, as the data show it. */
#ifndef TONGBAO_PROCESS_SPELLS_H
#define TONGBAO_PROCESS_SPELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/period.h"

struct tb_buf;
struct tb_error;
struct tb_plane;
struct tb_work;

struct tb_spell {
    int32_t first, last;         /* period indices of the first and last figure; first > last: none */
    int32_t quiet_from, quiet_to;/* the longest silence in between; from > to: none that counts */
};

struct tb_spells {
    enum tb_freq freq;
    int32_t first, last;    /* of all units */
    int32_t long_silence;   /* periods without figures that are more than a late submission */
    struct tb_spell *unit;  /* [n_units] */
    const struct tb_plane *size; /* the amount by which units are compared: of the additive
                                  * indicator that most cells have; or NULL */
};

/* Of the profile's frequency.  -1 when memory is out. */
int tb_spells_init(struct tb_spells *spells, const struct tb_work *work, struct tb_error *err);
void tb_spells_release(struct tb_spells *spells);

/* A unit whose figures end while those of others take a step of that size, or begin:
 * perhaps a merger.  For each unit that ended before period `at` without the profile
 * saying where it went: the units that together went into one other, told by `found`. */
typedef void tb_merger_found(void *user, int32_t at, const uint32_t part[], size_t n, uint32_t into);
int tb_spells_mergers(const struct tb_spells *spells, const struct tb_work *work,
                      tb_merger_found *found, void *user, struct tb_error *err);

#endif
