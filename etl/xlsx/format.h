/* format.h - number formats: whether a number is a percentage, a date, or a number.
 *
 * A format code has up to four sections, split by ;, for numbers above, below and
 * at zero, and for text; or a section says itself which numbers it is for: [<1].
 * What is in quotes or brackets or behind a \ means nothing, but for [h], the hours
 * that do not end at 24, and a % that is only shown.
 */
#ifndef TONGBAO_XLSX_FORMAT_H
#define TONGBAO_XLSX_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

enum { TB_XLSX_SECTIONS = 3 /* that are for numbers */ };

/* What a date format shows, added up. */
enum {
    TB_XLSX_YEAR = 1,
    TB_XLSX_MONTH = 2,
    TB_XLSX_DAY = 4,
    TB_XLSX_TIME = 8,
    TB_XLSX_ELAPSED = 16, /* hours that count on: 36:30 */
};

struct tb_xlsx_section {
    unsigned parts;       /* of a date; 0: none */
    bool percent;         /* a hundred times the number is shown, and a % */
    bool percent_literal; /* the number is shown, and a % */
    char condition;       /* '<' '>' '=', 'l' (<=), 'g' (>=), 'n' (<>); 0: none */
    double limit;         /* of the condition: only to choose a section */
};

struct tb_xlsx_format {
    size_t n; /* sections for numbers; at least 1 */
    struct tb_xlsx_section section[TB_XLSX_SECTIONS];
};

/* Any text is a format. */
void tb_xlsx_format_parse(const char *code, struct tb_xlsx_format *out);
/* The format that an id below 164 stands for, as in mainland China where that differs;
 * General for all others. */
void tb_xlsx_format_builtin(unsigned id, struct tb_xlsx_format *out);
/* The section that shows `number` (text of a number, with NUL). */
const struct tb_xlsx_section *tb_xlsx_format_section(const struct tb_xlsx_format *format,
                                                     const char *number);

#endif
