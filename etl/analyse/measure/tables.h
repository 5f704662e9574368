/* tables.h - judges every target and writes the tables of the stage. */
#ifndef TONGBAO_ANALYSE_TABLES_H
#define TONGBAO_ANALYSE_TABLES_H

#include "analyse/verdict/targets.h"

struct tb_tables_account {
    size_t n[TB_N_JUDGEMENTS]; /* verdicts of the period by kind */
    size_t n_verdicts, n_edges;
};

/* Writes verdicts.csv, history.csv, knife_edges.csv and settings.csv into `folder`. */
int tb_tables_write(const struct tb_targets_job *job, const char *folder, size_t threads,
                    struct tb_tables_account *account, struct tb_error *err);

#endif
