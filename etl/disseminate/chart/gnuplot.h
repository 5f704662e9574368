/* gnuplot.h - runs gnuplot on scripts of ours, and trusts nothing that it says.
 *
 * gnuplot can run commands, and it reports success when a disk is full or a
 * font is missing.  So: no shell, no user init file, an empty environment, a
 * time limit, on Linux a filter under which it cannot start a process, and
 * every file is looked at afterwards.
 */
#ifndef TONGBAO_DISSEMINATE_GNUPLOT_H
#define TONGBAO_DISSEMINATE_GNUPLOT_H

#include <stdbool.h>
#include <stddef.h>

struct tb_buf;
struct tb_error;

/* What fontconfig would give for `family`, in the environment in which gnuplot
 * runs.  1: that family; 0: another, whose name is in *instead; -1: unknown,
 * since fc-match is not installed or failed. */
int tb_gnuplot_has_font(const char *family, struct tb_buf *instead);

/* Runs `gnuplot -d script...` in `folder` and waits.  Names of scripts are bare
 * file names.  -1 with *err filled (its last message included) when it cannot
 * be started, fails or takes longer than a minute. */
int tb_gnuplot_run(const char *gnuplot, const char *folder, const char *const script[], size_t n,
                   struct tb_error *err);

/* Whole files?  PNG: signature and end chunk; SVG: the closing tag.  -1 with *err. */
int tb_gnuplot_check_png(const char *path, struct tb_error *err);
int tb_gnuplot_check_svg(const char *path, struct tb_error *err);

#endif
