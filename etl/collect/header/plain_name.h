/* plain_name.h - names without what lists put before them: `一、`, `（一）`, `1.`,
 * `①`, `其中：`, `#`.
 */
#ifndef TONGBAO_COLLECT_PLAIN_NAME_H
#define TONGBAO_COLLECT_PLAIN_NAME_H

#include <stdbool.h>
#include <stddef.h>

struct tb_buf;

/* Appends the name, normalised; false if nothing stood before or behind it, or nothing
 * is left.  Only who knows what is left may take it for the name. */
bool tb_plain_name(const char *text, size_t len, struct tb_buf *out);
/* True for `一、城区`: a text with a number before it. */
bool tb_is_numbered(const char *text, size_t len);

#endif
