/* source.c - archive's gzip -> sender's gzip -> bytes -> text. */
#include "collect/source/source.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/error.h"
#include "tongbao/infile.h"

enum { BLOCK = 256 * 1024, HEAD = 1 << 20, DEEP_HEAD = 64 << 20 };

static void close_files(struct tb_source *s)
{
    tb_infile_close(s->file);
    tb_infile_close(s->outer);
    s->file = s->outer = NULL;
}

void tb_source_release(struct tb_source *s)
{
    close_files(s);
    tb_decoder_close(&s->decoder);
    tb_buf_release(&s->raw);
    tb_buf_release(&s->head);
    free(s->path);
    *s = (struct tb_source){ 0 };
}

static int open_files(struct tb_source *s, struct tb_error *err)
{
    close_files(s);
    tb_buf_clear(&s->raw);
    s->n_raw = 0;
    s->at_end = s->touched = false;
    s->state = TB_SOURCE_GOOD;
    s->outer = tb_infile_open(s->path, err);
    s->file = s->outer ? tb_infile_over(s->outer, err) : NULL;
    return s->file ? 0 : -1;
}

/* The next bytes, at most `size`: how many, 0 at the end or where the state says
 * why there are no more; -1: the file cannot be read. */
static int64_t read_bytes(struct tb_source *s, char *bytes, size_t size, struct tb_error *err)
{
    int64_t n = s->at_end ? 0 : tb_infile_read(s->file, bytes, size, err);

    if (n < 0 && !tb_infile_is_damaged(s->file))
        return -1;
    if (n < 0)
        s->state = TB_SOURCE_DAMAGED;
    if (n <= 0) {
        s->at_end = true;
        return 0;
    }
    if ((uint64_t)n > s->limit - s->n_raw) {
        n = (int64_t)(s->limit - s->n_raw);
        s->state = TB_SOURCE_TOO_LARGE;
        s->at_end = true;
    }
    s->n_raw += (uint64_t)n;
    return n;
}

/* Appends a block to `raw`. */
static int fill(struct tb_source *s, struct tb_error *err)
{
    size_t before = s->raw.len;

    if (tb_buf_reserve(&s->raw, BLOCK) < 0)
        return tb_error_set(err, "out of memory");
    int64_t n = read_bytes(s, s->raw.data + before, BLOCK, err);
    if (n < 0)
        return -1;
    s->raw.len += (size_t)n;
    s->raw.data[s->raw.len] = '\0';
    if (s->encoding && !s->decoder.is_utf8)
        tb_utf8_judge_add(&s->judge, s->raw.data + before, (size_t)n);
    return 0;
}

static int fill_head(struct tb_source *s, struct tb_error *err)
{
    while (!s->at_end && s->raw.len < HEAD) {
        if (fill(s, err) < 0)
            return -1;
    }
    return 0;
}

int tb_source_open(struct tb_source *s, const char *path, uint64_t limit, struct tb_error *err)
{
    *s = (struct tb_source){ .path = strdup(path), .limit = limit };
    if (!s->path)
        return tb_error_set(err, "out of memory");
    return open_files(s, err) < 0 ? -1 : fill_head(s, err);
}

const char *tb_source_guess(const struct tb_source *s)
{
    const char *marked = tb_text_bom_encoding(tb_buf_text(&s->raw), s->raw.len);
    struct tb_utf8_judge judge = { 0 };

    if (marked)
        return marked;
    tb_utf8_judge_add(&judge, tb_buf_text(&s->raw), s->raw.len);
    return tb_utf8_judge_says(&judge, s->at_end) ? "UTF-8" : "GB18030";
}

const char *tb_source_guess_by_all(const struct tb_source *s)
{
    const struct tb_utf8_judge *judge = s->decoder.is_utf8 ? &s->decoder.judge : &s->judge;

    return tb_utf8_judge_says(judge, true) ? "UTF-8" : "GB18030";
}

int tb_source_begin(struct tb_source *s, const char *encoding, struct tb_error *err)
{
    tb_decoder_close(&s->decoder);
    if (tb_decoder_open(&s->decoder, encoding, NULL) < 0)
        return 1;
    s->encoding = NULL; /* the head that is read again is judged below */
    if (s->touched && (open_files(s, err) < 0 || fill_head(s, err) < 0))
        return -1;
    s->encoding = encoding;
    s->touched = true;
    s->flushed = false;
    s->judge = (struct tb_utf8_judge){ 0 };
    tb_buf_clear(&s->head);
    if (!s->decoder.is_utf8)
        tb_utf8_judge_add(&s->judge, tb_buf_text(&s->raw), s->raw.len);
    return 0;
}

/* Decodes what `raw` holds, and keeps the character that is cut at its end. */
static int decode(struct tb_source *s, struct tb_buf *out, struct tb_error *err)
{
    int64_t used =
        tb_decoder_run(&s->decoder, tb_buf_text(&s->raw), s->raw.len, s->at_end, out, err);

    if (used < 0)
        return -1;
    s->raw.len -= (size_t)used;
    if (s->raw.len > 0)
        memmove(s->raw.data, s->raw.data + used, s->raw.len);
    s->flushed = s->at_end;
    return 0;
}

static int next_piece(struct tb_source *s, struct tb_buf *out, struct tb_error *err)
{
    if (s->flushed)
        return 0;
    /* The first block is there already. */
    if (s->raw.len < BLOCK && !s->at_end && fill(s, err) < 0)
        return -1;
    if (s->state != TB_SOURCE_GOOD)
        return tb_error_set(err, "'%s' cannot be read to its end", s->path);
    return decode(s, out, err) < 0 ? -1 : 1;
}

int tb_source_more(void *user, struct tb_buf *out, struct tb_error *err)
{
    struct tb_source *s = user;

    if (s->head.len == 0)
        return next_piece(s, out, err);
    tb_buf_add(out, s->head.data, s->head.len);
    tb_buf_release(&s->head);
    return 1;
}

int tb_source_head(struct tb_source *s, bool deep, const char **text, size_t *len,
                   struct tb_error *err)
{
    size_t wanted = deep ? DEEP_HEAD : HEAD;
    int more = 1;

    while (more > 0 && s->head.len < wanted) {
        more = next_piece(s, &s->head, err);
        if (more < 0)
            return -1;
    }
    *text = tb_buf_text(&s->head);
    *len = s->head.len;
    /* A line that is cut would be taken for another. */
    const char *lf = s->flushed || !s->head.len ? NULL : memrchr(*text, '\n', *len);
    if (lf)
        *len = (size_t)(lf + 1 - *text);
    return 0;
}

/* --- counting --- */

static uint64_t count_lf(const char *bytes, size_t len)
{
    uint64_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += bytes[i] == '\n';
    return n;
}

int tb_source_count_lines(struct tb_source *s, uint64_t *lines, struct tb_error *err)
{
    char last = '\n', *block = malloc(BLOCK);
    int64_t n = -1;

    *lines = 0;
    s->encoding = NULL;
    if (!block)
        tb_error_set(err, "out of memory");
    else if (open_files(s, err) == 0 && tb_infile_set_exact(s->file, err) == 0) {
        while ((n = read_bytes(s, block, BLOCK, err)) > 0) {
            *lines += count_lf(block, (size_t)n);
            last = block[n - 1];
        }
    }
    *lines += last != '\n';
    s->touched = true;
    free(block);
    return n < 0 ? -1 : 0;
}

int tb_source_count_text(struct tb_source *s, uint64_t *lines, struct tb_error *err)
{
    struct tb_buf piece = TB_BUF_INIT;
    char last = '\n';
    int more;

    *lines = 0;
    while ((more = tb_source_more(s, &piece, err)) > 0 && tb_buf_ok(&piece, err)) {
        *lines += count_lf(tb_buf_text(&piece), piece.len);
        last = piece.len ? piece.data[piece.len - 1] : last;
        tb_buf_clear(&piece);
    }
    *lines += last != '\n';
    tb_buf_release(&piece);
    return more != 0 ? -1 : 0;
}
