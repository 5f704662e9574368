/* settings.h - every setting of the method that a run used, for the annex. */
#ifndef TONGBAO_ANALYSE_SETTINGS_H
#define TONGBAO_ANALYSE_SETTINGS_H

struct tb_buf;
struct tb_settings;

/* Appends settings.csv with its header. */
void tb_settings_print(const struct tb_settings *set, struct tb_buf *out);

#endif
