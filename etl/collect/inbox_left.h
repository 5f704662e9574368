/* inbox_left.h - why a file stays in the inbox: one table of reasons. */
#ifndef TONGBAO_COLLECT_INBOX_LEFT_H
#define TONGBAO_COLLECT_INBOX_LEFT_H

enum tb_left {
    TB_LEFT_NOT,        /* it was taken */
    TB_LEFT_LINK,
    TB_LEFT_NO_FILE,
    TB_LEFT_TIME,
    TB_LEFT_UNREADABLE,
    TB_LEFT_WRITTEN,
    TB_LEFT_CHANGED,
    TB_N_LEFT,
};

/* The reason in English, as the log has it. */
const char *tb_left_text(enum tb_left why);

#endif
