/* work.h - the cube in the making: what the steps of process share.
 *
 * The order of the steps is the order of the files: sources, layout, fill,
 * edit, derive, checks, estimates, residuals, marks; then the cube is committed.  GSBPM 5.1,
 * 5.3 to 5.5.
 */
#ifndef TONGBAO_PROCESS_WORK_H
#define TONGBAO_PROCESS_WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "process/round.h"
#include "process/first.h"
#include "process/replaced.h"
#include "process/sources.h"
#include "tongbao/buf.h"
#include "tongbao/comparable.h"
#include "tongbao/cube.h"

struct tb_error;
struct tb_log;
struct tb_stage;
struct tb_stated;

/* What became of the cells of one unit and indicator. */
struct tb_cell_account {
    /* rows, counted as they are placed */
    uint32_t arrived;   /* observations that reached it; rows that take back are none */
    uint32_t repeated;  /* the same value again */
    uint32_t replaced;  /* a later vintage with another value */
    uint32_t deleted;   /* values taken back by a later row */
    uint32_t estimated; /* submitted with status E, I or F */
    uint32_t aside;     /* verified values that are not in force; not among those that arrived */
    uint32_t left_out;  /* observations that came after their round had closed */
    /* cells, as they are made */
    uint32_t derived;   /* computed from other cells */
    uint32_t imputed;   /* estimated here, as estimates.csv allows */
    /* cells, counted when all is done (account.c) */
    uint32_t unchanged, converted; /* as sent; in another unit of measure */
    uint32_t corrected; /* by edits.csv */
    uint32_t held;      /* by a check of severity error, or for its digits */
    uint32_t missing;   /* said to be missing, with a status */
    uint32_t after;     /* cells that hold a number */
};

/* What came of a row of edits.csv. */
enum tb_edit_outcome {
    TB_EDIT_UNSEEN,      /* dated after --as-of */
    TB_EDIT_USED,
    TB_EDIT_USED_OLDER,  /* used, but made before what it corrects was submitted */
    TB_EDIT_NO_CELL,     /* nothing was submitted there */
    TB_EDIT_SAME,        /* the value that stands there anyway */
    TB_EDIT_OLD_VALUE,   /* an approval of another value than the one that stands there */
    TB_EDIT_NOT_HELD,    /* an approval of what no check holds */
    TB_EDIT_WITHDRAWN,
    TB_EDIT_WITHDRAWS,
    TB_EDIT_NO_ROOM,     /* more digits than fit beside the others of its plane */
    TB_N_EDIT_OUTCOMES,
};

/* A row of edits.csv: what it found, and what came of it. */
struct tb_edit_use {
    enum tb_edit_outcome outcome;
    int64_t old_value;
    int32_t scale;
    uint8_t old_status;
    uint32_t old_origin;
};

/* Growths by why their implied base is not the published one; none: that have none. */
struct tb_gap_count {
    size_t n[TB_N_BASE_GAPS], none;
};

struct tb_work {
    const struct tb_stage *stage;
    struct tb_log *log; /* of the stage */
    const struct tb_profile *profile;
    struct tb_round round; /* that is run */
    struct tb_sources sources;
    struct tb_cube *cube;
    /* Writable planes by [indicator * n_slots + slot]; NULL where none.  Slots:
     * submitted measures without rank, then a rank for each group, then
     * late_days, resubmitted and state. */
    struct tb_plane **plane;
    size_t n_slots;
    uint8_t *main_measure;           /* [n_indicators]: the one that timeliness goes by */
    struct tb_cell_account *account; /* [n_units * n_indicators] */
    struct tb_edit_use *edit_use;    /* [profile->n_edits] */
    struct tb_stated *stated;        /* rows of verification states, in order of vintage */
    size_t n_stated, stated_capacity;
    uint32_t *first_stated;          /* [n_indicators]: last of them of the indicator, + 1 */
    struct tb_buf verification;      /* rows of verification.csv */
    struct tb_buf revisions;         /* rows of revisions.csv, in order of vintage */
    struct tb_replaced replaced;     /* by files of another name or sender */
    struct tb_buf left_out;          /* rows of left_out.csv, in order of vintage */
    struct tb_buf checks;            /* rows of checks.csv */
    struct tb_buf outcomes;          /* rows of outcomes.csv: each check over each indicator */
    struct tb_buf worklist;          /* rows of worklist.csv */
    struct tb_buf estimates;         /* rows of estimates.csv */
    struct tb_buf residuals;         /* rows of residuals.csv */
    struct tb_buf changes;           /* rows of changes.csv */
    size_t n_checked, n_failed, n_unjudged, n_held, n_revisions, n_late, n_misfits, n_deleted,
        n_left_out, n_odd_edits, n_imputed, n_residuals,
        n_odd_stated, n_early;
    struct tb_firsts firsts;         /* what came first where it was changed */
    struct tb_buf comparable;        /* rows of comparable.csv */
    struct tb_buf revised;           /* rows of revised.csv: statistics of revisions */
    struct tb_gap_count gaps;
};

/* Where a measure's plane stands; group only for TB_MEASURE_RANK. */
size_t tb_work_slot(const struct tb_work *work, enum tb_measure measure, uint8_t group);
struct tb_plane *tb_work_plane(const struct tb_work *work, size_t indicator,
                               enum tb_measure measure, uint8_t group);
struct tb_cell_account *tb_work_account(const struct tb_work *work, size_t unit, size_t indicator);

/* Each step: 0, or -1 with *err filled. */
int tb_work_layout(struct tb_work *work, struct tb_error *err); /* planes for what arrived */
int tb_work_fill(struct tb_work *work, struct tb_error *err);   /* latest vintage wins */
int tb_work_edit(struct tb_work *work, struct tb_error *err);   /* corrections of edits.csv */
/* A percentage or a stage of a milestone takes the place of what another submission said
 * before it by the other of the two. */
void tb_work_supersede(struct tb_work *work, uint32_t origin, const struct tb_observation *row,
                       size_t cell);
/* What the one says of the other, where that was not said. */
int tb_work_stages(struct tb_work *work, struct tb_error *err);
/* task_reports.csv: what was said of milestones, with file and line. */
int tb_work_write_task_reports(const struct tb_work *work, struct tb_error *err);
void tb_work_forget(struct tb_work *work); /* where a value was taken back: nothing remains */
int tb_work_derive(struct tb_work *work, struct tb_error *err); /* ytd <-> value, formulas */
void tb_work_spread_held(struct tb_work *work); /* last: what rests on a held cell is held too */
int tb_work_check(struct tb_work *work, struct tb_error *err);  /* checks.csv; holds cells */
int tb_work_estimate(struct tb_work *work, struct tb_error *err); /* estimates.csv; fills gaps */
/* Once more, for what estimates have made possible: nothing that stands is touched
 * but sums, which may have got a part. */
int tb_work_derive_more(struct tb_work *work, struct tb_error *err);
int tb_work_comparable(struct tb_work *work, struct tb_error *err); /* growth against its base */
int tb_work_revised(struct tb_work *work, struct tb_error *err);    /* first against latest */
int tb_work_reconcile(struct tb_work *work, struct tb_error *err); /* ytd against single periods */
void tb_work_mark(struct tb_work *work); /* breaks (B) and what is not collected (L) */
int tb_work_list_changes(struct tb_work *work, struct tb_error *err); /* of units: changes.csv */
int tb_work_write(struct tb_work *work, struct tb_error *err);  /* the CSV files */
int tb_work_write_cells(struct tb_work *work, struct tb_error *err); /* cells.csv among them */
void tb_work_release(struct tb_work *work);

/* The row of the period before in the same year: -1 when there is none, so that what
 * is cumulated begins with `row`; INT64_MAX when the plane does not reach that far.
 * A joint January-February stands in February: before it comes December where the
 * year does not begin in between. */
int64_t tb_work_row_before(const struct tb_work *work, size_t indicator,
                           const struct tb_plane *plane, uint32_t row);
/* True when the unit was not there in the period before: its year begins now. */
bool tb_work_begins_now(const struct tb_work *work, const struct tb_plane *plane, uint32_t row,
                        size_t unit);
/* Puts one observation into its cell; used by fill and edit. */
void tb_work_place(struct tb_work *work, struct tb_source *source, uint32_t origin,
                   const struct tb_observation *row);
/* Takes back what is in force in the cell of an observation without a status. */
void tb_work_take_back(struct tb_work *work, struct tb_source *source, uint32_t origin,
                       const struct tb_observation *row);
/* Writes down an observation that came after the round had closed, on that day. */
void tb_work_leave_out(struct tb_work *work, struct tb_source *source, uint32_t origin,
                       const struct tb_observation *row, tb_day closed);
/* Notes when the cell of an observation was sent; `replaced`: it had another value. */
void tb_work_time(struct tb_work *work, const struct tb_source *source,
                  const struct tb_observation *row, size_t cell, bool replaced);
/* Cells of a row of text: value and status; when it came, the file and the line. */
void tb_work_put_value(struct tb_buf *out, int64_t units, int32_t scale, uint8_t status);
void tb_work_put_source(const struct tb_work *work, struct tb_buf *out, uint32_t origin);
/* Whether an approval of edits.csv (row `edit`) is one of what stands in the cell:
 * of that value where it names one, and not made before that was submitted. */
bool tb_work_approves(const struct tb_work *work, size_t edit, const struct tb_plane *plane,
                      size_t cell);
/* Notes that the approval released the cell. */
void tb_work_note_approval(struct tb_work *work, size_t edit);
/* The rows of edits.csv of the run, once checks are made; warns of those that are
 * not used, or not as meant. */
int tb_work_write_edits(struct tb_work *work, struct tb_error *err);
/* A CSV file of the stage: its head line, its rows. */
int tb_work_write_rows(const struct tb_work *work, const char *name, const char *head,
                       const struct tb_buf *rows, struct tb_error *err);
/* One row of revisions.csv: what stood in the cell, and what takes its place. */
void tb_work_revise(struct tb_work *work, const struct tb_plane *plane, size_t cell,
                    uint32_t origin, const struct tb_observation *row, int64_t units);

#endif
