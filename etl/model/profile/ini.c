/* ini.c - the little there is to profile.ini's syntax. */
#include "model/profile/ini.h"

#include <stdbool.h>
#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/error.h"
#include "tongbao/text.h"

struct ini {
    struct tb_buf section, key, value;
    const char *file;
    struct tb_diag *diag;
    tb_ini_visit *visit;
    void *user;
};

struct span {
    const char *text;
    size_t len;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static struct span trim(const char *text, size_t len)
{
    while (len > 0 && is_blank(text[len - 1]))
        len--;
    while (len > 0 && is_blank(*text)) {
        text++;
        len--;
    }
    return (struct span){ text, len };
}

static void set(struct tb_buf *buf, struct span span)
{
    tb_buf_clear(buf);
    tb_buf_add(buf, span.text, span.len);
}

static struct tb_place place_of(const struct ini *ini, const char *start, uint32_t line,
                                struct span span)
{
    return (struct tb_place){
        .file = ini->file,
        .line = line,
        .column = (uint32_t)tb_text_chars(start, (size_t)(span.text - start)) + 1,
    };
}

static void visit(struct ini *ini, bool is_key, struct tb_place key_at, struct tb_place value_at)
{
    struct tb_ini_line line = {
        .section = tb_buf_text(&ini->section),
        .key = is_key ? tb_buf_text(&ini->key) : NULL,
        .value = is_key ? tb_buf_text(&ini->value) : "",
        .key_at = key_at,
        .value_at = value_at,
    };

    ini->visit(ini->user, &line);
}

static void read_line(struct ini *ini, const char *start, size_t len, uint32_t number)
{
    struct span all = trim(start, len);
    struct tb_place at = place_of(ini, start, number, all);

    if (all.len == 0 || *all.text == '#' || *all.text == ';')
        return;
    if (*all.text == '[') {
        if (all.text[all.len - 1] != ']') {
            tb_diag_at(ini->diag, TB_ERROR, &at, "section does not close, expected ']'");
            return;
        }
        set(&ini->section, trim(all.text + 1, all.len - 2));
        visit(ini, false, at, at);
        return;
    }
    const char *equals = memchr(all.text, '=', all.len);
    struct span key = trim(all.text, equals ? (size_t)(equals - all.text) : 0);
    if (key.len == 0) {
        tb_diag_at(ini->diag, TB_ERROR, &at, "'%.*s' is no setting, expected key = value",
                   (int)all.len, all.text);
        return;
    }
    struct span value = trim(equals + 1, all.len - (size_t)(equals + 1 - all.text));
    if (ini->section.len == 0) {
        tb_diag_at(ini->diag, TB_ERROR, &at, "a key before the first section, expected [profile]");
        return;
    }
    set(&ini->key, key);
    set(&ini->value, value);
    visit(ini, true, at, place_of(ini, start, number, value));
}

static void check_utf8(const struct ini *ini, const char *line, size_t len, uint32_t number)
{
    size_t bad;

    if (tb_utf8_valid(line, len, &bad))
        return;
    struct tb_place place = { .file = ini->file,
                              .line = number,
                              .column = (uint32_t)tb_text_chars(line, bad) + 1 };
    tb_diag_at(ini->diag, TB_ERROR, &place, "not UTF-8");
}

int tb_ini_read(const char *bytes, size_t len, const char *shown, struct tb_diag *diag,
                tb_ini_visit *visitor, void *user, struct tb_error *err)
{
    struct ini ini = { .file = shown, .diag = diag, .visit = visitor, .user = user };
    uint32_t number = 1;
    size_t at = len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

    for (; at < len; number++) {
        const char *line = bytes + at;
        const char *end = memchr(line, '\n', len - at);
        size_t n = end ? (size_t)(end - line) : len - at;

        check_utf8(&ini, line, n, number);
        read_line(&ini, line, n, number);
        at += n + 1;
    }
    bool ok =
        tb_buf_ok(&ini.section, err) && tb_buf_ok(&ini.key, err) && tb_buf_ok(&ini.value, err);
    tb_buf_release(&ini.section);
    tb_buf_release(&ini.key);
    tb_buf_release(&ini.value);
    return ok ? 0 : -1;
}
