/* due_parties.c - submissions by sender and form; observations by their numbers. */
#include "model/due_parties.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/arena.h"
#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/table.h"

/* Observations first .. first + n - 1 came with one submission. */
struct span {
    uint32_t first, n;
    int32_t party;
};

struct party {
    struct tb_due_party shown;
    int32_t nil; /* row of its first nil return for the period, or -1 */
};

struct tb_due_parties {
    const struct tb_profile *profile;
    const struct tb_table *submissions;
    struct tb_arena arena;
    struct party *party;
    size_t n;
    struct span *span; /* ascending by first */
    size_t n_spans;
    struct tb_map *by_name;    /* sender TAB form -> party */
    struct tb_map *by_arrival; /* number -> party */
    tb_day first, last;        /* days of the period */
};

static bool is_of_period(const struct tb_due_parties *p, size_t row)
{
    const char *text = tb_table_get(p->submissions, row, "period");
    struct tb_period_read read;

    if (!tb_period_parse(text, strlen(text), &read))
        return false;
    tb_day end = tb_period_last_day(read.period);
    return end >= p->first && end <= p->last;
}

static void count(struct tb_due_parties *p, struct party *party, size_t row)
{
    const char *state = tb_table_get(p->submissions, row, "state");
    bool nil = strcmp(state, "nil") == 0;

    if (!is_of_period(p, row))
        return;
    if (strcmp(state, "rejected") == 0) {
        party->shown.n_refused++;
    } else if (nil || strcmp(state, "accepted") == 0 || strcmp(state, "partial") == 0) {
        if (party->shown.n_sent++ == 0)
            party->shown.first = (int32_t)row;
        if (nil && party->nil < 0)
            party->nil = (int32_t)row;
    }
}

static int32_t form_row(const struct tb_profile *profile, const char *code)
{
    for (size_t i = 0; i < profile->n_forms; i++)
        if (strcmp(profile->forms[i].code, code) == 0)
            return (int32_t)i;
    return -1;
}

/* The party of a row of submissions.csv; -2 when memory is out. */
static int64_t party_of_row(struct tb_due_parties *p, size_t row, struct tb_buf *key)
{
    const char *sender = tb_table_get(p->submissions, row, "sender");
    const char *form = tb_table_get(p->submissions, row, "form");

    tb_buf_clear(key);
    tb_buf_printf(key, "%s\t%s", sender, form);
    int64_t at = key->failed ? -2 : tb_map_add(p->by_name, key->data, key->len, (int64_t)p->n);
    if (at == (int64_t)p->n)
        p->party[p->n++] = (struct party){
            .shown = { .sender = sender,
                       .form = form,
                       .form_row = form_row(p->profile, form),
                       .first = -1 },
            .nil = -1,
        };
    return at;
}

static int index_submissions(struct tb_due_parties *p)
{
    size_t n = tb_table_rows(p->submissions);
    struct tb_buf key = TB_BUF_INIT;
    int rc = 0;

    p->party = tb_arena_alloc(&p->arena, n + 1, sizeof *p->party);
    if (!p->party)
        return -1;
    for (size_t row = 0; row < n && rc == 0; row++) {
        const char *arrival = tb_table_get(p->submissions, row, "arrival");
        int64_t at = party_of_row(p, row, &key);
        if (at < 0 || tb_map_add(p->by_arrival, arrival, strlen(arrival), at) == -2)
            rc = -1;
        else
            count(p, &p->party[at], row);
    }
    tb_buf_release(&key);
    return rc;
}

static int index_sources(struct tb_due_parties *p, const struct tb_table *sources)
{
    size_t n = tb_table_rows(sources);

    p->span = tb_arena_alloc(&p->arena, n + 1, sizeof *p->span);
    if (!p->span)
        return -1;
    for (size_t row = 0; row < n; row++) {
        const char *arrival = tb_table_get(sources, row, "arrival");
        p->span[p->n_spans++] = (struct span){
            .first = (uint32_t)strtoul(tb_table_get(sources, row, "first_origin"), NULL, 10),
            .n = (uint32_t)strtoul(tb_table_get(sources, row, "n_rows"), NULL, 10),
            .party = (int32_t)tb_map_get(p->by_arrival, arrival, strlen(arrival)),
        };
    }
    return 0;
}

struct tb_due_parties *tb_due_parties_new(const struct tb_profile *profile,
                                          const struct tb_table *submissions,
                                          const struct tb_table *sources, struct tb_period period,
                                          struct tb_error *err)
{
    struct tb_due_parties *p = calloc(1, sizeof *p);
    int rc = p ? 0 : -1;

    if (rc == 0 && submissions && sources) {
        p->profile = profile;
        p->submissions = submissions;
        p->first = tb_period_first_day(period);
        p->last = tb_period_last_day(period);
        p->by_name = tb_map_new();
        p->by_arrival = tb_map_new();
        rc = p->by_name && p->by_arrival && index_submissions(p) == 0 &&
                     index_sources(p, sources) == 0
                 ? 0
                 : -1;
    }
    if (rc == 0)
        return p;
    tb_due_parties_free(p);
    tb_error_set(err, "out of memory for the list of senders");
    return NULL;
}

void tb_due_parties_free(struct tb_due_parties *parties)
{
    if (!parties)
        return;
    tb_map_free(parties->by_name);
    tb_map_free(parties->by_arrival);
    tb_arena_release(&parties->arena);
    free(parties);
}

int32_t tb_due_parties_of(const struct tb_due_parties *parties, uint32_t origin)
{
    size_t low = 0, high = parties->n_spans;

    if (origin == 0)
        return -1;
    while (low < high) { /* the last span that begins at or before it */
        size_t middle = low + (high - low) / 2;
        if (parties->span[middle].first <= origin)
            low = middle + 1;
        else
            high = middle;
    }
    while (low > 0 && parties->span[low - 1].n == 0)
        low--;
    if (low == 0)
        return -1;
    const struct span *span = &parties->span[low - 1];
    return origin - span->first < span->n ? span->party : -1;
}

bool tb_due_parties_nil(const struct tb_due_parties *parties, int32_t party, bool *timed,
                        int32_t *days_late)
{
    if (party < 0 || parties->party[party].nil < 0)
        return false;
    const char *text =
        tb_table_get(parties->submissions, (size_t)parties->party[party].nil, "days_late");
    *timed = *text != '\0';
    *days_late = (int32_t)strtol(text, NULL, 10);
    return true;
}

size_t tb_due_parties_count(const struct tb_due_parties *parties)
{
    return parties->n;
}

const struct tb_due_party *tb_due_parties_get(const struct tb_due_parties *parties, size_t party)
{
    return &parties->party[party].shown;
}
