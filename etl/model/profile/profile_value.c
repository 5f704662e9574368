/* profile_value.c - the values of profile.ini: text, numbers, words, lists. */
#include "model/profile/profile_keys.h"

#include <stdio.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/decimal.h"
#include "tongbao/period.h"

enum { DAY_MINUTES = 24 * 60 };

void tb_key_bad_value(struct tb_load *load, const struct tb_ini_line *line, const char *expected)
{
    tb_diag_at(load->diag, TB_ERROR, &line->value_at, "%s: bad value '%s', expected %s", line->key,
               line->value, expected);
}

static int find_word(const struct tb_key *key, const char *value)
{
    for (int i = 0; i < TB_KEY_WORDS && key->words[i]; i++) {
        if (strcmp(key->words[i], value) == 0)
            return i;
    }
    return -1;
}

static void read_word(struct tb_load *load, const struct tb_key *key,
                      const struct tb_ini_line *line, void *member)
{
    int word = find_word(key, line->value);
    struct tb_buf list = TB_BUF_INIT;

    if (word < 0) {
        tb_buf_puts(&list, "one of: ");
        for (int i = 0; i < TB_KEY_WORDS && key->words[i]; i++)
            tb_buf_printf(&list, "%s%s", i ? ", " : "", key->words[i]);
        tb_key_bad_value(load, line, tb_buf_text(&list));
        tb_buf_release(&list);
    } else if (key->kind == TB_KEY_FLAG) {
        *(bool *)member = word == 1;
    } else if (key->offset == offsetof(struct tb_settings, frequency)) {
        *(enum tb_freq *)member = (enum tb_freq)word;
    } else if (key->offset == offsetof(struct tb_settings, progress)) {
        *(enum tb_progress_by *)member = (enum tb_progress_by)word;
    } else if (key->offset == offsetof(struct tb_settings, seasonal)) {
        *(enum tb_seasonal_by *)member = (enum tb_seasonal_by)word;
    } else {
        *(enum tb_round_mode *)member = (enum tb_round_mode)word;
    }
}

static void read_whole(struct tb_load *load, const struct tb_key *key,
                       const struct tb_ini_line *line, int *member)
{
    struct tb_buf range = TB_BUF_INIT;
    struct tb_decimal number;

    if (tb_decimal_parse(line->value, strlen(line->value), &number) && number.scale == 0 &&
        number.units >= key->min && number.units <= key->max) {
        *member = (int)number.units;
        return;
    }
    tb_buf_printf(&range, "a whole number from %d to %d", key->min, key->max);
    tb_key_bad_value(load, line, tb_buf_text(&range));
    tb_buf_release(&range);
}

/* +08:00 */
static bool parse_offset(const char *text, int *minutes)
{
    struct tb_decimal hours, rest;

    if (strlen(text) != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' ||
        text[1] < '0' || text[1] > '9' || text[4] < '0' || text[4] > '5' ||
        !tb_decimal_parse(text + 1, 2, &hours) || !tb_decimal_parse(text + 4, 2, &rest))
        return false;
    *minutes = (int)(hours.units * 60 + rest.units);
    if (*minutes > DAY_MINUTES)
        return false;
    if (text[0] == '-')
        *minutes = -*minutes;
    return true;
}

static void read_languages(struct tb_load *load, const struct tb_ini_line *line,
                           struct tb_strings *out)
{
    struct tb_item item;
    size_t n = 0, at = 0;
    const char **list = tb_load_alloc(load, strlen(line->value) + 1, sizeof *list);

    while (list && tb_cell_next_item(line->value, &at, &item)) {
        if (item.len == 2 && (memcmp(item.text, "zh", 2) == 0 || memcmp(item.text, "en", 2) == 0))
            list[n++] = tb_load_text(load, item.text, item.len);
        else
            tb_key_bad_value(load, line, "zh, en or both, such as zh;en");
    }
    if (n > 0)
        *out = (struct tb_strings){ .item = list, .n = n };
}

static void read_texts(struct tb_load *load, const struct tb_ini_line *line, struct tb_strings *out)
{
    struct tb_item item;
    size_t n = 0, at = 0;
    const char **list = tb_load_alloc(load, strlen(line->value) + 1, sizeof *list);

    while (list && tb_cell_next_item(line->value, &at, &item))
        list[n++] = tb_load_text(load, item.text, item.len);
    *out = (struct tb_strings){ .item = list, .n = n };
}

/* `any`, or user names and `self`. */
static void read_owners(struct tb_load *load, const struct tb_ini_line *line,
                        struct tb_strings *out)
{
    struct tb_item item;
    size_t n = 0, at = 0;
    const char **list = tb_load_alloc(load, strlen(line->value) + 1, sizeof *list);
    bool any = strcmp(line->value, "any") == 0;

    while (list && !any && tb_cell_next_item(line->value, &at, &item))
        list[n++] = tb_load_text(load, item.text, item.len);
    if (n == 0 && !any)
        tb_key_bad_value(load, line, "any, self or user names, such as self;stats");
    *out = (struct tb_strings){ .item = list, .n = n };
}

static void read_period(struct tb_load *load, const struct tb_ini_line *line, tb_day *first)
{
    struct tb_period_read read;

    if (tb_period_parse(line->value, strlen(line->value), &read) && !read.until)
        *first = tb_period_first_day(read.period);
    else
        tb_key_bad_value(load, line, "a period, such as 2023-05");
}

/* 85;60 or 30%;80%: what 一类 ends with, what 二类 ends with.  Scores fall, shares rise. */
static bool parse_cuts(const char *text, struct tb_class_cuts *out)
{
    struct tb_class_cuts cuts = { .given = true };
    struct tb_decimal *at[2] = { &cuts.first, &cuts.second };
    bool percent[2] = { false, false };

    for (int i = 0; i < 2; i++) {
        text += strspn(text, " \t");
        size_t len = strcspn(text, i == 0 ? ";" : "");
        if (i == 0 && text[len] != ';')
            return false;
        const char *next = text + len + (i == 0);
        while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
            len--;
        percent[i] = len > 0 && text[len - 1] == '%';
        if (!tb_decimal_parse(text, len - percent[i], at[i]))
            return false;
        text = next;
    }
    int order = tb_decimal_cmp(cuts.first, cuts.second);
    cuts.of_units = percent[0];
    if (percent[0] != percent[1] || (cuts.of_units ? order > 0 : order < 0))
        return false;
    if (cuts.of_units && (cuts.first.units < 0 ||
                          tb_decimal_cmp(cuts.second, (struct tb_decimal){ 100, 0 }) > 0))
        return false;
    *out = cuts;
    return true;
}

static void read_share(struct tb_load *load, const struct tb_ini_line *line,
                       struct tb_decimal *share)
{
    struct tb_decimal number;

    if (tb_decimal_parse(line->value, strlen(line->value), &number) && number.units >= 0 &&
        tb_decimal_cmp(number, (struct tb_decimal){ 1, 0 }) <= 0)
        *share = number;
    else
        tb_key_bad_value(load, line, "a share from 0 to 1, such as 0.5");
}

/* One `6:50`, after the one before it. */
static bool parse_milestone(const char *text, size_t len, const struct tb_milestone *before,
                            struct tb_milestone *out)
{
    const char *colon = memchr(text, ':', len);
    size_t rest = colon ? len - (size_t)(colon + 1 - text) : 0;
    struct tb_decimal month;

    if (!colon || !tb_decimal_parse(text, (size_t)(colon - text), &month) || month.scale != 0 ||
        month.units < (before ? before->month + 1 : 1) || month.units > 12 ||
        !tb_decimal_parse(colon + 1, rest, &out->percent) || out->percent.units < 0 ||
        tb_decimal_cmp(out->percent, (struct tb_decimal){ 100, 0 }) > 0 ||
        (before && tb_decimal_cmp(out->percent, before->percent) < 0))
        return false;
    out->month = (int)month.units;
    return true;
}

static void read_milestones(struct tb_load *load, const struct tb_ini_line *line,
                            struct tb_milestones *out)
{
    struct tb_item item;
    size_t n = 0, at = 0;
    struct tb_milestone *list = tb_load_alloc(load, 12, sizeof *list);

    while (list && tb_cell_next_item(line->value, &at, &item)) {
        /* Months rise, so there are never more than twelve. */
        if (!parse_milestone(item.text, item.len, n ? &list[n - 1] : NULL, &list[n])) {
            tb_key_bad_value(load, line,
                             "months of the year and percentages that rise, such as 3:20;6:50");
            return;
        }
        n++;
    }
    *out = (struct tb_milestones){ .item = list, .n = n };
}

/* 09-15; 29 February is none, for it is not in every year. */
static void read_month_day(struct tb_load *load, const struct tb_ini_line *line,
                           struct tb_month_day *out)
{
    char date[TB_DATE_TEXT];
    int year;
    tb_day day;

    if (strlen(line->value) == 5 &&
        snprintf(date, sizeof date, "2023-%s", line->value) < (int)sizeof date &&
        tb_day_parse(date, strlen(date), &day))
        tb_day_to_civil(day, &year, &out->month, &out->day);
    else
        tb_key_bad_value(load, line, "a month and a day, such as 09-15");
}

void tb_key_read(struct tb_load *load, const struct tb_key *key,
                     const struct tb_ini_line *line)
{
    void *member = (char *)&load->profile->set + key->offset;
    struct tb_decimal number;

    switch (key->kind) {
    case TB_KEY_TEXT:
        *(const char **)member =
            *line->value ? tb_load_text(load, line->value, strlen(line->value)) : "";
        break;
    case TB_KEY_WHOLE:
        read_whole(load, key, line, member);
        break;
    case TB_KEY_DECIMAL:
        if (tb_decimal_parse(line->value, strlen(line->value), &number) && number.units >= 0)
            *(struct tb_decimal *)member = number;
        else
            tb_key_bad_value(load, line, "a number that is not negative, such as 0.5");
        break;
    case TB_KEY_FLAG:
    case TB_KEY_WORD:
        read_word(load, key, line, member);
        break;
    case TB_KEY_LANGUAGES:
        read_languages(load, line, member);
        break;
    case TB_KEY_TEXTS:
        read_texts(load, line, member);
        break;
    case TB_KEY_OWNERS:
        read_owners(load, line, member);
        break;
    case TB_KEY_OFFSET:
        if (!parse_offset(line->value, member))
            tb_key_bad_value(load, line, "hours east of UTC, such as +08:00");
        break;
    case TB_KEY_PERIOD:
        read_period(load, line, member);
        break;
    case TB_KEY_CUTS:
        if (*line->value && !parse_cuts(line->value, member))
            tb_key_bad_value(load, line,
                             "two scores such as 85;60, or two shares of the units such as "
                             "30%;80%");
        break;
    case TB_KEY_SHARE:
        read_share(load, line, member);
        break;
    case TB_KEY_MONTH_DAY:
        read_month_day(load, line, member);
        break;
    case TB_KEY_MILESTONES:
        read_milestones(load, line, member);
        break;
    }
}
