/* chart_batch.c - scripts to files, files to pictures, in few processes. */
#include "disseminate/chart/chart_batch.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "disseminate/chart/chart_svg.h"
#include "disseminate/chart/gnuplot.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/parallel.h"

enum { MOST_PROCESSES = 4 };

struct batches {
    const char *gnuplot, *folder, *lang;
    struct tb_drawn *drawn;
    const char **script; /* [n] bare names */
    size_t n, n_batches;
};

static char *path_of(const char *folder, const struct tb_drawn *d, const char *ending)
{
    return tb_path("%s/%s.%s", folder, tb_buf_text(&d->picture.name), ending);
}

static int write_one(const char *folder, const struct tb_drawn *d, const char *ending,
                     const struct tb_buf *text, struct tb_error *err)
{
    char *path = path_of(folder, d, ending);
    int rc = path ? tb_newfile_write(path, tb_buf_text(text), text->len, err)
                  : tb_error_set(err, "no memory for charts");

    free(path);
    return rc;
}

static int write_sources(struct batches *b, struct tb_error *err)
{
    struct tb_buf script = TB_BUF_INIT;
    int rc = 0;

    for (size_t i = 0; i < b->n && rc == 0; i++) {
        const struct tb_drawn *d = &b->drawn[i];
        tb_buf_clear(&script);
        tb_picture_script(&d->picture, &script);
        if (!tb_buf_ok(&script, err) || write_one(b->folder, d, "gp", &script, err) < 0 ||
            write_one(b->folder, d, "tsv", &d->picture.data, err) < 0)
            rc = -1;
        else if (!(b->script[i] = tb_path("%s.gp", tb_buf_text(&d->picture.name))))
            rc = tb_error_set(err, "no memory for charts");
    }
    tb_buf_release(&script);
    return rc;
}

static void give_up(const struct batches *b, struct tb_drawn *d, const struct tb_error *err)
{
    static const char *const endings[] = { "png", "svg", "gp", "tsv" };

    d->failed = true;
    for (size_t i = 0; i < sizeof d->why - 1 && err->text[i]; i++)
        d->why[i] = err->text[i];
    for (size_t i = 0; i < 4; i++) {
        char *path = path_of(b->folder, d, endings[i]);
        if (path)
            (void)unlink(path);
        free(path);
    }
}

/* gnuplot says that all is well on a full disk: the files themselves are asked. */
static int look(const struct batches *b, struct tb_drawn *d, struct tb_error *err)
{
    const struct tb_picture *p = &d->picture;
    bool zh = b->lang[0] == 'z';
    char *png = path_of(b->folder, d, "png"), *svg = path_of(b->folder, d, "svg");
    struct tb_error why = TB_ERROR_INIT;
    int rc = 0;

    if (!png || !svg)
        rc = tb_error_set(err, "no memory for charts");
    else if (tb_gnuplot_check_png(png, &why) < 0 ||
             tb_gnuplot_check_svg(svg, &why) < 0)
        give_up(b, d, &why);
    else
        rc = tb_chart_svg_file(svg, tb_buf_text(zh ? &p->title_zh : &p->title_en),
                               tb_buf_text(zh ? &p->alt_zh : &p->alt_en), err);
    free(png);
    free(svg);
    return rc;
}

/* Pictures of the batch one at a time, after the batch as a whole failed. */
static void draw_singly(const struct batches *b, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct tb_error why = TB_ERROR_INIT;
        if (tb_gnuplot_run(b->gnuplot, b->folder, b->script + i, 1, &why) < 0)
            give_up(b, &b->drawn[i], &why);
    }
}

static int draw_batch(void *user, size_t item, struct tb_error *err)
{
    struct batches *b = user;
    size_t from = item * b->n / b->n_batches, to = (item + 1) * b->n / b->n_batches;
    struct tb_error why = TB_ERROR_INIT;
    int rc = 0;

    /* Trouble with a picture stays with the picture. */
    if (tb_gnuplot_run(b->gnuplot, b->folder, b->script + from, to - from, &why) < 0)
        draw_singly(b, from, to);
    for (size_t i = from; i < to && rc == 0; i++)
        if (!b->drawn[i].failed)
            rc = look(b, &b->drawn[i], err);
    return rc;
}

int tb_charts_render(const char *gnuplot, const char *folder, const char *lang,
                     struct tb_drawn drawn[], size_t n, struct tb_error *err)
{
    struct batches b = { gnuplot, folder, lang, drawn, NULL, n, tb_processors() };
    int rc = -1;

    if (n == 0)
        return 0;
    if (b.n_batches > MOST_PROCESSES)
        b.n_batches = MOST_PROCESSES;
    if (b.n_batches > n)
        b.n_batches = n;
    b.script = calloc(n, sizeof *b.script);
    if (!b.script)
        return tb_error_set(err, "no memory for %zu charts", n);
    if (write_sources(&b, err) == 0)
        rc = tb_parallel(b.n_batches, b.n_batches, draw_batch, &b, err);
    for (size_t i = 0; i < n; i++)
        free((char *)b.script[i]);
    free(b.script);
    return rc;
}
