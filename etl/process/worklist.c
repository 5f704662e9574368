/* worklist.c - what a reviewer looks at, in the order in which it matters: every
 * suspect field once, with the checks that point at it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "process/check.h"
#include "process/work.h"
#include "tongbao/csv.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"

/* A failure of a check, by the field that is suspected. */
struct entry {
    const struct tb_suspect *suspect;
    uint32_t check;
    size_t order; /* in which they were found: makes the sort total */
};

static int by_number(double a, double b)
{
    return (a > b) - (a < b);
}

static int64_t period_of(const struct tb_suspect *suspect)
{
    return suspect->plane->first + (int64_t)(suspect->cell / suspect->plane->n_columns);
}

static int compare_fields(const struct tb_suspect *a, const struct tb_suspect *b)
{
    const struct tb_plane_key *x = &a->plane->key, *y = &b->plane->key;

    if (x->indicator != y->indicator)
        return x->indicator < y->indicator ? -1 : 1;
    if (x->measure != y->measure)
        return x->measure < y->measure ? -1 : 1;
    return (a->cell > b->cell) - (a->cell < b->cell);
}

/* Failures that point at one field stand together, in the order of the checks. */
static int by_field(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = compare_fields(x->suspect, y->suspect);

    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

/* One line of the list: n failures that point at one field. */
struct line {
    const struct entry *entry;
    size_t n;
};

/* Those that move the total most; then the latest; unknown influence last. */
static int by_influence(const void *a, const void *b)
{
    const struct tb_suspect *x = ((const struct line *)a)->entry->suspect;
    const struct tb_suspect *y = ((const struct line *)b)->entry->suspect;

    if (x->has_expected != y->has_expected)
        return x->has_expected ? -1 : 1;
    int order = by_number(y->influence_pct, x->influence_pct);
    if (order == 0)
        order = by_number((double)period_of(y), (double)period_of(x));
    return order != 0 ? order : compare_fields(x, y);
}

static void put_checks(const struct tb_work *work, const struct line *line, struct tb_buf *out)
{
    struct tb_buf text = TB_BUF_INIT;

    for (size_t i = 0; i < line->n; i++)
        if (i == 0 || line->entry[i].check != line->entry[i - 1].check)
            tb_buf_printf(&text, "%s%s", i > 0 ? ";" : "",
                          work->profile->checks[line->entry[i].check].code);
    tb_csv_put(out, tb_buf_text(&text));
    out->failed |= text.failed;
    tb_buf_release(&text);
}

static void put_expected(const struct tb_suspect *suspect, struct tb_buf *out)
{
    char text[64] = "";

    if (suspect->has_expected)
        snprintf(text, sizeof text, "%.*f",
                 suspect->plane->scale > 0 ? (int)suspect->plane->scale : 0, suspect->expected);
    tb_csv_put(out, text);
    if (suspect->has_expected)
        snprintf(text, sizeof text, "%.3f", suspect->influence_pct);
    tb_csv_put(out, text);
}

static void put_hints(const struct tb_work *work, const struct tb_suspect *suspect,
                      struct tb_buf *out)
{
    static const char *const languages[] = { "zh", "en" };

    tb_csv_put(out, tb_cause_name(suspect->cause));
    for (size_t i = 0; i < 2; i++) {
        struct tb_buf text = TB_BUF_INIT;
        tb_suspect_hint(work, suspect, languages[i], &text);
        tb_csv_put(out, tb_buf_text(&text));
        out->failed |= text.failed;
        tb_buf_release(&text);
    }
}

static void put_line(const struct tb_work *work, const struct line *line, size_t place,
                     struct tb_buf *out)
{
    const struct tb_suspect *suspect = line->entry->suspect;
    const struct tb_plane *plane = suspect->plane;
    const struct tb_profile *profile = work->profile;
    char text[TB_DECIMAL_TEXT], when[TB_PERIOD_TEXT];
    bool error = false;

    for (size_t i = 0; i < line->n; i++)
        error = error || profile->checks[line->entry[i].check].severity == TB_CHECK_ERROR;
    tb_period_format((struct tb_period){ plane->freq, (int32_t)period_of(suspect) }, when);
    tb_csv_put_int(out, (int64_t)place);
    tb_csv_put(out, profile->units[suspect->cell % plane->n_columns].code);
    tb_csv_put(out, profile->indicators[plane->key.indicator].code);
    tb_csv_put(out, tb_measure_name((enum tb_measure)plane->key.measure));
    tb_csv_put(out, when);
    tb_decimal_format((struct tb_decimal){ suspect->value, plane->scale }, text);
    tb_csv_put(out, text);
    put_expected(suspect, out);
    put_hints(work, suspect, out);
    tb_csv_put(out, error ? "error" : "warning");
    put_checks(work, line, out);
    tb_csv_put_int(out, (int64_t)line->n);
    tb_csv_put_int(out, plane->origin ? plane->origin[suspect->cell] : 0);
    tb_csv_end_row(out);
}

/* Lays the failures of all items out by field; how many lines they make. */
static size_t gather(const struct tb_check_item item[], size_t n, struct entry entry[],
                     struct line line[])
{
    size_t n_entries = 0, n_lines = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t f = 0; f < item[i].n_failures; f++) {
            entry[n_entries] =
                (struct entry){ &item[i].failure[f].suspect, (uint32_t)item[i].check, n_entries };
            n_entries++;
        }
    if (n_entries > 0)
        qsort(entry, n_entries, sizeof *entry, by_field);
    for (size_t i = 0; i < n_entries; i++) {
        if (i > 0 && compare_fields(entry[i].suspect, entry[i - 1].suspect) == 0)
            line[n_lines - 1].n++;
        else
            line[n_lines++] = (struct line){ &entry[i], 1 };
    }
    if (n_lines > 0)
        qsort(line, n_lines, sizeof *line, by_influence);
    return n_lines;
}

int tb_worklist_put(const struct tb_work *work, const struct tb_check_item item[], size_t n,
                    struct tb_buf *out, struct tb_error *err)
{
    size_t n_failures = 0;

    for (size_t i = 0; i < n; i++)
        n_failures += item[i].n_failures;
    struct entry *entry = calloc(n_failures + 1, sizeof *entry);
    struct line *line = calloc(n_failures + 1, sizeof *line);
    if (entry && line) {
        size_t n_lines = gather(item, n, entry, line);
        for (size_t i = 0; i < n_lines; i++)
            put_line(work, &line[i], i + 1, out);
    } else {
        out->failed = true;
    }
    free(entry);
    free(line);
    return tb_buf_ok(out, err) ? 0 : -1;
}
