/* consequence_row.c - rows of consequences.csv. */
#include "analyse/verdict/consequence_row.h"

#include <string.h>

#include "analyse/verdict/target_changes.h"
#include "tongbao/csv.h"
#include "tongbao/profile.h"

void tb_proposal_key(size_t consequence, const struct tb_consequence_subject *subject,
                     struct tb_buf *out)
{
    tb_buf_printf(out, "%zu/%d/%d/%d", consequence, (int)subject->unit, (int)subject->indicator,
                  (int)subject->target);
}

/* The place that the rule asks for, if it asks for one. */
static bool find_place(const struct tb_proposals *all, const struct tb_proposal *p,
                       struct tb_rule_standing *standing, struct tb_place_asked *asked)
{
    const struct tb_profile *profile = all->job.ms->profile;
    int32_t indicator;

    if (!tb_rule_find_standing(p->rule, standing) || standing->group < 0)
        return false;
    indicator = standing->indicator >= 0 ? standing->indicator : p->subject.indicator;
    if (standing->of == TB_MEASURE_SCORE)
        indicator = 0;
    if (indicator < 0)
        return false;
    *asked = (struct tb_place_asked){ .ms = all->job.ms,
                                      .standing = standing,
                                      .indicator = (size_t)indicator,
                                      .unit = (size_t)p->subject.unit,
                                      .period = all->job.period };
    if (standing->of != TB_MEASURE_SCORE)
        asked->period = tb_targets_period(profile, (size_t)indicator, all->job.period);
    return true;
}

static int32_t department_of(const struct tb_profile *profile,
                             const struct tb_consequence_subject *s)
{
    return s->indicator < 0 ? TB_NONE : tb_targets_department(profile, s->indicator, s->target);
}

/* What is asked of the department holds for the unit that bears its name; of a unit that is
 * judged as such, for itself. */
static bool department_holds(const struct tb_proposals *all, const struct tb_proposal *p)
{
    const struct tb_profile *profile = all->job.ms->profile;
    const bool *holds = all->departments[p->consequence];
    int32_t department = department_of(profile, &p->subject), unit;

    if (!profile->consequences[p->consequence].department)
        return true;
    if (!holds)
        return false;
    if (p->subject.indicator < 0)
        return holds[p->subject.unit];
    if (department < 0)
        return false;
    unit = tb_profile_unit(profile, profile->departments[department].name_zh,
                           strlen(profile->departments[department].name_zh));
    return unit >= 0 && holds[unit];
}

bool tb_proposal_applies(const struct tb_proposals *all, const struct tb_proposal *p)
{
    const struct tb_profile *profile = all->job.ms->profile;
    const struct tb_consequence *c = &profile->consequences[p->consequence];
    struct tb_rule_standing standing;
    struct tb_place_asked asked;
    size_t unit = (size_t)p->subject.unit;

    if (c->units ? !c->units[unit] : c->about != TB_ABOUT_UNIT && !all->subjects[unit])
        return false;
    if (find_place(all, p, &standing, &asked)) {
        if (!tb_place_is_real(&asked))
            return false;
        /* Of what is neither good nor bad no place is a merit or a fault. */
        if (standing.of != TB_MEASURE_SCORE &&
            profile->indicators[asked.indicator].direction == TB_NEUTRAL)
            return false;
    }
    return department_holds(all, p);
}

/* --- cells --- */

static void put_day(struct tb_buf *out, tb_day day)
{
    char text[TB_DATE_TEXT] = "";

    if (day != TB_DAY_NONE)
        tb_day_format(day, text);
    tb_csv_put(out, text);
}

/* consequence .. points */
static void put_head(const struct tb_proposals *all, size_t consequence, enum tb_fate fate,
                     const struct tb_consequence_subject *s, struct tb_period period,
                     struct tb_buf *out)
{
    const struct tb_profile *profile = all->job.ms->profile;
    const struct tb_consequence *c = &profile->consequences[consequence];
    int32_t department = department_of(profile, s);
    char text[TB_PERIOD_TEXT], points[TB_DECIMAL_TEXT] = "";

    tb_period_format(period, text);
    if (c->has_points)
        tb_decimal_format(c->points, points);
    tb_csv_put(out, c->code);
    tb_csv_put(out, c->what);
    tb_csv_put(out, tb_fate_code(fate));
    tb_csv_put(out, profile->units[s->unit].code);
    tb_csv_put(out, s->indicator < 0 ? "" : profile->indicators[s->indicator].code);
    tb_csv_put(out, s->target < 0 ? "" : profile->targets[s->target].code);
    tb_csv_put(out, text);
    tb_csv_put(out, department < 0 ? "" : profile->departments[department].code);
    tb_csv_put(out, c->to);
    tb_csv_put(out, points);
}

/* decided_on .. reason */
static void put_record(const struct tb_consequence_record *record, struct tb_buf *out)
{
    put_day(out, record ? record->when : TB_DAY_NONE);
    tb_csv_put(out, record ? record->who : "");
    tb_csv_put(out, record ? record->document : "");
    tb_csv_put(out, record ? record->reason : "");
    tb_csv_end_row(out);
}

/* facts, verdict, basis: the numbers of the rule; of a target also what it came to, and by
 * which numbers. */
static void put_facts(const struct tb_proposal *p, struct tb_buf *out)
{
    size_t unit = (size_t)p->subject.unit;
    struct tb_buf text = TB_BUF_INIT;

    tb_rule_operands(p->run, unit, &text);
    tb_csv_put(out, tb_buf_text(&text));
    out->failed |= text.failed;
    tb_buf_clear(&text);
    if (p->target)
        tb_rule_operands(p->target->run, unit, &text);
    tb_csv_put(out, p->target ? tb_judgement_code(tb_targets_verdict(p->target, unit)) : "");
    tb_csv_put(out, tb_buf_text(&text));
    out->failed |= text.failed;
    tb_buf_release(&text);
}

static void add_caveat(const char *caveat, bool there, struct tb_buf *out)
{
    if (there)
        tb_buf_printf(out, "%s%s", out->len ? ";" : "", caveat);
}

/* What it rests on may turn: say so. */
static void find_caveats(const struct tb_proposals *all, const struct tb_proposal *p,
                         const struct tb_place_asked *asked, struct tb_buf *out)
{
    const struct tb_evaluation *t = p->target;
    size_t unit = (size_t)p->subject.unit;

    add_caveat("knife_edge",
               tb_rule_knife_edge(p->run, unit) || (t && tb_rule_knife_edge(t->run, unit)), out);
    add_caveat("provisional",
               tb_rule_provisional(p->run, unit) ||
                   (t && (tb_rule_provisional(t->run, unit) ||
                          tb_targets_verified(t, unit).lack == TB_LACK_PROVISIONAL)),
               out);
    add_caveat("place_unsure", asked && tb_place_is_unsure(&all->doubts, asked), out);
    add_caveat("tied", asked && tb_place_is_tied(asked), out);
}

static bool is_merit(enum tb_consequence_kind kind)
{
    return kind == TB_CONSEQUENCE_REWARD || kind == TB_CONSEQUENCE_COMMENDATION;
}

void tb_proposal_put(const struct tb_proposals *all, const struct tb_proposal *p,
                     struct tb_proposals_out *out)
{
    const struct tb_profile *profile = all->job.ms->profile;
    const struct tb_consequence *c = &profile->consequences[p->consequence];
    struct tb_proposal_fate fate =
        tb_proposal_fate(profile, p->consequence, &p->subject, all->job.period, all->today);
    struct tb_rule_standing standing;
    struct tb_place_asked place, *asked = find_place(all, p, &standing, &place) ? &place : NULL;
    struct tb_buf text = TB_BUF_INIT;

    /* Who gets a prize that several have earned is for people to say. */
    if (fate.fate == TB_FATE_PROPOSED && is_merit(c->kind) && asked && tb_place_is_tied(asked))
        fate.fate = TB_FATE_NEEDS_DECISION;
    put_head(all, p->consequence, fate.fate, &p->subject, p->period, &out->rows);
    put_day(&out->rows, fate.due);
    tb_rule_print(p->rule, profile, &text);
    tb_csv_put(&out->rows, tb_buf_text(&text));
    put_facts(p, &out->rows);
    tb_buf_clear(&text);
    if (asked)
        tb_place_neighbours(asked, &text);
    tb_csv_put(&out->rows, tb_buf_text(&text));
    tb_buf_clear(&text);
    find_caveats(all, p, asked, &text);
    tb_csv_put(&out->rows, tb_buf_text(&text));
    put_day(&out->rows, fate.earliest);
    out->rows.failed |= text.failed;
    tb_buf_clear(&text);
    tb_proposal_key(p->consequence, &p->subject, &text);
    tb_csv_put(&out->rows, tb_published_first(all->published, &text));
    put_record(fate.record, &out->rows);
    out->rows.failed |= text.failed;
    tb_buf_putc(&text, '\n');
    tb_buf_add(&out->keys, tb_buf_text(&text), text.len);
    out->keys.failed |= text.failed;
    tb_buf_release(&text);
    out->n_waiting += fate.fate == TB_FATE_PROPOSED || fate.fate == TB_FATE_NEEDS_DECISION;
}

void tb_proposal_put_bare(const struct tb_proposals *all, size_t consequence,
                          const struct tb_consequence_subject *subject, struct tb_period period,
                          enum tb_fate fate, const struct tb_consequence_record *record,
                          const char *first_proposed, struct tb_buf *out)
{
    const struct tb_profile *profile = all->job.ms->profile;

    put_head(all, consequence, fate, subject, period, out);
    put_day(out, record ? record->due : TB_DAY_NONE);
    tb_csv_put(out, profile->consequences[consequence].when);
    for (int i = 0; i < 6; i++) /* facts .. earliest */
        tb_csv_put(out, "");
    tb_csv_put(out, first_proposed);
    put_record(record, out);
}
