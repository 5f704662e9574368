/* gnuplot.c - finds the font, runs batches of scripts, and looks at
 * the pictures that came of them. */
#include "disseminate/chart/gnuplot.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tongbao/buf.h"
#include "tongbao/child.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/size.h"

enum {
    BATCH_TIMEOUT_MS = 60 * 1000,
    FONT_TIMEOUT_MS = 10 * 1000,
    TAIL = 16,
    CAPTURE_LIMIT = 64 * 1024
};

/* libgd and fontconfig look at nothing else; a user's own settings would make
 * the same report look different on another account. */
static const char *const environment[] = { "PATH=/usr/bin:/bin", "HOME=/nonexistent",
                                           "LC_ALL=C.UTF-8", "TZ=UTC", NULL };

int tb_gnuplot_has_font(const char *family, struct tb_buf *instead)
{
    char *program = tb_child_find("fc-match");
    char *name = tb_path("%s", family);
    const char *argv[] = { "fc-match", "-f", "%{family}", "--", name, NULL };
    struct tb_child_text said = { instead, CAPTURE_LIMIT };
    const struct tb_child child = { .program = program,
                                    .argv = argv,
                                    .environment = environment,
                                    .folder = "/",
                                    .apart = true,
                                    .no_processes = true,
                                    .timeout_ms = FONT_TIMEOUT_MS,
                                    .out = { tb_child_keep, &said } };
    struct tb_child_fate fate;
    struct tb_error ignored = TB_ERROR_INIT;
    int rc = -1;

    tb_buf_clear(instead);
    /* The answer may list several names of one family: "Noto Sans CJK SC,思源黑体". */
    if (program && name && tb_child_run(&child, &fate, &ignored) == 0 &&
        tb_child_code(&child, &fate, &ignored) == 0 && instead->len > 0)
        rc = strncmp(instead->data, family, strlen(family)) == 0;
    free(program);
    free(name);
    return rc;
}

/* The last line of what it wrote is the message; the lines before show the place. */
static const char *last_message(struct tb_buf *said)
{
    char *line;

    while (said->len > 0 && strchr("\n ", said->data[said->len - 1]))
        said->data[--said->len] = '\0';
    line = said->len > 0 ? strrchr(said->data, '\n') : NULL;
    return line ? line + 1 : tb_buf_text(said);
}

int tb_gnuplot_run(const char *gnuplot, const char *folder, const char *const script[], size_t n,
                   struct tb_error *err)
{
    struct tb_buf said = TB_BUF_INIT;
    struct tb_child_text kept = { &said, CAPTURE_LIMIT };
    struct tb_child child = { .program = gnuplot,
                              .environment = environment,
                              .folder = folder,
                              .apart = true,
                              .no_processes = true,
                              .timeout_ms = BATCH_TIMEOUT_MS,
                              .err = { tb_child_keep, &kept } };
    struct tb_child_fate fate;
    const char **argv = calloc(n + 3, sizeof *argv);
    int rc = -1;

    if (!argv)
        return tb_error_set(err, "no memory to run gnuplot");
    argv[0] = "gnuplot";
    argv[1] = "-d"; /* neither the user's nor the system's init file */
    for (size_t i = 0; i < n; i++)
        argv[i + 2] = script[i];
    child.argv = argv;
    if (tb_child_run(&child, &fate, err) == 0)
        rc = tb_child_code(&child, &fate, err);
    if (rc > 0)
        rc = tb_error_set(err, "gnuplot failed with code %d: %s", rc, last_message(&said));
    tb_buf_release(&said);
    free(argv);
    return rc;
}

/* First and last bytes of a file; false if it cannot be read or is shorter. */
static bool read_ends(const char *path, unsigned char head[8], unsigned char tail[TAIL])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    bool whole = fd >= 0 && fstat(fd, &st) == 0 && st.st_size >= 8 + TAIL &&
                 pread(fd, head, 8, 0) == 8 && pread(fd, tail, TAIL, st.st_size - TAIL) == TAIL;

    if (fd >= 0)
        close(fd);
    return whole;
}

int tb_gnuplot_check_png(const char *path, struct tb_error *err)
{
    static const unsigned char signature[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
    unsigned char head[8], tail[TAIL];

    if (!read_ends(path, head, tail) || memcmp(head, signature, 8) != 0 ||
        memcmp(tail + TAIL - 8, "IEND", 4) != 0)
        return tb_error_set(err, "'%s' is not a whole PNG file", path);
    return 0;
}

int tb_gnuplot_check_svg(const char *path, struct tb_error *err)
{
    unsigned char head[8], tail[TAIL];
    char text[TAIL + 1] = "";

    if (!read_ends(path, head, tail) || memcmp(head, "<?xml", 5) != 0)
        return tb_error_set(err, "'%s' is not a whole SVG file", path);
    memcpy(text, tail, TAIL);
    if (!strstr(text, "</svg>"))
        return tb_error_set(err, "'%s' is not a whole SVG file", path);
    return 0;
}
