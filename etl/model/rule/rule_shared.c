/* rule_shared.c - numbers that several rules ask for, kept from one evaluation to the next.
 *
 * Fifteen targets on one indicator ask for the same growth, the same places and the same
 * group figures in the same periods.  What depends on nothing but the source is found here
 * again: literals, measures, and functions of a group over a measure.  What depends on the
 * row of the target (annual, quota, progress, total, elapsed, tasks) is not.
 *
 * Memory of finished evaluations is used again too: all vectors are of one size, and a
 * fresh one costs more than what is computed into it.
 */
#include <stdlib.h>
#include <string.h>

#include "model/rule/rule_internal.h"
#include "tongbao/size.h"

enum { N_BUCKETS = 1024 };

/* One vector of n_units operands, or scratch memory of that size. */
struct tb_rule_vector {
    struct tb_rule_vector *next;
    struct tb_operand data[];
};

/* What a number depends on.  Zeroed before it is filled, so that bytes can be compared. */
struct key {
    int32_t op, function, what, indicator, group;
    int32_t of_what, of_indicator, of_group; /* the quantity of a function; else -1 */
    int64_t num, den;
    int64_t period;
    int32_t freq, pool, views, task; /* task: 1 of a task, 2 whether it is done */
    int64_t task_key[3], task_period; /* of the frame: a source may ask later in its place */
};

struct entry {
    struct key key;
    const struct tb_operand *out;
    struct entry *next;
};

struct tb_rule_shared {
    struct tb_arena arena;        /* entries */
    struct entry *bucket[N_BUCKETS];
    struct tb_rule_vector *kept;  /* of the entries */
    struct tb_rule_vector *spare; /* nobody's at present */
    struct tb_arena lent;         /* the arena of the evaluation at hand, empty in between */
    size_t n_units;               /* that vectors are made for */
};

struct tb_rule_shared *tb_rule_shared_new(void)
{
    return calloc(1, sizeof(struct tb_rule_shared));
}

static void free_vectors(struct tb_rule_vector *vector)
{
    while (vector) {
        struct tb_rule_vector *next = vector->next;
        free(vector);
        vector = next;
    }
}

static void push_all(struct tb_rule_vector **to, struct tb_rule_vector *from)
{
    while (from) {
        struct tb_rule_vector *next = from->next;
        from->next = *to;
        *to = from;
        from = next;
    }
}

void tb_rule_shared_forget(struct tb_rule_shared *shared)
{
    push_all(&shared->spare, shared->kept);
    shared->kept = NULL;
    tb_arena_clear(&shared->arena);
    memset(shared->bucket, 0, sizeof shared->bucket);
}

void tb_rule_shared_free(struct tb_rule_shared *shared)
{
    if (!shared)
        return;
    free_vectors(shared->kept);
    free_vectors(shared->spare);
    tb_arena_release(&shared->arena);
    tb_arena_release(&shared->lent);
    free(shared);
}

/* --- memory --- */

void tb_rule_borrow(struct tb_rule_run *run)
{
    struct tb_rule_shared *shared = run->frame->shared;

    if (!shared)
        return;
    if (shared->n_units != run->profile->n_units) { /* another profile: nothing fits */
        tb_rule_shared_forget(shared);
        free_vectors(shared->spare);
        shared->spare = NULL;
        shared->n_units = run->profile->n_units;
    }
    run->arena = shared->lent;
    shared->lent = (struct tb_arena)TB_ARENA_INIT;
}

void tb_rule_give_back(struct tb_rule_run *run)
{
    struct tb_rule_shared *shared = run->frame->shared;

    if (!shared) {
        free_vectors(run->vectors);
        tb_arena_release(&run->arena);
        return;
    }
    push_all(&shared->spare, run->vectors);
    tb_arena_clear(&run->arena);
    if (shared->lent.head) /* two evaluations at a time: one arena is enough */
        tb_arena_release(&run->arena);
    else
        shared->lent = run->arena;
}

static struct tb_rule_vector *new_vector(struct tb_rule_run *run)
{
    struct tb_rule_shared *shared = run->frame->shared;
    struct tb_rule_vector *vector = shared ? shared->spare : NULL;
    size_t bytes;

    if (vector) {
        shared->spare = vector->next;
        return vector;
    }
    /* One more than there are units: a profile without any is no lack of memory. */
    if (!tb_size_mul(run->profile->n_units + 1, sizeof(struct tb_operand), &bytes) ||
        !tb_size_add(bytes, sizeof *vector, &bytes))
        return NULL;
    return malloc(bytes);
}

struct tb_operand *tb_rule_vector(struct tb_rule_run *run)
{
    struct tb_rule_vector *vector = new_vector(run);

    if (!vector)
        return NULL;
    vector->next = run->vectors;
    run->vectors = vector;
    return vector->data;
}

void tb_rule_drop_last(struct tb_rule_run *run, const struct tb_operand *out)
{
    struct tb_rule_vector *vector = run->vectors;

    if (!vector || vector->data != out)
        return;
    run->vectors = vector->next;
    vector->next = NULL;
    if (run->frame->shared)
        push_all(&run->frame->shared->spare, vector);
    else
        free(vector);
}

/* --- numbers --- */

static bool is_measure(const struct tb_rule_node *node)
{
    return node && node->op == TB_OP_QUANTITY &&
           (node->what == TB_Q_GRADE ||
            (node->what < TB_N_MEASURES && node->what != TB_MEASURE_PROGRESS));
}

/* Whether the numbers of the node are the same in every row of targets.csv. */
static bool is_shared(const struct tb_rule_run *run, const struct tb_rule_node *node)
{
    const struct tb_rule_node *of = node->op == TB_OP_GROUP ? node->quantity : node;

    if (node->op == TB_OP_NUMBER)
        return true;
    if (!is_measure(of) || (node->op == TB_OP_GROUP && node->tie_limit))
        return false;
    /* How far a task is done is told by the target that asks. */
    return !of->milestone || run->frame->has_task_key;
}

static int32_t row_of(const struct tb_rule_run *run, const struct tb_rule_node *node)
{
    return node->indicator >= 0 ? node->indicator : (int32_t)run->frame->indicator;
}

static struct key key_of(const struct tb_rule_run *run, const struct tb_rule_node *node,
                         const struct tb_rule_view *view)
{
    struct key key;

    memset(&key, 0, sizeof key);
    key.op = (int32_t)node->op;
    key.num = node->number.num;
    key.den = node->number.den;
    if (node->op == TB_OP_NUMBER)
        return key;
    key.function = node->op == TB_OP_GROUP ? (int32_t)node->function : -1;
    key.what = node->what;
    key.indicator = row_of(run, node);
    key.group = node->group;
    key.of_what = node->quantity ? node->quantity->what : -1;
    key.of_indicator = node->quantity ? row_of(run, node->quantity) : -1;
    key.of_group = node->quantity ? node->quantity->group : -1;
    struct tb_period period = view->period;
    if (node->op == TB_OP_QUANTITY) /* of a group the period decides who is there, too */
        period = tb_period_within(period, run->profile->indicators[key.indicator].frequency);
    key.freq = (int32_t)period.freq;
    key.period = period.index;
    key.pool = view->pool;
    const struct tb_rule_node *of = node->quantity ? node->quantity : node;
    if (of->milestone) {
        key.task = 1 + of->done;
        memcpy(key.task_key, run->frame->task_key, sizeof key.task_key);
        key.task_period = run->frame->period.index;
    }
    key.views = view->own_first + 2 * view->limit_printed + 4 * view->rank_printed;
    return key;
}

/* FNV-1a over the bytes. */
static size_t bucket_of(const struct key *key)
{
    const unsigned char *byte = (const unsigned char *)key;
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < sizeof *key; i++)
        hash = (hash ^ byte[i]) * 1099511628211u;
    return hash % N_BUCKETS;
}

const struct tb_operand *tb_rule_find_shared(const struct tb_rule_run *run,
                                             const struct tb_rule_node *node,
                                             const struct tb_rule_view *view)
{
    const struct tb_rule_shared *shared = run->frame->shared;

    if (!shared || !is_shared(run, node))
        return NULL;
    struct key key = key_of(run, node, view);
    for (const struct entry *e = shared->bucket[bucket_of(&key)]; e; e = e->next)
        if (memcmp(&e->key, &key, sizeof key) == 0)
            return e->out;
    return NULL;
}

/* Takes a vector out of what the evaluation gives back. */
static bool keep(struct tb_rule_run *run, const struct tb_operand *out)
{
    for (struct tb_rule_vector **at = &run->vectors; *at; at = &(*at)->next) {
        struct tb_rule_vector *vector = *at;
        if (vector->data != out)
            continue;
        *at = vector->next;
        vector->next = run->frame->shared->kept;
        run->frame->shared->kept = vector;
        return true;
    }
    return false;
}

void tb_rule_share(struct tb_rule_run *run, const struct tb_rule_node *node,
                   const struct tb_rule_view *view, const struct tb_operand *out)
{
    struct tb_rule_shared *shared = run->frame->shared;

    if (!shared || !is_shared(run, node))
        return;
    struct entry *entry = tb_arena_alloc(&shared->arena, 1, sizeof *entry);
    if (!entry) /* then it is computed again */
        return;
    /* A vector that is not the evaluation's own is one that is kept already. */
    (void)keep(run, out);
    entry->key = key_of(run, node, view);
    entry->out = out;
    size_t bucket = bucket_of(&entry->key);
    entry->next = shared->bucket[bucket];
    shared->bucket[bucket] = entry;
}
