/* text_match.c - how far two names are apart, and file name patterns. */
#include "tongbao/text.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum {
    FIRST_NOT_A_CHARACTER = 0x110000,
};

/* A character, or for a bad byte a number beyond all characters. */
static int32_t point_at(const char *bytes, size_t len, size_t *used)
{
    int32_t point = tb_utf8_next(bytes, len, used);

    if (point != TB_UTF8_BAD)
        return point;
    *used = 1;
    return FIRST_NOT_A_CHARACTER + (unsigned char)bytes[0];
}

bool tb_text_points(const char *text, int32_t points[TB_NAME_CHARS_MAX], size_t *n)
{
    size_t len = strlen(text);

    *n = 0;
    for (size_t at = 0, used; at < len; at += used) {
        if (*n == TB_NAME_CHARS_MAX)
            return false;
        points[(*n)++] = point_at(text + at, len - at, &used);
    }
    return true;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* One row of the table of edits: row[j] is the distance of a[0..i] and b[0..j].
 * Returns the least entry. */
static size_t fill_row(size_t i, const int32_t *a, const int32_t *b, size_t n_b,
                       const size_t *two_up, const size_t *above, size_t *row)
{
    size_t best = row[0] = i;

    for (size_t j = 1; j <= n_b; j++) {
        size_t edits = above[j - 1] + (a[i - 1] != b[j - 1]);
        edits = least(edits, least(above[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            edits = least(edits, two_up[j - 2] + 1);
        row[j] = edits;
        best = least(best, edits);
    }
    return best;
}

size_t tb_points_distance(const int32_t *a, size_t n_a, const int32_t *b, size_t n_b,
                          size_t limit)
{
    size_t rows[3][TB_NAME_CHARS_MAX + 1];
    size_t best_above = 0;

    if ((n_a > n_b ? n_a - n_b : n_b - n_a) >= limit)
        return limit;
    /* What is the same at both ends takes no edit. */
    while (n_a > 0 && n_b > 0 && *a == *b)
        a++, b++, n_a--, n_b--;
    while (n_a > 0 && n_b > 0 && a[n_a - 1] == b[n_b - 1])
        n_a--, n_b--;
    if (n_a == 0 || n_b == 0)
        return least(n_a + n_b, limit);
    if (limit <= 1)
        return limit;
    for (size_t j = 0; j <= n_b; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        size_t best =
            fill_row(i, a, b, n_b, rows[(i + 1) % 3], rows[(i + 2) % 3], rows[i % 3]);
        /* A swap reaches back two rows, so both must be beyond the limit. */
        if (least(best, best_above) >= limit)
            return limit;
        best_above = best;
    }
    return least(rows[n_a % 3][n_b], limit);
}

size_t tb_text_distance(const char *a, const char *b, size_t limit)
{
    int32_t points_a[TB_NAME_CHARS_MAX], points_b[TB_NAME_CHARS_MAX];
    size_t n_a, n_b;

    if (strcmp(a, b) == 0)
        return 0;
    if (!tb_text_points(a, points_a, &n_a) || !tb_text_points(b, points_b, &n_b))
        return limit;
    return tb_points_distance(points_a, n_a, points_b, n_b, limit);
}

/* Whether `point` is in the set that starts behind '[' at *pattern, which is
 * moved behind its ']'.  False in *closed when it has none. */
static bool in_set(const char **pattern, const char *end, int32_t point, bool *closed)
{
    const char *at = *pattern;
    bool inverted = at < end && *at == '!';
    bool found = false;
    size_t used;

    at += inverted;
    *closed = false;
    for (bool first = true; at < end && (first || *at != ']'); first = false) {
        int32_t low = point_at(at, (size_t)(end - at), &used);
        int32_t high = low;
        at += used;
        if (end - at >= 2 && at[0] == '-' && at[1] != ']') {
            high = point_at(at + 1, (size_t)(end - at - 1), &used);
            at += 1 + used;
        }
        found |= low <= point && point <= high;
    }
    if (at == end)
        return false;
    *closed = true;
    *pattern = at + 1;
    return found != inverted;
}

/* Matches one character of the name against one element of the pattern (not
 * '*') and moves *pattern behind it. */
static bool match_one(const char **pattern, const char *end, int32_t point)
{
    size_t used;
    bool closed;

    if (**pattern == '?') {
        ++*pattern;
        return true;
    }
    if (**pattern == '[') {
        const char *set = *pattern + 1;
        bool found = in_set(&set, end, point, &closed);
        if (closed) {
            *pattern = set;
            return found;
        }
        /* A bracket that nothing closes is just a bracket. */
    }
    int32_t wanted = point_at(*pattern, (size_t)(end - *pattern), &used);
    *pattern += used;
    return wanted == point;
}

bool tb_text_glob(const char *pattern, const char *name)
{
    const char *pattern_end = pattern + strlen(pattern);
    const char *end = name + strlen(name);
    const char *star = NULL;   /* behind the last '*' */
    const char *resume = NULL; /* where in the name it may take one more */
    size_t used;

    while (name < end) {
        if (pattern < pattern_end && *pattern == '*') {
            star = ++pattern;
            resume = name;
            continue;
        }
        int32_t point = point_at(name, (size_t)(end - name), &used);
        if (pattern < pattern_end && match_one(&pattern, pattern_end, point)) {
            name += used;
            continue;
        }
        /* Only the last star needs another try, which keeps this quadratic. */
        if (!star)
            return false;
        (void)point_at(resume, (size_t)(end - resume), &used);
        resume += used;
        name = resume;
        pattern = star;
    }
    while (pattern < pattern_end && *pattern == '*')
        pattern++;
    return pattern == pattern_end;
}
