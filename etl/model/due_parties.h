/* due_parties.h - which sender and form an observation came with, and who has sent
 * a nil return: what dues.c asks the tables of collect and process. */
#ifndef TONGBAO_MODEL_DUE_PARTIES_H
#define TONGBAO_MODEL_DUE_PARTIES_H

#include "tongbao/dues.h"

struct tb_due_parties; /* opaque */

/* Either table may be NULL: then nobody is known. */
struct tb_due_parties *tb_due_parties_new(const struct tb_profile *profile,
                                          const struct tb_table *submissions,
                                          const struct tb_table *sources, struct tb_period period,
                                          struct tb_error *err);
void tb_due_parties_free(struct tb_due_parties *parties);
/* The party that sent the observation of that number; -1 for 0, edits, unknown. */
int32_t tb_due_parties_of(const struct tb_due_parties *parties, uint32_t origin);
/* True when the party has sent a nil return for the period; *timed and *days_late
 * are those of the first. */
bool tb_due_parties_nil(const struct tb_due_parties *parties, int32_t party, bool *timed,
                        int32_t *days_late);
size_t tb_due_parties_count(const struct tb_due_parties *parties);
const struct tb_due_party *tb_due_parties_get(const struct tb_due_parties *parties, size_t party);

#endif
