/* verify.h - states of verification: rows of forms that have one, and marks.
 *
 * Rows of a state above the first are set aside while the cube is filled with what
 * units submitted.  Then it is known of each unit, indicator and period which states
 * are reached, and the value of the highest of them takes the place of the submitted
 * one; both are listed in verified.csv.
 */
#ifndef TONGBAO_PROCESS_VERIFY_H
#define TONGBAO_PROCESS_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/observation.h"

struct tb_error;
struct tb_source;
struct tb_work;

/* What came of a value of a state. */
enum tb_stated_outcome {
    TB_STATED_EARLY,       /* its state is not reached: marks or states before it are missing */
    TB_STATED_IN_FORCE,
    TB_STATED_SUPERSEDED,  /* by a later one, or one of a higher state */
    TB_STATED_NOT_ALLOWED, /* who sent it may not set the state */
    TB_STATED_TAKES_BACK,  /* ACTION D */
    TB_STATED_FAILED,      /* its state failed */
    TB_N_STATED_OUTCOMES,
};

/* A row that was set aside. */
struct tb_stated {
    struct tb_observation row;
    uint32_t origin, source; /* number of the observation; place among the sources */
    uint32_t next;           /* another row of the indicator, + 1; 0: none */
    uint8_t state;
    uint8_t outcome;         /* enum tb_stated_outcome */
    uint8_t old_status;      /* what it stands beside, or took the place of */
    int32_t scale;
    int64_t old_value;
    uint32_t old_origin;
};

/* One thing that was said of a cell: a mark, or a value. */
struct tb_verify_event {
    uint32_t cell, order;
    uint32_t stated; /* + 1; 0: a mark */
    uint32_t mark;
    int64_t when;
    uint8_t state;
    int8_t who;      /* tb_state_setter */
    bool failed;
};

/* What is known of a cell when all events are looked at. */
struct tb_verify_cell {
    int64_t reached;    /* as the plane keeps it */
    int64_t reached_at;
    uint32_t ok;        /* bit s: reached */
    uint32_t failed;    /* bit s */
    uint32_t early;     /* bit s: marks that came before the states that go before them */
};

/* The state of the source's form, if it is above the first and asked for of the
 * indicator; else 0. */
uint8_t tb_verify_state_of(const struct tb_work *work, const struct tb_source *source,
                           size_t indicator);
/* Sets a row aside.  -1 when memory is out. */
int tb_verify_set_aside(struct tb_work *work, size_t source, uint32_t origin,
                        const struct tb_observation *row, struct tb_error *err);
/* Judges the events of one cell, in the order of their moments.  Marks on a cell in
 * which nothing was submitted and no value of a state stands count for nothing.  Pure. */
struct tb_verify_cell tb_verify_judge(const struct tb_work *work, size_t indicator,
                                      bool is_submitted, const struct tb_verify_event event[],
                                      size_t n);
/* Fills the planes of states, puts values of the highest state in force. */
int tb_work_verify(struct tb_work *work, struct tb_error *err);
/* Appends a row of verification.csv. */
void tb_verify_put_cell(struct tb_work *work, size_t indicator, const struct tb_verify_cell *cell,
                        const struct tb_verify_event event[], size_t n);
/* Writes verification.csv and verified.csv, and warns of what is not used. */
int tb_verify_write(struct tb_work *work, struct tb_error *err);

#endif
