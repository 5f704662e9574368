/* faults.c - plants the deliberate faults (faults.h); the table is faults_table.h. */
#include "faults.h"

#include <stdio.h>
#include <string.h>

#include "paper.h"
#include "tongbao/date.h"
#include "tongbao/error.h"

enum { DAY = 86400, MORNING = 9 * 3600, OFFSET = 8 * 3600 };

#include "faults_table.h"

const size_t n_faults = sizeof faults / sizeof *faults;

static bool belongs(const struct fault *fault, const struct paper *paper)
{
    return fault->kind != FAULT_FILE && strcmp(fault->sender, paper->sender) == 0 &&
           strcmp(fault->name, paper->name) == 0;
}

/* Offset of the start of line `line` (from 1), or of the end when there are as
 * many lines as that and one is asked for after them. */
static bool line_start(const struct tb_buf *text, unsigned line, size_t *start)
{
    size_t at = 0;

    for (unsigned n = 1; n < line; n++) {
        const char *end = at < text->len ? memchr(text->data + at, '\n', text->len - at) : NULL;
        if (!end)
            return false;
        at = (size_t)(end - text->data) + 1;
    }
    *start = at;
    return true;
}

static size_t line_end(const struct tb_buf *text, size_t start)
{
    const char *end = memchr(text->data + start, '\n', text->len - start);

    return end ? (size_t)(end - text->data) : text->len;
}

/* The bounds of cell `field` (from 1) between separators outside quotes. */
static bool cell_bounds(const struct paper *paper, unsigned field, size_t *start, size_t *end)
{
    size_t stop = line_end(&paper->text, *start);
    bool quoted = false;
    unsigned n = 1;

    for (size_t at = *start; at <= stop; at++) {
        char c = at < stop ? paper->text.data[at] : paper->delimiter;
        if (c == '"')
            quoted = !quoted;
        if (c != paper->delimiter || (quoted && at < stop))
            continue;
        if (n++ == field) {
            *end = at;
            return true;
        }
        *start = at + 1;
    }
    return false;
}

static void replace(struct tb_buf *text, size_t start, size_t end, const char *bytes, size_t size)
{
    struct tb_buf fresh = TB_BUF_INIT;

    tb_buf_add(&fresh, tb_buf_text(text), start);
    tb_buf_add(&fresh, bytes, size);
    tb_buf_add(&fresh, text->data + end, text->len - end);
    tb_buf_release(text);
    *text = fresh;
}

static int plant(const struct fault *fault, struct paper *paper, struct tb_error *err)
{
    size_t start, end;

    if (!line_start(&paper->text, fault->line, &start))
        return tb_error_set(err, "%s: no line %u in '%s'", fault->id, fault->line, paper->name);
    end = line_end(&paper->text, start);
    switch (fault->kind) {
    case FAULT_CELL:
        if (!cell_bounds(paper, fault->field, &start, &end))
            return tb_error_set(err, "%s: no cell %u in line %u", fault->id, fault->field,
                                fault->line);
        replace(&paper->text, start, end, fault->text, strlen(fault->text));
        break;
    case FAULT_LINE:
        replace(&paper->text, start, end, fault->text, strlen(fault->text));
        break;
    case FAULT_INSERT:
        replace(&paper->text, start, start, "\n", 1);
        replace(&paper->text, start, start, fault->text, strlen(fault->text));
        break;
    case FAULT_NUL:
        replace(&paper->text, end, end, "", 1);
        break;
    default:
        break;
    }
    return tb_buf_ok(&paper->text, err) ? 0 : -1;
}

int faults_plant(struct paper *paper, struct tb_error *err)
{
    for (size_t i = 0; i < n_faults; i++) {
        if (!belongs(&faults[i], paper))
            continue;
        if (faults[i].kind == FAULT_LATE)
            paper->arrival += (int64_t)faults[i].field * DAY;
        else if (faults[i].kind <= FAULT_NUL && plant(&faults[i], paper, err) < 0)
            return -1;
    }
    return 0;
}

int faults_hand_in(const struct paper *paper, const char *inbox, struct tb_error *err)
{
    struct tb_buf bytes = TB_BUF_INIT;
    size_t size;
    int rc = -1;

    if (paper_bytes(paper, &bytes, err) < 0)
        goto out;
    size = bytes.len;
    for (size_t i = 0; i < n_faults; i++) {
        const struct fault *fault = &faults[i];
        struct paper copy = *paper; /* borrows the text; only name and arrival change */
        if (!belongs(fault, paper))
            continue;
        if (fault->kind == FAULT_ABSENT) {
            rc = 0;
            goto out;
        }
        if (fault->kind == FAULT_CUT)
            size = size * fault->field / 100;
        if (fault->kind != FAULT_COPY)
            continue;
        snprintf(copy.name, sizeof copy.name, "%s", fault->text);
        copy.arrival += (int64_t)fault->field * DAY;
        if (paper_hand_in_bytes(&copy, tb_buf_text(&bytes), size, inbox, err) < 0)
            goto out;
    }
    rc = paper_hand_in_bytes(paper, tb_buf_text(&bytes), size, inbox, err);
out:
    tb_buf_release(&bytes);
    return rc;
}

int faults_hand_in_files(const char *inbox, struct tb_error *err)
{
    for (size_t i = 0; i < n_faults; i++) {
        struct paper paper;
        tb_day day;
        int rc;
        if (faults[i].kind != FAULT_FILE)
            continue;
        if (!tb_day_parse(faults[i].day, strlen(faults[i].day), &day))
            return tb_error_set(err, "%s: '%s' is no day", faults[i].id, faults[i].day);
        paper_start(&paper, faults[i].sender, faults[i].name, ',');
        paper.arrival = (int64_t)day * DAY + MORNING - OFFSET;
        tb_buf_puts(&paper.text, faults[i].text);
        rc = paper_hand_in(&paper, inbox, err);
        paper_release(&paper);
        if (rc < 0)
            return -1;
    }
    return 0;
}
