/* inbox_left.h - what stays in the inbox, and why: one table of reasons.
 *
 * The list is written anew by every collect, to left.csv beside the inbox: path
 * (below the inbox), reason, since (when the file was last changed), message_zh,
 * message_en.  It tells of the inbox as this night found it and belongs to no run.
 */
#ifndef TONGBAO_COLLECT_INBOX_LEFT_H
#define TONGBAO_COLLECT_INBOX_LEFT_H

#include <stddef.h>
#include <stdint.h>

struct tb_error;

enum tb_left {
    TB_LEFT_NOT,        /* it was taken */
    TB_LEFT_LINK,
    TB_LEFT_HARD_LINK,
    TB_LEFT_NO_FILE,
    TB_LEFT_FOLDER,
    TB_LEFT_ADDRESSEE,
    TB_LEFT_OWNER,
    TB_LEFT_TIME,
    TB_LEFT_UNREADABLE,
    TB_LEFT_UNFINISHED,
    TB_LEFT_GROWING,
    TB_LEFT_LOCKED,
    TB_LEFT_OPEN,
    TB_LEFT_WRITTEN,
    TB_LEFT_CHANGED,
    TB_N_LEFT,
};

const char *tb_left_code(enum tb_left why); /* "inbox.growing": stable */
/* The reason in English, as the log has it. */
const char *tb_left_text(enum tb_left why);

struct tb_left_file {
    char *path; /* below the inbox, shown as text */
    enum tb_left why;
    int64_t since; /* seconds since the epoch; 0: not known */
};

struct tb_left_list {
    struct tb_left_file *file;
    size_t n, capacity;
};

/* Adds a file by its path as the system has it; -1 when memory is out. */
int tb_left_add(struct tb_left_list *list, const char *path, enum tb_left why, int64_t since,
                struct tb_error *err);
/* Writes data/left.csv, in the order of paths; moments in the offset of the profile. */
int tb_left_write(struct tb_left_list *list, const char *data, int utc_offset,
                  struct tb_error *err);
void tb_left_release(struct tb_left_list *list);

#endif
