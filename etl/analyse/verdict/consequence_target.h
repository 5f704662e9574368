/* consequence_target.h - what follows from a target: rules that ask for its verdicts. */
#ifndef TONGBAO_ANALYSE_CONSEQUENCE_TARGET_H
#define TONGBAO_ANALYSE_CONSEQUENCE_TARGET_H

#include "analyse/verdict/consequence_row.h"

/* Appends the proposals that rules about targets call for on one of them.  Stretch targets,
 * and those that another row binds instead of, have none unless the rule names them; nor have
 * units that are exempt, to which no amount was assigned, or whose target is not begun.
 * -1 with *err filled. */
int tb_consequences_of_target(const struct tb_proposals *all, size_t target,
                              struct tb_proposals_out *out, struct tb_error *err);

#endif
