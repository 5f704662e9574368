/* chart_svg.c - replaces a few known pieces of what gnuplot's svg terminal writes;
 * a piece that is not there (another version) is no trouble. */
#include "disseminate/chart/chart_svg.h"

#include <string.h>

#include "disseminate/chart/chart_style.h"
#include "tongbao/error.h"
#include "tongbao/infile.h"
#include "tongbao/newfile.h"
#include "tongbao/text.h"

enum { SVG_MAX = 16 * 1024 * 1024 };

/* Names of the same design under other systems, then any without serifs. */
#define FAMILIES                                                                                   \
    "font-family=\"'" TB_CHART_FONT "','Source Han Sans SC','Noto Sans SC','PingFang SC',"         \
    "'Microsoft YaHei',sans-serif\""

struct piece {
    const char *from, *to; /* to NULL: up to and with `end` gives way to `text` */
    const char *end, *text;
};

static bool begins(const char *at, const char *with)
{
    return strncmp(at, with, strlen(with)) == 0;
}

/* Puts the replacement; returns how many bytes of the input it stands for. */
static size_t replace(const struct piece *piece, const char *at, struct tb_buf *out)
{
    const char *end;

    if (piece->to) {
        tb_buf_puts(out, piece->to);
        return strlen(piece->from);
    }
    end = strstr(at, piece->end);
    if (!end)
        return 0;
    tb_buf_puts(out, piece->from);
    tb_escape_html(out, piece->text);
    tb_buf_puts(out, piece->end);
    return (size_t)(end - at) + strlen(piece->end);
}

void tb_chart_svg(const char *svg, const char *title, const char *description, struct tb_buf *out)
{
    const struct piece pieces[] = {
        { "font-family=\"" TB_CHART_FONT ":Bold\"", FAMILIES " font-weight=\"bold\"", NULL, NULL },
        { "font-family=\"" TB_CHART_FONT "\"", FAMILIES, NULL, NULL },
        { "<title>", NULL, "</title>", title },
        { "<desc>", NULL, "</desc>", description },
    };
    bool seen[4] = { false };

    while (*svg) {
        size_t used = 0, plain;
        for (size_t i = 0; i < 4 && used == 0; i++)
            /* Only the picture's own title; those of the plots inside stay. */
            if (begins(svg, pieces[i].from) && (pieces[i].to || !seen[i])) {
                used = replace(&pieces[i], svg, out);
                seen[i] = true;
            }
        svg += used;
        if (used > 0)
            continue;
        plain = 1 + strcspn(svg + 1, "f<");
        tb_buf_add(out, svg, plain);
        svg += plain;
    }
}

int tb_chart_svg_file(const char *path, const char *title, const char *description,
                      struct tb_error *err)
{
    struct tb_buf in = TB_BUF_INIT, out = TB_BUF_INIT;
    int rc = -1;

    if (tb_infile_slurp(path, SVG_MAX, &in, err) == 0) {
        tb_chart_svg(tb_buf_text(&in), title, description, &out);
        if (tb_buf_ok(&out, err))
            rc = tb_newfile_write(path, out.data, out.len, err);
    }
    tb_buf_release(&in);
    tb_buf_release(&out);
    return rc;
}
