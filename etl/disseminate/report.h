/* report.h - the facts that a period's reports are made of, loaded once and read
 * by the texts, the pages and the charts alike.
 *
 * Everything here was computed by an earlier stage; this module finds numbers,
 * it never makes them.  A fact that is absent is told as absent (known == false,
 * rank 0, a NULL table), never as zero.  All of it lives until
 * tb_report_release; the profile is borrowed and must outlive the report.
 */
#ifndef TONGBAO_DISSEMINATE_REPORT_H
#define TONGBAO_DISSEMINATE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"
#include "tongbao/cube.h"
#include "tongbao/decimal.h"
#include "tongbao/observation.h"
#include "tongbao/period.h"
#include "tongbao/conflict.h"
#include "tongbao/profile.h"

struct tb_error;
struct tb_buf;
struct tb_map;
struct tb_table;
struct tb_task_row;

enum tb_verdict_kind {
    TB_VERDICT_MET,
    TB_VERDICT_ON_TRACK,
    TB_VERDICT_AT_RISK,
    TB_VERDICT_BEHIND,
    TB_VERDICT_MISSED,
    TB_VERDICT_NOT_DUE,
    TB_VERDICT_NO_DATA,
    TB_VERDICT_NOT_COMPUTABLE,
    TB_VERDICT_HELD,          /* held back by a check until someone has looked */
    TB_VERDICT_NOT_VERIFIED,  /* a state of verification is lacking: no verdict yet */
    TB_VERDICT_NOT_COMPLETED, /* verification failed or is overdue */
    TB_VERDICT_NO_TARGET,     /* nobody set an amount to reach */
    TB_VERDICT_EXEMPT,        /* a failure that an exemption takes away */
    TB_VERDICT_AGREES,        /* the data show a published fact */
    TB_VERDICT_DIFFERS,       /* they show something else */
    TB_N_VERDICTS,
};

/* Colour classes; each is always shown with a word or a sign beside it. */
enum tb_rag { TB_RAG_GREEN, TB_RAG_AMBER, TB_RAG_RED, TB_RAG_GREY };

/* One row of verdicts.csv.  Texts are as printed by analyse, "" when unknown. */
struct tb_verdict {
    int32_t target, task, unit, indicator, department; /* rows; task, department: or TB_NONE */
    struct tb_period period;                           /* in the indicator's frequency */
    enum tb_verdict_kind kind;
    int32_t state, lacks; /* of verification: reached, and deciding; rows, or TB_NONE */
    enum tb_strength strength;
    bool provisional, knife_edge, tied;
    enum tb_conflict conflict; /* with the target of row `rival`, or TB_NONE */
    int32_t rival;
    bool has_movement;
    int32_t movement;      /* places; positive is up */
    uint32_t rank, ranked; /* 0: not ranked */
    uint32_t streak;       /* periods running in which the rule was false */
    const char *value, *benchmark, *gap, *unit_measure;
    const char *due, *rule, *operands, *catch_up, *reason, *annual, *culprits, *periods;
    const char *exemption, *change; /* a document; what was changed of the target since it was set */
};

/* One row of history.csv. */
struct tb_past_verdict {
    int32_t target, unit; /* rows */
    struct tb_period period;
    enum tb_verdict_kind kind;
};

/* What earlier stages left as text; NULL where the file is absent. */
struct tb_report_tables {
    struct tb_table *verdicts, *history, *knife_edges, *settings; /* analyse */
    struct tb_table *early_warning;                               /* analyse */
    struct tb_table *outlook;                                     /* analyse */
    struct tb_table *submissions, *rejects;                       /* collect */
    struct tb_table *sources, *revisions, *checks, *cells;        /* process */
    struct tb_table *worklist, *left_out, *edits, *estimates;     /* process */
    struct tb_table *comparable, *revised, *replaced;             /* process */
    struct tb_table *events;                                      /* analyse */
    struct tb_table *changes, *residuals;                         /* process */
    struct tb_table *breaks;                                      /* analyse */
    struct tb_table *rank_confidence, *target_changes, *consequences; /* analyse */
    struct tb_table *verified, *verification;                     /* process */
    struct tb_table *errata, *tasks;                              /* analyse */
};

struct tb_report {
    const struct tb_profile *profile; /* borrowed */
    struct tb_period period;          /* of the bulletin, in the profile's frequency */
    const char *lang;                 /* "zh" or "en": that of the text being written */
    const char *run;                  /* folder of the run (…/collect, …/analyse lie in it) */
    int32_t subject;                  /* row of units, or TB_NONE: all of subject_group */
    int32_t subject_group;            /* row of groups, or TB_NONE */
    int32_t children_group;           /* row of groups, or TB_NONE */
    struct tb_cube *cube;             /* process/cube.tbc, or NULL */
    struct tb_cube *findings;         /* analyse/findings.tbc */
    struct tb_report_tables table;
    struct tb_verdict *verdicts; /* in the order of verdicts.csv */
    size_t n_verdicts;
    uint32_t *of_unit;    /* rows of verdicts[], by unit, in file order within one */
    uint32_t *unit_first; /* [n_units + 1] unit u has of_unit[first[u] .. first[u+1]) */
    struct tb_past_verdict *history;
    size_t n_history;
    struct tb_task_row *tasks;   /* task.h; in the order of tasks.csv */
    size_t n_tasks;
    struct tb_map *task_rows;    /* indicator and unit -> first of tasks[] */
    struct tb_arena arena;
};

/* Loads what `run` holds for `period`.  findings.tbc and verdicts.csv must be
 * there; the rest may be absent.  -1 with *err filled; release either way. */
int tb_report_load(struct tb_report *report, const struct tb_profile *profile, const char *run,
                   struct tb_period period, const char *lang, struct tb_error *err);
void tb_report_release(struct tb_report *report);

/* One number as published. */
struct tb_figure {
    bool known;
    uint8_t status; /* of observation.h, with growth method bits for growth measures */
    struct tb_decimal value;
};

/* A unit's place in a group by one headline measure.  A place among one counts as none. */
struct tb_standing {
    uint32_t rank;   /* 0: not ranked; nothing else is meaningful then */
    uint32_t bottom; /* place counted from the worst; 0: unknown */
    uint32_t ranked; /* units ranked in the group; 0: unknown */
    bool tied;
    bool has_movement;
    int32_t movement; /* places on the period before; positive is up */
};

/* The period of an indicator's own frequency that the report looks at: the last
 * one that ends with or before the report's. */
struct tb_period tb_report_period_of(const struct tb_report *report, size_t indicator);
/* Number of a unit: from the findings, else as submitted. */
struct tb_figure tb_report_figure(const struct tb_report *report, size_t indicator,
                                  enum tb_measure measure, struct tb_period period, size_t unit);
/* Number of a group (area, pooled, mean, median, q1, q3, best, worst, count) of
 * the measure `of`. */
struct tb_figure tb_report_group_figure(const struct tb_report *report, size_t indicator,
                                        enum tb_measure measure, enum tb_measure of,
                                        struct tb_period period, size_t group);
/* The figure that stands for a group: its area's own, else pooled, else the simple mean;
 * *which (may be NULL) says which of the three it is. */
struct tb_figure tb_report_peer_figure(const struct tb_report *report, size_t indicator,
                                       enum tb_measure of, struct tb_period period, size_t group,
                                       enum tb_measure *which);
struct tb_standing tb_report_standing(const struct tb_report *report, size_t indicator,
                                      enum tb_measure of, struct tb_period period, size_t group,
                                      size_t unit);
/* The first headline of the indicator by which anyone in the group is ranked in
 * the period, or the first headline, or -1 when it has none. */
int tb_report_headline(const struct tb_report *report, size_t indicator, struct tb_period period,
                       int32_t group);

/* Composite: the score and the place by it, rank 0 where there is none. */
struct tb_figure tb_report_score(const struct tb_report *report, size_t group, size_t unit);
struct tb_standing tb_report_score_standing(const struct tb_report *report, size_t group,
                                            size_t unit);
/* Indicators in which the unit stands at the bottom of the group. */
struct tb_figure tb_report_lagging(const struct tb_report *report, size_t group, size_t unit);

/* The group a unit is ranked in on page one: subject_group, else children_group,
 * whichever it belongs to; TB_NONE if neither. */
int32_t tb_report_main_group(const struct tb_report *report, size_t unit);
/* Its own smaller group: the first other group with at least two members, fewer
 * than the main group, that it belongs to; TB_NONE if there is none. */
int32_t tb_report_own_group(const struct tb_report *report, size_t unit);

/* Verdict words: "met"; 达标 / met; and colour class. */
const char *tb_verdict_code(enum tb_verdict_kind kind);
const char *tb_verdict_word(enum tb_verdict_kind kind, const char *lang);
enum tb_rag tb_verdict_rag(enum tb_verdict_kind kind);
/* A sign that is told from the others in black and white: ● ▲ ■ ○. */
const char *tb_rag_sign(enum tb_rag rag);
/* False of a verdict that is shown but not counted: of a stretch target or a published
 * fact, and of a target that another row repeats or goes before. */
bool tb_verdict_counts(const struct tb_verdict *v);
/* The worst verdict (red, amber, green, grey) that the targets of an indicator
 * gave a unit in the report's period; NULL when it has none.  Stretch targets
 * count only when there is no binding one. */
const struct tb_verdict *tb_report_worst_verdict(const struct tb_report *report, size_t indicator,
                                                 size_t unit);

/* Appends a file name made of a code: [A-Za-z0-9-] and '_' stand, any other byte
 * (and an '_' before two of [0-9A-F], and a leading '-') becomes _HH, so that
 * different codes never meet. */
void tb_report_file_name(struct tb_buf *out, const char *code);

static inline bool tb_report_is_zh(const struct tb_report *report)
{
    return report->lang[0] == 'z';
}

#endif
