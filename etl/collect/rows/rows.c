/* rows.c - the loop over the rows of one submission: what each row is, and where
 * it goes in the account.
 */
#include "collect/rows/rows.h"

#include <stdlib.h>
#include <string.h>

#include "collect/source/source.h"
#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/segment.h"

/* A record that starts there may have more lines, and a line number has 32 bits. */
static const uint32_t LINE_MAX_NUMBER = UINT32_MAX - (1u << 26);

/* --- one row --- */

/* A row that is not taken: its cells that are filled are rejected with it. */
static void reject_row(struct tb_reading *r, const struct tb_csv_record *record)
{
    struct tb_account *account = &r->summary->account;

    account->rows_rejected++;
    for (size_t i = 0; i < r->plan->n_values; i++) {
        size_t c = r->plan->value[i].column;
        bool filled = c < record->n_fields && !tb_row_is_blank(r, &record->field[c]);
        account->cells_in++;
        account->cells_rejected += filled;
        account->cells_empty += !filled;
    }
}

static int ignore_row(struct tb_reading *r, const struct tb_csv_record *record,
                      enum tb_ignored_kind kind, struct tb_error *err)
{
    if (r->beside.open) {
        if (r->beside.ignored < 0 || r->beside.ignored == TB_IGNORED_BLANK)
            r->beside.ignored = (int)kind;
        return 0;
    }
    r->summary->account.rows_ignored++;
    return tb_summary_ignore(r->summary, record->line, kind, err);
}

static int reject_shape(struct tb_reading *r, const struct tb_csv_record *record,
                        enum tb_reason reason, struct tb_error *err)
{
    char expected[24] = "";

    if (reason == TB_REASON_ROW_LONG || reason == TB_REASON_ROW_SHORT)
        snprintf(expected, sizeof expected, "%zu", r->plan->n_heads);
    reject_row(r, record);
    r->totals.off = true;
    return tb_row_reject(r, record, SIZE_MAX, reason,
                         record->n_fields ? record->field[0].text : NULL, expected, err);
}

/* The first filled cell under a head that means nothing, or SIZE_MAX. */
static size_t unread_cell(struct tb_reading *r, const struct tb_csv_record *record)
{
    const struct tb_rejects *problems = &r->plan->problems;

    for (size_t i = 0; i < problems->n; i++) {
        size_t c = problems->item[i].column;
        if (c < record->n_fields && !tb_row_is_blank(r, &record->field[c]))
            return c;
    }
    return SIZE_MAX;
}

static int take_cells(struct tb_reading *r, const struct tb_csv_record *record,
                      const struct tb_row_codes *codes, struct tb_error *err)
{
    struct tb_row_tally tally = { 0 };
    struct tb_account *account = &r->summary->account;

    tb_tables_rows(r);
    if (tb_between_rows(r, err) < 0)
        return -1;
    if (tb_row_cells(r, record, codes, &tally, err) < 0)
        return -1;
    if (tally.repeated > 0 && tally.repeated + tally.empty == tally.in)
        return ignore_row(r, record, TB_IGNORED_DUPLICATE, err);
    /* A row that says something, but nothing that was read, is not accepted. */
    size_t unread = tally.empty == tally.in ? unread_cell(r, record) : SIZE_MAX;
    if (unread != SIZE_MAX) {
        reject_row(r, record);
        return tb_row_reject(r, record, unread, TB_REASON_ROW_UNREAD, record->field[unread].text,
                             NULL, err);
    }
    account->cells_in += tally.in;
    account->cells_accepted += tally.accepted;
    account->cells_rejected += tally.rejected;
    account->cells_empty += tally.empty;
    account->observations += tally.added;
    if (record->n_fields < r->plan->narrow && !r->beside.inner && r->n_short++ == 0)
        r->first_short = record->line;
    account->rows_accepted += tally.rejected == 0;
    account->rows_rejected += tally.rejected > 0;
    return 0;
}

/* Where name and titles say all of the dimensions, a row of heads once more
 * reads as data like any other. */
static bool names_nothing(const struct tb_plan *plan)
{
    return plan->role[TB_ROLE_UNIT] < 0 && plan->role[TB_ROLE_INDICATOR] < 0 &&
           plan->role[TB_ROLE_PERIOD] < 0;
}

static int take_head_row(struct tb_reading *r, const struct tb_csv_record *record,
                         struct tb_error *err);

static int reject_lost(struct tb_reading *r, const struct tb_csv_record *record,
                       struct tb_error *err)
{
    const char *text = "";

    for (size_t c = record->n_fields; c-- > 0;)
        text = tb_row_is_blank(r, &record->field[c]) ? text : record->field[c].text;
    r->tables.lost = true;
    reject_row(r, record);
    return tb_row_reject(r, record, SIZE_MAX, TB_REASON_TABLE_UNKNOWN, text, NULL, err);
}

/* A row that may begin another table: 1 and it was dealt with, 0 if it does not. */
static int take_other_table(struct tb_reading *r, const struct tb_csv_record *record,
                            struct tb_error *err)
{
    int found = r->beside.inner ? 0 : tb_tables_look(r, record, err);

    if (found == 1)
        return take_head_row(r, record, err) < 0 ? -1 : 1;
    if (found == 2 || (found == 0 && r->tables.lost))
        return reject_lost(r, record, err) < 0 ? -1 : 1;
    return found;
}

/* The last table that was known goes on, or another of the same heads begins. */
static int take_header_again(struct tb_reading *r, const struct tb_csv_record *record,
                             struct tb_error *err)
{
    int found = tb_tables_again(r, record, err);

    if (found == 1)
        return take_head_row(r, record, err);
    if (found != 0)
        return found < 0 ? -1 : reject_lost(r, record, err);
    r->tables.lost = false;
    return ignore_row(r, record, TB_IGNORED_HEADER, err);
}

static int take_row(struct tb_reading *r, const struct tb_csv_record *record, struct tb_error *err)
{
    struct tb_row_codes codes = { 0 };
    int shape = -1, kind = -1, other;

    if (record->n_fields == 0) {
        r->section.after_blank = true;
        return ignore_row(r, record, TB_IGNORED_BLANK, err);
    }
    bool fine = record->flaws == TB_CSV_FINE;
    if ((r->tables.lost || r->tables.titled) && fine && tb_row_is_header(r, record))
        return take_header_again(r, record, err);
    if (r->tables.lost && tb_row_kind(r, record) < 0) {
        other = take_other_table(r, record, err);
        return other < 0 ? -1 : 0;
    }
    if (names_nothing(r->plan) && tb_row_kind(r, record) == TB_IGNORED_HEADER)
        return ignore_row(r, record, TB_IGNORED_HEADER, err);
    if ((shape = tb_row_shape(r, record)) < 0 && !tb_row_may_be_caption(r, record) &&
        tb_row_code(r, record, &codes)) {
        return tb_row_is_parent(r, record) ? ignore_row(r, record, TB_IGNORED_SECTION, err)
                                           : take_cells(r, record, &codes, err);
    }
    /* A damaged row is rejected even where it looks like a footnote: a quote that
     * never closed may hold data. */
    if (record->flaws == TB_CSV_FINE)
        kind = tb_row_kind(r, record);
    bool differs = kind == TB_IGNORED_HEADER && !tb_row_is_header(r, record);
    if (fine && (kind < 0 || differs) && (other = take_other_table(r, record, err)) != 0)
        return other < 0 ? -1 : 0;
    if (kind == TB_IGNORED_BLANK)
        r->section.after_blank = true;
    if (kind == TB_IGNORED_SECTION) {
        tb_totals_end_part(r);
        tb_row_section(r, record);
    }
    if (kind == TB_IGNORED_TOTAL && shape < 0 && !r->tables.lost &&
        tb_totals_line(r, record, &codes, tb_row_total_kind(r, record), err) < 0)
        return -1;
    if (kind >= 0 && ignore_row(r, record, (enum tb_ignored_kind)kind, err) < 0)
        return -1;
    if (kind == TB_IGNORED_FOOTNOTE || kind == TB_IGNORED_SECTION) {
        tb_tables_title(r, record);
        if (tb_between_line(r, record, err) < 0)
            return -1;
    }
    if (kind == TB_IGNORED_TITLE)
        tb_tables_sheet(r, record);
    if (kind >= 0)
        return 0;
    if (shape >= 0)
        return reject_shape(r, record, (enum tb_reason)shape, err);
    reject_row(r, record);
    /* It may be a title all the same, of heads that come next. */
    if (!tb_row_holds_a_number(r, record))
        tb_tables_title(r, record);
    r->totals.off = true; /* the sums lack this row */
    return tb_row_reject_codes(r, record, &codes, err);
}

/* Titles and the header; problems of heads make the header row a rejected one. */
static int take_head_row(struct tb_reading *r, const struct tb_csv_record *record,
                         struct tb_error *err)
{
    bool is_last = record->line + record->n_lines > r->plan->header_end, rejected = false;

    for (const struct tb_plan *part = r->plan; part && is_last; part = part->beside) {
        for (size_t i = 0; i < part->problems.n; i++) {
            const struct tb_reject *p = &part->problems.item[i];
            if (tb_row_reject(r, record, p->column, p->reason, p->text, p->expected, err) < 0)
                return -1;
            rejected = true;
        }
    }
    r->summary->account.rows_rejected += rejected;
    if (rejected)
        return 0;
    if (record->line >= r->plan->header_line)
        return ignore_row(r, record, TB_IGNORED_HEADER, err);
    bool blank = true;
    for (size_t c = 0; c < record->n_fields && blank; c++)
        blank = tb_row_is_blank(r, &record->field[c]);
    return ignore_row(r, record, blank ? TB_IGNORED_BLANK : TB_IGNORED_TITLE, err);
}

/* Titles, heads, and rows of one table or of several side by side. */
static int take_any(struct tb_reading *r, const struct tb_csv_record *record, struct tb_error *err)
{
    return record->line <= r->plan->header_end ? take_head_row(r, record, err)
           : r->plan->beside                   ? tb_beside_take(r, record, take_row, err)
                                               : take_row(r, record, err);
}

static int read_once(struct tb_reading *r, struct tb_source *source, char delimiter,
                     struct tb_error *err)
{
    struct tb_csv_record record;
    struct tb_csv *csv = tb_csv_from_stream(tb_source_more, source, TB_CSV_AHEAD, delimiter, err);
    int rc = csv ? 0 : -1, more = 0;

    tb_tables_start(r, csv, delimiter);
    if (csv && !r->plan->converted)
        tb_csv_set_quotes(csv, r->plan->form->quote, r->plan->form->escape);
    tb_sheets_start(r);
    bool by_sheet = r->sheets.on;
    tb_section_start(&r->section);
    r->beside.plan = NULL;
    tb_between_release(&r->between);
    tb_totals_release(&r->totals);
    tb_coder_set_year(&r->coder, r->plan->year);
    r->latest = (struct tb_period){ .index = INT32_MIN };
    r->stated = (struct tb_stated){ 0 };
    r->labels = (struct tb_label_group){ 0 };
    r->summary->periods = (struct tb_periods){ 0 };
    while (rc == 0 && (more = tb_csv_next(csv, &record, err)) > 0) {
        r->summary->account.rows_in++;
        /* Asked of each row: nearly all are of one table, and of no sheet. */
        if (by_sheet)
            rc = tb_sheets_take(r, &record, take_any, err);
        else if (record.line <= r->plan->header_end || r->plan->beside)
            rc = take_any(r, &record, err);
        else
            rc = take_row(r, &record, err);
        if (r->coder.failed || r->scratch.failed)
            rc = tb_error_set(err, "out of memory for dictionaries");
        else if (rc < 0 && tb_segment_writer_is_full(r->writer))
            source->state = TB_SOURCE_TOO_LARGE;
        if (record.line > LINE_MAX_NUMBER) {
            source->state = TB_SOURCE_TOO_LARGE;
            rc = tb_error_set(err, "more lines than can be numbered");
        }
    }
    if (csv && tb_csv_is_too_long(csv))
        source->state = TB_SOURCE_TOO_LARGE;
    tb_csv_free(csv);
    if (rc == 0 && more == 0)
        rc = tb_between_end(r, err) < 0 || tb_totals_end_table(r, err) < 0 ||
                     tb_stated_end(r, err) < 0
                 ? -1
                 : 0;
    return rc < 0 || more < 0 ? -1 : 0;
}

static void set_period(struct tb_reading *r)
{
    struct tb_summary *summary = r->summary;

    summary->has_period = tb_periods_latest(&summary->periods, &summary->period);
    /* A nil return speaks of no unit, but its name or title says of which period. */
    if (!summary->has_period && r->plan->has_period) {
        summary->period = r->plan->period.period;
        summary->has_period = true;
    }
}

static int open_reading(struct tb_reading *r, struct tb_error *err)
{
    r->writer = tb_segment_writer_new(r->segment);
    r->qualified = tb_map_new();
    if (!r->writer || !r->qualified)
        return tb_error_set(err, "out of memory");
    return tb_coder_init(&r->coder, r->profile, err);
}

static void close_reading(struct tb_reading *r)
{
    tb_coder_release(&r->coder);
    tb_seen_release(&r->seen);
    tb_totals_release(&r->totals);
    tb_tables_release(&r->tables);
    tb_sheets_release(&r->sheets);
    tb_between_release(&r->between);
    tb_map_free(r->repeat_of);
    tb_map_free(r->qualified);
    free(r->repeats);
    free(r->meanings);
    tb_buf_release(&r->scratch);
    tb_buf_release(&r->message);
    tb_segment_writer_free(r->writer);
}

static int read_again(struct tb_reading *r, struct tb_source *source, char delimiter,
                      struct tb_error *err)
{
    if (tb_source_begin(source, source->encoding, err) != 0)
        return -1;
    tb_summary_restart(r->summary);
    tb_segment_writer_free(r->writer);
    r->writer = tb_segment_writer_new(r->segment);
    if (!r->writer)
        return tb_error_set(err, "out of memory");
    r->second = true;
    r->n_rounded = r->n_marked = r->n_short = 0;
    return read_once(r, source, delimiter, err);
}

int tb_rows_read(const struct tb_profile *profile, struct tb_plan *plan,
                 struct tb_source *source, char delimiter, const char *segment,
                 struct tb_segment_writer **writer, struct tb_summary *summary,
                 struct tb_error *err)
{
    struct tb_reading r = {
        .profile = profile, .plan = plan, .summary = summary, .segment = segment
    };
    int rc = open_reading(&r, err);

    if (rc == 0)
        rc = read_once(&r, source, delimiter, err);
    if (rc == 0 && r.n_repeats > 0)
        rc = read_again(&r, source, delimiter, err);
    if (rc == 0)
        rc = tb_row_remarks(&r, err);
    if (rc == 0) {
        set_period(&r);
        *writer = r.writer;
        r.writer = NULL;
        /* Stays on in production: a row that is lost must not pass. */
        if (!tb_account_balances(&summary->account) ||
            tb_segment_writer_rows(*writer) != summary->account.observations) {
            tb_segment_writer_free(*writer);
            *writer = NULL;
            rc = tb_error_set(err, "the account of rows does not balance");
        }
    }
    close_reading(&r);
    return rc;
}
