/* inbox_left.c - the table of reasons. */
#include "collect/inbox_left.h"

static const char *const texts[TB_N_LEFT] = {
    [TB_LEFT_NOT] = "it was taken",
    [TB_LEFT_LINK] = "it is a link",
    [TB_LEFT_NO_FILE] = "it is no plain file",
    [TB_LEFT_TIME] = "the time of its last change is in no year from 1 to 9999",
    [TB_LEFT_UNREADABLE] = "it cannot be read",
    [TB_LEFT_WRITTEN] = "it is being written",
    [TB_LEFT_CHANGED] = "it changed while it was read",
};

const char *tb_left_text(enum tb_left why)
{
    return texts[why];
}
