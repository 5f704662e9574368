/* check.c - what was collected against what was drawn. */
#include "hostile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tongbao/diag.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"
#include "tongbao/table.h"

struct checker {
    const char *root;
    const struct tb_profile *profile;
    struct tb_table *submissions;
    const struct hostile *h;
    struct tb_segment *segment;
    struct stretch *lines, *sent; /* of the file as it should be, as it was sent */
    size_t n_lines, n_sent;
    bool claims; /* the lines up to the header are whole */
    struct tb_buf why;
};

static int place_on(const struct axis *axis, int at)
{
    for (size_t i = 0; i < axis->n; i++) {
        if (axis->at[i] == at)
            return (int)i;
    }
    return -1;
}

/* The value that was drawn for the observation's key, or NULL. */
static const struct value *drawn(const struct checker *c, const struct tb_observation *o)
{
    const struct facts *f = &c->h->facts;
    int per_year = f->quarterly ? 4 : N_MONTHS;
    int u = place_on(&f->unit, (int)o->unit), i = place_on(&f->indicator, o->indicator);
    int m = place_on(&f->measure, o->measure);
    int p = place_on(&f->period, o->period - f->year * per_year);

    if (u < 0 || i < 0 || m < 0 || p < 0 || !f->cell[u][i][m][p].there)
        return NULL;
    return &f->cell[u][i][m][p];
}

static bool same(const struct value *v, const struct tb_observation *o)
{
    const struct tb_decimal number = { o->value, o->scale };

    return v->status == (o->status & TB_STATUS_MASK) &&
           (!tb_status_has_value(v->status) || tb_decimal_cmp(v->number, number) == 0);
}

static void tell(struct checker *c, const char *what, const struct tb_observation *o)
{
    char text[TB_DECIMAL_TEXT];
    const struct tb_decimal number = { o->value, o->scale };

    tb_decimal_format(number, text);
    tb_buf_printf(&c->why, "# line %u: %s %s %s, period %d: %s (%c), %s\n", (unsigned)o->line,
                  world_units[o->unit].code, world_indicators[o->indicator].code,
                  tb_measure_name((enum tb_measure)o->measure), (int)o->period, text,
                  tb_status_code(o->status), what);
}

static bool same_line(const struct checker *c, size_t drawn_line, size_t sent_line)
{
    const struct stretch *a = &c->lines[drawn_line], *b = &c->sent[sent_line];

    return a->len == b->len && memcmp(c->h->bytes.data + a->start, c->h->sent.data + b->start,
                                      a->len) == 0;
}

/* True when the line of the file as sent is one of the lines that were drawn, and so
 * are the lines before it, on which a record with a comment may begin. */
static bool is_whole(const struct checker *c, uint32_t line)
{
    size_t before = c->h->style.comment_column ? 3 : 0;

    for (size_t i = 0; line >= 1 && line <= c->n_sent && i < c->n_lines; i++) {
        size_t same = 0;
        while (same <= before && same <= i && same < line && same_line(c, i - same, line - 1 - same))
            same++;
        if (same == before + 1 || same == i + 1)
            return true;
    }
    return false;
}

static size_t facts_there(const struct facts *f)
{
    size_t n = 0;

    for (size_t u = 0; u < f->unit.n; u++)
        for (size_t i = 0; i < f->indicator.n; i++)
            for (size_t m = 0; m < f->measure.n; m++)
                for (size_t p = 0; p < f->period.n; p++)
                    n += f->cell[u][i][m][p].there;
    return n;
}

static void check_values(struct checker *c)
{
    size_t n = c->segment ? tb_segment_rows(c->segment) : 0, wanted = facts_there(&c->h->facts);

    for (size_t r = 0; r < n; r++) {
        struct tb_observation o;
        tb_segment_read(c->segment, r, 1, &o);
        if (c->h->damaged && (!c->claims || !is_whole(c, o.line)))
            continue;
        const struct value *v = drawn(c, &o);
        if (!v)
            tell(c, "which the table does not have", &o);
        else if (!same(v, &o))
            tell(c, "which is another value in the table", &o);
    }
    if (!c->h->damaged && n != wanted)
        tb_buf_printf(&c->why, "# %zu observations of %zu\n", n, wanted);
}

static long count(const struct checker *c, size_t row, const char *name)
{
    return strtol(tb_table_get(c->submissions, row, name), NULL, 10);
}

static void check_account(struct checker *c, size_t row)
{
    long in = count(c, row, "rows_in"), cells = count(c, row, "cells_in");

    if (in != count(c, row, "rows_accepted") + count(c, row, "rows_rejected") +
                  count(c, row, "rows_ignored") ||
        cells != count(c, row, "cells_accepted") + count(c, row, "cells_rejected") +
                     count(c, row, "cells_empty"))
        tb_buf_puts(&c->why, "# the account does not balance\n");
    if (!c->h->damaged && (count(c, row, "rows_rejected") || count(c, row, "cells_rejected")))
        tb_buf_puts(&c->why, "# something was rejected\n");
}

static bool header_whole(const struct checker *c)
{
    const char *e = c->h->style.encoding;

    if (strncmp(e, "UTF-16", 6) == 0 && c->h->sent.len % 2)
        return false;
    for (size_t i = 0; i <= c->h->grid.header; i++) {
        if (i >= c->n_sent || i >= c->n_lines || c->sent[i].len != c->lines[i].len ||
            memcmp(c->h->sent.data + c->sent[i].start, c->h->bytes.data + c->lines[i].start,
                   c->sent[i].len) != 0)
            return false;
    }
    return true;
}

static void check_case(struct checker *c, size_t row)
{
    const char *segment = tb_table_get(c->submissions, row, "segment");
    struct tb_error err = TB_ERROR_INIT;
    char path[4096];

    snprintf(path, sizeof path, "%s/datasets/p/%s", c->root, segment);
    c->segment = segment[0] ? tb_segment_open(path, &err) : NULL;
    c->n_lines = lines_of(c->h, &c->h->bytes, &c->lines);
    c->n_sent = lines_of(c->h, &c->h->sent, &c->sent);
    c->claims = header_whole(c);
    check_account(c, row);
    check_values(c);
    tb_segment_close(c->segment);
    free(c->lines);
    free(c->sent);
}

static long find_row(const struct checker *c)
{
    for (size_t r = 0; r < tb_table_rows(c->submissions); r++) {
        if (strcmp(tb_table_get(c->submissions, r, "name"), tb_buf_text(&c->h->name)) == 0)
            return (long)r;
    }
    return -1;
}

static size_t check_all(struct checker *c, uint64_t seed, size_t n)
{
    size_t failed = 0;

    for (size_t i = 0; i < n; i++) {
        struct hostile *h = hostile_draw(seed, i);
        c->h = h;
        tb_buf_clear(&c->why);
        long row = find_row(c);
        if (row < 0)
            tb_buf_puts(&c->why, "# it is not in submissions.csv\n");
        else
            check_case(c, (size_t)row);
        if (c->why.len > 0 && failed++ < 10)
            printf("# case %zu%s, %s\n# form %s%.900s", i, h->damaged ? " (damaged)" : "",
                   tb_buf_text(&h->name), tb_buf_text(&h->form), tb_buf_text(&c->why));
        hostile_free(h);
    }
    return failed;
}

size_t hostile_check(const char *root, uint64_t seed, size_t n)
{
    struct tb_diag diag = { 0 };
    struct tb_error err = TB_ERROR_INIT;
    char path[4096];
    struct tb_profile *profile = tb_profile_load(root, "p", &diag, &err);
    struct checker c = { .root = root, .profile = profile };
    size_t failed = n;

    snprintf(path, sizeof path, "%s/run/collect/submissions.csv", root);
    c.submissions = profile ? tb_table_read(path, NULL, &diag, &err) : NULL;
    if (c.submissions && diag.n_errors == 0)
        failed = check_all(&c, seed, n);
    else
        printf("# %s\n", err.text);
    tb_table_free(c.submissions);
    tb_profile_free(profile);
    tb_buf_release(&c.why);
    return failed;
}
