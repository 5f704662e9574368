/* cell_task.c - what is said of a task: how far it is, the day of completion, texts. */
#include "collect/cell/cell.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/date.h"
#include "tongbao/task_stage.h"
#include "tongbao/text.h"

static void refuse(struct tb_cell *out, enum tb_reason reason)
{
    *out = (struct tb_cell){ .kind = TB_CELL_BAD, .reason = reason };
}

/* --- how far it is --- */

static void take_number(int64_t number, bool is_stage, struct tb_cell *out)
{
    *out = (struct tb_cell){ .kind = TB_CELL_VALUE, .value = { number, 0 }, .is_stage = is_stage };
}

/* What answers a question that knows yes and no: 100 and 0; else -1. */
static int answer(const char *folded)
{
    static const char *const yes[] = { "是", "yes", "√", "true", NULL };
    static const char *const no[] = { "否", "no", "×", "false", NULL };

    for (size_t i = 0; yes[i]; i++)
        if (strcmp(yes[i], folded) == 0)
            return 100;
    for (size_t i = 0; no[i]; i++)
        if (strcmp(no[i], folded) == 0)
            return 0;
    return -1;
}

/* What stands behind a word: 推进中(60%), 已完成80%, 进行中:60. */
static const char *behind(const char *text, size_t *len)
{
    static const char *const marks[] = { "(", ",", ":", ";", "、", "约", NULL };

    for (size_t i = 0; marks[i]; i++) {
        size_t n = strlen(marks[i]);
        if (strncmp(text, marks[i], n) != 0)
            continue;
        text += n;
        break;
    }
    *len = strlen(text);
    if (*len > 0 && text[*len - 1] == ')')
        --*len;
    return text;
}

static bool is_percentage(const struct tb_cell *cell)
{
    return cell->kind == TB_CELL_VALUE && cell->value.units >= 0 && !cell->directed &&
           (!cell->suffix || strcmp(cell->suffix, "%") == 0);
}

void tb_cell_milestone(const char *text, size_t len, const struct tb_cell_rules *rules,
                       struct tb_buf *scratch, struct tb_cell *out)
{
    struct tb_buf folded = TB_BUF_INIT;
    size_t ahead, rest;

    tb_text_fold(text, len, &folded);
    int stage = tb_task_stage_word(rules->profile, tb_buf_text(&folded));
    int said = answer(tb_buf_text(&folded));
    bool missing = tb_missing_word(rules->profile, tb_buf_text(&folded)) >= 0;
    if (stage == TB_STAGE_DONE || (stage < 0 && said >= 0)) {
        take_number(stage >= 0 ? 100 : said, false, out);
    } else if (stage >= 0) {
        take_number(stage, true, out);
    } else if (!missing && (stage = tb_task_stage_ahead(rules->profile, tb_buf_text(&folded), &ahead)) >= 0) {
        const char *number = behind(tb_buf_text(&folded) + ahead, &rest);
        bool none = stage == TB_STAGE_NOT_BEGUN || stage == TB_STAGE_NOT_DONE;
        tb_cell_value(number, rest, rules, scratch, out);
        if (none || !is_percentage(out))
            refuse(out, TB_REASON_MILESTONE_MALFORMED);
    } else {
        tb_cell_value(text, len, rules, scratch, out);
        if (out->kind == TB_CELL_BAD || (out->kind == TB_CELL_VALUE && !is_percentage(out)))
            refuse(out, TB_REASON_MILESTONE_MALFORMED);
    }
    scratch->failed |= folded.failed;
    tb_buf_release(&folded);
    out->suffix = NULL;
}

/* --- a day --- */

/* Digits at *at, at most `most` of them; -1: none. */
static int number_at(const char **at, size_t most)
{
    int number = 0;
    size_t n = strspn(*at, "0123456789");

    if (n == 0 || n > most)
        return -1;
    for (size_t i = 0; i < n; i++)
        number = number * 10 + (*at)[i] - '0';
    *at += n;
    return number;
}

static bool take(const char **at, const char *word)
{
    size_t n = strlen(word);

    if (strncmp(*at, word, n) != 0)
        return false;
    *at += n;
    return true;
}

/* Between two numbers of a date: one kind of mark, or the words. */
static bool take_mark(const char **at, const char *word, char *mark)
{
    while (take(at, " "))
        continue;
    bool found = take(at, word);
    if (!found && **at && strchr("-/.", **at) && (!*mark || *mark == **at)) {
        *mark = *(*at)++;
        found = true;
    }
    while (found && take(at, " "))
        continue;
    return found;
}

/* What a spreadsheet puts behind a day: 00:00:00. */
static bool is_end(const char *at)
{
    while (take(&at, " ") || take(&at, "日") || take(&at, "号") || take(&at, "T"))
        continue;
    at += strspn(at, "0:.");
    return *at == '\0';
}

/* 2023-06-12 and its like; 20230612. */
static tb_day read_day(const char *text)
{
    const char *at = text;
    char mark = '\0';
    int year, month, day;

    if (strspn(text, "0123456789") == 8 && is_end(text + 8)) {
        int whole = number_at(&at, 8);
        return tb_day_from_civil(whole / 10000, whole / 100 % 100, whole % 100);
    }
    if (strspn(text, "0123456789") != 4 || (year = number_at(&at, 4)) < 0 ||
        !take_mark(&at, "年", &mark) || (month = number_at(&at, 2)) < 0 ||
        !take_mark(&at, "月", &mark) || (day = number_at(&at, 2)) < 0 || !is_end(at))
        return TB_DAY_NONE;
    return tb_day_from_civil(year, month, day);
}

/* 6月12日, 6-12: of the year of `last`, where that is certain. */
static tb_day read_day_of_year(const char *text, tb_day last)
{
    const char *at = text;
    char mark = '\0';
    int year, month, day, unused;

    if (last == TB_DAY_NONE || (month = number_at(&at, 2)) < 0 || !take_mark(&at, "月", &mark) ||
        mark == '.' || (day = number_at(&at, 2)) < 0 || !is_end(at))
        return TB_DAY_NONE;
    tb_day_to_civil(last, &year, &unused, &unused);
    tb_day found = tb_day_from_civil(year, month, day);
    return found != TB_DAY_NONE && found <= last ? found : TB_DAY_NONE;
}

/* Empty or a word for missing: true, and dealt with. */
static bool says_nothing(const char *folded, const struct tb_profile *profile, struct tb_cell *out)
{
    int status = tb_missing_word(profile, folded);

    *out = (struct tb_cell){ .kind = folded[0] ? TB_CELL_MISSING : TB_CELL_EMPTY };
    if (status >= 0)
        out->status = (uint8_t)status;
    return !folded[0] || status >= 0;
}

void tb_cell_day(const char *text, size_t len, tb_day last, const struct tb_cell_rules *rules,
                 struct tb_buf *scratch, struct tb_cell *out)
{
    int year, month, mday;

    tb_buf_clear(scratch);
    tb_text_fold(text, len, scratch);
    if (says_nothing(tb_buf_text(scratch), rules->profile, out))
        return;
    tb_buf_clear(scratch);
    tb_text_normalise(text, len, scratch);
    tb_day day = read_day(tb_buf_text(scratch));
    if (day == TB_DAY_NONE)
        day = read_day_of_year(tb_buf_text(scratch), last);
    if (day == TB_DAY_NONE) {
        refuse(out, TB_REASON_DAY_MALFORMED);
        return;
    }
    tb_day_to_civil(day, &year, &month, &mday);
    *out = (struct tb_cell){ .kind = TB_CELL_VALUE,
                             .value = { (int64_t)year * 10000 + month * 100 + mday, 0 } };
}

/* --- a text --- */

void tb_cell_text(const char *text, size_t len, const struct tb_cell_rules *rules,
                  struct tb_buf *scratch, struct tb_cell *out)
{
    tb_buf_clear(scratch);
    tb_text_fold(text, len, scratch);
    if (says_nothing(tb_buf_text(scratch), rules->profile, out))
        return;
    int64_t number = tb_text_number(text);
    scratch->failed |= number < 0;
    *out = (struct tb_cell){ .kind = TB_CELL_VALUE, .value = { number, 0 } };
}
