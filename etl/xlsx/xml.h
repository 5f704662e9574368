/* xml.h - the XML of a part, handed on element by element.
 *
 * A reader declares the elements it wants, each below the one it stands in; all
 * others, and what is in them, are passed over.  Prefixes of names do not count.
 * No document type is taken, so there are no entities but those of XML itself.
 *
 *     enum { SST = TB_XLSX_OWN, SI };
 *     static const struct tb_xlsx_element elements[] = { { TB_XLSX_ROOT, "sst", SST }, { SST, "si",
 * SI } };
 */
#ifndef TONGBAO_XLSX_XML_H
#define TONGBAO_XLSX_XML_H

#include <stdbool.h>
#include <stddef.h>

struct tb_error;
struct tb_xlsx_package;

enum {
    TB_XLSX_ROOT = 0, /* what the outermost element stands in */
    TB_XLSX_OWN = 2,  /* tags of readers start here; 1 is any element that is passed over */
    TB_XLSX_MAX_DEPTH = 64,
    TB_XLSX_MAX_TOKEN_MIB = 4, /* of one tag or piece of text */
};

struct tb_xlsx_element {
    int parent; /* tag of the element that it stands in */
    const char *name;
    int tag;
};

/* Each returns 0 to go on, or -1 with *err filled; NULL: not called. */
struct tb_xlsx_reader {
    const struct tb_xlsx_element *elements;
    size_t n_elements;
    int (*start)(void *user, int tag, const char *const *attributes, struct tb_error *err);
    int (*text)(void *user, int tag, const char *bytes, size_t len, struct tb_error *err);
    int (*end)(void *user, int tag, struct tb_error *err);
};

/* Reads the part `name`.  -1 with *err filled when it is missing, damaged or no XML. */
int tb_xlsx_read_part(struct tb_xlsx_package *package, const char *name,
                      const struct tb_xlsx_reader *reader, void *user, struct tb_error *err);
/* The value of an attribute, or NULL. */
const char *tb_xlsx_attribute(const char *const *attributes, const char *name);
/* A whole number without sign up to `most`; false if it is anything else. */
bool tb_xlsx_whole(const char *text, unsigned long most, unsigned long *out);
/* "1" and "true" of XML. */
bool tb_xlsx_true(const char *text);

#endif
