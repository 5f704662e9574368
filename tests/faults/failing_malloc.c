/* failing_malloc.c - the K-th allocation of a program fails; loaded by LD_PRELOAD.
 *
 * TB_FAIL_AT=K says which one of malloc, calloc and realloc (0: none, they are
 * counted).  The count goes to the file TB_FAIL_COUNT when the program ends, so
 * that a script knows how far to go and whether the fault came to pass.
 * Only glibc, whose own entries keep their __libc_ names.
 */
#include <fcntl.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static atomic_ulong count;   /* allocations since main began */
static unsigned long fail_at;
static atomic_bool counting; /* what the loader asks for before main is not ours */

__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("TB_FAIL_AT");

    fail_at = at ? strtoul(at, NULL, 10) : 0;
    atomic_store(&counting, true);
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("TB_FAIL_COUNT");
    char text[32];
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;

    if (fd < 0)
        return;
    int len = snprintf(text, sizeof text, "%lu\n", atomic_load(&count));
    if (write(fd, text, (size_t)len) != len)
        _exit(98);
    close(fd);
}

static bool is_the_one(void)
{
    if (!atomic_load(&counting) || atomic_fetch_add(&count, 1) + 1 != fail_at)
        return false;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return is_the_one() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return is_the_one() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return is_the_one() ? NULL : __libc_realloc(old, size);
}
