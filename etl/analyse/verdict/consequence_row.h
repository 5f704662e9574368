/* consequence_row.h - one proposal: whom it is for, the rule, the facts that it rests on, what
 * makes it unsure, and what became of it. */
#ifndef TONGBAO_ANALYSE_CONSEQUENCE_ROW_H
#define TONGBAO_ANALYSE_CONSEQUENCE_ROW_H

#include "analyse/verdict/consequence_place.h"
#include "analyse/verdict/consequence_published.h"
#include "analyse/verdict/targets.h"
#include "tongbao/consequence.h"

/* What all proposals of a run share; read by any number of threads. */
struct tb_proposals {
    struct tb_targets_job job;
    tb_day today;                      /* the last day of which anything is known */
    struct tb_place_doubts doubts;
    const struct tb_published *published; /* what earlier bulletins proposed */
    bool *subjects;                    /* [n_units] whom the bulletin is about */
    bool **departments;                /* [n_consequences] [n_units] where what it asks of the
                                          department holds; NULL: it asks nothing */
};

/* One that a rule calls for. */
struct tb_proposal {
    size_t consequence;                /* row */
    struct tb_consequence_subject subject;
    struct tb_period period;           /* that was judged */
    const struct tb_rule *rule;        /* as compiled for it */
    const struct tb_rule_run *run;
    const struct tb_evaluation *target; /* or NULL: it is about no target */
};

struct tb_proposals_out {
    struct tb_buf rows; /* of consequences.csv */
    size_t n_waiting;   /* rows that wait for a decision */
    struct tb_buf keys; /* "CONSEQUENCE/UNIT/INDICATOR/TARGET\n" of each row, as rows of tables */
};

#define TB_CONSEQUENCES_HEAD                                                                       \
    "consequence,what,state,unit,indicator,target,period,department,to,points,due,rule,facts,"     \
    "verdict,basis,neighbours,caveats,earliest,first_proposed,decided_on,decided_by,document,"     \
    "reason\n"

/* Whether a rule that holds for the unit calls for it: the unit is one of those asked for, its
 * place is a real one, and the department that answers is one of those meant. */
bool tb_proposal_applies(const struct tb_proposals *all, const struct tb_proposal *p);
/* Appends the row and the key. */
void tb_proposal_put(const struct tb_proposals *all, const struct tb_proposal *p,
                     struct tb_proposals_out *out);
/* Appends a row without facts: of what people recorded, or an earlier bulletin proposed. */
void tb_proposal_put_bare(const struct tb_proposals *all, size_t consequence,
                          const struct tb_consequence_subject *subject, struct tb_period period,
                          enum tb_fate fate, const struct tb_consequence_record *record,
                          const char *first_proposed, struct tb_buf *out);
/* "2/14/-1/-1" */
void tb_proposal_key(size_t consequence, const struct tb_consequence_subject *subject,
                     struct tb_buf *out);

#endif
