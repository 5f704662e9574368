/* readback.h - the last pass: the finished text is read again and every number in
 * it compared with those that were taken from the data.
 *
 * Whoever formats a number notes it (numbers.c, prose.c); who quotes a name, a
 * note of a target or a line of a log notes the numbers in it as copied.  When a
 * sentence becomes a value of the view it takes along the numbers noted since the
 * value before (view.h); the engine tells where each value went (template.h).
 * Then tb_readback_check reads the finished Markdown:
 *
 *   - in a sentence, every number must be one of those noted for that sentence,
 *     as often as it was noted;
 *   - in a text that was copied (names, codes, dates, titles of pictures), the
 *     numbers must be those of the copied text;
 *   - in the words of the template no number may stand, but in headings;
 *   - tables made by the program ({{&name}}) are left alone: they are copies.
 *
 * A number is a run of digits with commas and one point, or an ordinal such as
 * 第十二.  Signs are not compared: the grammar of prose says them in words.
 */
#ifndef TONGBAO_DISSEMINATE_READBACK_H
#define TONGBAO_DISSEMINATE_READBACK_H

#include <stddef.h>
#include "tongbao/buf.h"

struct tb_error;
struct tb_trace;

/* Numbers noted since the last sentence was finished, each followed by a newline. */
struct tb_readback {
    struct tb_buf noted;
};

/* Notes every number in text[0..len).  `readback` may be NULL: nothing is noted. */
void tb_readback_note(struct tb_readback *readback, const char *text, size_t len);

/* Compares the finished text with what was noted.  -1 with *err filled
 * ("bulletin.md:42: number '5.4' ...") at the first difference. */
int tb_readback_check(const struct tb_buf *text, const struct tb_trace *trace, const char *shown,
                      struct tb_error *err);

#endif
