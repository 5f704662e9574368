/* error.h - what went wrong with an operation, told once, at the top.
 *
 * A function that can fail returns -1 or NULL and fills the caller's
 * struct tb_error.  Each level may say what *it* was doing with
 * tb_error_prefix.  Trouble in the data or the profile is not an error of an
 * operation: that goes to a struct tb_diag (diag.h), is counted, and the work
 * goes on.
 *
 *     if (tb_fs_make_dirs(path, err) < 0)
 *         return tb_error_prefix(err, "archive of '%s'", profile);
 */
#ifndef TONGBAO_ERROR_H
#define TONGBAO_ERROR_H

enum { TB_ERROR_MAX = 1024 };

/* A message without a trailing full stop or newline; empty when none. */
struct tb_error {
    char text[TB_ERROR_MAX];
};

#define TB_ERROR_INIT                                                                              \
    {                                                                                              \
        .text = { 0 }                                                                              \
    }

/* Exit codes of every program (the architecture's contract). */
enum tb_exit {
    TB_EXIT_DONE = 0,     /* done */
    TB_EXIT_FAILED = 1,   /* failed, nothing published */
    TB_EXIT_USAGE = 2,    /* wrong usage or configuration */
    TB_EXIT_REJECTED = 3, /* done, but submissions were rejected in part */
};

/* Fills *err (may be NULL) and returns -1, so that a caller can
 * "return tb_error_set(err, ...)".  Control characters in the text are
 * escaped.  Too long a text is cut. */
int tb_error_set(struct tb_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* As tb_error_set, with ": " and the text of errno appended. */
int tb_error_errno(struct tb_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Puts "text: " in front of what *err says.  Returns -1. */
int tb_error_prefix(struct tb_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
