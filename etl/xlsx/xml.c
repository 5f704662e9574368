/* xml.c - expat, streaming, with the stack of elements. */
#include "xlsx/xml.h"

#include <expat.h>
#include <stdint.h>
#include <string.h>

#include "tongbao/error.h"
#include "xlsx/package.h"

enum { OTHER = 1 };

struct parsing {
    XML_Parser parser;
    const struct tb_xlsx_reader *reader;
    void *user;
    struct tb_error *err;
    bool failed;    /* *err says why */
    uint64_t given; /* bytes that expat has got */
    uint64_t seen;  /* those of them that it had when it last found something */
    int depth;
    int tag[TB_XLSX_MAX_DEPTH + 1]; /* of the open elements; tag[0] is the document */
};

static void stop(struct parsing *p)
{
    p->failed = true;
    XML_StopParser(p->parser, XML_FALSE);
}

static const char *without_prefix(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon ? colon + 1 : name;
}

static int tag_of(const struct tb_xlsx_reader *reader, int parent, const char *name)
{
    for (size_t i = 0; i < reader->n_elements; i++) {
        if (reader->elements[i].parent == parent && strcmp(reader->elements[i].name, name) == 0)
            return reader->elements[i].tag;
    }
    return OTHER;
}

static void on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct parsing *p = user;

    p->seen = p->given;
    if (p->failed)
        return;
    if (p->depth == TB_XLSX_MAX_DEPTH) {
        tb_error_set(p->err, "elements are nested more than %d deep", TB_XLSX_MAX_DEPTH);
        stop(p);
        return;
    }
    int tag = tag_of(p->reader, p->tag[p->depth], without_prefix(name));
    p->tag[++p->depth] = tag;
    if (tag != OTHER && p->reader->start &&
        p->reader->start(p->user, tag, (const char *const *)attributes, p->err) < 0)
        stop(p);
}

static void on_end(void *user, const XML_Char *name)
{
    struct parsing *p = user;

    (void)name;
    p->seen = p->given;
    if (p->failed)
        return;
    int tag = p->tag[p->depth--];
    if (tag != OTHER && p->reader->end && p->reader->end(p->user, tag, p->err) < 0)
        stop(p);
}

static void on_text(void *user, const XML_Char *bytes, int len)
{
    struct parsing *p = user;
    int tag = p->tag[p->depth];

    p->seen = p->given;
    if (!p->failed && tag >= TB_XLSX_OWN && p->reader->text &&
        p->reader->text(p->user, tag, bytes, (size_t)len, p->err) < 0)
        stop(p);
}

static void on_doctype(void *user, const XML_Char *name, const XML_Char *system,
                       const XML_Char *public, int has_internal)
{
    struct parsing *p = user;

    (void)name, (void)system, (void)public, (void)has_internal;
    if (!p->failed)
        tb_error_set(p->err, "has a document type, which no workbook has");
    stop(p);
}

static int refuse_xml(struct parsing *p)
{
    if (p->failed)
        return -1;
    return tb_error_set(p->err, "line %lu is no XML: %s",
                        (unsigned long)XML_GetCurrentLineNumber(p->parser),
                        XML_ErrorString(XML_GetErrorCode(p->parser)));
}

/* A token that does not end makes expat hold it and scan it again and again. */
static int take(void *user, const char *bytes, size_t len, struct tb_error *err)
{
    struct parsing *p = user;

    (void)err;
    p->given += len;
    if (XML_Parse(p->parser, bytes, (int)len, 0) == XML_STATUS_ERROR)
        return refuse_xml(p);
    if (p->given - p->seen > (uint64_t)TB_XLSX_MAX_TOKEN_MIB << 20)
        return tb_error_set(p->err, "one tag of more than %d MiB", TB_XLSX_MAX_TOKEN_MIB);
    return 0;
}

int tb_xlsx_read_part(struct tb_xlsx_package *package, const char *name,
                      const struct tb_xlsx_reader *reader, void *user, struct tb_error *err)
{
    struct parsing p = { .reader = reader, .user = user, .err = err, .tag = { TB_XLSX_ROOT } };
    int part = tb_xlsx_package_find(package, name, err);

    if (part < 0)
        return part == -2 ? -1 : tb_error_set(err, "part '%s' is missing", name);
    p.parser = XML_ParserCreate(NULL);
    if (!p.parser)
        return tb_error_set(err, "out of memory");
    XML_SetUserData(p.parser, &p);
    XML_SetElementHandler(p.parser, on_start, on_end);
    XML_SetCharacterDataHandler(p.parser, on_text);
    XML_SetStartDoctypeDeclHandler(p.parser, on_doctype);
    int rc = tb_xlsx_package_read(package, part, take, &p, err);
    if (rc == 0 && XML_Parse(p.parser, "", 0, 1) == XML_STATUS_ERROR) {
        refuse_xml(&p);
        rc = tb_error_prefix(err, "part '%s'", name);
    }
    XML_ParserFree(p.parser);
    return rc;
}

const char *tb_xlsx_attribute(const char *const *attributes, const char *name)
{
    for (; *attributes; attributes += 2) {
        if (strcmp(without_prefix(attributes[0]), name) == 0)
            return attributes[1];
    }
    return NULL;
}

bool tb_xlsx_whole(const char *text, unsigned long most, unsigned long *out)
{
    unsigned long value = 0;

    if (!text || !*text)
        return false;
    for (; *text; text++) {
        if (*text < '0' || *text > '9')
            return false;
        unsigned long digit = (unsigned long)(*text - '0');
        if (value > most / 10 || value * 10 > most - digit)
            return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

bool tb_xlsx_true(const char *text)
{
    return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0 || strcmp(text, "on") == 0);
}
