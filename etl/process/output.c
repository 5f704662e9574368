/* output.c - what process leaves as text: sources, revisions, failed checks,
 * estimates and the account of cells. */
#include <stdlib.h>
#include <string.h>

#include "process/verify.h"
#include "process/work.h"
#include "tongbao/digest.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"

int tb_work_write_rows(const struct tb_work *work, const char *name, const char *head,
                       const struct tb_buf *rows, struct tb_error *err)
{
    char *path = tb_path("%s/%s", work->stage->out, name);
    struct tb_buf out = TB_BUF_INIT;
    int rc = -1;

    tb_buf_puts(&out, head);
    tb_buf_add(&out, tb_buf_text(rows), rows->len);
    if (!path)
        tb_error_set(err, "out of memory");
    else if (tb_buf_ok(&out, err))
        rc = tb_newfile_write(path, out.data, out.len, err);
    tb_buf_release(&out);
    free(path);
    return rc;
}

static int write_replaced(const struct tb_work *work, struct tb_error *err)
{
    struct tb_buf rows = TB_BUF_INIT;
    int rc = -1;

    tb_replaced_put(&work->replaced, work->profile, &rows);
    if (tb_buf_ok(&rows, err))
        rc = tb_work_write_rows(work, "replaced.csv",
                                "arrival,received,sender,name,old_arrival,old_received,old_sender,"
                                "old_name,values,unit,indicator,period\n",
                                &rows, err);
    tb_buf_release(&rows);
    return rc;
}

/* Which submission each value is of, and which ones it came to replace. */
static int write_submissions(struct tb_work *work, struct tb_error *err)
{
    if (tb_sources_write(work->stage, &work->sources, err) < 0)
        return -1;
    if (tb_work_write_rows(work, "revisions.csv",
                   "unit,indicator,measure,group,period,old_value,old_status,old_received,old_name,"
                   "old_line,new_value,new_status,new_received,new_name,new_line\n",
                   &work->revisions, err) < 0)
        return -1;
    if (write_replaced(work, err) < 0)
        return -1;
    return tb_work_write_rows(
        work, "left_out.csv",
        "unit,indicator,measure,group,period,value,status,received,name,line,sender,"
        "closed,next_run,used_value,used_status,used_received,used_name,used_line\n",
        &work->left_out, err);
}

/* What the rules found, and whom to ask first. */
static int write_checks(struct tb_work *work, struct tb_error *err)
{
    if (tb_work_write_rows(work, "checks.csv",
                   "check,severity,unit,indicator,measure,period,outcome,observed,expected,"
                   "message_zh,message_en,origin\n",
                   &work->checks, err) < 0)
        return -1;
    if (tb_work_write_rows(work, "outcomes.csv",
                   "check,severity,indicator,judged_of,passed,failed,no_data,not_computable,"
                   "not_applicable\n",
                   &work->outcomes, err) < 0)
        return -1;
    return tb_work_write_rows(
        work, "worklist.csv",
        "place,unit,indicator,measure,period,value,expected,influence_pct,cause,"
        "hint_zh,hint_en,severity,checks,failures,origin\n",
        &work->worklist, err);
}

/* Cells of the cube are of rows: whoever reads it must have the same ones. */
static int write_rows(const struct tb_work *work, struct tb_error *err)
{
    struct tb_buf none = TB_BUF_INIT;
    char line[TB_DIGEST_TEXT + 1];

    if (!tb_profile_rows_digest(work->profile, line))
        return tb_error_set(err, "out of memory");
    memcpy(line + TB_DIGEST_TEXT - 1, "\n", 2);
    return tb_work_write_rows(work, TB_PROFILE_ROWS, line, &none, err);
}

int tb_work_write(struct tb_work *work, struct tb_error *err)
{
    if (write_rows(work, err) < 0)
        return -1;
    if (write_submissions(work, err) < 0 || write_checks(work, err) < 0)
        return -1;
    if (tb_verify_write(work, err) < 0 || tb_work_write_task_reports(work, err) < 0)
        return -1;
    if (tb_work_write_edits(work, err) < 0)
        return -1;
    if (tb_work_write_rows(work, "estimates.csv",
                           "unit,indicator,measure,period,outcome,value,method,group,base_period,"
                           "base_value,next_period,next_value,growth,peers,instead_of,why,decided,"
                           "who,reason,line\n",
                           &work->estimates, err) < 0)
        return -1;
    if (tb_work_write_rows(work, "comparable.csv",
                   "unit,indicator,measure,period,value,growth,computed_growth,implied_base,"
                   "implied_low,implied_high,first_base,known_base,given_base,gap,gap_pct,why\n",
                   &work->comparable, err) < 0)
        return -1;
    if (tb_work_write_rows(work, "revised.csv",
                   "indicator,measure,published,revised,taken_back,unchanged_pct,mean_revision,"
                   "mean_absolute_revision,relative_absolute_pct,largest,largest_unit,"
                   "largest_period\n",
                   &work->revised, err) < 0)
        return -1;
    if (tb_work_write_rows(work, "residuals.csv",
                   "unit,indicator,period,ytd,ytd_before,value,residual,ytd_origin,value_origin\n",
                   &work->residuals, err) < 0)
        return -1;
    if (tb_work_write_rows(work, "changes.csv",
                   "kind,date,from,to,known_by,first,last,text_zh,text_en\n", &work->changes,
                   err) < 0)
        return -1;
    return tb_work_write_cells(work, err);
}
