/* rowcodes.c - what a row says of all its cells: unit, indicator, period, measure,
 * status, unit of measure, comment.
 */
#include "collect/rows/rows.h"

#include <string.h>

#include "collect/rows/action.h"
#include "tongbao/near_names.h"
#include "tongbao/profile.h"

static const struct tb_csv_field *role_field(const struct tb_reading *r,
                                             const struct tb_csv_record *record, enum tb_role role)
{
    int column = r->plan->role[role];

    return column >= 0 && (size_t)column < record->n_fields ? &record->field[column] : NULL;
}

/* One dimension and the reasons for refusing it. */
struct dimension {
    enum tb_role role;
    enum tb_reason missing, unknown, ambiguous;
    tb_near_fn *near;
};

static const struct dimension dimensions[] = {
    { TB_ROLE_UNIT, TB_REASON_UNIT_MISSING, TB_REASON_UNIT_UNKNOWN, TB_REASON_UNIT_AMBIGUOUS,
      tb_near_names_of_units },
    { TB_ROLE_INDICATOR, TB_REASON_INDICATOR_MISSING, TB_REASON_INDICATOR_UNKNOWN,
      TB_REASON_INDICATOR_AMBIGUOUS, tb_near_names_of_indicators },
    { TB_ROLE_PERIOD, TB_REASON_PERIOD_MISSING, TB_REASON_PERIOD_MALFORMED,
      TB_REASON_PERIOD_MALFORMED, NULL },
};

static bool read_mult(const struct tb_csv_field *field, int32_t *mult)
{
    struct tb_decimal number;

    *mult = 0;
    if (!field || field->len == 0)
        return true;
    if (!tb_decimal_parse(field->text, field->len, &number) || number.scale != 0 ||
        number.units < -12 || number.units > 12)
        return false;
    *mult = (int32_t)number.units;
    return true;
}

static enum tb_action read_action(struct tb_reading *r, const struct tb_csv_field *field)
{
    enum tb_action action =
        field ? tb_action_read(field->text, field->len, &r->scratch) : TB_ACTION_MERGE;

    /* The buffer forgets when it is cleared for the next cell. */
    r->coder.failed |= r->scratch.failed;
    return action;
}

/* What the section row above says, else the file. */
static void start_codes(const struct tb_reading *r, struct tb_row_codes *out)
{
    const struct tb_section *section = &r->section;
    const struct tb_meaning *meaning = &section->meaning;
    bool of_section = meaning->indicator != TB_NONE;

    *out = (struct tb_row_codes){
        .unit = section->unit != TB_NONE ? section->unit : r->plan->unit,
        .indicator = of_section ? meaning->indicator : r->plan->indicator,
        .period = TB_CODE_EMPTY,
        .measure = of_section && meaning->measure >= 0 ? meaning->measure : TB_CODE_EMPTY,
        .group = TB_NONE,
        .status = TB_CODE_EMPTY,
        .unit_measure = of_section ? meaning->unit_measure : NULL,
    };
}

/* Most tables have no column of any of these; true when what is said is known. */
static bool code_more(struct tb_reading *r, const struct tb_csv_record *record,
                      struct tb_row_codes *out)
{
    const struct tb_csv_field *field;

    if ((field = role_field(r, record, TB_ROLE_MEASURE))) {
        out->measure = tb_code_measure(&r->coder, field->text, field->len);
        if (out->measure >= TB_CODE_GROUP) {
            out->group = (int32_t)(out->measure / TB_CODE_GROUP) - 1;
            out->measure %= TB_CODE_GROUP;
        }
    }
    if ((field = role_field(r, record, TB_ROLE_STATUS)))
        out->status = tb_code_status(&r->coder, field->text, field->len);
    if ((field = role_field(r, record, TB_ROLE_UNIT_MEASURE)) && field->len > 0)
        out->unit_measure = field->text;
    if ((field = role_field(r, record, TB_ROLE_COMMENT)) && field->len > 0)
        out->comment = field->text;
    enum tb_action action = read_action(r, role_field(r, record, TB_ROLE_ACTION));
    out->deletes = action == TB_ACTION_DELETE;
    return read_mult(role_field(r, record, TB_ROLE_UNIT_MULT), &out->mult) &&
           out->measure != TB_CODE_NONE && out->status != TB_CODE_NONE &&
           action != TB_ACTION_UNKNOWN;
}

/* The name of the row says more than an indicator: true when that is known. */
static bool code_label(struct tb_reading *r, const struct tb_csv_field *field,
                       struct tb_row_codes *out)
{
    const struct tb_meaning *label = tb_row_label(r, field);

    if (!label)
        return false;
    out->indicator = label->indicator;
    if (out->measure < 0)
        out->measure = tb_row_label_measure(r, field->text, label->indicator, label->measure,
                                            label->listed);
    out->unit_measure = label->unit_measure ? label->unit_measure : out->unit_measure;
    return true;
}

/* The cell that names another unit or indicator than the first, or NULL. */
static const struct tb_csv_field *contradicts(struct tb_reading *r,
                                              const struct tb_csv_record *record,
                                              enum tb_role role, int64_t code)
{
    int column = r->plan->second[role];
    bool unit = role == TB_ROLE_UNIT;

    if (column < 0 || code < 0 || (size_t)column >= record->n_fields ||
        r->plan->form->section == TB_SECTION_UNIT_PARENT)
        return NULL;
    const struct tb_csv_field *field = &record->field[column];
    int64_t other = unit ? tb_code_unit(&r->coder, field->text, field->len)
                         : tb_code_indicator(&r->coder, field->text, field->len);
    /* A former name means one unit or another by the period. */
    bool former = unit && code >= (int64_t)r->profile->n_units;
    return other >= 0 && !former && other != code ? field : NULL;
}

/* The cell of a period column that the form does not read, where it names another period than that of
 * the whole file; or NULL. */
static const struct tb_csv_field *period_differs(struct tb_reading *r,
                                                 const struct tb_csv_record *record)
{
    int column = r->plan->second[TB_ROLE_PERIOD];

    if (column < 0 || !r->plan->has_period || (size_t)column >= record->n_fields)
        return NULL;
    const struct tb_csv_field *field = &record->field[column];
    int64_t code = tb_code_period(&r->coder, field->text, field->len);
    return code >= 0 && !tb_stated_agree(&r->coder.periods[code], &r->plan->period) ? field : NULL;
}

bool tb_row_code(struct tb_reading *r, const struct tb_csv_record *record,
                 struct tb_row_codes *out)
{
    const struct tb_csv_field *unit = role_field(r, record, TB_ROLE_UNIT),
                              *indicator = role_field(r, record, TB_ROLE_INDICATOR),
                              *period = role_field(r, record, TB_ROLE_PERIOD);
    bool by_parent = unit && r->plan->form->section == TB_SECTION_UNIT_PARENT;

    start_codes(r, out);
    if (by_parent)
        out->unit = tb_section_unit(r, unit->text, unit->len);
    else if (unit)
        out->unit = tb_code_unit_of_row(&r->coder, unit->text, unit->len);
    if (unit && out->unit >= 0)
        out->of_which = by_parent ? strstr(unit->text, "其中") != NULL
                                  : tb_code_is_of_which(&r->coder);
    if (indicator)
        out->indicator = tb_code_indicator(&r->coder, indicator->text, indicator->len);
    if (period)
        out->period = tb_code_period(&r->coder, period->text, period->len);
    bool known = (unit ? out->unit >= 0 : !tb_section_lacks(r, TB_ROLE_UNIT)) &&
                 (indicator ? out->indicator >= 0 : !tb_section_lacks(r, TB_ROLE_INDICATOR)) &&
                 (period ? out->period >= 0 : !tb_section_lacks(r, TB_ROLE_PERIOD));
    /* Also where the row is refused already: what is wrong is told all at once. */
    bool said = !r->plan->says_more || code_more(r, record, out);
    /* A name that says no more may be of the figure that the next row is growth of. */
    bool across = r->plan->form->layout == TB_LAYOUT_UNITS_ACROSS ||
                  r->plan->form->layout == TB_LAYOUT_PERIODS_ACROSS;
    if (across && indicator && out->indicator >= 0 && out->measure == TB_CODE_EMPTY)
        tb_row_label_measure(r, indicator->text, out->indicator, -1, false);
    if (!known && indicator && out->indicator == TB_CODE_NONE && code_label(r, indicator, out))
        known = (unit ? out->unit >= 0 : !tb_section_lacks(r, TB_ROLE_UNIT)) &&
                (period ? out->period >= 0 : !tb_section_lacks(r, TB_ROLE_PERIOD));
    bool agree = !(unit && contradicts(r, record, TB_ROLE_UNIT, out->unit)) &&
                 !(indicator && contradicts(r, record, TB_ROLE_INDICATOR, out->indicator)) &&
                 !period_differs(r, record);
    return known && said && agree && out->measure != TB_CODE_NONE;
}

static int reject_contradiction(struct tb_reading *r, const struct tb_csv_record *record,
                                enum tb_role role, int64_t code, struct tb_error *err)
{
    const struct tb_csv_field *first = role_field(r, record, role);
    const struct tb_csv_field *other = first ? contradicts(r, record, role, code) : NULL;
    enum tb_reason reason = role == TB_ROLE_UNIT ? TB_REASON_UNIT_DIFFERS
                                                 : TB_REASON_INDICATOR_DIFFERS;

    return other ? tb_row_reject(r, record, (size_t)r->plan->role[role], reason, first->text,
                                 other->text, err)
                 : 0;
}

int tb_row_reject_codes(struct tb_reading *r, const struct tb_csv_record *record,
                        const struct tb_row_codes *codes, struct tb_error *err)
{
    const int64_t code[] = { codes->unit, codes->indicator, codes->period };
    const struct tb_csv_field *field;
    int32_t mult;
    int rc = 0;

    for (size_t i = 0; i < sizeof dimensions / sizeof *dimensions && rc == 0; i++) {
        const struct dimension *d = &dimensions[i];
        field = role_field(r, record, d->role);
        if (!field && tb_section_lacks(r, d->role))
            rc = tb_row_reject(r, record, SIZE_MAX, d->missing, r->section.text, NULL, err);
        if (!field || code[i] >= 0)
            continue;
        enum tb_reason reason = code[i] == TB_CODE_EMPTY       ? d->missing
                                : code[i] == TB_CODE_AMBIGUOUS ? d->ambiguous
                                                               : d->unknown;
        struct tb_near **known =
            d->role == TB_ROLE_UNIT ? &r->coder.near_unit : &r->coder.near_indicator;
        const char *near = reason == d->unknown && d->near
                               ? tb_code_near(&r->coder, known, d->near, field->text, field->len)
                               : NULL;
        rc = tb_row_reject(r, record, (size_t)r->plan->role[d->role], reason, field->text, near,
                           err);
    }
    if (rc == 0)
        rc = reject_contradiction(r, record, TB_ROLE_UNIT, codes->unit, err);
    if (rc == 0)
        rc = reject_contradiction(r, record, TB_ROLE_INDICATOR, codes->indicator, err);
    if (rc == 0 && (field = period_differs(r, record))) {
        char text[TB_PERIOD_TEXT];
        tb_period_format(r->plan->period.period, text);
        rc = tb_row_reject(r, record, (size_t)r->plan->second[TB_ROLE_PERIOD],
                           TB_REASON_PERIOD_DIFFERS, field->text, text, err);
    }
    field = role_field(r, record, TB_ROLE_MEASURE);
    if (rc == 0 && field && codes->measure == TB_CODE_NONE)
        rc = tb_row_reject(r, record, (size_t)r->plan->role[TB_ROLE_MEASURE],
                           TB_REASON_MEASURE_UNKNOWN, field->text, NULL, err);
    else if (rc == 0 && !field && codes->measure == TB_CODE_NONE) /* growth below two figures */
        rc = tb_row_reject(r, record, (size_t)r->plan->role[TB_ROLE_INDICATOR],
                           TB_REASON_MEASURE_UNKNOWN,
                           role_field(r, record, TB_ROLE_INDICATOR)->text, NULL, err);
    field = role_field(r, record, TB_ROLE_STATUS);
    if (rc == 0 && field && codes->status == TB_CODE_NONE)
        rc = tb_row_reject(r, record, (size_t)r->plan->role[TB_ROLE_STATUS],
                           TB_REASON_STATUS_UNKNOWN, field->text, NULL, err);
    field = role_field(r, record, TB_ROLE_UNIT_MULT);
    if (rc == 0 && !read_mult(field, &mult))
        rc = tb_row_reject(r, record, (size_t)r->plan->role[TB_ROLE_UNIT_MULT],
                           TB_REASON_UOM_MULTIPLIER, field->text, codes->unit_measure, err);
    field = role_field(r, record, TB_ROLE_ACTION);
    if (rc == 0 && field && read_action(r, field) == TB_ACTION_UNKNOWN)
        rc = tb_row_reject(r, record, (size_t)r->plan->role[TB_ROLE_ACTION],
                           TB_REASON_ACTION_UNKNOWN, field->text, NULL, err);
    return rc;
}
