/* outcome.c - judging one arrival among the others. */
#include "collect/inbox/outcome.h"

#include <stdbool.h>
#include <string.h>

#include "collect/inbox/copies.h"
#include "collect/header/form.h"
#include "collect/inbox/withdrawal.h"
#include "tongbao/buf.h"
#include "tongbao/deadline.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"

/* True when no form that the name fits takes anything from the name, and both
 * names fit the same forms. */
static bool name_does_not_matter(const struct tb_profile *profile, const char *a, const char *b)
{
    struct tb_captures captures;

    if (strcmp(a, b) == 0)
        return true;
    for (size_t i = 0; i < profile->n_forms; i++) {
        const struct tb_form *form = &profile->forms[i];
        bool fits_a = tb_form_glob(profile, form->files, a, &captures);
        bool fits_b = tb_form_glob(profile, form->files, b, &captures);
        if (fits_a != fits_b || (fits_a && tb_form_reads_name(form)))
            return false;
    }
    return true;
}

static void put_key(struct tb_buf *key, int32_t way, const char *sender, const char *rest)
{
    tb_buf_clear(key);
    tb_buf_printf(key, "%d/%s/%s", (int)way, sender, rest);
}

/* Remembers `i` under the key as the latest: the place of the one before it. */
static int64_t replace_latest(struct tb_map *map, int64_t *latest, size_t i,
                              const struct tb_buf *key)
{
    int64_t slot =
        key->failed ? -2 : tb_map_add(map, key->data, key->len, (int64_t)tb_map_count(map));
    if (slot < 0)
        return -2;
    int64_t before = latest[slot] - 1;
    latest[slot] = (int64_t)i + 1;
    return before;
}

enum { ANY_WAY = INT32_MIN };

struct finding {
    struct tb_map *by_content, *by_name; /* way/sender/sha256 and way/sender/name -> slot */
    struct tb_map *reached;              /* way/outcome: that way has it */
    int64_t *content, *name;             /* slot -> latest outcome + 1 */
    struct tb_arena arena;
    struct tb_buf key;
};

/* The first of the outcomes with the same content. */
static int64_t origin_of(const struct tb_outcome *outcome, int64_t place)
{
    return outcome[place].duplicate_of >= 0 ? outcome[place].duplicate_of : place;
}

/* Notes that what the outcome is a copy of (itself, when of none) has gone that way:
 * 1 when that is new, 0, or -2. */
static int reach(struct finding *f, int64_t origin, int32_t way, size_t i)
{
    tb_buf_clear(&f->key);
    tb_buf_printf(&f->key, "%d/%lld", (int)way, (long long)origin);
    if (f->key.failed)
        return -2;
    int64_t first = tb_map_add(f->reached, f->key.data, f->key.len, (int64_t)i);
    return first == -2 ? -2 : first == (int64_t)i;
}

/* Another file of that name since the place of the same content, on the same way: the
 * sender goes back to the first. */
static bool is_taken_back(struct finding *f, const struct tb_outcome *outcome, size_t i,
                          int64_t of_content, int64_t of_name)
{
    const struct tb_arrival *a = outcome[i].arrival, *same = outcome[of_content].arrival;

    put_key(&f->key, outcome[i].way, a->sender, same->name);
    int64_t slot = tb_map_get(f->by_name, tb_buf_text(&f->key), f->key.len);
    int64_t since = strcmp(same->name, a->name) == 0 ? of_name
                    : slot >= 0                      ? f->name[slot] - 1
                                                     : of_content;
    return since > of_content && strcmp(outcome[since].arrival->sha256, a->sha256) != 0;
}

/* Fills duplicate_of of the outcome, given the latest before it of the same name and
 * content on its way, and of the same content on any. */
static int judge(struct finding *f, struct tb_outcome *outcome, size_t i, int64_t of_name,
                 int64_t of_content, int64_t of_any, const struct tb_profile *profile)
{
    struct tb_outcome *self = &outcome[i];

    if (of_any >= 0 &&
        name_does_not_matter(profile, self->arrival->name, outcome[of_any].arrival->name)) {
        int64_t origin = origin_of(outcome, of_any);
        int is_new = reach(f, origin, self->way, i);
        if (is_new < 0)
            return -1;
        self->is_copy = is_new;
        if (!is_new && of_content >= 0 &&
            name_does_not_matter(profile, self->arrival->name, outcome[of_content].arrival->name) &&
            !is_taken_back(f, outcome, i, of_content, of_name))
            origin = origin_of(outcome, of_content);
        else if (!is_new)
            origin = TB_NOT_DUPLICATE;
        self->duplicate_of = origin;
    }
    if (f->key.failed)
        return -1;
    return self->duplicate_of >= 0 || reach(f, (int64_t)i, self->way, i) >= 0 ? 0 : -1;
}

static int find_one(struct finding *f, struct tb_outcome *outcome, size_t i,
                    const struct tb_profile *profile)
{
    const struct tb_arrival *a = outcome[i].arrival;

    /* What was taken back is not there to be copied. */
    if (outcome[i].withdrawn_by >= 0 || tb_is_withdrawal(a->name))
        return 0;
    put_key(&f->key, outcome[i].way, a->sender, a->name);
    int64_t of_name = replace_latest(f->by_name, f->name, i, &f->key);
    put_key(&f->key, outcome[i].way, a->sender, a->sha256);
    int64_t of_content = replace_latest(f->by_content, f->content, i, &f->key);
    put_key(&f->key, ANY_WAY, a->sender, a->sha256);
    int64_t of_any = replace_latest(f->by_content, f->content, i, &f->key);
    if (of_name == -2 || of_content == -2 || of_any == -2)
        return -1;
    return judge(f, outcome, i, of_name, of_content, of_any, profile);
}

int tb_outcomes_find_duplicates(struct tb_outcome *outcome, size_t n,
                                const struct tb_profile *profile, struct tb_error *err)
{
    struct finding f = { 0 };
    int rc = -1;

    f.by_content = tb_map_new();
    f.by_name = tb_map_new();
    f.reached = tb_map_new();
    f.content = tb_arena_alloc(&f.arena, 2 * n + 1, sizeof *f.content);
    f.name = tb_arena_alloc(&f.arena, n + 1, sizeof *f.name);
    if (f.by_content && f.by_name && f.reached && f.content && f.name) {
        rc = 0;
        for (size_t i = 0; i < n && rc == 0; i++)
            rc = find_one(&f, outcome, i, profile);
    }
    tb_map_free(f.by_content);
    tb_map_free(f.by_name);
    tb_map_free(f.reached);
    tb_buf_release(&f.key);
    tb_arena_release(&f.arena);
    return rc < 0 ? tb_error_set(err, "out of memory for the list of arrivals") : 0;
}

size_t tb_outcome_rejects(const struct tb_outcome *outcome)
{
    return (size_t)outcome->summary.shown.n_rejects;
}

const char *tb_outcome_state(const struct tb_outcome *outcome)
{
    const struct tb_account *account = &outcome->summary.account;

    if (outcome->duplicate_of >= 0)
        return outcome->is_copy ? "copy" : "duplicate";
    if (outcome->withdrawn_by >= 0)
        return "withdrawn";
    if (outcome->withdraws >= 0)
        return "withdrawal";
    if (tb_outcome_rejects(outcome) > 0)
        return account->observations > 0 ? "partial" : "rejected";
    return account->observations > 0 ? "accepted" : "nil";
}

bool tb_outcome_counts(const struct tb_outcome *outcome)
{
    const char *state = tb_outcome_state(outcome);

    return strcmp(state, "accepted") == 0 || strcmp(state, "partial") == 0 ||
           strcmp(state, "nil") == 0;
}

int32_t tb_outcome_form(const struct tb_outcome *outcome, const struct tb_profile *profile)
{
    for (size_t i = 0; i < profile->n_forms; i++)
        if (strcmp(profile->forms[i].code, outcome->summary.form) == 0)
            return (int32_t)i;
    return TB_NONE;
}

tb_day tb_outcome_deadline(const struct tb_outcome *outcome, const struct tb_profile *profile)
{
    const struct tb_summary *summary = &outcome->summary;

    if (outcome->withdraws >= 0)
        return TB_DAY_NONE; /* nobody has to take anything back */
    /* A file is due with the latest period in it, whatever else it repeats. */
    if (!summary->has_period)
        return TB_DAY_NONE;
    return tb_deadline_due(profile, TB_STEP_SUBMIT, tb_outcome_form(outcome, profile), TB_NONE,
                           summary->period);
}

tb_day tb_outcome_closed(const struct tb_outcome *outcome, const struct tb_profile *profile,
                         bool *apart)
{
    const struct tb_summary *summary = &outcome->summary;

    if (!summary->has_period || !tb_outcome_counts(outcome))
        return TB_DAY_NONE;
    int32_t form = tb_outcome_form(outcome, profile);
    enum tb_freq freq = summary->period.freq;
    tb_day day = tb_deadline_closing(profile, form, TB_NONE, freq, summary->period);
    *apart = tb_deadline_closes_apart(profile);
    return day != TB_DAY_NONE &&
                   tb_moment_day(outcome->arrival->received, profile->set.utc_offset) > day
               ? day
               : TB_DAY_NONE;
}

tb_day tb_outcome_received_day(const struct tb_outcome *outcome, const struct tb_profile *profile)
{
    int64_t moment;

    return tb_copies_complete(outcome, &moment) ? tb_moment_day(moment, profile->set.utc_offset)
                                                : TB_DAY_NONE;
}

const char *tb_outcome_timeliness(const struct tb_outcome *outcome,
                                  const struct tb_profile *profile)
{
    tb_day deadline = tb_outcome_deadline(outcome, profile);
    tb_day received = tb_outcome_received_day(outcome, profile);

    if (deadline == TB_DAY_NONE || outcome->is_copy)
        return "";
    if (received == TB_DAY_NONE)
        return "incomplete";
    return received <= deadline ? "on_time" : "late";
}
