/* withdrawal.c - NAME.withdraw: which submissions count no longer, and why. */
#include "collect/inbox/withdrawal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/infile.h"
#include "tongbao/map.h"
#include "tongbao/text.h"

enum {
    REASON_READ = 2048, /* bytes of the file that are looked at */
    REASON_KEPT = 200,  /* characters of it that are kept */
};

static const char ENDING[] = ".withdraw";

bool tb_is_withdrawal(const char *name)
{
    size_t len = strlen(name), n = sizeof ENDING - 1;

    return len > n && strcmp(name + len - n, ENDING) == 0;
}

/* --- which --- */

struct finding {
    struct tb_map *by_name;  /* sender/name -> slot */
    int64_t *latest;         /* slot -> latest outcome of that name + 1 */
    int64_t *before;         /* outcome -> the one of the same name before it + 1 */
    struct tb_arena arena;
    struct tb_buf key;
};

/* The slot of a sender's file name, of which only the first `len` bytes count;
 * -2 when memory is out. */
static int64_t slot_of(struct finding *f, const char *sender, const char *name, size_t len)
{
    tb_buf_clear(&f->key);
    tb_buf_puts(&f->key, sender);
    tb_buf_putc(&f->key, '/');
    tb_buf_add(&f->key, name, len);
    if (f->key.failed)
        return -2;
    return tb_map_add(f->by_name, f->key.data, f->key.len, (int64_t)tb_map_count(f->by_name));
}

/* The latest withdrawal before it of the same name and content, when none of them
 * has gone its way: it tells another addressee what was told before. */
static int64_t told_before(const struct finding *f, const struct tb_outcome *outcome, size_t i,
                           int64_t latest)
{
    for (int64_t at = latest; at >= 0; at = f->before[at] - 1) {
        if (strcmp(outcome[at].arrival->sha256, outcome[i].arrival->sha256) != 0)
            break;
        if (outcome[at].way == outcome[i].way)
            return TB_NO_OUTCOME;
    }
    return latest >= 0 && strcmp(outcome[latest].arrival->sha256, outcome[i].arrival->sha256) == 0
               ? latest
               : TB_NO_OUTCOME;
}

/* Everything of that name that still counts; withdrawals do not.  one_way: only what
 * went the way of the withdrawal. */
static int take_back(struct finding *f, struct tb_outcome *outcome, size_t i, bool one_way)
{
    const struct tb_arrival *a = outcome[i].arrival;
    int64_t slot = slot_of(f, a->sender, a->name, strlen(a->name) - (sizeof ENDING - 1));

    if (slot < 0)
        return -1;
    for (int64_t at = f->latest[slot] - 1; at >= 0; at = f->before[at] - 1) {
        if (tb_is_withdrawal(outcome[at].arrival->name))
            break;
        if (outcome[at].withdrawn_by >= 0 || (one_way && outcome[at].way != outcome[i].way))
            continue;
        outcome[at].withdrawn_by = (int64_t)i;
        if (outcome[i].withdraws < 0)
            outcome[i].withdraws = at;
    }
    return 0;
}

static int find_one(struct finding *f, struct tb_outcome *outcome, size_t i)
{
    const struct tb_arrival *a = outcome[i].arrival;
    bool is_withdrawal = tb_is_withdrawal(a->name);
    int64_t slot = slot_of(f, a->sender, a->name, strlen(a->name));

    if (slot < 0)
        return -1;
    int64_t before = f->latest[slot] - 1;
    bool is_copy = is_withdrawal && told_before(f, outcome, i, before) >= 0;
    if (is_withdrawal && take_back(f, outcome, i, is_copy) < 0)
        return -1;
    f->before[i] = f->latest[slot];
    f->latest[slot] = (int64_t)i + 1;
    if (is_withdrawal && outcome[i].withdraws < 0 && before >= 0 &&
        strcmp(outcome[before].arrival->sha256, a->sha256) == 0) {
        outcome[i].duplicate_of =
            outcome[before].duplicate_of >= 0 ? outcome[before].duplicate_of : before;
        outcome[i].is_copy = is_copy;
    }
    return 0;
}

int tb_withdrawals_find(struct tb_outcome *outcome, size_t n, struct tb_error *err)
{
    struct finding f = { .by_name = tb_map_new() };
    int rc = -1;

    for (size_t i = 0; i < n; i++) {
        outcome[i].duplicate_of = TB_NOT_DUPLICATE;
        outcome[i].withdraws = outcome[i].withdrawn_by = TB_NO_OUTCOME;
    }
    /* A withdrawal may add the name that it takes back: two slots an arrival. */
    f.latest = tb_arena_alloc(&f.arena, 2 * n + 1, sizeof *f.latest);
    f.before = tb_arena_alloc(&f.arena, n + 1, sizeof *f.before);
    if (f.by_name && f.latest && f.before) {
        rc = 0;
        for (size_t i = 0; i < n && rc == 0; i++)
            rc = find_one(&f, outcome, i);
    }
    tb_map_free(f.by_name);
    tb_buf_release(&f.key);
    tb_arena_release(&f.arena);
    return rc < 0 ? tb_error_set(err, "out of memory for the list of arrivals") : 0;
}

/* --- why --- */

static int read_start(const char *path, struct tb_buf *bytes, struct tb_error *err)
{
    struct tb_infile *file = tb_infile_open(path, err);
    char block[512];
    int64_t n = file ? 1 : -1;

    while (n > 0 && bytes->len < REASON_READ) {
        n = tb_infile_read(file, block, sizeof block, err);
        if (n > 0)
            tb_buf_add(bytes, block, (size_t)n);
    }
    tb_infile_close(file);
    return n < 0 ? -1 : tb_buf_ok(bytes, err) ? 0 : -1;
}

/* Appends the text as one line: blanks, line ends and control characters become
 * one blank; cut between characters. */
static void put_line(const struct tb_buf *text, struct tb_buf *out)
{
    size_t chars = 0;
    bool blank = false;

    for (size_t i = 0; i < text->len; i++) {
        unsigned char c = (unsigned char)text->data[i];
        bool begins = (c & 0xc0) != 0x80;
        if (c <= ' ' || c == 0x7f) {
            blank = out->len > 0;
            continue;
        }
        if (begins && chars++ == REASON_KEPT) {
            tb_buf_puts(out, "…");
            return;
        }
        if (blank)
            tb_buf_putc(out, ' ');
        blank = false;
        tb_buf_putc(out, (char)c);
    }
}

static int put_reason(const struct tb_buf *bytes, struct tb_buf *out, struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;
    size_t bad = 0, at = 0;

    if (bytes->len > 0 &&
        tb_text_decode(bytes->data, bytes->len, tb_text_guess_encoding(bytes->data, bytes->len),
                       &text, &bad, &at, err) < 0) {
        tb_buf_release(&text);
        return -1;
    }
    put_line(&text, out);
    bool ok = !text.failed && tb_buf_ok(out, err);
    tb_buf_release(&text);
    return ok ? 0 : tb_error_set(err, "out of memory");
}

static int keep_reason(const char *data, struct tb_outcome *outcome, struct tb_error *err)
{
    char *path = tb_archive_path(data, outcome->arrival->sha256);
    struct tb_buf bytes = TB_BUF_INIT, reason = TB_BUF_INIT;
    int rc = path ? read_start(path, &bytes, err) : tb_error_set(err, "out of memory");

    if (rc == 0)
        rc = put_reason(&bytes, &reason, err);
    if (rc == 0) {
        outcome->summary.note = tb_arena_strdup(&outcome->summary.arena, tb_buf_text(&reason));
        rc = outcome->summary.note ? 0 : tb_error_set(err, "out of memory");
    }
    tb_buf_release(&bytes);
    tb_buf_release(&reason);
    free(path);
    return rc;
}

int tb_withdrawal_collect(const char *data, struct tb_outcome *outcome, size_t i,
                          struct tb_error *err)
{
    struct tb_outcome *self = &outcome[i];
    const char *name = self->arrival->name;

    self->summary.form = "";
    if (keep_reason(data, self, err) < 0)
        return -1;
    if (self->withdraws >= 0) {
        const struct tb_summary *of = &outcome[self->withdraws].summary;
        self->summary.form = of->form;
        self->summary.has_period = of->has_period;
        self->summary.period = of->period;
        self->summary.periods = of->periods;
        return 0;
    }
    char *of = strndup(name, strlen(name) - (sizeof ENDING - 1));
    const struct tb_reject reject = { .reason = TB_REASON_WITHDRAWAL_NOTHING, .text = of };
    int rc = of ? tb_summary_reject(&self->summary, &reject, err)
                : tb_error_set(err, "out of memory");
    free(of);
    return rc;
}

void tb_withdrawn_empty(struct tb_summary *summary)
{
    uint64_t rows = summary->account.rows_in;

    summary->account = (struct tb_account){ .rows_in = rows, .rows_ignored = rows };
    summary->has_segment = false;
    tb_summary_ignore_whole(summary, TB_IGNORED_WITHDRAWN);
}
