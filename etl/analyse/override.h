/* override.h - settings of the method given for one run (`--set`), to rehearse. */
#ifndef TONGBAO_ANALYSE_OVERRIDE_H
#define TONGBAO_ANALYSE_OVERRIDE_H

#include <stdbool.h>

struct tb_settings;

/* Applies "key=value,key=value" with the words of profile.ini, [methods].  False
 * after one line to stderr for what is no setting or no value of it. */
bool tb_settings_override(struct tb_settings *set, const char *text);

#endif
