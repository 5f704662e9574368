/* action.c - the letters of SDMX-CSV, their names, and words for them. */
#include "collect/rows/action.h"

#include <string.h>

#include "tongbao/buf.h"
#include "tongbao/text.h"

/* Folded. */
static const struct {
    const char *word;
    enum tb_action action;
} words[] = {
    { "", TB_ACTION_MERGE },        { "m", TB_ACTION_MERGE },
    { "a", TB_ACTION_MERGE },       { "i", TB_ACTION_MERGE },
    { "r", TB_ACTION_MERGE },       { "d", TB_ACTION_DELETE },
    { "merge", TB_ACTION_MERGE },   { "append", TB_ACTION_MERGE },
    { "replace", TB_ACTION_MERGE }, { "information", TB_ACTION_MERGE },
    { "delete", TB_ACTION_DELETE }, { "新增", TB_ACTION_MERGE },
    { "修改", TB_ACTION_MERGE },    { "更正", TB_ACTION_MERGE },
    { "撤回", TB_ACTION_DELETE },   { "删除", TB_ACTION_DELETE },
};

enum tb_action tb_action_read(const char *text, size_t len, struct tb_buf *scratch)
{
    tb_buf_clear(scratch);
    tb_text_fold(text, len, scratch);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, tb_buf_text(scratch)) == 0)
            return words[i].action;
    }
    return TB_ACTION_UNKNOWN;
}
