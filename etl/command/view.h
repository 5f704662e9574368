/* view.h - a finished run, opened for reading.
 *
 * status, explain, export and rehearse look at what the last night left behind;
 * none of them changes it.  Rows of the cube and the segments are numbered by
 * the profile's tables, so a view refuses a run that another state of the
 * profile made: its numbers would be shown under wrong names.
 */
#ifndef TONGBAO_COMMAND_VIEW_H
#define TONGBAO_COMMAND_VIEW_H

#include <stdbool.h>
#include "tongbao/period.h"

struct tb_command;
struct tb_buf;
struct tb_cube;
struct tb_error;
struct tb_profile;
struct tb_table;

struct tb_view {
    const struct tb_command *command;
    struct tb_profile *profile;
    const char *lang;        /* "zh" or "en": --lang, else the profile's first */
    char *data;              /* root/datasets/<profile> */
    char *folder;            /* of the run; NULL when none is published */
    const char *id;          /* last part of folder; "" when none */
    struct tb_period period; /* asked for, else the run's; in the profile's frequency */
    bool has_asked;          /* a finer one was asked for (tb_view_open_finer) */
    struct tb_period asked;
    bool of_period;          /* the run was made for this period */
    bool stale;              /* the profile has changed since the run */
};

/* Loads the profile and finds the run: of the period that `period_text` (may be
 * NULL) names, else the last one.  -1 to go on; an exit code after a message.
 * That no run is published, or that it is stale, is left to tb_view_require. */
int tb_view_open(struct tb_view *view, const struct tb_command *command, const char *period_text);
/* The same, and also takes a period finer than the bulletin's: then the view is of the one in
 * which it ends, and `asked` is that finer one. */
int tb_view_open_finer(struct tb_view *view, const struct tb_command *command,
                       const char *period_text);
/* -1 when there is a run that fits the profile; else an exit code after a message. */
int tb_view_require(const struct tb_view *view);
void tb_view_close(struct tb_view *view);

/* A table or cube of the run by its path there, such as "collect/submissions.csv".
 * NULL with *err filled.  The caller frees or closes it. */
struct tb_table *tb_view_table(const struct tb_view *view, const char *relative,
                               struct tb_error *err);
/* Whether the run has that file: those of earlier versions lack some. */
bool tb_view_has(const struct tb_view *view, const char *relative);
struct tb_cube *tb_view_cube(const struct tb_view *view, const char *relative,
                             struct tb_error *err);

/* One of two texts, by the language of the view. */
const char *tb_view_say(const struct tb_view *view, const char *zh, const char *en);
/* Appends in the language of the view; both formats take the same arguments. */
void tb_view_printf(const struct tb_view *view, struct tb_buf *out, const char *zh, const char *en,
                    ...) __attribute__((format(printf, 3, 5), format(printf, 4, 5)));
/* Prints "tongbao COMMAND: text" to stderr and returns TB_EXIT_FAILED. */
int tb_view_fail(const struct tb_view *view, const struct tb_error *err);
/* Writes what was gathered to stdout and checks it: an exit code. */
int tb_view_print(const struct tb_view *view, const struct tb_buf *out);

#endif
