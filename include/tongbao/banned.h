/* banned.h - functions that this project does not use, made compile errors.
 *
 * Included by the build before every file of the project (-include), after the
 * system headers that declare them have been read.
 */
#ifndef TONGBAO_BANNED_H
#define TONGBAO_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atoll atof gets localtime gmtime

#endif
