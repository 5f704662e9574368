/* sections.h - rows between data rows that say something of the rows below: a
 * parent unit, an indicator, a period.
 */
#ifndef TONGBAO_COLLECT_SECTIONS_H
#define TONGBAO_COLLECT_SECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collect/header/plan.h"

struct tb_csv_record;
struct tb_planner;
struct tb_reading;
struct tb_sample;

enum { TB_SECTION_TEXT = 96 };

/* What holds for the rows below the last section row. */
struct tb_section {
    int32_t unit;              /* row, or TB_NONE */
    struct tb_meaning meaning; /* indicator, perhaps with measure and unit of measure */
    bool has_period;
    struct tb_period_read period;
    int32_t parent;            /* of the units below, or TB_NONE */
    bool after_blank;
    bool block;                /* the section row names a part of what is below the parent */
    int outer;                 /* the dimension that was said first, or -1 */
    bool said[TB_N_ROLES];     /* a section row has said this of this table */
    char text[TB_SECTION_TEXT];/* of the section row, for messages */
};

void tb_section_start(struct tb_section *section); /* of a table */
/* True when the lone text names something that the columns leave open, as far as
 * the form lets sections do so. */
bool tb_section_names(struct tb_reading *reading, const char *text, size_t len);
/* True when only the title says the indicator and the text, which names none that is known,
 * looks like the name of one: `粮食产量（吨）`, `房地产投资增速`.  Rows below it are not read as of the title's. */
bool tb_section_may_be_indicator(struct tb_reading *reading, const char *text, size_t len);
/* Takes what a lone text says for the rows below; a text that says nothing known
 * ends what the one before said. */
bool tb_section_begin(struct tb_reading *reading, const char *text, size_t len);
/* The unit of a row below a section that is its parent: enum of coder.h. */
int64_t tb_section_unit(struct tb_reading *reading, const char *text, size_t len);
/* True when a section row must say this dimension and none that is known has. */
bool tb_section_lacks(const struct tb_reading *reading, enum tb_role role);

/* True when lone cells below the header name the dimension, so that sections can
 * state it. */
bool tb_section_in_sample(const struct tb_profile *profile, const struct tb_form *form,
                          const struct tb_sample *sample, size_t below, enum tb_role role);

#endif
