/* chart_batch.h - draws many pictures with few processes. */
#ifndef TONGBAO_DISSEMINATE_CHART_BATCH_H
#define TONGBAO_DISSEMINATE_CHART_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include "disseminate/chart/chart_style.h"

struct tb_error;

/* A picture and what became of it. */
struct tb_drawn {
    struct tb_picture picture;
    bool failed;
    char why[256]; /* when it failed */
};

/* Writes script and numbers of each picture into `folder`, runs gnuplot over them
 * in a process per processor (at most four), and looks at every file.  When a
 * process fails its pictures are drawn one by one, so that only the culprit is
 * lost; files of a failed picture are removed.  -1 with *err only when memory is out or a
 * script cannot be written. */
int tb_charts_render(const char *gnuplot, const char *folder, const char *lang,
                     struct tb_drawn drawn[], size_t n, struct tb_error *err);

#endif
