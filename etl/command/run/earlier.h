/* earlier.h - what earlier bulletins printed, beside a run in the making.
 *
 * A published bulletin is never changed.  What it printed lies in its run; the files by
 * which a later run tells what has become of it are put (as links) into
 * RUN/published/<period>/: verdicts.csv, printed.csv, vintage.csv, and run.txt with the
 * id of its run.  So a run holds all that it was made from, and replay can put it back.
 */
#ifndef TONGBAO_COMMAND_EARLIER_H
#define TONGBAO_COMMAND_EARLIER_H

struct tb_error;
struct tb_run;

/* Puts the bulletins before run->period that the setting `errata` asks for into
 * run->building, and their ids into run->earlier.  0, or -1 with *err filled. */
int tb_earlier_gather(struct tb_run *run, struct tb_error *err);
/* The other way: from a finished run's folder `run` into the data folder `data` and the
 * folder `reports` of its profile, as if these bulletins had been published there. */
int tb_earlier_restore(const char *run, const char *data, const char *reports,
                       struct tb_error *err);

#endif
