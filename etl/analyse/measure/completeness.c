/* completeness.c - the account of what was due, as a table. */
#include "analyse/measure/completeness.h"

#include <stdbool.h>
#include <stdlib.h>

#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/deadline.h"
#include "tongbao/dues.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/newfile.h"
#include "tongbao/profile.h"
#include "tongbao/stage.h"
#include "tongbao/table.h"

static const char head[] = "period,level,code,form,deadline,expected,waived,received,on_time,late,"
                           "nil,missing,completeness,on_time_rate,mean_days_late,not_collected\n";

struct accounts {
    struct tb_due_count all, *unit, *indicator, *party;
};

/* A table of an earlier stage; NULL when it is not there. */
static struct tb_table *read_table(const struct tb_stage *stage, const char *relative)
{
    char *path = tb_stage_path(stage, relative);
    struct tb_diag diag = { 0 };
    struct tb_table *table = path && tb_fs_exists(path) ? tb_table_read(path, NULL, &diag, NULL) : NULL;

    if (table && diag.n_errors) {
        tb_table_free(table);
        table = NULL;
    }
    free(path);
    return table;
}

static void count_all(const struct tb_profile *profile, const struct tb_dues *dues,
                      struct accounts *accounts)
{
    for (size_t unit = 0; unit < profile->n_units; unit++)
        for (size_t i = 0; i < profile->n_indicators; i++) {
            const struct tb_due_cell *cell = tb_dues_cell(dues, unit, i);
            tb_due_count_add(&accounts->all, cell);
            tb_due_count_add(&accounts->unit[unit], cell);
            tb_due_count_add(&accounts->indicator[i], cell);
            if (cell->party >= 0)
                tb_due_count_add(&accounts->party[cell->party], cell);
        }
}

/* What a row is of. */
struct label {
    const char *period, *level, *code, *form;
    tb_day deadline;
    bool timed; /* the profile has deadlines */
};

static void put_row(struct tb_buf *out, const struct label *label, const struct tb_due_count *count)
{
    const size_t counts[] = { count->expected, count->waived, count->received, count->on_time,
                              count->late,     count->nil,    count->open };
    char day[TB_DATE_TEXT] = "", rate[TB_RATE_TEXT];

    if (count->expected == 0 && count->waived == 0 && count->not_collected == 0)
        return;
    if (label->deadline != TB_DAY_NONE)
        tb_day_format(label->deadline, day);
    tb_csv_put(out, label->period);
    tb_csv_put(out, label->level);
    tb_csv_put(out, label->code);
    tb_csv_put(out, label->form);
    tb_csv_put(out, day);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        tb_csv_put_int(out, (int64_t)counts[i]);
    tb_due_rate(rate, count->received, count->expected);
    tb_csv_put(out, rate);
    tb_due_rate(rate, count->on_time, count->expected);
    tb_csv_put(out, label->timed ? rate : "");
    tb_due_mean_days(rate, count);
    tb_csv_put(out, rate);
    tb_csv_put_int(out, (int64_t)count->not_collected);
    tb_csv_end_row(out);
}

static void put_all(const struct tb_profile *profile, const struct tb_dues *dues,
                    const struct accounts *accounts, const char *period, struct tb_buf *out)
{
    struct label label = { .period = period,
                           .level = "all",
                           .code = "",
                           .form = "",
                           .deadline = TB_DAY_NONE,
                           .timed = tb_profile_has_deadlines(profile) };

    tb_buf_puts(out, head);
    put_row(out, &label, &accounts->all);
    label.level = "unit";
    for (size_t unit = 0; unit < profile->n_units; unit++) {
        label.code = profile->units[unit].code;
        put_row(out, &label, &accounts->unit[unit]);
    }
    label.level = "indicator";
    for (size_t i = 0; i < profile->n_indicators; i++) {
        label.code = profile->indicators[i].code;
        label.deadline = tb_dues_day(dues, i);
        put_row(out, &label, &accounts->indicator[i]);
    }
    label.level = "sender";
    label.deadline = TB_DAY_NONE;
    for (size_t p = 0; p < tb_dues_n_parties(dues); p++) {
        label.code = tb_dues_party(dues, p)->sender;
        label.form = tb_dues_party(dues, p)->form;
        put_row(out, &label, &accounts->party[p]);
    }
}

static int write_file(const struct tb_stage *stage, const struct tb_buf *text, struct tb_error *err)
{
    char *path = tb_path("%s/completeness.csv", stage->out);
    int rc = -1;

    if (!path)
        tb_error_set(err, "out of memory");
    else if (tb_buf_ok(text, err))
        rc = tb_newfile_write(path, tb_buf_text(text), text->len, err);
    free(path);
    return rc;
}

int tb_completeness_write(const struct tb_stage *stage, const struct tb_cube *cube,
                          struct tb_period period, struct tb_error *err)
{
    const struct tb_profile *profile = stage->profile;
    struct tb_table *submissions = read_table(stage, "collect/submissions.csv");
    struct tb_table *sources = read_table(stage, "process/sources.csv");
    struct tb_dues *dues = tb_dues_new(profile, cube, submissions, sources, period, err);
    struct accounts accounts = { 0 };
    struct tb_buf text = TB_BUF_INIT;
    char name[TB_PERIOD_TEXT];
    int rc = -1;

    accounts.unit = calloc(profile->n_units + 1, sizeof *accounts.unit);
    accounts.indicator = calloc(profile->n_indicators + 1, sizeof *accounts.indicator);
    accounts.party = calloc(dues ? tb_dues_n_parties(dues) + 1 : 1, sizeof *accounts.party);
    tb_period_format(period, name);
    if (dues && (!accounts.unit || !accounts.indicator || !accounts.party)) {
        tb_error_set(err, "out of memory for %zu units", profile->n_units);
    } else if (dues) {
        count_all(profile, dues, &accounts);
        put_all(profile, dues, &accounts, name, &text);
        rc = write_file(stage, &text, err);
    }
    tb_buf_release(&text);
    free(accounts.unit);
    free(accounts.indicator);
    free(accounts.party);
    tb_dues_free(dues);
    tb_table_free(sources);
    tb_table_free(submissions);
    return rc;
}
