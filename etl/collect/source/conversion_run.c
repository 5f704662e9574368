/* conversion_run.c - a converter in a folder of its own.
 *
 * The folder is segments/<original>.<command>.tmp: a night that dies leaves it to
 * the next, which removes it (leftovers.c).  Names in it are ours, and the child
 * sees only them, so that what a converter says of a file is the same wherever
 * the archive lies.
 */
#include "collect/source/conversion_run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tongbao/child.h"
#include "tongbao/conversion.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/text.h"

enum { SAID_BYTES = 4000, BLOCK = 64 * 1024, OPEN_FILES = 256, N_ENVIRONMENT = 6 };

struct running {
    const struct tb_profile *profile;
    const struct tb_converter *converter;
    char *program;  /* the file that runs */
    char *folder;   /* absolute */
    char *in, *out; /* names in the folder */
    char **argv;
    char *environment[N_ENVIRONMENT];
    /* the text on its way into the archive */
    struct tb_newfile *file;
    struct tb_digest *digest;
    uint64_t bytes;
    bool too_much, failed;
    struct tb_error *err; /* says why when failed */
    struct tb_buf said;   /* on standard error */
};

/* --- the text --- */

static int take_text(void *user, const char *bytes, size_t len)
{
    struct running *r = user;

    r->too_much = r->bytes + len > (uint64_t)r->profile->set.converter_max_mib << 20;
    if (r->too_much)
        return -1;
    r->bytes += len;
    tb_digest_add(r->digest, bytes, len);
    r->failed = tb_newfile_add(r->file, bytes, len, r->err) < 0;
    return r->failed ? -1 : 0;
}

/* What it wrote to {out}; a link or a device is nothing.  No file is no text. */
static int take_file(struct running *r, struct tb_error *err)
{
    char *path = tb_path("%s/%s", r->folder, r->out), *block = malloc(BLOCK);
    int fd = path ? open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1;
    struct stat st;
    ssize_t n = 0;

    if (path && block && fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        do
            n = read(fd, block, BLOCK);
        while ((n < 0 && errno == EINTR) || (n > 0 && take_text(r, block, (size_t)n) == 0));
    }
    int rc = !path || !block ? tb_error_set(err, "out of memory")
             : n < 0         ? tb_error_errno(err, "cannot read '%s'", path)
                             : 0;
    if (fd >= 0)
        close(fd);
    free(block);
    free(path);
    return rc;
}

/* Whether {out} is larger than it may be, however the child ended over it. */
static bool file_is_too_large(const struct running *r)
{
    char *path = tb_path("%s/%s", r->folder, r->out);
    struct stat st;
    bool large = path && lstat(path, &st) == 0 &&
                 (uint64_t)st.st_size > (uint64_t)r->profile->set.converter_max_mib << 20;

    free(path);
    return large;
}

/* --- the folder and what the child is given --- */

/* A word of the command with {in} and {out} in it replaced. */
static char *word_of(const struct running *r, const char *word)
{
    struct tb_buf text = TB_BUF_INIT;

    while (*word) {
        bool is_in = strncmp(word, "{in}", 4) == 0, is_out = strncmp(word, "{out}", 5) == 0;
        if (is_in || is_out)
            tb_buf_puts(&text, is_in ? r->in : r->out);
        else
            tb_buf_putc(&text, *word);
        word += is_in ? 4 : is_out ? 5 : 1;
    }
    if (text.len == 0)
        tb_buf_puts(&text, "");
    return tb_buf_take(&text);
}

static bool make_words(struct running *r)
{
    const struct tb_strings *words = &r->converter->words;
    const char *path = getenv("PATH");

    r->in = tb_path("table%s", r->converter->extension);
    r->out = tb_path(strcmp(r->converter->extension, ".csv") ? "table.csv" : "table.text");
    r->argv = calloc(words->n + 1, sizeof *r->argv);
    r->environment[0] = tb_path("PATH=%s", path ? path : "/usr/bin:/bin");
    r->environment[1] = tb_path("HOME=%s", r->folder);
    r->environment[2] = tb_path("TMPDIR=%s", r->folder);
    r->environment[3] = tb_path("LC_ALL=C.UTF-8");
    r->environment[4] = tb_path("TZ=UTC");
    bool ok = r->in && r->out && r->argv;
    for (int i = 0; i + 1 < N_ENVIRONMENT; i++)
        ok = ok && r->environment[i];
    for (size_t i = 0; ok && i < words->n; i++) {
        r->argv[i] = word_of(r, words->item[i]);
        ok = r->argv[i] != NULL;
    }
    return ok;
}

static int make_folder(struct running *r, const char *data, const char *original,
                       const struct tb_buf *bytes, struct tb_error *err)
{
    char *path = tb_path("%s/segments/%.16s.%.8s.tmp", data, original, r->converter->digest);
    char *in = NULL;
    int rc = -1;

    if (!path) {
        tb_error_set(err, "out of memory");
    } else if (tb_fs_remove_tree(path, err) == 0) {
        r->folder = mkdir(path, 0700) == 0 ? realpath(path, NULL) : NULL;
        if (!r->folder)
            tb_error_errno(err, "cannot make folder '%s'", path);
        else if (!make_words(r) || !(in = tb_path("%s/%s", r->folder, r->in)))
            tb_error_set(err, "out of memory");
        else
            rc = tb_newfile_write(in, tb_buf_text(bytes), bytes->len, err);
    }
    free(in);
    free(path);
    return rc;
}

static int release(struct running *r, struct tb_error *err)
{
    int rc = r->folder ? tb_fs_remove_tree(r->folder, err) : 0;

    for (size_t i = 0; r->argv && i < r->converter->words.n; i++)
        free(r->argv[i]);
    for (int i = 0; i < N_ENVIRONMENT; i++)
        free(r->environment[i]);
    free(r->argv);
    free(r->in);
    free(r->out);
    free(r->folder);
    free(r->program);
    tb_newfile_free(r->file);
    tb_digest_free(r->digest);
    tb_buf_release(&r->said);
    return rc;
}

/* --- refusals --- */

static int refuse(struct tb_converted *out, enum tb_reason reason, bool passing)
{
    out->reason = reason;
    out->passing = passing;
    return 0;
}

static int refuse_absent(const struct tb_converter *converter, struct tb_converted *out)
{
    const char *program = converter->words.n ? converter->words.item[0] : "";
    const char *package = tb_converter_package(program);

    tb_buf_puts(&out->text, program);
    if (package)
        tb_buf_printf(&out->expected, "package %s", package);
    return refuse(out, TB_REASON_FILE_NO_CONVERTER, true);
}

/* The first lines of what it said, as one, without the name of its folder. */
static void put_said(const struct running *r, struct tb_buf *out)
{
    struct tb_buf line = TB_BUF_INIT;
    const char *at = tb_buf_text(&r->said);
    size_t folder = strlen(r->folder);

    while (*at) {
        if (strncmp(at, r->folder, folder) == 0 && at[folder] == '/')
            at += folder + 1;
        else if (*at != '\n')
            tb_buf_putc(&line, *at++);
        else if (*++at)
            tb_buf_puts(&line, " / ");
    }
    if (line.len > 0) {
        tb_buf_puts(out, ": ");
        tb_escape_terminal(out, tb_buf_text(&line), line.len);
    }
    out->failed |= line.failed;
    tb_buf_release(&line);
}

static int refuse_failed(const struct running *r, const struct tb_child_fate *fate,
                         struct tb_converted *out)
{
    bool exited = fate->end == TB_CHILD_EXITED;

    if (exited && fate->code == 0)
        tb_buf_puts(&out->text, "no text");
    else
        tb_buf_printf(&out->text, "%s %d", exited ? "exit" : "signal", fate->code);
    put_said(r, &out->text);
    /* A program that is mended or made anew may do better: it is tried every night. */
    return refuse(out, TB_REASON_FILE_CONVERTER_FAILED, true);
}

/* 1: it ended well; 0: refused; -1. */
static int judge(struct running *r, const struct tb_child_fate *fate, struct tb_converted *out,
                 struct tb_error *err)
{
    const struct tb_settings *set = &r->profile->set;
    int signal = fate->end == TB_CHILD_SIGNALLED ? fate->code : 0;

    if (r->failed)
        return -1;
    if (r->said.failed)
        return tb_error_set(err, "out of memory");
    if (r->too_much || signal == SIGXFSZ) {
        tb_buf_printf(&out->expected, "%d MiB", set->converter_max_mib);
        return refuse(out, TB_REASON_FILE_CONVERTER_TOO_MUCH, false);
    }
    if (fate->end == TB_CHILD_SLOW || signal == SIGXCPU) {
        tb_buf_printf(&out->expected, "%d s", set->converter_timeout);
        return refuse(out, TB_REASON_FILE_CONVERTER_SLOW, true);
    }
    if (fate->end != TB_CHILD_EXITED || fate->code != 0 || r->bytes == 0)
        return refuse_failed(r, fate, out);
    return 1;
}

/* --- running --- */

static int run(struct running *r, struct tb_converted *out, struct tb_error *err)
{
    const struct tb_settings *set = &r->profile->set;
    struct tb_child_text said = { &r->said, SAID_BYTES };
    struct tb_error why = TB_ERROR_INIT;
    struct tb_child child = {
        .program = r->program,
        .argv = (const char *const *)r->argv,
        .environment = (const char *const *)r->environment,
        .folder = r->folder,
        .apart = true,
        .timeout_ms = set->converter_timeout * 1000,
        .limits = { .memory_bytes = (uint64_t)set->converter_memory_mib << 20,
                    .file_bytes = ((uint64_t)set->converter_max_mib << 20) + BLOCK,
                    .cpu_s = (unsigned)set->converter_timeout + 1,
                    .files = OPEN_FILES },
        .err = { tb_child_keep, &said },
    };
    struct tb_child_fate fate = { TB_CHILD_EXITED, 0 };

    if (!r->converter->to_file)
        child.out = (struct tb_child_stream){ take_text, r };
    if (tb_child_run(&child, &fate, &why) < 0) {
        tb_buf_puts(&out->text, why.text);
        return refuse(out, TB_REASON_FILE_CONVERTER_FAILED, true);
    }
    r->too_much = r->too_much || (r->converter->to_file && file_is_too_large(r));
    if (r->converter->to_file && !r->too_much && fate.end == TB_CHILD_EXITED && fate.code == 0 &&
        take_file(r, err) < 0)
        return -1;
    return judge(r, &fate, out, err);
}

/* The text first, then the note that says that it is whole. */
static int keep(struct running *r, const char *data, const char *original, struct tb_error *err)
{
    struct tb_conversion_note note = { .original = original,
                                       .command = r->converter->command,
                                       .program = r->program,
                                       .bytes = r->bytes };
    char *path = tb_conversion_note_path(data, original, r->converter);
    char *folder = tb_path("%s/archive/%.2s", data, original);
    int rc = -1;

    tb_digest_finish(r->digest, note.sha256);
    if (!path || !folder)
        tb_error_set(err, "out of memory");
    else if (tb_newfile_commit(r->file, err) == 0 &&
             tb_conversion_note_write(path, &note, err) == 0 && tb_fs_sync_dir(folder, err) == 0)
        rc = 1;
    free(folder);
    free(path);
    return rc;
}

int tb_conversion_run(const char *data, const struct tb_profile *profile,
                      const struct tb_converter *converter, const char *original,
                      const struct tb_buf *bytes, struct tb_converted *out, struct tb_error *err)
{
    struct running r = { .profile = profile, .converter = converter, .err = err };
    char *text = tb_conversion_text_path(data, original, converter);
    int rc = -1;

    r.program = converter->words.n ? tb_child_find(converter->words.item[0]) : NULL;
    r.digest = tb_digest_new();
    if (!text || !r.digest) {
        tb_error_set(err, "out of memory");
    } else if (!r.program) {
        rc = refuse_absent(converter, out);
    } else if (make_folder(&r, data, original, bytes, err) == 0 &&
               (r.file = tb_newfile_open(text, TB_NEWFILE_GZIP, err)) != NULL) {
        rc = run(&r, out, err);
        if (rc > 0)
            rc = keep(&r, data, original, err);
    }
    free(text);
    if (release(&r, rc < 0 ? NULL : err) < 0)
        rc = -1;
    return rc;
}
