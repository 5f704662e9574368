/* child.c - reads what a child writes until it ends, or ends it.
 *
 * A child has ended when it has, not when its streams close: a process that it
 * left behind may hold them open for ever.  What it wrote before its end is in
 * the pipes then, so these are read dry.
 */
#include "tongbao/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/child_start.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"

enum {
    LOOK_MS = 50, /* how often a child whose streams are silent is looked at */
    NAP_MS = 2,   /* the same when it has closed them: its end is near */
    DRAIN_MS = 1000,
};

struct watched {
    const struct tb_child *child;
    pid_t pid;
    int fd[2]; /* -1: closed */
    int64_t end_ms;
    bool ended, slow, stopped;
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Whether it has ended; it stays a zombie, so that its number is no other's yet. */
static bool has_ended(pid_t pid, int flags)
{
    siginfo_t info = { 0 };
    int rc;

    do
        rc = waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT | flags);
    while (rc < 0 && errno == EINTR);
    return rc < 0 || info.si_pid == pid;
}

static void end_it(const struct watched *w)
{
    if (w->child->apart)
        kill(-w->pid, SIGKILL);
    kill(w->pid, SIGKILL);
}

static void close_stream(struct watched *w, int which)
{
    if (w->fd[which] >= 0)
        close(w->fd[which]);
    w->fd[which] = -1;
}

/* One read of a stream that has something, or has closed. */
static void take_some(struct watched *w, int which)
{
    const struct tb_child_stream *stream = which ? &w->child->err : &w->child->out;
    char block[16 * 1024];
    ssize_t n = read(w->fd[which], block, sizeof block);

    if (n < 0 && errno == EINTR)
        return;
    if (n <= 0)
        close_stream(w, which);
    else if (stream->take(stream->user, block, (size_t)n) < 0)
        w->stopped = true;
}

/* Waits at most `most_ms` (-1: as long as it takes) for the streams; how many
 * have something. */
static int listen_to(struct watched *w, int most_ms)
{
    struct pollfd wait[2] = { { .fd = w->fd[0], .events = POLLIN },
                              { .fd = w->fd[1], .events = POLLIN } };
    int n = poll(wait, 2, most_ms);

    for (int i = 0; i < 2 && n > 0; i++) {
        if (w->fd[i] >= 0 && wait[i].revents && !w->stopped)
            take_some(w, i);
    }
    return n;
}

static void watch(struct watched *w)
{
    int64_t left = LOOK_MS;

    while (!w->ended && !w->slow && !w->stopped) {
        bool silent = w->fd[0] < 0 && w->fd[1] < 0;
        if (w->child->timeout_ms)
            left = w->end_ms - now_ms();
        if (left <= 0) {
            w->slow = true;
        } else if (silent && !w->child->timeout_ms) {
            w->ended = has_ended(w->pid, 0);
        } else {
            int most = silent ? NAP_MS : LOOK_MS;
            if (listen_to(w, left < most ? (int)left : most) <= 0)
                w->ended = has_ended(w->pid, WNOHANG);
        }
    }
}

/* What it wrote before its end; others may hold the pipe, so not for ever. */
static void drain(struct watched *w)
{
    int64_t end_ms = now_ms() + DRAIN_MS;

    while (!w->stopped && (w->fd[0] >= 0 || w->fd[1] >= 0) && listen_to(w, 0) > 0 &&
           now_ms() < end_ms)
        ;
}

int tb_child_run(const struct tb_child *child, struct tb_child_fate *fate, struct tb_error *err)
{
    struct watched w = { .child = child };
    int status = 0;
    pid_t got;

    if (tb_child_start(child, &w.pid, &w.fd[0], &w.fd[1], err) < 0)
        return -1;
    w.end_ms = now_ms() + child->timeout_ms;
    watch(&w);
    if (!w.ended || child->apart)
        end_it(&w);
    if (w.ended)
        drain(&w);
    close_stream(&w, 0);
    close_stream(&w, 1);
    do
        got = waitpid(w.pid, &status, 0);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return tb_error_errno(err, "cannot wait for '%s'", child->program);
    if (w.stopped || w.slow)
        *fate = (struct tb_child_fate){ w.stopped ? TB_CHILD_STOPPED : TB_CHILD_SLOW, 0 };
    else if (WIFSIGNALED(status))
        *fate = (struct tb_child_fate){ TB_CHILD_SIGNALLED, WTERMSIG(status) };
    else
        *fate = (struct tb_child_fate){ TB_CHILD_EXITED, WEXITSTATUS(status) };
    return 0;
}

int tb_child_code(const struct tb_child *child, const struct tb_child_fate *fate,
                  struct tb_error *err)
{
    switch (fate->end) {
    case TB_CHILD_EXITED:
        return fate->code;
    case TB_CHILD_SIGNALLED:
        return tb_error_set(err, "%s was ended by signal %d", child->program, fate->code);
    case TB_CHILD_SLOW:
        return tb_error_set(err, "%s took longer than %d s and was ended", child->program,
                            child->timeout_ms / 1000);
    case TB_CHILD_STOPPED:
        break;
    }
    return tb_error_set(err, "%s was ended: what it printed could not be taken", child->program);
}

int tb_child_keep(void *user, const char *bytes, size_t len)
{
    struct tb_child_text *kept = user;
    size_t room = kept->limit - kept->text->len;

    if (kept->limit && kept->text->len >= kept->limit)
        return 0;
    tb_buf_add(kept->text, bytes, kept->limit && len > room ? room : len);
    return kept->text->failed ? -1 : 0;
}

static bool is_program(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

/* Beside this program: our own lie together, whether or not PATH leads there. */
static char *find_beside(const char *program)
{
    char here[4096];
    ssize_t n = readlink("/proc/self/exe", here, sizeof here);
    const char *slash = n > 0 && (size_t)n < sizeof here ? memrchr(here, '/', (size_t)n) : NULL;
    char *path = slash ? tb_path("%.*s/%s", (int)(slash - here), here, program) : NULL;

    if (path && is_program(path))
        return path;
    free(path);
    return NULL;
}

char *tb_child_find(const char *program)
{
    const char *at = getenv("PATH");

    if (strchr(program, '/'))
        return program[0] == '/' && is_program(program) ? tb_path("%s", program) : NULL;
    char *beside = strncmp(program, "tongbao-", 8) == 0 ? find_beside(program) : NULL;
    if (beside)
        return beside;
    for (size_t len; at && *at; at += len + (at[len] == ':')) {
        len = strcspn(at, ":");
        if (*at != '/' || len > 4096)
            continue;
        char *path = tb_path("%.*s/%s", (int)len, at, program);
        if (path && is_program(path))
            return path;
        free(path);
    }
    return NULL;
}
