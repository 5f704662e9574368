/* rowlabel.c - names of rows that say more than an indicator: `固定资产投资增速（%）`,
 * `社零总额_累计`, in tables whose columns are units or periods.
 *
 * They are read as heads of columns are (head.h), each text once.
 */
#include "collect/rows/rows.h"

#include "collect/header/head.h"
#include "collect/header/title_measure.h"
#include "tongbao/map.h"
#include "tongbao/size.h"
#include "tongbao/text.h"

/* Its place among the meanings, or -1: memory. */
static int64_t keep(struct tb_reading *r, const struct tb_meaning *meaning)
{
    const struct tb_buf *key = &r->message;
    struct tb_meaning *grown =
        tb_grow(r->meanings, r->n_meanings, &r->meanings_capacity, sizeof *grown);

    if (grown)
        r->meanings = grown;
    if (!grown || tb_map_add(r->qualified, key->data, key->len, (int64_t)r->n_meanings) == -2) {
        r->coder.failed = true;
        return -1;
    }
    r->meanings[r->n_meanings] = *meaning;
    return (int64_t)r->n_meanings++;
}

int64_t tb_row_label_measure(struct tb_reading *r, const char *text, int64_t indicator,
                             int64_t measure, bool listed)
{
    struct tb_label_group *group = &r->labels;
    bool base = measure == TB_MEASURE_BASE, growth = measure == TB_MEASURE_GROWTH;
    bool level = measure < 0 || measure == TB_MEASURE_VALUE || measure == TB_MEASURE_YTD;

    /* After a row of growth the next figure begins another group. */
    if (group->indicator != indicator || (level && group->growth))
        *group = (struct tb_label_group){ .indicator = indicator };
    group->span |= measure == TB_MEASURE_YTD;
    group->month |= level && measure != TB_MEASURE_YTD;
    group->growth |= growth || measure == TB_MEASURE_YTD_GROWTH;
    if ((!base && !growth) || listed || !group->span || tb_head_is_single(text))
        return measure < 0 ? TB_CODE_EMPTY : measure;
    if (group->month)
        return TB_CODE_NONE;
    return base ? TB_MEASURE_YTD_BASE : TB_MEASURE_YTD_GROWTH;
}

const struct tb_meaning *tb_row_label(struct tb_reading *r, const struct tb_csv_field *field)
{
    static const char label[] = "\n:"; /* no head of a column: apart from HEAD:QUALIFIER */
    struct tb_buf *key = &r->message;
    struct tb_meaning meaning;

    if (r->plan->form->layout != TB_LAYOUT_UNITS_ACROSS &&
        r->plan->form->layout != TB_LAYOUT_PERIODS_ACROSS)
        return NULL;
    tb_buf_clear(key);
    tb_buf_puts(key, label);
    tb_text_normalise(field->text, field->len, key);
    if (!tb_buf_ok(key, NULL) || key->len == sizeof label - 1) {
        r->coder.failed |= key->failed;
        return NULL;
    }
    int64_t place = tb_map_get(r->qualified, key->data, key->len);
    if (place < 0) {
        enum tb_head_kind kind = tb_head_read(r->profile, r->plan->form,
                                              key->data + sizeof label - 1, &r->plan->arena,
                                              &meaning);
        r->coder.failed |= kind == TB_HEAD_FAILED;
        meaning.indicator = kind == TB_HEAD_KNOWN ? meaning.indicator : TB_NONE;
        place = keep(r, &meaning);
    }
    return place >= 0 && r->meanings[place].indicator != TB_NONE ? &r->meanings[place] : NULL;
}
