/* deadline_list.c - the diary: every due day in a range of days. */
#include "tongbao/deadline.h"

#include <stdlib.h>

#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"

#include "model/deadline_due.h"

struct diary {
    const struct tb_profile *profile;
    tb_day first, last;
    struct tb_due_dates *out;
    size_t capacity;
    struct tb_deadline short_form;
};

/* Whether a row speaks of an indicator. */
static bool means(const struct diary *diary, const struct tb_deadline *row, size_t indicator)
{
    const struct tb_indicator *of = &diary->profile->indicators[indicator];

    if (of->formula)
        return false;
    if (row->all || (row->freqs & (1u << of->frequency)) ||
        (row->indicators && row->indicators[indicator]))
        return true;
    for (size_t f = 0; row->forms && f < diary->profile->n_forms; f++) {
        const struct tb_form *form = &diary->profile->forms[f];
        for (size_t c = 0; row->forms[f] && c < form->n_columns; c++) {
            if (form->columns[c].indicator == (int32_t)indicator)
                return true;
        }
    }
    return false;
}

/* Whether anybody reports for the period by this row: a January that is joint with
 * February is reported by nobody.  A form that names no indicators is of the
 * profile's frequency. */
static bool is_reported(const struct diary *diary, const struct tb_deadline *row,
                        struct tb_period period)
{
    const struct tb_profile *profile = diary->profile;
    bool any = false;

    for (size_t i = 0; i < profile->n_indicators; i++) {
        if (!means(diary, row, i))
            continue;
        any = true;
        if (profile->indicators[i].frequency == period.freq &&
            tb_indicator_expected(&profile->indicators[i], period))
            return true;
    }
    return !any && period.freq == profile->set.frequency;
}

/* Rows for everything stand back where a row for the frequency does not. */
static bool is_overruled(const struct diary *diary, const struct tb_deadline *row,
                         enum tb_freq freq)
{
    if (row->indicators || row->forms || (row->freqs & (1u << freq)))
        return false;
    const struct tb_deadline *found =
        tb_deadline_find(diary->profile, row->step, TB_NONE, TB_NONE, freq);
    return found && found != row;
}

static tb_day day_of(const struct diary *diary, const struct tb_deadline *row,
                     struct tb_period period, bool *stated)
{
    tb_day day =
        row->step == TB_STEP_SUBMIT ? tb_calendar_stated(diary->profile, period) : TB_DAY_NONE;

    *stated = day != TB_DAY_NONE;
    if (*stated)
        return tb_workday_from(diary->profile, day);
    if (row == &diary->short_form && diary->profile->set.deadline_day == 0)
        return TB_DAY_NONE;
    return tb_due_day(diary->profile, &row->due, period);
}

static int add(struct diary *diary, const struct tb_due_date *entry, struct tb_error *err)
{
    struct tb_due_date *grown =
        tb_grow(diary->out->item, diary->out->n, &diary->capacity, sizeof *grown);

    if (!grown)
        return tb_error_set(err, "out of memory for the days that are due");
    diary->out->item = grown;
    grown[diary->out->n++] = *entry;
    return 0;
}

static int list_period(struct diary *diary, const struct tb_deadline *row, int32_t number,
                       struct tb_period period, struct tb_error *err)
{
    struct tb_period next = { period.freq, period.index + 1 };
    bool stated, ignored;
    tb_day day = day_of(diary, row, period, &stated);

    /* The three months of a quarter share its last working day: the last one says it. */
    if (day == TB_DAY_NONE || day < diary->first || day > diary->last ||
        !is_reported(diary, row, period) || day_of(diary, row, next, &ignored) == day)
        return 0;
    struct tb_due due = row->due;
    due.shift |= stated;
    struct tb_due_date entry = { .day = day,
                                 .step = row->step,
                                 .period = period,
                                 .code = row->code,
                                 .name_zh = row->name_zh,
                                 .name_en = row->name_en,
                                 .row = number,
                                 .to = row->to,
                                 .n_to = row->n_to,
                                 .sure = tb_due_is_sure(diary->profile, &due, day) };
    return add(diary, &entry, err);
}

static int list_row(struct diary *diary, const struct tb_deadline *row, int32_t number,
                    struct tb_error *err)
{
    if (row->step == TB_STEP_CASE)
        return 0;
    for (int f = 0; f < TB_N_FREQS; f++) {
        enum tb_freq freq = (enum tb_freq)f;
        struct tb_period last = tb_due_last_period(diary->last, freq);
        if (is_overruled(diary, row, freq))
            continue;
        for (struct tb_period at = tb_due_first_period(diary->first, freq); at.index <= last.index;
             at.index++) {
            if (list_period(diary, row, number, at, err) < 0)
                return -1;
        }
    }
    return 0;
}

static int by_day(const void *a, const void *b)
{
    const struct tb_due_date *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->step != y->step)
        return x->step < y->step ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->period.freq != y->period.freq)
        return x->period.freq < y->period.freq ? -1 : 1;
    return (x->period.index > y->period.index) - (x->period.index < y->period.index);
}

/* Without any other rule the days that calendar.csv states are still due. */
static bool wants_short_form(const struct tb_profile *profile)
{
    return profile->set.deadline_day > 0 || profile->n_stated > 0;
}

int tb_due_dates_list(const struct tb_profile *profile, tb_day first, tb_day last,
                      struct tb_due_dates *out, struct tb_error *err)
{
    struct diary diary = { .profile = profile,
                           .first = first,
                           .last = last,
                           .out = out,
                           .short_form = tb_deadline_short_form(profile) };
    int rc = 0;

    *out = (struct tb_due_dates){ 0 };
    for (size_t i = 0; i < profile->n_deadlines && rc == 0; i++)
        rc = list_row(&diary, &profile->deadlines[i], (int32_t)i, err);
    if (rc == 0 && wants_short_form(profile))
        rc = list_row(&diary, &diary.short_form, TB_NONE, err);
    if (rc == 0 && out->n > 1)
        qsort(out->item, out->n, sizeof *out->item, by_day);
    if (rc < 0)
        tb_due_dates_release(out);
    return rc;
}

void tb_due_dates_release(struct tb_due_dates *dates)
{
    free(dates->item);
    *dates = (struct tb_due_dates){ 0 };
}
