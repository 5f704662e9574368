/* child.h - another program, run and watched.
 *
 * Never through a shell.  What it writes is handed on while it runs, so that
 * nothing of it need be held; a child that runs too long or whose output is
 * refused is killed.  A child that runs apart has nothing of this process but
 * its folder and its environment, and leads a process group of its own: whatever
 * it started is killed with it, also after a good end.
 *
 *     struct tb_child_text kept = { &text, 4096 };
 *     const struct tb_child child = { .program = path, .argv = argv, .apart = true,
 *                                     .timeout_ms = 60000, .out = { tb_child_keep, &kept } };
 *     rc = tb_child_run(&child, &fate, err);
 */
#ifndef TONGBAO_CHILD_H
#define TONGBAO_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_buf;
struct tb_error;

/* Takes what the child wrote.  0 to go on; -1: no more of it, the child is killed. */
typedef int tb_child_take(void *user, const char *bytes, size_t len);

struct tb_child_stream {
    tb_child_take *take; /* NULL: the stream is not read */
    void *user;
};

/* Of each process, by setrlimit; 0: as this process has them. */
struct tb_child_limits {
    uint64_t memory_bytes; /* address space */
    uint64_t file_bytes;   /* of a file that it writes */
    unsigned cpu_s;
    unsigned files;        /* open at once */
};

struct tb_child {
    const char *program;            /* path of the file that is run; no PATH is searched */
    const char *const *argv;        /* NULL at the end */
    const char *const *environment; /* KEY=value, NULL at the end; NULL: this process's own */
    const char *folder;             /* where it runs; NULL: here */
    /* Standard input is empty, streams that are not read go nowhere, no other
     * descriptor is open, no new privileges, a group of its own; it dies with us. */
    bool apart;
    bool no_processes; /* may start no process and open no socket (Linux; else no effect) */
    int timeout_ms;    /* 0: none */
    struct tb_child_limits limits;
    struct tb_child_stream out, err;
};

enum tb_child_end {
    TB_CHILD_EXITED,    /* code: the exit code */
    TB_CHILD_SIGNALLED, /* code: the signal */
    TB_CHILD_SLOW,      /* killed: the time was over */
    TB_CHILD_STOPPED,   /* killed: what it wrote was refused */
};

struct tb_child_fate {
    enum tb_child_end end;
    int code;
};

/* Runs it to its end.  0 with *fate filled, however it ended; -1 with *err
 * filled when it could not be started. */
int tb_child_run(const struct tb_child *child, struct tb_child_fate *fate, struct tb_error *err);
/* The exit code of a fate, or -1 with *err saying what happened instead. */
int tb_child_code(const struct tb_child *child, const struct tb_child_fate *fate,
                  struct tb_error *err);

/* A taker: appends to `text` until it holds `limit` bytes (0: no limit), the rest
 * is dropped.  Refuses when memory is out (text->failed). */
struct tb_child_text {
    struct tb_buf *text;
    size_t limit;
};
int tb_child_keep(void *user, const char *bytes, size_t len);

/* Absolute path of a program on PATH, or of one of ours (tongbao-...) beside this
 * program: a new string that the caller frees, or NULL.  Folders of PATH that are
 * not absolute are passed over.  A name with a
 * slash is not searched for: itself when it is an absolute path of a program. */
char *tb_child_find(const char *program);

#endif
