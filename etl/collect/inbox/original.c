/* original.c - archive -> bytes -> text -> form -> rows. */
#include "collect/inbox/original.h"

#include <stdlib.h>
#include <string.h>

#include "collect/source/content.h"
#include "collect/source/conversion.h"
#include "collect/header/form.h"
#include "collect/rows/rows.h"
#include "collect/source/source.h"
#include "tongbao/arrivals.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"

static const uint64_t MOST = (uint64_t)TB_ORIGINAL_GIB << 30;

/* One original on its way. */
struct original {
    const char *data;
    const struct tb_profile *profile;
    const struct tb_arrival *arrival;
    const char *segment;
    const char *declared; /* encoding that the form says; "" or NULL: none */
    struct tb_source source;
    struct tb_segment_writer *writer;
    struct tb_summary *summary;
    bool converted; /* the source is a text that a converter made */
    bool passing; /* the refusal may not hold tomorrow */
};

/* --- refusing --- */

/* One file-level reject: the whole file is not taken, its lines are rejected rows. */
static int refuse(struct original *o, enum tb_reason reason, const char *text, const char *expected,
                  uint64_t lines, struct tb_error *err)
{
    const struct tb_reject reject = { .reason = reason, .text = text, .expected = expected };

    o->summary->account = (struct tb_account){ .rows_in = lines, .rows_rejected = lines };
    return tb_summary_reject(o->summary, &reject, err);
}

/* What is wrong with the bytes goes before any other reason: enum tb_reason; the lines. */
static int count_bytes(struct original *o, enum tb_reason *reason, uint64_t *lines,
                       struct tb_error *err)
{
    bool was_large = o->source.state == TB_SOURCE_TOO_LARGE;

    tb_summary_restart(o->summary);
    if (tb_source_count_lines(&o->source, lines, err) < 0)
        return -1;
    if (o->source.state == TB_SOURCE_DAMAGED)
        *reason = TB_REASON_FILE_DAMAGED;
    else if (was_large || o->source.state == TB_SOURCE_TOO_LARGE)
        *reason = TB_REASON_FILE_TOO_LARGE;
    return 0;
}

static bool is_of_bytes(enum tb_reason reason)
{
    return reason == TB_REASON_FILE_DAMAGED || reason == TB_REASON_FILE_TOO_LARGE;
}

static int refuse_bytes(struct original *o, enum tb_reason reason, const char *text,
                        struct tb_error *err)
{
    uint64_t lines;

    if (count_bytes(o, &reason, &lines, err) < 0)
        return -1;
    return refuse(o, reason, is_of_bytes(reason) ? o->arrival->name : text, NULL, lines, err);
}

/* --- reading --- */

/* Rows by the form that fits: 1; 0: there is none, *why and *expected say so. */
static int read_rows(struct original *o, enum tb_reason *why, struct tb_buf *expected,
                     struct tb_error *err)
{
    static const struct tb_reject by_heads = { .reason = TB_REMARK_FORM_BY_HEADS };
    struct tb_choice choice;
    const char *text;
    size_t len;

    /* The sheet that is read may lie behind long ones. */
    bool deep = o->converted && tb_sheets_are_chosen(o->profile, o->arrival->name);
    if (tb_source_head(&o->source, deep, &text, &len, err) < 0)
        return -1;
    int rc = tb_form_choose(o->profile, o->arrival->name, o->arrival->sender, text, len,
                            o->converted, &choice, why, expected, err);
    if (rc <= 0)
        return rc;
    o->summary->form = tb_arena_strdup(&o->summary->arena, choice.plan.form->code);
    rc = o->summary->form ? 0 : tb_error_set(err, "out of memory");
    if (rc == 0)
        rc = tb_rows_read(o->profile, &choice.plan, &o->source, choice.delimiter, o->segment,
                          &o->writer, o->summary, err);
    if (rc == 0 && choice.by_heads)
        rc = tb_summary_reject(o->summary, &by_heads, err);
    tb_plan_release(&choice.plan);
    return rc < 0 ? -1 : 1;
}

/* Bytes that were replaced: goes before what the rows had to say. */
static int remark_replaced(struct original *o, struct tb_error *err)
{
    struct tb_rejects *list = &o->summary->remarks;
    char count[24];

    if (o->source.decoder.n_bad == 0)
        return 0;
    snprintf(count, sizeof count, "%llu", (unsigned long long)o->source.decoder.n_bad);
    const struct tb_reject remark = { .reason = TB_REMARK_BYTES_REPLACED,
                                      .text = count,
                                      .expected = o->source.encoding };
    if (tb_rejects_add(list, &remark, err) < 0)
        return -1;
    struct tb_reject last = list->item[list->n - 1];
    memmove(list->item + 1, list->item, (list->n - 1) * sizeof *list->item);
    list->item[0] = last;
    return 0;
}

static void start_again(struct original *o)
{
    tb_segment_writer_free(o->writer);
    o->writer = NULL;
    tb_summary_restart(o->summary);
    o->summary->form = NULL;
}

/* One reading in that encoding: 1 done, also when the file was refused; 0 when all
 * bytes together are of another one. */
static int read_in(struct original *o, const char *encoding, bool guessed, struct tb_error *err)
{
    struct tb_source *source = &o->source;
    struct tb_buf expected = TB_BUF_INIT;
    enum tb_reason why = TB_REASON_FORM_UNKNOWN;
    uint64_t lines = 0;
    int rc = tb_source_begin(source, encoding, err), found = 0;

    if (rc > 0)
        return refuse_bytes(o, TB_REASON_FILE_ENCODING, encoding, err) < 0 ? -1 : 1;
    if (rc == 0)
        rc = found = read_rows(o, &why, &expected, err);
    if (rc == 0)
        rc = tb_source_count_text(source, &lines, err);
    if (source->state != TB_SOURCE_GOOD) {
        start_again(o);
        rc = refuse_bytes(o, TB_REASON_FILE_DAMAGED, o->arrival->name, err) < 0 ? -1 : 1;
    } else if (rc >= 0 && guessed && strcmp(encoding, tb_source_guess_by_all(source)) != 0) {
        start_again(o);
        rc = 0;
    } else if (rc >= 0 && source->decoder.n_bad * 50 > source->n_raw) {
        /* More than one byte in fifty: the encoding is another one, or it is no text. */
        start_again(o);
        rc = refuse_bytes(o, TB_REASON_FILE_ENCODING, encoding, err) < 0 ? -1 : 1;
    } else if (rc >= 0) {
        if (!found)
            rc = refuse(o, why, o->arrival->name, tb_buf_text(&expected), lines, err);
        rc = rc < 0 || remark_replaced(o, err) < 0 ? -1 : 1;
    }
    tb_buf_release(&expected);
    return rc;
}

static int read_text(struct original *o, struct tb_error *err)
{
    const struct tb_buf *raw = &o->source.raw;
    bool marked = tb_text_bom_encoding(tb_buf_text(raw), raw->len) != NULL;
    bool declared = o->declared && o->declared[0] && !marked;
    const char *encoding = declared ? o->declared : tb_source_guess(&o->source);
    int rc = read_in(o, encoding, !declared && !marked, err);

    /* What the first block said was not so: now it is known. */
    if (rc == 0)
        rc = read_in(o, strcmp(encoding, "UTF-8") == 0 ? "GB18030" : "UTF-8", false, err);
    return rc < 0 ? -1 : 0;
}

static uint64_t limit_of(const struct tb_arrival *arrival)
{
    uint64_t always = (uint64_t)TB_ORIGINAL_ALWAYS_MIB << 20;

    if (arrival->bytes >= MOST / TB_ORIGINAL_RATIO)
        return MOST;
    uint64_t limit = arrival->bytes * TB_ORIGINAL_RATIO;
    return limit > always ? limit : always;
}

/* The text that a converter made of what is no text. */
static int read_converted(struct original *o, struct tb_error *err)
{
    enum tb_reason reason = TB_REASON_FILE_NOT_TEXT;
    struct tb_converted converted;
    uint64_t lines;
    int rc;

    if (count_bytes(o, &reason, &lines, err) < 0)
        return -1;
    if (is_of_bytes(reason))
        return refuse(o, reason, o->arrival->name, NULL, lines, err);
    if (tb_conversion_make(o->data, o->profile, o->arrival, &converted, err) < 0)
        return -1;
    if (converted.path) {
        tb_source_release(&o->source);
        o->converted = true;
        o->declared = NULL; /* what the sender wrote in, the converter does not */
        rc = tb_source_open(&o->source, converted.path, MOST, err);
        if (rc == 0)
            rc = read_text(o, err);
    } else {
        o->passing = converted.passing;
        rc = refuse(o, converted.reason, tb_buf_text(&converted.text),
                    tb_buf_text(&converted.expected), lines, err);
    }
    tb_converted_release(&converted);
    return rc;
}

static int read_original(struct original *o, struct tb_error *err)
{
    const struct tb_source *source = &o->source;

    if (source->state == TB_SOURCE_GOOD && source->n_raw == 0)
        return refuse(o, TB_REASON_FILE_EMPTY, NULL, NULL, 0, err);
    if (source->state != TB_SOURCE_GOOD)
        return refuse_bytes(o, TB_REASON_FILE_DAMAGED, o->arrival->name, err);
    if (tb_content_of(tb_buf_text(&source->raw), source->raw.len, o->declared).name)
        return read_converted(o, err);
    return read_text(o, err);
}

int tb_original_read(const char *data, const struct tb_profile *profile,
                     const struct tb_arrival *arrival, const char *segment,
                     struct tb_segment_writer **writer, bool *passing, struct tb_summary *summary,
                     struct tb_error *err)
{
    struct original o = { .data = data,
                          .profile = profile,
                          .arrival = arrival,
                          .segment = segment,
                          .declared = tb_form_encoding(profile, arrival->name),
                          .summary = summary };
    char *path = tb_archive_path(data, arrival->sha256);
    int rc = path ? tb_source_open(&o.source, path, limit_of(arrival), err)
                  : tb_error_set(err, "out of memory");

    if (rc < 0)
        tb_error_prefix(err, "original of arrival %u", (unsigned)arrival->number);
    if (rc == 0)
        rc = read_original(&o, err);
    tb_source_release(&o.source);
    free(path);
    *passing = o.passing;
    if (rc == 0)
        *writer = o.writer;
    else
        tb_segment_writer_free(o.writer);
    return rc;
}
