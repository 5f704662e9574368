/* gnuplot_child.c - one child process: clean environment, nothing inherited but
 * three descriptors, no way to start another process, a time limit.
 *
 * fork and not posix_spawn, because the filter has to be set between the two
 * steps; between them only calls are made that are safe in a threaded program.
 */
#include "disseminate/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"

#if defined(__linux__) && !defined(TB_NO_SECCOMP) && (defined(__x86_64__) || defined(__aarch64__))
#define HAVE_FILTER 1
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

enum { CAPTURE_LIMIT = 64 * 1024, COULD_NOT_START = 127 };

#ifdef HAVE_FILTER
#ifdef __x86_64__
#define THIS_ARCH AUDIT_ARCH_X86_64
#else
#define THIS_ARCH AUDIT_ARCH_AARCH64
#endif
#define OFFSET(member) ((unsigned)offsetof(struct seccomp_data, member))
#define LOAD(member)   BPF_STMT(BPF_LD | BPF_W | BPF_ABS, OFFSET(member))
#define REFUSE(code)   BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (code))
#define ALLOW          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

/* No new process: fork, vfork, and clone other than of a thread (pango starts
 * one).  clone3 hides its flags from a filter, so it is said not to exist, and
 * libc falls back to clone.  No sockets either.  The filter survives exec.  Where the
 * kernel does not have it the other defences stand alone. */
static void forbid_processes(void)
{
    // clang-format off
    static struct sock_filter code[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCH, 1, 0),
        REFUSE(EPERM),
        LOAD(nr),
#ifdef __x86_64__
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x40000000u, 0, 1), /* the x32 calls */
        REFUSE(EPERM),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_fork, 0, 1),
        REFUSE(EPERM),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_vfork, 0, 1),
        REFUSE(EPERM),
#endif
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 1),
        REFUSE(EPERM),
#ifdef __NR_clone3
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone3, 0, 1),
        REFUSE(ENOSYS),
#endif
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_clone, 1, 0),
        ALLOW,
        LOAD(args[0]),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1),
        ALLOW,
        REFUSE(EPERM),
    };
    // clang-format on
    struct sock_fprog program = { sizeof code / sizeof *code, code };

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}
#else
static void forbid_processes(void)
{
}
#endif

/* In the child, after fork: only async-signal-safe calls. */
static void become(const struct tb_child *child, int out)
{
    /* libgd and fontconfig look at nothing else; a user's own settings would
     * make the same report look different on another account. */
    static const char *const environment[] = { "PATH=/usr/bin:/bin", "HOME=/nonexistent",
                                               "LC_ALL=C.UTF-8", "TZ=UTC", NULL };
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(child->capture == STDOUT_FILENO ? out : nothing, STDOUT_FILENO) < 0 ||
        dup2(child->capture == STDERR_FILENO ? out : nothing, STDERR_FILENO) < 0 ||
        (child->folder && chdir(child->folder) < 0))
        _exit(COULD_NOT_START);
#ifdef __linux__
    close_range(STDERR_FILENO + 1, ~0u, 0);
#endif
    forbid_processes();
    execve(child->program, (char *const *)child->argv, (char *const *)environment);
    _exit(COULD_NOT_START);
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Reads until the other end closes; false when the time is over first. */
static bool listen_to(int fd, int64_t end_ms, struct tb_buf *said)
{
    char block[4096];

    for (;;) {
        struct pollfd wait = { .fd = fd, .events = POLLIN };
        int64_t left = end_ms - now_ms();
        if (left <= 0)
            return false;
        if (poll(&wait, 1, (int)left) <= 0)
            continue;
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return true;
        if (said->len < CAPTURE_LIMIT)
            tb_buf_add(said, block, (size_t)n);
    }
}

/* A child that closed its end may still hang: wait for it, but not for ever. */
static bool wait_until(pid_t pid, int64_t end_ms, int *status)
{
    const struct timespec pause = { .tv_nsec = 2 * 1000000L };
    pid_t got;

    while ((got = waitpid(pid, status, WNOHANG)) != pid) {
        if (got < 0 && errno != EINTR)
            return false;
        if (now_ms() >= end_ms)
            return false;
        nanosleep(&pause, NULL);
    }
    return true;
}

static int attend(const struct tb_child *child, pid_t pid, int fd, struct tb_buf *said,
                  struct tb_error *err)
{
    int64_t end_ms = now_ms() + child->timeout_ms;
    int status = 0;

    if (!listen_to(fd, end_ms, said) || !wait_until(pid, end_ms, &status)) {
        kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            ;
        return tb_error_set(err, "%s took longer than %d s and was ended", child->program,
                            child->timeout_ms / 1000);
    }
    if (WIFSIGNALED(status))
        return tb_error_set(err, "%s was ended by signal %d", child->program, WTERMSIG(status));
    if (WEXITSTATUS(status) == COULD_NOT_START)
        return tb_error_set(err, "cannot run %s in '%s'", child->program,
                            child->folder ? child->folder : ".");
    return WEXITSTATUS(status);
}

int tb_child_run(const struct tb_child *child, struct tb_buf *said, struct tb_error *err)
{
    int fd[2], rc;
    pid_t pid;

    if (pipe2(fd, O_CLOEXEC) < 0)
        return tb_error_errno(err, "cannot make a pipe");
    pid = fork();
    if (pid == 0)
        become(child, fd[1]);
    if (pid < 0)
        rc = tb_error_errno(err, "cannot start %s", child->program);
    close(fd[1]);
    if (pid > 0)
        rc = attend(child, pid, fd[0], said, err);
    close(fd[0]);
    return rc;
}
