/* addressee.h - to whom a submission goes: the departments that `to` of
 * deadlines.csv names, each with a folder @NAME of the inbox.
 *
 * What lies in the inbox itself or in a sender's folder has gone to the first of
 * them.  Such a folder is part of the ledger's sender, "@stats/com"; the sender
 * that counts is what is behind it, so that a reading and the copy of it have one
 * sender.  Folders whose names begin with @ belong to nobody else.
 */
#ifndef TONGBAO_ADDRESSEE_H
#define TONGBAO_ADDRESSEE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "tongbao/period.h"

struct tb_deadline;
struct tb_profile;
struct tb_table;

/* An addressee that is none of departments.csv. */
enum { TB_ADDRESSEE_UNKNOWN = -2 };

/* True for the name of an addressee's folder, whoever that is. */
bool tb_addressee_is_folder(const char *name);
/* The sender of an entry of the ledger without its addressee: "com" of
 * "@stats/com", "" of "@stats"; a part of `sender`. */
const char *tb_addressee_strip(const char *sender);
/* The department that the folder in front of the sender names by its code, else by
 * one of its names; TB_NONE where there is none in front, TB_ADDRESSEE_UNKNOWN where
 * it is no department, or two. */
int32_t tb_addressee_of(const struct tb_profile *profile, const char *sender);
/* Whether any row `submit` names the department; first_only: as the first. */
bool tb_addressee_is_named(const struct tb_profile *profile, int32_t department, bool first_only);
/* The row that says to whom a file of this form (row or TB_NONE) goes for a
 * period; NULL when the profile does not ask for copies, or not yet for that period
 * (addressees_from), or no row says so. */
const struct tb_deadline *tb_addressee_row(const struct tb_profile *profile, int32_t form,
                                           struct tb_period period);
/* True when an addressee lacks what a row of submissions.csv says, and nothing was
 * sent again in its place: the column `lacking` then says who. */
bool tb_addressee_is_lacked(const struct tb_table *submissions, size_t row);

#endif
