/* form.h - which form of forms.csv a submission is in. */
#ifndef TONGBAO_COLLECT_FORM_H
#define TONGBAO_COLLECT_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include "collect/header/plan.h"

struct tb_error;
struct tb_buf;
struct tb_sample;

enum { TB_CAPTURE_MAX = 256 };

/* What {unit} and {period} of a glob stood for; "" where the glob has none. */
struct tb_captures {
    char unit[TB_CAPTURE_MAX];
    char period[TB_CAPTURE_MAX];
};

/* True when `name` matches; of several ways to cut it, one whose parts are a
 * known unit and a period goes first. */
bool tb_form_glob(const struct tb_profile *profile, const char *pattern, const char *name,
                  struct tb_captures *out);
/* True when the form takes anything from the file's name, so that the same
 * content under another name is another submission. */
bool tb_form_reads_name(const struct tb_form *form);
/* The encoding that the first matching form declares, or NULL. */
const char *tb_form_encoding(const struct tb_profile *profile, const char *name);

/* The language in which senders of the form `code` read, or (form unknown) of the
 * first form that the name matches; NULL: the profile's. */
const char *tb_form_lang(const struct tb_profile *profile, const char *code, const char *name);

struct tb_choice {
    struct tb_plan plan;
    char delimiter;
    bool by_heads; /* no form has such a name: it was read as a long table */
};

/* Chooses among the forms that match the name the first whose heads fit.  `converted`: a
 * converter wrote the text, with its own quotes.  1: *out is filled (release its plan);
 * 0: *why and *expected (appended) say why not. */
int tb_form_choose(const struct tb_profile *profile, const char *name, const char *sender,
                   const char *text, size_t len, bool converted, struct tb_choice *out,
                   enum tb_reason *why, struct tb_buf *expected, struct tb_error *err);
struct tb_sheet_mark;
/* The plan of another table of the same file, whose header begins at `row` of the
 * sample (its titles stand before).  What its own titles do not say, those of the
 * first table do, unless it stands apart, on another sheet (NULL: the file has none).  1: *out is filled, 0: no form of that name fits, -1 on failure. */
int tb_form_next_table(const struct tb_profile *profile, const struct tb_plan *first,
                       const struct tb_sample *sample, size_t row, bool apart,
                       const struct tb_sheet_mark *sheet, struct tb_plan *out,
                       struct tb_error *err);

#endif
