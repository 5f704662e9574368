/* rule.h - the rule language: one small expression for targets, checks and
 * consequences.  The reference with an example for each construct is
 * config/rules.md; the design is "rules.md" of the contract.
 *
 *   rule       = or | "none" | "暂无" | "无市定任务数" ;
 *   or         = and { "or" and } ;
 *   and        = not { "and" not } ;
 *   not        = "not" not | comparison ;
 *   comparison = sum [ compare sum | "~" sum [ "+-" sum ] ] ;
 *   compare    = "<" | "<=" | ">" | ">=" | "=" | "!=" ;
 *   sum        = term { ( "+" | "-" ) term } ;
 *   term       = unary { ( "*" | "/" ) unary } ;
 *   unary      = "-" unary | postfix ;
 *   postfix    = primary [ "[" INDICATOR "]" ] [ "@" UNIT ] ;
 *   primary    = NUMBER [ "%" ] | MEASURE | WORD | call | "(" or ")" ;
 *   call       = FUNCTION "(" [ argument { "," argument } ] ")" ;
 *   argument   = or | GROUP | "children" | "cases"
 *              | compare sum                                 (share(cases, <= 3))
 *              | PERIOD                                      (at(2022))
 *              | PERIOD ":" sum ;                            (step(2023-05: 30, ...))
 *   INDICATOR, UNIT, GROUP = NAME | NUMBER ;                 (codes, names, aliases)
 *   WORD       = quoted ;                                    (of grades: "市级先进")
 *   NAME       = plain | quoted ;
 *   plain      = letter or CJK { letter | digit | "_" | "." | CJK } ;
 *   quoted     = '"' { any but '"' } '"' ;
 *   NUMBER     = digits [ "." digits ] ;
 *
 * Signs also in their full-width form; ≤ ≥ ≠ × ÷ ± ≈ are taken; blanks count nowhere.
 *
 *   measures   value ytd total growth ytd_growth growth_2y ytd_growth_2y mom change share
 *              base ytd_base rank grade done progress elapsed annual quota lagging score
 *              late_days resubmitted on_time completeness
 *   of groups  f([QUANTITY,] GROUP): rank bottom tied count mean wmean median area best
 *              worst, and quantile([QUANTITY,] GROUP, p); score(GROUP) lagging(GROUP)
 *   one by one f(children | GROUP, CONDITION): all any count; f(children | GROUP [, x]):
 *              sum rounding; count(children) counts, count(GROUP) counts who is ranked
 *   time       prev(x [, n]) last_year(x) average(x, n) at(PERIOD [, x]) streak(CONDITION)
 *              every(CONDITION) step(PERIOD: x, ...)
 *   cases      max(cases) min(cases) share(cases, CONDITION); cases([CLASS])
 *              late_cases([CLASS]) over cases.csv
 *   known(x)   true or false, never unknown
 *   arithmetic abs min max round ceil floor
 *   screens    in checks only (screen.h): modified_z tukey hb hb_gap over a group; hampel
 *              seasonal scale_jump stale heaping round_share along the series of a unit
 *
 * A rule is parsed once, checked against the profile (names, kinds, units of
 * measure) and evaluated over arrays of units for one indicator and period,
 * with Kleene's three-valued logic and exact fractions.  Bounded are its length (8192
 * bytes), its depth (100 levels) and how many numbers it looks at for each unit.
 */
#ifndef TONGBAO_RULE_H
#define TONGBAO_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/observation.h"
#include "tongbao/period.h"
#include "tongbao/rational.h"

struct tb_buf;
struct tb_diag;
struct tb_error;
struct tb_place;
struct tb_plane;
struct tb_profile;
struct tb_target;
struct tb_uom;

struct tb_rule; /* opaque: compiled */

/* What a rule may lean on, and the unit of measure of its literals. */
struct tb_rule_context {
    int32_t indicator;         /* the subject; TB_NONE: a rule of any indicator (checks) */
    const struct tb_uom *uom;  /* of number literals that meet an amount; NULL: the indicator's */
    bool has_annual, has_quota;
    bool screens;              /* of checks: the screens of plausibility may be asked for */
    bool generated;            /* nobody wrote it: mistakes are told, advice is not */
    bool verdicts;             /* of consequences: what a target came to may be asked for */
    bool may_be_none;          /* of targets: the rule may be `none` */
};

/* Parses and checks.  Every mistake goes to diag at `place` with the column
 * moved to where in the text it is; NULL if there was one. */
struct tb_rule *tb_rule_compile(const char *text, const struct tb_profile *profile,
                                const struct tb_rule_context *context, struct tb_diag *diag,
                                const struct tb_place *place);
void tb_rule_free(struct tb_rule *rule);
/* The rule in its canonical spelling: parsing it gives the same rule. */
void tb_rule_print(const struct tb_rule *rule, const struct tb_profile *profile,
                   struct tb_buf *out);
/* True when the rule asks for an amount gathered over time (ytd, total, done,
 * value of a milestone >= something): it can be met early and is judged by
 * schedule before it is due. */
bool tb_rule_is_cumulative(const struct tb_rule *rule);
/* True when the rule uses that measure anywhere (TB_MEASURE_RANK, ...). */
bool tb_rule_uses(const struct tb_rule *rule, enum tb_measure measure);
/* True when it names that indicator in [..], or asks whether a number is a power of ten
 * off (scale_jump). */
bool tb_rule_names(const struct tb_rule *rule, size_t indicator);
/* True when it asks for a figure of that indicator, in [..] or as its subject. */
bool tb_rule_asks_indicator(const struct tb_rule *rule, size_t indicator);
bool tb_rule_uses_scale(const struct tb_rule *rule);
/* True when it asks cases.csv and no figure: nothing has to be submitted for it. */
bool tb_rule_is_of_cases(const struct tb_rule *rule);
/* The class that the i-th (from 0) late_cases or cases names, *len bytes, *at bytes from
 * the start of the rule; NULL: there are no more. */
const char *tb_rule_case_class(const struct tb_rule *rule, size_t i, size_t *len, uint32_t *at);
/* True when it asks other units for numbers one by one, below (children) or in a group;
 * when it asks that unit on behalf of that other one; when it adds them up. */
bool tb_rule_asks_units(const struct tb_rule *rule);
bool tb_rule_asks_unit(const struct tb_rule *rule, const struct tb_profile *profile, size_t unit,
                       size_t above, struct tb_period period);
bool tb_rule_sums_units(const struct tb_rule *rule);
/* True when the rule is `none`: there is no target, and nothing is judged. */
bool tb_rule_is_none(const struct tb_rule *rule);
/* True when the rule waits for something to be there, known(..) or done, and so is not
 * behind before it is due. */
bool tb_rule_awaits(const struct tb_rule *rule);

/* --- rules of consequences --- */

/* What a target came to, as words of a rule: verdicts by their codes, failing (behind, missed
 * or not_completed), and overdue: working days since the due day of a target that is failed. */
enum tb_verdict_word {
    TB_WORD_MET,
    TB_WORD_ON_TRACK,
    TB_WORD_AT_RISK,
    TB_WORD_BEHIND,
    TB_WORD_MISSED,
    TB_WORD_NOT_COMPLETED,
    TB_WORD_FAILING,
    TB_WORD_OVERDUE,
    TB_N_VERDICT_WORDS,
};

/* What a rule that names no indicator is about: each target (it asks for verdicts, progress,
 * or an amount), each indicator (a measure or a place by one), or a unit as such. */
enum tb_rule_about { TB_ABOUT_UNIT, TB_ABOUT_INDICATOR, TB_ABOUT_TARGET };
enum tb_rule_about tb_rule_about(const struct tb_rule *rule);

/* The first place in a group that a rule asks for, and the bound that it is compared with. */
struct tb_rule_standing {
    int32_t group;
    int32_t indicator;       /* row that it is named for, or TB_NONE: the rule's own */
    enum tb_measure of;      /* by which; TB_MEASURE_SCORE: the composite */
    bool bottom;             /* counted from the worst */
    bool has_bound;
    int compare;             /* private: of the bound */
    struct tb_rational bound;
};
bool tb_rule_find_standing(const struct tb_rule *rule, struct tb_rule_standing *out);
/* Whether the comparison with the bound holds for another place; true without a bound. */
bool tb_rule_standing_holds(const struct tb_rule_standing *standing, int64_t place);

/* --- evaluation --- */

enum tb_known {
    TB_KNOWN,
    TB_UNKNOWN_NO_DATA,        /* not submitted */
    TB_UNKNOWN_HELD,           /* submitted, and held back by a check until someone has looked */
    TB_UNKNOWN_NOT_COMPUTABLE, /* base zero or negative, too few peers, overflow */
    TB_UNKNOWN_NOT_APPLICABLE, /* no quota, before the first period, another frequency */
};

/* What is told of a task in place of a number that says less; it then is not done. */
enum tb_operand_told {
    TB_TOLD_NUMBER,
    TB_TOLD_UNDER_WAY,   /* without a percentage */
    TB_TOLD_NOT_DONE,
    TB_TOLD_NO_EVIDENCE, /* done, and evidence is required */
    TB_TOLD_NO_DAY,      /* done, and the day of completion is required */
    TB_TOLD_LATE,        /* done after the due day */
};

/* One number of one unit. */
struct tb_operand {
    struct tb_rational number; /* meaningful when known == TB_KNOWN */
    uint8_t known;             /* enum tb_known */
    bool provisional;          /* rests on a provisional or estimated value */
    bool unranked;             /* printed but kept out of ranks: growth on a base below min_base, an imputed figure */
    bool tied;                 /* of a given rank: shared with another unit */
    uint8_t told;              /* enum tb_operand_told: of tasks */
    bool approximate;          /* the exact fraction did not fit 64 bits: right to nine digits.
                                  A comparison closer than that is not computable. */
};

/* Where numbers come from: the stage supplies it.  Each function fills out[]
 * for all n_units of the profile.  `period` is in the indicator's own frequency. */
struct tb_rule_source {
    void *user;
    /* Any measure of observation.h that is per unit (value .. rank given,
     * change, late_days, resubmitted, progress, score, lagging).
     * TB_MEASURE_RANK with a group is the *given* rank; unknown where none was
     * given, and then the rank is computed from `quantity` by the evaluator. */
    void (*measure)(void *user, enum tb_measure measure, size_t indicator, uint8_t group,
                    struct tb_period period, struct tb_operand out[]);
    /* The percentage of a milestone at the end of a period, by all reports on the task, and
     * whether it is done as `done` asks (100, or less with `told`).  NULL: its value. */
    void (*task)(void *user, size_t indicator, struct tb_period period, bool done,
                 struct tb_operand out[]);
    /* The figure of a group taken as one, for a measure: its area's own figure
     * where there is one and `own_first`, else pooled.  One operand. */
    struct tb_operand (*pooled)(void *user, enum tb_measure measure, size_t indicator,
                                uint8_t group, bool own_first, struct tb_period period);
    /* The same without the unit itself, for groups with exclude_self: one operand
     * per unit.  NULL: wmean of such a group is not computable. */
    void (*pooled_others)(void *user, enum tb_measure measure, size_t indicator, uint8_t group,
                          struct tb_period period, struct tb_operand out[]);
    /* Percent of the expected submissions that came, per unit.  NULL: not applicable. */
    void (*completeness)(void *user, struct tb_period period, struct tb_operand out[]);
    /* The share of from .. to that past years had done by `at`, per unit, for progress =
     * profile; unknown: counted by months.  NULL: always. */
    void (*share_done)(void *user, size_t indicator, struct tb_period from, struct tb_period to,
                       struct tb_period at, struct tb_operand out[]);
    /* All that is known of a measure, for screens along a series; NULL: nothing.
     * May itself be NULL. */
    const struct tb_plane *(*plane)(void *user, enum tb_measure measure, size_t indicator);
    /* The last day of which anything is known: a case that is open past its limit then is
     * late.  TB_DAY_NONE, or NULL: the end of the period. */
    tb_day (*today)(void *user);
};

/* What screens along series found, kept from one evaluation of a rule to the next:
 * a series is looked at once and not again for each of its periods.  Of one rule,
 * one indicator and one state of the planes; not for two threads at once. */
struct tb_rule_cache;
struct tb_rule_cache *tb_rule_cache_new(void); /* NULL when memory is out */
void tb_rule_cache_free(struct tb_rule_cache *cache);

/* Numbers that several rules ask for (literals, measures, places and figures of a group),
 * found once, and the memory of evaluations that are over.  Of one profile and one source
 * whose measures, but progress, do not depend on the target; not for two threads at once.
 * It never changes an answer. */
struct tb_rule_shared;
struct tb_rule_shared *tb_rule_shared_new(void); /* NULL when memory is out */
/* Forgets the numbers and keeps the memory, so that it does not grow with all indicators.
 * No run that was made with it may be there any more. */
void tb_rule_shared_forget(struct tb_rule_shared *shared);
void tb_rule_shared_free(struct tb_rule_shared *shared);

/* Such stores for the threads of one job: each takes one for a piece of work and gives it
 * back, which forgets its numbers and keeps its memory.  Safe for use by many threads. */
struct tb_rule_pool;
struct tb_rule_pool *tb_rule_pool_new(void);                         /* NULL: memory is out */
struct tb_rule_shared *tb_rule_pool_take(struct tb_rule_pool *pool); /* NULL: memory is out */
void tb_rule_pool_give(struct tb_rule_pool *pool, struct tb_rule_shared *shared);
void tb_rule_pool_free(struct tb_rule_pool *pool); /* all must have been given back */

/* What belongs to the row of targets.csv (or checks.csv) at hand. */
struct tb_rule_frame {
    size_t indicator;
    struct tb_period period;
    struct tb_period from, to;        /* of the target: for total and elapsed */
    const struct tb_operand *annual;  /* [n_units], in the indicator's unit; or NULL */
    const struct tb_operand *quota;   /* [n_units]; or NULL */
    bool truth_only;                  /* checks: no knife edges are looked for (faster) */
    struct tb_rule_cache *cache;      /* or NULL: nothing is kept */
    struct tb_rule_shared *shared;    /* or NULL; outlives the run */
    /* What source->task goes by beside indicator and period.  Frames in which all three are the
     * same get the same answers, and share them; without has_task_key none are shared. */
    int64_t task_key[3];
    bool has_task_key;
    /* What the target came to by a period, for rules with words of verdicts: fills out[n_units]
     * with a truth, or a number of days.  NULL: not applicable. */
    void (*verdict)(void *user, enum tb_verdict_word word, struct tb_period period,
                    struct tb_operand out[]);
    void *verdict_user;
};

enum tb_truth { TB_FALSE, TB_TRUE, TB_UNKNOWN };

struct tb_rule_run; /* opaque: the results of one evaluation, for every unit */

/* Evaluates for all units.  NULL with *err filled when memory is out or the
 * depth limit is met.  The run borrows rule, profile and frame. */
struct tb_rule_run *tb_rule_eval(const struct tb_rule *rule, const struct tb_profile *profile,
                                 const struct tb_rule_source *source,
                                 const struct tb_rule_frame *frame, struct tb_error *err);
void tb_rule_run_free(struct tb_rule_run *run);

enum tb_truth tb_rule_truth(const struct tb_rule_run *run, size_t unit);
/* Why it is unknown (the worst reason among the operands), or TB_KNOWN. */
enum tb_known tb_rule_unknown(const struct tb_rule_run *run, size_t unit);
/* True when the rule holds because it asks for nothing: at least a quota (or an annual
 * task) of 0, whatever the number is and whether there is one or not. */
bool tb_rule_is_vacuous(const struct tb_rule_run *run, size_t unit);
bool tb_rule_provisional(const struct tb_rule_run *run, size_t unit);
/* True when judging on the other basis (printed instead of full values, or the
 * reverse) would turn the truth or a rank that it rests on. */
bool tb_rule_knife_edge(const struct tb_rule_run *run, size_t unit);
/* The comparison that decides: its two sides and left - right signed so that
 * negative is behind.  false when the rule rests on no comparison of numbers or
 * a side is unknown.  `decimals` is how many digits such a number is printed
 * with; `is_percent` that it is in percent (gap in points). */
struct tb_rule_gap {
    struct tb_operand value, benchmark;
    struct tb_rational gap;
    bool has_gap, is_percent, is_rank;
    int32_t decimals;
};
void tb_rule_gap(const struct tb_rule_run *run, size_t unit, struct tb_rule_gap *out);
/* "ytd_growth = 5.3; area(city) = 6.1": every operand with its number, in the
 * order of the rule; missing ones as "ytd_growth = no data". */
void tb_rule_operands(const struct tb_rule_run *run, size_t unit, struct tb_buf *out);
/* For all(..): the units that made it false; for late_cases the cases that are late: as
 * codes split by ';'. */
void tb_rule_culprits(const struct tb_rule_run *run, size_t unit, struct tb_buf *out);

#endif
