/* action.h - ACTION of a row (SDMX-CSV): whether it says values or takes them back. */
#ifndef TONGBAO_COLLECT_ACTION_H
#define TONGBAO_COLLECT_ACTION_H

#include <stddef.h>

struct tb_buf;

enum tb_action {
    TB_ACTION_UNKNOWN = -1,
    /* M, and A (append), I (information), R (replace).  R takes the place of all that
     * its row names; that is one key in full here, as under M: a file touches only the
     * keys that it holds. */
    TB_ACTION_MERGE,
    TB_ACTION_DELETE, /* D: the keys of the row are taken back */
};

/* Letters and words, folded; nothing says merge.  `scratch` is cleared. */
enum tb_action tb_action_read(const char *text, size_t len, struct tb_buf *scratch);

#endif
