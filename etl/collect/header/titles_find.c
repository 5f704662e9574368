/* titles_find.c - the units, indicators or periods that one text names. */
#include "collect/header/titles_find.h"

#include <string.h>

#include "collect/cell/coder.h"
#include "tongbao/buf.h"
#include "tongbao/map.h"
#include "tongbao/profile.h"
#include "tongbao/text.h"

enum {
    SEARCHED_BYTES = 240, /* of a name or title: no more is looked at */
    CODE_DIGITS = 5,      /* of a code that is looked for among other words */
};

static bool starts_character(const char *text, size_t at)
{
    return ((unsigned char)text[at] & 0xc0) != 0x80;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool cuts_digits(const char *text, size_t at)
{
    return at > 0 && digit(text[at - 1]) && digit(text[at]);
}

/* Inside a text 12 is a number (2023年12月), though some unit may have that code. */
static bool is_short_number(const char *text, size_t len)
{
    return len < CODE_DIGITS && strspn(text, "0123456789") >= len;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* inv in investment: a short code inside a word is none. */
static bool cuts_word(const char *text, size_t at, size_t n)
{
    bool before = at > 0 && is_letter(text[at - 1]) && is_letter(text[at]);
    bool behind = is_letter(text[at + n - 1]) && is_letter(text[at + n]);

    return n < CODE_DIGITS && (before || behind);
}

static void keep_text(struct tb_mention *mention, const char *text, size_t len)
{
    len = len < TB_TITLES_FOUND_TEXT ? len : TB_TITLES_FOUND_TEXT - 1;
    while (len > 0 && len < strlen(text) && !starts_character(text, len))
        len--;
    memcpy(mention->text, text, len);
    mention->text[len] = '\0';
}

static bool same_what(enum tb_titles_of of, const struct tb_titles_found *a,
                      const struct tb_titles_found *b)
{
    const struct tb_period_read *p = &a->period, *q = &b->period;

    if (of != TB_TITLES_PERIOD)
        return a->row == b->row;
    return p->period.freq == q->period.freq && p->period.index == q->period.index &&
           p->cumulative == q->cumulative && p->until == q->until;
}

/* What comes again stands where it comes last, nearest to the table. */
static void note(struct tb_title_search *s, const struct tb_mention *found)
{
    size_t at = 0;

    while (at < s->n && !same_what(s->of, &s->item[at].what, &found->what))
        at++;
    if (at == TB_TITLES_FOUND_MAX)
        return;
    if (at == s->n) {
        s->item[s->n++] = *found;
        return;
    }
    struct tb_mention *before = &s->item[at];
    before->labelled |= found->labelled;
    if (found->whole || !before->whole)
        before->line = found->line;
    before->whole |= found->whole;
}

/* --- names --- */

/* All stretches of the text that are names, the longest first and none within another. */
static void search_names(struct tb_title_search *s, const struct tb_map *names, const char *text,
                         bool labelled)
{
    struct tb_buf folded = TB_BUF_INIT;
    bool used[SEARCHED_BYTES] = { false };

    tb_text_fold(text, strlen(text), &folded);
    const char *t = tb_buf_text(&folded);
    size_t len = folded.len < SEARCHED_BYTES ? folded.len : SEARCHED_BYTES;
    for (size_t n = len; n > 1; n--) {
        for (size_t at = 0; at + n <= len; at++) {
            if (!starts_character(t, at) || !starts_character(t, at + n) || cuts_digits(t, at) ||
                cuts_digits(t, at + n) || is_short_number(t + at, n) || cuts_word(t, at, n) ||
                used[at] || used[at + n - 1] || memchr(used + at, true, n))
                continue;
            int64_t row = tb_map_get(names, t + at, n);
            if (row == TB_MAP_NONE)
                continue;
            memset(used + at, true, n);
            struct tb_mention found = { .what = { .row = (int32_t)row },
                                     .line = s->line,
                                     .whole = n == folded.len,
                                     .labelled = labelled };
            keep_text(&found, t + at, n);
            if (row >= 0) /* a name of several says nothing */
                note(s, &found);
        }
    }
    if (folded.failed)
        tb_profile_starve(s->profile);
    tb_buf_release(&folded);
}

/* --- periods --- */

/* The year that stands at `text`, or 0. */
static int year_at(const char *text)
{
    if (strspn(text, "0123456789") != 4)
        return 0;
    int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 +
               (text[3] - '0');
    return year >= 1900 && year < 2200 ? year : 0;
}

/* The one year that a text speaks of; 0: none; -1: several. */
int tb_titles_year_in(const char *text)
{
    int year = 0;

    for (size_t i = 0; text[i]; i++) {
        int other = i == 0 || !digit(text[i - 1]) ? year_at(text + i) : 0;
        if (other && year && other != year)
            return -1;
        year = other ? other : year;
    }
    return year;
}

/* True where a period goes on as a date: 2023-06|-15, 2023年6月|15日, 2023|年6月15日.
 * When something was filled in or sent says nothing of the period. */
static bool goes_on_as_date(const char *rest)
{
    static const char *const links[] = { "年", "月", "-", "/", "." };

    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        size_t n = strlen(links[i]);
        if (strncmp(rest, links[i], n) == 0)
            return digit(rest[n]);
    }
    return digit(rest[0]);
}

/* 2023年6月1日 among other words is a day; alone it may be what became of the month. */
static bool ends_as_first_day(const char *text, size_t len)
{
    static const char *const endings[] = { "月1日", "月01日" };

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (len > n && memcmp(text + len - n, endings[i], n) == 0)
            return true;
    }
    return false;
}

/* 2023年6月编, 填报时间：2023年6月. */
static bool is_of_printing(const char *text)
{
    static const char *const words[] = { "编印",     "印发",     "报出", "填报日期", "填报时间",
                                         "报送日期", "报送时间", "制表", "打印" };
    static const char *const ends[] = { "编", "印", "制" };
    size_t len = strlen(text);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strstr(text, words[i]))
            return true;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t n = strlen(ends[i]);
        if (len > n && memcmp(text + len - n, ends[i], n) == 0)
            return true;
    }
    return false;
}

/* A period, or a span such as 1-5月 of the year that is spoken of. */
static bool read_stretch(const struct tb_title_search *s, const char *text, size_t n,
                         struct tb_period_read *out)
{
    struct tb_buf scratch = TB_BUF_INIT;
    bool read = n >= 4 && tb_read_period(text, n, &scratch, out);

    if (scratch.failed)
        tb_profile_starve(s->profile);
    tb_buf_release(&scratch);
    return read || (n >= 4 && s->year && tb_period_parse_of_year(text, n, s->year, out) &&
                    (out->cumulative || out->until));
}

/* At each place the longest stretch that is a period; none where several years are spoken of. */
static void search_periods(struct tb_title_search *s, const char *text)
{
    struct tb_buf normal = TB_BUF_INIT;

    tb_text_normalise(text, strlen(text), &normal);
    const char *t = tb_buf_text(&normal);
    size_t len = normal.len < SEARCHED_BYTES ? normal.len : SEARCHED_BYTES;
    struct tb_mention found = { .line = s->line };
    bool silent = is_of_printing(t);
    if (!silent && read_stretch(s, t, normal.len, &found.what.period)) {
        found.whole = true;
        keep_text(&found, t, normal.len);
        note(s, &found);
        silent = true;
    }
    silent |= tb_titles_year_in(t) < 0;
    for (size_t at = 0; at < len && !silent; at++) {
        if (!digit(t[at]) || (at > 0 && digit(t[at - 1])))
            continue;
        for (size_t n = len - at; n >= 4; n--) {
            if (cuts_digits(t, at + n) || !starts_character(t, at + n) ||
                !read_stretch(s, t + at, n, &found.what.period) ||
                ends_as_first_day(t + at, n) || goes_on_as_date(t + at + n))
                continue;
            found.whole = at + n == normal.len || (at == 1 && t[0] == '(' && t[at + n] == ')' &&
                                                   at + n + 1 == normal.len);
            found.whole = found.whole && at <= 1;
            keep_text(&found, t + at, n);
            note(s, &found);
            at += n - 1;
            break;
        }
    }
    if (normal.failed)
        tb_profile_starve(s->profile);
    tb_buf_release(&normal);
}

/* 填报单位: 双清区. */
static bool has_label(const char *text)
{
    static const char *const labels[] = { "填报单位", "报送单位", "填表单位", "单位名称",
                                          "填报地区", "地区",     "指标",     "指标名称" };

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t n = strlen(labels[i]);
        if (strncmp(text, labels[i], n) == 0 &&
            (text[n] == ':' || strncmp(text + n, "：", strlen("：")) == 0))
            return true;
    }
    return false;
}

void tb_titles_find(struct tb_title_search *s, const char *text)
{
    const struct tb_profile *profile = s->profile;
    struct tb_mention found = { .line = s->line, .whole = true };

    if (s->of == TB_TITLES_PERIOD) {
        search_periods(s, text);
        return;
    }
    /* A text that is a name as a whole needs no search, which finds none of one letter. */
    found.what.row = s->of == TB_TITLES_UNIT ? tb_profile_unit(profile, text, strlen(text))
                                             : tb_profile_indicator(profile, text, strlen(text));
    keep_text(&found, text, strlen(text));
    if (found.what.row >= 0)
        note(s, &found);
    else
        search_names(s, s->of == TB_TITLES_UNIT ? profile->unit_names : profile->indicator_names,
                     text, has_label(text));
}
