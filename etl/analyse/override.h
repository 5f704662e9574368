/* override.h - settings of the method given for one run (`--set`), to rehearse. */
#ifndef TONGBAO_ANALYSE_OVERRIDE_H
#define TONGBAO_ANALYSE_OVERRIDE_H

#include <stdbool.h>

struct tb_profile;

/* Applies "key=value,key=value" with the words of profile.ini, [methods]; also
 * `weight.CODE=NUMBER` (an indicator, or a block of weights.csv) and `weights=equal`.  False
 * after one line to stderr for what is no setting or no value of it. */
bool tb_settings_override(struct tb_profile *profile, const char *text);

#endif
