/* spawn.c - runs the stages as programs of their own, without a shell. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command/command.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"

extern char **environ;

static int read_all(int fd, struct tb_buf *out, struct tb_error *err)
{
    char block[4096];
    ssize_t n;

    while ((n = read(fd, block, sizeof block)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return tb_error_errno(err, "cannot read what a stage printed");
        tb_buf_add(out, block, (size_t)n);
    }
    return tb_buf_ok(out, err) ? 0 : -1;
}

static int wait_for(pid_t pid, const char *name, struct tb_error *err)
{
    int status;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return tb_error_errno(err, "cannot wait for %s", name);
    if (WIFSIGNALED(status))
        return tb_error_set(err, "%s was ended by signal %d", name, WTERMSIG(status));
    return WEXITSTATUS(status);
}

static int start(const char *path, char *const argv[], int out_fd, pid_t *pid, struct tb_error *err)
{
    posix_spawn_file_actions_t actions;
    int rc = posix_spawn_file_actions_init(&actions);

    if (rc == 0 && out_fd >= 0)
        rc = posix_spawn_file_actions_adddup2(&actions, out_fd, STDOUT_FILENO);
    if (rc == 0)
        rc = posix_spawn(pid, path, &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (rc == 0)
        return 0;
    errno = rc;
    return tb_error_errno(err, "cannot run '%s'", path);
}

int tb_command_spawn(const struct tb_command *command, char *const argv[], struct tb_buf *out,
                     struct tb_error *err)
{
    char *path = tb_path("%s/%s", command->programs, argv[0]);
    int pipe_fd[2] = { -1, -1 };
    pid_t pid = -1;
    int rc = -1;

    if (!path) {
        tb_error_set(err, "out of memory");
        goto done;
    }
    if (out && pipe2(pipe_fd, O_CLOEXEC) < 0) {
        tb_error_errno(err, "cannot make a pipe");
        goto done;
    }
    if (start(path, argv, pipe_fd[1], &pid, err) < 0)
        goto done;
    if (out) {
        close(pipe_fd[1]);
        pipe_fd[1] = -1;
    }
    int read_rc = out ? read_all(pipe_fd[0], out, err) : 0;
    if (read_rc < 0) {
        /* Else a program with more to print would wait for us, and we for it. */
        close(pipe_fd[0]);
        pipe_fd[0] = -1;
    }
    rc = wait_for(pid, argv[0], read_rc < 0 ? NULL : err);
    if (read_rc < 0)
        rc = -1;
done:
    if (pipe_fd[0] >= 0)
        close(pipe_fd[0]);
    if (pipe_fd[1] >= 0)
        close(pipe_fd[1]);
    free(path);
    return rc;
}
