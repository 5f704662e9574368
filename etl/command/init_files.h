/* init_files.h - what a new profile begins with: a commented profile.ini and
 * every table with a head and example rows that fit each other. */
#ifndef TONGBAO_COMMAND_INIT_FILES_H
#define TONGBAO_COMMAND_INIT_FILES_H

#include <stddef.h>

struct tb_init_file {
    const char *name;
    const char *text; /* UTF-8, LF */
};

extern const struct tb_init_file tb_init_files[];
extern const size_t tb_n_init_files;

#endif
