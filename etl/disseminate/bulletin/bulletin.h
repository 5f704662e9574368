/* bulletin.h - the parts of the bulletin, each filling its values into the view. */
#ifndef TONGBAO_DISSEMINATE_BULLETIN_H
#define TONGBAO_DISSEMINATE_BULLETIN_H

#include <stdbool.h>
#include "disseminate/words/writer.h"

struct tb_buf;
struct tb_table;
struct tb_view;

/* True for the units that the bulletin is about: the subject, else all of subject_group. */
bool tb_is_subject(const struct tb_writer *w, int32_t unit);
/* Red and binding: what a list of the behind may hold. */
bool tb_is_behind(const struct tb_verdict *v);
/* Counts by verdict over the subject's targets of that strength. */
void tb_count_verdicts(const struct tb_writer *w, enum tb_strength strength,
                       size_t count[TB_N_VERDICTS]);
/* Rows of verdicts that are behind, gravest first (missed, long streaks); *n of them.
 * The caller frees; NULL when there are none or memory is out. */
uint32_t *tb_behind_worst_first(const struct tb_writer *w, size_t *n);

void tb_bulletin_findings(const struct tb_writer *w, struct tb_view *view);  /* findings */
void tb_bulletin_results(const struct tb_writer *w, struct tb_view *view);   /* blocks */
void tb_bulletin_problems(const struct tb_writer *w, struct tb_view *view);  /* behind, late ... */
/* Sender and file of a row of submissions.csv. */
void tb_name_submission(const struct tb_writer *w, size_t row, struct tb_buf *out);
enum { TB_LATE_LISTED = 20 }; /* in the bulletin; data-quality has all */
/* Who was late and who has not sent: {{#late}}, {{#missing}}; at most `limit` of each, then
 * how many more. */
void tb_bulletin_late(const struct tb_writer *w, size_t limit, struct tb_view *view);
/* What an addressee has not got. */
void tb_bulletin_copies(const struct tb_writer *w, struct tb_view *view);
/* Who was late, has not sent, sent faulty files, was found false or withholding;
 * and tb_bulletin_verified. */
void tb_bulletin_reporting(const struct tb_writer *w, struct tb_view *view);
/* List "verified": figures verified to another value. */
void tb_bulletin_verified(const struct tb_writer *w, struct tb_view *view);
enum { TB_EVENTS_LISTED = 40 }; /* of one event and state; events.csv has all */
/* Briefs, meetings, inspections that are missing or not reported: list "events"; how many
 * were held in full: {{n_events_held}}. */
void tb_bulletin_events(const struct tb_writer *w, struct tb_view *view);
enum { TB_TASKS_LISTED = 40 }; /* that are overdue; tasks.csv has all */
/* Lists of tasks: of each block how many are done, under way ...: list "task_blocks"; the
 * overdue ones: list "tasks_overdue". */
void tb_bulletin_tasks(const struct tb_writer *w, struct tb_view *view);
void tb_bulletin_bottom(const struct tb_writer *w, struct tb_view *view);    /* bottom */
void tb_bulletin_composite(const struct tb_writer *w, struct tb_view *view); /* composites */
void tb_bulletin_consequences(const struct tb_writer *w, struct tb_view *view);
void tb_bulletin_annex(const struct tb_writer *w, struct tb_view *view);

/* Tables that the bulletin and other texts share. */
void tb_put_settings(const struct tb_writer *w, struct tb_buf *out);
void tb_put_revisions(const struct tb_writer *w, size_t limit, size_t *total, struct tb_buf *out);
/* Name of who sent a file, by the folder it came in: a unit, a department, else the
 * folder's name; "" when it came in none. */
const char *tb_name_of_sender(const struct tb_writer *w, const char *sender);
/* Changes of targets and exemptions: {{&target_changes}}, {{&exemptions}}; {{#amended}} when there
 * are any. */
void tb_put_target_changes(const struct tb_writer *w, struct tb_view *view);
/* True when a row of submissions.csv is about the report's period. */
bool tb_submission_concerns(const struct tb_writer *w, const struct tb_table *t, size_t row);
/* True when a period given as text ("2023-05", "2023-Q2") ends within the report's period. */
bool tb_ends_within(const struct tb_writer *w, const char *period);
/* What came after its round had closed (left_out.csv): {{&left_out}}, {{n_left_out}},
 * {{#left_out_cut}}. */
void tb_put_left_out(const struct tb_writer *w, struct tb_view *view);
/* Growths of the period whose base is not the published one, counted and listed; 0, or -1
 * when memory is out. */
int tb_put_comparable(const struct tb_writer *w, struct tb_view *view);
/* How much each indicator is revised. */
void tb_put_revised(const struct tb_writer *w, struct tb_view *view);
/* Changes of units, rates without a past, and what cumulated figures have left over:
 * {{&unit_changes}}, {{&breaks}}, {{&residuals}} and their counts. */
void tb_put_changes(const struct tb_writer *w, struct tb_view *view);
/* The fields of this period that failed checks point at (worklist.csv): {{&review}},
 * {{n_review}}, {{n_review_shown}}. */
void tb_put_review(const struct tb_writer *w, struct tb_view *view);
/* Values of verification states beside what was submitted, and marks that came too
 * early: {{&verified_values}}, {{&early_marks}}, {{n_verified}}. */
void tb_put_verified(const struct tb_writer *w, struct tb_view *view);
/* Corrections and approvals of edits.csv, with what came of each: list "edits", count
 * "n_edits_odd" of those that are not used as meant. */
void tb_put_edits(const struct tb_writer *w, struct tb_view *view);
/* How published facts compare with the data; those that differ, one by one. */
void tb_put_facts(const struct tb_writer *w, struct tb_view *view);
/* The account of cells, and what was estimated (quality_cells.c); -1: out of memory. */
int tb_put_cells(const struct tb_writer *w, struct tb_view *view);
void tb_put_estimates(const struct tb_writer *w, struct tb_view *view);

#endif
