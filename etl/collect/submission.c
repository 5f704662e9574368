/* submission.c - archive -> bytes -> text -> form -> rows -> store. */
#include "collect/submission.h"

#include <stdlib.h>
#include <string.h>

#include "collect/content.h"
#include "collect/conversion.h"
#include "collect/form.h"
#include "collect/rows.h"
#include "collect/store.h"
#include "tongbao/arrivals.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/infile.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/text.h"

enum { BLOCK = 1 << 20 };

static const size_t LIMIT = (size_t)TB_SUBMISSION_MIB << 20;

/* One file-level reject: the whole file is not taken, its lines are rejected rows. */
static int refuse_file(struct tb_summary *summary, const struct tb_buf *bytes,
                       enum tb_reason reason, const char *text, const char *expected,
                       struct tb_error *err)
{
    const struct tb_reject reject = { .reason = reason, .text = text, .expected = expected };
    uint64_t lines = 0;
    const char *end = bytes->data + bytes->len;

    for (const char *s = bytes->data; s && s < end; lines++) {
        const char *lf = memchr(s, '\n', (size_t)(end - s));
        s = lf ? lf + 1 : end;
    }
    summary->account = (struct tb_account){ .rows_in = lines, .rows_rejected = lines };
    return tb_rejects_add(&summary->rejects, &reject, err);
}

/* Reads all that can be read: 0 at a good end, 1 when the content is damaged, 2
 * when there is too much of it, -1 when memory is out or the device fails; *why
 * says unless it is 0 or 2. */
static int read_content(struct tb_infile *file, struct tb_buf *out, struct tb_error *why)
{
    int64_t n = 0;

    do {
        if (tb_buf_reserve(out, BLOCK) < 0)
            return tb_error_set(why, "out of memory");
        n = tb_infile_read(file, out->data + out->len, BLOCK, why);
        if (n > 0) {
            out->len += (size_t)n;
            out->data[out->len] = '\0';
        }
    } while (n > 0 && out->len <= LIMIT);
    if (n < 0)
        return tb_infile_is_damaged(file) ? 1 : -1;
    return out->len > LIMIT ? 2 : 0;
}

static bool is_gzip(const struct tb_buf *bytes)
{
    return bytes->len >= 2 && memcmp(bytes->data, "\x1f\x8b", 2) == 0;
}

/* A sender's gzip inside the archive's own. */
static int unpack(struct tb_buf *bytes, struct tb_error *why)
{
    struct tb_buf inner = TB_BUF_INIT;
    struct tb_infile *file = tb_infile_from_memory(bytes->data, bytes->len, why);
    int rc = file ? read_content(file, &inner, why) : -1;

    tb_infile_close(file);
    tb_buf_release(bytes);
    *bytes = inner;
    return rc;
}

/* The submission's bytes, unpacked.  1: they are there; 0: refused; -1: failure
 * (an original that cannot be read from the archive is ours, not the sender's). */
static int load(const char *data, const struct tb_arrival *arrival, struct tb_buf *bytes,
                struct tb_summary *summary, struct tb_error *err)
{
    char *path = tb_archive_path(data, arrival->sha256);
    struct tb_infile *file = path ? tb_infile_open(path, err) : NULL;
    struct tb_error why = TB_ERROR_INIT;
    int rc = file ? read_content(file, bytes, err) : -1;

    tb_infile_close(file);
    if (!path)
        tb_error_set(err, "out of memory");
    free(path);
    if (rc == 1 || rc < 0)
        return tb_error_prefix(err, "original of arrival %u", (unsigned)arrival->number);
    if (rc == 0 && is_gzip(bytes))
        rc = unpack(bytes, &why);
    if (rc < 0)
        return tb_error_set(err, "%s", why.text);
    if (rc > 0) {
        enum tb_reason reason = rc == 1 ? TB_REASON_FILE_DAMAGED : TB_REASON_FILE_TOO_LARGE;
        return refuse_file(summary, bytes, reason, arrival->name, NULL, err);
    }
    return 1;
}

/* Bytes -> UTF-8, by the encoding that is declared (NULL: found).  1: done; 0:
 * refused; -1: failure. */
static int decode(const char *declared, const struct tb_buf *bytes, struct tb_buf *text,
                  struct tb_summary *summary, struct tb_error *err)
{
    const char *guessed = tb_text_guess_encoding(bytes->data, bytes->len);
    bool has_bom = (bytes->len >= 3 && memcmp(bytes->data, "\xef\xbb\xbf", 3) == 0) ||
                   strncmp(guessed, "UTF-16", 6) == 0;
    const char *encoding = declared && declared[0] && !has_bom ? declared : guessed;
    size_t n_bad = 0, first_bad = 0;
    char count[24];

    if (tb_text_decode(bytes->data, bytes->len, encoding, text, &n_bad, &first_bad, err) < 0) {
        if (text->failed)
            return -1;
        return refuse_file(summary, bytes, TB_REASON_FILE_ENCODING, encoding, NULL, err);
    }
    /* More than one byte in fifty: the encoding is another one, or it is no text. */
    if (n_bad * 50 > bytes->len)
        return refuse_file(summary, bytes, TB_REASON_FILE_ENCODING, encoding, NULL, err);
    if (n_bad > 0) {
        snprintf(count, sizeof count, "%zu", n_bad);
        const struct tb_reject remark = { .reason = TB_REMARK_BYTES_REPLACED,
                                          .text = count,
                                          .expected = encoding };
        if (tb_rejects_add(&summary->rejects, &remark, err) < 0)
            return -1;
    }
    return 1;
}

static int read_text(const struct tb_profile *profile, const struct tb_arrival *arrival,
                     const struct tb_buf *text, const char *segment, struct tb_segment_writer **writer,
                     struct tb_summary *summary, struct tb_error *err)
{
    static const struct tb_reject by_heads = { .reason = TB_REMARK_FORM_BY_HEADS };
    struct tb_choice choice;
    struct tb_buf expected = TB_BUF_INIT;
    enum tb_reason why;
    int rc = tb_form_choose(profile, arrival->name, arrival->sender, text->data, text->len, &choice,
                            &why, &expected, err);

    if (rc > 0) {
        summary->form = tb_arena_strdup(&summary->arena, choice.plan.form->code);
        rc = summary->form ? 0 : tb_error_set(err, "out of memory");
        if (rc == 0)
            rc = tb_rows_read(profile, &choice.plan, text->data, text->len, choice.delimiter,
                              segment, writer, summary, err);
        if (rc == 0 && choice.by_heads)
            rc = tb_rejects_add(&summary->rejects, &by_heads, err);
        tb_plan_release(&choice.plan);
    } else if (rc == 0) {
        rc = refuse_file(summary, text, why, arrival->name, tb_buf_text(&expected), err);
    }
    tb_buf_release(&expected);
    return rc;
}

/* The text that a converter made of what is no text, in the place of its bytes.
 * 1: it is there; 0: refused, *passing when that may not hold tomorrow; -1. */
static int convert(const char *data, const struct tb_profile *profile,
                   const struct tb_arrival *arrival, struct tb_buf *bytes, bool *passing,
                   struct tb_summary *summary, struct tb_error *err)
{
    struct tb_converted converted;
    int rc;

    if (tb_conversion_make(data, profile, arrival, &converted, err) < 0)
        return -1;
    if (converted.path) {
        tb_buf_clear(bytes);
        rc = tb_infile_slurp(converted.path, LIMIT, bytes, err) < 0 ? -1 : 1;
    } else {
        *passing = converted.passing;
        rc = refuse_file(summary, bytes, converted.reason, tb_buf_text(&converted.text),
                         tb_buf_text(&converted.expected), err);
    }
    tb_converted_release(&converted);
    return rc;
}

/* A reading from the original; *passing: what came of it is not to be kept. */
static int read_original(const char *data, const struct tb_profile *profile,
                         const struct tb_arrival *arrival, const char *segment,
                         struct tb_segment_writer **writer, bool *passing,
                         struct tb_summary *summary, struct tb_error *err)
{
    const char *declared = tb_form_encoding(profile, arrival->name);
    struct tb_buf bytes = TB_BUF_INIT, text = TB_BUF_INIT;
    int rc = load(data, arrival, &bytes, summary, err);

    if (rc > 0 && bytes.len == 0) {
        rc = refuse_file(summary, &bytes, TB_REASON_FILE_EMPTY, NULL, NULL, err);
    } else if (rc > 0 && tb_content_of(bytes.data, bytes.len, declared).name) {
        rc = convert(data, profile, arrival, &bytes, passing, summary, err);
        declared = NULL; /* what the sender wrote in, the converter does not */
    }
    if (rc > 0)
        rc = decode(declared, &bytes, &text, summary, err);
    tb_buf_release(&bytes);
    if (rc > 0)
        rc = read_text(profile, arrival, &text, segment, writer, summary, err);
    tb_buf_release(&text);
    return rc;
}

/* A refusal that may not hold tomorrow is told as it is, and not kept. */
static int without_store(struct tb_summary *summary, struct tb_error *err)
{
    summary->form = tb_arena_strdup(&summary->arena, "");
    if (summary->form)
        return 0;
    tb_summary_release(summary);
    return tb_error_set(err, "out of memory");
}

int tb_submission_collect(const char *data, const struct tb_profile *profile,
                          const struct tb_arrival *arrival, char key[TB_DIGEST_TEXT],
                          struct tb_summary *summary, struct tb_error *err)
{
    struct tb_segment_writer *writer = NULL;
    bool passing = false;

    if (tb_store_key(profile, arrival, key, err) < 0)
        return -1;
    int rc = tb_store_load(data, key, summary, err);
    if (rc != 0)
        return rc < 0 ? -1 : 0;
    char *segment = tb_store_segment_path(data, key);
    rc = segment ? read_original(data, profile, arrival, segment, &writer, &passing, summary, err)
                 : tb_error_set(err, "out of memory");
    free(segment);
    if (rc == 0 && passing)
        return without_store(summary, err);
    if (rc == 0)
        rc = tb_store_save(data, key, writer, summary, err);
    tb_segment_writer_free(writer);
    tb_summary_release(summary);
    if (rc < 0)
        return tb_error_prefix(err, "%s", arrival->name);
    /* Read back, so that a kept reading and a fresh one cannot differ. */
    rc = tb_store_load(data, key, summary, err);
    return rc > 0   ? 0
           : rc < 0 ? -1
                    : tb_error_set(err, "%s: what was stored cannot be read back", arrival->name);
}
