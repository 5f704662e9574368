/* export_row.h - one row of an export: REF_AREA, INDICATOR, MEASURE, FREQ,
 * TIME_PERIOD, OBS_VALUE, OBS_STATUS, UNIT_MEASURE, UNIT_MULT, DECIMALS, VINTAGE,
 * SOURCE, COMMENT; of observations also ACTION: M, or D for a row that takes its key back.
 *
 * OBS_VALUE times 10^UNIT_MULT is in UNIT_MEASURE (123.4 with 元 and 4 is 1,234,000
 * yuan).  A measure that is taken of another, or in a group, is spelled as in a
 * rule: rank(ytd_growth, city), mean(ytd_growth).  The REF_AREA of a group's
 * figure is the group; the INDICATOR of a composite score is `*`.
 */
#ifndef TONGBAO_COMMAND_EXPORT_ROW_H
#define TONGBAO_COMMAND_EXPORT_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_buf;
struct tb_observation;
struct tb_plane;
struct tb_profile;
struct tb_table;

void tb_export_put_header(struct tb_buf *out, bool of_observations);
/* As submitted; `file` is sender/name, `state` that of verification, "" for what units
 * submit. */
void tb_export_put_observation(struct tb_buf *out, const struct tb_profile *profile,
                               const struct tb_observation *row, const char *received,
                               const char *file, const char *state, const char *comment);
/* Cell (period row, column) of a plane of findings; nothing when it is empty. */
void tb_export_put_cell(struct tb_buf *out, const struct tb_profile *profile,
                        const struct tb_plane *plane, uint32_t period_row, uint32_t column,
                        const char *vintage, const char *run);
/* A row of verdicts.csv: verdict(<target>) and, where there is one, gap(<target>). */
void tb_export_put_verdict(struct tb_buf *out, const struct tb_profile *profile,
                           const struct tb_table *verdicts, size_t row, const char *vintage,
                           const char *run);

#endif
