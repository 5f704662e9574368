/* content.c - magic numbers, and a look into the two containers of workbooks.
 *
 * A zip names its parts before each (PK 3 4) and once more at its end (PK 1 2);
 * an OLE file names its streams in UTF-16 wherever its directory lies.
 */
#include "collect/source/content.h"

#include <string.h>
#include <strings.h>

#include "tongbao/text.h"

enum { SNIFFED = 1 << 16 /* bytes looked at to tell text from other things */ };

struct content_of {
    const char *magic;
    size_t len;
    struct tb_content content;
};

static bool starts_with(const char *bytes, size_t len, const char *magic, size_t n)
{
    return len >= n && memcmp(bytes, magic, n) == 0;
}

static unsigned two_bytes(const char *at)
{
    return (unsigned char)at[0] | (unsigned)(unsigned char)at[1] << 8;
}

/* The first header of that kind at or behind `at`; its name in *name.  NULL: no more. */
static const char *next_header(const char *at, const char *end, const char *magic, size_t len_at,
                               size_t name_at, const char **name, size_t *n)
{
    while (at && at < end) {
        at = memmem(at, (size_t)(end - at), magic, 4);
        if (!at || (size_t)(end - at) < name_at)
            return NULL;
        *n = two_bytes(at + len_at);
        *name = at + name_at;
        if ((size_t)(end - *name) >= *n)
            return at;
        at += 4;
    }
    return NULL;
}

static struct tb_content part_tells(const char *name, size_t n, const char *end)
{
    static const char ods[] = "application/vnd.oasis.opendocument.spreadsheet";
    static const struct content_of parts[] = {
        { "xl/workbook.bin", 15, { "xlsb", ".xlsb" } },
        { "xl/", 3, { "xlsx", ".xlsx" } },
        { "word/", 5, { "docx", NULL } },
        { "ppt/", 4, { "pptx", NULL } },
    };

    /* Stored first and not compressed, so that it can be read here. */
    if (n == 8 && memcmp(name, "mimetype", 8) == 0 &&
        starts_with(name + n, (size_t)(end - name) - n, ods, sizeof ods - 1))
        return (struct tb_content){ "ods", ".ods" };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (starts_with(name, n, parts[i].magic, parts[i].len))
            return parts[i].content;
    }
    return (struct tb_content){ "zip", NULL };
}

static struct tb_content look_into_zip(const char *bytes, size_t len)
{
    static const struct {
        const char *magic;
        size_t len_at, name_at;
    } headers[] = { { "PK\3\4", 26, 30 }, { "PK\1\2", 28, 46 } };
    struct tb_content found = { "zip", NULL };
    const char *end = bytes + len, *name = NULL;
    size_t n = 0;

    for (size_t k = 0; k < 2; k++) {
        for (const char *at = bytes; (at = next_header(at, end, headers[k].magic, headers[k].len_at,
                                                       headers[k].name_at, &name, &n)) != NULL;
             at += 4) {
            struct tb_content content = part_tells(name, n, end);
            /* An .xlsb has other parts below xl/ than that which tells it. */
            if (content.extension && strcmp(content.extension, ".xlsx") != 0)
                return content;
            if (content.extension || (!found.extension && strcmp(content.name, "zip") != 0))
                found = content;
        }
    }
    return found;
}

static struct tb_content look_into_ole(const char *bytes, size_t len)
{
    static const struct content_of streams[] = {
        { "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
          32,
          { "a workbook or document with a password", NULL } },
        { "W\0o\0r\0k\0b\0o\0o\0k\0", 16, { "xls", ".xls" } },
        { "B\0o\0o\0k\0\0\0", 10, { "xls", ".xls" } },
        { "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", 24, { "doc", NULL } },
    };

    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        if (memmem(bytes, len, streams[i].magic, streams[i].len))
            return streams[i].content;
    }
    return (struct tb_content){ "xls, doc", NULL };
}

/* UTF-16 and UTF-32 are full of NULs. */
static bool is_wide(const char *encoding)
{
    return encoding &&
           (strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UTF-32", 6) == 0 ||
            strncasecmp(encoding, "UCS-", 4) == 0);
}

/* Control characters that no text has, more than one byte in twenty. */
static bool is_binary(const char *bytes, size_t len, const char *declared)
{
    size_t n_control = 0, n = len < SNIFFED ? len : SNIFFED;

    if (is_wide(declared) || is_wide(tb_text_guess_encoding(bytes, len)))
        return false;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        n_control += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1a;
    }
    return n_control * 20 > n;
}

struct tb_content tb_content_of(const char *bytes, size_t len, const char *declared)
{
    static const struct content_of kinds[] = {
        { "%PDF-", 5, { "PDF", NULL } },
        { "Rar!", 4, { "rar", NULL } },
        { "7z\xbc\xaf\x27\x1c", 6, { "7z", NULL } },
        { "\x89PNG", 4, { "PNG", NULL } },
        { "\xff\xd8\xff", 3, { "JPEG", NULL } },
    };

    if (starts_with(bytes, len, "PK\3\4", 4))
        return look_into_zip(bytes, len);
    if (starts_with(bytes, len, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
        return look_into_ole(bytes, len);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (starts_with(bytes, len, kinds[i].magic, kinds[i].len))
            return kinds[i].content;
    }
    return (struct tb_content){ is_binary(bytes, len, declared) ? "binary" : NULL, NULL };
}

/* --- names --- */

static const char *const families[][6] = {
    { ".xlsx", ".xlsm", ".xltx", ".xltm" },
    { ".xlsb" },
    { ".ods", ".ots" },
    { ".xls", ".xlt", ".et" },
};

static int family_of(const char *extension)
{
    for (int f = 0; f < (int)(sizeof families / sizeof *families); f++) {
        for (size_t i = 0; i < 6 && families[f][i]; i++) {
            if (strcmp(families[f][i], extension) == 0)
                return f;
        }
    }
    return -1;
}

bool tb_content_same_family(const char *extension, const char *other)
{
    return family_of(extension) >= 0 && family_of(extension) == family_of(other);
}

bool tb_content_is_workbook_extension(const char *extension)
{
    return family_of(extension) >= 0;
}
