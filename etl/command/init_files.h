/* init_files.h - what a new profile begins with: a commented profile.ini and
 * every table with a head and example rows that fit each other. */
#ifndef TONGBAO_COMMAND_INIT_FILES_H
#define TONGBAO_COMMAND_INIT_FILES_H

#include <stddef.h>

struct init_file {
    const char *name;
    const char *text; /* UTF-8, LF */
};

extern const struct init_file INIT_FILES[];
extern const size_t N_INIT_FILES;

#endif
