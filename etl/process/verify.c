/* verify.c - which state each cell has reached, and whose value is in force. */
#include "process/verify.h"

#include <stdlib.h>
#include <string.h>

#include "process/work.h"
#include "tongbao/error.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"
#include "tongbao/stage.h"
#include "tongbao/verification.h"

enum { N_SETTERS = TB_STATES_MAX + 2 };

uint8_t tb_verify_state_of(const struct tb_work *work, const struct tb_source *source,
                           size_t indicator)
{
    const struct tb_profile *profile = work->profile;
    int32_t state = source->form >= 0 ? profile->forms[source->form].state : TB_NONE;

    return state > 0 && profile->states[state].indicators[indicator] ? (uint8_t)state : 0;
}

int tb_verify_set_aside(struct tb_work *work, size_t source, uint32_t origin,
                        const struct tb_observation *row, struct tb_error *err)
{
    struct tb_stated *grown =
        work->n_stated < UINT32_MAX
            ? tb_grow(work->stated, work->n_stated, &work->stated_capacity, sizeof *grown)
            : NULL;

    if (!grown)
        return tb_error_set(err, "out of memory for verified values");
    work->stated = grown;
    grown[work->n_stated] = (struct tb_stated){
        .row = *row,
        .origin = origin,
        .source = (uint32_t)source,
        .next = work->first_stated[row->indicator],
        .state = tb_verify_state_of(work, &work->sources.item[source], row->indicator),
    };
    work->first_stated[row->indicator] = (uint32_t)++work->n_stated;
    return 0;
}

/* --- one cell --- */

/* What the marks of one state come to, once the states before it are reached at
 * `floor`. */
struct tally {
    bool ok[N_SETTERS], failed[N_SETTERS];
    int64_t when[N_SETTERS];
    bool any_failed, early;
};

static void take_event(struct tally *tally, const struct tb_verify_event *event, bool blocked,
                       int64_t floor)
{
    int who = event->who;

    if (blocked || event->when < floor) {
        tally->early = true;
        return;
    }
    if (event->failed) {
        tally->failed[who] = true;
        tally->ok[who] = false;
        return;
    }
    tally->failed[who] = false;
    if (!tally->ok[who])
        tally->when[who] = event->when;
    tally->ok[who] = true;
}

/* Whether the marks suffice, and since when: all that are asked for, or any one. */
static bool is_reached(struct tally *tally, uint64_t all, int64_t *since)
{
    bool any = false;

    *since = all ? INT64_MIN : INT64_MAX;
    for (int who = 0; who < N_SETTERS; who++) {
        tally->any_failed |= tally->failed[who];
        if (all && (all >> who & 1) && !tally->ok[who])
            return false;
        if (!tally->ok[who] || (all && !(all >> who & 1)))
            continue;
        any = true;
        if (all ? tally->when[who] > *since : tally->when[who] < *since)
            *since = tally->when[who];
    }
    return any;
}

struct tb_verify_cell tb_verify_judge(const struct tb_work *work, size_t indicator,
                                      bool is_submitted, const struct tb_verify_event event[],
                                      size_t n)
{
    const struct tb_profile *profile = work->profile;
    struct tb_verify_cell out = { .reached = is_submitted, .ok = is_submitted };
    int64_t at[TB_STATES_MAX] = { 0 };
    bool stands = is_submitted;

    at[0] = INT64_MIN;
    for (size_t i = 0; i < n; i++)
        stands |= event[i].stated > 0 && event[i].who >= 0;
    if (!stands) /* marks on nothing */
        n = 0;
    for (size_t s = 1; s < profile->n_states; s++) {
        const struct tb_state *state = &profile->states[s];
        struct tally tally = { 0 };
        int64_t floor = INT64_MIN;
        bool blocked = false;
        if (!state->indicators[indicator])
            continue;
        for (size_t a = 0; a < s; a++) {
            if (!(state->after >> a & 1) || !profile->states[a].indicators[indicator])
                continue;
            blocked |= !(out.ok >> a & 1);
            floor = at[a] > floor ? at[a] : floor;
        }
        for (size_t i = 0; i < n; i++)
            if (event[i].state == s && event[i].who >= 0)
                take_event(&tally, &event[i], blocked, floor);
        bool reached = is_reached(&tally, tb_state_setters(profile, s, indicator), &at[s]);
        for (int who = 0; who < N_SETTERS; who++)
            tally.any_failed |= tally.failed[who];
        out.early |= (uint32_t)tally.early << s;
        out.failed |= (uint32_t)tally.any_failed << s;
        if (!reached || tally.any_failed)
            continue;
        out.ok |= UINT32_C(1) << s;
        out.reached = (int64_t)s + 1;
        out.reached_at = at[s];
    }
    for (size_t s = profile->n_states; s-- > 1;)
        if (out.failed >> s & 1) {
            out.reached = -(int64_t)s - 1;
            break;
        }
    return out;
}

/* --- values --- */

static bool same_measure(const struct tb_observation *a, const struct tb_observation *b)
{
    return a->measure == b->measure && a->group == b->group;
}

/* True when `other`, an event after or beside it, takes its place. */
static bool gives_way(const struct tb_stated *value, const struct tb_stated *other, bool later)
{
    if (!same_measure(&value->row, &other->row) || other->outcome == TB_STATED_NOT_ALLOWED)
        return false;
    if (other->state == value->state)
        return later;
    return other->outcome == TB_STATED_IN_FORCE && other->state > value->state;
}

/* First which values their states let count, then the highest and latest of these. */
static void choose_values(struct tb_work *work, const struct tb_verify_cell *cell,
                          const struct tb_verify_event event[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct tb_stated *value = event[i].stated ? &work->stated[event[i].stated - 1] : NULL;
        if (!value)
            continue;
        if ((value->row.status & TB_STATUS_MASK) == TB_STATUS_NONE)
            value->outcome = TB_STATED_TAKES_BACK;
        else if (cell->failed >> value->state & 1)
            value->outcome = TB_STATED_FAILED;
        else
            value->outcome =
                cell->ok >> value->state & 1 ? TB_STATED_IN_FORCE : TB_STATED_EARLY;
    }
    for (size_t i = 0; i < n; i++) {
        struct tb_stated *value = event[i].stated ? &work->stated[event[i].stated - 1] : NULL;
        for (size_t k = 0; value && value->outcome == TB_STATED_IN_FORCE && k < n; k++)
            if (k != i && event[k].stated &&
                gives_way(value, &work->stated[event[k].stated - 1], k > i))
                value->outcome = TB_STATED_SUPERSEDED;
    }
}

/* What stands in the cell as units submitted it. */
static void note_beside(const struct tb_work *work, struct tb_stated *value, size_t cell)
{
    const struct tb_plane *plane = tb_work_plane(
        work, value->row.indicator, (enum tb_measure)value->row.measure, value->row.group);

    if (!plane) /* all that came for it was taken back */
        return;
    value->old_value = plane->value[cell];
    value->old_status = plane->status[cell];
    value->old_origin = plane->origin[cell];
    value->scale = plane->scale;
}

static void place_values(struct tb_work *work, const struct tb_verify_event event[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct tb_stated *value = event[i].stated ? &work->stated[event[i].stated - 1] : NULL;
        if (value)
            note_beside(work, value, event[i].cell);
    }
    for (size_t i = 0; i < n; i++) {
        struct tb_stated *value = event[i].stated ? &work->stated[event[i].stated - 1] : NULL;
        if (value && value->outcome == TB_STATED_IN_FORCE)
            tb_work_place(work, &work->sources.item[value->source], value->origin, &value->row);
        else if (value)
            tb_work_account(work, value->row.unit, value->row.indicator)->aside++;
    }
}

/* --- all cells of an indicator --- */

struct events {
    struct tb_verify_event *item;
    size_t n, capacity;
};

static int add_event(struct events *events, struct tb_verify_event event, struct tb_error *err)
{
    struct tb_verify_event *grown =
        events->n < UINT32_MAX
            ? tb_grow(events->item, events->n, &events->capacity, sizeof *grown)
            : NULL;

    if (!grown)
        return tb_error_set(err, "out of memory for marks of verification");
    events->item = grown;
    event.order = (uint32_t)events->n;
    events->item[events->n++] = event;
    return 0;
}

static int add_mark(const struct tb_work *work, const struct tb_plane *plane, size_t mark,
                    struct events *events, struct tb_error *err)
{
    const struct tb_profile *profile = work->profile;
    const struct tb_mark *row = &profile->marks[mark];
    size_t n = (size_t)plane->n_periods * plane->n_columns;
    tb_day end = TB_DAY_NONE;

    for (size_t cell = 0; cell < n; cell++) {
        size_t unit = cell % plane->n_columns;
        struct tb_period period = { plane->freq,
                                    plane->first + (int32_t)(cell / plane->n_columns) };
        if (unit == 0)
            end = tb_period_last_day(period);
        if (end < row->first || end > row->last || !row->units[unit])
            continue;
        int who = tb_state_setter(profile, (size_t)row->state, plane->key.indicator, unit, row->who);
        if (who != TB_STATE_NOBODY &&
            add_event(events,
                      (struct tb_verify_event){ .cell = (uint32_t)cell,
                                                .mark = (uint32_t)mark,
                                                .when = row->when,
                                                .state = (uint8_t)row->state,
                                                .who = (int8_t)who,
                                                .failed = row->failed },
                      err) < 0)
            return -1;
    }
    return 0;
}

/* From one who may not, or a row that takes back where nothing else came. */
static void refuse_value(struct tb_work *work, struct tb_stated *value, size_t cell)
{
    tb_work_account(work, value->row.unit, value->row.indicator)->aside++;
    value->outcome = cell == SIZE_MAX ? TB_STATED_TAKES_BACK : TB_STATED_NOT_ALLOWED;
    if (cell != SIZE_MAX)
        note_beside(work, value, cell);
}

static int add_values(struct tb_work *work, const struct tb_plane *plane, struct events *events,
                      struct tb_error *err)
{
    for (uint32_t at = work->first_stated[plane->key.indicator]; at; at = work->stated[at - 1].next) {
        struct tb_stated *value = &work->stated[at - 1];
        const struct tb_source *source = &work->sources.item[value->source];
        size_t cell = tb_plane_cell(plane, (struct tb_period){ plane->freq, value->row.period },
                                    value->row.unit);
        bool takes_back = (value->row.status & TB_STATUS_MASK) == TB_STATUS_NONE;
        int who = tb_state_setter(work->profile, value->state, value->row.indicator, value->row.unit,
                                  source->sender);
        if (who == TB_STATE_NOBODY || cell == SIZE_MAX) {
            refuse_value(work, value, cell);
            continue;
        }
        if (add_event(events,
                      (struct tb_verify_event){ .cell = (uint32_t)cell,
                                                .stated = at,
                                                .when = source->received_at,
                                                .state = value->state,
                                                .who = takes_back ? TB_STATE_NOBODY : (int8_t)who },
                      err) < 0)
            return -1;
    }
    return 0;
}

/* By cell, moment, then number of the observation, then as they were noted. */
static int compare_events(const void *x, const void *y)
{
    const struct tb_verify_event *a = x, *b = y;

    if (a->cell != b->cell)
        return a->cell < b->cell ? -1 : 1;
    if (a->when != b->when)
        return a->when < b->when ? -1 : 1;
    if (a->stated != b->stated)
        return a->stated < b->stated ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static bool is_submitted(const struct tb_work *work, size_t indicator, size_t cell)
{
    for (size_t slot = 0; slot < TB_MEASURE_RANK + work->profile->n_groups; slot++) {
        const struct tb_plane *plane = work->plane[indicator * work->n_slots + slot];
        if (plane && plane->origin && tb_status_has_value(plane->status[cell]))
            return true;
    }
    return false;
}

static void judge_cells(struct tb_work *work, struct tb_plane *plane, const struct events *events)
{
    size_t n = (size_t)plane->n_periods * plane->n_columns, at = 0;
    size_t indicator = plane->key.indicator;

    for (size_t cell = 0; cell < n; cell++) {
        size_t first = at;
        while (at < events->n && events->item[at].cell == cell)
            at++;
        const struct tb_verify_event *event = events->item ? events->item + first : NULL;
        struct tb_verify_cell found = tb_verify_judge(
            work, indicator, is_submitted(work, indicator, cell), event, at - first);
        if (at > first) {
            choose_values(work, &found, event, at - first);
            place_values(work, event, at - first);
            tb_verify_put_cell(work, indicator, &found, event, at - first);
        }
        if (found.reached == 0)
            continue;
        plane->value[cell] = found.reached;
        plane->status[cell] = TB_STATUS_A;
    }
}

static int verify_indicator(struct tb_work *work, size_t indicator, struct tb_error *err)
{
    struct tb_plane *plane = tb_work_plane(work, indicator, TB_MEASURE_STATE, 0);
    int64_t as_of = work->stage->has_as_of ? work->stage->as_of : INT64_MAX;
    struct events events = { 0 };
    int rc = 0;

    if (!plane)
        return 0;
    for (size_t m = 0; rc == 0 && m < work->profile->n_marks; m++)
        if (work->profile->marks[m].indicators[indicator] && work->profile->marks[m].when <= as_of)
            rc = add_mark(work, plane, m, &events, err);
    if (rc == 0)
        rc = add_values(work, plane, &events, err);
    if (rc == 0) {
        if (events.n)
            qsort(events.item, events.n, sizeof *events.item, compare_events);
        judge_cells(work, plane, &events);
    }
    free(events.item);
    return rc;
}

int tb_work_verify(struct tb_work *work, struct tb_error *err)
{
    for (size_t i = 0; i < work->profile->n_indicators; i++)
        if (verify_indicator(work, i, err) < 0)
            return -1;
    return tb_buf_ok(&work->verification, err) ? 0 : -1;
}
