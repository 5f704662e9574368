/* triangle.c - collects every vintage of one unit and indicator and spreads them over
 * months. */
#include "command/export/triangle.h"

#include <stdlib.h>
#include <string.h>

#include "command/view.h"
#include "tongbao/buf.h"
#include "tongbao/csv.h"
#include "tongbao/date.h"
#include "tongbao/edit.h"
#include "tongbao/error.h"
#include "tongbao/fs.h"
#include "tongbao/observation.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/table.h"

enum { BLOCK = 4096 };

/* One value as it came. */
struct vintage {
    struct tb_observation row; /* TB_STATUS_NONE: taken back */
    int state;                 /* of verification, 0: what units submit */
    int32_t month;             /* index of the month in which it came */
    size_t order;              /* in which it came: later ones win */
};

struct triangle {
    const struct tb_view *view;
    size_t unit, indicator;
    struct vintage *item;
    size_t n, capacity;
    int32_t *month; /* ascending: the columns */
    size_t n_months;
};

static int32_t month_of(const struct tb_profile *profile, int64_t moment)
{
    char text[TB_DATE_TEXT];
    struct tb_period_read read = { { TB_FREQ_MONTH, 0 }, false, false, false };

    tb_day_format(tb_moment_day(moment, profile->set.utc_offset), text);
    text[7] = '\0'; /* "2023-05" */
    (void)tb_period_parse(text, 7, &read);
    return read.period.index;
}

static int add(struct triangle *t, const struct tb_observation *row, int state, int32_t month,
               struct tb_error *err)
{
    if (t->n == t->capacity) {
        size_t more = t->capacity ? t->capacity * 2 : 64;
        struct vintage *grown =
            more <= SIZE_MAX / sizeof *grown ? realloc(t->item, more * sizeof *grown) : NULL;
        if (!grown)
            return tb_error_set(err, "out of memory for %zu vintages", t->n);
        t->item = grown;
        t->capacity = more;
    }
    t->item[t->n] = (struct vintage){ *row, state, month, t->n };
    t->n++;
    return 0;
}

static int state_of(const struct tb_profile *profile, const char *form)
{
    for (size_t i = 0; i < profile->n_forms; i++)
        if (strcmp(profile->forms[i].code, form) == 0)
            return profile->forms[i].state > 0 ? (int)profile->forms[i].state : 0;
    return 0;
}

static int read_segment(struct triangle *t, const struct tb_table *table, size_t row,
                        struct tb_error *err)
{
    const struct tb_profile *profile = t->view->profile;
    const char *received = tb_table_get(table, row, "received");
    char *path = tb_path("%s/%s", t->view->data, tb_table_get(table, row, "segment"));
    struct tb_segment *segment = path ? tb_segment_open(path, err) : NULL;
    struct tb_observation *block = malloc(BLOCK * sizeof *block);
    int state = state_of(profile, tb_table_get(table, row, "form"));
    int64_t moment = 0;
    int rc = segment ? 0 : -1;

    if (!path || !block)
        rc = tb_error_set(err, "out of memory");
    else if (rc == 0 && !tb_moment_parse(received, strlen(received), &moment))
        rc = tb_error_set(err, "'%s' is not a moment", received);
    for (size_t at = 0, n = segment ? tb_segment_rows(segment) : 0; rc == 0 && at < n;
         at += BLOCK) {
        size_t some = n - at < BLOCK ? n - at : BLOCK;
        tb_segment_read(segment, at, some, block);
        for (size_t i = 0; rc == 0 && i < some; i++)
            if (block[i].unit == t->unit && block[i].indicator == t->indicator &&
                block[i].measure != TB_MEASURE_RANK)
                rc = add(t, &block[i], state, month_of(profile, moment), err);
    }
    free(block);
    tb_segment_close(segment);
    free(path);
    return rc;
}

static int read_all(struct triangle *t, struct tb_error *err)
{
    struct tb_table *table = tb_view_table(t->view, "collect/submissions.csv", err);
    int rc = table ? 0 : -1;

    for (size_t row = 0; rc == 0 && row < tb_table_rows(table); row++)
        if (tb_table_get(table, row, "segment")[0] &&
            strcmp(tb_table_get(table, row, "state"), "duplicate") != 0)
            rc = read_segment(t, table, row, err);
    tb_table_free(table);
    return rc;
}

static bool is_ours(const struct triangle *t, const struct tb_edit *edit)
{
    return (size_t)edit->unit == t->unit && (size_t)edit->indicator == t->indicator;
}

static int by_month(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Months in which something came, or was corrected. */
static int find_months(struct triangle *t, struct tb_error *err)
{
    const struct tb_profile *profile = t->view->profile;
    size_t n = 0;

    t->month = calloc(t->n + profile->n_edits + 1, sizeof *t->month);
    if (!t->month)
        return tb_error_set(err, "out of memory for %zu vintages", t->n);
    for (size_t i = 0; i < t->n; i++)
        t->month[n++] = t->item[i].month;
    for (size_t i = 0; i < profile->n_edits; i++)
        if (is_ours(t, &profile->edits[i]))
            t->month[n++] = month_of(profile, profile->edits[i].when);
    if (n)
        qsort(t->month, n, sizeof *t->month, by_month);
    for (size_t i = 0; i < n; i++)
        if (t->n_months == 0 || t->month[t->n_months - 1] != t->month[i])
            t->month[t->n_months++] = t->month[i];
    return 0;
}

static int by_key(const void *a, const void *b)
{
    const struct vintage *x = a, *y = b;

    if (x->row.measure != y->row.measure)
        return x->row.measure < y->row.measure ? -1 : 1;
    if (x->row.period != y->row.period)
        return x->row.period < y->row.period ? -1 : 1;
    if (x->state != y->state)
        return x->state < y->state ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static bool same_key(const struct vintage *a, const struct vintage *b)
{
    return a->row.measure == b->row.measure && a->row.period == b->row.period &&
           a->state == b->state;
}

/* The last moment of a month of vintages, in the profile's offset. */
static int64_t end_of(const struct tb_profile *profile, int32_t month)
{
    tb_day last = tb_period_last_day((struct tb_period){ TB_FREQ_MONTH, month });

    return ((int64_t)last + 1) * 86400 - (int64_t)profile->set.utc_offset * 60 - 1;
}

/* The correction that holds of a key at the end of a month, or NULL. */
static const struct tb_edit *edit_of(const struct triangle *t, const struct vintage *key,
                                     int32_t month)
{
    const struct tb_profile *profile = t->view->profile;

    for (size_t i = profile->n_edits; key->state == 0 && i-- > 0;) {
        const struct tb_edit *edit = &profile->edits[i];
        if (is_ours(t, edit) && edit->action == TB_EDIT_CORRECT && edit->has_value &&
            edit->measure == (enum tb_measure)key->row.measure &&
            edit->period.index == key->row.period &&
            tb_edit_stands(profile, i, end_of(profile, month)))
            return edit;
    }
    return NULL;
}

static void put_number(struct tb_buf *out, struct tb_decimal value)
{
    char text[TB_DECIMAL_TEXT];

    tb_decimal_format(value, text);
    tb_csv_put(out, text);
}

static void put_cell(const struct triangle *t, const struct vintage *first, size_t n, int32_t month,
                     struct tb_buf *out)
{
    const struct vintage *last = NULL;
    const struct tb_edit *edit;

    for (size_t i = 0; i < n; i++) /* in the order in which they came */
        if (first[i].month <= month)
            last = &first[i];
    if (last && (edit = edit_of(t, first, month)) != NULL) {
        put_number(out, edit->value);
    } else if (!last) {
        tb_csv_put(out, "");
    } else if (tb_status_has_value(last->row.status)) {
        put_number(out, (struct tb_decimal){ last->row.value, last->row.scale });
    } else {
        const char code[2] = { tb_status_code(last->row.status), '\0' };
        tb_csv_put(out, (last->row.status & TB_STATUS_MASK) == TB_STATUS_NONE ? "D" : code);
    }
}

static void put_row(const struct triangle *t, const struct vintage *first, size_t n,
                    struct tb_buf *out)
{
    const struct tb_profile *profile = t->view->profile;
    enum tb_freq freq = profile->indicators[t->indicator].frequency;
    char period[TB_PERIOD_TEXT];

    tb_period_format((struct tb_period){ freq, first->row.period }, period);
    tb_csv_put(out, profile->units[t->unit].code);
    tb_csv_put(out, profile->indicators[t->indicator].code);
    tb_csv_put(out, tb_measure_name((enum tb_measure)first->row.measure));
    tb_csv_put(out, tb_freq_code(freq));
    tb_csv_put_int(out, first->state);
    tb_csv_put(out, period);
    for (size_t m = 0; m < t->n_months; m++)
        put_cell(t, first, n, t->month[m], out);
    tb_csv_end_row(out);
}

static void put_all(struct triangle *t, struct tb_buf *out)
{
    char month[TB_PERIOD_TEXT];

    tb_buf_puts(out, "REF_AREA,INDICATOR,MEASURE,FREQ,STATE,TIME_PERIOD,");
    for (size_t m = 0; m < t->n_months; m++) {
        tb_period_format((struct tb_period){ TB_FREQ_MONTH, t->month[m] }, month);
        tb_csv_put(out, month);
    }
    tb_csv_end_row(out);
    if (t->n)
        qsort(t->item, t->n, sizeof *t->item, by_key);
    for (size_t i = 0, n; i < t->n; i += n) {
        for (n = 1; i + n < t->n && same_key(&t->item[i], &t->item[i + n]); n++)
            ;
        put_row(t, &t->item[i], n, out);
    }
}

int tb_triangle_put(const struct tb_view *view, size_t unit, size_t indicator, struct tb_buf *out,
                    struct tb_error *err)
{
    struct triangle t = { .view = view, .unit = unit, .indicator = indicator };
    int rc = -1;

    if (read_all(&t, err) == 0 && find_months(&t, err) == 0) {
        put_all(&t, out);
        rc = tb_buf_ok(out, err) ? 0 : -1;
    }
    free(t.item);
    free(t.month);
    return rc;
}
