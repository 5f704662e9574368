/* outlook.h - where the year leads: the table of projections. */
#ifndef TONGBAO_DISSEMINATE_OUTLOOK_H
#define TONGBAO_DISSEMINATE_OUTLOOK_H

#include "disseminate/words/writer.h"

struct tb_view;

/* Sets "outlook" to the projections of a unit, of all subjects when it is below 0,
 * and "outlook_cut" when there are more than fit a text.  Empty where none can be
 * told.  Every number is one of analyse/outlook.csv. */
void tb_put_outlook(const struct tb_writer *w, int32_t unit, struct tb_view *view);

#endif
