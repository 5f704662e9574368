/* consequences.c - every rule of consequences.csv judged: over targets, over indicators, over
 * units; then what people recorded and what was left undecided. */
#include "analyse/verdict/consequences.h"

#include <stdlib.h>
#include <string.h>

#include "analyse/verdict/consequence_published.h"
#include "analyse/verdict/consequence_row.h"
#include "analyse/verdict/consequence_target.h"
#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/map.h"
#include "tongbao/newfile.h"
#include "tongbao/parallel.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"

/* Items of work: each target, each indicator, then the rules about units. */
struct work {
    struct tb_proposals all;
    struct tb_proposals_out *out; /* [n_items] */
    size_t n_items;
};

/* A frame for rules that are about no target: the year so far. */
static struct tb_rule_frame frame_of(const struct tb_profile *profile, size_t indicator,
                                     struct tb_period period)
{
    struct tb_period start = tb_period_year_start(period, profile->set.year_start);
    struct tb_rule_frame frame = {
        .indicator = indicator, .period = period, .from = start, .to = start
    };

    frame.to.index += tb_periods_per_year(start.freq) - 1;
    return frame;
}

/* Whose calendar counts where no indicator is meant: one of the bulletin's frequency. */
static size_t home_indicator(const struct tb_profile *profile)
{
    for (size_t i = 0; i < profile->n_indicators; i++)
        if (profile->indicators[i].frequency == profile->set.frequency)
            return i;
    return 0;
}

/* Adds the proposals of one rule that is judged for one indicator (or none). */
static int judge(const struct tb_proposals *all, size_t row, int32_t indicator,
                 const struct tb_rule *rule, bool ledger[], struct tb_proposals_out *out,
                 struct tb_error *err)
{
    const struct tb_profile *profile = all->job.ms->profile;
    struct tb_period period =
        indicator < 0 ? all->job.period
                      : tb_targets_period(profile, (size_t)indicator, all->job.period);
    struct tb_source_user user = { .ms = all->job.ms, .target = TB_NONE };
    struct tb_rule_source source = tb_source_init(&user);
    struct tb_rule_frame frame =
        frame_of(profile, indicator < 0 ? home_indicator(profile) : (size_t)indicator, period);
    struct tb_rule_run *run = tb_rule_eval(rule, profile, &source, &frame, err);
    bool is_ledger = tb_consequence_is_ledger(profile->consequences[row].kind);

    for (size_t u = 0; run && u < profile->n_units; u++) {
        struct tb_proposal p = { row, { (int32_t)u, indicator, TB_NONE }, period, rule, run, NULL };
        if (tb_rule_truth(run, u) != TB_TRUE || (ledger[u] && is_ledger) ||
            !tb_unit_valid_in(&profile->units[u], period) || !tb_proposal_applies(all, &p))
            continue;
        tb_proposal_put(all, &p, out);
        ledger[u] |= is_ledger;
    }
    tb_rule_run_free(run);
    return run ? 0 : -1;
}

/* The rule for one indicator; NULL where it cannot be said of it. */
static struct tb_rule *compile_for(const struct tb_profile *profile, const struct tb_consequence *c,
                                   size_t indicator)
{
    struct tb_diag silent = { 0 };
    struct tb_place place = { .file = "consequences.csv", .line = c->line, .column = 1 };
    struct tb_rule_context context = { .indicator = (int32_t)indicator };

    return tb_rule_compile(c->when, profile, &context, &silent, &place);
}

/* `indicator` TB_NONE: the rules about units. */
static int judge_rest(const struct tb_proposals *all, int32_t indicator,
                      struct tb_proposals_out *out, struct tb_error *err)
{
    const struct tb_profile *profile = all->job.ms->profile;
    bool *ledger = calloc(profile->n_units + 1, sizeof *ledger);
    int rc = ledger ? 0 : tb_error_set(err, "out of memory for %zu units", profile->n_units);

    for (size_t i = 0; rc == 0 && i < profile->n_consequences; i++) {
        const struct tb_consequence *c = &profile->consequences[i];
        struct tb_rule *own = NULL;
        if (!c->rule || c->about != (indicator < 0 ? TB_ABOUT_UNIT : TB_ABOUT_INDICATOR) ||
            (indicator >= 0 && c->indicators && !c->indicators[indicator]))
            continue;
        if (indicator >= 0 && !(own = compile_for(profile, c, (size_t)indicator)))
            continue;
        rc = judge(all, i, indicator, own ? own : c->rule, ledger, out, err);
        tb_rule_free(own);
    }
    free(ledger);
    return rc;
}

static int judge_item(void *user, size_t item, struct tb_error *err)
{
    struct work *w = user;
    const struct tb_profile *profile = w->all.job.ms->profile;
    size_t indicator = item - profile->n_targets;

    if (item < profile->n_targets)
        return tb_consequences_of_target(&w->all, item, &w->out[item], err);
    return judge_rest(&w->all, indicator < profile->n_indicators ? (int32_t)indicator : TB_NONE,
                      &w->out[item], err);
}

/* --- before --- */

/* Of which units the department's rule holds, for each consequence. */
static int judge_departments(struct tb_proposals *all, struct tb_error *err)
{
    const struct tb_profile *profile = all->job.ms->profile;
    struct tb_source_user user = { .ms = all->job.ms, .target = TB_NONE };
    struct tb_rule_source source = tb_source_init(&user);
    struct tb_rule_frame frame = frame_of(profile, home_indicator(profile), all->job.period);

    all->departments = calloc(profile->n_consequences + 1, sizeof *all->departments);
    if (!all->departments)
        return tb_error_set(err, "out of memory");
    for (size_t i = 0; i < profile->n_consequences; i++) {
        if (!profile->consequences[i].department)
            continue;
        all->departments[i] = calloc(profile->n_units + 1, sizeof **all->departments);
        if (!all->departments[i])
            return tb_error_set(err, "out of memory for %zu units", profile->n_units);
        struct tb_rule_run *run =
            tb_rule_eval(profile->consequences[i].department, profile, &source, &frame, err);
        if (!run)
            return -1;
        for (size_t u = 0; u < profile->n_units; u++)
            all->departments[i][u] = tb_rule_truth(run, u) == TB_TRUE;
        tb_rule_run_free(run);
    }
    return 0;
}

/* The bulletin's subject, else the units of the group on page one. */
static int find_subjects(struct tb_proposals *all, struct tb_error *err)
{
    const struct tb_profile *profile = all->job.ms->profile;
    const struct tb_settings *set = &profile->set;

    all->subjects = calloc(profile->n_units + 1, sizeof *all->subjects);
    if (!all->subjects)
        return tb_error_set(err, "out of memory for %zu units", profile->n_units);
    if (set->subject) {
        int32_t unit = tb_profile_unit(profile, set->subject, strlen(set->subject));
        if (unit >= 0)
            all->subjects[unit] = true;
        return 0;
    }
    int32_t group = set->subject_group
                        ? tb_profile_group(profile, set->subject_group, strlen(set->subject_group))
                        : TB_NONE;
    for (size_t m = 0; group >= 0 && m < profile->groups[group].n_members; m++)
        all->subjects[profile->groups[group].member[m]] = true;
    return 0;
}

/* --- after --- */

static struct tb_map *keys_of(const struct work *w, struct tb_error *err)
{
    struct tb_map *keys = tb_map_new();

    for (size_t i = 0; keys && i < w->n_items; i++) {
        const char *text = tb_buf_text(&w->out[i].keys);
        for (size_t len; *text; text += len + 1) {
            len = strcspn(text, "\n");
            if (tb_map_add(keys, text, len, 1) < 0) {
                tb_map_free(keys);
                keys = NULL;
                break;
            }
        }
    }
    if (!keys)
        tb_error_set(err, "out of memory for proposals");
    return keys;
}

/* Notes that the subject has its row; true when it has none yet. */
static bool take_key(struct tb_map *keys, size_t consequence,
                     const struct tb_consequence_subject *subject, struct tb_buf *out)
{
    struct tb_buf key = TB_BUF_INIT;

    tb_proposal_key(consequence, subject, &key);
    size_t before = tb_map_count(keys);
    bool fine = !key.failed && tb_map_add(keys, tb_buf_text(&key), key.len, 1) >= 0;
    out->failed |= !fine;
    tb_buf_release(&key);
    return fine && tb_map_count(keys) > before;
}

static bool is_recent(struct tb_period of, struct tb_period bulletin)
{
    return of.freq == bulletin.freq && of.index >= bulletin.index - 1 && of.index <= bulletin.index;
}

/* What people decided of this bulletin and of the one before, where no rule calls for it now:
 * the last record of each subject. */
static void put_records(const struct tb_proposals *all, const struct tb_published *published,
                        struct tb_map *keys, struct tb_buf *out)
{
    const struct tb_profile *profile = all->job.ms->profile;

    for (size_t i = profile->n_consequence_records; i-- > 0;) {
        const struct tb_consequence_record *r = &profile->consequence_records[i];
        struct tb_buf key = TB_BUF_INIT;
        if (!is_recent(r->period, all->job.period) ||
            (all->today != TB_DAY_NONE && r->when > all->today) ||
            !take_key(keys, (size_t)r->consequence, &r->subject, out))
            continue;
        struct tb_proposal_fate fate = tb_proposal_fate(profile, (size_t)r->consequence,
                                                        &r->subject, r->period, all->today);
        if (!fate.record) /* closed since, with another step of its ladder */
            fate.fate = TB_FATE_CLOSED;
        if (profile->consequences[r->consequence].manual && fate.fate == TB_FATE_DONE)
            fate.fate = TB_FATE_RECORDED;
        tb_proposal_key((size_t)r->consequence, &r->subject, &key);
        tb_proposal_put_bare(all, (size_t)r->consequence, &r->subject, r->period, fate.fate, r,
                             tb_published_first(published, &key), out);
        tb_buf_release(&key);
    }
}

/* What the last bulletin proposed and nobody decided. */
static void put_undecided(const struct tb_proposals *all, const struct tb_published *published,
                          struct tb_map *keys, struct tb_buf *out)
{
    for (size_t i = 0; i < published->n; i++) {
        const struct tb_published_proposal *p = &published->item[i];
        if (p->in_last &&
            !tb_proposal_fate(all->job.ms->profile, p->consequence, &p->subject, p->last,
                              all->today)
                 .record &&
            take_key(keys, p->consequence, &p->subject, out))
            tb_proposal_put_bare(all, p->consequence, &p->subject, p->last, TB_FATE_UNDECIDED, NULL,
                                 p->first, out);
    }
}

static int write_rows(struct work *w, const struct tb_published *published, const char *folder,
                      struct tb_error *err)
{
    char *path = tb_path("%s/consequences.csv", folder);
    struct tb_map *keys = keys_of(w, err);
    struct tb_buf rest = TB_BUF_INIT, text = TB_BUF_INIT;
    int rc = path && keys ? 0 : path ? -1 : tb_error_set(err, "out of memory");

    tb_buf_puts(&text, TB_CONSEQUENCES_HEAD);
    for (size_t i = 0; rc == 0 && i < w->n_items; i++) {
        rc = tb_buf_ok(&w->out[i].rows, err) && tb_buf_ok(&w->out[i].keys, err) ? 0 : -1;
        tb_buf_add(&text, tb_buf_text(&w->out[i].rows), w->out[i].rows.len);
    }
    if (rc == 0) {
        put_records(&w->all, published, keys, &rest);
        put_undecided(&w->all, published, keys, &rest);
        tb_buf_add(&text, tb_buf_text(&rest), rest.len);
        rc = tb_buf_ok(&rest, err) && tb_buf_ok(&text, err)
                 ? tb_newfile_write(path, tb_buf_text(&text), text.len, err)
                 : -1;
    }
    tb_buf_release(&rest);
    tb_buf_release(&text);
    tb_map_free(keys);
    free(path);
    return rc;
}

static void release(struct work *w)
{
    const struct tb_profile *profile = w->all.job.ms->profile;

    for (size_t i = 0; w->out && i < w->n_items; i++) {
        tb_buf_release(&w->out[i].rows);
        tb_buf_release(&w->out[i].keys);
    }
    for (size_t i = 0; w->all.departments && i < profile->n_consequences; i++)
        free(w->all.departments[i]);
    free(w->all.departments);
    free(w->all.subjects);
    free(w->out);
    tb_place_doubts_release(&w->all.doubts);
}

static int judge_all(struct work *w, const struct tb_stage *stage,
                     const struct tb_published *published, struct tb_error *err)
{
    const struct tb_profile *profile = w->all.job.ms->profile;

    /* Without rules there is nothing to judge; records may still be there. */
    w->n_items = profile->n_indicators && profile->n_consequences
                     ? profile->n_targets + profile->n_indicators + 1
                     : 0;
    w->out = calloc(w->n_items + 1, sizeof *w->out);
    if (!w->out)
        return tb_error_set(err, "out of memory for consequences");
    if (find_subjects(&w->all, err) < 0 ||
        (w->n_items > 0 && judge_departments(&w->all, err) < 0) ||
        tb_place_doubts_init(&w->all.doubts, stage->out, err) < 0 ||
        tb_parallel(stage->common->threads, w->n_items, judge_item, w, err) < 0)
        return -1;
    return write_rows(w, published, stage->out, err);
}

int tb_consequences_write(const struct tb_stage *stage, const struct tb_measures *ms,
                          struct tb_period period, size_t *n, struct tb_error *err)
{
    struct tb_published published;
    struct work w = { .all = { .job = { .ms = ms, .period = period }, .today = ms->today } };
    int rc;

    *n = 0;
    if (tb_published_read(&published, ms->profile, stage->run, err) < 0)
        return -1;
    w.all.published = &published;
    rc = judge_all(&w, stage, &published, err);
    for (size_t i = 0; rc == 0 && i < w.n_items; i++)
        *n += w.out[i].n_waiting;
    release(&w);
    tb_published_release(&published);
    return rc;
}
