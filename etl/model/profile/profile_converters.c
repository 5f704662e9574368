/* profile_converters.c - the commands of `[converters]` in profile.ini:
 * `.xlsx = tongbao-xlsx {in}`.
 *
 * A command is split into words as a shell splits them: at blanks, with '...',
 * "..." and \ to keep what they cover.  Nothing is expanded and no shell ever
 * runs, so what only a shell could do is a mistake that is told here.
 */
#include "model/profile/profile_load.h"

#include <stdlib.h>
#include <string.h>

#include "model/profile/ini.h"
#include "tongbao/buf.h"
#include "tongbao/child.h"
#include "tongbao/digest.h"
#include "tongbao/text.h"

enum { MAX_CONVERTERS = 16, MAX_WORDS = 64 };

static const char SHELL_ONLY[] = "|<>;&`$";

struct splitter {
    const char *at;
    struct tb_buf word;
    const char *mistake; /* what is wrong at `at`; NULL: nothing */
};

/* What stands between two quotes; in "..." a \ keeps " and \ . */
static void take_quoted(struct splitter *s, char quote)
{
    const char *start = s->at++;

    for (; *s->at && *s->at != quote; s->at++) {
        if (quote == '"' && *s->at == '\\' && (s->at[1] == '"' || s->at[1] == '\\'))
            s->at++;
        tb_buf_putc(&s->word, *s->at);
    }
    if (*s->at) {
        s->at++;
    } else {
        s->at = start;
        s->mistake = "the quote does not close";
    }
}

/* The next word into s->word: false at the end or at a mistake. */
static bool next_word(struct splitter *s)
{
    tb_buf_clear(&s->word);
    s->at += strspn(s->at, " \t");
    if (!*s->at)
        return false;
    while (*s->at && *s->at != ' ' && *s->at != '\t' && !s->mistake) {
        if (*s->at == '\'' || *s->at == '"') {
            take_quoted(s, *s->at);
        } else if (strchr(SHELL_ONLY, *s->at)) {
            s->mistake = "no shell runs the command, expected quotes around | < > ; & ` $";
        } else {
            s->at += *s->at == '\\' && s->at[1];
            tb_buf_putc(&s->word, *s->at++);
        }
    }
    return !s->mistake;
}

static struct tb_place place_in(const struct tb_ini_line *line, const char *at)
{
    struct tb_place place = line->value_at;

    place.column += (uint32_t)tb_text_chars(line->value, (size_t)(at - line->value));
    return place;
}

static void mistake(struct tb_load *load, const struct tb_ini_line *line, const char *at,
                    const char *text)
{
    struct tb_place place = place_in(line, at);

    tb_diag_at(load->diag, TB_ERROR, &place, "%s: %s", line->key, text);
}

/* {in} and {out} are the only names in braces. */
static void check_names(struct tb_load *load, const struct tb_ini_line *line, const char *at,
                        const char *word)
{
    for (const char *open = strchr(word, '{'); open; open = strchr(open + 1, '{')) {
        size_t len = strspn(open + 1, "abcdefghijklmnopqrstuvwxyz_");
        if (open[1 + len] == '}' && strncmp(open, "{in}", 4) != 0 && strncmp(open, "{out}", 5) != 0)
            mistake(load, line, at, "unknown name in braces, expected {in} or {out}");
    }
}

static void read_words(struct tb_load *load, const struct tb_ini_line *line,
                       struct tb_converter *out)
{
    const char **words = tb_load_alloc(load, MAX_WORDS + 1, sizeof *words);
    struct splitter s = { .at = line->value };
    bool has_in = false;

    for (; words && next_word(&s) && out->words.n < MAX_WORDS; out->words.n++) {
        const char *word = tb_load_text(load, tb_buf_text(&s.word), s.word.len);
        words[out->words.n] = word;
        check_names(load, line, s.at, word);
        has_in = has_in || (out->words.n > 0 && strstr(word, "{in}"));
        out->to_file = out->to_file || strstr(word, "{out}");
    }
    tb_buf_release(&s.word);
    out->words.item = words;
    if (s.mistake)
        mistake(load, line, s.at, s.mistake);
    else if (out->words.n == 0)
        mistake(load, line, line->value, "no command, expected such as tongbao-xlsx {in}");
    else if (out->words.n == MAX_WORDS)
        mistake(load, line, s.at, "too many words");
    else if (!has_in)
        mistake(load, line, line->value, "the command does not name its file, expected {in}");
    else if (strchr(words[0], '/') && words[0][0] != '/')
        mistake(load, line, line->value, "expected the bare name of a program or its whole path");
}

/* The same words, the same text: what is converted is kept under this name. */
static void name_command(struct tb_load *load, struct tb_converter *converter)
{
    struct tb_digest *digest = tb_digest_new();

    if (!digest) {
        load->out_of_memory = true;
        return;
    }
    for (size_t i = 0; i < converter->words.n; i++)
        tb_digest_add_text(digest, converter->words.item[i]);
    tb_digest_finish(digest, converter->digest);
    tb_digest_free(digest);
}

static bool is_extension(const char *key)
{
    size_t len = strspn(key + 1, "abcdefghijklmnopqrstuvwxyz0123456789");

    return len > 0 && len <= 15 && key[1 + len] == '\0';
}

bool tb_load_converter(struct tb_load *load, const struct tb_ini_line *line)
{
    struct tb_profile *profile = load->profile;
    struct tb_converter *converter;

    if (line->key[0] != '.')
        return false;
    if (!is_extension(line->key)) {
        tb_diag_at(load->diag, TB_ERROR, &line->key_at,
                   "'%s' is no extension, expected such as .xlsx, in small letters", line->key);
        return true;
    }
    if (!profile->converters)
        profile->converters = tb_load_alloc(load, MAX_CONVERTERS, sizeof *profile->converters);
    for (size_t i = 0; i < profile->n_converters; i++) {
        if (strcmp(profile->converters[i].extension, line->key) == 0)
            tb_diag_at(load->diag, TB_ERROR, &line->key_at, "duplicate key '%s'", line->key);
    }
    if (!profile->converters)
        return true;
    if (profile->n_converters == MAX_CONVERTERS) {
        tb_diag_at(load->diag, TB_ERROR, &line->key_at, "more than %d converters", MAX_CONVERTERS);
        return true;
    }
    converter = &profile->converters[profile->n_converters++];
    converter->extension = tb_load_text(load, line->key, strlen(line->key));
    converter->command = tb_load_text(load, line->value, strlen(line->value));
    converter->place = line->value_at;
    read_words(load, line, converter);
    name_command(load, converter);
    return true;
}

const struct tb_converter *tb_profile_converter(const struct tb_profile *profile,
                                                const char *extension)
{
    for (size_t i = 0; i < profile->n_converters; i++) {
        if (strcmp(profile->converters[i].extension, extension) == 0)
            return &profile->converters[i];
    }
    return NULL;
}

const char *tb_converter_package(const char *program)
{
    static const struct {
        const char *program, *package;
    } packages[] = {
        { "xlsx2csv", "xlsx2csv" },
        { "ssconvert", "gnumeric" },
        { "xls2csv", "catdoc" },
        { "soffice", "libreoffice-calc" },
        { "libreoffice", "libreoffice-calc" },
        { "in2csv", "csvkit" },
        { "pdftotext", "poppler-utils" },
    };
    const char *slash = strrchr(program, '/');
    const char *name = slash ? slash + 1 : program;

    for (size_t i = 0; i < sizeof packages / sizeof *packages; i++) {
        if (strcmp(packages[i].program, name) == 0)
            return packages[i].package;
    }
    return NULL;
}

void tb_profile_check_converters(const struct tb_profile *profile, struct tb_diag *diag)
{
    for (size_t i = 0; i < profile->n_converters; i++) {
        const struct tb_converter *converter = &profile->converters[i];
        const char *program = converter->words.n ? converter->words.item[0] : "";
        const char *package = tb_converter_package(program);
        char *path = tb_child_find(program);
        if (!path)
            tb_diag_at(diag, TB_WARNING, &converter->place,
                       "'%s' is not on PATH%s%s: files of %s will be rejected", program,
                       package ? ", it comes with the package " : "", package ? package : "",
                       converter->extension);
        free(path);
    }
}
