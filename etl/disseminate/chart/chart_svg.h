/* chart_svg.h - makes gnuplot's SVG fit for a page: a name and a description for
 * those who cannot see it, fonts that other machines have, bold that is bold.
 */
#ifndef TONGBAO_DISSEMINATE_CHART_SVG_H
#define TONGBAO_DISSEMINATE_CHART_SVG_H

#include <stddef.h>

struct tb_buf;
struct tb_error;

/* Appends the SVG text to *out, with title and description in place of gnuplot's. */
void tb_chart_svg(const char *svg, const char *title, const char *description, struct tb_buf *out);
/* The same with a file, rewritten in one step. */
int tb_chart_svg_file(const char *path, const char *title, const char *description,
                      struct tb_error *err);

#endif
