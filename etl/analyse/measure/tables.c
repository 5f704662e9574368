/* tables.c - verdicts.csv, history.csv, knife_edges.csv, outlook.csv and settings.csv.
 *
 * Targets are judged on any number of threads, each into buffers of its own; the
 * files are joined in the order of targets.csv.
 */
#include "analyse/measure/tables.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/rank/edges.h"
#include "analyse/outlook/outlook.h"
#include "analyse/settings.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"

static const char verdicts_head[] =
    "target,task,unit,indicator,period,verdict,strength,provisional,knife_edge,value,benchmark,gap,"
    "unit_measure,rank,ranked,tied,movement,streak,due,department,rule,operands,catch_up,reason,"
    "annual,culprits,state,lacks,conflict,conflict_with,exemption,change,periods\n";
static const char history_head[] = "target,unit,period,verdict\n";
static const char edges_head[] = "target,unit,period,kind,printed,full,note\n";

struct judging {
    const struct tb_targets_job *job;
    struct tb_target_result *result; /* [n_targets] */
    uint32_t *order;                 /* [n_targets] those of one indicator stand together */
    struct tb_rule_pool *pool;
};

/* How many targets of one indicator are judged on one thread: enough to find again what
 * they all ask for, few enough to leave work for other threads. */
enum { TOGETHER = 16 };

static int by_indicator(const void *a, const void *b, void *user)
{
    const struct tb_target *target = user;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    if (target[x].indicator != target[y].indicator)
        return target[x].indicator < target[y].indicator ? -1 : 1;
    return (x > y) - (x < y);
}

/* Judges the targets of one piece of work, those of an indicator with what they share. */
static int judge_some(void *user, size_t piece, struct tb_error *err)
{
    const struct judging *judging = user;
    const struct tb_profile *profile = judging->job->ms->profile;
    struct tb_targets_job job = *judging->job;
    size_t at = piece * TOGETHER, end = at + TOGETHER;
    int rc = 0;

    if (end > profile->n_targets)
        end = profile->n_targets;
    job.shared = tb_rule_pool_take(judging->pool);
    if (!job.shared)
        return tb_error_set(err, "out of memory");
    for (int32_t indicator = -1; rc == 0 && at < end; at++) {
        uint32_t t = judging->order[at];
        if (profile->targets[t].indicator != indicator)
            tb_rule_shared_forget(job.shared);
        indicator = profile->targets[t].indicator;
        rc = tb_targets_judge(&job, t, &judging->result[t], err);
    }
    tb_rule_pool_give(judging->pool, job.shared);
    return rc;
}

/* The targets in an order in which one indicator comes after the other. */
static int plan(struct judging *judging, struct tb_error *err)
{
    const struct tb_profile *profile = judging->job->ms->profile;
    size_t n = profile->n_targets;

    judging->result = calloc(n ? n : 1, sizeof *judging->result);
    judging->order = calloc(n ? n : 1, sizeof *judging->order);
    judging->pool = tb_rule_pool_new();
    if (!judging->result || !judging->order || !judging->pool)
        return tb_error_set(err, "out of memory for %zu targets", n);
    for (size_t t = 0; t < n; t++)
        judging->order[t] = (uint32_t)t;
    qsort_r(judging->order, n, sizeof *judging->order, by_indicator, profile->targets);
    return 0;
}

static void release(struct judging *judging)
{
    for (size_t t = 0; judging->result && t < judging->job->ms->profile->n_targets; t++) {
        tb_buf_release(&judging->result[t].verdicts);
        tb_buf_release(&judging->result[t].history);
        tb_buf_release(&judging->result[t].edges);
        tb_buf_release(&judging->result[t].outlook);
    }
    free(judging->result);
    free(judging->order);
    tb_rule_pool_free(judging->pool);
}

static int write_file(const char *folder, const char *name, const struct tb_buf *text,
                      struct tb_error *err)
{
    char *path = tb_path("%s/%s", folder, name);
    int rc = -1;

    if (!path)
        return tb_error_set(err, "out of memory for '%s'", name);
    if (tb_buf_ok(text, err))
        rc = tb_newfile_write(path, tb_buf_text(text), text->len, err);
    free(path);
    return rc;
}

/* One of the three tables that the results hold. */
enum table { VERDICTS, HISTORY, EDGES, OUTLOOK };

static const struct tb_buf *part(const struct tb_target_result *result, enum table table)
{
    return table == VERDICTS  ? &result->verdicts
           : table == HISTORY ? &result->history
           : table == EDGES   ? &result->edges
                              : &result->outlook;
}

/* The rows of all targets, without making one text of them first. */
static int add_joined(const struct judging *judging, struct tb_newfile *file, const char *head,
                      enum table table, const struct tb_buf *first, struct tb_error *err)
{
    if (tb_newfile_add(file, head, strlen(head), err) < 0 ||
        (first && (!tb_buf_ok(first, err) ||
                   tb_newfile_add(file, tb_buf_text(first), first->len, err) < 0)))
        return -1;
    for (size_t t = 0; t < judging->job->ms->profile->n_targets; t++) {
        const struct tb_buf *rows = part(&judging->result[t], table);
        if (!tb_buf_ok(rows, err) || tb_newfile_add(file, tb_buf_text(rows), rows->len, err) < 0)
            return -1;
    }
    return tb_newfile_commit(file, err);
}

static int write_joined(const struct judging *judging, const char *folder, const char *name,
                        const char *head, enum table table, const struct tb_buf *first,
                        struct tb_error *err)
{
    char *path = tb_path("%s/%s", folder, name);
    struct tb_newfile *file = path ? tb_newfile_open(path, TB_NEWFILE_PLAIN, err) : NULL;
    int rc = file ? add_joined(judging, file, head, table, first, err) : -1;

    if (!path)
        tb_error_set(err, "out of memory for '%s'", name);
    tb_newfile_free(file);
    free(path);
    return rc;
}

static int write_settings(const struct tb_profile *profile, const char *folder,
                          struct tb_error *err)
{
    struct tb_buf text = TB_BUF_INIT;

    tb_settings_print(&profile->set, &text);
    int rc = write_file(folder, "settings.csv", &text, err);
    tb_buf_release(&text);
    return rc;
}

static void add_up(const struct judging *judging, struct tb_tables_account *account)
{
    for (size_t t = 0; t < judging->job->ms->profile->n_targets; t++) {
        const struct tb_target_result *result = &judging->result[t];
        account->n_edges += result->n_edges;
        for (size_t k = 0; k < TB_N_JUDGEMENTS; k++) {
            account->n[k] += result->n[k];
            account->n_verdicts += result->n[k];
        }
    }
}

int tb_tables_write(const struct tb_targets_job *job, const char *folder, size_t threads,
                    struct tb_tables_account *account, struct tb_error *err)
{
    const struct tb_profile *profile = job->ms->profile;
    size_t n_pieces = (profile->n_targets + TOGETHER - 1) / TOGETHER;
    struct judging judging = { .job = job };
    struct tb_buf edges = TB_BUF_INIT;
    int rc = -1;

    *account = (struct tb_tables_account){ 0 };
    if (plan(&judging, err) == 0 && tb_parallel(threads, n_pieces, judge_some, &judging, err) == 0 &&
        tb_edges_of_ranks(job->ms, job->period, &edges, &account->n_edges, err) == 0 &&
        write_joined(&judging, folder, "verdicts.csv", verdicts_head, VERDICTS, NULL, err) == 0 &&
        write_joined(&judging, folder, "history.csv", history_head, HISTORY, NULL, err) == 0 &&
        write_joined(&judging, folder, "outlook.csv", TB_OUTLOOK_HEAD, OUTLOOK, NULL, err) == 0 &&
        write_joined(&judging, folder, "knife_edges.csv", edges_head, EDGES, &edges, err) == 0)
        rc = write_settings(profile, folder, err);
    if (rc == 0)
        add_up(&judging, account);
    release(&judging);
    tb_buf_release(&edges);
    return rc;
}
