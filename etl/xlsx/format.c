/* format.c - scans format codes.
 *
 * `m` is a month, but minutes behind hours and before seconds: that needs the token
 * before and the one behind.
 */
#include "xlsx/format.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct scan {
    const char *at;
    char last;      /* the date letter before: 'h', 'm' (a month), 's', ...; 0: none */
    bool had_month; /* before the m that may be minutes */
    struct tb_xlsx_section *section;
};

static void scan_condition(struct scan *s, const char *text)
{
    struct tb_xlsx_section *section = s->section;
    char op = *text++;

    if (op == '<' && *text == '>')
        op = 'n', text++;
    else if (*text == '=' && op != '=')
        op = op == '<' ? 'l' : 'g', text++;
    section->condition = op;
    section->limit = strtod(text, NULL);
}

/* [h] [Red] [$-804] [<1]: s->at is behind the bracket afterwards. */
static void scan_bracket(struct scan *s)
{
    const char *text = s->at + 1;
    size_t len = strcspn(text, "]");
    char c = *text == 'H' ? 'h' : *text == 'M' ? 'm' : *text == 'S' ? 's' : *text;

    if (c == '<' || c == '>' || c == '=') {
        scan_condition(s, text);
    } else if (len > 0 && len <= 9 && (c == 'h' || c == 'm' || c == 's') &&
               (strspn(text, "hH") == len || strspn(text, "mM") == len ||
                strspn(text, "sS") == len)) {
        s->section->parts |= TB_XLSX_TIME | TB_XLSX_ELAPSED;
        s->last = c == 'm' ? 'h' : c;
    }
    s->at = text + len + (text[len] == ']');
}

static void scan_quoted(struct scan *s)
{
    size_t len = strcspn(++s->at, "\"");

    if (memchr(s->at, '%', len))
        s->section->percent_literal = true;
    s->at += len + (s->at[len] == '"');
}

/* One after the other of the same letter is one token. */
static void scan_date_letter(struct scan *s, char letter)
{
    struct tb_xlsx_section *section = s->section;

    switch (letter) {
    case 'y':
    case 'e':
    case 'b':
        section->parts |= TB_XLSX_YEAR;
        break;
    case 'a': /* the day of the week in Chinese */
    case 'd':
        section->parts |= TB_XLSX_DAY;
        break;
    case 'm':
        if (s->last == 'h') {
            letter = 'h';
        } else {
            s->had_month = section->parts & TB_XLSX_MONTH;
            section->parts |= TB_XLSX_MONTH;
        }
        break;
    default: /* h s */
        if (letter == 's' && s->last == 'm' && !s->had_month)
            section->parts &= ~(unsigned)TB_XLSX_MONTH;
        section->parts |= TB_XLSX_TIME;
    }
    s->last = letter;
}

/* A letter that means something, and how many bytes it is of. */
static size_t scan_letter(struct scan *s)
{
    static const struct {
        const char *text;
        char letter;
    } words[] = { { "general", 0 }, { "g/", 0 }, { "am/pm", 'h' },    { "a/p", 'h' },
                  { "e+", 0 },      { "e-", 0 }, { "上午/下午", 'h' } };
    char c = *s->at;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i].text);
        if (strncasecmp(s->at, words[i].text, len) == 0) {
            /* It comes behind the minutes as well as before the hours: nothing to m. */
            s->section->parts |= words[i].letter ? TB_XLSX_TIME : 0;
            return len;
        }
    }
    if (c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    if (!c || !strchr("yebadmhs", c))
        return 1;
    size_t len = 1;
    while (s->at[len] == *s->at)
        len++;
    scan_date_letter(s, c);
    return len;
}

static void scan_section(struct scan *s)
{
    s->last = 0;
    s->had_month = false;
    while (*s->at && *s->at != ';') {
        switch (*s->at) {
        case '"':
            scan_quoted(s);
            break;
        case '[':
            scan_bracket(s);
            break;
        case '\\':
        case '!':
            s->section->percent_literal = s->section->percent_literal || s->at[1] == '%';
            s->at += s->at[1] ? 2 : 1;
            break;
        case '_':
        case '*':
            s->at += s->at[1] ? 2 : 1;
            break;
        case '%':
            s->section->percent = true;
            s->at++;
            break;
        default:
            s->at += scan_letter(s);
        }
    }
}

void tb_xlsx_format_parse(const char *code, struct tb_xlsx_format *out)
{
    struct scan s = { .at = code };

    *out = (struct tb_xlsx_format){ 0 };
    do {
        s.section = &out->section[out->n++];
        scan_section(&s);
    } while (*s.at++ == ';' && out->n < TB_XLSX_SECTIONS);
}

void tb_xlsx_format_builtin(unsigned id, struct tb_xlsx_format *out)
{
    static const struct {
        unsigned first, last;
        const char *code;
    } builtin[] = {
        { 9, 10, "0%" },        { 14, 16, "m/d/yyyy" },    { 17, 17, "mmm-yy" },
        { 18, 21, "h:mm:ss" },  { 22, 22, "m/d/yy h:mm" }, { 27, 27, "yyyy/m" },
        { 28, 31, "yyyy/m/d" }, { 32, 35, "h:mm:ss" },     { 36, 36, "yyyy/m" },
        { 45, 45, "mm:ss" },    { 46, 46, "[h]:mm:ss" },   { 47, 47, "mmss.0" },
        { 50, 50, "yyyy/m" },   { 51, 51, "m/d" },         { 52, 52, "yyyy/m" },
        { 53, 54, "m/d" },      { 55, 56, "h:mm:ss" },     { 57, 57, "yyyy/m" },
        { 58, 58, "m/d" },
    };

    for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++) {
        if (id >= builtin[i].first && id <= builtin[i].last) {
            tb_xlsx_format_parse(builtin[i].code, out);
            return;
        }
    }
    tb_xlsx_format_parse("General", out);
}

static bool holds(const struct tb_xlsx_section *section, double value)
{
    switch (section->condition) {
    case '<':
        return value < section->limit;
    case '>':
        return value > section->limit;
    case 'l':
        return value <= section->limit;
    case 'g':
        return value >= section->limit;
    case 'n':
        return value < section->limit || value > section->limit;
    default:
        return !(value < section->limit) && !(value > section->limit);
    }
}

const struct tb_xlsx_section *tb_xlsx_format_section(const struct tb_xlsx_format *format,
                                                     const char *number)
{
    double value = format->n > 1 || format->section[0].condition ? strtod(number, NULL) : 0;

    for (size_t i = 0; i + 1 < format->n; i++) {
        const struct tb_xlsx_section *section = &format->section[i];
        bool suits = section->condition ? holds(section, value)
                     : i == 1           ? value < 0
                     : format->n == 2   ? value >= 0
                                        : value > 0;
        if (suits)
            return section;
    }
    return &format->section[format->n - 1];
}
