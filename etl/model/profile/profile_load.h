/* profile_load.h - what the files that load a profile share; private to them.
 *
 * A sheet is one table of the profile while it is read: its columns found by
 * their heads, one current row, and readers that report what is wrong with a
 * cell where it stands and give a harmless value instead, so that one look at
 * the profile finds every mistake.  Texts go to the profile's arena.  When
 * memory runs out the load turns `out_of_memory` and is thrown away at its end.
 */
#ifndef TONGBAO_MODEL_PROFILE_LOAD_H
#define TONGBAO_MODEL_PROFILE_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tongbao/diag.h"
#include "tongbao/profile.h"

struct tb_buf;
struct tb_digest;
struct tb_error;
struct tb_ini_line;
struct tb_map;
struct tb_table;

enum { TB_AMBIGUOUS = -3, TB_SHEET_COLUMNS = 32 };

struct tb_load {
    struct tb_profile *profile;
    struct tb_diag *diag;
    /* Running, over the files in the order of loading: all of them, and those that
     * decide how a submission is read. */
    struct tb_digest *digest, *reading;
    const char *dir;          /* root/config/code, as files are shown */
    bool out_of_memory;
    /* Where profile.ini names them: they can be checked only after the units. */
    struct tb_place subject_at, subject_group_at, children_group_at;
    struct tb_place aggregate_at;  /* geometric is at odds with z-scores */
    struct tb_place addressees_at; /* likewise after the deadlines */
};

/* --- files (profile.c) --- */

/* The content of a file of the profile, added to the digest.  1, 0 when there
 * is no such file, -1 with *err filled.  *shown lives as long as the profile. */
int tb_load_file(struct tb_load *load, const char *name, struct tb_buf *content, const char **shown,
                 struct tb_error *err);

/* --- sheets (profile_sheet.c) --- */

struct tb_sheet {
    struct tb_load *load;
    struct tb_table *table; /* NULL: the file is absent */
    const char *const *heads;
    int column[TB_SHEET_COLUMNS]; /* of each head; -1: absent */
    size_t n_rows;
    size_t row; /* the current one */
};

/* Opens a table whose columns are heads[0..n_heads), the required ones ending
 * with '*'.  Unknown and absent heads are reported.  An absent file is a table of no rows, and a
 * mistake if `required`.  -1 with *err filled when it cannot be read. */
int tb_sheet_open(struct tb_load *load, const char *name, const char *const heads[], size_t n_heads,
                  bool required, struct tb_sheet *out, struct tb_error *err);
void tb_sheet_close(struct tb_sheet *sheet);
/* The name of a table of the profile as messages say it. */
const char *tb_load_shown(struct tb_load *load, const char *name);
/* Zeroed memory of the profile; NULL turns the load out_of_memory. */
void *tb_load_alloc(struct tb_load *load, size_t n, size_t size);
const char *tb_load_text(struct tb_load *load, const char *text, size_t len);

uint32_t tb_sheet_line(const struct tb_sheet *sheet);
struct tb_place tb_sheet_place(const struct tb_sheet *sheet, size_t c);
void tb_sheet_error(const struct tb_sheet *sheet, size_t c, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void tb_sheet_warn(const struct tb_sheet *sheet, size_t c, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* --- cells (profile_cell.c); c is the place in heads --- */

const char *tb_sheet_cell(const struct tb_sheet *sheet, size_t c); /* borrowed from the table */
/* A copy; an empty cell of a required column is reported. "" when empty. */
const char *tb_sheet_text(const struct tb_sheet *sheet, size_t c);
const char *tb_sheet_text_or(const struct tb_sheet *sheet, size_t c, const char *fallback);
/* The key of the row, entered into `codes`; a second one is reported. */
const char *tb_sheet_key(const struct tb_sheet *sheet, size_t c, struct tb_map *codes);
/* False when empty or, reported, bad. */
bool tb_sheet_decimal(const struct tb_sheet *sheet, size_t c, struct tb_decimal *out);
bool tb_sheet_period(const struct tb_sheet *sheet, size_t c, struct tb_period *out);
int tb_sheet_int(const struct tb_sheet *sheet, size_t c, int min, int max, int fallback);
tb_day tb_sheet_day(const struct tb_sheet *sheet, size_t c); /* TB_DAY_NONE when empty or bad */
/* A moment with its offset, or a day: its first second in the profile's offset. */
int64_t tb_sheet_moment(const struct tb_sheet *sheet, size_t c);
/* The place of the cell among `words`; `fallback` when empty or, reported, none of them. */
int tb_sheet_word(const struct tb_sheet *sheet, size_t c, const char *const words[], size_t n_words,
                  int fallback);
struct tb_strings tb_sheet_list(const struct tb_sheet *sheet, size_t c);

/* One item of a cell that is split at ';'. */
struct tb_item {
    const char *text; /* trimmed, not terminated */
    size_t len;
    uint32_t chars_before; /* characters of the cell in front of it */
};
/* Walks the items: *at starts as 0. */
bool tb_sheet_next_item(const struct tb_sheet *sheet, size_t c, size_t *at, struct tb_item *item);
bool tb_cell_next_item(const char *cell, size_t *at, struct tb_item *item);
/* Where an item stands. */
struct tb_place tb_sheet_item_place(const struct tb_sheet *sheet, size_t c,
                                    const struct tb_item *item);

/* --- names (profile_names.c) --- */

enum tb_ref {
    TB_REF_UNIT,
    TB_REF_GROUP,
    TB_REF_INDICATOR,
    TB_REF_DEPARTMENT,
    TB_REF_TASK,
    TB_REF_TARGET
};

/* Folds first; notes in the profile when memory is out. */
int64_t tb_names_get(const struct tb_profile *profile, const struct tb_map *map, const char *text,
                     size_t len);
int64_t tb_names_add(struct tb_load *load, struct tb_map *map, const char *text, int64_t value);
/* The row of what `text` names; unknown and ambiguous names are reported at
 * `place` and give TB_NONE. */
int32_t tb_load_find(struct tb_load *load, enum tb_ref ref, const char *text, size_t len,
                     const struct tb_place *place);
int32_t tb_sheet_ref(const struct tb_sheet *sheet, size_t c, enum tb_ref ref);
/* How many edits a text of so many characters may be away from the name that is meant. */
size_t tb_near_allowed(size_t chars);
/* The word nearest to text, or NULL when none is near. */
const char *tb_near_word(const char *text, size_t len, const char *const words[], size_t n_words);
/* Enters the names and aliases of a sheet into the map that holds its codes
 * (profile_claims.c).  A name of several rows finds none of them and is noted;
 * an alias that is also another row's is reported. */
void tb_names_enter(struct tb_sheet *sheet, struct tb_map *map, const size_t names[],
                    size_t n_names, size_t aliases);
/* Sets applies[n_units] from a cell of units, groups and `*`; empty is `*`. */
uint8_t *tb_sheet_units(const struct tb_sheet *sheet, size_t c);
/* The same of indicators and `*`; an empty cell names none. */
uint8_t *tb_sheet_indicators(const struct tb_sheet *sheet, size_t c);

/* The state of verification that a cell names: a row, or TB_NONE (profile_states.c). */
int32_t tb_load_find_state(const struct tb_sheet *sheet, size_t c);

/* --- the tables; each returns -1 with *err filled when a file cannot be read --- */

/* A line of [converters]: false when it is a setting there and no extension
 * (profile_converters.c). */
bool tb_load_converter(struct tb_load *load, const struct tb_ini_line *line);
/* Aliases with days behind '@' out of column c of units.csv; then, when names and
 * plain aliases are entered, these (profile_former.c). */
void tb_load_former_names(struct tb_sheet *sheet, size_t c);
void tb_former_names_enter(struct tb_load *load);
/* A line of [missing] or [flags] (profile_words.c). */
void tb_load_status_word(struct tb_load *load, const struct tb_ini_line *line);
/* The columns event and window of indicators.csv (profile_events.c); the kind and the
 * frequency are known. */
void tb_load_event(const struct tb_sheet *sheet, size_t event, size_t window,
                   struct tb_indicator *in);
/* A line of [stages]: a word and the stage of a task that it stands for. */
void tb_load_stage_word(struct tb_load *load, const struct tb_ini_line *line);
int tb_load_settings(struct tb_load *load, struct tb_error *err);
void tb_load_settings_refs(struct tb_load *load);
int tb_load_units(struct tb_load *load, struct tb_error *err); /* and groups.csv */
int tb_load_departments(struct tb_load *load, struct tb_error *err);
int tb_load_tasks(struct tb_load *load, struct tb_error *err);
int tb_load_indicators(struct tb_load *load, struct tb_error *err);
int tb_load_weights(struct tb_load *load, struct tb_error *err); /* of blocks and indicators */
int tb_load_targets(struct tb_load *load, struct tb_error *err); /* and quotas.csv */
int tb_load_target_changes(struct tb_load *load, struct tb_error *err);
int tb_load_exemptions(struct tb_load *load, struct tb_error *err);
int tb_load_checks(struct tb_load *load, struct tb_error *err);
int tb_load_states(struct tb_load *load, struct tb_error *err);
int tb_load_marks(struct tb_load *load, struct tb_error *err);
/* min and max of indicators.csv, as checks behind those (profile_ranges.c). */
void tb_load_ranges(struct tb_load *load);
int tb_load_edits(struct tb_load *load, struct tb_error *err);
int tb_load_estimates(struct tb_load *load, struct tb_error *err);
int tb_load_forms(struct tb_load *load, struct tb_error *err);
int tb_load_calendar(struct tb_load *load, struct tb_error *err);
int tb_load_deadlines(struct tb_load *load, struct tb_error *err);
int tb_load_cases(struct tb_load *load, struct tb_error *err);
/* The classes of cases that rules of targets and checks name have a limit. */
int tb_load_case_classes(struct tb_load *load, struct tb_error *err);
int tb_load_waivers(struct tb_load *load, struct tb_error *err);
int tb_load_faults(struct tb_load *load, struct tb_error *err);
int tb_load_consequences(struct tb_load *load, struct tb_error *err); /* and records of them */

/* Parses the formula of indicator `self`; NULL when it has a mistake, reported
 * at `place` with the column moved to it (formula.c). */
struct tb_formula *tb_formula_parse(struct tb_load *load, const char *text, size_t self,
                                    const struct tb_place *place);

#endif
