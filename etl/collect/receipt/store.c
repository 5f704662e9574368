/* store.c - the cache of readings. */
#include "collect/receipt/store.h"

#include <stdlib.h>
#include <string.h>

#include "collect/receipt/kept.h"
#include "collect/receipt/spool.h"
#include "tongbao/arrivals.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"

/* Raised whenever the same submission would be read otherwise than before. */
static const char READING_VERSION[] = "collect 55";

int tb_store_key(const struct tb_profile *profile, const struct tb_arrival *arrival,
                 char key[TB_DIGEST_TEXT], struct tb_error *err)
{
    struct tb_digest *digest = tb_digest_new();

    if (!digest)
        return tb_error_set(err, "out of memory");
    tb_digest_add_text(digest, READING_VERSION);
    tb_digest_add_text(digest, profile->reading_digest);
    tb_digest_add_text(digest, arrival->sha256);
    tb_digest_add_text(digest, arrival->name);
    tb_digest_add_text(digest, arrival->sender);
    tb_digest_finish(digest, key);
    tb_digest_free(digest);
    return 0;
}

char *tb_store_segment_path(const char *data, const char *key)
{
    return tb_path("%s/segments/%s.seg", data, key);
}

char *tb_store_rows_path(const char *data, const char *key)
{
    return tb_path("%s/segments/%s.csv", data, key);
}

/* --- writing --- */

static int put_periods(struct tb_spool *spool, const struct tb_summary *summary,
                       struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_periods_write(&summary->periods, &text);
    int rc = tb_buf_ok(&text, err) ? tb_spool_fact(spool, "periods", tb_buf_text(&text), err) : -1;
    tb_buf_release(&text);
    return rc;
}

static int put_facts(struct tb_spool *spool, const struct tb_summary *summary,
                     struct tb_error *err)
{
    struct tb_account account = summary->account;
    char text[TB_PERIOD_TEXT];

    if (tb_spool_fact(spool, "form", summary->form ? summary->form : "", err) < 0)
        return -1;
    snprintf(text, sizeof text, "%d", (int)summary->period.index);
    if (summary->has_period &&
        (tb_spool_fact(spool, "freq", tb_freq_code(summary->period.freq), err) < 0 ||
         tb_spool_fact(spool, "period", text, err) < 0 || put_periods(spool, summary, err) < 0))
        return -1;
    for (size_t i = 0; i < TB_ACCOUNT_FIELDS; i++) {
        snprintf(text, sizeof text, "%llu", (unsigned long long)*tb_account_entry(&account, i));
        if (tb_spool_fact(spool, tb_account_name(i), text, err) < 0)
            return -1;
    }
    return 0;
}

int tb_store_save(struct tb_spool *spool, struct tb_segment_writer *writer,
                  const struct tb_summary *summary, struct tb_error *err)
{
    if (writer && summary->account.observations > 0 && tb_segment_write(writer, err) < 0)
        return -1;
    for (size_t i = 0; i < summary->remarks.n; i++)
        if (tb_spool_reject(spool, &summary->remarks.item[i], err) < 0)
            return -1;
    for (size_t i = 0; i < summary->n_titles; i++)
        if (tb_spool_title(spool, summary->title[i], err) < 0)
            return -1;
    return put_facts(spool, summary, err) < 0 ? -1 : tb_spool_commit(spool, err);
}

/* --- reading --- */

static bool take_fact(struct tb_summary *summary, const char *name, const char *value)
{
    if (strcmp(name, "form") == 0) {
        summary->form = tb_arena_strdup(&summary->arena, value);
        return summary->form != NULL;
    }
    if (strcmp(name, "freq") == 0)
        return tb_freq_parse(value, &summary->period.freq);
    if (strcmp(name, "period") == 0) {
        summary->has_period = true;
        summary->period.index = (int32_t)strtol(value, NULL, 10);
        return true;
    }
    if (strcmp(name, "periods") == 0)
        return tb_periods_read(value, &summary->periods);
    for (size_t i = 0; i < TB_ACCOUNT_FIELDS; i++) {
        if (strcmp(name, tb_account_name(i)) == 0) {
            *tb_account_entry(&summary->account, i) = strtoull(value, NULL, 10);
            return true;
        }
    }
    return false;
}

static bool take_row(struct tb_summary *summary, const struct tb_kept_row *row)
{
    switch (row->kind) {
    case TB_KEPT_FACT:
        return take_fact(summary, row->name, row->value);
    case TB_KEPT_REJECT:
        return tb_summary_reject(summary, &row->reject, NULL) == 0;
    case TB_KEPT_TITLE:
        return tb_summary_title(summary, row->reject.line, NULL) == 0;
    case TB_KEPT_IGNORED:
        return tb_summary_ignore(summary, row->reject.line, row->ignored, NULL) == 0;
    }
    return false;
}

/* A segment with one bit turned is none: it is made again from the original. */
static bool segment_is_whole(const char *data, const char *key, uint64_t n_rows)
{
    char *path = tb_store_segment_path(data, key);
    struct tb_segment *segment = path ? tb_segment_open(path, NULL) : NULL;
    bool there = segment && tb_segment_rows(segment) == n_rows && tb_segment_verify(segment, NULL) == 0;

    tb_segment_close(segment);
    free(path);
    return there;
}

/* All rows of the file, to its last byte. */
static bool take_rows(struct tb_kept *kept, struct tb_summary *summary)
{
    struct tb_kept_row row;
    int rc;

    while ((rc = tb_kept_next(kept, &row, NULL)) > 0)
        if (!take_row(summary, &row))
            return false;
    return rc == 0;
}

/* Anything odd in a kept reading only means that the original is read again. */
int tb_store_load(const char *data, const char *key, size_t of_a_kind, struct tb_summary *summary,
                  struct tb_error *err)
{
    char *path = tb_store_rows_path(data, key);

    *summary = (struct tb_summary){ .of_a_kind = of_a_kind };
    if (!path)
        return tb_error_set(err, "out of memory");
    struct tb_kept *kept = tb_fs_exists(path) ? tb_kept_open(path, NULL) : NULL;
    bool found = kept && take_rows(kept, summary) && summary->form &&
                 tb_account_balances(&summary->account);
    summary->has_segment = summary->account.observations > 0;
    found = found && (!summary->has_segment ||
                      segment_is_whole(data, key, summary->account.observations));
    if (found)
        summary->is_kept = true;
    else
        tb_summary_release(summary);
    tb_kept_close(kept);
    free(path);
    return found;
}
