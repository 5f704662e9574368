/* profile_keys.h - the settings of profile.ini: which keys there are, and how a value
 * is read; private to the loader. */
#ifndef TONGBAO_MODEL_PROFILE_KEYS_H
#define TONGBAO_MODEL_PROFILE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "model/profile/ini.h"
#include "model/profile/profile_load.h"

enum tb_key_kind {
    TB_KEY_TEXT,
    TB_KEY_WHOLE,     /* from min to max */
    TB_KEY_DECIMAL,   /* not negative */
    TB_KEY_FLAG,      /* the words for false and for true */
    TB_KEY_WORD,      /* an enum: the words for 0, 1, 2 ... */
    TB_KEY_LANGUAGES,
    TB_KEY_TEXTS,
    TB_KEY_OWNERS,
    TB_KEY_OFFSET,    /* +08:00 */
    TB_KEY_PERIOD,    /* its first day */
    TB_KEY_CUTS,      /* 85;60 or 30%;80% */
    TB_KEY_SHARE,     /* a decimal from 0 to 1 */
    TB_KEY_MILESTONES, /* 3:20;6:50 */
    TB_KEY_MONTH_DAY  /* 09-15 */
};

enum { TB_KEY_WORDS = 8, TB_KEYS_MAX = 128 };

struct tb_key {
    const char *section, *name;
    enum tb_key_kind kind;
    size_t offset; /* in struct tb_settings */
    int min, max;
    const char *words[TB_KEY_WORDS];
};

/* The key, and its number (below TB_KEYS_MAX); NULL: there is none. */
const struct tb_key *tb_key_find(const char *section, const char *name, size_t *number);
/* The section of another key of that name, or NULL. */
const char *tb_key_section(const char *name);
bool tb_key_is_section(const char *name);
/* The nearest key of the section, the nearest section; or NULL. */
const char *tb_key_near(const char *section, const char *name);
const char *tb_key_near_section(const char *name);
/* What holds where profile.ini says nothing. */
const struct tb_settings *tb_settings_defaults(void);
/* Keeps the place of a value that is looked at again once the tables are there. */
void tb_key_remember(struct tb_load *load, const struct tb_key *key, const struct tb_place *place);
/* Reads the value of a line into the settings; a bad one is reported and leaves them. */
void tb_key_read(struct tb_load *load, const struct tb_key *key, const struct tb_ini_line *line);
/* Reports that a value is none of what was expected. */
void tb_key_bad_value(struct tb_load *load, const struct tb_ini_line *line, const char *expected);

#endif
