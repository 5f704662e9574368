/* early_warning.h - who will be behind next period if nothing changes. */
#ifndef TONGBAO_DISSEMINATE_EARLY_WARNING_H
#define TONGBAO_DISSEMINATE_EARLY_WARNING_H

#include "disseminate/words/writer.h"

struct tb_view;

/* Sets "early_warning" to the warnings of the subjects and of the units below them that the
 * bulletin ranks, and "early_warning_cut" when there are more than fit a text.  Empty where
 * there are none.  Every number is one of analyse/early_warning.csv. */
void tb_put_early_warning(const struct tb_writer *w, struct tb_view *view);

#endif
