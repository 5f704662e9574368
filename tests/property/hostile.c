/* hostile.c - `hostile make ROOT SEED N` and `hostile check ROOT SEED N`. */
#include "hostile.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

struct hostile *hostile_draw(uint64_t seed, size_t number)
{
    struct hostile *h = calloc(1, sizeof *h);

    if (!h)
        abort();
    rng_seed(&h->rng, seed, number);
    facts_draw(&h->rng, &h->facts);
    style_draw(&h->rng, &h->facts, &h->style);
    grid_write(h);
    bytes_write(h);
    if (number % 2)
        damage(h);
    form_write(h, number);
    return h;
}

void hostile_free(struct hostile *h)
{
    struct tb_buf *bufs[] = { &h->name, &h->form, &h->bytes, &h->sent };

    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        tb_buf_release(bufs[i]);
    for (size_t i = 0; i < MAX_LINES; i++)
        for (size_t c = 0; c < h->grid.line[i].n; c++)
            free(h->grid.line[i].cell[c]);
    free(h);
}

static bool write_file(const char *path, const struct tb_buf *bytes, bool gzip)
{
    gzFile file = gzopen(path, gzip ? "wb1" : "wbT");
    /* Long ago, so that nobody takes it for one that is still being written. */
    const struct timespec then[2] = { { 1687219200, 0 }, { 1687219200, 0 } };

    if (!file)
        return false;
    bool good = bytes->len == 0 || gzwrite(file, bytes->data, (unsigned)bytes->len) > 0;
    return gzclose(file) == Z_OK && good && utimensat(AT_FDCWD, path, then, 0) == 0;
}

static int make(const char *root, uint64_t seed, size_t n)
{
    char path[4096];
    struct tb_buf forms = TB_BUF_INIT;
    int rc;

    snprintf(path, sizeof path, "%s/config/p", root);
    rc = world_write(path);
    tb_buf_puts(&forms, "form,files,layout,header,delimiter,encoding,unit_from,period_from,"
                        "indicator_from,unit_measure,measure,decimal,quote,escape\n");
    for (size_t i = 0; i < n && rc == 0; i++) {
        struct hostile *h = hostile_draw(seed, i);
        tb_buf_add(&forms, h->form.data, h->form.len);
        snprintf(path, sizeof path, "%s/datasets/p/inbox/%s", root, tb_buf_text(&h->name));
        if (!write_file(path, &h->sent, h->style.gzip))
            rc = -1;
        hostile_free(h);
    }
    snprintf(path, sizeof path, "%s/config/p/forms.csv", root);
    if (rc == 0 && !write_file(path, &forms, false))
        rc = -1;
    if (rc < 0)
        fprintf(stderr, "hostile: cannot write %s\n", path);
    tb_buf_release(&forms);
    return rc;
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 0;
    size_t n = argc > 4 ? strtoull(argv[4], NULL, 10) : 0;

    if (argc == 5 && strcmp(argv[1], "make") == 0)
        return make(argv[2], seed, n) < 0;
    if (argc == 5 && strcmp(argv[1], "check") == 0)
        return hostile_check(argv[2], seed, n) > 0;
    fprintf(stderr, "usage: hostile make|check ROOT SEED N\n");
    return 2;
}
