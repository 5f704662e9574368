/* gzip_cut.c - whether a gzip was cut short, as one that is still being written is. */
#include "tongbao/infile.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/gzip.h"

enum { BLOCK = 64 * 1024 };

/* Takes one block in; what comes out means nothing. */
static enum tb_inflated pass(struct tb_inflate *inflate, enum tb_inflated state,
                             const unsigned char *in, size_t n_in, unsigned char *out)
{
    struct tb_gzip_io io = { .in = in, .n_in = n_in };

    do {
        if (state == TB_INFLATE_MEMBER_END)
            tb_inflate_reset(inflate); /* one member behind another */
        io.out = out;
        io.n_out = BLOCK;
        state = tb_inflate_run(inflate, &io);
    } while ((state == TB_INFLATE_GOES_ON && (io.n_in > 0 || io.n_out == 0)) ||
             (state == TB_INFLATE_MEMBER_END && io.n_in > 0));
    return state;
}

bool tb_gzip_is_cut(int fd)
{
    struct tb_inflate *inflate = tb_inflate_new(true);
    unsigned char *in = malloc(BLOCK), *out = malloc(BLOCK);
    bool begun = inflate && in && out;
    enum tb_inflated state = TB_INFLATE_GOES_ON;
    off_t at = 0;
    ssize_t n;

    while (begun && (state == TB_INFLATE_GOES_ON || state == TB_INFLATE_MEMBER_END) &&
           (n = pread(fd, in, BLOCK, at)) > 0) {
        at += n;
        state = pass(inflate, state, in, (size_t)n, out);
    }
    tb_inflate_free(inflate);
    free(in);
    free(out);
    return !begun || state == TB_INFLATE_GOES_ON || state == TB_INFLATE_NO_MEMORY;
}
