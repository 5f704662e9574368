/* profile.h - a bureau's tables, loaded whole and checked whole.
 *
 * config/<profile>/ holds profile.ini and the CSV tables of the architecture
 * note.  Loading reports every mistake with file, line and column, not only the
 * first; a profile with an error is never run.  All strings live in the
 * profile's arena; arrays are in file order, and row numbers are the codes that
 * observations and planes use.
 */
#ifndef TONGBAO_PROFILE_H
#define TONGBAO_PROFILE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/arena.h"
#include "tongbao/date.h"
#include "tongbao/decimal.h"
#include "tongbao/diag.h"
#include "tongbao/elapsed.h"
#include "tongbao/event.h"
#include "tongbao/observation.h"
#include "tongbao/period.h"
#include "tongbao/rational.h"
#include "tongbao/task_stage.h"
#include "tongbao/uom.h"

struct tb_absence;
struct tb_case;
struct tb_change;
struct tb_consequence;
struct tb_consequence_record;
struct tb_deadline;
struct tb_error;
struct tb_estimate;
struct tb_exemption;
struct tb_fault;
struct tb_map;
struct tb_mark;
struct tb_rebase;
struct tb_rival;
struct tb_rule;
struct tb_special_day;
struct tb_state;
struct tb_stated_deadline;
struct tb_target_change;
struct tb_waiver;

enum { TB_NONE = -1, TB_MAX_GROUPS = 64 };

struct tb_strings { /* a list out of one cell, split at ';' */
    const char **item;
    size_t n;
};

struct tb_unit {
    const char *code, *name_zh, *name_en, *level;
    struct tb_strings aliases;
    int32_t parent;      /* row, or TB_NONE */
    int32_t successor;   /* row, or TB_NONE */
    uint64_t groups;     /* bit g: member of group g */
    tb_day valid_from;   /* TB_DAY_NONE: always was */
    tb_day valid_to;     /* last day; TB_DAY_NONE: still is */
    struct tb_absence *absence; /* [n_absences] closed for a while in between, by day (change.h) */
    size_t n_absences;
    bool changed;        /* some change has it among the units after it */
    uint32_t line;
};

/* An alias with the days on which it held: `旧名@..2019-12-31`. */
struct tb_former_name {
    const char *name;
    int32_t unit;        /* row */
    int32_t next;        /* another one of this name, or TB_NONE */
    tb_day from, to;     /* TB_DAY_NONE: open */
};

struct tb_group {
    const char *code, *name_zh, *name_en, *class_name;
    int32_t area;        /* unit whose own figure stands for the group, or TB_NONE */
    bool exclude_self;   /* a unit is not its own peer */
    uint32_t *member;    /* rows of units, ascending */
    size_t n_members;
    uint32_t line;
};

struct tb_department {
    const char *code, *name_zh, *name_en, *lead, *contact;
    uint32_t line;
};

enum tb_kind { TB_KIND_FLOW, TB_KIND_STOCK, TB_KIND_RATE, TB_KIND_INDEX, TB_KIND_COUNT,
               TB_KIND_MILESTONE, TB_KIND_GRADE };
enum tb_direction { TB_HIGHER, TB_LOWER, TB_NEUTRAL };
/* Which growth is believed first; each falls back to the next where it is absent. */
enum tb_growth_basis { TB_BASIS_PUBLISHED, TB_BASIS_COMPARABLE, TB_BASIS_COMPUTED };

/* How a number becomes points of the composite score, and how points are joined (methods note,
 * section 7). */
enum tb_normalise { TB_NORMALISE_RANK, TB_NORMALISE_MINMAX, TB_NORMALISE_ZSCORE,
                    TB_NORMALISE_GOALPOSTS, TB_NORMALISE_COMPLETION };
enum tb_aggregate { TB_AGGREGATE_ARITHMETIC, TB_AGGREGATE_GEOMETRIC };

/* Where 一类 ends and where 二类 ends: scores (85;60) or shares of the units (30%;80%). */
struct tb_class_cuts {
    bool given;    /* false: by front_share and bottom_k */
    bool of_units; /* shares of the units, in percent */
    struct tb_decimal first, second;
};

/* PRICES (methods note, section 14): at which prices amounts are. */
enum tb_prices { TB_PRICES_UNSAID, TB_PRICES_CURRENT, TB_PRICES_CONSTANT, TB_PRICES_CHAINED };

/* `formula` of a derived indicator: (sum of terms) / (sum of terms), indicators
 * by row.  `a - b` needs all parts; `sum(a, b, c)` adds those that are there. */
struct tb_formula_side {
    uint16_t *indicator;
    int8_t *sign;      /* +1 or -1 */
    size_t n;          /* 0: this side is absent */
    bool of_present;   /* sum(...): missing parts are left out, all missing is missing */
};
struct tb_formula {
    struct tb_formula_side numerator, denominator;
};

struct tb_indicator {
    const char *code, *name_zh, *name_en, *short_zh, *short_en; /* short names: chart heads */
    struct tb_strings aliases;
    const char *unit_measure;  /* as printed: 万元 */
    struct tb_uom uom;         /* with unit_mult applied */
    enum tb_kind kind;
    enum tb_direction direction;
    enum tb_freq frequency;
    enum tb_growth_basis growth;
    int32_t decimals;          /* published digits of the value */
    bool joint_jan_feb;        /* no January; February's value is that of both months */
    struct tb_decimal weight;  /* in the composite score; 0: not in it */
    int32_t block;             /* row of blocks, where those have weights; else TB_NONE */
    bool zero_score;           /* 未破零的记零分: no points while nothing is counted */
    bool has_low, has_high;
    struct tb_decimal low, high; /* goalposts of the leading headline: 0 and 100 points */
    bool has_min, has_max, has_min_base;
    struct tb_decimal min, max;/* range check, in unit_measure */
    struct tb_decimal min_base;/* growth on a smaller base is printed but not ranked */
    int32_t department;        /* row, or TB_NONE */
    int32_t task;              /* row, or TB_NONE */
    struct tb_strings grades;  /* of a grade: best first; the value is the place, from 1 */
    enum tb_event event;       /* what kind of event it counts, or none (event.h) */
    struct tb_event_window window; /* when within the period it is usually held */
    uint8_t headline[4];       /* measures that are ranked and charted; the first leads */
    size_t n_headlines;
    struct tb_formula *formula;/* NULL: submitted, not derived */
    enum tb_prices prices;     /* of levels: V, Q, L; unsaid: not a matter of prices */
    int8_t seasonal; /* enum tb_seasonal_by of this indicator; -1: the profile's */
    enum tb_prices growth_prices; /* of submitted rates of growth; those of the levels unless said */
    const char *price_base;    /* year of constant and chained prices; "" */
    struct tb_rebase *rebase;  /* [n_rebases] changes of base year, by period (rebase.h) */
    size_t n_rebases;
    uint32_t line;
};

/* A part of the responsibility list that has a weight of its own (weights.csv). */
struct tb_block {
    const char *name;
    struct tb_decimal weight;
    uint32_t line;
};

struct tb_task {
    const char *code, *block, *block_en, *sequence, *name_zh, *name_en, *goal, *lead;
    int32_t lead_department;   /* row, or TB_NONE */
    struct tb_strings departments; /* joint ones, as codes */
    struct tb_strings lists;   /* other blocks that it stands in, too: one fact, counted once */
    uint32_t line;
};

enum tb_strength {
    TB_BINDING,
    TB_STRETCH, /* 力争: judged and shown, never among the behind */
    TB_FACT,    /* a published figure that the data must show: agrees or differs */
    TB_N_STRENGTHS,
};
/* "binding", "stretch", "fact" */
const char *tb_strength_code(enum tb_strength strength);

struct tb_target {
    const char *code, *note, *rule_text;
    int32_t task;              /* row, or TB_NONE */
    int32_t indicator;         /* row */
    uint8_t *applies;          /* [n_units] 1 where the target applies */
    struct tb_period from, to; /* in the indicator's frequency */
    struct tb_rule *rule;      /* compiled; owned by the profile */
    bool has_annual, has_quota;/* quota here; values of quotas.csv go before it */
    bool quota_awaited;        /* it is to be assigned: no verdict until it is */
    struct tb_decimal annual;  /* in unit_measure */
    struct tb_decimal quota;
    struct tb_uom uom;         /* of the literals in the rule, annual and quota */
    const char *unit_measure;  /* as written; the indicator's where empty */
    tb_day due;                /* TB_DAY_NONE: each period's end */
    enum tb_strength strength;
    struct tb_decimal weight;
    int32_t yields_to;         /* row of the target that binds in its place, or TB_NONE */
    struct tb_rival *rivals;   /* [n_rivals] what it repeats or contradicts (conflict.h) */
    size_t n_rivals;
    uint32_t line, rule_column;
};

struct tb_quota {
    int32_t target, unit;      /* rows */
    struct tb_period period;
    bool has_period;
    struct tb_decimal value;
    tb_day approved_on;
    uint32_t line;
};

enum tb_check_severity { TB_CHECK_ERROR, TB_CHECK_WARNING };

struct tb_check {
    const char *code, *rule_text, *message_zh, *message_en;
    int32_t indicator;         /* row, or TB_NONE: every indicator */
    uint8_t *applies;          /* [n_units] */
    enum tb_check_severity severity;
    bool as_sent;              /* only of figures that were sent, not of derived ones */
    struct tb_rule *rule;
    uint32_t line, rule_column;
};

/* What a row of edits.csv does to its cell (edit.h). */
enum tb_edit_action {
    TB_EDIT_CORRECT,  /* another value, another status, or both */
    TB_EDIT_APPROVE,  /* what stands there is right, whatever checks say */
    TB_EDIT_WITHDRAW, /* what was edited before is not */
};

struct tb_edit {
    const char *who, *reason;
    int64_t when;              /* seconds since the epoch */
    int32_t unit, indicator;
    enum tb_measure measure;
    struct tb_period period;
    enum tb_edit_action action;
    bool has_value;            /* of an approval: it is one of that value alone */
    struct tb_decimal value;
    uint8_t status;            /* enum tb_status; TB_STATUS_NONE: not named */
    int32_t withdrawn_by;      /* row of edits, or TB_NONE */
    uint32_t line;
};

enum tb_layout {
    TB_LAYOUT_LONG,
    TB_LAYOUT_INDICATORS_ACROSS,
    TB_LAYOUT_PERIODS_ACROSS,
    TB_LAYOUT_UNITS_ACROSS,
};

/* Where a dimension that has no column of its own comes from. */
enum tb_source_kind { TB_FROM_COLUMN, TB_FROM_FILE, TB_FROM_TITLE, TB_FROM_CELL, TB_FROM_FIXED };
struct tb_source_of {
    enum tb_source_kind kind;
    const char *text;          /* column head, or the fixed code; NULL: by usual names */
    uint32_t row, column;      /* of TB_FROM_CELL, from 1 */
};

/* One head of a wide table, or one value of a qualifier column, given a meaning:
 * `HEAD=INDICATOR:MEASURE:UNIT` in the cell `columns` of forms.csv. */
struct tb_form_column {
    const char *head;          /* as written, or HEAD:QUALIFIER */
    int32_t indicator;         /* row; TB_NONE: leave the column out (`HEAD=-`) */
    int measure;               /* enum tb_measure, or -1: the form's */
    int32_t group;             /* of a given rank, or TB_NONE */
    const char *unit_measure;  /* NULL: the form's */
};

/* What a row between data rows with one filled cell says of the rows below. */
enum tb_form_section {
    TB_SECTION_AUTO,        /* what no column says, where it is a known name */
    TB_SECTION_UNIT_PARENT, /* the unit above the units below */
    TB_SECTION_INDICATOR,
    TB_SECTION_PERIOD,
    TB_SECTION_IGNORE,
};

struct tb_form {
    const char *code, *files;  /* glob; {unit} and {period} stand for any text and carry it */
    const char *name_zh, *name_en; /* the code where none is given */
    enum tb_layout layout;
    uint32_t header;           /* line of the (last) header row; 0: found by its heads */
    uint32_t header_first;     /* and of the first; 0: found */
    bool headless;             /* files have no header: `heads` stand for it */
    const char **heads;        /* of a headless form, one for each column */
    size_t n_heads;
    struct tb_strings sheets;  /* of a workbook: places (2) or patterns of names; none: all */
    char delimiter;            /* 0: found */
    char quote;                /* around cells; 0: " */
    char escape;               /* inside quotes, before a character that is text; 0: none */
    const char *encoding;      /* NULL: found */
    const char *lang;          /* of receipts: "zh", "en"; NULL: the profile's first */
    bool decimal_comma;        /* 1.234,5; else 1,234.5 */
    struct tb_source_of unit_from, period_from, indicator_from;
    enum tb_form_section section;
    const char *qualifier;     /* head of the qualifier column, or NULL */
    const char *unit_measure;  /* default unit of measure, or NULL: the indicator's */
    enum tb_measure measure;   /* default measure */
    bool measure_said;         /* forms.csv states it */
    int32_t state;             /* of verification: row of states, or TB_NONE: as submitted */
    struct tb_form_column *columns;
    size_t n_columns;
    uint32_t line;
};

enum tb_calendar_kind { TB_DAY_HOLIDAY, TB_DAY_WORKDAY, TB_DAY_DEADLINE, TB_DAY_YEAR };
struct tb_calendar_row {
    tb_day day;
    enum tb_calendar_kind kind; /* TB_DAY_YEAR: the table of the year is complete as it is */
    const char *applies_to;    /* of a deadline: a period, "2023-05" */
    const char *note;
    uint32_t line;
};

/* A word for a missing value in a submission, or a flag behind a number: [missing] and
 * [flags] of profile.ini. */
struct tb_status_word {
    const char *word;          /* folded */
    enum tb_status status;
};

/* A word for how far a task is: [stages] of profile.ini. */
struct tb_stage_word {
    const char *word;          /* folded */
    enum tb_task_stage stage;
};

/* A program that makes text of files that are none: `[converters]` of profile.ini. */
struct tb_converter {
    const char *extension;     /* ".xlsx" */
    const char *command;       /* as written */
    struct tb_strings words;   /* of it; {in} and {out} in them stand for file names */
    bool to_file;              /* writes {out}; else the text comes on standard output */
    char digest[65];           /* SHA-256 over the words: names what the command makes */
    struct tb_place place;     /* of the command */
};

/* `errata`: of which earlier bulletins changes are looked for. */
enum tb_errata { TB_ERRATA_NONE, TB_ERRATA_YEAR, TB_ERRATA_ALL };
enum tb_seasonal_by {
    TB_SEASONAL_BY_NONE,
    TB_SEASONAL_BY_REGRESSION,
    TB_SEASONAL_BY_STL,
    TB_SEASONAL_BY_STL_PERIODIC, /* the same season in every year */
};

/* Which of two targets binds that state different values of the same thing. */
enum tb_conflicts { TB_CONFLICTS_STRICTER, TB_CONFLICTS_FIRST, TB_CONFLICTS_BOTH };

struct tb_settings {
    const char *name_zh, *name_en;
    const char *issuer_zh, *issuer_en, *number; /* head of the bulletin */
    const char *subject;       /* unit whose bulletin this is; NULL: all of subject_group */
    const char *subject_group; /* group whose units are ranked on page one */
    const char *children_group;/* units below, for top three and bottom three; or NULL */
    const char *source_zh, *source_en; /* source line of charts and reports */
    bool simulated;            /* said in every report */
    struct tb_strings languages;
    enum tb_freq frequency;    /* of the bulletin */
    int year_start;            /* month, 1..12 */
    int utc_offset;            /* minutes east; deadlines are days there */
    int deadline_day;          /* 0: none */
    int deadline_months;       /* 0: in the month of the period, 1: the next ... */
    bool holidays;             /* every year needs a table, even when there is none at all */
    int growth_decimals;       /* published digits of rates; 1 */
    enum tb_round_mode round_mode;
    bool rank_on_published;    /* rank_basis; else full */
    bool limit_on_published;   /* limit_basis; default full */
    bool dense_ranks;          /* tie_rule; default competition */
    bool missing_ranks_last;   /* missing_rank */
    bool first_keeps_ok;       /* "improves" holds for who stays first */
    bool rank_imputed;         /* imputed figures are ranked as well; default no */
    bool no_tie_boundary;      /* no_tie = boundary: only a tie that reaches beyond k fails */
    enum tb_conflicts conflicts;
    bool about_both;           /* about = both; default: only the unfavourable side binds */
    struct tb_decimal about_tolerance; /* points; 0.5 */
    struct tb_decimal front_share;     /* "列前列": ceil(count * share); a third by default */
    struct tb_decimal children_tolerance; /* parent against sum of units below, absolute */
    enum tb_progress_by progress; /* what `elapsed` counts: months */
    struct tb_milestones {
        const struct tb_milestone *item;
        size_t n;
    } milestones;              /* of progress = milestones, in the order of the year */
    struct tb_decimal at_risk_below; /* a smaller chance of the target is a risk; 0.5 */
    bool robust_trend;         /* trend = robust: a line through every series, seasonal.csv */
    enum tb_seasonal_by seasonal; /* seasonal adjustment in seasonal.csv: none */
    bool pool_all;             /* pooled = all: every value counts in a group taken as one; default
                                * matched: a unit without one of the two sides of a growth is left out */
    enum tb_normalise normalise;   /* rank */
    enum tb_aggregate aggregate;   /* arithmetic */
    bool missing_as_zero;          /* missing_indicator = zero; default renormalise */
    struct tb_decimal completion_cap; /* most percent of a task that count: 100 */
    struct tb_class_cuts class_cuts;
    int mc_runs;               /* draws behind the confidence in ranks; 0: none; 10000 */
    int mc_weights;            /* concentration of the drawn weights; 0: weights stay; 100 */
    int bottom_k;              /* "后三位": 3 */
    int min_peers;             /* fewer are not averaged: 3 */
    bool evidence_required;    /* [tasks] evidence: done without evidence is not done */
    bool day_required;         /* [tasks] day: nor is done without a day of completion */
    int receipt_of_a_kind;     /* problems of one kind that a receipt shows: 20 */
    int bulletin_months;       /* months shown in trends: 24 */
    enum tb_errata errata;     /* those of the year; none; all that are published */
    int comparable_months;     /* months of which comparable.csv lists every growth: 13 */
    int converter_timeout;     /* seconds: 60 */
    int converter_max_mib;     /* of text that a converter may make: 256 */
    int converter_memory_mib;  /* address space of a converter: 4096; 0: no limit */
    int inbox_grace;           /* seconds in which a text without a last newline may still grow: 60 */
    struct tb_month_day {
        int month, day;
    } change_until;            /* changes of targets: last day to ask for one; month 0: any day */
    struct tb_strings change_reasons; /* that admit one; n 0: any */
    bool change_written;       /* only in writing: false */
    bool change_total_unchanged; /* the sum over the units stays: false */
    struct tb_strings edit_offices; /* who may edit; n 0: anybody */
    tb_day inbox_addressees_from; /* periods that begin then or later; TB_DAY_NONE: all */
    bool inbox_addressees; /* every addressee of a step gets its own copy, see addressee.h: false */
    struct tb_strings owners;  /* whose files are taken: user names, "self"; n 0: anybody's */
};

struct tb_profile {
    struct tb_arena arena;
    const char *code;          /* folder name: "sample-city" */
    char digest[65];           /* SHA-256 over all tables: part of a run's identity */
    char reading_digest[65];   /* over those that decide how a submission is read */
    struct tb_settings set;
    struct tb_unit *units;             size_t n_units;
    struct tb_group *groups;           size_t n_groups;
    struct tb_change *changes;         size_t n_changes;    /* of units, by day: change.h */
    struct tb_department *departments; size_t n_departments;
    struct tb_indicator *indicators;   size_t n_indicators;
    struct tb_block *blocks;           size_t n_blocks;     /* with weights; 0: one level alone */
    struct tb_task *tasks;             size_t n_tasks;
    struct tb_target *targets;         size_t n_targets;
    struct tb_quota *quotas;           size_t n_quotas;
    struct tb_target_change *target_changes; size_t n_target_changes; /* target_change.h */
    struct tb_exemption *exemptions;   size_t n_exemptions; /* the same */
    struct tb_check *checks;           size_t n_checks;
    struct tb_edit *edits;             size_t n_edits;
    struct tb_estimate *estimates;     size_t n_estimates;  /* estimate.h; in file order */
    struct tb_form *forms;             size_t n_forms;
    struct tb_calendar_row *calendar;  size_t n_calendar;
    /* Out of `calendar`, sorted (calendar.h). */
    struct tb_special_day *special;    size_t n_special;
    struct tb_stated_deadline *stated; size_t n_stated;
    int32_t *table_years;              size_t n_table_years;
    struct tb_deadline *deadlines;     size_t n_deadlines;  /* deadline.h, as the next three */
    struct tb_case *cases;             size_t n_cases;
    struct tb_waiver *waivers;         size_t n_waivers;
    struct tb_state *states;           size_t n_states;     /* verification.h, as the next */
    struct tb_mark *marks;             size_t n_marks;      /* in file order: appended to */
    struct tb_fault *faults;           size_t n_faults;     /* in file order: appended to */
    struct tb_consequence *consequences; size_t n_consequences; /* consequence.h, as the next */
    struct tb_consequence_record *consequence_records; size_t n_consequence_records; /* in file order */
    struct tb_uom_own *uoms;           size_t n_uoms;
    struct tb_status_word *missing;    size_t n_missing; /* the profile's own; see tb_missing_word */
    struct tb_status_word *flags;      size_t n_flags;
    struct tb_stage_word *stage_words; size_t n_stage_words; /* see tb_task_stage_word */
    struct tb_converter *converters;   size_t n_converters;
    struct tb_former_name *former;     size_t n_former;
    struct tb_map *former_names;       /* folded -> first of former */
    struct tb_map *unit_names;         /* folded code, name, alias -> row; -3: ambiguous */
    struct tb_map *indicator_names;    /* the same */
    struct tb_map *group_codes;        /* folded code -> row */
    struct tb_map *department_codes, *task_codes, *target_codes;
    atomic_bool *starved;              /* see tb_profile_starved; NULL: not noted */
};

/* Loads root/config/code.  Mistakes go to diag; NULL only when nothing can be
 * loaded at all (no such folder, no memory; *err says).  A profile with
 * diag->n_errors > 0 is good for more checking, not for running. */
struct tb_profile *tb_profile_load(const char *root, const char *code, struct tb_diag *diag,
                                   struct tb_error *err);
void tb_profile_free(struct tb_profile *profile);

/* The status that a word for a missing value stands for, by [missing] and what is
 * usual without it, or -1; `folded` by tb_text_fold.  `profile` may be NULL. */
int tb_missing_word(const struct tb_profile *profile, const char *folded);
/* The same of a flag behind a number, by [flags]: a status that has a value. */
int tb_flag_word(const struct tb_profile *profile, const char *folded);

/* Rows by folded code, name or alias: the row, TB_NONE, or -3 when ambiguous. */
int32_t tb_profile_unit(const struct tb_profile *profile, const char *text, size_t len);
int32_t tb_profile_indicator(const struct tb_profile *profile, const char *text, size_t len);
int32_t tb_profile_group(const struct tb_profile *profile, const char *text, size_t len);
/* The milestone that a task (code or name) is reported by: the only one under it.  A row
 * of indicators.csv, TB_NONE, or -3: the task has several, or the name several tasks. */
int32_t tb_profile_task_indicator(const struct tb_profile *profile, const char *text, size_t len);
/* The kind of that name ("milestone"): an enum tb_kind, or -1. */
int tb_kind_find(const char *name, size_t len);
/* True once a name could not be looked up because memory was out: what was not found
 * may be known, and nothing that rests on it may be kept. */
bool tb_profile_starved(const struct tb_profile *profile);
/* Notes that; for those who look names up in ways of their own. */
void tb_profile_starve(const struct tb_profile *profile);
/* The place among former names of a text, or TB_NONE; then what unit it means in a
 * period: the row, or TB_NONE when the name did not hold in all of it. */
int32_t tb_profile_former(const struct tb_profile *profile, const char *text, size_t len);
int32_t tb_former_unit(const struct tb_profile *profile, int32_t former, struct tb_period period);
/* The known name nearest to text (for "did you mean"), or NULL if none is near. */
const char *tb_profile_near_unit(const struct tb_profile *profile, const char *text, size_t len);
const char *tb_profile_near_indicator(const struct tb_profile *profile, const char *text,
                                      size_t len);
/* False for January of an indicator whose January and February are one figure. */
bool tb_indicator_expected(const struct tb_indicator *indicator, struct tb_period period);
/* False where rates of growth are real and levels nominal: no rate comes from such levels. */
bool tb_indicator_level_grows(const struct tb_indicator *indicator);
/* The period before in which a figure is expected; of the same frequency. */
struct tb_period tb_indicator_previous(const struct tb_indicator *indicator,
                                       struct tb_period period);
/* True when the unit exists in all of the period. */
bool tb_unit_valid_in(const struct tb_unit *unit, struct tb_period period);
const char *tb_unit_name(const struct tb_unit *unit, const char *lang);
const char *tb_indicator_name(const struct tb_indicator *indicator, const char *lang);
const char *tb_group_name(const struct tb_group *group, const char *lang);
/* Last day on which a submission for `period` is on time, whatever its form and
 * indicators, or TB_DAY_NONE when the profile names none: tb_deadline_due
 * (deadline.h) of the step `submit`. */
tb_day tb_profile_deadline(const struct tb_profile *profile, struct tb_period period);
/* The converter of an extension (".xlsx"), or NULL. */
const struct tb_converter *tb_profile_converter(const struct tb_profile *profile,
                                                const char *extension);
/* The Debian package that a converter's program comes with, or NULL. */
const char *tb_converter_package(const char *program);
/* Warns of targets that ask for the value of a stock, rate or index where every form makes a
 * cumulated figure of it, and of forms that do so to a stock that they name.  `targets` and
 * `forms` are the files' names, as they are to be shown. */
void tb_profile_check_measures(const struct tb_profile *profile, const char *targets,
                               const char *forms, struct tb_diag *diag);
/* Warns of converters whose programs are not on PATH. */
void tb_profile_check_converters(const struct tb_profile *profile, struct tb_diag *diag);
/* A period as people write it, in the profile's frequency: 2023-Q2 is June for a
 * monthly bulletin.  False if it is none, or does not end with one. */
bool tb_profile_period(const struct tb_profile *profile, const char *text, struct tb_period *out);

/* --- which rows a run was made with (profile_rows.c) --- */

/* In planes units, indicators and groups are known by their rows alone.  process leaves the digest
 * of their codes in this file of its folder, as one line; who reads a plane asks first. */
#define TB_PROFILE_ROWS "rows.sha256"
/* Of the codes in their order.  False when memory is out. */
bool tb_profile_rows_digest(const struct tb_profile *profile, char hex[65]);
/* Whether RUN/process has the rows of this profile.  -1 with *err filled; a run of before there
 * was such a file passes. */
int tb_profile_rows_check(const struct tb_profile *profile, const char *run, struct tb_error *err);

#endif
