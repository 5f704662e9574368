/* receipts.h - the receipts of the period's submissions, published beside the reports. */
#ifndef TONGBAO_DISSEMINATE_RECEIPTS_H
#define TONGBAO_DISSEMINATE_RECEIPTS_H

struct tb_error;
struct tb_writer;

/* Puts the receipts that collect wrote into w->out/receipts, where the index links to them;
 * those of other periods were published with theirs.  Behind a receipt comes, in the language
 * of the receipt (`asked`, that of --lang or NULL, else of the form, else of the profile), whose
 * values the submission replaced, which only process knows.  -1 with *err filled. */
int tb_receipts_publish(const struct tb_writer *w, const char *asked, struct tb_error *err);

#endif
