/* coder.c - the dictionaries of one submission. */
#include "collect/cell/coder.h"

#include <stdlib.h>
#include <string.h>

#include "tongbao/error.h"
#include "tongbao/map.h"
#include "tongbao/near_names.h"
#include "tongbao/observation.h"
#include "tongbao/profile.h"
#include "tongbao/size.h"
#include "tongbao/text.h"
#include "collect/cell/cell.h"
#include "collect/header/head.h"
#include "collect/header/plain_name.h"

typedef int64_t look_up(struct tb_coder *coder, const char *text, size_t len);

int tb_coder_init(struct tb_coder *coder, const struct tb_profile *profile, struct tb_error *err)
{
    struct tb_memo *memos[] = { &coder->unit,    &coder->indicator, &coder->period,
                                &coder->measure, &coder->uom,       &coder->status,
                                &coder->unit_of_row };

    *coder = (struct tb_coder){ .profile = profile };
    tb_uom_read("%", profile->uoms, profile->n_uoms, &coder->percent);
    for (size_t i = 0; i < sizeof memos / sizeof *memos; i++) {
        memos[i]->map = tb_map_new();
        if (!memos[i]->map) {
            tb_coder_release(coder);
            return tb_error_set(err, "out of memory for dictionaries");
        }
    }
    return 0;
}

static void release_memo(struct tb_memo *memo)
{
    tb_map_free(memo->map);
    tb_arena_release(&memo->arena);
    free(memo->text);
    *memo = (struct tb_memo){ 0 };
}

static void free_near(struct tb_near *near)
{
    if (near) {
        tb_near_names_free(near->names);
        tb_map_free(near->map);
    }
    free(near);
}

void tb_coder_release(struct tb_coder *coder)
{
    struct tb_memo *memos[] = { &coder->unit,    &coder->indicator, &coder->period,
                                &coder->measure, &coder->uom,       &coder->status,
                                &coder->unit_of_row };

    for (size_t i = 0; i < sizeof memos / sizeof *memos; i++)
        release_memo(memos[i]);
    tb_map_free(coder->below);
    free_near(coder->near_unit);
    free_near(coder->near_indicator);
    free(coder->periods);
    free(coder->uoms);
    tb_buf_release(&coder->scratch);
    *coder = (struct tb_coder){ 0 };
}

void tb_coder_set_year(struct tb_coder *coder, int year)
{
    if (coder->year == year)
        return;
    coder->year = year;
    release_memo(&coder->period);
    coder->period.map = tb_map_new();
    coder->failed |= !coder->period.map;
}

/* As memcmp, for texts so short that a call is felt: head and tail, which may overlap. */
static inline bool same_bytes(const char *a, const char *b, size_t len)
{
    if (len >= sizeof(uint64_t) && len <= 2 * sizeof(uint64_t)) {
        uint64_t head[2], tail[2];
        memcpy(&head[0], a, sizeof head[0]);
        memcpy(&head[1], b, sizeof head[1]);
        memcpy(&tail[0], a + len - sizeof tail[0], sizeof tail[0]);
        memcpy(&tail[1], b + len - sizeof tail[1], sizeof tail[1]);
        return ((head[0] ^ head[1]) | (tail[0] ^ tail[1])) == 0;
    }
    if (len >= sizeof(uint32_t) && len < sizeof(uint64_t)) {
        uint32_t head[2], tail[2];
        memcpy(&head[0], a, sizeof head[0]);
        memcpy(&head[1], b, sizeof head[1]);
        memcpy(&tail[0], a + len - sizeof tail[0], sizeof tail[0]);
        memcpy(&tail[1], b + len - sizeof tail[1], sizeof tail[1]);
        return ((head[0] ^ head[1]) | (tail[0] ^ tail[1])) == 0;
    }
    return memcmp(a, b, len) == 0;
}

static inline bool is_text(const struct tb_memo_text *known, const char *text, size_t len)
{
    return known->len == len && same_bytes(known->text, text, len);
}

/* Keeps a text with its code; false when memory is out. */
static bool keep_text(struct tb_memo *memo, const char *text, size_t len, int64_t code)
{
    struct tb_memo_text *grown = tb_grow(memo->text, memo->n, &memo->capacity, sizeof *grown);

    if (!grown)
        return false;
    memo->text = grown;
    const char *copy = tb_arena_memdup(&memo->arena, text, len);
    if (!copy || tb_map_add(memo->map, text, len, (int64_t)memo->n) == -2)
        return false;
    memo->text[memo->n++] = (struct tb_memo_text){
        .text = copy, .len = len, .code = code, .of_which = strstr(copy, "其中") != NULL
    };
    return true;
}

static __attribute__((noinline)) int64_t
look_up_text(struct tb_coder *coder, struct tb_memo *memo, const char *text, size_t len,
             look_up *look)
{
    if (!memo->map)
        return TB_CODE_NONE; /* memory ran out */
    int64_t place = tb_map_get(memo->map, text, len);
    if (place == TB_MAP_NONE) {
        int64_t code = look(coder, text, len);
        if (code == TB_CODE_NONE && memo->n >= TB_MEMO_UNKNOWN)
            return code;
        place = (int64_t)memo->n;
        if (!keep_text(memo, text, len, code)) {
            coder->failed = true;
            return TB_CODE_NONE;
        }
    }
    memo->text[memo->last].next = (size_t)place;
    memo->last = (size_t)place;
    return memo->text[place].code;
}

static inline int64_t code_of(struct tb_coder *coder, struct tb_memo *memo, const char *text,
                              size_t len, look_up *look)
{
    if (memo->n > 0) {
        const struct tb_memo_text *last = &memo->text[memo->last];
        if (is_text(last, text, len))
            return last->code;
        if (is_text(&memo->text[last->next], text, len)) {
            memo->last = last->next;
            return memo->text[memo->last].code;
        }
    }
    return look_up_text(coder, memo, text, len, look);
}

static bool is_blank(struct tb_coder *coder, const char *text, size_t len)
{
    tb_buf_clear(&coder->scratch);
    tb_text_fold(text, len, &coder->scratch);
    coder->failed |= coder->scratch.failed;
    return coder->scratch.len == 0;
}

typedef int32_t find_name(const struct tb_profile *profile, const char *text, size_t len);

/* As it stands, or without the number of a list before it: `一、双清区`. */
static int64_t look_name(struct tb_coder *coder, const char *text, size_t len, find_name *find)
{
    struct tb_buf *plain = &coder->scratch;

    if (is_blank(coder, text, len))
        return TB_CODE_EMPTY;
    int32_t row = find(coder->profile, text, len);
    if (row != TB_CODE_NONE)
        return row;
    tb_buf_clear(plain);
    if (tb_plain_name(text, len, plain))
        row = find(coder->profile, tb_buf_text(plain), plain->len);
    coder->failed |= plain->failed;
    return row;
}

static int64_t look_unit(struct tb_coder *coder, const char *text, size_t len)
{
    return look_name(coder, text, len, tb_profile_unit);
}

static int64_t look_unit_of_row(struct tb_coder *coder, const char *text, size_t len)
{
    int32_t former = tb_profile_former(coder->profile, text, len);

    return former < 0 ? look_unit(coder, text, len) : (int64_t)coder->profile->n_units + former;
}

static int64_t look_indicator(struct tb_coder *coder, const char *text, size_t len)
{
    int64_t row = look_name(coder, text, len, tb_profile_indicator);

    return row == TB_CODE_NONE ? look_name(coder, text, len, tb_profile_task_indicator) : row;
}

/* --- units by their parent --- */

/* Parent and name as one key; the name folded. */
static bool below_key(struct tb_buf *key, int32_t parent, const char *text, size_t len)
{
    tb_buf_clear(key);
    tb_buf_printf(key, "%d:", (int)parent);
    size_t start = key->len;
    tb_text_fold(text, len, key);
    return !key->failed && key->len > start;
}

static void add_below(struct tb_coder *coder, size_t row, const char *name)
{
    const struct tb_unit *unit = &coder->profile->units[row];
    struct tb_buf *key = &coder->scratch;

    if (!below_key(key, unit->parent, name, strlen(name)))
        return;
    int64_t held = tb_map_add(coder->below, key->data, key->len, (int64_t)row);
    coder->failed |= held == -2;
}

/* The first of two units of one name below one parent wins; profiles have none that
 * are valid at the same time. */
static bool make_below(struct tb_coder *coder)
{
    const struct tb_profile *profile = coder->profile;

    coder->below = tb_map_new();
    for (size_t i = 0; i < profile->n_units && coder->below; i++) {
        const struct tb_unit *unit = &profile->units[i];
        if (unit->parent < 0)
            continue;
        add_below(coder, i, unit->code);
        add_below(coder, i, unit->name_zh);
        add_below(coder, i, unit->name_en);
        for (size_t a = 0; a < unit->aliases.n; a++)
            add_below(coder, i, unit->aliases.item[a]);
    }
    coder->failed |= !coder->below;
    return !coder->failed;
}

int64_t tb_code_unit_below(struct tb_coder *coder, int32_t parent, const char *text, size_t len)
{
    struct tb_buf *key = &coder->scratch;

    if ((!coder->below && !make_below(coder)) || !below_key(key, parent, text, len))
        return TB_CODE_NONE;
    int64_t row = tb_map_get(coder->below, key->data, key->len);
    return row == TB_MAP_NONE ? TB_CODE_NONE : row;
}

bool tb_read_period(const char *text, size_t len, struct tb_buf *scratch,
                    struct tb_period_read *out)
{
    if (len > 0 && tb_period_parse(text, len, out))
        return true;
    tb_buf_clear(scratch);
    tb_text_normalise(text, len, scratch);
    return !scratch->failed && scratch->len > 0 &&
           tb_period_parse(scratch->data, scratch->len, out);
}

static int64_t look_period(struct tb_coder *coder, const char *text, size_t len)
{
    struct tb_period_read read;

    if (is_blank(coder, text, len))
        return TB_CODE_EMPTY;
    bool is_period = tb_read_period(text, len, &coder->scratch, &read) ||
                     (coder->year && tb_period_parse_of_year(coder->scratch.data,
                                                             coder->scratch.len, coder->year,
                                                             &read));
    coder->failed |= coder->scratch.failed;
    if (!is_period)
        return TB_CODE_NONE;
    struct tb_period_read *grown =
        tb_grow(coder->periods, coder->n_periods, &coder->periods_capacity, sizeof *grown);
    if (!grown) {
        coder->failed = true;
        return TB_CODE_NONE;
    }
    coder->periods = grown;
    coder->periods[coder->n_periods] = read;
    return (int64_t)coder->n_periods++;
}

static int64_t look_measure(struct tb_coder *coder, const char *text, size_t len)
{
    if (is_blank(coder, text, len))
        return TB_CODE_EMPTY;
    int measure = tb_measure_find(coder->scratch.data, coder->scratch.len);
    if (measure >= 0 && measure < TB_N_SUBMITTED)
        return measure;
    int32_t group = tb_head_ranked_group(coder->profile, text, len);
    return group >= 0 ? TB_MEASURE_RANK + (int64_t)TB_CODE_GROUP * (group + 1) : TB_CODE_NONE;
}

static int64_t look_uom(struct tb_coder *coder, const char *text, size_t len)
{
    if (is_blank(coder, text, len))
        return TB_CODE_EMPTY;
    struct tb_uom *grown =
        tb_grow(coder->uoms, coder->n_uoms, &coder->uoms_capacity, sizeof *grown);
    if (!grown) {
        coder->failed = true;
        return TB_CODE_NONE;
    }
    coder->uoms = grown;
    tb_uom_read(text, coder->profile->uoms, coder->profile->n_uoms,
                &coder->uoms[coder->n_uoms]);
    return (int64_t)coder->n_uoms++;
}

/* A letter of CL_OBS_STATUS, or a word or flag. */
static int64_t look_status(struct tb_coder *coder, const char *text, size_t len)
{
    if (is_blank(coder, text, len))
        return TB_CODE_EMPTY;
    char *folded = coder->scratch.data;
    if (coder->scratch.len == 1 && folded[0] >= 'a' && folded[0] <= 'z') {
        char code[] = { (char)(folded[0] - 'a' + 'A'), '\0' };
        int status = tb_status_find(code);
        if (status >= 0)
            return status;
    }
    int flag = tb_flag_word(coder->profile, folded);
    return flag >= 0 ? flag : tb_missing_word(coder->profile, folded);
}

int64_t tb_code_unit(struct tb_coder *coder, const char *text, size_t len)
{
    return code_of(coder, &coder->unit, text, len, look_unit);
}

int64_t tb_code_unit_of_row(struct tb_coder *coder, const char *text, size_t len)
{
    return code_of(coder, &coder->unit_of_row, text, len, look_unit_of_row);
}

bool tb_code_is_of_which(const struct tb_coder *coder)
{
    const struct tb_memo *memo = &coder->unit_of_row;

    return memo->n > 0 && memo->text[memo->last].of_which;
}

int64_t tb_code_indicator(struct tb_coder *coder, const char *text, size_t len)
{
    return code_of(coder, &coder->indicator, text, len, look_indicator);
}

int64_t tb_code_period(struct tb_coder *coder, const char *text, size_t len)
{
    return code_of(coder, &coder->period, text, len, look_period);
}

int64_t tb_code_measure(struct tb_coder *coder, const char *text, size_t len)
{
    return code_of(coder, &coder->measure, text, len, look_measure);
}

int64_t tb_code_uom(struct tb_coder *coder, const char *text, size_t len)
{
    return code_of(coder, &coder->uom, text, len, look_uom);
}

int64_t tb_code_status(struct tb_coder *coder, const char *text, size_t len)
{
    return code_of(coder, &coder->status, text, len, look_status);
}

const char *tb_code_near(struct tb_coder *coder, struct tb_near **near, tb_near_fn *among,
                         const char *text, size_t len)
{
    if (!*near && (*near = calloc(1, sizeof **near))) {
        (*near)->map = tb_map_new();
        (*near)->names = among(coder->profile);
    }
    struct tb_near *known = *near;
    if (!known || !known->map || !known->names) {
        coder->failed = true;
        return NULL;
    }
    int64_t place = tb_map_get(known->map, text, len);
    if (place < 0 && known->n < TB_NEAR_TEXTS) {
        place = (int64_t)known->n;
        known->name[known->n++] = tb_near_names_find(known->names, text, len);
        coder->failed |= tb_map_add(known->map, text, len, place) == -2;
    }
    return place < 0 ? NULL : known->name[place];
}
