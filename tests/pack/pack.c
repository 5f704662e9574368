/* pack.c - makes a zip for tests: pack OUT [-s] NAME=FILE...
 *
 * Parts come in the order given.  -s: stored, not packed.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { NAME = 512 };

static int add(zip_t *zip, const char *word, bool stored)
{
    const char *equals = strchr(word, '=');
    char name[NAME];

    if (!equals || (size_t)(equals - word) >= sizeof name)
        return -1;
    memcpy(name, word, (size_t)(equals - word));
    name[equals - word] = '\0';
    zip_source_t *source = zip_source_file(zip, equals + 1, 0, -1);
    zip_int64_t i = source ? zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (i < 0)
        return -1;
    return zip_set_file_compression(zip, (zip_uint64_t)i, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                    0);
}

int main(int argc, char **argv)
{
    int code = 0, first = argc > 2 && strcmp(argv[2], "-s") == 0 ? 3 : 2;
    zip_t *zip = argc > first ? zip_open(argv[1], ZIP_CREATE | ZIP_TRUNCATE, &code) : NULL;

    if (!zip) {
        fputs("pack: cannot write, or usage: pack OUT [-s] NAME=FILE...\n", stderr);
        return 1;
    }
    for (int i = first; i < argc; i++) {
        if (add(zip, argv[i], first == 3) < 0) {
            fprintf(stderr, "pack: %s: %s\n", argv[i], zip_strerror(zip));
            zip_discard(zip);
            return 1;
        }
    }
    if (zip_close(zip) < 0) {
        fprintf(stderr, "pack: %s\n", zip_strerror(zip));
        zip_discard(zip);
        return 1;
    }
    return 0;
}
