/* tables.c - verdicts.csv, history.csv, knife_edges.csv, outlook.csv and settings.csv.
 *
 * Targets are judged on any number of threads, each into buffers of its own; the
 * files are joined in the order of targets.csv.
 */
#include "analyse/tables.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/edges.h"
#include "analyse/outlook.h"
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
};

static int judge_target(void *user, size_t target, struct tb_error *err)
{
    const struct judging *judging = user;

    return tb_targets_judge(judging->job, target, &judging->result[target], err);
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
    size_t n = profile->n_targets;
    struct judging judging = { .job = job };
    struct tb_buf edges = TB_BUF_INIT;
    int rc = -1;

    *account = (struct tb_tables_account){ 0 };
    judging.result = calloc(n ? n : 1, sizeof *judging.result);
    if (!judging.result)
        return tb_error_set(err, "out of memory for %zu targets", n);
    if (tb_parallel(threads, n, judge_target, &judging, err) == 0 &&
        tb_edges_of_ranks(job->ms, job->period, &edges, &account->n_edges, err) == 0 &&
        write_joined(&judging, folder, "verdicts.csv", verdicts_head, VERDICTS, NULL, err) == 0 &&
        write_joined(&judging, folder, "history.csv", history_head, HISTORY, NULL, err) == 0 &&
        write_joined(&judging, folder, "outlook.csv", TB_OUTLOOK_HEAD, OUTLOOK, NULL, err) == 0 &&
        write_joined(&judging, folder, "knife_edges.csv", edges_head, EDGES, &edges, err) == 0)
        rc = write_settings(profile, folder, err);
    if (rc == 0)
        add_up(&judging, account);
    for (size_t t = 0; t < n; t++) {
        tb_buf_release(&judging.result[t].verdicts);
        tb_buf_release(&judging.result[t].history);
        tb_buf_release(&judging.result[t].edges);
        tb_buf_release(&judging.result[t].outlook);
    }
    free(judging.result);
    tb_buf_release(&edges);
    return rc;
}
