/* form_glob.c - file name patterns with {unit} and {period} in them.
 *
 * * ? and [..] mean what they mean in a shell; bytes are compared exactly.
 */
#include "collect/header/form.h"

#include <string.h>

#include "collect/cell/coder.h"
#include "tongbao/buf.h"

enum { STEPS_MAX = 200000 }; /* a pattern of many stars gives up, instead of taking for ever */

struct match {
    const struct tb_profile *profile;
    struct tb_captures now;  /* the way that is being tried */
    struct tb_captures best; /* the first that matched at all */
    bool matched;
    size_t steps;
};

static bool parts_are_known(const struct match *m)
{
    struct tb_period_read read;
    struct tb_buf scratch = TB_BUF_INIT;
    bool known = !m->now.unit[0] ||
                 tb_profile_unit(m->profile, m->now.unit, strlen(m->now.unit)) >= 0;

    if (known && m->now.period[0])
        known = tb_read_period(m->now.period, strlen(m->now.period), &scratch, &read);
    if (scratch.failed)
        tb_profile_starve(m->profile);
    tb_buf_release(&scratch);
    return known;
}

/* [abc] [a-z] [!..]: the bytes of the class, or 0 if it is none. */
static size_t match_class(const char *pattern, char c, bool *in)
{
    size_t i = 1;
    bool negated = pattern[1] == '!' || pattern[1] == '^';

    i += negated;
    *in = false;
    for (size_t first = i; pattern[i] && (pattern[i] != ']' || i == first); i++) {
        if (pattern[i + 1] == '-' && pattern[i + 2] && pattern[i + 2] != ']') {
            *in |= (unsigned char)c >= (unsigned char)pattern[i] &&
                   (unsigned char)c <= (unsigned char)pattern[i + 2];
            i += 2;
        } else {
            *in |= c == pattern[i];
        }
    }
    *in ^= negated;
    return pattern[i] == ']' ? i + 1 : 0;
}

static bool match_rest(struct match *m, const char *pattern, const char *name);

/* {unit} or {period}: tries every length, the longest first, so that 2023-05 is
 * not taken for the year 2023. */
static bool match_capture(struct match *m, const char *after, char *into, const char *name)
{
    size_t longest = strlen(name) < TB_CAPTURE_MAX ? strlen(name) : TB_CAPTURE_MAX - 1;

    for (size_t n = longest; n > 0; n--) {
        memcpy(into, name, n);
        into[n] = '\0';
        if (match_rest(m, after, name + n))
            return true;
    }
    into[0] = '\0';
    return false;
}

/* True when the whole matched with known parts: then the search ends. */
static bool at_end(struct match *m, const char *name)
{
    if (*name)
        return false;
    if (!m->matched)
        m->best = m->now;
    m->matched = true;
    if (!parts_are_known(m))
        return false;
    m->best = m->now;
    return true;
}

static bool match_rest(struct match *m, const char *pattern, const char *name)
{
    static const char unit[] = "{unit}", period[] = "{period}";
    size_t used;
    bool in;

    for (; *pattern; pattern++, name++) {
        if (++m->steps > STEPS_MAX)
            return false;
        if (strncmp(pattern, unit, sizeof unit - 1) == 0)
            return match_capture(m, pattern + sizeof unit - 1, m->now.unit, name);
        if (strncmp(pattern, period, sizeof period - 1) == 0)
            return match_capture(m, pattern + sizeof period - 1, m->now.period, name);
        if (*pattern == '*') {
            for (const char *rest = name; *rest || rest == name; rest++) {
                if (match_rest(m, pattern + 1, rest))
                    return true;
                if (!*rest)
                    return false;
            }
            return match_rest(m, pattern + 1, name + strlen(name));
        }
        if (!*name)
            return false;
        if (*pattern == '[' && (used = match_class(pattern, *name, &in)) > 0) {
            if (!in)
                return false;
            pattern += used - 1;
        } else if (*pattern != '?' && *pattern != *name) {
            return false;
        }
    }
    return at_end(m, name);
}

bool tb_form_glob(const struct tb_profile *profile, const char *pattern, const char *name,
                  struct tb_captures *out)
{
    struct match m = { .profile = profile };

    match_rest(&m, pattern, name);
    *out = m.best;
    return m.matched;
}

bool tb_form_reads_name(const struct tb_form *form)
{
    return strchr(form->files, '{') || form->unit_from.kind == TB_FROM_FILE ||
           form->period_from.kind == TB_FROM_FILE || form->indicator_from.kind == TB_FROM_FILE;
}
