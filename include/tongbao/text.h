/* text.h - UTF-8: validity, decoding of what came in, folding, width, escapes.
 *
 * utf8proc knows Unicode; iconv knows the other encodings.  Folding is for
 * comparing names and codes, never for storing what was sent.
 */
#ifndef TONGBAO_TEXT_H
#define TONGBAO_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tb_buf;
struct tb_error;

/* True if all bytes are valid UTF-8; else *bad is the offset of the first that is not. */
bool tb_utf8_valid(const char *bytes, size_t len, size_t *bad);

/* Finds the encoding of a submission by its bytes: "UTF-8" (a BOM, or bytes that
 * are valid but for one bad byte to three good characters of three bytes), "UTF-16LE"
 * or "UTF-16BE" (by BOM), else "GB18030".  Static string. */
const char *tb_text_guess_encoding(const char *bytes, size_t len);

/* Appends `bytes` to *out as UTF-8 without a BOM.  A byte sequence that is not
 * valid in `encoding` becomes U+FFFD and is counted in *n_bad; *first_bad is
 * its offset in the input.  -1 if the encoding is unknown or memory is out. */
int tb_text_decode(const char *bytes, size_t len, const char *encoding, struct tb_buf *out,
                   size_t *n_bad, size_t *first_bad, struct tb_error *err);

/* What a byte order mark says: "UTF-8", "UTF-16LE", "UTF-16BE"; NULL without one. */
const char *tb_text_bom_encoding(const char *bytes, size_t len);

/* The same guess for bytes that come in pieces; starts as zero. */
struct tb_utf8_judge {
    uint64_t n_good, n_bad; /* characters of three bytes and more; sequences that are none */
    char carry[4];          /* a character that the last piece cut */
    size_t n_carry;
};
void tb_utf8_judge_add(struct tb_utf8_judge *judge, const char *bytes, size_t len);
/* True for UTF-8; without `at_end` a character that was cut counts neither way. */
bool tb_utf8_judge_says(const struct tb_utf8_judge *judge, bool at_end);

/* tb_text_decode for bytes that come in pieces. */
struct tb_decoder {
    bool is_utf8;
    void *converter; /* of iconv */
    size_t unit;     /* bytes to step over when a sequence is bad */
    bool begun;      /* past the place of a byte order mark */
    uint64_t offset; /* bytes used so far */
    uint64_t n_bad, first_bad;
    struct tb_utf8_judge judge; /* of UTF-8: counted on the way */
};
/* -1 if the encoding is unknown. */
int tb_decoder_open(struct tb_decoder *decoder, const char *encoding, struct tb_error *err);
/* Appends what `bytes` say to *out: how many of them are used.  The rest, a
 * character that is cut, is to be given again before what follows it; nothing is
 * left when it is the last piece.  -1 when memory is out. */
int64_t tb_decoder_run(struct tb_decoder *decoder, const char *bytes, size_t len, bool last,
                       struct tb_buf *out, struct tb_error *err);
void tb_decoder_close(struct tb_decoder *decoder);

/* Appends the key by which names and codes are compared: NFKC, case folded,
 * every kind of blank (also U+00A0, U+3000, zero width) removed.  Invalid
 * bytes become U+FFFD. */
void tb_text_fold(const char *bytes, size_t len, struct tb_buf *out);

/* NFKC with blanks trimmed, inner runs of blanks made one space and zero width
 * characters removed: for numbers and codes as they are read.  Superscripts,
 * circled digits and fractions stay as they are: 12① must not become 121. */
void tb_text_normalise(const char *bytes, size_t len, struct tb_buf *out);

/* Columns on a terminal: CJK counts two, combining marks none. */
size_t tb_text_width(const char *text);
/* Appends text and blanks up to `width` columns; to the left when `right`. */
void tb_text_pad(struct tb_buf *out, const char *text, size_t width, bool right);
/* Number of characters (code points) before byte offset `len`. */
size_t tb_text_chars(const char *bytes, size_t len);

enum { TB_NAME_CHARS_MAX = 256 }; /* longer texts are no names */

/* The code points of a text, a bad byte as a number beyond all of them: false when there are
 * more than fit. */
bool tb_text_points(const char *text, int32_t points[TB_NAME_CHARS_MAX], size_t *n);
/* Edits (insert, delete, replace, swap) between two names of code points; never more
 * than `limit`. */
size_t tb_points_distance(const int32_t *a, size_t n_a, const int32_t *b, size_t n_b,
                          size_t limit);
/* Edits between two folded names, in code
 * points; never more than `limit`, which is also the answer for different texts
 * of which one has more than 256 characters. */
size_t tb_text_distance(const char *a, const char *b, size_t limit);

/* Escapes, each for one place and nothing else. */
void tb_escape_html(struct tb_buf *out, const char *text);
/* Markdown inline text in a paragraph or a table cell: no markup, no link, no
 * raw HTML, no cell border, no line break survives.  An at-sign gets a word
 * joiner (U+2060) before it: nothing else keeps an address from being linked. */
void tb_escape_markdown(struct tb_buf *out, const char *text);
/* JSON string content, without the quotes. */
void tb_escape_json(struct tb_buf *out, const char *text);
/* A double-quoted gnuplot literal, quotes included: every byte outside
 * [A-Za-z0-9 ] and below 0x80 is an octal escape, and so is a digit behind one
 * (gnuplot reads up to four); invalid UTF-8 is replaced. */
void tb_escape_gnuplot(struct tb_buf *out, const char *text);
/* For messages: control characters, those that reorder text, and invalid bytes
 * as \xHH. */
void tb_escape_terminal(struct tb_buf *out, const char *bytes, size_t len);

/* Shell-like file name pattern with * ? and [a-z] or [!a-z]; no other meaning,
 * '/' is an ordinary character.  ? and [..] stand for one character (or one byte
 * that is no character); everything is compared exactly. */
bool tb_text_glob(const char *pattern, const char *name);

#endif
