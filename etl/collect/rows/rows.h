/* rows.h - the rows of one submission, following its plan. */
#ifndef TONGBAO_COLLECT_ROWS_H
#define TONGBAO_COLLECT_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "collect/header/beside.h"
#include "collect/rows/between.h"
#include "collect/cell/coder.h"
#include "collect/header/plan.h"
#include "collect/rows/sections.h"
#include "collect/rows/seen.h"
#include "collect/source/sheets.h"
#include "collect/header/stated.h"
#include "collect/receipt/summary.h"
#include "collect/rows/tables.h"
#include "collect/rows/totals.h"
#include "tongbao/csv.h"
#include "tongbao/observation.h"

struct tb_error;
struct tb_map;
struct tb_segment_writer;
struct tb_source;

/* A key that the file gives more than once. */
struct tb_repeat {
    bool met; /* in the second reading */
    uint8_t status;
    struct tb_decimal value;
    uint32_t line;
};

/* Rows of one indicator in a table whose columns are units or periods: which figures stand there since the
 * last row of growth or 同期. */
struct tb_label_group {
    int64_t indicator;
    bool month, span, growth;
};

/* One reading of one submission.  Keys that come twice show in the first
 * reading; only then is there a second one, which knows them from the start. */
struct tb_reading {
    const struct tb_profile *profile;
    struct tb_plan *plan;
    struct tb_coder coder;
    struct tb_seen seen;
    struct tb_map *repeat_of;    /* key -> place in repeats */
    struct tb_repeat *repeats;
    size_t n_repeats, repeats_capacity;
    bool second;
    struct tb_map *qualified;    /* column and qualifier -> place in meanings */
    struct tb_meaning *meanings;
    size_t n_meanings, meanings_capacity;
    struct tb_buf scratch, message;
    struct tb_period latest; /* of the observation before; at first of none */
    size_t n_marked;  /* numbers with a footnote mark behind them */
    size_t n_rounded; /* numbers that lost decimals behind the twelfth */
    size_t n_short;   /* accepted rows with fewer cells than the others */
    uint32_t first_short; /* line of the first of them */
    const char *segment; /* path of what is written */
    struct tb_totals totals;
    struct tb_tables tables;
    struct tb_beside beside;
    struct tb_sheets sheets;
    struct tb_between between;
    struct tb_stated stated;
    struct tb_label_group labels; /* figures in the rows above, of one indicator */
    struct tb_section section; /* what the section row above says */
    struct tb_segment_writer *writer;
    struct tb_summary *summary;
};

/* What a row says of all its cells. */
struct tb_row_codes {
    int64_t unit, indicator, period, measure, status; /* TB_CODE_... or code */
    int32_t group;                                    /* that a place is in, or TB_NONE */
    const char *unit_measure, *comment;               /* NULL: none */
    bool of_which;                                    /* 其中: part of another row */
    bool deletes;                                     /* ACTION D: takes its keys back */
    int32_t mult;
};

/* The cells of one row, counted before it is known whether the row is ignored. */
struct tb_row_tally {
    uint64_t in, accepted, rejected, empty, added, repeated;
};

/* Reads all rows of a source behind tb_source_begin into a writer for the file `segment` and a summary (both
 * empty).  The balance of the account is checked at the end.  -1 also when the source is not good. */
int tb_rows_read(const struct tb_profile *profile, struct tb_plan *plan,
                 struct tb_source *source, char delimiter, const char *segment,
                 struct tb_segment_writer **writer, struct tb_summary *summary,
                 struct tb_error *err);

/* --- for the files of this module --- */

/* The line `-------- 2 - NAME` that tongbao-xlsx and xlsx2csv put above each sheet: a title, and
 * what follows is another table. */
bool tb_row_is_sheet_mark(const struct tb_csv_record *record);
/* What is wrong with the row's shape: enum tb_reason, or -1. */
int tb_row_shape(struct tb_reading *reading, const struct tb_csv_record *record);
/* What a row is that is no data row: enum tb_ignored_kind, or -1 if it looks
 * like data.  Asked only of rows that do not read as data. */
int tb_row_kind(struct tb_reading *reading, const struct tb_csv_record *record);
/* True for a line of text that may say something of the table below it: no note, no
 * page number, no section that is understood. */
bool tb_row_is_title(struct tb_reading *reading, const struct tb_csv_record *record);
/* Takes what a section row says for the rows below it. */
void tb_row_section(struct tb_reading *reading, const struct tb_csv_record *record);
/* True for a row that names a unit and nothing else, where such a row is the parent
 * of those below. */
bool tb_row_is_parent(struct tb_reading *reading, const struct tb_csv_record *record);
/* Codes what the row says of all its cells; true when all of it is known. */
bool tb_row_code(struct tb_reading *reading, const struct tb_csv_record *record,
                 struct tb_row_codes *out);
/* What the name of a row says where it is no indicator's alone, as 投资增速（%）, and the
 * columns are units or periods; NULL: nothing known.  Valid until the next row. */
const struct tb_meaning *tb_row_label(struct tb_reading *reading, const struct tb_csv_field *field);
/* What growth or 同期 in a row named `text` is of, by the rows above it, where `measure` (or -1) is what the
 * name says: the measure that counts, TB_CODE_EMPTY if it says none; TB_CODE_NONE where nobody knows of which. */
int64_t tb_row_label_measure(struct tb_reading *reading, const char *text, int64_t indicator,
                             int64_t measure, bool listed);
/* Notes every part of the row that is not known. */
int tb_row_reject_codes(struct tb_reading *reading, const struct tb_csv_record *record,
                        const struct tb_row_codes *codes, struct tb_error *err);
/* Reads the value cells of a row whose dimensions are known. */
int tb_row_cells(struct tb_reading *reading, const struct tb_csv_record *record,
                 const struct tb_row_codes *codes, struct tb_row_tally *tally,
                 struct tb_error *err);
/* What the i-th column of values of a total line is of (the unit means nothing), and the
 * number in it; false if there is none that can be compared. */
bool tb_row_total_cell(struct tb_reading *reading, const struct tb_csv_record *record,
                       const struct tb_row_codes *codes, size_t i, struct tb_observation *row,
                       struct tb_decimal *value);
/* True when the row repeats a row of the header cell by cell. */
bool tb_row_is_header(struct tb_reading *reading, const struct tb_csv_record *record);
/* What a total line says that it is. */
enum tb_total_kind tb_row_total_kind(struct tb_reading *reading,
                                     const struct tb_csv_record *record);
/* Remarks on the reading as a whole. */
int tb_row_remarks(const struct tb_reading *reading, struct tb_error *err);
/* Notes a reject at a field of the record (SIZE_MAX: the row as a whole). */
int tb_row_reject(struct tb_reading *reading, const struct tb_csv_record *record, size_t field,
                  enum tb_reason reason, const char *text, const char *expected,
                  struct tb_error *err);
/* Where a field starts in its line, in characters from 1. */
uint32_t tb_row_column(const struct tb_reading *reading, const struct tb_csv_record *record,
                       size_t field);
/* True when nothing but blanks stands in it. */
bool tb_row_is_blank(struct tb_reading *reading, const struct tb_csv_field *field);
/* Adds an observation: 1 added, 0 repeated with the same value, -2 in conflict
 * with *before, -1 on failure. */
int tb_row_observe(struct tb_reading *reading, const struct tb_observation *row,
                   const char *comment, struct tb_repeat *before, struct tb_error *err);

#endif
