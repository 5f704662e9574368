/* tables.h - several tables in one file: a new header below the first table, perhaps
 * with titles of its own, begins another, with a plan of its own.
 */
#ifndef TONGBAO_COLLECT_TABLES_H
#define TONGBAO_COLLECT_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_csv;
struct tb_csv_record;
struct tb_error;
struct tb_plan;
struct tb_reading;

enum { TB_TITLES_MAX = 8, TB_TITLE_TEXT = 256 };

struct tb_tables {
    const struct tb_csv *csv; /* for looking ahead */
    char delimiter;
    struct tb_plan *first;    /* of the first table; stays with the caller */
    struct tb_plan **more;    /* of the others */
    size_t n_more, more_capacity;
    /* Lines of text since the last row of data: perhaps titles of a table to come. */
    struct {
        uint32_t line; /* it was ignored */
        char text[TB_TITLE_TEXT];
    } title[TB_TITLES_MAX];
    size_t n_titles;
    bool titled;     /* one of them may say something of what is below */
    bool apart;      /* below the name of another sheet */
    size_t n_misses; /* rows that looked like heads and were none */
    bool lost;       /* below a header that fits no form */
};

void tb_tables_release(struct tb_tables *tables);
/* Back to the first table: before the file is read (again). */
void tb_tables_start(struct tb_reading *reading, const struct tb_csv *csv, char delimiter);
/* Remembers a line of text that was just ignored. */
void tb_tables_title(struct tb_reading *reading, const struct tb_csv_record *record);
/* Forgets them: rows of data follow. */
void tb_tables_rows(struct tb_reading *reading);
/* The name of another sheet: what titles said above holds no longer, and rows below
 * are of no table until a header comes. */
void tb_tables_sheet(struct tb_reading *reading, const struct tb_csv_record *record);
/* The heads of this table once more: where titles above them say something else they begin
 * another table, as below; 0: the table goes on. */
int tb_tables_again(struct tb_reading *reading, const struct tb_csv_record *record,
                    struct tb_error *err);
/* Looks whether the row begins the header of another table.  1: it does, and the
 * reading goes on with its plan; 2: it looks like one but fits no form; 0: no; -1 on
 * failure. */
int tb_tables_look(struct tb_reading *reading, const struct tb_csv_record *record,
                   struct tb_error *err);

#endif
