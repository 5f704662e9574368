/* outcome.c - judging one arrival among the others. */
#include "collect/outcome.h"

#include <stdbool.h>
#include <string.h>

#include "collect/form.h"
#include "collect/withdrawal.h"
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

static void put_key(struct tb_buf *key, const char *sender, const char *rest)
{
    tb_buf_clear(key);
    tb_buf_puts(key, sender);
    tb_buf_putc(key, '/');
    tb_buf_puts(key, rest);
}

/* Remembers `i` under the key as the latest: the place of the one before it. */
static int64_t replace_latest(struct tb_map *map, int64_t *latest, size_t i,
                              const struct tb_buf *key)
{
    int64_t slot = tb_map_add(map, key->data, key->len, (int64_t)tb_map_count(map));
    if (slot < 0)
        return -2;
    int64_t before = latest[slot] - 1;
    latest[slot] = (int64_t)i + 1;
    return before;
}

struct finding {
    struct tb_map *by_content, *by_name; /* sender/sha256 and sender/name -> slot */
    int64_t *content, *name;             /* slot -> latest outcome + 1 */
    struct tb_arena arena;
    struct tb_buf key;
};

static int find_one(struct finding *f, struct tb_outcome *outcome, size_t i,
                    const struct tb_profile *profile)
{
    const struct tb_arrival *a = outcome[i].arrival;

    /* What was taken back is not there to be copied. */
    if (outcome[i].withdrawn_by >= 0 || tb_is_withdrawal(a->name))
        return 0;
    put_key(&f->key, a->sender, a->name);
    if (f->key.failed)
        return -1;
    int64_t of_name = replace_latest(f->by_name, f->name, i, &f->key);
    put_key(&f->key, a->sender, a->sha256);
    if (f->key.failed)
        return -1;
    int64_t of_content = replace_latest(f->by_content, f->content, i, &f->key);
    if (of_name == -2 || of_content == -2)
        return -1;
    if (of_content < 0 ||
        !name_does_not_matter(profile, a->name, outcome[of_content].arrival->name))
        return 0;
    /* Another file of that name since then: the sender goes back to the first. */
    put_key(&f->key, a->sender, outcome[of_content].arrival->name);
    int64_t slot = tb_map_get(f->by_name, tb_buf_text(&f->key), f->key.len);
    int64_t since = strcmp(outcome[of_content].arrival->name, a->name) == 0 ? of_name
                    : slot >= 0                                           ? f->name[slot] - 1
                                                                          : of_content;
    if (since > of_content && strcmp(outcome[since].arrival->sha256, a->sha256) != 0)
        return 0;
    int64_t first = outcome[of_content].duplicate_of;
    outcome[i].duplicate_of = first >= 0 ? first : of_content;
    return 0;
}

int tb_outcomes_find_duplicates(struct tb_outcome *outcome, size_t n,
                                const struct tb_profile *profile, struct tb_error *err)
{
    struct finding f = { 0 };
    int rc = -1;

    f.by_content = tb_map_new();
    f.by_name = tb_map_new();
    f.content = tb_arena_alloc(&f.arena, n + 1, sizeof *f.content);
    f.name = tb_arena_alloc(&f.arena, n + 1, sizeof *f.name);
    if (f.by_content && f.by_name && f.content && f.name) {
        rc = 0;
        for (size_t i = 0; i < n && rc == 0; i++)
            rc = find_one(&f, outcome, i, profile);
    }
    tb_map_free(f.by_content);
    tb_map_free(f.by_name);
    tb_buf_release(&f.key);
    tb_arena_release(&f.arena);
    return rc < 0 ? tb_error_set(err, "out of memory for the list of arrivals") : 0;
}

size_t tb_outcome_rejects(const struct tb_outcome *outcome)
{
    const struct tb_rejects *list = &outcome->summary.rejects;
    size_t n = 0;

    for (size_t i = 0; i < list->n; i++)
        n += list->item[i].reason < TB_N_REJECT_REASONS;
    return n;
}

const char *tb_outcome_state(const struct tb_outcome *outcome)
{
    const struct tb_account *account = &outcome->summary.account;

    if (outcome->duplicate_of >= 0)
        return "duplicate";
    if (outcome->withdrawn_by >= 0)
        return "withdrawn";
    if (outcome->withdraws >= 0)
        return "withdrawal";
    if (tb_outcome_rejects(outcome) > 0)
        return account->observations > 0 ? "partial" : "rejected";
    return account->observations > 0 ? "accepted" : "nil";
}

tb_day tb_outcome_deadline(const struct tb_outcome *outcome, const struct tb_profile *profile)
{
    const struct tb_summary *summary = &outcome->summary;

    if (outcome->withdraws >= 0)
        return TB_DAY_NONE; /* nobody has to take anything back */
    /* A file is due with the latest period in it, whatever else it repeats. */
    if (!summary->has_period)
        return TB_DAY_NONE;
    int32_t form = TB_NONE;
    for (size_t i = 0; i < profile->n_forms && form == TB_NONE; i++)
        if (strcmp(profile->forms[i].code, summary->form) == 0)
            form = (int32_t)i;
    return tb_deadline_due(profile, TB_STEP_SUBMIT, form, TB_NONE, summary->period);
}

const char *tb_outcome_timeliness(const struct tb_outcome *outcome,
                                  const struct tb_profile *profile)
{
    tb_day deadline = tb_outcome_deadline(outcome, profile);
    tb_day received = tb_moment_day(outcome->arrival->received, profile->set.utc_offset);

    if (deadline == TB_DAY_NONE)
        return "";
    return received <= deadline ? "on_time" : "late";
}
