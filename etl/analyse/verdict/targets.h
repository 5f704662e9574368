/* targets.h - every target judged for its units, now and over the periods before.
 *
 * One target is one item of work: its rule is evaluated for all units at once,
 * for the period and the twelve before (and further back while someone's streak
 * still runs), and its rows of the three tables are written into buffers that
 * are joined in the order of targets.csv.
 */
#ifndef TONGBAO_ANALYSE_TARGETS_H
#define TONGBAO_ANALYSE_TARGETS_H

#include "analyse/verdict/judge.h"
#include "analyse/measure/measures.h"
#include "analyse/measure/source.h"
#include "tongbao/buf.h"
#include "tongbao/profile.h"

enum { TB_HISTORY_PERIODS = 12 }; /* before the period itself */

struct tb_targets_job {
    const struct tb_measures *ms; /* with findings */
    struct tb_period period;      /* of the bulletin */
    /* NULL: the measures of the run.  Else the numbers of a period that is not there yet, and
     * nothing is said of how far they are verified. */
    const struct tb_rule_source *source;
    struct tb_rule_shared *shared; /* of the thread: what its targets ask for; or NULL */
};

struct tb_target_result {
    struct tb_buf verdicts, history, edges, outlook; /* rows without headers */
    size_t n[TB_N_JUDGEMENTS];
    size_t n_edges;
};

/* Judges one target.  The buffers of *out must be empty and become the caller's. */
int tb_targets_judge(const struct tb_targets_job *job, size_t target, struct tb_target_result *out,
                     struct tb_error *err);

/* --- shared by the files that write a verdict's row, or ask for verdicts --- */

/* A target's rule evaluated for one period. */
struct tb_evaluation {
    const struct tb_targets_job *job;
    size_t row; /* of targets.csv */
    const struct tb_target *target; /* with the rule in force: of the profile, or `changed` */
    struct tb_target changed;
    struct tb_period asked;  /* the period that is judged */
    struct tb_period shown;  /* the one that the row bears: `asked`, or the last of several */
    struct tb_period period; /* where the rule was evaluated: `asked`, at most target->to */
    bool due;                /* the due date has come by the end of `asked` */
    bool cumulative;
    bool awaits;      /* the rule asks whether something is done, or there */
    bool is_schedule; /* `4 * elapsed` and step(...) are schedules themselves */
    struct tb_operand *annual, *quota; /* [n_units] */
    struct tb_source_user user;
    struct tb_rule_source source;
    struct tb_rule_frame frame;
    struct tb_rule_run *run;
};

/* Evaluates the target of that row for `asked`, and after its last period at that one.  With
 * `truth_only` no knife edges are looked for.  After success it is to be ended, and stays
 * where it is until then; -1 with *err filled. */
int tb_evaluation_begin(struct tb_evaluation *ev, const struct tb_targets_job *job, size_t row,
                        struct tb_period asked, bool truth_only, struct tb_error *err);
void tb_evaluation_end(struct tb_evaluation *ev);

/* How far the figure of a unit is verified, and what that leaves of the verdict.  A
 * derived figure is as far as the least of its parts. */
struct tb_verified {
    int64_t reached; /* as the cube keeps it (verification.h) */
    enum tb_lack lack;
    int32_t state; /* that decides it: row, or TB_NONE */
};
struct tb_verified tb_targets_verified(const struct tb_evaluation *ev, size_t unit);
/* True for units of the target that exist in the period. */
bool tb_targets_judges(const struct tb_evaluation *ev, size_t unit);
/* The verdict on a unit. */
enum tb_judgement tb_targets_verdict(const struct tb_evaluation *ev, size_t unit);
/* Who answers for a target: the lead department of its task, else that of the indicator.  Of an
 * indicator alone (target TB_NONE): its own, else the lead of its task.  A row, or TB_NONE. */
int32_t tb_targets_department(const struct tb_profile *profile, int32_t indicator, int32_t target);
/* Appends the unit's row of verdicts.csv; `periods` is what each_period.h says of them. */
void tb_verdicts_row(const struct tb_evaluation *ev, size_t unit, enum tb_judgement judgement,
                     uint32_t streak, const char *periods, struct tb_buf *out);
/* Appends the unit's row of knife_edges.csv. */
void tb_verdicts_edge(const struct tb_evaluation *ev, size_t unit, struct tb_buf *out);
/* The amount that is to be reached in a year: the annual task, else the quota; or NULL. */
const struct tb_operand *tb_targets_year_amount(const struct tb_evaluation *ev, size_t unit);
/* True when the rule rests on an amount that nobody assigned to the unit. */
bool tb_targets_lacks_amount(const struct tb_evaluation *ev, size_t unit);
/* True when the word stands in the text of the rule, not as part of another. */
bool tb_targets_mentions(const char *rule_text, const char *word);
/* The last period of the indicator that ends within the bulletin's and in which
 * a report was expected. */
struct tb_period tb_targets_period(const struct tb_profile *profile, size_t indicator,
                                   struct tb_period period);

#endif
