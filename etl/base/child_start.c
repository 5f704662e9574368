/* child_start.c - what a child is before it is another program: its streams,
 * its limits, what it may not do.
 *
 * fork and not posix_spawn, because limits and the filter have to be set between
 * the two steps; between them only calls are made that are safe in a threaded
 * program.  Why exec failed comes back through a pipe that exec closes.
 *
 * Build with -DTB_NO_SECCOMP to leave the filter out.
 */
#include "base/child_start.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tongbao/error.h"

#ifdef __linux__
#include <sys/prctl.h>
#endif

extern char **environ;

#if defined(__linux__) && !defined(TB_NO_SECCOMP) && (defined(__x86_64__) || defined(__aarch64__))
#define HAVE_FILTER 1
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/syscall.h>
#endif

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

enum { STATUS_FD = STDERR_FILENO + 1 };

/* The ends of the pipes: [0] is ours, [1] the child's; -1 where there is none. */
struct pipes {
    int out[2], err[2], status[2];
};

static void fail(int status)
{
    int why = errno;

    if (write(status, &why, sizeof why) < 0)
        _exit(126);
    _exit(127);
}

static bool limit(int resource, uint64_t most)
{
    const struct rlimit both = { .rlim_cur = (rlim_t)most, .rlim_max = (rlim_t)most };

    return most == 0 || setrlimit(resource, &both) == 0;
}

static bool set_limits(const struct tb_child_limits *limits)
{
    return limit(RLIMIT_AS, limits->memory_bytes) && limit(RLIMIT_FSIZE, limits->file_bytes) &&
           limit(RLIMIT_CPU, limits->cpu_s) && limit(RLIMIT_NOFILE, limits->files);
}

static bool leads(int from, int to)
{
    return from < 0 || dup2(from, to) >= 0;
}

/* Nothing of ours but the three streams and the pipe that exec closes. */
static bool set_apart(const struct pipes *pipes)
{
    static const struct rlimit no_core = { 0, 0 };
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    setpgid(0, 0);
    setrlimit(RLIMIT_CORE, &no_core);
    signal(SIGPIPE, SIG_DFL);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        !leads(pipes->out[1] < 0 ? nothing : -1, STDOUT_FILENO) ||
        !leads(pipes->err[1] < 0 ? nothing : -1, STDERR_FILENO))
        return false;
    if (pipes->status[1] != STATUS_FD && dup3(pipes->status[1], STATUS_FD, O_CLOEXEC) < 0)
        return false;
#ifdef __linux__
    close_range(STATUS_FD + 1, ~0u, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
#endif
    return true;
}

/* In the child: only async-signal-safe calls. */
static void become(const struct tb_child *child, const struct pipes *pipes)
{
    char *const *environment = child->environment ? (char *const *)child->environment : environ;
    int status = pipes->status[1];
    sigset_t none;

    if (!leads(pipes->out[1], STDOUT_FILENO) || !leads(pipes->err[1], STDERR_FILENO) ||
        (child->folder && chdir(child->folder) < 0))
        fail(status);
    if (child->apart) {
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        if (!set_apart(pipes))
            fail(status);
        status = STATUS_FD;
    }
    if (!set_limits(&child->limits))
        fail(status);
    if (child->no_processes)
        forbid_processes();
    execve(child->program, (char *const *)child->argv, environment);
    fail(status);
}

/* Above the three standard streams, which may be closed: then a pipe would be one. */
static int make_pipe(int fd[2])
{
    if (pipe2(fd, O_CLOEXEC) < 0)
        return -1;
    for (int i = 0; i < 2; i++) {
        if (fd[i] > STDERR_FILENO)
            continue;
        int higher = fcntl(fd[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        if (higher < 0)
            return -1;
        close(fd[i]);
        fd[i] = higher;
    }
    return 0;
}

static void close_one(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void close_ends(struct pipes *pipes, int end)
{
    close_one(&pipes->out[end]);
    close_one(&pipes->err[end]);
    close_one(&pipes->status[end]);
}

/* 0 when exec succeeded, else errno as the child had it. */
static int why_not(int status)
{
    int why = 0;
    ssize_t n;

    do
        n = read(status, &why, sizeof why);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof why ? why : 0;
}

int tb_child_start(const struct tb_child *child, pid_t *pid, int *out, int *err_fd,
                   struct tb_error *err)
{
    struct pipes pipes = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
    int rc = -1;

    if ((child->out.take && make_pipe(pipes.out) < 0) ||
        (child->err.take && make_pipe(pipes.err) < 0) || make_pipe(pipes.status) < 0) {
        tb_error_errno(err, "cannot make a pipe");
    } else if ((*pid = fork()) < 0) {
        tb_error_errno(err, "cannot start a process for '%s'", child->program);
    } else {
        if (*pid == 0)
            become(child, &pipes);
        if (child->apart)
            setpgid(*pid, *pid); /* as the child does: whoever comes first */
        close_ends(&pipes, 1);
        errno = why_not(pipes.status[0]);
        rc = errno ? tb_error_errno(err, "cannot run '%s'", child->program) : 0;
        while (rc < 0 && waitpid(*pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    if (rc == 0) {
        close_one(&pipes.status[0]);
        *out = pipes.out[0];
        *err_fd = pipes.err[0];
        return 0;
    }
    close_ends(&pipes, 0);
    close_ends(&pipes, 1);
    return -1;
}
